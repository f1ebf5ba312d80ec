//! Calls of closures that C must not make, in words (PF030, PF032, PF033).

use super::{Code, Violation};
use crate::addr::Addr;
use crate::carry::Entry;
use crate::closure::slots::Gone;
use core::panic::Location;

/// What is wrong with a call.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Called {
    /// The closure is gone.
    AfterEnd(Gone),
    /// No closure has this number.
    Unknown {
        /// Where the last one was given for this parameter.
        last: Option<&'static Location<'static>>,
    },
    /// C called after its call, or on a thread that has no such call.
    OutsideItsCall,
    /// C has destroyed it in a call that failed, and the contract says that it does not.
    EndedTwice {
        /// Where it was given.
        given_at: &'static Location<'static>,
    },
    /// It is another thread's.
    OnAnotherThread {
        /// Where it was given.
        given_at: &'static Location<'static>,
    },
    /// It runs, and may not run twice.
    WhileItRuns {
        /// Where it was given.
        given_at: &'static Location<'static>,
    },
}

/// A call of the callback `who` that was not let in.
#[cold]
pub(crate) fn of_callback(who: &'static Entry, called: Called, userdata: usize) -> Violation {
    let name = format!("`{}` of `{}`", who.callback.unwrap_or_default(), who.function);
    let (code, message, given_at, help) = match called {
        Called::AfterEnd(gone) => (
            Code::Pf030,
            format!("C called the callback {name} when it was gone: {}", gone.why),
            Some(gone.given_at),
            "take the callback away from C before it ends, or say in the contract how long C keeps it: \
             `scope = notified`, `retained(by = …, until = […])`",
        ),
        Called::Unknown { last } => (
            Code::Pf030,
            format!("C called the callback {name} with userdata that stands for no closure of it"),
            last,
            "look at what C hands to the callback: it must be what it got with the callback, unchanged",
        ),
        Called::OutsideItsCall => (
            Code::Pf030,
            format!("C called the callback {name} after its call, or on another thread"),
            None,
            "a callback without userdata is found through its thread: let C keep it with `scope = forever`, and give a `fn` item",
        ),
        Called::EndedTwice { given_at } => (
            Code::Pf030,
            format!("C destroyed the callback {name} although the call failed, and its contract says that it does not"),
            Some(given_at),
            "write `destroys_on_failure` in its `#[callback(…)]`",
        ),
        Called::OnAnotherThread { given_at } => (
            Code::Pf032,
            format!("C called the callback {name} on another thread than it was given on"),
            Some(given_at),
            "say in the contract that C may do that, `thread = any_thread`; then the closure must be `Send` and `Sync`",
        ),
        Called::WhileItRuns { given_at } => (
            Code::Pf033,
            format!("C called the callback {name} while it runs"),
            Some(given_at),
            "do not call what leads back here from inside the closure; or let it be `Fn`, with `thread = any_thread`; \
             where C has left it by `longjmp`, return from it instead: it counts as running for ever",
        ),
    };
    Violation {
        function: Some(who.function),
        parameter: who.callback,
        path: (userdata != 0).then(|| "userdata".into()),
        address: (userdata != 0).then_some(Addr(userdata)),
        called_at: given_at,
        notes: given_at.map(|at| format!("the callback was given at {at}")).into_iter().collect(),
        ..Violation::new(code, message, help.into())
    }
}

/// A function that is to call nothing of Rust's has called `who`.
#[cold]
pub(crate) fn of_broken_quiet(
    who: &Entry,
    given_at: Option<&'static Location<'static>>,
    function: &'static str,
    called_at: &'static Location<'static>,
) -> Violation {
    let (name, is_given) = match who.callback {
        Some(callback) => (format!("the callback `{callback}` of `{}`", who.function), "the callback was given at"),
        None => (format!("the exported function `{}`", who.function), "the function stands at"),
    };
    let message = format!("`{function}` called {name}, and its contract says that it calls none");
    Violation {
        function: Some(function),
        called_at: Some(called_at),
        notes: given_at.map(|given_at| format!("{is_given} {given_at}")).into_iter().collect(),
        ..Violation::new(
            Code::Pf034,
            message,
            format!("write `#[calls_back]` in place of `#[nocallback]` before `fn {function}`"),
        )
    }
}
