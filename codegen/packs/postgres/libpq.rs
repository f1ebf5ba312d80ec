//! Pointer contracts of `<libpq-fe.h>`.
// Sources: PostgreSQL's manual (15), chapter "libpq - C Library", and the comments of libpq-fe.h.
//
// Conventions of this file:
//  * Connections, results and cancel objects are `#[opaque]`. `#[nullable]` on one: the functions test
//    for null, and tell failure or do nothing.
//  * A negative count is refused, or means nothing: an extent that comes out negative demands nothing.
//  * Strings of a connection or a result live as long as that; those that may also be a constant of
//    libpq say `static` too.

struct pgNotify {
    #[input] #[nonnull] #[null_terminated] relname: *mut c_char,
    #[input] #[nonnull] #[null_terminated] extra: *mut c_char,
    #[opaque] next: *mut pgNotify,
}

struct _PQconninfoOption {
    #[input] #[nullable] #[null_terminated] keyword: *mut c_char,
    #[input] #[nullable] #[null_terminated] envvar: *mut c_char,
    #[input] #[nullable] #[null_terminated] compiled: *mut c_char,
    #[input] #[nullable] #[null_terminated] val: *mut c_char,
    #[input] #[nullable] #[null_terminated] label: *mut c_char,
    #[input] #[nullable] #[null_terminated] dispchar: *mut c_char,
}

struct _PQprintOpt {
    #[input] #[nullable] #[null_terminated] fieldSep: *mut c_char,
    #[input] #[nullable] #[null_terminated] tableOpt: *mut c_char,
    #[input] #[nullable] #[null_terminated] caption: *mut c_char,
    #[input] #[nullable] #[null_terminated] fieldName: *mut *mut c_char,
}

struct pgresAttDesc {
    #[input] #[nullable] #[null_terminated] name: *mut c_char,
}

// Connecting. Null comes only without memory; a connection that failed must be finished too. The two
// arrays go together: a null keyword ends both, a null value is as if the keyword were not there.
unsafe extern "C" {
    #[returns(owned, free = PQfinish, nullable, opaque)]
    fn PQconnectStart(
        #[input] #[nonnull] #[null_terminated] conninfo: *const c_char,
    ) -> *mut PGconn;

    #[returns(owned, free = PQfinish, nullable, opaque)]
    fn PQconnectStartParams(
        #[input] #[nonnull] #[flow_through] #[null_terminated] #[pointee(input, null_terminated)]
        keywords: *const *const c_char,
        #[input] #[flow_through] #[one] #[pointee(input, nullable, null_terminated)] values: *const *const c_char,
        expand_dbname: c_int,
    ) -> *mut PGconn;

    fn PQconnectPoll(
        #[nullable] #[opaque] conn: *mut PGconn,
    ) -> PostgresPollingStatusType;

    #[returns(owned, free = PQfinish, nullable, opaque)]
    fn PQconnectdb(
        #[input] #[nonnull] #[null_terminated] conninfo: *const c_char,
    ) -> *mut PGconn;

    #[returns(owned, free = PQfinish, nullable, opaque)]
    fn PQconnectdbParams(
        #[input] #[nonnull] #[flow_through] #[null_terminated] #[pointee(input, null_terminated)]
        keywords: *const *const c_char,
        #[input] #[flow_through] #[one] #[pointee(input, nullable, null_terminated)] values: *const *const c_char,
        expand_dbname: c_int,
    ) -> *mut PGconn;

    #[returns(owned, free = PQfinish, nullable, opaque)]
    fn PQsetdbLogin(
        #[input] #[nullable] #[null_terminated] pghost: *const c_char,
        #[input] #[nullable] #[null_terminated] pgport: *const c_char,
        #[input] #[nullable] #[null_terminated] pgoptions: *const c_char,
        #[input] #[nullable] #[null_terminated] pgtty: *const c_char,
        #[input] #[nullable] #[null_terminated] dbName: *const c_char,
        #[input] #[nullable] #[null_terminated] login: *const c_char,
        #[input] #[nullable] #[null_terminated] pwd: *const c_char,
    ) -> *mut PGconn;

    fn PQfinish(
        #[nullable] #[opaque] #[transfer] conn: *mut PGconn,
    );

    #[success(result != 0)]
    fn PQresetStart(
        #[nullable] #[opaque] conn: *mut PGconn,
    ) -> c_int;

    #[calls_back]
    fn PQresetPoll(
        #[nullable] #[opaque] conn: *mut PGconn,
    ) -> PostgresPollingStatusType;

    #[calls_back]
    fn PQreset(
        #[nullable] #[opaque] conn: *mut PGconn,
    );

    fn PQping(
        #[input] #[nonnull] #[null_terminated] conninfo: *const c_char,
    ) -> PGPing;

    fn PQpingParams(
        #[input] #[nonnull] #[flow_through] #[null_terminated] #[pointee(input, null_terminated)]
        keywords: *const *const c_char,
        #[input] #[flow_through] #[one] #[pointee(input, nullable, null_terminated)] values: *const *const c_char,
        expand_dbname: c_int,
    ) -> PGPing;

    // Arrays that end with a null keyword, at least that one element.
    #[returns(owned, free = PQconninfoFree, nullable, one)]
    fn PQconndefaults() -> *mut PQconninfoOption;

    #[returns(owned, free = PQconninfoFree, nullable, one)]
    fn PQconninfoParse(
        #[input] #[nonnull] #[null_terminated] conninfo: *const c_char,
        #[out] #[nullable] #[one] #[pointee(owned, free = PQfreemem, nullable, null_terminated)]
        errmsg: *mut *mut c_char,
    ) -> *mut PQconninfoOption;

    #[returns(owned, free = PQconninfoFree, nullable, one)]
    fn PQconninfo(
        #[nullable] #[opaque] conn: *mut PGconn,
    ) -> *mut PQconninfoOption;

    fn PQconninfoFree(
        #[nullable] #[opaque] #[transfer] connOptions: *mut PQconninfoOption,
    );

    #[returns(owned, free = PQfreeCancel, nullable, opaque)]
    fn PQgetCancel(
        #[nullable] #[opaque] conn: *mut PGconn,
    ) -> *mut PGcancel;

    fn PQfreeCancel(
        #[nullable] #[opaque] #[transfer] cancel: *mut PGcancel,
    );

    // The text is written on failure only.
    #[success(result != 0)]
    fn PQcancel(
        #[nullable] #[opaque] cancel: *mut PGcancel,
        #[out] #[nonnull] #[sized_by(errbufsize)] errbuf: *mut c_char,
        errbufsize: c_int,
    ) -> c_int;

    #[success(result != 0)]
    fn PQrequestCancel(
        #[nullable] #[opaque] conn: *mut PGconn,
    ) -> c_int;
}

// What a connection tells. The error message is that of the last operation, and changes with the next.
unsafe extern "C" {
    #[returns(borrowed = conn, nullable, null_terminated)]
    fn PQdb(
        #[nullable] #[opaque] conn: *const PGconn,
    ) -> *mut c_char;

    #[returns(borrowed = conn, nullable, null_terminated)]
    fn PQuser(
        #[nullable] #[opaque] conn: *const PGconn,
    ) -> *mut c_char;

    #[returns(borrowed = conn, static, nullable, null_terminated)]
    fn PQpass(
        #[nullable] #[opaque] conn: *const PGconn,
    ) -> *mut c_char;

    #[returns(borrowed = conn, static, nullable, null_terminated)]
    fn PQhost(
        #[nullable] #[opaque] conn: *const PGconn,
    ) -> *mut c_char;

    #[returns(borrowed = conn, static, nullable, null_terminated)]
    fn PQhostaddr(
        #[nullable] #[opaque] conn: *const PGconn,
    ) -> *mut c_char;

    #[returns(borrowed = conn, static, nullable, null_terminated)]
    fn PQport(
        #[nullable] #[opaque] conn: *const PGconn,
    ) -> *mut c_char;

    #[returns(borrowed = conn, static, nullable, null_terminated)]
    fn PQtty(
        #[nullable] #[opaque] conn: *const PGconn,
    ) -> *mut c_char;

    #[returns(borrowed = conn, nullable, null_terminated)]
    fn PQoptions(
        #[nullable] #[opaque] conn: *const PGconn,
    ) -> *mut c_char;

    #[returns(borrowed = conn, nullable, null_terminated)]
    fn PQparameterStatus(
        #[nullable] #[opaque] conn: *const PGconn,
        #[input] #[nullable] #[null_terminated] paramName: *const c_char,
    ) -> *const c_char;

    #[returns(until = [PQexec, PQexecParams, PQprepare, PQexecPrepared, PQsendQuery, PQsendQueryParams,
        PQsendPrepare, PQsendQueryPrepared, PQgetResult, PQconsumeInput, PQconnectPoll, PQresetPoll, PQreset,
        PQresetStart, PQfinish], static, nonnull, null_terminated)]
    fn PQerrorMessage(
        #[nullable] #[opaque] conn: *const PGconn,
    ) -> *mut c_char;

    fn PQstatus(
        #[nullable] #[opaque] conn: *const PGconn,
    ) -> ConnStatusType;

    fn PQtransactionStatus(
        #[nullable] #[opaque] conn: *const PGconn,
    ) -> PGTransactionStatusType;

    fn PQprotocolVersion(
        #[nullable] #[opaque] conn: *const PGconn,
    ) -> c_int;

    fn PQserverVersion(
        #[nullable] #[opaque] conn: *const PGconn,
    ) -> c_int;

    fn PQsocket(
        #[nullable] #[opaque] conn: *const PGconn,
    ) -> c_int;

    fn PQbackendPID(
        #[nullable] #[opaque] conn: *const PGconn,
    ) -> c_int;

    fn PQpipelineStatus(
        #[nullable] #[opaque] conn: *const PGconn,
    ) -> PGpipelineStatus;

    fn PQconnectionNeedsPassword(
        #[nullable] #[opaque] conn: *const PGconn,
    ) -> c_int;

    fn PQconnectionUsedPassword(
        #[nullable] #[opaque] conn: *const PGconn,
    ) -> c_int;

    fn PQclientEncoding(
        #[nullable] #[opaque] conn: *const PGconn,
    ) -> c_int;

    #[success(result == 0)]
    #[calls_back]
    fn PQsetClientEncoding(
        #[nullable] #[opaque] conn: *mut PGconn,
        #[input] #[nullable] #[null_terminated] encoding: *const c_char,
    ) -> c_int;

    fn PQsslInUse(
        #[nullable] #[opaque] conn: *mut PGconn,
    ) -> c_int;

    #[returns(borrowed = conn, nullable, opaque)]
    fn PQsslStruct(
        #[nullable] #[opaque] conn: *mut PGconn,
        #[input] #[nonnull] #[null_terminated] struct_name: *const c_char,
    ) -> *mut c_void;

    #[returns(borrowed = conn, static, nullable, null_terminated)]
    fn PQsslAttribute(
        #[nullable] #[opaque] conn: *mut PGconn,
        #[input] #[nonnull] #[null_terminated] attribute_name: *const c_char,
    ) -> *const c_char;

    #[returns(static, nonnull, null_terminated, pointee(static, null_terminated))]
    fn PQsslAttributeNames(
        #[nullable] #[opaque] conn: *mut PGconn,
    ) -> *const *const c_char;

    #[returns(borrowed = conn, nullable, opaque)]
    fn PQgetssl(
        #[nullable] #[opaque] conn: *mut PGconn,
    ) -> *mut c_void;

    fn PQgssEncInUse(
        #[nullable] #[opaque] conn: *mut PGconn,
    ) -> c_int;

    #[returns(borrowed = conn, nullable, opaque)]
    fn PQgetgssctx(
        #[nullable] #[opaque] conn: *mut PGconn,
    ) -> *mut c_void;

    fn PQsetErrorVerbosity(
        #[nullable] #[opaque] conn: *mut PGconn,
        verbosity: PGVerbosity,
    ) -> PGVerbosity;

    fn PQsetErrorContextVisibility(
        #[nullable] #[opaque] conn: *mut PGconn,
        show_context: PGContextVisibility,
    ) -> PGContextVisibility;

    // Whatever reads what the server sends runs them: `calls_back`. What is asked of a result that it has not, too, and there a
    // panic ends the process.
    // A null function changes nothing, and tells the present one. Results take a copy of both: they may
    // call it after the connection has gone, so nothing is an end: a closure stays for ever.
    fn PQsetNoticeReceiver(
        #[nullable] #[opaque] conn: *mut PGconn,
        #[nullable] #[callback(userdata = arg, scope = forever)]
        proc_: Option<unsafe extern "C" fn(arg: *mut c_void, #[opaque] res: *const PGresult)>,
        #[nullable] #[address]
        #[retained(forever, when(proc_ != 0))] #[noescape]
        arg: *mut c_void,
    ) -> PQnoticeReceiver;

    fn PQsetNoticeProcessor(
        #[nullable] #[opaque] conn: *mut PGconn,
        #[nullable] #[callback(userdata = arg, scope = forever)]
        proc_: Option<unsafe extern "C" fn(arg: *mut c_void, #[null_terminated] message: *const c_char)>,
        #[nullable] #[address]
        #[retained(forever, when(proc_ != 0))] #[noescape]
        arg: *mut c_void,
    ) -> PQnoticeProcessor;

    fn PQregisterThreadLock(
        #[nullable] #[callback(scope = forever)] newhandler: Option<unsafe extern "C" fn(acquire: c_int)>,
    ) -> pgthreadlock_t;

    fn PQtrace(
        #[opaque] conn: *mut PGconn,
        #[nullable] #[opaque] #[retained(by = conn, until = [PQuntrace, PQtrace, PQfinish])] debug_port: *mut FILE,
    );

    fn PQuntrace(
        #[nullable] #[opaque] conn: *mut PGconn,
    );

    fn PQsetTraceFlags(
        #[nullable] #[opaque] conn: *mut PGconn,
        flags: c_int,
    );

    // Asks for the passphrase of a client key: the callback fills a buffer of OpenSSL's.
    fn PQsetSSLKeyPassHook_OpenSSL(
        #[nullable] #[callback(scope = forever, on_panic = 0)]
        hook: Option<unsafe extern "C" fn(#[out] #[sized_by(size)] buf: *mut c_char, size: c_int, #[opaque] conn: *mut PGconn) -> c_int>,
    );

    fn PQdefaultSSLKeyPassHook_OpenSSL(
        #[out] #[nonnull] #[sized_by(size)] buf: *mut c_char,
        size: c_int,
        #[nonnull] #[opaque] conn: *mut PGconn,
    ) -> c_int;
}

// Commands. All arguments are used during the call only. Values are C strings where their format is 0
// (text, or no formats at all), and of the given length where it is 1; a null value is NULL. Types,
// lengths and formats may each be missing. The forms that end in `_text` have text only.
unsafe extern "C" {
    #[returns(owned, free = PQclear, nullable, opaque)]
    #[calls_back]
    fn PQexec(
        #[nullable] #[opaque] conn: *mut PGconn,
        #[input] #[nullable] #[null_terminated] query: *const c_char,
    ) -> *mut PGresult;

    #[returns(owned, free = PQclear, nullable, opaque)]
    #[calls_back]
    fn PQexecParams(
        #[nullable] #[opaque] conn: *mut PGconn,
        #[input] #[nullable] #[null_terminated] command: *const c_char,
        nParams: c_int,
        #[input] #[nullable] #[counted_by(nParams)] paramTypes: *const Oid,
        #[input] #[nullable] #[flow_through] #[counted_by(nParams)] #[pointee(input, nullable)]
        paramValues: *const *const c_char,
        #[input] #[nullable] #[counted_by(nParams)] paramLengths: *const c_int,
        #[input] #[nullable] #[counted_by(nParams)] paramFormats: *const c_int,
        resultFormat: c_int,
    ) -> *mut PGresult;

    #[form_of(PQexecParams, paramLengths = 0, paramFormats = 0)]
    #[returns(owned, free = PQclear, nullable, opaque)]
    fn PQexecParams_text(
        #[nullable] #[opaque] conn: *mut PGconn,
        #[input] #[nullable] #[null_terminated] command: *const c_char,
        nParams: c_int,
        #[input] #[nullable] #[counted_by(nParams)] paramTypes: *const Oid,
        #[input] #[nullable] #[flow_through] #[counted_by(nParams)]
        #[pointee(input, nullable, null_terminated)] paramValues: *const *const c_char,
        resultFormat: c_int,
    ) -> *mut PGresult;

    #[returns(owned, free = PQclear, nullable, opaque)]
    #[calls_back]
    fn PQprepare(
        #[nullable] #[opaque] conn: *mut PGconn,
        #[input] #[nullable] #[null_terminated] stmtName: *const c_char,
        #[input] #[nullable] #[null_terminated] query: *const c_char,
        nParams: c_int,
        #[input] #[nullable] #[counted_by(nParams)] paramTypes: *const Oid,
    ) -> *mut PGresult;

    #[returns(owned, free = PQclear, nullable, opaque)]
    #[calls_back]
    fn PQexecPrepared(
        #[nullable] #[opaque] conn: *mut PGconn,
        #[input] #[nullable] #[null_terminated] stmtName: *const c_char,
        nParams: c_int,
        #[input] #[nullable] #[flow_through] #[counted_by(nParams)] #[pointee(input, nullable)]
        paramValues: *const *const c_char,
        #[input] #[nullable] #[counted_by(nParams)] paramLengths: *const c_int,
        #[input] #[nullable] #[counted_by(nParams)] paramFormats: *const c_int,
        resultFormat: c_int,
    ) -> *mut PGresult;

    #[form_of(PQexecPrepared, paramLengths = 0, paramFormats = 0)]
    #[returns(owned, free = PQclear, nullable, opaque)]
    fn PQexecPrepared_text(
        #[nullable] #[opaque] conn: *mut PGconn,
        #[input] #[nullable] #[null_terminated] stmtName: *const c_char,
        nParams: c_int,
        #[input] #[nullable] #[flow_through] #[counted_by(nParams)]
        #[pointee(input, nullable, null_terminated)] paramValues: *const *const c_char,
        resultFormat: c_int,
    ) -> *mut PGresult;

    #[returns(owned, free = PQclear, nullable, opaque)]
    #[calls_back]
    fn PQdescribePrepared(
        #[nullable] #[opaque] conn: *mut PGconn,
        #[input] #[nullable] #[null_terminated] stmt: *const c_char,
    ) -> *mut PGresult;

    #[returns(owned, free = PQclear, nullable, opaque)]
    #[calls_back]
    fn PQdescribePortal(
        #[nullable] #[opaque] conn: *mut PGconn,
        #[input] #[nullable] #[null_terminated] portal: *const c_char,
    ) -> *mut PGresult;

    #[success(result != 0)]
    fn PQsendQuery(
        #[nullable] #[opaque] conn: *mut PGconn,
        #[input] #[nullable] #[null_terminated] query: *const c_char,
    ) -> c_int;

    #[success(result != 0)]
    fn PQsendQueryParams(
        #[nullable] #[opaque] conn: *mut PGconn,
        #[input] #[nullable] #[null_terminated] command: *const c_char,
        nParams: c_int,
        #[input] #[nullable] #[counted_by(nParams)] paramTypes: *const Oid,
        #[input] #[nullable] #[flow_through] #[counted_by(nParams)] #[pointee(input, nullable)]
        paramValues: *const *const c_char,
        #[input] #[nullable] #[counted_by(nParams)] paramLengths: *const c_int,
        #[input] #[nullable] #[counted_by(nParams)] paramFormats: *const c_int,
        resultFormat: c_int,
    ) -> c_int;

    #[form_of(PQsendQueryParams, paramLengths = 0, paramFormats = 0)]
    #[success(result != 0)]
    fn PQsendQueryParams_text(
        #[nullable] #[opaque] conn: *mut PGconn,
        #[input] #[nullable] #[null_terminated] command: *const c_char,
        nParams: c_int,
        #[input] #[nullable] #[counted_by(nParams)] paramTypes: *const Oid,
        #[input] #[nullable] #[flow_through] #[counted_by(nParams)]
        #[pointee(input, nullable, null_terminated)] paramValues: *const *const c_char,
        resultFormat: c_int,
    ) -> c_int;

    #[success(result != 0)]
    fn PQsendPrepare(
        #[nullable] #[opaque] conn: *mut PGconn,
        #[input] #[nullable] #[null_terminated] stmtName: *const c_char,
        #[input] #[nullable] #[null_terminated] query: *const c_char,
        nParams: c_int,
        #[input] #[nullable] #[counted_by(nParams)] paramTypes: *const Oid,
    ) -> c_int;

    #[success(result != 0)]
    fn PQsendQueryPrepared(
        #[nullable] #[opaque] conn: *mut PGconn,
        #[input] #[nullable] #[null_terminated] stmtName: *const c_char,
        nParams: c_int,
        #[input] #[nullable] #[flow_through] #[counted_by(nParams)] #[pointee(input, nullable)]
        paramValues: *const *const c_char,
        #[input] #[nullable] #[counted_by(nParams)] paramLengths: *const c_int,
        #[input] #[nullable] #[counted_by(nParams)] paramFormats: *const c_int,
        resultFormat: c_int,
    ) -> c_int;

    #[form_of(PQsendQueryPrepared, paramLengths = 0, paramFormats = 0)]
    #[success(result != 0)]
    fn PQsendQueryPrepared_text(
        #[nullable] #[opaque] conn: *mut PGconn,
        #[input] #[nullable] #[null_terminated] stmtName: *const c_char,
        nParams: c_int,
        #[input] #[nullable] #[flow_through] #[counted_by(nParams)]
        #[pointee(input, nullable, null_terminated)] paramValues: *const *const c_char,
        resultFormat: c_int,
    ) -> c_int;

    #[success(result != 0)]
    fn PQsendDescribePrepared(
        #[nullable] #[opaque] conn: *mut PGconn,
        #[input] #[nullable] #[null_terminated] stmt: *const c_char,
    ) -> c_int;

    #[success(result != 0)]
    fn PQsendDescribePortal(
        #[nullable] #[opaque] conn: *mut PGconn,
        #[input] #[nullable] #[null_terminated] portal: *const c_char,
    ) -> c_int;

    #[success(result != 0)]
    fn PQsetSingleRowMode(
        #[nullable] #[opaque] conn: *mut PGconn,
    ) -> c_int;

    #[returns(owned, free = PQclear, nullable, opaque)]
    #[calls_back]
    fn PQgetResult(
        #[nullable] #[opaque] conn: *mut PGconn,
    ) -> *mut PGresult;

    #[calls_back]
    fn PQisBusy(
        #[nullable] #[opaque] conn: *mut PGconn,
    ) -> c_int;

    #[success(result != 0)]
    #[calls_back]
    fn PQconsumeInput(
        #[nullable] #[opaque] conn: *mut PGconn,
    ) -> c_int;

    #[success(result != 0)]
    fn PQenterPipelineMode(
        #[nullable] #[opaque] conn: *mut PGconn,
    ) -> c_int;

    #[success(result != 0)]
    fn PQexitPipelineMode(
        #[nullable] #[opaque] conn: *mut PGconn,
    ) -> c_int;

    #[success(result != 0)]
    fn PQpipelineSync(
        #[nullable] #[opaque] conn: *mut PGconn,
    ) -> c_int;

    #[success(result != 0)]
    fn PQsendFlushRequest(
        #[nullable] #[opaque] conn: *mut PGconn,
    ) -> c_int;

    // One block, with its strings.
    #[returns(owned, free = PQfreemem, nullable, one)]
    #[calls_back]
    fn PQnotifies(
        #[nullable] #[opaque] conn: *mut PGconn,
    ) -> *mut PGnotify;

    #[success(result == 0)]
    fn PQsetnonblocking(
        #[nullable] #[opaque] conn: *mut PGconn,
        arg: c_int,
    ) -> c_int;

    fn PQisnonblocking(
        #[nullable] #[opaque] conn: *const PGconn,
    ) -> c_int;

    fn PQflush(
        #[nullable] #[opaque] conn: *mut PGconn,
    ) -> c_int;

    // `args` point further where they are no integers; the server decides how much comes back.
    #[returns(owned, free = PQclear, nullable, opaque)]
    #[unsafe_beyond_pointers("the result is written as long as the server sends it")]
    #[calls_back]
    fn PQfn(
        #[nullable] #[opaque] conn: *mut PGconn,
        fnid: c_int,
        #[out] #[nullable] #[one] result_buf: *mut c_int,
        #[out] #[nonnull] #[one] result_len: *mut c_int,
        result_is_int: c_int,
        #[input] #[nonnull] #[counted_by(nargs)] args: *const PQArgBlock,
        nargs: c_int,
    ) -> *mut PGresult;
}

// COPY.
unsafe extern "C" {
    #[calls_back]
    fn PQputCopyData(
        #[nullable] #[opaque] conn: *mut PGconn,
        #[input] #[nonnull] #[sized_by(nbytes)] buffer: *const c_char,
        nbytes: c_int,
    ) -> c_int;

    fn PQputCopyEnd(
        #[nullable] #[opaque] conn: *mut PGconn,
        #[input] #[nullable] #[null_terminated] errormsg: *const c_char,
    ) -> c_int;

    // A row with a zero after it, or null. Its length is the result, where that is above 0.
    #[calls_back]
    fn PQgetCopyData(
        #[nullable] #[opaque] conn: *mut PGconn,
        #[out] #[nonnull] #[one] #[pointee(owned, free = PQfreemem, nullable, null_terminated)]
        buffer: *mut *mut c_char,
        async_: c_int,
    ) -> c_int;

    #[calls_back]
    fn PQgetline(
        #[nullable] #[opaque] conn: *mut PGconn,
        #[out] #[nullable] #[sized_by(length)] string: *mut c_char,
        length: c_int,
    ) -> c_int;

    #[success(result == 0)]
    fn PQputline(
        #[nullable] #[opaque] conn: *mut PGconn,
        #[input] #[nonnull] #[null_terminated] string: *const c_char,
    ) -> c_int;

    #[calls_back]
    fn PQgetlineAsync(
        #[nullable] #[opaque] conn: *mut PGconn,
        #[out] #[nonnull] #[sized_by(bufsize)] buffer: *mut c_char,
        bufsize: c_int,
    ) -> c_int;

    #[success(result == 0)]
    fn PQputnbytes(
        #[nullable] #[opaque] conn: *mut PGconn,
        #[input] #[nonnull] #[sized_by(nbytes)] buffer: *const c_char,
        nbytes: c_int,
    ) -> c_int;

    #[success(result == 0)]
    #[calls_back]
    fn PQendcopy(
        #[nullable] #[opaque] conn: *mut PGconn,
    ) -> c_int;
}

// Results. Values have a zero after them in either format; one out of range is null.
unsafe extern "C" {
    fn PQresultStatus(
        #[nullable] #[opaque] res: *const PGresult,
    ) -> ExecStatusType;

    #[returns(static, nonnull, null_terminated)]
    fn PQresStatus(status: ExecStatusType) -> *mut c_char;

    #[returns(borrowed = res, static, nonnull, null_terminated)]
    fn PQresultErrorMessage(
        #[nullable] #[opaque] res: *const PGresult,
    ) -> *mut c_char;

    #[returns(owned, free = PQfreemem, nullable, null_terminated)]
    fn PQresultVerboseErrorMessage(
        #[nullable] #[opaque] res: *const PGresult,
        verbosity: PGVerbosity,
        show_context: PGContextVisibility,
    ) -> *mut c_char;

    #[returns(borrowed = res, nullable, null_terminated)]
    fn PQresultErrorField(
        #[nullable] #[opaque] res: *const PGresult,
        fieldcode: c_int,
    ) -> *mut c_char;

    fn PQntuples(
        #[nullable] #[opaque] res: *const PGresult,
    ) -> c_int;

    fn PQnfields(
        #[nullable] #[opaque] res: *const PGresult,
    ) -> c_int;

    fn PQbinaryTuples(
        #[nullable] #[opaque] res: *const PGresult,
    ) -> c_int;

    #[returns(borrowed = res, nullable, null_terminated)]
    fn PQfname(
        #[nullable] #[opaque] res: *const PGresult,
        field_num: c_int,
    ) -> *mut c_char;

    fn PQfnumber(
        #[nullable] #[opaque] res: *const PGresult,
        #[input] #[nullable] #[null_terminated] field_name: *const c_char,
    ) -> c_int;

    fn PQftable(
        #[nullable] #[opaque] res: *const PGresult,
        field_num: c_int,
    ) -> Oid;

    fn PQftablecol(
        #[nullable] #[opaque] res: *const PGresult,
        field_num: c_int,
    ) -> c_int;

    fn PQfformat(
        #[nullable] #[opaque] res: *const PGresult,
        field_num: c_int,
    ) -> c_int;

    fn PQftype(
        #[nullable] #[opaque] res: *const PGresult,
        field_num: c_int,
    ) -> Oid;

    fn PQfsize(
        #[nullable] #[opaque] res: *const PGresult,
        field_num: c_int,
    ) -> c_int;

    fn PQfmod(
        #[nullable] #[opaque] res: *const PGresult,
        field_num: c_int,
    ) -> c_int;

    #[returns(borrowed = res, nullable, null_terminated)]
    fn PQcmdStatus(
        #[nullable] #[opaque] res: *mut PGresult,
    ) -> *mut c_char;

    // Not safe with threads: the next call overwrites it.
    #[returns(static, nonnull, null_terminated)]
    #[unsafe_beyond_pointers("the next PQoidStatus overwrites the result")]
    fn PQoidStatus(
        #[nullable] #[opaque] res: *const PGresult,
    ) -> *mut c_char;

    fn PQoidValue(
        #[nullable] #[opaque] res: *const PGresult,
    ) -> Oid;

    #[returns(borrowed = res, static, nonnull, null_terminated)]
    fn PQcmdTuples(
        #[nullable] #[opaque] res: *mut PGresult,
    ) -> *mut c_char;

    #[returns(borrowed = res, nullable, null_terminated)]
    fn PQgetvalue(
        #[nullable] #[opaque] res: *const PGresult,
        tup_num: c_int,
        field_num: c_int,
    ) -> *mut c_char;

    fn PQgetlength(
        #[nullable] #[opaque] res: *const PGresult,
        tup_num: c_int,
        field_num: c_int,
    ) -> c_int;

    fn PQgetisnull(
        #[nullable] #[opaque] res: *const PGresult,
        tup_num: c_int,
        field_num: c_int,
    ) -> c_int;

    fn PQnparams(
        #[nullable] #[opaque] res: *const PGresult,
    ) -> c_int;

    fn PQparamtype(
        #[nullable] #[opaque] res: *const PGresult,
        param_num: c_int,
    ) -> Oid;

    fn PQclear(
        #[nullable] #[opaque] #[transfer] res: *mut PGresult,
    );

    fn PQfreemem(
        #[nullable] #[opaque] #[transfer] ptr: *mut c_void,
    );

    // Made by hand: everything is copied.
    #[returns(owned, free = PQclear, nullable, opaque)]
    fn PQmakeEmptyPGresult(
        #[nullable] #[opaque] conn: *mut PGconn,
        status: ExecStatusType,
    ) -> *mut PGresult;

    #[returns(owned, free = PQclear, nullable, opaque)]
    fn PQcopyResult(
        #[nullable] #[opaque] src: *const PGresult,
        flags: c_int,
    ) -> *mut PGresult;

    #[success(result != 0)]
    fn PQsetResultAttrs(
        #[nullable] #[opaque] res: *mut PGresult,
        numAttributes: c_int,
        #[input] #[nullable] #[flow_through] #[counted_by(numAttributes)] attDescs: *mut PGresAttDesc,
    ) -> c_int;

    #[returns(borrowed = res, nullable, sized_by(nBytes))]
    fn PQresultAlloc(
        #[nullable] #[opaque] res: *mut PGresult,
        nBytes: size_t,
    ) -> *mut c_void;

    fn PQresultMemorySize(
        #[nullable] #[opaque] res: *const PGresult,
    ) -> size_t;

    #[success(result != 0)]
    fn PQsetvalue(
        #[nullable] #[opaque] res: *mut PGresult,
        tup_num: c_int,
        field_num: c_int,
        #[input] #[nullable] #[sized_by(len)] value: *mut c_char,
        len: c_int,
    ) -> c_int;

    // Printing.
    fn PQprint(
        #[nonnull] #[opaque] fout: *mut FILE,
        #[nonnull] #[opaque] res: *const PGresult,
        #[input] #[nonnull] #[one] #[flow_through] ps: *const PQprintOpt,
    );

    fn PQdisplayTuples(
        #[nonnull] #[opaque] res: *const PGresult,
        #[nullable] #[opaque] fp: *mut FILE,
        fillAlign: c_int,
        #[input] #[nullable] #[null_terminated] fieldSep: *const c_char,
        printHeader: c_int,
        quiet: c_int,
    );

    fn PQprintTuples(
        #[nonnull] #[opaque] res: *const PGresult,
        #[nonnull] #[opaque] fout: *mut FILE,
        PrintAttNames: c_int,
        TerseOutput: c_int,
        colWidth: c_int,
    );
}

// Escaping. The text needs no zero; one ends it early. What is written has a zero, which the result
// does not count.
unsafe extern "C" {
    fn PQescapeStringConn(
        #[nullable] #[opaque] conn: *mut PGconn,
        #[out] #[nonnull] #[sized_by(2 * length + 1)] to: *mut c_char,
        #[input] #[nonnull] #[sized_by(length)] from: *const c_char,
        length: size_t,
        #[out] #[nullable] #[one] error: *mut c_int,
    ) -> size_t;

    fn PQescapeString(
        #[out] #[nonnull] #[sized_by(2 * length + 1)] to: *mut c_char,
        #[input] #[nonnull] #[sized_by(length)] from: *const c_char,
        length: size_t,
    ) -> size_t;

    #[returns(owned, free = PQfreemem, nullable, null_terminated)]
    fn PQescapeLiteral(
        #[nullable] #[opaque] conn: *mut PGconn,
        #[input] #[nonnull] #[sized_by(len)] str: *const c_char,
        len: size_t,
    ) -> *mut c_char;

    #[returns(owned, free = PQfreemem, nullable, null_terminated)]
    fn PQescapeIdentifier(
        #[nullable] #[opaque] conn: *mut PGconn,
        #[input] #[nonnull] #[sized_by(len)] str: *const c_char,
        len: size_t,
    ) -> *mut c_char;

    #[returns(owned, free = PQfreemem, nullable, null_terminated)]
    fn PQescapeByteaConn(
        #[nullable] #[opaque] conn: *mut PGconn,
        #[input] #[nonnull] #[sized_by(from_length)] from: *const c_uchar,
        from_length: size_t,
        #[out] #[nonnull] #[one] to_length: *mut size_t,
    ) -> *mut c_uchar;

    #[returns(owned, free = PQfreemem, nullable, null_terminated)]
    fn PQescapeBytea(
        #[input] #[nonnull] #[sized_by(from_length)] from: *const c_uchar,
        from_length: size_t,
        #[out] #[nonnull] #[one] to_length: *mut size_t,
    ) -> *mut c_uchar;

    #[returns(owned, free = PQfreemem, nullable, sized_by(*retbuflen))]
    fn PQunescapeBytea(
        #[input] #[nullable] #[null_terminated] strtext: *const c_uchar,
        #[out] #[nonnull] #[one] retbuflen: *mut size_t,
    ) -> *mut c_uchar;

    #[returns(owned, free = PQfreemem, nullable, null_terminated)]
    fn PQencryptPassword(
        #[input] #[nonnull] #[null_terminated] passwd: *const c_char,
        #[input] #[nonnull] #[null_terminated] user: *const c_char,
    ) -> *mut c_char;

    #[returns(owned, free = PQfreemem, nullable, null_terminated)]
    fn PQencryptPasswordConn(
        #[nullable] #[opaque] conn: *mut PGconn,
        #[input] #[nonnull] #[null_terminated] passwd: *const c_char,
        #[input] #[nonnull] #[null_terminated] user: *const c_char,
        #[input] #[nullable] #[null_terminated] algorithm: *const c_char,
    ) -> *mut c_char;
}

// Encodings. The three look at one character, of which the first byte stands.
unsafe extern "C" {
    fn PQmblen(
        #[input] #[nonnull] #[one] s: *const c_char,
        encoding: c_int,
    ) -> c_int;

    fn PQmblenBounded(
        #[input] #[nonnull] #[one] s: *const c_char,
        encoding: c_int,
    ) -> c_int;

    fn PQdsplen(
        #[input] #[nonnull] #[one] s: *const c_char,
        encoding: c_int,
    ) -> c_int;

    fn pg_char_to_encoding(
        #[input] #[nullable] #[null_terminated] name: *const c_char,
    ) -> c_int;

    #[returns(static, nonnull, null_terminated)]
    fn pg_encoding_to_char(encoding: c_int) -> *const c_char;
}

// Large objects.
unsafe extern "C" {
    #[calls_back]
    fn lo_open(
        #[nullable] #[opaque] conn: *mut PGconn,
        lobjId: Oid,
        mode: c_int,
    ) -> c_int;

    #[calls_back]
    fn lo_close(
        #[nullable] #[opaque] conn: *mut PGconn,
        fd: c_int,
    ) -> c_int;

    #[success(result >= 0)]
    #[calls_back]
    fn lo_read(
        #[nullable] #[opaque] conn: *mut PGconn,
        fd: c_int,
        #[out] #[nonnull] #[sized_by(len)] #[filled_by(return)] buf: *mut c_char,
        len: size_t,
    ) -> c_int;

    #[success(result >= 0)]
    #[calls_back]
    fn lo_write(
        #[nullable] #[opaque] conn: *mut PGconn,
        fd: c_int,
        #[input] #[nonnull] #[sized_by(len)] buf: *const c_char,
        len: size_t,
    ) -> c_int;

    #[calls_back]
    fn lo_lseek(
        #[nullable] #[opaque] conn: *mut PGconn,
        fd: c_int,
        offset: c_int,
        whence: c_int,
    ) -> c_int;

    #[calls_back]
    fn lo_lseek64(
        #[nullable] #[opaque] conn: *mut PGconn,
        fd: c_int,
        offset: pg_int64,
        whence: c_int,
    ) -> pg_int64;

    #[calls_back]
    fn lo_creat(
        #[nullable] #[opaque] conn: *mut PGconn,
        mode: c_int,
    ) -> Oid;

    #[calls_back]
    fn lo_create(
        #[nullable] #[opaque] conn: *mut PGconn,
        lobjId: Oid,
    ) -> Oid;

    #[calls_back]
    fn lo_tell(
        #[nullable] #[opaque] conn: *mut PGconn,
        fd: c_int,
    ) -> c_int;

    #[calls_back]
    fn lo_tell64(
        #[nullable] #[opaque] conn: *mut PGconn,
        fd: c_int,
    ) -> pg_int64;

    #[calls_back]
    fn lo_truncate(
        #[nullable] #[opaque] conn: *mut PGconn,
        fd: c_int,
        len: size_t,
    ) -> c_int;

    #[calls_back]
    fn lo_truncate64(
        #[nullable] #[opaque] conn: *mut PGconn,
        fd: c_int,
        len: pg_int64,
    ) -> c_int;

    #[calls_back]
    fn lo_unlink(
        #[nullable] #[opaque] conn: *mut PGconn,
        lobjId: Oid,
    ) -> c_int;

    #[calls_back]
    fn lo_import(
        #[nullable] #[opaque] conn: *mut PGconn,
        #[input] #[nonnull] #[null_terminated] filename: *const c_char,
    ) -> Oid;

    #[calls_back]
    fn lo_import_with_oid(
        #[nullable] #[opaque] conn: *mut PGconn,
        #[input] #[nonnull] #[null_terminated] filename: *const c_char,
        lobjId: Oid,
    ) -> Oid;

    #[calls_back]
    fn lo_export(
        #[nullable] #[opaque] conn: *mut PGconn,
        lobjId: Oid,
        #[input] #[nonnull] #[null_terminated] filename: *const c_char,
    ) -> c_int;
}
