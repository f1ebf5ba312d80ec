//! Contracts become plans: every choice about a wrapper is made here, none while printing.

mod docs;
pub(crate) mod endings;
mod idiomatic;
mod watched;

use crate::contract::axes::{Source, enforced};
use crate::contract::expr::Op;
use crate::contract::{
    Contracts, Direction, Escape, Expr, Extent, Filled, Flow, FnContract, Nullability, Origin, ParamContract,
};
use crate::form;
use crate::model::{FnId, Function, Header, Pointer, PointerKind, Safety, Ty};
use crate::plan::{
    Argument, CallPlan, ExprPlan, ExtentPlan, Hold, Inside, Keeps, ParamPlan, PointerPlan, ReturnedPlan, Signature,
    Step, WatchPlan,
};

/// Plans every wrapper. Variadic functions have none.
pub fn lower(header: &Header, contracts: &Contracts) -> Vec<CallPlan> {
    let mut plans: Vec<CallPlan> = header
        .functions
        .iter()
        .zip(&contracts.functions)
        .enumerate()
        .filter(|(_, (function, _))| !function.is_variadic)
        .map(|(index, (function, contract))| one(header, contracts, FnId(index), function, contract))
        .collect();
    endings::link(header, contracts, &mut plans);
    watched::link(header, contracts, &mut plans);
    // What comes in between asks the result, which must be a value then.
    for plan in plans.iter_mut().filter(|plan| plan.steps.contains(&Step::Settle)) {
        plan.returned.is_value = false;
    }
    plans
}

fn one(header: &Header, contracts: &Contracts, id: FnId, function: &Function, contract: &FnContract) -> CallPlan {
    // A function of the program that C calls may look at the memory itself, one that it was given before as well.
    let calls_back = function.params.iter().any(|param| *header.resolve(&param.ty) == Ty::FnPointer)
        || contract.policy.calls_back.as_ref().is_some_and(|fact| fact.value);
    let mut params: Vec<ParamPlan> = function
        .params
        .iter()
        .zip(&contract.params)
        .map(|(param, contract)| {
            let pointer = match header.resolve(&param.ty) {
                Ty::Pointer(pointer) if !contract.is_opaque() => {
                    let plan = pointer_plan(contracts, function, pointer, contract);
                    let is_written = matches!(plan.direction, Some(Direction::Out | Direction::InOut));
                    let holds_values = is_written && may_be_value(header, &pointer.pointee);
                    let inside = numbers_inside(header, &pointer.pointee);
                    let holds_inside = if is_written { inside } else { Inside::No };
                    Some(PointerPlan { holds_values, holds_inside, ..plan })
                }
                Ty::Pointer(pointer) if function.safety == Safety::Raw && is_never_null(contract) => {
                    Some(null_alone(pointer_plan(contracts, function, pointer, contract)))
                }
                Ty::Number | Ty::Named(_) if contract.pointer.is_some() => Some(PointerPlan {
                    is_number: true,
                    ..pointer_plan(contracts, function, &nowhere_known(), contract)
                }),
                Ty::FnPointer
                    if function.safety == Safety::Raw
                        && function.form.is_none()
                        && enforced(&contract.nullability) == Some(&Nullability::Nonnull) =>
                {
                    Some(null_alone(PointerPlan {
                        is_function: true,
                        ..pointer_plan(contracts, function, &nowhere_known(), contract)
                    }))
                }
                _ => None,
            };
            let is_lent = !calls_back && pointer.as_ref().is_some_and(can_be_lent);
            ParamPlan { name: contract.name.clone(), is_read: pointer.is_some(), is_told: false, is_lent, pointer }
        })
        .collect();
    let read: Vec<usize> = params.iter().filter_map(|param| param.pointer.as_ref()).flat_map(names_read).collect();
    for index in read {
        params[index].is_read = true;
    }
    let is_unchecked = contract.policy.unchecked.is_some();
    let is_watched = is_watched(header, function, &params);
    let signature = match function.safety {
        Safety::Raw => Signature::C,
        safety => idiomatic::signature(header, contracts, function, contract, &params, safety == Safety::Safe),
    };
    let mut steps = Vec::new();
    let mut settle = None;
    if let Signature::Idiomatic { arguments, .. } = &signature {
        for (param, argument) in params.iter_mut().zip(arguments) {
            let is_kept = matches!(argument, Argument::Userdata { hold, .. } if *hold != Hold::Call);
            if is_kept || matches!(argument, Argument::Retained(_)) {
                settle = Some(Step::Settle);
                if let Some(pointer) = &mut param.pointer {
                    // The registry pins it. Pinned by the call as well, what another thread ends at once would look wrong.
                    pointer.is_transferred = true;
                }
            }
        }
        // Buffers first: lengths are taken from them. Then closures, which may hold lengths, before what C hands to them, and
        // that before what ends it.
        let rank = |index: &usize| match arguments[*index] {
            Argument::LengthOf(_) | Argument::Cell(_) => 1,
            Argument::Callback(_) => 2,
            Argument::Userdata { .. } => 3,
            Argument::Destroy(_) => 4,
            _ => 0,
        };
        let mut order: Vec<usize> = (0..arguments.len()).collect();
        order.sort_by_key(rank);
        steps.extend(order.iter().map(|index| Step::Eval(*index)));
        steps.extend(
            order
                .iter()
                .filter(|index| idiomatic::needs_fit(&arguments[**index], &params[**index], arguments))
                .map(|index| Step::Fits(*index)),
        );
    }
    steps.extend((!is_unchecked).then_some(Step::Enter));
    steps.push(Step::Call);
    steps.extend(settle);
    steps.extend((!is_unchecked).then_some(Step::Leave));
    steps.push(Step::Return);
    for (index, param) in params.iter_mut().enumerate() {
        // What the wrapper makes itself is as the contract says.
        let is_kept = match &signature {
            Signature::C => true,
            Signature::Idiomatic { arguments, .. } => arguments[index] == Argument::Keep,
        };
        let is_word = matches!(header.resolve(&function.params[index].ty), Ty::Number | Ty::Pointer(_));
        param.is_told = is_watched && is_kept && is_word && !param.is_read;
    }
    if is_unchecked {
        params.iter_mut().for_each(|param| (param.is_read, param.is_told, param.is_lent) = (false, false, false));
    }
    CallPlan {
        function: id,
        c_name: function.c_name().to_owned(),
        docs: docs::of(header, function, contract, &signature),
        params,
        may_alias: contract.may_alias.is_some(),
        nested: contract.policy.nested.as_ref().map(|fact| fact.value).unwrap_or_default(),
        guarded: contract.policy.guarded.as_ref().map(|fact| fact.value),
        signature,
        steps,
        // `check` has refused forms that cannot be called.
        form: function.form.as_ref().and_then(|form| form::plan(header, function, form).ok()),
        told: endings::told(contract, function),
        ends: Vec::new(),
        watch: WatchPlan::default(),
        calls_back: contract.policy.calls_back.as_ref().map(|fact| fact.value).filter(|calls| *calls || !is_unchecked),
        returned: match is_unchecked {
            true => ReturnedPlan::default(),
            false => ReturnedPlan { is_told: is_watched, ..returned_plan(header, function, contract) },
        },
    }
}

/// Whether calls show something of a contract: memory goes to C or comes from it, or this may be what releases a handle.
fn is_watched(header: &Header, function: &Function, params: &[ParamPlan]) -> bool {
    let has_memory = params.iter().filter_map(|param| param.pointer.as_ref()).any(|pointer| !pointer.is_function);
    let is_pointer = |ty: &Ty| matches!(header.resolve(ty), Ty::Pointer(_));
    let releases = matches!(&*function.params, [only] if is_pointer(&only.ty));
    has_memory || releases || is_pointer(&function.result)
}

/// What must hold of the result, whatever the signature.
fn returned_plan(header: &Header, function: &Function, contract: &FnContract) -> ReturnedPlan {
    let pointer = match header.resolve(&function.result) {
        Ty::Pointer(pointer) => pointer,
        Ty::Number => return ReturnedPlan { is_word: true, ..ReturnedPlan::default() },
        // A typed form may fail before the call whose result it is.
        Ty::Unicode | Ty::Named(_) if function.form.is_none() && may_be_value(header, &function.result) => {
            return ReturnedPlan { is_word: true, is_value: true, ..ReturnedPlan::default() };
        }
        Ty::Bool => return ReturnedPlan { is_word: true, is_bool: true, ..ReturnedPlan::default() },
        _ => return ReturnedPlan::default(),
    };
    let facts = || contract.returns.iter().filter(|fact| fact.is_enforced()).map(|fact| &fact.value);
    let origins: Vec<&Origin> = facts().flat_map(|value| &value.origins).collect();
    let from = |origin: &&Origin| match origin {
        Origin::Borrowed { from } => function.params.iter().position(|param| param.name == *from),
        _ => None,
    };
    // A handle's own memory is C's, and nobody knows where it ends.
    let is_memory = |index: &usize| {
        matches!(header.resolve(&function.params[*index].ty), Ty::Pointer(_)) && !contract.params[*index].is_opaque()
    };
    let borrowed: Option<Vec<usize>> =
        origins.iter().map(|origin| from(origin).filter(|index| is_memory(index))).collect();
    let is_opaque = facts().any(|value| value.is_opaque);
    let is_text = matches!(*pointer.pointee, Ty::Char | Ty::Byte | Ty::Number);
    ReturnedPlan {
        is_word: true,
        is_told: false,
        is_bool: false,
        is_value: false,
        is_nonnull: facts().any(|value| value.nullability == Some(Nullability::Nonnull)),
        is_aligned: !is_opaque
            && *pointer.pointee != Ty::Void
            && facts().any(|value| matches!(value.extent, Some(Extent::One | Extent::Count(_)))),
        is_utf8: !is_opaque && is_text && facts().any(|value| value.is_utf8),
        borrowed: if is_opaque { Vec::new() } else { borrowed.unwrap_or_default() },
    }
}

/// Whether C would not notice a copy in place of the memory: how much it is and which way it goes is known, and C keeps nothing.
fn can_be_lent(plan: &PointerPlan) -> bool {
    plan.keeps == Some(Keeps::Call)
        && !plan.is_number
        && !plan.is_transferred
        && !plan.is_foreign
        && plan.direction.is_some()
        && match &plan.extent {
            ExtentPlan::Unknown => false,
            // The least that C reads, which it may go beyond: where a zero stands, nobody says.
            ExtentPlan::Count(expr) | ExtentPlan::Bytes(expr) => !has_minimum(expr),
            _ => true,
        }
}

fn has_minimum(expr: &ExprPlan) -> bool {
    match expr {
        ExprPlan::Binary(op, left, right) => *op == Op::Min || has_minimum(left) || has_minimum(right),
        _ => false,
    }
}

fn pointer_plan(
    contracts: &Contracts,
    function: &Function,
    pointer: &Pointer,
    contract: &ParamContract,
) -> PointerPlan {
    let filled = enforced(&contract.filled).and_then(|filled| match filled {
        Filled::Return => Some(ExprPlan::Result),
        Filled::Expr(expr) => expr_plan(function, expr).filter(ExprPlan::reads_result),
    });
    let is_of_sensitive_type =
        matches!(&*pointer.pointee, Ty::Named(name) if contracts.address_sensitive.contains_key(name));
    let extent = match enforced(&contract.extent) {
        None => ExtentPlan::Unknown,
        Some(Extent::One) => ExtentPlan::One,
        Some(Extent::NullTerminated) => ExtentPlan::NullTerminated,
        Some(Extent::Count(expr)) => expr_plan(function, expr).map_or(ExtentPlan::Unknown, ExtentPlan::Count),
        Some(Extent::Bytes(expr)) => expr_plan(function, expr).map_or(ExtentPlan::Unknown, ExtentPlan::Bytes),
    };
    let flow = enforced(&contract.flow);
    PointerPlan {
        is_void: *pointer.pointee == Ty::Void,
        is_function: false,
        is_number: false,
        direction: enforced(&contract.direction).copied(),
        nullability: enforced(&contract.nullability).copied(),
        extent,
        flow: match flow {
            Some(Flow::Through(direction)) => Some(*direction),
            Some(Flow::Foreign | Flow::Ignored) | None => None,
        },
        is_foreign: matches!(flow, Some(Flow::Foreign | Flow::Ignored)) || is_stale_allowed(contract),
        keeps: enforced(&contract.escape).map(|escape| match escape {
            Escape::Call => Keeps::Call,
            Escape::Retained(_) | Escape::Transfer { .. } | Escape::Cases(_) => Keeps::Longer,
        }),
        is_transferred: enforced(&contract.escape).is_some_and(Escape::may_transfer),
        is_sensitive: is_of_sensitive_type || contract.address_sensitive.is_some(),
        filled,
        may_exceed: contract.may_exceed,
        holds_values: false,
        holds_inside: Inside::No,
    }
}

/// Whether a type may be one of which not every number is a value: `bool`, `char`, or one of which nothing but the name is known,
/// which may be an enumeration of the program's.
fn may_be_value(header: &Header, ty: &Ty) -> bool {
    match header.resolve(ty) {
        Ty::Bool | Ty::Unicode => true,
        Ty::Named(name) => header.record(name).is_none(),
        _ => false,
    }
}

/// Whether there are numbers inside the type of which not every one is a value.
fn numbers_inside(header: &Header, ty: &Ty) -> Inside {
    match header.resolve(ty) {
        Ty::Named(name) if header.record(name).is_none() => Inside::Open,
        Ty::Named(_) if header.holds_numbers(ty) => Inside::Yes,
        _ => Inside::No,
    }
}

/// A pointer to nothing that is known: a function's code, or what a number is the address of.
fn nowhere_known() -> Pointer {
    Pointer { kind: PointerKind::Raw, is_mut: false, pointee: Box::new(Ty::Void) }
}

/// Whether the user or the header says that a handle is never null: it is C's to look into, and null is still wrong.
fn is_never_null(contract: &ParamContract) -> bool {
    let is_said = |source: &Source| source.is_users() || *source == Source::Header;
    let is_handle = contract.opaque.as_ref().is_some_and(|fact| matches!(fact.source, Source::Inferred(_)));
    is_handle
        && contract.nullability.as_ref().is_some_and(|fact| fact.value == Nullability::Nonnull && is_said(&fact.source))
}

/// Of a pointer, nothing but whether it is null.
fn null_alone(plan: PointerPlan) -> PointerPlan {
    PointerPlan {
        is_void: true,
        direction: None,
        extent: ExtentPlan::Unknown,
        flow: None,
        is_foreign: true,
        is_sensitive: false,
        filled: None,
        ..plan
    }
}

/// Whether the pointer stored there may be stale: it moves along a buffer, or other arguments say how much is left of it.
fn is_stale_allowed(contract: &ParamContract) -> bool {
    enforced(&contract.pointee).is_some_and(|value| {
        value.advances || value.is_opaque || value.extent.as_ref().is_some_and(|extent| extent.expr().is_some())
    })
}

/// The expression over parameter numbers; `check` has refused unknown names of the user's.
pub(crate) fn expr_plan(function: &Function, expr: &Expr) -> Option<ExprPlan> {
    let index = |name: &str| function.params.iter().position(|param| param.name == name);
    Some(match expr {
        Expr::Const(value) => ExprPlan::Const(*value),
        Expr::Name(name) => match index(name) {
            Some(index) => ExprPlan::Param(index),
            None if name == "result" => ExprPlan::Result,
            None => return None,
        },
        Expr::Deref(name) => ExprPlan::Deref(index(name)?),
        Expr::Binary(op, left, right) => {
            ExprPlan::Binary(*op, Box::new(expr_plan(function, left)?), Box::new(expr_plan(function, right)?))
        }
    })
}

/// The parameters that an extent reads.
fn names_read(pointer: &PointerPlan) -> Vec<usize> {
    fn walk(expr: &ExprPlan, out: &mut Vec<usize>) {
        match expr {
            ExprPlan::Const(_) | ExprPlan::Result => {}
            ExprPlan::Param(index) | ExprPlan::Deref(index) => out.push(*index),
            ExprPlan::Binary(_, left, right) => {
                walk(left, out);
                walk(right, out);
            }
        }
    }
    let mut out = Vec::new();
    if let ExtentPlan::Count(expr) | ExtentPlan::Bytes(expr) = &pointer.extent {
        walk(expr, &mut out);
    }
    if let Some(expr) = &pointer.filled {
        walk(expr, &mut out);
    }
    out
}
