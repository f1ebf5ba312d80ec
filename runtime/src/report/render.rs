//! A violation as text for people, in the manner of rustc.

use super::violation::{PinAt, Violation};
use core::fmt::Write as _;
use core::panic::Location;
use std::collections::BTreeMap;

/// Frames of a stack that a report shows.
const FRAMES: usize = 4;
/// Pins that a report for people shows one by one; of the others it names the places.
const PINS: usize = 8;

/// The report for people. Ends without a line break.
pub fn text(violation: &Violation) -> String {
    let mut out = format!("error[{}]: {}", violation.code, violation.message);
    if let Some(at) = violation.called_at {
        out.push_str(&format!("\n  --> {at}"));
    }
    entry(&mut out, &format!("rule: {}", violation.code.rule()));
    if let Some(address) = violation.address {
        let path = violation.path.as_deref().unwrap_or("the pointer");
        let length = match (violation.declared, violation.access) {
            (Some(bytes), Some(access)) => format!(", {} that C {access}", count(bytes, "byte")),
            (Some(bytes), None) => format!(", {}", count(bytes, "byte")),
            (None, _) => String::new(),
        };
        // Every argument has a parameter; what C returned has none.
        let what = if violation.parameter.is_none() && violation.function.is_some() { "result" } else { "argument" };
        let spelt = if what == "result" { String::from(path) } else { format!("`{path}`") };
        entry(&mut out, &format!("{what}: {spelt} = {address}{length}"));
    }
    if let Some(block) = &violation.block {
        let state = if block.freed { "freed" } else { "live" };
        let offset = violation
            .address
            .and_then(|address| address.0.checked_sub(block.extent.start.0))
            .map(|offset| format!("; the pointer is at offset {offset}"))
            .unwrap_or_default();
        entry(
            &mut out,
            &format!("block: {} at {}, {state}{offset}", count(block.extent.bytes, "byte"), block.extent.start),
        );
        stack(&mut out, "allocated at", &block.allocated_at);
        stack(&mut out, "freed at", &block.freed_at);
    }
    stack(&mut out, "broken at", &violation.broken_at);
    if let Some(at) = violation.pinned_at {
        entry(&mut out, &format!("pinned at: {at}"));
    }
    for pin in violation.pins.iter().take(PINS) {
        let extent = pin.block.extent;
        entry(&mut out, &format!("pinned at: {}, {} at {}", pin.site, count(extent.bytes, "byte"), extent.start));
        stack(&mut out, "pinned by", &pin.stack);
        stack(&mut out, "allocated at", &pin.block.allocated_at);
    }
    if let Some(more) = violation.pins.get(PINS..).filter(|more| !more.is_empty()) {
        for (site, pins, bytes) in by_site(more) {
            entry(&mut out, &format!("pinned at: {site}, {} more, {}", count(pins, "pin"), count(bytes, "byte")));
        }
        entry(&mut out, &format!("note: PINNED_FFI_REPORT lists all {} pins one by one", violation.pins.len()));
    }
    if let Some(at) = violation.called_at {
        entry(&mut out, &format!("called at: {at}"));
    }
    for note in &violation.notes {
        entry(&mut out, &format!("note: {note}"));
    }
    entry(&mut out, &format!("help: {}", violation.help));
    out
}

/// Each place of these pins, with how many it made and of how many bytes, as they come.
fn by_site(pins: &[PinAt]) -> Vec<(&'static Location<'static>, usize, usize)> {
    let mut numbers = BTreeMap::new();
    let mut sites: Vec<(&'static Location<'static>, usize, usize)> = Vec::new();
    for pin in pins {
        let number = *numbers.entry(pin.site).or_insert_with(|| {
            sites.push((pin.site, 0, 0));
            sites.len() - 1
        });
        sites[number].1 += 1;
        sites[number].2 += pin.block.extent.bytes;
    }
    sites
}

fn entry(out: &mut String, text: &str) {
    // Writing to a String cannot fail.
    let _ = write!(out, "\n   = {text}");
}

fn stack(out: &mut String, what: &str, frames: &[String]) {
    for (number, frame) in frames.iter().take(FRAMES).enumerate() {
        if number == 0 {
            entry(out, &format!("{what}: {frame}"));
        } else {
            let _ = write!(out, "\n     {:>width$}  {frame}", "", width = what.len());
        }
    }
}

/// A number of something.
pub(super) fn count(number: usize, unit: &str) -> String {
    if number == 1 { format!("1 {unit}") } else { format!("{number} {unit}s") }
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::{Block, Code};
    use super::*;
    use crate::addr::{Addr, Extent};

    pub(in super::super) fn sample() -> Violation {
        Violation {
            code: Code::Pf002,
            function: Some("readv"),
            parameter: Some("iov"),
            path: Some("iov[2].iov_base".into()),
            message: "`readv`: `iov[2].iov_base` points into a freed block".into(),
            address: Some(Addr(0x1010)),
            access: Some("writes"),
            declared: Some(64),
            block: Some(Block {
                extent: Extent { start: Addr(0x1000), bytes: 80 },
                freed: true,
                allocated_at: vec!["src/a.rs:1:2 in a".into(), "src/main.rs:3:4 in main".into()],
                freed_at: vec!["src/b \"q\".rs:5:6 in b".into()],
            }),
            pinned_at: None,
            pins: Vec::new(),
            broken_at: Vec::new(),
            called_at: None,
            help: "keep the owner alive".into(),
            notes: vec!["a note".into()],
        }
    }

    #[test]
    fn text_names_everything() {
        assert_eq!(
            text(&sample()),
            "error[PF002]: `readv`: `iov[2].iov_base` points into a freed block\n   \
             = rule: dangling-argument\n   \
             = argument: `iov[2].iov_base` = 0x1010, 64 bytes that C writes\n   \
             = block: 80 bytes at 0x1000, freed; the pointer is at offset 16\n   \
             = allocated at: src/a.rs:1:2 in a\n                   src/main.rs:3:4 in main\n   \
             = freed at: src/b \"q\".rs:5:6 in b\n   \
             = note: a note\n   \
             = help: keep the owner alive"
        );
    }

    #[test]
    fn pins_are_told_one_by_one_up_to_some_and_the_places_of_all() {
        let sites = [Location::caller(), here(), here()];
        let block = sample().block.expect("it has one");
        let pin = |site| PinAt { site, block: block.clone(), stack: vec!["src/p.rs:1 in p".into()] };
        let mut pins = vec![pin(sites[0]); 10];
        pins.extend([pin(sites[1]), pin(sites[2]), pin(sites[1])]);
        let text = text(&Violation { block: None, pins, ..sample() });
        let one = format!(
            "\n   = pinned at: {}, 80 bytes at 0x1000\n   = pinned by: src/p.rs:1 in p\n   = allocated at: src/a.rs:1:2 in a",
            sites[0]
        );
        assert_eq!(text.matches(&one).count(), 8, "{text}");
        let rest = format!(
            "\n   = pinned at: {}, 2 pins more, 160 bytes\n   = pinned at: {}, 2 pins more, 160 bytes\n   \
             = pinned at: {}, 1 pin more, 80 bytes\n   = note: PINNED_FFI_REPORT lists all 13 pins one by one\n",
            sites[0], sites[1], sites[2]
        );
        assert!(text.contains(&rest), "{text}");
    }

    #[track_caller]
    fn here() -> &'static Location<'static> {
        Location::caller()
    }
}
