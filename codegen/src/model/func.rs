//! Functions and parameters.

use super::{HeaderAttr, Ty};

/// A function, by its place in [`Header::functions`](super::Header::functions).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FnId(pub usize);

/// Which signature is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Safety {
    /// The C signature, unsafe to call.
    Raw,
    /// The idiomatic signature, unsafe to call.
    Idiomatic,
    /// The idiomatic signature, safe to call.
    Safe,
}

/// A declared function.
#[derive(Clone, Debug)]
pub struct Function {
    /// The Rust name.
    pub name: String,
    /// The symbol, where it differs.
    pub link_name: Option<String>,
    /// The name that the header declares, where the header was read.
    pub declared: Option<String>,
    /// Parameters in order.
    pub params: Vec<Param>,
    /// The result, `Ty::Void` for none.
    pub result: Ty,
    /// Whether it takes further arguments.
    pub is_variadic: bool,
    /// Which signature is asked for.
    pub safety: Safety,
    /// What the header itself says.
    pub attrs: Vec<HeaderAttr>,
    /// The C function that this is a typed form of.
    pub form: Option<Form>,
    /// The comment on its declaration, without what makes it one.
    pub docs: Option<String>,
    /// Where it is declared, `file:line:column`, where that is a header.
    pub location: Option<String>,
    /// The same with the header as `#include` names it, for what is written down.
    pub portable_location: Option<String>,
}

impl Function {
    /// The name in C: as declared, which need not be the symbol (`fscanf` is `__isoc99_fscanf` in glibc).
    pub fn c_name(&self) -> &str {
        let declared = self.declared.as_deref().or(self.link_name.as_deref());
        declared.unwrap_or_else(|| self.name.strip_prefix("r#").unwrap_or(&self.name))
    }
}

/// A declared parameter.
#[derive(Clone, Debug)]
pub struct Param {
    /// The Rust name.
    pub name: String,
    /// Its type.
    pub ty: Ty,
}

/// A typed form: another function's call with some arguments fixed, such as one option of a variadic setter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// The C function.
    pub of: String,
    /// Its fixed parameters, by name: a number, or the name of a constant.
    pub fixed: Vec<(String, String)>,
    /// Calls that are made first, each with its arguments: parameters of the form, numbers, constants.
    pub before: Vec<(String, Vec<String>)>,
}
