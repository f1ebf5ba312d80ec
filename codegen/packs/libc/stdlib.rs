//! Pointer contracts of `<stdlib.h>`.
// glibc, `_GNU_SOURCE`, Linux x86_64. Sources: Linux man-pages (6.03), section 3, the page named at each
// group; glibc's sources and manual where a comment says so.
//
// Conventions of this file:
//  * `#[sized_by(min(n, 1))]`: C reads up to `n` bytes but may stop earlier, so the memory may be shorter than
//    `n`. What is certain is one byte where `n` is not 0.
//  * `#[out] #[sized_by(at_least(1))]`: C writes an amount that no argument bounds; one byte at least.
//  * Left out: functions without pointers whose failure is not errno (abs, clearenv, exit, rand, ...), and
//    alloca, which is no function; strtof128, strtof128_l and strfromf128, which only GCC sees.

// atof(3), atoi(3), strtod(3), strtol(3). *endptr points into the string, to its NUL at the furthest. The
// types of the results with _FloatN are compared by nobody. strtoq and strtouq are old names. The _l
// functions: glibc's manual.
unsafe extern "C" {
    fn atof(#[input] #[nonnull] #[null_terminated] nptr: *const c_char) -> c_double;

    fn atoi(#[input] #[nonnull] #[null_terminated] nptr: *const c_char) -> c_int;

    fn atol(#[input] #[nonnull] #[null_terminated] nptr: *const c_char) -> c_long;

    fn atoll(#[input] #[nonnull] #[null_terminated] nptr: *const c_char) -> c_longlong;

    fn strtod(
        #[input] #[nonnull] #[null_terminated] nptr: *const c_char,
        #[out] #[nullable] #[one] #[pointee(borrowed = nptr, nonnull, null_terminated)]
        endptr: *mut *mut c_char,
    ) -> c_double;

    fn strtof(
        #[input] #[nonnull] #[null_terminated] nptr: *const c_char,
        #[out] #[nullable] #[one] #[pointee(borrowed = nptr, nonnull, null_terminated)]
        endptr: *mut *mut c_char,
    ) -> c_float;

    fn strtold(
        #[input] #[nonnull] #[null_terminated] nptr: *const c_char,
        #[out] #[nullable] #[one] #[pointee(borrowed = nptr, nonnull, null_terminated)]
        endptr: *mut *mut c_char,
    ) -> c_longdouble;

    fn strtof32(
        #[input] #[nonnull] #[null_terminated] nptr: *const c_char,
        #[out] #[nullable] #[one] #[pointee(borrowed = nptr, nonnull, null_terminated)]
        endptr: *mut *mut c_char,
    ) -> _Float32;

    fn strtof64(
        #[input] #[nonnull] #[null_terminated] nptr: *const c_char,
        #[out] #[nullable] #[one] #[pointee(borrowed = nptr, nonnull, null_terminated)]
        endptr: *mut *mut c_char,
    ) -> _Float64;

    fn strtof32x(
        #[input] #[nonnull] #[null_terminated] nptr: *const c_char,
        #[out] #[nullable] #[one] #[pointee(borrowed = nptr, nonnull, null_terminated)]
        endptr: *mut *mut c_char,
    ) -> _Float32x;

    fn strtof64x(
        #[input] #[nonnull] #[null_terminated] nptr: *const c_char,
        #[out] #[nullable] #[one] #[pointee(borrowed = nptr, nonnull, null_terminated)]
        endptr: *mut *mut c_char,
    ) -> _Float64x;

    fn strtol(
        #[input] #[nonnull] #[null_terminated] nptr: *const c_char,
        #[out] #[nullable] #[one] #[pointee(borrowed = nptr, nonnull, null_terminated)]
        endptr: *mut *mut c_char,
        base: c_int,
    ) -> c_long;

    fn strtoul(
        #[input] #[nonnull] #[null_terminated] nptr: *const c_char,
        #[out] #[nullable] #[one] #[pointee(borrowed = nptr, nonnull, null_terminated)]
        endptr: *mut *mut c_char,
        base: c_int,
    ) -> c_ulong;

    fn strtoq(
        #[input] #[nonnull] #[null_terminated] nptr: *const c_char,
        #[out] #[nullable] #[one] #[pointee(borrowed = nptr, nonnull, null_terminated)]
        endptr: *mut *mut c_char,
        base: c_int,
    ) -> c_longlong;

    fn strtouq(
        #[input] #[nonnull] #[null_terminated] nptr: *const c_char,
        #[out] #[nullable] #[one] #[pointee(borrowed = nptr, nonnull, null_terminated)]
        endptr: *mut *mut c_char,
        base: c_int,
    ) -> c_ulonglong;

    fn strtoll(
        #[input] #[nonnull] #[null_terminated] nptr: *const c_char,
        #[out] #[nullable] #[one] #[pointee(borrowed = nptr, nonnull, null_terminated)]
        endptr: *mut *mut c_char,
        base: c_int,
    ) -> c_longlong;

    fn strtoull(
        #[input] #[nonnull] #[null_terminated] nptr: *const c_char,
        #[out] #[nullable] #[one] #[pointee(borrowed = nptr, nonnull, null_terminated)]
        endptr: *mut *mut c_char,
        base: c_int,
    ) -> c_ulonglong;

    fn strtol_l(
        #[input] #[nonnull] #[null_terminated] nptr: *const c_char,
        #[out] #[nullable] #[one] #[pointee(borrowed = nptr, nonnull, null_terminated)]
        endptr: *mut *mut c_char,
        base: c_int,
        #[opaque] locale: locale_t,
    ) -> c_long;

    fn strtoul_l(
        #[input] #[nonnull] #[null_terminated] nptr: *const c_char,
        #[out] #[nullable] #[one] #[pointee(borrowed = nptr, nonnull, null_terminated)]
        endptr: *mut *mut c_char,
        base: c_int,
        #[opaque] locale: locale_t,
    ) -> c_ulong;

    fn strtoll_l(
        #[input] #[nonnull] #[null_terminated] nptr: *const c_char,
        #[out] #[nullable] #[one] #[pointee(borrowed = nptr, nonnull, null_terminated)]
        endptr: *mut *mut c_char,
        base: c_int,
        #[opaque] locale: locale_t,
    ) -> c_longlong;

    fn strtoull_l(
        #[input] #[nonnull] #[null_terminated] nptr: *const c_char,
        #[out] #[nullable] #[one] #[pointee(borrowed = nptr, nonnull, null_terminated)]
        endptr: *mut *mut c_char,
        base: c_int,
        #[opaque] locale: locale_t,
    ) -> c_ulonglong;

    fn strtod_l(
        #[input] #[nonnull] #[null_terminated] nptr: *const c_char,
        #[out] #[nullable] #[one] #[pointee(borrowed = nptr, nonnull, null_terminated)]
        endptr: *mut *mut c_char,
        #[opaque] locale: locale_t,
    ) -> c_double;

    fn strtof_l(
        #[input] #[nonnull] #[null_terminated] nptr: *const c_char,
        #[out] #[nullable] #[one] #[pointee(borrowed = nptr, nonnull, null_terminated)]
        endptr: *mut *mut c_char,
        #[opaque] locale: locale_t,
    ) -> c_float;

    fn strtold_l(
        #[input] #[nonnull] #[null_terminated] nptr: *const c_char,
        #[out] #[nullable] #[one] #[pointee(borrowed = nptr, nonnull, null_terminated)]
        endptr: *mut *mut c_char,
        #[opaque] locale: locale_t,
    ) -> c_longdouble;

    fn strtof32_l(
        #[input] #[nonnull] #[null_terminated] nptr: *const c_char,
        #[out] #[nullable] #[one] #[pointee(borrowed = nptr, nonnull, null_terminated)]
        endptr: *mut *mut c_char,
        #[opaque] locale: locale_t,
    ) -> _Float32;

    fn strtof64_l(
        #[input] #[nonnull] #[null_terminated] nptr: *const c_char,
        #[out] #[nullable] #[one] #[pointee(borrowed = nptr, nonnull, null_terminated)]
        endptr: *mut *mut c_char,
        #[opaque] locale: locale_t,
    ) -> _Float64;

    fn strtof32x_l(
        #[input] #[nonnull] #[null_terminated] nptr: *const c_char,
        #[out] #[nullable] #[one] #[pointee(borrowed = nptr, nonnull, null_terminated)]
        endptr: *mut *mut c_char,
        #[opaque] locale: locale_t,
    ) -> _Float32x;

    fn strtof64x_l(
        #[input] #[nonnull] #[null_terminated] nptr: *const c_char,
        #[out] #[nullable] #[one] #[pointee(borrowed = nptr, nonnull, null_terminated)]
        endptr: *mut *mut c_char,
        #[opaque] locale: locale_t,
    ) -> _Float64x;
}

// strfromd(3). The result does not count the NUL, and is what an endless buffer would have got. NULL is legal
// with n 0.
unsafe extern "C" {
    fn strfromd(
        #[out] #[nonnull] #[sized_by(n)] str: *mut c_char,
        n: size_t,
        #[input] #[nonnull] #[null_terminated] format: *const c_char,
        fp: c_double,
    ) -> c_int;

    fn strfromf(
        #[out] #[nonnull] #[sized_by(n)] str: *mut c_char,
        n: size_t,
        #[input] #[nonnull] #[null_terminated] format: *const c_char,
        fp: c_float,
    ) -> c_int;

    fn strfroml(
        #[out] #[nonnull] #[sized_by(n)] str: *mut c_char,
        n: size_t,
        #[input] #[nonnull] #[null_terminated] format: *const c_char,
        fp: c_longdouble,
    ) -> c_int;

    fn strfromf32(
        #[out] #[nonnull] #[sized_by(n)] str: *mut c_char,
        n: size_t,
        #[input] #[nonnull] #[null_terminated] format: *const c_char,
        fp: _Float32,
    ) -> c_int;

    fn strfromf64(
        #[out] #[nonnull] #[sized_by(n)] str: *mut c_char,
        n: size_t,
        #[input] #[nonnull] #[null_terminated] format: *const c_char,
        fp: _Float64,
    ) -> c_int;

    fn strfromf32x(
        #[out] #[nonnull] #[sized_by(n)] str: *mut c_char,
        n: size_t,
        #[input] #[nonnull] #[null_terminated] format: *const c_char,
        fp: _Float32x,
    ) -> c_int;

    fn strfromf64x(
        #[out] #[nonnull] #[sized_by(n)] str: *mut c_char,
        n: size_t,
        #[input] #[nonnull] #[null_terminated] format: *const c_char,
        fp: _Float64x,
    ) -> c_int;
}

// a64l(3).
unsafe extern "C" {
    fn a64l(#[input] #[nonnull] #[null_terminated] str64: *const c_char) -> c_long;

    #[returns(until = [l64a], null_terminated)]
    fn l64a(value: c_long) -> *mut c_char;
}

// random(3). The state array is used until another one takes its place; the result is the earlier array, the
// library's own or the caller's. setstate's array was made by initstate, which asks for 8 bytes at least.
unsafe extern "C" {
    #[errno(null)] #[returns(nullable)]
    fn initstate(
        seed: c_uint,
        #[inout] #[nonnull] #[sized_by(n)] #[retained(until = [initstate(on(success)), setstate(on(success))], on(success))]
        #[noescape(on(failure))]
        state: *mut c_char,
        n: size_t,
    ) -> *mut c_char;

    #[errno(null)] #[returns(nullable)]
    fn setstate(
        #[inout] #[nonnull] #[sized_by(at_least(8))] #[retained(until = [initstate(on(success)), setstate(on(success))], on(success))]
        #[noescape(on(failure))]
        state: *mut c_char,
    ) -> *mut c_char;
}

// random_r(3). `buf` holds pointers into the state array, which every call follows; initstate_r follows them
// too where there is an earlier one.
unsafe extern "C" {
    #[errno(void)]
    fn random_r(
        #[inout] #[nonnull] #[one] #[flow_through(inout)] buf: *mut random_data,
        #[out] #[nonnull] #[one] #[filled_by(1)] result: *mut i32,
    ) -> c_int;

    #[errno(void)]
    fn srandom_r(
        seed: c_uint,
        #[inout] #[nonnull] #[one] #[flow_through(inout)] buf: *mut random_data,
    ) -> c_int;

    #[errno(void)]
    fn initstate_r(
        seed: c_uint,
        #[inout] #[nonnull] #[sized_by(statelen)]
        #[retained(by = buf, until = [initstate_r(on(success)), setstate_r(on(success))], on(success))] #[noescape(on(failure))]
        statebuf: *mut c_char,
        statelen: size_t,
        #[inout] #[nonnull] #[one] #[flow_through(inout)] buf: *mut random_data,
    ) -> c_int;

    #[errno(void)]
    fn setstate_r(
        #[inout] #[nonnull] #[sized_by(at_least(8))]
        #[retained(by = buf, until = [initstate_r(on(success)), setstate_r(on(success))], on(success))] #[noescape(on(failure))]
        statebuf: *mut c_char,
        #[inout] #[nonnull] #[one] #[flow_through(inout)] buf: *mut random_data,
    ) -> c_int;
}

// rand(3), drand48(3), drand48_r(3), arc4random(3). seed48 returns a copy of the earlier seed, in a buffer of
// the library.
unsafe extern "C" {
    fn rand_r(#[inout] #[nonnull] #[one] seedp: *mut c_uint) -> c_int;

    fn erand48(#[inout] #[nonnull] #[counted_by(3)] xsubi: *mut c_ushort) -> c_double;

    fn nrand48(#[inout] #[nonnull] #[counted_by(3)] xsubi: *mut c_ushort) -> c_long;

    fn jrand48(#[inout] #[nonnull] #[counted_by(3)] xsubi: *mut c_ushort) -> c_long;

    #[returns(until = [seed48], nonnull, counted_by(3))]
    fn seed48(#[input] #[nonnull] #[counted_by(3)] seed16v: *mut c_ushort) -> *mut c_ushort;

    fn lcong48(#[input] #[nonnull] #[counted_by(7)] param: *mut c_ushort);

    fn drand48_r(
        #[inout] #[nonnull] #[one] buffer: *mut drand48_data,
        #[out] #[nonnull] #[one] result: *mut c_double,
    ) -> c_int;

    fn erand48_r(
        #[inout] #[nonnull] #[counted_by(3)] xsubi: *mut c_ushort,
        #[inout] #[nonnull] #[one] buffer: *mut drand48_data,
        #[out] #[nonnull] #[one] result: *mut c_double,
    ) -> c_int;

    fn lrand48_r(
        #[inout] #[nonnull] #[one] buffer: *mut drand48_data,
        #[out] #[nonnull] #[one] result: *mut c_long,
    ) -> c_int;

    fn nrand48_r(
        #[inout] #[nonnull] #[counted_by(3)] xsubi: *mut c_ushort,
        #[inout] #[nonnull] #[one] buffer: *mut drand48_data,
        #[out] #[nonnull] #[one] result: *mut c_long,
    ) -> c_int;

    fn mrand48_r(
        #[inout] #[nonnull] #[one] buffer: *mut drand48_data,
        #[out] #[nonnull] #[one] result: *mut c_long,
    ) -> c_int;

    fn jrand48_r(
        #[inout] #[nonnull] #[counted_by(3)] xsubi: *mut c_ushort,
        #[inout] #[nonnull] #[one] buffer: *mut drand48_data,
        #[out] #[nonnull] #[one] result: *mut c_long,
    ) -> c_int;

    fn srand48_r(seedval: c_long, #[out] #[nonnull] #[one] buffer: *mut drand48_data) -> c_int;

    fn seed48_r(
        #[input] #[nonnull] #[counted_by(3)] seed16v: *mut c_ushort,
        #[inout] #[nonnull] #[one] buffer: *mut drand48_data,
    ) -> c_int;

    fn lcong48_r(
        #[input] #[nonnull] #[counted_by(7)] param: *mut c_ushort,
        #[inout] #[nonnull] #[one] buffer: *mut drand48_data,
    ) -> c_int;

    fn arc4random_buf(#[out] #[nonnull] #[sized_by(n)] #[filled_by(n)] buf: *mut c_void, n: size_t);
}

// malloc(3), posix_memalign(3).
//  * `ptr` is NULL or a block of these functions (a block of size 0 has a byte too, in glibc), and nobody else
//    may release one. It stays the caller's where realloc fails. realloc(ptr, 0) frees and gives NULL, which is
//    no failure: no `errno`.
//  * posix_memalign returns an error number and leaves *memptr as it was.
unsafe extern "C" {
    #[errno(null)] #[returns(owned, free = free, nullable, sized_by(size))]
    fn malloc(size: size_t) -> *mut c_void;

    #[errno(null)] #[returns(owned, free = free, nullable, sized_by(nmemb * size))]
    fn calloc(nmemb: size_t, size: size_t) -> *mut c_void;

    #[success(result != 0)] #[returns(owned, free = free, nullable, sized_by(size))]
    fn realloc(
        #[inout] #[nullable] #[sized_by(1)] #[transfer(free = free, when(size == 0))] #[noescape(on(failure))]
        #[transfer(free = free)]
        ptr: *mut c_void,
        size: size_t,
    ) -> *mut c_void;

    #[success(result != 0)] #[returns(owned, free = free, nullable, sized_by(nmemb * size))]
    fn reallocarray(
        #[inout] #[nullable] #[sized_by(1)] #[transfer(free = free, when(nmemb == 0))]
        #[transfer(free = free, when(size == 0))] #[noescape(on(failure))] #[transfer(free = free)]
        ptr: *mut c_void,
        nmemb: size_t,
        size: size_t,
    ) -> *mut c_void;

    fn free(#[inout] #[nullable] #[sized_by(1)] #[transfer(free = free)] ptr: *mut c_void);

    #[errno(null)] #[returns(owned, free = free, nullable, sized_by(size))]
    fn valloc(size: size_t) -> *mut c_void;

    #[errno(null)] #[returns(owned, free = free, nullable, sized_by(size))]
    fn aligned_alloc(alignment: size_t, size: size_t) -> *mut c_void;

    #[success(result == 0)]
    fn posix_memalign(
        #[out] #[nonnull] #[one] #[pointee(owned, free = free, sized_by(size))] memptr: *mut *mut c_void,
        alignment: size_t,
        size: size_t,
    ) -> c_int;
}

// atexit(3), on_exit(3); at_quick_exit: glibc's manual. Nothing takes them back.
unsafe extern "C" {
    #[success(result == 0)]
    fn atexit(#[callback(scope = forever)] function: Option<unsafe extern "C" fn()>) -> c_int;

    #[success(result == 0)]
    fn at_quick_exit(#[callback(scope = forever)] function: Option<unsafe extern "C" fn()>) -> c_int;

    #[success(result == 0)]
    fn on_exit(
        #[callback(userdata = arg, scope = forever)]
        function: Option<unsafe extern "C" fn(status: c_int, arg: *mut c_void)>,
        #[nullable] #[opaque] arg: *mut c_void,
    ) -> c_int;
}

// getenv(3), putenv(3), setenv(3).
//  * putenv keeps the string itself until the variable gets another value or is removed, which is not a call by
//    name: for ever. setenv copies.
//  * The page says that getenv too may change its result; glibc's does not.
unsafe extern "C" {
    #[returns(until = [putenv, setenv, unsetenv, clearenv], nullable, null_terminated)]
    fn getenv(#[input] #[nonnull] #[null_terminated] name: *const c_char) -> *mut c_char;

    #[returns(until = [putenv, setenv, unsetenv, clearenv], nullable, null_terminated)]
    fn secure_getenv(#[input] #[nonnull] #[null_terminated] name: *const c_char) -> *mut c_char;

    #[success(result == 0)] #[unsafe_beyond_pointers("no other thread may use the environment meanwhile")]
    fn putenv(#[input] #[nonnull] #[null_terminated] #[retained(forever)] string: *mut c_char) -> c_int;

    #[errno(void)] #[unsafe_beyond_pointers("no other thread may use the environment meanwhile")]
    fn setenv(
        #[input] #[nonnull] #[null_terminated] name: *const c_char,
        #[input] #[nonnull] #[null_terminated] value: *const c_char,
        overwrite: c_int,
    ) -> c_int;

    #[errno(void)] #[unsafe_beyond_pointers("no other thread may use the environment meanwhile")]
    fn unsetenv(#[input] #[nonnull] #[null_terminated] name: *const c_char) -> c_int;
}

// mkstemp(3), mktemp(3), mkdtemp(3). The template ends in XXXXXX (before the suffix), which is overwritten.
unsafe extern "C" {
    #[returns(borrowed = template, nonnull, null_terminated)]
    fn mktemp(#[inout] #[nonnull] #[null_terminated] template: *mut c_char) -> *mut c_char;

    #[errno(null)] #[returns(borrowed = template, nullable, null_terminated)]
    fn mkdtemp(#[inout] #[nonnull] #[null_terminated] template: *mut c_char) -> *mut c_char;

    #[errno]
    fn mkstemp(#[inout] #[nonnull] #[null_terminated] template: *mut c_char) -> c_int;

    #[errno]
    fn mkstemp64(#[inout] #[nonnull] #[null_terminated] template: *mut c_char) -> c_int;

    #[errno]
    fn mkstemps(#[inout] #[nonnull] #[null_terminated] template: *mut c_char, suffixlen: c_int) -> c_int;

    #[errno]
    fn mkstemps64(#[inout] #[nonnull] #[null_terminated] template: *mut c_char, suffixlen: c_int) -> c_int;

    #[errno]
    fn mkostemp(#[inout] #[nonnull] #[null_terminated] template: *mut c_char, flags: c_int) -> c_int;

    #[errno]
    fn mkostemp64(#[inout] #[nonnull] #[null_terminated] template: *mut c_char, flags: c_int) -> c_int;

    #[errno]
    fn mkostemps(
        #[inout] #[nonnull] #[null_terminated] template: *mut c_char,
        suffixlen: c_int,
        flags: c_int,
    ) -> c_int;

    #[errno]
    fn mkostemps64(
        #[inout] #[nonnull] #[null_terminated] template: *mut c_char,
        suffixlen: c_int,
        flags: c_int,
    ) -> c_int;
}

// system(3). NULL asks whether there is a shell.
unsafe extern "C" {
    #[errno]
    fn system(#[input] #[nullable] #[null_terminated] command: *const c_char) -> c_int;
}

// realpath(3), canonicalize_file_name(3). PATH_MAX is 4096; with a null resolved_path the result is malloc's.
unsafe extern "C" {
    #[errno(null)] #[returns(borrowed = resolved_path, owned, free = free, nullable, null_terminated)]
    fn realpath(
        #[input] #[nonnull] #[null_terminated] path: *const c_char,
        #[out] #[nullable] #[sized_by(4096)] resolved_path: *mut c_char,
    ) -> *mut c_char;

    #[errno(null)] #[returns(owned, free = free, nullable, null_terminated)]
    fn canonicalize_file_name(#[input] #[nonnull] #[null_terminated] path: *const c_char) -> *mut c_char;
}

// bsearch(3), qsort(3). `key` and `arg` are only handed to the function. It gets pointers into the array,
// or into a copy. glibc's sort leaves the array where the comparison contradicts itself; 0 at a panic ends its loops.
unsafe extern "C" {
    #[returns(borrowed = base, nullable, sized_by(size))]
    fn bsearch(
        #[opaque] key: *const c_void,
        #[input] #[nonnull] #[sized_by(nmemb * size)] base: *const c_void,
        nmemb: size_t,
        size: size_t,
        #[nonnull] #[callback(scope = call, on_panic = 0)]
        compar: Option<unsafe extern "C" fn(key: *const c_void, #[sized_by(size)] element: *const c_void) -> c_int>,
    ) -> *mut c_void;

    #[unsafe_beyond_pointers("the comparison is a total order")]
    fn qsort(
        #[inout] #[nonnull] #[sized_by(nmemb * size)] base: *mut c_void,
        nmemb: size_t,
        size: size_t,
        #[nonnull] #[callback(scope = call, on_panic = 0)]
        compar: Option<unsafe extern "C" fn(#[sized_by(size)] left: *const c_void, #[sized_by(size)] right: *const c_void) -> c_int>,
    );

    #[unsafe_beyond_pointers("the comparison is a total order")]
    fn qsort_r(
        #[inout] #[nonnull] #[sized_by(nmemb * size)] base: *mut c_void,
        nmemb: size_t,
        size: size_t,
        #[nonnull] #[callback(userdata = arg, scope = call, on_panic = 0)]
        compar: Option<unsafe extern "C" fn(
            #[sized_by(size)] left: *const c_void, #[sized_by(size)] right: *const c_void, arg: *mut c_void,
        ) -> c_int>,
        #[nullable] #[opaque] arg: *mut c_void,
    );
}

// ecvt(3), gcvt(3), qecvt(3), ecvt_r(3). gcvt and qgcvt write about ndigit characters more than the number
// needs; no argument bounds it.
unsafe extern "C" {
    #[returns(until = [ecvt, fcvt], null_terminated)]
    fn ecvt(
        number: c_double,
        ndigits: c_int,
        #[out] #[nonnull] #[one] decpt: *mut c_int,
        #[out] #[nonnull] #[one] sign: *mut c_int,
    ) -> *mut c_char;

    #[returns(until = [ecvt, fcvt], null_terminated)]
    fn fcvt(
        number: c_double,
        ndigits: c_int,
        #[out] #[nonnull] #[one] decpt: *mut c_int,
        #[out] #[nonnull] #[one] sign: *mut c_int,
    ) -> *mut c_char;

    #[returns(until = [qecvt, qfcvt], null_terminated)]
    fn qecvt(
        number: c_longdouble,
        ndigits: c_int,
        #[out] #[nonnull] #[one] decpt: *mut c_int,
        #[out] #[nonnull] #[one] sign: *mut c_int,
    ) -> *mut c_char;

    #[returns(until = [qecvt, qfcvt], null_terminated)]
    fn qfcvt(
        number: c_longdouble,
        ndigits: c_int,
        #[out] #[nonnull] #[one] decpt: *mut c_int,
        #[out] #[nonnull] #[one] sign: *mut c_int,
    ) -> *mut c_char;

    #[returns(borrowed = buf, nonnull, null_terminated)]
    #[unsafe_beyond_pointers("buf gets as many characters as number and ndigit ask for")]
    fn gcvt(
        number: c_double,
        ndigit: c_int,
        #[out] #[nonnull] #[sized_by(at_least(1))] buf: *mut c_char,
    ) -> *mut c_char;

    #[returns(borrowed = buf, nonnull, null_terminated)]
    #[unsafe_beyond_pointers("buf gets as many characters as number and ndigit ask for")]
    fn qgcvt(
        number: c_longdouble,
        ndigit: c_int,
        #[out] #[nonnull] #[sized_by(at_least(1))] buf: *mut c_char,
    ) -> *mut c_char;

    #[success(result == 0)]
    fn ecvt_r(
        number: c_double,
        ndigits: c_int,
        #[out] #[nonnull] #[one] decpt: *mut c_int,
        #[out] #[nonnull] #[one] sign: *mut c_int,
        #[out] #[nonnull] #[sized_by(len)] buf: *mut c_char,
        len: size_t,
    ) -> c_int;

    #[success(result == 0)]
    fn fcvt_r(
        number: c_double,
        ndigits: c_int,
        #[out] #[nonnull] #[one] decpt: *mut c_int,
        #[out] #[nonnull] #[one] sign: *mut c_int,
        #[out] #[nonnull] #[sized_by(len)] buf: *mut c_char,
        len: size_t,
    ) -> c_int;

    #[success(result == 0)]
    fn qecvt_r(
        number: c_longdouble,
        ndigits: c_int,
        #[out] #[nonnull] #[one] decpt: *mut c_int,
        #[out] #[nonnull] #[one] sign: *mut c_int,
        #[out] #[nonnull] #[sized_by(len)] buf: *mut c_char,
        len: size_t,
    ) -> c_int;

    #[success(result == 0)]
    fn qfcvt_r(
        number: c_longdouble,
        ndigits: c_int,
        #[out] #[nonnull] #[one] decpt: *mut c_int,
        #[out] #[nonnull] #[one] sign: *mut c_int,
        #[out] #[nonnull] #[sized_by(len)] buf: *mut c_char,
        len: size_t,
    ) -> c_int;
}

// mblen(3), mbtowc(3), wctomb(3), mbstowcs(3), wcstombs(3).
//  * A null `s` of mblen, mbtowc and wctomb resets the shift state.
//  * mblen and mbtowc stop behind the first character. wctomb writes up to MB_CUR_MAX bytes.
//  * A null `dest` of mbstowcs and wcstombs asks for the length, and `n` says nothing then. Otherwise `src` is
//    read until `n` elements are written, or up to its NUL. An invalid character gives (size_t) -1: no
//    `filled_by`.
unsafe extern "C" {
    fn mblen(#[input] #[nullable] #[sized_by(min(n, 1))] s: *const c_char, n: size_t) -> c_int;

    fn mbtowc(
        #[out] #[nullable] #[one] pwc: *mut wchar_t,
        #[input] #[nullable] #[sized_by(min(n, 1))] s: *const c_char,
        n: size_t,
    ) -> c_int;

    #[unsafe_beyond_pointers("s gets up to MB_CUR_MAX bytes, which the locale decides")]
    fn wctomb(#[out] #[nullable] #[sized_by(at_least(1))] s: *mut c_char, wc: wchar_t) -> c_int;

    #[unsafe_beyond_pointers("src is read up to its NUL, or until dest is full")]
    fn mbstowcs(
        #[out] #[nullable] #[counted_by(n)] dest: *mut wchar_t,
        #[input] #[nonnull] #[sized_by(min(n, 1))] src: *const c_char,
        n: size_t,
    ) -> size_t;

    #[unsafe_beyond_pointers("src is read up to its NUL, or until dest is full")]
    fn wcstombs(
        #[out] #[nullable] #[sized_by(n)] dest: *mut c_char,
        #[input] #[nonnull] #[counted_by(min(n, 1))] src: *const wchar_t,
        n: size_t,
    ) -> size_t;

    #[form_of(mbstowcs, dest = NULL)]
    fn mbstowcs_length(#[input] #[nonnull] #[null_terminated] src: *const c_char, n: size_t) -> size_t;

    #[form_of(wcstombs, dest = NULL)]
    fn wcstombs_length(#[input] #[nonnull] #[null_terminated] src: *const wchar_t, n: size_t) -> size_t;
}

// rpmatch(3), getsubopt(3).
//  * getsubopt overwrites the comma behind the first option with a NUL and moves *optionp on. *valuep points
//    into the same string, or is NULL.
unsafe extern "C" {
    fn rpmatch(#[input] #[nonnull] #[null_terminated] response: *const c_char) -> c_int;

    fn getsubopt(
        #[inout] #[nonnull] #[one] #[flow_through(inout)]
        #[pointee(advances, inout, nonnull, null_terminated)]
        optionp: *mut *mut c_char,
        #[input] #[nonnull] #[flow_through] #[null_terminated] tokens: *const *mut c_char,
        #[out] #[nonnull] #[one] #[pointee(borrowed = optionp, nullable, null_terminated)]
        valuep: *mut *mut c_char,
    ) -> c_int;
}

// posix_openpt(3), grantpt(3), unlockpt(3), getpt(3), ptsname(3). ptsname_r returns an error number.
unsafe extern "C" {
    #[errno]
    fn posix_openpt(flags: c_int) -> c_int;

    #[errno(void)]
    fn grantpt(fd: c_int) -> c_int;

    #[errno(void)]
    fn unlockpt(fd: c_int) -> c_int;

    #[errno]
    fn getpt() -> c_int;

    #[errno(null)] #[returns(until = [ptsname], nullable, null_terminated)]
    fn ptsname(fd: c_int) -> *mut c_char;

    #[success(result == 0)]
    fn ptsname_r(fd: c_int, #[out] #[nonnull] #[sized_by(buflen)] buf: *mut c_char, buflen: size_t) -> c_int;
}

// getloadavg(3). The result counts the samples; -1 for a failure, without errno.
unsafe extern "C" {
    #[success(result >= 0)]
    fn getloadavg(
        #[out] #[nonnull] #[counted_by(nelem)] #[filled_by(return)] loadavg: *mut c_double,
        nelem: c_int,
    ) -> c_int;
}
