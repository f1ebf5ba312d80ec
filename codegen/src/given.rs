//! What a pointer from C becomes in Rust, as a result or stored in an out parameter, or why it becomes nothing.

use crate::contract::axes::enforced;
use crate::contract::pack;
use crate::contract::{Contracts, Direction, Errno, Expr, Extent, FnContract, Keeping, Nullability, Origin, Value};
use crate::diag::{Code, codes};
use crate::model::{FnId, Function, Header, Pointer, PointerKind, Ty};
use crate::plan::{Amount, Given, GivenOrigin, Shape};
use std::collections::BTreeSet;

/// Why a pointer from C has no idiomatic form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The kind of mistake.
    pub code: Code,
    /// What is wrong, behind the name of what is given.
    pub message: String,
    /// The edit that mends it.
    pub help: String,
}

impl Refusal {
    fn new(code: Code, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { code, message: message.into(), help: help.into() }
    }
}

/// The result of a function, where it is a pointer whose origin is known.
pub fn result(header: &Header, function: &Function, contract: &FnContract) -> Option<Result<Given, Refusal>> {
    let value = contract.result(false);
    let Ty::Pointer(pointer) = &function.result else { return None };
    if pointer.kind != PointerKind::Raw
        || value.origins.is_empty()
        || is_loose(header, function, contract, &value, pointer)
    {
        return None;
    }
    let given = one(header, function, contract, &value, pointer);
    // Null is told apart as failure.
    let by_errno = matches!(contract.errno.as_ref().map(|fact| fact.value), Some(Errno::Null));
    Some(given.map(|given| Given { is_nullable: given.is_nullable && !by_errno, ..given }))
}

/// The pointer that C stores in an out parameter, where its origin is known.
pub fn stored(
    header: &Header,
    function: &Function,
    contract: &FnContract,
    index: usize,
) -> Option<Result<Given, Refusal>> {
    let facts = &contract.params[index];
    let Ty::Pointer(outer) = &function.params[index].ty else { return None };
    let Ty::Pointer(pointer) = header.resolve(&outer.pointee) else { return None };
    let value = enforced(&facts.pointee)?;
    let is_out =
        enforced(&facts.direction) == Some(&Direction::Out) && matches!(enforced(&facts.extent), Some(Extent::One));
    if !is_out || outer.kind != PointerKind::Raw || pointer.kind != PointerKind::Raw || value.origins.is_empty() {
        return None;
    }
    // Where C keeps the place it stores there whenever it likes.
    let is_kept = matches!(Keeping::of(facts, function.form.as_ref()), Keeping::Until { .. });
    if is_kept || is_loose(header, function, contract, value, pointer) {
        return None;
    }
    Some(one(header, function, contract, value, pointer))
}

/// No reference says what is meant, so the pointer stays as it is.
fn is_loose(header: &Header, function: &Function, contract: &FnContract, value: &Value, pointer: &Pointer) -> bool {
    // Valid until some call that is none of a handle's.
    if value.is_until() && handles(header, function, contract).next().is_none() {
        return true;
    }
    // Memory of C's own that the type lets everybody write: a shared reference would promise that nobody does.
    let is_cs_own = value.origins.iter().any(|origin| match origin {
        Origin::Static | Origin::Until { .. } => true,
        Origin::Borrowed { from } => {
            handles(header, function, contract).any(|handle| function.params[handle].name == *from)
        }
        Origin::Owned { .. } => false,
    });
    let is_handle = matches!(shape(header, function, value, pointer), Ok(Shape::Handle));
    is_cs_own && pointer.is_mut && value.direction != Some(Direction::In) && !is_handle
}

fn one(
    header: &Header,
    function: &Function,
    contract: &FnContract,
    value: &Value,
    pointer: &Pointer,
) -> Result<Given, Refusal> {
    if value.advances || value.reallocated {
        return Err(Refusal::new(codes::NO_IDIOM, "is a pointer that C moves", "declare it `fn`"));
    }
    let shape = shape(header, function, value, pointer)?;
    let mut ties = BTreeSet::new();
    let mut owner = None;
    for origin in &value.origins {
        match origin {
            Origin::Owned { free: None } => {
                return Err(Refusal::new(
                    codes::INCOMPLETE,
                    "belongs to the caller, and its contract does not say what releases it",
                    "write `owned, free = function`",
                ));
            }
            Origin::Owned { free: Some(free) } => owner = Some(release(header, function, free)?),
            Origin::Borrowed { from } => match function.params.iter().position(|param| param.name == *from) {
                Some(index) => {
                    ties.insert(index);
                }
                None => {
                    return Err(Refusal::new(
                        codes::UNKNOWN_NAME,
                        format!("is said to be borrowed from `{from}`, which is no parameter"),
                        "write the name of a parameter",
                    ));
                }
            },
            Origin::Static => {}
            // Whatever it belongs to, it dies with the handles of the call at the latest.
            Origin::Until { .. } => ties.extend(handles(header, function, contract)),
        }
    }
    let is_nullable = value.nullability != Some(Nullability::Nonnull);
    let origin = match (owner, value.origins.as_slice()) {
        (Some(free), [Origin::Owned { free: Some(name) }]) => {
            ties.extend(handles(header, function, contract).filter(|index| keeps(contract, function, *index, name)));
            GivenOrigin::Owned(free)
        }
        (Some(_), _) => return Err(mixed()),
        (None, _) => GivenOrigin::Borrowed,
    };
    // An allocator's memory is anything at first.
    let is_owned = matches!(origin, GivenOrigin::Owned(_));
    let is_blank = match value.direction {
        Some(Direction::In | Direction::InOut) => false,
        Some(Direction::Out) => true,
        None => is_owned && *header.resolve(&pointer.pointee) == Ty::Void,
    };
    Ok(Given { origin, shape, is_blank, is_nullable, is_always: value.always, ties: ties.into_iter().collect() })
}

fn mixed() -> Refusal {
    Refusal::new(
        codes::NO_IDIOM,
        "belongs to the caller in some calls and not in others",
        "declare it `fn`, or write a typed form for each case (`form_of`)",
    )
}

/// Whether what a call gives must not outlive this handle of the call's: C keeps it until that is released, or nobody says.
fn keeps(contract: &FnContract, function: &Function, index: usize, free: &str) -> bool {
    match Keeping::of(&contract.params[index], function.form.as_ref()) {
        Keeping::Until { kept, .. } => kept.ends().contains(&free),
        Keeping::Unknown => true,
        Keeping::Call | Keeping::Taken { .. } | Keeping::Depends(_) => false,
    }
}

fn handles<'a>(
    header: &'a Header,
    function: &'a Function,
    contract: &'a FnContract,
) -> impl Iterator<Item = usize> + 'a {
    (0..function.params.len()).filter(|index| is_handle(header, function, contract, *index))
}

/// Whether a parameter is a handle that an idiomatic signature borrows or takes over.
///
/// What points to `void` or to a number could be anybody's: it stays a raw pointer.
pub fn is_handle(header: &Header, function: &Function, contract: &FnContract, index: usize) -> bool {
    let is_typed = matches!(&function.params[index].ty, Ty::Pointer(pointer)
        if pointer.kind == PointerKind::Raw && matches!(header.resolve(&pointer.pointee), Ty::Named(_)));
    is_typed && enforced(&contract.params[index].opaque).is_some()
}

/// The function that releases what another one gives.
///
/// # Errors
///
/// It is not declared here, or takes something else than one pointer.
pub fn release(header: &Header, function: &Function, free: &str) -> Result<FnId, Refusal> {
    let Some(index) = header.functions.iter().position(|function| function.name == free || function.c_name() == free)
    else {
        let help = match function.location {
            Some(_) => format!("let `allow` include `{free}`, and name its header"),
            None => format!("declare `fn {free}(…)` in the same block"),
        };
        return Err(Refusal::new(
            codes::NOT_DECLARED,
            format!("is released by `{free}`, which is not declared here"),
            help,
        ));
    };
    let found = &header.functions[index];
    let takes_one = matches!(found.params.as_slice(), [param]
        if matches!(header.resolve(&param.ty), Ty::Pointer(pointer) if pointer.kind == PointerKind::Raw));
    if !takes_one || found.is_variadic {
        return Err(Refusal::new(
            codes::NO_IDIOM,
            format!("is released by `{free}`, which takes something else than one pointer"),
            "name a function that takes the pointer alone, or declare it `fn`",
        ));
    }
    Ok(FnId(index))
}

/// Whether some contract, of this header or of a pack, names the function as one that releases.
pub fn is_release(contracts: &Contracts, function: &Function) -> bool {
    let names = |name: &str| name == function.c_name() || name == function.name;
    let is_packed = pack::shipped().is_release(function.c_name()) || pack::shipped().is_release(&function.name);
    is_packed
        || contracts.functions.iter().any(|contract| {
            let given = contract.returns.iter().filter(|fact| fact.is_enforced()).filter_map(|fact| fact.value.free());
            let stored = contract.params.iter().filter_map(|facts| enforced(&facts.pointee)?.free());
            let taken = contract.params.iter().filter_map(|facts| enforced(&facts.escape)?.free());
            given.chain(stored).chain(taken).any(names)
        })
}

fn shape(header: &Header, function: &Function, value: &Value, pointer: &Pointer) -> Result<Shape, Refusal> {
    let target = header.resolve(&pointer.pointee);
    let is_incomplete = match target {
        Ty::Named(name) => header.record(name).is_some_and(|record| record.is_opaque),
        _ => false,
    };
    if value.is_opaque || is_incomplete {
        return Ok(Shape::Handle);
    }
    let amount = |expr: &Expr| {
        amount(function, expr).ok_or_else(|| {
            let message = format!("has a length that names no parameter, `{expr}`");
            Refusal::new(codes::UNKNOWN_NAME, message, "write it with the names of parameters, and `result`")
        })
    };
    match &value.extent {
        None => Err(Refusal::new(
            codes::INCOMPLETE,
            "comes without a word on how much memory it stands for",
            "add `opaque`, `null_terminated`, `one` or `counted_by(…)` to the list",
        )),
        Some(Extent::NullTerminated) if matches!(target, Ty::Char | Ty::Byte) => Ok(Shape::Text),
        Some(Extent::One) if *target != Ty::Void => Ok(Shape::Object),
        Some(Extent::Count(expr)) if *target != Ty::Void => Ok(Shape::Slice(amount(expr)?)),
        Some(Extent::Bytes(expr)) if matches!(target, Ty::Void | Ty::Char | Ty::Byte) => {
            Ok(Shape::Slice(amount(expr)?))
        }
        Some(extent) => Err(Refusal::new(
            codes::NO_IDIOM,
            format!("is `{}` of a type that has no such form", extent),
            "declare it `fn`",
        )),
    }
}

/// An expression that holds after the call, over parameter numbers; `result` is what C returns.
pub fn amount(function: &Function, expr: &Expr) -> Option<Amount> {
    let index = |name: &str| function.params.iter().position(|param| param.name == name);
    Some(match expr {
        Expr::Const(value) => Amount::Const(*value),
        Expr::Name(name) => match index(name) {
            Some(index) => Amount::Param(index),
            None if name == "result" => Amount::Result,
            None => return None,
        },
        Expr::Deref(name) => Amount::Deref(index(name)?),
        Expr::Binary(op, left, right) => {
            Amount::Binary(*op, Box::new(amount(function, left)?), Box::new(amount(function, right)?))
        }
    })
}
