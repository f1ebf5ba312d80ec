//! Pointer contracts of `<lz4.h>`.
// Sources: the comments of lz4.h, lz4hc.h and lz4frame.h, 1.9.4, without their *_STATIC_LINKING_ONLY parts.
//
// Conventions of this file:
//  * Stream states are complete types that may lie in the caller's memory, so they are `one`. A `void *`
//    state has as many bytes as the library's size functions tell: no expression holds that, so only the
//    first byte is described. It may come uninitialised.
//  * Streams keep the addresses of the last 64 KB of earlier data: of the source while compressing, of the
//    output while decompressing. That memory must stay as it is until the state starts anew. The next
//    call on the stream is no end: where its memory follows on the earlier one, both are looked at, and
//    a decoder remembers two runs.
//  * In-place work is documented for compression and for LZ4_decompress_safe: the buffers may overlap.
//  * lz4frame's error codes lie at the very top of size_t's range: success is told by a result that fits a
//    signed number (of 64 bits).

// lz4.h
unsafe extern "C" {
    #[returns(static, nonnull, null_terminated)]
    fn LZ4_versionString() -> *const c_char;

    #[success(result > 0)]
    #[may_alias]
    fn LZ4_compress_default(
        #[input] #[nullable] #[sized_by(srcSize)] src: *const c_char,
        #[out] #[sized_by(dstCapacity)] #[filled_by(return)] dst: *mut c_char,
        srcSize: c_int,
        dstCapacity: c_int,
    ) -> c_int;

    #[success(result >= 0)]
    #[may_alias]
    fn LZ4_decompress_safe(
        #[input] #[nullable] #[sized_by(compressedSize)] src: *const c_char,
        #[out] #[sized_by(dstCapacity)] #[filled_by(return)] dst: *mut c_char,
        compressedSize: c_int,
        dstCapacity: c_int,
    ) -> c_int;

    #[success(result > 0)]
    #[may_alias]
    fn LZ4_compress_fast(
        #[input] #[nullable] #[sized_by(srcSize)] src: *const c_char,
        #[out] #[sized_by(dstCapacity)] #[filled_by(return)] dst: *mut c_char,
        srcSize: c_int,
        dstCapacity: c_int,
        acceleration: c_int,
    ) -> c_int;

    #[success(result > 0)]
    #[may_alias]
    fn LZ4_compress_fast_extState(
        #[inout] #[nonnull] state: *mut c_void,
        #[input] #[nullable] #[sized_by(srcSize)] src: *const c_char,
        #[out] #[sized_by(dstCapacity)] #[filled_by(return)] dst: *mut c_char,
        srcSize: c_int,
        dstCapacity: c_int,
        acceleration: c_int,
    ) -> c_int;

    // *srcSizePtr comes back as how much of the source was used.
    #[success(result > 0)]
    fn LZ4_compress_destSize(
        #[input] #[nullable] #[sized_by(*srcSizePtr)] src: *const c_char,
        #[out] #[sized_by(targetDstSize)] #[filled_by(return)] dst: *mut c_char,
        #[inout] #[nonnull] #[one] srcSizePtr: *mut c_int,
        targetDstSize: c_int,
    ) -> c_int;

    #[success(result >= 0)]
    fn LZ4_decompress_safe_partial(
        #[input] #[nullable] #[sized_by(srcSize)] src: *const c_char,
        #[out] #[sized_by(dstCapacity)] #[filled_by(return)] dst: *mut c_char,
        srcSize: c_int,
        targetOutputSize: c_int,
        dstCapacity: c_int,
    ) -> c_int;
}

// Streams that compress. What LZ4_saveDict has written takes the place of the earlier source.
unsafe extern "C" {
    #[returns(owned, free = LZ4_freeStream, nullable, one)]
    fn LZ4_createStream() -> *mut LZ4_stream_t;

    fn LZ4_freeStream(#[opaque] streamPtr: *mut LZ4_stream_t) -> c_int;

    // Null where the buffer is null, too small or misaligned.
    #[returns(borrowed = buffer, nullable, one)]
    fn LZ4_initStream(#[out] #[nullable] #[sized_by(size)] buffer: *mut c_void, size: size_t) -> *mut LZ4_stream_t;

    fn LZ4_resetStream_fast(#[inout] #[nonnull] #[one] streamPtr: *mut LZ4_stream_t);

    fn LZ4_resetStream(#[out] #[nonnull] #[one] streamPtr: *mut LZ4_stream_t);

    #[success(result >= 0)]
    fn LZ4_loadDict(
        #[inout] #[nonnull] #[one] streamPtr: *mut LZ4_stream_t,
        #[input] #[nullable] #[sized_by(dictSize)]
        #[retained(by = streamPtr, until = [LZ4_loadDict, LZ4_saveDict, LZ4_resetStream_fast, LZ4_resetStream,
            LZ4_freeStream])]
        dictionary: *const c_char,
        dictSize: c_int,
    ) -> c_int;

    #[success(result > 0)]
    fn LZ4_compress_fast_continue(
        #[inout] #[nonnull] #[one] streamPtr: *mut LZ4_stream_t,
        #[input] #[nullable] #[sized_by(srcSize)]
        #[retained(by = streamPtr, until = [LZ4_loadDict, LZ4_saveDict, LZ4_resetStream_fast, LZ4_resetStream,
            LZ4_freeStream])]
        src: *const c_char,
        #[out] #[sized_by(dstCapacity)] #[filled_by(return)] dst: *mut c_char,
        srcSize: c_int,
        dstCapacity: c_int,
        acceleration: c_int,
    ) -> c_int;

    // Null with a size of zero makes the stream forget.
    #[success(result >= 0)]
    fn LZ4_saveDict(
        #[inout] #[nonnull] #[one] streamPtr: *mut LZ4_stream_t,
        #[out] #[nullable] #[sized_by(maxDictSize)] #[filled_by(return)]
        #[retained(by = streamPtr, until = [LZ4_loadDict, LZ4_saveDict, LZ4_resetStream_fast, LZ4_resetStream,
            LZ4_freeStream])]
        safeBuffer: *mut c_char,
        maxDictSize: c_int,
    ) -> c_int;
}

// Streams that decompress.
unsafe extern "C" {
    #[returns(owned, free = LZ4_freeStreamDecode, nullable, one)]
    fn LZ4_createStreamDecode() -> *mut LZ4_streamDecode_t;

    fn LZ4_freeStreamDecode(#[opaque] LZ4_stream: *mut LZ4_streamDecode_t) -> c_int;

    #[success(result == 1)]
    fn LZ4_setStreamDecode(
        #[out] #[nonnull] #[one] LZ4_streamDecode: *mut LZ4_streamDecode_t,
        #[input] #[nullable] #[sized_by(dictSize)]
        #[retained(by = LZ4_streamDecode, until = [LZ4_setStreamDecode, LZ4_freeStreamDecode])]
        dictionary: *const c_char,
        dictSize: c_int,
    ) -> c_int;

    #[success(result >= 0)]
    fn LZ4_decompress_safe_continue(
        #[inout] #[nonnull] #[one] LZ4_streamDecode: *mut LZ4_streamDecode_t,
        #[input] #[nullable] #[sized_by(srcSize)] src: *const c_char,
        #[out] #[sized_by(dstCapacity)] #[filled_by(return)]
        #[retained(by = LZ4_streamDecode, until = [LZ4_setStreamDecode, LZ4_freeStreamDecode])]
        dst: *mut c_char,
        srcSize: c_int,
        dstCapacity: c_int,
    ) -> c_int;

    #[success(result >= 0)]
    fn LZ4_decompress_safe_usingDict(
        #[input] #[nullable] #[sized_by(srcSize)] src: *const c_char,
        #[out] #[sized_by(dstCapacity)] #[filled_by(return)] dst: *mut c_char,
        srcSize: c_int,
        dstCapacity: c_int,
        #[input] #[nullable] #[sized_by(dictSize)] #[noescape] dictStart: *const c_char,
        dictSize: c_int,
    ) -> c_int;

    #[success(result >= 0)]
    fn LZ4_decompress_safe_partial_usingDict(
        #[input] #[nullable] #[sized_by(compressedSize)] src: *const c_char,
        #[out] #[sized_by(maxOutputSize)] #[filled_by(return)] dst: *mut c_char,
        compressedSize: c_int,
        targetOutputSize: c_int,
        maxOutputSize: c_int,
        #[input] #[nullable] #[sized_by(dictSize)] #[noescape] dictStart: *const c_char,
        dictSize: c_int,
    ) -> c_int;
}

// Deprecated. Without a capacity the output has room for LZ4_compressBound of the input.
unsafe extern "C" {
    #[success(result > 0)]
    fn LZ4_compress(
        #[input] #[nullable] #[sized_by(srcSize)] src: *const c_char,
        #[out] #[sized_by(srcSize + srcSize / 255 + 16)] #[filled_by(return)] dest: *mut c_char,
        srcSize: c_int,
    ) -> c_int;

    #[success(result > 0)]
    fn LZ4_compress_limitedOutput(
        #[input] #[nullable] #[sized_by(srcSize)] src: *const c_char,
        #[out] #[sized_by(maxOutputSize)] #[filled_by(return)] dest: *mut c_char,
        srcSize: c_int,
        maxOutputSize: c_int,
    ) -> c_int;

    #[success(result > 0)]
    fn LZ4_compress_withState(
        #[inout] #[nonnull] state: *mut c_void,
        #[input] #[nullable] #[sized_by(inputSize)] source: *const c_char,
        #[out] #[sized_by(inputSize + inputSize / 255 + 16)] #[filled_by(return)] dest: *mut c_char,
        inputSize: c_int,
    ) -> c_int;

    #[success(result > 0)]
    fn LZ4_compress_limitedOutput_withState(
        #[inout] #[nonnull] state: *mut c_void,
        #[input] #[nullable] #[sized_by(inputSize)] source: *const c_char,
        #[out] #[sized_by(maxOutputSize)] #[filled_by(return)] dest: *mut c_char,
        inputSize: c_int,
        maxOutputSize: c_int,
    ) -> c_int;

    #[success(result > 0)]
    fn LZ4_compress_continue(
        #[inout] #[nonnull] #[one] LZ4_streamPtr: *mut LZ4_stream_t,
        #[input] #[nullable] #[sized_by(inputSize)]
        #[retained(by = LZ4_streamPtr, until = [LZ4_loadDict, LZ4_saveDict, LZ4_resetStream_fast, LZ4_resetStream,
            LZ4_freeStream])]
        source: *const c_char,
        #[out] #[sized_by(inputSize + inputSize / 255 + 16)] #[filled_by(return)] dest: *mut c_char,
        inputSize: c_int,
    ) -> c_int;

    #[success(result > 0)]
    fn LZ4_compress_limitedOutput_continue(
        #[inout] #[nonnull] #[one] LZ4_streamPtr: *mut LZ4_stream_t,
        #[input] #[nullable] #[sized_by(inputSize)]
        #[retained(by = LZ4_streamPtr, until = [LZ4_loadDict, LZ4_saveDict, LZ4_resetStream_fast, LZ4_resetStream,
            LZ4_freeStream])]
        source: *const c_char,
        #[out] #[sized_by(maxOutputSize)] #[filled_by(return)] dest: *mut c_char,
        inputSize: c_int,
        maxOutputSize: c_int,
    ) -> c_int;

    #[success(result >= 0)]
    #[unsafe_beyond_pointers("the input's length is not told: it is read as far as its own contents say")]
    fn LZ4_uncompress(
        #[input] source: *const c_char,
        #[out] #[sized_by(outputSize)] #[filled_by(outputSize)] dest: *mut c_char,
        outputSize: c_int,
    ) -> c_int;

    #[success(result >= 0)]
    fn LZ4_uncompress_unknownOutputSize(
        #[input] #[nullable] #[sized_by(isize_)] source: *const c_char,
        #[out] #[sized_by(maxOutputSize)] #[filled_by(return)] dest: *mut c_char,
        isize_: c_int,
        maxOutputSize: c_int,
    ) -> c_int;

    // The buffer's size is not told, and the state is released with `free` or LZ4_freeStream.
    #[returns(owned, opaque, nullable)]
    fn LZ4_create(#[inout] #[nonnull]
        #[retained(by = result, until = [free, LZ4_freeStream])]
        inputBuffer: *mut c_char) -> *mut c_void;

    #[success(result == 0)]
    fn LZ4_resetStreamState(
        #[out] #[nonnull] state: *mut c_void,
        #[inout] #[nonnull] #[retained(by = state, until = [LZ4_loadDict, LZ4_saveDict, LZ4_resetStream_fast, LZ4_resetStream,
            LZ4_freeStream])]
        inputBuffer: *mut c_char,
    ) -> c_int;

    // Points into the buffer that the state was made with.
    #[returns(borrowed = state, nullable)]
    fn LZ4_slideInputBuffer(#[inout] #[nonnull] state: *mut c_void) -> *mut c_char;

    // The 64 KB before `dst` are read too.
    #[success(result >= 0)]
    #[unsafe_beyond_pointers("the 64 KB before dst must be readable")]
    fn LZ4_decompress_safe_withPrefix64k(
        #[input] #[nullable] #[sized_by(compressedSize)] src: *const c_char,
        #[out] #[sized_by(maxDstSize)] #[filled_by(return)] dst: *mut c_char,
        compressedSize: c_int,
        maxDstSize: c_int,
    ) -> c_int;

    #[success(result >= 0)]
    #[unsafe_beyond_pointers("the input's length is not told: it is read as far as its own contents say")]
    fn LZ4_decompress_fast_withPrefix64k(
        #[input] src: *const c_char,
        #[out] #[sized_by(originalSize)] #[filled_by(originalSize)] dst: *mut c_char,
        originalSize: c_int,
    ) -> c_int;

    #[success(result >= 0)]
    #[unsafe_beyond_pointers("the input's length is not told: it is read as far as its own contents say")]
    fn LZ4_decompress_fast(
        #[input] src: *const c_char,
        #[out] #[sized_by(originalSize)] #[filled_by(originalSize)] dst: *mut c_char,
        originalSize: c_int,
    ) -> c_int;

    #[success(result >= 0)]
    #[unsafe_beyond_pointers("the input's length is not told: it is read as far as its own contents say")]
    fn LZ4_decompress_fast_continue(
        #[inout] #[nonnull] #[one] LZ4_streamDecode: *mut LZ4_streamDecode_t,
        #[input] src: *const c_char,
        #[out] #[sized_by(originalSize)] #[filled_by(originalSize)]
        #[retained(by = LZ4_streamDecode, until = [LZ4_setStreamDecode, LZ4_freeStreamDecode])]
        dst: *mut c_char,
        originalSize: c_int,
    ) -> c_int;

    #[success(result >= 0)]
    #[unsafe_beyond_pointers("the input's length is not told: it is read as far as its own contents say")]
    fn LZ4_decompress_fast_usingDict(
        #[input] src: *const c_char,
        #[out] #[sized_by(originalSize)] #[filled_by(originalSize)] dst: *mut c_char,
        originalSize: c_int,
        #[input] #[nullable] #[sized_by(dictSize)] #[noescape] dictStart: *const c_char,
        dictSize: c_int,
    ) -> c_int;
}

// lz4hc.h
unsafe extern "C" {
    #[success(result > 0)]
    #[may_alias]
    fn LZ4_compress_HC(
        #[input] #[nullable] #[sized_by(srcSize)] src: *const c_char,
        #[out] #[sized_by(dstCapacity)] #[filled_by(return)] dst: *mut c_char,
        srcSize: c_int,
        dstCapacity: c_int,
        compressionLevel: c_int,
    ) -> c_int;

    #[success(result > 0)]
    #[may_alias]
    fn LZ4_compress_HC_extStateHC(
        #[inout] #[nonnull] stateHC: *mut c_void,
        #[input] #[nullable] #[sized_by(srcSize)] src: *const c_char,
        #[out] #[sized_by(maxDstSize)] #[filled_by(return)] dst: *mut c_char,
        srcSize: c_int,
        maxDstSize: c_int,
        compressionLevel: c_int,
    ) -> c_int;

    #[success(result > 0)]
    fn LZ4_compress_HC_destSize(
        #[inout] #[nonnull] stateHC: *mut c_void,
        #[input] #[nullable] #[sized_by(*srcSizePtr)] src: *const c_char,
        #[out] #[sized_by(targetDstSize)] #[filled_by(return)] dst: *mut c_char,
        #[inout] #[nonnull] #[one] srcSizePtr: *mut c_int,
        targetDstSize: c_int,
        compressionLevel: c_int,
    ) -> c_int;

    #[returns(owned, free = LZ4_freeStreamHC, nullable, one)]
    fn LZ4_createStreamHC() -> *mut LZ4_streamHC_t;

    fn LZ4_freeStreamHC(#[opaque] streamHCPtr: *mut LZ4_streamHC_t) -> c_int;

    #[returns(borrowed = buffer, nullable, one)]
    fn LZ4_initStreamHC(#[out] #[nullable] #[sized_by(size)] buffer: *mut c_void, size: size_t) -> *mut LZ4_streamHC_t;

    fn LZ4_resetStreamHC_fast(#[inout] #[nonnull] #[one] streamHCPtr: *mut LZ4_streamHC_t, compressionLevel: c_int);

    fn LZ4_resetStreamHC(#[out] #[nonnull] #[one] streamHCPtr: *mut LZ4_streamHC_t, compressionLevel: c_int);

    #[success(result >= 0)]
    fn LZ4_loadDictHC(
        #[inout] #[nonnull] #[one] streamHCPtr: *mut LZ4_streamHC_t,
        #[input] #[nullable] #[sized_by(dictSize)]
        #[retained(by = streamHCPtr, until = [LZ4_loadDictHC, LZ4_saveDictHC, LZ4_resetStreamHC_fast, LZ4_resetStreamHC,
            LZ4_freeStreamHC])]
        dictionary: *const c_char,
        dictSize: c_int,
    ) -> c_int;

    #[success(result > 0)]
    fn LZ4_compress_HC_continue(
        #[inout] #[nonnull] #[one] streamHCPtr: *mut LZ4_streamHC_t,
        #[input] #[nullable] #[sized_by(srcSize)]
        #[retained(by = streamHCPtr, until = [LZ4_loadDictHC, LZ4_saveDictHC, LZ4_resetStreamHC_fast, LZ4_resetStreamHC,
            LZ4_freeStreamHC])]
        src: *const c_char,
        #[out] #[sized_by(maxDstSize)] #[filled_by(return)] dst: *mut c_char,
        srcSize: c_int,
        maxDstSize: c_int,
    ) -> c_int;

    #[success(result > 0)]
    fn LZ4_compress_HC_continue_destSize(
        #[inout] #[nonnull] #[one] LZ4_streamHCPtr: *mut LZ4_streamHC_t,
        #[input] #[nullable] #[sized_by(*srcSizePtr)]
        #[retained(by = LZ4_streamHCPtr, until = [LZ4_loadDictHC, LZ4_saveDictHC, LZ4_resetStreamHC_fast, LZ4_resetStreamHC,
            LZ4_freeStreamHC])]
        src: *const c_char,
        #[out] #[sized_by(targetDstSize)] #[filled_by(return)] dst: *mut c_char,
        #[inout] #[nonnull] #[one] srcSizePtr: *mut c_int,
        targetDstSize: c_int,
    ) -> c_int;

    #[success(result >= 0)]
    fn LZ4_saveDictHC(
        #[inout] #[nonnull] #[one] streamHCPtr: *mut LZ4_streamHC_t,
        #[out] #[nullable] #[sized_by(maxDictSize)] #[filled_by(return)]
        #[retained(by = streamHCPtr, until = [LZ4_loadDictHC, LZ4_saveDictHC, LZ4_resetStreamHC_fast, LZ4_resetStreamHC,
            LZ4_freeStreamHC])]
        safeBuffer: *mut c_char,
        maxDictSize: c_int,
    ) -> c_int;
}

// Deprecated.
unsafe extern "C" {
    #[success(result > 0)]
    fn LZ4_compressHC(
        #[input] #[nullable] #[sized_by(inputSize)] source: *const c_char,
        #[out] #[sized_by(inputSize + inputSize / 255 + 16)] #[filled_by(return)] dest: *mut c_char,
        inputSize: c_int,
    ) -> c_int;

    #[success(result > 0)]
    fn LZ4_compressHC_limitedOutput(
        #[input] #[nullable] #[sized_by(inputSize)] source: *const c_char,
        #[out] #[sized_by(maxOutputSize)] #[filled_by(return)] dest: *mut c_char,
        inputSize: c_int,
        maxOutputSize: c_int,
    ) -> c_int;

    #[success(result > 0)]
    fn LZ4_compressHC2(
        #[input] #[nullable] #[sized_by(inputSize)] source: *const c_char,
        #[out] #[sized_by(inputSize + inputSize / 255 + 16)] #[filled_by(return)] dest: *mut c_char,
        inputSize: c_int,
        compressionLevel: c_int,
    ) -> c_int;

    #[success(result > 0)]
    fn LZ4_compressHC2_limitedOutput(
        #[input] #[nullable] #[sized_by(inputSize)] source: *const c_char,
        #[out] #[sized_by(maxOutputSize)] #[filled_by(return)] dest: *mut c_char,
        inputSize: c_int,
        maxOutputSize: c_int,
        compressionLevel: c_int,
    ) -> c_int;

    #[success(result > 0)]
    fn LZ4_compressHC_withStateHC(
        #[inout] #[nonnull] state: *mut c_void,
        #[input] #[nullable] #[sized_by(inputSize)] source: *const c_char,
        #[out] #[sized_by(inputSize + inputSize / 255 + 16)] #[filled_by(return)] dest: *mut c_char,
        inputSize: c_int,
    ) -> c_int;

    #[success(result > 0)]
    fn LZ4_compressHC_limitedOutput_withStateHC(
        #[inout] #[nonnull] state: *mut c_void,
        #[input] #[nullable] #[sized_by(inputSize)] source: *const c_char,
        #[out] #[sized_by(maxOutputSize)] #[filled_by(return)] dest: *mut c_char,
        inputSize: c_int,
        maxOutputSize: c_int,
    ) -> c_int;

    #[success(result > 0)]
    fn LZ4_compressHC2_withStateHC(
        #[inout] #[nonnull] state: *mut c_void,
        #[input] #[nullable] #[sized_by(inputSize)] source: *const c_char,
        #[out] #[sized_by(inputSize + inputSize / 255 + 16)] #[filled_by(return)] dest: *mut c_char,
        inputSize: c_int,
        compressionLevel: c_int,
    ) -> c_int;

    #[success(result > 0)]
    fn LZ4_compressHC2_limitedOutput_withStateHC(
        #[inout] #[nonnull] state: *mut c_void,
        #[input] #[nullable] #[sized_by(inputSize)] source: *const c_char,
        #[out] #[sized_by(maxOutputSize)] #[filled_by(return)] dest: *mut c_char,
        inputSize: c_int,
        maxOutputSize: c_int,
        compressionLevel: c_int,
    ) -> c_int;

    #[success(result > 0)]
    fn LZ4_compressHC_continue(
        #[inout] #[nonnull] #[one] LZ4_streamHCPtr: *mut LZ4_streamHC_t,
        #[input] #[nullable] #[sized_by(inputSize)]
        #[retained(by = LZ4_streamHCPtr, until = [LZ4_loadDictHC, LZ4_saveDictHC, LZ4_resetStreamHC_fast, LZ4_resetStreamHC,
            LZ4_freeStreamHC])]
        source: *const c_char,
        #[out] #[sized_by(inputSize + inputSize / 255 + 16)] #[filled_by(return)] dest: *mut c_char,
        inputSize: c_int,
    ) -> c_int;

    #[success(result > 0)]
    fn LZ4_compressHC_limitedOutput_continue(
        #[inout] #[nonnull] #[one] LZ4_streamHCPtr: *mut LZ4_streamHC_t,
        #[input] #[nullable] #[sized_by(inputSize)]
        #[retained(by = LZ4_streamHCPtr, until = [LZ4_loadDictHC, LZ4_saveDictHC, LZ4_resetStreamHC_fast, LZ4_resetStreamHC,
            LZ4_freeStreamHC])]
        source: *const c_char,
        #[out] #[sized_by(maxOutputSize)] #[filled_by(return)] dest: *mut c_char,
        inputSize: c_int,
        maxOutputSize: c_int,
    ) -> c_int;

    // The buffer's size is not told; it is used until LZ4_freeHC.
    #[returns(owned, free = LZ4_freeHC, opaque, nullable)]
    fn LZ4_createHC(#[input] #[nonnull] #[retained(by = result, until = [LZ4_freeHC])] inputBuffer: *const c_char) -> *mut c_void;

    fn LZ4_freeHC(#[opaque] LZ4HC_Data: *mut c_void) -> c_int;

    #[returns(borrowed = LZ4HC_Data, nullable)]
    fn LZ4_slideInputBufferHC(#[inout] #[nonnull] LZ4HC_Data: *mut c_void) -> *mut c_char;

    #[success(result > 0)]
    fn LZ4_compressHC2_continue(
        #[inout] #[nonnull] LZ4HC_Data: *mut c_void,
        #[input] #[nullable] #[sized_by(inputSize)]
        #[retained(by = LZ4HC_Data, until = [LZ4_loadDictHC, LZ4_saveDictHC, LZ4_resetStreamHC_fast, LZ4_resetStreamHC,
            LZ4_freeStreamHC, LZ4_freeHC])]
        source: *const c_char,
        #[out] #[sized_by(inputSize + inputSize / 255 + 16)] #[filled_by(return)] dest: *mut c_char,
        inputSize: c_int,
        compressionLevel: c_int,
    ) -> c_int;

    #[success(result > 0)]
    fn LZ4_compressHC2_limitedOutput_continue(
        #[inout] #[nonnull] LZ4HC_Data: *mut c_void,
        #[input] #[nullable] #[sized_by(inputSize)]
        #[retained(by = LZ4HC_Data, until = [LZ4_loadDictHC, LZ4_saveDictHC, LZ4_resetStreamHC_fast, LZ4_resetStreamHC,
            LZ4_freeStreamHC, LZ4_freeHC])]
        source: *const c_char,
        #[out] #[sized_by(maxOutputSize)] #[filled_by(return)] dest: *mut c_char,
        inputSize: c_int,
        maxOutputSize: c_int,
        compressionLevel: c_int,
    ) -> c_int;

    #[success(result == 0)]
    fn LZ4_resetStreamStateHC(
        #[out] #[nonnull] state: *mut c_void,
        #[inout] #[nonnull] #[retained(by = state, until = [LZ4_loadDictHC, LZ4_saveDictHC, LZ4_resetStreamHC_fast, LZ4_resetStreamHC,
            LZ4_freeStreamHC])]
        inputBuffer: *mut c_char,
    ) -> c_int;
}

// lz4frame.h. With `stableSrc` or `stableDst` set in the options the caller promises that the buffer stays
// for later calls; a promise in a field is no condition of the language, and the default is a copy.
unsafe extern "C" {
    #[returns(static, nonnull, null_terminated)]
    fn LZ4F_getErrorName(code: LZ4F_errorCode_t) -> *const c_char;

    fn LZ4F_compressFrameBound(
        srcSize: size_t,
        #[input] #[nullable] #[one] preferencesPtr: *const LZ4F_preferences_t,
    ) -> size_t;

    #[success(result <= 9223372036854775807)]
    fn LZ4F_compressFrame(
        #[out] #[nullable] #[sized_by(dstCapacity)] #[filled_by(return)] dstBuffer: *mut c_void,
        dstCapacity: size_t,
        #[input] #[nullable] #[sized_by(srcSize)] srcBuffer: *const c_void,
        srcSize: size_t,
        #[input] #[nullable] #[one] preferencesPtr: *const LZ4F_preferences_t,
    ) -> size_t;

    #[success(result == 0)]
    fn LZ4F_createCompressionContext(
        #[out] #[nonnull] #[one] #[pointee(owned, free = LZ4F_freeCompressionContext, opaque, nullable)]
        cctxPtr: *mut *mut LZ4F_cctx,
        version: c_uint,
    ) -> LZ4F_errorCode_t;

    #[success(result == 0)]
    fn LZ4F_freeCompressionContext(#[opaque] cctx: *mut LZ4F_cctx) -> LZ4F_errorCode_t;

    #[success(result <= 9223372036854775807)]
    fn LZ4F_compressBegin(
        #[opaque] cctx: *mut LZ4F_cctx,
        #[out] #[nullable] #[sized_by(dstCapacity)] #[filled_by(return)] dstBuffer: *mut c_void,
        dstCapacity: size_t,
        #[input] #[nullable] #[one] prefsPtr: *const LZ4F_preferences_t,
    ) -> size_t;

    fn LZ4F_compressBound(srcSize: size_t, #[input] #[nullable] #[one] prefsPtr: *const LZ4F_preferences_t) -> size_t;

    #[success(result <= 9223372036854775807)]
    fn LZ4F_compressUpdate(
        #[opaque] cctx: *mut LZ4F_cctx,
        #[out] #[nullable] #[sized_by(dstCapacity)] #[filled_by(return)] dstBuffer: *mut c_void,
        dstCapacity: size_t,
        #[input] #[nullable] #[sized_by(srcSize)] srcBuffer: *const c_void,
        srcSize: size_t,
        #[input] #[nullable] #[one] cOptPtr: *const LZ4F_compressOptions_t,
    ) -> size_t;

    #[success(result <= 9223372036854775807)]
    fn LZ4F_flush(
        #[opaque] cctx: *mut LZ4F_cctx,
        #[out] #[nullable] #[sized_by(dstCapacity)] #[filled_by(return)] dstBuffer: *mut c_void,
        dstCapacity: size_t,
        #[input] #[nullable] #[one] cOptPtr: *const LZ4F_compressOptions_t,
    ) -> size_t;

    #[success(result <= 9223372036854775807)]
    fn LZ4F_compressEnd(
        #[opaque] cctx: *mut LZ4F_cctx,
        #[out] #[nullable] #[sized_by(dstCapacity)] #[filled_by(return)] dstBuffer: *mut c_void,
        dstCapacity: size_t,
        #[input] #[nullable] #[one] cOptPtr: *const LZ4F_compressOptions_t,
    ) -> size_t;

    #[success(result == 0)]
    fn LZ4F_createDecompressionContext(
        #[out] #[nonnull] #[one] #[pointee(owned, free = LZ4F_freeDecompressionContext, opaque, nullable)]
        dctxPtr: *mut *mut LZ4F_dctx,
        version: c_uint,
    ) -> LZ4F_errorCode_t;

    // The result tells how the last frame ended, if it did.
    fn LZ4F_freeDecompressionContext(#[opaque] dctx: *mut LZ4F_dctx) -> LZ4F_errorCode_t;

    #[success(result <= 9223372036854775807)]
    fn LZ4F_headerSize(#[input] #[nonnull] #[sized_by(srcSize)] src: *const c_void, srcSize: size_t) -> size_t;

    #[success(result <= 9223372036854775807)]
    fn LZ4F_getFrameInfo(
        #[opaque] dctx: *mut LZ4F_dctx,
        #[out] #[nonnull] #[one] frameInfoPtr: *mut LZ4F_frameInfo_t,
        #[input] #[nullable] #[sized_by(*srcSizePtr)] srcBuffer: *const c_void,
        #[inout] #[nonnull] #[one] srcSizePtr: *mut size_t,
    ) -> size_t;

    // Both sizes come back as what was used; the result is a hint of how much to offer next.
    #[success(result <= 9223372036854775807)]
    fn LZ4F_decompress(
        #[opaque] dctx: *mut LZ4F_dctx,
        #[out] #[nullable] #[sized_by(*dstSizePtr)] #[filled_by(*dstSizePtr)] dstBuffer: *mut c_void,
        #[inout] #[nonnull] #[one] dstSizePtr: *mut size_t,
        #[input] #[nullable] #[sized_by(*srcSizePtr)] srcBuffer: *const c_void,
        #[inout] #[nonnull] #[one] srcSizePtr: *mut size_t,
        #[input] #[nullable] #[one] dOptPtr: *const LZ4F_decompressOptions_t,
    ) -> size_t;

    fn LZ4F_resetDecompressionContext(#[opaque] dctx: *mut LZ4F_dctx);
}
