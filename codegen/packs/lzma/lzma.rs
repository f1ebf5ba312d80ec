//! Pointer contracts of `<lzma.h>`.
// Sources: the comments of lzma.h and of the headers in lzma/, 5.4.1.
//
// Conventions of this file:
//  * A lzma_stream may be copied between calls: liblzma keeps no address of it.
//  * `flow_through(inout)` stands on lzma_code, the one function that uses `next_in` and `next_out`; on
//    the others `flow_through(none)` says that nothing inside the stream's buffers is looked at.
//  * The allocator behind a stream's field `allocator` is used until lzma_end; one that is a parameter
//    is used during the call, and handed its own `opaque`.
//  * An array of filters ends with the id LZMA_VLI_UNKNOWN, after four filters at most: the language
//    has no word for it, so that only the first is described. Filters and their options are copied by
//    everything that takes them, and so is a preset dictionary.
//  * Buffers with a position: bytes from *in_pos up to in_size are read, from *out_pos up to out_size
//    written, and both positions move. What lies before *out_pos stays, so nothing is `filled_by`.
//  * A block, an index or the address for an index stays with its stream until lzma_code has reached the end,
//    which is when it is written; or until the stream ends or starts anew. The call of lzma_code that may be
//    the last is taken for the last.
//  * Reserved pointers of blocks and of options may be left uninitialised: they are nobody's.
//  * Values of lzma_ret above LZMA_STREAM_END are errors, or (2 to 4) news about the integrity check.

struct lzma_stream {
    #[input]
    #[nullable]
    #[sized_by(avail_in)]
    next_in: *const u8,
    avail_in: size_t,
    total_in: u64,
    #[out]
    #[nullable]
    #[sized_by(avail_out)]
    next_out: *mut u8,
    avail_out: size_t,
    total_out: u64,
    #[input]
    #[nullable]
    #[one]
    #[flow_through]
    allocator: *const lzma_allocator,
    #[opaque]
    internal: *mut lzma_internal,
}

struct lzma_allocator {
    #[callback(userdata = opaque)]
    alloc: Option<unsafe extern "C" fn(*mut c_void, size_t, size_t) -> *mut c_void>,
    #[callback(userdata = opaque)]
    free: Option<unsafe extern "C" fn(*mut c_void, *mut c_void)>,
    #[address]
    opaque: *mut c_void,
}

// What `options` points to follows from `id`: lzma_options_lzma, lzma_options_delta, lzma_options_bcj.
struct lzma_filter {
    id: lzma_vli,
    #[nullable]
    options: *mut c_void,
}

struct lzma_options_lzma {
    dict_size: u32,
    #[input]
    #[nullable]
    #[sized_by(preset_dict_size)]
    preset_dict: *const u8,
    preset_dict_size: u32,
    #[opaque]
    reserved_ptr1: *mut c_void,
    #[opaque]
    reserved_ptr2: *mut c_void,
}

struct lzma_options_delta {
    #[opaque]
    reserved_ptr1: *mut c_void,
    #[opaque]
    reserved_ptr2: *mut c_void,
}

// `filters` is used where `preset` says nothing else, by encoders only.
struct lzma_mt {
    #[input]
    #[nullable]
    #[flow_through]
    filters: *const lzma_filter,
}

struct lzma_block {
    #[nullable]
    #[flow_through]
    filters: *mut lzma_filter,
    #[opaque]
    reserved_ptr1: *mut c_void,
    #[opaque]
    reserved_ptr2: *mut c_void,
    #[opaque]
    reserved_ptr3: *mut c_void,
}

unsafe extern "C" {
    #[returns(static, nonnull, null_terminated)]
    fn lzma_version_string() -> *const c_char;
}

// lzma/base.h
unsafe extern "C" {
    // LZMA_OK and LZMA_STREAM_END. The same input must be offered again after a call that used it up in part.
    #[success(result <= 1)]
    fn lzma_code(
        #[inout] #[nonnull] #[one] #[flow_through(inout)] strm: *mut lzma_stream,
        action: lzma_action,
    ) -> lzma_ret;

    fn lzma_end(#[inout] #[nullable] #[one] #[flow_through(none)] strm: *mut lzma_stream);

    fn lzma_get_progress(
        #[inout] #[nonnull] #[one] #[flow_through(none)] strm: *mut lzma_stream,
        #[out] #[nonnull] #[one] progress_in: *mut u64,
        #[out] #[nonnull] #[one] progress_out: *mut u64,
    );

    // A null stream, or one that is not in use, is answered with 0.
    fn lzma_memusage(#[input] #[nullable] #[one] #[flow_through(none)] strm: *const lzma_stream) -> u64;

    fn lzma_memlimit_get(#[input] #[nullable] #[one] #[flow_through(none)] strm: *const lzma_stream) -> u64;

    #[success(result == 0)]
    fn lzma_memlimit_set(
        #[inout] #[nullable] #[one] #[flow_through(none)] strm: *mut lzma_stream,
        memlimit: u64,
    ) -> lzma_ret;
}

// lzma/vli.h. A null vli_pos asks for all of it in one call.
unsafe extern "C" {
    #[success(result <= 1)]
    fn lzma_vli_encode(
        vli: lzma_vli,
        #[inout] #[nullable] #[one] vli_pos: *mut size_t,
        #[out] #[sized_by(out_size)] out: *mut u8,
        #[inout] #[nonnull] #[one] out_pos: *mut size_t,
        out_size: size_t,
    ) -> lzma_ret;

    #[success(result <= 1)]
    fn lzma_vli_decode(
        #[inout] #[nonnull] #[one] vli: *mut lzma_vli,
        #[inout] #[nullable] #[one] vli_pos: *mut size_t,
        #[input] #[sized_by(in_size)] in_: *const u8,
        #[inout] #[nonnull] #[one] in_pos: *mut size_t,
        in_size: size_t,
    ) -> lzma_ret;
}

// lzma/check.h
unsafe extern "C" {
    fn lzma_crc32(#[input] #[sized_by(size)] buf: *const u8, size: size_t, crc: u32) -> u32;

    fn lzma_crc64(#[input] #[sized_by(size)] buf: *const u8, size: size_t, crc: u64) -> u64;

    fn lzma_get_check(#[input] #[nonnull] #[one] #[flow_through(none)] strm: *const lzma_stream) -> lzma_check;
}

// lzma/filter.h
unsafe extern "C" {
    // The options in `dest` are new, to be released with the same allocator: lzma_filters_free.
    #[success(result == 0)]
    fn lzma_filters_copy(
        #[input] #[nonnull] #[flow_through] src: *const lzma_filter,
        #[out] #[nonnull] dest: *mut lzma_filter,
        #[input] #[nullable] #[one] #[flow_through] allocator: *const lzma_allocator,
    ) -> lzma_ret;

    // Releases the options, then marks the array as empty.
    fn lzma_filters_free(
        #[inout] #[nullable] #[flow_through(none)] filters: *mut lzma_filter,
        #[input] #[nullable] #[one] #[flow_through(none)] allocator: *const lzma_allocator,
    );

    fn lzma_raw_encoder_memusage(#[input] #[nonnull] #[flow_through] filters: *const lzma_filter) -> u64;

    fn lzma_raw_decoder_memusage(#[input] #[nonnull] #[flow_through] filters: *const lzma_filter) -> u64;

    #[success(result == 0)]
    fn lzma_raw_encoder(
        #[inout] #[nonnull] #[one] #[flow_through(none)] strm: *mut lzma_stream,
        #[input] #[nonnull] #[flow_through] filters: *const lzma_filter,
    ) -> lzma_ret;

    #[success(result == 0)]
    fn lzma_raw_decoder(
        #[inout] #[nonnull] #[one] #[flow_through(none)] strm: *mut lzma_stream,
        #[input] #[nonnull] #[flow_through] filters: *const lzma_filter,
    ) -> lzma_ret;

    #[success(result == 0)]
    fn lzma_filters_update(
        #[inout] #[nonnull] #[one] #[flow_through(none)] strm: *mut lzma_stream,
        #[input] #[nonnull] #[flow_through] filters: *const lzma_filter,
    ) -> lzma_ret;

    #[success(result == 0)]
    fn lzma_raw_buffer_encode(
        #[input] #[nonnull] #[flow_through] filters: *const lzma_filter,
        #[input] #[nullable] #[one] #[flow_through] allocator: *const lzma_allocator,
        #[input] #[nullable] #[sized_by(in_size)] in_: *const u8,
        in_size: size_t,
        #[out] #[nullable] #[sized_by(out_size)] out: *mut u8,
        #[inout] #[nonnull] #[one] out_pos: *mut size_t,
        out_size: size_t,
    ) -> lzma_ret;

    #[success(result == 0)]
    fn lzma_raw_buffer_decode(
        #[input] #[nonnull] #[flow_through] filters: *const lzma_filter,
        #[input] #[nullable] #[one] #[flow_through] allocator: *const lzma_allocator,
        #[input] #[nullable] #[sized_by(in_size)] in_: *const u8,
        #[inout] #[nonnull] #[one] in_pos: *mut size_t,
        in_size: size_t,
        #[out] #[nullable] #[sized_by(out_size)] out: *mut u8,
        #[inout] #[nonnull] #[one] out_pos: *mut size_t,
        out_size: size_t,
    ) -> lzma_ret;

    #[success(result == 0)]
    fn lzma_properties_size(
        #[out] #[nonnull] #[one] size: *mut u32,
        #[input] #[nonnull] #[one] #[flow_through] filter: *const lzma_filter,
    ) -> lzma_ret;

    // `props` has as many bytes as lzma_properties_size tells; with none of them it may be null.
    #[success(result == 0)]
    fn lzma_properties_encode(
        #[input] #[nonnull] #[one] #[flow_through] filter: *const lzma_filter,
        #[out] #[nullable] props: *mut u8,
    ) -> lzma_ret;

    // Reads the id, and sets `options` to a new block (or null), to be released with the same allocator, or with
    // `free` where there is none.
    #[success(result == 0)]
    fn lzma_properties_decode(
        #[inout] #[nonnull] #[one] #[flow_through(none)] filter: *mut lzma_filter,
        #[input] #[nullable] #[one] #[flow_through] allocator: *const lzma_allocator,
        #[input] #[nullable] #[sized_by(props_size)] props: *const u8,
        props_size: size_t,
    ) -> lzma_ret;

    #[success(result == 0)]
    fn lzma_filter_flags_size(
        #[out] #[nonnull] #[one] size: *mut u32,
        #[input] #[nonnull] #[one] #[flow_through] filter: *const lzma_filter,
    ) -> lzma_ret;

    #[success(result == 0)]
    fn lzma_filter_flags_encode(
        #[input] #[nonnull] #[one] #[flow_through] filter: *const lzma_filter,
        #[out] #[nullable] #[sized_by(out_size)] out: *mut u8,
        #[inout] #[nonnull] #[one] out_pos: *mut size_t,
        out_size: size_t,
    ) -> lzma_ret;

    // As lzma_properties_decode; the id is written too.
    #[success(result == 0)]
    fn lzma_filter_flags_decode(
        #[out] #[nonnull] #[one] filter: *mut lzma_filter,
        #[input] #[nullable] #[one] #[flow_through] allocator: *const lzma_allocator,
        #[input] #[nullable] #[sized_by(in_size)] in_: *const u8,
        #[inout] #[nonnull] #[one] in_pos: *mut size_t,
        in_size: size_t,
    ) -> lzma_ret;

    // Null is the success; the texts are constants.
    #[success(result == 0)]
    #[returns(static, nullable, null_terminated)]
    fn lzma_str_to_filters(
        #[input] #[nullable] #[null_terminated] str: *const c_char,
        #[out] #[nullable] #[one] error_pos: *mut c_int,
        #[out] #[nullable] #[counted_by(5)] filters: *mut lzma_filter,
        flags: u32,
        #[input] #[nullable] #[one] #[flow_through] allocator: *const lzma_allocator,
    ) -> *const c_char;

    // Where there is an allocator, it is the one to release the text with.
    #[success(result == 0)]
    fn lzma_str_from_filters(
        #[out] #[nullable] #[one] #[pointee(owned, free = free, nullable, null_terminated)] str: *mut *mut c_char,
        #[input] #[nullable] #[flow_through] filters: *const lzma_filter,
        flags: u32,
        #[input] #[nullable] #[one] #[flow_through] allocator: *const lzma_allocator,
    ) -> lzma_ret;

    #[success(result == 0)]
    fn lzma_str_list_filters(
        #[out] #[nullable] #[one] #[pointee(owned, free = free, nullable, null_terminated)] str: *mut *mut c_char,
        filter_id: lzma_vli,
        flags: u32,
        #[input] #[nullable] #[one] #[flow_through] allocator: *const lzma_allocator,
    ) -> lzma_ret;
}

// lzma/lzma12.h. True is the failure.
unsafe extern "C" {
    #[success(result == 0)]
    fn lzma_lzma_preset(#[out] #[nonnull] #[one] options: *mut lzma_options_lzma, preset: u32) -> lzma_bool;
}

// lzma/container.h
unsafe extern "C" {
    #[success(result == 0)]
    fn lzma_easy_encoder(
        #[inout] #[nonnull] #[one] #[flow_through(none)] strm: *mut lzma_stream,
        preset: u32,
        check: lzma_check,
    ) -> lzma_ret;

    #[success(result == 0)]
    fn lzma_easy_buffer_encode(
        preset: u32,
        check: lzma_check,
        #[input] #[nullable] #[one] #[flow_through] allocator: *const lzma_allocator,
        #[input] #[nullable] #[sized_by(in_size)] in_: *const u8,
        in_size: size_t,
        #[out] #[nullable] #[sized_by(out_size)] out: *mut u8,
        #[inout] #[nonnull] #[one] out_pos: *mut size_t,
        out_size: size_t,
    ) -> lzma_ret;

    #[success(result == 0)]
    fn lzma_stream_encoder(
        #[inout] #[nonnull] #[one] #[flow_through(none)] strm: *mut lzma_stream,
        #[input] #[nonnull] #[flow_through] filters: *const lzma_filter,
        check: lzma_check,
    ) -> lzma_ret;

    fn lzma_stream_encoder_mt_memusage(#[input] #[nonnull] #[one] #[flow_through] options: *const lzma_mt) -> u64;

    #[success(result == 0)]
    fn lzma_stream_encoder_mt(
        #[inout] #[nonnull] #[one] #[flow_through(none)] strm: *mut lzma_stream,
        #[input] #[nonnull] #[one] #[flow_through] options: *const lzma_mt,
    ) -> lzma_ret;

    #[success(result == 0)]
    fn lzma_alone_encoder(
        #[inout] #[nonnull] #[one] #[flow_through(none)] strm: *mut lzma_stream,
        #[input] #[nonnull] #[one] #[flow_through] options: *const lzma_options_lzma,
    ) -> lzma_ret;

    #[success(result == 0)]
    fn lzma_stream_buffer_encode(
        #[input] #[nonnull] #[flow_through] filters: *mut lzma_filter,
        check: lzma_check,
        #[input] #[nullable] #[one] #[flow_through] allocator: *const lzma_allocator,
        #[input] #[nullable] #[sized_by(in_size)] in_: *const u8,
        in_size: size_t,
        #[out] #[nullable] #[sized_by(out_size)] out: *mut u8,
        #[inout] #[nonnull] #[one] out_pos: *mut size_t,
        out_size: size_t,
    ) -> lzma_ret;

    #[success(result == 0)]
    fn lzma_microlzma_encoder(
        #[inout] #[nonnull] #[one] #[flow_through(none)] strm: *mut lzma_stream,
        #[input] #[nonnull] #[one] #[flow_through] options: *const lzma_options_lzma,
    ) -> lzma_ret;

    #[success(result == 0)]
    fn lzma_stream_decoder(
        #[inout] #[nonnull] #[one] #[flow_through(none)] strm: *mut lzma_stream,
        memlimit: u64,
        flags: u32,
    ) -> lzma_ret;

    #[success(result == 0)]
    fn lzma_stream_decoder_mt(
        #[inout] #[nonnull] #[one] #[flow_through(none)] strm: *mut lzma_stream,
        #[input] #[nonnull] #[one] #[flow_through(none)] options: *const lzma_mt,
    ) -> lzma_ret;

    #[success(result == 0)]
    fn lzma_auto_decoder(
        #[inout] #[nonnull] #[one] #[flow_through(none)] strm: *mut lzma_stream,
        memlimit: u64,
        flags: u32,
    ) -> lzma_ret;

    #[success(result == 0)]
    fn lzma_alone_decoder(
        #[inout] #[nonnull] #[one] #[flow_through(none)] strm: *mut lzma_stream,
        memlimit: u64,
    ) -> lzma_ret;

    #[success(result == 0)]
    fn lzma_lzip_decoder(
        #[inout] #[nonnull] #[one] #[flow_through(none)] strm: *mut lzma_stream,
        memlimit: u64,
        flags: u32,
    ) -> lzma_ret;

    // *memlimit is written where the limit was too low.
    #[success(result == 0)]
    fn lzma_stream_buffer_decode(
        #[inout] #[nonnull] #[one] memlimit: *mut u64,
        flags: u32,
        #[input] #[nullable] #[one] #[flow_through] allocator: *const lzma_allocator,
        #[input] #[nullable] #[sized_by(in_size)] in_: *const u8,
        #[inout] #[nonnull] #[one] in_pos: *mut size_t,
        in_size: size_t,
        #[out] #[nullable] #[sized_by(out_size)] out: *mut u8,
        #[inout] #[nonnull] #[one] out_pos: *mut size_t,
        out_size: size_t,
    ) -> lzma_ret;

    #[success(result == 0)]
    fn lzma_microlzma_decoder(
        #[inout] #[nonnull] #[one] #[flow_through(none)] strm: *mut lzma_stream,
        comp_size: u64,
        uncomp_size: u64,
        uncomp_size_is_exact: lzma_bool,
        dict_size: u32,
    ) -> lzma_ret;
}

// lzma/stream_flags.h. Header and footer have LZMA_STREAM_HEADER_SIZE bytes.
unsafe extern "C" {
    #[success(result == 0)]
    fn lzma_stream_header_encode(
        #[input] #[nonnull] #[one] options: *const lzma_stream_flags,
        #[out] #[nonnull] #[sized_by(12)] #[filled_by(12)] out: *mut u8,
    ) -> lzma_ret;

    #[success(result == 0)]
    fn lzma_stream_footer_encode(
        #[input] #[nonnull] #[one] options: *const lzma_stream_flags,
        #[out] #[nonnull] #[sized_by(12)] #[filled_by(12)] out: *mut u8,
    ) -> lzma_ret;

    #[success(result == 0)]
    fn lzma_stream_header_decode(
        #[out] #[nonnull] #[one] options: *mut lzma_stream_flags,
        #[input] #[nonnull] #[sized_by(12)] in_: *const u8,
    ) -> lzma_ret;

    #[success(result == 0)]
    fn lzma_stream_footer_decode(
        #[out] #[nonnull] #[one] options: *mut lzma_stream_flags,
        #[input] #[nonnull] #[sized_by(12)] in_: *const u8,
    ) -> lzma_ret;

    #[success(result == 0)]
    fn lzma_stream_flags_compare(
        #[input] #[nonnull] #[one] a: *const lzma_stream_flags,
        #[input] #[nonnull] #[one] b: *const lzma_stream_flags,
    ) -> lzma_ret;
}

// lzma/block.h. A block's header has block.header_size bytes, eight at least. The streaming calls keep the
// block and write its sizes when its end is reached.
unsafe extern "C" {
    #[success(result == 0)]
    fn lzma_block_header_size(#[inout] #[nonnull] #[one] #[flow_through] block: *mut lzma_block) -> lzma_ret;

    #[success(result == 0)]
    fn lzma_block_header_encode(
        #[input] #[nonnull] #[one] #[flow_through] block: *const lzma_block,
        #[out] #[nonnull] #[sized_by(at_least(8))] out: *mut u8,
    ) -> lzma_ret;

    // `block.filters` has room for LZMA_FILTERS_MAX + 1 entries, which are overwritten; their options are new, to be
    // released with the same allocator.
    #[success(result == 0)]
    fn lzma_block_header_decode(
        #[inout] #[nonnull] #[one] #[flow_through(none)] block: *mut lzma_block,
        #[input] #[nullable] #[one] #[flow_through] allocator: *const lzma_allocator,
        #[input] #[nonnull] #[sized_by(at_least(8))] in_: *const u8,
    ) -> lzma_ret;

    #[success(result == 0)]
    fn lzma_block_compressed_size(
        #[inout] #[nonnull] #[one] #[flow_through(none)] block: *mut lzma_block,
        unpadded_size: lzma_vli,
    ) -> lzma_ret;

    fn lzma_block_unpadded_size(
        #[input] #[nonnull] #[one] #[flow_through(none)] block: *const lzma_block,
    ) -> lzma_vli;

    fn lzma_block_total_size(#[input] #[nonnull] #[one] #[flow_through(none)] block: *const lzma_block) -> lzma_vli;

    #[success(result == 0)]
    fn lzma_block_encoder(
        #[inout] #[nonnull] #[one] #[flow_through(none)] strm: *mut lzma_stream,
        #[inout] #[nonnull] #[one] #[flow_through] #[retained(by = strm, until = [lzma_end, lzma_block_encoder], idle_after = [lzma_code], on(success))] #[noescape]
        block: *mut lzma_block,
    ) -> lzma_ret;

    #[success(result == 0)]
    fn lzma_block_decoder(
        #[inout] #[nonnull] #[one] #[flow_through(none)] strm: *mut lzma_stream,
        #[inout] #[nonnull] #[one] #[flow_through] #[retained(by = strm, until = [lzma_end, lzma_block_decoder], idle_after = [lzma_code], on(success))] #[noescape]
        block: *mut lzma_block,
    ) -> lzma_ret;

    #[success(result == 0)]
    fn lzma_block_buffer_encode(
        #[inout] #[nonnull] #[one] #[flow_through] block: *mut lzma_block,
        #[input] #[nullable] #[one] #[flow_through] allocator: *const lzma_allocator,
        #[input] #[nullable] #[sized_by(in_size)] in_: *const u8,
        in_size: size_t,
        #[out] #[nullable] #[sized_by(out_size)] out: *mut u8,
        #[inout] #[nonnull] #[one] out_pos: *mut size_t,
        out_size: size_t,
    ) -> lzma_ret;

    #[success(result == 0)]
    fn lzma_block_uncomp_encode(
        #[inout] #[nonnull] #[one] #[flow_through(none)] block: *mut lzma_block,
        #[input] #[nullable] #[sized_by(in_size)] in_: *const u8,
        in_size: size_t,
        #[out] #[nullable] #[sized_by(out_size)] out: *mut u8,
        #[inout] #[nonnull] #[one] out_pos: *mut size_t,
        out_size: size_t,
    ) -> lzma_ret;

    #[success(result == 0)]
    fn lzma_block_buffer_decode(
        #[inout] #[nonnull] #[one] #[flow_through] block: *mut lzma_block,
        #[input] #[nullable] #[one] #[flow_through] allocator: *const lzma_allocator,
        #[input] #[nullable] #[sized_by(in_size)] in_: *const u8,
        #[inout] #[nonnull] #[one] in_pos: *mut size_t,
        in_size: size_t,
        #[out] #[nullable] #[sized_by(out_size)] out: *mut u8,
        #[inout] #[nonnull] #[one] out_pos: *mut size_t,
        out_size: size_t,
    ) -> lzma_ret;
}

// lzma/index.h. An index is released with the allocator that made it. The iterator is the caller's memory and
// points into the index: it is good for as long as the index is.
unsafe extern "C" {
    fn lzma_index_memused(#[opaque] i: *const lzma_index) -> u64;

    #[returns(owned, free = lzma_index_end, opaque, nullable)]
    fn lzma_index_init(#[input] #[nullable] #[one] #[flow_through] allocator: *const lzma_allocator) -> *mut lzma_index;

    fn lzma_index_end(
        #[opaque] i: *mut lzma_index,
        #[input] #[nullable] #[one] #[flow_through(none)] allocator: *const lzma_allocator,
    );

    #[success(result == 0)]
    fn lzma_index_append(
        #[opaque] i: *mut lzma_index,
        #[input] #[nullable] #[one] #[flow_through] allocator: *const lzma_allocator,
        unpadded_size: lzma_vli,
        uncompressed_size: lzma_vli,
    ) -> lzma_ret;

    #[success(result == 0)]
    fn lzma_index_stream_flags(
        #[opaque] i: *mut lzma_index,
        #[input] #[nonnull] #[one] stream_flags: *const lzma_stream_flags,
    ) -> lzma_ret;

    fn lzma_index_checks(#[opaque] i: *const lzma_index) -> u32;

    #[success(result == 0)]
    fn lzma_index_stream_padding(#[opaque] i: *mut lzma_index, stream_padding: lzma_vli) -> lzma_ret;

    fn lzma_index_stream_count(#[opaque] i: *const lzma_index) -> lzma_vli;

    fn lzma_index_block_count(#[opaque] i: *const lzma_index) -> lzma_vli;

    fn lzma_index_size(#[opaque] i: *const lzma_index) -> lzma_vli;

    fn lzma_index_stream_size(#[opaque] i: *const lzma_index) -> lzma_vli;

    fn lzma_index_total_size(#[opaque] i: *const lzma_index) -> lzma_vli;

    fn lzma_index_file_size(#[opaque] i: *const lzma_index) -> lzma_vli;

    fn lzma_index_uncompressed_size(#[opaque] i: *const lzma_index) -> lzma_vli;

    fn lzma_index_iter_init(
        #[out] #[nonnull] #[one] iter: *mut lzma_index_iter,
        #[opaque] #[retained(by = iter, until = [lzma_index_iter_init])] i: *const lzma_index,
    );

    fn lzma_index_iter_rewind(#[inout] #[nonnull] #[one] #[flow_through(none)] iter: *mut lzma_index_iter);

    // True is the end, here and in the next.
    #[success(result == 0)]
    fn lzma_index_iter_next(
        #[inout] #[nonnull] #[one] #[flow_through(none)] iter: *mut lzma_index_iter,
        mode: lzma_index_iter_mode,
    ) -> lzma_bool;

    #[success(result == 0)]
    fn lzma_index_iter_locate(
        #[inout] #[nonnull] #[one] #[flow_through(none)] iter: *mut lzma_index_iter,
        target: lzma_vli,
    ) -> lzma_bool;

    // `src` is part of `dest` after a success, and gone as an index of its own.
    #[success(result == 0)]
    fn lzma_index_cat(
        #[opaque] dest: *mut lzma_index,
        #[opaque] #[transfer(on(success))] #[noescape] src: *mut lzma_index,
        #[input] #[nullable] #[one] #[flow_through] allocator: *const lzma_allocator,
    ) -> lzma_ret;

    #[returns(owned, free = lzma_index_end, opaque, nullable)]
    fn lzma_index_dup(
        #[opaque] i: *const lzma_index,
        #[input] #[nullable] #[one] #[flow_through] allocator: *const lzma_allocator,
    ) -> *mut lzma_index;

    #[success(result == 0)]
    fn lzma_index_encoder(
        #[inout] #[nonnull] #[one] #[flow_through(none)] strm: *mut lzma_stream,
        #[opaque] #[retained(by = strm, until = [lzma_end, lzma_index_encoder], idle_after = [lzma_code], on(success))] #[noescape] i: *const lzma_index,
    ) -> lzma_ret;

    // Sets *i to null at once, and to the index when lzma_code has reached its end.
    #[success(result == 0)]
    fn lzma_index_decoder(
        #[inout] #[nonnull] #[one] #[flow_through(none)] strm: *mut lzma_stream,
        #[out] #[nonnull] #[one] #[pointee(owned, free = lzma_index_end, opaque, nullable)]
        #[retained(by = strm, until = [lzma_end, lzma_index_decoder], idle_after = [lzma_code], on(success))] #[noescape]
        i: *mut *mut lzma_index,
        memlimit: u64,
    ) -> lzma_ret;

    #[success(result == 0)]
    fn lzma_index_buffer_encode(
        #[opaque] i: *const lzma_index,
        #[out] #[nullable] #[sized_by(out_size)] out: *mut u8,
        #[inout] #[nonnull] #[one] out_pos: *mut size_t,
        out_size: size_t,
    ) -> lzma_ret;

    #[success(result == 0)]
    fn lzma_index_buffer_decode(
        #[out] #[nonnull] #[one] #[pointee(owned, free = lzma_index_end, opaque, nullable)]
        i: *mut *mut lzma_index,
        #[inout] #[nonnull] #[one] memlimit: *mut u64,
        #[input] #[nullable] #[one] #[flow_through] allocator: *const lzma_allocator,
        #[input] #[nullable] #[sized_by(in_size)] in_: *const u8,
        #[inout] #[nonnull] #[one] in_pos: *mut size_t,
        in_size: size_t,
    ) -> lzma_ret;

    #[success(result == 0)]
    fn lzma_file_info_decoder(
        #[inout] #[nonnull] #[one] #[flow_through(none)] strm: *mut lzma_stream,
        #[out] #[nonnull] #[one] #[pointee(owned, free = lzma_index_end, opaque, nullable)]
        #[retained(by = strm, until = [lzma_end, lzma_file_info_decoder], idle_after = [lzma_code], on(success))] #[noescape]
        dest_index: *mut *mut lzma_index,
        memlimit: u64,
        file_size: u64,
    ) -> lzma_ret;
}

// lzma/index_hash.h. An old hash handed to the init is used again, or released where that fails.
unsafe extern "C" {
    #[returns(owned, free = lzma_index_hash_end, opaque, nullable)]
    fn lzma_index_hash_init(
        #[opaque] index_hash: *mut lzma_index_hash,
        #[input] #[nullable] #[one] #[flow_through] allocator: *const lzma_allocator,
    ) -> *mut lzma_index_hash;

    fn lzma_index_hash_end(
        #[opaque] index_hash: *mut lzma_index_hash,
        #[input] #[nullable] #[one] #[flow_through(none)] allocator: *const lzma_allocator,
    );

    #[success(result == 0)]
    fn lzma_index_hash_append(
        #[opaque] index_hash: *mut lzma_index_hash,
        unpadded_size: lzma_vli,
        uncompressed_size: lzma_vli,
    ) -> lzma_ret;

    #[success(result <= 1)]
    fn lzma_index_hash_decode(
        #[opaque] index_hash: *mut lzma_index_hash,
        #[input] #[sized_by(in_size)] in_: *const u8,
        #[inout] #[nonnull] #[one] in_pos: *mut size_t,
        in_size: size_t,
    ) -> lzma_ret;

    fn lzma_index_hash_size(#[opaque] index_hash: *const lzma_index_hash) -> lzma_vli;
}
