// Memory lent to a pinner is changed: point at the assignment.

fn main() {
    let mut buffer = [0_u8; 4];
    let mut pinner = pinned_ffi::Pinner::new();
    pinner.pin(&mut buffer);
    buffer[0] = 1;
    pinner.unpin();
}
