//! Pointer contracts of `<stdio.h>`.
// glibc, `_GNU_SOURCE`, Linux x86_64. Sources: Linux man-pages (6.03), section 3, the page named at each
// group (section 2 for rename); glibc's sources where a comment says "glibc".
//
// Conventions of this file:
//  * A FILE is C's own: `#[opaque]`.
//  * An `#[out]` buffer with an extent but without `#[filled_by]`: C writes at most the extent.
//  * `#[sized_by(min(n, 1))]`: at least one byte where n is not 0; how many more is not an expression.
//  * Where C writes an amount that no argument bounds, the extent is one byte, the least that is written,
//    and the function says why its length cannot be checked.
//  * EOF without errno by the page: no `#[errno]`.
//  * Left out: functions without pointers whose failure is not errno (getchar, putchar, fcloseall, ...), and
//    __uflow and __overflow, which serve old macros only.

// remove(3), rename(2).
unsafe extern "C" {
    #[errno(void)]
    fn remove(#[input] #[nonnull] #[null_terminated] pathname: *const c_char) -> c_int;

    #[errno(void)]
    fn rename(
        #[input] #[nonnull] #[null_terminated] oldpath: *const c_char,
        #[input] #[nonnull] #[null_terminated] newpath: *const c_char,
    ) -> c_int;

    #[errno(void)]
    fn renameat(
        olddirfd: c_int,
        #[input] #[nonnull] #[null_terminated] oldpath: *const c_char,
        newdirfd: c_int,
        #[input] #[nonnull] #[null_terminated] newpath: *const c_char,
    ) -> c_int;

    #[errno(void)]
    fn renameat2(
        olddirfd: c_int,
        #[input] #[nonnull] #[null_terminated] oldpath: *const c_char,
        newdirfd: c_int,
        #[input] #[nonnull] #[null_terminated] newpath: *const c_char,
        flags: c_uint,
    ) -> c_int;
}

// fopen(3), fclose(3), tmpfile(3), fdopen (fopen(3)).
//  * A failed fclose has closed the stream all the same. stdin, stdout and stderr may be closed too.
//  * freopen returns its own stream. A failed one has closed it. A null pathname changes the mode only.
unsafe extern "C" {
    #[errno(null)] #[returns(owned, free = fclose, opaque, nullable)]
    fn fopen(
        #[input] #[nonnull] #[null_terminated] pathname: *const c_char,
        #[input] #[nonnull] #[null_terminated] mode: *const c_char,
    ) -> *mut FILE;

    #[errno(null)] #[returns(owned, free = fclose, opaque, nullable)]
    fn fopen64(
        #[input] #[nonnull] #[null_terminated] pathname: *const c_char,
        #[input] #[nonnull] #[null_terminated] mode: *const c_char,
    ) -> *mut FILE;

    #[errno(null)] #[returns(owned, free = fclose, opaque, nullable)]
    fn fdopen(fd: c_int, #[input] #[nonnull] #[null_terminated] mode: *const c_char) -> *mut FILE;

    #[errno(null)] #[returns(borrowed = stream, opaque, nullable)]
    #[unsafe_beyond_pointers("the stream is closed where it fails")]
    fn freopen(
        #[input] #[nullable] #[null_terminated] pathname: *const c_char,
        #[input] #[nonnull] #[null_terminated] mode: *const c_char,
        #[opaque] stream: *mut FILE,
    ) -> *mut FILE;

    #[errno(null)] #[returns(borrowed = stream, opaque, nullable)]
    #[unsafe_beyond_pointers("the stream is closed where it fails")]
    fn freopen64(
        #[input] #[nullable] #[null_terminated] pathname: *const c_char,
        #[input] #[nonnull] #[null_terminated] mode: *const c_char,
        #[opaque] stream: *mut FILE,
    ) -> *mut FILE;

    #[errno(null)] #[returns(owned, free = fclose, opaque, nullable)]
    fn tmpfile() -> *mut FILE;

    #[errno(null)] #[returns(owned, free = fclose, opaque, nullable)]
    fn tmpfile64() -> *mut FILE;

    #[errno(void)] #[unsafe_beyond_pointers("the stream is gone after the call, whatever it returns")]
    fn fclose(#[opaque] stream: *mut FILE) -> c_int;
}

// popen(3). The result of pclose is the status of wait4.
unsafe extern "C" {
    #[errno(null)] #[returns(owned, free = pclose, opaque, nullable)]
    fn popen(
        #[input] #[nonnull] #[null_terminated] command: *const c_char,
        #[input] #[nonnull] #[null_terminated] r#type: *const c_char,
    ) -> *mut FILE;

    #[errno] #[unsafe_beyond_pointers("the stream is gone after the call, whatever it returns")]
    fn pclose(#[opaque] stream: *mut FILE) -> c_int;
}

// fflush(3), unlocked_stdio(3). NULL: all streams.
unsafe extern "C" {
    #[errno(void)]
    fn fflush(#[nullable] #[opaque] stream: *mut FILE) -> c_int;

    #[errno(void)]
    fn fflush_unlocked(#[nullable] #[opaque] stream: *mut FILE) -> c_int;
}

// setbuf(3). The stream reads and writes the buffer until it is closed, or until it gets another one. Only
// the close is an end that is certain: setvbuf(NULL) with _IOFBF or _IOLBF, and setlinebuf, keep the old one in
// glibc; setbuf and setbuffer do where the flush before the change fails, and do not say so; and freopen
// fails without a close for some streams. fclose and pclose let go of it whatever they return. No buffer is
// used with _IONBF: it is kept all the same. BUFSIZ is 8192.
unsafe extern "C" {
    #[success(result == 0)]
    fn setvbuf(
        #[opaque] stream: *mut FILE,
        #[inout] #[nullable] #[sized_by(size)] #[noescape(on(failure))]
        #[retained(by = stream, until = [fclose, pclose])]
        buf: *mut c_char,
        mode: c_int,
        size: size_t,
    ) -> c_int;

    fn setbuf(
        #[opaque] stream: *mut FILE,
        #[inout] #[nullable] #[sized_by(8192)]
        #[retained(by = stream, until = [fclose, pclose])]
        buf: *mut c_char,
    );

    fn setbuffer(
        #[opaque] stream: *mut FILE,
        #[inout] #[nullable] #[sized_by(size)]
        #[retained(by = stream, until = [fclose, pclose])]
        buf: *mut c_char,
        size: size_t,
    );

    fn setlinebuf(#[opaque] stream: *mut FILE);
}

// fmemopen(3), open_memstream(3), fopencookie(3). What is retained is held by the stream that is returned. freopen
// is no end: a stream of open_memstream goes on where it fails.
//  * fmemopen: a null buf makes C allocate. Mode "r" only reads the buffer.
//  * open_memstream: both variables are written at each flush and by fclose, not by the call itself (glibc);
//    *ptr is to be freed after fclose. It moves with every flush.
//  * fopencookie: the cookie is only handed to the functions, up to fclose.
unsafe extern "C" {
    #[errno(null)] #[returns(owned, free = fclose, opaque, nullable)]
    fn fmemopen(
        #[inout] #[nullable] #[sized_by(size)] #[retained(by = result, until = [fclose], on(success))]
        #[noescape(on(failure))]
        buf: *mut c_void,
        size: size_t,
        #[input] #[nonnull] #[null_terminated] mode: *const c_char,
    ) -> *mut FILE;

    #[errno(null)] #[returns(owned, free = fclose, opaque, nullable)]
    fn open_memstream(
        #[out] #[nonnull] #[one] #[retained(by = result, until = [fclose], on(success))]
        #[noescape(on(failure))] #[pointee(owned, free = free, sized_by(*sizeloc))]
        ptr: *mut *mut c_char,
        #[out] #[nonnull] #[one] #[retained(by = result, until = [fclose], on(success))]
        #[noescape(on(failure))]
        sizeloc: *mut size_t,
    ) -> *mut FILE;

    #[errno(null)] #[returns(owned, free = fclose, opaque, nullable)]
    #[unsafe_beyond_pointers("the functions of io_funcs get cookie until fclose")]
    fn fopencookie(
        #[nullable] #[opaque] cookie: *mut c_void,
        #[input] #[nonnull] #[null_terminated] mode: *const c_char,
        io_funcs: cookie_io_functions_t,
    ) -> *mut FILE;
}

// tmpnam(3), tempnam(3), ctermid(3), cuserid (getlogin(3)). L_tmpnam is 20, L_ctermid and L_cuserid are 9. In
// tmpnam_r NULL is an error, not undefined.
unsafe extern "C" {
    #[returns(borrowed = s, until = [tmpnam], nullable, null_terminated)]
    fn tmpnam(#[out] #[nullable] #[sized_by(20)] s: *mut c_char) -> *mut c_char;

    #[returns(borrowed = s, nullable, null_terminated)]
    fn tmpnam_r(#[out] #[nullable] #[sized_by(20)] s: *mut c_char) -> *mut c_char;

    #[errno(null)] #[returns(owned, free = free, nullable, null_terminated)]
    fn tempnam(
        #[input] #[nullable] #[null_terminated] dir: *const c_char,
        #[input] #[nullable] #[null_terminated] pfx: *const c_char,
    ) -> *mut c_char;

    #[returns(borrowed = s, until = [ctermid], null_terminated)]
    fn ctermid(#[out] #[nullable] #[sized_by(9)] s: *mut c_char) -> *mut c_char;

    #[returns(borrowed = string, until = [cuserid, getlogin], null_terminated)]
    fn cuserid(#[out] #[nullable] #[sized_by(9)] string: *mut c_char) -> *mut c_char;
}

// printf(3), asprintf(3). A negative result is a failure.
//  * snprintf: NULL is legal with size 0. The result does not count the NUL, and is what an endless buffer
//    would have got.
//  * sprintf: at least the NUL is written; how much more depends on the format.
//  * asprintf: after a failure *strp is undefined.
unsafe extern "C" {
    #[unsafe_beyond_pointers("the format decides what the variadic arguments are")] #[success(result >= 0)]
    fn printf(#[input] #[nonnull] #[null_terminated] format: *const c_char, ...) -> c_int;

    #[unsafe_beyond_pointers("the format decides what the variadic arguments are")] #[success(result >= 0)]
    fn fprintf(
        #[opaque] stream: *mut FILE,
        #[input] #[nonnull] #[null_terminated] format: *const c_char,
        ...
    ) -> c_int;

    #[unsafe_beyond_pointers("the format decides what the variadic arguments are")] #[success(result >= 0)]
    fn dprintf(fd: c_int, #[input] #[nonnull] #[null_terminated] format: *const c_char, ...) -> c_int;

    #[unsafe_beyond_pointers("the format decides how much is written, and what the variadic arguments are")]
    #[success(result >= 0)]
    fn sprintf(
        #[out] #[nonnull] #[sized_by(at_least(1))] str: *mut c_char,
        #[input] #[nonnull] #[null_terminated] format: *const c_char,
        ...
    ) -> c_int;

    #[unsafe_beyond_pointers("the format decides what the variadic arguments are")] #[success(result >= 0)]
    fn snprintf(
        #[out] #[nonnull] #[sized_by(size)] str: *mut c_char,
        size: size_t,
        #[input] #[nonnull] #[null_terminated] format: *const c_char,
        ...
    ) -> c_int;

    #[unsafe_beyond_pointers("the format decides what ap holds")] #[success(result >= 0)]
    fn vprintf(#[input] #[nonnull] #[null_terminated] format: *const c_char, ap: va_list) -> c_int;

    #[unsafe_beyond_pointers("the format decides what ap holds")] #[success(result >= 0)]
    fn vfprintf(
        #[opaque] stream: *mut FILE,
        #[input] #[nonnull] #[null_terminated] format: *const c_char,
        ap: va_list,
    ) -> c_int;

    #[unsafe_beyond_pointers("the format decides what ap holds")] #[success(result >= 0)]
    fn vdprintf(
        fd: c_int,
        #[input] #[nonnull] #[null_terminated] format: *const c_char,
        ap: va_list,
    ) -> c_int;

    #[unsafe_beyond_pointers("the format decides how much is written, and what ap holds")]
    #[success(result >= 0)]
    fn vsprintf(
        #[out] #[nonnull] #[sized_by(at_least(1))] str: *mut c_char,
        #[input] #[nonnull] #[null_terminated] format: *const c_char,
        ap: va_list,
    ) -> c_int;

    #[unsafe_beyond_pointers("the format decides what ap holds")] #[success(result >= 0)]
    fn vsnprintf(
        #[out] #[nonnull] #[sized_by(size)] str: *mut c_char,
        size: size_t,
        #[input] #[nonnull] #[null_terminated] format: *const c_char,
        ap: va_list,
    ) -> c_int;

    #[unsafe_beyond_pointers("the format decides what the variadic arguments are")] #[success(result >= 0)]
    fn asprintf(
        #[out] #[nonnull] #[one] #[pointee(owned, free = free, null_terminated)] strp: *mut *mut c_char,
        #[input] #[nonnull] #[null_terminated] fmt: *const c_char,
        ...
    ) -> c_int;

    #[unsafe_beyond_pointers("the format decides what the variadic arguments are")] #[success(result >= 0)]
    fn __asprintf(
        #[out] #[nonnull] #[one] #[pointee(owned, free = free, null_terminated)] strp: *mut *mut c_char,
        #[input] #[nonnull] #[null_terminated] fmt: *const c_char,
        ...
    ) -> c_int;

    #[unsafe_beyond_pointers("the format decides what ap holds")] #[success(result >= 0)]
    fn vasprintf(
        #[out] #[nonnull] #[one] #[pointee(owned, free = free, null_terminated)] strp: *mut *mut c_char,
        #[input] #[nonnull] #[null_terminated] fmt: *const c_char,
        ap: va_list,
    ) -> c_int;
}

// No page: glibc's manual, "Growing Objects". The obstack is the caller's, and its chunks belong to it.
unsafe extern "C" {
    #[unsafe_beyond_pointers("the format decides what the variadic arguments are")] #[success(result >= 0)]
    fn obstack_printf(
        #[opaque] obstack: *mut obstack,
        #[input] #[nonnull] #[null_terminated] format: *const c_char,
        ...
    ) -> c_int;

    #[unsafe_beyond_pointers("the format decides what ap holds")] #[success(result >= 0)]
    fn obstack_vprintf(
        #[opaque] obstack: *mut obstack,
        #[input] #[nonnull] #[null_terminated] format: *const c_char,
        ap: va_list,
    ) -> c_int;
}

// scanf(3), sscanf(3). EOF also stands for the end of the input.
unsafe extern "C" {
    #[unsafe_beyond_pointers("the format decides what the variadic arguments are")]
    fn scanf(#[input] #[nonnull] #[null_terminated] format: *const c_char, ...) -> c_int;

    #[unsafe_beyond_pointers("the format decides what the variadic arguments are")]
    fn fscanf(
        #[opaque] stream: *mut FILE,
        #[input] #[nonnull] #[null_terminated] format: *const c_char,
        ...
    ) -> c_int;

    #[unsafe_beyond_pointers("the format decides what the variadic arguments are")]
    fn sscanf(
        #[input] #[nonnull] #[null_terminated] str: *const c_char,
        #[input] #[nonnull] #[null_terminated] format: *const c_char,
        ...
    ) -> c_int;

    #[unsafe_beyond_pointers("the format decides what ap holds")]
    fn vscanf(#[input] #[nonnull] #[null_terminated] format: *const c_char, ap: va_list) -> c_int;

    #[unsafe_beyond_pointers("the format decides what ap holds")]
    fn vfscanf(
        #[opaque] stream: *mut FILE,
        #[input] #[nonnull] #[null_terminated] format: *const c_char,
        ap: va_list,
    ) -> c_int;

    #[unsafe_beyond_pointers("the format decides what ap holds")]
    fn vsscanf(
        #[input] #[nonnull] #[null_terminated] str: *const c_char,
        #[input] #[nonnull] #[null_terminated] format: *const c_char,
        ap: va_list,
    ) -> c_int;
}

// fgetc(3), puts(3), getw(3), unlocked_stdio(3).
//  * fgets: nothing is written at the end of the file; otherwise at most `size` bytes, with the NUL.
unsafe extern "C" {
    fn fgetc(#[opaque] stream: *mut FILE) -> c_int;

    fn getc(#[opaque] stream: *mut FILE) -> c_int;

    fn fgetc_unlocked(#[opaque] stream: *mut FILE) -> c_int;

    fn getc_unlocked(#[opaque] stream: *mut FILE) -> c_int;

    fn getw(#[opaque] stream: *mut FILE) -> c_int;

    #[returns(borrowed = s, nullable, null_terminated)]
    fn fgets(
        #[out] #[nonnull] #[sized_by(size)] s: *mut c_char,
        size: c_int,
        #[opaque] stream: *mut FILE,
    ) -> *mut c_char;

    #[returns(borrowed = s, nullable, null_terminated)]
    fn fgets_unlocked(
        #[out] #[nonnull] #[sized_by(size)] s: *mut c_char,
        size: c_int,
        #[opaque] stream: *mut FILE,
    ) -> *mut c_char;

    #[success(result >= 0)]
    fn ungetc(c: c_int, #[opaque] stream: *mut FILE) -> c_int;

    #[success(result >= 0)]
    fn fputc(c: c_int, #[opaque] stream: *mut FILE) -> c_int;

    #[success(result >= 0)]
    fn putc(c: c_int, #[opaque] stream: *mut FILE) -> c_int;

    #[success(result >= 0)]
    fn fputc_unlocked(c: c_int, #[opaque] stream: *mut FILE) -> c_int;

    #[success(result >= 0)]
    fn putc_unlocked(c: c_int, #[opaque] stream: *mut FILE) -> c_int;

    #[success(result == 0)]
    fn putw(w: c_int, #[opaque] stream: *mut FILE) -> c_int;

    #[success(result >= 0)]
    fn fputs(#[input] #[nonnull] #[null_terminated] s: *const c_char, #[opaque] stream: *mut FILE) -> c_int;

    #[success(result >= 0)]
    fn fputs_unlocked(
        #[input] #[nonnull] #[null_terminated] s: *const c_char,
        #[opaque] stream: *mut FILE,
    ) -> c_int;

    #[success(result >= 0)]
    fn puts(#[input] #[nonnull] #[null_terminated] s: *const c_char) -> c_int;
}

// getline(3). *lineptr is NULL or a block of malloc, of *n bytes; it may be moved, and must be freed even
// after a failure. -1 at the end of the file too.
unsafe extern "C" {
    #[errno]
    fn getline(
        #[inout] #[nonnull] #[one] #[pointee(nullable, owned, free = free, reallocated, sized_by(*n))]
        lineptr: *mut *mut c_char,
        #[inout] #[nonnull] #[one] n: *mut size_t,
        #[opaque] stream: *mut FILE,
    ) -> ssize_t;

    #[errno]
    fn getdelim(
        #[inout] #[nonnull] #[one] #[pointee(nullable, owned, free = free, reallocated, sized_by(*n))]
        lineptr: *mut *mut c_char,
        #[inout] #[nonnull] #[one] n: *mut size_t,
        delim: c_int,
        #[opaque] stream: *mut FILE,
    ) -> ssize_t;

    #[errno]
    fn __getdelim(
        #[inout] #[nonnull] #[one] #[pointee(nullable, owned, free = free, reallocated, sized_by(*n))]
        lineptr: *mut *mut c_char,
        #[inout] #[nonnull] #[one] n: *mut size_t,
        delim: c_int,
        #[opaque] stream: *mut FILE,
    ) -> ssize_t;
}

// fread(3), unlocked_stdio(3). A short count is the end of the file or an error. A part of one more item may
// have been written.
unsafe extern "C" {
    fn fread(
        #[out] #[nonnull] #[sized_by(size * nmemb)] ptr: *mut c_void,
        size: size_t,
        nmemb: size_t,
        #[opaque] stream: *mut FILE,
    ) -> size_t;

    fn fwrite(
        #[input] #[nonnull] #[sized_by(size * nmemb)] ptr: *const c_void,
        size: size_t,
        nmemb: size_t,
        #[opaque] stream: *mut FILE,
    ) -> size_t;

    fn fread_unlocked(
        #[out] #[nonnull] #[sized_by(size * n)] ptr: *mut c_void,
        size: size_t,
        n: size_t,
        #[opaque] stream: *mut FILE,
    ) -> size_t;

    fn fwrite_unlocked(
        #[input] #[nonnull] #[sized_by(size * n)] ptr: *const c_void,
        size: size_t,
        n: size_t,
        #[opaque] stream: *mut FILE,
    ) -> size_t;
}

// fseek(3), fseeko(3). fsetpos takes what fgetpos wrote.
unsafe extern "C" {
    #[errno(void)]
    fn fseek(#[opaque] stream: *mut FILE, offset: c_long, whence: c_int) -> c_int;

    #[errno]
    fn ftell(#[opaque] stream: *mut FILE) -> c_long;

    fn rewind(#[opaque] stream: *mut FILE);

    #[errno(void)]
    fn fseeko(#[opaque] stream: *mut FILE, offset: off_t, whence: c_int) -> c_int;

    #[errno]
    fn ftello(#[opaque] stream: *mut FILE) -> off_t;

    #[errno(void)]
    fn fseeko64(#[opaque] stream: *mut FILE, offset: off64_t, whence: c_int) -> c_int;

    #[errno]
    fn ftello64(#[opaque] stream: *mut FILE) -> off64_t;

    #[errno(void)]
    fn fgetpos(
        #[opaque] stream: *mut FILE,
        #[out] #[nonnull] #[one] #[filled_by(1)] pos: *mut fpos_t,
    ) -> c_int;

    #[errno(void)]
    fn fsetpos(#[opaque] stream: *mut FILE, #[input] #[nonnull] #[one] pos: *const fpos_t) -> c_int;

    #[errno(void)]
    fn fgetpos64(
        #[opaque] stream: *mut FILE,
        #[out] #[nonnull] #[one] #[filled_by(1)] pos: *mut fpos64_t,
    ) -> c_int;

    #[errno(void)]
    fn fsetpos64(#[opaque] stream: *mut FILE, #[input] #[nonnull] #[one] pos: *const fpos64_t) -> c_int;
}

// ferror(3), fileno(3), flockfile(3), unlocked_stdio(3), perror(3).
unsafe extern "C" {
    fn clearerr(#[opaque] stream: *mut FILE);

    fn feof(#[opaque] stream: *mut FILE) -> c_int;

    fn ferror(#[opaque] stream: *mut FILE) -> c_int;

    fn clearerr_unlocked(#[opaque] stream: *mut FILE);

    fn feof_unlocked(#[opaque] stream: *mut FILE) -> c_int;

    fn ferror_unlocked(#[opaque] stream: *mut FILE) -> c_int;

    #[errno]
    fn fileno(#[opaque] stream: *mut FILE) -> c_int;

    #[errno]
    fn fileno_unlocked(#[opaque] stream: *mut FILE) -> c_int;

    fn flockfile(#[opaque] filehandle: *mut FILE);

    #[success(result == 0)]
    fn ftrylockfile(#[opaque] filehandle: *mut FILE) -> c_int;

    fn funlockfile(#[opaque] filehandle: *mut FILE);

    fn perror(#[input] #[nullable] #[null_terminated] s: *const c_char);
}
