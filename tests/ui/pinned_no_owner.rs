// A number owns no memory: the note says what does.

fn main() {
    let _ = pinned_ffi::Pinned::new(5_u32);
}
