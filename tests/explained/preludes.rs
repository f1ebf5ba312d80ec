//! What the pages leave to their reader: the declarations around each program, and who calls it.

/// For every page.
pub(crate) mod common {
    pub(crate) use libc::{size_t, ssize_t};
    pub(crate) use pinned_ffi::{CBox, pinned_ffi};
    pub(crate) use std::ffi::{CString, c_char, c_int, c_void};
    pub(crate) use std::sync::Mutex;
}

/// A page whose program needs nothing.
macro_rules! plain {
    ($($name:ident)*) => {
        $(pub(crate) mod $name {
            pub(crate) fn drive(program: fn()) {
                program();
            }
        })*
    };
}

plain! { pf011 pf020 pf021 pf022 pf023 pf024 pf025 pf027 pf030 pf031 pf032 pf033 pf034 pf040 pf041 pf042 pf043 pf044 pf045 }

/// A page whose program calls functions of C's.
macro_rules! calling {
    ($($name:ident { $($items:tt)* })*) => {
        $(pub(crate) mod $name {
            use super::common::*;
            $($items)*
            pub(crate) fn drive(program: fn()) {
                program();
            }
        })*
    };
}

calling! {
    pf001 {
        #[pinned_ffi]
        #[repr(C)]
        pub(crate) struct Node {
            pub(crate) value: i64,
            #[one]
            pub(crate) next: *const Node,
        }
        #[pinned_ffi]
        #[link(name = "probe", kind = "static")]
        unsafe extern "C" {
            #[link_name = "cgo_take"]
            pub(crate) fn sum(#[one] #[input] node: *const Node);
        }
    }
    pf002 {
        #[pinned_ffi]
        unsafe extern "C" {
            pub(crate) fn write(fd: c_int, buf: *const c_void, count: usize) -> isize;
        }
    }
    pf003 {
        #[pinned_ffi]
        unsafe extern "C" {
            pub(crate) fn read(fd: c_int, buf: *mut c_void, count: usize) -> isize;
        }
    }
    pf004 {
        #[pinned_ffi]
        unsafe extern "C" {
            #[link_name = "strlen"]
            pub(crate) fn length(#[null_terminated] #[input] text: *const c_char) -> usize;
        }
    }
    pf005 {
        #[pinned_ffi]
        unsafe extern "C" {
            pub(crate) fn read(fd: c_int, buf: *mut c_void, count: usize) -> isize;
        }
    }
    pf006 {
        #[pinned_ffi]
        #[link(name = "probe", kind = "static")]
        unsafe extern "C" {
            #[link_name = "cgo_take_many"]
            pub(crate) fn fill(#[out] #[counted_by(count)] pixels: *mut u32, count: usize);
        }
    }
    pf007 {
        #[pinned_ffi]
        unsafe extern "C" {
            pub(crate) fn memcpy(to: *mut c_void, from: *const c_void, count: usize) -> *mut c_void;
            pub(crate) fn memmove(to: *mut c_void, from: *const c_void, count: usize) -> *mut c_void;
        }
    }
    pf008 {
        #[pinned_ffi]
        #[repr(C)]
        #[derive(Default)]
        pub(crate) struct Stream {
            state: [u64; 4],
        }
    }
    pf010 {
        pub(crate) unsafe fn use_it(_start: *mut u8, _length: usize) {}
    }
    pf012 {
        pub(crate) unsafe fn start_to_use<T>(_start: T) {}
    }
    pf013 {
        /// Ends the program, whose loop has no end.
        pub(crate) unsafe fn use_it<T>(_start: T) {
            static CALLS: std::sync::atomic::AtomicUsize = std::sync::atomic::AtomicUsize::new(0);
            if CALLS.fetch_add(1, std::sync::atomic::Ordering::Relaxed) == 1000 {
                std::process::exit(0);
            }
        }
    }
}

/// C calls back once more when the program is over, if it still can.
pub(crate) mod pf014 {
    use super::common::*;
    use std::cell::Cell;

    type Callback = unsafe extern "C" fn(*mut c_void);

    thread_local! {
        static GIVEN: Cell<(Option<Callback>, *mut c_void)> = const { Cell::new((None, std::ptr::null_mut())) };
    }

    pub(crate) unsafe extern "C" fn on_event(userdata: *mut c_void) {
        drop(pinned_ffi::Handle::<String>::from_userdata(userdata));
    }

    pub(crate) unsafe fn set_callback(callback: Option<Callback>, userdata: *mut c_void) {
        GIVEN.set((callback, userdata));
    }

    pub(crate) fn drive(program: fn()) {
        program();
        if let (Some(callback), userdata) = GIVEN.get() {
            // SAFETY: it is `on_event`.
            unsafe { callback(userdata) };
        }
    }
}

/// C calls the exported functions.
pub(crate) mod pf026 {
    use super::common::*;

    unsafe extern "C" {
        safe fn explain_first_name() -> *const c_char;
        safe fn explain_new_name() -> *mut c_char;
        safe fn explain_free_name(name: *mut c_char);
    }

    pub(crate) fn drive(_: fn()) {
        if std::env::args().nth(2).as_deref() == Some("Bad") {
            explain_first_name();
        } else {
            explain_free_name(explain_new_name());
        }
    }
}
