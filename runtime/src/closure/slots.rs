//! Numbers that C gets for closures in checked builds, and what is wrong with a call of one: PF030, PF032, PF033.

use super::near::{self, Near};
use super::quiet::tell_if_quiet;
use super::{Body, Callers, this_thread};
use crate::carry::{Entry, carry};
use crate::mode::{self, Level};
use crate::report::{self, Called};
use crate::sync::SpinLock;
use crate::unchecked;
use crate::userdata::table::{Key, Spare, Table};
use core::any::TypeId;
use core::cell::Cell;
use core::ffi::c_void;
use core::marker::PhantomData;
use core::panic::Location;
use core::sync::atomic::{AtomicPtr, AtomicU32, AtomicUsize, Ordering, compiler_fence};

/// A closure that C may call.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Live {
    body: usize,
    thread: usize,
    pub(crate) given_at: &'static Location<'static>,
    // Closures of two places are two types, though they may have one name.
    ty: fn() -> TypeId,
}

/// A closure that C may call no longer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Gone {
    bits: usize,
    pub(crate) given_at: &'static Location<'static>,
    /// What ended it.
    pub(crate) why: &'static str,
}

static TABLE: Table<Live> = Table::new();
static SEEDED: AtomicU32 = AtomicU32::new(0);

const SHARDS: usize = 16;
/// Tombstones that a shard remembers: 1,024 in all.
const REMEMBERED: usize = 64;

struct Graves {
    entries: [Option<Gone>; REMEMBERED],
    next: usize,
}

static GRAVES: [SpinLock<Graves>; SHARDS] =
    [const { SpinLock::new(Graves { entries: [None; REMEMBERED], next: 0 }) }; SHARDS];

/// The last place that gave a callback, by parameter: for userdata that stands for nothing. Written without a lock, so that a
/// call of one closure pays little: whose place it is says a mixture of both, which another's is not.
struct Last {
    given_at: AtomicPtr<Location<'static>>,
    mixture: AtomicUsize,
}

static LAST: [Last; SHARDS] =
    [const { Last { given_at: AtomicPtr::new(core::ptr::null_mut()), mixture: AtomicUsize::new(0) } }; SHARDS];

impl Last {
    fn put(who: &'static Entry, given_at: &'static Location<'static>) {
        let (last, at) = (&LAST[shard(who)], core::ptr::from_ref(given_at));
        last.given_at.store(at.cast_mut(), Ordering::Relaxed);
        last.mixture.store(Self::mix(at.addr(), who), Ordering::Relaxed);
    }

    /// Places and parameters lie at regular distances, which a plain sum would keep.
    fn mix(at: usize, who: &'static Entry) -> usize {
        at.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ core::ptr::from_ref(who).addr()
    }

    fn of(who: &'static Entry) -> Option<&'static Location<'static>> {
        let last = &LAST[shard(who)];
        let at = last.given_at.load(Ordering::Relaxed);
        let is_its_own = last.mixture.load(Ordering::Relaxed) == Self::mix(at.addr(), who);
        // SAFETY: null or one that `put` was given.
        if is_its_own { unsafe { at.as_ref() } } else { None }
    }
}

thread_local! {
    // A slot for the next closure that is lent for a call: what this thread's last one had.
    static SPARE: Cell<Option<Spare<'static, Live>>> = const { Cell::new(None) };
    // Whether this thread is at it: the handler of a signal that comes meanwhile leaves it alone.
    static IS_AT_SPARE: Cell<bool> = const { Cell::new(false) };
    static LEAVE: Leave = const { Leave };
}

/// Puts a slot there, or none, and gives what was there. In the handler of a signal that came while the thread did the same it
/// gives back what it was given.
#[inline]
fn swap_spare(new: Option<Spare<'static, Live>>) -> Option<Spare<'static, Live>> {
    if IS_AT_SPARE.replace(true) {
        return new;
    }
    compiler_fence(Ordering::SeqCst);
    let before = SPARE.replace(new);
    compiler_fence(Ordering::SeqCst);
    IS_AT_SPARE.set(false);
    before
}

/// At the end of a thread its slot is anybody's.
struct Leave;

impl Drop for Leave {
    fn drop(&mut self) {
        if let Some(spare) = swap_spare(None) {
            TABLE.give_back_spare(spare);
        }
    }
}

#[cfg(target_os = "linux")]
#[used]
static FORK: crate::fork::SurvivesFork = crate::fork::SurvivesFork::new();

/// Takes or gives back the locks of this file, around a fork.
pub(crate) fn around_fork(is_before: bool) {
    for graves in &GRAVES {
        if is_before { graves.hold() } else { graves.let_go() }
    }
}

fn shard(who: &'static Entry) -> usize {
    (core::ptr::from_ref(who).addr() >> 4) % SHARDS
}

fn key(userdata: *mut c_void) -> Key {
    Key { index: userdata.addr() as u32, generation: (userdata.addr() >> 32) as u32 }
}

fn graves(bits: usize) -> &'static SpinLock<Graves> {
    &GRAVES[bits % SHARDS]
}

/// The number for a body.
pub(super) fn open<T>(who: &'static Entry, body: *mut Body<T>) -> *mut c_void {
    if SEEDED.load(Ordering::Relaxed) == 0 && SEEDED.swap(1, Ordering::Relaxed) == 0 {
        use core::hash::BuildHasher as _;
        TABLE.seed(std::hash::RandomState::new().hash_one(0_u8) as u32);
    }
    // SAFETY: the caller has just made the body, and it is not lent yet.
    let there = unsafe { &*body };
    Last::put(who, there.given_at);
    let live =
        Live { body: body.expose_provenance(), thread: there.thread, given_at: there.given_at, ty: type_of::<T> };
    let Some(spare) = swap_spare(None).or_else(|| TABLE.spare()) else {
        panic!("ran out of numbers for callbacks: closures are never let go of")
    };
    let key = TABLE.insert_in(spare, live);
    let userdata = (key.generation as usize) << 32 | key.index as usize;
    let ty = live.ty as usize;
    near::put(userdata, Near { body: body.cast(), thread: live.thread, given_at: live.given_at, ty });
    core::ptr::without_provenance_mut(userdata)
}

/// From here on the number stands for nothing; `false` where it did so before.
pub(super) fn close(userdata: *mut c_void, why: &'static str) -> bool {
    near::take(userdata.addr());
    let Some(live) = TABLE.remove(key(userdata)) else { return false };
    bury(Gone { bits: userdata.addr(), given_at: live.given_at, why });
    true
}

/// The same for a closure that was lent for a call: this thread's next one gets its slot, with another number.
pub(super) fn close_lent(userdata: *mut c_void, why: &'static str) {
    near::take(userdata.addr());
    let Some((live, spare)) = TABLE.take_out(key(userdata)) else { return };
    if let Some(spare) = spare {
        let is_ending = LEAVE.try_with(|_| ()).is_err();
        let over = if is_ending { Some(spare) } else { swap_spare(Some(spare)) };
        over.into_iter().for_each(|over| TABLE.give_back_spare(over));
    }
    bury(Gone { bits: userdata.addr(), given_at: live.given_at, why });
}

fn bury(gone: Gone) {
    graves(gone.bits).with_patience(|graves| {
        graves.entries[graves.next % REMEMBERED] = Some(gone);
        graves.next = (graves.next + 1) % REMEMBERED;
    });
}

/// The closures of a call that failed are gone already: C has destroyed them.
#[cold]
pub(super) fn tell_of_second_end(who: &'static Entry, given_at: &'static Location<'static>) {
    if mode::level() == Level::Off || unchecked::is_active() {
        return;
    }
    let violations = vec![report::of_callback(who, Called::EndedTwice { given_at }, 0)];
    if std::thread::panicking() { report::log(violations) } else { report::raise(violations) }
}

/// The body behind a number; where there is none, or this thread may not call it, it is told.
#[inline]
pub(super) fn find<T>(who: &'static Entry, userdata: *mut c_void, callers: Callers) -> Option<*mut Body<T>> {
    let ty: fn() -> TypeId = type_of::<T>;
    match near::get(userdata.addr()) {
        Some(near) if near.ty == ty as usize && (callers != Callers::Own || near.thread == this_thread()) => {
            tell_if_quiet(who, near.given_at);
            Some(near.body.cast())
        }
        _ => find_in_table(who, userdata, callers),
    }
}

/// The same for what is not at hand, or wrong.
#[inline(never)]
fn find_in_table<T>(who: &'static Entry, userdata: *mut c_void, callers: Callers) -> Option<*mut Body<T>> {
    let live = TABLE.get(key(userdata));
    let is_silent = live.is_some_and(|live| {
        is_same(live.ty, type_of::<T>) && (callers != Callers::Own || live.thread == this_thread())
    });
    match live {
        Some(live) if is_silent => {
            tell_if_quiet(who, live.given_at);
            Some(core::ptr::with_exposed_provenance_mut(live.body))
        }
        live => {
            tell_of(who, userdata, live.filter(|live| is_same(live.ty, type_of::<T>)));
            None
        }
    }
}

/// One function may have several addresses, so what they give is compared where these differ.
#[inline]
fn is_same(left: fn() -> TypeId, right: fn() -> TypeId) -> bool {
    core::ptr::fn_addr_eq(left, right) || left() == right()
}

/// Which type it is, whatever it borrows. No two types have one such function, for each gives another number.
fn type_of<T>() -> TypeId {
    trait Typed {
        fn id(&self) -> TypeId
        where
            Self: 'static;
    }
    impl<T> Typed for PhantomData<T> {
        fn id(&self) -> TypeId
        where
            Self: 'static,
        {
            TypeId::of::<T>()
        }
    }
    let typed: &dyn Typed = &PhantomData::<T>;
    // SAFETY: another lifetime for a value that holds nothing, of which only the type is asked.
    unsafe { core::mem::transmute::<&dyn Typed, &(dyn Typed + 'static)>(typed) }.id()
}

#[inline]
pub(super) fn entry(who: &'static Entry, given_at: &'static Location<'static>) -> Entry {
    Entry { given_at: Some(given_at), ..*who }
}

#[cold]
fn tell_of(who: &'static Entry, userdata: *mut c_void, live: Option<Live>) {
    let gone = graves(userdata.addr())
        .with_patience(|graves| graves.entries.iter().flatten().find(|gone| gone.bits == userdata.addr()).copied())
        .flatten();
    let called = match (live, gone) {
        (Some(live), _) => Called::OnAnotherThread { given_at: live.given_at },
        (None, Some(gone)) => Called::AfterEnd(gone),
        (None, None) => Called::Unknown { last: Last::of(who) },
    };
    raise(who, called, userdata, || ());
}

/// A closure that is called while it runs: never let in.
#[cold]
pub(super) fn refuse<R>(who: &'static Entry, given_at: &'static Location<'static>, on_panic: impl Fn() -> R) -> R {
    raise(who, Called::WhileItRuns { given_at }, core::ptr::null_mut(), on_panic)
}

/// Where a slot of this thread is empty.
#[cold]
pub(super) fn nobody<R>(who: &'static Entry, on_panic: impl Fn() -> R) -> R {
    raise(who, Called::OutsideItsCall, core::ptr::null_mut(), on_panic)
}

/// Tells, at any policy without unwinding into C: a panic is carried to the wrapper that waits.
fn raise<R>(who: &'static Entry, called: Called, userdata: *mut c_void, on_panic: impl Fn() -> R) -> R {
    if mode::level() == Level::Off || unchecked::is_active() {
        return on_panic();
    }
    carry(who, on_panic(), || {
        report::raise(vec![report::of_callback(who, called, userdata.addr())]);
        on_panic()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_handler_of_a_signal_leaves_the_spare_slot_alone() {
        let spare = || TABLE.spare().expect("room");
        assert!(swap_spare(Some(spare())).is_none());
        IS_AT_SPARE.set(true);
        assert!(swap_spare(None).is_none(), "there is one, but the thread is at it");
        let over = swap_spare(Some(spare())).expect("it comes back");
        IS_AT_SPARE.set(false);
        let kept = swap_spare(None).expect("what was there before the signal");
        // Two slots, not one twice.
        let live = Live { body: 0, thread: 0, given_at: Location::caller(), ty: || TypeId::of::<u8>() };
        let keys = [TABLE.insert_in(over, live), TABLE.insert_in(kept, live)];
        assert_ne!(keys[0].index, keys[1].index);
        assert!(keys.into_iter().all(|key| TABLE.remove(key).is_some()));
    }
}
