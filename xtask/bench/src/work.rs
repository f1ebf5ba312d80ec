//! The contracts of `c/work.c`: one function for each kind of argument.

#![allow(dead_code, reason = "each program calls some of them")]

use libc::{c_char, c_int, c_long, c_void, size_t};

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    pub(crate) fn work_scalar(value: c_int) -> c_int;
    /// As C has it.
    #[link_name = "work_slice"]
    pub(crate) fn slice_as_in_c(
        #[nonnull]
        #[counted_by(n)]
        #[noescape]
        values: *const c_int,
        n: size_t,
    ) -> c_int;
    pub(crate) safe fn work_slice(
        #[counted_by(n)]
        #[noescape]
        values: *const c_int,
        n: size_t,
    ) -> c_int;
    pub(crate) safe fn work_bytes(
        #[input]
        #[sized_by(n)]
        #[noescape]
        bytes: *const c_void,
        n: size_t,
    ) -> size_t;
    pub(crate) safe fn work_text(
        #[null_terminated]
        #[noescape]
        text: *const c_char,
    ) -> size_t;
    pub(crate) safe fn work_fill(
        #[out]
        #[sized_by(n)]
        #[filled_by(return)]
        #[noescape]
        room: *mut c_void,
        n: size_t,
    ) -> size_t;
    /// As C has it: what the entries point to must be pinned.
    #[link_name = "work_vector"]
    pub(crate) fn vector_as_in_c(
        #[nonnull]
        #[flow_through(out)]
        #[counted_by(n)]
        #[noescape]
        vector: *const libc::iovec,
        n: c_int,
    ) -> c_long;
    pub(crate) safe fn work_vector(
        #[nonnull]
        #[flow_through(out)]
        #[counted_by(n)]
        #[noescape]
        vector: *const libc::iovec,
        n: c_int,
    ) -> c_long;
    pub(crate) fn work_message(
        #[input]
        #[nonnull]
        #[one]
        #[flow_through]
        #[noescape]
        message: *const libc::msghdr,
    ) -> c_long;
    pub(crate) safe fn work_keep(
        #[input]
        #[sized_by(n)]
        #[retained(until = [work_keep])]
        bytes: *const c_void,
        n: size_t,
    );
    pub(crate) safe fn work_repeat(
        times: c_int,
        #[callback(userdata = data, scope = call, on_panic = 0)] call: Option<
            unsafe extern "C" fn(data: *mut c_void, number: c_int) -> c_int,
        >,
        data: *mut c_void,
    ) -> c_int;
}
