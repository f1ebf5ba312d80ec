//! Pointer contracts of `<aio.h>`.
// glibc, `_GNU_SOURCE`, Linux x86_64. Sources: Linux man-pages (6.03), aio(7), aio_read(3), aio_write(3),
// aio_fsync(3), aio_error(3), aio_return(3), aio_cancel(3), aio_suspend(3), lio_listio(3), aio_init(3).
//
// Conventions of this file:
//  * A control block stays where it is, with its buffer, until the request is done: aio_error no longer says
//    EINPROGRESS (115), which is told as its success. aio_return is no end: called early, it does not wait
//    (glibc). Neither is aio_cancel: what it cannot cancel goes on.
//  * No `flow_through` on control blocks: their buffer is followed behind the call too, by threads, and
//    aio_error, aio_return, aio_suspend and aio_cancel do not follow it, though it may be gone by then.
//  * `aio_sigevent` is copied; `sigev_value` may be a number.

// aio(7). C writes the buffer for aio_read and reads it for aio_write; aio_fsync does not look at it.
struct aiocb {
    #[nonnull] #[sized_by(aio_nbytes)] #[retained(until = [aio_error(on(success))])]
    aio_buf: *mut c_void,
    aio_nbytes: size_t,
}

struct aiocb64 {
    #[nonnull] #[sized_by(aio_nbytes)] #[retained(until = [aio_error64(on(success))])]
    aio_buf: *mut c_void,
    aio_nbytes: size_t,
}

// aio_read(3), aio_write(3), aio_fsync(3). A request that fails at once is not queued.
unsafe extern "C" {
    #[errno(void)] #[unsafe_beyond_pointers("aio_buf is written until the request is done")]
    fn aio_read(
        #[inout] #[nonnull] #[one] #[retained(by = aiocbp, until = [aio_error(on(success))], on(success))]
        #[noescape(on(failure))]
        aiocbp: *mut aiocb,
    ) -> c_int;

    #[errno(void)] #[unsafe_beyond_pointers("aio_buf is read until the request is done")]
    fn aio_write(
        #[inout] #[nonnull] #[one] #[retained(by = aiocbp, until = [aio_error(on(success))], on(success))]
        #[noescape(on(failure))]
        aiocbp: *mut aiocb,
    ) -> c_int;

    #[errno(void)]
    fn aio_fsync(
        op: c_int,
        #[inout] #[nonnull] #[one] #[retained(by = aiocbp, until = [aio_error(on(success))], on(success))]
        #[noescape(on(failure))]
        aiocbp: *mut aiocb,
    ) -> c_int;

    #[errno(void)] #[unsafe_beyond_pointers("aio_buf is written until the request is done")]
    fn aio_read64(
        #[inout] #[nonnull] #[one] #[retained(by = aiocbp, until = [aio_error64(on(success))], on(success))]
        #[noescape(on(failure))]
        aiocbp: *mut aiocb64,
    ) -> c_int;

    #[errno(void)] #[unsafe_beyond_pointers("aio_buf is read until the request is done")]
    fn aio_write64(
        #[inout] #[nonnull] #[one] #[retained(by = aiocbp, until = [aio_error64(on(success))], on(success))]
        #[noescape(on(failure))]
        aiocbp: *mut aiocb64,
    ) -> c_int;

    #[errno(void)]
    fn aio_fsync64(
        op: c_int,
        #[inout] #[nonnull] #[one] #[retained(by = aiocbp, until = [aio_error64(on(success))], on(success))]
        #[noescape(on(failure))]
        aiocbp: *mut aiocb64,
    ) -> c_int;
}

// lio_listio(3). The array is read during the call, null elements are skipped; each control block in it, and
// its buffer, is used until its request is done (with LIO_WAIT: at the end of the call). `sevp` is copied, and
// not looked at with LIO_WAIT.
unsafe extern "C" {
    #[errno(void)]
    #[unsafe_beyond_pointers("with LIO_NOWAIT each control block and its buffer are used until its request is done")]
    fn lio_listio(
        mode: c_int,
        #[input] #[nonnull] #[flow_through(inout)] #[counted_by(nitems)] #[pointee(inout, nullable, one)]
        aiocb_list: *const *mut aiocb,
        nitems: c_int,
        #[input] #[nullable] #[one] sevp: *mut sigevent,
    ) -> c_int;

    #[errno(void)]
    #[unsafe_beyond_pointers("with LIO_NOWAIT each control block and its buffer are used until its request is done")]
    fn lio_listio64(
        mode: c_int,
        #[input] #[nonnull] #[flow_through(inout)] #[counted_by(nitems)] #[pointee(inout, nullable, one)]
        aiocb_list: *const *mut aiocb64,
        nitems: c_int,
        #[input] #[nullable] #[one] sevp: *mut sigevent,
    ) -> c_int;
}

// aio_error(3), aio_return(3). aio_error gives 0, EINPROGRESS, ECANCELED or another error number; aio_return
// what read(2) and its like would have returned, with errno.
unsafe extern "C" {
    #[success(result != 115)]
    fn aio_error(#[input] #[nonnull] #[one] aiocbp: *const aiocb) -> c_int;

    #[success(result != 115)]
    fn aio_error64(#[input] #[nonnull] #[one] aiocbp: *const aiocb64) -> c_int;

    #[errno]
    fn aio_return(#[inout] #[nonnull] #[one] aiocbp: *mut aiocb) -> ssize_t;

    #[errno]
    fn aio_return64(#[inout] #[nonnull] #[one] aiocbp: *mut aiocb64) -> ssize_t;
}

// aio_cancel(3). NULL: all requests of the file.
unsafe extern "C" {
    #[errno]
    fn aio_cancel(fd: c_int, #[inout] #[nullable] #[one] aiocbp: *mut aiocb) -> c_int;

    #[errno]
    fn aio_cancel64(fd: c_int, #[inout] #[nullable] #[one] aiocbp: *mut aiocb64) -> c_int;
}

// aio_suspend(3). Null elements are skipped.
unsafe extern "C" {
    #[errno(void)]
    fn aio_suspend(
        #[input] #[nonnull] #[flow_through] #[counted_by(nitems)] #[pointee(input, nullable, one)]
        aiocb_list: *const *const aiocb,
        nitems: c_int,
        #[input] #[nullable] #[one] timeout: *const timespec,
    ) -> c_int;

    #[errno(void)]
    fn aio_suspend64(
        #[input] #[nonnull] #[flow_through] #[counted_by(nitems)] #[pointee(input, nullable, one)]
        aiocb_list: *const *const aiocb64,
        nitems: c_int,
        #[input] #[nullable] #[one] timeout: *const timespec,
    ) -> c_int;
}

// aio_init(3).
unsafe extern "C" {
    fn aio_init(#[input] #[nonnull] #[one] init: *const aioinit);
}
