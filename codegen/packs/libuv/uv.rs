//! Pointer contracts of the part of `<uv.h>` that a loop, what it calls by itself, work on other threads and the end of handles need.
// Sources: libuv's manual, 1.44, the page of each type (docs.libuv.org); its sources where a comment says "implementation".
//
// Conventions of this file:
//  * Loops and handles are the caller's memory, which libuv knows by its address. A handle stays until the callback of
//    uv_close has run, a loop until uv_loop_close gives 0. For the checks its end is the call of uv_close: from there on
//    nothing is demanded, as nobody sees when that callback has run.
//  * Every handle begins with the members of uv_handle_t; uv_handle_set_data and uv_close take it as one.
//  * A handle has one word of data for all of its callbacks. Forms that end in `_closure` put a closure there. So they are
//    not mixed with data of one's own, and a handle has one closure at a time: until another is started, or until uv_close,
//    which calls no callback but its own any more. A handle that is closing is asked first and left alone, for the word is that
//    of its end: then the result is 1. So is stopped what else would keep its callback and get the data of another (implementation).
//  * uv_stop functions do not let go: the handle may be started again.

// uv_loop_t.
unsafe extern "C" {
    #[returns(static, nullable, opaque)]
    fn uv_default_loop() -> *mut uv_loop_t;

    #[success(result == 0)]
    fn uv_loop_init(
        #[out] #[nonnull] #[one] #[retained(by = loop_, until = [uv_loop_close(on(success))], on(success), whole)]
        loop_: *mut uv_loop_t,
    ) -> c_int;

    #[success(result == 0)]
    fn uv_loop_close(#[nonnull] #[opaque] loop_: *mut uv_loop_t) -> c_int;

    fn uv_loop_alive(#[nonnull] #[opaque] loop_: *const uv_loop_t) -> c_int;

    fn uv_stop(#[nonnull] #[opaque] loop_: *mut uv_loop_t);

    // Whatever was started is called from here. What is left when it stops is no failure.
    #[calls_back]
    fn uv_run(#[nonnull] #[opaque] loop_: *mut uv_loop_t, mode: uv_run_mode) -> c_int;

    // Also handles that are closing. A panic does not end the walk.
    fn uv_walk(
        #[nonnull] #[opaque] loop_: *mut uv_loop_t,
        #[nonnull] #[callback(userdata = arg, scope = call)]
        walk_cb: Option<unsafe extern "C" fn(#[opaque] handle: *mut uv_handle_t, arg: *mut c_void)>,
        #[nullable] #[opaque] arg: *mut c_void,
    );
}

// uv_handle_t.
unsafe extern "C" {
    #[returns(nullable, opaque)]
    fn uv_handle_get_data(#[nonnull] #[opaque] handle: *const uv_handle_t) -> *mut c_void;

    fn uv_handle_set_data(
        #[nonnull] #[opaque] handle: *mut uv_handle_t,
        #[nullable] #[address] #[retained(by = handle, until = [uv_handle_set_data, uv_close])] data: *mut c_void,
    );

    fn uv_is_active(#[nonnull] #[opaque] handle: *const uv_handle_t) -> c_int;

    fn uv_is_closing(#[nonnull] #[opaque] handle: *const uv_handle_t) -> c_int;

    // The callback runs later, in the loop. Without one the handle's memory may go when the loop has run once more.
    fn uv_close(
        #[nonnull] #[opaque] handle: *mut uv_handle_t,
        #[nullable] #[callback(scope = async)] close_cb: Option<unsafe extern "C" fn(#[opaque] handle: *mut uv_handle_t)>,
    );

    #[form_of(uv_close, before(uv_handle_set_data(handle, data)))]
    fn uv_close_closure(
        #[nonnull] #[opaque] handle: *mut uv_handle_t,
        #[callback(userdata = data, scope = async)]
        close_cb: Option<unsafe extern "C" fn(#[userdata(uv_handle_get_data)] #[opaque] handle: *mut uv_handle_t)>,
        #[address] data: *mut c_void,
    );
}

// uv_timer_t. A timer that is closing cannot be started: no callback comes then.
unsafe extern "C" {
    #[success(result == 0)]
    fn uv_timer_init(
        #[nonnull] #[opaque] loop_: *mut uv_loop_t,
        #[out] #[nonnull] #[one] #[retained(by = handle, until = [uv_close], whole)] handle: *mut uv_timer_t,
    ) -> c_int;

    #[success(result == 0)]
    fn uv_timer_start(
        #[nonnull] #[opaque] handle: *mut uv_timer_t,
        #[nonnull] #[callback(scope = notified, destroy = uv_close)]
        cb: Option<unsafe extern "C" fn(#[opaque] handle: *mut uv_timer_t)>,
        timeout: u64,
        repeat: u64,
    ) -> c_int;

    #[form_of(uv_timer_start, before(uv_is_closing(handle), uv_handle_set_data(handle, data)))]
    #[success(result == 0)]
    fn uv_timer_start_closure(
        #[nonnull] #[opaque] handle: *mut uv_timer_t,
        #[callback(userdata = data, scope = notified)]
        cb: Option<unsafe extern "C" fn(#[userdata(uv_handle_get_data)] #[opaque] handle: *mut uv_timer_t)>,
        timeout: u64,
        repeat: u64,
        #[address] #[retained(by = handle, until = [uv_timer_start_closure, uv_close, uv_close_closure])] data: *mut c_void,
    ) -> c_int;

    #[success(result == 0)]
    fn uv_timer_stop(#[nonnull] #[opaque] handle: *mut uv_timer_t) -> c_int;

    #[success(result == 0)]
    fn uv_timer_again(#[nonnull] #[opaque] handle: *mut uv_timer_t) -> c_int;
}

// uv_signal_t: the callback runs in the loop, and in no signal handler.
unsafe extern "C" {
    #[success(result == 0)]
    fn uv_signal_init(
        #[nonnull] #[opaque] loop_: *mut uv_loop_t,
        #[out] #[nonnull] #[one] #[retained(by = handle, until = [uv_close], on(success), whole)] handle: *mut uv_signal_t,
    ) -> c_int;

    #[success(result == 0)]
    fn uv_signal_start(
        #[nonnull] #[opaque] handle: *mut uv_signal_t,
        #[nonnull] #[callback(scope = notified, destroy = uv_close)]
        signal_cb: Option<unsafe extern "C" fn(#[opaque] handle: *mut uv_signal_t, signum: c_int)>,
        signum: c_int,
    ) -> c_int;

    #[form_of(uv_signal_start, before(uv_is_closing(handle), uv_signal_stop(handle), uv_handle_set_data(handle, data)))]
    #[success(result == 0)]
    fn uv_signal_start_closure(
        #[nonnull] #[opaque] handle: *mut uv_signal_t,
        #[callback(userdata = data, scope = notified)]
        signal_cb: Option<unsafe extern "C" fn(
            #[userdata(uv_handle_get_data)] #[opaque] handle: *mut uv_signal_t, signum: c_int,
        )>,
        signum: c_int,
        #[address] #[retained(by = handle, until = [uv_signal_start_closure, uv_close, uv_close_closure])] data: *mut c_void,
    ) -> c_int;

    #[success(result == 0)]
    fn uv_signal_stop(#[nonnull] #[opaque] handle: *mut uv_signal_t) -> c_int;
}

// uv_poll_t.
unsafe extern "C" {
    #[success(result == 0)]
    fn uv_poll_init(
        #[nonnull] #[opaque] loop_: *mut uv_loop_t,
        #[out] #[nonnull] #[one] #[retained(by = handle, until = [uv_close], on(success), whole)] handle: *mut uv_poll_t,
        fd: c_int,
    ) -> c_int;

    #[success(result == 0)]
    fn uv_poll_start(
        #[nonnull] #[opaque] handle: *mut uv_poll_t,
        events: c_int,
        #[nonnull] #[callback(scope = notified, destroy = uv_close)]
        cb: Option<unsafe extern "C" fn(#[opaque] handle: *mut uv_poll_t, status: c_int, events: c_int)>,
    ) -> c_int;

    #[form_of(uv_poll_start, before(uv_is_closing(handle), uv_handle_set_data(handle, data)))]
    #[success(result == 0)]
    fn uv_poll_start_closure(
        #[nonnull] #[opaque] handle: *mut uv_poll_t,
        events: c_int,
        #[callback(userdata = data, scope = notified)]
        cb: Option<unsafe extern "C" fn(
            #[userdata(uv_handle_get_data)] #[opaque] handle: *mut uv_poll_t, status: c_int, events: c_int,
        )>,
        #[address] #[retained(by = handle, until = [uv_poll_start_closure, uv_close, uv_close_closure])] data: *mut c_void,
    ) -> c_int;

    #[success(result == 0)]
    fn uv_poll_stop(#[nonnull] #[opaque] handle: *mut uv_poll_t) -> c_int;
}

// uv_prepare_t: called before the loop waits. A handle that is started again keeps its callback (implementation).
unsafe extern "C" {
    #[success(result == 0)]
    fn uv_prepare_init(
        #[nonnull] #[opaque] loop_: *mut uv_loop_t,
        #[out] #[nonnull] #[one] #[retained(by = handle, until = [uv_close], whole)] handle: *mut uv_prepare_t,
    ) -> c_int;

    #[success(result == 0)]
    fn uv_prepare_start(
        #[nonnull] #[opaque] handle: *mut uv_prepare_t,
        #[nonnull] #[callback(scope = notified, destroy = uv_close)]
        cb: Option<unsafe extern "C" fn(#[opaque] handle: *mut uv_prepare_t)>,
    ) -> c_int;

    #[form_of(uv_prepare_start, before(uv_is_closing(handle), uv_prepare_stop(handle), uv_handle_set_data(handle, data)))]
    #[success(result == 0)]
    fn uv_prepare_start_closure(
        #[nonnull] #[opaque] handle: *mut uv_prepare_t,
        #[callback(userdata = data, scope = notified)]
        cb: Option<unsafe extern "C" fn(#[userdata(uv_handle_get_data)] #[opaque] handle: *mut uv_prepare_t)>,
        #[address] #[retained(by = handle, until = [uv_prepare_start_closure, uv_close, uv_close_closure])] data: *mut c_void,
    ) -> c_int;

    #[success(result == 0)]
    fn uv_prepare_stop(#[nonnull] #[opaque] handle: *mut uv_prepare_t) -> c_int;
}

// uv_check_t: called behind the wait. A handle that is started again keeps its callback (implementation).
unsafe extern "C" {
    #[success(result == 0)]
    fn uv_check_init(
        #[nonnull] #[opaque] loop_: *mut uv_loop_t,
        #[out] #[nonnull] #[one] #[retained(by = handle, until = [uv_close], whole)] handle: *mut uv_check_t,
    ) -> c_int;

    #[success(result == 0)]
    fn uv_check_start(
        #[nonnull] #[opaque] handle: *mut uv_check_t,
        #[nonnull] #[callback(scope = notified, destroy = uv_close)]
        cb: Option<unsafe extern "C" fn(#[opaque] handle: *mut uv_check_t)>,
    ) -> c_int;

    #[form_of(uv_check_start, before(uv_is_closing(handle), uv_check_stop(handle), uv_handle_set_data(handle, data)))]
    #[success(result == 0)]
    fn uv_check_start_closure(
        #[nonnull] #[opaque] handle: *mut uv_check_t,
        #[callback(userdata = data, scope = notified)]
        cb: Option<unsafe extern "C" fn(#[userdata(uv_handle_get_data)] #[opaque] handle: *mut uv_check_t)>,
        #[address] #[retained(by = handle, until = [uv_check_start_closure, uv_close, uv_close_closure])] data: *mut c_void,
    ) -> c_int;

    #[success(result == 0)]
    fn uv_check_stop(#[nonnull] #[opaque] handle: *mut uv_check_t) -> c_int;
}

// uv_idle_t: called in each turn of the loop, which does not wait then. A handle that is started again keeps its callback (implementation).
unsafe extern "C" {
    #[success(result == 0)]
    fn uv_idle_init(
        #[nonnull] #[opaque] loop_: *mut uv_loop_t,
        #[out] #[nonnull] #[one] #[retained(by = handle, until = [uv_close], whole)] handle: *mut uv_idle_t,
    ) -> c_int;

    #[success(result == 0)]
    fn uv_idle_start(
        #[nonnull] #[opaque] handle: *mut uv_idle_t,
        #[nonnull] #[callback(scope = notified, destroy = uv_close)]
        cb: Option<unsafe extern "C" fn(#[opaque] handle: *mut uv_idle_t)>,
    ) -> c_int;

    #[form_of(uv_idle_start, before(uv_is_closing(handle), uv_idle_stop(handle), uv_handle_set_data(handle, data)))]
    #[success(result == 0)]
    fn uv_idle_start_closure(
        #[nonnull] #[opaque] handle: *mut uv_idle_t,
        #[callback(userdata = data, scope = notified)]
        cb: Option<unsafe extern "C" fn(#[userdata(uv_handle_get_data)] #[opaque] handle: *mut uv_idle_t)>,
        #[address] #[retained(by = handle, until = [uv_idle_start_closure, uv_close, uv_close_closure])] data: *mut c_void,
    ) -> c_int;

    #[success(result == 0)]
    fn uv_idle_stop(#[nonnull] #[opaque] handle: *mut uv_idle_t) -> c_int;
}

// uv_async_t: called in the loop when any thread, or a signal handler, has sent; several sends may be one call. It is started by init.
unsafe extern "C" {
    #[success(result == 0)]
    fn uv_async_init(
        #[nonnull] #[opaque] loop_: *mut uv_loop_t,
        #[out] #[nonnull] #[one] #[retained(by = handle, until = [uv_close], on(success), whole)] handle: *mut uv_async_t,
        #[nullable] #[callback(scope = notified, destroy = uv_close)]
        async_cb: Option<unsafe extern "C" fn(#[opaque] handle: *mut uv_async_t)>,
    ) -> c_int;

    // Init leaves the data as it is (implementation).
    #[form_of(uv_async_init, before(uv_handle_set_data(handle, data)))]
    #[success(result == 0)]
    #[unsafe_beyond_pointers("the handle is memory that no handle is in, and stays until the callback of its end has run")]
    fn uv_async_init_closure(
        #[nonnull] #[opaque] loop_: *mut uv_loop_t,
        #[nonnull] #[opaque] handle: *mut uv_async_t,
        #[callback(userdata = data, scope = notified)]
        async_cb: Option<unsafe extern "C" fn(#[userdata(uv_handle_get_data)] #[opaque] handle: *mut uv_async_t)>,
        #[address] #[retained(by = handle, until = [uv_async_init_closure, uv_close, uv_close_closure])] data: *mut c_void,
    ) -> c_int;

    #[success(result == 0)]
    fn uv_async_send(#[nonnull] #[opaque] handle: *mut uv_async_t) -> c_int;
}

// uv_work_t: `work_cb` runs on a thread of the pool, then `after_work_cb` in the loop. uv_cancel, where it succeeds, leaves the first
// out. The request is libuv's until the second has run, which no contract sees.
unsafe extern "C" {
    #[success(result == 0)]
    #[unsafe_beyond_pointers("the request stays until `after_work_cb` has run")]
    fn uv_queue_work(
        #[nonnull] #[opaque] loop_: *mut uv_loop_t,
        #[nonnull] #[opaque] req: *mut uv_work_t,
        #[nonnull] #[callback(scope = async, thread = any_thread)]
        work_cb: Option<unsafe extern "C" fn(#[opaque] req: *mut uv_work_t)>,
        #[nullable] #[callback(scope = async)]
        after_work_cb: Option<unsafe extern "C" fn(#[opaque] req: *mut uv_work_t, status: c_int)>,
    ) -> c_int;

    // Both as closures: the second is the last call of either.
    #[form_of(uv_queue_work, before(uv_req_set_data(req, data)))]
    #[success(result == 0)]
    #[unsafe_beyond_pointers("the request is memory that no request is in, and stays until `after_work_cb` has run")]
    fn uv_queue_work_closure(
        #[nonnull] #[opaque] loop_: *mut uv_loop_t,
        #[nonnull] #[opaque] req: *mut uv_work_t,
        #[callback(userdata = data, scope = notified, destroy = after_work_cb)]
        work_cb: Option<unsafe extern "C" fn(#[userdata(uv_req_get_data)] #[opaque] req: *mut uv_work_t)>,
        #[callback(userdata = data, scope = async)]
        after_work_cb: Option<unsafe extern "C" fn(#[userdata(uv_req_get_data)] #[opaque] req: *mut uv_work_t, status: c_int)>,
        #[address] data: *mut c_void,
    ) -> c_int;

    #[returns(nullable, opaque)]
    fn uv_req_get_data(#[nonnull] #[opaque] req: *const uv_req_t) -> *mut c_void;

    fn uv_req_set_data(
        #[nonnull] #[opaque] req: *mut uv_req_t,
        #[nullable] #[address] #[retained(by = req, until = [uv_req_set_data])] data: *mut c_void,
    );

    #[success(result == 0)]
    fn uv_cancel(#[nonnull] #[opaque] req: *mut uv_req_t) -> c_int;
}

// Threads. The function runs once, on the new thread.
unsafe extern "C" {
    #[success(result == 0)]
    fn uv_thread_create(
        #[out] #[nonnull] #[one] #[filled_by(1)] tid: *mut uv_thread_t,
        #[nonnull] #[callback(userdata = arg, scope = async)] entry: Option<unsafe extern "C" fn(arg: *mut c_void)>,
        #[nullable] #[address] #[retained(forever, on(success))] #[noescape(on(failure))] arg: *mut c_void,
    ) -> c_int;

    #[success(result == 0)]
    fn uv_thread_join(#[input] #[nonnull] #[one] tid: *mut uv_thread_t) -> c_int;
}
