//! What becomes of a callback, its userdata and its destroy function in an idiomatic signature, or why nothing does.

use crate::contract::axes::enforced;
use crate::contract::{Callback, CalledForm, Count, FnContract, Keeping, Scope, Threads};
use crate::lower::{self, endings};
use crate::model::{Function, Header, Safety, Ty};
use crate::plan::{Argument, CallbackPlan, Callers, ExprPlan, Hold, RetainedForm};

/// What a parameter is in a function that takes closures; nothing where it has no part in one, or none that is known.
pub fn argument(header: &Header, function: &Function, contract: &FnContract, index: usize) -> Option<Argument> {
    if function.safety == Safety::Raw {
        return None;
    }
    let mut of = Vec::new();
    // What ends a closure may be called a callback by itself, too.
    for other in (0..function.params.len()).filter(|other| *other != index) {
        let Some(plan) = closure(header, function, contract, other) else { continue };
        if plan.destroy == Some(index) {
            return Some(Argument::Destroy(other));
        }
        if plan.userdata == Some(index) {
            of.push((other, plan.hold));
        }
    }
    let Some((_, hold)) = of.first().copied() else {
        return closure(header, function, contract, index).map(Argument::Callback);
    };
    let retained = (hold == Hold::Kept).then(|| endings::keeping(contract, function, index)).flatten();
    Some(Argument::Userdata {
        of: of.into_iter().map(|(index, _)| index).collect(),
        hold,
        retained: retained.map(|(kept, on_success)| {
            endings::retained(function, index, (&kept, on_success), RetainedForm::Closure, true, true)
        }),
    })
}

/// The closure that a callback parameter takes.
fn closure(header: &Header, function: &Function, contract: &FnContract, index: usize) -> Option<CallbackPlan> {
    let callback = known(header, function, contract, index).filter(|_| !ends_another(function, contract, index))?;
    refusal(header, function, contract, index).is_none().then_some(())?;
    let position =
        |name: &Option<String>| function.params.iter().position(|param| name.as_deref() == Some(param.name.as_str()));
    let (userdata, ends) = (position(&callback.userdata), position(&callback.destroy));
    // The last closure of a body lets it go by its own call.
    let destroy = ends.filter(|end| !is_last(contract, *end));
    let hold = hold(function, contract, callback)?;
    // Closures under one userdata share a body, in the order of their parameters.
    let place = (0..index)
        .filter(|other| {
            userdata.is_some()
                && !ends_another(function, contract, *other)
                && known(header, function, contract, *other).is_some_and(|other| other.userdata == callback.userdata)
        })
        .count();
    let callers = match (callback.threads, hold) {
        (Some(Threads::Same), _) | (None, Hold::Call | Hold::Here) => Callers::Own,
        (Some(Threads::Signal), _) => Callers::Signal,
        (Some(Threads::Any), _) | (None, Hold::Item) => Callers::Any,
        (None, _) => Callers::One,
    };
    Some(CallbackPlan {
        hold,
        callers,
        userdata,
        destroy,
        destroys_on_failure: callback.destroys_on_failure,
        place,
        on_panic: callback.on_panic.clone(),
        has_result: callback.has_result,
        called: callback.called.clone().unwrap_or_default(),
        lengths: lengths(function, callback)?,
        is_optional: matches!(
            enforced(&contract.params[index].nullability),
            Some(crate::contract::Nullability::Nullable)
        ),
    })
}

/// The lengths of what C hands over that the function's own parameters tell.
fn lengths(function: &Function, callback: &Callback) -> Option<Vec<(usize, ExprPlan)>> {
    let called = callback.called.iter().flatten().enumerate();
    let given = called.filter_map(|(index, param)| match &param.form {
        CalledForm::Slice { count: Count::Given(expr), .. } => Some((index, expr)),
        _ => None,
    });
    given.map(|(index, expr)| Some((index, lower::expr_plan(function, expr)?))).collect()
}

/// Whether a parameter that ends another is a callback for one call of its own: it gets more than the userdata, or gets that by
/// something else.
fn is_last(contract: &FnContract, index: usize) -> bool {
    let Some(callback) = enforced(&contract.params[index].callback) else { return false };
    let takes_more = callback.called.as_ref().is_some_and(
        |called| !matches!(&called[..], [only] if only.form == CalledForm::Userdata && only.asked.is_none()),
    );
    callback.scope == Some(Scope::Async) && callback.userdata.is_some() && takes_more
}

/// Whether a parameter is the destroy function of a callback; packs call it a callback, too.
fn ends_another(function: &Function, contract: &FnContract, index: usize) -> bool {
    if is_last(contract, index) {
        return false;
    }
    let name = function.params[index].name.as_str();
    let others = contract.params.iter().enumerate().filter(|(other, _)| *other != index);
    others.filter_map(|(_, facts)| enforced(&facts.callback)).any(|callback| callback.destroy.as_deref() == Some(name))
}

/// The contract of a callback whose type is spelt out.
fn known<'a>(header: &Header, function: &Function, contract: &'a FnContract, index: usize) -> Option<&'a Callback> {
    let callback = enforced(&contract.params[index].callback)?;
    let is_function = *header.resolve(&function.params[index].ty) == Ty::FnPointer;
    (is_function && callback.called.is_some() && callback.scope.is_some()).then_some(callback)
}

/// Where the closure lies, and for how long.
fn hold(function: &Function, contract: &FnContract, callback: &Callback) -> Option<Hold> {
    let find = |name: &String| function.params.iter().position(|param| param.name == *name);
    let userdata = callback.userdata.as_ref().and_then(find);
    let keeping = userdata.map(|index| Keeping::of(&contract.params[index], function.form.as_ref()));
    Some(match (callback.scope?, userdata) {
        (Scope::Call, Some(_)) => Hold::Call,
        (Scope::Call, None) => Hold::Here,
        (_, None) => Hold::Item,
        (Scope::Async, Some(_)) => Hold::Once,
        (Scope::Notified, Some(_)) => match (callback.destroy.as_ref().and_then(find), keeping?) {
            (Some(_), _) => Hold::Destroyed,
            (None, Keeping::Until { kept, .. }) if !kept.until.is_empty() => Hold::Kept,
            (None, _) => return None,
        },
        (Scope::Forever, Some(_)) => Hold::Forever,
    })
}

/// Why a callback takes no closure: what is wrong, and the edit that mends it.
pub fn refusal(header: &Header, function: &Function, contract: &FnContract, index: usize) -> Option<(String, String)> {
    let name = &function.params[index].name;
    let Some(callback) = enforced(&contract.params[index].callback) else {
        return Some((
            format!("nothing says when C calls `{name}`, and with what"),
            format!("write `#[callback(userdata = …, scope = call)]` before `{name}`"),
        ));
    };
    if callback.scope.is_none() {
        return Some((
            format!("the contract of `{name}` does not say how long C may call it"),
            "write `scope = call`, `async`, `notified` or `forever`".into(),
        ));
    }
    let Some(called) = known(header, function, contract, index).and_then(|known| known.called.as_ref()) else {
        return Some((
            format!("the type of `{name}` is not spelt out, so no closure can stand for it"),
            "write `Option<unsafe extern \"C\" fn(…)>` with what C hands to it".into(),
        ));
    };
    let userdata = called.iter().filter(|param| param.is_userdata()).count();
    if callback.userdata.is_some() && userdata != 1 {
        return Some((
            format!("which parameter of `{name}` is the userdata is not clear"),
            "write `#[userdata]` before it, inside the type of the callback".into(),
        ));
    }
    if let Some(asked) = called.iter().find_map(|param| param.asked.as_ref())
        && !header.functions.iter().any(|function| function.name == *asked)
    {
        return Some((
            format!("`{asked}`, which gives the userdata of `{name}`, is not declared here"),
            format!("declare `{asked}` as well"),
        ));
    }
    if callback.has_result && callback.on_panic.is_none() {
        return Some((
            format!("what C gets when `{name}` panics is not known"),
            "write `on_panic = …` in its `#[callback(…)]`, a number or a constant".into(),
        ));
    }
    if callback.threads == Some(Threads::Signal) {
        // Nothing of a thread can be looked up there, and no panic be carried.
        let (what, help) = match (&callback.userdata, callback.scope, callback.has_result) {
            (Some(_), ..) => ("gets userdata", "leave `userdata` away: statics are what a handler may use"),
            (_, Some(Scope::Call), _) => ("is for one call", "write `scope = forever`"),
            (.., true) => ("gives a result", "declare it `fn`, and give C a function of your own"),
            _ => return None,
        };
        return Some((format!("`{name}` is called in signal handlers, and {what}"), help.into()));
    }
    // A slot of the thread that calls C is empty on every other one.
    if callback.scope == Some(Scope::Call) && callback.userdata.is_none() && callback.threads == Some(Threads::Any) {
        return Some((
            format!(
                "`{name}` gets no userdata, so its closure is found on the thread that calls, and C calls on others"
            ),
            "write `scope = forever`, which takes a `fn` item: any thread may call one".into(),
        ));
    }
    if lengths(function, callback).is_none() {
        return Some((
            format!("how much C hands to `{name}` is said by a parameter that is not there"),
            format!("write the type of `{name}` with its contract yourself"),
        ));
    }
    if hold(function, contract, callback) == Some(Hold::Item) && callback.lengths().next().is_some() {
        return Some((
            format!("`{name}` gets no userdata, so nothing can hold how much C hands to it"),
            "take that length away from inside its type: it gets the pointer as C gives it".into(),
        ));
    }
    if hold(function, contract, callback).is_none() {
        return Some((
            format!("who lets go of `{name}` is not known"),
            "name the parameter that destroys it, `destroy = …`, or write `#[retained(by = …, until = […])]` before its userdata"
                .into(),
        ));
    }
    None
}
