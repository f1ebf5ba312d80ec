//! The handler behind guard pages: says which call lent the memory that C has touched.
//!
//! Everything here runs in a signal handler: no memory is asked for, no lock taken.

use super::guard;
use crate::mode::{self, OnViolation};
use crate::path::Path;
use crate::pin::stored::Lent;
use crate::sys::signals::{self, Access, Fault};
use core::fmt::Write as _;
use std::sync::Once;

/// Installs the handler, in front of whatever is there, and gives this thread room for it.
pub(super) fn install() {
    signals::make_room();
    static DONE: Once = Once::new();
    DONE.call_once(|| {
        // What the handler needs of the environment is asked for now.
        let _ = mode::on_violation();
        signals::install(handle);
    });
}

/// Whether the fault is one of ours and the program may go on.
fn handle(fault: &Fault) -> signals::Next {
    let Some(found) = guard::find(fault.addr) else { return signals::Next::PassOn };
    let mut text = Text::new();
    tell(&mut text, fault, &found);
    text.flush();
    if mode::on_violation() == OnViolation::Log && guard::open(fault.addr) {
        return signals::Next::GoOn;
    }
    signals::Next::Die
}

fn tell(text: &mut Text, fault: &Fault, found: &guard::Found) {
    let Lent { desc, path, location } = found.lent;
    let verb = match fault.access {
        Access::Read => "read",
        Access::Write => "wrote",
        Access::Unknown => "touched",
    };
    let end = found.start + found.bytes;
    let (code, rule) = match (found.is_revoked, fault.access) {
        (true, _) => ("PF044", "accessed-after-return"),
        (false, Access::Read) => ("PF003", "length-out-of-bounds"),
        (false, Access::Write | Access::Unknown) => ("PF022", "written-past-end"),
    };
    let name = desc.name;
    // Writing to a `Text` cannot fail.
    let _ = write!(text, "error[{code}]: `{name}`: C {verb} ");
    let spelt = Spelt { desc, path };
    let _ = if found.is_revoked {
        write!(text, "the memory of `{spelt}`, which it was lent for the call only")
    } else if fault.addr >= end {
        write!(text, "{} bytes behind the end of `{spelt}`", fault.addr - end)
    } else {
        write!(text, "{} bytes in front of `{spelt}`", found.start.saturating_sub(fault.addr))
    };
    let bytes = found.bytes;
    let _ = write!(text, "\n  --> {location}\n   = rule: {rule}\n   = argument: `{spelt}`, {bytes} bytes");
    if found.is_revoked && (found.start..end).contains(&fault.addr) {
        let _ = write!(text, ", touched at offset {}", fault.addr - found.start);
    }
    if let Some((file, offset)) = signals::file_of(fault.code) {
        let file = core::str::from_utf8(file.to_bytes()).unwrap_or("?");
        let _ = write!(text, "\n   = touched by: code at {file}+{offset:#x}");
    }
    let help = if found.is_revoked {
        "if C may keep the pointer, say so in the contract, `#[retained(…)]`, and keep the owner alive that long"
    } else {
        "give C the length that the memory really has, or make the memory as long as C expects"
    };
    let _ = writeln!(text, "\n   = called at: {location}\n   = help: {help}");
}

/// A path, spelt without asking for memory.
struct Spelt {
    desc: &'static crate::desc::FnDesc,
    path: Path,
}

impl core::fmt::Display for Spelt {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        // Only parameters themselves are lent.
        f.write_str(self.desc.params.get(self.path.param_index()).map_or("?", |param| param.name))
    }
}

/// Text on its way to standard error. A handler's stack has 8 KiB, of which the kernel takes a good part: few bytes at a time.
struct Text {
    bytes: [u8; 256],
    filled: usize,
}

impl Text {
    fn new() -> Self {
        Self { bytes: [0; 256], filled: 0 }
    }

    fn flush(&mut self) {
        signals::write_error(&self.bytes[..self.filled]);
        self.filled = 0;
    }
}

impl core::fmt::Write for Text {
    fn write_str(&mut self, more: &str) -> core::fmt::Result {
        for byte in more.bytes() {
            if self.filled == self.bytes.len() {
                self.flush();
            }
            self.bytes[self.filled] = byte;
            self.filled += 1;
        }
        Ok(())
    }
}
