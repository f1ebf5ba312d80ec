//! Decides which wrappers let go of what others have C keep: by the names in `until`, and by parameters that mean the same.

use crate::contract::{Contracts, Errno, FnContract, Keeping, Retention};
use crate::model::{Function, Header, Ty};
use crate::plan::{Argument, CallPlan, Ending, Failure, Keeper, Retained, RetainedForm, Signature, Step};

/// A parameter through which C keeps owners.
struct Keep<'a> {
    function: &'a Function,
    kept: Retention,
    retained: Retained,
}

/// What becomes of an owner that C keeps.
pub(crate) fn retained(
    function: &Function,
    index: usize,
    (kept, on_success): (&Retention, bool),
    form: RetainedForm,
    is_mut: bool,
    is_optional: bool,
) -> Retained {
    let position = |name: &str| function.params.iter().position(|param| param.name == name);
    let keeper = match kept.by.as_deref() {
        None => Keeper::Process,
        Some(name) => position(name).map_or(Keeper::Result, Keeper::Param),
    };
    Retained {
        form,
        is_mut,
        is_optional,
        keeper,
        at: kept.at.as_deref().and_then(position),
        kind: kind(function, &function.params[index].name),
        on_success,
        // One place holds one; without a place, the contract must say that the same call is an end.
        replaces: kept.at.is_some() || kept.ends().iter().any(|end| is_called(function, end)),
    }
}

/// How a call's success is told, whatever its signature.
pub(crate) fn told(contract: &FnContract, function: &Function) -> Failure {
    match (contract.errno.as_ref().map(|fact| fact.value), &contract.success) {
        (Some(Errno::Value | Errno::Void), _) => Failure::Errno,
        (Some(Errno::Null), _) => Failure::ErrnoNull,
        (None, Some(success)) if function.result.as_pointer().is_none() => {
            Failure::Compared(success.value.comparison, success.value.constant.clone())
        }
        (None, _) => Failure::Never,
    }
}

/// Gives every plan what its call ends.
pub(super) fn link(header: &Header, contracts: &Contracts, plans: &mut [CallPlan]) {
    let keeps: Vec<Keep<'_>> = plans.iter().flat_map(|plan| keeps(header, contracts, plan)).collect();
    for plan in plans {
        plan.ends = ended_by(header, plan, &keeps);
        if let (false, false, Some(leave)) = (
            plan.ends.is_empty(),
            plan.steps.contains(&Step::Settle),
            plan.steps.iter().position(|step| matches!(step, Step::Leave | Step::Return)),
        ) {
            plan.steps.insert(leave, Step::Settle);
        }
    }
}

fn keeps<'a>(header: &'a Header, contracts: &Contracts, plan: &CallPlan) -> Vec<Keep<'a>> {
    let Signature::Idiomatic { arguments, .. } = &plan.signature else { return Vec::new() };
    let function = &header.functions[plan.function.0];
    let of = |(index, argument): (usize, &Argument)| {
        let (Argument::Retained(retained) | Argument::Userdata { retained: Some(retained), .. }) = argument else {
            return None;
        };
        let (kept, _) = keeping(&contracts.functions[plan.function.0], function, index)?;
        Some(Keep { function, kept, retained: retained.clone() })
    };
    arguments.iter().enumerate().filter_map(of).collect()
}

fn ended_by(header: &Header, plan: &CallPlan, keeps: &[Keep<'_>]) -> Vec<Ending> {
    let function = &header.functions[plan.function.0];
    // What can fail, and does not tell, ends nothing for certain.
    let is_silent = plan.told == Failure::Never && function.result != Ty::Void;
    let mut endings: Vec<Ending> = Vec::new();
    for keep in keeps {
        let Some(ending) = ends(header, function, keep) else { continue };
        if ending.on_success && is_silent {
            continue;
        }
        match endings
            .iter_mut()
            .find(|other| (other.keeper, other.at, other.on_success) == (ending.keeper, ending.at, ending.on_success))
        {
            Some(other) => other.kinds.extend(ending.kinds),
            None => endings.push(ending),
        }
    }
    endings
}

/// How a call of `function` ends what was kept, if it does.
fn ends(header: &Header, function: &Function, keep: &Keep<'_>) -> Option<Ending> {
    let Keep { function: keeping, kept, retained } = keep;
    // Again itself: the registry replaces what is there.
    if function.name == keeping.name {
        return None;
    }
    let named = |name: &str| function.params.iter().position(|param| param.name == name);
    // A form that is named itself is meant as such, also where its function is named before it.
    let itself = kept.until.iter().find(|end| end.function == function.name);
    let end = itself.or_else(|| kept.until.iter().find(|end| is_called(function, &end.function)))?;
    // A form with the place among its constants is not asked which one: it may be any.
    if let (Some(form), Some(at)) = (&function.form, kept.at.as_deref())
        && form.fixed.iter().any(|(name, _)| name == at)
    {
        return None;
    }
    let at = match (retained.at, kept.at.as_deref().and_then(named)) {
        // The same place in another type: nobody knows which number is which.
        (Some(at), Some(index)) if !is_same(header, &function.params[index].ty, &keeping.params[at].ty) => return None,
        (Some(_), index) => index,
        (None, _) => None,
    };
    // A parameter under another name may be the place: then this may not be the end of all.
    if let (Some(place), None) = (retained.at, at)
        && function.params.iter().any(|param| is_same(header, &param.ty, &keeping.params[place].ty))
    {
        return None;
    }
    // Another form of a function ends what stands in the same place; which of the handle's settings it changes is not known.
    if function.form.is_some() && end.function != function.name && at.is_none() {
        return None;
    }
    let keeper = match retained.keeper {
        // Of a function that gets a pointer nobody says that it ends everything.
        Keeper::Process if function.params.iter().any(|param| is_pointer(header, &param.ty)) => return None,
        Keeper::Process => None,
        Keeper::Param(by) => Some(taker(header, function, kept.by.as_deref(), &keeping.params[by].ty)?),
        Keeper::Result => Some(taker(header, function, None, &keeping.result)?),
    };
    // What replaces does so where it succeeds; what ends everything ends it at once, unless the contract knows better.
    Some(Ending { kinds: vec![retained.kind], keeper, at, on_success: end.on_success || at.is_some() })
}

/// The parameter that a handle goes into: of the same name and type, or the only one of the type. Of the same name, and the only
/// structure that goes in, it may have another of the handle's types: `uv_timer_t` begins with the members of `uv_handle_t`.
pub(super) fn taker(header: &Header, function: &Function, name: Option<&str>, ty: &Ty) -> Option<usize> {
    let fits = |index: &usize| is_same(header, &function.params[*index].ty, ty);
    let named = function.params.iter().position(|param| Some(param.name.as_str()) == name);
    let mut of_type = (0..function.params.len()).filter(fits);
    let only = of_type.next().filter(|_| of_type.next().is_none());
    let is_structure = |ty: &Ty| matches!(header.resolve(ty), Ty::Pointer(to) if matches!(*to.pointee, Ty::Named(_)));
    let structures = function.params.iter().filter(|param| is_structure(&param.ty)).count();
    let is_base = |index: &usize| is_structure(ty) && structures == 1 && is_structure(&function.params[*index].ty);
    named.filter(fits).or(only).or_else(|| named.filter(is_base))
}

pub(super) fn is_pointer(header: &Header, ty: &Ty) -> bool {
    matches!(header.resolve(ty), Ty::Pointer(_))
}

/// Whether a contract means this function by that name: its own, C's, or that of the function it is a typed form of.
pub(crate) fn is_called(function: &Function, name: &str) -> bool {
    let of = function.form.as_ref().map(|form| form.of.as_str());
    name == function.name || name == function.c_name() || of == Some(name)
}

/// Whether two types are one but for `const`.
pub(super) fn is_same(header: &Header, left: &Ty, right: &Ty) -> bool {
    match (header.resolve(left), header.resolve(right)) {
        (Ty::Pointer(left), Ty::Pointer(right)) => is_same(header, &left.pointee, &right.pointee),
        (left, right) => left == right,
    }
}

/// Whether a declared function ends what `function` has C keep through a parameter.
pub(crate) fn has_end(header: &Header, function: &Function, kept: &Retention) -> bool {
    let keep = Keep {
        function,
        kept: kept.clone(),
        retained: retained(function, 0, (kept, false), RetainedForm::Text, false, false),
    };
    header.functions.iter().any(|other| !other.is_variadic && ends(header, other, &keep).is_some())
        || kept.ends().iter().any(|end| is_called(function, end))
}

/// Tells parameters that keep owners apart, over all that is generated: FNV-1a of C's name, of what a form fixes, and of the
/// parameter. Rust's names would not do: several libraries may have the same, once their prefixes are gone.
pub(super) fn kind(function: &Function, param: &str) -> u64 {
    let mut words = vec![function.link_name.as_deref().unwrap_or_else(|| function.c_name()), param];
    if let Some(form) = &function.form {
        words.push(&form.of);
        words.extend(form.fixed.iter().flat_map(|(name, value)| [name.as_str(), value.as_str()]));
    }
    let bytes = words.iter().flat_map(|word| word.bytes().chain([0]));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// The contract's word on how long C keeps what this parameter gets, where it keeps it.
pub(crate) fn keeping(contract: &FnContract, function: &Function, index: usize) -> Option<(Retention, bool)> {
    match Keeping::of(&contract.params[index], function.form.as_ref()) {
        Keeping::Until { kept, on_success } => Some((kept, on_success)),
        _ => None,
    }
}
