//! How many pins stand at once, and what callbacks get for their handles.

use super::Case;
use super::wrappers::probe_call;
use libc::{c_int, c_void};
use pinned_ffi::{Handle, HandleError, PinLimit, Pinned, Pinner, set_pin_limit};
use std::sync::atomic::{AtomicU32, Ordering};

pub(crate) const WRONG: &[Case] = &[
    ("too_many_pins", too_many_pins),
    ("too_many_pins_of_one_block", too_many_pins_of_one_block),
    ("too_many_pins_in_threads", too_many_pins_in_threads),
    ("too_many_pins_of_many_places", too_many_pins_of_many_places),
    ("removed_handle", removed_handle),
    ("null_handle", null_handle),
    ("made_up_handle", made_up_handle),
    ("handle_of_another_type", handle_of_another_type),
    ("removed_handle_whose_slot_is_used_again", removed_handle_whose_slot_is_used_again),
];

pub(crate) const LEGAL: &[Case] = &[
    ("pins_up_to_the_limit", pins_up_to_the_limit),
    ("pins_one_after_another", pins_one_after_another),
    ("limit_grows_with_calls", limit_grows_with_calls),
    ("many_pins_by_default", many_pins_by_default),
    ("too_many_pins_inside_unchecked", too_many_pins_inside_unchecked),
    ("handle_in_a_callback", handle_in_a_callback),
    ("handle_asked_by_rust", handle_asked_by_rust),
    ("stale_handle_inside_unchecked", stale_handle_inside_unchecked),
    ("handle_in_a_callback_while_removed", handle_in_a_callback_while_removed),
];

fn too_many_pins() {
    set_pin_limit(PinLimit { base: 100, per_call: 10 });
    let mut pinner = Pinner::new();
    for size in 1..=101 {
        pinner.pin(vec![1_u8; size]);
    }
}

fn too_many_pins_of_one_block() {
    set_pin_limit(PinLimit { base: 20, per_call: 0 });
    let block = Box::new(5_u64);
    let mut pinner = Pinner::new();
    for _ in 0..21 {
        pinner.pin(&*block);
    }
}

fn too_many_pins_in_threads() {
    set_pin_limit(PinLimit { base: 399, per_call: 0 });
    let pins = || (0..100).map(|size| Pinned::new(vec![1_u8; size + 1])).collect::<Vec<_>>();
    let kept: Vec<_> = (0..4).map(|_| std::thread::spawn(pins).join()).collect();
    if let Some(report) = kept.into_iter().find_map(Result::err) {
        std::panic::resume_unwind(report);
    }
}

fn too_many_pins_of_many_places() {
    set_pin_limit(PinLimit { base: 8, per_call: 0 });
    let block = Box::new(5_u64);
    let mut pinner = Pinner::new();
    pinner.pin(&*block);
    pinner.pin(&*block);
    pinner.pin(&*block);
    pinner.pin(&*block);
    pinner.pin(&*block);
    pinner.pin(&*block);
    (0..3).for_each(|_| _ = pinner.pin(&*block));
}

fn pins_up_to_the_limit() {
    set_pin_limit(PinLimit { base: 100, per_call: 0 });
    let mut pinner = Pinner::new();
    for size in 1..=100 {
        pinner.pin(vec![1_u8; size]);
    }
}

fn pins_one_after_another() {
    set_pin_limit(PinLimit { base: 3, per_call: 0 });
    for size in 1..2000 {
        let _three = [(); 3].map(|()| Pinned::new(vec![1_u8; size]));
    }
}

fn limit_grows_with_calls() {
    unsafe extern "C" fn inner(_: *mut c_void) -> c_int {
        let mut pinner = Pinner::new();
        for size in 1..=60 {
            pinner.pin(vec![1_u8; size]);
        }
        pinner.len() as c_int
    }
    set_pin_limit(PinLimit { base: 10, per_call: 50 });
    // At off no call is known to be under way.
    if pinned_ffi::level() != pinned_ffi::Level::Off {
        // SAFETY: `inner` asks for nothing.
        assert_eq!(unsafe { probe_call(Some(inner), std::ptr::null_mut()) }, 60);
    }
}

fn many_pins_by_default() {
    let blocks: Vec<_> = (0..20_000_u32).map(|number| Pinned::new(Box::new(number))).collect();
    assert_eq!(pinned_ffi::pins().len(), blocks.len());
}

fn too_many_pins_inside_unchecked() {
    set_pin_limit(PinLimit { base: 1, per_call: 0 });
    pinned_ffi::unchecked(|| drop([1, 2, 3].map(|size| Pinned::new(vec![1_u8; size]))));
}

unsafe extern "C" fn count(userdata: *mut c_void) -> c_int {
    match Handle::<AtomicU32>::from_userdata(userdata) {
        Ok(count) => count.fetch_add(1, Ordering::Relaxed) as c_int,
        Err(HandleError::OtherType) => -2,
        Err(_) => -1,
    }
}

/// What C gets back from the callback.
fn call(userdata: *mut c_void) -> c_int {
    // SAFETY: `count` looks at the number only, and C does nothing with it.
    unsafe { pinned_ffi::unchecked(|| libc_call(count, userdata)) }
}

/// Calls through a pointer that the compiler does not know.
unsafe fn libc_call(f: unsafe extern "C" fn(*mut c_void) -> c_int, userdata: *mut c_void) -> c_int {
    // SAFETY: passed on.
    unsafe { std::hint::black_box(f)(userdata) }
}

fn removed_handle() {
    let handle = Handle::new(AtomicU32::new(7));
    assert!(handle.remove().is_ok());
    // SAFETY: `count` looks at the number only.
    assert_eq!(unsafe { libc_call(count, handle.as_ptr()) }, -1);
}

fn null_handle() {
    // SAFETY: `count` looks at the number only.
    assert_eq!(unsafe { libc_call(count, std::ptr::null_mut()) }, -1);
}

fn made_up_handle() {
    let _real = Handle::new(AtomicU32::new(7));
    // SAFETY: `count` looks at the number only.
    assert_eq!(unsafe { libc_call(count, std::ptr::without_provenance_mut(0x1234_0000_0003)) }, -1);
}

fn handle_of_another_type() {
    let handle = Handle::new(String::from("no number"));
    // SAFETY: `count` looks at the number only.
    assert_eq!(unsafe { libc_call(count, handle.as_ptr()) }, -2);
}

fn removed_handle_whose_slot_is_used_again() {
    let handle = Handle::new(AtomicU32::new(7));
    assert!(handle.remove().is_ok());
    let again = Handle::new(AtomicU32::new(8));
    assert_ne!(handle, again);
    // SAFETY: `count` looks at the number only.
    assert_eq!(unsafe { libc_call(count, handle.as_ptr()) }, -1);
}

fn handle_in_a_callback() {
    let handle = Handle::new(AtomicU32::new(7));
    // SAFETY: `count` takes this handle.
    assert_eq!(unsafe { probe_call(Some(count), handle.as_ptr()) }, 7);
    // SAFETY: as above.
    assert_eq!(unsafe { probe_call(Some(count), handle.as_ptr()) }, 8);
    assert!(handle.remove().is_ok());
}

fn handle_asked_by_rust() {
    let handle = Handle::new(5_u8);
    assert!(handle.remove().is_ok());
    assert_eq!(handle.get(), Err(HandleError::Unknown));
    assert_eq!(Handle::<u16>::from_bits(0).remove(), Err(HandleError::Unknown));
    let other = Handle::new(5_u8);
    assert_eq!(Handle::<u16>::from_bits(other.to_bits()).get(), Err(HandleError::OtherType));
    assert_eq!(Handle::<u16>::from_ptr(std::ptr::null_mut()), None);
}

fn stale_handle_inside_unchecked() {
    let handle = Handle::new(AtomicU32::new(7));
    assert!(handle.remove().is_ok());
    assert_eq!(call(handle.as_ptr()), -1);
}

fn handle_in_a_callback_while_removed() {
    unsafe extern "C" fn removes(userdata: *mut c_void) -> c_int {
        let Ok(value) = Handle::<AtomicU32>::from_userdata(userdata) else { return -1 };
        let removed = Handle::<AtomicU32>::from_ptr(userdata).map(Handle::remove);
        assert!(matches!(removed, Some(Ok(_))));
        value.load(Ordering::Relaxed) as c_int
    }
    let handle = Handle::new(AtomicU32::new(7));
    // SAFETY: `removes` takes this handle.
    assert_eq!(unsafe { probe_call(Some(removes), handle.as_ptr()) }, 7);
}
