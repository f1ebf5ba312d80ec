// C keeps the pointer until a function that is not declared: name it at the parameter.

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
        #[input]
        #[counted_by(n)]
        #[retained(by = k, until = [keeper_clear, keeper_free])]
        data: *const u8,
        n: usize,
    );
    // Takes no keeper, so nobody knows whose data it ends.
    safe fn keeper_clear();
}

fn main() {}
