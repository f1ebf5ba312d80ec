//! What a function pointer gets handed, how long C keeps it, and what ends that.

use super::Findings;
use super::index::{Arg, Subject};
use super::shape::{Base, Callback as Type};
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
    for (at, arg) in subject.params.iter().enumerate() {
        if !arg.shape.is_function() {
            continue;
        }
        if is_destroy(arg) && !has_own_destroy(subject, at) {
            alone(subject, at, out);
            continue;
        }
        let Some(data) = user_data(subject, at, arg) else { continue };
        let destroy = (data + 1..subject.params.len())
            .take_while(|next| *next == data + 1 || subject.params[*next].shape.is_function())
            .find(|next| is_destroy(&subject.params[*next]));
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
            "callback-data",
            format!("`{name}` follows, and its type takes a `void *`"),
        );
        out.claim(data, Claim::Opaque, "callback-data", format!("handed to `{}`", arg.name));
        out.claim(data, Claim::Nullability(Nullability::Nullable), "callback-data", "C only hands it on");
    }
}

/// A function that ends data without another one that gets it: the data itself is what C keeps.
fn alone(subject: &Subject<'_>, at: usize, out: &mut Findings<'_>) {
    let is_data = |other: usize| {
        subject.params.get(other).is_some_and(|arg| {
            arg.shape.points_to(Base::Void) && matches!(arg.plain.as_str(), "user_data" | "userdata" | "closure")
        })
    };
    let is_only = subject.params.iter().filter(|arg| arg.shape.is_function()).count() == 1;
    let data = [at.wrapping_sub(1), at + 1].into_iter().find(|other| is_data(*other));
    if let (true, Some(data)) = (is_only, data) {
        let name = &subject.params[data].name;
        let callback = Callback { userdata: Some(name.clone()), scope: Some(Scope::Async), ..Callback::default() };
        out.claim(at, Claim::Callback(callback), "callback-data", format!("ends `{name}`, once"));
        out.claim(data, Claim::Opaque, "callback-data", "C only hands it on");
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
    takes_data && !callback.has_result && is_named
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
    let takes_data = match &arg.callback {
        // Any function, to be cast by who knows: `void (*)(void)`.
        Some(Type { params, .. }) if params.is_empty() => false,
        Some(callback) => callback.params.iter().any(|(_, ty)| ty.points_to(Base::Void) && ty.is_mut()),
        None => false,
    };
    let is_generic = arg.callback.as_ref().is_none_or(|callback| callback.params.is_empty());
    let is_void = |other: &Arg| other.shape.points_to(Base::Void) && !other.shape.is_bounded;
    let is_named = |other: &Arg| is_data(other);
    let after = (at + 1..subject.params.len()).find(|next| !subject.params[*next].shape.is_function());
    // `search, const void *key, void *user_data`: what is only read is looked for, and what bears the name is the data.
    let is_by_name = |other: &Arg| is_void(other) && matches!(other.plain.as_str(), "user_data" | "userdata");
    let is_passed_over =
        |next: usize| !subject.params[next].shape.is_mut() && subject.params[next + 1..].iter().any(&is_by_name);
    let next = after.filter(|next| is_void(&subject.params[*next]) && !is_passed_over(*next));
    match next {
        Some(next) if takes_data && (subject.params[next].shape.is_mut() || is_named(&subject.params[next])) => {
            Some(next)
        }
        // Who hands data over with the function that ends it means that data, even if C hands on what holds it.
        Some(next) if has_own_destroy(subject, at) && next == at + 1 => Some(next),
        Some(next) if is_generic && is_named(&subject.params[next]) => Some(next),
        _ if takes_data => {
            // Other parameters may stand between, and the data may come first; then its name must say so.
            let later = (at + 1..subject.params.len()).find(|next| {
                is_void(&subject.params[*next]) && is_named(&subject.params[*next]) && !is_passed_over(*next)
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
mod tests {
    use super::super::testing::said;

    #[test]
    fn data_goes_with_its_callback() {
        for (function, expected) in [
            (
                "fn f(func: data_func, user_data: *mut c_void);",
                "func: callback(userdata = user_data); user_data: opaque",
            ),
            (
                "fn f(func: data_func, user_data: *mut c_void, notify: destroy_notify);",
                "func: callback(userdata = user_data, scope = notified, destroy = notify); user_data: opaque",
            ),
            (
                "fn box_foreach(func: data_func, x: *mut c_void);",
                "func: callback(userdata = x, scope = call); x: opaque",
            ),
            ("fn f(handler: any_func, data: *mut c_void);", "handler: callback(userdata = data); data: opaque"),
            (
                "fn f(ready: data_func, failed: data_func, data: *mut c_void);",
                "ready: callback(userdata = data); failed: callback(userdata = data); data: opaque",
            ),
            (
                "fn f(notify: destroy_notify, user_data: *mut c_void, user_destroy: destroy_notify);",
                "notify: callback(userdata = user_data, scope = notified, destroy = user_destroy); user_data: opaque",
            ),
            (
                "fn f(parse: parse_func, data: *mut c_void, notify: destroy_notify);",
                "parse: callback(userdata = data, scope = notified, destroy = notify); data: opaque",
            ),
            ("fn f(parse: parse_func, data: *mut c_void);", ""),
            // What is looked for, and the data.
            (
                "fn f(search: data_func, search_data: *const c_void, user_data: *mut c_void);",
                "search: callback(userdata = user_data); user_data: opaque",
            ),
            // Nothing that it takes could be the data; memory that is no data.
            ("fn f(compare: compare_func, key: *const c_void);", ""),
            ("fn f(handler: any_func, buffer: *mut c_void);", ""),
            ("fn f(data: *mut c_void, free: destroy_notify);", ""),
        ] {
            assert_eq!(said(function), expected, "{function}");
        }
    }
}
