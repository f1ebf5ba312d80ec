// Structures that point to themselves and to each other, as lists and trees in C do.

#[pinned_ffi::pinned_ffi]
#[repr(C)]
pub struct List {
    #[sized_by(len)]
    data: *const u8,
    len: usize,
    next: *mut List,
}

#[pinned_ffi::pinned_ffi]
#[repr(C)]
pub struct Tree {
    children: [*mut Tree; 2],
    owner: *const Forest,
}

#[pinned_ffi::pinned_ffi]
#[repr(C)]
pub struct Forest {
    first: *mut Tree,
}

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    fn walk(#[flow_through] #[one] list: *const List);
    fn plant(#[flow_through] #[one] forest: *const Forest, #[one] tree: *mut Tree);
}

fn main() {}
