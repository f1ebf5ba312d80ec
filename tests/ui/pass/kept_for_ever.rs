// What C keeps for ever goes away as an owner, or lives for ever by itself.

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    safe fn keep(#[counted_by(n)] #[retained(forever)] data: *const i32, n: usize);
}

fn never() {
    static TABLE: [i32; 3] = [1, 2, 3];
    keep(&TABLE[..]);
    keep(vec![4, 5]);
}

fn main() {
    let _ = never as fn();
}
