//! Handles that C gave a callback, and that stand for nothing, in words (PF014).

use super::{Code, Violation};
use crate::addr::Addr;
use crate::userdata::origin::{self, Origin};
use core::panic::Location;

/// A callback wanted a value of type `wanted`, and its handle stands for none, or for what was `found`.
#[cold]
pub(crate) fn of_handle(
    bits: u64,
    wanted: &'static str,
    found: Option<Origin>,
    called_at: &'static Location<'static>,
) -> Violation {
    let (message, help, notes) = match (found, origin::removed(bits)) {
        (Some(other), _) => (
            format!("a callback wants a `{wanted}`, and its handle stands for a `{}`", other.type_name()),
            "give C the handle that belongs to this callback, or look it up as the type that it was made with",
            vec![format!("made at {}", other.made)],
        ),
        (None, _) if bits == 0 => (
            format!("a callback wants a `{wanted}`, and its handle is null"),
            "give C the handle with the callback: `handle.as_ptr()` for its userdata",
            Vec::new(),
        ),
        (None, Some(gone)) => (
            format!("a callback was given a handle that is removed, of a `{}`", gone.origin.type_name()),
            "take the callback away from C before the handle is removed, or remove it when C says that it is done",
            vec![format!("made at {}", gone.origin.made), format!("removed at {}", gone.removed)],
        ),
        (None, None) => (
            format!("a callback wants a `{wanted}`, and its handle stands for nothing"),
            "look at what C was given as userdata: this number was never given out here, or was removed long ago",
            Vec::new(),
        ),
    };
    Violation {
        path: Some("userdata".into()),
        address: Some(Addr(bits as usize)),
        called_at: Some(called_at),
        notes,
        ..Violation::new(Code::Pf014, message, help.into())
    }
}
