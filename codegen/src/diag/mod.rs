//! Diagnostics: collected by every pass, told together at the barrier.

pub mod codes;
mod render;

pub use codes::Code;
pub use render::closest;

use proc_macro2::{Span, TokenStream};

/// Where the mistake stands.
#[derive(Clone, Debug)]
pub enum Place {
    /// A token of Rust source.
    Token(Span),
    /// A line of a header, or of another file that is no Rust, `file:line:column`.
    Header(String),
    /// Nowhere in particular.
    Unknown,
}

/// One mistake of the user, with the edit that mends it.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// Its stable code.
    pub code: Code,
    /// What is wrong; lower case, no final period.
    pub message: String,
    /// Where.
    pub place: Place,
    /// Why we think so.
    pub notes: Vec<String>,
    /// The edit that mends it.
    pub help: Option<String>,
}

impl Diagnostic {
    /// A diagnostic without notes or help.
    pub fn new(code: Code, place: Place, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), place, notes: Vec::new(), help: None }
    }

    /// Adds why.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// Adds the edit.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// All mistakes found so far.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    /// None yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one and goes on.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// Adds all of another pass.
    pub fn extend(&mut self, other: Diagnostics) {
        self.0.extend(other.0);
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The same at `span`, where they have no token of their own; places in headers become notes.
    #[must_use]
    pub fn at(mut self, span: Span) -> Self {
        for diagnostic in &mut self.0 {
            match std::mem::replace(&mut diagnostic.place, Place::Token(span)) {
                place @ Place::Token(_) => diagnostic.place = place,
                Place::Header(at) => diagnostic.notes.insert(0, format!("at {at}")),
                Place::Unknown => {}
            }
        }
        self
    }

    /// The same with places in this file, whose text it is that tokens stand in.
    #[must_use]
    pub fn in_file(mut self, file: &std::path::Path) -> Self {
        for diagnostic in &mut self.0 {
            if let Place::Token(span) = diagnostic.place {
                let start = span.start();
                diagnostic.place = Place::Header(format!("{}:{}:{}", file.display(), start.line, start.column + 1));
            }
        }
        self
    }

    /// The diagnostics in the order found.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.0.iter()
    }

    /// The barrier: goes on only where nothing was found.
    ///
    /// # Errors
    ///
    /// All diagnostics, when there is one.
    pub fn barrier(self) -> Result<(), Diagnostics> {
        if self.is_empty() { Ok(()) } else { Err(self) }
    }

    /// One `compile_error!` per diagnostic, each at its own token.
    pub fn to_compile_errors(&self) -> TokenStream {
        self.0
            .iter()
            .map(|diagnostic| {
                let span = match &diagnostic.place {
                    Place::Token(span) => *span,
                    // A header is told in the text; the token is the one that named it.
                    Place::Header(_) | Place::Unknown => Span::call_site(),
                };
                syn::Error::new(span, render::compile_error(diagnostic)).to_compile_error()
            })
            .collect()
    }
}

impl From<Diagnostic> for Diagnostics {
    fn from(diagnostic: Diagnostic) -> Self {
        Self(vec![diagnostic])
    }
}

impl From<syn::Error> for Diagnostics {
    fn from(error: syn::Error) -> Self {
        Self(
            error
                .into_iter()
                .map(|error| Diagnostic::new(codes::MALFORMED, Place::Token(error.span()), error.to_string()))
                .collect(),
        )
    }
}

impl std::fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (number, diagnostic) in self.0.iter().enumerate() {
            if number > 0 {
                f.write_str("\n\n")?;
            }
            f.write_str(&render::text(diagnostic))?;
        }
        Ok(())
    }
}

impl std::error::Error for Diagnostics {}
