//! curl: what transfers send, where errors are told, and handles in a multi handle.

use crate::Loud;
use crate::support::at_every_level;
use pinned_ffi::{Lent, Owned};
use std::ffi::{CStr, CString};
use std::io::{Read, Write};
use std::net::TcpListener;
use std::rc::Rc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

/// By hand: the header's handles are `void`, which safe code could make of anything.
#[allow(clippy::upper_case_acronyms, reason = "C's names")]
mod c {
    use std::ffi::{c_char, c_int, c_long, c_uint};

    #[repr(C)]
    pub(super) struct CURL {
        _unused: [u8; 0],
    }

    #[repr(C)]
    pub(super) struct CURLM {
        _unused: [u8; 0],
    }

    const CURLOPT_URL: c_uint = 10002;
    const CURLOPT_ERRORBUFFER: c_uint = 10010;
    const CURLOPT_POSTFIELDS: c_uint = 10015;
    const CURLOPT_POSTFIELDSIZE: c_uint = 60;

    // What is not written here comes from the pack.
    #[pinned_ffi::pinned_ffi]
    #[link(name = "curl")]
    unsafe extern "C" {
        pub(super) safe fn curl_easy_init() -> *mut CURL;
        pub(super) fn curl_easy_cleanup(curl: *mut CURL);
        pub(super) safe fn curl_easy_perform(curl: *mut CURL) -> c_uint;
        pub(super) safe fn curl_easy_reset(curl: *mut CURL);
        pub(super) fn curl_easy_setopt(handle: *mut CURL, option: c_uint, ...) -> c_uint;
        #[form_of(curl_easy_setopt, option = CURLOPT_URL)]
        pub(super) safe fn curl_easy_setopt_url(handle: *mut CURL, value: *const c_char) -> c_uint;
        #[form_of(curl_easy_setopt, option = CURLOPT_ERRORBUFFER)]
        pub(super) safe fn curl_easy_setopt_errorbuffer(handle: *mut CURL, value: *mut c_char) -> c_uint;
        #[form_of(curl_easy_setopt, option = CURLOPT_POSTFIELDSIZE)]
        pub(super) safe fn curl_easy_setopt_postfieldsize(handle: *mut CURL, value: c_long) -> c_uint;
        #[idiomatic]
        #[form_of(curl_easy_setopt, option = CURLOPT_POSTFIELDS)]
        pub(super) fn curl_easy_setopt_postfields(handle: *mut CURL, value: *const c_char) -> c_uint;
        pub(super) safe fn curl_multi_init() -> *mut CURLM;
        pub(super) safe fn curl_multi_cleanup(multi: *mut CURLM) -> c_int;
        pub(super) safe fn curl_multi_add_handle(multi: *mut CURLM, easy: *mut CURL) -> c_int;
        pub(super) safe fn curl_multi_remove_handle(multi: *mut CURLM, easy: *mut CURL) -> c_int;
        pub(super) safe fn curl_multi_perform(
            multi: *mut CURLM,
            #[filled_by(1)]
            #[noescape]
            running: *mut c_int,
        ) -> c_int;
    }
}

type Easy = Owned<'static, c::CURL, c::raw::curl_easy_cleanup>;

/// Reads a request's body of this length, in two parts: tells of the first bytes, waits for a word, and gives all of it.
fn server(length: usize) -> (CString, Receiver<Vec<u8>>, Sender<()>, Receiver<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}/", listener.local_addr().expect("an address"));
    let (body_out, body_in) = channel();
    let (go_on, may_go_on) = channel();
    let (started, has_started) = channel();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let (mut request, mut part) = (Vec::new(), vec![0; 8192]);
            let mut is_first = true;
            loop {
                let head = request.windows(4).position(|bytes| bytes == b"\r\n\r\n").map(|at| at + 4);
                if let Some(head) = head {
                    if std::mem::take(&mut is_first) {
                        let _ = stream.write_all(b"HTTP/1.1 100 Continue\r\n\r\n");
                        let _ = started.send(());
                        let _ = may_go_on.recv();
                    }
                    if request.len() >= head + length {
                        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
                        let _ = body_out.send(request.split_off(head));
                        break;
                    }
                }
                let Ok(read @ 1..) = stream.read(&mut part) else { break };
                request.extend_from_slice(&part[..read]);
            }
        }
    });
    (CString::new(url).expect("no zero"), body_in, go_on, has_started)
}

fn easy(url: &CStr) -> Easy {
    let easy = c::curl_easy_init().expect("a handle");
    c::curl_easy_setopt_url(Some(easy.as_ref()), Some(url)).expect("an address");
    easy
}

#[test]
fn fields_to_post() {
    at_every_level("curl::fields_to_post", || {
        let (url, bodies, go_on, _started) = server(8);
        let handle = easy(&url);
        for words in [b"the same\0", b"ther one\0"] {
            let (fields, ear) = Loud::new(words);
            // SAFETY: it ends with a zero.
            unsafe { c::curl_easy_setopt_postfields(Some(handle.as_ref()), Some(fields)).expect("it takes fields") };
            for _ in 0..2 {
                go_on.send(()).expect("the server is there");
                c::curl_easy_perform(Some(handle.as_ref())).expect("the server is there");
                assert_eq!(bodies.recv().expect("a request"), &words[..8]);
            }
            assert!(ear.is_alive(), "the next transfer would read it");
            if words == b"ther one\0" {
                c::curl_easy_reset(handle.as_ref());
                assert!(ear.is_alive(), "see the pack");
            }
        }
        let (last, last_ear) = Loud::new(b"last\0");
        // SAFETY: as above.
        unsafe { c::curl_easy_setopt_postfields(Some(handle.as_ref()), Some(last)).expect("it takes fields") };
        drop(handle);
        assert!(!last_ear.is_alive());
    });
}

/// Fields that are set while a transfer runs: it goes on with the earlier ones.
#[test]
fn fields_of_a_transfer_that_runs() {
    at_every_level("curl::fields_of_a_transfer_that_runs", || {
        const LENGTH: usize = 8 << 20;
        let (url, bodies, go_on, started) = server(LENGTH);
        let handle = Rc::new(easy(&url));
        let length = std::ffi::c_long::try_from(LENGTH).expect("it fits");
        c::curl_easy_setopt_postfieldsize(Some((*handle).as_ref()), length).expect("a length");
        let (fields, ear) = Loud::new(&vec![b'a'; LENGTH]);
        let (others, other_ear) = Loud::new(&vec![b'b'; LENGTH]);
        // SAFETY: as long as was said.
        unsafe { c::curl_easy_setopt_postfields(Some((*handle).as_ref()), Some(fields)).expect("it takes fields") };
        let multi = c::curl_multi_init().expect("a handle");
        c::curl_multi_add_handle(Some(multi.as_ref()), Some(Rc::clone(&handle))).expect("it is in none");
        let step = || {
            let running = c::curl_multi_perform(Some(multi.as_ref())).expect("it goes on");
            std::thread::sleep(Duration::from_millis(1));
            running
        };
        while started.try_recv().is_err() {
            step();
        }
        for _ in 0..50 {
            step();
        }
        // SAFETY: as above.
        unsafe { c::curl_easy_setopt_postfields(Some((*handle).as_ref()), Some(others)).expect("it takes fields") };
        assert!(ear.is_alive() && other_ear.is_alive());
        go_on.send(()).expect("the server waits");
        while step() > 0 {}
        let body = bodies.recv().expect("a request");
        assert!(body.len() == LENGTH && body.iter().all(|byte| *byte == b'a'), "it began with the first");
        assert_eq!(Rc::strong_count(&handle), 2);
        c::curl_multi_remove_handle(Some(multi.as_ref()), Some((*handle).as_ref())).expect("it is in there");
        assert_eq!(Rc::strong_count(&handle), 1, "the multi handle has let go of it");
        drop(handle);
        assert!(!ear.is_alive() && !other_ear.is_alive());
    });
}

#[test]
fn handles_of_a_multi_handle() {
    at_every_level("curl::handles_of_a_multi_handle", || {
        let multi = c::curl_multi_init().expect("a handle");
        let (one, two) = (Rc::new(easy(c"http://127.0.0.1:9/")), Rc::new(easy(c"http://127.0.0.1:9/")));
        for handle in [&one, &two] {
            c::curl_multi_add_handle(Some(multi.as_ref()), Some(Rc::clone(handle))).expect("it is in none");
        }
        assert_eq!((Rc::strong_count(&one), Rc::strong_count(&two)), (2, 2));
        assert!(c::curl_multi_add_handle(Some(multi.as_ref()), Some(Rc::clone(&one))).is_err());
        assert_eq!((Rc::strong_count(&one), Rc::strong_count(&two)), (2, 2), "it was there, and still is");
        c::curl_multi_remove_handle(Some(multi.as_ref()), Some((*one).as_ref())).expect("it is in there");
        assert_eq!((Rc::strong_count(&one), Rc::strong_count(&two)), (1, 2));
        drop(multi);
        assert_eq!(Rc::strong_count(&two), 1);
    });
}

#[test]
fn a_buffer_for_errors() {
    at_every_level("curl::a_buffer_for_errors", || {
        let handle = easy(c"nosuch://host/");
        let first = Lent::new(vec![0_u8; 256]);
        c::curl_easy_setopt_errorbuffer(Some(handle.as_ref()), first.lend()).expect("it takes a buffer");
        assert!(c::curl_easy_perform(Some(handle.as_ref())).is_err());
        let (second, second_ear) = Loud::new(&[0; 256]);
        c::curl_easy_setopt_errorbuffer(Some(handle.as_ref()), Some(second)).expect("it takes a buffer");
        let said = first.take().expect("another took its place");
        assert_ne!(said[0], 0, "{said:?}");
        assert!(c::curl_easy_perform(Some(handle.as_ref())).is_err());
        c::curl_easy_reset(handle.as_ref());
        assert!(!second_ear.is_alive());
        let third = Lent::new(vec![0_u8; 256]);
        c::curl_easy_setopt_errorbuffer(Some(handle.as_ref()), third.lend()).expect("it takes a buffer");
        assert!(third.is_lent());
        drop(handle);
        assert!(third.take().is_ok());
    });
}
