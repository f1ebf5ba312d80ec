//! Closures that libcurl calls by the pack during a transfer: what it tells, asks and wants done, over sockets of the tests' own. No
//! report at any level, panics that come back, and nothing that leaks.

#![allow(clippy::multiple_unsafe_ops_per_block, reason = "a test is a row of calls; one proof stands for the row")]

mod support;

use pinned_ffi::{Ref, pinned_ffi};
use std::collections::HashMap;
use std::ffi::{CStr, CString, c_char, c_int, c_long, c_void};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr::null_mut;
use std::sync::atomic::{AtomicI32, Ordering};
use std::sync::{Arc, Mutex};
use support::at_every_level;

#[rustfmt::skip]
#[pinned_ffi(
    header = "curl/curl.h",
    allow = "curl_(easy_(init|cleanup|setopt.*|perform)|multi_(init|cleanup|add_handle|remove_handle|setopt.*|socket_action)\
             |share_(init|cleanup|setopt.*)|mime_(init|free|addpart|name|data_cb)|slist_(append|free_all))|CURLE_.*|CURLSHE_.*|CURLM_.*"
)]
mod c {
    unsafe extern "C" {
        #[idiomatic] fn curl_easy_setopt_write(handle: *mut CURL, value: curl_write_callback, data: *mut c_void) -> CURLcode;
        #[idiomatic] fn curl_easy_setopt_read(handle: *mut CURL, value: curl_read_callback, data: *mut c_void) -> CURLcode;
        #[idiomatic] fn curl_easy_setopt_seek(handle: *mut CURL, value: curl_seek_callback, data: *mut c_void) -> CURLcode;
        #[idiomatic] fn curl_easy_setopt_xferinfo(handle: *mut CURL, value: curl_xferinfo_callback, data: *mut c_void) -> CURLcode;
        #[idiomatic] fn curl_easy_setopt_debug(handle: *mut CURL, value: curl_debug_callback, userptr: *mut c_void) -> CURLcode;
        #[idiomatic] fn curl_easy_setopt_sockopt(handle: *mut CURL, value: curl_sockopt_callback, data: *mut c_void) -> CURLcode;
        #[idiomatic] fn curl_easy_setopt_opensocket(handle: *mut CURL, value: curl_opensocket_callback, data: *mut c_void) -> CURLcode;
        #[idiomatic] fn curl_easy_setopt_closesocketfunction(handle: *mut CURL, value: curl_closesocket_callback) -> CURLcode;
        #[idiomatic] fn curl_easy_setopt_prereq(handle: *mut CURL, value: curl_prereq_callback, data: *mut c_void) -> CURLcode;
        #[idiomatic]
        fn curl_easy_setopt_resolver_start(handle: *mut CURL, value: curl_resolver_start_callback, data: *mut c_void) -> CURLcode;
        #[idiomatic] fn curl_easy_setopt_ssl_ctx(handle: *mut CURL, value: curl_ssl_ctx_callback, data: *mut c_void) -> CURLcode;
        #[idiomatic] fn curl_easy_setopt_trailer(handle: *mut CURL, value: curl_trailer_callback, data: *mut c_void) -> CURLcode;
        #[idiomatic] fn curl_easy_setopt_hstsread(handle: *mut CURL, value: curl_hstsread_callback, data: *mut c_void) -> CURLcode;
        #[idiomatic] fn curl_easy_setopt_hstswrite(handle: *mut CURL, value: curl_hstswrite_callback, data: *mut c_void) -> CURLcode;
        #[idiomatic]
        fn curl_share_setopt_locks(
            share: *mut CURLSH, lock: curl_lock_function, unlock: curl_unlock_function, userptr: *mut c_void,
        ) -> CURLSHcode;
        #[idiomatic] fn curl_multi_setopt_socket(multi_handle: *mut CURLM, value: curl_socket_callback, userp: *mut c_void) -> CURLMcode;
        #[idiomatic]
        fn curl_multi_setopt_timer(multi_handle: *mut CURLM, value: curl_multi_timer_callback, userp: *mut c_void) -> CURLMcode;
        #[idiomatic]
        fn curl_mime_data_cb(
            part: *mut curl_mimepart, datasize: curl_off_t, readfunc: curl_read_callback, seekfunc: curl_seek_callback,
            freefunc: curl_free_callback, arg: *mut c_void,
        ) -> CURLcode;
    }
}

#[link(name = "curl")]
unsafe extern "C" {}

fn said(body: impl FnOnce()) -> String {
    let payload = catch_unwind(AssertUnwindSafe(body)).expect_err("it panics");
    let text = payload.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| payload.downcast_ref::<String>().cloned()).expect("a text")
}

/// Answers each request with its body; one for `/again` with where to go instead. Gives the address.
fn server() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    std::thread::spawn(move || listener.incoming().flatten().for_each(answer));
    format!("http://{address}")
}

fn answer(mut stream: TcpStream) {
    let (mut request, mut part) = (Vec::new(), [0; 4096]);
    let (head, body) = loop {
        let Ok(read @ 1..) = stream.read(&mut part) else { return };
        request.extend_from_slice(&part[..read]);
        let text = String::from_utf8_lossy(&request).into_owned();
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let length = head.lines().find_map(|line| line.strip_prefix("Content-Length: ")?.parse::<usize>().ok());
        let is_whole = match head.contains("Transfer-Encoding: chunked") {
            true => body.contains("\r\n0\r\n") && body.ends_with("\r\n\r\n"),
            false => body.len() >= length.unwrap_or(0),
        };
        if is_whole {
            break (head.to_owned(), body.to_owned());
        }
    };
    let (status, place) = if head.contains(" /again ") { ("307 Elsewhere", "Location: /\r\n") } else { ("200 OK", "") };
    let _ =
        write!(stream, "HTTP/1.1 {status}\r\n{place}Connection: close\r\nContent-Length: {}\r\n\r\n{body}", body.len());
}

/// A handle for an address, whose answer goes into the text.
///
/// # Safety
///
/// As for libcurl's own functions.
unsafe fn handle(url: &str) -> (*mut c::CURL, Arc<Mutex<String>>) {
    let got = Arc::new(Mutex::new(String::new()));
    let into = Arc::clone(&got);
    let url = CString::new(url).expect("no zero");
    // SAFETY: the caller's promise.
    unsafe {
        let curl = c::curl_easy_init();
        assert!(!curl.is_null());
        assert_eq!(c::curl_easy_setopt_url(curl, url.as_ptr()), c::CURLE_OK);
        let write = move |data: &[u8], _| {
            into.lock().expect("nobody panics").push_str(&String::from_utf8_lossy(data));
            data.len()
        };
        c::curl_easy_setopt_write(curl, write).expect("an option that there is");
        (curl, got)
    }
}

/// How many sockets the function below has closed.
static CLOSED: AtomicI32 = AtomicI32::new(0);

fn close(_: *mut c_void, item: c::curl_socket_t) -> c_int {
    CLOSED.fetch_add(1, Ordering::Relaxed);
    // SAFETY: libcurl's socket, which it gives up.
    unsafe { libc::close(item) }
}

#[test]
fn curl_tells_of_each_step() {
    at_every_level("curl_tells_of_each_step", || {
        let address = server();
        let steps = Arc::new(Mutex::new(Vec::new()));
        let tell = || {
            let steps = Arc::clone(&steps);
            move |what: String| steps.lock().expect("nobody panics").push(what)
        };
        // SAFETY: a handle that is cleaned up at the end; each option has what it asks for.
        unsafe {
            let (curl, got) = handle(&address);
            let (resolves, opens, sets, asks, sends, goes) = (tell(), tell(), tell(), tell(), tell(), tell());
            let resolver = move |_: *mut c_void, _: *mut c_void| {
                resolves("resolve".to_owned());
                0
            };
            c::curl_easy_setopt_resolver_start(curl, resolver).expect("an option that there is");
            let open = move |purpose, address: &mut c::curl_sockaddr| {
                opens(format!("open {purpose}"));
                libc::socket(address.family, address.socktype, address.protocol)
            };
            c::curl_easy_setopt_opensocket(curl, open).expect("as above");
            let opened = Arc::new(AtomicI32::new(-1));
            let has_opened = Arc::clone(&opened);
            let sockopt = move |socket: c::curl_socket_t, _| {
                sets("option".to_owned());
                has_opened.store(socket, Ordering::Relaxed);
                0
            };
            c::curl_easy_setopt_sockopt(curl, sockopt).expect("as above");
            let port: c_int = address.rsplit(':').next().expect("a port").parse().expect("a number");
            let prereq = move |to: &CStr, from: &CStr, there: c_int, here: c_int| {
                assert_eq!((to, from, there), (c"127.0.0.1", c"127.0.0.1", port));
                assert_ne!(here, there);
                asks("request".to_owned());
                0
            };
            c::curl_easy_setopt_prereq(curl, prereq).expect("as above");
            // What is sent: CURLINFO_HEADER_OUT is 2.
            let debug = move |_: *mut c::CURL, kind: c::curl_infotype, data: &[u8]| {
                if kind == 2 {
                    sends(String::from_utf8_lossy(data).lines().next().unwrap_or_default().to_owned());
                }
                0
            };
            c::curl_easy_setopt_debug(curl, debug).expect("as above");
            assert_eq!(c::curl_easy_setopt_verbose(curl, 1), c::CURLE_OK);
            let mut last = 0;
            let progress = move |_, now, _, _| {
                if now > last {
                    goes(format!("got {now}"));
                    last = now;
                }
                0
            };
            c::curl_easy_setopt_xferinfo(curl, progress).expect("as above");
            assert_eq!(c::curl_easy_setopt_noprogress(curl, 0), c::CURLE_OK);
            c::curl_easy_setopt_closesocketfunction(curl, Some(close)).expect("as above");
            assert_eq!(c::curl_easy_setopt_copypostfields(curl, c"asked".as_ptr().cast()), c::CURLE_OK);
            assert_eq!(c::curl_easy_perform(curl), c::CURLE_OK);
            assert_eq!(*got.lock().expect("as above"), "asked");
            let wanted = ["resolve", "open 0", "option", "request", "POST / HTTP/1.1", "got 5"];
            assert_eq!(*steps.lock().expect("as above"), wanted);
            assert!(opened.load(Ordering::Relaxed) > 2);
            // Each of them may panic, and stops the transfer.
            c::curl_easy_setopt_prereq(curl, |_: &CStr, _: &CStr, _, _| panic!("no request")).expect("as above");
            assert_eq!(said(|| _ = c::curl_easy_perform(curl)), "no request");
            c::curl_easy_setopt_opensocket(curl, |_, _: &mut c::curl_sockaddr| panic!("no socket")).expect("as above");
            assert_eq!(said(|| _ = c::curl_easy_perform(curl)), "no socket");
            c::curl_easy_cleanup(curl);
        }
        // While a panic waits for libcurl to return, nothing else of Rust's runs: the second socket is open still.
        assert_eq!((Arc::strong_count(&steps), CLOSED.load(Ordering::Relaxed)), (1, 1));
    });
}

#[test]
fn curl_seeks_in_what_it_has_to_send_again() {
    at_every_level("curl_seeks_in_what_it_has_to_send_again", || {
        const TEXT: &[u8] = b"sent, and sent once more";
        let address = server();
        let place = Arc::new(Mutex::new(0));
        let seeks = Arc::new(Mutex::new(Vec::new()));
        // SAFETY: as above.
        unsafe {
            let (curl, got) = handle(&format!("{address}/again"));
            assert_eq!(c::curl_easy_setopt_upload(curl, 1), c::CURLE_OK);
            assert_eq!(c::curl_easy_setopt_followlocation(curl, 1), c::CURLE_OK);
            assert_eq!(c::curl_easy_setopt_infilesize(curl, TEXT.len() as c_long), c::CURLE_OK);
            let (at, seen) = (Arc::clone(&place), Arc::clone(&seeks));
            let read = move |buffer: *mut c_char, _, room: usize| {
                let mut at = at.lock().expect("nobody panics");
                let count = room.min(TEXT.len() - *at);
                buffer.cast::<u8>().copy_from_nonoverlapping(TEXT[*at..].as_ptr(), count);
                *at += count;
                count
            };
            c::curl_easy_setopt_read(curl, read).expect("an option that there is");
            let at = Arc::clone(&place);
            let seek = move |offset, origin| {
                seen.lock().expect("nobody panics").push((offset, origin));
                *at.lock().expect("as above") = 0;
                0
            };
            c::curl_easy_setopt_seek(curl, seek).expect("as above");
            assert_eq!(c::curl_easy_perform(curl), c::CURLE_OK);
            assert_eq!(
                (got.lock().expect("as above").as_bytes(), *place.lock().expect("as above")),
                (TEXT, TEXT.len())
            );
            assert_eq!(*seeks.lock().expect("as above"), [(0, 0)]);
            c::curl_easy_cleanup(curl);
        }
        assert_eq!((Arc::strong_count(&place), Arc::strong_count(&seeks)), (1, 1));
    });
}

#[test]
fn curl_gets_trailers_and_known_hosts() {
    at_every_level("curl_gets_trailers_and_known_hosts", || {
        let address = server();
        let written = Arc::new(Mutex::new(Vec::new()));
        // SAFETY: as above; the list of trailers is libcurl's, which frees it.
        unsafe {
            let (curl, got) = handle(&address);
            assert_eq!(c::curl_easy_setopt_upload(curl, 1), c::CURLE_OK);
            let headers = c::curl_slist_append(null_mut(), c"Transfer-Encoding: chunked".as_ptr());
            let headers = c::curl_slist_append(headers, c"Trailer: X-Sum".as_ptr());
            assert_eq!(c::curl_easy_setopt_httpheader(curl, headers), c::CURLE_OK);
            let mut is_sent = false;
            let read = move |buffer: *mut c_char, _, _: usize| {
                if std::mem::replace(&mut is_sent, true) {
                    return 0;
                }
                buffer.cast::<u8>().copy_from_nonoverlapping(b"body".as_ptr(), 4);
                4
            };
            c::curl_easy_setopt_read(curl, read).expect("an option that there is");
            let trailer = |list: &mut *mut c::curl_slist| {
                *list = c::curl_slist_append(*list, c"X-Sum: 4".as_ptr());
                0
            };
            c::curl_easy_setopt_trailer(curl, trailer).expect("as above");
            // CURLHSTS_ENABLE
            assert_eq!(c::curl_easy_setopt_hsts_ctrl(curl, 1), c::CURLE_OK);
            let mut hosts = ["example.org", "example.com"].into_iter();
            let known = move |_: *mut c::CURL, entry: &mut c::curl_hstsentry| {
                // CURLSTS_DONE
                let Some(host) = hosts.next() else { return 1 };
                assert!(entry.namelen > host.len());
                entry.name.cast::<u8>().copy_from_nonoverlapping(host.as_ptr(), host.len());
                entry.name.add(host.len()).write(0);
                entry.set_includeSubDomains(1);
                entry.expire[0] = 0;
                0
            };
            c::curl_easy_setopt_hstsread(curl, known).expect("as above");
            let into = Arc::clone(&written);
            let write = move |_: *mut c::CURL, entry: &c::curl_hstsentry, index: &c::curl_index| {
                let name = CStr::from_ptr(entry.name).to_string_lossy().into_owned();
                into.lock().expect("nobody panics").push((name, entry.includeSubDomains(), index.total));
                0
            };
            c::curl_easy_setopt_hstswrite(curl, write).expect("as above");
            assert_eq!(c::curl_easy_perform(curl), c::CURLE_OK);
            assert_eq!(*got.lock().expect("as above"), "4\r\nbody\r\n0\r\nX-Sum: 4\r\n\r\n");
            assert!(written.lock().expect("as above").is_empty());
            // They are written when the handle goes.
            c::curl_easy_cleanup(curl);
            c::curl_slist_free_all(headers);
        }
        let all: Vec<_> = std::mem::take(&mut *written.lock().expect("as above"));
        assert_eq!(all, [("example.org".to_owned(), 1, 2), ("example.com".to_owned(), 1, 2)]);
        assert_eq!(Arc::strong_count(&written), 1);
    });
}

#[test]
fn curl_shows_its_tls_context() {
    at_every_level("curl_shows_its_tls_context", || {
        const NOT_BUILT_IN: c::CURLcode = 4;
        const ABORTED_BY_CALLBACK: c::CURLcode = 42;
        let address = server().replace("http", "https");
        let seen = Arc::new(AtomicI32::new(0));
        // SAFETY: as above.
        unsafe {
            let (curl, _) = handle(&address);
            let inside = Arc::clone(&seen);
            let context = move |_: *mut c::CURL, context: *mut c_void| {
                assert!(!context.is_null());
                inside.fetch_add(1, Ordering::Relaxed);
                ABORTED_BY_CALLBACK
            };
            match c::curl_easy_setopt_ssl_ctx(curl, context) {
                Ok(_) => {}
                Err(NOT_BUILT_IN) => {
                    println!("skipped: libcurl: this one has no OpenSSL");
                    c::curl_easy_cleanup(curl);
                    assert_eq!(Arc::strong_count(&seen), 1, "what is refused is dropped");
                    return;
                }
                Err(code) => panic!("{code}"),
            }
            assert_eq!((c::curl_easy_perform(curl), seen.load(Ordering::Relaxed)), (ABORTED_BY_CALLBACK, 1));
            c::curl_easy_setopt_ssl_ctx(curl, |_: *mut c::CURL, _: *mut c_void| panic!("no context"))
                .expect("as above");
            assert_eq!(said(|| _ = c::curl_easy_perform(curl)), "no context");
            c::curl_easy_cleanup(curl);
        }
        assert_eq!(Arc::strong_count(&seen), 1);
    });
}

#[test]
fn curl_is_driven_by_sockets_and_a_timer() {
    at_every_level("curl_is_driven_by_sockets_and_a_timer", || {
        const TIMEOUT: c::curl_socket_t = -1;
        let address = server();
        let wanted = Arc::new(Mutex::new(HashMap::new()));
        let timer = Arc::new(Mutex::new(-1));
        // SAFETY: as above; the easy handle is taken out before it goes.
        unsafe {
            let multi = c::curl_multi_init();
            let (sockets, waits) = (Arc::clone(&wanted), Arc::clone(&timer));
            let socket = move |_: *mut c::CURL, socket, what, _: *mut c_void| {
                let mut sockets = sockets.lock().expect("nobody panics");
                // CURL_POLL_REMOVE
                if what == 4 {
                    sockets.remove(&socket)
                } else {
                    sockets.insert(socket, what)
                };
                0
            };
            c::curl_multi_setopt_socket(multi, socket).expect("an option that there is");
            let set = move |_: *mut c::CURLM, milliseconds| {
                *waits.lock().expect("as above") = milliseconds;
                0
            };
            c::curl_multi_setopt_timer(multi, set).expect("as above");
            let (curl, got) = handle(&address);
            assert_eq!(c::curl_easy_setopt_copypostfields(curl, c"in pieces".as_ptr().cast()), c::CURLE_OK);
            assert_eq!(c::curl_multi_add_handle(multi, curl), c::CURLM_OK);
            assert!(*timer.lock().expect("as above") >= 0, "it wants to begin");
            let (mut running, mut had_sockets) = (1, false);
            for _ in 0..1000 {
                let watched: Vec<(c_int, c_int)> =
                    wanted.lock().expect("as above").iter().map(|(socket, what)| (*socket, *what)).collect();
                had_sockets |= !watched.is_empty();
                let events = |what| {
                    (if what & 1 != 0 { libc::POLLIN } else { 0 }) | (if what & 2 != 0 { libc::POLLOUT } else { 0 })
                };
                let mut polled: Vec<_> = (watched.iter())
                    .map(|(fd, what)| libc::pollfd { fd: *fd, events: events(*what), revents: 0 })
                    .collect();
                let limit = *timer.lock().expect("as above");
                let limit = if (0..50).contains(&limit) { limit as c_int } else { 50 };
                let ready = libc::poll(polled.as_mut_ptr(), polled.len() as libc::nfds_t, limit);
                if ready == 0 {
                    assert_eq!(c::curl_multi_socket_action(multi, TIMEOUT, 0, &mut running), c::CURLM_OK);
                }
                for it in polled.iter().filter(|it| it.revents != 0) {
                    let is_in = c_int::from(it.revents & (libc::POLLIN | libc::POLLHUP) != 0);
                    let is_out = c_int::from(it.revents & libc::POLLOUT != 0);
                    let code = c::curl_multi_socket_action(multi, it.fd, is_in | is_out << 1, &mut running);
                    assert_eq!(code, c::CURLM_OK);
                }
                if running == 0 {
                    break;
                }
            }
            assert_eq!((running, had_sockets, got.lock().expect("as above").as_str()), (0, true, "in pieces"));
            assert_eq!(c::curl_multi_remove_handle(multi, curl), c::CURLM_OK);
            c::curl_easy_cleanup(curl);
            assert_eq!(c::curl_multi_cleanup(multi), c::CURLM_OK);
        }
        assert_eq!((Arc::strong_count(&wanted), Arc::strong_count(&timer)), (1, 1));
        assert!(wanted.lock().expect("as above").is_empty());
    });
}

#[test]
fn curl_locks_what_handles_share() {
    at_every_level("curl_locks_what_handles_share", || {
        /// CURL_LOCK_DATA_DNS
        const DNS: c_int = 3;
        let address = server();
        let locked = Arc::new(Mutex::new((0, 0)));
        // SAFETY: as above; the share goes behind the handle.
        unsafe {
            let share = c::curl_share_init();
            assert_eq!(c::curl_share_setopt_share(share, DNS), c::CURLSHE_OK);
            let (locks, unlocks) = (Arc::clone(&locked), Arc::clone(&locked));
            let lock = move |_: *mut c::CURL, _, _| {
                let mut count = locks.lock().expect("nobody panics");
                assert_eq!(count.0, count.1, "nobody has it");
                count.0 += 1;
            };
            let unlock = move |_: *mut c::CURL, _| unlocks.lock().expect("as above").1 += 1;
            c::curl_share_setopt_locks(share, lock, unlock).expect("an option that there is");
            let (curl, got) = handle(&address);
            assert_eq!(c::curl_easy_setopt_share(curl, share), c::CURLE_OK);
            assert_eq!(c::curl_easy_setopt_copypostfields(curl, c"shared".as_ptr().cast()), c::CURLE_OK);
            assert_eq!(c::curl_easy_perform(curl), c::CURLE_OK);
            assert_eq!(*got.lock().expect("as above"), "shared");
            c::curl_easy_cleanup(curl);
            assert_eq!(c::curl_share_cleanup(share), c::CURLSHE_OK);
        }
        let (locks, unlocks) = *locked.lock().expect("as above");
        assert!(locks > 1 && locks == unlocks, "{locks}, {unlocks}");
        assert_eq!(Arc::strong_count(&locked), 1);
    });
}

#[test]
fn curl_reads_parts_of_a_form() {
    at_every_level("curl_reads_parts_of_a_form", || {
        type Seek = fn(i64, c_int) -> c_int;
        let address = server();
        let alive = Arc::new(());
        // SAFETY: as above; the form goes behind its handle.
        unsafe {
            let (curl, got) = handle(&address);
            let mime = c::curl_mime_init(curl);
            let part = c::curl_mime_addpart(mime);
            assert_eq!(c::curl_mime_name(part, c"field".as_ptr()), c::CURLE_OK);
            let (mut left, held) = (&b"what the closure gives"[..], Arc::clone(&alive));
            let read = move |buffer: *mut c_char, _, room: usize| {
                let _ = &held;
                let (piece, rest) = left.split_at(left.len().min(room).min(7));
                buffer.cast::<u8>().copy_from_nonoverlapping(piece.as_ptr(), piece.len());
                left = rest;
                piece.len()
            };
            c::curl_mime_data_cb(Ref::from_ptr(part), 22, read, None::<Seek>).expect("a part that there is");
            assert_eq!(c::curl_easy_setopt_mimepost(curl, mime), c::CURLE_OK);
            assert_eq!(c::curl_easy_perform(curl), c::CURLE_OK);
            let body = got.lock().expect("as above").clone();
            assert!(body.contains("name=\"field\"") && body.contains("\r\n\r\nwhat the closure gives\r\n"), "{body}");
            assert_eq!(Arc::strong_count(&alive), 2);
            c::curl_easy_cleanup(curl);
            c::curl_mime_free(mime);
            assert_eq!(Arc::strong_count(&alive), 1, "freed with its part");
            // Where there is no part, C never has it.
            let held = Arc::clone(&alive);
            let read = move |_: *mut c_char, _: usize, _: usize| Arc::strong_count(&held);
            assert!(c::curl_mime_data_cb(None, 1, read, None::<Seek>).is_err());
        }
        assert_eq!(Arc::strong_count(&alive), 1);
    });
}
