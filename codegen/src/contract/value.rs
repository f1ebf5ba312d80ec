//! What a pointer means that C gives: as a result, or stored where a parameter points to.

use super::axes::{Direction, Extent, Nullability};
use super::expr::Expr;
use std::fmt;

/// Where memory behind a pointer from C comes from, and who ends it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The caller's, to be released.
    Owned {
        /// The function that releases it, where it is known.
        free: Option<String>,
    },
    /// Inside what this parameter points to, or owned by what it points to.
    Borrowed {
        /// The parameter.
        from: String,
    },
    /// There for the whole life of the process.
    Static,
    /// The library's, valid until one of these functions is called.
    Until {
        /// The functions that end it.
        calls: Vec<String>,
    },
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Origin::Owned { free: Some(free) } => write!(f, "owned, free = {free}"),
            Origin::Owned { free: None } => f.write_str("owned"),
            Origin::Borrowed { from } => write!(f, "borrowed = {from}"),
            Origin::Static => f.write_str("static"),
            Origin::Until { calls } => write!(f, "until = [{}]", calls.join(", ")),
        }
    }
}

/// A pointer that C gives. More than one origin means: one of them, as the call goes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Value {
    /// Where it comes from.
    pub origins: Vec<Origin>,
    /// Null or not.
    pub nullability: Option<Nullability>,
    /// How much it stands for.
    pub extent: Option<Extent>,
    /// Who writes what it points to.
    pub direction: Option<Direction>,
    /// C's own memory, which only C looks into.
    pub is_opaque: bool,
    /// It is a text of UTF-8.
    pub is_utf8: bool,
    /// C moves the caller's pointer along its buffer.
    pub advances: bool,
    /// C stores it also where the call fails: the caller's to release even then.
    pub always: bool,
    /// C may move or enlarge the caller's block with C's own allocator.
    pub reallocated: bool,
    /// The pointer that it points to.
    pub pointee: Option<Box<Value>>,
}

impl Value {
    /// Takes over every axis that is still open.
    pub fn fill_from(&mut self, other: &Value) {
        if self.origins.is_empty() {
            self.origins.clone_from(&other.origins);
        } else if let Some(theirs) = other.free() {
            // The same said with more words: "it is yours", and "free it with this".
            for origin in &mut self.origins {
                if let Origin::Owned { free: free @ None } = origin {
                    *free = Some(theirs.to_owned());
                }
            }
        }
        self.nullability = self.nullability.or(other.nullability);
        self.extent = self.extent.take().or_else(|| other.extent.clone());
        self.direction = self.direction.or(other.direction);
        self.is_opaque |= other.is_opaque;
        self.is_utf8 |= other.is_utf8;
        self.advances |= other.advances;
        self.always |= other.always;
        self.reallocated |= other.reallocated;
        match (&mut self.pointee, &other.pointee) {
            (Some(inner), Some(other)) => inner.fill_from(other),
            (inner @ None, other) => inner.clone_from(other),
            (Some(_), None) => {}
        }
    }

    /// The same with parameters under other names.
    #[must_use]
    pub fn renamed(&self, rename: &impl Fn(&str) -> String) -> Self {
        let origins = self.origins.iter().map(|origin| match origin {
            Origin::Borrowed { from } => Origin::Borrowed { from: rename(from) },
            other => other.clone(),
        });
        Self {
            origins: origins.collect(),
            extent: self.extent.as_ref().map(|extent| extent.renamed(rename)),
            pointee: self.pointee.as_ref().map(|inner| Box::new(inner.renamed(rename))),
            ..self.clone()
        }
    }

    /// Every parameter that is named, with the expression's names.
    pub fn names<'a>(&'a self, visit: &mut impl FnMut(&'a str)) {
        for origin in &self.origins {
            if let Origin::Borrowed { from } = origin {
                visit(from);
            }
        }
        if let Some(Extent::Count(expr) | Extent::Bytes(expr)) = &self.extent {
            expr.names(visit);
        }
        if let Some(inner) = &self.pointee {
            inner.names(visit);
        }
    }

    /// The release function of what the caller owns.
    pub fn free(&self) -> Option<&str> {
        self.origins.iter().find_map(|origin| match origin {
            Origin::Owned { free } => free.as_deref(),
            _ => None,
        })
    }

    /// Whether it ends with a call of the library's.
    pub fn is_until(&self) -> bool {
        self.origins.iter().any(|origin| matches!(origin, Origin::Until { .. }))
    }

    /// Whether the caller must release it.
    pub fn is_owned(&self) -> bool {
        self.origins.iter().any(|origin| matches!(origin, Origin::Owned { .. }))
    }

    /// The parameter that it borrows from, where that is the only origin.
    pub fn borrowed_from(&self) -> Option<&str> {
        match self.origins.as_slice() {
            [Origin::Borrowed { from }] => Some(from),
            _ => None,
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut words: Vec<String> = self.origins.iter().map(ToString::to_string).collect();
        words.extend(self.nullability.map(|value| value.to_string()));
        words.extend(self.extent.as_ref().map(ToString::to_string));
        words.extend(self.direction.map(|value| value.attribute().to_owned()));
        let flags = [
            (self.is_utf8, "utf8"),
            (self.is_opaque, "opaque"),
            (self.advances, "advances"),
            (self.always, "always"),
            (self.reallocated, "reallocated"),
        ];
        words.extend(flags.into_iter().filter(|(is, _)| *is).map(|(_, word)| word.to_owned()));
        words.extend(self.pointee.as_ref().map(|inner| format!("pointee({inner})")));
        f.write_str(&words.join(", "))
    }
}

impl Extent {
    /// The same with parameters under other names.
    #[must_use]
    pub fn renamed(&self, rename: &impl Fn(&str) -> String) -> Self {
        match self {
            Extent::Count(expr) => Extent::Count(expr.renamed(rename)),
            Extent::Bytes(expr) => Extent::Bytes(expr.renamed(rename)),
            other => other.clone(),
        }
    }

    /// Its expression.
    pub fn expr(&self) -> Option<&Expr> {
        match self {
            Extent::Count(expr) | Extent::Bytes(expr) => Some(expr),
            Extent::One | Extent::NullTerminated => None,
        }
    }
}
