//! Legal calls of libpq's own functions, against a server of our own that gives back what it gets: no report, at any level.

#![allow(clippy::useless_vec, reason = "a block of the heap is what the test is about")]
#![allow(clippy::multiple_unsafe_ops_per_block, reason = "a test is a row of calls; one proof stands for the row")]

mod support;

use pinned_ffi::pinned_ffi;
use std::ffi::{CStr, CString, c_char, c_int};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::ptr::{null, null_mut};
use support::at_every_level;

#[pinned_ffi(header = "libpq-fe.h", allow = "PQ.*", clang_args = ["-I/usr/include/postgresql"])]
mod pq {}

#[link(name = "pq")]
unsafe extern "C" {}

/// A message's fields, read one behind the other.
struct Fields<'a>(&'a [u8]);

impl<'a> Fields<'a> {
    fn bytes(&mut self, count: usize) -> &'a [u8] {
        let (taken, left) = self.0.split_at(count);
        self.0 = left;
        taken
    }

    fn short(&mut self) -> i16 {
        i16::from_be_bytes(self.bytes(2).try_into().expect("two bytes"))
    }

    fn long(&mut self) -> i32 {
        i32::from_be_bytes(self.bytes(4).try_into().expect("four bytes"))
    }

    /// A value with its length in front, -1 for NULL.
    fn value(&mut self) -> Option<Vec<u8>> {
        let length = usize::try_from(self.long()).ok()?;
        Some(self.bytes(length).to_vec())
    }

    fn string(&mut self) -> &'a [u8] {
        let end = self.0.iter().position(|byte| *byte == 0).expect("a string ends");
        let text = self.bytes(end);
        self.bytes(1);
        text
    }
}

/// One answer: a letter, its length, its fields.
fn tell(out: &mut Vec<u8>, kind: u8, fields: &[&[u8]]) {
    let length = 4 + fields.iter().map(|field| field.len()).sum::<usize>();
    out.push(kind);
    out.extend((length as i32).to_be_bytes());
    out.extend(fields.concat());
}

/// What a column is told to be: its type, and 1 where its values are binary.
type Column = (i32, i16);

fn tell_columns(out: &mut Vec<u8>, columns: &[Column]) {
    let mut fields = (columns.len() as i16).to_be_bytes().to_vec();
    for (number, (kind, format)) in columns.iter().enumerate() {
        fields.extend(format!("column {number}\0").as_bytes());
        fields.extend([0; 6]);
        fields.extend(kind.to_be_bytes());
        fields.extend((-1_i16).to_be_bytes());
        fields.extend((-1_i32).to_be_bytes());
        fields.extend(format.to_be_bytes());
    }
    tell(out, b'T', &[&fields]);
}

fn tell_row(out: &mut Vec<u8>, values: &[Option<Vec<u8>>]) {
    let mut fields = (values.len() as i16).to_be_bytes().to_vec();
    for value in values {
        fields.extend(value.as_ref().map_or(-1, |value| value.len() as i32).to_be_bytes());
        fields.extend(value.iter().flatten());
    }
    tell(out, b'D', &[&fields]);
    tell(out, b'C', &[b"SELECT 1\0"]);
}

/// Speaks the frontend's protocol, version 3: a row of the parameters, or the text of a command without any.
fn answer(mut stream: TcpStream) -> std::io::Result<()> {
    let mut length = [0; 4];
    let mut part = |stream: &mut TcpStream| -> std::io::Result<Vec<u8>> {
        stream.read_exact(&mut length)?;
        let mut body = vec![0; i32::from_be_bytes(length) as usize - 4];
        stream.read_exact(&mut body)?;
        Ok(body)
    };
    part(&mut stream)?;
    let mut out = Vec::new();
    tell(&mut out, b'R', &[&[0; 4]]);
    tell(&mut out, b'S', &[b"client_encoding\0UTF8\0"]);
    tell(&mut out, b'S', &[b"standard_conforming_strings\0on\0"]);
    tell(&mut out, b'Z', &[b"I"]);
    let (mut types, mut formats, mut values): (Vec<i32>, Vec<i16>, Vec<Option<Vec<u8>>>) = Default::default();
    let mut kind = [0];
    loop {
        stream.write_all(&out)?;
        out.clear();
        stream.read_exact(&mut kind)?;
        let body = part(&mut stream)?;
        let mut fields = Fields(&body);
        match kind[0] {
            b'P' => {
                fields.string();
                fields.string();
                types = (0..fields.short()).map(|_| fields.long()).collect();
                tell(&mut out, b'1', &[]);
            }
            b'B' => {
                fields.string();
                fields.string();
                formats = (0..fields.short()).map(|_| fields.short()).collect();
                values = (0..fields.short()).map(|_| fields.value()).collect();
                tell(&mut out, b'2', &[]);
            }
            b'D' => {
                let column = |at| (types.get(at).copied().unwrap_or(25), formats.get(at).copied().unwrap_or(0));
                tell_columns(&mut out, &(0..values.len()).map(column).collect::<Vec<Column>>());
            }
            b'E' => tell_row(&mut out, &values),
            b'Q' => {
                let text = fields.string();
                if text == b"wrong" {
                    tell(&mut out, b'E', &[b"SERROR\0C42601\0Mthat is wrong\0\0"]);
                } else {
                    tell_columns(&mut out, &[(25, 0)]);
                    tell_row(&mut out, &[Some(text.to_vec())]);
                }
                tell(&mut out, b'Z', &[b"I"]);
            }
            b'S' => tell(&mut out, b'Z', &[b"I"]),
            _ => return Ok(()),
        }
    }
}

/// A connection to a server of its own.
fn connection() -> *mut pq::PGconn {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    std::thread::spawn(move || listener.accept().and_then(|(stream, _)| answer(stream)));
    let words = format!("host=127.0.0.1 port={port} user=me dbname=none sslmode=disable gssencmode=disable");
    let words = CString::new(words).expect("no zero");
    // SAFETY: a C string, copied in the call.
    unsafe {
        let conn = pq::PQconnectdb(words.as_ptr());
        assert_eq!(pq::PQstatus(conn), pq::CONNECTION_OK, "{:?}", CStr::from_ptr(pq::PQerrorMessage(conn)));
        conn
    }
}

/// The bytes of a value in the first row, or none where it is NULL.
fn value(res: *const pq::PGresult, column: c_int) -> Option<Vec<u8>> {
    // SAFETY: a result with this column, and a value of this length.
    unsafe {
        let length = pq::PQgetlength(res, 0, column) as usize;
        let at = pq::PQgetvalue(res, 0, column).cast::<u8>();
        assert_eq!(*at.add(length), 0);
        (pq::PQgetisnull(res, 0, column) == 0).then(|| std::slice::from_raw_parts(at, length).to_vec())
    }
}

// F137
#[test]
fn parameters_arrive() {
    at_every_level("parameters_arrive", || {
        let conn = connection();
        let command = CString::new("SELECT $1, $2, $3, $4").expect("no zero");
        let (one, two) = (CString::new("a text").expect("no zero"), vec![1_u8, 0, 3]);
        let nothing = Vec::<u8>::new();
        let values = vec![one.as_ptr(), two.as_ptr().cast(), null(), nothing.as_ptr().cast()];
        // The length of a text is not looked at.
        let (types, lengths, formats) = (vec![25, 17, 23, 17], vec![-9, 3, 0, 0], vec![0, 1, 0, 1]);
        // SAFETY: four of each; the binary values are as long as is said.
        unsafe {
            let res = pq::PQexecParams(
                conn,
                command.as_ptr(),
                4,
                types.as_ptr(),
                values.as_ptr(),
                lengths.as_ptr(),
                formats.as_ptr(),
                0,
            );
            assert_eq!(pq::PQresultStatus(res), pq::PGRES_TUPLES_OK);
            assert_eq!((pq::PQftype(res, 1), pq::PQfformat(res, 1), pq::PQftype(res, 2)), (17, 1, 23));
            // Asked for once more, without the types and as texts only.
            let texts = vec![one.as_ptr(), null()];
            let again = pq::PQexecParams(conn, command.as_ptr(), 2, null(), texts.as_ptr(), null(), null(), 0);
            let form = pq::PQexecParams_text(conn, command.as_ptr(), 2, null(), texts.as_ptr(), 0);
            drop((one, two, values, texts, types, lengths, formats, command));
            let got: Vec<_> = (0..4).map(|column| value(res, column)).collect();
            assert_eq!(got, [Some(b"a text".to_vec()), Some(vec![1, 0, 3]), None, Some(vec![])]);
            for res in [again, form] {
                assert_eq!((value(res, 0), value(res, 1)), (Some(b"a text".to_vec()), None));
                pq::PQclear(res);
            }
            pq::PQclear(res);
            let none = Vec::<*const c_char>::new();
            let res = pq::PQexecParams(conn, c"SELECT".as_ptr(), 0, null(), none.as_ptr(), null(), null(), 0);
            assert_eq!((pq::PQntuples(res), pq::PQnfields(res)), (1, 0));
            pq::PQclear(res);
            pq::PQfinish(conn);
        }
    });
}

// F137
#[test]
fn prepared_statements() {
    at_every_level("prepared_statements", || {
        let conn = connection();
        // SAFETY: as many of each as is said.
        unsafe {
            {
                let (name, query) = (CString::new("mine"), CString::new("SELECT $1, $2"));
                let (name, query) = (name.expect("no zero"), query.expect("no zero"));
                let types = vec![20, 21];
                let res = pq::PQprepare(conn, name.as_ptr(), query.as_ptr(), 2, types.as_ptr());
                assert_eq!(pq::PQresultStatus(res), pq::PGRES_COMMAND_OK);
                pq::PQclear(res);
            }
            for number in ["1", "22"] {
                let text = CString::new(number).expect("no zero");
                let bytes = number.as_bytes().to_vec();
                let values = vec![text.as_ptr(), bytes.as_ptr().cast()];
                let (lengths, formats) = (vec![0, bytes.len() as c_int], vec![0, 1]);
                let (values, lengths, formats) = (values, lengths, formats);
                let (at, sizes, kinds) = (values.as_ptr(), lengths.as_ptr(), formats.as_ptr());
                let res = pq::PQexecPrepared(conn, c"mine".as_ptr(), 2, at, sizes, kinds, 0);
                // The types are the statement's.
                assert_eq!((pq::PQftype(res, 0), pq::PQftype(res, 1)), (20, 21));
                assert_eq!((value(res, 0), value(res, 1)), (Some(bytes.clone()), Some(bytes.clone())));
                pq::PQclear(res);
                // The call only sends: what was given may go before the answer comes.
                assert_eq!(pq::PQsendQueryPrepared(conn, c"mine".as_ptr(), 2, at, sizes, kinds, 0), 1);
                drop((text, values, lengths, formats));
                let res = pq::PQgetResult(conn);
                assert_eq!(value(res, 1), Some(bytes));
                pq::PQclear(res);
                assert!(pq::PQgetResult(conn).is_null());
            }
            let res = pq::PQprepare(conn, c"".as_ptr(), c"SELECT $1".as_ptr(), 0, null());
            assert_eq!(pq::PQresultStatus(res), pq::PGRES_COMMAND_OK);
            pq::PQclear(res);
            let one = vec![c"one".as_ptr()];
            let res = pq::PQexecPrepared_text(conn, c"".as_ptr(), 1, one.as_ptr(), 0);
            assert_eq!(value(res, 0), Some(b"one".to_vec()));
            pq::PQclear(res);
            pq::PQfinish(conn);
        }
    });
}

// F138
#[test]
fn values_messages_and_literals() {
    at_every_level("values_messages_and_literals", || {
        let conn = connection();
        // SAFETY: strings that end with zero or have their length told; results are used before they go.
        unsafe {
            let name = String::from("it's not ended");
            let literal = pq::PQescapeLiteral(conn, name.as_ptr().cast(), 4);
            drop(name);
            assert_eq!(CStr::from_ptr(literal), c"'it''s'");
            // What the library gave goes back in, and out of it.
            let res = pq::PQexec(conn, literal);
            pq::PQfreemem(literal.cast());
            let at = pq::PQgetvalue(res, 0, 0);
            // A result is the caller's, whatever is done with the connection.
            let wrong = pq::PQexec(conn, c"wrong".as_ptr());
            assert_eq!(pq::PQresultStatus(wrong), pq::PGRES_FATAL_ERROR);
            assert_eq!(CStr::from_ptr(pq::PQerrorMessage(conn)), c"ERROR:  that is wrong\n");
            assert_eq!(CStr::from_ptr(pq::PQresultErrorMessage(wrong)), c"ERROR:  that is wrong\n");
            assert_eq!(CStr::from_ptr(pq::PQresultErrorField(wrong, c_int::from(b'C'))), c"42601");
            assert!(pq::PQresultErrorField(wrong, c_int::from(b'H')).is_null());
            assert_eq!(CStr::from_ptr(at), c"'it''s'");
            assert_eq!(CStr::from_ptr(pq::PQfname(res, 0)), c"column 0");
            assert_eq!(CStr::from_ptr(pq::PQcmdStatus(res)), c"SELECT 1");
            pq::PQclear(wrong);
            pq::PQclear(res);
            let identifier = pq::PQescapeIdentifier(conn, Vec::<c_char>::new().as_ptr(), 0);
            assert_eq!(CStr::from_ptr(identifier), c"\"\"");
            pq::PQfreemem(identifier.cast());
            // The next command takes the message away.
            pq::PQclear(pq::PQexec(conn, c"fine".as_ptr()));
            assert_eq!(CStr::from_ptr(pq::PQerrorMessage(conn)), c"");
            assert_eq!(CStr::from_ptr(pq::PQparameterStatus(conn, c"client_encoding".as_ptr())), c"UTF8");
            pq::PQclear(null_mut());
            pq::PQfinish(conn);
        }
    });
}
