//! Pointer contracts of `<zlib.h>`.
// Sources: the comments of zlib.h and zconf.h, 1.2.13; the zlib manual.
//
// Conventions of this file:
//  * deflate and inflate state holds the address of its z_stream and compares it at each call, so the
//    structure is kept from a successful init until the matching End: it may not move between them.
//  * `flow_through(inout)` stands on the calls that use `next_in` and `next_out`. All other calls leave
//    the buffers alone, so that whatever lies in the two fields is legal there, a buffer that is gone
//    included. The language's word for pointers that are never looked at is `flow_through(none)`.
//  * A null stream makes every function return Z_STREAM_ERROR: neither `nonnull` nor `nullable` is said.
//  * crc32 and adler32 take a null buffer of any length for the request of the initial value.
//  * gzFile is a pointer to a structure of which three fields are public for the macro gzgetc only.

// Also named `z_stream`. `zalloc`, `zfree` and `opaque` are set before init; `state` and `msg` are C's.
// The current position moves along both buffers, so only what is left of them counts.
struct z_stream_s {
    #[input]
    #[sized_by(avail_in)]
    next_in: *mut Bytef,
    avail_in: uInt,
    total_in: uLong,
    #[out]
    #[sized_by(avail_out)]
    next_out: *mut Bytef,
    avail_out: uInt,
    total_out: uLong,
    #[nullable]
    #[null_terminated]
    msg: *mut c_char,
    #[opaque]
    state: *mut internal_state,
    #[callback(userdata = opaque)]
    zalloc: alloc_func,
    #[callback(userdata = opaque)]
    zfree: free_func,
    #[address]
    opaque: voidpf,
    data_type: c_int,
    adler: uLong,
    reserved: uLong,
}

// Also named `gz_header`. The maxima count what inflate may write. For deflate `extra` has `extra_len`
// bytes, `name` and `comment` end with zero, and the maxima are not used.
struct gz_header_s {
    text: c_int,
    time: uLong,
    xflags: c_int,
    os: c_int,
    #[nullable]
    #[sized_by(extra_max)]
    extra: *mut Bytef,
    extra_len: uInt,
    extra_max: uInt,
    #[nullable]
    #[sized_by(name_max)]
    name: *mut Bytef,
    name_max: uInt,
    #[nullable]
    #[sized_by(comm_max)]
    comment: *mut Bytef,
    comm_max: uInt,
    hcrc: c_int,
    done: c_int,
}

unsafe extern "C" {
    #[returns(static, nonnull, null_terminated)]
    fn zlibVersion() -> *const c_char;
}

// Compression.
unsafe extern "C" {
    #[success(result == 0)]
    fn deflateInit_(
        #[inout] #[one] #[flow_through(none)] #[retained(by = strm, until = [deflateEnd], on(success))] #[noescape]
        strm: *mut z_stream,
        level: c_int,
        #[input] #[null_terminated] #[noescape] version: *const c_char,
        stream_size: c_int,
    ) -> c_int;

    #[success(result == 0)]
    fn deflateInit2_(
        #[inout] #[one] #[flow_through(none)] #[retained(by = strm, until = [deflateEnd], on(success))] #[noescape]
        strm: *mut z_stream,
        level: c_int,
        method: c_int,
        windowBits: c_int,
        memLevel: c_int,
        strategy: c_int,
        #[input] #[null_terminated] #[noescape] version: *const c_char,
        stream_size: c_int,
    ) -> c_int;

    // Z_OK and Z_STREAM_END.
    #[success(result >= 0)]
    fn deflate(#[inout] #[one] #[flow_through(inout)] strm: *mut z_stream, flush: c_int) -> c_int;

    #[success(result == 0)]
    fn deflateEnd(#[inout] #[one] #[flow_through(none)] strm: *mut z_stream) -> c_int;

    #[success(result == 0)]
    fn deflateSetDictionary(
        #[inout] #[one] #[flow_through(none)] strm: *mut z_stream,
        #[input] #[nonnull] #[sized_by(dictLength)] #[noescape] dictionary: *const Bytef,
        dictLength: uInt,
    ) -> c_int;

    // At most 32768 bytes are written, as many as *dictLength tells: no parameter bounds it before the call.
    #[success(result == 0)]
    fn deflateGetDictionary(
        #[inout] #[one] #[flow_through(none)] strm: *mut z_stream,
        #[out] #[nullable] #[filled_by(*dictLength)] dictionary: *mut Bytef,
        #[out] #[nullable] #[one] dictLength: *mut uInt,
    ) -> c_int;

    #[success(result == 0)]
    #[unsafe_beyond_pointers("the copy goes on with the header that deflateSetHeader gave to source")]
    fn deflateCopy(
        #[out] #[one] #[flow_through(none)] #[retained(by = dest, until = [deflateEnd], on(success))] #[noescape]
        dest: *mut z_stream,
        #[input] #[one] #[flow_through(none)] source: *mut z_stream,
    ) -> c_int;

    #[success(result == 0)]
    fn deflateReset(#[inout] #[one] #[flow_through(none)] strm: *mut z_stream) -> c_int;

    #[success(result == 0)]
    fn deflateResetKeep(#[inout] #[one] #[flow_through(none)] strm: *mut z_stream) -> c_int;

    // Compresses what is pending with the old parameters first: both buffers are used.
    #[success(result == 0)]
    fn deflateParams(
        #[inout] #[one] #[flow_through(inout)] strm: *mut z_stream,
        level: c_int,
        strategy: c_int,
    ) -> c_int;

    #[success(result == 0)]
    fn deflateTune(
        #[inout] #[one] #[flow_through(none)] strm: *mut z_stream,
        good_length: c_int,
        max_lazy: c_int,
        nice_length: c_int,
        max_chain: c_int,
    ) -> c_int;

    // A null stream asks for the bound of the default parameters.
    fn deflateBound(
        #[inout] #[nullable] #[one] #[flow_through(none)] strm: *mut z_stream,
        sourceLen: uLong,
    ) -> uLong;

    #[success(result == 0)]
    fn deflatePending(
        #[inout] #[one] #[flow_through(none)] strm: *mut z_stream,
        #[out] #[nullable] #[one] pending: *mut c_uint,
        #[out] #[nullable] #[one] bits: *mut c_int,
    ) -> c_int;

    #[success(result == 0)]
    fn deflatePrime(
        #[inout] #[one] #[flow_through(none)] strm: *mut z_stream,
        bits: c_int,
        value: c_int,
    ) -> c_int;

    // The structure and the three buffers inside are read by later calls of deflate, until the header
    // is out, and again after a reset. Null takes a header back.
    #[success(result == 0)]
    fn deflateSetHeader(
        #[inout] #[one] #[flow_through(none)] strm: *mut z_stream,
        #[input] #[nullable] #[one] #[flow_through(none)]
        #[retained(by = strm, until = [deflateEnd, deflateSetHeader], on(success))] #[noescape]
        head: *mut gz_header,
    ) -> c_int;
}

// Decompression.
unsafe extern "C" {
    #[success(result == 0)]
    fn inflateInit_(
        #[inout] #[one] #[flow_through(none)] #[retained(by = strm, until = [inflateEnd], on(success))] #[noescape]
        strm: *mut z_stream,
        #[input] #[null_terminated] #[noescape] version: *const c_char,
        stream_size: c_int,
    ) -> c_int;

    #[success(result == 0)]
    fn inflateInit2_(
        #[inout] #[one] #[flow_through(none)] #[retained(by = strm, until = [inflateEnd], on(success))] #[noescape]
        strm: *mut z_stream,
        windowBits: c_int,
        #[input] #[null_terminated] #[noescape] version: *const c_char,
        stream_size: c_int,
    ) -> c_int;

    // Z_OK, Z_STREAM_END and Z_NEED_DICT.
    #[success(result >= 0)]
    fn inflate(#[inout] #[one] #[flow_through(inout)] strm: *mut z_stream, flush: c_int) -> c_int;

    #[success(result == 0)]
    fn inflateEnd(#[inout] #[one] #[flow_through(none)] strm: *mut z_stream) -> c_int;

    // Called in the middle of a stream, after Z_NEED_DICT: the buffers are the caller's and stay so.
    #[success(result == 0)]
    fn inflateSetDictionary(
        #[inout] #[one] #[flow_through(none)] strm: *mut z_stream,
        #[input] #[nonnull] #[sized_by(dictLength)] #[noescape] dictionary: *const Bytef,
        dictLength: uInt,
    ) -> c_int;

    #[success(result == 0)]
    fn inflateGetDictionary(
        #[inout] #[one] #[flow_through(none)] strm: *mut z_stream,
        #[out] #[nullable] #[filled_by(*dictLength)] dictionary: *mut Bytef,
        #[out] #[nullable] #[one] dictLength: *mut uInt,
    ) -> c_int;

    // Searches next_in. It leaves next_out alone, which may be stale: the two cannot be told apart here.
    #[success(result == 0)]
    fn inflateSync(#[inout] #[one] #[flow_through(none)] strm: *mut z_stream) -> c_int;

    #[success(result == 0)]
    #[unsafe_beyond_pointers("the copy goes on with the header that inflateGetHeader gave to source")]
    fn inflateCopy(
        #[out] #[one] #[flow_through(none)] #[retained(by = dest, until = [inflateEnd], on(success))] #[noescape]
        dest: *mut z_stream,
        #[input] #[one] #[flow_through(none)] source: *mut z_stream,
    ) -> c_int;

    #[success(result == 0)]
    fn inflateReset(#[inout] #[one] #[flow_through(none)] strm: *mut z_stream) -> c_int;

    #[success(result == 0)]
    fn inflateReset2(#[inout] #[one] #[flow_through(none)] strm: *mut z_stream, windowBits: c_int) -> c_int;

    #[success(result == 0)]
    fn inflateResetKeep(#[inout] #[one] #[flow_through(none)] strm: *mut z_stream) -> c_int;

    #[success(result == 0)]
    fn inflatePrime(
        #[inout] #[one] #[flow_through(none)] strm: *mut z_stream,
        bits: c_int,
        value: c_int,
    ) -> c_int;

    fn inflateMark(#[inout] #[one] #[flow_through(none)] strm: *mut z_stream) -> c_long;

    // Later calls of inflate write the structure and the buffers inside, until `done` is set, which is
    // no call. A reset lets go of it too, where it is not refused.
    #[success(result == 0)]
    fn inflateGetHeader(
        #[inout] #[one] #[flow_through(none)] strm: *mut z_stream,
        #[inout] #[nonnull] #[one] #[flow_through(none)]
        #[retained(by = strm, until = [inflateEnd, inflateReset(on(success)), inflateReset2(on(success)),
            inflateResetKeep(on(success)), inflateGetHeader], on(success))]
        #[noescape]
        head: *mut gz_header,
    ) -> c_int;

    #[success(result != 0)]
    fn inflateSyncPoint(#[inout] #[one] #[flow_through(none)] strm: *mut z_stream) -> c_int;

    #[success(result == 0)]
    fn inflateUndermine(#[inout] #[one] #[flow_through(none)] strm: *mut z_stream, subvert: c_int) -> c_int;

    #[success(result == 0)]
    fn inflateValidate(#[inout] #[one] #[flow_through(none)] strm: *mut z_stream, check: c_int) -> c_int;

    fn inflateCodesUsed(#[inout] #[one] #[flow_through(none)] strm: *mut z_stream) -> c_ulong;
}

// Decompression by callbacks. The window has 2^windowBits bytes, 256 at least: the language has no power.
// inflateBack does not keep the address of the stream, but its state goes with the structure.
unsafe extern "C" {
    #[success(result == 0)]
    fn inflateBackInit_(
        #[inout] #[one] #[flow_through(none)] strm: *mut z_stream,
        windowBits: c_int,
        #[out] #[sized_by(at_least(256))] #[retained(by = strm, until = [inflateBackEnd], on(success))] #[noescape]
        window: *mut c_uchar,
        #[input] #[null_terminated] #[noescape] version: *const c_char,
        stream_size: c_int,
    ) -> c_int;

    // Input that is left of an earlier call may be handed over in next_in; what next_out says is not
    // used. `in` lends C a buffer until it is called again, or until the call returns: next_in points
    // into it then. Z_STREAM_END is the success.
    #[success(result == 1)]
    #[unsafe_beyond_pointers("what `in` stores is there, and as long as it says, until it is called again or the call returns")]
    fn inflateBack(
        #[inout] #[one] #[flow_through(none)] strm: *mut z_stream,
        #[callback(userdata = in_desc, scope = call, on_panic = 0)]
        in_: Option<unsafe extern "C" fn(in_desc: *mut c_void, #[one] buffer: *mut *const c_uchar) -> c_uint>,
        #[address] in_desc: *mut c_void,
        #[callback(userdata = out_desc, scope = call, on_panic = 1)]
        out: Option<unsafe extern "C" fn(out_desc: *mut c_void, #[input] #[sized_by(len)] buffer: *mut c_uchar, len: c_uint) -> c_int>,
        #[address] out_desc: *mut c_void,
    ) -> c_int;

    #[success(result == 0)]
    fn inflateBackEnd(#[inout] #[one] #[flow_through(none)] strm: *mut z_stream) -> c_int;
}

// Whole buffers.
unsafe extern "C" {
    #[success(result == 0)]
    fn compress(
        #[out] #[sized_by(*destLen)] #[filled_by(*destLen)] dest: *mut Bytef,
        #[inout] #[nonnull] #[one] destLen: *mut uLongf,
        #[input] #[sized_by(sourceLen)] source: *const Bytef,
        sourceLen: uLong,
    ) -> c_int;

    #[success(result == 0)]
    fn compress2(
        #[out] #[sized_by(*destLen)] #[filled_by(*destLen)] dest: *mut Bytef,
        #[inout] #[nonnull] #[one] destLen: *mut uLongf,
        #[input] #[sized_by(sourceLen)] source: *const Bytef,
        sourceLen: uLong,
        level: c_int,
    ) -> c_int;

    #[success(result == 0)]
    fn uncompress(
        #[out] #[sized_by(*destLen)] #[filled_by(*destLen)] dest: *mut Bytef,
        #[inout] #[nonnull] #[one] destLen: *mut uLongf,
        #[input] #[sized_by(sourceLen)] source: *const Bytef,
        sourceLen: uLong,
    ) -> c_int;

    // *sourceLen comes back as the number of bytes that were used.
    #[success(result == 0)]
    fn uncompress2(
        #[out] #[sized_by(*destLen)] #[filled_by(*destLen)] dest: *mut Bytef,
        #[inout] #[nonnull] #[one] destLen: *mut uLongf,
        #[input] #[sized_by(*sourceLen)] source: *const Bytef,
        #[inout] #[nonnull] #[one] sourceLen: *mut uLong,
    ) -> c_int;
}

// Files. Every function but the openers takes a null file for an error of its own, none crashes.
unsafe extern "C" {
    #[returns(owned, free = gzclose, opaque, nullable)]
    fn gzopen(
        #[input] #[nonnull] #[null_terminated] #[noescape] path: *const c_char,
        #[input] #[nonnull] #[null_terminated] #[noescape] mode: *const c_char,
    ) -> gzFile;

    #[returns(owned, free = gzclose, opaque, nullable)]
    fn gzopen64(
        #[input] #[nonnull] #[null_terminated] #[noescape] path: *const c_char,
        #[input] #[nonnull] #[null_terminated] #[noescape] mode: *const c_char,
    ) -> gzFile;

    // gzclose closes the descriptor too.
    #[returns(owned, free = gzclose, opaque, nullable)]
    fn gzdopen(fd: c_int, #[input] #[nonnull] #[null_terminated] #[noescape] mode: *const c_char) -> gzFile;

    #[success(result == 0)]
    fn gzbuffer(#[opaque] file: *mut gzFile_s, size: c_uint) -> c_int;

    #[success(result == 0)]
    fn gzsetparams(#[opaque] file: *mut gzFile_s, level: c_int, strategy: c_int) -> c_int;

    #[success(result >= 0)]
    fn gzread(
        #[opaque] file: *mut gzFile_s,
        #[out] #[nonnull] #[sized_by(len)] #[filled_by(return)] buf: *mut c_void,
        len: c_uint,
    ) -> c_int;

    // Whole items are counted, yet a part of one more may be written at the end of the file.
    fn gzfread(
        #[out] #[nonnull] #[sized_by(size * nitems)] buf: *mut c_void,
        size: z_size_t,
        nitems: z_size_t,
        #[opaque] file: *mut gzFile_s,
    ) -> z_size_t;

    // Zero tells failure, except for a length of zero.
    fn gzwrite(
        #[opaque] file: *mut gzFile_s,
        #[input] #[nonnull] #[sized_by(len)] buf: *const c_void,
        len: c_uint,
    ) -> c_int;

    fn gzfwrite(
        #[input] #[nonnull] #[sized_by(size * nitems)] buf: *const c_void,
        size: z_size_t,
        nitems: z_size_t,
        #[opaque] file: *mut gzFile_s,
    ) -> z_size_t;

    #[success(result >= 0)]
    #[unsafe_beyond_pointers("the arguments must be what the format asks for")]
    fn gzprintf(
        #[opaque] file: *mut gzFile_s,
        #[input] #[nonnull] #[null_terminated] format: *const c_char,
        ...
    ) -> c_int;

    #[success(result >= 0)]
    #[unsafe_beyond_pointers("the arguments must be what the format asks for")]
    fn gzvprintf(
        #[opaque] file: *mut gzFile_s,
        #[input] #[nonnull] #[null_terminated] format: *const c_char,
        #[opaque] va: *mut __va_list_tag,
    ) -> c_int;

    #[success(result >= 0)]
    fn gzputs(#[opaque] file: *mut gzFile_s, #[input] #[nonnull] #[null_terminated] s: *const c_char) -> c_int;

    // Ends with zero; how much was written follows from the string.
    #[returns(borrowed = buf, nullable, null_terminated)]
    fn gzgets(
        #[opaque] file: *mut gzFile_s,
        #[out] #[nonnull] #[sized_by(len)] buf: *mut c_char,
        len: c_int,
    ) -> *mut c_char;

    #[success(result != -1)]
    fn gzputc(#[opaque] file: *mut gzFile_s, c: c_int) -> c_int;

    #[success(result != -1)]
    fn gzgetc(#[opaque] file: *mut gzFile_s) -> c_int;

    #[success(result != -1)]
    fn gzgetc_(#[opaque] file: *mut gzFile_s) -> c_int;

    #[success(result != -1)]
    fn gzungetc(c: c_int, #[opaque] file: *mut gzFile_s) -> c_int;

    #[success(result == 0)]
    fn gzflush(#[opaque] file: *mut gzFile_s, flush: c_int) -> c_int;

    #[success(result != -1)]
    fn gzseek(#[opaque] file: *mut gzFile_s, offset: z_off_t, whence: c_int) -> z_off_t;

    #[success(result != -1)]
    fn gzseek64(#[opaque] file: *mut gzFile_s, offset: z_off64_t, whence: c_int) -> z_off64_t;

    #[success(result == 0)]
    fn gzrewind(#[opaque] file: *mut gzFile_s) -> c_int;

    #[success(result != -1)]
    fn gztell(#[opaque] file: *mut gzFile_s) -> z_off_t;

    #[success(result != -1)]
    fn gztell64(#[opaque] file: *mut gzFile_s) -> z_off64_t;

    #[success(result != -1)]
    fn gzoffset(#[opaque] file: *mut gzFile_s) -> z_off_t;

    #[success(result != -1)]
    fn gzoffset64(#[opaque] file: *mut gzFile_s) -> z_off64_t;

    fn gzeof(#[opaque] file: *mut gzFile_s) -> c_int;

    fn gzdirect(#[opaque] file: *mut gzFile_s) -> c_int;

    #[success(result == 0)]
    fn gzclose(#[opaque] file: *mut gzFile_s) -> c_int;

    #[success(result == 0)]
    fn gzclose_r(#[opaque] file: *mut gzFile_s) -> c_int;

    #[success(result == 0)]
    fn gzclose_w(#[opaque] file: *mut gzFile_s) -> c_int;

    // The text belongs to the file and may change with every later call on it; some texts are constants.
    #[returns(borrowed = file, static, until = [gzclearerr, gzclose, gzclose_r, gzclose_w], nullable, null_terminated)]
    fn gzerror(#[opaque] file: *mut gzFile_s, #[out] #[nullable] #[one] errnum: *mut c_int) -> *const c_char;

    fn gzclearerr(#[opaque] file: *mut gzFile_s);
}

// Checksums.
unsafe extern "C" {
    fn adler32(adler: uLong, #[input] #[nullable] #[sized_by(len)] buf: *const Bytef, len: uInt) -> uLong;
    fn adler32_z(adler: uLong, #[input] #[nullable] #[sized_by(len)] buf: *const Bytef, len: z_size_t) -> uLong;
    fn crc32(crc: uLong, #[input] #[nullable] #[sized_by(len)] buf: *const Bytef, len: uInt) -> uLong;
    fn crc32_z(crc: uLong, #[input] #[nullable] #[sized_by(len)] buf: *const Bytef, len: z_size_t) -> uLong;

    #[returns(static, nonnull, counted_by(256))]
    fn get_crc_table() -> *const z_crc_t;

    // Numbers that are no error of zlib's are answered with a neighbour's text, or none.
    #[returns(static, null_terminated)]
    fn zError(err: c_int) -> *const c_char;
}
