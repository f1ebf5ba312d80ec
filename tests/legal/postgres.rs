//! Legal calls of libpq's own functions, without a server: no report, at any level.

#![allow(clippy::useless_vec, reason = "a block of the heap is what the test is about")]
#![allow(clippy::multiple_unsafe_ops_per_block, reason = "a test is a row of calls; one proof stands for the row")]

mod support;

use pinned_ffi::pinned_ffi;
use std::ffi::{CStr, CString, c_char, c_void};
use std::ptr::{null, null_mut};
use support::at_every_level;

#[pinned_ffi(header = "libpq-fe.h", allow = "(PQ|lo_|pg_).*", clang_args = ["-I/usr/include/postgresql"])]
mod pq {}

#[link(name = "pq")]
unsafe extern "C" {}

/// A connection that could not be made: nobody listens there.
fn refused() -> *mut pq::PGconn {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    drop(listener);
    let words = CString::new(format!("host=127.0.0.1 port={port} user=nobody dbname=none connect_timeout=5"));
    let words = words.expect("no zero");
    // SAFETY: a C string, copied in the call.
    let conn = unsafe { pq::PQconnectdb(words.as_ptr()) };
    assert!(!conn.is_null());
    conn
}

/// A result with two columns and two rows.
fn result() -> *mut pq::PGresult {
    // SAFETY: everything is copied.
    unsafe {
        let res = pq::PQmakeEmptyPGresult(null_mut(), pq::PGRES_TUPLES_OK);
        let names = [CString::new("first").expect("no zero"), CString::new("second").expect("no zero")];
        let mut columns: Vec<pq::PGresAttDesc> = names
            .iter()
            .map(|name| pq::PGresAttDesc {
                name: name.as_ptr().cast_mut(),
                tableid: 0,
                columnid: 0,
                format: 0,
                typid: 25,
                typlen: -1,
                atttypmod: -1,
            })
            .collect();
        assert_eq!(pq::PQsetResultAttrs(res, 2, columns.as_mut_ptr()), 1);
        drop((columns, names));
        let mut value = b"one".to_vec();
        assert_eq!(pq::PQsetvalue(res, 0, 0, value.as_mut_ptr().cast(), 3), 1);
        drop(value);
        // NULL, by a length of -1; and an empty value, with any pointer.
        assert_eq!(pq::PQsetvalue(res, 0, 1, null_mut(), -1), 1);
        assert_eq!(pq::PQsetvalue(res, 1, 0, Vec::<c_char>::new().as_mut_ptr(), 0), 1);
        assert_eq!(pq::PQsetvalue(res, 1, 1, c"two".as_ptr().cast_mut(), 3), 1);
        // Out of range: refused.
        assert_eq!(pq::PQsetvalue(res, 9, 0, c"x".as_ptr().cast_mut(), 1), 0);
        res
    }
}

// F137
#[test]
fn parameters_of_commands() {
    at_every_level("parameters_of_commands", || {
        let conn = refused();
        let command = CString::new("SELECT $1, $2, $3").expect("no zero");
        let (one, two) = (CString::new("text").expect("no zero"), vec![1u8, 2, 3]);
        let values = [one.as_ptr(), two.as_ptr().cast::<c_char>(), null()];
        let (lengths, formats) = ([0, 3, 0], [0, 1, 0]);
        let types = [25, 17, 0];
        // SAFETY: three of each; the connection is not open, so all of them are refused.
        unsafe {
            let res = pq::PQexecParams(
                conn,
                command.as_ptr(),
                3,
                types.as_ptr(),
                values.as_ptr(),
                lengths.as_ptr(),
                formats.as_ptr(),
                0,
            );
            assert_eq!(pq::PQresultStatus(res), pq::PGRES_FATAL_ERROR);
            pq::PQclear(res);
            let text = [one.as_ptr(), null()];
            let res = pq::PQexecParams(conn, command.as_ptr(), 2, null(), text.as_ptr(), null(), null(), 1);
            pq::PQclear(res);
            let empty = Vec::<*const c_char>::new();
            let res = pq::PQexecParams(conn, command.as_ptr(), 0, null(), empty.as_ptr(), null(), null(), 0);
            pq::PQclear(res);
            let res = pq::PQprepare(conn, c"name".as_ptr(), command.as_ptr(), 3, types.as_ptr());
            assert_eq!(pq::PQresultStatus(res), pq::PGRES_FATAL_ERROR);
            assert!(!pq::PQresultErrorMessage(res).is_null());
            pq::PQclear(res);
            let res = pq::PQprepare(conn, c"".as_ptr(), command.as_ptr(), 0, null());
            pq::PQclear(res);
            let res =
                pq::PQexecPrepared(conn, c"name".as_ptr(), 3, values.as_ptr(), lengths.as_ptr(), formats.as_ptr(), 0);
            pq::PQclear(res);
            let sent = pq::PQsendQueryParams(conn, command.as_ptr(), 2, null(), text.as_ptr(), null(), null(), 0);
            assert_eq!(sent, 0);
            // No connection at all.
            assert!(pq::PQexec(null_mut(), command.as_ptr()).is_null());
            assert_eq!(pq::PQsendQuery(null_mut(), null()), 0);
            pq::PQfinish(conn);
        }
    });
}

// F138
#[test]
fn values_of_results() {
    at_every_level("values_of_results", || {
        let res = result();
        // SAFETY: the strings live as long as the result.
        unsafe {
            assert_eq!((pq::PQntuples(res), pq::PQnfields(res)), (2, 2));
            assert_eq!(CStr::from_ptr(pq::PQfname(res, 1)), c"second");
            assert_eq!(pq::PQfnumber(res, c"first".as_ptr()), 0);
            let value = pq::PQgetvalue(res, 0, 0);
            assert_eq!(CStr::from_ptr(value), c"one");
            assert_eq!(pq::PQgetlength(res, 0, 0), 3);
            // NULL is an empty string.
            assert_eq!((pq::PQgetisnull(res, 0, 1), pq::PQgetisnull(res, 1, 0)), (1, 0));
            assert_eq!(CStr::from_ptr(pq::PQgetvalue(res, 0, 1)), c"");
            assert!(pq::PQgetvalue(res, 7, 0).is_null());
            assert!(pq::PQfname(res, 7).is_null());
            let memory = pq::PQresultAlloc(res, 64);
            std::ptr::write_bytes(memory.cast::<u8>(), 0, 64);
            let copy = pq::PQcopyResult(res, 1 | 2);
            pq::PQclear(res);
            assert_eq!(CStr::from_ptr(pq::PQgetvalue(copy, 1, 1)), c"two");
            pq::PQclear(copy);
            pq::PQclear(null_mut());
            assert_eq!(CStr::from_ptr(pq::PQresStatus(pq::PGRES_TUPLES_OK)), c"PGRES_TUPLES_OK");
            assert_eq!(CStr::from_ptr(pq::PQcmdTuples(null_mut())), c"");
        }
    });
}

unsafe extern "C" fn notices(_: *mut c_void, _: *const c_char) {}

// F138
#[test]
fn messages_and_literals() {
    at_every_level("messages_and_literals", || {
        let conn = refused();
        // SAFETY: texts of these lengths; what is returned is released with PQfreemem.
        unsafe {
            assert_eq!(pq::PQstatus(conn), pq::CONNECTION_BAD);
            let message = CStr::from_ptr(pq::PQerrorMessage(conn)).to_string_lossy().into_owned();
            assert!(message.contains("127.0.0.1"), "{message}");
            let name = String::from("it's not ended");
            let literal = pq::PQescapeLiteral(conn, name.as_ptr().cast(), 4);
            assert_eq!(CStr::from_ptr(literal), c"'it''s'");
            pq::PQfreemem(literal.cast());
            let literal = pq::PQescapeIdentifier(conn, Vec::<c_char>::new().as_ptr(), 0);
            assert_eq!(CStr::from_ptr(literal), c"\"\"");
            pq::PQfreemem(literal.cast());
            pq::PQfreemem(null_mut());
            // Twice the length and one, exactly.
            let mut room = vec![0u8; 9];
            let mut error = 7;
            let len = pq::PQescapeStringConn(conn, room.as_mut_ptr().cast(), name.as_ptr().cast(), 4, &mut error);
            assert_eq!((len, error, &room[..6]), (5, 0, b"it''s\0".as_slice()));
            let len = pq::PQescapeStringConn(conn, room.as_mut_ptr().cast(), name.as_ptr().cast(), 4, null_mut());
            assert_eq!(len, 5);
            let len = pq::PQescapeString(room.as_mut_ptr().cast(), Vec::<c_char>::new().as_ptr(), 0);
            assert_eq!((len, room[0]), (0, 0));
            let mut size = 0;
            let bytes = [1u8, b'a'];
            let escaped = pq::PQescapeByteaConn(conn, bytes.as_ptr(), 2, &mut size);
            assert!(!escaped.is_null() && size > 2);
            let back = pq::PQunescapeBytea(c"\\x0161".as_ptr().cast(), &mut size);
            assert_eq!(std::slice::from_raw_parts(back, size), bytes);
            pq::PQfreemem(back.cast());
            pq::PQfreemem(escaped.cast());
            let hashed = pq::PQencryptPassword(c"secret".as_ptr(), c"me".as_ptr());
            assert!(CStr::from_ptr(hashed).to_bytes().starts_with(b"md5"));
            pq::PQfreemem(hashed.cast());
            assert_eq!(CStr::from_ptr(pq::PQuser(conn)), c"nobody");
            assert!(pq::PQdb(null()).is_null());
            assert!(!pq::PQerrorMessage(null()).is_null());
            // Data that is a number; a null function only asks.
            let number = std::ptr::without_provenance_mut(5);
            assert!(pq::PQsetNoticeProcessor(conn, Some(notices), number).is_some());
            assert!(pq::PQsetNoticeProcessor(conn, None, null_mut()).is_some());
            let cancel = pq::PQgetCancel(conn);
            assert!(cancel.is_null() || pq::PQsocket(conn) >= 0);
            pq::PQfreeCancel(cancel);
            pq::PQfinish(conn);
            pq::PQfinish(null_mut());
        }
    });
}

#[test]
fn options_and_arrays_of_them() {
    at_every_level("options_and_arrays_of_them", || {
        // SAFETY: C strings, and arrays that end with null.
        unsafe {
            let options = pq::PQconndefaults();
            assert!(!options.is_null() && !(*options).keyword.is_null());
            pq::PQconninfoFree(options);
            let words = CString::new("host=example port=1").expect("no zero");
            let mut message = null_mut();
            let options = pq::PQconninfoParse(words.as_ptr(), &mut message);
            drop(words);
            let mut at = options;
            let mut found = 0;
            while !(*at).keyword.is_null() {
                if !(*at).val.is_null() {
                    found += 1;
                }
                at = at.add(1);
            }
            assert_eq!((found, message.is_null()), (2, true));
            pq::PQconninfoFree(options);
            pq::PQconninfoFree(null_mut());
            assert!(pq::PQconninfoParse(c"nonsense".as_ptr(), &mut message).is_null());
            assert!(!message.is_null());
            pq::PQfreemem(message.cast());
            assert!(pq::PQconninfoParse(c"nonsense".as_ptr(), null_mut()).is_null());
            // A null value is as if its keyword were not there.
            let (host, port) = (CString::new("127.0.0.1").expect("no zero"), CString::new("1").expect("no zero"));
            let keywords = [c"host".as_ptr(), c"user".as_ptr(), c"port".as_ptr(), null()];
            let values = [host.as_ptr(), null(), port.as_ptr()];
            let conn = pq::PQconnectStartParams(keywords.as_ptr(), values.as_ptr(), 0);
            drop((host, port));
            assert_eq!(CStr::from_ptr(pq::PQport(conn)), c"1");
            pq::PQfinish(conn);
            let conn = pq::PQconnectStart(c"host=127.0.0.1 port=1".as_ptr());
            let state = pq::PQconnectPoll(conn);
            assert!(state != pq::PGRES_POLLING_OK);
            let mut text = null_mut();
            assert_eq!(pq::PQgetCopyData(null_mut(), &mut text, 1), -2);
            assert!(text.is_null());
            let mut line = [1 as c_char; 8];
            assert_eq!(pq::PQgetline(null_mut(), line.as_mut_ptr(), 8), -1);
            pq::PQfinish(conn);
            assert_eq!(pq::pg_char_to_encoding(c"UTF8".as_ptr()), 6);
            assert_eq!(pq::PQmblen("é".as_ptr().cast(), 6), 2);
        }
    });
}
