//! The library that keeps what it gets (`tests/c/kept.c`), with its contracts.

#![allow(non_camel_case_types)]

use std::ffi::{c_char, c_int, c_long, c_void};

#[repr(C)]
pub(crate) struct keeper {
    _unused: [u8; 0],
}

#[link(name = "probe", kind = "static")]
unsafe extern "C" {}

#[rustfmt::skip]
#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    #[returns(owned, free = keeper_free, opaque, nonnull)]
    pub(crate) safe fn keeper_new() -> *mut keeper;
    pub(crate) safe fn keeper_free(#[opaque] #[transfer] k: *mut keeper);

    #[success(result == 0)]
    pub(crate) safe fn keeper_set(
        #[opaque] #[noescape] k: *mut keeper,
        at: c_int,
        #[input] #[nullable] #[sized_by(size)]
        #[retained(by = k, at = at, until = [keeper_set_number, keeper_set_and_tell, keeper_clear, keeper_clear_and_tell, keeper_close(on(success)), keeper_free, keeper_unset, keeper_empty_second], on(success))]
        #[noescape] data: *const c_void,
        size: usize,
    ) -> c_int;
    #[success(result == 0)]
    pub(crate) safe fn keeper_set_number(#[opaque] #[noescape] k: *mut keeper, at: c_int, number: c_int) -> c_int;
    // The same with the place under another name, and the close without a word on its success.
    #[link_name = "keeper_set_number"]
    #[success(result == 0)]
    pub(crate) safe fn keeper_put_number(#[opaque] #[noescape] k: *mut keeper, place: c_int, number: c_int) -> c_int;
    #[link_name = "keeper_close"]
    pub(crate) fn keeper_shut(k: *mut keeper) -> c_int;
    // The place in another type, and two takers of which none has the right name: each may end something, and nobody knows what.
    pub(crate) safe fn keeper_unset(#[opaque] #[noescape] k: *mut keeper, at: u8);
    pub(crate) safe fn keeper_empty_second(#[opaque] #[noescape] first: *const keeper, #[opaque] #[noescape] second: *mut keeper);
    pub(crate) safe fn keeper_clear(#[opaque] #[noescape] k: *mut keeper);
    #[success(result == 0)]
    pub(crate) safe fn keeper_close(
        #[opaque] #[transfer(free = keeper_free, on(success))] #[noescape(on(failure))] k: *mut keeper,
    ) -> c_int;
    pub(crate) safe fn keeper_sum(#[opaque] #[noescape] k: *const keeper) -> c_long;

    #[success(result == 0)]
    #[idiomatic]
    pub(crate) fn keeper_set_and_tell(
        #[opaque] #[noescape] k: *mut keeper,
        at: c_int,
        #[input] #[sized_by(size)]
        #[retained(by = k, at = at, until = [keeper_set, keeper_clear, keeper_clear_and_tell, keeper_free], on(success))]
        #[noescape] data: *const c_void,
        size: usize,
        #[callback(userdata = context, scope = call)] told: unsafe extern "C" fn(*mut c_void),
        #[address] context: *mut c_void,
    ) -> c_int;
    #[idiomatic]
    pub(crate) fn keeper_clear_and_tell(
        #[opaque] #[noescape] k: *mut keeper,
        #[callback(userdata = context, scope = call)] told: unsafe extern "C" fn(*mut c_void),
        #[address] context: *mut c_void,
    );

    pub(crate) safe fn keeper_name(
        #[opaque] #[noescape] k: *mut keeper,
        #[nullable] #[null_terminated] #[retained(by = k, until = [keeper_name, keeper_free])] name: *const c_char,
    );
    pub(crate) safe fn keeper_name_length(#[opaque] #[noescape] k: *const keeper) -> usize;

    pub(crate) safe fn keeper_message(
        #[opaque] #[noescape] k: *mut keeper,
        #[nullable] #[inout] #[sized_by(size)] #[retained(by = k, until = [keeper_message, keeper_free])] room: *mut c_char,
        size: usize,
    );
    pub(crate) safe fn keeper_say(
        #[opaque] #[noescape] k: *mut keeper,
        #[null_terminated] #[noescape] words: *const c_char,
    );

    pub(crate) safe fn keeper_friend(
        #[opaque] #[noescape] k: *mut keeper,
        #[opaque] #[nullable] #[retained(by = k, until = [keeper_friend, keeper_free])] friend: *const keeper,
    );

    #[errno(null)]
    #[returns(owned, free = keeper_free, opaque)]
    pub(crate) safe fn keeper_of(
        #[input] #[sized_by(size)] #[retained(by = result, until = [keeper_clear, keeper_free], on(success))]
        #[noescape] data: *const c_void,
        size: usize,
    ) -> *mut keeper;

    pub(crate) safe fn note_set(
        #[null_terminated] #[retained(until = [note_set, note_end])] words: *const c_char,
    );
    #[link_name = "note_set"]
    pub(crate) safe fn note_set_for_ever(#[null_terminated] #[retained(forever)] words: *const c_char);
    pub(crate) safe fn note_end();
    pub(crate) safe fn note_first() -> c_int;
}

/// Two libraries whose functions have the same names once their prefixes are gone.
#[rustfmt::skip]
pub(crate) mod left {
    use std::ffi::{c_char, c_int};

    #[pinned_ffi::pinned_ffi]
    unsafe extern "C" {
        #[link_name = "left_set_note"]
        pub(crate) safe fn set_note(#[null_terminated] #[retained(until = [set_note, end_note])] words: *const c_char);
        #[link_name = "left_end_note"]
        pub(crate) safe fn end_note();
        pub(crate) safe fn left_first() -> c_int;
    }
}

#[rustfmt::skip]
pub(crate) mod right {
    use std::ffi::c_char;

    #[pinned_ffi::pinned_ffi]
    unsafe extern "C" {
        #[link_name = "right_set_note"]
        pub(crate) safe fn set_note(#[null_terminated] #[retained(until = [set_note])] words: *const c_char);
    }
}
