//! Pointer contracts of `<search.h>, <regex.h>, <glob.h>, <fnmatch.h>, <ftw.h>, <dirent.h>`.
// Also `<fts.h>`, `<wordexp.h>`, `<argz.h>` and `<envz.h>`. Sources: Linux man-pages (6.03), the
// glibc manual where a comment says so.
//
// Conventions of this file:
//  * Keys and elements that only the caller's own function looks at are `opaque`: C never does.
//  * Left out, for want of a page: the re_* functions of <regex.h>, glob_pattern_p.

// glob(3), wordexp(3): the vectors are C's own until globfree and wordfree. GLOB_APPEND, WRDE_APPEND
// and WRDE_REUSE read them.
struct glob_t {
    #[opaque] gl_pathv: *mut *mut c_char,
}
struct glob64_t {
    #[opaque] gl_pathv: *mut *mut c_char,
}
struct wordexp_t {
    #[opaque] we_wordv: *mut *mut c_char,
}

// hsearch(3). ENTER keeps the entry's key and data until the table is destroyed; FIND keeps nothing.
// hdestroy frees neither. A table of the caller's starts as zeros.
unsafe extern "C" {
    #[errno(null)]
    #[returns(until = [hdestroy], nullable, one)]
    fn hsearch(
        #[retained(until = [hdestroy], when(action == ENTER))] #[noescape] item: ENTRY,
        action: ACTION,
    ) -> *mut ENTRY;

    #[success(result != 0)]
    fn hsearch_r(
        #[retained(by = htab, until = [hdestroy_r], when(action == ENTER))] #[noescape] item: ENTRY,
        action: ACTION,
        #[out] #[nonnull] #[pointee(nullable, borrowed = htab)] retval: *mut *mut ENTRY,
        #[inout] #[nonnull] htab: *mut hsearch_data,
    ) -> c_int;

    #[success(result != 0)]
    fn hcreate_r(nel: size_t, #[inout] #[nonnull] htab: *mut hsearch_data) -> c_int;

    fn hdestroy_r(#[inout] #[nonnull] htab: *mut hsearch_data);
}

// tsearch(3). The tree keeps `key` itself; `*rootp` is rewritten by tsearch and tdelete. tdelete lets go of one
// key only, which need not be this one. tdelete of the root returns "some unspecified pointer", so its result
// has no origin.
unsafe extern "C" {
    #[returns(borrowed = rootp, nullable, sized_by(8))]
    fn tsearch(
        #[opaque] #[retained(by = rootp, until = [tdestroy])] key: *const c_void,
        #[inout] #[pointee(nullable, opaque)] rootp: *mut *mut c_void,
        #[callback(scope = call, on_panic = 0)]
        compar: Option<unsafe extern "C" fn(*const c_void, *const c_void) -> c_int>,
    ) -> *mut c_void;

    #[returns(borrowed = rootp, nullable, sized_by(8))]
    fn tfind(
        #[opaque] key: *const c_void,
        #[input] #[pointee(nullable, opaque)] rootp: *const *mut c_void,
        #[callback(scope = call, on_panic = 0)]
        compar: Option<unsafe extern "C" fn(*const c_void, *const c_void) -> c_int>,
    ) -> *mut c_void;

    #[returns(nullable, opaque)]
    fn tdelete(
        #[opaque] key: *const c_void,
        #[inout] #[pointee(nullable, opaque)] rootp: *mut *mut c_void,
        #[callback(scope = call, on_panic = 0)]
        compar: Option<unsafe extern "C" fn(*const c_void, *const c_void) -> c_int>,
    ) -> *mut c_void;

    fn twalk(
        #[opaque] root: *const c_void,
        #[callback(scope = call)]
        action: Option<unsafe extern "C" fn(nodep: *const c_void, which: VISIT, depth: c_int)>,
    );

    fn twalk_r(
        #[opaque] root: *const c_void,
        #[callback(userdata = closure, scope = call)] action: Option<unsafe extern "C" fn(nodep: *const c_void, which: VISIT, closure: *mut c_void)>,
        #[opaque] closure: *mut c_void,
    );

    fn tdestroy(
        #[opaque] root: *mut c_void,
        #[callback(scope = call)] free_node: Option<unsafe extern "C" fn(nodep: *mut c_void)>,
    );
}

// lsearch(3). lsearch copies `size` bytes of the key behind the array when it is not found, and the key
// may lie in the array.
unsafe extern "C" {
    #[returns(borrowed = base, nullable, sized_by(size))]
    fn lfind(
        #[opaque] key: *const c_void,
        #[input] #[nonnull] #[sized_by(*nmemb * size)] base: *const c_void,
        #[input] #[nonnull] nmemb: *mut size_t,
        size: size_t,
        #[callback(scope = call, on_panic = 0)]
        compar: Option<unsafe extern "C" fn(key: *const c_void, #[sized_by(size)] element: *const c_void) -> c_int>,
    ) -> *mut c_void;

    #[may_alias]
    #[returns(borrowed = base, sized_by(size))]
    #[unsafe_beyond_pointers("base has room for one more element, unless the key is found")]
    fn lsearch(
        #[input] #[nonnull] #[sized_by(size)] key: *const c_void,
        #[inout] #[nonnull] #[sized_by(*nmemb * size)] base: *mut c_void,
        #[inout] #[nonnull] nmemb: *mut size_t,
        size: size_t,
        #[callback(scope = call, on_panic = 0)]
        compar: Option<unsafe extern "C" fn(#[sized_by(size)] key: *const c_void, #[sized_by(size)] element: *const c_void) -> c_int>,
    ) -> *mut c_void;
}

// insque(3). Elements begin with a pointer forward and one backward, and stay in the list, written by
// later calls for their neighbours, until remque. A null `prev` begins a linear list.
unsafe extern "C" {
    #[unsafe_beyond_pointers("an element may not move while it is in the list")]
    fn insque(
        #[inout] #[nonnull] #[flow_through(inout)] #[sized_by(16)] #[retained(by = elem, until = [remque])] elem: *mut c_void,
        #[inout] #[nullable] #[flow_through(inout)] #[sized_by(16)] prev: *mut c_void,
    );

    fn remque(#[inout] #[nonnull] #[flow_through(inout)] #[sized_by(16)] elem: *mut c_void);
}

// regex(3). The pattern is compiled into memory of C's own, until regfree.
//  * `string` is a C string, unless REG_STARTEND says where it begins and ends: so only its first byte.
//  * `pmatch` is read with REG_STARTEND, and left alone when the pattern has REG_NOSUB.
//  * regerror returns the size that the text needs.
unsafe extern "C" {
    #[success(result == 0)]
    fn regcomp(
        #[out] #[nonnull] preg: *mut regex_t,
        #[input] #[nonnull] #[null_terminated] regex: *const c_char,
        cflags: c_int,
    ) -> c_int;

    #[success(result == 0)]
    #[unsafe_beyond_pointers("string is a C string, or with REG_STARTEND holds what pmatch says, and pmatch then has an element")]
    fn regexec(
        #[input] #[nonnull] preg: *const regex_t,
        #[input] #[nonnull] #[sized_by(at_least(1))] string: *const c_char,
        nmatch: size_t,
        #[inout] #[counted_by(nmatch)] pmatch: *mut regmatch_t,
        eflags: c_int,
    ) -> c_int;

    fn regerror(
        errcode: c_int,
        #[input] preg: *const regex_t,
        #[out] #[sized_by(errbuf_size)] #[filled_by(return)] #[may_exceed] errbuf: *mut c_char,
        errbuf_size: size_t,
    ) -> size_t;

    fn regfree(#[inout] #[nonnull] preg: *mut regex_t);
}

// glob(3), fnmatch(3).
unsafe extern "C" {
    #[success(result == 0)]
    fn glob(
        #[input] #[nonnull] #[null_terminated] pattern: *const c_char,
        flags: c_int,
        #[nullable] #[callback(scope = call, on_panic = 1)]
        errfunc: Option<unsafe extern "C" fn(#[null_terminated] epath: *const c_char, eerrno: c_int) -> c_int>,
        #[inout] #[nonnull] pglob: *mut glob_t,
    ) -> c_int;

    #[success(result == 0)]
    fn glob64(
        #[input] #[nonnull] #[null_terminated] pattern: *const c_char,
        flags: c_int,
        #[nullable] #[callback(scope = call, on_panic = 1)]
        errfunc: Option<unsafe extern "C" fn(#[null_terminated] epath: *const c_char, eerrno: c_int) -> c_int>,
        #[inout] #[nonnull] pglob: *mut glob64_t,
    ) -> c_int;

    fn globfree(#[inout] #[nonnull] pglob: *mut glob_t);

    fn globfree64(#[inout] #[nonnull] pglob: *mut glob64_t);

    fn fnmatch(
        #[input] #[nonnull] #[null_terminated] pattern: *const c_char,
        #[input] #[nonnull] #[null_terminated] string: *const c_char,
        flags: c_int,
    ) -> c_int;
}

// ftw(3). A result other than 0 and -1 is what the function returned; 1 ends the walk, by FTW_ACTIONRETVAL too (FTW_STOP).
// What `sb` points to is undefined for FTW_NS, so it is handed on as it is.
unsafe extern "C" {
    #[errno]
    fn ftw(
        #[input] #[nonnull] #[null_terminated] dirpath: *const c_char,
        #[nonnull] #[callback(scope = call, on_panic = 1)]
        r#fn: Option<unsafe extern "C" fn(#[null_terminated] fpath: *const c_char, sb: *const stat, typeflag: c_int) -> c_int>,
        nopenfd: c_int,
    ) -> c_int;

    #[errno]
    fn ftw64(
        #[input] #[nonnull] #[null_terminated] dirpath: *const c_char,
        #[nonnull] #[callback(scope = call, on_panic = 1)]
        r#fn: Option<unsafe extern "C" fn(#[null_terminated] fpath: *const c_char, sb: *const stat64, typeflag: c_int) -> c_int>,
        nopenfd: c_int,
    ) -> c_int;

    #[errno]
    fn nftw(
        #[input] #[nonnull] #[null_terminated] dirpath: *const c_char,
        #[nonnull] #[callback(scope = call, on_panic = 1)]
        r#fn: Option<unsafe extern "C" fn(
            #[null_terminated] fpath: *const c_char, sb: *const stat, typeflag: c_int, #[one] #[input] ftwbuf: *mut FTW,
        ) -> c_int>,
        nopenfd: c_int,
        flags: c_int,
    ) -> c_int;

    #[errno]
    fn nftw64(
        #[input] #[nonnull] #[null_terminated] dirpath: *const c_char,
        #[nonnull] #[callback(scope = call, on_panic = 1)]
        r#fn: Option<unsafe extern "C" fn(
            #[null_terminated] fpath: *const c_char, sb: *const stat64, typeflag: c_int, #[one] #[input] ftwbuf: *mut FTW,
        ) -> c_int>,
        nopenfd: c_int,
        flags: c_int,
    ) -> c_int;
}

// opendir(3), readdir(3), readdir_r(3), rewinddir(3), seekdir(3), telldir(3), dirfd(3), closedir(3). The
// next readdir of the same stream may overwrite its result. Null is also the end of a directory. The
// entry of readdir_r may be smaller than its type (the page allocates 19 bytes and the longest name).
unsafe extern "C" {
    #[errno(null)]
    #[returns(owned, free = closedir, nullable, opaque)]
    fn opendir(#[input] #[nonnull] #[null_terminated] name: *const c_char) -> *mut DIR;

    #[errno(null)]
    #[returns(owned, free = closedir, nullable, opaque)]
    fn fdopendir(fd: c_int) -> *mut DIR;

    #[errno(void)]
    fn closedir(#[opaque] dirp: *mut DIR) -> c_int;

    #[returns(borrowed = dirp, nullable)]
    fn readdir(#[opaque] dirp: *mut DIR) -> *mut dirent;

    #[returns(borrowed = dirp, nullable)]
    fn readdir64(#[opaque] dirp: *mut DIR) -> *mut dirent64;

    #[success(result == 0)]
    #[unsafe_beyond_pointers("entry has room for the longest name of the file system")]
    fn readdir_r(
        #[opaque] dirp: *mut DIR,
        #[out] #[nonnull] #[sized_by(at_least(19))] entry: *mut dirent,
        #[out] #[nonnull] #[pointee(nullable, borrowed = entry)] result: *mut *mut dirent,
    ) -> c_int;

    #[success(result == 0)]
    #[unsafe_beyond_pointers("entry has room for the longest name of the file system")]
    fn readdir64_r(
        #[opaque] dirp: *mut DIR,
        #[out] #[nonnull] #[sized_by(at_least(19))] entry: *mut dirent64,
        #[out] #[nonnull] #[pointee(nullable, borrowed = entry)] result: *mut *mut dirent64,
    ) -> c_int;

    fn rewinddir(#[opaque] dirp: *mut DIR);

    fn seekdir(#[opaque] dirp: *mut DIR, loc: c_long);

    #[errno]
    fn telldir(#[opaque] dirp: *mut DIR) -> c_long;

    #[errno]
    fn dirfd(#[opaque] dirp: *mut DIR) -> c_int;
}

// scandir(3). The vector and each of its entries are for free. Filter and comparison may be null.
unsafe extern "C" {
    #[errno]
    fn scandir(
        #[input] #[nonnull] #[null_terminated] dirp: *const c_char,
        #[out] #[nonnull] #[pointee(owned, free = free, pointee(owned, free = free))] namelist: *mut *mut *mut dirent,
        #[nullable] #[callback(scope = call, on_panic = 0)] filter: Option<unsafe extern "C" fn(#[one] entry: *const dirent) -> c_int>,
        #[nullable] #[callback(scope = call, on_panic = 0)] compar: Option<unsafe extern "C" fn(*mut *const dirent, *mut *const dirent) -> c_int>,
    ) -> c_int;

    #[errno]
    fn scandir64(
        #[input] #[nonnull] #[null_terminated] dirp: *const c_char,
        #[out] #[nonnull] #[pointee(owned, free = free, pointee(owned, free = free))] namelist: *mut *mut *mut dirent64,
        #[nullable] #[callback(scope = call, on_panic = 0)] filter: Option<unsafe extern "C" fn(#[one] entry: *const dirent64) -> c_int>,
        #[nullable] #[callback(scope = call, on_panic = 0)] compar: Option<unsafe extern "C" fn(*mut *const dirent64, *mut *const dirent64) -> c_int>,
    ) -> c_int;

    #[errno]
    fn scandirat(
        dirfd: c_int,
        #[input] #[nonnull] #[null_terminated] dirp: *const c_char,
        #[out] #[nonnull] #[pointee(owned, free = free, pointee(owned, free = free))] namelist: *mut *mut *mut dirent,
        #[nullable] #[callback(scope = call, on_panic = 0)] filter: Option<unsafe extern "C" fn(#[one] entry: *const dirent) -> c_int>,
        #[nullable] #[callback(scope = call, on_panic = 0)] compar: Option<unsafe extern "C" fn(*mut *const dirent, *mut *const dirent) -> c_int>,
    ) -> c_int;

    #[errno]
    fn scandirat64(
        dirfd: c_int,
        #[input] #[nonnull] #[null_terminated] dirp: *const c_char,
        #[out] #[nonnull] #[pointee(owned, free = free, pointee(owned, free = free))] namelist: *mut *mut *mut dirent64,
        #[nullable] #[callback(scope = call, on_panic = 0)] filter: Option<unsafe extern "C" fn(#[one] entry: *const dirent64) -> c_int>,
        #[nullable] #[callback(scope = call, on_panic = 0)] compar: Option<unsafe extern "C" fn(*mut *const dirent64, *mut *const dirent64) -> c_int>,
    ) -> c_int;

    fn alphasort(
        #[input] #[nonnull] #[flow_through] a: *mut *const dirent,
        #[input] #[nonnull] #[flow_through] b: *mut *const dirent,
    ) -> c_int;

    fn alphasort64(
        #[input] #[nonnull] #[flow_through] a: *mut *const dirent64,
        #[input] #[nonnull] #[flow_through] b: *mut *const dirent64,
    ) -> c_int;

    fn versionsort(
        #[input] #[nonnull] #[flow_through] a: *mut *const dirent,
        #[input] #[nonnull] #[flow_through] b: *mut *const dirent,
    ) -> c_int;

    fn versionsort64(
        #[input] #[nonnull] #[flow_through] a: *mut *const dirent64,
        #[input] #[nonnull] #[flow_through] b: *mut *const dirent64,
    ) -> c_int;
}

// getdirentries(3), getdents64 (getdents(2)).
unsafe extern "C" {
    #[errno]
    fn getdents64(
        fd: c_int,
        #[out] #[nonnull] #[sized_by(count)] #[filled_by(return)] dirp: *mut c_void,
        count: size_t,
    ) -> ssize_t;

    #[errno]
    fn getdirentries(
        fd: c_int,
        #[out] #[nonnull] #[sized_by(nbytes)] #[filled_by(return)] buf: *mut c_char,
        nbytes: size_t,
        #[inout] #[nonnull] basep: *mut off_t,
    ) -> ssize_t;

    #[errno]
    fn getdirentries64(
        fd: c_int,
        #[out] #[nonnull] #[sized_by(nbytes)] #[filled_by(return)] buf: *mut c_char,
        nbytes: size_t,
        #[inout] #[nonnull] basep: *mut off64_t,
    ) -> ssize_t;
}

// fts(3). Entries belong to the stream; the paths are copied.
unsafe extern "C" {
    #[errno(null)]
    #[returns(owned, free = fts_close, nullable, opaque)]
    fn fts_open(
        #[input] #[nonnull] #[null_terminated] #[flow_through] #[pointee(null_terminated)] path_argv: *const *mut c_char,
        options: c_int,
        #[callback(scope = notified, destroy = fts_close, on_panic = 0)] compar: Option<unsafe extern "C" fn(*mut *const FTSENT, *mut *const FTSENT) -> c_int>,
    ) -> *mut FTS;

    #[returns(borrowed = ftsp, nullable)]
    fn fts_read(#[opaque] ftsp: *mut FTS) -> *mut FTSENT;

    #[returns(borrowed = ftsp, nullable)]
    fn fts_children(#[opaque] ftsp: *mut FTS, instr: c_int) -> *mut FTSENT;

    #[errno(void)]
    fn fts_set(#[opaque] ftsp: *mut FTS, #[opaque] f: *mut FTSENT, instr: c_int) -> c_int;

    #[errno(void)]
    fn fts_close(#[opaque] ftsp: *mut FTS) -> c_int;

    #[errno(null)]
    #[returns(owned, free = fts64_close, nullable, opaque)]
    fn fts64_open(
        #[input] #[nonnull] #[null_terminated] #[flow_through] #[pointee(null_terminated)] path_argv: *const *mut c_char,
        options: c_int,
        #[callback(scope = notified, destroy = fts64_close, on_panic = 0)] compar: Option<unsafe extern "C" fn(*mut *const FTSENT64, *mut *const FTSENT64) -> c_int>,
    ) -> *mut FTS64;

    #[returns(borrowed = ftsp, nullable)]
    fn fts64_read(#[opaque] ftsp: *mut FTS64) -> *mut FTSENT64;

    #[returns(borrowed = ftsp, nullable)]
    fn fts64_children(#[opaque] ftsp: *mut FTS64, instr: c_int) -> *mut FTSENT64;

    #[errno(void)]
    fn fts64_set(#[opaque] ftsp: *mut FTS64, #[opaque] f: *mut FTSENT64, instr: c_int) -> c_int;

    #[errno(void)]
    fn fts64_close(#[opaque] ftsp: *mut FTS64) -> c_int;
}

// wordexp(3).
unsafe extern "C" {
    #[success(result == 0)]
    fn wordexp(
        #[input] #[nonnull] #[null_terminated] s: *const c_char,
        #[inout] #[nonnull] p: *mut wordexp_t,
        flags: c_int,
    ) -> c_int;

    fn wordfree(#[inout] #[nonnull] p: *mut wordexp_t);
}

// argz_add(3). An argz vector is null (of length 0), or malloc'd, and C moves it as it grows.
unsafe extern "C" {
    #[success(result == 0)]
    fn argz_create(
        #[input] #[nonnull] #[null_terminated] #[flow_through] #[pointee(null_terminated)] argv: *const *mut c_char,
        #[out] #[nonnull] #[pointee(nullable, owned, free = free, sized_by(*argz_len))] argz: *mut *mut c_char,
        #[out] #[nonnull] argz_len: *mut size_t,
    ) -> error_t;

    #[success(result == 0)]
    fn argz_create_sep(
        #[input] #[nonnull] #[null_terminated] str: *const c_char,
        sep: c_int,
        #[out] #[nonnull] #[pointee(nullable, owned, free = free, sized_by(*argz_len))] argz: *mut *mut c_char,
        #[out] #[nonnull] argz_len: *mut size_t,
    ) -> error_t;

    fn argz_count(#[input] #[nullable] #[sized_by(argz_len)] argz: *const c_char, argz_len: size_t) -> size_t;

    #[unsafe_beyond_pointers("argv has room for argz_count elements and a null pointer")]
    fn argz_extract(
        #[input] #[nullable] #[sized_by(argz_len)] argz: *const c_char,
        argz_len: size_t,
        #[out] #[nonnull] #[pointee(nullable, null_terminated, borrowed = argz)] argv: *mut *mut c_char,
    );

    fn argz_stringify(#[inout] #[nullable] #[sized_by(len)] argz: *mut c_char, len: size_t, sep: c_int);

    #[success(result == 0)]
    fn argz_append(
        #[inout] #[nonnull] #[pointee(nullable, reallocated, sized_by(*argz_len))] argz: *mut *mut c_char,
        #[inout] #[nonnull] argz_len: *mut size_t,
        #[input] #[nullable] #[sized_by(buf_len)] buf: *const c_char,
        buf_len: size_t,
    ) -> error_t;

    #[success(result == 0)]
    fn argz_add(
        #[inout] #[nonnull] #[pointee(nullable, reallocated, sized_by(*argz_len))] argz: *mut *mut c_char,
        #[inout] #[nonnull] argz_len: *mut size_t,
        #[input] #[nonnull] #[null_terminated] str: *const c_char,
    ) -> error_t;

    #[success(result == 0)]
    fn argz_add_sep(
        #[inout] #[nonnull] #[pointee(nullable, reallocated, sized_by(*argz_len))] argz: *mut *mut c_char,
        #[inout] #[nonnull] argz_len: *mut size_t,
        #[input] #[nonnull] #[null_terminated] str: *const c_char,
        delim: c_int,
    ) -> error_t;

    fn argz_delete(
        #[inout] #[nonnull] #[pointee(nullable, reallocated, sized_by(*argz_len))] argz: *mut *mut c_char,
        #[inout] #[nonnull] argz_len: *mut size_t,
        #[address] entry: *mut c_char,
    );

    #[success(result == 0)]
    fn argz_insert(
        #[inout] #[nonnull] #[pointee(nullable, reallocated, sized_by(*argz_len))] argz: *mut *mut c_char,
        #[inout] #[nonnull] argz_len: *mut size_t,
        #[address] before: *mut c_char,
        #[input] #[nonnull] #[null_terminated] entry: *const c_char,
    ) -> error_t;

    #[success(result == 0)]
    fn argz_replace(
        #[inout] #[nonnull] #[pointee(nullable, reallocated, sized_by(*argz_len))] argz: *mut *mut c_char,
        #[inout] #[nonnull] argz_len: *mut size_t,
        #[input] #[nonnull] #[null_terminated] str: *const c_char,
        #[input] #[nonnull] #[null_terminated] with: *const c_char,
        #[inout] #[nullable] replace_count: *mut c_uint,
    ) -> error_t;

    #[returns(borrowed = argz, nullable, null_terminated)]
    fn argz_next(
        #[input] #[nullable] #[sized_by(argz_len)] argz: *const c_char,
        argz_len: size_t,
        #[address] entry: *const c_char,
    ) -> *mut c_char;
}

// envz_add(3). No value: the name alone.
unsafe extern "C" {
    #[returns(borrowed = envz, nullable, null_terminated)]
    fn envz_entry(
        #[input] #[nullable] #[sized_by(envz_len)] envz: *const c_char,
        envz_len: size_t,
        #[input] #[nonnull] #[null_terminated] name: *const c_char,
    ) -> *mut c_char;

    #[returns(borrowed = envz, nullable, null_terminated)]
    fn envz_get(
        #[input] #[nullable] #[sized_by(envz_len)] envz: *const c_char,
        envz_len: size_t,
        #[input] #[nonnull] #[null_terminated] name: *const c_char,
    ) -> *mut c_char;

    #[success(result == 0)]
    fn envz_add(
        #[inout] #[nonnull] #[pointee(nullable, reallocated, sized_by(*envz_len))] envz: *mut *mut c_char,
        #[inout] #[nonnull] envz_len: *mut size_t,
        #[input] #[nonnull] #[null_terminated] name: *const c_char,
        #[input] #[nullable] #[null_terminated] value: *const c_char,
    ) -> error_t;

    #[success(result == 0)]
    fn envz_merge(
        #[inout] #[nonnull] #[pointee(nullable, reallocated, sized_by(*envz_len))] envz: *mut *mut c_char,
        #[inout] #[nonnull] envz_len: *mut size_t,
        #[input] #[nullable] #[sized_by(envz2_len)] envz2: *const c_char,
        envz2_len: size_t,
        r#override: c_int,
    ) -> error_t;

    fn envz_remove(
        #[inout] #[nonnull] #[pointee(nullable, reallocated, sized_by(*envz_len))] envz: *mut *mut c_char,
        #[inout] #[nonnull] envz_len: *mut size_t,
        #[input] #[nonnull] #[null_terminated] name: *const c_char,
    );

    fn envz_strip(
        #[inout] #[nonnull] #[pointee(nullable, reallocated, sized_by(*envz_len))] envz: *mut *mut c_char,
        #[inout] #[nonnull] envz_len: *mut size_t,
    );
}
