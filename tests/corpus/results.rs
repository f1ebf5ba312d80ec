unsafe extern "C" {
    #[errno(null)]
    #[returns(owned, free = results_close, opaque)]
    pub safe fn results_open(#[null_terminated] #[noescape] path: *const c_char) -> *mut results_stream;

    #[errno(void)]
    pub safe fn results_close(#[opaque] #[transfer] stream: *mut results_stream) -> i32;

    #[success(result == 0)]
    pub safe fn results_start(
        #[opaque] #[noescape] stream: *mut results_stream,
        #[out] #[one] #[noescape] #[pointee(owned, free = results_stop, opaque, nonnull)] job: *mut *mut results_job,
        #[out] #[one] #[filled_by(1)] #[noescape] number: *mut u64,
    ) -> i32;

    #[success(result >= 0)]
    pub safe fn results_try_stop(
        #[opaque] #[transfer(free = results_stop, on(success))] #[noescape(on(failure))] job: *mut results_job,
    ) -> i32;
    pub fn results_stop(job: *mut results_job);

    #[returns(owned, free = results_free, null_terminated)]
    pub safe fn results_text(n: i32) -> *mut c_char;
    #[returns(owned, free = results_free, counted_by(n * 2), nonnull)]
    pub safe fn results_numbers(n: usize) -> *mut u32;
    pub fn results_free(memory: *mut c_void);

    #[returns(borrowed = text, null_terminated)]
    pub safe fn results_find(#[null_terminated] #[noescape] text: *const c_char, letter: i32) -> *mut c_char;
    #[returns(static, null_terminated, nonnull)]
    pub safe fn results_name(n: i32) -> *const c_char;
    #[idiomatic]
    #[returns(until = [results_start], null_terminated)]
    pub fn results_message(#[opaque] #[noescape] stream: *mut results_stream) -> *const c_char;

    #[success(result == 0)]
    pub safe fn results_copy(
        #[out] #[sized_by(*len)] #[filled_by(*len)] #[noescape] to: *mut c_void,
        #[inout] #[one] #[noescape] len: *mut usize,
    ) -> i32;
    pub safe fn results_read(
        #[out] #[sized_by(size * n)] #[filled_by(result * size)] #[noescape] to: *mut c_void,
        size: usize,
        n: usize,
        #[opaque] #[noescape] #[nullable] stream: *mut results_stream,
    ) -> usize;
    pub safe fn results_within(
        #[counted_by(*len)] #[noescape] numbers: *const i32,
        #[inout] #[one] #[noescape] len: *mut usize,
    ) -> i64;
}
