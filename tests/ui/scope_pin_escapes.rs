// A pin that leaves its scope: it would name memory that is no longer pinned.

fn main() {
    let mut buffer = [0_u8; 4];
    let escaped = pinned_ffi::scope(|s| s.pin(&mut buffer));
    drop(escaped);
}
