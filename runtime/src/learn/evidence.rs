//! What is counted of one function: of each pointer, of the numbers that may be its length, and of the result.

use super::memory::{After, Change, Memory, Text};
use crate::desc::FnDesc;
use crate::sys::modules;
use crate::watch::kept::Stored;
use crate::word::Word;

/// A few different values, as many as say that it is not always the same one.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Distinct {
    few: [u64; 8],
    count: usize,
}

impl Distinct {
    pub(super) fn add(&mut self, value: u64) {
        if self.count < self.few.len() && !self.values().contains(&value) {
            self.few[self.count] = value;
            self.count += 1;
        }
    }

    pub(super) fn values(&self) -> &[u64] {
        &self.few[..self.count]
    }
}

/// How far a search for kept pointers reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    Statics,
    WithHeap,
}

/// One argument's memory, before and after a call.
pub(super) struct Outcome {
    pub(super) memory: Memory,
    pub(super) after: After,
    /// Where a pointer into it was left; `None` where nobody looked.
    pub(super) stored: Option<Stored>,
    pub(super) reach: Reach,
}

/// A number that may say how much memory there is, or how much was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Source {
    /// A parameter's value.
    Value(usize),
    /// What a parameter points to, before the call.
    Before(usize),
    /// What it points to afterwards.
    After(usize),
    /// The result.
    Result,
}

/// How a number fits an argument's memory, if it counts elements.
#[derive(Debug)]
pub(super) struct Length {
    pub(super) source: Source,
    /// Counts bytes, although elements are larger.
    pub(super) in_bytes: bool,
    pub(super) calls: u64,
    /// Exactly the memory that there is.
    pub(super) exact: u64,
    /// More than that.
    pub(super) over: u64,
    /// Exactly what was written.
    pub(super) tight: u64,
    /// Less than that.
    pub(super) short: u64,
    /// Exactly the characters of a text, or one more.
    pub(super) as_text: u64,
    /// Values that were exact or tight.
    pub(super) values: Distinct,
}

/// What is counted of a parameter that is a pointer.
#[derive(Debug, Default)]
pub(super) struct Pointer {
    pub(super) size: usize,
    pub(super) calls: u64,
    pub(super) null: u64,
    /// It was seen for sure whether C wrote.
    pub(super) compared: u64,
    pub(super) changed: u64,
    /// All that C changed had never been written before.
    pub(super) blank: u64,
    /// The memory is exactly one element.
    pub(super) one_block: u64,
    /// C wrote, and no more than the first element, though more could be seen.
    pub(super) first_only: u64,
    pub(super) beyond_first: u64,
    pub(super) texts: u64,
    pub(super) no_texts: u64,
    pub(super) searched: u64,
    pub(super) searched_heap: u64,
    pub(super) kept_static: u64,
    pub(super) kept_heap: u64,
    pub(super) contents: Distinct,
    pub(super) written: Distinct,
    pub(super) lengths: Vec<Length>,
    pub(super) fills: Vec<Length>,
    /// The pointers that C stored there.
    pub(super) stored: Given,
}

/// What is counted of a result.
#[derive(Debug, Default)]
pub(super) struct Given {
    pub(super) calls: u64,
    pub(super) null: u64,
    /// In the memory of that parameter.
    pub(super) into: Vec<u64>,
    pub(super) constant: u64,
    pub(super) in_static: u64,
    /// The start of a block of C's that was not known before.
    pub(super) block: u64,
    pub(super) elsewhere: u64,
    /// It came once more, and had not been seen to be released.
    pub(super) again: u64,
    pub(super) values: Distinct,
    /// Gone after a call that got it: the function, its parameter, how often.
    pub(super) freed: Vec<(&'static str, &'static str, u64)>,
    /// The last that got it before it came again.
    pub(super) last: Vec<(&'static str, &'static str, u64)>,
}

/// What is counted of one function.
#[derive(Debug)]
pub(super) struct Evidence {
    desc: &'static FnDesc,
    /// Searches that were thought of, since the program began.
    asked: core::cell::Cell<u32>,
    pub(super) calls: u64,
    pub(super) params: Vec<Option<Pointer>>,
    pub(super) given: Given,
}

impl Evidence {
    pub(super) fn new(desc: &'static FnDesc) -> Self {
        let pointer = |param: &crate::desc::ParamDesc| {
            param.pointer.as_ref().map(|pointer| Pointer {
                size: pointer.size.max(1),
                stored: Given::of(desc),
                ..Pointer::default()
            })
        };
        Self {
            desc,
            asked: core::cell::Cell::new(0),
            calls: 0,
            params: desc.params.iter().map(pointer).collect(),
            given: Given::of(desc),
        }
    }

    /// What is counted of the pointers that C gave as the result, or stored behind that parameter.
    pub(super) fn given_as(&mut self, param: Option<usize>) -> Option<&mut Given> {
        match param {
            None => Some(&mut self.given),
            Some(index) => self.params.get_mut(index)?.as_mut().map(|pointer| &mut pointer.stored),
        }
    }

    pub(super) fn desc(&self) -> &'static FnDesc {
        self.desc
    }

    pub(super) fn is_of(&self, desc: &FnDesc) -> bool {
        let names = |desc: &FnDesc| desc.params.iter().map(|param| param.name).collect::<Vec<_>>();
        core::ptr::eq(self.desc, desc) || names(self.desc) == names(desc)
    }

    pub(super) fn is_new(&self) -> bool {
        let is_new = |given: &Given| given.again > 0 || !given.freed.is_empty();
        self.calls > 0 || is_new(&self.given) || self.params.iter().flatten().any(|pointer| is_new(&pointer.stored))
    }

    /// After it was written.
    pub(super) fn begin_anew(&mut self) {
        let asked = self.asked.get();
        *self = Self::new(self.desc);
        self.asked.set(asked);
    }

    /// The number of another call at which a search may take place.
    pub(super) fn searches_asked(&self) -> u32 {
        let asked = self.asked.get();
        self.asked.set(asked.wrapping_add(1));
        asked.wrapping_add(1)
    }

    pub(super) fn add(&mut self, words: &[Word], outcomes: &[Outcome], result: Option<Word>) {
        self.calls += 1;
        for (index, pointer) in self.params.iter_mut().enumerate() {
            let Some(pointer) = pointer else { continue };
            pointer.calls += 1;
            match outcomes.iter().find(|outcome| outcome.memory.index() == index) {
                None => pointer.null += 1,
                Some(outcome) => {
                    pointer.add(outcome, &numbers(self.desc, words, outcomes, result));
                    if let Some(stored) = outcome.after.stored {
                        pointer.stored.add(stored, outcomes);
                    }
                }
            }
        }
        if let Some(result) = result {
            self.given.add(result.addr(), outcomes);
        }
    }
}

/// All numbers of a call that may be a length.
fn numbers(desc: &FnDesc, words: &[Word], outcomes: &[Outcome], result: Option<Word>) -> Vec<(Source, i128)> {
    let values = desc.params.iter().zip(words).enumerate().filter(|(_, (param, _))| param.pointer.is_none());
    let mut all: Vec<(Source, i128)> = values.map(|(index, (_, word))| (Source::Value(index), word.number())).collect();
    for Outcome { memory, after, .. } in outcomes {
        all.extend(memory.number().map(|number| (Source::Before(memory.index()), i128::from(number))));
        all.extend(after.number.map(|number| (Source::After(memory.index()), i128::from(number))));
    }
    all.extend(result.map(|result| (Source::Result, result.number())));
    all
}

impl Pointer {
    fn add(&mut self, outcome: &Outcome, numbers: &[(Source, i128)]) {
        let Outcome { memory, after, stored, reach } = outcome;
        self.contents.add(memory.digest());
        let text = memory.text();
        self.texts += u64::from(matches!(text, Text::Of(_)));
        self.no_texts += u64::from(text == Text::No);
        self.one_block += u64::from(memory.room() == Some(self.size));
        match after.change {
            Change::Unknown => {}
            Change::None => self.compared += 1,
            Change::Written { end, is_whole, was_blank } => {
                self.compared += 1;
                self.changed += 1;
                self.blank += u64::from(was_blank);
                self.written.add(after.digest);
                self.beyond_first += u64::from(end > self.size);
                let could_be_more = !is_whole || memory.room().is_some_and(|room| room > self.size);
                self.first_only += u64::from(end <= self.size && could_be_more);
            }
        }
        if let Some(stored) = stored {
            self.searched += 1;
            self.searched_heap += u64::from(*reach == Reach::WithHeap);
            self.kept_static += u64::from(*stored == Stored::InStatics);
            self.kept_heap += u64::from(*stored == Stored::OnHeap);
        }
        for (source, value) in numbers {
            let own = matches!(source, Source::Before(index) | Source::After(index) if *index == memory.index());
            let is_afterwards = matches!(source, Source::After(_) | Source::Result);
            if own {
                continue;
            }
            for in_bytes in [false, true] {
                if in_bytes && self.size == 1 {
                    continue;
                }
                let list = if is_afterwards { &mut self.fills } else { &mut self.lengths };
                let at = list.iter().position(|length| (length.source, length.in_bytes) == (*source, in_bytes));
                let at = at.unwrap_or_else(|| {
                    list.push(Length::new(*source, in_bytes));
                    list.len() - 1
                });
                let unit = if in_bytes { 1 } else { self.size };
                list[at].add(*value, unit, memory, after.change, text);
            }
        }
    }
}

impl Length {
    fn new(source: Source, in_bytes: bool) -> Self {
        let values = Distinct::default();
        Self { source, in_bytes, calls: 0, exact: 0, over: 0, tight: 0, short: 0, as_text: 0, values }
    }

    fn add(&mut self, value: i128, unit: usize, memory: &Memory, change: Change, text: Text) {
        // C takes a negative length for a sentinel or an error.
        let Ok(count) = u64::try_from(value) else { return };
        self.calls += 1;
        let bytes = u128::from(count) * unit as u128;
        let (exact, tight) = (self.exact, self.tight);
        if let Some(room) = memory.room() {
            self.exact += u64::from(bytes == room as u128);
            self.over += u64::from(bytes > room as u128);
        }
        if let Change::Written { end, is_whole, .. } = change
            && (is_whole || end as u128 > bytes)
        {
            self.tight += u64::from(bytes == end as u128);
            self.short += u64::from(bytes < end as u128);
        }
        if let Text::Of(length) = text {
            self.as_text += u64::from(count == length as u64 || count == length as u64 + 1);
        }
        if (exact, tight) != (self.exact, self.tight) {
            self.values.add(count);
        }
    }
}

impl Given {
    fn of(desc: &FnDesc) -> Self {
        Self { into: vec![0; desc.params.len()], ..Self::default() }
    }

    fn add(&mut self, addr: usize, outcomes: &[Outcome]) {
        self.calls += 1;
        if addr == 0 {
            self.null += 1;
            return;
        }
        self.values.add(addr as u64);
        for Outcome { memory, .. } in outcomes.iter().filter(|outcome| outcome.memory.holds(addr)) {
            self.into[memory.index()] += 1;
        }
    }

    /// Where a result lies that is in no argument.
    pub(super) fn place(&mut self, addr: usize, is_new_block: bool) {
        if is_new_block {
            self.block += 1;
        } else if modules::is_constant(addr, 1) {
            self.constant += 1;
        } else if modules::writable().iter().any(|segment| (segment.start..segment.end).contains(&addr)) {
            self.in_static += 1;
        } else {
            self.elsewhere += 1;
        }
    }

    /// Counts one more of a function's parameter.
    pub(super) fn count(
        list: &mut Vec<(&'static str, &'static str, u64)>,
        function: &'static str,
        parameter: &'static str,
    ) {
        match list.iter_mut().find(|(of, param, _)| (*of, *param) == (function, parameter)) {
            Some((.., count)) => *count += 1,
            None => list.push((function, parameter, 1)),
        }
    }
}
