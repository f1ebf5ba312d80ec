// Handles, owners and results in their signatures, safe and idiomatic.

use pinned_ffi::{Owned, OwnedData, Ref};
use std::ffi::{CStr, c_char, c_int, c_uint, c_void};
use std::mem::MaybeUninit;

#[repr(C)]
pub struct Stream {
    _unused: [u8; 0],
}

pub const DONE: c_uint = 3;

#[pinned_ffi::pinned_ffi]
#[deny(warnings)]
unsafe extern "C" {
    #[errno(null)]
    #[returns(owned, free = stream_close, opaque)]
    safe fn stream_open(#[null_terminated] #[noescape] path: *const c_char) -> *mut Stream;
    #[errno(void)]
    safe fn stream_close(#[opaque] #[transfer] stream: *mut Stream) -> c_int;
    #[errno]
    safe fn stream_read(
        #[opaque] #[noescape] stream: *mut Stream,
        #[out] #[sized_by(n)] #[filled_by(return)] #[noescape] to: *mut c_void,
        n: usize,
    ) -> isize;
    // The handle is not said to be kept, nor not to be: the owner borrows it.
    #[idiomatic]
    #[returns(owned, free = stream_close, opaque)]
    fn stream_dup(#[opaque] stream: *mut Stream) -> *mut Stream;
    #[idiomatic]
    #[returns(until = [stream_read], null_terminated)]
    fn stream_line(#[opaque] #[noescape] stream: *mut Stream) -> *const c_char;
    #[errno(null)]
    #[returns(owned, free = memory_free, sized_by(n))]
    safe fn memory(n: usize) -> *mut c_void;
    fn memory_free(at: *mut c_void);
    #[success(result == DONE)]
    safe fn step(#[opaque] #[noescape] #[nullable] stream: *mut Stream) -> c_uint;
    // C could write it: no reference, the pointer stays.
    #[returns(static, null_terminated)]
    safe fn message() -> *mut c_char;
    #[errno]
    safe fn give(
        #[opaque] #[transfer(free = stream_close, on(success))] #[noescape] stream: *mut Stream,
        #[counted_by(n)] #[noescape] data: *const u16,
        n: u8,
    ) -> c_int;
    safe fn fill(#[out] #[counted_by(n)] #[filled_by(n)] #[noescape] to: *mut c_int, n: c_uint);
}

type File<'a> = Owned<'a, Stream, raw::stream_close>;

fn main() {
    let _: fn(&CStr) -> std::io::Result<File<'static>> = stream_open;
    let _: fn(File<'_>) -> std::io::Result<()> = stream_close;
    let _: fn(Ref<'_, Stream>, &'static mut [u8]) -> std::io::Result<usize> = stream_read;
    let _: for<'a> unsafe fn(Ref<'a, Stream>) -> Option<File<'a>> = stream_dup;
    let _: for<'a> unsafe fn(Ref<'a, Stream>) -> Option<&'a CStr> = stream_line;
    let _: fn(usize) -> std::io::Result<OwnedData<'static, [MaybeUninit<u8>], raw::memory_free>> = memory;
    let _: fn(Option<Ref<'_, Stream>>) -> Result<(), c_uint> = step;
    let _: fn() -> *mut c_char = message;
    let _: for<'a> fn(File<'a>, &[u16]) -> Result<c_int, (File<'a>, std::io::Error)> = give;
    let _: fn(&'static mut [MaybeUninit<c_int>]) -> (&'static mut [c_int], &'static mut [MaybeUninit<c_int>]) = fill;
}
