//! When a fact holds: on what an argument is, or on how the call ended.

use std::fmt;

/// One condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// An argument compared with a constant.
    Argument {
        /// The parameter.
        name: String,
        /// How.
        comparison: Comparison,
        /// With what.
        constant: Constant,
    },
    /// The call succeeded.
    Success,
    /// The call failed.
    Failure,
}

/// How an argument, or the result, is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `==`
    Equal,
    /// `!=`
    Different,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    More,
    /// `>=`
    AtLeast,
    /// `&`: any of these bits is set.
    AnyBit,
}

/// A constant: a number, or a name that the header defines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Constant {
    /// A number.
    Number(i128),
    /// A name.
    Name(String),
}

/// What tells success from failure: the result, compared with a constant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Success {
    /// How.
    pub comparison: Comparison,
    /// With what.
    pub constant: Constant,
}

impl Comparison {
    /// As written.
    pub fn sign(self) -> &'static str {
        match self {
            Comparison::Equal => "==",
            Comparison::Different => "!=",
            Comparison::Less => "<",
            Comparison::AtMost => "<=",
            Comparison::More => ">",
            Comparison::AtLeast => ">=",
            Comparison::AnyBit => "&",
        }
    }

    /// Whether two numbers compare so.
    pub fn holds(self, left: i128, right: i128) -> bool {
        match self {
            Comparison::Equal => left == right,
            Comparison::Different => left != right,
            Comparison::Less => left < right,
            Comparison::AtMost => left <= right,
            Comparison::More => left > right,
            Comparison::AtLeast => left >= right,
            Comparison::AnyBit => left & right != 0,
        }
    }
}

impl Condition {
    /// Reads `p == C`, `p != C`, `p & C` and the orders; the left side is a parameter, the right one a constant.
    ///
    /// # Errors
    ///
    /// Anything else, at its token.
    pub fn from_syntax(expr: &syn::Expr) -> syn::Result<Self> {
        let (name, comparison, constant) = compared(expr)?;
        Ok(Condition::Argument { name, comparison, constant })
    }

    /// The same with parameters under other names.
    #[must_use]
    pub fn renamed(&self, rename: &impl Fn(&str) -> String) -> Self {
        match self {
            Condition::Argument { name, comparison, constant } => {
                Condition::Argument { name: rename(name), comparison: *comparison, constant: constant.clone() }
            }
            other => other.clone(),
        }
    }

    /// Whether it holds where a parameter has this constant; `None` where that does not decide it.
    pub fn decided(&self, param: &str, value: &Constant) -> Option<bool> {
        let Condition::Argument { name, comparison, constant } = self else { return None };
        if name != param {
            return None;
        }
        match (value, constant) {
            (Constant::Number(value), Constant::Number(constant)) => Some(comparison.holds(*value, *constant)),
            // Names are compared as names: two names of one library's constants are taken for two values.
            (Constant::Name(value), Constant::Name(constant)) => match comparison {
                Comparison::Equal => Some(value == constant),
                Comparison::Different => Some(value != constant),
                _ => None,
            },
            _ => None,
        }
    }
}

impl Success {
    /// Reads `return == 0`, `result >= 0`, `result != NULL`.
    ///
    /// # Errors
    ///
    /// Anything else, at its token.
    pub fn from_syntax(expr: &syn::Expr) -> syn::Result<Self> {
        let (name, comparison, constant) = compared(expr)?;
        if name != "result" {
            return Err(syn::Error::new_spanned(expr, "success is told by `result`, compared with a constant"));
        }
        Ok(Self { comparison, constant })
    }
}

fn compared(expr: &syn::Expr) -> syn::Result<(String, Comparison, Constant)> {
    let refuse =
        || syn::Error::new_spanned(expr, "a condition compares a name with a constant: `flags & FREE`, `n == 0`");
    let syn::Expr::Binary(binary) = expr else { return Err(refuse()) };
    let comparison = match binary.op {
        syn::BinOp::Eq(_) => Comparison::Equal,
        syn::BinOp::Ne(_) => Comparison::Different,
        syn::BinOp::Lt(_) => Comparison::Less,
        syn::BinOp::Le(_) => Comparison::AtMost,
        syn::BinOp::Gt(_) => Comparison::More,
        syn::BinOp::Ge(_) => Comparison::AtLeast,
        syn::BinOp::BitAnd(_) => Comparison::AnyBit,
        _ => return Err(refuse()),
    };
    let syn::Expr::Path(left) = &*binary.left else { return Err(refuse()) };
    let name = left.path.get_ident().ok_or_else(refuse)?.to_string();
    Ok((name, comparison, Constant::from_syntax(&binary.right)?))
}

impl Constant {
    /// Reads a number, a negative one, or a name.
    ///
    /// # Errors
    ///
    /// Anything else, at its token.
    pub fn from_syntax(expr: &syn::Expr) -> syn::Result<Self> {
        let refuse = || syn::Error::new_spanned(expr, "a constant is a number or the name of one");
        match expr {
            syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Int(number), .. }) => {
                number.base10_parse().map(Constant::Number)
            }
            syn::Expr::Unary(unary) if matches!(unary.op, syn::UnOp::Neg(_)) => match Self::from_syntax(&unary.expr)? {
                Constant::Number(number) => Ok(Constant::Number(-number)),
                Constant::Name(_) => Err(refuse()),
            },
            syn::Expr::Path(path) => {
                path.path.get_ident().map(|ident| Constant::Name(ident.to_string())).ok_or_else(refuse)
            }
            syn::Expr::Paren(inner) => Self::from_syntax(&inner.expr),
            syn::Expr::Group(inner) => Self::from_syntax(&inner.expr),
            _ => Err(refuse()),
        }
    }
}

impl fmt::Display for Constant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Constant::Number(number) => write!(f, "{number}"),
            Constant::Name(name) => f.write_str(name),
        }
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Condition::Argument { name, comparison, constant } => {
                write!(f, "{name} {} {constant}", comparison.sign())
            }
            Condition::Success => f.write_str("success"),
            Condition::Failure => f.write_str("failure"),
        }
    }
}

impl fmt::Display for Success {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "result {} {}", self.comparison.sign(), self.constant)
    }
}
