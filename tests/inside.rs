//! What lies inside the structures inside a structure: pointers, lengths beside them, and numbers that are no values.

use pinned_ffi::report::{Action, Violation};
use pinned_ffi::{Level, Pinner, TrackedAlloc};
use std::ffi::{c_int, c_long, c_void};
use std::sync::{Mutex, PoisonError};

#[global_allocator]
static ALLOC: TrackedAlloc = TrackedAlloc::system();

mod c {
    #![allow(non_camel_case_types)]

    use super::{c_int, c_long, c_void};

    /// A length with a name.
    pub(crate) const ALL: usize = 2;

    /// C has numbers for it.
    #[pinned_ffi::pinned_ffi]
    #[repr(C)]
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub(crate) enum Kind {
        Empty,
        Full = 5,
    }

    #[pinned_ffi::pinned_ffi]
    #[repr(C)]
    pub(crate) struct inside_part {
        pub(crate) len: u32,
        #[sized_by(len)]
        pub(crate) base: *const u8,
    }

    pub(crate) type inside_data = *const c_void;

    #[pinned_ffi::pinned_ffi]
    #[repr(C)]
    pub(crate) struct inside_message {
        pub(crate) kind: Kind,
        pub(crate) parts: [inside_part; ALL],
        #[null_terminated]
        pub(crate) name: *const std::ffi::c_char,
        pub(crate) data: inside_data,
    }

    #[pinned_ffi::pinned_ffi]
    #[repr(C)]
    pub(crate) struct inside_state {
        pub(crate) kind: Kind,
        pub(crate) flags: [[bool; 3]; ALL],
    }

    #[pinned_ffi::pinned_ffi]
    #[repr(C)]
    pub(crate) struct inside_entry {
        pub(crate) number: u32,
        pub(crate) state: inside_state,
    }

    /// What is left in there is nobody's pointer.
    #[pinned_ffi::pinned_ffi]
    #[repr(C)]
    pub(crate) struct lazy_message {
        pub(crate) kind: Kind,
        pub(crate) later: std::mem::MaybeUninit<inside_part>,
    }

    #[link(name = "probe", kind = "static")]
    unsafe extern "C" {}

    #[pinned_ffi::pinned_ffi]
    unsafe extern "C" {
        pub(crate) fn inside_sum(
            #[counted_by(count)]
            #[flow_through]
            messages: *const inside_message,
            count: usize,
        ) -> c_long;
        pub(crate) fn inside_kind(
            #[nonnull]
            #[one]
            message: *const inside_message,
        ) -> c_int;
        pub(crate) fn inside_kind_of_lazy(
            #[nonnull]
            #[one]
            message: *const lazy_message,
        ) -> c_int;
        pub(crate) fn inside_set(
            #[inout]
            #[counted_by(count)]
            entries: *mut inside_entry,
            count: usize,
            at: usize,
            flag: c_int,
            value: c_int,
        );
    }
}

use c::{Kind, inside_entry, inside_message, inside_part, inside_state};

/// The codes and messages of what is reported while `body` runs.
fn told(level: Level, body: impl FnOnce()) -> Vec<String> {
    static TOLD: Mutex<Vec<String>> = Mutex::new(Vec::new());
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    let _one = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    pinned_ffi::set_level(level);
    pinned_ffi::set_hook(|violation: &Violation| {
        let text = format!("{}: {}", violation.code.as_str(), violation.message);
        TOLD.lock().unwrap_or_else(PoisonError::into_inner).push(text);
        Action::Continue
    });
    body();
    pinned_ffi::clear_hook();
    std::mem::take(&mut *TOLD.lock().unwrap_or_else(PoisonError::into_inner))
}

fn message(parts: [&[u8]; 2]) -> inside_message {
    let parts = parts.map(|part| inside_part { len: part.len() as u32, base: part.as_ptr() });
    inside_message { kind: Kind::Full, parts, name: std::ptr::null(), data: std::ptr::null() }
}

#[test]
fn c_follows_what_structures_inside_point_to() {
    for level in [Level::Cheap, Level::Full] {
        let (first, second) = (vec![1_u8; 10], vec![2_u8; 20]);
        let sum = |messages: &[inside_message]| {
            // SAFETY: each part has its bytes, but for those that the checker is to find.
            unsafe { c::inside_sum(messages.as_ptr(), messages.len()) }
        };
        assert_eq!(
            told(level, || assert_eq!(sum(&[message([&first, &second]), message([&second, &[]])]), 90)),
            [""; 0]
        );
        // The length beside it is that of the second part of the second message.
        let mut messages = [message([&first, &second]), message([&first, &second])];
        messages[1].parts[1].len = 5000;
        let told = told(level, || {
            sum(&messages);
        });
        assert_eq!(
            told,
            ["PF003: `inside_sum`: `messages[1].parts[1].base` is declared longer than the memory behind it"]
        );
    }
}

#[test]
fn what_c_may_keep_is_pinned_in_structures_inside_too() {
    let block = vec![1_u8; 10];
    let mut inner = message([&[], &block]);
    let kind = |message: &inside_message| {
        // SAFETY: C looks at a number.
        unsafe { c::inside_kind(message) }
    };
    let found = told(Level::Cheap, || assert_eq!(kind(&inner), 5));
    let message = |path: &str| {
        format!("PF001: `inside_kind`: `message` holds a pointer to Rust memory that is not pinned, `{path}`")
    };
    assert_eq!(found, [message("message.parts[1].base")]);
    inner.parts[1].base = std::ptr::null();
    inner.data = block.as_ptr().cast();
    assert_eq!(told(Level::Cheap, || assert_eq!(kind(&inner), 5)), [message("message.data")]);
    let mut pinner = Pinner::new();
    inner.data = pinner.pin(block).cast();
    assert_eq!(told(Level::Full, || assert_eq!(kind(&inner), 5)), [""; 0]);
}

#[test]
fn what_is_not_there_yet_is_no_pointer() {
    let block = Box::new([1_u8; 10]);
    let later = std::mem::MaybeUninit::new(inside_part { len: 10, base: block.as_ptr() });
    let message = c::lazy_message { kind: Kind::Full, later };
    for level in [Level::Cheap, Level::Full] {
        // SAFETY: C looks at a number.
        assert_eq!(told(level, || assert_eq!(unsafe { c::inside_kind_of_lazy(&message) }, 5)), [""; 0]);
    }
    // SAFETY: it was put there above.
    assert_eq!(unsafe { message.later.assume_init() }.len, 10);
}

#[test]
fn numbers_that_are_no_values_inside() {
    let set = |at: usize, flag: c_int, value: c_int| {
        let state = || inside_state { kind: Kind::Empty, flags: [[false; 3]; 2] };
        let mut entries = [const { std::mem::MaybeUninit::<inside_entry>::uninit() }; 3];
        entries.iter_mut().for_each(|entry| _ = entry.write(inside_entry { number: 99, state: state() }));
        // SAFETY: so many entries; nobody makes values of them afterwards.
        unsafe { c::inside_set(entries.as_mut_ptr().cast(), 3, at, flag, value) };
    };
    for level in [Level::Off, Level::Cheap, Level::Full] {
        assert_eq!(told(level, || set(1, -1, 5)), [""; 0]);
        assert_eq!(told(level, || set(1, 4, 1)), [""; 0]);
        let found = |what: &str| match level {
            Level::Off => Vec::new(),
            _ => vec![format!("PF025: `inside_set`: C has written {what}, and there is no such value")],
        };
        assert_eq!(told(level, || set(1, -1, 4)), found("4 as a `Kind` into `entries[1].state.kind`"));
        assert_eq!(told(level, || set(2, 4, 255)), found("255 as a `bool` into `entries[2].state.flags[4]`"));
    }
}
