// A union as C has it: its pointers count, but for one that is said to be none.
use std::ffi::c_void;

#[pinned_ffi::pinned_ffi]
#[repr(C)]
#[derive(Clone, Copy)]
pub union Value {
    number: u64,
    pointer: *const u8,
    #[opaque]
    cookie: *mut c_void,
}

#[pinned_ffi::pinned_ffi]
#[repr(C)]
pub struct Event {
    events: u32,
    data: Value,
}

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    #[link_name = "labs"]
    fn take(#[one] event: *const Event) -> isize;
}

fn main() {
    let event = Event { events: 0, data: Value { number: 7 } };
    // SAFETY: `labs` looks at no memory.
    assert_ne!(unsafe { take(&event) }, 0);
    // SAFETY: every member is bytes.
    assert_eq!((event.events, unsafe { event.data.cookie.addr() }, unsafe { event.data.pointer.addr() }), (0, 7, 7));
}
