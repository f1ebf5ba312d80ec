// An integer is no slot for a pointer, though it is as wide.

fn main() {
    let mut slot = 0_usize;
    let mut pinner = pinned_ffi::Pinner::new();
    let at = pinner.pin(vec![0_u8; 4]);
    unsafe { pinner.store(&raw mut slot, at) };
}
