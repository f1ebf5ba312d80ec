//! Each call twice: through the wrapper, and bare. `off_means_gone.rs` compares the machine code.

use std::ffi::{c_int, c_void};

/// Not every number of C's is one of these.
#[pinned_ffi::pinned_ffi]
#[repr(C)]
enum Kind {
    One = 1,
    Two = 2,
}

#[pinned_ffi::pinned_ffi]
#[link(name = "probe", kind = "static")]
unsafe extern "C" {
    fn read(fd: c_int, buf: *mut c_void, count: usize) -> isize;
    fn readv(fd: c_int, iov: *const libc::iovec, iovcnt: c_int) -> isize;
    fn writev(fd: c_int, iov: *const libc::iovec, iovcnt: c_int) -> isize;
    #[link_name = "after_flag"]
    fn flag(value: c_int) -> bool;
    #[link_name = "after_kind"]
    fn kind(value: c_int) -> Kind;
}

macro_rules! pair {
    ($($bare:ident, $wrapped:ident => $function:ident($($name:ident: $ty:ty),*) -> $result:ty;)*) => {$(
        /// The bare call.
        #[unsafe(no_mangle)]
        #[inline(never)]
        extern "C" fn $bare($($name: $ty),*) -> $result {
            // SAFETY: never run; only its machine code is looked at.
            unsafe { raw::$function($($name),*) }
        }

        /// The call through the wrapper.
        #[unsafe(no_mangle)]
        #[inline(never)]
        extern "C" fn $wrapped($($name: $ty),*) -> $result {
            // SAFETY: never run; only its machine code is looked at.
            unsafe { $function($($name),*) }
        }
    )*};
}

pair! {
    bare_read, wrapped_read => read(fd: c_int, buf: *mut c_void, count: usize) -> isize;
    bare_readv, wrapped_readv => readv(fd: c_int, iov: *const libc::iovec, iovcnt: c_int) -> isize;
    bare_writev, wrapped_writev => writev(fd: c_int, iov: *const libc::iovec, iovcnt: c_int) -> isize;
    bare_flag, wrapped_flag => flag(value: c_int) -> bool;
    bare_kind, wrapped_kind => kind(value: c_int) -> Kind;
}

fn main() {
    // The symbols must survive the linker.
    let kept = [
        bare_read as *const (),
        wrapped_read as *const (),
        bare_readv as *const (),
        wrapped_readv as *const (),
        bare_writev as *const (),
        wrapped_writev as *const (),
        bare_flag as *const (),
        wrapped_flag as *const (),
        bare_kind as *const (),
        wrapped_kind as *const (),
    ];
    println!("{} functions, checks compiled in: {}", std::hint::black_box(kept).len(), pinned_ffi::COMPILED);
}
