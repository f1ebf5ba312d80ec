// A structure that C knows by its address: a plain `&mut` will not do, a safe signature cannot keep it, and a wrong word is told.

#[pinned_ffi::pinned_ffi]
#[repr(C)]
pub struct cell {
    count: i32,
}

mod wrong {
    use super::cell;

    #[pinned_ffi::pinned_ffi]
    unsafe extern "C" {
        fn cell_wrong(#[address_sensitive(sometimes)] c: *mut cell);
    }

    #[pinned_ffi::pinned_ffi]
    unsafe extern "C" {
        safe fn cell_init(#[inout] #[one] #[retained(by = c, until = [cell_end])] c: *mut cell);
        fn cell_end(#[inout] #[one] #[noescape] c: *mut cell);
    }
}

fn main() {}
