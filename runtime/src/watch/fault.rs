//! The handler behind guard pages: says which call lent the memory that C has touched.
//!
//! Everything here runs in a signal handler: no memory is asked for, no lock taken.

use super::guard;
use crate::addr::Addr;
use crate::mode::{self, OnViolation};
use crate::pin::stored::Lent;
use crate::report::identity::Digest;
use crate::report::json::Line;
use crate::report::lines::Lines;
use crate::report::process::Process;
use crate::report::seen::{self, Where};
use crate::report::{self, Code};
use crate::sync::{SpinLock, first};
use crate::sys::ErrnoGuard;
use crate::sys::signals::{self, Access, Fault};
use core::ffi::CStr;
use core::fmt::{self, Display, Write as _};
use std::sync::OnceLock;

/// Installs the handler, in front of whatever is there, and gives this thread room for it.
pub(super) fn install() {
    signals::make_room();
    static DONE: OnceLock<()> = OnceLock::new();
    if DONE.get().is_none() {
        // What the handler needs of the environment is asked for now.
        let _ = mode::on_violation();
        report::prepare_for_handlers();
        first(&DONE, || signals::install(handle));
    }
}

/// Both forms of a report. A line has room for three of the longest paths and for the report itself, with some escapes.
struct Buffers {
    text: Text<2048>,
    line: Text<16384>,
}

// Not on the stack: that of a signal handler may have no more than a page or two.
static BUFFERS: SpinLock<Buffers> = SpinLock::new(Buffers { text: Text::new(), line: Text::new() });

/// Whether the fault is one of ours and the program may go on.
fn handle(fault: &Fault) -> signals::Next {
    let Some(found) = guard::find(fault.addr) else { return signals::Next::PassOn };
    let _errno = ErrnoGuard::new();
    BUFFERS.with_patience(|buffers| tell(buffers, &Touched { fault, found: &found }));
    if mode::on_violation() == OnViolation::Log && guard::open(fault.addr) {
        return signals::Next::GoOn;
    }
    signals::Next::Die
}

fn tell(buffers: &mut Buffers, touched: &Touched<'_>) {
    let (text, line) = (&mut buffers.text, &mut buffers.line);
    text.clear();
    line.clear();
    // Writing to a `Text` cannot fail, here and below.
    let _ = write!(text, "{touched}");
    let seen = seen::note(touched.id(), touched.code(), || Where::Site(touched.found.lent.location));
    let is_log = mode::on_violation() == OnViolation::Log;
    let mut is_gathered = false;
    if let Some(lines) = Lines::wanted_before() {
        let mut is_written = true;
        if seen.is_first() {
            let _ = touched.write_line(line, text.as_str());
            let _ = line.write_str("\n");
            // Half a line would be no JSON.
            is_written = !line.is_cut && lines.append(line.as_str().as_bytes());
        }
        is_gathered = is_written && lines.is_gathered();
    }
    let is_turn = seen.take_turn();
    if !is_log || is_turn && !is_gathered {
        signals::write_error(text.as_str().as_bytes());
    }
}

/// A touch of memory that is not C's; printed, it is the report for people.
struct Touched<'a> {
    fault: &'a Fault,
    found: &'a guard::Found,
}

impl Touched<'_> {
    fn code(&self) -> Code {
        match (self.found.is_revoked, self.fault.access) {
            (true, _) => Code::Pf044,
            (false, Access::Read) => Code::Pf003,
            (false, Access::Write | Access::Unknown) => Code::Pf022,
        }
    }

    fn id(&self) -> u64 {
        let lent = self.found.lent;
        let mut digest = Digest::new(self.code(), Some(lent.desc.name));
        digest.text(parameter(lent));
        digest.text(&Message(self));
        digest.site(Some(lent.location));
        digest.site(None);
        digest.finish()
    }

    fn help(&self) -> &'static str {
        if self.found.is_revoked {
            "if C may keep the pointer, say so in the contract, `#[retained(…)]`, and keep the owner alive that long"
        } else {
            "give C the length that the memory really has, or make the memory as long as C expects"
        }
    }

    /// How far into the memory, where it was inside.
    fn offset(&self) -> Option<AtOffset> {
        let memory = self.found.start..self.found.start + self.found.bytes;
        let is_inside = self.found.is_revoked && memory.contains(&self.fault.addr);
        is_inside.then(|| AtOffset(self.fault.addr - self.found.start))
    }

    /// The report for machines.
    fn write_line(&self, out: &mut dyn fmt::Write, rendered: &str) -> fmt::Result {
        let lent = self.found.lent;
        let (by, offset) = (ByCode::of(self.fault), self.offset());
        let both: [&dyn Display; 2];
        let one: [&dyn Display; 1];
        let notes: &[&dyn Display] = match (&by, &offset) {
            (Some(by), Some(offset)) => {
                both = [by, offset];
                &both
            }
            (Some(by), None) => {
                one = [by];
                &one
            }
            (None, Some(offset)) => {
                one = [offset];
                &one
            }
            (None, None) => &[],
        };
        let line = Line {
            id: self.id(),
            code: self.code(),
            function: Some(lent.desc.name),
            parameter: Some(parameter(lent)),
            path: Some(parameter(lent)),
            message: &Message(self),
            address: Some(Addr(self.fault.addr)),
            access: None,
            declared: Some(self.found.bytes),
            block: None,
            pinned_at: None,
            pins: &[],
            broken_at: &[],
            called_at: Some(lent.location),
            help: self.help(),
            notes,
            rendered: &rendered.trim_end(),
        };
        line.write(out, Process::known_before())
    }
}

impl Display for Touched<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lent = self.found.lent;
        let (code, location, bytes) = (self.code(), lent.location, self.found.bytes);
        write!(f, "error[{code}]: {}\n  --> {location}\n   = rule: {}", Message(self), code.rule())?;
        write!(f, "\n   = argument: `{}`, {bytes} bytes", parameter(lent))?;
        if let Some(offset) = self.offset() {
            write!(f, ", {offset}")?;
        }
        if let Some(by) = ByCode::of(self.fault) {
            write!(f, "\n   = {by}")?;
        }
        writeln!(f, "\n   = called at: {location}\n   = help: {}", self.help())
    }
}

/// Only parameters themselves are lent.
fn parameter(lent: Lent) -> &'static str {
    lent.desc.params.get(lent.path.param_index()).map_or("?", |param| param.name)
}

/// What is wrong, in one sentence.
struct Message<'a>(&'a Touched<'a>);

impl Display for Message<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Touched { fault, found } = *self.0;
        let verb = match fault.access {
            Access::Read => "read",
            Access::Write => "wrote",
            Access::Unknown => "touched",
        };
        let (end, parameter) = (found.start + found.bytes, parameter(found.lent));
        write!(f, "`{}`: C {verb} ", found.lent.desc.name)?;
        if found.is_revoked {
            write!(f, "the memory of `{parameter}`, which it was lent for the call only")
        } else if fault.addr >= end {
            write!(f, "{} bytes behind the end of `{parameter}`", fault.addr - end)
        } else {
            write!(f, "{} bytes in front of `{parameter}`", found.start.saturating_sub(fault.addr))
        }
    }
}

/// The code that touched the memory.
struct ByCode(&'static CStr, usize);

impl ByCode {
    fn of(fault: &Fault) -> Option<Self> {
        signals::file_of(fault.code).map(|(file, offset)| Self(file, offset))
    }
}

impl Display for ByCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let file = core::str::from_utf8(self.0.to_bytes()).unwrap_or("?");
        write!(f, "touched by: code at {file}+{:#x}", self.1)
    }
}

struct AtOffset(usize);

impl Display for AtOffset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "touched at offset {}", self.0)
    }
}

/// Text of bounded length.
struct Text<const ROOM: usize> {
    bytes: [u8; ROOM],
    filled: usize,
    is_cut: bool,
}

impl<const ROOM: usize> Text<ROOM> {
    const fn new() -> Self {
        Self { bytes: [0; ROOM], filled: 0, is_cut: false }
    }

    fn clear(&mut self) {
        self.filled = 0;
        self.is_cut = false;
    }

    fn as_str(&self) -> &str {
        // Only whole characters are taken in.
        self.bytes.get(..self.filled).and_then(|bytes| core::str::from_utf8(bytes).ok()).unwrap_or_default()
    }
}

impl<const ROOM: usize> fmt::Write for Text<ROOM> {
    fn write_str(&mut self, more: &str) -> fmt::Result {
        let room = if self.is_cut { 0 } else { ROOM - self.filled };
        let taken = (0..=room.min(more.len())).rev().find(|at| more.is_char_boundary(*at)).unwrap_or(0);
        self.is_cut |= taken < more.len();
        for (place, byte) in self.bytes[self.filled..].iter_mut().zip(more.bytes().take(taken)) {
            *place = byte;
        }
        self.filled += taken;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_cut_between_characters_and_says_so() {
        let mut text = Text::<5>::new();
        text.write_str("aä").expect("it takes all");
        assert!(!text.is_cut);
        text.write_str("bää").expect("it takes all");
        text.write_str("c").expect("it takes all");
        assert_eq!((text.as_str(), text.is_cut), ("aäb", true));
        text.clear();
        text.write_str("12345").expect("it takes all");
        assert_eq!((text.as_str(), text.is_cut), ("12345", false));
    }
}
