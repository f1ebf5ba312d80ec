//! Reports as lines of JSON: the names of all fields, and how they are written without asking for memory.

use super::violation::{Block, PinAt, Violation};
use super::{Code, identity, process::Process};
use crate::addr::Addr;
use core::fmt::{self, Display, Write};
use core::panic::Location;

/// A line about a violation. What it names is borrowed, so that a signal handler can make one.
pub(crate) struct Line<'a> {
    pub(crate) id: u64,
    pub(crate) code: Code,
    pub(crate) function: Option<&'a str>,
    pub(crate) parameter: Option<&'a str>,
    pub(crate) path: Option<&'a str>,
    pub(crate) message: &'a dyn Display,
    pub(crate) address: Option<Addr>,
    pub(crate) access: Option<&'a str>,
    pub(crate) declared: Option<usize>,
    pub(crate) block: Option<&'a Block>,
    pub(crate) pinned_at: Option<&'a Location<'a>>,
    pub(crate) pins: &'a [PinAt],
    pub(crate) broken_at: &'a [String],
    pub(crate) called_at: Option<&'a Location<'a>>,
    pub(crate) help: &'a str,
    pub(crate) notes: &'a [&'a dyn Display],
    /// The report for people.
    pub(crate) rendered: &'a dyn Display,
}

/// The report for machines: one line, without its line break.
///
/// `PINNED_FFI_REPORT` names a file, to which all processes add lines, or a folder, in which each makes a file. A line is one object,
/// written at once. `schema` is 1; later versions may add fields and kinds. All kinds have `kind`, `process` (its number), `program`
/// (its file) and `folder` (that relative paths of stacks count from).
///
/// | `kind` | says | fields |
/// |---|---|---|
/// | `violation` | a bug, the first time that this process sees it | `id`, `code`, `rule`, `function`, `parameter`, `path`, `message`, `address`, `access`, `declared_bytes`, `block`, `pinned_at`, `pins`, `broken_at`, `called_at`, `help`, `notes`, and the report for people as `rendered` |
/// | `count` | how often this process has seen a bug again so far: at powers of ten, and at its end | `id` of the bug, `code`, `at`, `repeats`; without an `id`, all violations after the first 1,024 bugs |
/// | `end` | this process has ended by itself, and its counts are final; in folders only | |
/// | `process` | this process is checked; in folders only, as the first line | `level`, and `tracked`: whether it has the tracked allocator |
///
/// An `id` is the same in all processes of a build. `pinned-ffi report` makes one list of bugs of such files.
pub fn json(violation: &Violation) -> String {
    of_violation(violation, identity::of(violation), &super::text(violation))
}

pub(super) fn of_violation(violation: &Violation, id: u64, rendered: &str) -> String {
    let notes: Vec<&dyn Display> = violation.notes.iter().map(|note| note as &dyn Display).collect();
    let line = Line {
        id,
        code: violation.code,
        function: violation.function,
        parameter: violation.parameter,
        path: violation.path.as_deref(),
        message: &violation.message,
        address: violation.address,
        access: violation.access,
        declared: violation.declared,
        block: violation.block.as_ref(),
        pinned_at: violation.pinned_at,
        pins: &violation.pins,
        broken_at: &violation.broken_at,
        called_at: violation.called_at,
        help: &violation.help,
        notes: &notes,
        rendered: &rendered,
    };
    let mut out = String::new();
    // Writing to a String cannot fail, here and below.
    let _ = line.write(&mut out, Process::known());
    out
}

impl Line<'_> {
    /// Writes the line, without its line break.
    pub(crate) fn write(&self, out: &mut dyn Write, process: &Process) -> fmt::Result {
        let mut object = Object::begin(out, "violation")?;
        object.id(Some(self.id))?;
        object.text("code", &self.code)?;
        object.text("rule", &self.code.rule())?;
        object.optional("function", self.function)?;
        object.optional("parameter", self.parameter)?;
        object.optional("path", self.path)?;
        object.text("message", self.message)?;
        object.optional("address", self.address)?;
        object.optional("access", self.access)?;
        match self.declared {
            Some(bytes) => object.plain("declared_bytes", &bytes)?,
            None => object.plain("declared_bytes", &"null")?,
        }
        object.key("block")?;
        match self.block {
            Some(block) => of_block(object.out, block)?,
            None => object.out.write_str("null")?,
        }
        object.optional("pinned_at", self.pinned_at)?;
        object.list("pins", self.pins, of_pin)?;
        object.list("broken_at", self.broken_at, |out, frame| quote(out, frame))?;
        object.optional("called_at", self.called_at)?;
        object.text("help", &self.help)?;
        object.list("notes", self.notes, |out, note| quote(out, *note))?;
        object.text("rendered", self.rendered)?;
        object.process(process)?;
        object.end()
    }
}

/// A line that says how often a bug was seen again by this process so far; without an id, all that are not told apart.
pub(super) fn of_count(id: Option<u64>, code: Option<Code>, at: &str, repeats: u64) -> String {
    let mut out = String::new();
    let write = |out: &mut String| {
        let mut object = Object::begin(out, "count")?;
        object.id(id)?;
        object.optional("code", code)?;
        object.text("at", &at)?;
        object.plain("repeats", &repeats)?;
        object.process(Process::known())?;
        object.end()
    };
    let _: fmt::Result = write(&mut out);
    out
}

/// The line that a process begins a file of its own with.
pub(super) fn of_process(level: &str, is_tracked: bool) -> String {
    let mut out = String::new();
    let write = |out: &mut String| {
        let mut object = Object::begin(out, "process")?;
        object.text("level", &level)?;
        object.plain("tracked", &is_tracked)?;
        object.process(Process::known())?;
        object.end()
    };
    let _: fmt::Result = write(&mut out);
    out
}

/// The last line of such a file, where the process ends by itself.
pub(super) fn of_end() -> String {
    let mut out = String::new();
    let write = |out: &mut String| {
        let mut object = Object::begin(out, "end")?;
        object.process(Process::known())?;
        object.end()
    };
    let _: fmt::Result = write(&mut out);
    out
}

fn of_block(out: &mut dyn Write, block: &Block) -> fmt::Result {
    let mut object = Object::inner(out)?;
    object.text("start", &block.extent.start)?;
    object.plain("bytes", &block.extent.bytes)?;
    object.plain("freed", &block.freed)?;
    object.list("allocated_at", &block.allocated_at, |out, frame| quote(out, frame))?;
    object.list("freed_at", &block.freed_at, |out, frame| quote(out, frame))?;
    object.end()
}

fn of_pin(out: &mut dyn Write, pin: &PinAt) -> fmt::Result {
    let mut object = Object::inner(out)?;
    object.text("pinned_at", pin.site)?;
    object.list("stack", &pin.stack, |out, frame| quote(out, frame))?;
    object.key("block")?;
    of_block(object.out, &pin.block)?;
    object.end()
}

/// A JSON object being written; keys are our own and need no escapes.
struct Object<'o> {
    out: &'o mut dyn Write,
    is_empty: bool,
}

impl<'o> Object<'o> {
    /// A line of this kind.
    fn begin(out: &'o mut dyn Write, kind: &str) -> Result<Self, fmt::Error> {
        let mut object = Self::inner(out)?;
        object.plain("schema", &1)?;
        object.text("kind", &kind)?;
        Ok(object)
    }

    fn inner(out: &'o mut dyn Write) -> Result<Self, fmt::Error> {
        out.write_char('{')?;
        Ok(Self { out, is_empty: true })
    }

    fn key(&mut self, key: &str) -> fmt::Result {
        let comma = if self.is_empty { "" } else { "," };
        self.is_empty = false;
        write!(self.out, "{comma}\"{key}\":")
    }

    /// A number or another value that is JSON as it is printed.
    fn plain(&mut self, key: &str, value: &dyn Display) -> fmt::Result {
        self.key(key)?;
        write!(self.out, "{value}")
    }

    fn text(&mut self, key: &str, value: &dyn Display) -> fmt::Result {
        self.key(key)?;
        quote(self.out, value)
    }

    fn optional(&mut self, key: &str, value: Option<impl Display>) -> fmt::Result {
        match value {
            Some(value) => self.text(key, &value),
            None => self.plain(key, &"null"),
        }
    }

    fn list<T>(&mut self, key: &str, values: &[T], write: impl Fn(&mut dyn Write, &T) -> fmt::Result) -> fmt::Result {
        self.key(key)?;
        self.out.write_char('[')?;
        for (number, value) in values.iter().enumerate() {
            if number > 0 {
                self.out.write_char(',')?;
            }
            write(self.out, value)?;
        }
        self.out.write_char(']')
    }

    fn id(&mut self, id: Option<u64>) -> fmt::Result {
        self.optional("id", id.map(identity::Spelt))
    }

    fn process(&mut self, process: &Process) -> fmt::Result {
        self.plain("process", &std::process::id())?;
        self.text("program", &process.program)?;
        self.text("folder", &process.folder)
    }

    fn end(self) -> fmt::Result {
        self.out.write_char('}')
    }
}

/// A JSON string with the escapes of RFC 8259, section 7.
pub(crate) fn quote(out: &mut dyn Write, value: &(impl Display + ?Sized)) -> fmt::Result {
    out.write_char('"')?;
    write!(Escaped(out), "{value}")?;
    out.write_char('"')
}

struct Escaped<'o>(&'o mut dyn Write);

impl Write for Escaped<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let mut rest = text;
        while let Some(at) = rest.find(|character: char| matches!(character, '"' | '\\' | '\0'..'\u{20}')) {
            let (plain, special) = rest.split_at(at);
            self.0.write_str(plain)?;
            match special.as_bytes().first() {
                Some(b'"') => self.0.write_str("\\\"")?,
                Some(b'\\') => self.0.write_str("\\\\")?,
                Some(b'\n') => self.0.write_str("\\n")?,
                Some(b'\t') => self.0.write_str("\\t")?,
                Some(control) => write!(self.0, "\\u{control:04x}")?,
                None => {}
            }
            rest = special.get(1..).unwrap_or_default();
        }
        self.0.write_str(rest)
    }
}

#[cfg(test)]
mod tests {
    use super::super::render::tests::sample;
    use super::*;

    #[test]
    fn a_violation_is_one_escaped_line() {
        let line = json(&sample());
        assert!(!line.contains('\n'));
        let id = identity::Spelt(identity::of(&sample()));
        let start = format!(
            "{{\"schema\":1,\"kind\":\"violation\",\"id\":\"{id}\",\"code\":\"PF002\",\"rule\":\"dangling-argument\",\
             \"function\":\"readv\","
        );
        assert!(line.starts_with(&start), "{line}");
        assert!(line.contains(r#""freed_at":["src/b \"q\".rs:5:6 in b"]"#), "{line}");
        assert!(line.contains(r#""notes":["a note"],"rendered":"error[PF002]: `readv`: "#), "{line}");
        assert!(line.contains(r"freed block\n   = rule: dangling-argument\n"), "{line}");
        let process = std::process::id();
        assert!(line.contains(&format!("\"process\":{process},\"program\":\"/")) && line.ends_with("\"}"), "{line}");
        let mut out = String::new();
        quote(&mut out, "a\u{1}\\\nä\"").expect("a String takes all");
        assert_eq!(out, "\"a\\u0001\\\\\\nä\\\"\"");
    }

    #[test]
    fn all_pins_are_listed() {
        let site = Location::caller();
        let block = sample().block.expect("it has one");
        let pin = PinAt { site, block, stack: vec!["src/p.rs:1 in p".into()] };
        let all = Violation { block: None, pins: vec![pin; 10], ..sample() };
        assert_eq!(json(&all).matches("\"pinned_at\":\"runtime").count(), 10);
    }

    #[test]
    fn counts_and_processes_have_lines_of_their_own() {
        let count = of_count(Some(0xab), Some(Code::Pf002), "src/main.rs:7:5", 41);
        let start = "{\"schema\":1,\"kind\":\"count\",\"id\":\"00000000000000ab\",\"code\":\"PF002\",\
                     \"at\":\"src/main.rs:7:5\",\"repeats\":41,\"process\":";
        assert!(count.starts_with(start), "{count}");
        let others = of_count(None, None, "", 3);
        assert!(
            others.starts_with("{\"schema\":1,\"kind\":\"count\",\"id\":null,\"code\":null,\"at\":\"\",\"repeats\":3,")
        );
        let process = of_process("cheap", true);
        assert!(
            process.starts_with("{\"schema\":1,\"kind\":\"process\",\"level\":\"cheap\",\"tracked\":true,\"process\":")
        );
    }
}
