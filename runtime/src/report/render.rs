//! A violation as text for people, in the manner of rustc, and as one line of JSON.

use super::violation::{Block, PinAt, Violation};
use core::fmt::Write as _;

/// Frames of a stack that a report shows.
const FRAMES: usize = 4;
/// Pins that a report for people shows.
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
    if let Some(more) = violation.pins.len().checked_sub(PINS).filter(|more| *more > 0) {
        entry(&mut out, &format!("note: {more} more pins; PINNED_FFI_REPORT lists all"));
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

fn count(number: usize, unit: &str) -> String {
    if number == 1 { format!("1 {unit}") } else { format!("{number} {unit}s") }
}

/// The report for machines: one object, `"schema":1`, without a line break.
pub fn json(violation: &Violation) -> String {
    let mut object = Object::new();
    object.number("schema", 1);
    object.string("code", violation.code.as_str());
    object.string("rule", violation.code.rule());
    object.optional("function", violation.function);
    object.optional("parameter", violation.parameter);
    object.optional("path", violation.path.as_deref());
    object.string("message", &violation.message);
    object.optional("address", violation.address.map(|address| address.to_string()).as_deref());
    object.optional("access", violation.access);
    match violation.declared {
        Some(bytes) => object.number("declared_bytes", bytes),
        None => object.raw("declared_bytes", "null"),
    }
    match &violation.block {
        Some(block) => object.raw("block", &block_json(block)),
        None => object.raw("block", "null"),
    }
    object.optional("pinned_at", violation.pinned_at.map(|at| at.to_string()).as_deref());
    let pins: Vec<String> = violation.pins.iter().map(pin_json).collect();
    object.raw("pins", &format!("[{}]", pins.join(",")));
    object.strings("broken_at", &violation.broken_at);
    object.optional("called_at", violation.called_at.map(|at| at.to_string()).as_deref());
    object.string("help", &violation.help);
    object.strings("notes", &violation.notes);
    object.finish()
}

fn block_json(block: &Block) -> String {
    let mut object = Object::new();
    object.string("start", &block.extent.start.to_string());
    object.number("bytes", block.extent.bytes);
    object.raw("freed", if block.freed { "true" } else { "false" });
    object.strings("allocated_at", &block.allocated_at);
    object.strings("freed_at", &block.freed_at);
    object.finish()
}

fn pin_json(pin: &PinAt) -> String {
    let mut object = Object::new();
    object.string("pinned_at", &pin.site.to_string());
    object.strings("stack", &pin.stack);
    object.raw("block", &block_json(&pin.block));
    object.finish()
}

/// A JSON object being written; keys are our own and need no escapes.
struct Object(String);

impl Object {
    fn new() -> Self {
        Self(String::from("{"))
    }

    fn raw(&mut self, key: &str, value: &str) {
        let comma = if self.0.len() > 1 { "," } else { "" };
        let _ = write!(self.0, "{comma}\"{key}\":{value}");
    }

    fn number(&mut self, key: &str, value: usize) {
        self.raw(key, &value.to_string());
    }

    fn string(&mut self, key: &str, value: &str) {
        self.raw(key, &quote(value));
    }

    fn optional(&mut self, key: &str, value: Option<&str>) {
        match value {
            Some(value) => self.string(key, value),
            None => self.raw(key, "null"),
        }
    }

    fn strings(&mut self, key: &str, values: &[String]) {
        let list: Vec<String> = values.iter().map(|value| quote(value)).collect();
        self.raw(key, &format!("[{}]", list.join(",")));
    }

    fn finish(mut self) -> String {
        self.0.push('}');
        self.0
    }
}

/// A JSON string with the escapes of RFC 8259, section 7.
fn quote(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            control if control < ' ' => {
                let _ = write!(out, "\\u{:04x}", control as u32);
            }
            other => out.push(other),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::addr::{Addr, Extent};
    use crate::report::Code;

    fn sample() -> Violation {
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
    fn pins_are_told_one_by_one_up_to_some() {
        let site = core::panic::Location::caller();
        let block = sample().block.expect("it has one");
        let pin = PinAt { site, block, stack: vec!["src/p.rs:1 in p".into()] };
        let all = Violation { block: None, pins: vec![pin; 10], ..sample() };
        let text = text(&all);
        let one = format!(
            "\n   = pinned at: {site}, 80 bytes at 0x1000\n   = pinned by: src/p.rs:1 in p\n   = allocated at: src/a.rs:1:2 in a"
        );
        assert_eq!(text.matches(&one).count(), 8, "{text}");
        assert!(text.contains("\n   = note: 2 more pins; PINNED_FFI_REPORT lists all"), "{text}");
        assert_eq!(json(&all).matches("\"pinned_at\":\"runtime").count(), 10);
    }

    #[test]
    fn json_is_one_escaped_line() {
        let line = json(&sample());
        assert!(!line.contains('\n'));
        assert!(
            line.starts_with("{\"schema\":1,\"code\":\"PF002\",\"rule\":\"dangling-argument\",\"function\":\"readv\"")
        );
        assert!(line.contains(r#""freed_at":["src/b \"q\".rs:5:6 in b"]"#), "{line}");
        assert!(line.ends_with("\"notes\":[\"a note\"]}"), "{line}");
        assert_eq!(quote("a\u{1}\\\n"), "\"a\\u0001\\\\\\n\"");
    }
}
