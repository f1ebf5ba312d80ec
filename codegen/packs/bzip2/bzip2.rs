//! Pointer contracts of `<bzlib.h>`.
// Sources: bzlib.h 1.0.8, the bzip2 manual.
//
// Conventions of this file:
//  * The state keeps the address of its bz_stream and compares it at each call: the structure may not
//    move from a successful init until the matching End.
//  * `flow_through(inout)` stands on the two calls that use `next_in` and `next_out`; the others leave
//    the buffers alone, and `flow_through(none)` says that nothing inside is looked at.
//  * A null stream is answered with BZ_PARAM_ERROR: neither `nonnull` nor `nullable` is said of it.
//  * A BZFILE is C's own memory. `bzerror` may be null everywhere.
//  * The headers have no const: what is only read says `input`.

struct bz_stream {
    #[input]
    #[sized_by(avail_in)]
    next_in: *mut c_char,
    avail_in: c_uint,
    total_in_lo32: c_uint,
    total_in_hi32: c_uint,
    #[out]
    #[sized_by(avail_out)]
    next_out: *mut c_char,
    avail_out: c_uint,
    total_out_lo32: c_uint,
    total_out_hi32: c_uint,
    #[opaque]
    state: *mut c_void,
    #[callback(userdata = opaque)]
    bzalloc: Option<unsafe extern "C" fn(*mut c_void, c_int, c_int) -> *mut c_void>,
    #[callback(userdata = opaque)]
    bzfree: Option<unsafe extern "C" fn(*mut c_void, *mut c_void)>,
    #[address]
    opaque: *mut c_void,
}

// Streams.
unsafe extern "C" {
    #[success(result == 0)]
    fn BZ2_bzCompressInit(
        #[inout] #[one] #[flow_through(none)]
        #[retained(by = strm, until = [BZ2_bzCompressEnd], on(success))] #[noescape]
        strm: *mut bz_stream,
        blockSize100k: c_int,
        verbosity: c_int,
        workFactor: c_int,
    ) -> c_int;

    // BZ_RUN_OK, BZ_FLUSH_OK, BZ_FINISH_OK and BZ_STREAM_END are positive.
    #[success(result >= 0)]
    fn BZ2_bzCompress(#[inout] #[one] #[flow_through(inout)] strm: *mut bz_stream, action: c_int) -> c_int;

    #[success(result == 0)]
    fn BZ2_bzCompressEnd(#[inout] #[one] #[flow_through(none)] strm: *mut bz_stream) -> c_int;

    #[success(result == 0)]
    fn BZ2_bzDecompressInit(
        #[inout] #[one] #[flow_through(none)]
        #[retained(by = strm, until = [BZ2_bzDecompressEnd], on(success))] #[noescape]
        strm: *mut bz_stream,
        verbosity: c_int,
        small: c_int,
    ) -> c_int;

    #[success(result >= 0)]
    fn BZ2_bzDecompress(#[inout] #[one] #[flow_through(inout)] strm: *mut bz_stream) -> c_int;

    #[success(result == 0)]
    fn BZ2_bzDecompressEnd(#[inout] #[one] #[flow_through(none)] strm: *mut bz_stream) -> c_int;
}

// Files. The FILE is used by every later call until the close, which does not close it. What was read
// of it too much is copied.
unsafe extern "C" {
    #[returns(owned, free = BZ2_bzReadClose, opaque, nullable)]
    fn BZ2_bzReadOpen(
        #[out] #[nullable] #[one] bzerror: *mut c_int,
        #[opaque] f: *mut FILE,
        verbosity: c_int,
        small: c_int,
        #[input] #[nullable] #[sized_by(nUnused)] #[noescape] unused: *mut c_void,
        nUnused: c_int,
    ) -> *mut BZFILE;

    fn BZ2_bzReadClose(#[out] #[nullable] #[one] bzerror: *mut c_int, #[opaque] b: *mut BZFILE);

    // The bytes are inside the handle.
    fn BZ2_bzReadGetUnused(
        #[out] #[nullable] #[one] bzerror: *mut c_int,
        #[opaque] b: *mut BZFILE,
        #[out] #[one]
        #[pointee(borrowed = b, until = [BZ2_bzRead, BZ2_bzReadClose], sized_by(*nUnused), nonnull, input)]
        unused: *mut *mut c_void,
        #[out] #[one] nUnused: *mut c_int,
    );

    #[success(result >= 0)]
    fn BZ2_bzRead(
        #[out] #[nullable] #[one] bzerror: *mut c_int,
        #[opaque] b: *mut BZFILE,
        #[out] #[sized_by(len)] #[filled_by(return)] buf: *mut c_void,
        len: c_int,
    ) -> c_int;

    #[returns(owned, free = BZ2_bzWriteClose, opaque, nullable)]
    fn BZ2_bzWriteOpen(
        #[out] #[nullable] #[one] bzerror: *mut c_int,
        #[opaque] f: *mut FILE,
        blockSize100k: c_int,
        verbosity: c_int,
        workFactor: c_int,
    ) -> *mut BZFILE;

    fn BZ2_bzWrite(
        #[out] #[nullable] #[one] bzerror: *mut c_int,
        #[opaque] b: *mut BZFILE,
        #[input] #[sized_by(len)] buf: *mut c_void,
        len: c_int,
    );

    fn BZ2_bzWriteClose(
        #[out] #[nullable] #[one] bzerror: *mut c_int,
        #[opaque] b: *mut BZFILE,
        abandon: c_int,
        #[out] #[nullable] #[one] nbytes_in: *mut c_uint,
        #[out] #[nullable] #[one] nbytes_out: *mut c_uint,
    );

    fn BZ2_bzWriteClose64(
        #[out] #[nullable] #[one] bzerror: *mut c_int,
        #[opaque] b: *mut BZFILE,
        abandon: c_int,
        #[out] #[nullable] #[one] nbytes_in_lo32: *mut c_uint,
        #[out] #[nullable] #[one] nbytes_in_hi32: *mut c_uint,
        #[out] #[nullable] #[one] nbytes_out_lo32: *mut c_uint,
        #[out] #[nullable] #[one] nbytes_out_hi32: *mut c_uint,
    );
}

// Whole buffers. Null buffers are answered with BZ_PARAM_ERROR.
unsafe extern "C" {
    #[success(result == 0)]
    fn BZ2_bzBuffToBuffCompress(
        #[out] #[sized_by(*destLen)] #[filled_by(*destLen)] dest: *mut c_char,
        #[inout] #[one] destLen: *mut c_uint,
        #[input] #[sized_by(sourceLen)] source: *mut c_char,
        sourceLen: c_uint,
        blockSize100k: c_int,
        verbosity: c_int,
        workFactor: c_int,
    ) -> c_int;

    #[success(result == 0)]
    fn BZ2_bzBuffToBuffDecompress(
        #[out] #[sized_by(*destLen)] #[filled_by(*destLen)] dest: *mut c_char,
        #[inout] #[one] destLen: *mut c_uint,
        #[input] #[sized_by(sourceLen)] source: *mut c_char,
        sourceLen: c_uint,
        small: c_int,
        verbosity: c_int,
    ) -> c_int;
}

// In the manner of zlib and stdio. A null or empty path stands for standard input or output.
unsafe extern "C" {
    #[returns(static, nonnull, null_terminated)]
    fn BZ2_bzlibVersion() -> *const c_char;

    #[returns(owned, free = BZ2_bzclose, opaque, nullable)]
    fn BZ2_bzopen(
        #[input] #[nullable] #[null_terminated] #[noescape] path: *const c_char,
        #[input] #[null_terminated] #[noescape] mode: *const c_char,
    ) -> *mut BZFILE;

    #[returns(owned, free = BZ2_bzclose, opaque, nullable)]
    fn BZ2_bzdopen(fd: c_int, #[input] #[null_terminated] #[noescape] mode: *const c_char) -> *mut BZFILE;

    #[success(result >= 0)]
    fn BZ2_bzread(
        #[opaque] b: *mut BZFILE,
        #[out] #[sized_by(len)] #[filled_by(return)] buf: *mut c_void,
        len: c_int,
    ) -> c_int;

    #[success(result >= 0)]
    fn BZ2_bzwrite(
        #[opaque] b: *mut BZFILE,
        #[input] #[sized_by(len)] buf: *mut c_void,
        len: c_int,
    ) -> c_int;

    fn BZ2_bzflush(#[opaque] b: *mut BZFILE) -> c_int;

    fn BZ2_bzclose(#[opaque] b: *mut BZFILE);

    #[returns(static, nonnull, null_terminated)]
    fn BZ2_bzerror(#[opaque] b: *mut BZFILE, #[out] #[nonnull] #[one] errnum: *mut c_int) -> *const c_char;
}
