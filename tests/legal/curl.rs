//! Legal calls of libcurl's own functions, against a server of our own: no report, at any level.

#![allow(clippy::useless_vec, reason = "a block of the heap is what the test is about")]
#![allow(clippy::multiple_unsafe_ops_per_block, reason = "a test is a row of calls; one proof stands for the row")]

mod support;

use pinned_ffi::pinned_ffi;
use std::ffi::{CStr, CString, c_char, c_int, c_long, c_void};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::ptr::{null, null_mut};
use std::sync::atomic::{AtomicUsize, Ordering};
use support::at_every_level;

#[pinned_ffi(header = "curl/curl.h", allow = "curl_.*")]
mod c {}

#[link(name = "curl")]
unsafe extern "C" {
    fn curl_easy_setopt(handle: *mut c::CURL, option: c::CURLoption, ...) -> c::CURLcode;
    fn curl_easy_getinfo(handle: *mut c::CURL, info: c::CURLINFO, ...) -> c::CURLcode;
    fn curl_multi_setopt(handle: *mut c::CURLM, option: c::CURLMoption, ...) -> c::CURLMcode;
    fn curl_share_setopt(handle: *mut c::CURLSH, option: c::CURLSHoption, ...) -> c::CURLSHcode;
    fn curl_formadd(first: *mut *mut c::curl_httppost, last: *mut *mut c::curl_httppost, ...) -> c::CURLFORMcode;
}

const OK: c::CURLcode = c::CURLE_OK;

// No bound function mentions the types of these.
const CURL_LOCK_DATA_COOKIE: c_int = 2;
const CURLFORM_PTRNAME: c_int = 2;
const CURLFORM_COPYCONTENTS: c_int = 4;
const CURLFORM_END: c_int = 17;

/// Answers every request with its own method, path, headers that begin with `X-` and body. Gives the address.
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
    let mut request = Vec::new();
    let mut part = [0; 4096];
    let (head, body) = loop {
        let Ok(read @ 1..) = stream.read(&mut part) else { return };
        request.extend_from_slice(&part[..read]);
        let text = String::from_utf8_lossy(&request).into_owned();
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let field = |name: &str| {
            let line = head.lines().find(|line| line.to_ascii_lowercase().starts_with(name));
            line.and_then(|line| line[name.len()..].trim().parse::<usize>().ok())
        };
        if body.len() >= field("content-length:").unwrap_or(0) {
            break (head.to_owned(), body.to_owned());
        }
    };
    let extra: Vec<&str> =
        head.lines().filter(|line| line.starts_with("X-") || line.starts_with("User-Agent")).collect();
    let said = format!("{}\n{}\n{body}", head.lines().next().unwrap_or_default(), extra.join("\n"));
    let fields = "Content-Type: text/plain\r\nSet-Cookie: a=b\r\nX-Sent: yes\r\nConnection: close\r\n";
    let _ = write!(stream, "HTTP/1.1 200 OK\r\n{fields}Content-Length: {}\r\n\r\n{said}", said.len());
}

fn easy() -> *mut c::CURL {
    // SAFETY: once per process and test.
    let handle = unsafe { c::curl_easy_init() };
    assert!(!handle.is_null());
    handle
}

fn set_url(handle: *mut c::CURL, url: String) {
    let url = CString::new(url).expect("no zero");
    // SAFETY: a C string, copied in the call.
    assert_eq!(unsafe { curl_easy_setopt(handle, c::CURLOPT_URL, url.as_ptr()) }, OK);
}

unsafe extern "C" fn write(data: *mut c_char, size: usize, count: usize, to: *mut c_void) -> usize {
    // SAFETY: that many bytes, and the buffer that was set.
    unsafe { (*to.cast::<Vec<u8>>()).extend_from_slice(std::slice::from_raw_parts(data.cast(), size * count)) };
    size * count
}

/// Runs the transfer, and gives what came.
fn fetch(handle: *mut c::CURL) -> String {
    let mut got = Vec::new();
    // SAFETY: the buffer stays for the transfer, and is taken away after it.
    unsafe {
        curl_easy_setopt(handle, c::CURLOPT_WRITEFUNCTION, write as *const c_void);
        curl_easy_setopt(handle, c::CURLOPT_WRITEDATA, &raw mut got);
        let code = c::curl_easy_perform(handle);
        assert_eq!(code, OK, "{:?}", CStr::from_ptr(c::curl_easy_strerror(code)));
        curl_easy_setopt(handle, c::CURLOPT_WRITEDATA, null_mut::<c_void>());
    }
    String::from_utf8(got).expect("UTF-8")
}

// F080
#[test]
fn strings_are_copied() {
    at_every_level("strings_are_copied", || {
        let handle = easy();
        set_url(handle, format!("{}/copied", server()));
        let (agent, body) = (CString::new("someone").expect("no zero"), b"body without a zero".to_vec());
        // SAFETY: copied in the calls; the size comes first.
        unsafe {
            assert_eq!(curl_easy_setopt(handle, c::CURLOPT_USERAGENT, agent.as_ptr()), OK);
            assert_eq!(curl_easy_setopt(handle, c::CURLOPT_POSTFIELDSIZE, 4 as c_long), OK);
            assert_eq!(curl_easy_setopt(handle, c::CURLOPT_COPYPOSTFIELDS, body.as_ptr()), OK);
            assert_eq!(curl_easy_setopt(handle, c::CURLOPT_PROXY, null::<c_char>()), OK);
        }
        drop((agent, body));
        let said = fetch(handle);
        assert!(said.starts_with("POST /copied") && said.contains("someone") && said.ends_with("\nbody"), "{said}");
        // SAFETY: used no more.
        unsafe { c::curl_easy_cleanup(handle) };
    });
}

// F081
#[test]
fn a_body_stays_until_the_transfer_is_over() {
    at_every_level("a_body_stays_until_the_transfer_is_over", || {
        let handle = easy();
        set_url(handle, format!("{}/kept", server()));
        let body = b"kept without a zero".to_vec();
        // SAFETY: kept in place until another body is set.
        unsafe {
            assert_eq!(curl_easy_setopt(handle, c::CURLOPT_POSTFIELDS, body.as_ptr()), OK);
            assert_eq!(curl_easy_setopt(handle, c::CURLOPT_POSTFIELDSIZE_LARGE, 4_i64), OK);
        }
        assert!(fetch(handle).ends_with("\nkept"));
        assert!(fetch(handle).ends_with("\nkept"));
        // SAFETY: the second body stays until the handle is cleaned up; no size: up to the zero.
        unsafe {
            assert_eq!(curl_easy_setopt(handle, c::CURLOPT_POSTFIELDSIZE, -1 as c_long), OK);
            assert_eq!(curl_easy_setopt(handle, c::CURLOPT_POSTFIELDS, c"other".as_ptr()), OK);
        }
        drop(body);
        assert!(fetch(handle).ends_with("\nother"));
        // SAFETY: used no more.
        unsafe { c::curl_easy_cleanup(handle) };
    });
}

// F082
#[test]
fn errors_are_written_to_a_buffer_that_stays() {
    at_every_level("errors_are_written_to_a_buffer_that_stays", || {
        let handle = easy();
        let mut errors = vec![0 as c_char; 256];
        let port = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address").port();
        set_url(handle, format!("http://127.0.0.1:{port}/"));
        // SAFETY: the buffer stays until the handle is cleaned up.
        unsafe {
            assert_eq!(curl_easy_setopt(handle, c::CURLOPT_ERRORBUFFER, errors.as_mut_ptr()), OK);
            assert_eq!(c::curl_easy_perform(handle), c::CURLE_COULDNT_CONNECT);
            assert!(CStr::from_ptr(errors.as_ptr()).to_string_lossy().contains("connect"));
            c::curl_easy_cleanup(handle);
        }
        drop(errors);
    });
}

unsafe extern "C" fn read(to: *mut c_char, size: usize, count: usize, from: *mut c_void) -> usize {
    // SAFETY: room for that many bytes, and the reader that was set.
    unsafe {
        let from = &mut *from.cast::<&[u8]>();
        let room = std::slice::from_raw_parts_mut(to.cast::<u8>(), size * count);
        from.read(room).expect("a slice can be read")
    }
}

// F083
#[test]
fn data_of_callbacks_files_and_numbers() {
    at_every_level("data_of_callbacks_files_and_numbers", || {
        let handle = easy();
        let path = std::env::temp_dir().join(format!("legal-curl-{}", std::process::id()));
        std::fs::write(&path, "of a file").expect("a file can be written");
        set_url(handle, format!("file://{}", path.display()));
        assert_eq!(fetch(handle), "of a file");
        // SAFETY: all data stays for the transfers; a number is handed back as one.
        unsafe {
            let number = std::ptr::without_provenance_mut::<c_char>(77);
            let mut back = null_mut::<c_char>();
            assert_eq!(curl_easy_setopt(handle, c::CURLOPT_PRIVATE, number), OK);
            assert_eq!(curl_easy_getinfo(handle, c::CURLINFO_PRIVATE, &raw mut back), OK);
            assert_eq!(back, number);
            // No callback: the data is a FILE.
            let file = libc::tmpfile();
            curl_easy_setopt(handle, c::CURLOPT_WRITEFUNCTION, null::<c_void>());
            curl_easy_setopt(handle, c::CURLOPT_WRITEDATA, file);
            assert_eq!(c::curl_easy_perform(handle), OK);
            assert_eq!(libc::ftell(file), 9);
            curl_easy_setopt(handle, c::CURLOPT_WRITEDATA, null_mut::<c_void>());
            libc::fclose(file);
            set_url(handle, format!("{}/read", server()));
            let mut source: &[u8] = b"uploaded";
            curl_easy_setopt(handle, c::CURLOPT_POST, 1 as c_long);
            curl_easy_setopt(handle, c::CURLOPT_POSTFIELDSIZE, 8 as c_long);
            curl_easy_setopt(handle, c::CURLOPT_READFUNCTION, read as *const c_void);
            curl_easy_setopt(handle, c::CURLOPT_READDATA, &raw mut source);
            assert!(fetch(handle).ends_with("\nuploaded"));
            c::curl_easy_reset(handle);
            c::curl_easy_cleanup(handle);
            c::curl_easy_cleanup(null_mut());
        }
        std::fs::remove_file(path).expect("the file can be removed");
    });
}

// F084, F086
#[test]
fn lists_stay_until_the_transfer_is_over() {
    at_every_level("lists_stay_until_the_transfer_is_over", || {
        let handle = easy();
        let address = server();
        let port = address.rsplit(':').next().expect("a port");
        set_url(handle, format!("http://example.invalid:{port}/lists"));
        // SAFETY: the strings are copied; the lists stay until after the transfer.
        unsafe {
            let first = CString::new("X-Mine: 1").expect("no zero");
            let mut list = c::curl_slist_append(null_mut(), first.as_ptr());
            assert_ne!((*list).data.cast_const(), first.as_ptr());
            drop(first);
            let head = list;
            list = c::curl_slist_append(list, c"X-More: 2".as_ptr());
            assert_eq!(list, head);
            let address = CString::new(format!("example.invalid:{port}:127.0.0.1")).expect("no zero");
            let names = c::curl_slist_append(null_mut(), address.as_ptr());
            assert_eq!(curl_easy_setopt(handle, c::CURLOPT_HTTPHEADER, list), OK);
            assert_eq!(curl_easy_setopt(handle, c::CURLOPT_RESOLVE, names), OK);
            let said = fetch(handle);
            assert!(said.contains("X-Mine: 1\nX-More: 2"), "{said}");
            c::curl_slist_free_all(list);
            c::curl_slist_free_all(names);
            c::curl_slist_free_all(null_mut());
            c::curl_easy_cleanup(handle);
        }
    });
}

// F085
#[test]
fn information_after_a_transfer() {
    at_every_level("information_after_a_transfer", || {
        let handle = easy();
        // SAFETY: room for what each asks for; strings are used before the next transfer.
        unsafe {
            assert_eq!(curl_easy_setopt(handle, c::CURLOPT_COOKIEFILE, c"".as_ptr()), OK);
            set_url(handle, format!("{}/information", server()));
            let said = fetch(handle);
            let mut string = null_mut::<c_char>();
            assert_eq!(curl_easy_getinfo(handle, c::CURLINFO_EFFECTIVE_URL, &raw mut string), OK);
            assert!(CStr::from_ptr(string).to_bytes().ends_with(b"/information"));
            assert_eq!(curl_easy_getinfo(handle, c::CURLINFO_CONTENT_TYPE, &raw mut string), OK);
            assert_eq!(CStr::from_ptr(string), c"text/plain");
            assert_eq!(curl_easy_getinfo(handle, c::CURLINFO_REDIRECT_URL, &raw mut string), OK);
            assert!(string.is_null());
            let (mut code, mut size, mut time): (c_long, i64, f64) = (0, 0, 0.0);
            assert_eq!(curl_easy_getinfo(handle, c::CURLINFO_RESPONSE_CODE, &raw mut code), OK);
            assert_eq!(curl_easy_getinfo(handle, c::CURLINFO_SIZE_DOWNLOAD_T, &raw mut size), OK);
            assert_eq!(curl_easy_getinfo(handle, c::CURLINFO_TOTAL_TIME, &raw mut time), OK);
            assert_eq!((code, size), (200, said.len() as i64));
            assert!(time > 0.0);
            let mut cookies = null_mut::<c::curl_slist>();
            assert_eq!(curl_easy_getinfo(handle, c::CURLINFO_COOKIELIST, &raw mut cookies), OK);
            assert!(CStr::from_ptr((*cookies).data).to_bytes().ends_with(b"a\tb"));
            c::curl_slist_free_all(cookies);
            let mut field = null_mut();
            assert_eq!(c::curl_easy_header(handle, c"x-sent".as_ptr(), 0, 1, -1, &mut field), c::CURLHE_OK);
            assert_eq!(CStr::from_ptr((*field).value), c"yes");
            let mut fields = 0;
            let mut at = c::curl_easy_nextheader(handle, 1, 0, null_mut());
            while !at.is_null() {
                fields += 1;
                at = c::curl_easy_nextheader(handle, 1, 0, at);
            }
            assert_eq!(fields, 5);
            let copy = c::curl_easy_duphandle(handle);
            c::curl_easy_cleanup(handle);
            c::curl_easy_cleanup(copy);
        }
    });
}

static FREED: AtomicUsize = AtomicUsize::new(0);

unsafe extern "C" fn free_source(data: *mut c_void) {
    FREED.fetch_add(1, Ordering::Relaxed);
    // SAFETY: all users hand over such a box.
    drop(unsafe { Box::from_raw(data.cast::<&[u8]>()) });
}

// F084, F087
#[test]
fn parts_of_a_form() {
    at_every_level("parts_of_a_form", || {
        let handle = easy();
        set_url(handle, format!("{}/form", server()));
        // SAFETY: data is copied, or comes from a callback whose data is released by another.
        unsafe {
            let mime = c::curl_mime_init(handle);
            let part = c::curl_mime_addpart(mime);
            let (name, data) = (CString::new("first").expect("no zero"), b"copied without a zero".to_vec());
            assert_eq!(c::curl_mime_name(part, name.as_ptr()), OK);
            assert_eq!(c::curl_mime_data(part, data.as_ptr().cast(), 6), OK);
            drop((name, data));
            let part = c::curl_mime_addpart(mime);
            let data = CString::new("up to the zero").expect("no zero");
            // CURL_ZERO_TERMINATED
            assert_eq!(c::curl_mime_data(part, data.as_ptr(), usize::MAX), OK);
            drop(data);
            assert_eq!(c::curl_mime_type(part, c"text/x-odd".as_ptr()), OK);
            assert_eq!(c::curl_mime_type(part, null()), OK);
            let list = c::curl_slist_append(null_mut(), c"X-Part: 1".as_ptr());
            assert_eq!(c::curl_mime_headers(part, list, 1), OK);
            let part = c::curl_mime_addpart(mime);
            assert_eq!(c::curl_mime_data(part, Vec::<c_char>::new().as_ptr(), 0), OK);
            let part = c::curl_mime_addpart(mime);
            let source: Box<&[u8]> = Box::new(b"streamed");
            let arg = Box::into_raw(source).cast();
            assert_eq!(c::curl_mime_data_cb(part, 8, Some(read), None, Some(free_source), arg), OK);
            let inner = c::curl_mime_init(handle);
            let part = c::curl_mime_addpart(mime);
            assert_eq!(c::curl_mime_subparts(part, inner), OK);
            assert_eq!(curl_easy_setopt(handle, c::CURLOPT_MIMEPOST, mime), OK);
            let said = fetch(handle);
            for expected in ["name=\"first\"", "\r\ncopied\r\n", "\r\nup to the zero\r\n", "X-Part: 1", "streamed"] {
                assert!(said.contains(expected), "{expected} in {said}");
            }
            assert_eq!(FREED.load(Ordering::Relaxed), 0);
            c::curl_mime_free(mime);
            assert_eq!(FREED.load(Ordering::Relaxed), 1);
            c::curl_mime_free(null_mut());
            c::curl_easy_cleanup(handle);
        }
    });
}

// F088
#[test]
fn escapes_and_urls() {
    at_every_level("escapes_and_urls", || {
        // SAFETY: texts of these lengths, 0 for C strings; results are released with curl_free.
        unsafe {
            let text = String::from("a b/c");
            let escaped = c::curl_easy_escape(null_mut(), text.as_ptr().cast(), 3);
            assert_eq!(CStr::from_ptr(escaped), c"a%20b");
            let mut len = 0;
            let back = c::curl_easy_unescape(null_mut(), escaped, 0, &mut len);
            assert_eq!((CStr::from_ptr(back), len), (c"a b", 3));
            c::curl_free(back.cast());
            let back = c::curl_easy_unescape(null_mut(), escaped, 0, null_mut());
            c::curl_free(back.cast());
            c::curl_free(escaped.cast());
            assert!(c::curl_easy_escape(null_mut(), c"x".as_ptr(), -1).is_null());
            let escaped = c::curl_easy_escape(null_mut(), c"&".as_ptr(), 0);
            assert_eq!(CStr::from_ptr(escaped), c"%26");
            c::curl_free(escaped.cast());
            c::curl_free(null_mut());
            let url = c::curl_url();
            let text = CString::new("http://user@host:81/path?query").expect("no zero");
            assert_eq!(c::curl_url_set(url, c::CURLUPART_URL, text.as_ptr(), 0), c::CURLUE_OK);
            drop(text);
            let mut part = null_mut();
            assert_eq!(c::curl_url_get(url, c::CURLUPART_HOST, &mut part, 0), c::CURLUE_OK);
            assert_eq!(CStr::from_ptr(part), c"host");
            c::curl_free(part.cast());
            assert_eq!(c::curl_url_set(url, c::CURLUPART_USER, null(), 0), c::CURLUE_OK);
            assert_eq!(c::curl_url_get(url, c::CURLUPART_USER, &mut part, 0), c::CURLUE_NO_USER);
            assert!(part.is_null());
            let copy = c::curl_url_dup(url);
            c::curl_url_cleanup(url);
            c::curl_url_cleanup(copy);
            c::curl_url_cleanup(null_mut());
            assert!(c::curl_getdate(c"Sun, 06 Nov 1994 08:49:37 GMT".as_ptr(), null()) > 0);
            let version = &*c::curl_version_info(c::CURLVERSION_ELEVENTH);
            assert!(CStr::from_ptr(c::curl_version()).to_bytes().starts_with(b"libcurl/"));
            assert_eq!(CStr::from_ptr(version.version).to_bytes().first(), Some(&b'7'));
            let option = c::curl_easy_option_by_name(c"url".as_ptr());
            assert_eq!((*option).id, c::CURLOPT_URL);
        }
    });
}

static ALLOCATED: AtomicUsize = AtomicUsize::new(0);

unsafe extern "C" fn allocate(size: usize) -> *mut c_void {
    ALLOCATED.fetch_add(1, Ordering::Relaxed);
    // SAFETY: any size is fine.
    unsafe { libc::malloc(size) }
}

/// How often libcurl told of a socket, and which one is open.
struct Sockets {
    told: usize,
    open: Option<c::curl_socket_t>,
}

unsafe extern "C" fn on_socket(
    _: *mut c::CURL,
    socket: c::curl_socket_t,
    what: c_int,
    data: *mut c_void,
    assigned: *mut c_void,
) -> c_int {
    // SAFETY: the data that was set.
    let sockets = unsafe { &mut *data.cast::<Sockets>() };
    assert!(assigned.is_null() || assigned.addr() == 5);
    sockets.told += 1;
    // CURL_POLL_REMOVE
    sockets.open = (what != 4).then_some(socket);
    0
}

unsafe extern "C" fn on_timer(_: *mut c::CURLM, _: c_long, data: *mut c_void) -> c_int {
    assert_eq!(data.addr(), 9);
    0
}

// F089
#[test]
fn allocators_and_several_transfers_at_once() {
    at_every_level("allocators_and_several_transfers_at_once", || {
        // SAFETY: the functions stay as long as the process; all data until the handles are cleaned up.
        unsafe {
            let code = c::curl_global_init_mem(
                3,
                Some(allocate),
                Some(libc::free),
                Some(libc::realloc),
                Some(libc::strdup),
                Some(libc::calloc),
            );
            assert_eq!(code, OK);
            let multi = c::curl_multi_init();
            let mut keeper = Box::new(Sockets { told: 0, open: None });
            let sockets = &raw mut *keeper;
            curl_multi_setopt(multi, c::CURLMOPT_SOCKETFUNCTION, on_socket as *const c_void);
            curl_multi_setopt(multi, c::CURLMOPT_SOCKETDATA, sockets);
            curl_multi_setopt(multi, c::CURLMOPT_TIMERFUNCTION, on_timer as *const c_void);
            curl_multi_setopt(multi, c::CURLMOPT_TIMERDATA, std::ptr::without_provenance_mut::<c_void>(9));
            let share = c::curl_share_init();
            curl_share_setopt(share, c::CURLSHOPT_SHARE, CURL_LOCK_DATA_COOKIE);
            let handle = easy();
            set_url(handle, format!("{}/multi", server()));
            let mut got = Vec::<u8>::new();
            curl_easy_setopt(handle, c::CURLOPT_WRITEFUNCTION, write as *const c_void);
            curl_easy_setopt(handle, c::CURLOPT_WRITEDATA, &raw mut got);
            curl_easy_setopt(handle, c::CURLOPT_SHARE, share);
            assert_eq!(c::curl_multi_add_handle(multi, handle), c::CURLM_OK);
            let mut running = 1;
            while running > 0 {
                assert_eq!(c::curl_multi_perform(multi, &mut running), c::CURLM_OK);
                let mut ready = 0;
                assert_eq!(c::curl_multi_poll(multi, null_mut(), 0, 100, &mut ready), c::CURLM_OK);
                let mut none = Vec::<c::curl_waitfd>::new();
                assert_eq!(c::curl_multi_wait(multi, none.as_mut_ptr(), 0, 1, null_mut()), c::CURLM_OK);
            }
            let mut left = 0;
            let message = c::curl_multi_info_read(multi, &mut left);
            assert_eq!(((*message).easy_handle, (*message).data.result), (handle, OK));
            assert!(c::curl_multi_info_read(multi, &mut left).is_null());
            assert!(String::from_utf8_lossy(&got).starts_with("GET /multi"));
            assert!(ALLOCATED.load(Ordering::Relaxed) > 0);
            let mut wait = 0;
            assert_eq!(c::curl_multi_timeout(multi, &mut wait), c::CURLM_OK);
            let number = std::ptr::without_provenance_mut(5);
            assert_ne!(c::curl_multi_assign(multi, 9999, number), c::CURLM_OK);
            assert_eq!(c::curl_multi_remove_handle(multi, handle), c::CURLM_OK);
            // Again, by sockets: -1 is CURL_SOCKET_TIMEOUT, 3 both directions.
            got.clear();
            assert_eq!(c::curl_multi_add_handle(multi, handle), c::CURLM_OK);
            running = 1;
            while running > 0 {
                assert_eq!(c::curl_multi_socket_action(multi, -1, 0, &mut running), c::CURLM_OK);
                if let Some(open) = (*sockets).open {
                    assert_eq!(c::curl_multi_assign(multi, open, number), c::CURLM_OK);
                    assert_eq!(c::curl_multi_socket_action(multi, open, 3, &mut running), c::CURLM_OK);
                }
                std::thread::sleep(std::time::Duration::from_millis(1));
            }
            assert!(String::from_utf8_lossy(&got).starts_with("GET /multi"));
            assert!((*sockets).told > 0);
            assert_eq!(c::curl_multi_remove_handle(multi, handle), c::CURLM_OK);
            assert_eq!(c::curl_share_cleanup(share), c::CURLSHE_IN_USE);
            c::curl_easy_cleanup(handle);
            assert_eq!(c::curl_share_cleanup(share), c::CURLSHE_OK);
            assert_eq!(c::curl_multi_cleanup(multi), c::CURLM_OK);
            drop(keeper);
            c::curl_global_cleanup();
        }
    });
}

unsafe extern "C" fn append(to: *mut c_void, text: *const c_char, len: usize) -> usize {
    // SAFETY: the list that was handed over, and that many bytes.
    unsafe { (*to.cast::<Vec<u8>>()).extend_from_slice(std::slice::from_raw_parts(text.cast(), len)) };
    len
}

#[test]
fn older_forms() {
    at_every_level("older_forms", || {
        // SAFETY: the pairs that the options ask for, then the end; the name stays as long as the form.
        unsafe {
            let (mut first, mut last) = (null_mut(), null_mut());
            let name = CString::new("name").expect("no zero");
            let code = curl_formadd(
                &raw mut first,
                &raw mut last,
                CURLFORM_PTRNAME,
                name.as_ptr(),
                CURLFORM_COPYCONTENTS,
                c"contents".as_ptr(),
                CURLFORM_END,
            );
            assert_eq!(code, c::CURL_FORMADD_OK);
            let mut text = Vec::<u8>::new();
            assert_eq!(c::curl_formget(first, (&raw mut text).cast(), Some(append)), 0);
            assert!(String::from_utf8_lossy(&text).contains("contents"));
            c::curl_formfree(first);
            c::curl_formfree(null_mut());
            drop(name);
        }
    });
}

/// Typed forms of the variadic setters: strings are copied, buffers stay until the handle lets go.
#[test]
fn typed_forms() {
    at_every_level("typed_forms", || {
        let address = server();
        // SAFETY: C strings, and room for what is told; the buffer for errors outlives the handle.
        unsafe {
            let handle = c::curl_easy_init();
            {
                let url = CString::new(address.as_str()).expect("no zero inside");
                assert_eq!(c::curl_easy_setopt_url(handle, url.as_ptr()), OK);
            }
            assert_eq!(c::curl_easy_setopt_nobody(handle, 1), OK);
            assert_eq!(c::curl_easy_perform(handle), OK);
            let (mut code, mut effective) = (0, null_mut());
            assert_eq!(c::curl_easy_getinfo_response_code(handle, &mut code), OK);
            assert_eq!(c::curl_easy_getinfo_effective_url(handle, &mut effective), OK);
            assert_eq!(code, 200);
            assert!(CStr::from_ptr(effective).to_str().expect("text").starts_with(&address));
            c::curl_easy_cleanup(handle);
        }
    });
}
