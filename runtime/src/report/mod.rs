//! Turns findings into violations and sends them off; runs only where allocating and panicking are allowed.

#[cfg(any(debug_assertions, feature = "checked"))]
mod callbacks;
mod code;
#[cfg(feature = "tracing")]
mod events;
#[cfg(any(debug_assertions, feature = "checked"))]
mod exported;
#[cfg(any(debug_assertions, feature = "checked"))]
mod finding;
#[cfg(any(debug_assertions, feature = "checked"))]
mod handles;
#[cfg(any(debug_assertions, feature = "checked"))]
mod held;
pub(crate) mod identity;
pub(crate) mod json;
#[cfg(any(debug_assertions, feature = "checked"))]
mod kept;
pub(crate) mod lines;
#[cfg(any(debug_assertions, feature = "checked"))]
mod lost_blocks;
#[cfg(feature = "pprof")]
pub(crate) mod pprof;
pub(crate) mod process;
mod render;
pub(crate) mod seen;
mod sink;
#[cfg(any(debug_assertions, feature = "checked"))]
mod stored;
#[cfg(any(debug_assertions, feature = "checked"))]
mod symbols;
mod unwound;
mod violation;

pub use code::Code;
pub use json::json;
pub use render::text;
pub use sink::{Action, clear_hook, set_hook};
pub(crate) use sink::{around_fork, begin, end, ending, prepare_for_handlers};
pub(crate) use unwound::unwound;
pub use violation::{Block, PinAt, Violation};

#[cfg(any(debug_assertions, feature = "checked"))]
pub(crate) use callbacks::{Called, of_broken_quiet, of_callback};
#[cfg(any(debug_assertions, feature = "checked"))]
pub(crate) use compiled::{log, of_hooks, raise};
#[cfg(any(debug_assertions, feature = "checked"))]
pub(crate) use exported::{of_export, of_stranger};
#[cfg(any(debug_assertions, feature = "checked"))]
pub(crate) use finding::of_call;

#[cfg(any(debug_assertions, feature = "checked"))]
pub(crate) use handles::of_handle;
#[cfg(any(debug_assertions, feature = "checked"))]
pub(crate) use held::{of_freed_pin, of_limit, of_lost, unsearched};
#[cfg(any(debug_assertions, feature = "checked"))]
pub(crate) use kept::{of_dead_kept, of_dead_stored};
#[cfg(any(debug_assertions, feature = "checked"))]
pub(crate) use lost_blocks::{of_unreachable, unreached};
#[cfg(any(debug_assertions, feature = "checked"))]
pub(crate) use stored::of_stored;

/// Says something that is no violation.
#[cold]
pub(crate) fn say(text: &str) {
    sink::print(text);
}

#[cfg(any(debug_assertions, feature = "checked"))]
mod compiled {
    use super::{Block, Code, Violation, sink, symbols};
    use crate::alloc::map::MAP;
    use crate::alloc::{self, pending, reentry, sites};
    use crate::mode::{self, Level};
    use crate::pin::Holder;
    use crate::pin::stored::Lent;
    use core::panic::Location;
    use core::sync::atomic::{AtomicBool, Ordering};

    pub(super) type Site = &'static Location<'static>;

    /// Tells the violations; under the policy `panic` it does not come back.
    #[cold]
    #[track_caller]
    pub(crate) fn raise(violations: Vec<Violation>) {
        if violations.is_empty() {
            return;
        }
        if std::thread::panicking() {
            sink::print_only(&violations);
            return;
        }
        if let Some(text) = sink::deliver(&violations) {
            drop(violations);
            panic!("{text}");
        }
    }

    /// Tells the violations and comes back.
    #[cold]
    pub(crate) fn log(violations: Vec<Violation>) {
        sink::print_only(&violations);
    }

    /// What allocator hooks have found since the last safe point.
    #[cold]
    pub(crate) fn of_hooks() -> Vec<Violation> {
        let mut violations = Vec::new();
        while let Some(pending) = pending::take() {
            violations.push(of_pending(&pending));
        }
        let dropped = pending::take_dropped();
        if let (Some(last), true) = (violations.last_mut(), dropped > 0) {
            last.notes.push(format!("{dropped} more of this kind were counted, not kept"));
        }
        violations
    }

    fn of_pending(pending: &pending::Pending) -> Violation {
        use pending::{Kind, NoBlock, Side};
        let freed = match pending.kind {
            Kind::WrittenPastEnd { .. } | Kind::WrongLayout { .. } | Kind::ForeignFree(Side::C) => false,
            Kind::NoBlock(_) => pending.stacks.freed != 0,
            _ => true,
        };
        let block = Block {
            extent: pending.block,
            freed,
            allocated_at: stack(pending.stacks.allocated),
            freed_at: if freed { stack(pending.stacks.freed) } else { Vec::new() },
        };
        let notes = notes(Some(&block));
        let broken_at = stack(pending.broken_at);
        let base = Violation {
            block: Some(block),
            notes,
            broken_at,
            ..Violation::new(Code::Pf010, String::new(), String::new())
        };
        let (code, message, help): (Code, String, String) = match pending.kind {
            Kind::Freed(holder) => return of_held(Code::Pf010, "freed", holder, base),
            Kind::Reallocated(holder) => return of_held(Code::Pf011, "reallocated", holder, base),
            Kind::WrittenPastEnd { after } => (
                Code::Pf022,
                format!("a block was written behind its end, {} from there", of_bytes(after)),
                "give C the length that the block really has, or make it that long; look at the calls that had it".into(),
            ),
            Kind::WrongLayout { bytes, align } => (
                Code::Pf041,
                format!("a block of {} was freed as one of {bytes}, aligned to {align}", of_bytes(pending.block.bytes)),
                "rebuild the owner with the type, length and capacity that it was taken apart with".into(),
            ),
            Kind::ForeignFree(Side::C) => (
                Code::Pf040,
                "a block of Rust's was freed by C's `free` or `realloc`; it was left alone".into(),
                "let its owner in Rust free it, or give C memory that it may free: `pinned_ffi::CBox`, `CVec`, `CText`"
                    .into(),
            ),
            Kind::ForeignFree(Side::Rust) => (
                Code::Pf040,
                "a block of C's allocator was freed by Rust's".into(),
                "free it with C's own function: `pinned_ffi::CBox`, `CVec` and `CText` do that, `Box`, `Vec` and `CString` do not"
                    .into(),
            ),
            Kind::NoBlock(what) => {
                let said = match what {
                    NoBlock::Part(offset) => format!("a block of C's from its middle on, {} in", of_bytes(offset)),
                    NoBlock::Stack => "an address on the stack".into(),
                    NoBlock::Poison => "what freed memory is filled with, read out of a freed block".into(),
                    NoBlock::Misaligned => "an address that no allocator gives".into(),
                };
                return Violation {
                    code: Code::Pf040,
                    message: format!("C's `free` or `realloc` got {said}; it was left alone"),
                    block: base.block.filter(|_| pending.is_of_c),
                    help: "give C a block of its own to free, as `pinned_ffi::CBox`, `CVec` and `CText` are; a part of one is \
                           freed with the whole, by its owner"
                        .into(),
                    notes: (!pending.is_of_c).then(|| format!("the address is {}", pending.block.start)).into_iter().collect(),
                    ..base
                };
            }
            Kind::FreedTwice if pending.is_of_c => (
                Code::Pf042,
                "a block of C's was freed twice".into(),
                "call the function that frees it once: one value owns the handle, is not copied, and is gone when it was closed"
                    .into(),
            ),
            Kind::FreedTwice => (
                Code::Pf042,
                "a block was freed twice".into(),
                "give the block one owner: what `from_raw` took nobody else may free".into(),
            ),
            Kind::StillHeld(stored) => {
                let base = of_lent(stored.lent, base);
                let (function, path) = (stored.lent.desc.name, base.path.clone().unwrap_or_default());
                return Violation {
                    code: Code::Pf020,
                    message: format!("`{function}`: the block behind `{path}` was freed, and C still has a pointer to it"),
                    help: format!(
                        "keep the owner alive until C lets go, and say how long that is: `#[retained(by = …, until = […])]`; \
                         C keeps it in {}",
                        place_of(stored.at)
                    ),
                    ..base
                };
            }
            Kind::WrittenAfterReturn(lent) => {
                let base = of_lent(lent, Violation { block: None, ..base });
                let (function, path) = (lent.desc.name, base.path.clone().unwrap_or_default());
                return Violation {
                    code: Code::Pf044,
                    message: format!("`{function}`: C wrote the memory of `{path}`, which it was lent for the call only"),
                    help: "if C may keep the pointer, say so in the contract, `#[retained(…)]`, and keep the owner alive that \
                           long"
                        .into(),
                    ..base
                };
            }
            Kind::WrittenAfterFree { offset } if pending.is_of_c => (
                Code::Pf043,
                format!("a freed block of C's was written, at offset {offset}"),
                "do not use what C has freed: the function that frees it ends every pointer into it".into(),
            ),
            Kind::WrittenAfterFree { offset } => (
                Code::Pf043,
                format!("a freed block was written, at offset {offset}"),
                "keep the owner alive until C has let go of it: pin it with a `pinned_ffi::Pinner`, or say in the contract how \
                 long C keeps it, `#[retained(…)]`"
                    .into(),
            ),
        };
        Violation { code, message, help, ..base }
    }

    /// The file that brought the static memory at this address, and how far in.
    pub(super) fn place_of(at: usize) -> String {
        match crate::sys::module_of(at) {
            Some((file, offset)) => {
                // The program itself is known by a name that ends with it.
                let file = if file.starts_with("/proc") { mode::program().unwrap_or(file) } else { file };
                format!("the static at {}+{offset:#x}", file.display())
            }
            None => match alloc::c_blocks::around(at) {
                Some(block) => {
                    let by =
                        stack(block.stack).first().map(|frame| format!(", allocated at {frame}")).unwrap_or_default();
                    format!("C's block of {} at {:#x}{by}", of_bytes(block.bytes), block.start)
                }
                None => format!("the word at {at:#x}"),
            },
        }
    }

    /// An argument of a call that is over.
    pub(super) fn of_lent(lent: Lent, base: Violation) -> Violation {
        Violation {
            function: Some(lent.desc.name),
            parameter: lent.desc.params.get(lent.path.param_index()).map(|param| param.name),
            path: Some(lent.path.spell(lent.desc)),
            called_at: Some(lent.location),
            ..base
        }
    }

    pub(super) fn of_bytes(count: usize) -> String {
        if count == 1 { "1 byte".into() } else { format!("{count} bytes") }
    }

    /// A block that was freed or moved although somebody held it.
    fn of_held(code: Code, verb: &str, holder: Holder, base: Violation) -> Violation {
        match holder {
            Holder::Kept(kept) => super::kept::of_block(&kept, verb, base),
            Holder::Pinner(site) => Violation {
                code,
                message: format!("a block was {verb} while a pin held it"),
                pinned_at: Some(site),
                help: "unpin before the owner goes, or hand the owner itself to the pinner".into(),
                ..base
            },
            Holder::Call(call) => {
                let path = call.path.spell(call.desc);
                let function = call.desc.name;
                Violation {
                    code,
                    function: Some(function),
                    parameter: call.desc.params.get(call.path.param_index()).map(|param| param.name),
                    message: format!("`{function}`: the block behind `{path}` was {verb} during the call"),
                    help: format!(
                        "keep other threads and callbacks from touching the owner of `{path}` until `{function}` returns"
                    ),
                    path: Some(path),
                    called_at: Some(call.location),
                    ..base
                }
            }
        }
    }

    pub(super) fn of_block(start: usize, freed: bool, extent: crate::addr::Extent) -> Block {
        let stacks = MAP.stacks(start);
        Block {
            extent,
            freed,
            allocated_at: stack(stacks.allocated),
            freed_at: if freed { stack(stacks.freed) } else { Vec::new() },
        }
    }

    pub(super) fn stack(id: u32) -> Vec<String> {
        // Thousands of blocks come and go here: they would drive the program's out of quarantine just when it goes on with one.
        let describe = || symbols::describe(&sites::frames(id));
        reentry::once(describe).unwrap_or_else(describe)
    }

    pub(super) fn notes(block: Option<&Block>) -> Vec<String> {
        static TOLD: AtomicBool = AtomicBool::new(false);
        let mut notes = Vec::new();
        if !alloc::is_installed() && !TOLD.swap(true, Ordering::Relaxed) {
            notes.push(
                "no tracked allocator is installed: freed blocks and lengths of heap blocks are not checked \
                 (see pinned_ffi::TrackedAlloc)"
                    .into(),
            );
        }
        if let Some(block) = block
            && block.allocated_at.is_empty()
            && mode::level() != Level::Full
        {
            notes.push("PINNED_FFI_CHECK=full shows where the block was allocated and freed".into());
        }
        notes
    }
}
