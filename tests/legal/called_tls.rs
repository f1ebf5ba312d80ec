//! Closures and functions that OpenSSL calls by the pack while two ends shake hands in memory, and while its objects go. No report at
//! any level, panics that come back, and nothing that leaks but what stays for ever.

#![allow(clippy::multiple_unsafe_ops_per_block, reason = "a test is a row of calls; one proof stands for the row")]

mod support;

use pinned_ffi::{Ref, pinned_ffi};
use std::ffi::{CStr, CString, c_char, c_int, c_long, c_uchar, c_uint, c_void};
use std::mem::MaybeUninit;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr::{null, null_mut};
use std::sync::atomic::{AtomicI32, Ordering};
use std::sync::{Arc, Mutex};
use support::at_every_level;

#[rustfmt::skip]
#[pinned_ffi(
    header = ["openssl/ssl.h", "openssl/evp.h", "openssl/bio.h", "openssl/x509.h", "openssl/err.h", "openssl/pem.h"],
    allow = "BIO_(new|new_mem_buf|free|puts|read|s_mem|new_bio_pair|set_callback_(arg|ex|closure)|get_callback_arg)|TLS_method|\
             EVP_PKEY_(new_raw_private_key|free)|EVP_aes_128_cbc|PEM_write_bio_PrivateKey|BIO_get_mem_data|BIO_ctrl|\
             SSL_(CTX_new|CTX_free|new|free|set_bio|set_connect_state|set_accept_state|do_handshake|read|write|shutdown|ctrl|CTX_ctrl|\
             CTX_use_certificate|CTX_use_PrivateKey(_file)?|get0_alpn_selected|CTX_set_alpn_protos|CTX_set_cipher_list|set_ex_data|get_ex_data|\
             CTX_set_(verify|info_callback|keylog_callback|msg_callback|alpn_select_cb|cert_verify_callback|client_hello_cb|cert_cb|\
             default_passwd_cb(_userdata)?|default_passwd_closure|psk_client_callback|psk_server_callback)|CTX_sess_set_(new|remove)_cb|client_hello_get0_ciphers|get_SSL_CTX|CTX_get_cert_store)|\
             X509_(new|free|set_version|set_pubkey|sign|getm_notBefore|getm_notAfter|gmtime_adj|get_serialNumber)|\
             X509_STORE_CTX_get_error|ASN1_INTEGER_set|ERR_clear_error|CRYPTO_(get_ex_new_index|free_ex_index)"
)]
mod o {
    unsafe extern "C" {
        #[idiomatic] fn SSL_CTX_set_verify(ctx: *mut SSL_CTX, mode: c_int, callback: SSL_verify_cb);
        #[idiomatic]
        fn SSL_CTX_set_info_callback(ctx: *mut SSL_CTX, cb: Option<unsafe extern "C" fn(*const SSL, c_int, c_int)>);
        #[idiomatic] fn SSL_CTX_set_keylog_callback(ctx: *mut SSL_CTX, cb: SSL_CTX_keylog_cb_func);
        #[idiomatic]
        fn SSL_CTX_set_msg_callback(
            ctx: *mut SSL_CTX, cb: Option<unsafe extern "C" fn(c_int, c_int, c_int, *const c_void, usize, *mut SSL, *mut c_void)>,
        );
        #[idiomatic] fn SSL_CTX_set_alpn_select_cb(ctx: *mut SSL_CTX, cb: SSL_CTX_alpn_select_cb_func, arg: *mut c_void);
        #[idiomatic]
        fn SSL_CTX_set_cert_verify_callback(
            ctx: *mut SSL_CTX, cb: Option<unsafe extern "C" fn(*mut X509_STORE_CTX, *mut c_void) -> c_int>, arg: *mut c_void,
        );
        #[idiomatic] fn SSL_CTX_set_client_hello_cb(c: *mut SSL_CTX, cb: SSL_client_hello_cb_fn, arg: *mut c_void);
        #[idiomatic]
        fn SSL_CTX_set_cert_cb(c: *mut SSL_CTX, cb: Option<unsafe extern "C" fn(*mut SSL, *mut c_void) -> c_int>, arg: *mut c_void);
        #[idiomatic] fn SSL_CTX_set_default_passwd_cb(ctx: *mut SSL_CTX, cb: pem_password_cb);
        #[idiomatic] fn SSL_CTX_set_default_passwd_closure(ctx: *mut SSL_CTX, cb: pem_password_cb, u: *mut c_void);
        #[idiomatic] fn SSL_CTX_set_psk_client_callback(ctx: *mut SSL_CTX, cb: SSL_psk_client_cb_func);
        #[idiomatic] fn SSL_CTX_set_psk_server_callback(ctx: *mut SSL_CTX, cb: SSL_psk_server_cb_func);
        #[idiomatic]
        fn SSL_CTX_sess_set_new_cb(ctx: *mut SSL_CTX, cb: Option<unsafe extern "C" fn(*mut SSL, *mut SSL_SESSION) -> c_int>);
        #[idiomatic]
        fn SSL_CTX_sess_set_remove_cb(ctx: *mut SSL_CTX, cb: Option<unsafe extern "C" fn(*mut SSL_CTX, *mut SSL_SESSION)>);
        #[idiomatic] fn BIO_set_callback_closure(b: *mut BIO, callback: BIO_callback_fn_ex, data: *mut c_void);
        #[idiomatic]
        fn CRYPTO_get_ex_new_index(
            class_index: c_int, argl: c_long, argp: *mut c_void, new_func: CRYPTO_EX_new, dup_func: CRYPTO_EX_dup,
            free_func: CRYPTO_EX_free,
        ) -> c_int;
    }
}

#[link(name = "ssl")]
#[link(name = "crypto")]
unsafe extern "C" {}

fn said(body: impl FnOnce()) -> String {
    let payload = catch_unwind(AssertUnwindSafe(body)).expect_err("it panics");
    let text = payload.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| payload.downcast_ref::<String>().cloned()).expect("a text")
}

/// A private key, and a certificate that it signs.
fn identity() -> (*mut o::EVP_PKEY, *mut o::X509) {
    let secret: Box<[u8]> = [7; 32].into();
    // SAFETY: 32 bytes, as the algorithm wants; objects made here.
    unsafe {
        let key = o::EVP_PKEY_new_raw_private_key(1087, null_mut(), secret.as_ptr(), secret.len());
        let made = o::X509_new();
        assert_eq!(o::X509_set_version(made, 2), 1);
        assert_eq!(o::ASN1_INTEGER_set(o::X509_get_serialNumber(made), 1), 1);
        assert!(!o::X509_gmtime_adj(o::X509_getm_notBefore(made), 0).is_null());
        assert!(!o::X509_gmtime_adj(o::X509_getm_notAfter(made), 3600).is_null());
        assert_eq!(o::X509_set_pubkey(made, key), 1);
        assert!(o::X509_sign(made, key, null()) > 0);
        (key, made)
    }
}

/// Two contexts, the first a server's with a certificate.
struct Contexts([*mut o::SSL_CTX; 2]);

impl Contexts {
    fn new() -> Self {
        let (key, certificate) = identity();
        // SAFETY: what C keeps is counted.
        unsafe {
            let contexts = [o::SSL_CTX_new(o::TLS_method()), o::SSL_CTX_new(o::TLS_method())];
            assert_eq!(o::SSL_CTX_use_certificate(contexts[0], certificate), 1);
            assert_eq!(o::SSL_CTX_use_PrivateKey(contexts[0], key), 1);
            o::X509_free(certificate);
            o::EVP_PKEY_free(key);
            Self(contexts)
        }
    }

    fn server(&self) -> Ref<'_, o::SSL_CTX> {
        // SAFETY: it is there until this is dropped.
        unsafe { Ref::from_ptr(self.0[0]) }.expect("made")
    }

    fn client(&self) -> Ref<'_, o::SSL_CTX> {
        // SAFETY: the same.
        unsafe { Ref::from_ptr(self.0[1]) }.expect("made")
    }

    /// Two ends of a connection in memory.
    fn ends(&self) -> Ends {
        // SAFETY: the ends own the two halves of the pair.
        unsafe {
            let (server, client) = (o::SSL_new(self.0[0]), o::SSL_new(self.0[1]));
            let (mut left, mut right) = (null_mut(), null_mut());
            assert_eq!(o::BIO_new_bio_pair(&mut left, 0, &mut right, 0), 1);
            o::SSL_set_bio(server, left, left);
            o::SSL_set_bio(client, right, right);
            o::SSL_set_accept_state(server);
            o::SSL_set_connect_state(client);
            Ends { server, client }
        }
    }
}

impl Drop for Contexts {
    fn drop(&mut self) {
        // SAFETY: made above, and used no more.
        self.0.iter().for_each(|ctx| unsafe { o::SSL_CTX_free(*ctx) });
    }
}

struct Ends {
    server: *mut o::SSL,
    client: *mut o::SSL,
}

impl Ends {
    /// Whether both have come to the end of the handshake.
    fn shake(&self) -> bool {
        // SAFETY: the ends are there.
        let ends = || unsafe { [o::SSL_do_handshake(self.client), o::SSL_do_handshake(self.server)] };
        let is_done = (0..10).any(|_| ends() == [1, 1]);
        // SAFETY: what went wrong is told by the result.
        unsafe { o::ERR_clear_error() };
        is_done
    }
}

impl Drop for Ends {
    fn drop(&mut self) {
        // SAFETY: made above, and used no more.
        unsafe {
            o::SSL_free(self.server);
            o::SSL_free(self.client);
        }
    }
}

/// What the functions below have seen: contexts hand them nothing.
static SEEN: Mutex<Vec<String>> = Mutex::new(Vec::new());

fn tell(what: String) {
    SEEN.lock().expect("nobody panics with it").push(what);
}

fn seen() -> Vec<String> {
    std::mem::take(&mut *SEEN.lock().expect("as above"))
}

fn verify(preverify_ok: c_int, x509_ctx: Ref<'_, o::X509_STORE_CTX>) -> c_int {
    // SAFETY: the context of the call that runs.
    let error = unsafe { o::X509_STORE_CTX_get_error(x509_ctx.as_ptr()) };
    tell(format!("verify {preverify_ok}, {error}"));
    1
}

fn keylog(_: Ref<'_, o::SSL>, line: &CStr) {
    tell(line.to_string_lossy().split(' ').next().unwrap_or_default().to_owned());
}

fn info(_: Ref<'_, o::SSL>, kind: c_int, value: c_int) {
    // SSL_CB_HANDSHAKE_START and _DONE
    if kind & 0x30 != 0 {
        tell(format!("{} {value}", if kind == 0x10 { "begins" } else { "is done" }));
    }
}

fn message(is_sent: c_int, _: c_int, kind: c_int, bytes: &[u8], _: Ref<'_, o::SSL>, argument: *mut c_void) {
    assert!(argument.is_null() && !bytes.is_empty());
    // A handshake's messages, by the byte that tells which.
    if kind == 22 {
        tell(format!("{}{}", if is_sent == 1 { "sends " } else { "gets " }, bytes[0]));
    }
}

#[test]
fn a_handshake_calls_functions_on_its_way() {
    at_every_level("a_handshake_calls_functions_on_its_way", || {
        let contexts = Contexts::new();
        // SAFETY: functions that hold nothing.
        unsafe {
            // SSL_VERIFY_PEER: a certificate that signs itself is an error, which the function forgives.
            o::SSL_CTX_set_verify(contexts.client(), 1, Some(verify));
            assert!(contexts.ends().shake());
            let verified = seen();
            assert_eq!(verified.last().map(String::as_str), Some("verify 1, 18"), "{verified:?}");
            assert_eq!(verified[0], "verify 0, 18");
            o::SSL_CTX_set_keylog_callback(contexts.client(), Some(keylog));
            assert!(contexts.ends().shake());
            let keys = seen();
            for secret in
                ["CLIENT_HANDSHAKE_TRAFFIC_SECRET", "SERVER_HANDSHAKE_TRAFFIC_SECRET", "CLIENT_TRAFFIC_SECRET_0"]
            {
                assert!(keys.iter().any(|line| line == secret), "{keys:?}");
            }
            o::SSL_CTX_set_keylog_callback(contexts.client(), false.then_some(keylog));
            o::SSL_CTX_set_verify(contexts.client(), 0, false.then_some(verify));
            o::SSL_CTX_set_info_callback(contexts.client(), Some(info));
            assert!(contexts.ends().shake());
            assert_eq!(seen(), ["begins 1", "is done 1"]);
            o::SSL_CTX_set_info_callback(contexts.client(), false.then_some(info));
            o::SSL_CTX_set_msg_callback(contexts.client(), Some(message));
            assert!(contexts.ends().shake());
            let messages = seen();
            // ClientHello, ServerHello, both Finished.
            assert_eq!((messages[0].as_str(), messages[1].as_str()), ("sends 1", "gets 2"), "{messages:?}");
            assert!(
                messages.contains(&"sends 20".to_owned()) && messages.contains(&"gets 20".to_owned()),
                "{messages:?}"
            );
            // A panic comes out of the call that shakes hands, and C was told to refuse.
            fn refuses(_: c_int, _: Ref<'_, o::X509_STORE_CTX>) -> c_int {
                panic!("not this certificate")
            }
            o::SSL_CTX_set_msg_callback(contexts.client(), false.then_some(message));
            o::SSL_CTX_set_verify(contexts.client(), 1, Some(refuses));
            let ends = contexts.ends();
            assert_eq!(said(|| _ = ends.shake()), "not this certificate");
            assert!(!ends.shake());
        }
    });
}

#[test]
fn contexts_have_closures_until_others_take_their_places() {
    at_every_level("contexts_have_closures_until_others_take_their_places", || {
        type NoHello = fn(Ref<'_, o::SSL>, &mut c_int) -> c_int;
        let contexts = Contexts::new();
        let told = Arc::new(Mutex::new(Vec::new()));
        let each = || {
            let told = Arc::clone(&told);
            move |what: String| told.lock().expect("nobody panics with it").push(what)
        };
        let (hello, alpn, certificate, verified) = (each(), each(), each(), each());
        // SAFETY: what the closures store lies in the lists that they get, or is static.
        unsafe {
            let hello = move |_: Ref<'_, o::SSL>, alert: &mut c_int| {
                hello(format!("hello {alert}"));
                1
            };
            o::SSL_CTX_set_client_hello_cb(contexts.server(), Some(hello));
            let select = move |_: Ref<'_, o::SSL>, out: &mut *const c_uchar, count: &mut c_uchar, offered: &[u8]| {
                alpn(format!("alpn {}", String::from_utf8_lossy(offered)));
                (*out, *count) = (offered[3..].as_ptr(), offered[2]);
                0
            };
            o::SSL_CTX_set_alpn_select_cb(contexts.server(), Some(select));
            assert_eq!(o::SSL_CTX_set_alpn_protos(contexts.0[1], b"\x01x\x03one".as_ptr(), 6), 0);
            let choose = move |_: Ref<'_, o::SSL>| {
                certificate("certificate".to_owned());
                1
            };
            o::SSL_CTX_set_cert_cb(contexts.server(), Some(choose));
            let judge = move |store: Ref<'_, o::X509_STORE_CTX>| {
                verified(format!("verify {}", o::X509_STORE_CTX_get_error(store.as_ptr())));
                1
            };
            o::SSL_CTX_set_cert_verify_callback(contexts.client(), Some(judge));
            o::SSL_CTX_set_verify(contexts.client(), 1, false.then_some(verify));
            let ends = contexts.ends();
            assert!(ends.shake());
            let (mut chosen, mut count) = (null(), 0);
            o::SSL_get0_alpn_selected(ends.client, &mut chosen, &mut count);
            assert_eq!(std::slice::from_raw_parts(chosen, count as usize), b"one");
            let all: Vec<_> = std::mem::take(&mut *told.lock().expect("as above"));
            assert_eq!(all, ["hello 80", "alpn \u{1}x\u{3}one", "certificate", "verify 0"]);
            // An object lives on beside its context, and calls what that has.
            assert_eq!(Arc::strong_count(&told), 5);
            o::SSL_CTX_set_client_hello_cb(contexts.server(), None::<NoHello>);
            assert_eq!(Arc::strong_count(&told), 4, "taken back");
            let panics = |_: Ref<'_, o::SSL>, _: &mut *const c_uchar, _: &mut c_uchar, _: &[u8]| panic!("no protocol");
            o::SSL_CTX_set_alpn_select_cb(contexts.server(), Some(panics));
            assert_eq!(Arc::strong_count(&told), 3, "replaced");
            let ends = contexts.ends();
            assert_eq!(said(|| _ = ends.shake()), "no protocol");
            o::SSL_CTX_set_cert_verify_callback(contexts.client(), None::<fn(Ref<'_, o::X509_STORE_CTX>) -> c_int>);
        }
        // The closure for certificates stays: objects take copies of it.
        assert_eq!(Arc::strong_count(&told), 2);
    });
}

fn psk_client(
    _: Ref<'_, o::SSL>,
    hint: Option<&CStr>,
    identity: &mut [MaybeUninit<u8>],
    key: &mut [MaybeUninit<c_uchar>],
) -> c_uint {
    tell(format!("client {}", hint.is_some()));
    identity.iter_mut().zip(b"me\0").for_each(|(place, byte)| _ = place.write(*byte));
    key.iter_mut().zip([3; 16]).for_each(|(place, byte)| _ = place.write(byte));
    16
}

fn psk_server(_: Ref<'_, o::SSL>, identity: Option<&CStr>, key: &mut [MaybeUninit<c_uchar>]) -> c_uint {
    tell(format!("server {}", identity.map(CStr::to_string_lossy).unwrap_or_default()));
    key.iter_mut().zip([3; 16]).for_each(|(place, byte)| _ = place.write(byte));
    16
}

fn session(_: Ref<'_, o::SSL>, _: Ref<'_, o::SSL_SESSION>) -> c_int {
    tell("session".to_owned());
    0
}

#[test]
fn keys_that_both_know_and_sessions() {
    at_every_level("keys_that_both_know_and_sessions", || {
        let contexts = Contexts::new();
        // SAFETY: functions that hold nothing.
        unsafe {
            for ctx in contexts.0 {
                // SSL_CTRL_SET_MAX_PROTO_VERSION, TLS 1.2
                assert_eq!(o::SSL_CTX_ctrl(ctx, 124, 0x0303, null_mut()), 1);
                assert_eq!(o::SSL_CTX_set_cipher_list(ctx, c"PSK-AES128-GCM-SHA256".as_ptr()), 1);
            }
            o::SSL_CTX_set_psk_client_callback(contexts.client(), Some(psk_client));
            o::SSL_CTX_set_psk_server_callback(contexts.server(), Some(psk_server));
            // SSL_CTRL_SET_SESS_CACHE_MODE, SSL_SESS_CACHE_CLIENT
            o::SSL_CTX_ctrl(contexts.0[1], 44, 1, null_mut());
            o::SSL_CTX_sess_set_new_cb(contexts.client(), Some(session));
            o::SSL_CTX_sess_set_remove_cb(
                contexts.client(),
                Some(|_: Ref<'_, o::SSL_CTX>, _: Ref<'_, o::SSL_SESSION>| ()),
            );
            let ends = contexts.ends();
            assert!(ends.shake());
            assert_eq!(seen(), ["client false", "server me", "session"]);
            // What is sent is read with that key.
            assert_eq!(o::SSL_write(ends.client, c"hello".as_ptr().cast(), 5), 5);
            let mut got = [0_u8; 8];
            assert_eq!((o::SSL_read(ends.server, got.as_mut_ptr().cast(), 8), &got[..5]), (5, &b"hello"[..]));
        }
    });
}

fn password(room: &mut [MaybeUninit<u8>], is_written: c_int, data: *mut c_void) -> c_int {
    assert!(data.is_null() && is_written == 0);
    room.iter_mut().zip(b"secret").for_each(|(place, byte)| _ = place.write(*byte));
    6
}

#[test]
fn a_context_asks_for_the_password_of_its_key() {
    at_every_level("a_context_asks_for_the_password_of_its_key", || {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("key.pem");
        let (key, certificate) = identity();
        let asked = Arc::new(AtomicI32::new(0));
        // SAFETY: objects made here; the text is the BIO's, and copied.
        unsafe {
            let bio = o::BIO_new(o::BIO_s_mem());
            let cipher = o::EVP_aes_128_cbc();
            assert_eq!(
                o::PEM_write_bio_PrivateKey(bio, key, cipher, c"secret".as_ptr().cast(), 6, None, null_mut()),
                1
            );
            let mut data: *mut c_char = null_mut();
            let count = o::BIO_get_mem_data(bio, (&raw mut data).cast());
            std::fs::write(&path, std::slice::from_raw_parts(data.cast::<u8>(), count as usize)).expect("room");
            assert_eq!(o::BIO_free(bio), 1);
            let file = CString::new(path.to_str().expect("a text")).expect("no zero");
            let contexts = Contexts::new();
            let read = |ctx| o::SSL_CTX_use_PrivateKey_file(ctx, file.as_ptr(), 1);
            o::SSL_CTX_set_default_passwd_cb(contexts.server(), Some(password));
            assert_eq!(read(contexts.0[0]), 1);
            let inside = Arc::clone(&asked);
            let closure = move |room: &mut [MaybeUninit<u8>], is_written: c_int| {
                assert_eq!(is_written, 0);
                if inside.fetch_add(1, Ordering::Relaxed) == 1 {
                    panic!("asked twice");
                }
                room.iter_mut().zip(b"secret").for_each(|(place, byte)| _ = place.write(*byte));
                6
            };
            o::SSL_CTX_set_default_passwd_closure(contexts.client(), closure);
            assert_eq!((read(contexts.0[1]), asked.load(Ordering::Relaxed)), (1, 1));
            assert_eq!(said(|| _ = read(contexts.0[1])), "asked twice");
            o::ERR_clear_error();
            o::X509_free(certificate);
            o::EVP_PKEY_free(key);
        }
    });
}

#[test]
fn a_bio_shows_what_is_done_with_it() {
    at_every_level("a_bio_shows_what_is_done_with_it", || {
        type Nothing = fn(Ref<'_, o::BIO>, c_int, *const c_char, usize, c_int, c_long, c_int, *mut usize) -> c_long;
        let told = Arc::new(Mutex::new(Vec::new()));
        // SAFETY: a BIO that is freed at the end, behind its closure.
        unsafe {
            let bio = o::BIO_new(o::BIO_s_mem());
            let it = Ref::from_ptr(bio).expect("memory is there");
            let (tell, address) = (Arc::clone(&told), bio.addr());
            let see = move |bio: Ref<'_, o::BIO>, what, at: *const c_char, count, _, _, result, done: *mut usize| {
                assert_eq!(bio.as_ptr().addr(), address);
                let text =
                    if at.is_null() { Vec::new() } else { std::slice::from_raw_parts(at.cast::<u8>(), count).to_vec() };
                let done = if done.is_null() { None } else { Some(*done) };
                tell.lock().expect("nobody panics with it").push((what, text, done));
                c_long::from(result)
            };
            o::BIO_set_callback_closure(it, Some(see));
            assert_eq!(o::BIO_puts(bio, c"text".as_ptr()), 4);
            let mut got = [0_u8; 2];
            assert_eq!(o::BIO_read(bio, got.as_mut_ptr().cast(), 2), 2);
            let all: Vec<_> = std::mem::take(&mut *told.lock().expect("as above"));
            // BIO_CB_PUTS, BIO_CB_READ, and with BIO_CB_RETURN what came of them.
            assert_eq!(all.iter().map(|(what, ..)| *what).collect::<Vec<_>>(), [4, 0x84, 2, 0x82]);
            assert_eq!((all[1].2, &all[3].1, all[3].2), (Some(4), &b"te".to_vec(), Some(2)));
            assert_eq!(Arc::strong_count(&told), 2);
            o::BIO_set_callback_closure(it, None::<Nothing>);
            assert_eq!(Arc::strong_count(&told), 1);
            assert_eq!(o::BIO_free(bio), 1);
        }
    });
}

#[test]
fn what_objects_have_is_freed_with_them() {
    at_every_level("what_objects_have_is_freed_with_them", || {
        type NoDup = fn(*mut o::CRYPTO_EX_DATA, *const o::CRYPTO_EX_DATA, *mut *mut c_void, c_int, c_long) -> c_int;
        let told = Arc::new(Mutex::new(Vec::new()));
        let (alive, made, freed) = (Arc::new(()), Arc::clone(&told), Arc::clone(&told));
        let new = move |_: *mut c_void, _: *mut c_void, _: *mut o::CRYPTO_EX_DATA, _, number| {
            made.lock().expect("nobody panics with it").push(format!("new {number}"));
        };
        let free = move |_: *mut c_void, data: *mut c_void, _: *mut o::CRYPTO_EX_DATA, _, number| {
            if !data.is_null() {
                // SAFETY: what this test has set, once.
                drop(unsafe { Arc::from_raw(data.cast::<()>().cast_const()) });
                freed.lock().expect("as above").push(format!("free {number}"));
                assert_ne!(number, 9, "the ninth");
            }
        };
        // SAFETY: objects that are freed below, with what they have.
        unsafe {
            // CRYPTO_EX_INDEX_SSL
            let index = o::CRYPTO_get_ex_new_index(0, 5, Some(new.clone()), None::<NoDup>, Some(free.clone()));
            let index = index.expect("an index");
            let contexts = Contexts::new();
            let ends = contexts.ends();
            let held = Arc::into_raw(Arc::clone(&alive));
            assert_eq!(o::SSL_set_ex_data(ends.client, index, held.cast_mut().cast()), 1);
            assert_eq!(o::SSL_get_ex_data(ends.client, index), held.cast_mut().cast());
            assert_eq!((Arc::strong_count(&alive), Arc::strong_count(&told)), (2, 5));
            drop(ends);
            assert_eq!(Arc::strong_count(&alive), 1);
            assert_eq!(*told.lock().expect("as above"), ["new 5", "new 5", "free 5"]);
            assert_eq!(o::CRYPTO_free_ex_index(0, index), 1);
            // A panic comes out of the call that frees.
            let index = o::CRYPTO_get_ex_new_index(0, 9, Some(new), None::<NoDup>, Some(free)).expect("an index");
            let ends = std::mem::ManuallyDrop::new(contexts.ends());
            o::SSL_set_ex_data(ends.server, index, Arc::into_raw(Arc::clone(&alive)).cast_mut().cast());
            assert!(said(|| o::SSL_free(ends.server)).contains("the ninth"));
            o::SSL_free(ends.client);
            assert_eq!(Arc::strong_count(&alive), 1);
        }
    });
}
