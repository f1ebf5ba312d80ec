// A value of the closure is gone before the pins of the scope end: point at the borrow.

fn main() {
    pinned_ffi::scope(|s| {
        let mut inside = [0_u8; 4];
        s.pin(&mut inside);
    });
}
