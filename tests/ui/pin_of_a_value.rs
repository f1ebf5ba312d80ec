// A value that moves with its owner cannot be pinned: point at the argument.

fn main() {
    let mut pinner = pinned_ffi::Pinner::new();
    pinner.pin(5_u32);
}
