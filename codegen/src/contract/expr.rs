//! Expressions over parameters, the same in attributes, packs and headers.

use super::limits;
use std::fmt;

/// With this many each can stand in brackets of its own, and what is printed still is no more than what is read.
const MOST_OPERATORS: usize = 16;

/// An extent's length, over the names of parameters or fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expr {
    /// A literal.
    Const(u64),
    /// A parameter or field.
    Name(String),
    /// The integer that a pointer parameter points to, `*len`.
    Deref(String),
    /// Two expressions and an operator.
    Binary(Op, Box<Expr>, Box<Expr>),
}

/// An operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Op {
    /// `+`
    Add,
    /// `-`
    Sub,
    /// `*`
    Mul,
    /// `/`
    Div,
    /// `min(a, b)`
    Min,
}

impl Expr {
    /// Reads an expression of Rust's (and C's) syntax.
    ///
    /// # Errors
    ///
    /// What is not a number, a name, `*name`, `+ - * /`, parentheses or `min(a, b)`, at its token.
    pub fn from_syntax(expr: &syn::Expr) -> syn::Result<Self> {
        let tree = Self::tree(expr)?;
        if tree.operators() > MOST_OPERATORS {
            return Err(syn::Error::new_spanned(expr, format!("an extent has {MOST_OPERATORS} operators at most")));
        }
        Ok(tree)
    }

    fn operators(&self) -> usize {
        match self {
            Expr::Const(_) | Expr::Name(_) | Expr::Deref(_) => 0,
            Expr::Binary(_, left, right) => 1 + left.operators() + right.operators(),
        }
    }

    fn tree(expr: &syn::Expr) -> syn::Result<Self> {
        let refuse = || {
            syn::Error::new_spanned(
                expr,
                "an extent is written with parameter names, numbers, `+ - * /`, `*name`, parentheses, min(a, b) and at_least(a)",
            )
        };
        match expr {
            syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Int(number), .. }) => number.base10_parse().map(Expr::Const),
            syn::Expr::Path(path) if path.qself.is_none() => {
                path.path.get_ident().map(|ident| Expr::Name(ident.to_string())).ok_or_else(refuse)
            }
            syn::Expr::Paren(inner) => Self::tree(&inner.expr),
            syn::Expr::Group(inner) => Self::tree(&inner.expr),
            syn::Expr::Unary(unary) if matches!(unary.op, syn::UnOp::Deref(_)) => match Self::tree(&unary.expr)? {
                Expr::Name(name) => Ok(Expr::Deref(name)),
                _ => Err(refuse()),
            },
            syn::Expr::Binary(binary) => {
                let op = match binary.op {
                    syn::BinOp::Add(_) => Op::Add,
                    syn::BinOp::Sub(_) => Op::Sub,
                    syn::BinOp::Mul(_) => Op::Mul,
                    syn::BinOp::Div(_) => Op::Div,
                    _ => return Err(refuse()),
                };
                Ok(Expr::Binary(op, Box::new(Self::tree(&binary.left)?), Box::new(Self::tree(&binary.right)?)))
            }
            syn::Expr::Call(call) => {
                let is = |word| matches!(&*call.func, syn::Expr::Path(path) if path.path.is_ident(word));
                match call.args.iter().collect::<Vec<_>>().as_slice() {
                    [left, right] if is("min") => {
                        Ok(Expr::Binary(Op::Min, Box::new(Self::tree(left)?), Box::new(Self::tree(right)?)))
                    }
                    // What C needs, of more that nobody counts: the lesser of that and the rest.
                    [least] if is("at_least") => {
                        let least = Box::new(Self::tree(least)?);
                        Ok(Expr::Binary(Op::Min, least.clone(), least))
                    }
                    _ => Err(refuse()),
                }
            }
            _ => Err(refuse()),
        }
    }

    /// Reads an expression from a header's text; `None` for what we cannot follow.
    pub fn from_text(text: &str) -> Option<Self> {
        Self::from_syntax(&syn::parse2(limits::tokens(text)?).ok()?).ok()
    }

    /// Calls `visit` with each name in the expression.
    pub fn names<'a>(&'a self, visit: &mut impl FnMut(&'a str)) {
        match self {
            Expr::Const(_) => {}
            Expr::Name(name) | Expr::Deref(name) => visit(name),
            Expr::Binary(_, left, right) => {
                left.names(visit);
                right.names(visit);
            }
        }
    }

    /// The expression with other names.
    #[must_use]
    pub fn renamed(&self, rename: &impl Fn(&str) -> String) -> Self {
        match self {
            Expr::Const(value) => Expr::Const(*value),
            Expr::Name(name) => Expr::Name(rename(name)),
            Expr::Deref(name) => Expr::Deref(rename(name)),
            Expr::Binary(op, left, right) => {
                Expr::Binary(*op, Box::new(left.renamed(rename)), Box::new(right.renamed(rename)))
            }
        }
    }
}

impl fmt::Display for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Expr::Const(value) => write!(f, "{value}"),
            Expr::Name(name) => f.write_str(name),
            Expr::Deref(name) => write!(f, "*{name}"),
            Expr::Binary(Op::Min, left, right) if left == right => write!(f, "at_least({left})"),
            Expr::Binary(Op::Min, left, right) => write!(f, "min({left}, {right})"),
            Expr::Binary(op, left, right) => {
                let sign = match op {
                    Op::Add => '+',
                    Op::Sub => '-',
                    Op::Mul => '*',
                    Op::Div | Op::Min => '/',
                };
                let part = |f: &mut fmt::Formatter<'_>, expr: &Expr| match expr {
                    Expr::Binary(inner, ..) if *inner != Op::Min => write!(f, "({expr})"),
                    _ => write!(f, "{expr}"),
                };
                part(f, left)?;
                write!(f, " {sign} ")?;
                part(f, right)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Expr;

    #[test]
    fn reads_and_prints() {
        for text in ["n", "4", "*len", "(w * h) * 4", "min(a, *b)", "n - min(n, 0)", "at_least(2)", "n + at_least(m)"] {
            assert_eq!(Expr::from_text(text).map(|expr| expr.to_string()).as_deref(), Some(text));
        }
        // Each operator of a chain is printed in brackets.
        let chain = |operators: usize| "n + ".repeat(operators) + "n";
        let read = Expr::from_text(&chain(16)).expect("not too long");
        assert_eq!(Expr::from_text(&read.to_string()), Some(read));
        assert_eq!(Expr::from_text(&chain(17)), None);
        for text in ["at_least(a, b)", "f(x)", "a % b", "a.b", "", "**p", "1.5", "\"n\""] {
            assert_eq!(Expr::from_text(text), None, "{text}");
        }
    }
}
