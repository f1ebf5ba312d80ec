//! The contracts of `tests/c/closures.c`.

use std::ffi::{c_char, c_int, c_void};

/// C's source of events.
#[repr(C)]
pub(crate) struct source {
    inside: [u8; 0],
}

#[pinned_ffi::pinned_ffi]
#[link(name = "probe", kind = "static")]
unsafe extern "C" {
    pub(crate) safe fn closures_each(
        #[counted_by(count)]
        #[noescape]
        numbers: *const c_int,
        count: usize,
        step: usize,
        #[callback(userdata = data, scope = call, on_panic = -7)] visit: Option<
            unsafe extern "C" fn(#[counted_by(count)] at: *const c_int, count: usize, data: *mut c_void) -> c_int,
        >,
        data: *mut c_void,
    ) -> c_int;
    pub(crate) safe fn closures_repeat(
        times: c_int,
        #[callback(userdata = data, scope = call, on_panic = 1000)] call: Option<
            unsafe extern "C" fn(data: *mut c_void, number: c_int) -> c_int,
        >,
        data: *mut c_void,
    ) -> c_int;
    pub(crate) safe fn closures_plain(
        times: c_int,
        #[callback(scope = call, on_panic = 0)] call: Option<unsafe extern "C" fn(number: c_int) -> c_int>,
    ) -> c_int;
    pub(crate) safe fn closures_typed(
        #[null_terminated]
        #[noescape]
        text: *const c_char,
        #[one]
        #[inout]
        #[noescape]
        object: *mut c_int,
        is_null: c_int,
        #[callback(userdata = data, scope = call)] call: Option<
            unsafe extern "C" fn(
                #[null_terminated] text: *const c_char,
                #[one]
                #[nullable]
                object: *mut c_int,
                data: *mut c_void,
            ),
        >,
        data: *mut c_void,
    );
    pub(crate) safe fn closures_thread(
        #[callback(userdata = data, scope = call, on_panic = -1, thread = any_thread)] call: Option<
            unsafe extern "C" fn(data: *mut c_void, number: c_int) -> c_int,
        >,
        data: *mut c_void,
    ) -> c_int;
    #[returns(owned, opaque, nonnull, free = source_free)]
    pub(crate) safe fn source_new() -> *mut source;
    pub(crate) safe fn source_free(
        #[opaque]
        #[nonnull]
        #[transfer]
        source: *mut source,
    );
    #[success(result == 0)]
    pub(crate) safe fn source_connect(
        #[opaque]
        #[nonnull]
        #[noescape]
        source: *mut source,
        code: c_int,
        destroys: c_int,
        #[callback(userdata = data, scope = notified, destroy = destroy, on_panic = -7)] call: Option<
            unsafe extern "C" fn(data: *mut c_void, number: c_int) -> c_int,
        >,
        data: *mut c_void,
        destroy: Option<unsafe extern "C" fn(data: *mut c_void)>,
    ) -> c_int;
    pub(crate) safe fn source_hook(
        #[opaque]
        #[nonnull]
        #[noescape]
        source: *mut source,
        #[nullable]
        #[callback(userdata = data, scope = notified, on_panic = -7, thread = same_thread)]
        call: Option<unsafe extern "C" fn(data: *mut c_void, number: c_int) -> c_int>,
        #[retained(by = source, until = [source_hook, source_disconnect, source_free])] data: *mut c_void,
    ) -> *mut c_void;
    #[calls_back]
    pub(crate) safe fn source_fire(
        #[opaque]
        #[nonnull]
        #[noescape]
        source: *mut source,
        number: c_int,
    ) -> c_int;
    pub(crate) safe fn source_disconnect(
        #[opaque]
        #[nonnull]
        #[noescape]
        source: *mut source,
    );
    pub(crate) safe fn closures_keep(
        #[callback(userdata = data, scope = call, on_panic = -7)] call: Option<
            unsafe extern "C" fn(data: *mut c_void, number: c_int) -> c_int,
        >,
        data: *mut c_void,
    ) -> c_int;
    pub(crate) safe fn closures_call_kept(number: c_int) -> c_int;
    pub(crate) safe fn closures_call_forged(number: c_int, data: usize) -> c_int;
    pub(crate) safe fn closures_later(
        #[callback(userdata = data, scope = async, on_panic = -7)] call: Option<
            unsafe extern "C" fn(data: *mut c_void, number: c_int) -> c_int,
        >,
        data: *mut c_void,
    );
}

pub(crate) mod forever {
    //! What C keeps for ever.

    use super::{c_int, c_void};

    #[pinned_ffi::pinned_ffi]
    #[link(name = "probe", kind = "static")]
    unsafe extern "C" {
        #[link_name = "closures_later"]
        pub(crate) safe fn set_forever(
            #[callback(userdata = data, scope = forever, on_panic = -7)] call: Option<
                unsafe extern "C" fn(data: *mut c_void, number: c_int) -> c_int,
            >,
            data: *mut c_void,
        );
    }
}

pub(crate) mod unwinding {
    //! Functions that a panic may go through, and one callback that it may not.
    #![allow(clashing_extern_declarations, reason = "the same functions of C's, by another ABI")]

    use super::{c_int, c_void};

    #[pinned_ffi::pinned_ffi]
    #[link(name = "probe", kind = "static")]
    unsafe extern "C-unwind" {
        #[link_name = "closures_repeat"]
        pub(crate) safe fn repeat(
            times: c_int,
            #[callback(userdata = data, scope = call, on_panic = 1000)] call: Option<
                unsafe extern "C-unwind" fn(data: *mut c_void, number: c_int) -> c_int,
            >,
            data: *mut c_void,
        ) -> c_int;
        #[link_name = "closures_plain"]
        pub(crate) safe fn plain(
            times: c_int,
            #[callback(scope = call, on_panic = 0)] call: Option<unsafe extern "C-unwind" fn(number: c_int) -> c_int>,
        ) -> c_int;
        #[link_name = "closures_repeat"]
        pub(crate) safe fn carried(
            times: c_int,
            #[callback(userdata = data, scope = call, on_panic = 1000)] call: Option<
                unsafe extern "C" fn(data: *mut c_void, number: c_int) -> c_int,
            >,
            data: *mut c_void,
        ) -> c_int;
        #[link_name = "closures_finished"]
        pub(crate) safe fn finished() -> c_int;
    }
}
