//! Pointer contracts of `<curl/curl.h>`.
// Sources: libcurl's manual pages, section 3, and the comments of curl.h, easy.h, multi.h, urlapi.h,
// websockets.h, header.h and options.h of 7.88. Not here: mprintf.h, which curl.h does not include.
//
// Conventions of this file:
//  * Handles are `#[opaque]`; `#[nullable]` on one: null is refused with an error, or does nothing.
//  * What curl_easy_setopt keeps for transfers is kept until curl_easy_cleanup. The option set again is no
//    end: a transfer that runs in a multi handle goes on with what it began with (http.c, `postdata`). Nor is
//    curl_easy_reset. After curl_easy_perform, or out of its multi handle, the handle is idle.
//  * Two options are read where they stand whenever they are needed, so that the same option set again, and
//    curl_easy_reset, are ends: ERRORBUFFER and PRIVATE. The data of CLOSESOCKETFUNCTION goes with connections,
//    which a multi handle or a share keep after the cleanup.
//  * curl_easy_duphandle hands all that on to the copy, and a pushed handle has its parent's.
//  * Lists, forms and mime structures are freed by the caller with their own function. That ends nothing: the
//    handle still points there.
//  * The data of callbacks is never looked at, but handed to them: an address.
//  * Each option with an argument has a typed form; aliases of the header for older names have none.
//    curl_formadd takes lists of options of any length, so it has no form.

// `data` is kept without the flag CURL_BLOB_COPY (1).
struct curl_blob {
    #[input] #[nonnull] #[sized_by(len)]
    #[noescape(when(flags & 1))]
    #[retained(until = [curl_easy_cleanup], idle_after = [curl_easy_perform, curl_multi_remove_handle])]
    data: *mut c_void,
}

struct curl_slist {
    #[input] #[nonnull] #[null_terminated] data: *mut c_char,
    #[nullable] #[one] next: *mut curl_slist,
}

struct curl_forms {
    #[input] #[nullable] #[null_terminated] value: *const c_char,
}

struct curl_certinfo {
    #[input] #[counted_by(num_of_certs)] certinfo: *mut *mut curl_slist,
}

struct curl_tlssessioninfo {
    #[opaque] internals: *mut c_void,
}

struct curl_ssl_backend {
    #[input] #[nonnull] #[null_terminated] name: *const c_char,
}

struct CURLMsg {
    #[opaque] easy_handle: *mut CURL,
}

struct curl_header {
    #[input] #[nonnull] #[null_terminated] name: *mut c_char,
    #[input] #[nonnull] #[null_terminated] value: *mut c_char,
    #[opaque] anchor: *mut c_void,
}

struct curl_easyoption {
    #[input] #[nullable] #[null_terminated] name: *const c_char,
}

// What the callback of CURLOPT_HSTSREADFUNCTION fills: a buffer of libcurl's.
struct curl_hstsentry {
    #[out] #[nonnull] #[sized_by(namelen)] name: *mut c_char,
}

// The library.
unsafe extern "C" {
    #[success(result == 0)]
    fn curl_global_init(flags: c_long) -> CURLcode;

    // The strdup of the set need not allow null; the functions are used until curl_global_cleanup.
    #[success(result == 0)]
    fn curl_global_init_mem(
        flags: c_long,
        #[callback(scope = forever)] m: curl_malloc_callback,
        #[callback(scope = forever)] f: curl_free_callback,
        #[callback(scope = forever)] r: curl_realloc_callback,
        #[callback(scope = forever)] s: curl_strdup_callback,
        #[callback(scope = forever)] c: curl_calloc_callback,
    ) -> CURLcode;

    fn curl_global_sslset(
        id: curl_sslbackend,
        #[input] #[nullable] #[null_terminated] name: *const c_char,
        #[out] #[nullable] #[one] #[pointee(static, null_terminated, pointee(static, one))]
        avail: *mut *mut *const curl_ssl_backend,
    ) -> CURLsslset;

    #[returns(static, nonnull, null_terminated)]
    fn curl_version() -> *mut c_char;

    #[returns(static, nonnull, one)]
    fn curl_version_info(age: CURLversion) -> *mut curl_version_info_data;

    #[returns(static, nonnull, null_terminated)]
    fn curl_easy_strerror(code: CURLcode) -> *const c_char;

    #[returns(static, nonnull, null_terminated)]
    fn curl_share_strerror(code: CURLSHcode) -> *const c_char;

    #[returns(static, nonnull, null_terminated)]
    fn curl_multi_strerror(code: CURLMcode) -> *const c_char;

    #[returns(static, nonnull, null_terminated)]
    fn curl_url_strerror(code: CURLUcode) -> *const c_char;

    fn curl_free(
        #[nullable] #[opaque] #[transfer] p: *mut c_void,
    );

    #[returns(owned, free = curl_free, nullable, null_terminated)]
    fn curl_getenv(
        #[input] #[nonnull] #[null_terminated] variable: *const c_char,
    ) -> *mut c_char;

    // The second parameter is not used.
    fn curl_getdate(
        #[input] #[nonnull] #[null_terminated] p: *const c_char,
        #[nullable] #[opaque] unused: *const time_t,
    ) -> time_t;

    fn curl_strequal(
        #[input] #[nullable] #[null_terminated] s1: *const c_char,
        #[input] #[nullable] #[null_terminated] s2: *const c_char,
    ) -> c_int;

    // Stops at the end of a string, at the first difference, or after n bytes.
    fn curl_strnequal(
        #[input] #[nullable] #[sized_by(min(n, 1))] s1: *const c_char,
        #[input] #[nullable] #[sized_by(min(n, 1))] s2: *const c_char,
        n: size_t,
    ) -> c_int;

    #[returns(static, nullable, one)]
    fn curl_easy_option_by_name(
        #[input] #[nonnull] #[null_terminated] name: *const c_char,
    ) -> *const curl_easyoption;

    #[returns(static, nullable, one)]
    fn curl_easy_option_by_id(id: CURLoption) -> *const curl_easyoption;

    #[returns(static, nullable, one)]
    fn curl_easy_option_next(
        #[input] #[nullable] #[one] prev: *const curl_easyoption,
    ) -> *const curl_easyoption;
}

// Escaping. Length 0 means "up to the zero", a negative one fails. What was unescaped may hold zeros;
// it always ends with one more. The first parameter is not used.
unsafe extern "C" {
    #[returns(owned, free = curl_free, nullable, null_terminated)]
    fn curl_easy_escape(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nonnull] #[sized_by(length)] string: *const c_char,
        length: c_int,
    ) -> *mut c_char;

    #[form_of(curl_easy_escape, length = 0)]
    #[returns(owned, free = curl_free, nullable, null_terminated)]
    fn curl_easy_escape_terminated(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nonnull] #[null_terminated] string: *const c_char,
    ) -> *mut c_char;

    #[returns(owned, free = curl_free, nullable, null_terminated)]
    fn curl_escape(
        #[input] #[nonnull] #[sized_by(length)] string: *const c_char,
        length: c_int,
    ) -> *mut c_char;

    #[form_of(curl_escape, length = 0)]
    #[returns(owned, free = curl_free, nullable, null_terminated)]
    fn curl_escape_terminated(
        #[input] #[nonnull] #[null_terminated] string: *const c_char,
    ) -> *mut c_char;

    #[returns(owned, free = curl_free, nullable, null_terminated)]
    fn curl_easy_unescape(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nonnull] #[sized_by(length)] string: *const c_char,
        length: c_int,
        #[out] #[nullable] #[one] outlength: *mut c_int,
    ) -> *mut c_char;

    #[form_of(curl_easy_unescape, length = 0)]
    #[returns(owned, free = curl_free, nullable, null_terminated)]
    fn curl_easy_unescape_terminated(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nonnull] #[null_terminated] string: *const c_char,
        #[out] #[nullable] #[one] outlength: *mut c_int,
    ) -> *mut c_char;

    #[returns(owned, free = curl_free, nullable, null_terminated)]
    fn curl_unescape(
        #[input] #[nonnull] #[sized_by(length)] string: *const c_char,
        length: c_int,
    ) -> *mut c_char;

    #[form_of(curl_unescape, length = 0)]
    #[returns(owned, free = curl_free, nullable, null_terminated)]
    fn curl_unescape_terminated(
        #[input] #[nonnull] #[null_terminated] string: *const c_char,
    ) -> *mut c_char;
}

// Lists. The string is copied; the list goes in and comes out. Where appending fails the old list stays.
unsafe extern "C" {
    #[success(result != 0)]
    #[returns(owned, free = curl_slist_free_all, nullable, one)]
    fn curl_slist_append(
        #[inout] #[nullable] #[one] #[transfer(free = curl_slist_free_all, on(success))] #[noescape]
        list: *mut curl_slist,
        #[input] #[nonnull] #[null_terminated] data: *const c_char,
    ) -> *mut curl_slist;

    fn curl_slist_free_all(
        #[nullable] #[opaque] #[transfer] list: *mut curl_slist,
    );
}

// Mime. Texts and data are copied; null takes a text away. Parts belong to their mime structure.
unsafe extern "C" {
    #[returns(owned, free = curl_mime_free, nullable, opaque)]
    fn curl_mime_init(
        #[nonnull] #[opaque] easy: *mut CURL,
    ) -> *mut curl_mime;

    #[calls_back]
    fn curl_mime_free(
        #[nullable] #[opaque] #[transfer] mime: *mut curl_mime,
    );

    #[returns(borrowed = mime, nullable, opaque)]
    fn curl_mime_addpart(
        #[nullable] #[opaque] mime: *mut curl_mime,
    ) -> *mut curl_mimepart;

    #[success(result == 0)]
    fn curl_mime_name(
        #[nullable] #[opaque] part: *mut curl_mimepart,
        #[input] #[nullable] #[null_terminated] name: *const c_char,
    ) -> CURLcode;

    #[success(result == 0)]
    fn curl_mime_filename(
        #[nullable] #[opaque] part: *mut curl_mimepart,
        #[input] #[nullable] #[null_terminated] filename: *const c_char,
    ) -> CURLcode;

    #[success(result == 0)]
    fn curl_mime_type(
        #[nullable] #[opaque] part: *mut curl_mimepart,
        #[input] #[nullable] #[null_terminated] mimetype: *const c_char,
    ) -> CURLcode;

    #[success(result == 0)]
    fn curl_mime_encoder(
        #[nullable] #[opaque] part: *mut curl_mimepart,
        #[input] #[nullable] #[null_terminated] encoding: *const c_char,
    ) -> CURLcode;

    // CURL_ZERO_TERMINATED is the largest size: the expression makes it 0, and leaves all others alone.
    #[success(result == 0)]
    fn curl_mime_data(
        #[nullable] #[opaque] part: *mut curl_mimepart,
        #[input] #[nullable] #[sized_by(datasize - datasize / 18446744073709551615 * 18446744073709551615)]
        data: *const c_char,
        datasize: size_t,
    ) -> CURLcode;

    #[form_of(curl_mime_data, datasize = -1)]
    #[success(result == 0)]
    fn curl_mime_data_terminated(
        #[nullable] #[opaque] part: *mut curl_mimepart,
        #[input] #[nullable] #[null_terminated] data: *const c_char,
    ) -> CURLcode;

    // The file is opened at the transfer, its name copied.
    #[success(result == 0)]
    fn curl_mime_filedata(
        #[nullable] #[opaque] part: *mut curl_mimepart,
        #[input] #[nullable] #[null_terminated] filename: *const c_char,
    ) -> CURLcode;

    // The last callback gets the data when the part lets go of it. A duplicate of the easy handle has all three, too, and the last one
    // is called twice then: closures are for handles that are not duplicated.
    #[success(result == 0)]
    fn curl_mime_data_cb(
        #[nullable] #[opaque] part: *mut curl_mimepart,
        datasize: curl_off_t,
        #[callback(userdata = arg, scope = notified, destroy = freefunc, on_panic = 268435456)]
        readfunc: Option<unsafe extern "C" fn(buffer: *mut c_char, size: size_t, nitems: size_t, arg: *mut c_void) -> size_t>,
        #[nullable] #[callback(userdata = arg, scope = notified, destroy = freefunc, on_panic = 1)]
        seekfunc: Option<unsafe extern "C" fn(arg: *mut c_void, offset: curl_off_t, origin: c_int) -> c_int>,
        #[callback(userdata = arg, scope = async)] freefunc: Option<unsafe extern "C" fn(arg: *mut c_void)>,
        #[nullable] #[address]
        #[retained(by = part, until = [curl_mime_free], when(freefunc == 0), on(success))]
        #[transfer(free = freefunc, when(freefunc != 0), on(success))] #[noescape] arg: *mut c_void,
    ) -> CURLcode;

    // Now part of the other structure, and freed with it.
    #[success(result == 0)]
    fn curl_mime_subparts(
        #[nullable] #[opaque] part: *mut curl_mimepart,
        #[nullable] #[opaque] #[transfer(free = curl_mime_free, on(success))] #[noescape] subparts: *mut curl_mime,
    ) -> CURLcode;

    #[success(result == 0)]
    fn curl_mime_headers(
        #[nullable] #[opaque] part: *mut curl_mimepart,
        #[input] #[nullable] #[one]
        #[transfer(free = curl_slist_free_all, when(take_ownership != 0), on(success))]
        #[noescape(on(failure))]
        #[retained(by = part, until = [curl_mime_free])]
        headers: *mut curl_slist,
        take_ownership: c_int,
    ) -> CURLcode;
}

// The older forms. What CURLFORM_PTRNAME, PTRCONTENTS and BUFFERPTR name is kept as long as the form.
unsafe extern "C" {
    #[success(result == 0)]
    #[unsafe_beyond_pointers("the options decide what the further arguments mean")]
    fn curl_formadd(
        #[inout] #[nonnull] #[one] #[pointee(owned, free = curl_formfree, nullable, opaque)]
        httppost: *mut *mut curl_httppost,
        #[inout] #[nonnull] #[one] #[pointee(borrowed = httppost, nullable, opaque)]
        last_post: *mut *mut curl_httppost,
        ...
    ) -> CURLFORMcode;

    #[success(result == 0)]
    fn curl_formget(
        #[nullable] #[opaque] form: *mut curl_httppost,
        #[nullable] #[address] #[noescape] arg: *mut c_void,
        #[nonnull] #[callback(userdata = arg, scope = call, on_panic = 0)]
        append: Option<unsafe extern "C" fn(arg: *mut c_void, #[sized_by(len)] buf: *const c_char, len: size_t) -> size_t>,
    ) -> c_int;

    fn curl_formfree(
        #[nullable] #[opaque] #[transfer] form: *mut curl_httppost,
    );
}

// Easy handles.
unsafe extern "C" {
    #[returns(owned, free = curl_easy_cleanup, nullable, opaque)]
    fn curl_easy_init() -> *mut CURL;

    #[calls_back]
    fn curl_easy_cleanup(
        #[nullable] #[opaque] #[transfer] curl: *mut CURL,
    );

    #[returns(owned, free = curl_easy_cleanup, nullable, opaque)]
    #[unsafe_beyond_pointers("the copy goes on with all that the handle was told to keep")]
    fn curl_easy_duphandle(
        #[nonnull] #[opaque] curl: *mut CURL,
    ) -> *mut CURL;

    fn curl_easy_reset(
        #[nonnull] #[opaque] curl: *mut CURL,
    );

    #[success(result == 0)]
    #[calls_back]
    fn curl_easy_perform(
        #[nullable] #[opaque] curl: *mut CURL,
    ) -> CURLcode;

    #[success(result == 0)]
    #[calls_back]
    fn curl_easy_pause(
        #[nullable] #[opaque] handle: *mut CURL,
        bitmask: c_int,
    ) -> CURLcode;

    #[success(result == 0)]
    fn curl_easy_upkeep(
        #[nullable] #[opaque] curl: *mut CURL,
    ) -> CURLcode;

    #[success(result == 0)]
    #[calls_back]
    fn curl_easy_recv(
        #[nullable] #[opaque] curl: *mut CURL,
        #[out] #[nonnull] #[sized_by(buflen)] #[filled_by(*n)] buffer: *mut c_void,
        buflen: size_t,
        #[out] #[nonnull] #[one] n: *mut size_t,
    ) -> CURLcode;

    #[success(result == 0)]
    #[calls_back]
    fn curl_easy_send(
        #[nullable] #[opaque] curl: *mut CURL,
        #[input] #[nonnull] #[sized_by(buflen)] buffer: *const c_void,
        buflen: size_t,
        #[out] #[nonnull] #[one] n: *mut size_t,
    ) -> CURLcode;

    // Both give libcurl's memory: valid until the same function is called again, and until the next transfer.
    fn curl_easy_header(
        #[nullable] #[opaque] easy: *mut CURL,
        #[input] #[nullable] #[null_terminated] name: *const c_char,
        index: size_t,
        origin: c_uint,
        request: c_int,
        #[out] #[nullable] #[one]
        #[pointee(until = [curl_easy_header, curl_easy_perform, curl_easy_reset, curl_easy_cleanup], nullable, one)]
        hout: *mut *mut curl_header,
    ) -> CURLHcode;

    #[returns(until = [curl_easy_nextheader, curl_easy_perform, curl_easy_reset, curl_easy_cleanup], nullable, one)]
    fn curl_easy_nextheader(
        #[nonnull] #[opaque] easy: *mut CURL,
        origin: c_uint,
        request: c_int,
        #[nullable] #[opaque] prev: *mut curl_header,
    ) -> *mut curl_header;

    #[success(result == 0)]
    fn curl_ws_recv(
        #[nullable] #[opaque] curl: *mut CURL,
        #[out] #[nonnull] #[sized_by(buflen)] #[filled_by(*recv)] buffer: *mut c_void,
        buflen: size_t,
        #[out] #[nonnull] #[one] recv: *mut size_t,
        #[out] #[nonnull] #[one]
        #[pointee(until = [curl_ws_recv, curl_easy_perform, curl_easy_reset, curl_easy_cleanup], nullable, one)]
        metap: *mut *mut curl_ws_frame,
    ) -> CURLcode;

    #[success(result == 0)]
    fn curl_ws_send(
        #[nullable] #[opaque] curl: *mut CURL,
        #[input] #[nonnull] #[sized_by(buflen)] buffer: *const c_void,
        buflen: size_t,
        #[out] #[nonnull] #[one] sent: *mut size_t,
        framesize: curl_off_t,
        sendflags: c_uint,
    ) -> CURLcode;

    // Valid during the write callback that asks for it.
    #[returns(borrowed = curl, nullable, one)]
    fn curl_ws_meta(
        #[nullable] #[opaque] curl: *mut CURL,
    ) -> *mut curl_ws_frame;
}

// curl_easy_setopt. Strings are copied, null takes them away.
unsafe extern "C" {
    #[success(result == 0)]
    #[unsafe_beyond_pointers("the option decides what the further argument means")]
    fn curl_easy_setopt(
        #[nullable] #[opaque] handle: *mut CURL,
        option: CURLoption,
        ...
    ) -> CURLcode;

    // Not copied. As long as the size says, or up to the zero where no size was set: the first byte stands.
    #[form_of(curl_easy_setopt, option = CURLOPT_POSTFIELDS)]
    #[success(result == 0)]
    #[unsafe_beyond_pointers("it must be as long as the size says that is set, or end with a zero where none is")]
    fn curl_easy_setopt_postfields(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[one]
        #[retained(by = handle, until = [curl_easy_cleanup],
            idle_after = [curl_easy_perform, curl_multi_remove_handle])]
        value: *const c_char,
    ) -> CURLcode;

    // Copied now, as long as the size says that was set before.
    #[form_of(curl_easy_setopt, option = CURLOPT_COPYPOSTFIELDS)]
    #[success(result == 0)]
    #[unsafe_beyond_pointers("it must be as long as the size says that is set, or end with a zero where none is")]
    fn curl_easy_setopt_copypostfields(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[one] #[noescape] value: *const c_char,
    ) -> CURLcode;

    // CURL_ERROR_SIZE bytes.
    #[form_of(curl_easy_setopt, option = CURLOPT_ERRORBUFFER)]
    #[success(result == 0)]
    fn curl_easy_setopt_errorbuffer(
        #[nullable] #[opaque] handle: *mut CURL,
        #[out] #[nullable] #[sized_by(256)]
        #[retained(by = handle, until = [curl_easy_setopt, curl_easy_reset, curl_easy_cleanup])]
        value: *mut c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_STDERR)]
    #[success(result == 0)]
    fn curl_easy_setopt_stderr(
        #[nullable] #[opaque] handle: *mut CURL,
        #[nullable] #[opaque]
        #[retained(by = handle, until = [curl_easy_cleanup])]
        value: *mut FILE,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_HTTPPOST)]
    #[success(result == 0)]
    fn curl_easy_setopt_httppost(
        #[nullable] #[opaque] handle: *mut CURL,
        #[nullable] #[opaque]
        #[retained(by = handle, until = [curl_easy_cleanup],
            idle_after = [curl_easy_perform, curl_multi_remove_handle])]
        value: *mut curl_httppost,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_MIMEPOST)]
    #[success(result == 0)]
    fn curl_easy_setopt_mimepost(
        #[nullable] #[opaque] handle: *mut CURL,
        #[nullable] #[opaque]
        #[retained(by = handle, until = [curl_easy_cleanup],
            idle_after = [curl_easy_perform, curl_multi_remove_handle])]
        value: *mut curl_mime,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_CURLU)]
    #[success(result == 0)]
    fn curl_easy_setopt_curlu(
        #[nullable] #[opaque] handle: *mut CURL,
        #[nullable] #[opaque]
        #[retained(by = handle, until = [curl_easy_cleanup],
            idle_after = [curl_easy_perform, curl_multi_remove_handle])]
        value: *mut CURLU,
    ) -> CURLcode;

    // The share counts its users: curl_share_cleanup fails while there are some.
    #[form_of(curl_easy_setopt, option = CURLOPT_SHARE)]
    #[success(result == 0)]
    fn curl_easy_setopt_share(
        #[nullable] #[opaque] handle: *mut CURL,
        #[nullable] #[opaque] #[retained(by = handle, until = [curl_easy_cleanup])]
        value: *mut CURLSH,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_STREAM_DEPENDS)]
    #[success(result == 0)]
    fn curl_easy_setopt_stream_depends(
        #[nullable] #[opaque] handle: *mut CURL,
        #[nullable] #[opaque] value: *mut CURL,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_STREAM_DEPENDS_E)]
    #[success(result == 0)]
    fn curl_easy_setopt_stream_depends_e(
        #[nullable] #[opaque] handle: *mut CURL,
        #[nullable] #[opaque] value: *mut CURL,
    ) -> CURLcode;

    // For CURLINFO_PRIVATE only.
    #[form_of(curl_easy_setopt, option = CURLOPT_PRIVATE)]
    #[success(result == 0)]
    fn curl_easy_setopt_private(
        #[nullable] #[opaque] handle: *mut CURL,
        #[nullable] #[address]
        #[retained(by = handle, until = [curl_easy_setopt, curl_easy_reset, curl_easy_cleanup])]
        value: *mut c_void,
    ) -> CURLcode;

    // Strings.
    #[form_of(curl_easy_setopt, option = CURLOPT_ABSTRACT_UNIX_SOCKET)]
    #[success(result == 0)]
    fn curl_easy_setopt_abstract_unix_socket(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[null_terminated] #[noescape] value: *const c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_ACCEPT_ENCODING)]
    #[success(result == 0)]
    fn curl_easy_setopt_accept_encoding(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[null_terminated] #[noescape] value: *const c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_ALTSVC)]
    #[success(result == 0)]
    fn curl_easy_setopt_altsvc(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[null_terminated] #[noescape] value: *const c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_AWS_SIGV4)]
    #[success(result == 0)]
    fn curl_easy_setopt_aws_sigv4(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[null_terminated] #[noescape] value: *const c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_CAINFO)]
    #[success(result == 0)]
    fn curl_easy_setopt_cainfo(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[null_terminated] #[noescape] value: *const c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_CAPATH)]
    #[success(result == 0)]
    fn curl_easy_setopt_capath(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[null_terminated] #[noescape] value: *const c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_COOKIE)]
    #[success(result == 0)]
    fn curl_easy_setopt_cookie(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[null_terminated] #[noescape] value: *const c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_COOKIEFILE)]
    #[success(result == 0)]
    fn curl_easy_setopt_cookiefile(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[null_terminated] #[noescape] value: *const c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_COOKIEJAR)]
    #[success(result == 0)]
    fn curl_easy_setopt_cookiejar(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[null_terminated] #[noescape] value: *const c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_COOKIELIST)]
    #[success(result == 0)]
    fn curl_easy_setopt_cookielist(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[null_terminated] #[noescape] value: *const c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_CRLFILE)]
    #[success(result == 0)]
    fn curl_easy_setopt_crlfile(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[null_terminated] #[noescape] value: *const c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_CUSTOMREQUEST)]
    #[success(result == 0)]
    fn curl_easy_setopt_customrequest(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[null_terminated] #[noescape] value: *const c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_DEFAULT_PROTOCOL)]
    #[success(result == 0)]
    fn curl_easy_setopt_default_protocol(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[null_terminated] #[noescape] value: *const c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_DNS_INTERFACE)]
    #[success(result == 0)]
    fn curl_easy_setopt_dns_interface(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[null_terminated] #[noescape] value: *const c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_DNS_LOCAL_IP4)]
    #[success(result == 0)]
    fn curl_easy_setopt_dns_local_ip4(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[null_terminated] #[noescape] value: *const c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_DNS_LOCAL_IP6)]
    #[success(result == 0)]
    fn curl_easy_setopt_dns_local_ip6(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[null_terminated] #[noescape] value: *const c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_DNS_SERVERS)]
    #[success(result == 0)]
    fn curl_easy_setopt_dns_servers(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[null_terminated] #[noescape] value: *const c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_DOH_URL)]
    #[success(result == 0)]
    fn curl_easy_setopt_doh_url(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[null_terminated] #[noescape] value: *const c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_EGDSOCKET)]
    #[success(result == 0)]
    fn curl_easy_setopt_egdsocket(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[null_terminated] #[noescape] value: *const c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_FTPPORT)]
    #[success(result == 0)]
    fn curl_easy_setopt_ftpport(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[null_terminated] #[noescape] value: *const c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_FTP_ACCOUNT)]
    #[success(result == 0)]
    fn curl_easy_setopt_ftp_account(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[null_terminated] #[noescape] value: *const c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_FTP_ALTERNATIVE_TO_USER)]
    #[success(result == 0)]
    fn curl_easy_setopt_ftp_alternative_to_user(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[null_terminated] #[noescape] value: *const c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_HSTS)]
    #[success(result == 0)]
    fn curl_easy_setopt_hsts(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[null_terminated] #[noescape] value: *const c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_INTERFACE)]
    #[success(result == 0)]
    fn curl_easy_setopt_interface(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[null_terminated] #[noescape] value: *const c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_ISSUERCERT)]
    #[success(result == 0)]
    fn curl_easy_setopt_issuercert(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[null_terminated] #[noescape] value: *const c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_KEYPASSWD)]
    #[success(result == 0)]
    fn curl_easy_setopt_keypasswd(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[null_terminated] #[noescape] value: *const c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_KRBLEVEL)]
    #[success(result == 0)]
    fn curl_easy_setopt_krblevel(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[null_terminated] #[noescape] value: *const c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_LOGIN_OPTIONS)]
    #[success(result == 0)]
    fn curl_easy_setopt_login_options(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[null_terminated] #[noescape] value: *const c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_MAIL_AUTH)]
    #[success(result == 0)]
    fn curl_easy_setopt_mail_auth(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[null_terminated] #[noescape] value: *const c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_MAIL_FROM)]
    #[success(result == 0)]
    fn curl_easy_setopt_mail_from(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[null_terminated] #[noescape] value: *const c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_NETRC_FILE)]
    #[success(result == 0)]
    fn curl_easy_setopt_netrc_file(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[null_terminated] #[noescape] value: *const c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_NOPROXY)]
    #[success(result == 0)]
    fn curl_easy_setopt_noproxy(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[null_terminated] #[noescape] value: *const c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_PASSWORD)]
    #[success(result == 0)]
    fn curl_easy_setopt_password(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[null_terminated] #[noescape] value: *const c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_PINNEDPUBLICKEY)]
    #[success(result == 0)]
    fn curl_easy_setopt_pinnedpublickey(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[null_terminated] #[noescape] value: *const c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_PRE_PROXY)]
    #[success(result == 0)]
    fn curl_easy_setopt_pre_proxy(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[null_terminated] #[noescape] value: *const c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_PROTOCOLS_STR)]
    #[success(result == 0)]
    fn curl_easy_setopt_protocols_str(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[null_terminated] #[noescape] value: *const c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_PROXY)]
    #[success(result == 0)]
    fn curl_easy_setopt_proxy(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[null_terminated] #[noescape] value: *const c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_PROXYPASSWORD)]
    #[success(result == 0)]
    fn curl_easy_setopt_proxypassword(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[null_terminated] #[noescape] value: *const c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_PROXYUSERNAME)]
    #[success(result == 0)]
    fn curl_easy_setopt_proxyusername(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[null_terminated] #[noescape] value: *const c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_PROXYUSERPWD)]
    #[success(result == 0)]
    fn curl_easy_setopt_proxyuserpwd(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[null_terminated] #[noescape] value: *const c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_PROXY_CAINFO)]
    #[success(result == 0)]
    fn curl_easy_setopt_proxy_cainfo(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[null_terminated] #[noescape] value: *const c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_PROXY_CAPATH)]
    #[success(result == 0)]
    fn curl_easy_setopt_proxy_capath(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[null_terminated] #[noescape] value: *const c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_PROXY_CRLFILE)]
    #[success(result == 0)]
    fn curl_easy_setopt_proxy_crlfile(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[null_terminated] #[noescape] value: *const c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_PROXY_ISSUERCERT)]
    #[success(result == 0)]
    fn curl_easy_setopt_proxy_issuercert(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[null_terminated] #[noescape] value: *const c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_PROXY_KEYPASSWD)]
    #[success(result == 0)]
    fn curl_easy_setopt_proxy_keypasswd(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[null_terminated] #[noescape] value: *const c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_PROXY_PINNEDPUBLICKEY)]
    #[success(result == 0)]
    fn curl_easy_setopt_proxy_pinnedpublickey(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[null_terminated] #[noescape] value: *const c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_PROXY_SERVICE_NAME)]
    #[success(result == 0)]
    fn curl_easy_setopt_proxy_service_name(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[null_terminated] #[noescape] value: *const c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_PROXY_SSLCERT)]
    #[success(result == 0)]
    fn curl_easy_setopt_proxy_sslcert(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[null_terminated] #[noescape] value: *const c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_PROXY_SSLCERTTYPE)]
    #[success(result == 0)]
    fn curl_easy_setopt_proxy_sslcerttype(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[null_terminated] #[noescape] value: *const c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_PROXY_SSLKEY)]
    #[success(result == 0)]
    fn curl_easy_setopt_proxy_sslkey(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[null_terminated] #[noescape] value: *const c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_PROXY_SSLKEYTYPE)]
    #[success(result == 0)]
    fn curl_easy_setopt_proxy_sslkeytype(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[null_terminated] #[noescape] value: *const c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_PROXY_SSL_CIPHER_LIST)]
    #[success(result == 0)]
    fn curl_easy_setopt_proxy_ssl_cipher_list(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[null_terminated] #[noescape] value: *const c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_PROXY_TLS13_CIPHERS)]
    #[success(result == 0)]
    fn curl_easy_setopt_proxy_tls13_ciphers(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[null_terminated] #[noescape] value: *const c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_PROXY_TLSAUTH_PASSWORD)]
    #[success(result == 0)]
    fn curl_easy_setopt_proxy_tlsauth_password(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[null_terminated] #[noescape] value: *const c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_PROXY_TLSAUTH_TYPE)]
    #[success(result == 0)]
    fn curl_easy_setopt_proxy_tlsauth_type(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[null_terminated] #[noescape] value: *const c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_PROXY_TLSAUTH_USERNAME)]
    #[success(result == 0)]
    fn curl_easy_setopt_proxy_tlsauth_username(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[null_terminated] #[noescape] value: *const c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_RANDOM_FILE)]
    #[success(result == 0)]
    fn curl_easy_setopt_random_file(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[null_terminated] #[noescape] value: *const c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_RANGE)]
    #[success(result == 0)]
    fn curl_easy_setopt_range(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[null_terminated] #[noescape] value: *const c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_REDIR_PROTOCOLS_STR)]
    #[success(result == 0)]
    fn curl_easy_setopt_redir_protocols_str(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[null_terminated] #[noescape] value: *const c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_REFERER)]
    #[success(result == 0)]
    fn curl_easy_setopt_referer(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[null_terminated] #[noescape] value: *const c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_REQUEST_TARGET)]
    #[success(result == 0)]
    fn curl_easy_setopt_request_target(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[null_terminated] #[noescape] value: *const c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_RTSP_SESSION_ID)]
    #[success(result == 0)]
    fn curl_easy_setopt_rtsp_session_id(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[null_terminated] #[noescape] value: *const c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_RTSP_STREAM_URI)]
    #[success(result == 0)]
    fn curl_easy_setopt_rtsp_stream_uri(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[null_terminated] #[noescape] value: *const c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_RTSP_TRANSPORT)]
    #[success(result == 0)]
    fn curl_easy_setopt_rtsp_transport(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[null_terminated] #[noescape] value: *const c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_SASL_AUTHZID)]
    #[success(result == 0)]
    fn curl_easy_setopt_sasl_authzid(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[null_terminated] #[noescape] value: *const c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_SERVICE_NAME)]
    #[success(result == 0)]
    fn curl_easy_setopt_service_name(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[null_terminated] #[noescape] value: *const c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_SOCKS5_GSSAPI_SERVICE)]
    #[success(result == 0)]
    fn curl_easy_setopt_socks5_gssapi_service(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[null_terminated] #[noescape] value: *const c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_SSH_HOST_PUBLIC_KEY_MD5)]
    #[success(result == 0)]
    fn curl_easy_setopt_ssh_host_public_key_md5(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[null_terminated] #[noescape] value: *const c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_SSH_HOST_PUBLIC_KEY_SHA256)]
    #[success(result == 0)]
    fn curl_easy_setopt_ssh_host_public_key_sha256(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[null_terminated] #[noescape] value: *const c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_SSH_KNOWNHOSTS)]
    #[success(result == 0)]
    fn curl_easy_setopt_ssh_knownhosts(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[null_terminated] #[noescape] value: *const c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_SSH_PRIVATE_KEYFILE)]
    #[success(result == 0)]
    fn curl_easy_setopt_ssh_private_keyfile(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[null_terminated] #[noescape] value: *const c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_SSH_PUBLIC_KEYFILE)]
    #[success(result == 0)]
    fn curl_easy_setopt_ssh_public_keyfile(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[null_terminated] #[noescape] value: *const c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_SSLCERT)]
    #[success(result == 0)]
    fn curl_easy_setopt_sslcert(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[null_terminated] #[noescape] value: *const c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_SSLCERTTYPE)]
    #[success(result == 0)]
    fn curl_easy_setopt_sslcerttype(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[null_terminated] #[noescape] value: *const c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_SSLENGINE)]
    #[success(result == 0)]
    fn curl_easy_setopt_sslengine(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[null_terminated] #[noescape] value: *const c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_SSLKEY)]
    #[success(result == 0)]
    fn curl_easy_setopt_sslkey(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[null_terminated] #[noescape] value: *const c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_SSLKEYTYPE)]
    #[success(result == 0)]
    fn curl_easy_setopt_sslkeytype(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[null_terminated] #[noescape] value: *const c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_SSL_CIPHER_LIST)]
    #[success(result == 0)]
    fn curl_easy_setopt_ssl_cipher_list(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[null_terminated] #[noescape] value: *const c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_SSL_EC_CURVES)]
    #[success(result == 0)]
    fn curl_easy_setopt_ssl_ec_curves(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[null_terminated] #[noescape] value: *const c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_TLS13_CIPHERS)]
    #[success(result == 0)]
    fn curl_easy_setopt_tls13_ciphers(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[null_terminated] #[noescape] value: *const c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_TLSAUTH_PASSWORD)]
    #[success(result == 0)]
    fn curl_easy_setopt_tlsauth_password(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[null_terminated] #[noescape] value: *const c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_TLSAUTH_TYPE)]
    #[success(result == 0)]
    fn curl_easy_setopt_tlsauth_type(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[null_terminated] #[noescape] value: *const c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_TLSAUTH_USERNAME)]
    #[success(result == 0)]
    fn curl_easy_setopt_tlsauth_username(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[null_terminated] #[noescape] value: *const c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_UNIX_SOCKET_PATH)]
    #[success(result == 0)]
    fn curl_easy_setopt_unix_socket_path(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[null_terminated] #[noescape] value: *const c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_URL)]
    #[success(result == 0)]
    fn curl_easy_setopt_url(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[null_terminated] #[noescape] value: *const c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_USERAGENT)]
    #[success(result == 0)]
    fn curl_easy_setopt_useragent(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[null_terminated] #[noescape] value: *const c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_USERNAME)]
    #[success(result == 0)]
    fn curl_easy_setopt_username(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[null_terminated] #[noescape] value: *const c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_USERPWD)]
    #[success(result == 0)]
    fn curl_easy_setopt_userpwd(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[null_terminated] #[noescape] value: *const c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_XOAUTH2_BEARER)]
    #[success(result == 0)]
    fn curl_easy_setopt_xoauth2_bearer(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[null_terminated] #[noescape] value: *const c_char,
    ) -> CURLcode;

    // Lists of strings: not copied.
    #[form_of(curl_easy_setopt, option = CURLOPT_CONNECT_TO)]
    #[success(result == 0)]
    fn curl_easy_setopt_connect_to(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[one]
        #[retained(by = handle, until = [curl_easy_cleanup],
            idle_after = [curl_easy_perform, curl_multi_remove_handle])]
        value: *mut curl_slist,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_HTTP200ALIASES)]
    #[success(result == 0)]
    fn curl_easy_setopt_http200aliases(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[one]
        #[retained(by = handle, until = [curl_easy_cleanup],
            idle_after = [curl_easy_perform, curl_multi_remove_handle])]
        value: *mut curl_slist,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_HTTPHEADER)]
    #[success(result == 0)]
    fn curl_easy_setopt_httpheader(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[one]
        #[retained(by = handle, until = [curl_easy_cleanup],
            idle_after = [curl_easy_perform, curl_multi_remove_handle])]
        value: *mut curl_slist,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_MAIL_RCPT)]
    #[success(result == 0)]
    fn curl_easy_setopt_mail_rcpt(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[one]
        #[retained(by = handle, until = [curl_easy_cleanup],
            idle_after = [curl_easy_perform, curl_multi_remove_handle])]
        value: *mut curl_slist,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_POSTQUOTE)]
    #[success(result == 0)]
    fn curl_easy_setopt_postquote(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[one]
        #[retained(by = handle, until = [curl_easy_cleanup],
            idle_after = [curl_easy_perform, curl_multi_remove_handle])]
        value: *mut curl_slist,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_PREQUOTE)]
    #[success(result == 0)]
    fn curl_easy_setopt_prequote(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[one]
        #[retained(by = handle, until = [curl_easy_cleanup],
            idle_after = [curl_easy_perform, curl_multi_remove_handle])]
        value: *mut curl_slist,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_PROXYHEADER)]
    #[success(result == 0)]
    fn curl_easy_setopt_proxyheader(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[one]
        #[retained(by = handle, until = [curl_easy_cleanup],
            idle_after = [curl_easy_perform, curl_multi_remove_handle])]
        value: *mut curl_slist,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_QUOTE)]
    #[success(result == 0)]
    fn curl_easy_setopt_quote(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[one]
        #[retained(by = handle, until = [curl_easy_cleanup],
            idle_after = [curl_easy_perform, curl_multi_remove_handle])]
        value: *mut curl_slist,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_RESOLVE)]
    #[success(result == 0)]
    fn curl_easy_setopt_resolve(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[one]
        #[retained(by = handle, until = [curl_easy_cleanup],
            idle_after = [curl_easy_perform, curl_multi_remove_handle])]
        value: *mut curl_slist,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_TELNETOPTIONS)]
    #[success(result == 0)]
    fn curl_easy_setopt_telnetoptions(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[one]
        #[retained(by = handle, until = [curl_easy_cleanup],
            idle_after = [curl_easy_perform, curl_multi_remove_handle])]
        value: *mut curl_slist,
    ) -> CURLcode;

    // The structure is copied; see there for what it points to.
    #[form_of(curl_easy_setopt, option = CURLOPT_CAINFO_BLOB)]
    #[success(result == 0)]
    fn curl_easy_setopt_cainfo_blob(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[one] #[flow_through] #[noescape] value: *mut curl_blob,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_ISSUERCERT_BLOB)]
    #[success(result == 0)]
    fn curl_easy_setopt_issuercert_blob(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[one] #[flow_through] #[noescape] value: *mut curl_blob,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_PROXY_CAINFO_BLOB)]
    #[success(result == 0)]
    fn curl_easy_setopt_proxy_cainfo_blob(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[one] #[flow_through] #[noescape] value: *mut curl_blob,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_PROXY_ISSUERCERT_BLOB)]
    #[success(result == 0)]
    fn curl_easy_setopt_proxy_issuercert_blob(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[one] #[flow_through] #[noescape] value: *mut curl_blob,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_PROXY_SSLCERT_BLOB)]
    #[success(result == 0)]
    fn curl_easy_setopt_proxy_sslcert_blob(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[one] #[flow_through] #[noescape] value: *mut curl_blob,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_PROXY_SSLKEY_BLOB)]
    #[success(result == 0)]
    fn curl_easy_setopt_proxy_sslkey_blob(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[one] #[flow_through] #[noescape] value: *mut curl_blob,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_SSLCERT_BLOB)]
    #[success(result == 0)]
    fn curl_easy_setopt_sslcert_blob(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[one] #[flow_through] #[noescape] value: *mut curl_blob,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_SSLKEY_BLOB)]
    #[success(result == 0)]
    fn curl_easy_setopt_sslkey_blob(
        #[nullable] #[opaque] handle: *mut CURL,
        #[input] #[nullable] #[one] #[flow_through] #[noescape] value: *mut curl_blob,
    ) -> CURLcode;

    // Callbacks; their data comes with another option, so they are `fn` items. Null: the default again.
    // `size` is 1, says the manual; what a reader fills is C's own buffer, of which nobody knows that it is initialised.
    #[form_of(curl_easy_setopt, option = CURLOPT_CHUNK_BGN_FUNCTION)]
    #[success(result == 0)]
    fn curl_easy_setopt_chunk_bgn_function(
        #[nullable] #[opaque] handle: *mut CURL,
        #[nullable] #[callback(scope = notified, destroy = curl_easy_setopt, on_panic = 1)]
        value: Option<unsafe extern "C" fn(
            transfer_info: *const c_void, userp: *mut c_void, remains: c_int,
        ) -> c_long>,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_CHUNK_END_FUNCTION)]
    #[success(result == 0)]
    fn curl_easy_setopt_chunk_end_function(
        #[nullable] #[opaque] handle: *mut CURL,
        #[nullable] #[callback(scope = notified, destroy = curl_easy_setopt, on_panic = 1)]
        value: Option<unsafe extern "C" fn(userp: *mut c_void) -> c_long>,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_CLOSESOCKETFUNCTION)]
    #[success(result == 0)]
    fn curl_easy_setopt_closesocketfunction(
        #[nullable] #[opaque] handle: *mut CURL,
        #[nullable] #[callback(scope = notified, destroy = curl_easy_setopt, on_panic = 1)]
        value: Option<unsafe extern "C" fn(userp: *mut c_void, item: curl_socket_t) -> c_int>,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_CONV_FROM_NETWORK_FUNCTION)]
    #[success(result == 0)]
    fn curl_easy_setopt_conv_from_network_function(
        #[nullable] #[opaque] handle: *mut CURL,
        #[callback(scope = notified, destroy = curl_easy_setopt)] value: curl_conv_callback,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_CONV_FROM_UTF8_FUNCTION)]
    #[success(result == 0)]
    fn curl_easy_setopt_conv_from_utf8_function(
        #[nullable] #[opaque] handle: *mut CURL,
        #[callback(scope = notified, destroy = curl_easy_setopt)] value: curl_conv_callback,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_CONV_TO_NETWORK_FUNCTION)]
    #[success(result == 0)]
    fn curl_easy_setopt_conv_to_network_function(
        #[nullable] #[opaque] handle: *mut CURL,
        #[callback(scope = notified, destroy = curl_easy_setopt)] value: curl_conv_callback,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_DEBUGFUNCTION)]
    #[success(result == 0)]
    fn curl_easy_setopt_debugfunction(
        #[nullable] #[opaque] handle: *mut CURL,
        #[nullable] #[callback(scope = notified, destroy = curl_easy_setopt, on_panic = 0)]
        value: Option<unsafe extern "C" fn(
            handle: *mut CURL, kind: curl_infotype, #[input] #[sized_by(size)] data: *mut c_char, size: size_t, userptr: *mut c_void,
        ) -> c_int>,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_FNMATCH_FUNCTION)]
    #[success(result == 0)]
    fn curl_easy_setopt_fnmatch_function(
        #[nullable] #[opaque] handle: *mut CURL,
        #[nullable] #[callback(scope = notified, destroy = curl_easy_setopt, on_panic = 2)]
        value: Option<unsafe extern "C" fn(
            userp: *mut c_void, #[null_terminated] pattern: *const c_char, #[null_terminated] string: *const c_char,
        ) -> c_int>,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_HEADERFUNCTION)]
    #[success(result == 0)]
    fn curl_easy_setopt_headerfunction(
        #[nullable] #[opaque] handle: *mut CURL,
        #[nullable] #[callback(scope = notified, destroy = curl_easy_setopt, on_panic = 0)]
        value: Option<unsafe extern "C" fn(
            #[input] #[sized_by(nitems)] buffer: *mut c_char, size: size_t, nitems: size_t, outstream: *mut c_void,
        ) -> size_t>,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_HSTSREADFUNCTION)]
    #[success(result == 0)]
    fn curl_easy_setopt_hstsreadfunction(
        #[nullable] #[opaque] handle: *mut CURL,
        #[nullable] #[callback(scope = notified, destroy = curl_easy_setopt, on_panic = 2)]
        value: Option<unsafe extern "C" fn(
            easy: *mut CURL, #[one] e: *mut curl_hstsentry, userp: *mut c_void,
        ) -> CURLSTScode>,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_HSTSWRITEFUNCTION)]
    #[success(result == 0)]
    fn curl_easy_setopt_hstswritefunction(
        #[nullable] #[opaque] handle: *mut CURL,
        #[nullable] #[callback(scope = notified, destroy = curl_easy_setopt, on_panic = 2)]
        value: Option<unsafe extern "C" fn(
            easy: *mut CURL, #[one] #[input] e: *mut curl_hstsentry, #[one] #[input] i: *mut curl_index,
            userp: *mut c_void,
        ) -> CURLSTScode>,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_INTERLEAVEFUNCTION)]
    #[success(result == 0)]
    fn curl_easy_setopt_interleavefunction(
        #[nullable] #[opaque] handle: *mut CURL,
        #[nullable] #[callback(scope = notified, destroy = curl_easy_setopt, on_panic = 0)]
        value: Option<unsafe extern "C" fn(
            #[input] #[sized_by(nitems)] buffer: *mut c_char, size: size_t, nitems: size_t, outstream: *mut c_void,
        ) -> size_t>,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_IOCTLFUNCTION)]
    #[success(result == 0)]
    fn curl_easy_setopt_ioctlfunction(
        #[nullable] #[opaque] handle: *mut CURL,
        #[nullable] #[callback(scope = notified, destroy = curl_easy_setopt, on_panic = 2)]
        value: Option<unsafe extern "C" fn(handle: *mut CURL, cmd: c_int, userp: *mut c_void) -> curlioerr>,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_OPENSOCKETFUNCTION)]
    #[success(result == 0)]
    fn curl_easy_setopt_opensocketfunction(
        #[nullable] #[opaque] handle: *mut CURL,
        #[nullable] #[callback(scope = notified, destroy = curl_easy_setopt, on_panic = -1)]
        value: Option<unsafe extern "C" fn(
            userp: *mut c_void, purpose: curlsocktype, #[one] address: *mut curl_sockaddr,
        ) -> curl_socket_t>,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_PREREQFUNCTION)]
    #[success(result == 0)]
    fn curl_easy_setopt_prereqfunction(
        #[nullable] #[opaque] handle: *mut CURL,
        #[nullable] #[callback(scope = notified, destroy = curl_easy_setopt, on_panic = 1)]
        value: Option<unsafe extern "C" fn(
            userp: *mut c_void, #[null_terminated] conn_primary_ip: *mut c_char,
            #[null_terminated] conn_local_ip: *mut c_char, conn_primary_port: c_int, conn_local_port: c_int,
        ) -> c_int>,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_PROGRESSFUNCTION)]
    #[success(result == 0)]
    fn curl_easy_setopt_progressfunction(
        #[nullable] #[opaque] handle: *mut CURL,
        #[nullable] #[callback(scope = notified, destroy = curl_easy_setopt, on_panic = 1)]
        value: Option<unsafe extern "C" fn(
            clientp: *mut c_void, dltotal: c_double, dlnow: c_double, ultotal: c_double, ulnow: c_double,
        ) -> c_int>,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_READFUNCTION)]
    #[success(result == 0)]
    fn curl_easy_setopt_readfunction(
        #[nullable] #[opaque] handle: *mut CURL,
        #[nullable] #[callback(scope = notified, destroy = curl_easy_setopt, on_panic = 268435456)]
        value: Option<unsafe extern "C" fn(buffer: *mut c_char, size: size_t, nitems: size_t, instream: *mut c_void) -> size_t>,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_RESOLVER_START_FUNCTION)]
    #[success(result == 0)]
    fn curl_easy_setopt_resolver_start_function(
        #[nullable] #[opaque] handle: *mut CURL,
        #[nullable] #[callback(scope = notified, destroy = curl_easy_setopt, on_panic = 1)]
        value: Option<unsafe extern "C" fn(
            resolver_state: *mut c_void, reserved: *mut c_void, userp: *mut c_void,
        ) -> c_int>,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_SEEKFUNCTION)]
    #[success(result == 0)]
    fn curl_easy_setopt_seekfunction(
        #[nullable] #[opaque] handle: *mut CURL,
        #[nullable] #[callback(scope = notified, destroy = curl_easy_setopt, on_panic = 1)]
        value: Option<unsafe extern "C" fn(instream: *mut c_void, offset: curl_off_t, origin: c_int) -> c_int>,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_SOCKOPTFUNCTION)]
    #[success(result == 0)]
    fn curl_easy_setopt_sockoptfunction(
        #[nullable] #[opaque] handle: *mut CURL,
        #[nullable] #[callback(scope = notified, destroy = curl_easy_setopt, on_panic = 1)]
        value: Option<unsafe extern "C" fn(userp: *mut c_void, curlfd: curl_socket_t, purpose: curlsocktype) -> c_int>,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_SSH_HOSTKEYFUNCTION)]
    #[success(result == 0)]
    fn curl_easy_setopt_ssh_hostkeyfunction(
        #[nullable] #[opaque] handle: *mut CURL,
        #[nullable] #[callback(scope = notified, destroy = curl_easy_setopt, on_panic = 1)]
        value: Option<unsafe extern "C" fn(
            userp: *mut c_void, keytype: c_int, #[sized_by(keylen)] key: *const c_char, keylen: size_t,
        ) -> c_int>,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_SSH_KEYFUNCTION)]
    #[success(result == 0)]
    fn curl_easy_setopt_ssh_keyfunction(
        #[nullable] #[opaque] handle: *mut CURL,
        #[nullable] #[callback(scope = notified, destroy = curl_easy_setopt, on_panic = 2)]
        value: Option<unsafe extern "C" fn(
            easy: *mut CURL, #[nullable] #[one] knownkey: *const curl_khkey, #[one] foundkey: *const curl_khkey,
            matched: curl_khmatch, userp: *mut c_void,
        ) -> c_int>,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_SSL_CTX_FUNCTION)]
    #[success(result == 0)]
    fn curl_easy_setopt_ssl_ctx_function(
        #[nullable] #[opaque] handle: *mut CURL,
        #[nullable] #[callback(scope = notified, destroy = curl_easy_setopt, on_panic = 42)]
        value: Option<unsafe extern "C" fn(curl: *mut CURL, ssl_ctx: *mut c_void, userp: *mut c_void) -> CURLcode>,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_TRAILERFUNCTION)]
    #[success(result == 0)]
    fn curl_easy_setopt_trailerfunction(
        #[nullable] #[opaque] handle: *mut CURL,
        #[nullable] #[callback(scope = notified, destroy = curl_easy_setopt, on_panic = 1)]
        value: Option<unsafe extern "C" fn(#[one] list: *mut *mut curl_slist, userp: *mut c_void) -> c_int>,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_WRITEFUNCTION)]
    #[success(result == 0)]
    fn curl_easy_setopt_writefunction(
        #[nullable] #[opaque] handle: *mut CURL,
        #[nullable] #[callback(scope = notified, destroy = curl_easy_setopt, on_panic = 0)]
        value: Option<unsafe extern "C" fn(
            #[input] #[sized_by(nitems)] buffer: *mut c_char, size: size_t, nitems: size_t, outstream: *mut c_void,
        ) -> size_t>,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_XFERINFOFUNCTION)]
    #[success(result == 0)]
    fn curl_easy_setopt_xferinfofunction(
        #[nullable] #[opaque] handle: *mut CURL,
        #[nullable] #[callback(scope = notified, destroy = curl_easy_setopt, on_panic = 1)]
        value: Option<unsafe extern "C" fn(
            clientp: *mut c_void, dltotal: curl_off_t, dlnow: curl_off_t, ultotal: curl_off_t, ulnow: curl_off_t,
        ) -> c_int>,
    ) -> CURLcode;

    // The same as closures: their data goes first. To take one back, set another, or use the options by themselves.
    // A duplicate of the handle has the same data: give it closures of its own. CURLOPT_CLOSESOCKETFUNCTION is no closure, for
    // connections of a multi handle call it when the handle has gone.
    #[form_of(curl_easy_setopt, option = CURLOPT_WRITEFUNCTION, before(curl_easy_setopt(handle, CURLOPT_WRITEDATA, data)))]
    #[success(result == 0)]
    fn curl_easy_setopt_write(
        #[nonnull] #[opaque] handle: *mut CURL,
        #[callback(userdata = data, scope = notified, on_panic = 0)]
        value: Option<unsafe extern "C" fn(
            #[input] #[sized_by(nitems)] buffer: *mut c_char, size: size_t, nitems: size_t, data: *mut c_void,
        ) -> size_t>,
        #[address] #[retained(by = handle, until = [curl_easy_setopt_write, curl_easy_cleanup])] data: *mut c_void,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_HEADERFUNCTION, before(curl_easy_setopt(handle, CURLOPT_HEADERDATA, data)))]
    #[success(result == 0)]
    fn curl_easy_setopt_header(
        #[nonnull] #[opaque] handle: *mut CURL,
        #[callback(userdata = data, scope = notified, on_panic = 0)]
        value: Option<unsafe extern "C" fn(
            #[input] #[sized_by(nitems)] buffer: *mut c_char, size: size_t, nitems: size_t, data: *mut c_void,
        ) -> size_t>,
        #[address] #[retained(by = handle, until = [curl_easy_setopt_header, curl_easy_cleanup])] data: *mut c_void,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_READFUNCTION, before(curl_easy_setopt(handle, CURLOPT_READDATA, data)))]
    #[success(result == 0)]
    fn curl_easy_setopt_read(
        #[nonnull] #[opaque] handle: *mut CURL,
        #[callback(userdata = data, scope = notified, on_panic = 268435456)]
        value: Option<unsafe extern "C" fn(
            buffer: *mut c_char, size: size_t, nitems: size_t, data: *mut c_void,
        ) -> size_t>,
        #[address] #[retained(by = handle, until = [curl_easy_setopt_read, curl_easy_cleanup])] data: *mut c_void,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_SEEKFUNCTION, before(curl_easy_setopt(handle, CURLOPT_SEEKDATA, data)))]
    #[success(result == 0)]
    fn curl_easy_setopt_seek(
        #[nonnull] #[opaque] handle: *mut CURL,
        #[callback(userdata = data, scope = notified, on_panic = 1)]
        value: Option<unsafe extern "C" fn(data: *mut c_void, offset: curl_off_t, origin: c_int) -> c_int>,
        #[address] #[retained(by = handle, until = [curl_easy_setopt_seek, curl_easy_cleanup])] data: *mut c_void,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_XFERINFOFUNCTION, before(curl_easy_setopt(handle, CURLOPT_XFERINFODATA, data)))]
    #[success(result == 0)]
    fn curl_easy_setopt_xferinfo(
        #[nonnull] #[opaque] handle: *mut CURL,
        #[callback(userdata = data, scope = notified, on_panic = 1)]
        value: Option<unsafe extern "C" fn(
            data: *mut c_void, dltotal: curl_off_t, dlnow: curl_off_t, ultotal: curl_off_t, ulnow: curl_off_t,
        ) -> c_int>,
        #[address] #[retained(by = handle, until = [curl_easy_setopt_xferinfo, curl_easy_cleanup])] data: *mut c_void,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_DEBUGFUNCTION,
        before(curl_easy_setopt(handle, CURLOPT_DEBUGDATA, userptr)))]
    #[success(result == 0)]
    fn curl_easy_setopt_debug(
        #[nonnull] #[opaque] handle: *mut CURL,
        #[callback(userdata = userptr, scope = notified, on_panic = 0)]
        value: Option<unsafe extern "C" fn(
            handle: *mut CURL, kind: curl_infotype, #[input] #[sized_by(size)] data: *mut c_char, size: size_t,
            userptr: *mut c_void,
        ) -> c_int>,
        #[address] #[retained(by = handle, until = [curl_easy_setopt_debug, curl_easy_cleanup])] userptr: *mut c_void,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_SOCKOPTFUNCTION,
        before(curl_easy_setopt(handle, CURLOPT_SOCKOPTDATA, data)))]
    #[success(result == 0)]
    fn curl_easy_setopt_sockopt(
        #[nonnull] #[opaque] handle: *mut CURL,
        #[callback(userdata = data, scope = notified, on_panic = 1)]
        value: Option<unsafe extern "C" fn(data: *mut c_void, curlfd: curl_socket_t, purpose: curlsocktype) -> c_int>,
        #[address] #[retained(by = handle, until = [curl_easy_setopt_sockopt, curl_easy_cleanup])] data: *mut c_void,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_OPENSOCKETFUNCTION,
        before(curl_easy_setopt(handle, CURLOPT_OPENSOCKETDATA, data)))]
    #[success(result == 0)]
    fn curl_easy_setopt_opensocket(
        #[nonnull] #[opaque] handle: *mut CURL,
        #[callback(userdata = data, scope = notified, on_panic = -1)]
        value: Option<unsafe extern "C" fn(
            data: *mut c_void, purpose: curlsocktype, #[one] address: *mut curl_sockaddr,
        ) -> curl_socket_t>,
        #[address] #[retained(by = handle, until = [curl_easy_setopt_opensocket, curl_easy_cleanup])] data: *mut c_void,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_PREREQFUNCTION,
        before(curl_easy_setopt(handle, CURLOPT_PREREQDATA, data)))]
    #[success(result == 0)]
    fn curl_easy_setopt_prereq(
        #[nonnull] #[opaque] handle: *mut CURL,
        #[callback(userdata = data, scope = notified, on_panic = 1)]
        value: Option<unsafe extern "C" fn(
            data: *mut c_void, #[null_terminated] conn_primary_ip: *mut c_char,
            #[null_terminated] conn_local_ip: *mut c_char, conn_primary_port: c_int, conn_local_port: c_int,
        ) -> c_int>,
        #[address] #[retained(by = handle, until = [curl_easy_setopt_prereq, curl_easy_cleanup])] data: *mut c_void,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_RESOLVER_START_FUNCTION,
        before(curl_easy_setopt(handle, CURLOPT_RESOLVER_START_DATA, data)))]
    #[success(result == 0)]
    fn curl_easy_setopt_resolver_start(
        #[nonnull] #[opaque] handle: *mut CURL,
        #[callback(userdata = data, scope = notified, on_panic = 1)]
        value: Option<unsafe extern "C" fn(
            resolver_state: *mut c_void, reserved: *mut c_void, data: *mut c_void,
        ) -> c_int>,
        #[address] #[retained(by = handle, until = [curl_easy_setopt_resolver_start, curl_easy_cleanup])] data: *mut c_void,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_SSL_CTX_FUNCTION,
        before(curl_easy_setopt(handle, CURLOPT_SSL_CTX_DATA, data)))]
    #[success(result == 0)]
    fn curl_easy_setopt_ssl_ctx(
        #[nonnull] #[opaque] handle: *mut CURL,
        #[callback(userdata = data, scope = notified, on_panic = 42)]
        value: Option<unsafe extern "C" fn(curl: *mut CURL, ssl_ctx: *mut c_void, data: *mut c_void) -> CURLcode>,
        #[address] #[retained(by = handle, until = [curl_easy_setopt_ssl_ctx, curl_easy_cleanup])] data: *mut c_void,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_TRAILERFUNCTION,
        before(curl_easy_setopt(handle, CURLOPT_TRAILERDATA, data)))]
    #[success(result == 0)]
    fn curl_easy_setopt_trailer(
        #[nonnull] #[opaque] handle: *mut CURL,
        #[callback(userdata = data, scope = notified, on_panic = 1)]
        value: Option<unsafe extern "C" fn(#[one] list: *mut *mut curl_slist, data: *mut c_void) -> c_int>,
        #[address] #[retained(by = handle, until = [curl_easy_setopt_trailer, curl_easy_cleanup])] data: *mut c_void,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_HSTSREADFUNCTION,
        before(curl_easy_setopt(handle, CURLOPT_HSTSREADDATA, data)))]
    #[success(result == 0)]
    fn curl_easy_setopt_hstsread(
        #[nonnull] #[opaque] handle: *mut CURL,
        #[callback(userdata = data, scope = notified, on_panic = 2)]
        value: Option<unsafe extern "C" fn(
            easy: *mut CURL, #[one] e: *mut curl_hstsentry, data: *mut c_void,
        ) -> CURLSTScode>,
        #[address] #[retained(by = handle, until = [curl_easy_setopt_hstsread, curl_easy_cleanup])] data: *mut c_void,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_HSTSWRITEFUNCTION,
        before(curl_easy_setopt(handle, CURLOPT_HSTSWRITEDATA, data)))]
    #[success(result == 0)]
    fn curl_easy_setopt_hstswrite(
        #[nonnull] #[opaque] handle: *mut CURL,
        #[callback(userdata = data, scope = notified, on_panic = 2)]
        value: Option<unsafe extern "C" fn(
            easy: *mut CURL, #[one] #[input] e: *mut curl_hstsentry, #[one] #[input] i: *mut curl_index,
            data: *mut c_void,
        ) -> CURLSTScode>,
        #[address] #[retained(by = handle, until = [curl_easy_setopt_hstswrite, curl_easy_cleanup])] data: *mut c_void,
    ) -> CURLcode;

    // The data of callbacks. A default callback takes its data for a FILE.
    #[form_of(curl_easy_setopt, option = CURLOPT_CHUNK_DATA)]
    #[success(result == 0)]
    fn curl_easy_setopt_chunk_data(
        #[nullable] #[opaque] handle: *mut CURL,
        #[nullable] #[address]
        #[retained(by = handle, until = [curl_easy_cleanup],
            idle_after = [curl_easy_perform, curl_multi_remove_handle])]
        value: *mut c_void,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_CLOSESOCKETDATA)]
    #[success(result == 0)]
    fn curl_easy_setopt_closesocketdata(
        #[nullable] #[opaque] handle: *mut CURL,
        #[nullable] #[address]
        #[retained(forever)]
        value: *mut c_void,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_DEBUGDATA)]
    #[success(result == 0)]
    fn curl_easy_setopt_debugdata(
        #[nullable] #[opaque] handle: *mut CURL,
        #[nullable] #[address]
        #[retained(by = handle, until = [curl_easy_cleanup])]
        value: *mut c_void,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_FNMATCH_DATA)]
    #[success(result == 0)]
    fn curl_easy_setopt_fnmatch_data(
        #[nullable] #[opaque] handle: *mut CURL,
        #[nullable] #[address]
        #[retained(by = handle, until = [curl_easy_cleanup],
            idle_after = [curl_easy_perform, curl_multi_remove_handle])]
        value: *mut c_void,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_HEADERDATA)]
    #[success(result == 0)]
    fn curl_easy_setopt_headerdata(
        #[nullable] #[opaque] handle: *mut CURL,
        #[nullable] #[address]
        #[retained(by = handle, until = [curl_easy_cleanup])]
        value: *mut c_void,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_HSTSREADDATA)]
    #[success(result == 0)]
    fn curl_easy_setopt_hstsreaddata(
        #[nullable] #[opaque] handle: *mut CURL,
        #[nullable] #[address]
        #[retained(by = handle, until = [curl_easy_cleanup],
            idle_after = [curl_easy_perform, curl_multi_remove_handle])]
        value: *mut c_void,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_HSTSWRITEDATA)]
    #[success(result == 0)]
    fn curl_easy_setopt_hstswritedata(
        #[nullable] #[opaque] handle: *mut CURL,
        #[nullable] #[address]
        #[retained(by = handle, until = [curl_easy_cleanup])]
        value: *mut c_void,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_INTERLEAVEDATA)]
    #[success(result == 0)]
    fn curl_easy_setopt_interleavedata(
        #[nullable] #[opaque] handle: *mut CURL,
        #[nullable] #[address]
        #[retained(by = handle, until = [curl_easy_cleanup],
            idle_after = [curl_easy_perform, curl_multi_remove_handle])]
        value: *mut c_void,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_IOCTLDATA)]
    #[success(result == 0)]
    fn curl_easy_setopt_ioctldata(
        #[nullable] #[opaque] handle: *mut CURL,
        #[nullable] #[address]
        #[retained(by = handle, until = [curl_easy_cleanup],
            idle_after = [curl_easy_perform, curl_multi_remove_handle])]
        value: *mut c_void,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_OPENSOCKETDATA)]
    #[success(result == 0)]
    fn curl_easy_setopt_opensocketdata(
        #[nullable] #[opaque] handle: *mut CURL,
        #[nullable] #[address]
        #[retained(by = handle, until = [curl_easy_cleanup],
            idle_after = [curl_easy_perform, curl_multi_remove_handle])]
        value: *mut c_void,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_PREREQDATA)]
    #[success(result == 0)]
    fn curl_easy_setopt_prereqdata(
        #[nullable] #[opaque] handle: *mut CURL,
        #[nullable] #[address]
        #[retained(by = handle, until = [curl_easy_cleanup],
            idle_after = [curl_easy_perform, curl_multi_remove_handle])]
        value: *mut c_void,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_READDATA)]
    #[success(result == 0)]
    fn curl_easy_setopt_readdata(
        #[nullable] #[opaque] handle: *mut CURL,
        #[nullable] #[address]
        #[retained(by = handle, until = [curl_easy_cleanup],
            idle_after = [curl_easy_perform, curl_multi_remove_handle])]
        value: *mut c_void,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_RESOLVER_START_DATA)]
    #[success(result == 0)]
    fn curl_easy_setopt_resolver_start_data(
        #[nullable] #[opaque] handle: *mut CURL,
        #[nullable] #[address]
        #[retained(by = handle, until = [curl_easy_cleanup],
            idle_after = [curl_easy_perform, curl_multi_remove_handle])]
        value: *mut c_void,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_SEEKDATA)]
    #[success(result == 0)]
    fn curl_easy_setopt_seekdata(
        #[nullable] #[opaque] handle: *mut CURL,
        #[nullable] #[address]
        #[retained(by = handle, until = [curl_easy_cleanup],
            idle_after = [curl_easy_perform, curl_multi_remove_handle])]
        value: *mut c_void,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_SOCKOPTDATA)]
    #[success(result == 0)]
    fn curl_easy_setopt_sockoptdata(
        #[nullable] #[opaque] handle: *mut CURL,
        #[nullable] #[address]
        #[retained(by = handle, until = [curl_easy_cleanup],
            idle_after = [curl_easy_perform, curl_multi_remove_handle])]
        value: *mut c_void,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_SSH_HOSTKEYDATA)]
    #[success(result == 0)]
    fn curl_easy_setopt_ssh_hostkeydata(
        #[nullable] #[opaque] handle: *mut CURL,
        #[nullable] #[address]
        #[retained(by = handle, until = [curl_easy_cleanup],
            idle_after = [curl_easy_perform, curl_multi_remove_handle])]
        value: *mut c_void,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_SSH_KEYDATA)]
    #[success(result == 0)]
    fn curl_easy_setopt_ssh_keydata(
        #[nullable] #[opaque] handle: *mut CURL,
        #[nullable] #[address]
        #[retained(by = handle, until = [curl_easy_cleanup],
            idle_after = [curl_easy_perform, curl_multi_remove_handle])]
        value: *mut c_void,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_SSL_CTX_DATA)]
    #[success(result == 0)]
    fn curl_easy_setopt_ssl_ctx_data(
        #[nullable] #[opaque] handle: *mut CURL,
        #[nullable] #[address]
        #[retained(by = handle, until = [curl_easy_cleanup],
            idle_after = [curl_easy_perform, curl_multi_remove_handle])]
        value: *mut c_void,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_TRAILERDATA)]
    #[success(result == 0)]
    fn curl_easy_setopt_trailerdata(
        #[nullable] #[opaque] handle: *mut CURL,
        #[nullable] #[address]
        #[retained(by = handle, until = [curl_easy_cleanup],
            idle_after = [curl_easy_perform, curl_multi_remove_handle])]
        value: *mut c_void,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_WRITEDATA)]
    #[success(result == 0)]
    fn curl_easy_setopt_writedata(
        #[nullable] #[opaque] handle: *mut CURL,
        #[nullable] #[address]
        #[retained(by = handle, until = [curl_easy_cleanup],
            idle_after = [curl_easy_perform, curl_multi_remove_handle])]
        value: *mut c_void,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_XFERINFODATA)]
    #[success(result == 0)]
    fn curl_easy_setopt_xferinfodata(
        #[nullable] #[opaque] handle: *mut CURL,
        #[nullable] #[address]
        #[retained(by = handle, until = [curl_easy_cleanup],
            idle_after = [curl_easy_perform, curl_multi_remove_handle])]
        value: *mut c_void,
    ) -> CURLcode;

    // Numbers.
    #[form_of(curl_easy_setopt, option = CURLOPT_ACCEPTTIMEOUT_MS)]
    #[success(result == 0)]
    fn curl_easy_setopt_accepttimeout_ms(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_ADDRESS_SCOPE)]
    #[success(result == 0)]
    fn curl_easy_setopt_address_scope(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_ALTSVC_CTRL)]
    #[success(result == 0)]
    fn curl_easy_setopt_altsvc_ctrl(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_APPEND)]
    #[success(result == 0)]
    fn curl_easy_setopt_append(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_AUTOREFERER)]
    #[success(result == 0)]
    fn curl_easy_setopt_autoreferer(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_BUFFERSIZE)]
    #[success(result == 0)]
    fn curl_easy_setopt_buffersize(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_CA_CACHE_TIMEOUT)]
    #[success(result == 0)]
    fn curl_easy_setopt_ca_cache_timeout(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_CERTINFO)]
    #[success(result == 0)]
    fn curl_easy_setopt_certinfo(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_CONNECTTIMEOUT)]
    #[success(result == 0)]
    fn curl_easy_setopt_connecttimeout(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_CONNECTTIMEOUT_MS)]
    #[success(result == 0)]
    fn curl_easy_setopt_connecttimeout_ms(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_CONNECT_ONLY)]
    #[success(result == 0)]
    fn curl_easy_setopt_connect_only(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_COOKIESESSION)]
    #[success(result == 0)]
    fn curl_easy_setopt_cookiesession(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_CRLF)]
    #[success(result == 0)]
    fn curl_easy_setopt_crlf(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_DIRLISTONLY)]
    #[success(result == 0)]
    fn curl_easy_setopt_dirlistonly(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_DISALLOW_USERNAME_IN_URL)]
    #[success(result == 0)]
    fn curl_easy_setopt_disallow_username_in_url(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_DNS_CACHE_TIMEOUT)]
    #[success(result == 0)]
    fn curl_easy_setopt_dns_cache_timeout(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_DNS_SHUFFLE_ADDRESSES)]
    #[success(result == 0)]
    fn curl_easy_setopt_dns_shuffle_addresses(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_DNS_USE_GLOBAL_CACHE)]
    #[success(result == 0)]
    fn curl_easy_setopt_dns_use_global_cache(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_DOH_SSL_VERIFYHOST)]
    #[success(result == 0)]
    fn curl_easy_setopt_doh_ssl_verifyhost(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_DOH_SSL_VERIFYPEER)]
    #[success(result == 0)]
    fn curl_easy_setopt_doh_ssl_verifypeer(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_DOH_SSL_VERIFYSTATUS)]
    #[success(result == 0)]
    fn curl_easy_setopt_doh_ssl_verifystatus(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_EXPECT_100_TIMEOUT_MS)]
    #[success(result == 0)]
    fn curl_easy_setopt_expect_100_timeout_ms(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_FAILONERROR)]
    #[success(result == 0)]
    fn curl_easy_setopt_failonerror(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_FILETIME)]
    #[success(result == 0)]
    fn curl_easy_setopt_filetime(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_FOLLOWLOCATION)]
    #[success(result == 0)]
    fn curl_easy_setopt_followlocation(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_FORBID_REUSE)]
    #[success(result == 0)]
    fn curl_easy_setopt_forbid_reuse(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_FRESH_CONNECT)]
    #[success(result == 0)]
    fn curl_easy_setopt_fresh_connect(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_FTP_CREATE_MISSING_DIRS)]
    #[success(result == 0)]
    fn curl_easy_setopt_ftp_create_missing_dirs(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_FTP_SKIP_PASV_IP)]
    #[success(result == 0)]
    fn curl_easy_setopt_ftp_skip_pasv_ip(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_FTP_SSL_CCC)]
    #[success(result == 0)]
    fn curl_easy_setopt_ftp_ssl_ccc(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_FTP_USE_EPRT)]
    #[success(result == 0)]
    fn curl_easy_setopt_ftp_use_eprt(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_FTP_USE_EPSV)]
    #[success(result == 0)]
    fn curl_easy_setopt_ftp_use_epsv(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_FTP_USE_PRET)]
    #[success(result == 0)]
    fn curl_easy_setopt_ftp_use_pret(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_HAPPY_EYEBALLS_TIMEOUT_MS)]
    #[success(result == 0)]
    fn curl_easy_setopt_happy_eyeballs_timeout_ms(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_HAPROXYPROTOCOL)]
    #[success(result == 0)]
    fn curl_easy_setopt_haproxyprotocol(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_HEADER)]
    #[success(result == 0)]
    fn curl_easy_setopt_header(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_HSTS_CTRL)]
    #[success(result == 0)]
    fn curl_easy_setopt_hsts_ctrl(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_HTTP09_ALLOWED)]
    #[success(result == 0)]
    fn curl_easy_setopt_http09_allowed(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_HTTPGET)]
    #[success(result == 0)]
    fn curl_easy_setopt_httpget(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_HTTPPROXYTUNNEL)]
    #[success(result == 0)]
    fn curl_easy_setopt_httpproxytunnel(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_HTTP_CONTENT_DECODING)]
    #[success(result == 0)]
    fn curl_easy_setopt_http_content_decoding(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_HTTP_TRANSFER_DECODING)]
    #[success(result == 0)]
    fn curl_easy_setopt_http_transfer_decoding(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_IGNORE_CONTENT_LENGTH)]
    #[success(result == 0)]
    fn curl_easy_setopt_ignore_content_length(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_INFILESIZE)]
    #[success(result == 0)]
    fn curl_easy_setopt_infilesize(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_KEEP_SENDING_ON_ERROR)]
    #[success(result == 0)]
    fn curl_easy_setopt_keep_sending_on_error(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_LOCALPORT)]
    #[success(result == 0)]
    fn curl_easy_setopt_localport(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_LOCALPORTRANGE)]
    #[success(result == 0)]
    fn curl_easy_setopt_localportrange(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_LOW_SPEED_LIMIT)]
    #[success(result == 0)]
    fn curl_easy_setopt_low_speed_limit(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_LOW_SPEED_TIME)]
    #[success(result == 0)]
    fn curl_easy_setopt_low_speed_time(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_MAIL_RCPT_ALLLOWFAILS)]
    #[success(result == 0)]
    fn curl_easy_setopt_mail_rcpt_alllowfails(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_MAXAGE_CONN)]
    #[success(result == 0)]
    fn curl_easy_setopt_maxage_conn(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_MAXCONNECTS)]
    #[success(result == 0)]
    fn curl_easy_setopt_maxconnects(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_MAXFILESIZE)]
    #[success(result == 0)]
    fn curl_easy_setopt_maxfilesize(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_MAXLIFETIME_CONN)]
    #[success(result == 0)]
    fn curl_easy_setopt_maxlifetime_conn(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_MAXREDIRS)]
    #[success(result == 0)]
    fn curl_easy_setopt_maxredirs(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_MIME_OPTIONS)]
    #[success(result == 0)]
    fn curl_easy_setopt_mime_options(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_NEW_DIRECTORY_PERMS)]
    #[success(result == 0)]
    fn curl_easy_setopt_new_directory_perms(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_NEW_FILE_PERMS)]
    #[success(result == 0)]
    fn curl_easy_setopt_new_file_perms(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_NOBODY)]
    #[success(result == 0)]
    fn curl_easy_setopt_nobody(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_NOPROGRESS)]
    #[success(result == 0)]
    fn curl_easy_setopt_noprogress(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_NOSIGNAL)]
    #[success(result == 0)]
    fn curl_easy_setopt_nosignal(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_PATH_AS_IS)]
    #[success(result == 0)]
    fn curl_easy_setopt_path_as_is(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_PIPEWAIT)]
    #[success(result == 0)]
    fn curl_easy_setopt_pipewait(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_PORT)]
    #[success(result == 0)]
    fn curl_easy_setopt_port(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_POST)]
    #[success(result == 0)]
    fn curl_easy_setopt_post(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_POSTFIELDSIZE)]
    #[success(result == 0)]
    fn curl_easy_setopt_postfieldsize(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_PROTOCOLS)]
    #[success(result == 0)]
    fn curl_easy_setopt_protocols(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_PROXYPORT)]
    #[success(result == 0)]
    fn curl_easy_setopt_proxyport(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_PROXY_SSL_OPTIONS)]
    #[success(result == 0)]
    fn curl_easy_setopt_proxy_ssl_options(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_PROXY_SSL_VERIFYHOST)]
    #[success(result == 0)]
    fn curl_easy_setopt_proxy_ssl_verifyhost(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_PROXY_SSL_VERIFYPEER)]
    #[success(result == 0)]
    fn curl_easy_setopt_proxy_ssl_verifypeer(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_PROXY_TRANSFER_MODE)]
    #[success(result == 0)]
    fn curl_easy_setopt_proxy_transfer_mode(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_PUT)]
    #[success(result == 0)]
    fn curl_easy_setopt_put(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_QUICK_EXIT)]
    #[success(result == 0)]
    fn curl_easy_setopt_quick_exit(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_REDIR_PROTOCOLS)]
    #[success(result == 0)]
    fn curl_easy_setopt_redir_protocols(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_RESUME_FROM)]
    #[success(result == 0)]
    fn curl_easy_setopt_resume_from(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_RTSP_CLIENT_CSEQ)]
    #[success(result == 0)]
    fn curl_easy_setopt_rtsp_client_cseq(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_RTSP_SERVER_CSEQ)]
    #[success(result == 0)]
    fn curl_easy_setopt_rtsp_server_cseq(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_SASL_IR)]
    #[success(result == 0)]
    fn curl_easy_setopt_sasl_ir(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_SERVER_RESPONSE_TIMEOUT)]
    #[success(result == 0)]
    fn curl_easy_setopt_server_response_timeout(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_SOCKS5_AUTH)]
    #[success(result == 0)]
    fn curl_easy_setopt_socks5_auth(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_SOCKS5_GSSAPI_NEC)]
    #[success(result == 0)]
    fn curl_easy_setopt_socks5_gssapi_nec(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_SSH_COMPRESSION)]
    #[success(result == 0)]
    fn curl_easy_setopt_ssh_compression(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_SSLENGINE_DEFAULT)]
    #[success(result == 0)]
    fn curl_easy_setopt_sslengine_default(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_SSL_ENABLE_ALPN)]
    #[success(result == 0)]
    fn curl_easy_setopt_ssl_enable_alpn(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_SSL_ENABLE_NPN)]
    #[success(result == 0)]
    fn curl_easy_setopt_ssl_enable_npn(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_SSL_FALSESTART)]
    #[success(result == 0)]
    fn curl_easy_setopt_ssl_falsestart(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_SSL_SESSIONID_CACHE)]
    #[success(result == 0)]
    fn curl_easy_setopt_ssl_sessionid_cache(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_SSL_VERIFYHOST)]
    #[success(result == 0)]
    fn curl_easy_setopt_ssl_verifyhost(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_SSL_VERIFYPEER)]
    #[success(result == 0)]
    fn curl_easy_setopt_ssl_verifypeer(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_SSL_VERIFYSTATUS)]
    #[success(result == 0)]
    fn curl_easy_setopt_ssl_verifystatus(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_STREAM_WEIGHT)]
    #[success(result == 0)]
    fn curl_easy_setopt_stream_weight(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_SUPPRESS_CONNECT_HEADERS)]
    #[success(result == 0)]
    fn curl_easy_setopt_suppress_connect_headers(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_TCP_FASTOPEN)]
    #[success(result == 0)]
    fn curl_easy_setopt_tcp_fastopen(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_TCP_KEEPALIVE)]
    #[success(result == 0)]
    fn curl_easy_setopt_tcp_keepalive(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_TCP_KEEPIDLE)]
    #[success(result == 0)]
    fn curl_easy_setopt_tcp_keepidle(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_TCP_KEEPINTVL)]
    #[success(result == 0)]
    fn curl_easy_setopt_tcp_keepintvl(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_TCP_NODELAY)]
    #[success(result == 0)]
    fn curl_easy_setopt_tcp_nodelay(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_TFTP_BLKSIZE)]
    #[success(result == 0)]
    fn curl_easy_setopt_tftp_blksize(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_TFTP_NO_OPTIONS)]
    #[success(result == 0)]
    fn curl_easy_setopt_tftp_no_options(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_TIMEOUT)]
    #[success(result == 0)]
    fn curl_easy_setopt_timeout(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_TIMEOUT_MS)]
    #[success(result == 0)]
    fn curl_easy_setopt_timeout_ms(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_TIMEVALUE)]
    #[success(result == 0)]
    fn curl_easy_setopt_timevalue(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_TRANSFERTEXT)]
    #[success(result == 0)]
    fn curl_easy_setopt_transfertext(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_TRANSFER_ENCODING)]
    #[success(result == 0)]
    fn curl_easy_setopt_transfer_encoding(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_UNRESTRICTED_AUTH)]
    #[success(result == 0)]
    fn curl_easy_setopt_unrestricted_auth(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_UPKEEP_INTERVAL_MS)]
    #[success(result == 0)]
    fn curl_easy_setopt_upkeep_interval_ms(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_UPLOAD)]
    #[success(result == 0)]
    fn curl_easy_setopt_upload(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_UPLOAD_BUFFERSIZE)]
    #[success(result == 0)]
    fn curl_easy_setopt_upload_buffersize(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_VERBOSE)]
    #[success(result == 0)]
    fn curl_easy_setopt_verbose(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_WILDCARDMATCH)]
    #[success(result == 0)]
    fn curl_easy_setopt_wildcardmatch(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_WS_OPTIONS)]
    #[success(result == 0)]
    fn curl_easy_setopt_ws_options(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_FTPSSLAUTH)]
    #[success(result == 0)]
    fn curl_easy_setopt_ftpsslauth(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_FTP_FILEMETHOD)]
    #[success(result == 0)]
    fn curl_easy_setopt_ftp_filemethod(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_GSSAPI_DELEGATION)]
    #[success(result == 0)]
    fn curl_easy_setopt_gssapi_delegation(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_HEADEROPT)]
    #[success(result == 0)]
    fn curl_easy_setopt_headeropt(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_HTTPAUTH)]
    #[success(result == 0)]
    fn curl_easy_setopt_httpauth(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_HTTP_VERSION)]
    #[success(result == 0)]
    fn curl_easy_setopt_http_version(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_IPRESOLVE)]
    #[success(result == 0)]
    fn curl_easy_setopt_ipresolve(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_NETRC)]
    #[success(result == 0)]
    fn curl_easy_setopt_netrc(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_POSTREDIR)]
    #[success(result == 0)]
    fn curl_easy_setopt_postredir(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_PROXYAUTH)]
    #[success(result == 0)]
    fn curl_easy_setopt_proxyauth(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_PROXYTYPE)]
    #[success(result == 0)]
    fn curl_easy_setopt_proxytype(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_PROXY_SSLVERSION)]
    #[success(result == 0)]
    fn curl_easy_setopt_proxy_sslversion(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_RTSP_REQUEST)]
    #[success(result == 0)]
    fn curl_easy_setopt_rtsp_request(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_SSH_AUTH_TYPES)]
    #[success(result == 0)]
    fn curl_easy_setopt_ssh_auth_types(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_SSLVERSION)]
    #[success(result == 0)]
    fn curl_easy_setopt_sslversion(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_SSL_OPTIONS)]
    #[success(result == 0)]
    fn curl_easy_setopt_ssl_options(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_TIMECONDITION)]
    #[success(result == 0)]
    fn curl_easy_setopt_timecondition(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_USE_SSL)]
    #[success(result == 0)]
    fn curl_easy_setopt_use_ssl(
        #[nullable] #[opaque] handle: *mut CURL,
        value: c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_INFILESIZE_LARGE)]
    #[success(result == 0)]
    fn curl_easy_setopt_infilesize_large(
        #[nullable] #[opaque] handle: *mut CURL,
        value: curl_off_t,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_MAXFILESIZE_LARGE)]
    #[success(result == 0)]
    fn curl_easy_setopt_maxfilesize_large(
        #[nullable] #[opaque] handle: *mut CURL,
        value: curl_off_t,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_MAX_RECV_SPEED_LARGE)]
    #[success(result == 0)]
    fn curl_easy_setopt_max_recv_speed_large(
        #[nullable] #[opaque] handle: *mut CURL,
        value: curl_off_t,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_MAX_SEND_SPEED_LARGE)]
    #[success(result == 0)]
    fn curl_easy_setopt_max_send_speed_large(
        #[nullable] #[opaque] handle: *mut CURL,
        value: curl_off_t,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_POSTFIELDSIZE_LARGE)]
    #[success(result == 0)]
    fn curl_easy_setopt_postfieldsize_large(
        #[nullable] #[opaque] handle: *mut CURL,
        value: curl_off_t,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_RESUME_FROM_LARGE)]
    #[success(result == 0)]
    fn curl_easy_setopt_resume_from_large(
        #[nullable] #[opaque] handle: *mut CURL,
        value: curl_off_t,
    ) -> CURLcode;

    #[form_of(curl_easy_setopt, option = CURLOPT_TIMEVALUE_LARGE)]
    #[success(result == 0)]
    fn curl_easy_setopt_timevalue_large(
        #[nullable] #[opaque] handle: *mut CURL,
        value: curl_off_t,
    ) -> CURLcode;
}

// curl_easy_getinfo. Strings are libcurl's, and go with the next transfer or the handle; lists of
// strings are the caller's; other structures are libcurl's again.
unsafe extern "C" {
    #[success(result == 0)]
    #[unsafe_beyond_pointers("the information decides what the further argument points to")]
    fn curl_easy_getinfo(
        #[nullable] #[opaque] curl: *mut CURL,
        info: CURLINFO,
        ...
    ) -> CURLcode;

    #[form_of(curl_easy_getinfo, info = CURLINFO_EFFECTIVE_URL)]
    #[success(result == 0)]
    fn curl_easy_getinfo_effective_url(
        #[nullable] #[opaque] curl: *mut CURL,
        #[out] #[nonnull] #[one]
        #[pointee(until = [curl_easy_perform, curl_easy_cleanup], nullable, null_terminated)]
        value: *mut *mut c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_getinfo, info = CURLINFO_RESPONSE_CODE)]
    #[success(result == 0)]
    fn curl_easy_getinfo_response_code(
        #[nullable] #[opaque] curl: *mut CURL,
        #[out] #[nonnull] #[one] value: *mut c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_getinfo, info = CURLINFO_TOTAL_TIME)]
    #[success(result == 0)]
    fn curl_easy_getinfo_total_time(
        #[nullable] #[opaque] curl: *mut CURL,
        #[out] #[nonnull] #[one] value: *mut f64,
    ) -> CURLcode;

    #[form_of(curl_easy_getinfo, info = CURLINFO_NAMELOOKUP_TIME)]
    #[success(result == 0)]
    fn curl_easy_getinfo_namelookup_time(
        #[nullable] #[opaque] curl: *mut CURL,
        #[out] #[nonnull] #[one] value: *mut f64,
    ) -> CURLcode;

    #[form_of(curl_easy_getinfo, info = CURLINFO_CONNECT_TIME)]
    #[success(result == 0)]
    fn curl_easy_getinfo_connect_time(
        #[nullable] #[opaque] curl: *mut CURL,
        #[out] #[nonnull] #[one] value: *mut f64,
    ) -> CURLcode;

    #[form_of(curl_easy_getinfo, info = CURLINFO_PRETRANSFER_TIME)]
    #[success(result == 0)]
    fn curl_easy_getinfo_pretransfer_time(
        #[nullable] #[opaque] curl: *mut CURL,
        #[out] #[nonnull] #[one] value: *mut f64,
    ) -> CURLcode;

    #[form_of(curl_easy_getinfo, info = CURLINFO_SIZE_UPLOAD)]
    #[success(result == 0)]
    fn curl_easy_getinfo_size_upload(
        #[nullable] #[opaque] curl: *mut CURL,
        #[out] #[nonnull] #[one] value: *mut f64,
    ) -> CURLcode;

    #[form_of(curl_easy_getinfo, info = CURLINFO_SIZE_UPLOAD_T)]
    #[success(result == 0)]
    fn curl_easy_getinfo_size_upload_t(
        #[nullable] #[opaque] curl: *mut CURL,
        #[out] #[nonnull] #[one] value: *mut curl_off_t,
    ) -> CURLcode;

    #[form_of(curl_easy_getinfo, info = CURLINFO_SIZE_DOWNLOAD)]
    #[success(result == 0)]
    fn curl_easy_getinfo_size_download(
        #[nullable] #[opaque] curl: *mut CURL,
        #[out] #[nonnull] #[one] value: *mut f64,
    ) -> CURLcode;

    #[form_of(curl_easy_getinfo, info = CURLINFO_SIZE_DOWNLOAD_T)]
    #[success(result == 0)]
    fn curl_easy_getinfo_size_download_t(
        #[nullable] #[opaque] curl: *mut CURL,
        #[out] #[nonnull] #[one] value: *mut curl_off_t,
    ) -> CURLcode;

    #[form_of(curl_easy_getinfo, info = CURLINFO_SPEED_DOWNLOAD)]
    #[success(result == 0)]
    fn curl_easy_getinfo_speed_download(
        #[nullable] #[opaque] curl: *mut CURL,
        #[out] #[nonnull] #[one] value: *mut f64,
    ) -> CURLcode;

    #[form_of(curl_easy_getinfo, info = CURLINFO_SPEED_DOWNLOAD_T)]
    #[success(result == 0)]
    fn curl_easy_getinfo_speed_download_t(
        #[nullable] #[opaque] curl: *mut CURL,
        #[out] #[nonnull] #[one] value: *mut curl_off_t,
    ) -> CURLcode;

    #[form_of(curl_easy_getinfo, info = CURLINFO_SPEED_UPLOAD)]
    #[success(result == 0)]
    fn curl_easy_getinfo_speed_upload(
        #[nullable] #[opaque] curl: *mut CURL,
        #[out] #[nonnull] #[one] value: *mut f64,
    ) -> CURLcode;

    #[form_of(curl_easy_getinfo, info = CURLINFO_SPEED_UPLOAD_T)]
    #[success(result == 0)]
    fn curl_easy_getinfo_speed_upload_t(
        #[nullable] #[opaque] curl: *mut CURL,
        #[out] #[nonnull] #[one] value: *mut curl_off_t,
    ) -> CURLcode;

    #[form_of(curl_easy_getinfo, info = CURLINFO_HEADER_SIZE)]
    #[success(result == 0)]
    fn curl_easy_getinfo_header_size(
        #[nullable] #[opaque] curl: *mut CURL,
        #[out] #[nonnull] #[one] value: *mut c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_getinfo, info = CURLINFO_REQUEST_SIZE)]
    #[success(result == 0)]
    fn curl_easy_getinfo_request_size(
        #[nullable] #[opaque] curl: *mut CURL,
        #[out] #[nonnull] #[one] value: *mut c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_getinfo, info = CURLINFO_SSL_VERIFYRESULT)]
    #[success(result == 0)]
    fn curl_easy_getinfo_ssl_verifyresult(
        #[nullable] #[opaque] curl: *mut CURL,
        #[out] #[nonnull] #[one] value: *mut c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_getinfo, info = CURLINFO_FILETIME)]
    #[success(result == 0)]
    fn curl_easy_getinfo_filetime(
        #[nullable] #[opaque] curl: *mut CURL,
        #[out] #[nonnull] #[one] value: *mut c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_getinfo, info = CURLINFO_FILETIME_T)]
    #[success(result == 0)]
    fn curl_easy_getinfo_filetime_t(
        #[nullable] #[opaque] curl: *mut CURL,
        #[out] #[nonnull] #[one] value: *mut curl_off_t,
    ) -> CURLcode;

    #[form_of(curl_easy_getinfo, info = CURLINFO_CONTENT_LENGTH_DOWNLOAD)]
    #[success(result == 0)]
    fn curl_easy_getinfo_content_length_download(
        #[nullable] #[opaque] curl: *mut CURL,
        #[out] #[nonnull] #[one] value: *mut f64,
    ) -> CURLcode;

    #[form_of(curl_easy_getinfo, info = CURLINFO_CONTENT_LENGTH_DOWNLOAD_T)]
    #[success(result == 0)]
    fn curl_easy_getinfo_content_length_download_t(
        #[nullable] #[opaque] curl: *mut CURL,
        #[out] #[nonnull] #[one] value: *mut curl_off_t,
    ) -> CURLcode;

    #[form_of(curl_easy_getinfo, info = CURLINFO_CONTENT_LENGTH_UPLOAD)]
    #[success(result == 0)]
    fn curl_easy_getinfo_content_length_upload(
        #[nullable] #[opaque] curl: *mut CURL,
        #[out] #[nonnull] #[one] value: *mut f64,
    ) -> CURLcode;

    #[form_of(curl_easy_getinfo, info = CURLINFO_CONTENT_LENGTH_UPLOAD_T)]
    #[success(result == 0)]
    fn curl_easy_getinfo_content_length_upload_t(
        #[nullable] #[opaque] curl: *mut CURL,
        #[out] #[nonnull] #[one] value: *mut curl_off_t,
    ) -> CURLcode;

    #[form_of(curl_easy_getinfo, info = CURLINFO_STARTTRANSFER_TIME)]
    #[success(result == 0)]
    fn curl_easy_getinfo_starttransfer_time(
        #[nullable] #[opaque] curl: *mut CURL,
        #[out] #[nonnull] #[one] value: *mut f64,
    ) -> CURLcode;

    #[form_of(curl_easy_getinfo, info = CURLINFO_CONTENT_TYPE)]
    #[success(result == 0)]
    fn curl_easy_getinfo_content_type(
        #[nullable] #[opaque] curl: *mut CURL,
        #[out] #[nonnull] #[one]
        #[pointee(until = [curl_easy_perform, curl_easy_cleanup], nullable, null_terminated)]
        value: *mut *mut c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_getinfo, info = CURLINFO_REDIRECT_TIME)]
    #[success(result == 0)]
    fn curl_easy_getinfo_redirect_time(
        #[nullable] #[opaque] curl: *mut CURL,
        #[out] #[nonnull] #[one] value: *mut f64,
    ) -> CURLcode;

    #[form_of(curl_easy_getinfo, info = CURLINFO_REDIRECT_COUNT)]
    #[success(result == 0)]
    fn curl_easy_getinfo_redirect_count(
        #[nullable] #[opaque] curl: *mut CURL,
        #[out] #[nonnull] #[one] value: *mut c_long,
    ) -> CURLcode;

    // What CURLOPT_PRIVATE set.
    #[form_of(curl_easy_getinfo, info = CURLINFO_PRIVATE)]
    #[success(result == 0)]
    fn curl_easy_getinfo_private(
        #[nullable] #[opaque] curl: *mut CURL,
        #[out] #[nonnull] #[one] #[pointee(nullable, opaque)] value: *mut *mut c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_getinfo, info = CURLINFO_HTTP_CONNECTCODE)]
    #[success(result == 0)]
    fn curl_easy_getinfo_http_connectcode(
        #[nullable] #[opaque] curl: *mut CURL,
        #[out] #[nonnull] #[one] value: *mut c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_getinfo, info = CURLINFO_HTTPAUTH_AVAIL)]
    #[success(result == 0)]
    fn curl_easy_getinfo_httpauth_avail(
        #[nullable] #[opaque] curl: *mut CURL,
        #[out] #[nonnull] #[one] value: *mut c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_getinfo, info = CURLINFO_PROXYAUTH_AVAIL)]
    #[success(result == 0)]
    fn curl_easy_getinfo_proxyauth_avail(
        #[nullable] #[opaque] curl: *mut CURL,
        #[out] #[nonnull] #[one] value: *mut c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_getinfo, info = CURLINFO_OS_ERRNO)]
    #[success(result == 0)]
    fn curl_easy_getinfo_os_errno(
        #[nullable] #[opaque] curl: *mut CURL,
        #[out] #[nonnull] #[one] value: *mut c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_getinfo, info = CURLINFO_NUM_CONNECTS)]
    #[success(result == 0)]
    fn curl_easy_getinfo_num_connects(
        #[nullable] #[opaque] curl: *mut CURL,
        #[out] #[nonnull] #[one] value: *mut c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_getinfo, info = CURLINFO_SSL_ENGINES)]
    #[success(result == 0)]
    fn curl_easy_getinfo_ssl_engines(
        #[nullable] #[opaque] curl: *mut CURL,
        #[out] #[nonnull] #[one] #[pointee(owned, free = curl_slist_free_all, nullable, one)]
        value: *mut *mut curl_slist,
    ) -> CURLcode;

    #[form_of(curl_easy_getinfo, info = CURLINFO_COOKIELIST)]
    #[success(result == 0)]
    fn curl_easy_getinfo_cookielist(
        #[nullable] #[opaque] curl: *mut CURL,
        #[out] #[nonnull] #[one] #[pointee(owned, free = curl_slist_free_all, nullable, one)]
        value: *mut *mut curl_slist,
    ) -> CURLcode;

    #[form_of(curl_easy_getinfo, info = CURLINFO_LASTSOCKET)]
    #[success(result == 0)]
    fn curl_easy_getinfo_lastsocket(
        #[nullable] #[opaque] curl: *mut CURL,
        #[out] #[nonnull] #[one] value: *mut c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_getinfo, info = CURLINFO_FTP_ENTRY_PATH)]
    #[success(result == 0)]
    fn curl_easy_getinfo_ftp_entry_path(
        #[nullable] #[opaque] curl: *mut CURL,
        #[out] #[nonnull] #[one]
        #[pointee(until = [curl_easy_perform, curl_easy_cleanup], nullable, null_terminated)]
        value: *mut *mut c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_getinfo, info = CURLINFO_REDIRECT_URL)]
    #[success(result == 0)]
    fn curl_easy_getinfo_redirect_url(
        #[nullable] #[opaque] curl: *mut CURL,
        #[out] #[nonnull] #[one]
        #[pointee(until = [curl_easy_perform, curl_easy_cleanup], nullable, null_terminated)]
        value: *mut *mut c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_getinfo, info = CURLINFO_PRIMARY_IP)]
    #[success(result == 0)]
    fn curl_easy_getinfo_primary_ip(
        #[nullable] #[opaque] curl: *mut CURL,
        #[out] #[nonnull] #[one]
        #[pointee(until = [curl_easy_perform, curl_easy_cleanup], nullable, null_terminated)]
        value: *mut *mut c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_getinfo, info = CURLINFO_APPCONNECT_TIME)]
    #[success(result == 0)]
    fn curl_easy_getinfo_appconnect_time(
        #[nullable] #[opaque] curl: *mut CURL,
        #[out] #[nonnull] #[one] value: *mut f64,
    ) -> CURLcode;

    #[form_of(curl_easy_getinfo, info = CURLINFO_CERTINFO)]
    #[success(result == 0)]
    fn curl_easy_getinfo_certinfo(
        #[nullable] #[opaque] curl: *mut CURL,
        #[out] #[nonnull] #[one] #[pointee(until = [curl_easy_perform, curl_easy_cleanup], nullable, one)]
        value: *mut *mut curl_certinfo,
    ) -> CURLcode;

    #[form_of(curl_easy_getinfo, info = CURLINFO_CONDITION_UNMET)]
    #[success(result == 0)]
    fn curl_easy_getinfo_condition_unmet(
        #[nullable] #[opaque] curl: *mut CURL,
        #[out] #[nonnull] #[one] value: *mut c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_getinfo, info = CURLINFO_RTSP_SESSION_ID)]
    #[success(result == 0)]
    fn curl_easy_getinfo_rtsp_session_id(
        #[nullable] #[opaque] curl: *mut CURL,
        #[out] #[nonnull] #[one]
        #[pointee(until = [curl_easy_perform, curl_easy_cleanup], nullable, null_terminated)]
        value: *mut *mut c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_getinfo, info = CURLINFO_RTSP_CLIENT_CSEQ)]
    #[success(result == 0)]
    fn curl_easy_getinfo_rtsp_client_cseq(
        #[nullable] #[opaque] curl: *mut CURL,
        #[out] #[nonnull] #[one] value: *mut c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_getinfo, info = CURLINFO_RTSP_SERVER_CSEQ)]
    #[success(result == 0)]
    fn curl_easy_getinfo_rtsp_server_cseq(
        #[nullable] #[opaque] curl: *mut CURL,
        #[out] #[nonnull] #[one] value: *mut c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_getinfo, info = CURLINFO_RTSP_CSEQ_RECV)]
    #[success(result == 0)]
    fn curl_easy_getinfo_rtsp_cseq_recv(
        #[nullable] #[opaque] curl: *mut CURL,
        #[out] #[nonnull] #[one] value: *mut c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_getinfo, info = CURLINFO_PRIMARY_PORT)]
    #[success(result == 0)]
    fn curl_easy_getinfo_primary_port(
        #[nullable] #[opaque] curl: *mut CURL,
        #[out] #[nonnull] #[one] value: *mut c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_getinfo, info = CURLINFO_LOCAL_IP)]
    #[success(result == 0)]
    fn curl_easy_getinfo_local_ip(
        #[nullable] #[opaque] curl: *mut CURL,
        #[out] #[nonnull] #[one]
        #[pointee(until = [curl_easy_perform, curl_easy_cleanup], nullable, null_terminated)]
        value: *mut *mut c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_getinfo, info = CURLINFO_LOCAL_PORT)]
    #[success(result == 0)]
    fn curl_easy_getinfo_local_port(
        #[nullable] #[opaque] curl: *mut CURL,
        #[out] #[nonnull] #[one] value: *mut c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_getinfo, info = CURLINFO_TLS_SESSION)]
    #[success(result == 0)]
    fn curl_easy_getinfo_tls_session(
        #[nullable] #[opaque] curl: *mut CURL,
        #[out] #[nonnull] #[one] #[pointee(until = [curl_easy_perform, curl_easy_cleanup], nullable, one)]
        value: *mut *mut curl_tlssessioninfo,
    ) -> CURLcode;

    #[form_of(curl_easy_getinfo, info = CURLINFO_ACTIVESOCKET)]
    #[success(result == 0)]
    fn curl_easy_getinfo_activesocket(
        #[nullable] #[opaque] curl: *mut CURL,
        #[out] #[nonnull] #[one] value: *mut curl_socket_t,
    ) -> CURLcode;

    #[form_of(curl_easy_getinfo, info = CURLINFO_TLS_SSL_PTR)]
    #[success(result == 0)]
    fn curl_easy_getinfo_tls_ssl_ptr(
        #[nullable] #[opaque] curl: *mut CURL,
        #[out] #[nonnull] #[one] #[pointee(until = [curl_easy_perform, curl_easy_cleanup], nullable, one)]
        value: *mut *mut curl_tlssessioninfo,
    ) -> CURLcode;

    #[form_of(curl_easy_getinfo, info = CURLINFO_HTTP_VERSION)]
    #[success(result == 0)]
    fn curl_easy_getinfo_http_version(
        #[nullable] #[opaque] curl: *mut CURL,
        #[out] #[nonnull] #[one] value: *mut c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_getinfo, info = CURLINFO_PROXY_SSL_VERIFYRESULT)]
    #[success(result == 0)]
    fn curl_easy_getinfo_proxy_ssl_verifyresult(
        #[nullable] #[opaque] curl: *mut CURL,
        #[out] #[nonnull] #[one] value: *mut c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_getinfo, info = CURLINFO_PROTOCOL)]
    #[success(result == 0)]
    fn curl_easy_getinfo_protocol(
        #[nullable] #[opaque] curl: *mut CURL,
        #[out] #[nonnull] #[one] value: *mut c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_getinfo, info = CURLINFO_SCHEME)]
    #[success(result == 0)]
    fn curl_easy_getinfo_scheme(
        #[nullable] #[opaque] curl: *mut CURL,
        #[out] #[nonnull] #[one]
        #[pointee(until = [curl_easy_perform, curl_easy_cleanup], nullable, null_terminated)]
        value: *mut *mut c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_getinfo, info = CURLINFO_TOTAL_TIME_T)]
    #[success(result == 0)]
    fn curl_easy_getinfo_total_time_t(
        #[nullable] #[opaque] curl: *mut CURL,
        #[out] #[nonnull] #[one] value: *mut curl_off_t,
    ) -> CURLcode;

    #[form_of(curl_easy_getinfo, info = CURLINFO_NAMELOOKUP_TIME_T)]
    #[success(result == 0)]
    fn curl_easy_getinfo_namelookup_time_t(
        #[nullable] #[opaque] curl: *mut CURL,
        #[out] #[nonnull] #[one] value: *mut curl_off_t,
    ) -> CURLcode;

    #[form_of(curl_easy_getinfo, info = CURLINFO_CONNECT_TIME_T)]
    #[success(result == 0)]
    fn curl_easy_getinfo_connect_time_t(
        #[nullable] #[opaque] curl: *mut CURL,
        #[out] #[nonnull] #[one] value: *mut curl_off_t,
    ) -> CURLcode;

    #[form_of(curl_easy_getinfo, info = CURLINFO_PRETRANSFER_TIME_T)]
    #[success(result == 0)]
    fn curl_easy_getinfo_pretransfer_time_t(
        #[nullable] #[opaque] curl: *mut CURL,
        #[out] #[nonnull] #[one] value: *mut curl_off_t,
    ) -> CURLcode;

    #[form_of(curl_easy_getinfo, info = CURLINFO_STARTTRANSFER_TIME_T)]
    #[success(result == 0)]
    fn curl_easy_getinfo_starttransfer_time_t(
        #[nullable] #[opaque] curl: *mut CURL,
        #[out] #[nonnull] #[one] value: *mut curl_off_t,
    ) -> CURLcode;

    #[form_of(curl_easy_getinfo, info = CURLINFO_REDIRECT_TIME_T)]
    #[success(result == 0)]
    fn curl_easy_getinfo_redirect_time_t(
        #[nullable] #[opaque] curl: *mut CURL,
        #[out] #[nonnull] #[one] value: *mut curl_off_t,
    ) -> CURLcode;

    #[form_of(curl_easy_getinfo, info = CURLINFO_APPCONNECT_TIME_T)]
    #[success(result == 0)]
    fn curl_easy_getinfo_appconnect_time_t(
        #[nullable] #[opaque] curl: *mut CURL,
        #[out] #[nonnull] #[one] value: *mut curl_off_t,
    ) -> CURLcode;

    #[form_of(curl_easy_getinfo, info = CURLINFO_RETRY_AFTER)]
    #[success(result == 0)]
    fn curl_easy_getinfo_retry_after(
        #[nullable] #[opaque] curl: *mut CURL,
        #[out] #[nonnull] #[one] value: *mut curl_off_t,
    ) -> CURLcode;

    #[form_of(curl_easy_getinfo, info = CURLINFO_EFFECTIVE_METHOD)]
    #[success(result == 0)]
    fn curl_easy_getinfo_effective_method(
        #[nullable] #[opaque] curl: *mut CURL,
        #[out] #[nonnull] #[one]
        #[pointee(until = [curl_easy_perform, curl_easy_cleanup], nullable, null_terminated)]
        value: *mut *mut c_char,
    ) -> CURLcode;

    #[form_of(curl_easy_getinfo, info = CURLINFO_PROXY_ERROR)]
    #[success(result == 0)]
    fn curl_easy_getinfo_proxy_error(
        #[nullable] #[opaque] curl: *mut CURL,
        #[out] #[nonnull] #[one] value: *mut c_long,
    ) -> CURLcode;

    #[form_of(curl_easy_getinfo, info = CURLINFO_REFERER)]
    #[success(result == 0)]
    fn curl_easy_getinfo_referer(
        #[nullable] #[opaque] curl: *mut CURL,
        #[out] #[nonnull] #[one]
        #[pointee(until = [curl_easy_perform, curl_easy_cleanup], nullable, null_terminated)]
        value: *mut *mut c_char,
    ) -> CURLcode;

    // The built-in default.
    #[form_of(curl_easy_getinfo, info = CURLINFO_CAINFO)]
    #[success(result == 0)]
    fn curl_easy_getinfo_cainfo(
        #[nullable] #[opaque] curl: *mut CURL,
        #[out] #[nonnull] #[one] #[pointee(static, nullable, null_terminated)] value: *mut *mut c_char,
    ) -> CURLcode;

    // The built-in default.
    #[form_of(curl_easy_getinfo, info = CURLINFO_CAPATH)]
    #[success(result == 0)]
    fn curl_easy_getinfo_capath(
        #[nullable] #[opaque] curl: *mut CURL,
        #[out] #[nonnull] #[one] #[pointee(static, nullable, null_terminated)] value: *mut *mut c_char,
    ) -> CURLcode;
}

// Shares.
unsafe extern "C" {
    #[returns(owned, free = curl_share_cleanup, nullable, opaque)]
    fn curl_share_init() -> *mut CURLSH;

    // CURLSHE_IN_USE: nothing was freed.
    #[success(result == 0)]
    #[calls_back]
    fn curl_share_cleanup(
        #[nullable] #[opaque] #[transfer(on(success))] #[noescape] share: *mut CURLSH,
    ) -> CURLSHcode;

    #[success(result == 0)]
    #[unsafe_beyond_pointers("the option decides what the further argument means")]
    fn curl_share_setopt(
        #[nullable] #[opaque] share: *mut CURLSH,
        option: CURLSHoption,
        ...
    ) -> CURLSHcode;

    #[form_of(curl_share_setopt, option = CURLSHOPT_SHARE)]
    #[success(result == 0)]
    fn curl_share_setopt_share(
        #[nullable] #[opaque] share: *mut CURLSH,
        value: c_int,
    ) -> CURLSHcode;

    #[form_of(curl_share_setopt, option = CURLSHOPT_UNSHARE)]
    #[success(result == 0)]
    fn curl_share_setopt_unshare(
        #[nullable] #[opaque] share: *mut CURLSH,
        value: c_int,
    ) -> CURLSHcode;

    #[form_of(curl_share_setopt, option = CURLSHOPT_LOCKFUNC)]
    #[success(result == 0)]
    fn curl_share_setopt_lockfunc(
        #[nullable] #[opaque] share: *mut CURLSH,
        #[nullable] #[callback(scope = notified, destroy = curl_share_cleanup)]
        value: Option<unsafe extern "C" fn(handle: *mut CURL, data: curl_lock_data, kind: curl_lock_access, userptr: *mut c_void)>,
    ) -> CURLSHcode;

    #[form_of(curl_share_setopt, option = CURLSHOPT_UNLOCKFUNC)]
    #[success(result == 0)]
    fn curl_share_setopt_unlockfunc(
        #[nullable] #[opaque] share: *mut CURLSH,
        #[nullable] #[callback(scope = notified, destroy = curl_share_cleanup)]
        value: Option<unsafe extern "C" fn(handle: *mut CURL, data: curl_lock_data, userptr: *mut c_void)>,
    ) -> CURLSHcode;

    #[form_of(curl_share_setopt, option = CURLSHOPT_USERDATA)]
    #[success(result == 0)]
    fn curl_share_setopt_userdata(
        #[nullable] #[opaque] share: *mut CURLSH,
        #[nullable] #[address] #[retained(by = share, until = [curl_share_setopt, curl_share_cleanup(on(success))])]
        value: *mut c_void,
    ) -> CURLSHcode;

    // Both as closures, which any thread may call that uses the share.
    #[form_of(curl_share_setopt, option = CURLSHOPT_LOCKFUNC,
        before(curl_share_setopt(share, CURLSHOPT_USERDATA, userptr), curl_share_setopt(share, CURLSHOPT_UNLOCKFUNC, unlock)))]
    #[success(result == 0)]
    fn curl_share_setopt_locks(
        #[nonnull] #[opaque] share: *mut CURLSH,
        #[callback(userdata = userptr, scope = notified, thread = any_thread)]
        lock: Option<unsafe extern "C" fn(handle: *mut CURL, data: curl_lock_data, kind: curl_lock_access, userptr: *mut c_void)>,
        #[callback(userdata = userptr, scope = notified, thread = any_thread)]
        unlock: Option<unsafe extern "C" fn(handle: *mut CURL, data: curl_lock_data, userptr: *mut c_void)>,
        #[address] #[retained(by = share, until = [curl_share_setopt_locks, curl_share_cleanup(on(success))])]
        userptr: *mut c_void,
    ) -> CURLSHcode;
}

// Multi handles. An easy handle stays the caller's, who takes it out before cleaning it up.
unsafe extern "C" {
    #[returns(owned, free = curl_multi_cleanup, nullable, opaque)]
    fn curl_multi_init() -> *mut CURLM;

    #[success(result == 0)]
    #[calls_back]
    fn curl_multi_cleanup(
        #[nullable] #[opaque] #[transfer(on(success))] #[noescape] multi_handle: *mut CURLM,
    ) -> CURLMcode;

    #[success(result == 0)]
    #[calls_back]
    fn curl_multi_add_handle(
        #[nullable] #[opaque] multi_handle: *mut CURLM,
        #[nullable] #[opaque]
        #[retained(by = multi_handle, at = curl_handle, until = [curl_multi_remove_handle,
            curl_multi_cleanup(on(success))], on(success))]
        #[noescape] curl_handle: *mut CURL,
    ) -> CURLMcode;

    #[success(result == 0)]
    #[calls_back]
    fn curl_multi_remove_handle(
        #[nullable] #[opaque] multi_handle: *mut CURLM,
        #[nullable] #[opaque] curl_handle: *mut CURL,
    ) -> CURLMcode;

    #[success(result == 0)]
    #[may_alias]
    fn curl_multi_fdset(
        #[nullable] #[opaque] multi_handle: *mut CURLM,
        #[inout] #[nonnull] #[one] read_fd_set: *mut fd_set,
        #[inout] #[nonnull] #[one] write_fd_set: *mut fd_set,
        #[inout] #[nonnull] #[one] exc_fd_set: *mut fd_set,
        #[out] #[nonnull] #[one] max_fd: *mut c_int,
    ) -> CURLMcode;

    #[success(result == 0)]
    fn curl_multi_wait(
        #[nullable] #[opaque] multi_handle: *mut CURLM,
        #[inout] #[nonnull] #[counted_by(extra_nfds)] extra_fds: *mut curl_waitfd,
        extra_nfds: c_uint,
        timeout_ms: c_int,
        #[out] #[nullable] #[one] ret: *mut c_int,
    ) -> CURLMcode;

    #[success(result == 0)]
    fn curl_multi_poll(
        #[nullable] #[opaque] multi_handle: *mut CURLM,
        #[inout] #[nonnull] #[counted_by(extra_nfds)] extra_fds: *mut curl_waitfd,
        extra_nfds: c_uint,
        timeout_ms: c_int,
        #[out] #[nullable] #[one] ret: *mut c_int,
    ) -> CURLMcode;

    #[success(result == 0)]
    fn curl_multi_wakeup(
        #[nullable] #[opaque] multi_handle: *mut CURLM,
    ) -> CURLMcode;

    #[success(result == 0)]
    #[calls_back]
    fn curl_multi_perform(
        #[nullable] #[opaque] multi_handle: *mut CURLM,
        #[out] #[nonnull] #[one] running_handles: *mut c_int,
    ) -> CURLMcode;

    #[returns(until = [curl_multi_cleanup, curl_multi_remove_handle, curl_easy_cleanup], nullable, one)]
    fn curl_multi_info_read(
        #[nullable] #[opaque] multi_handle: *mut CURLM,
        #[out] #[nonnull] #[one] msgs_in_queue: *mut c_int,
    ) -> *mut CURLMsg;

    #[success(result == 0)]
    #[calls_back]
    fn curl_multi_socket(
        #[nullable] #[opaque] multi_handle: *mut CURLM,
        s: curl_socket_t,
        #[out] #[nonnull] #[one] running_handles: *mut c_int,
    ) -> CURLMcode;

    #[success(result == 0)]
    #[calls_back]
    fn curl_multi_socket_action(
        #[nullable] #[opaque] multi_handle: *mut CURLM,
        s: curl_socket_t,
        ev_bitmask: c_int,
        #[out] #[nonnull] #[one] running_handles: *mut c_int,
    ) -> CURLMcode;

    #[success(result == 0)]
    #[calls_back]
    fn curl_multi_socket_all(
        #[nullable] #[opaque] multi_handle: *mut CURLM,
        #[out] #[nonnull] #[one] running_handles: *mut c_int,
    ) -> CURLMcode;

    #[success(result == 0)]
    fn curl_multi_timeout(
        #[nullable] #[opaque] multi_handle: *mut CURLM,
        #[out] #[nonnull] #[one] milliseconds: *mut c_long,
    ) -> CURLMcode;

    // Handed to the socket callback for that socket.
    #[success(result == 0)]
    fn curl_multi_assign(
        #[nullable] #[opaque] multi_handle: *mut CURLM,
        sockfd: curl_socket_t,
        #[nullable] #[address]
        #[retained(by = multi_handle, at = sockfd, until = [curl_multi_cleanup(on(success))], on(success))]
        #[noescape] sockp: *mut c_void,
    ) -> CURLMcode;

    // During the push callback only.
    #[returns(borrowed = h, nullable, null_terminated)]
    fn curl_pushheader_bynum(
        #[nullable] #[opaque] h: *mut curl_pushheaders,
        num: size_t,
    ) -> *mut c_char;

    #[returns(borrowed = h, nullable, null_terminated)]
    fn curl_pushheader_byname(
        #[nullable] #[opaque] h: *mut curl_pushheaders,
        #[input] #[nullable] #[null_terminated] name: *const c_char,
    ) -> *mut c_char;

    #[success(result == 0)]
    #[unsafe_beyond_pointers("the option decides what the further argument means")]
    fn curl_multi_setopt(
        #[nullable] #[opaque] multi_handle: *mut CURLM,
        option: CURLMoption,
        ...
    ) -> CURLMcode;

    #[form_of(curl_multi_setopt, option = CURLMOPT_SOCKETFUNCTION)]
    #[success(result == 0)]
    fn curl_multi_setopt_socketfunction(
        #[nullable] #[opaque] multi_handle: *mut CURLM,
        #[nullable] #[callback(scope = notified, destroy = curl_multi_cleanup, on_panic = -1)]
        value: Option<unsafe extern "C" fn(
            easy: *mut CURL, s: curl_socket_t, what: c_int, userp: *mut c_void, socketp: *mut c_void,
        ) -> c_int>,
    ) -> CURLMcode;

    #[form_of(curl_multi_setopt, option = CURLMOPT_TIMERFUNCTION)]
    #[success(result == 0)]
    fn curl_multi_setopt_timerfunction(
        #[nullable] #[opaque] multi_handle: *mut CURLM,
        #[nullable] #[callback(scope = notified, destroy = curl_multi_cleanup, on_panic = -1)]
        value: Option<unsafe extern "C" fn(multi: *mut CURLM, timeout_ms: c_long, userp: *mut c_void) -> c_int>,
    ) -> CURLMcode;

    #[form_of(curl_multi_setopt, option = CURLMOPT_PUSHFUNCTION)]
    #[success(result == 0)]
    #[unsafe_beyond_pointers("a pushed handle goes on with all that its parent was told to keep")]
    fn curl_multi_setopt_pushfunction(
        #[nullable] #[opaque] multi_handle: *mut CURLM,
        #[nullable] #[callback(scope = notified, destroy = curl_multi_cleanup, on_panic = 1)]
        value: Option<unsafe extern "C" fn(
            parent: *mut CURL, easy: *mut CURL, num_headers: size_t, headers: *mut curl_pushheaders,
            userp: *mut c_void,
        ) -> c_int>,
    ) -> CURLMcode;

    #[form_of(curl_multi_setopt, option = CURLMOPT_SOCKETDATA)]
    #[success(result == 0)]
    fn curl_multi_setopt_socketdata(
        #[nullable] #[opaque] multi_handle: *mut CURLM,
        #[nullable] #[address] #[retained(by = multi_handle, until = [curl_multi_setopt, curl_multi_cleanup(on(success))])]
        value: *mut c_void,
    ) -> CURLMcode;

    #[form_of(curl_multi_setopt, option = CURLMOPT_TIMERDATA)]
    #[success(result == 0)]
    fn curl_multi_setopt_timerdata(
        #[nullable] #[opaque] multi_handle: *mut CURLM,
        #[nullable] #[address] #[retained(by = multi_handle, until = [curl_multi_setopt, curl_multi_cleanup(on(success))])]
        value: *mut c_void,
    ) -> CURLMcode;

    #[form_of(curl_multi_setopt, option = CURLMOPT_PUSHDATA)]
    #[success(result == 0)]
    fn curl_multi_setopt_pushdata(
        #[nullable] #[opaque] multi_handle: *mut CURLM,
        #[nullable] #[address] #[retained(by = multi_handle, until = [curl_multi_setopt, curl_multi_cleanup(on(success))])]
        value: *mut c_void,
    ) -> CURLMcode;

    // The same as closures. The handle calls them while it is used, which one thread does at a time.
    #[form_of(curl_multi_setopt, option = CURLMOPT_SOCKETFUNCTION, before(curl_multi_setopt(multi_handle, CURLMOPT_SOCKETDATA, userp)))]
    #[success(result == 0)]
    fn curl_multi_setopt_socket(
        #[nonnull] #[opaque] multi_handle: *mut CURLM,
        #[callback(userdata = userp, scope = notified, on_panic = -1)]
        value: Option<unsafe extern "C" fn(
            easy: *mut CURL, s: curl_socket_t, what: c_int, userp: *mut c_void, socketp: *mut c_void,
        ) -> c_int>,
        #[address] #[retained(by = multi_handle, until = [curl_multi_setopt_socket, curl_multi_cleanup(on(success))])]
        userp: *mut c_void,
    ) -> CURLMcode;

    #[form_of(curl_multi_setopt, option = CURLMOPT_TIMERFUNCTION, before(curl_multi_setopt(multi_handle, CURLMOPT_TIMERDATA, userp)))]
    #[success(result == 0)]
    fn curl_multi_setopt_timer(
        #[nonnull] #[opaque] multi_handle: *mut CURLM,
        #[callback(userdata = userp, scope = notified, on_panic = -1)]
        value: Option<unsafe extern "C" fn(multi: *mut CURLM, timeout_ms: c_long, userp: *mut c_void) -> c_int>,
        #[address] #[retained(by = multi_handle, until = [curl_multi_setopt_timer, curl_multi_cleanup(on(success))])]
        userp: *mut c_void,
    ) -> CURLMcode;

    #[form_of(curl_multi_setopt, option = CURLMOPT_PIPELINING)]
    #[success(result == 0)]
    fn curl_multi_setopt_pipelining(
        #[nullable] #[opaque] multi_handle: *mut CURLM,
        value: c_long,
    ) -> CURLMcode;

    #[form_of(curl_multi_setopt, option = CURLMOPT_MAXCONNECTS)]
    #[success(result == 0)]
    fn curl_multi_setopt_maxconnects(
        #[nullable] #[opaque] multi_handle: *mut CURLM,
        value: c_long,
    ) -> CURLMcode;

    #[form_of(curl_multi_setopt, option = CURLMOPT_MAX_HOST_CONNECTIONS)]
    #[success(result == 0)]
    fn curl_multi_setopt_max_host_connections(
        #[nullable] #[opaque] multi_handle: *mut CURLM,
        value: c_long,
    ) -> CURLMcode;

    #[form_of(curl_multi_setopt, option = CURLMOPT_MAX_PIPELINE_LENGTH)]
    #[success(result == 0)]
    fn curl_multi_setopt_max_pipeline_length(
        #[nullable] #[opaque] multi_handle: *mut CURLM,
        value: c_long,
    ) -> CURLMcode;

    #[form_of(curl_multi_setopt, option = CURLMOPT_MAX_TOTAL_CONNECTIONS)]
    #[success(result == 0)]
    fn curl_multi_setopt_max_total_connections(
        #[nullable] #[opaque] multi_handle: *mut CURLM,
        value: c_long,
    ) -> CURLMcode;

    #[form_of(curl_multi_setopt, option = CURLMOPT_MAX_CONCURRENT_STREAMS)]
    #[success(result == 0)]
    fn curl_multi_setopt_max_concurrent_streams(
        #[nullable] #[opaque] multi_handle: *mut CURLM,
        value: c_long,
    ) -> CURLMcode;

    #[form_of(curl_multi_setopt, option = CURLMOPT_CONTENT_LENGTH_PENALTY_SIZE)]
    #[success(result == 0)]
    fn curl_multi_setopt_content_length_penalty_size(
        #[nullable] #[opaque] multi_handle: *mut CURLM,
        value: curl_off_t,
    ) -> CURLMcode;

    #[form_of(curl_multi_setopt, option = CURLMOPT_CHUNK_LENGTH_PENALTY_SIZE)]
    #[success(result == 0)]
    fn curl_multi_setopt_chunk_length_penalty_size(
        #[nullable] #[opaque] multi_handle: *mut CURLM,
        value: curl_off_t,
    ) -> CURLMcode;

    // Nothing looks at these two any more.
    #[form_of(curl_multi_setopt, option = CURLMOPT_PIPELINING_SITE_BL)]
    #[success(result == 0)]
    fn curl_multi_setopt_pipelining_site_bl(
        #[nullable] #[opaque] multi_handle: *mut CURLM,
        #[nullable] #[opaque] value: *mut *mut c_char,
    ) -> CURLMcode;

    #[form_of(curl_multi_setopt, option = CURLMOPT_PIPELINING_SERVER_BL)]
    #[success(result == 0)]
    fn curl_multi_setopt_pipelining_server_bl(
        #[nullable] #[opaque] multi_handle: *mut CURLM,
        #[nullable] #[opaque] value: *mut *mut c_char,
    ) -> CURLMcode;
}

// URLs. What is set is copied, what is got is the caller's.
unsafe extern "C" {
    #[returns(owned, free = curl_url_cleanup, nullable, opaque)]
    fn curl_url() -> *mut CURLU;

    fn curl_url_cleanup(
        #[nullable] #[opaque] #[transfer] handle: *mut CURLU,
    );

    #[returns(owned, free = curl_url_cleanup, nullable, opaque)]
    fn curl_url_dup(
        #[nonnull] #[opaque] in_: *mut CURLU,
    ) -> *mut CURLU;

    #[success(result == 0)]
    fn curl_url_get(
        #[nullable] #[opaque] handle: *mut CURLU,
        what: CURLUPart,
        #[out] #[nullable] #[one] #[pointee(owned, free = curl_free, nullable, null_terminated)]
        part: *mut *mut c_char,
        flags: c_uint,
    ) -> CURLUcode;

    #[success(result == 0)]
    fn curl_url_set(
        #[nullable] #[opaque] handle: *mut CURLU,
        what: CURLUPart,
        #[input] #[nullable] #[null_terminated] part: *const c_char,
        flags: c_uint,
    ) -> CURLUcode;
}
