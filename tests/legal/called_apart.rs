//! Closures that libcurl and expat call, whose data C is given by another call than the functions: no report at any level, panics
//! that come back, and nothing that leaks.

#![allow(clippy::multiple_unsafe_ops_per_block, reason = "a test is a row of calls; one proof stands for the row")]

mod support;

use pinned_ffi::{Handle, Owned, pinned_ffi};
use std::ffi::{CStr, CString, c_char, c_void};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex};
use support::at_every_level;

#[pinned_ffi(
    header = "expat.h",
    allow = "XML_(ParserCreate|ParserFree|ParserReset|SetUserData|SetElementHandler|SetCharacterDataHandler|SetCommentHandler\
             |SetNotStandaloneHandler|Parse|GetErrorCode|StopParser|SetHandlers)",
    safe = "XML_(ParserCreate|SetHandlers|ParserReset|Parse|SetCommentHandler|SetNotStandaloneHandler)"
)]
mod xml {}

#[link(name = "expat")]
unsafe extern "C" {}

#[rustfmt::skip]
#[pinned_ffi(header = "curl/curl.h", allow = "curl_easy_(init|cleanup|setopt.*|perform)|CURLE_.*")]
mod c {
    unsafe extern "C" {
        #[idiomatic] fn curl_easy_setopt_write(handle: *mut CURL, value: curl_write_callback, data: *mut c_void) -> CURLcode;
        #[idiomatic] fn curl_easy_setopt_header(handle: *mut CURL, value: curl_write_callback, data: *mut c_void) -> CURLcode;
        #[idiomatic] fn curl_easy_setopt_read(handle: *mut CURL, value: curl_read_callback, data: *mut c_void) -> CURLcode;
    }
}

#[link(name = "curl")]
unsafe extern "C" {}

fn said(body: impl FnOnce()) -> String {
    let payload = catch_unwind(AssertUnwindSafe(body)).expect_err("it panics");
    let text = payload.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| payload.downcast_ref::<String>().cloned()).expect("a text")
}

type Parser = Owned<'static, xml::XML_ParserStruct, xml::raw::XML_ParserFree>;

fn parser() -> Parser {
    xml::XML_ParserCreate(None).expect("memory is there")
}

#[test]
fn expat_calls_closures_that_share_their_data() {
    at_every_level("expat_calls_closures_that_share_their_data", || {
        let seen = Arc::new(Mutex::new(Vec::new()));
        let parser = parser();
        let tell = |seen: &Arc<Mutex<Vec<String>>>, what: &str, text: String| {
            seen.lock().expect("nobody panics with it").push(format!("{what}{text}"));
        };
        let (first, second, third) = (Arc::clone(&seen), Arc::clone(&seen), Arc::clone(&seen));
        xml::XML_SetHandlers(
            parser.as_ref(),
            move |name: &CStr, _| tell(&first, "<", name.to_string_lossy().into_owned()),
            move |name: &CStr| tell(&second, ">", name.to_string_lossy().into_owned()),
            move |text: &[u8]| tell(&third, "", String::from_utf8_lossy(text).into_owned()),
        );
        assert_eq!(xml::XML_Parse(parser.as_ref(), Some(b"<a>x<b/>y</a>"), 1), Ok(1));
        assert_eq!(*seen.lock().expect("as above"), ["<a", "x", "<b", ">b", "y", ">a"]);
        assert_eq!(Arc::strong_count(&seen), 4);
        // A reset takes them away.
        xml::XML_ParserReset(parser.as_ref(), None).expect("it is nobody's child");
        assert_eq!(Arc::strong_count(&seen), 1);
        xml::XML_SetHandlers(
            parser.as_ref(),
            |_: &CStr, _| (),
            |_: &CStr| (),
            |text: &[u8]| panic!("{} bytes of text", text.len()),
        );
        assert_eq!(said(|| _ = xml::XML_Parse(parser.as_ref(), Some(b"<a>four</a>"), 1)), "4 bytes of text");
    });
}

/// What the comments below go into.
type Comments = Mutex<Vec<String>>;

#[test]
fn expat_calls_functions_that_find_their_data_by_a_number() {
    at_every_level("expat_calls_functions_that_find_their_data_by_a_number", || {
        let comments = Handle::new(Comments::default());
        let parser = parser();
        // SAFETY: a number, which the handlers look up.
        unsafe { xml::XML_SetUserData(parser.as_ref().as_ptr(), comments.as_ptr()) };
        fn comment(data: *mut c_void, text: &CStr) {
            let comments = Handle::<Comments>::from_userdata(data).expect("it is there until the end");
            comments.lock().expect("nobody panics").push(text.to_string_lossy().into_owned());
        }
        xml::XML_SetCommentHandler(parser.as_ref(), Some(comment));
        xml::XML_SetNotStandaloneHandler(parser.as_ref(), Some(|_| 1));
        assert_eq!(xml::XML_Parse(parser.as_ref(), Some(b"<a><!-- one --><!--two--></a>"), 1), Ok(1));
        let comments = comments.remove().expect("once");
        assert_eq!(*comments.lock().expect("as above"), [" one ", "two"]);
    });
}

/// Answers each request with its body. Gives the address.
fn server() -> CString {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    std::thread::spawn(move || listener.incoming().flatten().for_each(answer));
    CString::new(format!("http://{address}/")).expect("no zero")
}

fn answer(mut stream: TcpStream) {
    let (mut request, mut part) = (Vec::new(), [0; 4096]);
    let body = loop {
        let Ok(read @ 1..) = stream.read(&mut part) else { return };
        request.extend_from_slice(&part[..read]);
        let text = String::from_utf8_lossy(&request).into_owned();
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let length = head.lines().find_map(|line| line.strip_prefix("Content-Length: ")?.parse::<usize>().ok());
        if body.len() >= length.unwrap_or(0) {
            break body.to_owned();
        }
    };
    let _ = write!(
        stream,
        "HTTP/1.1 200 OK\r\nX-Sent: yes\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
}

#[test]
fn curl_writes_and_reads_by_closures() {
    at_every_level("curl_writes_and_reads_by_closures", || {
        let (alive, url) = (Arc::new(()), server());
        // SAFETY: a handle that is cleaned up at the end; each option has what it asks for.
        unsafe {
            let curl = c::curl_easy_init();
            assert!(!curl.is_null());
            assert_eq!(c::curl_easy_setopt_url(curl, url.as_ptr()), c::CURLE_OK);
            assert_eq!(c::curl_easy_setopt_upload(curl, 1), c::CURLE_OK);
            let got = Arc::new(Mutex::new(Vec::new()));
            let (into, held) = (Arc::clone(&got), Arc::clone(&alive));
            let write = move |data: &[u8], size: usize| {
                let _ = &held;
                assert_eq!(size, 1);
                into.lock().expect("nobody panics").extend_from_slice(data);
                data.len()
            };
            c::curl_easy_setopt_write(curl, write).expect("an option that there is");
            let heads = Arc::new(Mutex::new(0));
            let counted = Arc::clone(&heads);
            let header = move |line: &[u8], _| {
                *counted.lock().expect("as above") += usize::from(line == b"X-Sent: yes\r\n");
                line.len()
            };
            c::curl_easy_setopt_header(curl, header).expect("as above");
            let text = "a body, read in pieces of five".repeat(100);
            assert_eq!(c::curl_easy_setopt_infilesize(curl, text.len() as _), c::CURLE_OK);
            let (mut left, held) = (text.clone().into_bytes(), Arc::clone(&alive));
            let read = move |buffer: *mut c_char, size: usize, count: usize| {
                let _ = &held;
                let piece: Vec<u8> = left.drain(..left.len().min(5).min(size * count)).collect();
                std::ptr::copy_nonoverlapping(piece.as_ptr(), buffer.cast(), piece.len());
                piece.len()
            };
            c::curl_easy_setopt_read(curl, read).expect("as above");
            assert_eq!(c::curl_easy_perform(curl), c::CURLE_OK);
            assert_eq!(
                (got.lock().expect("as above").as_slice(), *heads.lock().expect("as above")),
                (text.as_bytes(), 1)
            );
            // Another takes the place of the first, and panics.
            assert_eq!((Arc::strong_count(&alive), Arc::strong_count(&got)), (3, 2));
            c::curl_easy_setopt_write(curl, |_: &[u8], _| panic!("no more")).expect("as above");
            assert_eq!((Arc::strong_count(&alive), Arc::strong_count(&got)), (2, 1));
            assert_eq!(c::curl_easy_setopt_upload(curl, 0), c::CURLE_OK);
            assert_eq!(c::curl_easy_setopt_post(curl, 1), c::CURLE_OK);
            assert_eq!(c::curl_easy_setopt_postfieldsize(curl, 5), c::CURLE_OK);
            assert_eq!(c::curl_easy_setopt_copypostfields(curl, c"asked".as_ptr().cast()), c::CURLE_OK);
            assert_eq!(said(|| _ = c::curl_easy_perform(curl)), "no more");
            c::curl_easy_cleanup(curl);
        }
        assert_eq!(Arc::strong_count(&alive), 1, "cleaned up");
    });
}
