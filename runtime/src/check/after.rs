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
    words: [Word; MOST],
    before: Option<Before>,
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

/// Where what is asked afterwards is kept: a call is moved, and this is large.
#[derive(Debug)]
pub(crate) enum Kept {
    /// In this thread's place for the call's depth, as long as it has this number.
    Near(NonNull<NearCall>, u64),
    Far(Box<After>),
}

impl Kept {
    /// Keeps what is asked after a call of this depth.
    #[inline]
    pub(crate) fn new(after: After, depth: Option<usize>) -> Self {
        let near = depth.filter(|depth| *depth < PLACES).and_then(|depth| {
            let first = NEAR.try_with(|near| near.get().cast::<NearCall>()).ok()?;
            NonNull::new(first.wrapping_add(depth))
        });
        let Some(mut place) = near else { return Self::Far(Box::new(after)) };
        let number = NUMBERS.replace(NUMBERS.get() + 1);
        // SAFETY: within this thread's places, which nobody borrows now: a look at one ends before another call begins.
        let near = unsafe { place.as_mut() };
        near.number = number;
        near.after.write(after);
        Self::Near(place, number)
    }

    /// Whether no rule asks for more than what short input holds, and that is what it was.
    #[inline]
    pub(crate) fn is_as_before(&self) -> bool {
        self.get().is_none_or(|after| !after.desc.looks_after && after.before.as_ref().is_none_or(Before::holds))
    }

    /// What was kept; nothing where calls did not end in the order of a stack, as under coroutines, and another has the place.
    #[inline]
    pub(crate) fn get(&self) -> Option<&After> {
        match self {
            Self::Near(place, number) => {
                // SAFETY: memory of this thread, which a call does not leave; nobody writes there while a call is looked at.
                let near = unsafe { place.as_ref() };
                // SAFETY: `new` has written what has this number.
                (near.number == *number).then(|| unsafe { near.after.assume_init_ref() })
            }
            Self::Far(after) => Some(after),
        }
    }
}

impl After {
    /// `None` where no rule will ask.
    #[inline]
    pub(crate) fn of(desc: &'static FnDesc, words: &[Word], before: Option<Before>) -> Option<Self> {
        if !desc.looks_after && before.is_none() || words.len() > MOST {
            return None;
        }
        let mut kept = [Word::NONE; MOST];
        kept[..words.len()].copy_from_slice(words);
        Some(Self { desc, words: kept, before })
    }

    pub(crate) fn desc(&self) -> &'static FnDesc {
        self.desc
    }

    fn words(&self) -> &[Word] {
        self.words.get(..self.desc.params.len()).unwrap_or_default()
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
