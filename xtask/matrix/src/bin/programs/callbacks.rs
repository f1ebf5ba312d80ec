//! C03: callbacks and listeners whose data are gone.

use super::Case;
use libc::{c_int, c_void};

pub(crate) const CASES: &[Case] = &[
    ("callback_on_freed_data", callback_on_freed_data),
    ("b021_panic_before_forget", b021_panic_before_forget),
    ("b023_listener_still_linked", b023_listener_still_linked),
];

#[cfg(feature = "libraries")]
pub(crate) const WITH_LIBRARIES: &[Case] = &[("b018_update_hook", super::sqlite3::b018_update_hook)];

/// A link of C's list.
#[pinned_ffi::pinned_ffi]
#[repr(C)]
struct listener {
    #[opaque]
    next: *mut listener,
    seen: c_int,
}

type Callback = Option<unsafe extern "C" fn(*mut c_void) -> c_int>;

#[rustfmt::skip]
#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    fn callbacks_set(#[callback(userdata = data, scope = forever)] f: Callback, #[address] data: *mut c_void);
    fn callbacks_fire() -> c_int;
    fn audio_open(
        #[callback(userdata = data, scope = forever)] f: Callback, #[address] data: *mut c_void, rate: c_int,
    ) -> c_int;
    fn signal_add(#[inout] #[one] #[retained(by = listener, until = [signal_remove])] listener: *mut listener);
    fn signal_remove(#[inout] #[one] listener: *mut listener);
    fn signal_emit();
}

/// What a callback gets: what to do, and with what.
struct Closure {
    run: fn(c_int) -> c_int,
    with: c_int,
}

unsafe extern "C" fn call(data: *mut c_void) -> c_int {
    // SAFETY: a closure, if it still is one.
    let closure = unsafe { &*data.cast::<Closure>() };
    (closure.run)(closure.with)
}

fn closure() -> Box<Closure> {
    Box::new(Closure { run: |number| number + 1, with: 41 })
}

fn callback_on_freed_data(is_fixed: bool) {
    let closure = Box::into_raw(closure());
    // SAFETY: none where it is called after the free.
    unsafe {
        callbacks_set(Some(call), closure.cast());
        if is_fixed {
            callbacks_set(None, std::ptr::null_mut());
        }
        drop(Box::from_raw(closure));
        callbacks_fire();
    }
}

/// RUSTSEC-2019-0022: what is to be forgotten when the stream is open is dropped when the opening unwinds.
fn b021_panic_before_forget(is_fixed: bool) {
    std::panic::set_hook(Box::new(|_| {}));
    let opened = std::panic::catch_unwind(|| {
        let mut data = closure();
        // SAFETY: the data live until the drop.
        let code = unsafe { audio_open(Some(call), (&raw mut *data).cast(), if is_fixed { 44_100 } else { 0 }) };
        assert_eq!(code, 0, "no stream");
        Box::into_raw(data)
    });
    let _ = std::panic::take_hook();
    // SAFETY: none where the data are dropped.
    unsafe {
        callbacks_fire();
        if let Ok(data) = opened {
            callbacks_set(None, std::ptr::null_mut());
            drop(Box::from_raw(data));
        }
    }
}

/// wlroots-rs 183, 186: the owner is gone, and its link is still in the list.
fn b023_listener_still_linked(is_fixed: bool) {
    let mut first = Box::new(listener { next: std::ptr::null_mut(), seen: 0 });
    let mut second = Box::new(listener { next: std::ptr::null_mut(), seen: 0 });
    // SAFETY: none where the second one goes before it is removed.
    unsafe {
        signal_add(&raw mut *first);
        signal_add(&raw mut *second);
        if is_fixed {
            signal_remove(&raw mut *second);
        }
        drop(second);
        signal_emit();
        signal_remove(&raw mut *first);
    }
}
