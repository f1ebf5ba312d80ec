//! The lines of JSON that programs write, field by field, and how two of one function are added up.

use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// A line.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) run: String,
    pub(super) evidence: Evidence,
}

/// What is wrong with a line, and where in it.
#[derive(Debug)]
pub(super) struct LineError {
    pub(super) at: usize,
    pub(super) message: String,
}

/// What every line begins with.
#[derive(Deserialize)]
struct Head {
    schema: u32,
    kind: String,
    #[serde(default)]
    run: String,
}

/// The version of the lines.
const SCHEMA: u32 = 1;

/// Reads a line.
pub(super) fn read(text: &str) -> Result<Line, LineError> {
    let error = |error: serde_json::Error| {
        // Its column counts bytes from 1, and its line is always the first.
        let whole = error.to_string();
        let message = whole.rsplit_once(" at line ").map_or(whole.as_str(), |(message, _)| message);
        LineError { at: error.column().saturating_sub(1), message: format!("no line of what was learned: {message}") }
    };
    let head: Head = serde_json::from_str(text).map_err(error)?;
    if head.kind != "learned" {
        let message = format!("a line of kind {:?}: reports are read by `pinned-ffi report`", head.kind);
        return Err(LineError { at: 0, message });
    }
    if head.schema != SCHEMA {
        let message = format!("the line is of schema {}, and this command reads schema {SCHEMA}", head.schema);
        return Err(LineError { at: 0, message });
    }
    Ok(Line { run: head.run, evidence: serde_json::from_str(text).map_err(error)? })
}

/// What was counted of a function.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
pub struct Evidence {
    /// Its name in C.
    pub function: String,
    /// How often it was called.
    pub calls: u64,
    /// Its parameters, in order.
    pub params: Vec<Param>,
    /// What it gave.
    pub result: Given,
}

/// A parameter.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
pub struct Param {
    /// Its name in the program's bindings.
    pub name: String,
    /// Of a pointer, what was counted.
    pub pointer: Option<Pointer>,
}

macro_rules! counted {
    ($(#[$doc:meta])* $name:ident { $($(#[$about:meta])* $count:ident),* $(,)? } and { $($(#[$over:meta])* $field:ident: $ty:ty),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq)]
        #[serde(default)]
        pub struct $name {
            $($(#[$about])* pub $count: u64,)*
            $($(#[$over])* pub $field: $ty,)*
        }

        impl $name {
            fn add_counts(&mut self, other: &Self) {
                // Whatever a file says, adding it up is no error.
                $(self.$count = self.$count.saturating_add(other.$count);)*
            }
        }
    };
}

counted! {
    /// What was counted of a pointer. What is called sure was in a block of Rust's, on the stack, or in a constant.
    Pointer {
        /// All calls.
        calls,
        /// It was null.
        null,
        /// It was sure whether C wrote.
        compared,
        /// C wrote.
        changed,
        /// All that C changed had never been written before.
        blank,
        /// The memory is exactly one element.
        one_block,
        /// C wrote the first element alone, though more could be seen.
        first_only,
        /// C wrote more than the first element.
        beyond_first,
        /// Text up to a zero.
        texts,
        /// No zero, or no text.
        no_texts,
        /// Pointers that C keeps were looked for.
        searched,
        /// Also on C's heap.
        searched_heap,
        /// One appeared in static memory.
        kept_static,
        /// One appeared on C's heap, and none in static memory.
        kept_heap,
    } and {
        /// The size of an element.
        size: u64,
        /// Digests of different contents.
        contents: BTreeSet<u64>,
        /// Digests of what C wrote.
        written: BTreeSet<u64>,
        /// Numbers that may be its length.
        lengths: Vec<Length>,
        /// Numbers that may say how much C wrote.
        fills: Vec<Length>,
        /// The pointers that C stored there, where each element is one.
        stored: Given,
    }
}

counted! {
    /// How a number fits a pointer's memory.
    Length {
        /// Calls in which it was no negative number.
        calls,
        /// It is exactly the memory.
        exact,
        /// It is more than the memory.
        over,
        /// It is exactly what C wrote.
        tight,
        /// C wrote more.
        short,
        /// It is the length of the text there, without its zero or with it.
        as_text,
    } and {
        /// A parameter, `*parameter` for what it points to, or `return`.
        of: String,
        /// Whether it counts bytes although elements are larger.
        in_bytes: bool,
        /// Values that were exact or tight.
        values: BTreeSet<u64>,
    }
}

counted! {
    /// What was counted of a result, or of what C stored behind a parameter.
    Given {
        /// Calls that gave one.
        calls,
        /// It was null.
        null,
        /// In memory that nobody can write.
        constant,
        /// A block of C's that nobody had been given before.
        block,
        /// In nothing that is known.
        elsewhere,
        /// It came once more, and had not been seen to be released.
        again,
    } and {
        /// In static memory that can be written.
        #[serde(rename = "static")]
        in_static: u64,
        /// Different pointers.
        values: BTreeSet<u64>,
        /// In the memory of these parameters.
        into: BTreeMap<String, u64>,
        /// Gone after a call that got it.
        freed: Vec<Handed>,
        /// Who got it last before it came once more.
        last: Vec<Handed>,
    }
}

/// A function that got a result as this parameter.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
pub struct Handed {
    /// The function.
    pub function: String,
    /// Its parameter.
    pub parameter: String,
    /// How often.
    pub count: u64,
}

impl Evidence {
    pub(super) fn has_params_of(&self, other: &Self) -> bool {
        let same =
            |(one, two): (&Param, &Param)| one.name == two.name && one.pointer.is_some() == two.pointer.is_some();
        self.params.len() == other.params.len() && self.params.iter().zip(&other.params).all(same)
    }

    pub(super) fn merge(&mut self, other: Self) {
        self.calls = self.calls.saturating_add(other.calls);
        for (param, other) in self.params.iter_mut().zip(other.params) {
            if let (Some(pointer), Some(other)) = (&mut param.pointer, other.pointer) {
                pointer.merge(other);
            }
        }
        self.result.merge(other.result);
    }

    /// The same with other names of parameters: each pair is the old one and the new.
    pub(super) fn renamed(&self, names: &[(String, String)]) -> Self {
        let new = |old: &str| {
            let (star, bare) = old.strip_prefix('*').map_or(("", old), |bare| ("*", bare));
            names
                .iter()
                .find(|(name, _)| name == bare)
                .map_or_else(|| old.to_owned(), |(_, new)| format!("{star}{new}"))
        };
        let mut renamed = self.clone();
        for (param, (_, name)) in renamed.params.iter_mut().zip(names) {
            param.name.clone_from(name);
            for length in
                param.pointer.iter_mut().flat_map(|pointer| pointer.lengths.iter_mut().chain(&mut pointer.fills))
            {
                length.of = new(&length.of);
            }
        }
        let rename = |given: &mut Given| {
            given.into = std::mem::take(&mut given.into).into_iter().map(|(name, count)| (new(&name), count)).collect();
        };
        rename(&mut renamed.result);
        renamed.params.iter_mut().filter_map(|param| param.pointer.as_mut()).for_each(|it| rename(&mut it.stored));
        renamed
    }
}

impl Pointer {
    fn merge(&mut self, other: Self) {
        self.add_counts(&other);
        self.size = self.size.max(other.size);
        self.contents.extend(other.contents);
        self.written.extend(other.written);
        add_lengths(&mut self.lengths, other.lengths);
        add_lengths(&mut self.fills, other.fills);
        self.stored.merge(other.stored);
    }
}

fn add_lengths(all: &mut Vec<Length>, others: Vec<Length>) {
    for other in others {
        match all.iter_mut().find(|length| (&length.of, length.in_bytes) == (&other.of, other.in_bytes)) {
            Some(length) => {
                length.add_counts(&other);
                length.values.extend(other.values);
            }
            None => all.push(other),
        }
    }
}

impl Given {
    fn merge(&mut self, other: Self) {
        self.add_counts(&other);
        self.in_static = self.in_static.saturating_add(other.in_static);
        self.values.extend(other.values);
        for (name, count) in other.into {
            let sum = self.into.entry(name).or_default();
            *sum = sum.saturating_add(count);
        }
        for (all, others) in [(&mut self.freed, other.freed), (&mut self.last, other.last)] {
            for other in others {
                let same =
                    |handed: &&mut Handed| (&handed.function, &handed.parameter) == (&other.function, &other.parameter);
                match all.iter_mut().find(same) {
                    Some(handed) => handed.count = handed.count.saturating_add(other.count),
                    None => all.push(other),
                }
            }
        }
    }
}
