//! What a callback means: its data, how long C keeps it, and who lets go of it.

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

/// The contract of a callback parameter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Callback {
    /// The parameter that C hands to it.
    pub userdata: Option<String>,
    /// How long C may call it.
    pub scope: Option<Scope>,
    /// The parameter, or the function, that ends it.
    pub destroy: Option<String>,
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

impl Callback {
    /// The same with parameters under other names.
    #[must_use]
    pub fn renamed(&self, rename: &impl Fn(&str) -> String) -> Self {
        Self {
            userdata: self.userdata.as_deref().map(rename),
            scope: self.scope,
            destroy: self.destroy.as_deref().map(rename),
        }
    }
}

impl fmt::Display for Callback {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut words = Vec::new();
        words.extend(self.userdata.as_ref().map(|name| format!("userdata = {name}")));
        words.extend(self.scope.map(|scope| format!("scope = {}", scope.word())));
        words.extend(self.destroy.as_ref().map(|name| format!("destroy = {name}")));
        f.write_str(&words.join(", "))
    }
}
