//! Legal calls of openssl's macros in their typed forms, and of writes whose buffer moves: no report, at any level.

#![allow(clippy::useless_vec, reason = "a block of the heap is what the test is about")]
#![allow(clippy::multiple_unsafe_ops_per_block, reason = "each test is one conversation with the library")]

mod support;

use pinned_ffi::pinned_ffi;
use std::ffi::{CStr, CString, c_char, c_int};
use std::ptr::{null, null_mut};
use support::at_every_level;

#[pinned_ffi(
    header = ["openssl/ssl.h", "openssl/evp.h", "openssl/bio.h", "openssl/x509.h", "openssl/err.h"],
    allow = "BIO_(new|free|puts|read|ctrl|s_mem|new_bio_pair)|EVP_PKEY_(new_raw_private_key|free)|TLS_method|\
             SSL_(CTX_new|CTX_free|new|free|set_bio|set_connect_state|set_accept_state|do_handshake|read|read_ex|\
             write|get_error|ctrl|CTX_ctrl|CTX_use_certificate|CTX_use_PrivateKey|get_servername)|\
             X509_(new|free|up_ref|set_version|set_pubkey|sign|getm_notBefore|getm_notAfter|gmtime_adj|get0_pubkey|\
             get_serialNumber)|ASN1_INTEGER_set|OPENSSL_sk_(num|value)|ERR_clear_error|BUF_MEM_free"
)]
mod o {}

#[link(name = "ssl")]
#[link(name = "crypto")]
unsafe extern "C" {}

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

// F091
#[test]
fn what_a_memory_bio_holds() {
    at_every_level("what_a_memory_bio_holds", || {
        // SAFETY: what the BIO lends is used before it is written to again.
        unsafe {
            let bio = o::BIO_new(o::BIO_s_mem());
            let mut data: Box<*mut c_char> = Box::new(null_mut());
            // Nothing yet: no length, and perhaps no address.
            assert_eq!(o::BIO_get_mem_data(bio, (&raw mut *data).cast()), 0);
            let words = CString::new("some words").expect("no zero");
            assert_eq!(o::BIO_puts(bio, words.as_ptr()), 10);
            drop(words);
            assert_eq!(o::BIO_get_mem_data(bio, (&raw mut *data).cast()), 10);
            assert_eq!(std::slice::from_raw_parts(data.cast::<u8>(), 10), b"some words");
            let mut start = vec![0_u8; 5];
            assert_eq!(o::BIO_read(bio, start.as_mut_ptr().cast(), 5), 5);
            assert_eq!(start, b"some ");
            assert_eq!(o::BIO_get_mem_data(bio, (&raw mut *data).cast()), 5);
            assert_eq!(std::slice::from_raw_parts(data.cast::<u8>(), 5), b"words");
            assert_eq!(o::BIO_get_mem_data(bio, null_mut()), 5);
            let mut block: Box<*mut o::BUF_MEM> = Box::new(null_mut());
            assert_eq!(o::BIO_get_mem_ptr(bio, (&raw mut *block).cast()), 1);
            // The rest has moved to the front of it.
            assert_eq!((**block).length, 5);
            assert_eq!(std::slice::from_raw_parts((**block).data.cast::<u8>(), 5), b"words");
            assert_eq!(o::BIO_free(bio), 1);
        }
    });
}

// F096
#[test]
fn a_certificate_of_the_chain_changes_hands() {
    at_every_level("a_certificate_of_the_chain_changes_hands", || {
        let (key, certificate) = identity();
        // SAFETY: the context gets one reference, which it frees, and this test keeps the other.
        unsafe {
            let ctx = o::SSL_CTX_new(o::TLS_method());
            assert_eq!(o::X509_up_ref(certificate), 1);
            assert_eq!(o::SSL_CTX_add_extra_chain_cert(ctx, certificate.cast()), 1);
            // SSL_CTX_get_extra_chain_certs
            let mut stack: Box<*mut o::OPENSSL_STACK> = Box::new(null_mut());
            assert_eq!(o::SSL_CTX_ctrl(ctx, 82, 0, (&raw mut *stack).cast()), 1);
            assert_eq!((o::OPENSSL_sk_num(*stack), o::OPENSSL_sk_value(*stack, 0)), (1, certificate.cast()));
            o::SSL_CTX_free(ctx);
            assert!(!o::X509_get0_pubkey(certificate).is_null());
            o::X509_free(certificate);
            o::EVP_PKEY_free(key);
        }
    });
}

/// Two ends that have shaken hands, over a pair that holds little.
struct Ends {
    contexts: [*mut o::SSL_CTX; 2],
    server: *mut o::SSL,
    client: *mut o::SSL,
}

impl Ends {
    fn meet() -> Self {
        let (key, certificate) = identity();
        // SAFETY: all that C keeps is counted, and freed with the ends.
        unsafe {
            let contexts = [o::SSL_CTX_new(o::TLS_method()), o::SSL_CTX_new(o::TLS_method())];
            assert_eq!(o::SSL_CTX_use_certificate(contexts[0], certificate), 1);
            assert_eq!(o::SSL_CTX_use_PrivateKey(contexts[0], key), 1);
            o::X509_free(certificate);
            o::EVP_PKEY_free(key);
            let (server, client) = (o::SSL_new(contexts[0]), o::SSL_new(contexts[1]));
            let (mut left, mut right) = (null_mut(), null_mut());
            assert_eq!(o::BIO_new_bio_pair(&mut left, 2048, &mut right, 2048), 1);
            o::SSL_set_bio(server, left, left);
            o::SSL_set_bio(client, right, right);
            o::SSL_set_accept_state(server);
            o::SSL_set_connect_state(client);
            {
                let name = CString::new("example.org").expect("no zero inside");
                assert_eq!(o::SSL_set_tlsext_host_name(client, name.as_ptr().cast_mut().cast()), 1);
            }
            let shaken = (0..100).any(|_| {
                let ends = [o::SSL_do_handshake(client), o::SSL_do_handshake(server)];
                ends == [1, 1]
            });
            assert!(shaken);
            Self { contexts, server, client }
        }
    }
}

impl Drop for Ends {
    fn drop(&mut self) {
        // SAFETY: made above, and used no more.
        unsafe {
            o::SSL_free(self.server);
            o::SSL_free(self.client);
            for ctx in self.contexts {
                o::SSL_CTX_free(ctx);
            }
        }
    }
}

// F097
#[test]
fn a_name_is_copied() {
    at_every_level("a_name_is_copied", || {
        let ends = Ends::meet();
        // SAFETY: strings that live as long as their end; null takes the name back.
        unsafe {
            assert_eq!(CStr::from_ptr(o::SSL_get_servername(ends.server, 0)), c"example.org");
            assert_eq!(CStr::from_ptr(o::SSL_get_servername(ends.client, 0)), c"example.org");
            assert_eq!(o::SSL_set_tlsext_host_name(ends.client, null_mut()), 1);
        }
    });
}

// F093
#[test]
fn a_write_is_repeated_with_another_buffer() {
    at_every_level("a_write_is_repeated_with_another_buffer", || {
        let ends = Ends::meet();
        let text: Vec<u8> = (0..40_000_u32).map(|n| (n / 7) as u8).collect();
        let mut got = Vec::new();
        // SAFETY: each buffer lives through its call, with the same bytes as the one before.
        unsafe {
            // SSL_CTRL_MODE, SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER
            assert_ne!(o::SSL_ctrl(ends.client, 33, 2, null_mut()) & 2, 0);
            let mut repeated = 0;
            loop {
                let moved = text.clone();
                let written = o::SSL_write(ends.client, moved.as_ptr().cast(), moved.len() as c_int);
                let why = o::SSL_get_error(ends.client, written);
                drop(moved);
                let mut part = vec![0_u8; 1500];
                let read = o::SSL_read(ends.server, part.as_mut_ptr().cast(), 1500);
                got.extend_from_slice(&part[..read.max(0) as usize]);
                if written > 0 {
                    assert_eq!(written as usize, text.len());
                    break;
                }
                // SSL_ERROR_WANT_WRITE
                assert_eq!(why, 3);
                repeated += 1;
            }
            assert!(repeated > 1);
            while got.len() < text.len() {
                let (mut part, mut filled) = (vec![0_u8; 1500], 0);
                assert_eq!(o::SSL_read_ex(ends.server, part.as_mut_ptr().cast(), 1500, &mut filled), 1);
                got.extend_from_slice(&part[..filled]);
            }
            o::ERR_clear_error();
        }
        assert_eq!(got, text);
    });
}
