// A structure that nobody described may hold pointers that safe code makes up: name `parts`.

#[repr(C)]
pub struct Parts {
    pub first: *mut u8,
}

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    safe fn look(#[one] #[noescape] parts: *const Parts) -> i32;
}

fn main() {
    look(&Parts { first: std::ptr::null_mut() });
}
