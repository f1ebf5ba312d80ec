//! Reads what attributes inside a callback's type say of what C hands to it.

use crate::contract::axes::{Claim, Direction, Extent, Nullability};
use crate::contract::callback::{CalledForm, CalledParam, Count};
use crate::contract::expr::Expr;
use crate::diag::{Diagnostic, Diagnostics, Place, codes};
use crate::model::{Param, Pointer, Ty};
use crate::read::block::shape;
use syn::spanned::Spanned;

/// Words that may stand on a parameter of a callback.
const WORDS: &[&str] = &[
    "input",
    "out",
    "inout",
    "nonnull",
    "nullable",
    "one",
    "counted_by",
    "sized_by",
    "null_terminated",
    "opaque",
    "userdata",
];

/// What C hands to a callback of this type; `userdata` is the name of what C is given with it, `given` all that it gets there.
pub(super) fn read(
    ty: &syn::TypeFnPtr,
    userdata: Option<&str>,
    given: &[Param],
    diagnostics: &mut Diagnostics,
) -> Option<Vec<CalledParam>> {
    if ty.variadic.is_some() {
        return None;
    }
    let names: Vec<String> = (ty.inputs.iter().enumerate())
        .map(|(index, input)| {
            input.name.as_ref().map_or_else(|| format!("arg{}", index + 1), |(name, _)| name.to_string())
        })
        .collect();
    let mut params = Vec::new();
    let mut lengths = Vec::new();
    for (input, name) in ty.inputs.iter().zip(&names) {
        let ty = shape(&input.ty);
        let is_mut = ty.as_pointer().is_some_and(|pointer| pointer.is_mut);
        let mut param = CalledParam {
            name: name.clone(),
            form: CalledForm::Plain,
            is_nullable: false,
            is_mut,
            is_out: false,
            asked: None,
        };
        for attribute in &input.attrs {
            if attribute.path().is_ident("userdata") {
                match &attribute.meta {
                    syn::Meta::Path(_) => param.form = CalledForm::Userdata,
                    _ => match attribute.parse_args::<syn::Ident>() {
                        Ok(function) => param.asked = Some(function.to_string()),
                        Err(error) => diagnostics.push(
                            Diagnostic::new(codes::MALFORMED, Place::Token(error.span()), "`userdata` cannot be read")
                                .help("write `#[userdata]`, or `#[userdata(f)]` where C's `f` gives it for this parameter"),
                        ),
                    },
                }
                continue;
            }
            let Some(claim) = super::read(attribute, WORDS, "a callback's parameter", diagnostics) else { continue };
            let place = Place::Token(attribute.path().span());
            let Some(pointer) = ty.as_pointer() else {
                let message = format!("`{name}` is not a pointer");
                diagnostics.push(Diagnostic::new(codes::NOT_A_POINTER, place, message).help("take the attribute away"));
                continue;
            };
            match apply(&mut param, claim, pointer, &names, given) {
                Ok(length) => lengths.extend(length),
                Err(message) => diagnostics.push(
                    Diagnostic::new(codes::CONTRADICTION, place, message)
                        .help("leave it out: the callback gets the pointer as C gives it"),
                ),
            }
        }
        params.push(param);
    }
    for length in lengths {
        if params[length].form == CalledForm::Plain {
            params[length].form = CalledForm::LengthOf;
        }
    }
    if let Some(userdata) = userdata {
        find_userdata(ty, userdata, &mut params);
    }
    Some(params)
}

/// What one word makes of a parameter, and the parameter that it names.
fn apply(
    param: &mut CalledParam,
    claim: Claim,
    pointer: &Pointer,
    names: &[String],
    given: &[Param],
) -> Result<Option<usize>, String> {
    let is_void = *pointer.pointee == Ty::Void;
    match claim {
        Claim::Direction(Direction::In) => param.is_mut = false,
        Claim::Direction(_) if !pointer.is_mut => {
            return Err(format!("`{}` is a pointer to const, which nobody writes through", param.name));
        }
        Claim::Direction(direction) => (param.is_mut, param.is_out) = (true, direction == Direction::Out),
        Claim::Nullability(nullability) => param.is_nullable = nullability == Nullability::Nullable,
        Claim::Extent(Extent::One) if is_void => {
            return Err(format!("`{}` points to void, of which there is no object", param.name));
        }
        Claim::Extent(Extent::One) => param.form = CalledForm::Object,
        Claim::Opaque => param.form = CalledForm::Handle,
        Claim::Extent(Extent::NullTerminated) if *pointer.pointee != Ty::Char => {
            return Err(format!("`{}` is no text: it does not point to char", param.name));
        }
        Claim::Extent(Extent::NullTerminated) => param.form = CalledForm::Text,
        Claim::Extent(Extent::Count(_)) if is_void => {
            return Err(format!("`{}` points to void, which has no elements to count: write `sized_by`", param.name));
        }
        Claim::Extent(Extent::Count(ref expr) | Extent::Bytes(ref expr)) => {
            let in_bytes = matches!(claim, Claim::Extent(Extent::Bytes(_)));
            if let Expr::Name(name) = expr
                && let Some(count) = names.iter().position(|other| other == name)
            {
                param.form = CalledForm::Slice { count: Count::Called(count), in_bytes };
                return Ok(Some(count));
            }
            by_given(expr, names, given)?;
            param.form = CalledForm::Slice { count: Count::Given(expr.clone()), in_bytes };
        }
        _ => {}
    }
    Ok(None)
}

/// Whether a length can be reckoned when C gets the callback.
fn by_given(expr: &Expr, names: &[String], given: &[Param]) -> Result<(), String> {
    match expr {
        Expr::Const(_) => Ok(()),
        Expr::Deref(name) => Err(format!("what `{name}` points to may change before C calls")),
        Expr::Name(name) if names.contains(name) => {
            Err(format!("`{name}` is the callback's, and only known when C calls: it can be a length by itself alone"))
        }
        Expr::Name(name) => match given.iter().find(|param| param.name == *name) {
            Some(param) if matches!(param.ty, Ty::Number | Ty::Named(_)) => Ok(()),
            Some(_) => Err(format!("`{name}` is no number, and cannot be a length")),
            None => Err(format!("neither the callback nor its function has a parameter `{name}`")),
        },
        Expr::Binary(_, left, right) => {
            by_given(left, names, given)?;
            by_given(right, names, given)
        }
    }
}

/// Where nobody says which one the userdata is: the one of that name, or the only `void *` of which nothing is said.
fn find_userdata(ty: &syn::TypeFnPtr, userdata: &str, params: &mut [CalledParam]) {
    if params.iter().any(CalledParam::is_userdata) {
        return;
    }
    let is_it = |(input, param): &(&syn::NamedArg, &CalledParam)| {
        matches!(shape(&input.ty), Ty::Pointer(pointer) if pointer.is_mut && *pointer.pointee == Ty::Void)
            && param.form == CalledForm::Plain
            && input.attrs.is_empty()
    };
    let candidates: Vec<usize> =
        ty.inputs.iter().zip(&*params).enumerate().filter(|(_, pair)| is_it(pair)).map(|(index, _)| index).collect();
    let named = candidates.iter().find(|index| params[**index].name == userdata);
    let only = candidates.first().filter(|_| candidates.len() == 1);
    if let Some(index) = named.or(only).copied() {
        params[index].form = CalledForm::Userdata;
    }
}
