// C keeps a reference, or what may not move: a borrow does not last, so each is refused at its parameter.

#[pinned_ffi::pinned_ffi]
#[repr(C)]
pub struct timer {
    due: u64,
}

#[repr(C)]
pub struct wheel {
    _unused: [u8; 0],
}

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    safe fn add_reference(
        #[opaque] #[noescape] w: *mut wheel,
        #[inout] #[one] #[retained(by = w, until = [wheel_clear])] t: &mut timer,
    );
    safe fn add_for_ever(#[one] #[retained(forever)] t: Option<&u64>);
    safe fn wheel_clear(#[opaque] #[noescape] w: *mut wheel);
}

mod sensitive {
    use super::{timer, wheel};

    #[pinned_ffi::pinned_ffi]
    unsafe extern "C" {
        safe fn add_pinned(
            #[opaque] #[noescape] w: *mut wheel,
            #[inout] #[one] #[address_sensitive] #[retained(by = w, until = [clear])] t: *mut timer,
        );
        safe fn add_many(#[inout] #[counted_by(n)] #[noescape] t: *mut timer, n: usize);
        safe fn spin(#[inout] #[one] #[noescape] #[address_sensitive] lock: *mut i32);
        safe fn clear(#[opaque] #[noescape] w: *mut wheel);
    }
}

fn main() {}
