//! Pointer contracts of `<sqlite3.h>`.
// Sources: the comments of sqlite3.h 3.40, which are also SQLite's manual; the amalgamation's sources
// where a comment says "implementation".
//
// Conventions of this file:
//  * Handles are `#[opaque]`. `#[nullable]` on a handle: the implementation takes null and does
//    nothing, or tells an error.
//  * A negative length means "up to the first zero", or is refused: an extent that comes out negative
//    demands nothing. Typed forms that end in `_terminated` fix the length at -1.
//  * Where C stops at a zero or at a length, whichever comes first, the least that it reads stands.
//  * UTF-16 text ends with a 16-bit zero, for which there is no word: at least 2 bytes, the terminator, stand.
//  * Client data, hooks and their data end with sqlite3_close as well. A close that fails because of
//    open statements ends nothing; nothing is demanded any more from there on.
//  * Conditions are tried in the order written; a destructor of 0 is SQLITE_STATIC, or no destructor,
//    and -1 is SQLITE_TRANSIENT.
//  * Not here, as the header shows them only under options that no distribution sets for its users:
//    the session extension, sqlite3_preupdate_*, sqlite3_normalized_sql, sqlite3_activate_cerod; and
//    what came after 3.40 (sqlite3_set_clientdata, sqlite3_get_clientdata, sqlite3_stmt_explain, ...).

// Objects that the caller makes and SQLite uses. `pNext` belongs to SQLite; `zName` must stay as long
// as the object is registered.
struct sqlite3_vfs {
    #[opaque] pNext: *mut sqlite3_vfs,
    #[input] #[nonnull] #[null_terminated] zName: *const c_char,
    #[address] pAppData: *mut c_void,
}

struct sqlite3_file {
    #[input] #[nullable] #[one] pMethods: *const sqlite3_io_methods,
}

struct sqlite3_mem_methods {
    #[address] pAppData: *mut c_void,
}

struct sqlite3_pcache_methods2 {
    #[address] pArg: *mut c_void,
}

struct sqlite3_pcache_methods {
    #[address] pArg: *mut c_void,
}

struct sqlite3_pcache_page {
    #[opaque] pBuf: *mut c_void,
    #[opaque] pExtra: *mut c_void,
}

struct sqlite3_index_info {
    #[input] #[counted_by(nConstraint)] aConstraint: *mut sqlite3_index_info_sqlite3_index_constraint,
    #[input] #[counted_by(nOrderBy)] aOrderBy: *mut sqlite3_index_info_sqlite3_index_orderby,
    #[out] #[counted_by(nConstraint)] aConstraintUsage: *mut sqlite3_index_info_sqlite3_index_constraint_usage,
    #[nullable] #[null_terminated] idxStr: *mut c_char,
}

struct sqlite3_vtab {
    #[opaque] pModule: *const sqlite3_module,
    #[nullable] #[null_terminated] zErrMsg: *mut c_char,
}

struct sqlite3_vtab_cursor {
    #[opaque] pVtab: *mut sqlite3_vtab,
}

struct sqlite3_rtree_geometry {
    #[address] pContext: *mut c_void,
    #[input] #[counted_by(nParam)] aParam: *mut f64,
    #[address] pUser: *mut c_void,
}

struct sqlite3_rtree_query_info {
    #[address] pContext: *mut c_void,
    #[input] #[counted_by(nParam)] aParam: *mut f64,
    #[address] pUser: *mut c_void,
    #[input] #[counted_by(nCoord)] aCoord: *mut f64,
    #[input] #[counted_by(mxLevel + 1)] anQueue: *mut c_uint,
    #[opaque] apSqlParam: *mut *mut sqlite3_value,
}

// The library itself.
unsafe extern "C" {
    #[returns(static, nonnull, null_terminated)]
    fn sqlite3_libversion() -> *const c_char;

    #[returns(static, nonnull, null_terminated)]
    fn sqlite3_sourceid() -> *const c_char;

    fn sqlite3_compileoption_used(
        #[input] #[nonnull] #[null_terminated] zOptName: *const c_char,
    ) -> c_int;

    #[returns(static, nullable, null_terminated)]
    fn sqlite3_compileoption_get(N: c_int) -> *const c_char;

    fn sqlite3_complete(
        #[input] #[nonnull] #[null_terminated] sql: *const c_char,
    ) -> c_int;

    fn sqlite3_complete16(
        #[input] #[nonnull] #[sized_by(at_least(2))] sql: *const c_void,
    ) -> c_int;

    fn sqlite3_randomness(
        N: c_int,
        #[out] #[nullable] #[sized_by(N)] #[filled_by(N)] P: *mut c_void,
    );

    // The callback lives as long as the process, or until it is cancelled.
    #[success(result == 0)]
    fn sqlite3_auto_extension(
        #[callback(scope = notified, destroy = sqlite3_cancel_auto_extension)]
        xEntryPoint: Option<unsafe extern "C" fn()>,
    ) -> c_int;

    fn sqlite3_cancel_auto_extension(
        #[opaque] xEntryPoint: Option<unsafe extern "C" fn()>,
    ) -> c_int;

    #[success(result == 0)]
    #[may_alias]
    fn sqlite3_status(
        op: c_int,
        #[out] #[nonnull] #[one] pCurrent: *mut c_int,
        #[out] #[nonnull] #[one] pHighwater: *mut c_int,
        resetFlag: c_int,
    ) -> c_int;

    #[success(result == 0)]
    #[may_alias]
    fn sqlite3_status64(
        op: c_int,
        #[out] #[nonnull] #[one] pCurrent: *mut sqlite3_int64,
        #[out] #[nonnull] #[one] pHighwater: *mut sqlite3_int64,
        resetFlag: c_int,
    ) -> c_int;

    // Keywords have no zero at their end.
    #[success(result == 0)]
    fn sqlite3_keyword_name(
        i: c_int,
        #[out] #[nonnull] #[one] #[pointee(static, sized_by(*pnName))] pzName: *mut *const c_char,
        #[out] #[nonnull] #[one] pnName: *mut c_int,
    ) -> c_int;

    fn sqlite3_keyword_check(
        #[input] #[nonnull] #[sized_by(n)] zName: *const c_char,
        n: c_int,
    ) -> c_int;

    fn sqlite3_stricmp(
        #[input] #[nullable] #[null_terminated] zLeft: *const c_char,
        #[input] #[nullable] #[null_terminated] zRight: *const c_char,
    ) -> c_int;

    // Stops at the first zero, the first difference, or after N bytes.
    fn sqlite3_strnicmp(
        #[input] #[nullable] #[sized_by(min(N, 1))] zLeft: *const c_char,
        #[input] #[nullable] #[sized_by(min(N, 1))] zRight: *const c_char,
        N: c_int,
    ) -> c_int;

    fn sqlite3_strglob(
        #[input] #[nullable] #[null_terminated] zGlob: *const c_char,
        #[input] #[nullable] #[null_terminated] zStr: *const c_char,
    ) -> c_int;

    fn sqlite3_strlike(
        #[input] #[nullable] #[null_terminated] zGlob: *const c_char,
        #[input] #[nullable] #[null_terminated] zStr: *const c_char,
        cEsc: c_uint,
    ) -> c_int;

    #[unsafe_beyond_pointers("the format decides what the further arguments mean")]
    fn sqlite3_log(
        iErrCode: c_int,
        #[input] #[nonnull] #[null_terminated] zFormat: *const c_char,
        ...
    );

    #[unsafe_beyond_pointers("op decides what the further arguments mean")]
    fn sqlite3_test_control(op: c_int, ...) -> c_int;

    // Does nothing any more.
    fn sqlite3_memory_alarm(
        #[opaque] xCallback: Option<unsafe extern "C" fn(*mut c_void, sqlite3_int64, c_int)>,
        #[nullable] #[opaque] pArg: *mut c_void,
        iThreshold: sqlite3_int64,
    ) -> c_int;
}

// Declared everywhere, there on Windows only. The text is copied.
unsafe extern "C" {
    // UTF-8 or UTF-16, as the header's SQLITE_WIN32_* says of the build.
    fn sqlite3_win32_set_directory(
        type_: c_ulong,
        #[input] #[nullable] #[sized_by(at_least(1))] zValue: *mut c_void,
    ) -> c_int;

    fn sqlite3_win32_set_directory8(
        type_: c_ulong,
        #[input] #[nullable] #[null_terminated] zValue: *const c_char,
    ) -> c_int;

    fn sqlite3_win32_set_directory16(
        type_: c_ulong,
        #[input] #[nullable] #[sized_by(at_least(2))] zValue: *const c_void,
    ) -> c_int;
}

// Memory. Null is fine for all of them; a size of 0 releases.
unsafe extern "C" {
    #[returns(owned, free = sqlite3_free, nullable, sized_by(n))]
    fn sqlite3_malloc(n: c_int) -> *mut c_void;

    #[returns(owned, free = sqlite3_free, nullable, sized_by(n))]
    fn sqlite3_malloc64(n: sqlite3_uint64) -> *mut c_void;

    #[success(result != 0)]
    #[returns(owned, free = sqlite3_free, nullable, sized_by(n))]
    fn sqlite3_realloc(
        #[nullable] #[opaque] #[transfer(free = sqlite3_free, when(n <= 0))]
        #[transfer(free = sqlite3_free, on(success))] #[noescape] pOld: *mut c_void, n: c_int,
    ) -> *mut c_void;

    #[success(result != 0)]
    #[returns(owned, free = sqlite3_free, nullable, sized_by(n))]
    fn sqlite3_realloc64(
        #[nullable] #[opaque] #[transfer(free = sqlite3_free, when(n == 0))]
        #[transfer(free = sqlite3_free, on(success))] #[noescape] pOld: *mut c_void,
        n: sqlite3_uint64,
    ) -> *mut c_void;

    fn sqlite3_free(
        #[nullable] #[opaque] #[transfer] p: *mut c_void,
    );

    fn sqlite3_msize(
        #[nullable] #[opaque] p: *mut c_void,
    ) -> sqlite3_uint64;
}

// Formatted text.
unsafe extern "C" {
    #[returns(owned, free = sqlite3_free, nullable, null_terminated)]
    #[unsafe_beyond_pointers("the format decides what the further arguments mean")]
    fn sqlite3_mprintf(
        #[input] #[nonnull] #[null_terminated] zFormat: *const c_char,
        ...
    ) -> *mut c_char;

    #[returns(owned, free = sqlite3_free, nullable, null_terminated)]
    #[unsafe_beyond_pointers("the format decides what the further arguments mean")]
    fn sqlite3_vmprintf(
        #[input] #[nonnull] #[null_terminated] zFormat: *const c_char,
        #[nonnull] #[opaque] ap: *mut __va_list_tag,
    ) -> *mut c_char;

    // With n below 1 nothing is written. Otherwise the text always ends with a zero.
    #[returns(borrowed = zBuf)]
    #[unsafe_beyond_pointers("the format decides what the further arguments mean")]
    fn sqlite3_snprintf(
        n: c_int,
        #[out] #[nonnull] #[sized_by(n)] zBuf: *mut c_char,
        #[input] #[nonnull] #[null_terminated] zFormat: *const c_char,
        ...
    ) -> *mut c_char;

    #[returns(borrowed = zBuf)]
    #[unsafe_beyond_pointers("the format decides what the further arguments mean")]
    fn sqlite3_vsnprintf(
        n: c_int,
        #[out] #[nonnull] #[sized_by(n)] zBuf: *mut c_char,
        #[input] #[nonnull] #[null_terminated] zFormat: *const c_char,
        #[nonnull] #[opaque] ap: *mut __va_list_tag,
    ) -> *mut c_char;
}

// A growing string. sqlite3_str_new never gives null: without memory it gives an object on which all
// calls do nothing. sqlite3_str_finish ends it.
unsafe extern "C" {
    #[returns(owned, free = sqlite3_str_finish, nonnull, opaque)]
    fn sqlite3_str_new(
        #[nullable] #[opaque] db: *mut sqlite3,
    ) -> *mut sqlite3_str;

    #[returns(owned, free = sqlite3_free, nullable, null_terminated)]
    fn sqlite3_str_finish(
        #[nullable] #[opaque] #[transfer] p: *mut sqlite3_str,
    ) -> *mut c_char;

    #[unsafe_beyond_pointers("the format decides what the further arguments mean")]
    fn sqlite3_str_appendf(
        #[nonnull] #[opaque] p: *mut sqlite3_str,
        #[input] #[nonnull] #[null_terminated] zFormat: *const c_char,
        ...
    );

    #[unsafe_beyond_pointers("the format decides what the further arguments mean")]
    fn sqlite3_str_vappendf(
        #[nonnull] #[opaque] p: *mut sqlite3_str,
        #[input] #[nonnull] #[null_terminated] zFormat: *const c_char,
        #[nonnull] #[opaque] ap: *mut __va_list_tag,
    );

    fn sqlite3_str_append(
        #[nonnull] #[opaque] p: *mut sqlite3_str,
        #[input] #[nonnull] #[sized_by(N)] zIn: *const c_char,
        N: c_int,
    );

    fn sqlite3_str_appendall(
        #[nonnull] #[opaque] p: *mut sqlite3_str,
        #[input] #[nonnull] #[null_terminated] zIn: *const c_char,
    );

    fn sqlite3_str_appendchar(
        #[nonnull] #[opaque] p: *mut sqlite3_str,
        N: c_int,
        C: c_char,
    );

    fn sqlite3_str_reset(
        #[nonnull] #[opaque] p: *mut sqlite3_str,
    );

    fn sqlite3_str_errcode(
        #[nullable] #[opaque] p: *mut sqlite3_str,
    ) -> c_int;

    fn sqlite3_str_length(
        #[nullable] #[opaque] p: *mut sqlite3_str,
    ) -> c_int;

    #[returns(until = [sqlite3_str_appendf, sqlite3_str_vappendf, sqlite3_str_append, sqlite3_str_appendall,
        sqlite3_str_appendchar, sqlite3_str_reset, sqlite3_str_finish], nullable, null_terminated)]
    fn sqlite3_str_value(
        #[nullable] #[opaque] p: *mut sqlite3_str,
    ) -> *mut c_char;
}

// sqlite3_config. Before sqlite3_initialize, or after sqlite3_shutdown. The tables of methods are
// copied; memory for the page cache and the heap is used until sqlite3_shutdown.
unsafe extern "C" {
    #[success(result == 0)]
    fn sqlite3_initialize() -> c_int;

    #[success(result == 0)]
    fn sqlite3_shutdown() -> c_int;

    #[success(result == 0)]
    #[unsafe_beyond_pointers("op decides what the further arguments mean; no other thread may use SQLite")]
    fn sqlite3_config(op: c_int, ...) -> c_int;

    #[form_of(sqlite3_config, op = SQLITE_CONFIG_SINGLETHREAD)]
    #[success(result == 0)]
    fn sqlite3_config_singlethread() -> c_int;

    #[form_of(sqlite3_config, op = SQLITE_CONFIG_MULTITHREAD)]
    #[success(result == 0)]
    fn sqlite3_config_multithread() -> c_int;

    #[form_of(sqlite3_config, op = SQLITE_CONFIG_SERIALIZED)]
    #[success(result == 0)]
    fn sqlite3_config_serialized() -> c_int;

    #[form_of(sqlite3_config, op = SQLITE_CONFIG_MALLOC)]
    #[success(result == 0)]
    fn sqlite3_config_malloc(
        #[input] #[nonnull] #[one] pMethods: *const sqlite3_mem_methods,
    ) -> c_int;

    #[form_of(sqlite3_config, op = SQLITE_CONFIG_GETMALLOC)]
    #[success(result == 0)]
    fn sqlite3_config_getmalloc(
        #[out] #[nonnull] #[one] pMethods: *mut sqlite3_mem_methods,
    ) -> c_int;

    // Null: SQLite allocates, N may then be negative. sqlite3_shutdown is no end, here and below: the next
    // sqlite3_initialize takes the same memory again (main.c).
    #[form_of(sqlite3_config, op = SQLITE_CONFIG_PAGECACHE)]
    #[success(result == 0)]
    fn sqlite3_config_pagecache(
        #[inout] #[nullable] #[sized_by(sz * N)] #[retained(until = [sqlite3_config], idle_after = [sqlite3_shutdown], on(success))]
        #[noescape] pMem: *mut c_void,
        sz: c_int,
        N: c_int,
    ) -> c_int;

    // Null: back to the default allocator.
    #[form_of(sqlite3_config, op = SQLITE_CONFIG_HEAP)]
    #[success(result == 0)]
    fn sqlite3_config_heap(
        #[inout] #[nullable] #[sized_by(nByte)] #[retained(until = [sqlite3_config], idle_after = [sqlite3_shutdown], on(success))]
        #[noescape] pMem: *mut c_void,
        nByte: c_int,
        mnReq: c_int,
    ) -> c_int;

    #[form_of(sqlite3_config, op = SQLITE_CONFIG_MEMSTATUS)]
    #[success(result == 0)]
    fn sqlite3_config_memstatus(value: c_int) -> c_int;

    #[form_of(sqlite3_config, op = SQLITE_CONFIG_MUTEX)]
    #[success(result == 0)]
    fn sqlite3_config_mutex(
        #[input] #[nonnull] #[one] pMethods: *const sqlite3_mutex_methods,
    ) -> c_int;

    #[form_of(sqlite3_config, op = SQLITE_CONFIG_GETMUTEX)]
    #[success(result == 0)]
    fn sqlite3_config_getmutex(
        #[out] #[nonnull] #[one] pMethods: *mut sqlite3_mutex_methods,
    ) -> c_int;

    #[form_of(sqlite3_config, op = SQLITE_CONFIG_LOOKASIDE)]
    #[success(result == 0)]
    fn sqlite3_config_lookaside(sz: c_int, cnt: c_int) -> c_int;

    // The message lives for one call of the callback.
    #[form_of(sqlite3_config, op = SQLITE_CONFIG_LOG)]
    #[success(result == 0)]
    fn sqlite3_config_log(
        #[callback(userdata = pArg, scope = notified, destroy = sqlite3_config)]
        xLog: Option<unsafe extern "C" fn(*mut c_void, c_int, *const c_char)>,
        #[nullable] #[address] #[retained(until = [sqlite3_config])] pArg: *mut c_void,
    ) -> c_int;

    #[form_of(sqlite3_config, op = SQLITE_CONFIG_URI)]
    #[success(result == 0)]
    fn sqlite3_config_uri(value: c_int) -> c_int;

    #[form_of(sqlite3_config, op = SQLITE_CONFIG_PCACHE2)]
    #[success(result == 0)]
    fn sqlite3_config_pcache2(
        #[input] #[nonnull] #[one] pMethods: *const sqlite3_pcache_methods2,
    ) -> c_int;

    #[form_of(sqlite3_config, op = SQLITE_CONFIG_GETPCACHE2)]
    #[success(result == 0)]
    fn sqlite3_config_getpcache2(
        #[out] #[nonnull] #[one] pMethods: *mut sqlite3_pcache_methods2,
    ) -> c_int;

    #[form_of(sqlite3_config, op = SQLITE_CONFIG_COVERING_INDEX_SCAN)]
    #[success(result == 0)]
    fn sqlite3_config_covering_index_scan(value: c_int) -> c_int;

    #[form_of(sqlite3_config, op = SQLITE_CONFIG_SQLLOG)]
    #[success(result == 0)]
    fn sqlite3_config_sqllog(
        #[callback(userdata = pArg, scope = notified, destroy = sqlite3_config)]
        xSqllog: Option<unsafe extern "C" fn(*mut c_void, *mut sqlite3, *const c_char, c_int)>,
        #[nullable] #[address] #[retained(until = [sqlite3_config])] pArg: *mut c_void,
    ) -> c_int;

    #[form_of(sqlite3_config, op = SQLITE_CONFIG_MMAP_SIZE)]
    #[success(result == 0)]
    fn sqlite3_config_mmap_size(szMmap: sqlite3_int64, mxMmap: sqlite3_int64) -> c_int;

    #[form_of(sqlite3_config, op = SQLITE_CONFIG_WIN32_HEAPSIZE)]
    #[success(result == 0)]
    fn sqlite3_config_win32_heapsize(nByte: c_int) -> c_int;

    #[form_of(sqlite3_config, op = SQLITE_CONFIG_PCACHE_HDRSZ)]
    #[success(result == 0)]
    fn sqlite3_config_pcache_hdrsz(
        #[out] #[nonnull] #[one] psz: *mut c_int,
    ) -> c_int;

    #[form_of(sqlite3_config, op = SQLITE_CONFIG_PMASZ)]
    #[success(result == 0)]
    fn sqlite3_config_pmasz(szPma: c_uint) -> c_int;

    #[form_of(sqlite3_config, op = SQLITE_CONFIG_STMTJRNL_SPILL)]
    #[success(result == 0)]
    fn sqlite3_config_stmtjrnl_spill(nByte: c_int) -> c_int;

    #[form_of(sqlite3_config, op = SQLITE_CONFIG_SMALL_MALLOC)]
    #[success(result == 0)]
    fn sqlite3_config_small_malloc(value: c_int) -> c_int;

    #[form_of(sqlite3_config, op = SQLITE_CONFIG_SORTERREF_SIZE)]
    #[success(result == 0)]
    fn sqlite3_config_sorterref_size(nByte: c_int) -> c_int;

    #[form_of(sqlite3_config, op = SQLITE_CONFIG_MEMDB_MAXSIZE)]
    #[success(result == 0)]
    fn sqlite3_config_memdb_maxsize(nByte: sqlite3_int64) -> c_int;
}

// sqlite3_db_config. The switches take 1, 0 or -1 (leave it), and tell the state after the call.
unsafe extern "C" {
    #[success(result == 0)]
    #[unsafe_beyond_pointers("op decides what the further arguments mean")]
    fn sqlite3_db_config(
        #[nonnull] #[opaque] db: *mut sqlite3,
        op: c_int,
        ...
    ) -> c_int;

    // The name is not copied, and must stay until the connection closes (its documentation).
    #[form_of(sqlite3_db_config, op = SQLITE_DBCONFIG_MAINDBNAME)]
    #[success(result == 0)]
    fn sqlite3_db_config_maindbname(
        #[nonnull] #[opaque] db: *mut sqlite3,
        #[input] #[nonnull] #[null_terminated]
        #[retained(by = db, until = [sqlite3_close(on(success))])]
        zName: *const c_char,
    ) -> c_int;

    // Null: SQLite allocates. Fails where memory of the present buffer is in use.
    #[form_of(sqlite3_db_config, op = SQLITE_DBCONFIG_LOOKASIDE)]
    #[success(result == 0)]
    fn sqlite3_db_config_lookaside(
        #[nonnull] #[opaque] db: *mut sqlite3,
        #[inout] #[nullable] #[sized_by(sz * cnt)]
        #[retained(by = db, until = [sqlite3_db_config, sqlite3_close(on(success))], on(success))]
        #[noescape] pBuf: *mut c_void,
        sz: c_int,
        cnt: c_int,
    ) -> c_int;

    #[form_of(sqlite3_db_config, op = SQLITE_DBCONFIG_ENABLE_FKEY)]
    #[success(result == 0)]
    fn sqlite3_db_config_enable_fkey(
        #[nonnull] #[opaque] db: *mut sqlite3,
        value: c_int,
        #[out] #[nullable] #[one] pState: *mut c_int,
    ) -> c_int;

    #[form_of(sqlite3_db_config, op = SQLITE_DBCONFIG_ENABLE_TRIGGER)]
    #[success(result == 0)]
    fn sqlite3_db_config_enable_trigger(
        #[nonnull] #[opaque] db: *mut sqlite3,
        value: c_int,
        #[out] #[nullable] #[one] pState: *mut c_int,
    ) -> c_int;

    #[form_of(sqlite3_db_config, op = SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER)]
    #[success(result == 0)]
    fn sqlite3_db_config_enable_fts3_tokenizer(
        #[nonnull] #[opaque] db: *mut sqlite3,
        value: c_int,
        #[out] #[nullable] #[one] pState: *mut c_int,
    ) -> c_int;

    #[form_of(sqlite3_db_config, op = SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION)]
    #[success(result == 0)]
    fn sqlite3_db_config_enable_load_extension(
        #[nonnull] #[opaque] db: *mut sqlite3,
        value: c_int,
        #[out] #[nullable] #[one] pState: *mut c_int,
    ) -> c_int;

    #[form_of(sqlite3_db_config, op = SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE)]
    #[success(result == 0)]
    fn sqlite3_db_config_no_ckpt_on_close(
        #[nonnull] #[opaque] db: *mut sqlite3,
        value: c_int,
        #[out] #[nullable] #[one] pState: *mut c_int,
    ) -> c_int;

    #[form_of(sqlite3_db_config, op = SQLITE_DBCONFIG_ENABLE_QPSG)]
    #[success(result == 0)]
    fn sqlite3_db_config_enable_qpsg(
        #[nonnull] #[opaque] db: *mut sqlite3,
        value: c_int,
        #[out] #[nullable] #[one] pState: *mut c_int,
    ) -> c_int;

    #[form_of(sqlite3_db_config, op = SQLITE_DBCONFIG_TRIGGER_EQP)]
    #[success(result == 0)]
    fn sqlite3_db_config_trigger_eqp(
        #[nonnull] #[opaque] db: *mut sqlite3,
        value: c_int,
        #[out] #[nullable] #[one] pState: *mut c_int,
    ) -> c_int;

    #[form_of(sqlite3_db_config, op = SQLITE_DBCONFIG_RESET_DATABASE)]
    #[success(result == 0)]
    fn sqlite3_db_config_reset_database(
        #[nonnull] #[opaque] db: *mut sqlite3,
        value: c_int,
        #[out] #[nullable] #[one] pState: *mut c_int,
    ) -> c_int;

    #[form_of(sqlite3_db_config, op = SQLITE_DBCONFIG_DEFENSIVE)]
    #[success(result == 0)]
    fn sqlite3_db_config_defensive(
        #[nonnull] #[opaque] db: *mut sqlite3,
        value: c_int,
        #[out] #[nullable] #[one] pState: *mut c_int,
    ) -> c_int;

    #[form_of(sqlite3_db_config, op = SQLITE_DBCONFIG_WRITABLE_SCHEMA)]
    #[success(result == 0)]
    fn sqlite3_db_config_writable_schema(
        #[nonnull] #[opaque] db: *mut sqlite3,
        value: c_int,
        #[out] #[nullable] #[one] pState: *mut c_int,
    ) -> c_int;

    #[form_of(sqlite3_db_config, op = SQLITE_DBCONFIG_LEGACY_ALTER_TABLE)]
    #[success(result == 0)]
    fn sqlite3_db_config_legacy_alter_table(
        #[nonnull] #[opaque] db: *mut sqlite3,
        value: c_int,
        #[out] #[nullable] #[one] pState: *mut c_int,
    ) -> c_int;

    #[form_of(sqlite3_db_config, op = SQLITE_DBCONFIG_DQS_DML)]
    #[success(result == 0)]
    fn sqlite3_db_config_dqs_dml(
        #[nonnull] #[opaque] db: *mut sqlite3,
        value: c_int,
        #[out] #[nullable] #[one] pState: *mut c_int,
    ) -> c_int;

    #[form_of(sqlite3_db_config, op = SQLITE_DBCONFIG_DQS_DDL)]
    #[success(result == 0)]
    fn sqlite3_db_config_dqs_ddl(
        #[nonnull] #[opaque] db: *mut sqlite3,
        value: c_int,
        #[out] #[nullable] #[one] pState: *mut c_int,
    ) -> c_int;

    #[form_of(sqlite3_db_config, op = SQLITE_DBCONFIG_ENABLE_VIEW)]
    #[success(result == 0)]
    fn sqlite3_db_config_enable_view(
        #[nonnull] #[opaque] db: *mut sqlite3,
        value: c_int,
        #[out] #[nullable] #[one] pState: *mut c_int,
    ) -> c_int;

    #[form_of(sqlite3_db_config, op = SQLITE_DBCONFIG_LEGACY_FILE_FORMAT)]
    #[success(result == 0)]
    fn sqlite3_db_config_legacy_file_format(
        #[nonnull] #[opaque] db: *mut sqlite3,
        value: c_int,
        #[out] #[nullable] #[one] pState: *mut c_int,
    ) -> c_int;

    #[form_of(sqlite3_db_config, op = SQLITE_DBCONFIG_TRUSTED_SCHEMA)]
    #[success(result == 0)]
    fn sqlite3_db_config_trusted_schema(
        #[nonnull] #[opaque] db: *mut sqlite3,
        value: c_int,
        #[out] #[nullable] #[one] pState: *mut c_int,
    ) -> c_int;
}

// Opening and closing. `*ppDb` is set even where opening fails, and must be closed then too; it is null
// only without memory. A null file name means a database of its own, like the empty one.
unsafe extern "C" {
    #[success(result == 0)]
    fn sqlite3_open(
        #[input] #[nullable] #[null_terminated] filename: *const c_char,
        #[out] #[nonnull] #[one] #[pointee(owned, always, free = sqlite3_close, nullable, opaque)] ppDb: *mut *mut sqlite3,
    ) -> c_int;

    #[success(result == 0)]
    fn sqlite3_open16(
        #[input] #[nullable] #[sized_by(at_least(2))] filename: *const c_void,
        #[out] #[nonnull] #[one] #[pointee(owned, always, free = sqlite3_close, nullable, opaque)] ppDb: *mut *mut sqlite3,
    ) -> c_int;

    #[success(result == 0)]
    fn sqlite3_open_v2(
        #[input] #[nullable] #[null_terminated] filename: *const c_char,
        #[out] #[nonnull] #[one] #[pointee(owned, always, free = sqlite3_close, nullable, opaque)] ppDb: *mut *mut sqlite3,
        flags: c_int,
        #[input] #[nullable] #[null_terminated] zVfs: *const c_char,
    ) -> c_int;

    // SQLITE_BUSY: nothing was closed.
    #[success(result == 0)]
    #[calls_back]
    fn sqlite3_close(
        #[nullable] #[opaque] #[transfer(on(success))] #[noescape] db: *mut sqlite3,
    ) -> c_int;

    #[success(result == 0)]
    #[calls_back]
    fn sqlite3_close_v2(
        #[nullable] #[opaque] #[transfer(on(success))] #[noescape] db: *mut sqlite3,
    ) -> c_int;
}

// What belongs to a connection.
unsafe extern "C" {
    #[success(result == 0)]
    fn sqlite3_extended_result_codes(
        #[nonnull] #[opaque] db: *mut sqlite3,
        onoff: c_int,
    ) -> c_int;

    fn sqlite3_last_insert_rowid(
        #[nonnull] #[opaque] db: *mut sqlite3,
    ) -> sqlite3_int64;

    fn sqlite3_set_last_insert_rowid(
        #[nonnull] #[opaque] db: *mut sqlite3,
        iRowid: sqlite3_int64,
    );

    fn sqlite3_changes(
        #[nonnull] #[opaque] db: *mut sqlite3,
    ) -> c_int;

    fn sqlite3_changes64(
        #[nonnull] #[opaque] db: *mut sqlite3,
    ) -> sqlite3_int64;

    fn sqlite3_total_changes(
        #[nonnull] #[opaque] db: *mut sqlite3,
    ) -> c_int;

    fn sqlite3_total_changes64(
        #[nonnull] #[opaque] db: *mut sqlite3,
    ) -> sqlite3_int64;

    fn sqlite3_interrupt(
        #[nonnull] #[opaque] db: *mut sqlite3,
    );

    fn sqlite3_limit(
        #[nonnull] #[opaque] db: *mut sqlite3,
        id: c_int,
        newVal: c_int,
    ) -> c_int;

    fn sqlite3_get_autocommit(
        #[nonnull] #[opaque] db: *mut sqlite3,
    ) -> c_int;

    fn sqlite3_db_release_memory(
        #[nonnull] #[opaque] db: *mut sqlite3,
    ) -> c_int;

    fn sqlite3_db_cacheflush(
        #[nonnull] #[opaque] db: *mut sqlite3,
    ) -> c_int;

    fn sqlite3_system_errno(
        #[nullable] #[opaque] db: *mut sqlite3,
    ) -> c_int;

    #[success(result == 0)]
    #[may_alias]
    fn sqlite3_db_status(
        #[nonnull] #[opaque] db: *mut sqlite3,
        op: c_int,
        #[out] #[nonnull] #[one] pCur: *mut c_int,
        #[out] #[nonnull] #[one] pHiwtr: *mut c_int,
        resetFlg: c_int,
    ) -> c_int;

    #[returns(borrowed = db, nullable, opaque)]
    fn sqlite3_db_mutex(
        #[nonnull] #[opaque] db: *mut sqlite3,
    ) -> *mut sqlite3_mutex;

    // Valid until the schema of that name is detached, or the connection closed.
    #[returns(borrowed = db, nullable, null_terminated)]
    fn sqlite3_db_name(
        #[nonnull] #[opaque] db: *mut sqlite3,
        N: c_int,
    ) -> *const c_char;

    // The result is a "filename" that the sqlite3_uri_* and sqlite3_filename_* functions take.
    #[returns(borrowed = db, nullable, null_terminated)]
    fn sqlite3_db_filename(
        #[nonnull] #[opaque] db: *mut sqlite3,
        #[input] #[nullable] #[null_terminated] zDbName: *const c_char,
    ) -> *const c_char;

    fn sqlite3_db_readonly(
        #[nonnull] #[opaque] db: *mut sqlite3,
        #[input] #[nullable] #[null_terminated] zDbName: *const c_char,
    ) -> c_int;

    fn sqlite3_txn_state(
        #[nonnull] #[opaque] db: *mut sqlite3,
        #[input] #[nullable] #[null_terminated] zSchema: *const c_char,
    ) -> c_int;

    // A statement of the caller's: nothing to release that was not there before.
    #[returns(borrowed = pDb, nullable, opaque)]
    fn sqlite3_next_stmt(
        #[nonnull] #[opaque] pDb: *mut sqlite3,
        #[nullable] #[opaque] pStmt: *mut sqlite3_stmt,
    ) -> *mut sqlite3_stmt;

    // The two names are valid until the next call of any function of SQLite.
    #[success(result == 0)]
    #[may_alias]
    #[calls_back]
    fn sqlite3_table_column_metadata(
        #[nonnull] #[opaque] db: *mut sqlite3,
        #[input] #[nullable] #[null_terminated] zDbName: *const c_char,
        #[input] #[nonnull] #[null_terminated] zTableName: *const c_char,
        #[input] #[nullable] #[null_terminated] zColumnName: *const c_char,
        #[out] #[nullable] #[one]
        #[pointee(until = [sqlite3_table_column_metadata, sqlite3_exec, sqlite3_step, sqlite3_close,
            sqlite3_close_v2], nullable, null_terminated)]
        pzDataType: *mut *const c_char,
        #[out] #[nullable] #[one]
        #[pointee(until = [sqlite3_table_column_metadata, sqlite3_exec, sqlite3_step, sqlite3_close,
            sqlite3_close_v2], nullable, null_terminated)]
        pzCollSeq: *mut *const c_char,
        #[out] #[nullable] #[one] pNotNull: *mut c_int,
        #[out] #[nullable] #[one] pPrimaryKey: *mut c_int,
        #[out] #[nullable] #[one] pAutoinc: *mut c_int,
    ) -> c_int;

    #[success(result == 0)]
    #[calls_back]
    fn sqlite3_load_extension(
        #[nonnull] #[opaque] db: *mut sqlite3,
        #[input] #[nonnull] #[null_terminated] zFile: *const c_char,
        #[input] #[nullable] #[null_terminated] zProc: *const c_char,
        #[out] #[nullable] #[one] #[pointee(owned, always, free = sqlite3_free, nullable, null_terminated)]
        pzErrMsg: *mut *mut c_char,
    ) -> c_int;

    #[success(result == 0)]
    fn sqlite3_enable_load_extension(
        #[nonnull] #[opaque] db: *mut sqlite3,
        onoff: c_int,
    ) -> c_int;

    fn sqlite3_declare_vtab(
        #[nonnull] #[opaque] db: *mut sqlite3,
        #[input] #[nonnull] #[null_terminated] zSQL: *const c_char,
    ) -> c_int;

    fn sqlite3_overload_function(
        #[nonnull] #[opaque] db: *mut sqlite3,
        #[input] #[nonnull] #[null_terminated] zFuncName: *const c_char,
        nArg: c_int,
    ) -> c_int;

    fn sqlite3_wal_autocheckpoint(
        #[nonnull] #[opaque] db: *mut sqlite3,
        N: c_int,
    ) -> c_int;

    #[calls_back]
    fn sqlite3_wal_checkpoint(
        #[nonnull] #[opaque] db: *mut sqlite3,
        #[input] #[nullable] #[null_terminated] zDb: *const c_char,
    ) -> c_int;

    #[may_alias]
    #[calls_back]
    fn sqlite3_wal_checkpoint_v2(
        #[nonnull] #[opaque] db: *mut sqlite3,
        #[input] #[nullable] #[null_terminated] zDb: *const c_char,
        eMode: c_int,
        #[out] #[nullable] #[one] pnLog: *mut c_int,
        #[out] #[nullable] #[one] pnCkpt: *mut c_int,
    ) -> c_int;

    fn sqlite3_vtab_on_conflict(
        #[nonnull] #[opaque] db: *mut sqlite3,
    ) -> c_int;
}

// Errors. The message is the connection's: any later call on it may overwrite it.
unsafe extern "C" {
    fn sqlite3_errcode(
        #[nullable] #[opaque] db: *mut sqlite3,
    ) -> c_int;

    fn sqlite3_extended_errcode(
        #[nullable] #[opaque] db: *mut sqlite3,
    ) -> c_int;

    fn sqlite3_error_offset(
        #[nullable] #[opaque] db: *mut sqlite3,
    ) -> c_int;

    #[returns(until = [sqlite3_exec, sqlite3_prepare, sqlite3_prepare_v2, sqlite3_prepare_v3, sqlite3_close,
        sqlite3_close_v2], nonnull, null_terminated)]
    fn sqlite3_errmsg(
        #[nullable] #[opaque] db: *mut sqlite3,
    ) -> *const c_char;

    // UTF-16; null without memory.
    #[returns(until = [sqlite3_exec, sqlite3_prepare, sqlite3_prepare_v2, sqlite3_prepare_v3, sqlite3_close,
        sqlite3_close_v2], nullable)]
    fn sqlite3_errmsg16(
        #[nullable] #[opaque] db: *mut sqlite3,
    ) -> *const c_void;

    #[returns(static, nonnull, null_terminated)]
    fn sqlite3_errstr(code: c_int) -> *const c_char;
}

// Running SQL at once. The callback's arrays and strings live for one call of it.
unsafe extern "C" {
    #[success(result == 0)]
    fn sqlite3_exec(
        #[nonnull] #[opaque] db: *mut sqlite3,
        #[input] #[nullable] #[null_terminated] sql: *const c_char,
        #[nullable] #[callback(userdata = pArg, scope = call, on_panic = 1)]
        callback: Option<unsafe extern "C" fn(
            pArg: *mut c_void, count: c_int, #[input] #[counted_by(count)] values: *mut *mut c_char,
            #[input] #[counted_by(count)] names: *mut *mut c_char,
        ) -> c_int>,
        #[nullable] #[address] #[noescape] pArg: *mut c_void,
        #[out] #[nullable] #[one] #[pointee(owned, always, free = sqlite3_free, nullable, null_terminated)]
        errmsg: *mut *mut c_char,
    ) -> c_int;

    // (rows + 1) * columns pointers, each to a C string or null; null on failure.
    #[success(result == 0)]
    #[calls_back]
    fn sqlite3_get_table(
        #[nonnull] #[opaque] db: *mut sqlite3,
        #[input] #[nullable] #[null_terminated] zSql: *const c_char,
        #[out] #[nonnull] #[one]
        #[pointee(owned, free = sqlite3_free_table, nullable, pointee(nullable, null_terminated))]
        pazResult: *mut *mut *mut c_char,
        #[out] #[nullable] #[one] pnRow: *mut c_int,
        #[out] #[nullable] #[one] pnColumn: *mut c_int,
        #[out] #[nullable] #[one] #[pointee(owned, always, free = sqlite3_free, nullable, null_terminated)]
        pzErrmsg: *mut *mut c_char,
    ) -> c_int;

    // Only what sqlite3_get_table gave: it looks before the array.
    fn sqlite3_free_table(
        #[nullable] #[opaque] #[transfer] result: *mut *mut c_char,
    );
}

// What runs SQL, or may wait for a lock, runs closures that the connection has: `calls_back`.
// A panic denies, interrupts, rolls back, or gives up waiting.
// Handlers and hooks. One per connection: the next registration replaces it, a null function takes it
// away. The old interfaces give the former client data back.
unsafe extern "C" {
    #[success(result == 0)]
    fn sqlite3_busy_handler(
        #[nonnull] #[opaque] db: *mut sqlite3,
        #[nullable] #[callback(userdata = pArg, scope = notified, destroy = sqlite3_busy_handler, on_panic = 0)]
        xBusy: Option<unsafe extern "C" fn(pArg: *mut c_void, times: c_int) -> c_int>,
        #[nullable] #[address]
        #[retained(by = db, until = [sqlite3_busy_handler, sqlite3_busy_timeout, sqlite3_close(on(success))], idle_after = [sqlite3_close_v2], whole)]
        pArg: *mut c_void,
    ) -> c_int;

    #[success(result == 0)]
    fn sqlite3_busy_timeout(
        #[nonnull] #[opaque] db: *mut sqlite3,
        ms: c_int,
    ) -> c_int;

    #[success(result == 0)]
    fn sqlite3_set_authorizer(
        #[nonnull] #[opaque] db: *mut sqlite3,
        #[nullable]
        #[callback(userdata = pUserData, scope = notified, destroy = sqlite3_set_authorizer, on_panic = 1)]
        xAuth: Option<unsafe extern "C" fn(
            pUserData: *mut c_void, action: c_int, #[nullable] #[null_terminated] first: *const c_char,
            #[nullable] #[null_terminated] second: *const c_char, #[nullable] #[null_terminated] database: *const c_char,
            #[nullable] #[null_terminated] inner: *const c_char,
        ) -> c_int>,
        #[nullable] #[address]
        #[retained(by = db, until = [sqlite3_set_authorizer, sqlite3_close(on(success))], idle_after = [sqlite3_close_v2], whole)]
        pUserData: *mut c_void,
    ) -> c_int;

    #[returns(nullable, opaque)]
    fn sqlite3_trace(
        #[nonnull] #[opaque] db: *mut sqlite3,
        #[nullable] #[callback(userdata = pArg, scope = notified, destroy = sqlite3_trace)]
        xTrace: Option<unsafe extern "C" fn(pArg: *mut c_void, #[null_terminated] sql: *const c_char)>,
        #[nullable] #[address]
        #[retained(by = db, until = [sqlite3_trace, sqlite3_trace_v2, sqlite3_close(on(success))], idle_after = [sqlite3_close_v2], whole)]
        pArg: *mut c_void,
    ) -> *mut c_void;

    #[returns(nullable, opaque)]
    fn sqlite3_profile(
        #[nonnull] #[opaque] db: *mut sqlite3,
        #[nullable] #[callback(userdata = pArg, scope = notified, destroy = sqlite3_profile)]
        xProfile: Option<unsafe extern "C" fn(
            pArg: *mut c_void, #[null_terminated] sql: *const c_char, nanoseconds: sqlite3_uint64,
        )>,
        #[nullable] #[address]
        #[retained(by = db, until = [sqlite3_profile, sqlite3_close(on(success))], idle_after = [sqlite3_close_v2], whole)] pArg: *mut c_void,
    ) -> *mut c_void;

    #[success(result == 0)]
    fn sqlite3_trace_v2(
        #[nonnull] #[opaque] db: *mut sqlite3,
        uMask: c_uint,
        #[nullable] #[callback(userdata = pCtx, scope = notified, destroy = sqlite3_trace_v2, on_panic = 0)]
        xCallback: Option<unsafe extern "C" fn(
            event: c_uint, #[userdata] pCtx: *mut c_void, p: *mut c_void, x: *mut c_void,
        ) -> c_int>,
        #[nullable] #[address]
        #[retained(by = db, until = [sqlite3_trace, sqlite3_trace_v2, sqlite3_close(on(success))], idle_after = [sqlite3_close_v2], whole)]
        pCtx: *mut c_void,
    ) -> c_int;

    fn sqlite3_progress_handler(
        #[nonnull] #[opaque] db: *mut sqlite3,
        nOps: c_int,
        #[nullable] #[callback(userdata = pArg, scope = notified, destroy = sqlite3_progress_handler, on_panic = 1)]
        xProgress: Option<unsafe extern "C" fn(pArg: *mut c_void) -> c_int>,
        #[nullable] #[address]
        #[retained(by = db, until = [sqlite3_progress_handler, sqlite3_close(on(success))], idle_after = [sqlite3_close_v2], whole)]
        pArg: *mut c_void,
    );

    #[returns(nullable, opaque)]
    fn sqlite3_commit_hook(
        #[nonnull] #[opaque] db: *mut sqlite3,
        #[nullable] #[callback(userdata = pArg, scope = notified, destroy = sqlite3_commit_hook, on_panic = 1)]
        xCallback: Option<unsafe extern "C" fn(pArg: *mut c_void) -> c_int>,
        #[nullable] #[address]
        #[retained(by = db, until = [sqlite3_commit_hook, sqlite3_close(on(success))], idle_after = [sqlite3_close_v2], whole)]
        pArg: *mut c_void,
    ) -> *mut c_void;

    #[returns(nullable, opaque)]
    fn sqlite3_rollback_hook(
        #[nonnull] #[opaque] db: *mut sqlite3,
        #[nullable] #[callback(userdata = pArg, scope = notified, destroy = sqlite3_rollback_hook)]
        xCallback: Option<unsafe extern "C" fn(pArg: *mut c_void)>,
        #[nullable] #[address]
        #[retained(by = db, until = [sqlite3_rollback_hook, sqlite3_close(on(success))], idle_after = [sqlite3_close_v2], whole)]
        pArg: *mut c_void,
    ) -> *mut c_void;

    #[returns(nullable, opaque)]
    fn sqlite3_update_hook(
        #[nonnull] #[opaque] db: *mut sqlite3,
        #[nullable] #[callback(userdata = pArg, scope = notified, destroy = sqlite3_update_hook)]
        xCallback: Option<unsafe extern "C" fn(
            pArg: *mut c_void, what: c_int, #[null_terminated] database: *const c_char,
            #[null_terminated] table: *const c_char, rowid: sqlite3_int64,
        )>,
        #[nullable] #[address]
        #[retained(by = db, until = [sqlite3_update_hook, sqlite3_close(on(success))], idle_after = [sqlite3_close_v2], whole)]
        pArg: *mut c_void,
    ) -> *mut c_void;

    // sqlite3_wal_autocheckpoint and the pragma of that name register this hook too.
    #[returns(nullable, opaque)]
    fn sqlite3_wal_hook(
        #[nonnull] #[opaque] db: *mut sqlite3,
        #[nullable] #[callback(userdata = pArg, scope = notified, destroy = sqlite3_wal_hook, on_panic = 1)]
        xCallback: Option<unsafe extern "C" fn(
            pArg: *mut c_void, #[opaque] db: *mut sqlite3, #[null_terminated] database: *const c_char, pages: c_int,
        ) -> c_int>,
        #[nullable] #[address]
        #[retained(by = db, until = [sqlite3_wal_hook, sqlite3_wal_autocheckpoint, sqlite3_close(on(success))], idle_after = [sqlite3_close_v2], whole)]
        pArg: *mut c_void,
    ) -> *mut c_void;

    // The destructor runs when the callback is replaced or the connection closed.
    #[success(result == 0)]
    fn sqlite3_autovacuum_pages(
        #[nonnull] #[opaque] db: *mut sqlite3,
        #[nullable] #[callback(userdata = pArg, scope = notified, destroy = xDestructor, on_panic = 0)]
        xCallback: Option<unsafe extern "C" fn(
            pArg: *mut c_void, #[null_terminated] database: *const c_char, pages: c_uint, free: c_uint, page_size: c_uint,
        ) -> c_uint>,
        #[nullable] #[address]
        #[retained(by = db, until = [sqlite3_autovacuum_pages, sqlite3_close(on(success))], idle_after = [sqlite3_close_v2], whole,
            when(xDestructor == 0))]
        #[transfer(free = xDestructor)] pArg: *mut c_void,
        #[callback(userdata = pArg, scope = async)] xDestructor: Option<unsafe extern "C" fn(*mut c_void)>,
    ) -> c_int;

    #[success(result == 0)]
    fn sqlite3_collation_needed(
        #[nonnull] #[opaque] db: *mut sqlite3,
        #[nullable] #[address]
        #[retained(by = db, until = [sqlite3_collation_needed, sqlite3_collation_needed16, sqlite3_close(on(success))], idle_after = [sqlite3_close_v2], whole)]
        pArg: *mut c_void,
        #[nullable] #[callback(userdata = pArg, scope = notified, destroy = sqlite3_collation_needed)]
        xNeeded: Option<unsafe extern "C" fn(
            pArg: *mut c_void, #[opaque] db: *mut sqlite3, encoding: c_int, #[null_terminated] name: *const c_char,
        )>,
    ) -> c_int;

    #[success(result == 0)]
    fn sqlite3_collation_needed16(
        #[nonnull] #[opaque] db: *mut sqlite3,
        #[nullable] #[address]
        #[retained(by = db, until = [sqlite3_collation_needed, sqlite3_collation_needed16, sqlite3_close(on(success))], idle_after = [sqlite3_close_v2], whole)]
        pArg: *mut c_void,
        #[nullable] #[callback(userdata = pArg, scope = notified, destroy = sqlite3_collation_needed16)]
        xNeeded: Option<unsafe extern "C" fn(
            pArg: *mut c_void, #[opaque] db: *mut sqlite3, encoding: c_int, name: *const c_void,
        )>,
    ) -> c_int;

    // Called once, perhaps before this call returns; null cancels.
    #[success(result == 0)]
    fn sqlite3_unlock_notify(
        #[nonnull] #[opaque] pBlocked: *mut sqlite3,
        #[callback(userdata = pNotifyArg, scope = async)]
        xNotify: Option<unsafe extern "C" fn(*mut *mut c_void, c_int)>,
        #[nullable] #[address]
        #[retained(by = pBlocked, until = [sqlite3_unlock_notify, sqlite3_close(on(success))])]
        pNotifyArg: *mut c_void,
    ) -> c_int;
}

// File names that SQLite made: behind the text stand the journal's name and the URI's parameters, so
// any other C string is wrong.
unsafe extern "C" {
    #[returns(borrowed = z, nullable, null_terminated)]
    fn sqlite3_uri_parameter(
        #[nullable] #[opaque] z: *const c_char,
        #[input] #[nullable] #[null_terminated] zParam: *const c_char,
    ) -> *const c_char;

    fn sqlite3_uri_boolean(
        #[nullable] #[opaque] z: *const c_char,
        #[input] #[nullable] #[null_terminated] zParam: *const c_char,
        bDefault: c_int,
    ) -> c_int;

    fn sqlite3_uri_int64(
        #[nullable] #[opaque] z: *const c_char,
        #[input] #[nullable] #[null_terminated] zParam: *const c_char,
        iDefault: sqlite3_int64,
    ) -> sqlite3_int64;

    #[returns(borrowed = z, nullable, null_terminated)]
    fn sqlite3_uri_key(
        #[nullable] #[opaque] z: *const c_char,
        N: c_int,
    ) -> *const c_char;

    #[returns(borrowed = z, nullable, null_terminated)]
    fn sqlite3_filename_database(
        #[nullable] #[opaque] z: *const c_char,
    ) -> *const c_char;

    #[returns(borrowed = z, nullable, null_terminated)]
    fn sqlite3_filename_journal(
        #[nullable] #[opaque] z: *const c_char,
    ) -> *const c_char;

    #[returns(borrowed = z, nullable, null_terminated)]
    fn sqlite3_filename_wal(
        #[nullable] #[opaque] z: *const c_char,
    ) -> *const c_char;

    #[returns(borrowed = zName, opaque)]
    fn sqlite3_database_file_object(
        #[nonnull] #[opaque] zName: *const c_char,
    ) -> *mut sqlite3_file;

    // Names and values in turn; all are copied.
    #[returns(owned, free = sqlite3_free_filename, nullable, opaque)]
    fn sqlite3_create_filename(
        #[input] #[nonnull] #[null_terminated] zDatabase: *const c_char,
        #[input] #[nonnull] #[null_terminated] zJournal: *const c_char,
        #[input] #[nonnull] #[null_terminated] zWal: *const c_char,
        nParam: c_int,
        #[input] #[nonnull] #[flow_through] #[counted_by(nParam * 2)]
        #[pointee(input, nonnull, null_terminated)] azParam: *mut *const c_char,
    ) -> *const c_char;

    fn sqlite3_free_filename(
        #[nullable] #[opaque] #[transfer] z: *const c_char,
    );
}

// Compiling SQL. The text is copied. With nByte 0 or more, that many bytes are copied (implementation),
// a zero in them ends the SQL; below 0 the text ends with a zero. `*pzTail` is then the end of what
// was compiled, maybe one past the text. UTF-16 stops at a zero or at nByte.
unsafe extern "C" {
    #[success(result == 0)]
    #[calls_back]
    fn sqlite3_prepare(
        #[nonnull] #[opaque] db: *mut sqlite3,
        #[input] #[nonnull] #[sized_by(nByte)] zSql: *const c_char,
        nByte: c_int,
        #[out] #[nonnull] #[one] #[pointee(owned, free = sqlite3_finalize, nullable, opaque)]
        ppStmt: *mut *mut sqlite3_stmt,
        #[out] #[nullable] #[one] #[pointee(borrowed = zSql)] pzTail: *mut *const c_char,
    ) -> c_int;

    #[form_of(sqlite3_prepare, nByte = -1)]
    #[success(result == 0)]
    #[calls_back]
    fn sqlite3_prepare_terminated(
        #[nonnull] #[opaque] db: *mut sqlite3,
        #[input] #[nonnull] #[null_terminated] zSql: *const c_char,
        #[out] #[nonnull] #[one] #[pointee(owned, free = sqlite3_finalize, nullable, opaque)]
        ppStmt: *mut *mut sqlite3_stmt,
        #[out] #[nullable] #[one] #[pointee(borrowed = zSql, null_terminated)] pzTail: *mut *const c_char,
    ) -> c_int;

    #[success(result == 0)]
    #[calls_back]
    fn sqlite3_prepare_v2(
        #[nonnull] #[opaque] db: *mut sqlite3,
        #[input] #[nonnull] #[sized_by(nByte)] zSql: *const c_char,
        nByte: c_int,
        #[out] #[nonnull] #[one] #[pointee(owned, free = sqlite3_finalize, nullable, opaque)]
        ppStmt: *mut *mut sqlite3_stmt,
        #[out] #[nullable] #[one] #[pointee(borrowed = zSql)] pzTail: *mut *const c_char,
    ) -> c_int;

    #[form_of(sqlite3_prepare_v2, nByte = -1)]
    #[success(result == 0)]
    #[calls_back]
    fn sqlite3_prepare_v2_terminated(
        #[nonnull] #[opaque] db: *mut sqlite3,
        #[input] #[nonnull] #[null_terminated] zSql: *const c_char,
        #[out] #[nonnull] #[one] #[pointee(owned, free = sqlite3_finalize, nullable, opaque)]
        ppStmt: *mut *mut sqlite3_stmt,
        #[out] #[nullable] #[one] #[pointee(borrowed = zSql, null_terminated)] pzTail: *mut *const c_char,
    ) -> c_int;

    #[success(result == 0)]
    #[calls_back]
    fn sqlite3_prepare_v3(
        #[nonnull] #[opaque] db: *mut sqlite3,
        #[input] #[nonnull] #[sized_by(nByte)] zSql: *const c_char,
        nByte: c_int,
        prepFlags: c_uint,
        #[out] #[nonnull] #[one] #[pointee(owned, free = sqlite3_finalize, nullable, opaque)]
        ppStmt: *mut *mut sqlite3_stmt,
        #[out] #[nullable] #[one] #[pointee(borrowed = zSql)] pzTail: *mut *const c_char,
    ) -> c_int;

    #[form_of(sqlite3_prepare_v3, nByte = -1)]
    #[success(result == 0)]
    #[calls_back]
    fn sqlite3_prepare_v3_terminated(
        #[nonnull] #[opaque] db: *mut sqlite3,
        #[input] #[nonnull] #[null_terminated] zSql: *const c_char,
        prepFlags: c_uint,
        #[out] #[nonnull] #[one] #[pointee(owned, free = sqlite3_finalize, nullable, opaque)]
        ppStmt: *mut *mut sqlite3_stmt,
        #[out] #[nullable] #[one] #[pointee(borrowed = zSql, null_terminated)] pzTail: *mut *const c_char,
    ) -> c_int;

    #[success(result == 0)]
    #[calls_back]
    fn sqlite3_prepare16(
        #[nonnull] #[opaque] db: *mut sqlite3,
        #[input] #[nonnull] #[sized_by(min(nByte, 2))] zSql: *const c_void,
        nByte: c_int,
        #[out] #[nonnull] #[one] #[pointee(owned, free = sqlite3_finalize, nullable, opaque)]
        ppStmt: *mut *mut sqlite3_stmt,
        #[out] #[nullable] #[one] #[pointee(borrowed = zSql)] pzTail: *mut *const c_void,
    ) -> c_int;

    #[success(result == 0)]
    #[calls_back]
    fn sqlite3_prepare16_v2(
        #[nonnull] #[opaque] db: *mut sqlite3,
        #[input] #[nonnull] #[sized_by(min(nByte, 2))] zSql: *const c_void,
        nByte: c_int,
        #[out] #[nonnull] #[one] #[pointee(owned, free = sqlite3_finalize, nullable, opaque)]
        ppStmt: *mut *mut sqlite3_stmt,
        #[out] #[nullable] #[one] #[pointee(borrowed = zSql)] pzTail: *mut *const c_void,
    ) -> c_int;

    #[success(result == 0)]
    #[calls_back]
    fn sqlite3_prepare16_v3(
        #[nonnull] #[opaque] db: *mut sqlite3,
        #[input] #[nonnull] #[sized_by(min(nByte, 2))] zSql: *const c_void,
        nByte: c_int,
        prepFlags: c_uint,
        #[out] #[nonnull] #[one] #[pointee(owned, free = sqlite3_finalize, nullable, opaque)]
        ppStmt: *mut *mut sqlite3_stmt,
        #[out] #[nullable] #[one] #[pointee(borrowed = zSql)] pzTail: *mut *const c_void,
    ) -> c_int;

    #[returns(borrowed = pStmt, nullable, null_terminated)]
    fn sqlite3_sql(
        #[nullable] #[opaque] pStmt: *mut sqlite3_stmt,
    ) -> *const c_char;

    #[returns(owned, free = sqlite3_free, nullable, null_terminated)]
    fn sqlite3_expanded_sql(
        #[nullable] #[opaque] pStmt: *mut sqlite3_stmt,
    ) -> *mut c_char;

    fn sqlite3_stmt_readonly(
        #[nullable] #[opaque] pStmt: *mut sqlite3_stmt,
    ) -> c_int;

    fn sqlite3_stmt_isexplain(
        #[nullable] #[opaque] pStmt: *mut sqlite3_stmt,
    ) -> c_int;

    fn sqlite3_stmt_busy(
        #[nullable] #[opaque] pStmt: *mut sqlite3_stmt,
    ) -> c_int;

    fn sqlite3_stmt_status(
        #[nonnull] #[opaque] pStmt: *mut sqlite3_stmt,
        op: c_int,
        resetFlg: c_int,
    ) -> c_int;

    // The connection that it was compiled for, which outlives it.
    #[returns(nullable, opaque)]
    fn sqlite3_db_handle(
        #[nullable] #[opaque] pStmt: *mut sqlite3_stmt,
    ) -> *mut sqlite3;

    fn sqlite3_expired(
        #[nullable] #[opaque] pStmt: *mut sqlite3_stmt,
    ) -> c_int;

    #[success(result == 0)]
    #[unsafe_beyond_pointers("static memory that is bound to pFrom goes over to pTo")]
    fn sqlite3_transfer_bindings(
        #[nonnull] #[opaque] pFrom: *mut sqlite3_stmt,
        #[nonnull] #[opaque] pTo: *mut sqlite3_stmt,
    ) -> c_int;
}

// sqlite3_stmt_scanstatus: 0 and a value, or not 0. What is written depends on the operation. Built in
// only with SQLITE_ENABLE_STMT_SCANSTATUS.
unsafe extern "C" {
    #[success(result == 0)]
    #[unsafe_beyond_pointers("iScanStatusOp decides what pOut points to")]
    fn sqlite3_stmt_scanstatus(
        #[nonnull] #[opaque] pStmt: *mut sqlite3_stmt,
        idx: c_int,
        iScanStatusOp: c_int,
        #[nonnull] #[opaque] pOut: *mut c_void,
    ) -> c_int;

    #[form_of(sqlite3_stmt_scanstatus, iScanStatusOp = SQLITE_SCANSTAT_NLOOP)]
    #[success(result == 0)]
    fn sqlite3_stmt_scanstatus_nloop(
        #[nonnull] #[opaque] pStmt: *mut sqlite3_stmt,
        idx: c_int,
        #[out] #[nonnull] #[sized_by(8)] pOut: *mut c_void,
    ) -> c_int;

    #[form_of(sqlite3_stmt_scanstatus, iScanStatusOp = SQLITE_SCANSTAT_NVISIT)]
    #[success(result == 0)]
    fn sqlite3_stmt_scanstatus_nvisit(
        #[nonnull] #[opaque] pStmt: *mut sqlite3_stmt,
        idx: c_int,
        #[out] #[nonnull] #[sized_by(8)] pOut: *mut c_void,
    ) -> c_int;

    #[form_of(sqlite3_stmt_scanstatus, iScanStatusOp = SQLITE_SCANSTAT_EST)]
    #[success(result == 0)]
    fn sqlite3_stmt_scanstatus_est(
        #[nonnull] #[opaque] pStmt: *mut sqlite3_stmt,
        idx: c_int,
        #[out] #[nonnull] #[sized_by(8)] pOut: *mut c_void,
    ) -> c_int;

    #[form_of(sqlite3_stmt_scanstatus, iScanStatusOp = SQLITE_SCANSTAT_NAME)]
    #[success(result == 0)]
    fn sqlite3_stmt_scanstatus_name(
        #[nonnull] #[opaque] pStmt: *mut sqlite3_stmt,
        idx: c_int,
        #[out] #[nonnull] #[sized_by(8)] #[pointee(borrowed = pStmt, nullable, null_terminated)] pOut: *mut c_void,
    ) -> c_int;

    #[form_of(sqlite3_stmt_scanstatus, iScanStatusOp = SQLITE_SCANSTAT_EXPLAIN)]
    #[success(result == 0)]
    fn sqlite3_stmt_scanstatus_explain(
        #[nonnull] #[opaque] pStmt: *mut sqlite3_stmt,
        idx: c_int,
        #[out] #[nonnull] #[sized_by(8)] #[pointee(borrowed = pStmt, nullable, null_terminated)] pOut: *mut c_void,
    ) -> c_int;

    #[form_of(sqlite3_stmt_scanstatus, iScanStatusOp = SQLITE_SCANSTAT_SELECTID)]
    #[success(result == 0)]
    fn sqlite3_stmt_scanstatus_selectid(
        #[nonnull] #[opaque] pStmt: *mut sqlite3_stmt,
        idx: c_int,
        #[out] #[nonnull] #[sized_by(4)] pOut: *mut c_void,
    ) -> c_int;

    fn sqlite3_stmt_scanstatus_reset(
        #[nonnull] #[opaque] pStmt: *mut sqlite3_stmt,
    );
}

// Binding. Static memory (0) is used until the same parameter is bound again, which no function does while
// the statement runs, or until the statement is finalized. sqlite3_clear_bindings is no end: it works on a
// statement that runs, whose registers still point there (vdbeapi.c). Where binding fails static memory may
// be kept all the same (out of memory in a conversion; a value that is too large, in older releases).
// Transient memory (-1) is copied. Anything else is the destructor, which
// runs even where binding fails: for null and negative lengths too (implementation), though the
// comments except those. Null binds NULL, whatever the length.
unsafe extern "C" {
    #[success(result == 0)]
    fn sqlite3_bind_blob(
        #[nullable] #[opaque] pStmt: *mut sqlite3_stmt,
        index: c_int,
        #[input] #[nullable] #[sized_by(n)] #[noescape(when(destructor == -1))]
        #[retained(by = pStmt, at = index, until = [sqlite3_bind_blob, sqlite3_bind_blob64, sqlite3_bind_double,
            sqlite3_bind_int, sqlite3_bind_int64, sqlite3_bind_null, sqlite3_bind_text, sqlite3_bind_text16,
            sqlite3_bind_text64, sqlite3_bind_value, sqlite3_bind_pointer, sqlite3_bind_zeroblob,
            sqlite3_bind_zeroblob64, sqlite3_finalize], idle_after = [sqlite3_reset, sqlite3_clear_bindings], whole, when(destructor == 0))]
        #[transfer(free = destructor)] value: *const c_void,
        n: c_int,
        #[callback(userdata = value, scope = async)] destructor: Option<unsafe extern "C" fn(*mut c_void)>,
    ) -> c_int;

    #[form_of(sqlite3_bind_blob, destructor = 0)]
    #[success(result == 0)]
    fn sqlite3_bind_blob_static(
        #[nullable] #[opaque] pStmt: *mut sqlite3_stmt,
        index: c_int,
        #[input] #[nullable] #[sized_by(n)]
        #[retained(by = pStmt, at = index, until = [sqlite3_bind_blob, sqlite3_bind_blob64, sqlite3_bind_double,
            sqlite3_bind_int, sqlite3_bind_int64, sqlite3_bind_null, sqlite3_bind_text, sqlite3_bind_text16,
            sqlite3_bind_text64, sqlite3_bind_value, sqlite3_bind_pointer, sqlite3_bind_zeroblob,
            sqlite3_bind_zeroblob64, sqlite3_finalize], idle_after = [sqlite3_reset, sqlite3_clear_bindings], whole)]
        value: *const c_void,
        n: c_int,
    ) -> c_int;

    #[form_of(sqlite3_bind_blob, destructor = -1)]
    #[success(result == 0)]
    fn sqlite3_bind_blob_transient(
        #[nullable] #[opaque] pStmt: *mut sqlite3_stmt,
        index: c_int,
        #[input] #[nullable] #[sized_by(n)] #[noescape] value: *const c_void,
        n: c_int,
    ) -> c_int;

    #[success(result == 0)]
    fn sqlite3_bind_blob64(
        #[nullable] #[opaque] pStmt: *mut sqlite3_stmt,
        index: c_int,
        #[input] #[nullable] #[sized_by(n)] #[noescape(when(destructor == -1))]
        #[retained(by = pStmt, at = index, until = [sqlite3_bind_blob, sqlite3_bind_blob64, sqlite3_bind_double,
            sqlite3_bind_int, sqlite3_bind_int64, sqlite3_bind_null, sqlite3_bind_text, sqlite3_bind_text16,
            sqlite3_bind_text64, sqlite3_bind_value, sqlite3_bind_pointer, sqlite3_bind_zeroblob,
            sqlite3_bind_zeroblob64, sqlite3_finalize], idle_after = [sqlite3_reset, sqlite3_clear_bindings], whole, when(destructor == 0))]
        #[transfer(free = destructor)] value: *const c_void,
        n: sqlite3_uint64,
        #[callback(userdata = value, scope = async)] destructor: Option<unsafe extern "C" fn(*mut c_void)>,
    ) -> c_int;

    #[form_of(sqlite3_bind_blob64, destructor = 0)]
    #[success(result == 0)]
    fn sqlite3_bind_blob64_static(
        #[nullable] #[opaque] pStmt: *mut sqlite3_stmt,
        index: c_int,
        #[input] #[nullable] #[sized_by(n)]
        #[retained(by = pStmt, at = index, until = [sqlite3_bind_blob, sqlite3_bind_blob64, sqlite3_bind_double,
            sqlite3_bind_int, sqlite3_bind_int64, sqlite3_bind_null, sqlite3_bind_text, sqlite3_bind_text16,
            sqlite3_bind_text64, sqlite3_bind_value, sqlite3_bind_pointer, sqlite3_bind_zeroblob,
            sqlite3_bind_zeroblob64, sqlite3_finalize], idle_after = [sqlite3_reset, sqlite3_clear_bindings], whole)]
        value: *const c_void,
        n: sqlite3_uint64,
    ) -> c_int;

    #[form_of(sqlite3_bind_blob64, destructor = -1)]
    #[success(result == 0)]
    fn sqlite3_bind_blob64_transient(
        #[nullable] #[opaque] pStmt: *mut sqlite3_stmt,
        index: c_int,
        #[input] #[nullable] #[sized_by(n)] #[noescape] value: *const c_void,
        n: sqlite3_uint64,
    ) -> c_int;

    #[success(result == 0)]
    fn sqlite3_bind_text(
        #[nullable] #[opaque] pStmt: *mut sqlite3_stmt,
        index: c_int,
        #[input] #[nullable] #[sized_by(n)] #[noescape(when(destructor == -1))]
        #[retained(by = pStmt, at = index, until = [sqlite3_bind_blob, sqlite3_bind_blob64, sqlite3_bind_double,
            sqlite3_bind_int, sqlite3_bind_int64, sqlite3_bind_null, sqlite3_bind_text, sqlite3_bind_text16,
            sqlite3_bind_text64, sqlite3_bind_value, sqlite3_bind_pointer, sqlite3_bind_zeroblob,
            sqlite3_bind_zeroblob64, sqlite3_finalize], idle_after = [sqlite3_reset, sqlite3_clear_bindings], whole, when(destructor == 0))]
        #[transfer(free = destructor)] value: *const c_char,
        n: c_int,
        #[callback(userdata = value, scope = async)] destructor: Option<unsafe extern "C" fn(*mut c_void)>,
    ) -> c_int;

    #[form_of(sqlite3_bind_text, destructor = 0)]
    #[success(result == 0)]
    fn sqlite3_bind_text_static(
        #[nullable] #[opaque] pStmt: *mut sqlite3_stmt,
        index: c_int,
        #[input] #[nullable] #[sized_by(n)]
        #[retained(by = pStmt, at = index, until = [sqlite3_bind_blob, sqlite3_bind_blob64, sqlite3_bind_double,
            sqlite3_bind_int, sqlite3_bind_int64, sqlite3_bind_null, sqlite3_bind_text, sqlite3_bind_text16,
            sqlite3_bind_text64, sqlite3_bind_value, sqlite3_bind_pointer, sqlite3_bind_zeroblob,
            sqlite3_bind_zeroblob64, sqlite3_finalize], idle_after = [sqlite3_reset, sqlite3_clear_bindings], whole)]
        value: *const c_char,
        n: c_int,
    ) -> c_int;

    #[form_of(sqlite3_bind_text, n = -1, destructor = 0)]
    #[success(result == 0)]
    fn sqlite3_bind_text_terminated_static(
        #[nullable] #[opaque] pStmt: *mut sqlite3_stmt,
        index: c_int,
        #[input] #[nullable] #[null_terminated]
        #[retained(by = pStmt, at = index, until = [sqlite3_bind_blob, sqlite3_bind_blob64, sqlite3_bind_double,
            sqlite3_bind_int, sqlite3_bind_int64, sqlite3_bind_null, sqlite3_bind_text, sqlite3_bind_text16,
            sqlite3_bind_text64, sqlite3_bind_value, sqlite3_bind_pointer, sqlite3_bind_zeroblob,
            sqlite3_bind_zeroblob64, sqlite3_finalize], idle_after = [sqlite3_reset, sqlite3_clear_bindings], whole)]
        value: *const c_char,
    ) -> c_int;

    #[form_of(sqlite3_bind_text, destructor = -1)]
    #[success(result == 0)]
    fn sqlite3_bind_text_transient(
        #[nullable] #[opaque] pStmt: *mut sqlite3_stmt,
        index: c_int,
        #[input] #[nullable] #[sized_by(n)] #[noescape] value: *const c_char,
        n: c_int,
    ) -> c_int;

    #[form_of(sqlite3_bind_text, n = -1, destructor = -1)]
    #[success(result == 0)]
    fn sqlite3_bind_text_terminated_transient(
        #[nullable] #[opaque] pStmt: *mut sqlite3_stmt,
        index: c_int,
        #[input] #[nullable] #[null_terminated] #[noescape] value: *const c_char,
    ) -> c_int;

    #[success(result == 0)]
    fn sqlite3_bind_text16(
        #[nullable] #[opaque] pStmt: *mut sqlite3_stmt,
        index: c_int,
        #[input] #[nullable] #[sized_by(n)] #[noescape(when(destructor == -1))]
        #[retained(by = pStmt, at = index, until = [sqlite3_bind_blob, sqlite3_bind_blob64, sqlite3_bind_double,
            sqlite3_bind_int, sqlite3_bind_int64, sqlite3_bind_null, sqlite3_bind_text, sqlite3_bind_text16,
            sqlite3_bind_text64, sqlite3_bind_value, sqlite3_bind_pointer, sqlite3_bind_zeroblob,
            sqlite3_bind_zeroblob64, sqlite3_finalize], idle_after = [sqlite3_reset, sqlite3_clear_bindings], whole, when(destructor == 0))]
        #[transfer(free = destructor)] value: *const c_void,
        n: c_int,
        #[callback(userdata = value, scope = async)] destructor: Option<unsafe extern "C" fn(*mut c_void)>,
    ) -> c_int;

    #[form_of(sqlite3_bind_text16, destructor = 0)]
    #[success(result == 0)]
    fn sqlite3_bind_text16_static(
        #[nullable] #[opaque] pStmt: *mut sqlite3_stmt,
        index: c_int,
        #[input] #[nullable] #[sized_by(n)]
        #[retained(by = pStmt, at = index, until = [sqlite3_bind_blob, sqlite3_bind_blob64, sqlite3_bind_double,
            sqlite3_bind_int, sqlite3_bind_int64, sqlite3_bind_null, sqlite3_bind_text, sqlite3_bind_text16,
            sqlite3_bind_text64, sqlite3_bind_value, sqlite3_bind_pointer, sqlite3_bind_zeroblob,
            sqlite3_bind_zeroblob64, sqlite3_finalize], idle_after = [sqlite3_reset, sqlite3_clear_bindings], whole)]
        value: *const c_void,
        n: c_int,
    ) -> c_int;

    #[form_of(sqlite3_bind_text16, destructor = -1)]
    #[success(result == 0)]
    fn sqlite3_bind_text16_transient(
        #[nullable] #[opaque] pStmt: *mut sqlite3_stmt,
        index: c_int,
        #[input] #[nullable] #[sized_by(n)] #[noescape] value: *const c_void,
        n: c_int,
    ) -> c_int;

    #[success(result == 0)]
    fn sqlite3_bind_text64(
        #[nullable] #[opaque] pStmt: *mut sqlite3_stmt,
        index: c_int,
        #[input] #[nullable] #[sized_by(n)] #[noescape(when(destructor == -1))]
        #[retained(by = pStmt, at = index, until = [sqlite3_bind_blob, sqlite3_bind_blob64, sqlite3_bind_double,
            sqlite3_bind_int, sqlite3_bind_int64, sqlite3_bind_null, sqlite3_bind_text, sqlite3_bind_text16,
            sqlite3_bind_text64, sqlite3_bind_value, sqlite3_bind_pointer, sqlite3_bind_zeroblob,
            sqlite3_bind_zeroblob64, sqlite3_finalize], idle_after = [sqlite3_reset, sqlite3_clear_bindings], whole, when(destructor == 0))]
        #[transfer(free = destructor)] value: *const c_char,
        n: sqlite3_uint64,
        #[callback(userdata = value, scope = async)] destructor: Option<unsafe extern "C" fn(*mut c_void)>,
        encoding: c_uchar,
    ) -> c_int;

    #[form_of(sqlite3_bind_text64, destructor = 0)]
    #[success(result == 0)]
    fn sqlite3_bind_text64_static(
        #[nullable] #[opaque] pStmt: *mut sqlite3_stmt,
        index: c_int,
        #[input] #[nullable] #[sized_by(n)]
        #[retained(by = pStmt, at = index, until = [sqlite3_bind_blob, sqlite3_bind_blob64, sqlite3_bind_double,
            sqlite3_bind_int, sqlite3_bind_int64, sqlite3_bind_null, sqlite3_bind_text, sqlite3_bind_text16,
            sqlite3_bind_text64, sqlite3_bind_value, sqlite3_bind_pointer, sqlite3_bind_zeroblob,
            sqlite3_bind_zeroblob64, sqlite3_finalize], idle_after = [sqlite3_reset, sqlite3_clear_bindings], whole)]
        value: *const c_char,
        n: sqlite3_uint64,
        encoding: c_uchar,
    ) -> c_int;

    #[form_of(sqlite3_bind_text64, destructor = -1)]
    #[success(result == 0)]
    fn sqlite3_bind_text64_transient(
        #[nullable] #[opaque] pStmt: *mut sqlite3_stmt,
        index: c_int,
        #[input] #[nullable] #[sized_by(n)] #[noescape] value: *const c_char,
        n: sqlite3_uint64,
        encoding: c_uchar,
    ) -> c_int;

    #[success(result == 0)]
    fn sqlite3_bind_double(
        #[nullable] #[opaque] pStmt: *mut sqlite3_stmt,
        index: c_int,
        value: f64,
    ) -> c_int;

    #[success(result == 0)]
    fn sqlite3_bind_int(
        #[nullable] #[opaque] pStmt: *mut sqlite3_stmt,
        index: c_int,
        value: c_int,
    ) -> c_int;

    #[success(result == 0)]
    fn sqlite3_bind_int64(
        #[nullable] #[opaque] pStmt: *mut sqlite3_stmt,
        index: c_int,
        value: sqlite3_int64,
    ) -> c_int;

    #[success(result == 0)]
    fn sqlite3_bind_null(
        #[nullable] #[opaque] pStmt: *mut sqlite3_stmt,
        index: c_int,
    ) -> c_int;

    // Copied.
    #[success(result == 0)]
    fn sqlite3_bind_value(
        #[nullable] #[opaque] pStmt: *mut sqlite3_stmt,
        index: c_int,
        #[nonnull] #[opaque] pValue: *const sqlite3_value,
    ) -> c_int;

    // The name of the type is compared later, and not copied: a literal is expected.
    #[success(result == 0)]
    fn sqlite3_bind_pointer(
        #[nullable] #[opaque] pStmt: *mut sqlite3_stmt,
        index: c_int,
        #[nullable] #[address]
        #[retained(by = pStmt, at = index, until = [sqlite3_bind_blob, sqlite3_bind_blob64, sqlite3_bind_double,
            sqlite3_bind_int, sqlite3_bind_int64, sqlite3_bind_null, sqlite3_bind_text, sqlite3_bind_text16,
            sqlite3_bind_text64, sqlite3_bind_value, sqlite3_bind_pointer, sqlite3_bind_zeroblob,
            sqlite3_bind_zeroblob64, sqlite3_finalize], idle_after = [sqlite3_reset, sqlite3_clear_bindings], whole, when(destructor == 0),
            on(success))]
        #[noescape(when(destructor == 0), on(failure))] #[transfer(free = destructor)] pPtr: *mut c_void,
        #[input] #[nullable] #[null_terminated]
        #[retained(by = pStmt, at = index, until = [sqlite3_bind_blob, sqlite3_bind_blob64, sqlite3_bind_double,
            sqlite3_bind_int, sqlite3_bind_int64, sqlite3_bind_null, sqlite3_bind_text, sqlite3_bind_text16,
            sqlite3_bind_text64, sqlite3_bind_value, sqlite3_bind_pointer, sqlite3_bind_zeroblob,
            sqlite3_bind_zeroblob64, sqlite3_finalize], idle_after = [sqlite3_reset, sqlite3_clear_bindings], whole, on(success))]
        #[noescape] zPType: *const c_char,
        #[callback(userdata = pPtr, scope = async)] destructor: Option<unsafe extern "C" fn(*mut c_void)>,
    ) -> c_int;

    #[success(result == 0)]
    fn sqlite3_bind_zeroblob(
        #[nullable] #[opaque] pStmt: *mut sqlite3_stmt,
        index: c_int,
        n: c_int,
    ) -> c_int;

    #[success(result == 0)]
    fn sqlite3_bind_zeroblob64(
        #[nullable] #[opaque] pStmt: *mut sqlite3_stmt,
        index: c_int,
        n: sqlite3_uint64,
    ) -> c_int;

    fn sqlite3_bind_parameter_count(
        #[nullable] #[opaque] pStmt: *mut sqlite3_stmt,
    ) -> c_int;

    #[returns(borrowed = pStmt, nullable, null_terminated)]
    fn sqlite3_bind_parameter_name(
        #[nullable] #[opaque] pStmt: *mut sqlite3_stmt,
        index: c_int,
    ) -> *const c_char;

    fn sqlite3_bind_parameter_index(
        #[nullable] #[opaque] pStmt: *mut sqlite3_stmt,
        #[input] #[nullable] #[null_terminated] zName: *const c_char,
    ) -> c_int;

    #[success(result == 0)]
    fn sqlite3_clear_bindings(
        #[nonnull] #[opaque] pStmt: *mut sqlite3_stmt,
    ) -> c_int;
}

// Running a statement. Success of sqlite3_step is one of two codes. What sqlite3_reset and
// sqlite3_finalize return is the failure of the last step: both have done their work.
unsafe extern "C" {
    #[calls_back]
    fn sqlite3_step(
        #[nullable] #[opaque] pStmt: *mut sqlite3_stmt,
    ) -> c_int;

    #[calls_back]
    fn sqlite3_reset(
        #[nullable] #[opaque] pStmt: *mut sqlite3_stmt,
    ) -> c_int;

    #[calls_back]
    fn sqlite3_finalize(
        #[nullable] #[opaque] #[transfer] pStmt: *mut sqlite3_stmt,
    ) -> c_int;

    fn sqlite3_column_count(
        #[nullable] #[opaque] pStmt: *mut sqlite3_stmt,
    ) -> c_int;

    fn sqlite3_data_count(
        #[nullable] #[opaque] pStmt: *mut sqlite3_stmt,
    ) -> c_int;
}

// Columns. Names are valid until the statement is finalized, or compiled anew by the first step of a
// run, or asked for in the other encoding: of these only the first is sure. Values are valid until the
// next step, reset or finalize, and until a conversion of the same column, which cannot be said.
// Blobs of no bytes are null.
unsafe extern "C" {
    #[returns(until = [sqlite3_finalize], nullable, null_terminated)]
    fn sqlite3_column_name(
        #[nullable] #[opaque] pStmt: *mut sqlite3_stmt,
        N: c_int,
    ) -> *const c_char;

    #[returns(until = [sqlite3_finalize], nullable)]
    fn sqlite3_column_name16(
        #[nullable] #[opaque] pStmt: *mut sqlite3_stmt,
        N: c_int,
    ) -> *const c_void;

    #[returns(until = [sqlite3_finalize], nullable, null_terminated)]
    fn sqlite3_column_database_name(
        #[nullable] #[opaque] pStmt: *mut sqlite3_stmt,
        N: c_int,
    ) -> *const c_char;

    #[returns(until = [sqlite3_finalize], nullable)]
    fn sqlite3_column_database_name16(
        #[nullable] #[opaque] pStmt: *mut sqlite3_stmt,
        N: c_int,
    ) -> *const c_void;

    #[returns(until = [sqlite3_finalize], nullable, null_terminated)]
    fn sqlite3_column_table_name(
        #[nullable] #[opaque] pStmt: *mut sqlite3_stmt,
        N: c_int,
    ) -> *const c_char;

    #[returns(until = [sqlite3_finalize], nullable)]
    fn sqlite3_column_table_name16(
        #[nullable] #[opaque] pStmt: *mut sqlite3_stmt,
        N: c_int,
    ) -> *const c_void;

    #[returns(until = [sqlite3_finalize], nullable, null_terminated)]
    fn sqlite3_column_origin_name(
        #[nullable] #[opaque] pStmt: *mut sqlite3_stmt,
        N: c_int,
    ) -> *const c_char;

    #[returns(until = [sqlite3_finalize], nullable)]
    fn sqlite3_column_origin_name16(
        #[nullable] #[opaque] pStmt: *mut sqlite3_stmt,
        N: c_int,
    ) -> *const c_void;

    #[returns(until = [sqlite3_finalize], nullable, null_terminated)]
    fn sqlite3_column_decltype(
        #[nullable] #[opaque] pStmt: *mut sqlite3_stmt,
        N: c_int,
    ) -> *const c_char;

    #[returns(until = [sqlite3_finalize], nullable)]
    fn sqlite3_column_decltype16(
        #[nullable] #[opaque] pStmt: *mut sqlite3_stmt,
        N: c_int,
    ) -> *const c_void;

    #[returns(until = [sqlite3_step, sqlite3_reset, sqlite3_finalize], nullable)]
    fn sqlite3_column_blob(
        #[nullable] #[opaque] pStmt: *mut sqlite3_stmt,
        iCol: c_int,
    ) -> *const c_void;

    fn sqlite3_column_double(
        #[nullable] #[opaque] pStmt: *mut sqlite3_stmt,
        iCol: c_int,
    ) -> f64;

    fn sqlite3_column_int(
        #[nullable] #[opaque] pStmt: *mut sqlite3_stmt,
        iCol: c_int,
    ) -> c_int;

    fn sqlite3_column_int64(
        #[nullable] #[opaque] pStmt: *mut sqlite3_stmt,
        iCol: c_int,
    ) -> sqlite3_int64;

    #[returns(until = [sqlite3_step, sqlite3_reset, sqlite3_finalize], nullable, null_terminated)]
    fn sqlite3_column_text(
        #[nullable] #[opaque] pStmt: *mut sqlite3_stmt,
        iCol: c_int,
    ) -> *const c_uchar;

    #[returns(until = [sqlite3_step, sqlite3_reset, sqlite3_finalize], nullable)]
    fn sqlite3_column_text16(
        #[nullable] #[opaque] pStmt: *mut sqlite3_stmt,
        iCol: c_int,
    ) -> *const c_void;

    // Unprotected: for sqlite3_bind_value, sqlite3_result_value and sqlite3_value_dup only.
    #[returns(until = [sqlite3_step, sqlite3_reset, sqlite3_finalize], opaque)]
    fn sqlite3_column_value(
        #[nullable] #[opaque] pStmt: *mut sqlite3_stmt,
        iCol: c_int,
    ) -> *mut sqlite3_value;

    fn sqlite3_column_bytes(
        #[nullable] #[opaque] pStmt: *mut sqlite3_stmt,
        iCol: c_int,
    ) -> c_int;

    fn sqlite3_column_bytes16(
        #[nullable] #[opaque] pStmt: *mut sqlite3_stmt,
        iCol: c_int,
    ) -> c_int;

    fn sqlite3_column_type(
        #[nullable] #[opaque] pStmt: *mut sqlite3_stmt,
        iCol: c_int,
    ) -> c_int;
}

// SQL functions. Client data stays until the function is replaced, deleted, or the connection closed; the
// first two are calls with the same name, which no end can tell. sqlite3_close_v2 is no end anywhere in this
// file: while statements are left the connection lives on.
// The destructor of the _v2 function runs then, and also where creating fails.
unsafe extern "C" {
    #[success(result == 0)]
    fn sqlite3_create_function(
        #[nonnull] #[opaque] db: *mut sqlite3,
        #[input] #[nonnull] #[null_terminated] zFunctionName: *const c_char,
        nArg: c_int,
        eTextRep: c_int,
        #[nullable] #[address]
        #[retained(by = db, until = [sqlite3_close(on(success))],
            on(success))]
        #[noescape] pApp: *mut c_void,
        #[nullable] #[callback(userdata = pApp, scope = notified, destroy = sqlite3_create_function)]
        xFunc: Option<unsafe extern "C" fn(
            #[userdata(sqlite3_user_data)] #[opaque] context: *mut sqlite3_context, count: c_int,
            #[input] #[counted_by(count)] values: *mut *mut sqlite3_value,
        )>,
        #[nullable] #[callback(userdata = pApp, scope = notified, destroy = sqlite3_create_function)]
        xStep: Option<unsafe extern "C" fn(
            #[userdata(sqlite3_user_data)] #[opaque] context: *mut sqlite3_context, count: c_int,
            #[input] #[counted_by(count)] values: *mut *mut sqlite3_value,
        )>,
        #[nullable] #[callback(userdata = pApp, scope = notified, destroy = sqlite3_create_function)]
        xFinal: Option<unsafe extern "C" fn(#[userdata(sqlite3_user_data)] #[opaque] context: *mut sqlite3_context)>,
    ) -> c_int;

    #[success(result == 0)]
    fn sqlite3_create_function16(
        #[nonnull] #[opaque] db: *mut sqlite3,
        #[input] #[nonnull] #[sized_by(at_least(2))] zFunctionName: *const c_void,
        nArg: c_int,
        eTextRep: c_int,
        #[nullable] #[address]
        #[retained(by = db, until = [sqlite3_close(on(success))],
            on(success))]
        #[noescape] pApp: *mut c_void,
        #[nullable] #[callback(userdata = pApp, scope = notified, destroy = sqlite3_create_function16)]
        xFunc: Option<unsafe extern "C" fn(
            #[userdata(sqlite3_user_data)] #[opaque] context: *mut sqlite3_context, count: c_int,
            #[input] #[counted_by(count)] values: *mut *mut sqlite3_value,
        )>,
        #[nullable] #[callback(userdata = pApp, scope = notified, destroy = sqlite3_create_function16)]
        xStep: Option<unsafe extern "C" fn(
            #[userdata(sqlite3_user_data)] #[opaque] context: *mut sqlite3_context, count: c_int,
            #[input] #[counted_by(count)] values: *mut *mut sqlite3_value,
        )>,
        #[nullable] #[callback(userdata = pApp, scope = notified, destroy = sqlite3_create_function16)]
        xFinal: Option<unsafe extern "C" fn(#[userdata(sqlite3_user_data)] #[opaque] context: *mut sqlite3_context)>,
    ) -> c_int;

    #[success(result == 0)]
    fn sqlite3_create_function_v2(
        #[nonnull] #[opaque] db: *mut sqlite3,
        #[input] #[nonnull] #[null_terminated] zFunctionName: *const c_char,
        nArg: c_int,
        eTextRep: c_int,
        #[nullable] #[address]
        #[retained(by = db, until = [sqlite3_close(on(success))],
            when(xDestroy == 0), on(success))]
        #[noescape(when(xDestroy == 0), on(failure))] #[transfer(free = xDestroy)] pApp: *mut c_void,
        #[nullable] #[callback(userdata = pApp, scope = notified, destroy = xDestroy, destroys_on_failure)]
        xFunc: Option<unsafe extern "C" fn(
            #[userdata(sqlite3_user_data)] #[opaque] context: *mut sqlite3_context, count: c_int,
            #[input] #[counted_by(count)] values: *mut *mut sqlite3_value,
        )>,
        #[nullable] #[callback(userdata = pApp, scope = notified, destroy = xDestroy, destroys_on_failure)]
        xStep: Option<unsafe extern "C" fn(
            #[userdata(sqlite3_user_data)] #[opaque] context: *mut sqlite3_context, count: c_int,
            #[input] #[counted_by(count)] values: *mut *mut sqlite3_value,
        )>,
        #[nullable] #[callback(userdata = pApp, scope = notified, destroy = xDestroy, destroys_on_failure)]
        xFinal: Option<unsafe extern "C" fn(#[userdata(sqlite3_user_data)] #[opaque] context: *mut sqlite3_context)>,
        #[callback(userdata = pApp, scope = async)] xDestroy: Option<unsafe extern "C" fn(*mut c_void)>,
    ) -> c_int;

    #[success(result == 0)]
    fn sqlite3_create_window_function(
        #[nonnull] #[opaque] db: *mut sqlite3,
        #[input] #[nonnull] #[null_terminated] zFunctionName: *const c_char,
        nArg: c_int,
        eTextRep: c_int,
        #[nullable] #[address]
        #[retained(by = db, until = [sqlite3_close(on(success))],
            when(xDestroy == 0), on(success))]
        #[noescape(when(xDestroy == 0), on(failure))] #[transfer(free = xDestroy)] pApp: *mut c_void,
        #[nullable] #[callback(userdata = pApp, scope = notified, destroy = xDestroy, destroys_on_failure)]
        xStep: Option<unsafe extern "C" fn(
            #[userdata(sqlite3_user_data)] #[opaque] context: *mut sqlite3_context, count: c_int,
            #[input] #[counted_by(count)] values: *mut *mut sqlite3_value,
        )>,
        #[nullable] #[callback(userdata = pApp, scope = notified, destroy = xDestroy, destroys_on_failure)]
        xFinal: Option<unsafe extern "C" fn(#[userdata(sqlite3_user_data)] #[opaque] context: *mut sqlite3_context)>,
        #[nullable] #[callback(userdata = pApp, scope = notified, destroy = xDestroy, destroys_on_failure)]
        xValue: Option<unsafe extern "C" fn(#[userdata(sqlite3_user_data)] #[opaque] context: *mut sqlite3_context)>,
        #[nullable] #[callback(userdata = pApp, scope = notified, destroy = xDestroy, destroys_on_failure)]
        xInverse: Option<unsafe extern "C" fn(
            #[userdata(sqlite3_user_data)] #[opaque] context: *mut sqlite3_context, count: c_int,
            #[input] #[counted_by(count)] values: *mut *mut sqlite3_value,
        )>,
        #[callback(userdata = pApp, scope = async)] xDestroy: Option<unsafe extern "C" fn(*mut c_void)>,
    ) -> c_int;

    fn sqlite3_aggregate_count(
        #[nonnull] #[opaque] pCtx: *mut sqlite3_context,
    ) -> c_int;

    // Zeroed at the first call, whose size counts; null where that is not above 0, or without memory.
    #[returns(borrowed = pCtx, nullable)]
    fn sqlite3_aggregate_context(
        #[nonnull] #[opaque] pCtx: *mut sqlite3_context,
        nBytes: c_int,
    ) -> *mut c_void;

    #[returns(nullable, opaque)]
    fn sqlite3_user_data(
        #[nonnull] #[opaque] pCtx: *mut sqlite3_context,
    ) -> *mut c_void;

    #[returns(borrowed = pCtx, nonnull, opaque)]
    fn sqlite3_context_db_handle(
        #[nonnull] #[opaque] pCtx: *mut sqlite3_context,
    ) -> *mut sqlite3;

    #[returns(nullable, opaque)]
    fn sqlite3_get_auxdata(
        #[nonnull] #[opaque] pCtx: *mut sqlite3_context,
        N: c_int,
    ) -> *mut c_void;

    // SQLite may drop it at any time, and run the destructor even before this call returns.
    fn sqlite3_set_auxdata(
        #[nonnull] #[opaque] pCtx: *mut sqlite3_context,
        N: c_int,
        #[nullable] #[address]
        #[retained(until = [sqlite3_reset, sqlite3_finalize], when(xDelete == 0))]
        #[transfer(free = xDelete)] pAux: *mut c_void,
        #[callback(userdata = pAux, scope = async)] xDelete: Option<unsafe extern "C" fn(*mut c_void)>,
    );

    fn sqlite3_vtab_nochange(
        #[nonnull] #[opaque] pCtx: *mut sqlite3_context,
    ) -> c_int;
}

// Since 3.44. The name is copied. The destructor runs when the name gets other data, when the connection is
// closed, and where the call fails.
unsafe extern "C" {
    #[returns(nullable, opaque)]
    fn sqlite3_get_clientdata(
        #[nonnull] #[opaque] db: *mut sqlite3,
        #[input] #[nonnull] #[null_terminated] #[noescape] zName: *const c_char,
    ) -> *mut c_void;

    #[success(result == 0)]
    fn sqlite3_set_clientdata(
        #[nonnull] #[opaque] db: *mut sqlite3,
        #[input] #[nonnull] #[null_terminated] #[noescape] zName: *const c_char,
        #[nullable] #[address]
        #[retained(by = db, until = [sqlite3_close(on(success))],
            when(xDestructor == 0), on(success))]
        #[noescape(when(xDestructor == 0), on(failure))] #[transfer(free = xDestructor)] pData: *mut c_void,
        #[callback(userdata = pData, scope = async)] xDestructor: Option<unsafe extern "C" fn(*mut c_void)>,
    ) -> c_int;
}

// Values. What they give is valid until the value is freed, or converted by one of its other functions.
unsafe extern "C" {
    #[returns(borrowed = pVal, nullable)]
    fn sqlite3_value_blob(
        #[nonnull] #[opaque] pVal: *mut sqlite3_value,
    ) -> *const c_void;

    fn sqlite3_value_double(
        #[nonnull] #[opaque] pVal: *mut sqlite3_value,
    ) -> f64;

    fn sqlite3_value_int(
        #[nonnull] #[opaque] pVal: *mut sqlite3_value,
    ) -> c_int;

    fn sqlite3_value_int64(
        #[nonnull] #[opaque] pVal: *mut sqlite3_value,
    ) -> sqlite3_int64;

    #[returns(nullable, opaque)]
    fn sqlite3_value_pointer(
        #[nonnull] #[opaque] pVal: *mut sqlite3_value,
        #[input] #[nonnull] #[null_terminated] zPType: *const c_char,
    ) -> *mut c_void;

    #[returns(borrowed = pVal, nullable, null_terminated)]
    fn sqlite3_value_text(
        #[nonnull] #[opaque] pVal: *mut sqlite3_value,
    ) -> *const c_uchar;

    #[returns(borrowed = pVal, nullable)]
    fn sqlite3_value_text16(
        #[nonnull] #[opaque] pVal: *mut sqlite3_value,
    ) -> *const c_void;

    #[returns(borrowed = pVal, nullable)]
    fn sqlite3_value_text16le(
        #[nonnull] #[opaque] pVal: *mut sqlite3_value,
    ) -> *const c_void;

    #[returns(borrowed = pVal, nullable)]
    fn sqlite3_value_text16be(
        #[nonnull] #[opaque] pVal: *mut sqlite3_value,
    ) -> *const c_void;

    fn sqlite3_value_bytes(
        #[nonnull] #[opaque] pVal: *mut sqlite3_value,
    ) -> c_int;

    fn sqlite3_value_bytes16(
        #[nonnull] #[opaque] pVal: *mut sqlite3_value,
    ) -> c_int;

    fn sqlite3_value_type(
        #[nonnull] #[opaque] pVal: *mut sqlite3_value,
    ) -> c_int;

    fn sqlite3_value_numeric_type(
        #[nonnull] #[opaque] pVal: *mut sqlite3_value,
    ) -> c_int;

    fn sqlite3_value_nochange(
        #[nonnull] #[opaque] pVal: *mut sqlite3_value,
    ) -> c_int;

    fn sqlite3_value_frombind(
        #[nonnull] #[opaque] pVal: *mut sqlite3_value,
    ) -> c_int;

    fn sqlite3_value_encoding(
        #[nonnull] #[opaque] pVal: *mut sqlite3_value,
    ) -> c_int;

    fn sqlite3_value_subtype(
        #[nonnull] #[opaque] pVal: *mut sqlite3_value,
    ) -> c_uint;

    #[returns(owned, free = sqlite3_value_free, nullable, opaque)]
    fn sqlite3_value_dup(
        #[nullable] #[opaque] pOrig: *const sqlite3_value,
    ) -> *mut sqlite3_value;

    fn sqlite3_value_free(
        #[nullable] #[opaque] #[transfer] pOld: *mut sqlite3_value,
    );
}

// Results of SQL functions. Static memory must last until the statement is reset or gone: registers point
// there over several steps. The statement is no parameter, so there is no `by`, and no end that can be told.
// There is no failure to tell, and the destructor runs in any case.
unsafe extern "C" {
    fn sqlite3_result_blob(
        #[nonnull] #[opaque] pCtx: *mut sqlite3_context,
        #[input] #[nullable] #[sized_by(n)] #[noescape(when(destructor == -1))]
        #[retained(until = [sqlite3_reset, sqlite3_finalize], when(destructor == 0))]
        #[transfer(free = destructor)] value: *const c_void,
        n: c_int,
        #[callback(userdata = value, scope = async)] destructor: Option<unsafe extern "C" fn(*mut c_void)>,
    );

    #[form_of(sqlite3_result_blob, destructor = 0)]
    fn sqlite3_result_blob_static(
        #[nonnull] #[opaque] pCtx: *mut sqlite3_context,
        #[input] #[nullable] #[sized_by(n)]
        #[retained(until = [sqlite3_reset, sqlite3_finalize])] value: *const c_void,
        n: c_int,
    );

    #[form_of(sqlite3_result_blob, destructor = -1)]
    fn sqlite3_result_blob_transient(
        #[nonnull] #[opaque] pCtx: *mut sqlite3_context,
        #[input] #[nullable] #[sized_by(n)] #[noescape] value: *const c_void,
        n: c_int,
    );

    fn sqlite3_result_blob64(
        #[nonnull] #[opaque] pCtx: *mut sqlite3_context,
        #[input] #[nullable] #[sized_by(n)] #[noescape(when(destructor == -1))]
        #[retained(until = [sqlite3_reset, sqlite3_finalize], when(destructor == 0))]
        #[transfer(free = destructor)] value: *const c_void,
        n: sqlite3_uint64,
        #[callback(userdata = value, scope = async)] destructor: Option<unsafe extern "C" fn(*mut c_void)>,
    );

    #[form_of(sqlite3_result_blob64, destructor = 0)]
    fn sqlite3_result_blob64_static(
        #[nonnull] #[opaque] pCtx: *mut sqlite3_context,
        #[input] #[nullable] #[sized_by(n)]
        #[retained(until = [sqlite3_reset, sqlite3_finalize])] value: *const c_void,
        n: sqlite3_uint64,
    );

    #[form_of(sqlite3_result_blob64, destructor = -1)]
    fn sqlite3_result_blob64_transient(
        #[nonnull] #[opaque] pCtx: *mut sqlite3_context,
        #[input] #[nullable] #[sized_by(n)] #[noescape] value: *const c_void,
        n: sqlite3_uint64,
    );

    fn sqlite3_result_text(
        #[nonnull] #[opaque] pCtx: *mut sqlite3_context,
        #[input] #[nullable] #[sized_by(n)] #[noescape(when(destructor == -1))]
        #[retained(until = [sqlite3_reset, sqlite3_finalize], when(destructor == 0))]
        #[transfer(free = destructor)] value: *const c_char,
        n: c_int,
        #[callback(userdata = value, scope = async)] destructor: Option<unsafe extern "C" fn(*mut c_void)>,
    );

    #[form_of(sqlite3_result_text, destructor = 0)]
    fn sqlite3_result_text_static(
        #[nonnull] #[opaque] pCtx: *mut sqlite3_context,
        #[input] #[nullable] #[sized_by(n)]
        #[retained(until = [sqlite3_reset, sqlite3_finalize])] value: *const c_char,
        n: c_int,
    );

    #[form_of(sqlite3_result_text, n = -1, destructor = 0)]
    fn sqlite3_result_text_terminated_static(
        #[nonnull] #[opaque] pCtx: *mut sqlite3_context,
        #[input] #[nullable] #[null_terminated]
        #[retained(until = [sqlite3_reset, sqlite3_finalize])] value: *const c_char,
    );

    #[form_of(sqlite3_result_text, destructor = -1)]
    fn sqlite3_result_text_transient(
        #[nonnull] #[opaque] pCtx: *mut sqlite3_context,
        #[input] #[nullable] #[sized_by(n)] #[noescape] value: *const c_char,
        n: c_int,
    );

    #[form_of(sqlite3_result_text, n = -1, destructor = -1)]
    fn sqlite3_result_text_terminated_transient(
        #[nonnull] #[opaque] pCtx: *mut sqlite3_context,
        #[input] #[nullable] #[null_terminated] #[noescape] value: *const c_char,
    );

    fn sqlite3_result_text64(
        #[nonnull] #[opaque] pCtx: *mut sqlite3_context,
        #[input] #[nullable] #[sized_by(n)] #[noescape(when(destructor == -1))]
        #[retained(until = [sqlite3_reset, sqlite3_finalize], when(destructor == 0))]
        #[transfer(free = destructor)] value: *const c_char,
        n: sqlite3_uint64,
        #[callback(userdata = value, scope = async)] destructor: Option<unsafe extern "C" fn(*mut c_void)>,
        encoding: c_uchar,
    );

    #[form_of(sqlite3_result_text64, destructor = 0)]
    fn sqlite3_result_text64_static(
        #[nonnull] #[opaque] pCtx: *mut sqlite3_context,
        #[input] #[nullable] #[sized_by(n)]
        #[retained(until = [sqlite3_reset, sqlite3_finalize])] value: *const c_char,
        n: sqlite3_uint64,
        encoding: c_uchar,
    );

    #[form_of(sqlite3_result_text64, destructor = -1)]
    fn sqlite3_result_text64_transient(
        #[nonnull] #[opaque] pCtx: *mut sqlite3_context,
        #[input] #[nullable] #[sized_by(n)] #[noescape] value: *const c_char,
        n: sqlite3_uint64,
        encoding: c_uchar,
    );

    fn sqlite3_result_text16(
        #[nonnull] #[opaque] pCtx: *mut sqlite3_context,
        #[input] #[nullable] #[sized_by(n)] #[noescape(when(destructor == -1))]
        #[retained(until = [sqlite3_reset, sqlite3_finalize], when(destructor == 0))]
        #[transfer(free = destructor)] value: *const c_void,
        n: c_int,
        #[callback(userdata = value, scope = async)] destructor: Option<unsafe extern "C" fn(*mut c_void)>,
    );

    #[form_of(sqlite3_result_text16, destructor = 0)]
    fn sqlite3_result_text16_static(
        #[nonnull] #[opaque] pCtx: *mut sqlite3_context,
        #[input] #[nullable] #[sized_by(n)]
        #[retained(until = [sqlite3_reset, sqlite3_finalize])] value: *const c_void,
        n: c_int,
    );

    #[form_of(sqlite3_result_text16, destructor = -1)]
    fn sqlite3_result_text16_transient(
        #[nonnull] #[opaque] pCtx: *mut sqlite3_context,
        #[input] #[nullable] #[sized_by(n)] #[noescape] value: *const c_void,
        n: c_int,
    );

    fn sqlite3_result_text16le(
        #[nonnull] #[opaque] pCtx: *mut sqlite3_context,
        #[input] #[nullable] #[sized_by(n)] #[noescape(when(destructor == -1))]
        #[retained(until = [sqlite3_reset, sqlite3_finalize], when(destructor == 0))]
        #[transfer(free = destructor)] value: *const c_void,
        n: c_int,
        #[callback(userdata = value, scope = async)] destructor: Option<unsafe extern "C" fn(*mut c_void)>,
    );

    #[form_of(sqlite3_result_text16le, destructor = 0)]
    fn sqlite3_result_text16le_static(
        #[nonnull] #[opaque] pCtx: *mut sqlite3_context,
        #[input] #[nullable] #[sized_by(n)]
        #[retained(until = [sqlite3_reset, sqlite3_finalize])] value: *const c_void,
        n: c_int,
    );

    #[form_of(sqlite3_result_text16le, destructor = -1)]
    fn sqlite3_result_text16le_transient(
        #[nonnull] #[opaque] pCtx: *mut sqlite3_context,
        #[input] #[nullable] #[sized_by(n)] #[noescape] value: *const c_void,
        n: c_int,
    );

    fn sqlite3_result_text16be(
        #[nonnull] #[opaque] pCtx: *mut sqlite3_context,
        #[input] #[nullable] #[sized_by(n)] #[noescape(when(destructor == -1))]
        #[retained(until = [sqlite3_reset, sqlite3_finalize], when(destructor == 0))]
        #[transfer(free = destructor)] value: *const c_void,
        n: c_int,
        #[callback(userdata = value, scope = async)] destructor: Option<unsafe extern "C" fn(*mut c_void)>,
    );

    #[form_of(sqlite3_result_text16be, destructor = 0)]
    fn sqlite3_result_text16be_static(
        #[nonnull] #[opaque] pCtx: *mut sqlite3_context,
        #[input] #[nullable] #[sized_by(n)]
        #[retained(until = [sqlite3_reset, sqlite3_finalize])] value: *const c_void,
        n: c_int,
    );

    #[form_of(sqlite3_result_text16be, destructor = -1)]
    fn sqlite3_result_text16be_transient(
        #[nonnull] #[opaque] pCtx: *mut sqlite3_context,
        #[input] #[nullable] #[sized_by(n)] #[noescape] value: *const c_void,
        n: c_int,
    );

    fn sqlite3_result_double(
        #[nonnull] #[opaque] pCtx: *mut sqlite3_context,
        value: f64,
    );

    // Copied.
    fn sqlite3_result_error(
        #[nonnull] #[opaque] pCtx: *mut sqlite3_context,
        #[input] #[nullable] #[sized_by(n)] z: *const c_char,
        n: c_int,
    );

    #[form_of(sqlite3_result_error, n = -1)]
    fn sqlite3_result_error_terminated(
        #[nonnull] #[opaque] pCtx: *mut sqlite3_context,
        #[input] #[nullable] #[null_terminated] z: *const c_char,
    );

    fn sqlite3_result_error16(
        #[nonnull] #[opaque] pCtx: *mut sqlite3_context,
        #[input] #[nullable] #[sized_by(n)] z: *const c_void,
        n: c_int,
    );

    fn sqlite3_result_error_toobig(
        #[nonnull] #[opaque] pCtx: *mut sqlite3_context,
    );

    fn sqlite3_result_error_nomem(
        #[nonnull] #[opaque] pCtx: *mut sqlite3_context,
    );

    fn sqlite3_result_error_code(
        #[nonnull] #[opaque] pCtx: *mut sqlite3_context,
        errCode: c_int,
    );

    fn sqlite3_result_int(
        #[nonnull] #[opaque] pCtx: *mut sqlite3_context,
        value: c_int,
    );

    fn sqlite3_result_int64(
        #[nonnull] #[opaque] pCtx: *mut sqlite3_context,
        value: sqlite3_int64,
    );

    fn sqlite3_result_null(
        #[nonnull] #[opaque] pCtx: *mut sqlite3_context,
    );

    fn sqlite3_result_value(
        #[nonnull] #[opaque] pCtx: *mut sqlite3_context,
        #[nonnull] #[opaque] pValue: *mut sqlite3_value,
    );

    // As with sqlite3_bind_pointer, the name of the type is not copied.
    fn sqlite3_result_pointer(
        #[nonnull] #[opaque] pCtx: *mut sqlite3_context,
        #[nullable] #[address]
        #[retained(until = [sqlite3_reset, sqlite3_finalize], when(xDestructor == 0))]
        #[transfer(free = xDestructor)] pPtr: *mut c_void,
        #[input] #[nullable] #[null_terminated]
        #[retained(until = [sqlite3_reset, sqlite3_finalize])] zPType: *const c_char,
        #[callback(userdata = pPtr, scope = async)] xDestructor: Option<unsafe extern "C" fn(*mut c_void)>,
    );

    fn sqlite3_result_zeroblob(
        #[nonnull] #[opaque] pCtx: *mut sqlite3_context,
        n: c_int,
    );

    #[success(result == 0)]
    fn sqlite3_result_zeroblob64(
        #[nonnull] #[opaque] pCtx: *mut sqlite3_context,
        n: sqlite3_uint64,
    ) -> c_int;

    fn sqlite3_result_subtype(
        #[nonnull] #[opaque] pCtx: *mut sqlite3_context,
        eSubtype: c_uint,
    );
}

// Collations. Unlike the functions above, sqlite3_create_collation_v2 does not run the destructor where
// it fails: the data is still the caller's then.
unsafe extern "C" {
    #[success(result == 0)]
    fn sqlite3_create_collation(
        #[nonnull] #[opaque] db: *mut sqlite3,
        #[input] #[nonnull] #[null_terminated] zName: *const c_char,
        eTextRep: c_int,
        #[nullable] #[address]
        #[retained(by = db, until = [sqlite3_close(on(success))], on(success))]
        #[noescape] pArg: *mut c_void,
        #[nullable] #[callback(userdata = pArg, scope = notified, destroy = sqlite3_create_collation, on_panic = 0)]
        xCompare: Option<unsafe extern "C" fn(
            pArg: *mut c_void, left_len: c_int, #[sized_by(left_len)] left: *const c_void, right_len: c_int,
            #[sized_by(right_len)] right: *const c_void,
        ) -> c_int>,
    ) -> c_int;

    #[success(result == 0)]
    fn sqlite3_create_collation_v2(
        #[nonnull] #[opaque] db: *mut sqlite3,
        #[input] #[nonnull] #[null_terminated] zName: *const c_char,
        eTextRep: c_int,
        #[nullable] #[address]
        #[retained(by = db, until = [sqlite3_close(on(success))], when(xDestroy == 0), on(success))]
        #[transfer(free = xDestroy, when(xDestroy != 0), on(success))] #[noescape] pArg: *mut c_void,
        #[nullable] #[callback(userdata = pArg, scope = notified, destroy = xDestroy, on_panic = 0)]
        xCompare: Option<unsafe extern "C" fn(
            pArg: *mut c_void, left_len: c_int, #[sized_by(left_len)] left: *const c_void, right_len: c_int,
            #[sized_by(right_len)] right: *const c_void,
        ) -> c_int>,
        #[callback(userdata = pArg, scope = async)] xDestroy: Option<unsafe extern "C" fn(*mut c_void)>,
    ) -> c_int;

    #[success(result == 0)]
    fn sqlite3_create_collation16(
        #[nonnull] #[opaque] db: *mut sqlite3,
        #[input] #[nonnull] #[sized_by(at_least(2))] zName: *const c_void,
        eTextRep: c_int,
        #[nullable] #[address]
        #[retained(by = db, until = [sqlite3_close(on(success))], on(success))]
        #[noescape] pArg: *mut c_void,
        #[nullable] #[callback(userdata = pArg, scope = notified, destroy = sqlite3_create_collation16, on_panic = 0)]
        xCompare: Option<unsafe extern "C" fn(
            pArg: *mut c_void, left_len: c_int, #[sized_by(left_len)] left: *const c_void, right_len: c_int,
            #[sized_by(right_len)] right: *const c_void,
        ) -> c_int>,
    ) -> c_int;
}

// Virtual tables. The module is not copied; a null one takes the module of that name away. As with
// functions, the destructor runs where creating fails.
unsafe extern "C" {
    #[success(result == 0)]
    fn sqlite3_create_module(
        #[nonnull] #[opaque] db: *mut sqlite3,
        #[input] #[nonnull] #[null_terminated] zName: *const c_char,
        #[input] #[nullable] #[one]
        #[retained(by = db, until = [sqlite3_close(on(success))], on(success))]
        #[noescape] p: *const sqlite3_module,
        #[nullable] #[address]
        #[retained(by = db, until = [sqlite3_close(on(success))], on(success))]
        #[noescape] pClientData: *mut c_void,
    ) -> c_int;

    #[success(result == 0)]
    #[calls_back]
    fn sqlite3_create_module_v2(
        #[nonnull] #[opaque] db: *mut sqlite3,
        #[input] #[nonnull] #[null_terminated] zName: *const c_char,
        #[input] #[nullable] #[one]
        #[retained(by = db, until = [sqlite3_close(on(success))], on(success))]
        #[noescape] p: *const sqlite3_module,
        #[nullable] #[address]
        #[retained(by = db, until = [sqlite3_close(on(success))], when(xDestroy == 0), on(success))]
        #[noescape(when(xDestroy == 0), on(failure))] #[transfer(free = xDestroy)] pClientData: *mut c_void,
        #[callback(userdata = pClientData, scope = async)] xDestroy: Option<unsafe extern "C" fn(*mut c_void)>,
    ) -> c_int;

    // An array that ends with null; null for none.
    #[success(result == 0)]
    fn sqlite3_drop_modules(
        #[nonnull] #[opaque] db: *mut sqlite3,
        #[input] #[nullable] #[flow_through] #[null_terminated] #[pointee(input, null_terminated)]
        azKeep: *mut *const c_char,
    ) -> c_int;

    #[unsafe_beyond_pointers("op decides what the further arguments mean")]
    fn sqlite3_vtab_config(
        #[nonnull] #[opaque] db: *mut sqlite3,
        op: c_int,
        ...
    ) -> c_int;

    #[form_of(sqlite3_vtab_config, op = SQLITE_VTAB_CONSTRAINT_SUPPORT)]
    #[success(result == 0)]
    fn sqlite3_vtab_config_constraint_support(
        #[nonnull] #[opaque] db: *mut sqlite3,
        value: c_int,
    ) -> c_int;

    #[form_of(sqlite3_vtab_config, op = SQLITE_VTAB_INNOCUOUS)]
    #[success(result == 0)]
    fn sqlite3_vtab_config_innocuous(
        #[nonnull] #[opaque] db: *mut sqlite3,
    ) -> c_int;

    #[form_of(sqlite3_vtab_config, op = SQLITE_VTAB_DIRECTONLY)]
    #[success(result == 0)]
    fn sqlite3_vtab_config_directonly(
        #[nonnull] #[opaque] db: *mut sqlite3,
    ) -> c_int;

    // Only with the object that xBestIndex got, behind which SQLite keeps more; results live until
    // xBestIndex returns.
    #[returns(borrowed = pIdxInfo, nullable, null_terminated)]
    fn sqlite3_vtab_collation(
        #[nonnull] #[opaque] pIdxInfo: *mut sqlite3_index_info,
        iCons: c_int,
    ) -> *const c_char;

    fn sqlite3_vtab_distinct(
        #[nonnull] #[opaque] pIdxInfo: *mut sqlite3_index_info,
    ) -> c_int;

    fn sqlite3_vtab_in(
        #[nonnull] #[opaque] pIdxInfo: *mut sqlite3_index_info,
        iCons: c_int,
        bHandle: c_int,
    ) -> c_int;

    #[success(result == 0)]
    fn sqlite3_vtab_rhs_value(
        #[nonnull] #[opaque] pIdxInfo: *mut sqlite3_index_info,
        iCons: c_int,
        #[out] #[nonnull] #[one] #[pointee(borrowed = pIdxInfo, nullable, opaque)] ppVal: *mut *mut sqlite3_value,
    ) -> c_int;

    // SQLITE_OK with a value, SQLITE_DONE with null.
    fn sqlite3_vtab_in_first(
        #[nonnull] #[opaque] pVal: *mut sqlite3_value,
        #[out] #[nonnull] #[one] #[pointee(borrowed = pVal, nullable, opaque)] ppOut: *mut *mut sqlite3_value,
    ) -> c_int;

    fn sqlite3_vtab_in_next(
        #[nonnull] #[opaque] pVal: *mut sqlite3_value,
        #[out] #[nonnull] #[one] #[pointee(borrowed = pVal, nullable, opaque)] ppOut: *mut *mut sqlite3_value,
    ) -> c_int;

    #[success(result == 0)]
    fn sqlite3_rtree_geometry_callback(
        #[nonnull] #[opaque] db: *mut sqlite3,
        #[input] #[nonnull] #[null_terminated] zGeom: *const c_char,
        #[callback(userdata = pContext, scope = notified, destroy = sqlite3_close)]
        xGeom: Option<unsafe extern "C" fn(*mut sqlite3_rtree_geometry, c_int, *mut f64, *mut c_int) -> c_int>,
        #[nullable] #[address]
        #[retained(by = db, until = [sqlite3_close(on(success))],
            on(success))]
        #[noescape] pContext: *mut c_void,
    ) -> c_int;

    #[success(result == 0)]
    fn sqlite3_rtree_query_callback(
        #[nonnull] #[opaque] db: *mut sqlite3,
        #[input] #[nonnull] #[null_terminated] zQueryFunc: *const c_char,
        #[callback(userdata = pContext, scope = notified, destroy = xDestructor)]
        xQueryFunc: Option<unsafe extern "C" fn(*mut sqlite3_rtree_query_info) -> c_int>,
        #[nullable] #[address]
        #[retained(by = db, until = [sqlite3_close(on(success))],
            when(xDestructor == 0), on(success))]
        #[noescape(when(xDestructor == 0), on(failure))] #[transfer(free = xDestructor)]
        pContext: *mut c_void,
        #[callback(userdata = pContext, scope = async)] xDestructor: Option<unsafe extern "C" fn(*mut c_void)>,
    ) -> c_int;
}

// Blobs in place. sqlite3_blob_close closes even where it returns an error. Lengths and offsets outside
// of the blob are refused.
unsafe extern "C" {
    #[success(result == 0)]
    #[calls_back]
    fn sqlite3_blob_open(
        #[nonnull] #[opaque] db: *mut sqlite3,
        #[input] #[nonnull] #[null_terminated] zDb: *const c_char,
        #[input] #[nonnull] #[null_terminated] zTable: *const c_char,
        #[input] #[nonnull] #[null_terminated] zColumn: *const c_char,
        iRow: sqlite3_int64,
        flags: c_int,
        #[out] #[nonnull] #[one] #[pointee(owned, free = sqlite3_blob_close, nullable, opaque)]
        ppBlob: *mut *mut sqlite3_blob,
    ) -> c_int;

    #[success(result == 0)]
    #[calls_back]
    fn sqlite3_blob_reopen(
        #[nullable] #[opaque] pBlob: *mut sqlite3_blob,
        iRow: sqlite3_int64,
    ) -> c_int;

    #[calls_back]
    fn sqlite3_blob_close(
        #[nullable] #[opaque] #[transfer] pBlob: *mut sqlite3_blob,
    ) -> c_int;

    fn sqlite3_blob_bytes(
        #[nullable] #[opaque] pBlob: *mut sqlite3_blob,
    ) -> c_int;

    #[success(result == 0)]
    fn sqlite3_blob_read(
        #[nullable] #[opaque] pBlob: *mut sqlite3_blob,
        #[out] #[nonnull] #[sized_by(N)] #[filled_by(N)] Z: *mut c_void,
        N: c_int,
        iOffset: c_int,
    ) -> c_int;

    #[success(result == 0)]
    #[calls_back]
    fn sqlite3_blob_write(
        #[nullable] #[opaque] pBlob: *mut sqlite3_blob,
        #[input] #[nonnull] #[sized_by(n)] z: *const c_void,
        n: c_int,
        iOffset: c_int,
    ) -> c_int;
}

// File systems. The object is linked into a list until it is unregistered; connections that were opened with
// it go on using it after that, so there is no end.
unsafe extern "C" {
    #[returns(static, until = [sqlite3_vfs_unregister], nullable, one)]
    fn sqlite3_vfs_find(
        #[input] #[nullable] #[null_terminated] zVfsName: *const c_char,
    ) -> *mut sqlite3_vfs;

    #[success(result == 0)]
    fn sqlite3_vfs_register(
        #[inout] #[nonnull] #[one] #[retained(forever)] pVfs: *mut sqlite3_vfs,
        makeDflt: c_int,
    ) -> c_int;

    #[success(result == 0)]
    fn sqlite3_vfs_unregister(
        #[inout] #[nonnull] #[one] pVfs: *mut sqlite3_vfs,
    ) -> c_int;
}

// Mutexes. The static ones are not freed.
unsafe extern "C" {
    #[returns(owned, free = sqlite3_mutex_free, static, nullable, opaque)]
    fn sqlite3_mutex_alloc(id: c_int) -> *mut sqlite3_mutex;

    fn sqlite3_mutex_free(
        #[nullable] #[opaque] #[transfer] p: *mut sqlite3_mutex,
    );

    fn sqlite3_mutex_enter(
        #[nullable] #[opaque] p: *mut sqlite3_mutex,
    );

    fn sqlite3_mutex_try(
        #[nullable] #[opaque] p: *mut sqlite3_mutex,
    ) -> c_int;

    fn sqlite3_mutex_leave(
        #[nullable] #[opaque] p: *mut sqlite3_mutex,
    );

    fn sqlite3_mutex_held(
        #[nullable] #[opaque] p: *mut sqlite3_mutex,
    ) -> c_int;

    fn sqlite3_mutex_notheld(
        #[nullable] #[opaque] p: *mut sqlite3_mutex,
    ) -> c_int;
}

// sqlite3_file_control: the operation decides what is pointed to. Operations between SQLite and its
// file systems have no form here.
unsafe extern "C" {
    #[unsafe_beyond_pointers("op decides what pArg points to")]
    fn sqlite3_file_control(
        #[nonnull] #[opaque] db: *mut sqlite3,
        #[input] #[nullable] #[null_terminated] zDbName: *const c_char,
        op: c_int,
        #[nullable] #[opaque] pArg: *mut c_void,
    ) -> c_int;

    #[form_of(sqlite3_file_control, op = SQLITE_FCNTL_LOCKSTATE)]
    #[success(result == 0)]
    fn sqlite3_file_control_lockstate(
        #[nonnull] #[opaque] db: *mut sqlite3,
        #[input] #[nullable] #[null_terminated] zDbName: *const c_char,
        #[out] #[nonnull] #[sized_by(4)] pArg: *mut c_void,
    ) -> c_int;

    #[form_of(sqlite3_file_control, op = SQLITE_FCNTL_LAST_ERRNO)]
    #[success(result == 0)]
    fn sqlite3_file_control_last_errno(
        #[nonnull] #[opaque] db: *mut sqlite3,
        #[input] #[nullable] #[null_terminated] zDbName: *const c_char,
        #[out] #[nonnull] #[sized_by(4)] pArg: *mut c_void,
    ) -> c_int;

    #[form_of(sqlite3_file_control, op = SQLITE_FCNTL_SIZE_HINT)]
    #[success(result == 0)]
    fn sqlite3_file_control_size_hint(
        #[nonnull] #[opaque] db: *mut sqlite3,
        #[input] #[nullable] #[null_terminated] zDbName: *const c_char,
        #[input] #[nonnull] #[sized_by(8)] pArg: *mut c_void,
    ) -> c_int;

    #[form_of(sqlite3_file_control, op = SQLITE_FCNTL_CHUNK_SIZE)]
    #[success(result == 0)]
    fn sqlite3_file_control_chunk_size(
        #[nonnull] #[opaque] db: *mut sqlite3,
        #[input] #[nullable] #[null_terminated] zDbName: *const c_char,
        #[input] #[nonnull] #[sized_by(4)] pArg: *mut c_void,
    ) -> c_int;

    #[form_of(sqlite3_file_control, op = SQLITE_FCNTL_PERSIST_WAL)]
    #[success(result == 0)]
    fn sqlite3_file_control_persist_wal(
        #[nonnull] #[opaque] db: *mut sqlite3,
        #[input] #[nullable] #[null_terminated] zDbName: *const c_char,
        #[inout] #[nonnull] #[sized_by(4)] pArg: *mut c_void,
    ) -> c_int;

    #[form_of(sqlite3_file_control, op = SQLITE_FCNTL_POWERSAFE_OVERWRITE)]
    #[success(result == 0)]
    fn sqlite3_file_control_powersafe_overwrite(
        #[nonnull] #[opaque] db: *mut sqlite3,
        #[input] #[nullable] #[null_terminated] zDbName: *const c_char,
        #[inout] #[nonnull] #[sized_by(4)] pArg: *mut c_void,
    ) -> c_int;

    #[form_of(sqlite3_file_control, op = SQLITE_FCNTL_MMAP_SIZE)]
    #[success(result == 0)]
    fn sqlite3_file_control_mmap_size(
        #[nonnull] #[opaque] db: *mut sqlite3,
        #[input] #[nullable] #[null_terminated] zDbName: *const c_char,
        #[inout] #[nonnull] #[sized_by(8)] pArg: *mut c_void,
    ) -> c_int;

    #[form_of(sqlite3_file_control, op = SQLITE_FCNTL_HAS_MOVED)]
    #[success(result == 0)]
    fn sqlite3_file_control_has_moved(
        #[nonnull] #[opaque] db: *mut sqlite3,
        #[input] #[nullable] #[null_terminated] zDbName: *const c_char,
        #[out] #[nonnull] #[sized_by(4)] pArg: *mut c_void,
    ) -> c_int;

    #[form_of(sqlite3_file_control, op = SQLITE_FCNTL_LOCK_TIMEOUT)]
    #[success(result == 0)]
    fn sqlite3_file_control_lock_timeout(
        #[nonnull] #[opaque] db: *mut sqlite3,
        #[input] #[nullable] #[null_terminated] zDbName: *const c_char,
        #[inout] #[nonnull] #[sized_by(4)] pArg: *mut c_void,
    ) -> c_int;

    #[form_of(sqlite3_file_control, op = SQLITE_FCNTL_DATA_VERSION)]
    #[success(result == 0)]
    fn sqlite3_file_control_data_version(
        #[nonnull] #[opaque] db: *mut sqlite3,
        #[input] #[nullable] #[null_terminated] zDbName: *const c_char,
        #[out] #[nonnull] #[sized_by(4)] pArg: *mut c_void,
    ) -> c_int;

    #[form_of(sqlite3_file_control, op = SQLITE_FCNTL_SIZE_LIMIT)]
    #[success(result == 0)]
    fn sqlite3_file_control_size_limit(
        #[nonnull] #[opaque] db: *mut sqlite3,
        #[input] #[nullable] #[null_terminated] zDbName: *const c_char,
        #[inout] #[nonnull] #[sized_by(8)] pArg: *mut c_void,
    ) -> c_int;

    #[form_of(sqlite3_file_control, op = SQLITE_FCNTL_RESERVE_BYTES)]
    #[success(result == 0)]
    fn sqlite3_file_control_reserve_bytes(
        #[nonnull] #[opaque] db: *mut sqlite3,
        #[input] #[nullable] #[null_terminated] zDbName: *const c_char,
        #[inout] #[nonnull] #[sized_by(4)] pArg: *mut c_void,
    ) -> c_int;

    #[form_of(sqlite3_file_control, op = SQLITE_FCNTL_EXTERNAL_READER)]
    #[success(result == 0)]
    fn sqlite3_file_control_external_reader(
        #[nonnull] #[opaque] db: *mut sqlite3,
        #[input] #[nullable] #[null_terminated] zDbName: *const c_char,
        #[out] #[nonnull] #[sized_by(4)] pArg: *mut c_void,
    ) -> c_int;

    #[form_of(sqlite3_file_control, op = SQLITE_FCNTL_FILE_POINTER)]
    #[success(result == 0)]
    fn sqlite3_file_control_file_pointer(
        #[nonnull] #[opaque] db: *mut sqlite3,
        #[input] #[nullable] #[null_terminated] zDbName: *const c_char,
        #[out] #[nonnull] #[sized_by(8)] #[pointee(borrowed = db, opaque)] pArg: *mut c_void,
    ) -> c_int;

    #[form_of(sqlite3_file_control, op = SQLITE_FCNTL_VFS_POINTER)]
    #[success(result == 0)]
    fn sqlite3_file_control_vfs_pointer(
        #[nonnull] #[opaque] db: *mut sqlite3,
        #[input] #[nullable] #[null_terminated] zDbName: *const c_char,
        #[out] #[nonnull] #[sized_by(8)] #[pointee(borrowed = db, opaque)] pArg: *mut c_void,
    ) -> c_int;

    #[form_of(sqlite3_file_control, op = SQLITE_FCNTL_JOURNAL_POINTER)]
    #[success(result == 0)]
    fn sqlite3_file_control_journal_pointer(
        #[nonnull] #[opaque] db: *mut sqlite3,
        #[input] #[nullable] #[null_terminated] zDbName: *const c_char,
        #[out] #[nonnull] #[sized_by(8)] #[pointee(borrowed = db, opaque)] pArg: *mut c_void,
    ) -> c_int;

    #[form_of(sqlite3_file_control, op = SQLITE_FCNTL_VFSNAME)]
    #[success(result == 0)]
    fn sqlite3_file_control_vfsname(
        #[nonnull] #[opaque] db: *mut sqlite3,
        #[input] #[nullable] #[null_terminated] zDbName: *const c_char,
        #[out] #[nonnull] #[sized_by(8)] #[pointee(owned, always, free = sqlite3_free, nullable, null_terminated)]
        pArg: *mut c_void,
    ) -> c_int;

    #[form_of(sqlite3_file_control, op = SQLITE_FCNTL_TEMPFILENAME)]
    #[success(result == 0)]
    fn sqlite3_file_control_tempfilename(
        #[nonnull] #[opaque] db: *mut sqlite3,
        #[input] #[nullable] #[null_terminated] zDbName: *const c_char,
        #[out] #[nonnull] #[sized_by(8)] #[pointee(owned, always, free = sqlite3_free, nullable, null_terminated)]
        pArg: *mut c_void,
    ) -> c_int;

    #[form_of(sqlite3_file_control, op = SQLITE_FCNTL_RESET_CACHE)]
    #[success(result == 0)]
    fn sqlite3_file_control_reset_cache(
        #[nonnull] #[opaque] db: *mut sqlite3,
        #[input] #[nullable] #[null_terminated] zDbName: *const c_char,
        #[nullable] #[opaque] pArg: *mut c_void,
    ) -> c_int;
}

// Copying databases.
unsafe extern "C" {
    #[returns(owned, free = sqlite3_backup_finish, nullable, opaque)]
    fn sqlite3_backup_init(
        #[nonnull] #[opaque] pDest: *mut sqlite3,
        #[input] #[nonnull] #[null_terminated] zDestName: *const c_char,
        #[nonnull] #[opaque] pSource: *mut sqlite3,
        #[input] #[nonnull] #[null_terminated] zSourceName: *const c_char,
    ) -> *mut sqlite3_backup;

    #[calls_back]
    fn sqlite3_backup_step(
        #[nonnull] #[opaque] p: *mut sqlite3_backup,
        nPage: c_int,
    ) -> c_int;

    fn sqlite3_backup_finish(
        #[nullable] #[opaque] #[transfer] p: *mut sqlite3_backup,
    ) -> c_int;

    fn sqlite3_backup_remaining(
        #[nonnull] #[opaque] p: *mut sqlite3_backup,
    ) -> c_int;

    fn sqlite3_backup_pagecount(
        #[nonnull] #[opaque] p: *mut sqlite3_backup,
    ) -> c_int;

    #[success(result == 0)]
    fn sqlite3_snapshot_get(
        #[nonnull] #[opaque] db: *mut sqlite3,
        #[input] #[nonnull] #[null_terminated] zSchema: *const c_char,
        #[out] #[nonnull] #[one] #[pointee(owned, free = sqlite3_snapshot_free, nullable, opaque)]
        ppSnapshot: *mut *mut sqlite3_snapshot,
    ) -> c_int;

    #[success(result == 0)]
    fn sqlite3_snapshot_open(
        #[nonnull] #[opaque] db: *mut sqlite3,
        #[input] #[nonnull] #[null_terminated] zSchema: *const c_char,
        #[nonnull] #[opaque] pSnapshot: *mut sqlite3_snapshot,
    ) -> c_int;

    fn sqlite3_snapshot_free(
        #[nullable] #[opaque] #[transfer] pSnapshot: *mut sqlite3_snapshot,
    );

    fn sqlite3_snapshot_cmp(
        #[nonnull] #[opaque] p1: *mut sqlite3_snapshot,
        #[nonnull] #[opaque] p2: *mut sqlite3_snapshot,
    ) -> c_int;

    #[success(result == 0)]
    fn sqlite3_snapshot_recover(
        #[nonnull] #[opaque] db: *mut sqlite3,
        #[input] #[nullable] #[null_terminated] zDb: *const c_char,
    ) -> c_int;

    // With SQLITE_SERIALIZE_NOCOPY the connection's own memory, or null. `*piSize` bytes.
    #[returns(owned, free = sqlite3_free, borrowed = db, nullable)]
    fn sqlite3_serialize(
        #[nonnull] #[opaque] db: *mut sqlite3,
        #[input] #[nullable] #[null_terminated] zSchema: *const c_char,
        #[out] #[nullable] #[one] piSize: *mut sqlite3_int64,
        mFlags: c_uint,
    ) -> *mut c_uchar;

    #[form_of(sqlite3_serialize, mFlags = 0)]
    #[returns(owned, free = sqlite3_free, nullable)]
    fn sqlite3_serialize_copy(
        #[nonnull] #[opaque] db: *mut sqlite3,
        #[input] #[nullable] #[null_terminated] zSchema: *const c_char,
        #[out] #[nullable] #[one] piSize: *mut sqlite3_int64,
    ) -> *mut c_uchar;

    #[form_of(sqlite3_serialize, mFlags = SQLITE_SERIALIZE_NOCOPY)]
    #[returns(borrowed = db, nullable)]
    fn sqlite3_serialize_nocopy(
        #[nonnull] #[opaque] db: *mut sqlite3,
        #[input] #[nullable] #[null_terminated] zSchema: *const c_char,
        #[out] #[nullable] #[one] piSize: *mut sqlite3_int64,
    ) -> *mut c_uchar;

    // Flag 1, FREEONCLOSE: SQLite's memory, released even where the call fails. Otherwise it is used, and
    // written, until the schema's database is replaced or detached, or the connection closed: of these only
    // the last is a function's. A call that fails keeps nothing (memdb.c).
    #[success(result == 0)]
    #[unsafe_beyond_pointers("szDb may not be more than szBuf, which SQLite does not look at")]
    fn sqlite3_deserialize(
        #[nonnull] #[opaque] db: *mut sqlite3,
        #[input] #[nullable] #[null_terminated] zSchema: *const c_char,
        #[inout] #[nullable] #[sized_by(szBuf)] #[transfer(free = sqlite3_free, when(mFlags & 1))]
        #[noescape(on(failure))]
        // A statement may detach the schema.
        #[retained(by = db, until = [sqlite3_close(on(success))],
            idle_after = [sqlite3_close_v2, sqlite3_exec, sqlite3_step], whole)]
        pData: *mut c_uchar,
        szDb: sqlite3_int64,
        szBuf: sqlite3_int64,
        mFlags: c_uint,
    ) -> c_int;

    #[form_of(sqlite3_deserialize, mFlags = 0)]
    #[success(result == 0)]
    #[unsafe_beyond_pointers("szDb may not be more than szBuf, which SQLite does not look at")]
    fn sqlite3_deserialize_borrowed(
        #[nonnull] #[opaque] db: *mut sqlite3,
        #[input] #[nullable] #[null_terminated] zSchema: *const c_char,
        #[inout] #[nullable] #[sized_by(szBuf)] #[noescape(on(failure))]
        #[retained(by = db, until = [sqlite3_close(on(success))])]
        pData: *mut c_uchar,
        szDb: sqlite3_int64,
        szBuf: sqlite3_int64,
    ) -> c_int;

    #[form_of(sqlite3_deserialize, mFlags = SQLITE_DESERIALIZE_FREEONCLOSE)]
    #[success(result == 0)]
    #[unsafe_beyond_pointers("szDb may not be more than szBuf, which SQLite does not look at")]
    fn sqlite3_deserialize_freeonclose(
        #[nonnull] #[opaque] db: *mut sqlite3,
        #[input] #[nullable] #[null_terminated] zSchema: *const c_char,
        #[inout] #[nullable] #[sized_by(szBuf)] #[transfer(free = sqlite3_free)] pData: *mut c_uchar,
        szDb: sqlite3_int64,
        szBuf: sqlite3_int64,
    ) -> c_int;
}
