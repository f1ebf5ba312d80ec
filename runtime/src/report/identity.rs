//! Which violations are one bug: the same rule broken in the same way at the same place.

use super::{Code, Violation};
use core::fmt::{self, Display, Write};
use core::panic::Location;

/// The number of the bug, the same in every process of one build. Never 0.
///
/// Numbers in the message and in the path do not count, for they are indexes and lengths.
pub(super) fn of(violation: &Violation) -> u64 {
    let mut digest = Digest::new(violation.code, violation.function);
    digest.text(violation.path.as_deref().unwrap_or_default());
    digest.text(&violation.message);
    digest.site(violation.called_at);
    digest.site(violation.pinned_at);
    violation.pins.iter().for_each(|pin| digest.site(Some(pin.site)));
    // What hooks find has no argument that was looked at: stacks tell where it happened.
    if violation.address.is_none() {
        let block = violation.block.as_ref();
        let stacks =
            [Some(&violation.broken_at), block.map(|block| &block.freed_at), block.map(|block| &block.allocated_at)];
        for frames in stacks.into_iter().flatten() {
            digest.exact(&frames.first().map(String::as_str).unwrap_or_default());
        }
    }
    digest.finish()
}

/// The number as reports spell it.
pub(super) struct Spelt(pub(super) u64);

impl Display for Spelt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// FNV-1a over the parts of a bug: stable over builds, and it asks for no memory.
pub(crate) struct Digest {
    state: u64,
    skips_digits: bool,
}

impl Digest {
    pub(crate) fn new(code: Code, function: Option<&str>) -> Self {
        let mut digest = Self { state: 0xcbf2_9ce4_8422_2325, skips_digits: false };
        digest.exact(&code);
        digest.exact(&function.unwrap_or_default());
        digest
    }

    /// A part whose numbers do not count.
    pub(crate) fn text(&mut self, part: &(impl Display + ?Sized)) {
        self.skips_digits = true;
        self.part(part);
        self.skips_digits = false;
    }

    pub(crate) fn site(&mut self, site: Option<&Location<'_>>) {
        match site {
            Some(site) => self.exact(site),
            None => self.exact(&""),
        }
    }

    pub(crate) fn finish(self) -> u64 {
        self.state.max(1)
    }

    fn exact(&mut self, part: &dyn Display) {
        self.part(part);
    }

    fn part(&mut self, part: &(impl Display + ?Sized)) {
        // Taking bytes cannot fail.
        let _ = write!(self, "{part}");
        // No text has this byte: it keeps parts apart.
        self.byte(0xff);
    }

    fn byte(&mut self, byte: u8) {
        self.state = (self.state ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
}

impl Write for Digest {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let skips_digits = self.skips_digits;
        text.bytes().filter(|byte| !(skips_digits && byte.is_ascii_digit())).for_each(|byte| self.byte(byte));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::render::tests::sample;
    use super::*;

    #[test]
    fn indexes_lengths_and_addresses_do_not_tell_bugs_apart() {
        let other = Violation {
            path: Some("iov[7].iov_base".into()),
            message: "`readv`: `iov[7].iov_base` points into a freed block".into(),
            address: Some(crate::Addr(0x5000)),
            declared: Some(1),
            block: None,
            ..sample()
        };
        assert_eq!(of(&sample()), of(&other));
    }

    #[test]
    fn rule_function_path_message_and_place_do() {
        let here = Location::caller();
        let others = [
            Violation { code: Code::Pf003, ..sample() },
            Violation { function: Some("writev"), ..sample() },
            Violation { path: Some("iov".into()), ..sample() },
            Violation { message: "`readv`: `iov[2].iov_base` is null".into(), ..sample() },
            Violation { called_at: Some(here), ..sample() },
            Violation { pinned_at: Some(here), ..sample() },
        ];
        let mut ids: Vec<u64> = others.iter().chain([&sample()]).map(of).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), others.len() + 1);
    }

    #[test]
    fn stacks_count_where_no_argument_was_looked_at() {
        let by_hook = |frame: &str| {
            let block =
                sample().block.map(|block| super::super::Block { freed_at: vec![frame.into(), "x".into()], ..block });
            (Violation { address: None, block: block.clone(), ..sample() }, Violation { block, ..sample() })
        };
        let ((one, at_call), (two, at_call_too)) = (by_hook("a.rs:1 in a"), by_hook("a.rs:2 in a"));
        assert_ne!(of(&one), of(&two));
        assert_eq!(of(&at_call), of(&at_call_too));
    }
}
