// A pinned borrow whose value ends before the pinner: point at `&buffer`.

fn main() {
    let mut pinner = pinned_ffi::Pinner::new();
    {
        let buffer = [0_u8; 4];
        pinner.pin(&buffer);
    }
    pinner.unpin();
}
