//! What the rules ask when a call has returned, at any level: what C says of what it did.

use super::const_modified::Before;
use super::eval::{self, Bytes, Scope};
use super::memory::{self, Place};
use super::{Finding, count, moved, result};
use crate::desc::{Direction, ExtentDesc, FnDesc};
use crate::path::Path;
use crate::word::Word;
use core::cell::{Cell, UnsafeCell};
use core::mem::MaybeUninit;
use core::ptr::NonNull;

/// A function with more parameters is not looked at afterwards.
const MOST: usize = 8;

/// The arguments of a call whose contract speaks of the time after it.
#[derive(Debug)]
pub(crate) struct After {
    desc: &'static FnDesc,
    before: Option<Before>,
    // The first `count` of them are written: all, where a rule asks for them.
    count: usize,
    words: [MaybeUninit<Word>; MOST],
}

/// Calls within calls of one thread for which there is a place.
const PLACES: usize = 8;

/// A place, and the number of the call that it was filled for.
pub(crate) struct NearCall {
    number: u64,
    after: MaybeUninit<After>,
}

thread_local! {
    // One for each depth of calls: what was begun deeper and never ended, for C jumped over it, is written over.
    static NEAR: UnsafeCell<[NearCall; PLACES]> =
        const { UnsafeCell::new([const { NearCall { number: 0, after: MaybeUninit::uninit() } }; PLACES]) };
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
    pub(crate) fn keep(mut self, after: After) -> Near {
        let number = NUMBERS.replace(NUMBERS.get() + 1);
        // SAFETY: within this thread's places, which nobody borrows now: a look at one ends before another call begins.
        let near = unsafe { self.0.as_mut() };
        near.number = number;
        near.after.write(after);
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
        self.get().is_none_or(|after| !after.desc.looks_after && after.before.as_ref().is_none_or(Before::holds))
    }

    /// What was kept; nothing where calls did not end in the order of a stack, as under coroutines, and another has the place.
    #[inline]
    pub(crate) fn get(&self) -> Option<&After> {
        // SAFETY: memory of this thread, which a call does not leave; nobody writes there while a call is looked at.
        let near = unsafe { self.place.as_ref() };
        // SAFETY: `keep` has written what has this number.
        (near.number == self.number).then(|| unsafe { near.after.assume_init_ref() })
    }
}

impl After {
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

    /// What rules will ask, with no more than so many `words`.
    #[inline]
    pub(crate) fn new(desc: &'static FnDesc, words: &[Word], before: Option<Before>) -> Self {
        let mut kept = [const { MaybeUninit::uninit() }; MOST];
        let count = if desc.looks_after { words.len().min(MOST) } else { 0 };
        kept.iter_mut().zip(&words[..count]).for_each(|(place, word)| _ = place.write(*word));
        Self { desc, before, count, words: kept }
    }

    pub(crate) fn desc(&self) -> &'static FnDesc {
        self.desc
    }

    fn words(&self) -> &[Word] {
        // SAFETY: `of` has written so many.
        unsafe { core::slice::from_raw_parts(self.words.as_ptr().cast(), self.count) }
    }

    /// How many bytes C has filled behind a parameter, as it says; `None` where it failed or says nothing.
    pub(crate) fn filled(&self, index: usize, result: Option<Word>) -> Option<i128> {
        let pointer = self.desc.params.get(index)?.pointer.as_ref()?;
        let scope = Scope::Params { words: self.words(), params: self.desc.params, result: Some(result?) };
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

    /// What is wrong now.
    pub(crate) fn end(&self, returned: Option<Word>) -> Vec<Finding> {
        let (desc, words) = (self.desc, self.words());
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
        findings.extend(self.before.as_ref().and_then(Before::violated));
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
