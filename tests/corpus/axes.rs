unsafe extern "C" {
    pub fn axes_raw(#[out] #[sized_by(n * 4)] to: *mut c_void, n: usize, text: *const c_char, next: &mut i32) -> i32;

    pub safe fn axes_slices(
        #[counted_by(n)] #[noescape] a: *const i32,
        #[inout] #[counted_by(n)] #[noescape] #[nullable] b: *mut i32,
        n: u32,
    ) -> i32;

    #[errno]
    pub safe fn axes_fill(
        fd: i32,
        #[out] #[sized_by(n)] #[filled_by(return)] #[noescape] to: *mut c_void,
        n: usize,
    ) -> isize;

    #[errno(void)]
    pub safe fn axes_pixels(#[inout] #[counted_by(w * h)] #[noescape] pixels: *mut u32, w: i32, h: i32) -> i32;

    pub safe fn axes_objects(
        #[one] #[noescape] read: *const u64,
        #[inout] #[one] #[noescape] changed: *mut u64,
        #[out] #[one] #[noescape] made: *mut u64,
        #[null_terminated] #[noescape] #[nullable] name: *const c_char,
        #[inout] #[counted_by(2)] #[noescape] pair: *mut i32,
    );

    #[errno]
    pub safe fn axes_results(
        #[out] #[one] #[filled_by(1)] #[noescape] first: *mut u64,
        #[out] #[counted_by(3)] #[filled_by(3)] #[noescape] rest: *mut i16,
    ) -> i32;

    #[idiomatic]
    pub fn axes_callback(f: Option<unsafe extern "C" fn(*mut c_void)>, #[opaque] data: *mut c_void);

    #[may_alias]
    pub fn axes_move(#[out] #[sized_by(n)] to: *mut c_void, #[sized_by(n)] from: *const c_void, n: usize);

    pub fn axes_variadic(format: *const c_char, ...) -> i32;
}
