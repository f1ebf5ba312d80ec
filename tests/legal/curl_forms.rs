//! Legal calls of libcurl's variadic functions in their typed forms, against a server of our own: no report, at any level.

#![allow(clippy::useless_vec, reason = "a block of the heap is what the test is about")]
#![allow(clippy::multiple_unsafe_ops_per_block, reason = "a test is a row of calls; one proof stands for the row")]

mod support;

use pinned_ffi::{Pinner, pinned_ffi};
use std::ffi::{CStr, CString, c_char, c_int, c_long, c_void};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::ptr::{null, null_mut};
use support::at_every_level;

#[pinned_ffi(header = "curl/curl.h", allow = "curl_.*")]
mod c {}

#[link(name = "curl")]
unsafe extern "C" {}

const OK: c::CURLcode = c::CURLE_OK;

/// Answers every request with its first line, its headers that begin with `X-` and its body. Gives the address.
fn server() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            std::thread::spawn(move || answer(stream));
        }
    });
    format!("http://{address}")
}

fn answer(mut stream: TcpStream) {
    let mut request = String::new();
    let mut part = [0; 4096];
    let (head, body) = loop {
        let Ok(read @ 1..) = stream.read(&mut part) else { return };
        request.push_str(&String::from_utf8_lossy(&part[..read]));
        let Some((head, body)) = request.split_once("\r\n\r\n") else { continue };
        let length = head.lines().find_map(|line| line.strip_prefix("Content-Length: ")?.parse().ok());
        if body.len() >= length.unwrap_or(0) {
            break (head, body);
        }
    };
    let own = head.lines().filter(|line| line.starts_with("X-") || line.starts_with("User-Agent"));
    let said = format!("{}\n{}\n{body}", head.lines().next().unwrap_or_default(), own.collect::<Vec<_>>().join("\n"));
    let fields = "Content-Type: text/plain\r\nSet-Cookie: a=b\r\nConnection: close\r\n";
    let _ = write!(stream, "HTTP/1.1 200 OK\r\n{fields}Content-Length: {}\r\n\r\n{said}", said.len());
}

/// A handle for an address, which is copied.
fn easy(url: &str) -> *mut c::CURL {
    // SAFETY: a C string, copied in the call.
    unsafe {
        let handle = c::curl_easy_init();
        assert!(!handle.is_null());
        let url = CString::new(url).expect("no zero");
        assert_eq!(c::curl_easy_setopt_url(handle, url.as_ptr()), OK);
        handle
    }
}

unsafe extern "C" fn write(from: *mut c_char, size: usize, count: usize, to: *mut c_void) -> usize {
    // SAFETY: that many bytes, and the list that was set.
    unsafe { (*to.cast::<Vec<u8>>()).extend_from_slice(std::slice::from_raw_parts(from.cast(), size * count)) };
    size * count
}

unsafe extern "C" fn read(to: *mut c_char, size: usize, count: usize, from: *mut c_void) -> usize {
    // SAFETY: room for that many bytes, and the reader that was set.
    unsafe {
        let room = std::slice::from_raw_parts_mut(to.cast::<u8>(), size * count);
        (*from.cast::<&[u8]>()).read(room).expect("a slice can be read")
    }
}

/// What the server says to one transfer.
fn fetch(handle: *mut c::CURL) -> String {
    let mut got = Box::new(Vec::<u8>::new());
    // SAFETY: the list stays for the transfer.
    unsafe {
        assert_eq!(c::curl_easy_setopt_writefunction(handle, Some(write)), OK);
        assert_eq!(c::curl_easy_setopt_writedata(handle, (&raw mut *got).cast()), OK);
        assert_eq!(c::curl_easy_perform(handle), OK);
    }
    String::from_utf8(*got).expect("UTF-8")
}

// F080, F081
#[test]
fn strings_are_copied_and_bodies_stay() {
    at_every_level("strings_are_copied_and_bodies_stay", || {
        let handle = easy(&format!("{}/bodies", server()));
        let (agent, body) = (CString::new("someone").expect("no zero"), b"copied without a zero".to_vec());
        // SAFETY: the first body is copied, the second stays until the third is set, the third is static.
        unsafe {
            assert_eq!(c::curl_easy_setopt_useragent(handle, agent.as_ptr()), OK);
            assert_eq!(c::curl_easy_setopt_proxy(handle, null()), OK);
            assert_eq!(c::curl_easy_setopt_postfieldsize(handle, 6), OK);
            assert_eq!(c::curl_easy_setopt_copypostfields(handle, body.as_ptr().cast()), OK);
            drop((agent, body));
            let said = fetch(handle);
            assert!(said.starts_with("POST /bodies") && said.contains("someone"), "{said}");
            assert!(said.ends_with("\ncopied"), "{said}");
            let body = b"kept without a zero".to_vec();
            assert_eq!(c::curl_easy_setopt_postfieldsize_large(handle, 4), OK);
            assert_eq!(c::curl_easy_setopt_postfields(handle, body.as_ptr().cast()), OK);
            for _ in 0..2 {
                assert!(fetch(handle).ends_with("\nkept"));
            }
            assert_eq!(c::curl_easy_setopt_postfieldsize(handle, -1), OK);
            assert_eq!(c::curl_easy_setopt_postfields(handle, c"static".as_ptr()), OK);
            drop(body);
            assert!(fetch(handle).ends_with("\nstatic"));
            let last = CString::new("with its handle").expect("no zero");
            assert_eq!(c::curl_easy_setopt_postfields(handle, last.as_ptr()), OK);
            assert!(fetch(handle).ends_with("\nwith its handle"));
            c::curl_easy_cleanup(handle);
            drop(last);
        }
    });
}

// F082
#[test]
fn errors_are_written_to_a_buffer_that_stays() {
    at_every_level("errors_are_written_to_a_buffer_that_stays", || {
        let port = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address").port();
        let handle = easy(&format!("http://127.0.0.1:{port}/"));
        let (mut first, mut second) = (vec![0 as c_char; 256], vec![0 as c_char; 256]);
        // SAFETY: the first buffer stays until the second is set, that until the handle is cleaned up.
        unsafe {
            assert_eq!(c::curl_easy_setopt_errorbuffer(handle, first.as_mut_ptr()), OK);
            assert_eq!(c::curl_easy_perform(handle), c::CURLE_COULDNT_CONNECT);
            assert!(CStr::from_ptr(first.as_ptr()).to_string_lossy().contains("connect"));
            assert_eq!(c::curl_easy_setopt_errorbuffer(handle, second.as_mut_ptr()), OK);
            drop(first);
            assert_eq!(c::curl_easy_perform(handle), c::CURLE_COULDNT_CONNECT);
            assert!(CStr::from_ptr(second.as_ptr()).to_string_lossy().contains("connect"));
            assert_eq!(c::curl_easy_setopt_errorbuffer(handle, null_mut()), OK);
            drop(second);
            assert_eq!(c::curl_easy_perform(handle), c::CURLE_COULDNT_CONNECT);
            c::curl_easy_cleanup(handle);
        }
    });
}

// F083
#[test]
fn data_of_callbacks_files_and_numbers() {
    at_every_level("data_of_callbacks_files_and_numbers", || {
        let handle = easy(&format!("{}/data", server()));
        // SAFETY: all data stays for the transfers; a number is handed back as one.
        unsafe {
            let number = std::ptr::without_provenance_mut::<c_void>(77);
            let mut back = Box::new(null_mut::<c_char>());
            assert_eq!(c::curl_easy_setopt_private(handle, number), OK);
            assert_eq!(c::curl_easy_getinfo_private(handle, &mut *back), OK);
            assert_eq!(*back, number.cast());
            let own = Box::new(5_u64);
            assert_eq!(c::curl_easy_setopt_private(handle, (&raw const *own).cast_mut().cast()), OK);
            assert_eq!(c::curl_easy_getinfo_private(handle, &mut *back), OK);
            assert_eq!(back.cast_const().cast(), &raw const *own);
            assert_eq!(c::curl_easy_setopt_private(handle, null_mut()), OK);
            drop(own);
            let mut source: Box<&[u8]> = Box::new(b"uploaded");
            assert_eq!(c::curl_easy_setopt_post(handle, 1), OK);
            assert_eq!(c::curl_easy_setopt_postfieldsize(handle, 8), OK);
            assert_eq!(c::curl_easy_setopt_readfunction(handle, Some(read)), OK);
            assert_eq!(c::curl_easy_setopt_readdata(handle, (&raw mut *source).cast()), OK);
            assert!(fetch(handle).ends_with("\nuploaded"));
            assert!(source.is_empty());
            drop(source);
            c::curl_easy_reset(handle);
            // No callback: the data is a FILE.
            let path = tempfile::NamedTempFile::new().expect("a temporary file");
            std::fs::write(path.path(), "of a file").expect("written");
            let url = CString::new(format!("file://{}", path.path().display())).expect("no zero");
            assert_eq!(c::curl_easy_setopt_url(handle, url.as_ptr()), OK);
            let file = libc::tmpfile();
            assert_eq!(c::curl_easy_setopt_writefunction(handle, None), OK);
            assert_eq!(c::curl_easy_setopt_writedata(handle, file.cast()), OK);
            assert_eq!(c::curl_easy_perform(handle), OK);
            assert_eq!(libc::ftell(file), 9);
            c::curl_easy_cleanup(handle);
            assert_eq!(libc::fclose(file), 0);
        }
    });
}

// F084, F086, F087
#[test]
fn lists_and_forms_stay_until_the_transfer_is_over() {
    at_every_level("lists_and_forms_stay_until_the_transfer_is_over", || {
        let address = server();
        let port = address.rsplit(':').next().expect("a port");
        let handle = easy(&format!("http://example.invalid:{port}/lists"));
        // SAFETY: the strings are copied; the lists and the form stay until after the transfers.
        unsafe {
            let first = CString::new("X-Mine: 1").expect("no zero");
            let list = c::curl_slist_append(null_mut(), first.as_ptr());
            drop(first);
            assert_eq!(c::curl_slist_append(list, c"X-More: 2".as_ptr()), list);
            let told = CString::new(format!("example.invalid:{port}:127.0.0.1")).expect("no zero");
            let names = c::curl_slist_append(null_mut(), told.as_ptr());
            drop(told);
            assert_eq!(c::curl_easy_setopt_httpheader(handle, list), OK);
            assert_eq!(c::curl_easy_setopt_resolve(handle, names), OK);
            let mime = c::curl_mime_init(handle);
            let part = c::curl_mime_addpart(mime);
            assert_eq!(c::curl_mime_name(part, c"part".as_ptr()), OK);
            let data = b"of a form".to_vec();
            assert_eq!(c::curl_mime_data(part, data.as_ptr().cast(), data.len()), OK);
            drop(data);
            assert_eq!(c::curl_easy_setopt_mimepost(handle, mime), OK);
            let said = fetch(handle);
            assert!(said.contains("X-Mine: 1\nX-More: 2") && said.contains("\r\nof a form\r\n"), "{said}");
            c::curl_mime_free(mime);
            // A list of the caller's own, in Rust's memory: what it holds is kept too, so it is pinned.
            let text = CString::new("X-Own: 3").expect("no zero");
            let mut pinner = Pinner::new();
            pinner.pin(text.as_c_str());
            let mut own = Box::new(c::curl_slist { data: text.as_ptr().cast_mut(), next: null_mut() });
            assert_eq!(c::curl_easy_setopt_mimepost(handle, null_mut()), OK);
            assert_eq!(c::curl_easy_setopt_httpheader(handle, &mut *own), OK);
            c::curl_slist_free_all(list);
            assert!(fetch(handle).contains("X-Own: 3"));
            assert_eq!(c::curl_easy_setopt_httpheader(handle, null_mut()), OK);
            drop((own, pinner));
            drop(text);
            assert!(!fetch(handle).contains("X-Own"));
            c::curl_easy_cleanup(handle);
            c::curl_slist_free_all(names);
        }
    });
}

// F085
#[test]
fn information_after_a_transfer() {
    at_every_level("information_after_a_transfer", || {
        let handle = easy(&format!("{}/information", server()));
        // SAFETY: room for what each asks for; strings are used before the next transfer, lists are freed.
        unsafe {
            assert_eq!(c::curl_easy_setopt_cookiefile(handle, c"".as_ptr()), OK);
            let said = fetch(handle);
            let mut string = Box::new(null_mut::<c_char>());
            assert_eq!(c::curl_easy_getinfo_effective_url(handle, &mut *string), OK);
            assert!(CStr::from_ptr(*string).to_bytes().ends_with(b"/information"));
            assert_eq!(c::curl_easy_getinfo_content_type(handle, &mut *string), OK);
            assert_eq!(CStr::from_ptr(*string), c"text/plain");
            assert_eq!(c::curl_easy_getinfo_redirect_url(handle, &mut *string), OK);
            assert!(string.is_null());
            let (mut code, mut size) = (Box::new(0), Box::new(0));
            assert_eq!(c::curl_easy_getinfo_response_code(handle, &mut *code), OK);
            assert_eq!(c::curl_easy_getinfo_size_download_t(handle, &mut *size), OK);
            assert_eq!((*code, *size), (200, said.len() as i64));
            let mut list = Box::new(null_mut::<c::curl_slist>());
            assert_eq!(c::curl_easy_getinfo_cookielist(handle, &mut *list), OK);
            assert!(CStr::from_ptr((**list).data).to_bytes().ends_with(b"a\tb"));
            c::curl_slist_free_all(*list);
            assert_eq!(c::curl_easy_getinfo_ssl_engines(handle, &mut *list), OK);
            c::curl_slist_free_all(*list);
            c::curl_easy_cleanup(handle);
        }
    });
}

unsafe extern "C" fn on_socket(
    _: *mut c::CURL,
    _: c::curl_socket_t,
    _: c_int,
    told: *mut c_void,
    _: *mut c_void,
) -> c_int {
    // SAFETY: the number that was set.
    unsafe { *told.cast::<u32>() += 1 };
    0
}

unsafe extern "C" fn on_timer(_: *mut c::CURLM, _: c_long, data: *mut c_void) -> c_int {
    assert_eq!(data.addr(), 9);
    0
}

// F089
#[test]
fn data_of_several_transfers() {
    at_every_level("data_of_several_transfers", || {
        let handle = easy(&format!("{}/multi", server()));
        let mut told = Box::new(0_u32);
        let mut got = Box::new(Vec::<u8>::new());
        // SAFETY: all data stays until the handles are cleaned up.
        unsafe {
            let multi = c::curl_multi_init();
            let count = &raw mut *told;
            assert_eq!(c::curl_multi_setopt_socketfunction(multi, Some(on_socket)), c::CURLM_OK);
            assert_eq!(c::curl_multi_setopt_socketdata(multi, count.cast()), c::CURLM_OK);
            assert_eq!(c::curl_multi_setopt_timerfunction(multi, Some(on_timer)), c::CURLM_OK);
            let number = std::ptr::without_provenance_mut(9);
            assert_eq!(c::curl_multi_setopt_timerdata(multi, number), c::CURLM_OK);
            assert_eq!(c::curl_easy_setopt_writefunction(handle, Some(write)), OK);
            assert_eq!(c::curl_easy_setopt_writedata(handle, (&raw mut *got).cast()), OK);
            assert_eq!(c::curl_multi_add_handle(multi, handle), c::CURLM_OK);
            let mut running = 1;
            while running > 0 {
                // CURL_SOCKET_TIMEOUT; then whatever is ready.
                assert_eq!(c::curl_multi_socket_action(multi, -1, 0, &mut running), c::CURLM_OK);
                assert_eq!(c::curl_multi_socket_all(multi, &mut running), c::CURLM_OK);
                std::thread::sleep(std::time::Duration::from_millis(1));
            }
            assert!(String::from_utf8_lossy(&got).starts_with("GET /multi"));
            assert!(*count > 0);
            assert_eq!(c::curl_multi_remove_handle(multi, handle), c::CURLM_OK);
            c::curl_easy_cleanup(handle);
            assert_eq!(c::curl_multi_cleanup(multi), c::CURLM_OK);
        }
        drop((told, got));
    });
}
