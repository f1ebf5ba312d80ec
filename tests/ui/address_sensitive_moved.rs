// A structure that C knows by its address, given as a plain `&mut`, and pinned where it can still move: name what is expected.

#[pinned_ffi::pinned_ffi]
#[repr(C)]
pub struct cell {
    count: i32,
}

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    safe fn cell_add(#[inout] #[one] #[noescape] #[address_sensitive] c: *mut cell);
}

fn main() {
    let mut one = cell { count: 1 };
    cell_add(&mut one);
    let mut other = pinned_ffi::AddressSensitive::new(one);
    cell_add(std::pin::Pin::new(&mut other));
}
