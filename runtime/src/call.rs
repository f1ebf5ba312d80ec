//! One call from Rust to C: enter, the bare call, leave. Unchecked builds keep nothing of it.

#[cfg(not(any(debug_assertions, feature = "checked")))]
mod bare;
pub(crate) mod enumeration;
pub(crate) mod export;
#[cfg(any(debug_assertions, feature = "checked"))]
mod keeping;
#[cfg(any(debug_assertions, feature = "checked"))]
mod leaving;
mod safe_point;
#[cfg(any(debug_assertions, feature = "checked"))]
mod told;

#[cfg(any(debug_assertions, feature = "checked"))]
use crate::alloc::reentry::{self, Inside};
#[cfg(any(debug_assertions, feature = "checked"))]
use crate::check::after::{After, Near, NearPlace};
#[cfg(any(debug_assertions, feature = "checked"))]
use crate::check::quick::{self, Input, Unusual};
#[cfg(any(debug_assertions, feature = "checked"))]
use crate::check::{Walk, Walked, budget};
#[cfg(any(debug_assertions, feature = "checked"))]
use crate::desc::known;
use crate::desc::{FnDesc, TypeDesc};
#[cfg(any(debug_assertions, feature = "checked"))]
use crate::learn::Lesson;
#[cfg(any(debug_assertions, feature = "checked"))]
use crate::mode::{self, Level};
#[cfg(any(debug_assertions, feature = "checked"))]
use crate::path::Path;
#[cfg(any(debug_assertions, feature = "checked"))]
use crate::pin::kept::{self, Noted};
#[cfg(any(debug_assertions, feature = "checked"))]
use crate::pin::log::{self, CallPins};
use crate::word::{RawPointer, Word};
#[cfg(any(debug_assertions, feature = "checked"))]
use crate::{report, sample, sys::ErrnoGuard, unchecked, watch::Watch};
use core::panic::Location;
pub(crate) use safe_point::{after_pin, free_deferred, quiet_safe_point, safe_point};

/// A checked call under way. Its arguments' blocks are pinned until it is left or unwound.
#[must_use = "the pins end with it"]
#[derive(Debug)]
pub struct Call {
    #[cfg(any(debug_assertions, feature = "checked"))]
    pins: Option<CallPins>,
    // What is asked when it has returned, at any level.
    #[cfg(any(debug_assertions, feature = "checked"))]
    after: Option<Near>,
    // What few calls have.
    #[cfg(any(debug_assertions, feature = "checked"))]
    rest: Option<Box<Rest>>,
}

/// What there is of a call that has more to it than its pins and its short input.
#[cfg(any(debug_assertions, feature = "checked"))]
#[derive(Debug, Default)]
struct Rest {
    // What the arguments' memory is to look like afterwards: at level full.
    watch: Option<Box<Watch>>,
    // What is asked when it has returned, where the thread has no place for it.
    after: Option<After>,
    // What C keeps from then on.
    kept: Option<Noted>,
    // What is learnt from it, where contracts are.
    lesson: Option<Box<Lesson>>,
}

#[cfg(any(debug_assertions, feature = "checked"))]
impl Call {
    /// A call that is not checked.
    const NONE: Self = Self { pins: None, after: None, rest: None };

    /// Checks the arguments of a call of `desc`, made at `location`, and pins their blocks until [`leave`](Self::leave).
    ///
    /// # Panics
    ///
    /// On a violation, under the policy `panic`.
    ///
    /// # Safety
    ///
    /// `desc` describes the function that is called next, and `words` are its arguments in order:
    /// memory that the contract calls readable is read here, if it is known to be mapped.
    #[inline]
    #[track_caller]
    pub unsafe fn enter(desc: &'static FnDesc, words: &[Word], location: &'static Location<'static>) -> Self {
        if mode::level() == Level::Off || unchecked::is_active() {
            return Self::left_out(desc, words);
        }
        Self::enter_checked(desc, words, location)
    }

    /// As [`enter`](Self::enter), for a call with nothing to check but whether what C keeps is still there.
    ///
    /// # Panics
    ///
    /// On a violation, under the policy `panic`.
    ///
    /// # Safety
    ///
    /// As for [`enter`](Self::enter).
    #[inline]
    #[track_caller]
    pub unsafe fn glance(desc: &'static FnDesc, words: &[Word], location: &'static Location<'static>) -> Self {
        if keeping::is_due() || mode::learns() {
            return Self::glance_checked(desc, words, location);
        }
        Self::NONE
    }

    #[cold]
    #[track_caller]
    fn glance_checked(desc: &'static FnDesc, words: &[Word], location: &'static Location<'static>) -> Self {
        if mode::level() == Level::Off || unchecked::is_active() || !sample::is_turn() {
            return Self::left_out(desc, words);
        }
        if mode::learns() {
            return Self::check(desc, words, location, Self::keep(desc, words, location));
        }
        let _errno = ErrnoGuard::new();
        keeping::before(desc, words, location, core::ptr::from_ref(&_errno).addr());
        Self::NONE
    }

    /// What is not checked ends what C keeps all the same.
    #[inline]
    fn left_out(desc: &FnDesc, words: &[Word]) -> Self {
        if kept::has_any() {
            kept::end_quietly(desc, words);
        }
        Self::NONE
    }

    /// As [`enter`](Self::enter), for a function described by text: `words` holds those arguments that the text asks for,
    /// in order, each as wide as an address.
    ///
    /// # Panics
    ///
    /// On a violation, under the policy `panic`.
    ///
    /// # Safety
    ///
    /// As for [`enter`](Self::enter).
    #[inline]
    #[track_caller]
    pub unsafe fn described(text: &'static str, types: &'static [TypeDesc], words: &[usize]) -> Self {
        if mode::level() == Level::Off || unchecked::is_active() {
            return Self::NONE;
        }
        Self::described_checked(text, types, words)
    }

    #[inline(never)]
    #[track_caller]
    fn described_checked(text: &'static str, types: &'static [TypeDesc], words: &[usize]) -> Self {
        /// Nearly every function of C has fewer parameters; the others pay for an allocation.
        const FEW: usize = 16;
        let location = Location::caller();
        let known = known::find(text, types, None);
        let mut given = words.iter();
        let mut word = |kind: &Option<bool>| match kind {
            Some(signed) => given.next().map_or(Word::NONE, |bits| Word::widened(*bits, *signed)),
            None => Word::NONE,
        };
        let mut few = [Word::NONE; FEW];
        if let Some(all) = few.get_mut(..known.words.len()) {
            all.iter_mut().zip(&known.words).for_each(|(place, kind)| *place = word(kind));
            return Self::enter_checked(&known.desc, all, location);
        }
        let _errno = ErrnoGuard::new();
        let many: Vec<Word> = known.words.iter().map(word).collect();
        Self::enter_checked(&known.desc, &many, location)
    }

    #[inline(never)]
    #[track_caller]
    fn enter_checked(desc: &'static FnDesc, words: &[Word], location: &'static Location<'static>) -> Self {
        // The way of most calls: all arguments are flat, nothing is unusual, and nothing is asked of the system.
        if mode::is_usual()
            && desc.kept.is_none()
            && let Some(simple) = desc.plan.of(desc)
        {
            let here = 0_u8;
            let frame = core::ptr::from_ref(&here).addr();
            if let Some(pins) = CallPins::open_since(desc, location, 0)
                && let Ok(input) = quick::pass_simple(simple, words, pins.log(), frame)
                && let Ok(after) = Self::to_look_after(desc, words, pins.depth(), input)
            {
                return Self { pins: Some(pins), after, rest: None };
            }
            return Self::check(desc, words, location, None);
        }
        Self::enter_any(desc, words, location)
    }

    /// What is asked after a call that passed, if anything. An error where there is no place to keep it.
    #[inline(always)]
    fn to_look_after(
        desc: &'static FnDesc,
        words: &[Word],
        depth: usize,
        input: Option<Input>,
    ) -> Result<Option<Near>, Unusual> {
        if !After::is_due(desc, words, input.is_some()) {
            return Ok(None);
        }
        // In parts, which pass in registers: a processor waits for what was stored in parts and is loaded whole.
        let Input { path, addr, bytes } = input.unwrap_or(Input::NONE);
        Self::keep_near(desc, words, depth, path, addr, bytes).map(Some).ok_or(Unusual)
    }

    #[inline(never)]
    fn keep_near(
        desc: &'static FnDesc,
        words: &[Word],
        depth: usize,
        path: Path,
        addr: usize,
        bytes: usize,
    ) -> Option<Near> {
        let input = Input { path, addr, bytes };
        Some(NearPlace::at(depth)?.keep_passed(desc, words, input.is_any().then_some(input)))
    }

    /// The same for what C keeps, for vectors of buffers, and while more is asked than usual.
    #[inline(never)]
    #[track_caller]
    fn enter_any(desc: &'static FnDesc, words: &[Word], location: &'static Location<'static>) -> Self {
        if !sample::is_turn() {
            return Self::left_out(desc, words);
        }
        if !mode::is_usual() {
            mode::find_usual(|| crate::exit::is_armed() && !log::is_timed());
        }
        let kept = if keeping::is_due_of(desc, words) { Self::keep(desc, words, location) } else { None };
        if kept.is_none()
            && mode::level() == Level::Cheap
            && !mode::learns()
            && crate::exit::is_armed()
            && let Some(call) = Self::pass(desc, words, location)
        {
            return call;
        }
        Self::check(desc, words, location, kept)
    }

    /// What C is to keep by this call, if anything; what it keeps no longer ends.
    #[inline(never)]
    #[track_caller]
    fn keep(desc: &'static FnDesc, words: &[Word], location: &'static Location<'static>) -> Option<Noted> {
        let _errno = ErrnoGuard::new();
        if reentry::is_inside() {
            return None;
        }
        crate::exit::arm_exit();
        keeping::before(desc, words, location, core::ptr::from_ref(&_errno).addr())
    }

    /// A call in which nothing is unusual, at level cheap.
    #[inline]
    fn pass(desc: &'static FnDesc, words: &[Word], location: &'static Location<'static>) -> Option<Self> {
        let here = 0_u8;
        let frame = core::ptr::from_ref(&here).addr();
        let pins = CallPins::open(desc, location)?;
        let input = quick::pass(desc, words, &pins, frame).ok()?;
        let after = Self::to_look_after(desc, words, pins.depth(), input).ok()?;
        Some(Self { pins: Some(pins), after, rest: None })
    }

    #[track_caller]
    fn check(desc: &'static FnDesc, words: &[Word], location: &'static Location<'static>, kept: Option<Noted>) -> Self {
        let _errno = ErrnoGuard::new();
        // Locals of the wrapper and its callers lie above this one. What lies just below the
        // caller's frame may be covered by ours and counts as live: unknown is never an error.
        let frame = core::ptr::from_ref(&_errno).addr();
        if reentry::is_inside() {
            budget::made_inside();
            return Self::left_out(desc, words);
        }
        crate::exit::arm_exit();
        let inside = Inside::at_full();
        let pins = CallPins::open(desc, location);
        let Walked { findings, watched, before, cuts } = Walk::run(desc, words, pins.as_ref(), frame, location);
        // Who is told may call C.
        drop(inside);
        if !findings.is_empty() {
            let mut violations = report::of_call(desc, &findings, location);
            if let (Some(last), Some(note)) = (violations.last_mut(), cuts.note()) {
                last.notes.push(note);
            }
            report::raise(violations);
        }
        let _inside = Inside::at_full();
        let mut rest = Rest {
            watch: Watch::begin(desc, location, watched, words),
            after: After::of(desc, words, before),
            kept,
            lesson: Lesson::begin(desc, words, frame, pins.is_some()),
        };
        let place = pins.as_ref().and_then(|pins| NearPlace::at(pins.depth()));
        let near = place.and_then(|place| rest.after.take().map(|after| place.keep(after)));
        Self { pins, after: near, rest: (!rest.is_empty()).then(|| Box::new(rest)) }
    }

    /// The address that C is to get for the parameter with this number: the argument's own, or that of a copy.
    #[inline]
    pub fn lend<P: RawPointer>(&self, index: usize, pointer: P) -> P {
        match self.watch() {
            Some(watch) => pointer.moved_to(watch.lend(index, pointer.address())),
            None => pointer,
        }
    }

    /// What a pointer from C means, where C had copies of the arguments.
    #[inline]
    pub fn found<P: RawPointer>(&self, pointer: P) -> P {
        match self.watch() {
            Some(watch) => pointer.moved_to(watch.found(pointer.address())),
            None => pointer,
        }
    }

    #[inline]
    fn watch(&self) -> Option<&Watch> {
        self.rest.as_ref()?.watch.as_deref()
    }
}

#[cfg(any(debug_assertions, feature = "checked"))]
impl Rest {
    fn is_empty(&self) -> bool {
        let Self { watch, after, kept, lesson } = self;
        watch.is_none() && after.is_none() && kept.is_none() && lesson.is_none()
    }
}
