// An owner that the pinner has taken is used: point at `push`.

fn main() {
    let mut buffer = vec![0_u8; 4];
    let mut pinner = pinned_ffi::Pinner::new();
    pinner.pin(buffer);
    buffer.push(1);
    pinner.unpin();
}
