//! What C keeps by raw calls, as contracts say it: told when it goes too soon, and only then.

use super::Case;
use libc::{c_int, c_long, c_void, size_t};
use pinned_ffi::Owned;

pub(crate) const WRONG: &[Case] = &[
    ("bound_and_freed", bound_and_freed),
    ("bound_and_moved", bound_and_moved),
    ("bound_and_freed_in_another_place", bound_and_freed_in_another_place),
    ("bound_as_static_and_freed", bound_as_static_and_freed),
    ("bound_of_a_dead_frame", bound_of_a_dead_frame),
    ("data_of_a_callback_freed", data_of_a_callback_freed),
    ("data_of_a_dead_frame", data_of_a_dead_frame),
    ("one_of_many_freed", one_of_many_freed),
    ("freed_before_its_owner_ends_it", freed_before_its_owner_ends_it),
];

pub(crate) const LEGAL: &[Case] = &[
    ("bound_until_it_is_freed", bound_until_it_is_freed),
    ("bound_again", bound_again),
    ("bound_by_a_failed_call", bound_by_a_failed_call),
    ("bound_and_copied_or_destroyed", bound_and_copied_or_destroyed),
    ("ended_where_no_rule_speaks", ended_where_no_rule_speaks),
    ("ended_by_the_owner", ended_by_the_owner),
    ("callback_taken_back", callback_taken_back),
    ("all_of_many_taken_out", all_of_many_taken_out),
    ("kept_by_many", kept_by_many),
    ("bound_of_a_frame_that_lives", bound_of_a_frame_that_lives),
];

/// What is cut short by a bound.
pub(crate) const BOUNDED: &[Case] = &[("kept_by_too_many", kept_by_too_many)];

#[allow(non_camel_case_types, reason = "C's name")]
pub(crate) enum keeper {}

type Destroy = Option<unsafe extern "C" fn(*mut c_void)>;
type Callback = Option<unsafe extern "C" fn(*mut c_void)>;

#[pinned_ffi::pinned_ffi]
#[repr(C)]
#[allow(non_camel_case_types, reason = "C's name")]
struct link {
    #[opaque]
    next: *mut link,
    value: c_int,
}

#[rustfmt::skip]
#[pinned_ffi::pinned_ffi]
#[link(name = "probe", kind = "static")]
unsafe extern "C" {
    #[returns(opaque)]
    fn keepers_new() -> *mut keeper;
    #[success(result == 0)]
    fn keepers_bind(
        #[opaque] k: *mut keeper,
        at: c_int,
        #[input] #[counted_by(n)] #[noescape(on(failure))]
        #[retained(by = k, at = at, until = [keepers_bind, keepers_bind_with, keepers_clear, keepers_free])]
        values: *const c_int,
        n: size_t,
    ) -> c_int;
    #[success(result == 0)]
    fn keepers_bind_with(
        #[opaque] k: *mut keeper,
        at: c_int,
        #[input] #[counted_by(n)] #[noescape(on(failure))] #[noescape(when(destroy == -1))]
        #[retained(by = k, at = at, until = [keepers_bind, keepers_bind_with, keepers_clear, keepers_free], when(destroy == 0))]
        #[transfer(free = destroy)]
        values: *const c_int,
        n: size_t,
        #[callback(userdata = values, scope = async)] destroy: Destroy,
    ) -> c_int;
    fn keepers_sum(#[opaque] k: *const keeper) -> c_long;
    fn keepers_clear(#[opaque] k: *mut keeper, at: c_int);
    fn keepers_free(#[opaque] k: *mut keeper);
    fn keepers_on(#[callback(userdata = userdata, scope = forever)] f: Callback, #[address] userdata: *mut c_void);
    fn keepers_fire() -> c_int;
    fn keepers_add(#[inout] #[one] #[retained(until = [keepers_remove])] link: *mut link);
    fn keepers_remove(#[inout] #[one] link: *mut link);
    fn keepers_total() -> c_int;
}

/// The same library, with an owner.
mod owned {
    use super::{c_int, keeper, size_t};

    #[rustfmt::skip]
    #[pinned_ffi::pinned_ffi(raw = raw_owned)]
    unsafe extern "C" {
        #[returns(owned, free = keepers_free, opaque, nonnull)]
        pub(super) safe fn keepers_new() -> *mut keeper;
        pub(super) fn keepers_free(#[opaque] #[transfer(free = keepers_free)] k: *mut keeper);
        #[success(result == 0)]
        pub(super) fn keepers_bind(
            #[opaque] k: *mut keeper,
            at: c_int,
            #[input] #[counted_by(n)] #[retained(by = k, at = at, until = [keepers_free])] values: *const c_int,
            n: size_t,
        ) -> c_int;
    }
}

/// Of what is bound the frame of `of` has returned.
#[inline(never)]
fn in_a_frame<T>(depth: usize, of: &dyn Fn() -> T) -> T {
    let mut room = std::hint::black_box([0_u8; 1024]);
    let result = if depth == 0 { of() } else { in_a_frame(depth - 1, of) };
    std::hint::black_box(&mut room);
    result
}

fn bound_and_freed() {
    let values = vec![1, 2, 3, 4];
    // SAFETY: none; the values are gone before C has let go of them.
    unsafe {
        let k = keepers_new();
        assert_eq!(keepers_bind(k, 0, values.as_ptr(), 4), 0);
        drop(values);
        // Told before C reads them.
        keepers_sum(k);
        keepers_free(k);
    }
}

fn bound_and_moved() {
    let mut values = vec![1, 2, 3, 4];
    // SAFETY: none; the values move.
    unsafe {
        let k = keepers_new();
        assert_eq!(keepers_bind(k, 2, values.as_ptr(), 4), 0);
        values.extend(0..100);
        keepers_free(k);
    }
}

fn bound_and_freed_in_another_place() {
    let values = vec![1, 2, 3, 4];
    // SAFETY: none; another place is cleared.
    unsafe {
        let k = keepers_new();
        assert_eq!(keepers_bind(k, 0, values.as_ptr(), 4), 0);
        keepers_clear(k, 1);
        drop(values);
        keepers_free(k);
    }
}

fn bound_as_static_and_freed() {
    let values = vec![1, 2, 3, 4];
    // SAFETY: none; the values are gone before C has let go of them.
    unsafe {
        let k = keepers_new();
        assert_eq!(keepers_bind_with(k, 0, values.as_ptr(), 4, None), 0);
        drop(values);
        keepers_free(k);
    }
}

fn bound_of_a_dead_frame() {
    // SAFETY: takes nothing.
    let k = unsafe { keepers_new() };
    in_a_frame(8, &|| {
        let values = std::hint::black_box([1, 2, 3, 4]);
        // SAFETY: none; the values are gone when this returns.
        assert_eq!(unsafe { keepers_bind(k, 0, values.as_ptr(), 4) }, 0);
    });
    // SAFETY: none.
    unsafe { keepers_sum(k) };
}

unsafe extern "C" fn count(data: *mut c_void) {
    // SAFETY: a counter, if it still is one.
    unsafe { *data.cast::<u64>() += 1 };
}

fn data_of_a_callback_freed() {
    let counter = Box::into_raw(Box::new(0_u64));
    // SAFETY: none; the counter goes.
    unsafe {
        keepers_on(Some(count), counter.cast());
        keepers_fire();
        assert_eq!(*counter, 1);
        drop(Box::from_raw(counter));
        keepers_fire();
    }
}

fn data_of_a_dead_frame() {
    in_a_frame(8, &|| {
        let mut counter = 0_u64;
        // SAFETY: none; the counter is gone when this returns.
        unsafe { keepers_on(Some(count), (&raw mut counter).cast()) };
        std::hint::black_box(&mut counter);
    });
    // SAFETY: none.
    unsafe { keepers_fire() };
}

fn one_of_many_freed() {
    let mut links: Vec<Box<link>> = (0..3).map(|value| Box::new(link { next: std::ptr::null_mut(), value })).collect();
    // SAFETY: none; the last one goes.
    unsafe {
        links.iter_mut().for_each(|link| keepers_add(&raw mut **link));
        keepers_remove(&raw mut *links[0]);
        drop(links.pop());
        // C does not look at them in this one.
        keepers_fire();
    }
}

fn freed_before_its_owner_ends_it() {
    let values = vec![1, 2, 3, 4];
    let k: Owned<'_, keeper, _> = owned::keepers_new();
    // SAFETY: none; the values go first.
    unsafe { owned::keepers_bind(k.as_ptr(), 0, values.as_ptr(), 4) };
    drop(values);
    // The owner's call is C's own; the next one tells.
    drop(k);
    // SAFETY: takes nothing.
    unsafe { keepers_total() };
}

fn bound_until_it_is_freed() {
    let (first, second) = (vec![1, 2, 3, 4], vec![5]);
    // SAFETY: the values live until C has let go of them.
    unsafe {
        let k = keepers_new();
        assert_eq!(keepers_bind(k, 0, first.as_ptr(), 4), 0);
        assert_eq!(keepers_bind(k, 1, second.as_ptr(), 1), 0);
        assert_eq!(keepers_sum(k), 15);
        let place = k.expose_provenance();
        std::thread::spawn(move || keepers_clear(std::ptr::with_exposed_provenance_mut(place), 1))
            .join()
            .expect("no thread panics");
        drop(second);
        assert_eq!(keepers_sum(k), 10);
        keepers_free(k);
        drop(first);
    }
}

fn bound_again() {
    // SAFETY: what is bound again goes afterwards.
    unsafe {
        let k = keepers_new();
        let mut last = Vec::new();
        for number in 1..200 {
            let values = vec![number; 10];
            assert_eq!(keepers_bind(k, 3, values.as_ptr(), 10), 0);
            drop(std::mem::replace(&mut last, values));
            assert_eq!(keepers_sum(k), c_long::from(number) * 10);
        }
        let other = [7];
        assert_eq!(keepers_bind_with(k, 3, other.as_ptr(), 1, None), 0);
        drop(last);
        keepers_free(k);
    }
}

fn bound_by_a_failed_call() {
    // SAFETY: a call that fails keeps nothing.
    unsafe {
        let k = keepers_new();
        let values = vec![1, 2];
        assert_eq!(keepers_bind(k, 9, values.as_ptr(), 2), -1);
        drop(values);
        keepers_free(k);
    }
}

unsafe extern "C" fn destroy(values: *mut c_void) {
    // SAFETY: the box that C was given.
    drop(unsafe { Box::from_raw(values.cast::<[c_int; 4]>()) });
}

fn bound_and_copied_or_destroyed() {
    // SAFETY: the values live until C has let go of them.
    unsafe {
        let k = keepers_new();
        let values = vec![1, 2, 3, 4];
        let copy: Destroy = std::mem::transmute::<isize, Destroy>(-1);
        assert_eq!(keepers_bind_with(k, 0, values.as_ptr(), 4, copy), 0);
        drop(values);
        let values = Box::into_raw(Box::new([1, 2, 3, 4]));
        assert_eq!(keepers_bind_with(k, 0, values.cast(), 4, Some(destroy)), 0);
        keepers_free(k);
    }
}

fn ended_where_no_rule_speaks() {
    // SAFETY: the values live until C has let go of them.
    unsafe {
        let k = keepers_new();
        let values = vec![1, 2, 3, 4];
        assert_eq!(keepers_bind(k, 0, values.as_ptr(), 4), 0);
        pinned_ffi::unchecked(|| keepers_clear(k, 0));
        drop(values);
        pinned_ffi::set_sample(std::num::NonZeroU32::MAX);
        for number in 0..50 {
            let values = vec![number; 4];
            keepers_bind(k, 0, values.as_ptr(), 4);
            keepers_clear(k, 0);
            drop(values);
        }
        pinned_ffi::set_sample(std::num::NonZeroU32::MIN);
        keepers_free(k);
    }
}

fn ended_by_the_owner() {
    let k: Owned<'_, keeper, _> = owned::keepers_new();
    let values = vec![1, 2, 3, 4];
    // SAFETY: the values live until C has let go of them.
    assert_eq!(unsafe { owned::keepers_bind(k.as_ptr(), 0, values.as_ptr(), 4) }, 0);
    drop(k);
    drop(values);
    // SAFETY: takes nothing.
    unsafe { keepers_total() };
}

fn callback_taken_back() {
    // SAFETY: a counter lives until C has another.
    unsafe {
        for _ in 0..20 {
            let (first, second) = (Box::into_raw(Box::new(0_u64)), Box::into_raw(Box::new(0_u64)));
            keepers_on(Some(count), first.cast());
            keepers_fire();
            keepers_on(Some(count), second.cast());
            drop(Box::from_raw(first));
            keepers_fire();
            keepers_on(None, second.cast());
            drop(Box::from_raw(second));
            assert_eq!(keepers_fire(), 0);
        }
    }
}

fn all_of_many_taken_out() {
    let mut links: Vec<Box<link>> = (0..30).map(|value| Box::new(link { next: std::ptr::null_mut(), value })).collect();
    // SAFETY: each is taken out before it goes.
    unsafe {
        links.iter_mut().for_each(|link| keepers_add(&raw mut **link));
        assert_eq!(keepers_total(), 435);
        for mut link in links.drain(..) {
            keepers_remove(&raw mut *link);
            drop(link);
        }
        assert_eq!(keepers_total(), 0);
    }
}

fn kept_by_many() {
    bind_for(3000);
}

/// More than there is room for: what is beyond is not watched, and none is taken for another.
fn kept_by_too_many() {
    bind_for(4097);
}

fn bind_for(keepers: c_int) {
    // SAFETY: the values live until C has let go of them.
    unsafe {
        let mut all: Vec<(*mut keeper, Vec<c_int>)> =
            (0..keepers).map(|number| (keepers_new(), vec![number; 5])).collect();
        for (k, values) in &all {
            assert_eq!(keepers_bind(*k, 0, values.as_ptr(), 5), 0);
        }
        for (k, values) in all.drain(..) {
            assert_eq!(keepers_sum(k), c_long::from(values[0]) * 5);
            keepers_free(k);
            drop(values);
        }
    }
}

fn bound_of_a_frame_that_lives() {
    let values = std::hint::black_box([1, 2, 3, 4]);
    // SAFETY: the values live until C has let go of them.
    unsafe {
        let k = keepers_new();
        assert_eq!(keepers_bind(k, 0, values.as_ptr(), 4), 0);
        assert_eq!(in_a_frame(8, &|| keepers_sum(k)), 10);
        assert_eq!(keepers_sum(k), 10);
        keepers_free(k);
        let again = keepers_new();
        keepers_free(again);
    }
}
