// What says for whom C keeps something, and where, must not change: a text, a pair, the wrapper's own memory say nothing.

#[pinned_ffi::pinned_ffi]
#[repr(C)]
pub struct pair {
    left: i32,
}

#[repr(C)]
pub struct keeper {
    _unused: [u8; 0],
}

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    safe fn by_name(
        #[null_terminated] #[noescape] name: *const std::ffi::c_char,
        #[counted_by(n)] #[retained(by = name, until = [end_name])] data: *const u8,
        n: usize,
    );
    safe fn end_name(#[null_terminated] #[noescape] name: *const std::ffi::c_char);
    safe fn at_text(
        #[opaque] #[noescape] k: *mut keeper,
        #[null_terminated] #[noescape] key: *const std::ffi::c_char,
        #[counted_by(n)] #[retained(by = k, at = key, until = [end_keeper])] data: *const u8,
        n: usize,
    );
    safe fn at_result(
        #[opaque] #[noescape] k: *mut keeper,
        #[counted_by(n)] #[retained(by = k, at = result, until = [end_keeper])] data: *const u8,
        n: usize,
    ) -> i32;
    safe fn by_pair(
        #[inout] #[one] #[noescape] p: *mut pair,
        #[counted_by(n)] #[retained(by = p, until = [end_pair])] data: *const u8,
        n: usize,
    );
    safe fn end_pair(#[inout] #[one] #[noescape] p: *mut pair);
    safe fn quiet_end(
        #[opaque] #[noescape] k: *mut keeper,
        #[counted_by(n)] #[retained(by = k, until = [end_quietly(on(success))])] data: *const u8,
        n: usize,
    );
    safe fn end_quietly(#[opaque] #[noescape] k: *mut keeper) -> i32;
    safe fn end_keeper(#[opaque] #[noescape] k: *mut keeper);
}

fn main() {}
