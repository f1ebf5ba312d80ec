// A pinner is moved, not copied: who gave it away has no pins to end.

fn main() {
    let mut pinner = pinned_ffi::Pinner::new();
    pinner.pin(vec![1_u8]);
    let kept = pinner;
    pinner.unpin();
    drop(kept);
}
