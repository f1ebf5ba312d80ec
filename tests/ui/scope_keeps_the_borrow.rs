// Memory that is pinned for C to write cannot be written by Rust in the same scope.

fn main() {
    let mut buffer = [0_u8; 4];
    pinned_ffi::scope(|s| {
        let at = s.pin(&mut buffer);
        buffer[0] = 1;
        drop(at);
    });
}
