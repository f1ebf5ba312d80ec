//! Decides which pointers are watched that C keeps by raw calls, which calls end them, and which may use them.
//!
//! An owner that C keeps may live too long, and nothing is wrong; a report that comes too late is none. So what may be an end
//! is one here, where `endings` asks for certainty.

use super::endings::{is_called, is_pointer, is_same, kind, taker};
use crate::contract::axes::Source;
use crate::contract::{Case, Condition, Constant, Contracts, Escape, Fact, Keeping, Retention, Scope};
use crate::model::{FnId, Function, Header, Ty};
use crate::plan::{CallPlan, Failure, Keeper, Signature, Step, Told, WatchedEnd, WatchedKeep, When};

/// A pointer that is watched, and what its contract says.
struct Candidate<'a> {
    function: &'a Function,
    id: FnId,
    kept: Retention,
    keep: WatchedKeep,
}

/// Gives every plan what it watches.
pub(super) fn link(header: &Header, contracts: &Contracts, plans: &mut [CallPlan]) {
    let all: Vec<Candidate<'_>> = plans
        .iter()
        .flat_map(|plan| candidates(header, contracts, plan))
        .filter(|it| is_ended_in_sight(header, plans, it))
        .collect();
    let keeps_for_all = may_keep_for_all(header, plans, &all);
    for plan in plans.iter_mut().filter(|plan| plan.steps.contains(&Step::Enter)) {
        let function = &header.functions[plan.function.0];
        plan.watch.keeps = all.iter().filter(|it| it.id == plan.function).map(|it| it.keep.clone()).collect();
        if !plan.watch.keeps.is_empty() {
            plan.watch.success = told(&plan.told);
            plan.watch.asks_result =
                plan.watch.success.is_some() || plan.watch.keeps.iter().any(|keep| keep.keeper == Keeper::Result);
        }
        let mut ends: Vec<WatchedEnd> = Vec::new();
        for end in all.iter().filter_map(|it| end(header, contracts, plan.function, it)) {
            let key = |end: &WatchedEnd| (end.keeper, end.at, end.is_certain);
            match ends.iter_mut().find(|other| key(other) == key(&end)) {
                Some(other) => other.kinds.extend(end.kinds),
                None => ends.push(end),
            }
        }
        plan.watch.ends = ends;
        let gets_keeper = |it: &Candidate<'_>| match it.keep.keeper {
            Keeper::Process => false,
            Keeper::Param(by) => takes(header, function, &it.function.params[by].ty),
            Keeper::Result => takes(header, function, &it.function.result),
        };
        // A header declares thousands of functions; which of them belong together nobody says.
        plan.watch.looks = matches!(plan.signature, Signature::C)
            && (keeps_for_all && function.location.is_none() || all.iter().any(gets_keeper));
        mark_read(header, plan, function);
        // A header's wrappers with C's signature give C no copies, whatever else they look at.
        if !plan.watch.is_empty() && function.location.is_some() && matches!(plan.signature, Signature::C) {
            plan.params.iter_mut().for_each(|param| param.is_lent = false);
        }
    }
}

/// The pointers of one function that are watched.
fn candidates<'a>(header: &'a Header, contracts: &Contracts, plan: &CallPlan) -> Vec<Candidate<'a>> {
    let function = &header.functions[plan.function.0];
    let contract = &contracts.functions[plan.function.0];
    let is_raw = matches!(plan.signature, Signature::C) && plan.form.is_none() && plan.steps.contains(&Step::Enter);
    // What a named constant is nobody knows here.
    let is_told = plan.told == Failure::Never || told(&plan.told).is_some();
    if !is_raw || !is_told {
        return Vec::new();
    }
    let of = |index: usize| {
        let facts = &contract.params[index];
        let callback = data_of(header, contracts, plan.function, index);
        let escape = facts.escape.as_ref().filter(|fact| fact.is_enforced());
        let (kept, when) = match (escape, &callback) {
            (Some(fact), _) => retained(fact, function, plan)?,
            (None, Some(callback)) => (callback.kept.clone(), Vec::new()),
            (None, None) => return None,
        };
        let is_memory =
            plan.params[index].pointer.as_ref().is_some_and(|pointer| !pointer.is_function) && !facts.is_opaque();
        if !is_memory && callback.is_none() {
            return None;
        }
        let mut when = when;
        when.extend(callback.as_ref().and_then(|callback| callback.unless_destroyed.clone()));
        let position = |name: &str| function.params.iter().position(|param| param.name == name);
        let keeper = match kept.by.as_deref() {
            None => Keeper::Process,
            Some(name) => position(name).map_or(Keeper::Result, Keeper::Param),
        };
        // Of what C is said to know by its address a move is told, once it is used where it went: PF008.
        if keeper == Keeper::Param(index) && is_said_to_stay(header, contracts, plan.function, index) {
            return None;
        }
        if keeper == Keeper::Result && !gives_word(header, function) {
            return None;
        }
        let at = match kept.at.as_deref() {
            Some(name) => Some(position(name)?),
            None => None,
        };
        let keep = WatchedKeep {
            param: index,
            kind: kind(function, &function.params[index].name),
            keeper,
            at,
            replaces: at.is_some() || !is_one_of_many(header, function, index, &kept),
            callback: callback.map(|callback| callback.callback),
            until: kept.ends().into_iter().map(str::to_owned).collect(),
            when,
        };
        Some(Candidate { function, id: plan.function, kept, keep })
    };
    (0..function.params.len()).filter_map(of).collect()
}

/// Whether a parameter, or its type, is `address_sensitive` by a word of its own.
fn is_said_to_stay(header: &Header, contracts: &Contracts, id: FnId, index: usize) -> bool {
    let ty = header.functions[id.0].params[index].ty.as_pointer().map(|pointer| &*pointer.pointee);
    let is_its = |record: &crate::contract::RecordContract| {
        record.address_sensitive.is_some() && matches!(ty, Some(Ty::Named(name)) if *name == record.name)
    };
    contracts.functions[id.0].params[index].address_sensitive.is_some() || contracts.records.iter().any(is_its)
}

fn gives_word(header: &Header, function: &Function) -> bool {
    matches!(header.resolve(&function.result), Ty::Pointer(_) | Ty::Number | Ty::Bool)
}

/// Whether the word of a fact counts: a pack lists the ends that are certain, which need not be all.
fn is_trusted(source: &Source, kept: &Retention) -> bool {
    source.is_users() || kept.is_whole
}

/// The one case in which C keeps a pointer, and on what arguments that hangs. A call that fails is not asked.
fn retained(fact: &Fact<Escape>, function: &Function, plan: &CallPlan) -> Option<(Retention, Vec<When>)> {
    let always;
    let cases: &[Case] = match &fact.value {
        Escape::Cases(cases) => cases,
        escape => {
            always = [Case { when: Vec::new(), escape: escape.clone() }];
            &always
        }
    };
    let mut when = Vec::new();
    for case in cases {
        let asks_outcome = case.when.iter().any(|it| matches!(it, Condition::Success | Condition::Failure));
        if asks_outcome && plan.told == Failure::Never {
            return None;
        }
        if case.when.contains(&Condition::Failure) {
            continue;
        }
        let conditions: Option<Vec<When>> =
            case.when.iter().filter(|it| **it != Condition::Success).map(|it| condition(it, function)).collect();
        let conditions = conditions?;
        if let Escape::Retained(kept) = &case.escape {
            when.extend(conditions);
            return is_trusted(&fact.source, kept).then(|| (kept.clone(), when));
        }
        // An earlier case that holds leaves nothing to this one.
        match <[When; 1]>::try_from(conditions) {
            Ok([only]) => when.push(When { holds: !only.holds, ..only }),
            Err(_) => return None,
        }
    }
    None
}

fn condition(condition: &Condition, function: &Function) -> Option<When> {
    let Condition::Argument { name, comparison, constant: Constant::Number(number) } = condition else { return None };
    let param = function.params.iter().position(|param| param.name == *name)?;
    Some(When { param, comparison: *comparison, constant: i64::try_from(*number).ok()?, holds: true })
}

/// A callback whose data a parameter is.
struct Data {
    callback: usize,
    /// Until when C keeps them, where no contract of theirs says it.
    kept: Retention,
    /// Who destroys them is not asked about them.
    unless_destroyed: Option<When>,
}

fn data_of(header: &Header, contracts: &Contracts, id: FnId, index: usize) -> Option<Data> {
    let function = &header.functions[id.0];
    let contract = &contracts.functions[id.0];
    let name = &function.params[index].name;
    let (callback, fact) = contract.params.iter().enumerate().find_map(|(callback, facts)| {
        let fact = facts.callback.as_ref().filter(|fact| fact.is_enforced())?;
        (fact.value.userdata.as_ref() == Some(name)).then_some((callback, fact))
    })?;
    let destroy = fact.value.destroy.as_deref();
    let destroyed_by = destroy.and_then(|destroy| function.params.iter().position(|param| param.name == destroy));
    let until = match (destroy, destroyed_by) {
        (Some(destroy), None) => vec![crate::contract::End { function: destroy.to_owned(), on_success: false }],
        _ => Vec::new(),
    };
    let is_known = match fact.value.scope {
        // Until it was called once: C's calls of raw functions are not seen.
        None | Some(Scope::Call | Scope::Async) => false,
        Some(Scope::Forever) => true,
        Some(Scope::Notified) => true,
    };
    let escape = contract.params[index].escape.as_ref().filter(|fact| fact.is_enforced());
    let says_itself = escape.is_some();
    let is_ended = fact.value.scope == Some(Scope::Forever) || !until.is_empty();
    if !is_known || !says_itself && (!fact.source.is_users() || !is_ended) {
        return None;
    }
    Some(Data {
        callback,
        kept: Retention { until, ..Retention::default() },
        unless_destroyed: destroyed_by.map(|param| When {
            param,
            comparison: crate::contract::Comparison::Equal,
            constant: 0,
            holds: true,
        }),
    })
}

/// Whether a call adds one to what C keeps, as to a list, and another function takes one out again.
fn is_one_of_many(header: &Header, function: &Function, index: usize, kept: &Retention) -> bool {
    let names_itself = kept.until.iter().any(|end| is_called(function, &end.function));
    let takes_one = |other: &Function| {
        kept.until.iter().any(|end| is_called(other, &end.function)) && takes(header, other, &function.params[index].ty)
    };
    kept.by.is_none() && !names_itself && header.functions.iter().any(takes_one)
}

fn takes(header: &Header, function: &Function, ty: &Ty) -> bool {
    is_pointer(header, ty) && function.params.iter().any(|param| is_same(header, &param.ty, ty))
}

/// Whether an end of what is kept would be seen.
fn is_ended_in_sight(header: &Header, plans: &[CallPlan], it: &Candidate<'_>) -> bool {
    let ends: Vec<usize> = (0..header.functions.len())
        .filter(|index| it.kept.until.iter().any(|end| is_called(&header.functions[*index], &end.function)))
        .collect();
    let is_seen =
        |index: &usize| plans.iter().any(|plan| plan.function.0 == *index && plan.steps.contains(&Step::Enter));
    it.kept.until.is_empty() || !ends.is_empty() && ends.iter().all(is_seen)
}

/// What a call of a function ends of this.
fn end(header: &Header, contracts: &Contracts, id: FnId, it: &Candidate<'_>) -> Option<WatchedEnd> {
    let function = &header.functions[id.0];
    // Again itself: what is there is replaced.
    if id == it.id {
        return None;
    }
    let ty = match it.keep.keeper {
        Keeper::Process => None,
        Keeper::Param(by) => Some(&it.function.params[by].ty),
        Keeper::Result => Some(&it.function.result),
    };
    let keeper = ty.and_then(|ty| taker(header, function, it.kept.by.as_deref(), ty));
    let is_named = it.kept.until.iter().any(|end| is_called(function, &end.function));
    let is_idle = it.kept.idle_after.iter().any(|name| is_called(function, name));
    // Whoever takes the handle over may release it.
    let is_taken = keeper.is_some_and(|keeper| {
        matches!(Keeping::of(&contracts.functions[id.0].params[keeper], function.form.as_ref()), Keeping::Taken { .. })
    });
    if !is_named && !is_idle && !is_taken && !may_replace(header, contracts, id, it) {
        return None;
    }
    let at = it.kept.at.as_deref().filter(|_| is_named && function.form.is_none()).and_then(|name| {
        let index = function.params.iter().position(|param| param.name == name)?;
        let place = it.keep.at?;
        is_same(header, &function.params[index].ty, &it.function.params[place].ty).then_some(index)
    });
    let is_certain = is_named && (keeper.is_some() || ty.is_none());
    Some(WatchedEnd { kinds: vec![it.keep.kind], keeper, at, is_certain })
}

/// Whether a function may put another callback where the process has one that nobody says an end of.
fn may_replace(header: &Header, contracts: &Contracts, id: FnId, it: &Candidate<'_>) -> bool {
    let Some(callback) = it.keep.callback.filter(|_| it.keep.keeper == Keeper::Process && it.kept.until.is_empty())
    else {
        return false;
    };
    let ty = header.resolve(&it.function.params[callback].ty);
    let params = header.functions[id.0].params.iter().zip(&contracts.functions[id.0].params);
    params.into_iter().any(|(param, facts)| facts.callback.is_some() && header.resolve(&param.ty) == ty)
}

/// Whether something may be kept for the process, so that any function of the same block may use it.
fn may_keep_for_all(header: &Header, plans: &[CallPlan], all: &[Candidate<'_>]) -> bool {
    let is_unknown = |plan: &CallPlan| {
        let memory =
            plan.params.iter().filter_map(|param| param.pointer.as_ref()).filter(|pointer| !pointer.is_function);
        matches!(plan.signature, Signature::C)
            && header.functions[plan.function.0].location.is_none()
            && plan.steps.contains(&Step::Enter)
            && memory.filter(|pointer| pointer.keeps.is_none()).count() > 0
    };
    all.iter().any(|it| it.keep.keeper == Keeper::Process) || plans.iter().any(is_unknown)
}

/// The arguments whose values are asked for.
fn mark_read(header: &Header, plan: &mut CallPlan, function: &Function) {
    let mut read: Vec<usize> = Vec::new();
    for keep in &plan.watch.keeps {
        read.push(keep.param);
        read.extend(keep.at.iter().chain(&keep.callback));
        read.extend(keep.when.iter().map(|when| when.param));
        if let Keeper::Param(by) = keep.keeper {
            read.push(by);
        }
    }
    for end in &plan.watch.ends {
        read.extend(end.keeper.iter().chain(&end.at));
    }
    // A function that is given what C keeps, or for whom, may be given it in any of its pointers.
    if plan.watch.looks || plan.watch.ends.iter().any(|end| end.keeper.is_none()) {
        read.extend((0..function.params.len()).filter(|index| is_pointer(header, &function.params[*index].ty)));
    }
    for index in read {
        plan.params[index].is_read = true;
    }
}

fn told(failure: &Failure) -> Option<Told> {
    match failure {
        Failure::Never => None,
        Failure::Errno => Some(Told::NotMinusOne),
        Failure::ErrnoNull => Some(Told::NotNull),
        Failure::Compared(comparison, Constant::Number(number)) => {
            i64::try_from(*number).ok().map(|number| Told::Compared(*comparison, number))
        }
        Failure::Compared(_, Constant::Name(_)) => None,
    }
}
