//! What the rules ask when a call has returned, at any level: what C says of what it did.

use super::const_modified::Before;
use super::eval::{self, Bytes, Scope};
use super::memory::{self, Place};
use super::quick::Input;
use super::values::Held;
use super::{Finding, count, moved, result};
use crate::desc::{Direction, ExtentDesc, FnDesc};
use crate::path::Path;
use crate::word::Word;
use core::cell::{Cell, UnsafeCell};
use core::ptr::NonNull;

/// A function with more parameters is not looked at afterwards.
const MOST: usize = 8;

/// The arguments of a call whose contract speaks of the time after it.
#[derive(Debug)]
pub(crate) struct After {
    desc: Option<&'static FnDesc>,
    has_before: bool,
    before: Before,
    // Of these so many: all, where a rule asks for them.
    count: usize,
    words: [Word; MOST],
    held: Held,
}

/// Calls within calls of one thread for which there is a place.
const PLACES: usize = 8;

/// A place, and the number of the call that it was filled for.
pub(crate) struct NearCall {
    number: u64,
    after: After,
}

thread_local! {
    // One for each depth of calls: what was begun deeper and never ended, for C jumped over it, is written over.
    static NEAR: UnsafeCell<[NearCall; PLACES]> =
        const { UnsafeCell::new([const { NearCall { number: 0, after: After::NONE } }; PLACES]) };
    static NUMBERS: Cell<u64> = const { Cell::new(0) };
}

/// Where what is asked after a call is kept, for a call is moved, and this is large.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NearPlace(NonNull<NearCall>);

impl NearPlace {
    /// This thread's place for a call of this depth. `None` where calls nest too deep, and late in a thread's life.
    #[inline]
    pub(crate) fn at(depth: usize) -> Option<Self> {
        if depth >= PLACES {
            return None;
        }
        let first = NEAR.try_with(|near| near.get().cast::<NearCall>()).ok()?;
        NonNull::new(first.wrapping_add(depth)).map(Self)
    }

    /// Keeps it there.
    #[inline]
    pub(crate) fn keep(self, after: After) -> Near {
        self.fill(|place| *place = after)
    }

    /// Keeps there what is asked of a call that passed quickly.
    #[inline]
    pub(crate) fn keep_passed(self, desc: &'static FnDesc, words: &[Word], input: Option<Input>) -> Near {
        self.fill(|place| {
            place.ask(desc, words, input.is_some());
            if let Some(input) = input {
                place.before.look(input);
            }
        })
    }

    #[inline]
    fn fill(mut self, fill: impl FnOnce(&mut After)) -> Near {
        let number = NUMBERS.replace(NUMBERS.get() + 1);
        // SAFETY: within this thread's places, which nobody borrows now: a look at one ends before another call begins.
        let near = unsafe { self.0.as_mut() };
        near.number = number;
        fill(&mut near.after);
        Near { place: self.0, number }
    }
}

/// What is kept in a place, as long as that has this number.
#[derive(Debug)]
pub(crate) struct Near {
    place: NonNull<NearCall>,
    number: u64,
}

impl Near {
    /// Whether no rule asks for more than what short input holds, and that is what it was.
    #[inline]
    pub(crate) fn is_as_before(&self) -> bool {
        self.get().is_none_or(|after| !after.is_asked() && (!after.has_before || after.before.holds()))
    }

    /// What was kept; nothing where calls did not end in the order of a stack, as under coroutines, and another has the place.
    #[inline]
    pub(crate) fn get(&self) -> Option<&After> {
        // SAFETY: memory of this thread, which a call does not leave; nobody writes there while a call is looked at.
        let near = unsafe { self.place.as_ref() };
        (near.number == self.number).then_some(&near.after)
    }
}

impl After {
    /// Nothing is asked.
    const NONE: Self = Self {
        desc: None,
        has_before: false,
        before: Before::NONE,
        count: 0,
        words: [Word::NONE; MOST],
        held: Held::NONE,
    };

    /// `None` where no rule will ask.
    #[inline]
    pub(crate) fn of(desc: &'static FnDesc, words: &[Word], before: Option<Before>) -> Option<Self> {
        Self::is_due(desc, words, before.is_some()).then(|| Self::new(desc, words, before))
    }

    /// Whether some rule will ask.
    #[inline]
    pub(crate) fn is_due(desc: &FnDesc, words: &[Word], has_before: bool) -> bool {
        (desc.looks_after || has_before) && words.len() <= MOST
    }

    fn new(desc: &'static FnDesc, words: &[Word], before: Option<Before>) -> Self {
        let mut after = Self::NONE;
        after.ask(desc, words, before.is_some());
        if let Some(before) = before {
            after.before = before;
        }
        after
    }

    /// Begins to be what is asked of another call.
    #[inline]
    fn ask(&mut self, desc: &'static FnDesc, words: &[Word], has_before: bool) {
        (self.desc, self.has_before, self.count) = (Some(desc), has_before, 0);
        if desc.looks_after {
            self.count = words.len().min(MOST);
            self.words[..self.count].copy_from_slice(&words[..self.count]);
            if desc.writes_values {
                self.held = Held::of(desc, words);
            }
        }
    }

    /// Whether a rule asks for more than what short input holds.
    #[inline]
    fn is_asked(&self) -> bool {
        self.desc.is_some_and(|desc| desc.looks_after)
    }

    pub(crate) fn desc(&self) -> Option<&'static FnDesc> {
        self.desc
    }

    fn words(&self) -> &[Word] {
        &self.words[..self.count]
    }

    /// How many bytes C has filled behind a parameter, as it says; `None` where it failed or says nothing.
    pub(crate) fn filled(&self, index: usize, result: Option<Word>) -> Option<i128> {
        let params = self.desc?.params;
        let pointer = params.get(index)?.pointer.as_ref()?;
        let scope = Scope::Params { words: self.words(), params, result: Some(result?) };
        let filled = eval::value(pointer.filled.as_ref()?, scope)?;
        let unit = match pointer.extent {
            ExtentDesc::Count(_) | ExtentDesc::One => pointer.size,
            ExtentDesc::Bytes(_) => 1,
            ExtentDesc::Unknown | ExtentDesc::NullTerminated => return None,
        };
        // No object is longer than that: libraries put their errors there.
        let is_count = (0..=isize::MAX as i128).contains(&filled);
        is_count.then(|| filled.checked_mul(unit as i128)).flatten()
    }

    /// What is wrong with what C wrote for `bool`s and their like, where the program has it now.
    pub(crate) fn written(&self) -> Vec<Finding> {
        match self.desc {
            Some(desc) if desc.writes_values => self.held.violated(desc, self.words()),
            _ => Vec::new(),
        }
    }

    /// What is wrong now.
    pub(crate) fn end(&self, returned: Option<Word>) -> Vec<Finding> {
        let Some(desc) = self.desc else { return Vec::new() };
        let words = self.words();
        let mut findings = Vec::new();
        for (index, (param, word)) in desc.params.iter().zip(words).enumerate() {
            let Some(pointer) = &param.pointer else { continue };
            if !pointer.is_sensitive && pointer.filled.is_none() {
                continue;
            }
            let addr = word.addr();
            if pointer.is_sensitive && addr != 0 {
                moved::note(addr, pointer.size);
            }
            let scope = Scope::Params { words, params: desc.params, result: None };
            if let (Some(filled), Bytes::Known(bytes)) = (self.filled(index, returned), eval::bytes(pointer, scope))
                && let Some(rule) = count::violated(pointer, filled, bytes)
            {
                let place = memory::locate_readable(addr);
                let (path, direction) = (Path::param(index), pointer.direction);
                findings.push(Finding { rule, path, addr, bytes: Some(bytes), direction, place });
            }
        }
        findings.extend(Some(&self.before).filter(|_| self.has_before).and_then(Before::violated));
        if let Some(returned) = returned
            && let Some(rule) = result::violated(desc, words, returned)
        {
            let addr = returned.addr();
            let (path, direction, place) = (Path::RESULT, Direction::Unknown, Place::Unknown);
            findings.push(Finding { rule, path, addr, bytes: None, direction, place });
        }
        findings
    }
}
