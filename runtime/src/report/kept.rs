//! Memory that goes while C keeps it, in words (PF020, PF030).

use super::compiled::{Site, of_lent, place_of};
use super::{Code, Violation};
use crate::desc::FnDesc;
use crate::pin::kept::Kept;
use crate::pin::stored::Stored;

/// A block that was freed or reallocated while C keeps it.
pub(super) fn of_block(kept: &Kept, verb: &str, base: Violation) -> Violation {
    told(kept, &format!("was {verb}"), base)
}

/// What C keeps of a stack frame that has returned, seen when `desc` was called.
#[cold]
pub(crate) fn of_dead_kept(kept: &Kept, desc: &'static FnDesc, location: Site) -> Violation {
    told(kept, "lay in a stack frame that has returned", seen_at(desc, location))
}

/// The same of a pointer that C was seen to store.
#[cold]
pub(crate) fn of_dead_stored(stored: &Stored, desc: &'static FnDesc, location: Site) -> Violation {
    let base = of_lent(stored.lent, seen_at(desc, location));
    let (function, path) = (stored.lent.desc.name, base.path.clone().unwrap_or_default());
    Violation {
        code: Code::Pf020,
        message: format!(
            "`{function}`: `{path}` lay in a stack frame that has returned, and C still has a pointer to it"
        ),
        help: format!(
            "keep it where it stays until C lets go, and say how long that is: `#[retained(by = …, until = […])]`; \
             C keeps it in {}",
            place_of(stored.at)
        ),
        ..base
    }
}

fn seen_at(desc: &'static FnDesc, location: Site) -> Violation {
    let notes = vec![format!("seen when `{}` was called at {location}", desc.name)];
    Violation { notes, ..Violation::new(Code::Pf020, String::new(), String::new()) }
}

fn told(kept: &Kept, what: &str, base: Violation) -> Violation {
    let base = of_lent(kept.lent, base);
    let (function, path) = (kept.lent.desc.name, base.path.clone().unwrap_or_default());
    let end = if kept.until().is_empty() {
        "as long as the process lives".to_owned()
    } else {
        format!("until {}", kept.until())
    };
    match kept.callback() {
        Some(callback) => Violation {
            code: Code::Pf030,
            message: format!(
                "`{function}`: the memory behind `{path}` {what}, and C may still call `{callback}` with it"
            ),
            help: format!("take the callback away from C before its data go: C keeps them {end}"),
            ..base
        },
        None => Violation {
            code: Code::Pf020,
            message: format!("`{function}`: the memory behind `{path}` {what}, and C still keeps a pointer to it"),
            help: format!(
                "keep the owner of `{path}` alive, and where it is, {end}; an idiomatic signature takes it over"
            ),
            ..base
        },
    }
}
