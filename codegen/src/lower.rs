//! Contracts become plans: every choice about a wrapper is made here, none while printing.

use crate::check::spell_extent;
use crate::contract::axes::enforced;
use crate::contract::{
    Contracts, Direction, Errno, Expr, Extent, Filled, Flow, FnContract, Nullability, ParamContract,
};
use crate::form;
use crate::model::{FnId, Function, Header, Pointer, PointerKind, Safety, Ty};
use crate::plan::{
    Argument, CallPlan, ExprPlan, ExtentPlan, Loan, ParamPlan, PointerPlan, ResultPlan, Signature, Step,
};

/// Plans every wrapper. Variadic functions have none.
pub fn lower(header: &Header, contracts: &Contracts) -> Vec<CallPlan> {
    header
        .functions
        .iter()
        .zip(&contracts.functions)
        .enumerate()
        .filter(|(_, (function, _))| !function.is_variadic)
        .map(|(index, (function, contract))| one(header, contracts, FnId(index), function, contract))
        .collect()
}

fn one(header: &Header, contracts: &Contracts, id: FnId, function: &Function, contract: &FnContract) -> CallPlan {
    let mut params: Vec<ParamPlan> = function
        .params
        .iter()
        .zip(&contract.params)
        .map(|(param, contract)| {
            let pointer = match header.resolve(&param.ty) {
                Ty::Pointer(pointer) if contract.opaque.is_none() => Some(pointer_plan(function, pointer, contract)),
                _ => None,
            };
            ParamPlan { name: contract.name.clone(), is_read: pointer.is_some(), pointer }
        })
        .collect();
    let read: Vec<usize> = params.iter().filter_map(|param| param.pointer.as_ref()).flat_map(names_read).collect();
    for index in read {
        params[index].is_read = true;
    }
    let signature = match function.safety {
        Safety::Raw => Signature::C,
        safety => idiomatic(contracts, function, contract, &params, safety == Safety::Safe),
    };
    let mut steps = Vec::new();
    if let Signature::Idiomatic { arguments, .. } = &signature {
        // Buffers first: lengths are taken from them.
        let is_length = |argument: &Argument| matches!(argument, Argument::LengthOf(_));
        let (lengths, buffers): (Vec<usize>, Vec<usize>) =
            (0..arguments.len()).partition(|index| is_length(&arguments[*index]));
        steps.extend(buffers.iter().chain(&lengths).map(|index| Step::Eval(*index)));
        steps.extend(
            buffers
                .iter()
                .filter(|index| needs_fit(&arguments[**index], &params[**index], arguments))
                .map(|index| Step::Fits(*index)),
        );
    }
    steps.extend([Step::Enter, Step::Call, Step::Leave, Step::Return]);
    CallPlan {
        function: id,
        c_name: function.c_name().to_owned(),
        docs: docs(function, contract, &signature),
        params,
        may_alias: contract.may_alias.is_some(),
        signature,
        steps,
        // `check` has refused forms that cannot be called.
        form: function.form.as_ref().and_then(|form| form::plan(header, function, form).ok()),
    }
}

fn pointer_plan(function: &Function, pointer: &Pointer, contract: &ParamContract) -> PointerPlan {
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
        direction: enforced(&contract.direction).copied(),
        nullability: enforced(&contract.nullability).copied(),
        extent,
        flow: match flow {
            Some(Flow::Through(direction)) => Some(*direction),
            Some(Flow::Foreign) | None => None,
        },
        is_foreign: flow == Some(&Flow::Foreign),
    }
}

/// The expression over parameter numbers; `check` has refused unknown names of the user's.
fn expr_plan(function: &Function, expr: &Expr) -> Option<ExprPlan> {
    let index = |name: &str| function.params.iter().position(|param| param.name == name);
    Some(match expr {
        Expr::Const(value) => ExprPlan::Const(*value),
        Expr::Name(name) => ExprPlan::Param(index(name)?),
        Expr::Deref(name) => ExprPlan::Deref(index(name)?),
        Expr::Binary(op, left, right) => {
            ExprPlan::Binary(*op, Box::new(expr_plan(function, left)?), Box::new(expr_plan(function, right)?))
        }
    })
}

fn names_read(pointer: &PointerPlan) -> Vec<usize> {
    fn walk(expr: &ExprPlan, out: &mut Vec<usize>) {
        match expr {
            ExprPlan::Const(_) => {}
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
    out
}

/// Whether a buffer's length must be compared with an expression that stays in the signature.
fn needs_fit(argument: &Argument, param: &ParamPlan, arguments: &[Argument]) -> bool {
    let (Argument::Slice(_) | Argument::OutBuf | Argument::Vector { .. }) = argument else { return false };
    match param.pointer.as_ref().map(|pointer| &pointer.extent) {
        Some(ExtentPlan::Count(ExprPlan::Param(index)) | ExtentPlan::Bytes(ExprPlan::Param(index))) => {
            !matches!(arguments[*index], Argument::LengthOf(_))
        }
        Some(ExtentPlan::Count(_) | ExtentPlan::Bytes(_)) => true,
        _ => false,
    }
}

fn idiomatic(
    contracts: &Contracts,
    function: &Function,
    contract: &FnContract,
    params: &[ParamPlan],
    is_safe: bool,
) -> Signature {
    let is_io = matches!(contract.errno.as_ref().map(|fact| fact.value), Some(Errno::Value | Errno::Void));
    let mut arguments: Vec<Argument> = Vec::new();
    for (index, param) in function.params.iter().enumerate() {
        let argument = match (&param.ty, &params[index].pointer) {
            (Ty::Pointer(pointer), Some(plan)) => argument(contracts, pointer, plan, &contract.params[index], is_io),
            _ => Argument::Keep,
        };
        arguments.push(argument);
    }
    // A parameter that does nothing but count one or more buffers disappears.
    for index in 0..arguments.len() {
        if arguments[index] != Argument::Keep || !matches!(function.params[index].ty, Ty::Number | Ty::Named(_)) {
            continue;
        }
        let counted = |buffer: &usize| {
            let plan = params[*buffer].pointer.as_ref();
            matches!(arguments[*buffer], Argument::Slice(_) | Argument::OutBuf | Argument::Vector { .. })
                && plan.is_some_and(|plan| {
                    matches!(&plan.extent, ExtentPlan::Count(ExprPlan::Param(by)) | ExtentPlan::Bytes(ExprPlan::Param(by)) if *by == index)
                })
        };
        let buffers: Vec<usize> = (0..arguments.len()).filter(counted).collect();
        let used_elsewhere = params.iter().enumerate().any(|(other, param)| {
            !buffers.contains(&other) && param.pointer.as_ref().is_some_and(|plan| names_read(plan).contains(&index))
        });
        if !buffers.is_empty() && !used_elsewhere {
            arguments[index] = Argument::LengthOf(buffers);
        }
    }
    let filled = arguments.iter().position(|argument| *argument == Argument::OutBuf);
    let result = match (contract.errno.as_ref().map(|fact| fact.value), filled) {
        (Some(Errno::Value), Some(buffer)) => ResultPlan::IoFilled(buffer),
        (Some(Errno::Value), None) => ResultPlan::Io,
        (Some(Errno::Void), _) => ResultPlan::IoUnit,
        (Some(Errno::Null) | None, _) => ResultPlan::Keep,
    };
    Signature::Idiomatic { is_safe, arguments, result }
}

fn argument(
    contracts: &Contracts,
    pointer: &Pointer,
    plan: &PointerPlan,
    contract: &ParamContract,
    is_io: bool,
) -> Argument {
    // A reference is idiomatic already.
    if pointer.kind != PointerKind::Raw {
        return Argument::Keep;
    }
    let is_optional = plan.nullability == Some(Nullability::Nullable);
    let is_mut = plan.direction != Some(Direction::In);
    let loan = |in_bytes| Loan { is_mut, is_optional, in_bytes };
    if let Some(direction) = plan.flow {
        // Only a vector of (start, length) pairs has an idiomatic form; other structures stay pointers.
        return match (&plan.extent, contracts.vector_fields(pointer)) {
            (ExtentPlan::Count(ExprPlan::Param(_)), Some((base, len))) => {
                Argument::Vector { is_mut: direction != Direction::In, base: base.into(), len: len.into() }
            }
            (ExtentPlan::Count(_) | ExtentPlan::Bytes(_), _) => Argument::Slice(loan(false)),
            _ => Argument::Object(loan(false)),
        };
    }
    let fills_by_result = matches!(contract.filled.as_ref().map(|fact| &fact.value), Some(Filled::Return))
        && plan.direction == Some(Direction::Out)
        && !contract.may_exceed
        && is_io
        && !is_optional;
    // Success is known by errno, and the contract says that the whole is written then.
    let written = match contract.filled.as_ref().map(|fact| &fact.value) {
        Some(Filled::Expr(Expr::Const(count)))
            if plan.direction == Some(Direction::Out) && is_io && !is_optional && !plan.is_void =>
        {
            Some(*count)
        }
        _ => None,
    };
    match &plan.extent {
        ExtentPlan::One if written == Some(1) => Argument::OutValue(None),
        ExtentPlan::Count(ExprPlan::Const(count)) if written == Some(*count) => Argument::OutValue(written),
        ExtentPlan::One if plan.direction == Some(Direction::Out) => Argument::OutObject { is_optional },
        ExtentPlan::One | ExtentPlan::Unknown => Argument::Object(loan(false)),
        ExtentPlan::NullTerminated => Argument::Str { is_optional },
        ExtentPlan::Count(ExprPlan::Const(count)) => Argument::Array(loan(false), *count),
        ExtentPlan::Count(_) if fills_by_result => Argument::OutBuf,
        ExtentPlan::Bytes(_) if fills_by_result && plan.is_void => Argument::OutBuf,
        ExtentPlan::Count(_) => Argument::Slice(loan(false)),
        ExtentPlan::Bytes(_) => Argument::Slice(loan(true)),
    }
}

/// The contract in words, for the wrapper's documentation.
fn docs(function: &Function, contract: &FnContract, signature: &Signature) -> Vec<String> {
    let mut lines = Vec::new();
    let pointers: Vec<_> =
        function.params.iter().zip(&contract.params).filter(|(param, _)| matches!(param.ty, Ty::Pointer(_))).collect();
    if !pointers.is_empty() {
        lines.push("# Contract".into());
        lines.push(String::new());
        lines.push("| parameter | C | null | extent | kept |".into());
        lines.push("|---|---|---|---|---|".into());
        for (_, facts) in &pointers {
            lines.push(row(facts));
        }
    }
    if let Signature::Idiomatic { arguments, .. } = signature
        && arguments.iter().any(|argument| matches!(argument, Argument::Vector { .. }))
    {
        lines.push(String::new());
        lines.push(
            "A slice of `IoSlice` or `IoSliceMut` is passed as it is. For other buffers the vector is built on the \
             stack up to 16 of them, without allocating; beyond that in one heap allocation of 16 bytes per buffer. \
             The buffers themselves are never copied."
                .into(),
        );
    }
    if !matches!(signature, Signature::Idiomatic { is_safe: true, .. }) {
        lines.push(String::new());
        lines.push("# Safety".into());
        lines.push(String::new());
        lines.push(match &contract.beyond {
            Some(beyond) => format!("The contract above must hold for the call, and: {}.", beyond.value),
            None => "The contract above must hold for the call.".into(),
        });
    }
    lines
}

fn row(facts: &ParamContract) -> String {
    if facts.opaque.is_some() {
        return format!("| `{}` | C's own memory | | | |", facts.name);
    }
    let c = match enforced(&facts.direction) {
        Some(Direction::In) => "reads",
        Some(Direction::Out) => "writes",
        Some(Direction::InOut) => "reads and writes",
        None => "not known",
    };
    let c = match enforced(&facts.flow) {
        Some(Flow::Through(Direction::In)) => format!("{c}; reads what the pointers inside point to"),
        Some(Flow::Through(_)) => format!("{c}; writes what the pointers inside point to"),
        Some(Flow::Foreign) => format!("{c}; addresses of another process inside"),
        None => c.to_owned(),
    };
    let null = match enforced(&facts.nullability) {
        Some(Nullability::Nonnull) => "no",
        Some(Nullability::Nullable) => "allowed",
        None => "not known",
    };
    let extent =
        enforced(&facts.extent).map_or_else(|| "not known".into(), |extent| format!("`{}`", spell_extent(extent)));
    let kept = match enforced(&facts.escape) {
        Some(crate::contract::Escape::Call) => "no".into(),
        Some(crate::contract::Escape::Retained { until, .. }) if until.is_empty() => "forever".into(),
        Some(crate::contract::Escape::Retained { until, .. }) => format!("until `{}`", until.join("`, `")),
        Some(crate::contract::Escape::Transfer { .. }) => "C owns it".into(),
        Some(cases) => cases.to_string(),
        None => "not known".into(),
    };
    format!("| `{}` | {c} | {null} | {extent} | {kept} |", facts.name)
}
