//! Pointer contracts of `<zstd.h>`.
// Sources: the comments of zstd.h, 1.5.4: the stable interface, and behind ZSTD_STATIC_LINKING_ONLY the
// calls that keep a dictionary.
//
// Conventions of this file:
//  * Contexts and digested dictionaries are C's own memory.
//  * A size that is an error code lies at the very top of size_t's range, beyond every size of memory:
//    success is told by a result that fits a signed number (of 64 bits).
//  * Dictionary contents are copied by everything but the calls named refPrefix and byReference.
//  * A streaming call uses the bytes from `pos` to `size` of a buffer and moves `pos` along; a buffer that is
//    used up may be gone. The language has no offset: as many bytes are described, from the buffer's start.

struct ZSTD_inBuffer_s {
    #[input]
    #[nullable]
    #[sized_by(size - pos)]
    src: *const c_void,
    size: size_t,
    pos: size_t,
}

struct ZSTD_outBuffer_s {
    #[out]
    #[nullable]
    #[sized_by(size - pos)]
    dst: *mut c_void,
    size: size_t,
    pos: size_t,
}

unsafe extern "C" {
    #[returns(static, nonnull, null_terminated)]
    fn ZSTD_versionString() -> *const c_char;

    #[returns(static, nonnull, null_terminated)]
    fn ZSTD_getErrorName(code: size_t) -> *const c_char;
}

// Whole buffers, and what their frames tell.
unsafe extern "C" {
    #[success(result <= 9223372036854775807)]
    fn ZSTD_compress(
        #[out] #[nullable] #[sized_by(dstCapacity)] #[filled_by(return)] dst: *mut c_void,
        dstCapacity: size_t,
        #[input] #[nullable] #[sized_by(srcSize)] src: *const c_void,
        srcSize: size_t,
        compressionLevel: c_int,
    ) -> size_t;

    #[success(result <= 9223372036854775807)]
    fn ZSTD_decompress(
        #[out] #[nullable] #[sized_by(dstCapacity)] #[filled_by(return)] dst: *mut c_void,
        dstCapacity: size_t,
        #[input] #[nullable] #[sized_by(compressedSize)] src: *const c_void,
        compressedSize: size_t,
    ) -> size_t;

    fn ZSTD_getFrameContentSize(
        #[input] #[nullable] #[sized_by(srcSize)] src: *const c_void,
        srcSize: size_t,
    ) -> c_ulonglong;

    fn ZSTD_getDecompressedSize(
        #[input] #[nullable] #[sized_by(srcSize)] src: *const c_void,
        srcSize: size_t,
    ) -> c_ulonglong;

    #[success(result <= 9223372036854775807)]
    fn ZSTD_findFrameCompressedSize(
        #[input] #[nullable] #[sized_by(srcSize)] src: *const c_void,
        srcSize: size_t,
    ) -> size_t;
}

// Contexts.
unsafe extern "C" {
    #[returns(owned, free = ZSTD_freeCCtx, opaque, nullable)]
    fn ZSTD_createCCtx() -> *mut ZSTD_CCtx;

    #[success(result <= 9223372036854775807)]
    fn ZSTD_freeCCtx(#[opaque] cctx: *mut ZSTD_CCtx) -> size_t;

    #[success(result <= 9223372036854775807)]
    fn ZSTD_compressCCtx(
        #[opaque] cctx: *mut ZSTD_CCtx,
        #[out] #[nullable] #[sized_by(dstCapacity)] #[filled_by(return)] dst: *mut c_void,
        dstCapacity: size_t,
        #[input] #[nullable] #[sized_by(srcSize)] src: *const c_void,
        srcSize: size_t,
        compressionLevel: c_int,
    ) -> size_t;

    #[returns(owned, free = ZSTD_freeDCtx, opaque, nullable)]
    fn ZSTD_createDCtx() -> *mut ZSTD_DCtx;

    #[success(result <= 9223372036854775807)]
    fn ZSTD_freeDCtx(#[opaque] dctx: *mut ZSTD_DCtx) -> size_t;

    #[success(result <= 9223372036854775807)]
    fn ZSTD_decompressDCtx(
        #[opaque] dctx: *mut ZSTD_DCtx,
        #[out] #[nullable] #[sized_by(dstCapacity)] #[filled_by(return)] dst: *mut c_void,
        dstCapacity: size_t,
        #[input] #[nullable] #[sized_by(srcSize)] src: *const c_void,
        srcSize: size_t,
    ) -> size_t;

    #[success(result <= 9223372036854775807)]
    fn ZSTD_CCtx_setParameter(#[opaque] cctx: *mut ZSTD_CCtx, param: ZSTD_cParameter, value: c_int) -> size_t;

    #[success(result <= 9223372036854775807)]
    fn ZSTD_CCtx_setPledgedSrcSize(#[opaque] cctx: *mut ZSTD_CCtx, pledgedSrcSize: c_ulonglong) -> size_t;

    #[success(result <= 9223372036854775807)]
    fn ZSTD_CCtx_reset(#[opaque] cctx: *mut ZSTD_CCtx, reset: ZSTD_ResetDirective) -> size_t;

    #[success(result <= 9223372036854775807)]
    fn ZSTD_compress2(
        #[opaque] cctx: *mut ZSTD_CCtx,
        #[out] #[nullable] #[sized_by(dstCapacity)] #[filled_by(return)] dst: *mut c_void,
        dstCapacity: size_t,
        #[input] #[nullable] #[sized_by(srcSize)] src: *const c_void,
        srcSize: size_t,
    ) -> size_t;

    #[success(result <= 9223372036854775807)]
    fn ZSTD_DCtx_setParameter(#[opaque] dctx: *mut ZSTD_DCtx, param: ZSTD_dParameter, value: c_int) -> size_t;

    #[success(result <= 9223372036854775807)]
    fn ZSTD_DCtx_reset(#[opaque] dctx: *mut ZSTD_DCtx, reset: ZSTD_ResetDirective) -> size_t;

    fn ZSTD_sizeof_CCtx(#[opaque] cctx: *const ZSTD_CCtx) -> size_t;

    fn ZSTD_sizeof_DCtx(#[opaque] dctx: *const ZSTD_DCtx) -> size_t;
}

// Streams. A stream is a context by another name.
unsafe extern "C" {
    #[returns(owned, free = ZSTD_freeCStream, opaque, nullable)]
    fn ZSTD_createCStream() -> *mut ZSTD_CStream;

    #[success(result <= 9223372036854775807)]
    fn ZSTD_freeCStream(#[opaque] zcs: *mut ZSTD_CStream) -> size_t;

    #[success(result <= 9223372036854775807)]
    fn ZSTD_initCStream(#[opaque] zcs: *mut ZSTD_CStream, compressionLevel: c_int) -> size_t;

    #[success(result <= 9223372036854775807)]
    fn ZSTD_compressStream2(
        #[opaque] cctx: *mut ZSTD_CCtx,
        #[inout] #[nonnull] #[one] #[flow_through(out)] output: *mut ZSTD_outBuffer,
        #[inout] #[nonnull] #[one] #[flow_through] input: *mut ZSTD_inBuffer,
        endOp: ZSTD_EndDirective,
    ) -> size_t;

    #[success(result <= 9223372036854775807)]
    fn ZSTD_compressStream(
        #[opaque] zcs: *mut ZSTD_CStream,
        #[inout] #[nonnull] #[one] #[flow_through(out)] output: *mut ZSTD_outBuffer,
        #[inout] #[nonnull] #[one] #[flow_through] input: *mut ZSTD_inBuffer,
    ) -> size_t;

    #[success(result <= 9223372036854775807)]
    fn ZSTD_flushStream(
        #[opaque] zcs: *mut ZSTD_CStream,
        #[inout] #[nonnull] #[one] #[flow_through(out)] output: *mut ZSTD_outBuffer,
    ) -> size_t;

    #[success(result <= 9223372036854775807)]
    fn ZSTD_endStream(
        #[opaque] zcs: *mut ZSTD_CStream,
        #[inout] #[nonnull] #[one] #[flow_through(out)] output: *mut ZSTD_outBuffer,
    ) -> size_t;

    fn ZSTD_sizeof_CStream(#[opaque] zcs: *const ZSTD_CStream) -> size_t;

    #[returns(owned, free = ZSTD_freeDStream, opaque, nullable)]
    fn ZSTD_createDStream() -> *mut ZSTD_DStream;

    #[success(result <= 9223372036854775807)]
    fn ZSTD_freeDStream(#[opaque] zds: *mut ZSTD_DStream) -> size_t;

    #[success(result <= 9223372036854775807)]
    fn ZSTD_initDStream(#[opaque] zds: *mut ZSTD_DStream) -> size_t;

    #[success(result <= 9223372036854775807)]
    fn ZSTD_decompressStream(
        #[opaque] zds: *mut ZSTD_DStream,
        #[inout] #[nonnull] #[one] #[flow_through(out)] output: *mut ZSTD_outBuffer,
        #[inout] #[nonnull] #[one] #[flow_through] input: *mut ZSTD_inBuffer,
    ) -> size_t;

    fn ZSTD_sizeof_DStream(#[opaque] zds: *const ZSTD_DStream) -> size_t;
}

// Dictionaries. A digested one may serve many contexts at once.
unsafe extern "C" {
    #[success(result <= 9223372036854775807)]
    fn ZSTD_compress_usingDict(
        #[opaque] ctx: *mut ZSTD_CCtx,
        #[out] #[nullable] #[sized_by(dstCapacity)] #[filled_by(return)] dst: *mut c_void,
        dstCapacity: size_t,
        #[input] #[nullable] #[sized_by(srcSize)] src: *const c_void,
        srcSize: size_t,
        #[input] #[nullable] #[sized_by(dictSize)] #[noescape] dict: *const c_void,
        dictSize: size_t,
        compressionLevel: c_int,
    ) -> size_t;

    #[success(result <= 9223372036854775807)]
    fn ZSTD_decompress_usingDict(
        #[opaque] dctx: *mut ZSTD_DCtx,
        #[out] #[nullable] #[sized_by(dstCapacity)] #[filled_by(return)] dst: *mut c_void,
        dstCapacity: size_t,
        #[input] #[nullable] #[sized_by(srcSize)] src: *const c_void,
        srcSize: size_t,
        #[input] #[nullable] #[sized_by(dictSize)] #[noescape] dict: *const c_void,
        dictSize: size_t,
    ) -> size_t;

    #[returns(owned, free = ZSTD_freeCDict, opaque, nullable)]
    fn ZSTD_createCDict(
        #[input] #[nullable] #[sized_by(dictSize)] #[noescape] dictBuffer: *const c_void,
        dictSize: size_t,
        compressionLevel: c_int,
    ) -> *mut ZSTD_CDict;

    #[success(result <= 9223372036854775807)]
    fn ZSTD_freeCDict(#[opaque] CDict: *mut ZSTD_CDict) -> size_t;

    #[success(result <= 9223372036854775807)]
    fn ZSTD_compress_usingCDict(
        #[opaque] cctx: *mut ZSTD_CCtx,
        #[out] #[nullable] #[sized_by(dstCapacity)] #[filled_by(return)] dst: *mut c_void,
        dstCapacity: size_t,
        #[input] #[nullable] #[sized_by(srcSize)] src: *const c_void,
        srcSize: size_t,
        #[opaque] #[noescape] cdict: *const ZSTD_CDict,
    ) -> size_t;

    #[returns(owned, free = ZSTD_freeDDict, opaque, nullable)]
    fn ZSTD_createDDict(
        #[input] #[nullable] #[sized_by(dictSize)] #[noescape] dictBuffer: *const c_void,
        dictSize: size_t,
    ) -> *mut ZSTD_DDict;

    #[success(result <= 9223372036854775807)]
    fn ZSTD_freeDDict(#[opaque] ddict: *mut ZSTD_DDict) -> size_t;

    #[success(result <= 9223372036854775807)]
    fn ZSTD_decompress_usingDDict(
        #[opaque] dctx: *mut ZSTD_DCtx,
        #[out] #[nullable] #[sized_by(dstCapacity)] #[filled_by(return)] dst: *mut c_void,
        dstCapacity: size_t,
        #[input] #[nullable] #[sized_by(srcSize)] src: *const c_void,
        srcSize: size_t,
        #[opaque] #[noescape] ddict: *const ZSTD_DDict,
    ) -> size_t;

    #[returns(owned, free = ZSTD_freeCDict, opaque, nullable)]
    fn ZSTD_createCDict_byReference(
        #[input] #[nullable] #[sized_by(dictSize)] #[retained(by = result, until = [ZSTD_freeCDict])]
        dictBuffer: *const c_void,
        dictSize: size_t,
        compressionLevel: c_int,
    ) -> *mut ZSTD_CDict;

    #[returns(owned, free = ZSTD_freeDDict, opaque, nullable)]
    fn ZSTD_createDDict_byReference(
        #[input] #[nullable] #[sized_by(dictSize)] #[retained(by = result, until = [ZSTD_freeDDict])]
        dictBuffer: *const c_void,
        dictSize: size_t,
    ) -> *mut ZSTD_DDict;

    fn ZSTD_getDictID_fromDict(
        #[input] #[nullable] #[sized_by(dictSize)] #[noescape] dict: *const c_void,
        dictSize: size_t,
    ) -> c_uint;

    fn ZSTD_getDictID_fromCDict(#[opaque] cdict: *const ZSTD_CDict) -> c_uint;

    fn ZSTD_getDictID_fromDDict(#[opaque] ddict: *const ZSTD_DDict) -> c_uint;

    fn ZSTD_getDictID_fromFrame(
        #[input] #[nullable] #[sized_by(srcSize)] src: *const c_void,
        srcSize: size_t,
    ) -> c_uint;

    fn ZSTD_sizeof_CDict(#[opaque] cdict: *const ZSTD_CDict) -> size_t;

    fn ZSTD_sizeof_DDict(#[opaque] ddict: *const ZSTD_DDict) -> size_t;
}

// Dictionaries that stay with a context: until the next one of any kind (null takes it back), or until the
// context is gone. ZSTD_*_reset lets go of them with the parameters only, which its name does not say.
//  * Compression: what workers of a frame have that a reset of the session gave up, they go on reading
//    (zstdmt_compress.c), whatever the context refers to by then; so only freeing the context, which waits for
//    them, is an end. A prefix serves one frame, which is over when a call says so, and that is no call.
//  * Decompression has no workers. But with ZSTD_d_refMultipleDDicts a context collects the DDicts that it is
//    given, until it is freed.
unsafe extern "C" {
    #[success(result <= 9223372036854775807)]
    fn ZSTD_CCtx_loadDictionary(
        #[opaque] cctx: *mut ZSTD_CCtx,
        #[input] #[nullable] #[sized_by(dictSize)] #[noescape] dict: *const c_void,
        dictSize: size_t,
    ) -> size_t;

    #[success(result <= 9223372036854775807)]
    fn ZSTD_CCtx_loadDictionary_byReference(
        #[opaque] cctx: *mut ZSTD_CCtx,
        #[input] #[nullable] #[sized_by(dictSize)] #[noescape]
        #[retained(by = cctx, until = [ZSTD_freeCCtx(on(success)), ZSTD_freeCStream(on(success))], on(success))]
        dict: *const c_void,
        dictSize: size_t,
    ) -> size_t;

    #[success(result <= 9223372036854775807)]
    fn ZSTD_CCtx_refCDict(
        #[opaque] cctx: *mut ZSTD_CCtx,
        #[nullable] #[opaque] #[noescape]
        #[retained(by = cctx, until = [ZSTD_freeCCtx(on(success)), ZSTD_freeCStream(on(success))], on(success))]
        cdict: *const ZSTD_CDict,
    ) -> size_t;

    #[success(result <= 9223372036854775807)]
    fn ZSTD_CCtx_refPrefix(
        #[opaque] cctx: *mut ZSTD_CCtx,
        #[input] #[nullable] #[sized_by(prefixSize)] #[noescape]
        #[retained(by = cctx, until = [ZSTD_freeCCtx(on(success)), ZSTD_freeCStream(on(success))], on(success))]
        prefix: *const c_void,
        prefixSize: size_t,
    ) -> size_t;

    #[success(result <= 9223372036854775807)]
    fn ZSTD_DCtx_loadDictionary(
        #[opaque] dctx: *mut ZSTD_DCtx,
        #[input] #[nullable] #[sized_by(dictSize)] #[noescape] dict: *const c_void,
        dictSize: size_t,
    ) -> size_t;

    #[success(result <= 9223372036854775807)]
    fn ZSTD_DCtx_loadDictionary_byReference(
        #[opaque] dctx: *mut ZSTD_DCtx,
        #[input] #[nullable] #[sized_by(dictSize)] #[noescape]
        #[retained(by = dctx, until = [ZSTD_DCtx_refDDict(on(success)), ZSTD_DCtx_refPrefix(on(success)),
            ZSTD_DCtx_loadDictionary(on(success)), ZSTD_DCtx_loadDictionary_byReference(on(success)),
            ZSTD_initDStream(on(success)), ZSTD_freeDCtx(on(success)), ZSTD_freeDStream(on(success))], on(success))]
        dict: *const c_void,
        dictSize: size_t,
    ) -> size_t;

    #[success(result <= 9223372036854775807)]
    fn ZSTD_DCtx_refDDict(
        #[opaque] dctx: *mut ZSTD_DCtx,
        #[nullable] #[opaque] #[noescape]
        #[retained(by = dctx, until = [ZSTD_freeDCtx(on(success)), ZSTD_freeDStream(on(success))], on(success))]
        ddict: *const ZSTD_DDict,
    ) -> size_t;

    #[success(result <= 9223372036854775807)]
    fn ZSTD_DCtx_refPrefix(
        #[opaque] dctx: *mut ZSTD_DCtx,
        #[input] #[nullable] #[sized_by(prefixSize)] #[noescape]
        #[retained(by = dctx, until = [ZSTD_DCtx_refDDict(on(success)), ZSTD_DCtx_refPrefix(on(success)),
            ZSTD_DCtx_loadDictionary(on(success)), ZSTD_DCtx_loadDictionary_byReference(on(success)),
            ZSTD_initDStream(on(success)), ZSTD_freeDCtx(on(success)), ZSTD_freeDStream(on(success))],
            on(success))]
        prefix: *const c_void,
        prefixSize: size_t,
    ) -> size_t;
}
