// Handles stay on their thread.

mod c {
    use std::ffi::{c_char, c_int};

    #[repr(C)]
    pub struct Thing {
        _unused: [u8; 0],
    }

    #[repr(C)]
    pub struct Part {
        _unused: [u8; 0],
    }

    #[pinned_ffi::pinned_ffi]
    unsafe extern "C" {
        #[returns(owned, free = thing_free, opaque, nonnull)]
        pub safe fn thing_new() -> *mut Thing;
        pub safe fn thing_free(#[opaque] #[transfer] thing: *mut Thing);
        #[returns(borrowed = thing, null_terminated, nonnull)]
        pub safe fn thing_name(#[opaque] #[noescape] thing: *mut Thing) -> *const c_char;
        #[returns(owned, free = part_free, opaque, nonnull)]
        pub safe fn part_new(#[opaque] #[retained(by = result, until = [part_free])] thing: *mut Thing) -> *mut Part;
        pub fn part_free(#[opaque] #[transfer] part: *mut Part);
        #[returns(borrowed = text, null_terminated)]
        pub safe fn find(#[null_terminated] #[noescape] text: *const c_char, letter: c_int) -> *mut c_char;
    }
}

fn main() {
    let thing = c::thing_new();
    let handle = thing.as_ref();
    std::thread::scope(|scope| {
        scope.spawn(move || c::thing_name(handle).count_bytes());
    });
}
