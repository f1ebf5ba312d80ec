//! What a callback means: its data, how long C keeps it, who lets go of it, and what C hands to it.

use super::condition::Constant;
use super::expr::Expr;
use std::fmt;

/// How long C may call it; the words are GObject-Introspection's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// During the call.
    Call,
    /// Once, later.
    Async,
    /// Until the destroy function has run.
    Notified,
    /// As long as the process lives.
    Forever,
}

/// On which threads C calls it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Threads {
    /// The one that gave it.
    Same,
    /// Any, several at once.
    Any,
    /// Any, in signal handlers.
    Signal,
}

/// The contract of a callback parameter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Callback {
    /// The parameter that C hands to it.
    pub userdata: Option<String>,
    /// How long C may call it.
    pub scope: Option<Scope>,
    /// The parameter, or the function, that ends it.
    pub destroy: Option<String>,
    /// Whether the destroy function runs also where the call fails.
    pub destroys_on_failure: bool,
    /// What C gets when it panics.
    pub on_panic: Option<Constant>,
    /// On which threads C calls it.
    pub threads: Option<Threads>,
    /// Whether it gives C something.
    pub has_result: bool,
    /// What C hands to it, in order; `None` where its type is not spelt out.
    pub called: Option<Vec<CalledParam>>,
}

/// A parameter of a callback.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalledParam {
    /// Its name.
    pub name: String,
    /// What it stands for.
    pub form: CalledForm,
    /// Whether it may be null.
    pub is_nullable: bool,
    /// Whether Rust may write it.
    pub is_mut: bool,
    /// Whether nobody has written it yet.
    pub is_out: bool,
    /// The function of C's that gives the userdata for it.
    pub asked: Option<String>,
}

impl CalledParam {
    /// Whether the userdata comes by it.
    pub fn is_userdata(&self) -> bool {
        self.form == CalledForm::Userdata || self.asked.is_some()
    }
}

/// What a parameter of a callback stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CalledForm {
    /// What C says.
    Plain,
    /// What C was given with the callback.
    Userdata,
    /// That many elements, or bytes.
    Slice {
        /// How many.
        count: Count,
        /// Counted in bytes whatever the type.
        in_bytes: bool,
    },
    /// The number of elements in another parameter.
    LengthOf,
    /// A text with a zero at its end.
    Text,
    /// One object.
    Object,
    /// C's own object, which Rust only hands back.
    Handle,
}

/// Who says how many elements, or bytes, C hands over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Count {
    /// Another parameter of the callback.
    Called(usize),
    /// Parameters of the function that C got it by, as they are at its call; or a number.
    Given(Expr),
}

impl Scope {
    /// As written.
    pub fn word(self) -> &'static str {
        match self {
            Scope::Call => "call",
            Scope::Async => "async",
            Scope::Notified => "notified",
            Scope::Forever => "forever",
        }
    }

    /// The scope of this name.
    pub fn from_word(word: &str) -> Option<Self> {
        [Scope::Call, Scope::Async, Scope::Notified, Scope::Forever].into_iter().find(|scope| scope.word() == word)
    }
}

impl Threads {
    /// As written.
    pub fn word(self) -> &'static str {
        match self {
            Threads::Same => "same_thread",
            Threads::Any => "any_thread",
            Threads::Signal => "signal",
        }
    }

    /// The threads of this name.
    pub fn from_word(word: &str) -> Option<Self> {
        [Threads::Same, Threads::Any, Threads::Signal].into_iter().find(|threads| threads.word() == word)
    }
}

impl Callback {
    /// The lengths that parameters of the function give.
    pub fn lengths(&self) -> impl Iterator<Item = &Expr> {
        self.called.iter().flatten().filter_map(|param| match &param.form {
            CalledForm::Slice { count: Count::Given(expr), .. } => Some(expr),
            _ => None,
        })
    }

    /// The same with such lengths as `change` makes of them.
    #[must_use]
    pub fn with_lengths(&self, change: &impl Fn(&Expr) -> Expr) -> Self {
        let mut changed = self.clone();
        for param in changed.called.iter_mut().flatten() {
            if let CalledForm::Slice { count: Count::Given(expr), .. } = &mut param.form {
                *expr = change(expr);
            }
        }
        changed
    }

    /// The same with parameters under other names.
    #[must_use]
    pub fn renamed(&self, rename: &impl Fn(&str) -> String) -> Self {
        Self {
            userdata: self.userdata.as_deref().map(rename),
            destroy: self.destroy.as_deref().map(rename),
            ..self.with_lengths(&|expr| expr.renamed(rename))
        }
    }
}

impl fmt::Display for Callback {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut words = Vec::new();
        words.extend(self.userdata.as_ref().map(|name| format!("userdata = {name}")));
        words.extend(self.scope.map(|scope| format!("scope = {}", scope.word())));
        words.extend(self.destroy.as_ref().map(|name| format!("destroy = {name}")));
        words.extend(self.destroys_on_failure.then(|| "destroys_on_failure".to_owned()));
        words.extend(self.threads.map(|threads| format!("thread = {}", threads.word())));
        words.extend(self.on_panic.as_ref().map(|constant| match constant {
            Constant::Number(number) => format!("on_panic = {number}"),
            Constant::Name(name) => format!("on_panic = {name}"),
        }));
        f.write_str(&words.join(", "))
    }
}
