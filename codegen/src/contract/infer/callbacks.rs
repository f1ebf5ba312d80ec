//! What a function pointer gets handed, how long C keeps it, and what ends that.

use super::Findings;
use super::ended::is_unnamed;
use super::index::{Arg, Subject};
use super::shape::{Base, Callback as Type, Shape};
use super::words;
use crate::contract::callback::{Callback, Scope};
use crate::contract::{Claim, Nullability};

/// Names of what is handed to a callback.
const DATA: &[&str] = &[
    "data", "userdata", "user", "closure", "context", "ctx", "arg", "cookie", "opaque", "baton", "priv", "cls", "param",
];
/// What the types and names of functions that end data are called.
const ENDS: &[&str] = &[
    "destroy",
    "destroyer",
    "free",
    "notify",
    "cleanup",
    "release",
    "dispose",
    "finalize",
    "dtor",
    "destructor",
    "unref",
    "delete",
];
/// Verbs of functions that call back before they return.
const NOW: &[&str] = &[
    "foreach",
    "sort",
    "find",
    "search",
    "traverse",
    "walk",
    "enumerate",
    "visit",
    "each",
    "map",
    "filter",
    "iterate",
    "bsearch",
    "qsort",
    "compare",
    "lookup",
    "insert",
    "sorted",
    "reduce",
];

/// Adds what callbacks mean.
pub(super) fn apply(subject: &Subject<'_>, out: &mut Findings<'_>) {
    let mut ended: Vec<(usize, usize)> = Vec::new();
    for (at, arg) in subject.params.iter().enumerate() {
        if !arg.shape.is_function() || is_end(subject, at) {
            continue;
        }
        let after = user_data(subject, at, arg).map(|data| (data, "callback-data"));
        let Some((data, rule)) = after.or_else(|| Some((data_before(subject, at)?, "data-before-callback"))) else {
            continue;
        };
        let destroy = destroy_of(subject, at, data);
        ended.extend(destroy.map(|destroy| (destroy, data)));
        let scope = scope(subject, arg, destroy.is_some());
        let callback = Callback {
            userdata: Some(subject.params[data].name.clone()),
            scope,
            destroy: destroy.map(|at| subject.params[at].name.clone()),
            ..Callback::default()
        };
        let name = &subject.params[data].name;
        out.claim(
            at,
            Claim::Callback(callback),
            rule,
            format!(
                "`{name}` {}, and its type takes a `void *`",
                if data > at { "follows" } else { "stands in front" }
            ),
        );
        if subject.params[data].shape.depth() == 1 {
            out.claim(data, Claim::Opaque, rule, format!("handed to `{}`", arg.name));
            out.claim(data, Claim::Nullability(Nullability::Nullable), rule, "C only hands it on");
        }
    }
    for at in 0..subject.params.len() {
        match ended.iter().find(|(destroy, _)| *destroy == at) {
            Some((_, data)) => end(subject, at, *data, out),
            None if is_end(subject, at) => alone(subject, at, out),
            None => {}
        }
    }
}

/// Whether a function ends data, and is not called back with data of its own right behind it.
fn is_end(subject: &Subject<'_>, at: usize) -> bool {
    let arg = &subject.params[at];
    let is_free = |next: &Arg| is_generic(next) && next.shape.is_mut();
    let is_hook = is_unnamed(arg) && subject.params.get(at + 1).is_some_and(is_free);
    is_destroy(arg) && !has_own_destroy(subject, at) && !is_hook
}

/// The function that ends the data of a callback: behind the data, or in the row of functions with the callback.
fn destroy_of(subject: &Subject<'_>, at: usize, data: usize) -> Option<usize> {
    let params = &subject.params;
    let behind = (data + 1..params.len())
        .take_while(|next| *next == data + 1 || params[*next].shape.is_function())
        .find(|next| *next != at && is_destroy(&params[*next]));
    let beside =
        || (at + 1..data).take_while(|next| params[*next].shape.is_function()).find(|next| is_destroy(&params[*next]));
    behind.or_else(beside)
}

/// `create(…, void *data, callback, …)`: the only `void *` that C may write, right before a row of functions.
fn data_before(subject: &Subject<'_>, at: usize) -> Option<usize> {
    let params = &subject.params;
    let first = (0..=at).rev().take_while(|before| params[*before].shape.is_function()).last()?;
    let data = first.checked_sub(1)?;
    let row: Vec<&Arg> = params[first..].iter().take_while(|arg| arg.shape.is_function()).collect();
    let is_void = |arg: &Arg| is_generic(arg) && arg.shape.is_mut() && !arg.shape.is_bounded;
    let is_only = params.iter().filter(|arg| is_void(arg)).count() == 1;
    // `walk(void *tree, visit)`: what a function is about comes first.
    let may_be = data > 0 || is_data(&params[data]);
    if !is_void(&params[data])
        || !is_only
        || !may_be
        || super::strings::is_buffer(&params[data]) && !is_data(&params[data])
    {
        return None;
    }
    // C hands the data over, or what holds it: then the row says by its length, or by its end, that something is set up.
    let takes_data = |arg: &Arg| {
        arg.callback.as_ref().is_some_and(|callback| {
            let ends = [callback.params.first(), callback.params.last()];
            ends.into_iter().flatten().any(|(_, ty)| ty.points_to(Base::Void) && ty.is_mut())
        })
    };
    let is_set_up = row.len() > 1;
    (is_set_up || takes_data(&params[at])).then_some(data)
}

/// What a function that ends data gets handed.
fn end(subject: &Subject<'_>, at: usize, data: usize, out: &mut Findings<'_>) {
    let name = &subject.params[data].name;
    let callback = Callback { userdata: Some(name.clone()), scope: Some(Scope::Async), ..Callback::default() };
    out.claim(at, Claim::Callback(callback), "data-and-destroy", format!("ends `{name}`, once"));
}

/// Whether it is a pointer to anything: `void *`, or characters by a name that says no more than that (`XPointer`).
fn is_generic(arg: &Arg) -> bool {
    is_pointer_to_any(&arg.shape)
}

fn is_pointer_to_any(shape: &Shape) -> bool {
    let is_named = shape.last.to_ascii_lowercase().ends_with("pointer");
    shape.points_to(Base::Void) || shape.points_to(Base::Char) && is_named
}

/// A function that ends data without another one that gets it: the data itself is what C keeps.
fn alone(subject: &Subject<'_>, at: usize, out: &mut Findings<'_>) {
    let is_only = subject.params.iter().filter(|arg| arg.shape.is_function()).count() == 1;
    if !is_only {
        return;
    }
    let is_user_data = |other: &usize| {
        subject.params.get(*other).is_some_and(|arg| {
            arg.shape.points_to(Base::Void) && matches!(arg.plain.as_str(), "user_data" | "userdata" | "closure")
        })
    };
    if let Some(data) = [at.wrapping_sub(1), at + 1].into_iter().find(is_user_data) {
        end(subject, at, data, out);
        out.claim(data, Claim::Opaque, "data-and-destroy", "C only hands it on");
        return;
    }
    // `set(thing, key, void *data, destroy)`: what a function is about comes first, and is ended elsewhere.
    let before: Vec<usize> = (1..at).filter(|other| !subject.params[*other].shape.is_bounded).collect();
    let voids: Vec<usize> =
        before.iter().copied().filter(|other| subject.params[*other].shape.points_to(Base::Void)).collect();
    // `bind(statement, const char *text, int size, destroy)`
    let is_measured = |other: &usize| {
        let arg = &subject.params[*other].shape;
        other + 2 == at
            && matches!(arg.base, Base::Char | Base::Byte)
            && arg.depth() == 1
            && subject.params[other + 1].shape.is_integer()
    };
    let data = match voids.as_slice() {
        [] => before.into_iter().find(is_measured),
        [only] => Some(*only),
        _ => None,
    };
    let Some(data) = data else { return };
    end(subject, at, data, out);
    let arg = &subject.params[data];
    let is_kept = arg.shape.points_to(Base::Void) && arg.shape.is_mut() && !super::strings::is_buffer(arg);
    if is_kept || is_data(arg) && arg.shape.is_mut() {
        out.claim(data, Claim::Opaque, "data-and-destroy", "C only hands it on");
    }
}

fn scope(subject: &Subject<'_>, arg: &Arg, has_destroy: bool) -> Option<Scope> {
    let ty = words::words(&arg.shape.last);
    if has_destroy {
        Some(Scope::Notified)
    } else if subject.verbs.last().is_some_and(|word| word == "async") || words::has(&ty, &["async", "ready"]) {
        Some(Scope::Async)
    } else if words::has(&subject.verbs, NOW) {
        Some(Scope::Call)
    } else {
        None
    }
}

/// A function that takes nothing but the data, and ends it.
pub(super) fn is_destroy(arg: &Arg) -> bool {
    let Some(callback) = &arg.callback else { return false };
    let takes_data = matches!(callback.params.as_slice(), [(_, only)] if only.points_to(Base::Void));
    let is_named = words::has(&words::words(&arg.shape.last), ENDS) || words::has(&arg.words, ENDS);
    // Written out and without a name it can be nothing else, if it is the only one.
    takes_data && !callback.has_result && (is_named || is_unnamed(arg) && arg.shape.last.is_empty())
}

/// The same by its type alone.
pub(super) fn ends_data(arg: &Arg) -> bool {
    let Some(callback) = &arg.callback else { return false };
    let takes_data = matches!(callback.params.as_slice(), [(_, only)] if only.points_to(Base::Void) && only.is_mut());
    arg.shape.is_function() && takes_data && !callback.has_result
}

/// Whether data of its own and a function that ends that stand behind: then it is called back, whatever its name.
fn has_own_destroy(subject: &Subject<'_>, at: usize) -> bool {
    let is_own = |arg: &Arg| arg.shape.points_to(Base::Void) && !arg.shape.is_bounded && is_data(arg);
    subject.params.get(at + 1).is_some_and(is_own) && subject.params.get(at + 2).is_some_and(is_destroy)
}

/// Whether a name is that of data for a callback.
pub(super) fn is_data(arg: &Arg) -> bool {
    words::has(&arg.words, DATA) || arg.words.iter().any(|word| word.ends_with("data"))
}

/// The parameter behind the callback that it gets handed.
fn user_data(subject: &Subject<'_>, at: usize, arg: &Arg) -> Option<usize> {
    // `notify(void (*)(void **all, int n), void *arg)`: several at once.
    let is_batched = arg.callback.as_ref().is_some_and(|callback| {
        let takes = callback.params.iter().any(|(_, ty)| ty.base == Base::Void && ty.depth() == 2 && ty.is_mut());
        takes && subject.params.get(at + 1).is_some_and(is_data)
    });
    let takes_data = match &arg.callback {
        // Any function, to be cast by who knows: `void (*)(void)`.
        Some(Type { params, .. }) if params.is_empty() => false,
        Some(callback) => callback.params.iter().any(|(_, ty)| is_pointer_to_any(ty) && ty.is_mut()) || is_batched,
        None => false,
    };
    let is_any = arg.callback.as_ref().is_none_or(|callback| callback.params.is_empty());
    let is_void = |other: &Arg| is_generic(other) && !other.shape.is_bounded;
    let is_named = |other: &Arg| is_data(other);
    let after = (at + 1..subject.params.len()).find(|next| !subject.params[*next].shape.is_function());
    // `search, const void *key, void *user_data`: what is only read is looked for, and what bears the name is the data.
    let is_by_name = |other: &Arg| {
        let is_any = other.shape.base == Base::Void && other.shape.is_pointer() && !other.shape.is_bounded;
        is_any && matches!(other.plain.as_str(), "user_data" | "userdata")
    };
    let is_passed_over =
        |next: usize| !subject.params[next].shape.is_mut() && subject.params[next + 1..].iter().any(&is_by_name);
    let next = after.filter(|next| is_void(&subject.params[*next]) && !is_passed_over(*next));
    match next {
        Some(next) if takes_data && (subject.params[next].shape.is_mut() || is_named(&subject.params[next])) => {
            Some(next)
        }
        // Who hands data over with the function that ends it means that data, even if C hands on what holds it.
        Some(next) if has_own_destroy(subject, at) && next == at + 1 => Some(next),
        Some(next) if is_any && is_named(&subject.params[next]) => Some(next),
        _ if takes_data => {
            // Other parameters may stand between, and the data may come first; then its name must say so.
            let later = (at + 1..subject.params.len()).find(|next| {
                let other = &subject.params[*next];
                is_void(other) && is_named(other) && !is_passed_over(*next) || is_by_name(other)
            });
            let has_own = arg.callback.as_ref().is_some_and(|callback| {
                callback
                    .params
                    .iter()
                    .any(|(name, ty)| ty.points_to(Base::Void) && ty.is_mut() && words::has(&words::words(name), DATA))
            });
            later.or_else(|| {
                let before = at.checked_sub(1)?;
                let only =
                    !subject.params.iter().enumerate().any(|(other, arg)| other != at && arg.shape.is_function());
                (has_own && only && is_void(&subject.params[before]) && is_named(&subject.params[before]))
                    .then_some(before)
            })
        }
        // The name leaves no doubt, whatever the type of the callback says.
        _ => (at + 1..subject.params.len()).find(|next| is_by_name(&subject.params[*next])),
    }
}

#[cfg(all(test, feature = "clang"))]
mod tests;
