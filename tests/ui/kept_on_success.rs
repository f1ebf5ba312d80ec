// C keeps the pointer on success, and nothing tells success; a number keeps something: ask for `success`, tell the contradiction.

#[repr(C)]
pub struct keeper {
    _unused: [u8; 0],
}

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    safe fn keeper_set(
        #[opaque]
        #[noescape]
        k: *mut keeper,
        #[null_terminated]
        #[retained(by = k, until = [keeper_clear], on(success))]
        #[noescape]
        name: *const std::ffi::c_char,
    ) -> i32;
    safe fn keeper_clear(
        #[opaque]
        #[noescape]
        k: *mut keeper,
    );
    safe fn keeper_count(
        #[null_terminated]
        #[retained(by = result, until = [keeper_count])]
        name: *const std::ffi::c_char,
    ) -> i32;
}

fn main() {}
