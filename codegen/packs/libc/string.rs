//! Pointer contracts of `<string.h> and <strings.h>`.
// glibc, `_GNU_SOURCE`, Linux x86_64. Sources: Linux man-pages (6.03), section 3, the page named at each
// group; string(3), bstring(3). `strerror_r` and `basename` are the GNU ones.
//
// Conventions of this file:
//  * `#[sized_by(min(n, 1))]`: C reads up to `n` bytes but stops earlier (at a NUL, at a match), so the
//    memory may be shorter than `n`. What is certain is one byte where `n` is not 0.
//  * `#[out] #[sized_by(at_least(1))]`: C writes an amount that no argument bounds; the NUL at least.
//  * Results point into an argument, one past its end included (mempcpy, stpncpy).

// memcpy(3), memmove(3), mempcpy(3), bcopy(3), memset(3), bzero(3), memfrob(3).
unsafe extern "C" {
    #[returns(borrowed = dest)]
    fn memcpy(
        #[out] #[nonnull] #[sized_by(n)] #[filled_by(n)] dest: *mut c_void,
        #[input] #[nonnull] #[sized_by(n)] src: *const c_void,
        n: size_t,
    ) -> *mut c_void;

    #[may_alias] #[returns(borrowed = dest)]
    fn memmove(
        #[out] #[nonnull] #[sized_by(n)] #[filled_by(n)] dest: *mut c_void,
        #[input] #[nonnull] #[sized_by(n)] src: *const c_void,
        n: size_t,
    ) -> *mut c_void;

    #[returns(borrowed = dest)]
    fn mempcpy(
        #[out] #[nonnull] #[sized_by(n)] #[filled_by(n)] dest: *mut c_void,
        #[input] #[nonnull] #[sized_by(n)] src: *const c_void,
        n: size_t,
    ) -> *mut c_void;

    #[returns(borrowed = dest)]
    fn __mempcpy(
        #[out] #[nonnull] #[sized_by(n)] #[filled_by(n)] dest: *mut c_void,
        #[input] #[nonnull] #[sized_by(n)] src: *const c_void,
        n: size_t,
    ) -> *mut c_void;

    #[may_alias]
    fn bcopy(
        #[input] #[nonnull] #[sized_by(n)] src: *const c_void,
        #[out] #[nonnull] #[sized_by(n)] #[filled_by(n)] dest: *mut c_void,
        n: size_t,
    );

    #[returns(borrowed = s)]
    fn memset(
        #[out] #[nonnull] #[sized_by(n)] #[filled_by(n)] s: *mut c_void,
        c: c_int,
        n: size_t,
    ) -> *mut c_void;

    fn bzero(#[out] #[nonnull] #[sized_by(n)] #[filled_by(n)] s: *mut c_void, n: size_t);

    fn explicit_bzero(#[out] #[nonnull] #[sized_by(n)] #[filled_by(n)] s: *mut c_void, n: size_t);

    #[returns(borrowed = s)]
    fn memfrob(#[inout] #[nonnull] #[sized_by(n)] s: *mut c_void, n: size_t) -> *mut c_void;
}

// memccpy(3). The copy ends behind the first `c`: neither side need have `n` bytes. NULL: `c` is not there.
unsafe extern "C" {
    #[returns(borrowed = dest, nullable)]
    #[unsafe_beyond_pointers("n bytes are copied, or up to and with the first c, on both sides")]
    fn memccpy(
        #[out] #[nonnull] #[sized_by(min(n, 1))] dest: *mut c_void,
        #[input] #[nonnull] #[sized_by(min(n, 1))] src: *const c_void,
        c: c_int,
        n: size_t,
    ) -> *mut c_void;
}

// memcmp(3), bcmp(3), memmem(3). The page of bcmp and __memcmpeq asks for `n` bytes on both sides too.
unsafe extern "C" {
    fn memcmp(
        #[input] #[nonnull] #[sized_by(n)] s1: *const c_void,
        #[input] #[nonnull] #[sized_by(n)] s2: *const c_void,
        n: size_t,
    ) -> c_int;

    fn __memcmpeq(
        #[input] #[nonnull] #[sized_by(n)] s1: *const c_void,
        #[input] #[nonnull] #[sized_by(n)] s2: *const c_void,
        n: size_t,
    ) -> c_int;

    fn bcmp(
        #[input] #[nonnull] #[sized_by(n)] s1: *const c_void,
        #[input] #[nonnull] #[sized_by(n)] s2: *const c_void,
        n: size_t,
    ) -> c_int;

    #[returns(borrowed = haystack, nullable)]
    fn memmem(
        #[input] #[nonnull] #[sized_by(haystacklen)] haystack: *const c_void,
        haystacklen: size_t,
        #[input] #[nonnull] #[sized_by(needlelen)] needle: *const c_void,
        needlelen: size_t,
    ) -> *mut c_void;
}

// memchr(3). The result is not const although the argument is.
//  * memchr reads forward and stops at the match (C11 7.24.5.1): `n` may exceed the memory where a match is
//    sure. memrchr begins at the end, so all of it must be there. rawmemchr reads until it finds `c`.
unsafe extern "C" {
    #[returns(borrowed = s, nullable)]
    #[unsafe_beyond_pointers("n bytes are read, or up to and with the first c")]
    fn memchr(
        #[input] #[nonnull] #[sized_by(min(n, 1))] s: *const c_void,
        c: c_int,
        n: size_t,
    ) -> *mut c_void;

    #[returns(borrowed = s, nullable)]
    fn memrchr(#[input] #[nonnull] #[sized_by(n)] s: *const c_void, c: c_int, n: size_t) -> *mut c_void;

    #[returns(borrowed = s, nonnull)] #[unsafe_beyond_pointers("c must be there, and everything before it")]
    fn rawmemchr(#[input] #[nonnull] #[sized_by(at_least(1))] s: *const c_void, c: c_int) -> *mut c_void;
}

// strcpy(3), strncpy(3), strcat(3), stpncpy(3).
//  * strcpy and strcat write as much as `src` is long. `dest` of strcat is a C string before the call.
//  * strncpy and stpncpy pad with NULs to `n` bytes; the result need not end in one. `src` is read up to
//    its NUL or `n` bytes.
//  * strncat reads `src` like that, and writes up to n + 1 bytes behind the string in `dest`.
unsafe extern "C" {
    #[returns(borrowed = dest, null_terminated)]
    #[unsafe_beyond_pointers("dest gets all of src with its NUL, however long that is")]
    fn strcpy(
        #[out] #[nonnull] #[sized_by(at_least(1))] dest: *mut c_char,
        #[input] #[nonnull] #[null_terminated] src: *const c_char,
    ) -> *mut c_char;

    #[returns(borrowed = dest, null_terminated)]
    #[unsafe_beyond_pointers("dest gets all of src with its NUL, however long that is")]
    fn stpcpy(
        #[out] #[nonnull] #[sized_by(at_least(1))] dest: *mut c_char,
        #[input] #[nonnull] #[null_terminated] src: *const c_char,
    ) -> *mut c_char;

    #[returns(borrowed = dest, null_terminated)]
    #[unsafe_beyond_pointers("dest gets all of src with its NUL, however long that is")]
    fn __stpcpy(
        #[out] #[nonnull] #[sized_by(at_least(1))] dest: *mut c_char,
        #[input] #[nonnull] #[null_terminated] src: *const c_char,
    ) -> *mut c_char;

    #[returns(borrowed = dest, null_terminated)]
    #[unsafe_beyond_pointers("dest gets all of src with its NUL behind its own string")]
    fn strcat(
        #[inout] #[nonnull] #[null_terminated] dest: *mut c_char,
        #[input] #[nonnull] #[null_terminated] src: *const c_char,
    ) -> *mut c_char;

    #[returns(borrowed = dest)] #[unsafe_beyond_pointers("src is read up to its NUL, or n bytes")]
    fn strncpy(
        #[out] #[nonnull] #[sized_by(n)] #[filled_by(n)] dest: *mut c_char,
        #[input] #[nonnull] #[sized_by(min(n, 1))] src: *const c_char,
        n: size_t,
    ) -> *mut c_char;

    #[returns(borrowed = dest)] #[unsafe_beyond_pointers("src is read up to its NUL, or n bytes")]
    fn stpncpy(
        #[out] #[nonnull] #[sized_by(n)] #[filled_by(n)] dest: *mut c_char,
        #[input] #[nonnull] #[sized_by(min(n, 1))] src: *const c_char,
        n: size_t,
    ) -> *mut c_char;

    #[returns(borrowed = dest)] #[unsafe_beyond_pointers("src is read up to its NUL, or n bytes")]
    fn __stpncpy(
        #[out] #[nonnull] #[sized_by(n)] #[filled_by(n)] dest: *mut c_char,
        #[input] #[nonnull] #[sized_by(min(n, 1))] src: *const c_char,
        n: size_t,
    ) -> *mut c_char;

    #[returns(borrowed = dest, null_terminated)]
    #[unsafe_beyond_pointers("src is read up to its NUL, or n bytes, and dest gets that and a NUL behind its own string")]
    fn strncat(
        #[inout] #[nonnull] #[null_terminated] dest: *mut c_char,
        #[input] #[nonnull] #[sized_by(min(n, 1))] src: *const c_char,
        n: size_t,
    ) -> *mut c_char;
}

// strcmp(3), strcasecmp(3), strcoll(3), strverscmp(3). With `n`: up to the NUL or `n` bytes.
unsafe extern "C" {
    fn strcmp(
        #[input] #[nonnull] #[null_terminated] s1: *const c_char,
        #[input] #[nonnull] #[null_terminated] s2: *const c_char,
    ) -> c_int;

    fn strcasecmp(
        #[input] #[nonnull] #[null_terminated] s1: *const c_char,
        #[input] #[nonnull] #[null_terminated] s2: *const c_char,
    ) -> c_int;

    fn strcasecmp_l(
        #[input] #[nonnull] #[null_terminated] s1: *const c_char,
        #[input] #[nonnull] #[null_terminated] s2: *const c_char,
        #[opaque] locale: locale_t,
    ) -> c_int;

    fn strcoll(
        #[input] #[nonnull] #[null_terminated] s1: *const c_char,
        #[input] #[nonnull] #[null_terminated] s2: *const c_char,
    ) -> c_int;

    fn strcoll_l(
        #[input] #[nonnull] #[null_terminated] s1: *const c_char,
        #[input] #[nonnull] #[null_terminated] s2: *const c_char,
        #[opaque] locale: locale_t,
    ) -> c_int;

    fn strverscmp(
        #[input] #[nonnull] #[null_terminated] s1: *const c_char,
        #[input] #[nonnull] #[null_terminated] s2: *const c_char,
    ) -> c_int;

    #[unsafe_beyond_pointers("both are read up to a NUL or a difference, or n bytes")]
    fn strncmp(
        #[input] #[nonnull] #[sized_by(min(n, 1))] s1: *const c_char,
        #[input] #[nonnull] #[sized_by(min(n, 1))] s2: *const c_char,
        n: size_t,
    ) -> c_int;

    #[unsafe_beyond_pointers("both are read up to a NUL or a difference, or n bytes")]
    fn strncasecmp(
        #[input] #[nonnull] #[sized_by(min(n, 1))] s1: *const c_char,
        #[input] #[nonnull] #[sized_by(min(n, 1))] s2: *const c_char,
        n: size_t,
    ) -> c_int;

    #[unsafe_beyond_pointers("both are read up to a NUL or a difference, or n bytes")]
    fn strncasecmp_l(
        #[input] #[nonnull] #[sized_by(min(n, 1))] s1: *const c_char,
        #[input] #[nonnull] #[sized_by(min(n, 1))] s2: *const c_char,
        n: size_t,
        #[opaque] locale: locale_t,
    ) -> c_int;
}

// strxfrm(3). The result does not count the NUL; from `n` on, what `dest` holds is indeterminate: no
// `filled_by`. NULL is legal with n 0.
unsafe extern "C" {
    fn strxfrm(
        #[out] #[nonnull] #[sized_by(n)] dest: *mut c_char,
        #[input] #[nonnull] #[null_terminated] src: *const c_char,
        n: size_t,
    ) -> size_t;

    fn strxfrm_l(
        #[out] #[nonnull] #[sized_by(n)] dest: *mut c_char,
        #[input] #[nonnull] #[null_terminated] src: *const c_char,
        n: size_t,
        #[opaque] locale: locale_t,
    ) -> size_t;
}

// strlen(3), strnlen(3), strspn(3).
unsafe extern "C" {
    fn strlen(#[input] #[nonnull] #[null_terminated] s: *const c_char) -> size_t;

    #[unsafe_beyond_pointers("s is read up to its NUL, or maxlen bytes")]
    fn strnlen(#[input] #[nonnull] #[sized_by(min(maxlen, 1))] s: *const c_char, maxlen: size_t) -> size_t;

    fn strspn(
        #[input] #[nonnull] #[null_terminated] s: *const c_char,
        #[input] #[nonnull] #[null_terminated] accept: *const c_char,
    ) -> size_t;

    fn strcspn(
        #[input] #[nonnull] #[null_terminated] s: *const c_char,
        #[input] #[nonnull] #[null_terminated] reject: *const c_char,
    ) -> size_t;
}

// strdup(3). strndup reads up to the NUL or `n` bytes.
unsafe extern "C" {
    #[errno(null)] #[returns(owned, free = free, nullable, null_terminated)]
    fn strdup(#[input] #[nonnull] #[null_terminated] s: *const c_char) -> *mut c_char;

    #[errno(null)] #[returns(owned, free = free, nullable, null_terminated)]
    #[unsafe_beyond_pointers("s is read up to its NUL, or n bytes")]
    fn strndup(#[input] #[nonnull] #[sized_by(min(n, 1))] s: *const c_char, n: size_t) -> *mut c_char;
}

// strchr(3), index(3), strpbrk(3), strstr(3), basename(3). The result is not const although the argument is.
unsafe extern "C" {
    #[returns(borrowed = s, nullable, null_terminated)]
    fn strchr(#[input] #[nonnull] #[null_terminated] s: *const c_char, c: c_int) -> *mut c_char;

    #[returns(borrowed = s, nullable, null_terminated)]
    fn strrchr(#[input] #[nonnull] #[null_terminated] s: *const c_char, c: c_int) -> *mut c_char;

    #[returns(borrowed = s, nonnull, null_terminated)]
    fn strchrnul(#[input] #[nonnull] #[null_terminated] s: *const c_char, c: c_int) -> *mut c_char;

    #[returns(borrowed = s, nullable, null_terminated)]
    fn index(#[input] #[nonnull] #[null_terminated] s: *const c_char, c: c_int) -> *mut c_char;

    #[returns(borrowed = s, nullable, null_terminated)]
    fn rindex(#[input] #[nonnull] #[null_terminated] s: *const c_char, c: c_int) -> *mut c_char;

    #[returns(borrowed = s, nullable, null_terminated)]
    fn strpbrk(
        #[input] #[nonnull] #[null_terminated] s: *const c_char,
        #[input] #[nonnull] #[null_terminated] accept: *const c_char,
    ) -> *mut c_char;

    #[returns(borrowed = haystack, nullable, null_terminated)]
    fn strstr(
        #[input] #[nonnull] #[null_terminated] haystack: *const c_char,
        #[input] #[nonnull] #[null_terminated] needle: *const c_char,
    ) -> *mut c_char;

    #[returns(borrowed = haystack, nullable, null_terminated)]
    fn strcasestr(
        #[input] #[nonnull] #[null_terminated] haystack: *const c_char,
        #[input] #[nonnull] #[null_terminated] needle: *const c_char,
    ) -> *mut c_char;

    #[returns(borrowed = path, nonnull, null_terminated)]
    fn basename(#[input] #[nonnull] #[null_terminated] path: *const c_char) -> *mut c_char;
}

// strtok(3). NULs are written over delimiters.
//  * strtok keeps the string until it is given another one; a call with NULL goes on in the kept one, and its
//    result points there. That end is not a call by name, so it is kept forever.
//  * strtok_r: *saveptr is only written where `str` is given, whatever lies in it before. Where `str` is NULL
//    it is read too, and C follows it: that is `strtok_r_next`.
unsafe extern "C" {
    #[returns(borrowed = str, nullable, null_terminated)]
    #[unsafe_beyond_pointers("with a null str the string of an earlier call is read and written")]
    fn strtok(
        #[inout] #[nullable] #[null_terminated] #[retained(forever)] str: *mut c_char,
        #[input] #[nonnull] #[null_terminated] delim: *const c_char,
    ) -> *mut c_char;

    #[returns(borrowed = str, nullable, null_terminated)]
    #[unsafe_beyond_pointers("with a null str, saveptr holds the position that an earlier call left there")]
    fn strtok_r(
        #[inout] #[nullable] #[null_terminated] str: *mut c_char,
        #[input] #[nonnull] #[null_terminated] delim: *const c_char,
        #[out] #[nonnull] #[one] #[pointee(borrowed = str, nullable, null_terminated)]
        saveptr: *mut *mut c_char,
    ) -> *mut c_char;

    #[returns(borrowed = str, nullable, null_terminated)]
    #[unsafe_beyond_pointers("with a null str, saveptr holds the position that an earlier call left there")]
    fn __strtok_r(
        #[inout] #[nullable] #[null_terminated] str: *mut c_char,
        #[input] #[nonnull] #[null_terminated] delim: *const c_char,
        #[out] #[nonnull] #[one] #[pointee(borrowed = str, nullable, null_terminated)]
        saveptr: *mut *mut c_char,
    ) -> *mut c_char;

    #[form_of(strtok_r, str = NULL)] #[returns(borrowed = saveptr, nullable, null_terminated)]
    fn strtok_r_next(
        #[input] #[nonnull] #[null_terminated] delim: *const c_char,
        #[inout] #[nonnull] #[one] #[flow_through(inout)]
        #[pointee(advances, inout, nullable, null_terminated)]
        saveptr: *mut *mut c_char,
    ) -> *mut c_char;
}

// strsep(3). *stringp goes behind the token, to NULL at the end; a null *stringp gives NULL.
unsafe extern "C" {
    #[returns(borrowed = stringp, nullable, null_terminated)]
    fn strsep(
        #[inout] #[nonnull] #[one] #[flow_through(inout)]
        #[pointee(advances, inout, nullable, null_terminated)]
        stringp: *mut *mut c_char,
        #[input] #[nonnull] #[null_terminated] delim: *const c_char,
    ) -> *mut c_char;
}

// strerror(3), strsignal(3). GNU's strerror_r writes `buf` or returns a string of the library; a message that
// is too long is cut, with its NUL.
unsafe extern "C" {
    #[returns(until = [strerror, strerror_l], nonnull, null_terminated)]
    fn strerror(errnum: c_int) -> *mut c_char;

    #[returns(until = [strerror, strerror_l], nonnull, null_terminated)]
    fn strerror_l(errnum: c_int, #[opaque] locale: locale_t) -> *mut c_char;

    #[returns(borrowed = buf, static, nonnull, null_terminated)]
    fn strerror_r(
        errnum: c_int,
        #[out] #[nonnull] #[sized_by(buflen)] buf: *mut c_char,
        buflen: size_t,
    ) -> *mut c_char;

    #[returns(static, nullable, null_terminated)]
    fn strerrordesc_np(errnum: c_int) -> *const c_char;

    #[returns(static, nullable, null_terminated)]
    fn strerrorname_np(errnum: c_int) -> *const c_char;

    #[returns(until = [strsignal], nonnull, null_terminated)]
    fn strsignal(sig: c_int) -> *mut c_char;

    #[returns(static, nullable, null_terminated)]
    fn sigdescr_np(sig: c_int) -> *const c_char;

    #[returns(static, nullable, null_terminated)]
    fn sigabbrev_np(sig: c_int) -> *const c_char;
}

// strfry(3).
unsafe extern "C" {
    #[returns(borrowed = string, nonnull, null_terminated)]
    fn strfry(#[inout] #[nonnull] #[null_terminated] string: *mut c_char) -> *mut c_char;
}
