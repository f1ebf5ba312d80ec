// The count of a field is misspelt: point at the attribute, suggest `length`.

#[pinned_ffi::pinned_ffi]
#[repr(C)]
pub struct Text {
    #[counted_by(lenght)]
    chars: *const u8,
    length: usize,
}

fn main() {}
