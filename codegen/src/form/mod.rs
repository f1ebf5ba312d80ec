//! Typed forms: which function each calls, and what stands for each of its parameters.

mod contract;
#[cfg(feature = "clang")]
pub mod header;
#[cfg(feature = "clang")]
mod types;

pub use contract::{decide, inherit};

use crate::contract::{Constant, pack};
use crate::model::{FnId, Form, Function, Header, PointerKind, Ty};
use crate::plan::{BeforePlan, Cast, FormArgument, FormPlan};

/// Why a form cannot be called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// The function is not declared.
    Undeclared,
    /// The function has no parameter of this name.
    NoParameter(String),
    /// A parameter is fixed twice.
    Twice(String),
    /// So many parameters are left, and the form has others.
    Count {
        /// Parameters that are left; as many at least, where the function is variadic.
        left: usize,
        /// Whether more may follow.
        is_variadic: bool,
    },
    /// What is called first cannot be called so: why.
    Before(String),
    /// A parameter of this name has a type that no number can be turned into.
    NoCast(String),
}

/// A form taken apart: the function, and the constants of its parameters that are fixed.
#[derive(Clone, Debug)]
pub struct Parts {
    /// The function.
    pub of: FnId,
    /// How many of the form's parameters, at its end, are for the calls that are made first.
    pub extra: usize,
    /// By its parameters: the constant, where one is fixed.
    pub fixed: Vec<Option<Constant>>,
}

/// The function that a form is one of.
pub fn target(header: &Header, form: &Form) -> Option<FnId> {
    let is_it = |function: &Function| {
        function.form.is_none() && (function.c_name() == form.of || function.name.trim_start_matches("r#") == form.of)
    };
    header.functions.iter().position(is_it).map(FnId)
}

/// Takes a form apart.
///
/// # Errors
///
/// What does not fit the function.
pub fn parts(header: &Header, function: &Function, form: &Form) -> Result<Parts, Flaw> {
    let of = target(header, form).ok_or(Flaw::Undeclared)?;
    let called = &header.functions[of.0];
    let mut fixed: Vec<Option<Constant>> = vec![None; called.params.len()];
    for (name, value) in &form.fixed {
        let place = place(called, name).ok_or_else(|| Flaw::NoParameter(name.clone()))?;
        if fixed[place].replace(constant(value)).is_some() {
            return Err(Flaw::Twice(name.clone()));
        }
    }
    let left = fixed.iter().filter(|fixed| fixed.is_none()).count();
    let is_before = |name: &str| form.before.iter().any(|(_, arguments)| arguments.iter().any(|other| other == name));
    let extra = function.params.iter().skip(left).rev().take_while(|param| is_before(&param.name)).count();
    let given = function.params.len() - extra;
    let fits = if called.is_variadic { given >= left } else { given == left };
    if !fits {
        return Err(Flaw::Count { left, is_variadic: called.is_variadic });
    }
    Ok(Parts { of, extra, fixed })
}

/// What the form's wrapper passes.
///
/// # Errors
///
/// What does not fit the function.
pub fn plan(header: &Header, function: &Function, form: &Form) -> Result<FormPlan, Flaw> {
    let parts = parts(header, function, form)?;
    let called = &header.functions[parts.of.0];
    let before = form.before.iter().map(|call| before(header, function, parts.of, call)).collect::<Result<_, _>>()?;
    let mut given = 0..function.params.len() - parts.extra;
    let mut arguments = Vec::new();
    for (index, (param, fixed)) in called.params.iter().zip(parts.fixed).enumerate() {
        match fixed {
            Some(value) => {
                let cast = cast(header.resolve(&param.ty), &value).ok_or_else(|| Flaw::NoCast(param.name.clone()))?;
                arguments.push(FormArgument::Fixed { param: index, value, cast });
            }
            None => arguments.extend(given.next().map(FormArgument::Given)),
        }
    }
    arguments.extend(given.map(FormArgument::Given));
    Ok(FormPlan { of: parts.of, arguments, before })
}

/// A call that is made first.
fn before(
    header: &Header,
    function: &Function,
    form_of: FnId,
    (name, arguments): &(String, Vec<String>),
) -> Result<BeforePlan, Flaw> {
    let is_it = |other: &Function| other.form.is_none() && other.name.trim_start_matches("r#") == name;
    let of =
        header.functions.iter().position(is_it).ok_or_else(|| Flaw::Before(format!("`{name}` is not declared")))?;
    let called = &header.functions[of];
    let fits = match called.is_variadic {
        true => arguments.len() >= called.params.len(),
        false => arguments.len() == called.params.len(),
    };
    if !fits {
        return Err(Flaw::Before(format!("`{name}` takes {} arguments", called.params.len())));
    }
    // A result that tells failure as the form's does is the form's; of another type it cannot be.
    let is_alike = called.result == Ty::Number && header.functions[form_of.0].result == Ty::Number;
    if called.result != Ty::Void && of != form_of.0 && !is_alike {
        return Err(Flaw::Before(format!("the result of `{name}` would be lost")));
    }
    let arguments = arguments.iter().enumerate().map(|(index, argument)| {
        if let Some(given) = function.params.iter().position(|param| param.name == *argument) {
            return Ok(FormArgument::Given(given));
        }
        let flaw = || Flaw::Before(format!("`{argument}` is no parameter of the form, and no constant for `{name}`"));
        let param = called.params.get(index).ok_or_else(flaw)?;
        let value = constant(argument);
        let cast = cast(header.resolve(&param.ty), &value).ok_or_else(flaw)?;
        Ok(FormArgument::Fixed { param: index, value, cast })
    });
    Ok(BeforePlan { of: FnId(of), arguments: arguments.collect::<Result<_, _>>()? })
}

/// How a constant becomes a parameter's type.
fn cast(ty: &Ty, value: &Constant) -> Option<Cast> {
    Some(match (ty, value) {
        (Ty::FnPointer, Constant::Number(0)) => Cast::Absent,
        (Ty::FnPointer, _) => Cast::Transmute,
        (Ty::Pointer(pointer), value) => match (pointer.kind, value) {
            (PointerKind::Raw, _) => Cast::Address,
            (PointerKind::Nullable, Constant::Number(0)) => Cast::Absent,
            _ => return None,
        },
        (Ty::Array(..) | Ty::Void, _) => return None,
        _ => Cast::Number,
    })
}

/// Which parameter is meant: by the name it is declared with, else by the man page's.
fn place(called: &Function, name: &str) -> Option<usize> {
    let own = called.params.iter().position(|param| param.name.trim_start_matches("r#") == name);
    own.or_else(|| pack::parameter_names(called)?.iter().position(|known| known.trim_start_matches("r#") == name))
}

/// A constant as the model holds it.
pub fn constant(text: &str) -> Constant {
    text.parse().map_or_else(|_| Constant::Name(text.to_owned()), Constant::Number)
}
