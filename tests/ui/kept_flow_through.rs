// C keeps a vector of buffers: no owner says that for all of them.

#[pinned_ffi::pinned_ffi]
#[repr(C)]
pub struct piece {
    #[sized_by(len)]
    base: *const u8,
    len: usize,
}

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    safe fn pieces_set(
        #[input]
        #[counted_by(n)]
        #[flow_through]
        #[retained(forever)]
        pieces: *const piece,
        n: i32,
    );
}

fn main() {}
