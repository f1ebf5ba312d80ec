//! Pins and calls under way as a profile in pprof's format: which places hold how much memory in place.

use crate::mode;
use crate::pin::profile::{self, SiteUse};
use crate::pin::under_way::{self, CallUnderWay};
use core::panic::Location as Place;
use prost::Message;
use std::collections::BTreeMap;
use std::io::Write as _;
use std::time::{SystemTime, UNIX_EPOCH};

/// What is pinned and which calls are under way at this moment, as a profile that pprof's viewers open: a message of
/// `profile.proto`, compressed with gzip.
///
/// | sample type | unit | of pins made by hand, by place | of calls under way, by C function and place |
/// |---|---|---|---|
/// | `pins` | count | how many | blocks that the call holds |
/// | `bytes` | bytes | of the blocks; a block counts once for each place | of these blocks |
/// | `calls` | count | 0 | how many |
/// | `age` | nanoseconds | 0 | how long they have been under way, see [`calls`](crate::calls()) |
///
/// At level full a place has the stack that pinned there. At the other levels, and for calls, it is one frame, which is called by
/// its file and line. Calls have the labels `thread` and `thread_id`.
///
/// Takes time where stacks are resolved (by the program `addr2line`). In unchecked builds the profile is empty.
///
/// ```
/// let mut pinner = pinned_ffi::Pinner::new();
/// pinner.pin(vec![0_u8; 1 << 20]);
/// let path = std::env::temp_dir().join("pins.pb.gz");
/// std::fs::write(&path, pinned_ffi::pprof())?;
/// // go tool pprof -top -sample_index=bytes pins.pb.gz
/// # std::fs::remove_file(path)?;
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn pprof() -> Vec<u8> {
    let mut builder = Builder::new();
    for site in profile::by_site(true) {
        builder.pins(&site);
    }
    for call in under_way::calls() {
        builder.call(&call);
    }
    compressed(&builder.finish().encode_to_vec())
}

fn compressed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).and_then(|()| encoder.finish()).expect("writing to memory does not fail")
}

/// A profile being built: each text, function and place once.
struct Builder {
    profile: Profile,
    texts: BTreeMap<String, i64>,
    places: BTreeMap<(String, String, i64), u64>,
}

impl Builder {
    fn new() -> Self {
        let mut new = Self { profile: Profile::default(), texts: BTreeMap::new(), places: BTreeMap::new() };
        // The first text is empty, by definition.
        new.text("");
        for (kind, unit) in [("pins", "count"), ("bytes", "bytes"), ("calls", "count"), ("age", "nanoseconds")] {
            let kind = new.value_type(kind, unit);
            new.profile.sample_type.push(kind);
        }
        new.profile.period_type = Some(new.value_type("pins", "count"));
        new.profile.period = 1;
        new.profile.default_sample_type = new.text("pins");
        let program = mode::program().unwrap_or_default();
        let filename = new.text(&program.display().to_string());
        // Names and lines are here already: no viewer need look into the file.
        new.profile.mapping.push(Mapping { id: 1, filename, has_functions: true, has_line_numbers: true });
        new
    }

    fn pins(&mut self, site: &SiteUse) {
        let location_id = self.stack(site.stack, site.site);
        let value = [site.pins, site.bytes, 0, 0].map(number).to_vec();
        self.profile.sample.push(Sample { location_id, value, label: Vec::new() });
    }

    fn call(&mut self, call: &CallUnderWay) {
        let function = self.place(call.function, "", 0);
        let location_id = vec![function, self.site(call.called_at)];
        let age = i64::try_from(call.age.as_nanos()).unwrap_or(i64::MAX);
        let value = vec![number(call.pins), number(call.bytes), 1, age];
        let name = Label { key: self.text("thread"), str: self.text(&call.thread_name), num: 0 };
        let id = Label { key: self.text("thread_id"), str: 0, num: i64::from(call.thread) };
        self.profile.sample.push(Sample { location_id, value, label: vec![name, id] });
    }

    /// The frames of a stack, innermost first; where none was kept, its site alone.
    fn stack(&mut self, stack: u32, site: &'static Place<'static>) -> Vec<u64> {
        #[cfg(any(debug_assertions, feature = "checked"))]
        {
            let frames = super::symbols::own_frames(&crate::alloc::sites::frames(stack));
            if !frames.is_empty() {
                return frames.iter().map(|frame| self.frame(&frame.name, &frame.at)).collect();
            }
        }
        let _ = stack;
        vec![self.site(site)]
    }

    /// A place as Rust tells it, called by its file and line: no name is known.
    fn site(&mut self, site: &Place<'_>) -> u64 {
        self.place(&format!("{}:{}", site.file(), site.line()), site.file(), i64::from(site.line()))
    }

    #[cfg(any(debug_assertions, feature = "checked"))]
    fn frame(&mut self, name: &str, at: &str) -> u64 {
        let (file, line) = match at.rsplit_once(':').map(|(file, line)| (file, line.parse())) {
            Some((file, Ok(line))) if !file.starts_with("??") => (file, line),
            _ => ("", 0),
        };
        self.place(if name.is_empty() { at } else { name }, file, line)
    }

    fn place(&mut self, name: &str, file: &str, line: i64) -> u64 {
        let key = (name.to_owned(), file.to_owned(), line);
        if let Some(id) = self.places.get(&key) {
            return *id;
        }
        let id = self.places.len() as u64 + 1;
        self.places.insert(key, id);
        let (name, filename) = (self.text(name), self.text(file));
        // A function per place: viewers put together what has one name.
        self.profile.function.push(Function { id, name, system_name: name, filename });
        let line = vec![Line { function_id: id, line }];
        self.profile.location.push(Location { id, mapping_id: 1, line });
        id
    }

    fn value_type(&mut self, kind: &str, unit: &str) -> ValueType {
        ValueType { kind: self.text(kind), unit: self.text(unit) }
    }

    /// The number of a text.
    fn text(&mut self, text: &str) -> i64 {
        if let Some(index) = self.texts.get(text) {
            return *index;
        }
        let index = self.profile.string_table.len() as i64;
        self.profile.string_table.push(text.to_owned());
        self.texts.insert(text.to_owned(), index);
        index
    }

    fn finish(mut self) -> Profile {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        self.profile.time_nanos = i64::try_from(now.as_nanos()).unwrap_or(i64::MAX);
        self.profile
    }
}

fn number(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

// The messages of profile.proto (github.com/google/pprof, proto/profile.proto), as far as they are used.

#[derive(Clone, PartialEq, Message)]
struct Profile {
    #[prost(message, repeated, tag = "1")]
    sample_type: Vec<ValueType>,
    #[prost(message, repeated, tag = "2")]
    sample: Vec<Sample>,
    #[prost(message, repeated, tag = "3")]
    mapping: Vec<Mapping>,
    #[prost(message, repeated, tag = "4")]
    location: Vec<Location>,
    #[prost(message, repeated, tag = "5")]
    function: Vec<Function>,
    #[prost(string, repeated, tag = "6")]
    string_table: Vec<String>,
    #[prost(int64, tag = "9")]
    time_nanos: i64,
    #[prost(message, optional, tag = "11")]
    period_type: Option<ValueType>,
    #[prost(int64, tag = "12")]
    period: i64,
    #[prost(int64, tag = "14")]
    default_sample_type: i64,
}

#[derive(Clone, PartialEq, Message)]
struct ValueType {
    #[prost(int64, tag = "1")]
    kind: i64,
    #[prost(int64, tag = "2")]
    unit: i64,
}

#[derive(Clone, PartialEq, Message)]
struct Sample {
    #[prost(uint64, repeated, tag = "1")]
    location_id: Vec<u64>,
    #[prost(int64, repeated, tag = "2")]
    value: Vec<i64>,
    #[prost(message, repeated, tag = "3")]
    label: Vec<Label>,
}

#[derive(Clone, PartialEq, Message)]
struct Label {
    #[prost(int64, tag = "1")]
    key: i64,
    #[prost(int64, tag = "2")]
    str: i64,
    #[prost(int64, tag = "3")]
    num: i64,
}

#[derive(Clone, PartialEq, Message)]
struct Mapping {
    #[prost(uint64, tag = "1")]
    id: u64,
    #[prost(int64, tag = "5")]
    filename: i64,
    #[prost(bool, tag = "7")]
    has_functions: bool,
    #[prost(bool, tag = "9")]
    has_line_numbers: bool,
}

#[derive(Clone, PartialEq, Message)]
struct Location {
    #[prost(uint64, tag = "1")]
    id: u64,
    #[prost(uint64, tag = "2")]
    mapping_id: u64,
    #[prost(message, repeated, tag = "4")]
    line: Vec<Line>,
}

#[derive(Clone, PartialEq, Message)]
struct Line {
    #[prost(uint64, tag = "1")]
    function_id: u64,
    #[prost(int64, tag = "2")]
    line: i64,
}

#[derive(Clone, PartialEq, Message)]
struct Function {
    #[prost(uint64, tag = "1")]
    id: u64,
    #[prost(int64, tag = "2")]
    name: i64,
    #[prost(int64, tag = "3")]
    system_name: i64,
    #[prost(int64, tag = "4")]
    filename: i64,
}
