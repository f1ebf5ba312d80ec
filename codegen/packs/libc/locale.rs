//! Pointer contracts of `<locale.h>, <langinfo.h>, <iconv.h>, <libintl.h>, <wchar.h>`.
// Also `<nl_types.h>`. Sources: Linux man-pages (6.03); C17 for the wide functions without a page. A long
// double is a u128 here, as bindgen writes it.
//
// Conventions of this file:
//  * A locale_t, iconv_t, nl_catd or FILE is a handle.
//  * `min(n, 1)`: C stops at a terminator, so with a bound of `n` elements only the first is sure to
//    be read.
//  * A wide string that C writes without a bound has the extent of its terminator, one element.

// setlocale(3), localeconv(3), newlocale(3), duplocale(3), uselocale(3).
//  * newlocale takes `base` over when it succeeds; afterwards only the result may be used.
//  * (locale_t) 0 and LC_GLOBAL_LOCALE (-1) are values, not addresses.
unsafe extern "C" {
    #[returns(until = [setlocale], nullable, null_terminated)]
    fn setlocale(category: c_int, #[input] #[nullable] #[null_terminated] locale: *const c_char) -> *mut c_char;

    #[returns(until = [localeconv, setlocale], nonnull, one)]
    fn localeconv() -> *mut lconv;

    #[returns(owned, free = freelocale, nullable, opaque)]
    fn newlocale(
        category_mask: c_int,
        #[input] #[nonnull] #[null_terminated] locale: *const c_char,
        #[opaque] base: locale_t,
    ) -> locale_t;

    #[returns(owned, free = freelocale, nullable, opaque)]
    fn duplocale(#[opaque] locobj: locale_t) -> locale_t;

    fn freelocale(#[opaque] locobj: locale_t);

    #[returns(opaque)]
    fn uselocale(#[opaque] newloc: locale_t) -> locale_t;
}

// nl_langinfo(3), catopen(3), catgets(3). catopen fails with (nl_catd) -1.
unsafe extern "C" {
    #[returns(until = [nl_langinfo, setlocale], null_terminated)]
    fn nl_langinfo(item: nl_item) -> *mut c_char;

    #[returns(until = [nl_langinfo_l, freelocale], null_terminated)]
    fn nl_langinfo_l(item: nl_item, #[opaque] locale: locale_t) -> *mut c_char;

    #[returns(owned, free = catclose, opaque)]
    fn catopen(#[input] #[nonnull] #[null_terminated] name: *const c_char, flag: c_int) -> nl_catd;

    #[returns(borrowed = message, until = [catclose], null_terminated)]
    fn catgets(
        #[opaque] catalog: nl_catd,
        set_number: c_int,
        message_number: c_int,
        #[input] #[null_terminated] message: *const c_char,
    ) -> *mut c_char;

    #[errno(void)]
    fn catclose(#[opaque] catalog: nl_catd) -> c_int;
}

// iconv_open(3), iconv(3). Both pointers move along their buffers; where `inbuf` or `*inbuf` is null
// the state is reset, and `inbytesleft` is not used; where `outbuf` or `*outbuf` is null nothing is
// written. No errno: (size_t) -1 also says that input is left, and errno tells which.
unsafe extern "C" {
    #[returns(owned, free = iconv_close, opaque)]
    fn iconv_open(
        #[input] #[nonnull] #[null_terminated] tocode: *const c_char,
        #[input] #[nonnull] #[null_terminated] fromcode: *const c_char,
    ) -> iconv_t;

    fn iconv(
        #[opaque] cd: iconv_t,
        #[inout] #[nullable] #[flow_through] #[pointee(nullable, advances, input, sized_by(*inbytesleft))] inbuf: *mut *mut c_char,
        #[inout] inbytesleft: *mut size_t,
        #[inout] #[nullable] #[flow_through(out)] #[pointee(nullable, advances, out, sized_by(*outbytesleft))] outbuf: *mut *mut c_char,
        #[inout] outbytesleft: *mut size_t,
    ) -> size_t;

    #[errno(void)]
    fn iconv_close(#[opaque] cd: iconv_t) -> c_int;
}

// gettext(3), ngettext(3), textdomain(3), bindtextdomain(3), bind_textdomain_codeset(3). The result is
// the argument itself, or text of the catalogue, which stays. Names are copied.
unsafe extern "C" {
    #[returns(borrowed = msgid, static, null_terminated)]
    fn gettext(#[input] #[null_terminated] msgid: *const c_char) -> *mut c_char;

    #[returns(borrowed = msgid, static, null_terminated)]
    fn dgettext(
        #[input] #[nullable] #[null_terminated] domainname: *const c_char,
        #[input] #[null_terminated] msgid: *const c_char,
    ) -> *mut c_char;

    #[returns(borrowed = msgid, static, null_terminated)]
    fn __dgettext(
        #[input] #[nullable] #[null_terminated] domainname: *const c_char,
        #[input] #[null_terminated] msgid: *const c_char,
    ) -> *mut c_char;

    #[returns(borrowed = msgid, static, null_terminated)]
    fn dcgettext(
        #[input] #[nullable] #[null_terminated] domainname: *const c_char,
        #[input] #[null_terminated] msgid: *const c_char,
        category: c_int,
    ) -> *mut c_char;

    #[returns(borrowed = msgid, static, null_terminated)]
    fn __dcgettext(
        #[input] #[nullable] #[null_terminated] domainname: *const c_char,
        #[input] #[null_terminated] msgid: *const c_char,
        category: c_int,
    ) -> *mut c_char;

    #[returns(borrowed = msgid, borrowed = msgid_plural, static, null_terminated)]
    fn ngettext(
        #[input] #[null_terminated] msgid: *const c_char,
        #[input] #[null_terminated] msgid_plural: *const c_char,
        n: c_ulong,
    ) -> *mut c_char;

    #[returns(borrowed = msgid, borrowed = msgid_plural, static, null_terminated)]
    fn dngettext(
        #[input] #[nullable] #[null_terminated] domainname: *const c_char,
        #[input] #[null_terminated] msgid: *const c_char,
        #[input] #[null_terminated] msgid_plural: *const c_char,
        n: c_ulong,
    ) -> *mut c_char;

    #[returns(borrowed = msgid, borrowed = msgid_plural, static, null_terminated)]
    fn dcngettext(
        #[input] #[nullable] #[null_terminated] domainname: *const c_char,
        #[input] #[null_terminated] msgid: *const c_char,
        #[input] #[null_terminated] msgid_plural: *const c_char,
        n: c_ulong,
        category: c_int,
    ) -> *mut c_char;

    #[errno(null)]
    #[returns(until = [textdomain], nullable, null_terminated)]
    fn textdomain(#[input] #[nullable] #[null_terminated] domainname: *const c_char) -> *mut c_char;

    #[errno(null)]
    #[returns(until = [bindtextdomain], nullable, null_terminated)]
    fn bindtextdomain(
        #[input] #[null_terminated] domainname: *const c_char,
        #[input] #[nullable] #[null_terminated] dirname: *const c_char,
    ) -> *mut c_char;

    #[errno(null)]
    #[returns(until = [bind_textdomain_codeset], nullable, null_terminated)]
    fn bind_textdomain_codeset(
        #[input] #[null_terminated] domainname: *const c_char,
        #[input] #[nullable] #[null_terminated] codeset: *const c_char,
    ) -> *mut c_char;
}

// wcscpy(3), wcpcpy(3), wcscat(3), wcsdup(3), and with a length wcsncpy(3), wcpncpy(3), wcsncat(3).
unsafe extern "C" {
    #[returns(borrowed = dest, null_terminated)]
    #[unsafe_beyond_pointers("dest has room for all of src and its terminator")]
    fn wcscpy(
        #[out] #[nonnull] dest: *mut wchar_t,
        #[input] #[nonnull] #[null_terminated] src: *const wchar_t,
    ) -> *mut wchar_t;

    #[returns(borrowed = dest)]
    fn wcsncpy(
        #[out] #[nonnull] #[counted_by(n)] #[filled_by(n)] dest: *mut wchar_t,
        #[input] #[nonnull] #[counted_by(min(n, 1))] src: *const wchar_t,
        n: size_t,
    ) -> *mut wchar_t;

    #[returns(borrowed = dest, null_terminated)]
    #[unsafe_beyond_pointers("dest has room for itself, all of src and a terminator")]
    fn wcscat(
        #[inout] #[nonnull] #[null_terminated] dest: *mut wchar_t,
        #[input] #[nonnull] #[null_terminated] src: *const wchar_t,
    ) -> *mut wchar_t;

    #[returns(borrowed = dest, null_terminated)]
    #[unsafe_beyond_pointers("dest has room for itself, up to n characters of src and a terminator")]
    fn wcsncat(
        #[inout] #[nonnull] #[null_terminated] dest: *mut wchar_t,
        #[input] #[nonnull] #[counted_by(min(n, 1))] src: *const wchar_t,
        n: size_t,
    ) -> *mut wchar_t;

    #[returns(borrowed = dest, null_terminated)]
    #[unsafe_beyond_pointers("dest has room for all of src and its terminator")]
    fn wcpcpy(
        #[out] #[nonnull] dest: *mut wchar_t,
        #[input] #[nonnull] #[null_terminated] src: *const wchar_t,
    ) -> *mut wchar_t;

    #[returns(borrowed = dest)]
    fn wcpncpy(
        #[out] #[nonnull] #[counted_by(n)] #[filled_by(n)] dest: *mut wchar_t,
        #[input] #[nonnull] #[counted_by(min(n, 1))] src: *const wchar_t,
        n: size_t,
    ) -> *mut wchar_t;

    #[returns(owned, free = free, nullable, null_terminated)]
    fn wcsdup(#[input] #[nonnull] #[null_terminated] s: *const wchar_t) -> *mut wchar_t;
}

// wcscmp(3), wcsncmp(3), wcscasecmp(3), wcsncasecmp(3), wcscoll, wcsxfrm (C17).
unsafe extern "C" {
    fn wcscmp(
        #[input] #[nonnull] #[null_terminated] s1: *const wchar_t,
        #[input] #[nonnull] #[null_terminated] s2: *const wchar_t,
    ) -> c_int;

    fn wcsncmp(
        #[input] #[nonnull] #[counted_by(min(n, 1))] s1: *const wchar_t,
        #[input] #[nonnull] #[counted_by(min(n, 1))] s2: *const wchar_t,
        n: size_t,
    ) -> c_int;

    fn wcscasecmp(
        #[input] #[nonnull] #[null_terminated] s1: *const wchar_t,
        #[input] #[nonnull] #[null_terminated] s2: *const wchar_t,
    ) -> c_int;

    fn wcsncasecmp(
        #[input] #[nonnull] #[counted_by(min(n, 1))] s1: *const wchar_t,
        #[input] #[nonnull] #[counted_by(min(n, 1))] s2: *const wchar_t,
        n: size_t,
    ) -> c_int;

    fn wcscasecmp_l(
        #[input] #[nonnull] #[null_terminated] s1: *const wchar_t,
        #[input] #[nonnull] #[null_terminated] s2: *const wchar_t,
        #[opaque] locale: locale_t,
    ) -> c_int;

    fn wcsncasecmp_l(
        #[input] #[nonnull] #[counted_by(min(n, 1))] s1: *const wchar_t,
        #[input] #[nonnull] #[counted_by(min(n, 1))] s2: *const wchar_t,
        n: size_t,
        #[opaque] locale: locale_t,
    ) -> c_int;

    fn wcscoll(
        #[input] #[nonnull] #[null_terminated] s1: *const wchar_t,
        #[input] #[nonnull] #[null_terminated] s2: *const wchar_t,
    ) -> c_int;

    fn wcscoll_l(
        #[input] #[nonnull] #[null_terminated] s1: *const wchar_t,
        #[input] #[nonnull] #[null_terminated] s2: *const wchar_t,
        #[opaque] locale: locale_t,
    ) -> c_int;

    fn wcsxfrm(
        #[out] #[counted_by(n)] dest: *mut wchar_t,
        #[input] #[nonnull] #[null_terminated] src: *const wchar_t,
        n: size_t,
    ) -> size_t;

    fn wcsxfrm_l(
        #[out] #[counted_by(n)] dest: *mut wchar_t,
        #[input] #[nonnull] #[null_terminated] src: *const wchar_t,
        n: size_t,
        #[opaque] locale: locale_t,
    ) -> size_t;
}

// wcschr(3), wcsrchr(3), wcsspn(3), wcscspn(3), wcspbrk(3), wcsstr(3), wcslen(3), wcsnlen(3).
unsafe extern "C" {
    #[returns(borrowed = wcs, nullable, null_terminated)]
    fn wcschr(#[input] #[nonnull] #[null_terminated] wcs: *const wchar_t, wc: wchar_t) -> *mut wchar_t;

    #[returns(borrowed = wcs, nullable, null_terminated)]
    fn wcsrchr(#[input] #[nonnull] #[null_terminated] wcs: *const wchar_t, wc: wchar_t) -> *mut wchar_t;

    #[returns(borrowed = wcs, nonnull, null_terminated)]
    fn wcschrnul(#[input] #[nonnull] #[null_terminated] wcs: *const wchar_t, wc: wchar_t) -> *mut wchar_t;

    fn wcscspn(
        #[input] #[nonnull] #[null_terminated] wcs: *const wchar_t,
        #[input] #[nonnull] #[null_terminated] reject: *const wchar_t,
    ) -> size_t;

    fn wcsspn(
        #[input] #[nonnull] #[null_terminated] wcs: *const wchar_t,
        #[input] #[nonnull] #[null_terminated] accept: *const wchar_t,
    ) -> size_t;

    #[returns(borrowed = wcs, nullable, null_terminated)]
    fn wcspbrk(
        #[input] #[nonnull] #[null_terminated] wcs: *const wchar_t,
        #[input] #[nonnull] #[null_terminated] accept: *const wchar_t,
    ) -> *mut wchar_t;

    #[returns(borrowed = haystack, nullable, null_terminated)]
    fn wcsstr(
        #[input] #[nonnull] #[null_terminated] haystack: *const wchar_t,
        #[input] #[nonnull] #[null_terminated] needle: *const wchar_t,
    ) -> *mut wchar_t;

    #[returns(borrowed = haystack, nullable, null_terminated)]
    fn wcswcs(
        #[input] #[nonnull] #[null_terminated] haystack: *const wchar_t,
        #[input] #[nonnull] #[null_terminated] needle: *const wchar_t,
    ) -> *mut wchar_t;

    fn wcslen(#[input] #[nonnull] #[null_terminated] s: *const wchar_t) -> size_t;

    fn wcsnlen(#[input] #[nonnull] #[counted_by(min(maxlen, 1))] s: *const wchar_t, maxlen: size_t) -> size_t;

    fn wcswidth(#[input] #[nonnull] #[counted_by(min(n, 1))] s: *const wchar_t, n: size_t) -> c_int;
}

// wcstok(3). The first call gives the string, the others null; the scan goes on at `*ptr`. The string
// is cut up where it stands. What `*ptr` holds before the first call is not read: `foreign`.
unsafe extern "C" {
    #[returns(borrowed = wcs, borrowed = ptr, nullable, null_terminated)]
    fn wcstok(
        #[inout] #[nullable] #[null_terminated] wcs: *mut wchar_t,
        #[input] #[nonnull] #[null_terminated] delim: *const wchar_t,
        #[inout] #[nonnull] #[flow_through(none)] #[pointee(nullable, null_terminated, borrowed = wcs)] ptr: *mut *mut wchar_t,
    ) -> *mut wchar_t;
}

// wmemchr(3), wmemcmp(3), wmemcpy(3), wmemmove(3), wmemset(3).
unsafe extern "C" {
    #[returns(borrowed = s, nullable)]
    fn wmemchr(#[input] #[nonnull] #[counted_by(n)] s: *const wchar_t, c: wchar_t, n: size_t) -> *mut wchar_t;

    fn wmemcmp(
        #[input] #[nonnull] #[counted_by(n)] s1: *const wchar_t,
        #[input] #[nonnull] #[counted_by(n)] s2: *const wchar_t,
        n: size_t,
    ) -> c_int;

    #[returns(borrowed = dest)]
    fn wmemcpy(
        #[out] #[nonnull] #[counted_by(n)] #[filled_by(n)] dest: *mut wchar_t,
        #[input] #[nonnull] #[counted_by(n)] src: *const wchar_t,
        n: size_t,
    ) -> *mut wchar_t;

    #[may_alias]
    #[returns(borrowed = dest)]
    fn wmemmove(
        #[out] #[nonnull] #[counted_by(n)] #[filled_by(n)] dest: *mut wchar_t,
        #[input] #[nonnull] #[counted_by(n)] src: *const wchar_t,
        n: size_t,
    ) -> *mut wchar_t;

    #[returns(borrowed = wcs)]
    fn wmemset(
        #[out] #[nonnull] #[counted_by(n)] #[filled_by(n)] wcs: *mut wchar_t,
        wc: wchar_t,
        n: size_t,
    ) -> *mut wchar_t;

    #[returns(borrowed = dest)]
    fn wmempcpy(
        #[out] #[nonnull] #[counted_by(n)] #[filled_by(n)] dest: *mut wchar_t,
        #[input] #[nonnull] #[counted_by(n)] src: *const wchar_t,
        n: size_t,
    ) -> *mut wchar_t;
}

// mbsinit(3), mbrtowc(3), wcrtomb(3), mbrlen(3). Without `ps` a state of the library's own is used.
// wcrtomb writes MB_CUR_MAX bytes at most, which is no constant. In mbrtowc and mbrlen no more than one
// character is read.
unsafe extern "C" {
    fn mbsinit(#[input] #[nullable] ps: *const mbstate_t) -> c_int;

    fn mbrtowc(
        #[out] #[nullable] pwc: *mut wchar_t,
        #[input] #[nullable] #[sized_by(min(n, 1))] s: *const c_char,
        n: size_t,
        #[inout] #[nullable] ps: *mut mbstate_t,
    ) -> size_t;

    #[unsafe_beyond_pointers("s has room for MB_CUR_MAX bytes")]
    fn wcrtomb(
        #[out] #[nullable] #[sized_by(at_least(1))] s: *mut c_char,
        wc: wchar_t,
        #[inout] #[nullable] ps: *mut mbstate_t,
    ) -> size_t;

    fn mbrlen(
        #[input] #[nullable] #[sized_by(min(n, 1))] s: *const c_char,
        n: size_t,
        #[inout] #[nullable] ps: *mut mbstate_t,
    ) -> size_t;

    fn __mbrlen(
        #[input] #[nullable] #[sized_by(min(n, 1))] s: *const c_char,
        n: size_t,
        #[inout] #[nullable] ps: *mut mbstate_t,
    ) -> size_t;
}

// mbsrtowcs(3), mbsnrtowcs(3), wcsrtombs(3), wcsnrtombs(3). `*src` moves along the string, and is null
// once the terminator was converted. Without `dest` nothing moves, and `len` is not used.
unsafe extern "C" {
    fn mbsrtowcs(
        #[out] #[nullable] #[counted_by(len)] dest: *mut wchar_t,
        #[inout] #[nonnull] #[flow_through] #[pointee(advances, null_terminated, input)] src: *mut *const c_char,
        len: size_t,
        #[inout] #[nullable] ps: *mut mbstate_t,
    ) -> size_t;

    fn wcsrtombs(
        #[out] #[nullable] #[sized_by(len)] dest: *mut c_char,
        #[inout] #[nonnull] #[flow_through] #[pointee(advances, null_terminated, input)] src: *mut *const wchar_t,
        len: size_t,
        #[inout] #[nullable] ps: *mut mbstate_t,
    ) -> size_t;

    fn mbsnrtowcs(
        #[out] #[nullable] #[counted_by(len)] dest: *mut wchar_t,
        #[inout] #[nonnull] #[flow_through] #[pointee(advances, sized_by(min(nms, 1)), input)] src: *mut *const c_char,
        nms: size_t,
        len: size_t,
        #[inout] #[nullable] ps: *mut mbstate_t,
    ) -> size_t;

    fn wcsnrtombs(
        #[out] #[nullable] #[sized_by(len)] dest: *mut c_char,
        #[inout] #[nonnull] #[flow_through] #[pointee(advances, counted_by(min(nwc, 1)), input)] src: *mut *const wchar_t,
        nwc: size_t,
        len: size_t,
        #[inout] #[nullable] ps: *mut mbstate_t,
    ) -> size_t;
}

// wcstol and the like: C17. `*endptr` lies in the string.
unsafe extern "C" {
    fn wcstod(
        #[input] #[nonnull] #[null_terminated] nptr: *const wchar_t,
        #[out] #[nullable] #[pointee(borrowed = nptr)] endptr: *mut *mut wchar_t,
    ) -> f64;

    fn wcstof(
        #[input] #[nonnull] #[null_terminated] nptr: *const wchar_t,
        #[out] #[nullable] #[pointee(borrowed = nptr)] endptr: *mut *mut wchar_t,
    ) -> f32;

    fn wcstold(
        #[input] #[nonnull] #[null_terminated] nptr: *const wchar_t,
        #[out] #[nullable] #[pointee(borrowed = nptr)] endptr: *mut *mut wchar_t,
    ) -> u128;

    fn wcstof32(
        #[input] #[nonnull] #[null_terminated] nptr: *const wchar_t,
        #[out] #[nullable] #[pointee(borrowed = nptr)] endptr: *mut *mut wchar_t,
    ) -> f32;

    fn wcstof64(
        #[input] #[nonnull] #[null_terminated] nptr: *const wchar_t,
        #[out] #[nullable] #[pointee(borrowed = nptr)] endptr: *mut *mut wchar_t,
    ) -> f64;

    fn wcstof32x(
        #[input] #[nonnull] #[null_terminated] nptr: *const wchar_t,
        #[out] #[nullable] #[pointee(borrowed = nptr)] endptr: *mut *mut wchar_t,
    ) -> f64;

    fn wcstof64x(
        #[input] #[nonnull] #[null_terminated] nptr: *const wchar_t,
        #[out] #[nullable] #[pointee(borrowed = nptr)] endptr: *mut *mut wchar_t,
    ) -> u128;

    fn wcstol(
        #[input] #[nonnull] #[null_terminated] nptr: *const wchar_t,
        #[out] #[nullable] #[pointee(borrowed = nptr)] endptr: *mut *mut wchar_t,
        base: c_int,
    ) -> c_long;

    fn wcstoul(
        #[input] #[nonnull] #[null_terminated] nptr: *const wchar_t,
        #[out] #[nullable] #[pointee(borrowed = nptr)] endptr: *mut *mut wchar_t,
        base: c_int,
    ) -> c_ulong;

    fn wcstoll(
        #[input] #[nonnull] #[null_terminated] nptr: *const wchar_t,
        #[out] #[nullable] #[pointee(borrowed = nptr)] endptr: *mut *mut wchar_t,
        base: c_int,
    ) -> c_longlong;

    fn wcstoull(
        #[input] #[nonnull] #[null_terminated] nptr: *const wchar_t,
        #[out] #[nullable] #[pointee(borrowed = nptr)] endptr: *mut *mut wchar_t,
        base: c_int,
    ) -> c_ulonglong;

    fn wcstoq(
        #[input] #[nonnull] #[null_terminated] nptr: *const wchar_t,
        #[out] #[nullable] #[pointee(borrowed = nptr)] endptr: *mut *mut wchar_t,
        base: c_int,
    ) -> c_longlong;

    fn wcstouq(
        #[input] #[nonnull] #[null_terminated] nptr: *const wchar_t,
        #[out] #[nullable] #[pointee(borrowed = nptr)] endptr: *mut *mut wchar_t,
        base: c_int,
    ) -> c_ulonglong;

    fn wcstod_l(
        #[input] #[nonnull] #[null_terminated] nptr: *const wchar_t,
        #[out] #[nullable] #[pointee(borrowed = nptr)] endptr: *mut *mut wchar_t,
        #[opaque] locale: locale_t,
    ) -> f64;

    fn wcstof_l(
        #[input] #[nonnull] #[null_terminated] nptr: *const wchar_t,
        #[out] #[nullable] #[pointee(borrowed = nptr)] endptr: *mut *mut wchar_t,
        #[opaque] locale: locale_t,
    ) -> f32;

    fn wcstold_l(
        #[input] #[nonnull] #[null_terminated] nptr: *const wchar_t,
        #[out] #[nullable] #[pointee(borrowed = nptr)] endptr: *mut *mut wchar_t,
        #[opaque] locale: locale_t,
    ) -> u128;

    fn wcstol_l(
        #[input] #[nonnull] #[null_terminated] nptr: *const wchar_t,
        #[out] #[nullable] #[pointee(borrowed = nptr)] endptr: *mut *mut wchar_t,
        base: c_int,
        #[opaque] locale: locale_t,
    ) -> c_long;

    fn wcstoul_l(
        #[input] #[nonnull] #[null_terminated] nptr: *const wchar_t,
        #[out] #[nullable] #[pointee(borrowed = nptr)] endptr: *mut *mut wchar_t,
        base: c_int,
        #[opaque] locale: locale_t,
    ) -> c_ulong;

    fn wcstoll_l(
        #[input] #[nonnull] #[null_terminated] nptr: *const wchar_t,
        #[out] #[nullable] #[pointee(borrowed = nptr)] endptr: *mut *mut wchar_t,
        base: c_int,
        #[opaque] locale: locale_t,
    ) -> c_longlong;

    fn wcstoull_l(
        #[input] #[nonnull] #[null_terminated] nptr: *const wchar_t,
        #[out] #[nullable] #[pointee(borrowed = nptr)] endptr: *mut *mut wchar_t,
        base: c_int,
        #[opaque] locale: locale_t,
    ) -> c_ulonglong;
}

// open_memstream(3): both variables of the caller are written at each flush, until the stream is closed.
unsafe extern "C" {
    #[errno(null)]
    #[returns(owned, free = fclose, nullable, opaque)]
    fn open_wmemstream(
        #[out] #[nonnull] #[retained(by = result, until = [fclose], on(success))] #[noescape(on(failure))] #[pointee(owned, free = free)] ptr: *mut *mut wchar_t,
        #[out] #[nonnull] #[retained(by = result, until = [fclose], on(success))] #[noescape(on(failure))] sizeloc: *mut size_t,
    ) -> *mut FILE;
}

// fwide(3), wprintf(3), fgetws(3), fputws(3), fgetwc(3), fputwc(3), ungetwc(3).
unsafe extern "C" {
    fn fwide(#[opaque] stream: *mut FILE, mode: c_int) -> c_int;

    #[unsafe_beyond_pointers("format decides what the variadic arguments are")]
    fn wprintf(#[input] #[nonnull] #[null_terminated] format: *const wchar_t, ...) -> c_int;

    #[unsafe_beyond_pointers("format decides what the variadic arguments are")]
    fn fwprintf(
        #[opaque] stream: *mut FILE,
        #[input] #[nonnull] #[null_terminated] format: *const wchar_t,
        ...
    ) -> c_int;

    #[unsafe_beyond_pointers("format decides what the variadic arguments are")]
    fn swprintf(
        #[out] #[counted_by(maxlen)] wcs: *mut wchar_t,
        maxlen: size_t,
        #[input] #[nonnull] #[null_terminated] format: *const wchar_t,
        ...
    ) -> c_int;

    #[unsafe_beyond_pointers("format decides what the variadic arguments are")]
    fn vwprintf(
        #[input] #[nonnull] #[null_terminated] format: *const wchar_t,
        #[opaque] args: *mut __va_list_tag,
    ) -> c_int;

    #[unsafe_beyond_pointers("format decides what the variadic arguments are")]
    fn vfwprintf(
        #[opaque] stream: *mut FILE,
        #[input] #[nonnull] #[null_terminated] format: *const wchar_t,
        #[opaque] args: *mut __va_list_tag,
    ) -> c_int;

    #[unsafe_beyond_pointers("format decides what the variadic arguments are")]
    fn vswprintf(
        #[out] #[counted_by(maxlen)] wcs: *mut wchar_t,
        maxlen: size_t,
        #[input] #[nonnull] #[null_terminated] format: *const wchar_t,
        #[opaque] args: *mut __va_list_tag,
    ) -> c_int;

    #[unsafe_beyond_pointers("format decides what the variadic arguments are")]
    fn wscanf(#[input] #[nonnull] #[null_terminated] format: *const wchar_t, ...) -> c_int;

    #[unsafe_beyond_pointers("format decides what the variadic arguments are")]
    fn fwscanf(
        #[opaque] stream: *mut FILE,
        #[input] #[nonnull] #[null_terminated] format: *const wchar_t,
        ...
    ) -> c_int;

    #[unsafe_beyond_pointers("format decides what the variadic arguments are")]
    fn swscanf(
        #[input] #[nonnull] #[null_terminated] ws: *const wchar_t,
        #[input] #[nonnull] #[null_terminated] format: *const wchar_t,
        ...
    ) -> c_int;

    #[unsafe_beyond_pointers("format decides what the variadic arguments are")]
    fn vwscanf(
        #[input] #[nonnull] #[null_terminated] format: *const wchar_t,
        #[opaque] arg: *mut __va_list_tag,
    ) -> c_int;

    #[unsafe_beyond_pointers("format decides what the variadic arguments are")]
    fn vfwscanf(
        #[opaque] stream: *mut FILE,
        #[input] #[nonnull] #[null_terminated] format: *const wchar_t,
        #[opaque] arg: *mut __va_list_tag,
    ) -> c_int;

    #[unsafe_beyond_pointers("format decides what the variadic arguments are")]
    fn vswscanf(
        #[input] #[nonnull] #[null_terminated] ws: *const wchar_t,
        #[input] #[nonnull] #[null_terminated] format: *const wchar_t,
        #[opaque] arg: *mut __va_list_tag,
    ) -> c_int;

    #[returns(borrowed = ws, nullable, null_terminated)]
    fn fgetws(
        #[out] #[nonnull] #[counted_by(n)] ws: *mut wchar_t,
        n: c_int,
        #[opaque] stream: *mut FILE,
    ) -> *mut wchar_t;

    #[returns(borrowed = ws, nullable, null_terminated)]
    fn fgetws_unlocked(
        #[out] #[nonnull] #[counted_by(n)] ws: *mut wchar_t,
        n: c_int,
        #[opaque] stream: *mut FILE,
    ) -> *mut wchar_t;

    fn fputws(#[input] #[nonnull] #[null_terminated] ws: *const wchar_t, #[opaque] stream: *mut FILE) -> c_int;

    fn fputws_unlocked(
        #[input] #[nonnull] #[null_terminated] ws: *const wchar_t,
        #[opaque] stream: *mut FILE,
    ) -> c_int;

    fn fgetwc(#[opaque] stream: *mut FILE) -> wint_t;

    fn getwc(#[opaque] stream: *mut FILE) -> wint_t;

    fn fgetwc_unlocked(#[opaque] stream: *mut FILE) -> wint_t;

    fn getwc_unlocked(#[opaque] stream: *mut FILE) -> wint_t;

    fn fputwc(wc: wchar_t, #[opaque] stream: *mut FILE) -> wint_t;

    fn putwc(wc: wchar_t, #[opaque] stream: *mut FILE) -> wint_t;

    fn fputwc_unlocked(wc: wchar_t, #[opaque] stream: *mut FILE) -> wint_t;

    fn putwc_unlocked(wc: wchar_t, #[opaque] stream: *mut FILE) -> wint_t;

    fn ungetwc(wc: wint_t, #[opaque] stream: *mut FILE) -> wint_t;
}

// wcsftime: C17, as strftime.
unsafe extern "C" {
    fn wcsftime(
        #[out] #[counted_by(maxsize)] wcs: *mut wchar_t,
        maxsize: size_t,
        #[input] #[nonnull] #[null_terminated] format: *const wchar_t,
        #[input] #[nonnull] #[flow_through] timeptr: *const tm,
    ) -> size_t;

    fn wcsftime_l(
        #[out] #[counted_by(maxsize)] wcs: *mut wchar_t,
        maxsize: size_t,
        #[input] #[nonnull] #[null_terminated] format: *const wchar_t,
        #[input] #[nonnull] #[flow_through] timeptr: *const tm,
        #[opaque] locale: locale_t,
    ) -> size_t;
}
