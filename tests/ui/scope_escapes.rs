// The scope itself kept for later: it may not leave its closure.

fn main() {
    let mut kept = None;
    pinned_ffi::scope(|s| kept = Some(s));
    drop(kept);
}
