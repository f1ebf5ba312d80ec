// Constants, globals and types named like a header's parameters, in the module of its bindings.

#[pinned_ffi::pinned_ffi(header = "unistd.h", allow = "read|write", safe = "read")]
mod c {
    pub static fd: i32 = 3;
    pub const buf: u8 = 7;
    pub struct nbytes;
    pub struct count(pub i32);
}

fn main() {
    let text = *b"hello";
    let mut room = [0_u8; 4];
    assert!(c::read(-1, &mut room).is_err());
    // SAFETY: the text has five bytes.
    assert_eq!(unsafe { c::write(-1, text.as_ptr().cast(), text.len() as _) }, -1);
    let c::nbytes = c::nbytes;
    assert_eq!((c::fd, c::buf, c::count(2).0, room), (3, 7, 2, [0; 4]));
}
