// The place is a number that is cut when it becomes whole: name its type.

#[repr(C)]
pub struct keeper {
    _unused: [u8; 0],
}

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    safe fn keeper_set(
        #[opaque] #[noescape] k: *mut keeper,
        at: f64,
        #[counted_by(n)] #[retained(by = k, at = at, until = [keeper_end])] data: *const u8,
        n: usize,
    );
    safe fn keeper_end(#[opaque] #[noescape] k: *mut keeper);
}

fn main() {}
