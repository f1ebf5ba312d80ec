//! Turns findings into violations and sends them off; runs only where allocating and panicking are allowed.

mod code;
#[cfg(any(debug_assertions, feature = "checked"))]
mod handles;
#[cfg(any(debug_assertions, feature = "checked"))]
mod held;
#[cfg(feature = "pprof")]
pub(crate) mod pprof;
mod render;
mod sink;
#[cfg(any(debug_assertions, feature = "checked"))]
mod symbols;
mod violation;

pub use code::Code;
pub use render::{json, text};
pub use sink::{Action, clear_hook, set_hook};
pub use violation::{Block, PinAt, Violation};

#[cfg(any(debug_assertions, feature = "checked"))]
pub(crate) use compiled::{log, of_call, of_hooks, raise, say};

#[cfg(any(debug_assertions, feature = "checked"))]
pub(crate) use handles::of_handle;
#[cfg(any(debug_assertions, feature = "checked"))]
pub(crate) use held::{of_freed_pin, of_limit, of_lost, unsearched};

#[cfg(any(debug_assertions, feature = "checked"))]
mod compiled {
    use super::{Block, Code, Violation, sink, symbols};
    use crate::addr::Addr;
    use crate::alloc::map::MAP;
    use crate::alloc::{self, pending, sites};
    use crate::check::memory::Place;
    use crate::check::{Finding, Rule};
    use crate::desc::{Direction, FnDesc};
    use crate::mode::{self, Level};
    use crate::pin::{Holder, tables};
    use core::panic::Location;
    use core::sync::atomic::{AtomicBool, Ordering};

    type Site = &'static Location<'static>;

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

    /// Says something that is no violation.
    #[cold]
    pub(crate) fn say(text: &str) {
        sink::print(text);
    }

    /// What the rules found at a call.
    #[cold]
    pub(crate) fn of_call(desc: &'static FnDesc, findings: &[Finding], location: Site) -> Vec<Violation> {
        findings.iter().map(|finding| of_finding(desc, finding, location)).collect()
    }

    fn of_finding(desc: &'static FnDesc, finding: &Finding, location: Site) -> Violation {
        let path = finding.path.spell(desc);
        let parameter = desc.params.get(finding.path.param_index()).map(|param| param.name);
        let param = parameter.unwrap_or("?");
        let function = desc.name;
        let block = match finding.place {
            Place::Heap(block) => Some(of_block(block.start(), block.is_freed(), MAP.extent(&block))),
            Place::Stack { .. } | Place::DeadStack | Place::Unknown => None,
        };
        let nested = path != param;
        let declared = finding.bytes;
        let (code, what, help) = match finding.rule {
            Rule::UnpinnedNested => (
                Code::Pf001,
                format!("`{param}` holds a pointer to Rust memory that is not pinned, `{path}`"),
                format!(
                    "pin it for as long as C uses it: `pinner.pin(owner)` on a `pinned_ffi::Pinner`; or, if C follows \
                     it only during the call, mark the parameter `#[flow_through] {param}`"
                ),
            ),
            Rule::Freed => (
                Code::Pf002,
                format!("`{path}` points into a freed block"),
                if nested {
                    format!("keep the owner of `{path}` alive until `{function}` returns, or take it out of `{param}`")
                } else {
                    format!("keep the owner of `{path}` alive until `{function}` returns")
                },
            ),
            Rule::DeadStack => (
                Code::Pf002,
                format!("`{path}` points into a stack frame that has returned"),
                format!("keep the value that `{path}` points to in a variable of the caller, or on the heap"),
            ),
            Rule::PastEnd => (
                Code::Pf003,
                format!("`{path}` is declared longer than the memory behind it"),
                format!("pass the length that `{path}` really has, or make the buffer that long"),
            ),
            Rule::Overflow => (
                Code::Pf003,
                format!("the declared length of `{path}` does not fit in memory"),
                format!("check the length arguments of `{function}`: their product or sum overflows"),
            ),
            Rule::Unterminated { bytes } => (
                Code::Pf004,
                format!("`{path}` has no terminating zero in the {bytes} bytes up to the end of its block"),
                format!("end what `{path}` points to with a zero: `CString::new(…)`, or `c\"…\"` for a literal"),
            ),
            Rule::Null => (
                Code::Pf005,
                format!("`{path}` is null, and C dereferences it"),
                format!("pass a valid pointer, or a length of 0; if null is legal here, mark it `#[nullable] {param}`"),
            ),
            Rule::Misaligned { align } => (
                Code::Pf006,
                format!("`{path}` is not aligned to {align} bytes as its C type demands"),
                format!(
                    "allocate it as its own type instead of casting a byte buffer: addresses must be multiples of {align}"
                ),
            ),
            Rule::Aliased { other } => {
                let other = other.spell(desc);
                (
                    Code::Pf007,
                    format!("`{path}` is written and overlaps `{other}`"),
                    format!(
                        "give `{path}` and `{other}` memory of their own; if C allows the overlap, mark the function `#[may_alias]`"
                    ),
                )
            }
        };
        Violation {
            code,
            function: Some(function),
            parameter,
            path: Some(path),
            message: format!("`{function}`: {what}"),
            address: Some(Addr(finding.addr)),
            access: match finding.direction {
                Direction::In => Some("reads"),
                Direction::Out => Some("writes"),
                Direction::InOut => Some("reads and writes"),
                Direction::Unknown => None,
            },
            declared,
            pinned_at: block.as_ref().and_then(|block| tables::first_site(block.extent.start.0)),
            pins: Vec::new(),
            notes: notes(block.as_ref()),
            block,
            called_at: Some(location),
            help,
        }
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
        let (code, verb) = match pending.kind {
            pending::Kind::Freed => (Code::Pf010, "freed"),
            pending::Kind::Reallocated => (Code::Pf011, "reallocated"),
        };
        let block = Block {
            extent: pending.block,
            freed: true,
            allocated_at: stack(pending.stacks.allocated),
            freed_at: stack(pending.stacks.freed),
        };
        let notes = notes(Some(&block));
        let base = Violation { block: Some(block), notes, ..Violation::new(code, String::new(), String::new()) };
        match pending.holder {
            Holder::Pinner(site) => Violation {
                message: format!("a block was {verb} while a pin held it"),
                pinned_at: Some(site),
                help: "unpin before the owner goes, or hand the owner itself to the pinner".into(),
                ..base
            },
            Holder::Call(call) => {
                let path = call.path.spell(call.desc);
                let function = call.desc.name;
                Violation {
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
        symbols::describe(&sites::frames(id))
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
