//! Legal calls of openssl's own functions: no report, at any level.

#![allow(clippy::useless_vec, reason = "a block of the heap is what the test is about")]
#![allow(clippy::multiple_unsafe_ops_per_block, reason = "each test is one conversation with the library")]

mod support;

use pinned_ffi::pinned_ffi;
use std::ffi::{CStr, c_char, c_int, c_long, c_uchar, c_uint, c_void};
use std::ptr::{null, null_mut};
use support::at_every_level;

#[pinned_ffi(
    header = ["openssl/ssl.h", "openssl/evp.h", "openssl/bio.h", "openssl/err.h", "openssl/rand.h", "openssl/rsa.h",
              "openssl/x509.h", "openssl/hmac.h", "openssl/objects.h", "openssl/sha.h", "openssl/crypto.h"],
    allow = "BIO_(new|free|free_all|new_mem_buf|read|read_ex|write|write_ex|puts|gets|ctrl|s_mem|new_bio_pair|up_ref)|\
             i2d_PrivateKey|d2i_AutoPrivateKey|i2d_X509|d2i_X509|CRYPTO_(free|malloc|memcmp|set_mem_functions)|\
             EVP_PKEY_(new_raw_private_key|free|up_ref)|\
             EVP_(MD_fetch|MD_free|MD_get0_name|MD_CTX_new|MD_CTX_free|MD_CTX_get0_md|DigestInit_ex|DigestUpdate|\
             DigestFinal_ex|DigestSignInit|DigestSign|DigestVerifyInit|DigestVerify|EncodeBlock)|\
             EVP_(CIPHER_CTX_new|CIPHER_CTX_free|aes_128_cbc|aes_128_ctr|sha256|EncryptInit_ex|EncryptUpdate|\
             EncryptFinal_ex|DecryptInit_ex|DecryptUpdate|DecryptFinal_ex)|\
             SSL_(CTX_new|CTX_free|new|free|set_bio|set0_rbio|set0_wbio|set_connect_state|set_accept_state|do_handshake|\
             read|read_ex|peek|write|write_ex|get_error|ctrl|CTX_ctrl|CTX_use_certificate|CTX_use_PrivateKey|\
             CTX_set_alpn_protos|CTX_set_alpn_select_cb|get0_alpn_selected|select_next_proto|get_servername|set_ex_data|\
             get_ex_data|CTX_set_default_passwd_cb_userdata|CTX_get_default_passwd_cb_userdata|get1_session|\
             SESSION_free|set_session|get_version|get_finished)|TLS_method|\
             X509_(new|free|up_ref|set_version|set_pubkey|sign|getm_notBefore|getm_notAfter|gmtime_adj|get_serialNumber|\
             get_subject_name|NAME_add_entry_by_txt|NAME_oneline|get0_pubkey|STORE_CTX_new|STORE_CTX_free|STORE_CTX_init|\
             STORE_CTX_set_ex_data|STORE_CTX_get_ex_data|STORE_CTX_set0_untrusted)|ASN1_INTEGER_set|\
             OPENSSL_sk_(new_null|push|pop_free|num|value|free)|RSA_(new|free|set0_key|get0_key)|BN_(bin2bn|free|num_bits)|\
             ERR_(error_string|error_string_n|clear_error|get_error)|OBJ_(nid2sn|sn2nid)|RAND_bytes|HMAC|SHA256|\
             PKCS5_PBKDF2_HMAC|BUF_MEM_free"
)]
mod o {}

#[link(name = "ssl")]
#[link(name = "crypto")]
unsafe extern "C" {}

const ED25519: c_int = 1087;

/// The text of a C string.
///
/// # Safety
///
/// It ends with zero.
unsafe fn text(at: *const c_char) -> String {
    // SAFETY: the caller's promise.
    unsafe { CStr::from_ptr(at) }.to_string_lossy().into_owned()
}

/// A private key, always the same.
fn key() -> *mut o::EVP_PKEY {
    let secret: Box<[u8]> = [7; 32].into();
    // SAFETY: 32 bytes, as the algorithm wants.
    let key = unsafe { o::EVP_PKEY_new_raw_private_key(ED25519, null_mut(), secret.as_ptr(), secret.len()) };
    assert!(!key.is_null());
    key
}

/// A certificate that signs itself.
fn certificate(key: *mut o::EVP_PKEY) -> *mut o::X509 {
    // SAFETY: objects made here, strings that end with zero or have their length told.
    unsafe {
        let made = o::X509_new();
        assert_eq!(o::X509_set_version(made, 2), 1);
        assert_eq!(o::ASN1_INTEGER_set(o::X509_get_serialNumber(made), 1), 1);
        assert!(!o::X509_gmtime_adj(o::X509_getm_notBefore(made), 0).is_null());
        assert!(!o::X509_gmtime_adj(o::X509_getm_notAfter(made), 3600).is_null());
        assert_eq!(o::X509_set_pubkey(made, key), 1);
        let name = o::X509_get_subject_name(made);
        let asc = 0x1001;
        let added = o::X509_NAME_add_entry_by_txt(name, c"CN".as_ptr(), asc, c"here".as_ptr().cast(), -1, -1, 0);
        assert_eq!(added, 1);
        let unit = b"of four".to_vec();
        assert_eq!(o::X509_NAME_add_entry_by_txt(name, c"OU".as_ptr(), asc, unit.as_ptr(), 7, -1, 0), 1);
        let mut line = vec![0 as c_char; 64];
        let shown = o::X509_NAME_oneline(name, line.as_mut_ptr(), 64);
        assert_eq!(shown, line.as_mut_ptr());
        assert_eq!(text(shown), "/CN=here/OU=of four");
        let shown = o::X509_NAME_oneline(name, null_mut(), 0);
        assert_eq!(text(shown), "/CN=here/OU=of four");
        o::CRYPTO_free(shown.cast(), null(), 0);
        assert!(o::X509_sign(made, key, null()) > 0);
        made
    }
}

#[test]
fn a_bio_reads_memory_that_stays_the_callers() {
    at_every_level("a_bio_reads_memory_that_stays_the_callers", || {
        let words = b"words to read".to_vec();
        // SAFETY: the buffer outlives the BIO; the lengths are true.
        unsafe {
            let bio = o::BIO_new_mem_buf(words.as_ptr().cast(), words.len() as c_int);
            let mut buf = vec![0u8; 32];
            assert_eq!(o::BIO_read(bio, buf.as_mut_ptr().cast(), 5), 5);
            assert_eq!(&buf[..5], b"words");
            // Back to the start: the same memory is read again.
            assert_eq!(o::BIO_ctrl(bio, 1, 0, null_mut()), 1);
            let mut filled = 0;
            assert_eq!(o::BIO_read_ex(bio, buf.as_mut_ptr().cast(), buf.len(), &mut filled), 1);
            assert_eq!(&buf[..filled], &words[..]);
            assert_eq!(o::BIO_read(bio, Vec::<u8>::new().as_mut_ptr().cast(), 0), 0);
            assert_eq!(o::BIO_free(bio), 1);
            // A length of -1 stands for a C string, and the memory may be static.
            let bio = o::BIO_new_mem_buf(c"line one\nline two\n".as_ptr().cast(), -1);
            let mut line = vec![0 as c_char; 32];
            assert_eq!(o::BIO_gets(bio, line.as_mut_ptr(), 32), 9);
            assert_eq!(text(line.as_ptr()), "line one\n");
            assert_eq!(o::BIO_free(bio), 1);
            drop(words);
            assert_eq!(o::BIO_free(null_mut()), 0);
        }
    });
}

#[test]
fn a_memory_bio_lends_what_it_holds() {
    at_every_level("a_memory_bio_lends_what_it_holds", || {
        // SAFETY: what the BIO lends is used before it is written to again.
        unsafe {
            let bio = o::BIO_new(o::BIO_s_mem());
            let mut data: *mut c_char = null_mut();
            assert_eq!(o::BIO_ctrl(bio, 3, 0, (&raw mut data).cast()), 0);
            assert_eq!(o::BIO_puts(bio, c"abc".as_ptr()), 3);
            let more = b"def".to_vec();
            let mut written = 0;
            assert_eq!(o::BIO_write_ex(bio, more.as_ptr().cast(), 3, &mut written), 1);
            assert_eq!((o::BIO_write(bio, null(), 0), written), (0, 3));
            let length = o::BIO_ctrl(bio, 3, 0, (&raw mut data).cast());
            assert_eq!(std::slice::from_raw_parts(data.cast::<u8>(), length as usize), b"abcdef");
            let mut block: *mut o::BUF_MEM = null_mut();
            assert_eq!(o::BIO_ctrl(bio, 115, 0, (&raw mut block).cast()), 1);
            assert_eq!((*block).length, 6);
            assert_eq!(o::BIO_up_ref(bio), 1);
            o::BIO_free_all(bio);
            assert_eq!(o::BIO_free(bio), 1);
        }
    });
}

#[test]
fn encoders_move_the_callers_pointer() {
    at_every_level("encoders_move_the_callers_pointer", || {
        let key = key();
        // SAFETY: buffers of the size that the first call tells.
        unsafe {
            let size = o::i2d_PrivateKey(key, null_mut());
            assert!(size > 32);
            let mut buffer = vec![0u8; size as usize];
            let mut at: *mut c_uchar = buffer.as_mut_ptr();
            assert_eq!(o::i2d_PrivateKey(key, &mut at), size);
            assert_eq!(at, buffer.as_mut_ptr().add(buffer.len()));
            // A null pointer there asks for a buffer.
            let mut made: *mut c_uchar = null_mut();
            assert_eq!(o::i2d_PrivateKey(key, &mut made), size);
            assert_eq!(std::slice::from_raw_parts(made, size as usize), &buffer[..]);
            o::CRYPTO_free(made.cast(), c"openssl.rs".as_ptr(), 1);
            let mut read: *const c_uchar = buffer.as_ptr();
            let back = o::d2i_AutoPrivateKey(null_mut(), &mut read, c_long::from(size));
            assert!(!back.is_null());
            assert_eq!(read, buffer.as_ptr().add(buffer.len()));
            o::EVP_PKEY_free(back);
            // Stored there and given back, both.
            let mut place: *mut o::EVP_PKEY = null_mut();
            let mut read: *const c_uchar = buffer.as_ptr();
            let back = o::d2i_AutoPrivateKey(&mut place, &mut read, c_long::from(size));
            assert_eq!(back, place);
            o::EVP_PKEY_free(place);

            let certificate = certificate(key);
            let mut der: *mut c_uchar = null_mut();
            let size = o::i2d_X509(certificate, &mut der);
            assert!(size > 100);
            // Two in one buffer, read one behind the other.
            let mut twice = std::slice::from_raw_parts(der, size as usize).repeat(2);
            twice.shrink_to_fit();
            o::CRYPTO_free(der.cast(), null(), 0);
            let mut read: *const c_uchar = twice.as_ptr();
            for left in [2, 1] {
                let one = o::d2i_X509(null_mut(), &mut read, c_long::from(left * size));
                assert!(!one.is_null());
                o::X509_free(one);
            }
            assert_eq!(read, twice.as_ptr().add(twice.len()));
            assert!(o::d2i_X509(null_mut(), &mut read, 0).is_null());
            o::ERR_clear_error();
            o::X509_free(certificate);
            o::EVP_PKEY_free(key);
        }
    });
}

/// What the server speaks, and how often it was asked.
struct Protocols {
    list: Vec<u8>,
    asked: u32,
}

/// Gives C a pointer into memory that the caller holds.
unsafe extern "C" fn choose(
    _ssl: *mut o::SSL,
    out: *mut *const c_uchar,
    out_len: *mut c_uchar,
    offered: *const c_uchar,
    offered_len: c_uint,
    arg: *mut c_void,
) -> c_int {
    // SAFETY: the pointer that was given with this function.
    let protocols = unsafe { &mut *arg.cast::<Protocols>() };
    protocols.asked += 1;
    let list = &protocols.list;
    // SAFETY: both lists have the lengths told.
    let code = unsafe {
        o::SSL_select_next_proto(out.cast(), out_len, list.as_ptr(), list.len() as c_uint, offered, offered_len)
    };
    assert_eq!(code, 1);
    0
}

#[test]
fn a_conversation() {
    at_every_level("a_conversation", || {
        let key = key();
        let certificate = certificate(key);
        let mut protocols = Box::new(Protocols { list: b"\x02h2\x08http/1.1".to_vec(), asked: 0 });
        // SAFETY: two ends in one thread; all that C keeps lives until both are freed.
        unsafe {
            let server_ctx = o::SSL_CTX_new(o::TLS_method());
            let client_ctx = o::SSL_CTX_new(o::TLS_method());
            assert_eq!(o::SSL_CTX_use_certificate(server_ctx, certificate), 1);
            assert_eq!(o::SSL_CTX_use_PrivateKey(server_ctx, key), 1);
            // SSL_CTX_add_extra_chain_cert: one reference is the context's from now on.
            assert_eq!(o::X509_up_ref(certificate), 1);
            assert_eq!(o::SSL_CTX_ctrl(server_ctx, 14, 0, certificate.cast()), 1);
            o::SSL_CTX_set_alpn_select_cb(server_ctx, Some(choose), (&raw mut *protocols).cast());
            {
                let offered = b"\x08http/1.1\x03foo".to_vec();
                assert_eq!(o::SSL_CTX_set_alpn_protos(client_ctx, offered.as_ptr(), offered.len() as c_uint), 0);
            }
            o::X509_free(certificate);
            o::EVP_PKEY_free(key);
            let (server, client) = (o::SSL_new(server_ctx), o::SSL_new(client_ctx));
            let (mut left, mut right) = (null_mut(), null_mut());
            assert_eq!(o::BIO_new_bio_pair(&mut left, 512, &mut right, 512), 1);
            // One BIO for both directions is taken once.
            o::SSL_set_bio(server, left, left);
            assert_eq!(o::BIO_up_ref(right), 1);
            o::SSL_set0_rbio(client, right);
            o::SSL_set0_wbio(client, right);
            {
                let name = std::ffi::CString::new("example.org").expect("no zero inside");
                assert_eq!(o::SSL_ctrl(client, 55, 0, name.as_ptr().cast_mut().cast()), 1);
            }
            o::SSL_set_accept_state(server);
            o::SSL_set_connect_state(client);
            let mut done = 0;
            for _ in 0..100 {
                let ends = [o::SSL_do_handshake(client), o::SSL_do_handshake(server)];
                done = ends.iter().filter(|end| **end == 1).count();
                if done == 2 {
                    break;
                }
            }
            assert_eq!((done, protocols.asked), (2, 1));
            let (mut chosen, mut length): (*const c_uchar, c_uint) = (null(), 0);
            o::SSL_get0_alpn_selected(client, &mut chosen, &mut length);
            assert_eq!(std::slice::from_raw_parts(chosen, length as usize), b"http/1.1");
            assert_eq!(text(o::SSL_get_servername(server, 0)), "example.org");
            assert_eq!(text(o::SSL_get_version(client)), "TLSv1.3");
            let mut finished = vec![0u8; 12];
            assert!(o::SSL_get_finished(client, finished.as_mut_ptr().cast(), 12) > 12);

            // More than the pair holds: to be repeated with the same buffer, while the other end reads.
            let sent: Vec<u8> = (0..4096_u32).map(|n| n as u8).collect();
            let mut got = Vec::new();
            let mut written = 0;
            let mut repeated = 0;
            loop {
                if o::SSL_write_ex(client, sent.as_ptr().cast(), sent.len(), &mut written) == 1 {
                    break;
                }
                assert_eq!(o::SSL_get_error(client, 0), 3);
                repeated += 1;
                let mut part = vec![0u8; 100];
                let read = o::SSL_read(server, part.as_mut_ptr().cast(), 100);
                got.extend_from_slice(&part[..read.max(0) as usize]);
            }
            assert!(repeated > 0);
            assert_eq!(written, sent.len());
            while got.len() < sent.len() {
                let mut part = vec![0u8; 1000];
                let mut filled = 0;
                assert_eq!(o::SSL_read_ex(server, part.as_mut_ptr().cast(), part.len(), &mut filled), 1);
                got.extend_from_slice(&part[..filled]);
            }
            assert_eq!(got, sent);
            // The handshake's last messages fill the pair: the client reads them before there is room.
            let mut spare = [0u8; 8];
            while o::SSL_write(server, b"ok".as_ptr().cast(), 2) != 2 {
                assert_eq!(o::SSL_read(client, spare.as_mut_ptr().cast(), 8), -1);
            }
            let mut part = [0u8; 8];
            // What the handshake left comes first.
            let mut peeked = 0;
            for _ in 0..8 {
                peeked = o::SSL_peek(client, part.as_mut_ptr().cast(), 8);
                if peeked > 0 {
                    break;
                }
                assert_eq!(
                    o::SSL_get_error(client, peeked),
                    2,
                    "{}",
                    text(o::ERR_error_string(o::ERR_get_error(), null_mut()))
                );
            }
            assert_eq!(peeked, 2);
            assert_eq!(o::SSL_read(client, part.as_mut_ptr().cast(), 8), 2);
            assert_eq!(&part[..2], b"ok");
            let session = o::SSL_get1_session(client);
            assert!(!session.is_null());
            o::SSL_SESSION_free(session);
            o::SSL_free(client);
            o::SSL_free(server);
            o::SSL_CTX_free(client_ctx);
            o::SSL_CTX_free(server_ctx);
        }
        drop(protocols);
    });
}

#[test]
fn the_chosen_protocol_lies_in_one_of_two_lists() {
    at_every_level("the_chosen_protocol_lies_in_one_of_two_lists", || {
        let mine = b"\x01a\x01b".to_vec();
        let theirs = b"\x01b".to_vec();
        let others = b"\x01z".to_vec();
        let (mut out, mut length): (*mut c_uchar, c_uchar) = (null_mut(), 0);
        // SAFETY: the lists have the lengths told.
        unsafe {
            let code = o::SSL_select_next_proto(&mut out, &mut length, mine.as_ptr(), 4, theirs.as_ptr(), 2);
            assert_eq!((code, out.cast_const(), length), (1, mine.as_ptr().add(3), 1));
            let code = o::SSL_select_next_proto(&mut out, &mut length, mine.as_ptr(), 4, others.as_ptr(), 2);
            assert_eq!((code, out.cast_const(), length), (2, others.as_ptr().add(1), 1));
        }
    });
}

unsafe extern "C" fn free_x509(certificate: *mut c_void) {
    // SAFETY: the stack holds certificates.
    unsafe { o::X509_free(certificate.cast()) };
}

#[test]
fn objects_change_hands_if_the_call_succeeds() {
    at_every_level("objects_change_hands_if_the_call_succeeds", || {
        let key = key();
        let certificate = certificate(key);
        // SAFETY: each object is freed by whom it belongs to.
        unsafe {
            let rsa = o::RSA_new();
            let number = o::BN_bin2bn([0xc5u8, 1].as_ptr(), 2, null_mut());
            // Refused: a new key needs both. The number stays the caller's.
            assert_eq!(o::RSA_set0_key(rsa, number, null_mut(), null_mut()), 0);
            let exponent = o::BN_bin2bn([3u8].as_ptr(), 1, null_mut());
            assert_eq!(o::RSA_set0_key(rsa, number, exponent, null_mut()), 1);
            let mut lent: *const o::BIGNUM = null();
            o::RSA_get0_key(rsa, &mut lent, null_mut(), null_mut());
            assert_eq!(lent, number.cast_const());
            assert_eq!(o::BN_num_bits(lent), 16);
            o::RSA_free(rsa);
            o::RSA_free(null_mut());

            let stack = o::OPENSSL_sk_new_null();
            assert_eq!(o::OPENSSL_sk_push(stack, certificate.cast()), 1);
            assert_eq!(o::X509_up_ref(certificate), 1);
            assert_eq!(o::OPENSSL_sk_push(stack, certificate.cast()), 2);
            assert_eq!(o::OPENSSL_sk_value(stack, 1), certificate.cast());
            assert_eq!(o::OPENSSL_sk_num(stack), 2);
            o::OPENSSL_sk_pop_free(stack, Some(free_x509));
            o::EVP_PKEY_free(key);
        }
    });
}

#[test]
fn digests_and_ciphers_copy() {
    at_every_level("digests_and_ciphers_copy", || {
        // SAFETY: buffers as long as the algorithm's blocks want.
        unsafe {
            let md = o::EVP_MD_fetch(null_mut(), c"SHA256".as_ptr(), c"provider=default".as_ptr());
            assert_eq!(text(o::EVP_MD_get0_name(md)), "SHA2-256");
            let ctx = o::EVP_MD_CTX_new();
            assert_eq!(o::EVP_DigestInit_ex(ctx, md, null_mut()), 1);
            assert_eq!(o::EVP_DigestUpdate(ctx, Vec::<u8>::new().as_ptr().cast(), 0), 1);
            assert_eq!(o::EVP_DigestUpdate(ctx, null(), 0), 1);
            assert_eq!(o::EVP_DigestUpdate(ctx, b"abc".to_vec().as_ptr().cast(), 3), 1);
            assert_eq!(o::EVP_MD_CTX_get0_md(ctx), md.cast_const());
            let mut digest = vec![0u8; 32];
            let mut size: c_uint = 0;
            assert_eq!(o::EVP_DigestFinal_ex(ctx, digest.as_mut_ptr(), &mut size), 1);
            assert_eq!((size, &digest[..4]), (32, &[0xba, 0x78, 0x16, 0xbf][..]));
            let mut again = [0u8; 32];
            assert_eq!(o::SHA256(b"abc".as_ptr(), 3, again.as_mut_ptr()), again.as_mut_ptr());
            assert_eq!(o::CRYPTO_memcmp(again.as_ptr().cast(), digest.as_ptr().cast(), 32), 0);
            // Without a buffer the result is a static one.
            let lent = o::SHA256(b"abc".as_ptr(), 3, null_mut());
            assert_eq!(std::slice::from_raw_parts(lent, 32), &digest[..]);
            o::EVP_MD_CTX_free(ctx);
            o::EVP_MD_free(md);

            let (secret, iv) = (vec![1u8; 16], vec![2u8; 16]);
            // In place, exactly.
            let mut block = b"sixteen bytes ok plus".to_vec();
            let plain = block.clone();
            let mut written = 0;
            let cipher = o::EVP_CIPHER_CTX_new();
            let init = o::EVP_EncryptInit_ex(cipher, o::EVP_aes_128_ctr(), null_mut(), secret.as_ptr(), iv.as_ptr());
            assert_eq!(init, 1);
            let at = block.as_mut_ptr();
            assert_eq!(o::EVP_EncryptUpdate(cipher, at, &mut written, at, block.len() as c_int), 1);
            assert_eq!(written, 21);
            assert_eq!(o::EVP_EncryptUpdate(cipher, at, &mut written, null(), 0), 1);
            assert_ne!(block, plain);
            let init = o::EVP_DecryptInit_ex(cipher, o::EVP_aes_128_ctr(), null_mut(), secret.as_ptr(), iv.as_ptr());
            assert_eq!(init, 1);
            let at = block.as_mut_ptr();
            assert_eq!(o::EVP_DecryptUpdate(cipher, at, &mut written, at, block.len() as c_int), 1);
            assert_eq!(block, plain);
            // Block by block the output is longer than the input; key and IV may be set in two steps.
            let none = null();
            let cbc = o::EVP_aes_128_cbc();
            assert_eq!(o::EVP_EncryptInit_ex(cipher, cbc, null_mut(), none, none), 1);
            assert_eq!(o::EVP_EncryptInit_ex(cipher, null(), null_mut(), secret.as_ptr(), iv.as_ptr()), 1);
            let mut packed = vec![0u8; 48];
            assert_eq!(o::EVP_EncryptUpdate(cipher, packed.as_mut_ptr(), &mut written, plain.as_ptr(), 21), 1);
            let mut last = 0;
            assert_eq!(o::EVP_EncryptFinal_ex(cipher, packed.as_mut_ptr().add(16), &mut last), 1);
            assert_eq!((written, last), (16, 16));
            o::EVP_CIPHER_CTX_free(cipher);

            let mut encoded = vec![0u8; 9];
            assert_eq!(o::EVP_EncodeBlock(encoded.as_mut_ptr(), b"four".as_ptr(), 4), 8);
            assert_eq!(&encoded, b"Zm91cg==\0");
            let mut random = vec![0u8; 16];
            assert_eq!(o::RAND_bytes(random.as_mut_ptr(), 16), 1);
            assert_ne!(random, [0; 16]);
            let mut derived = vec![0u8; 20];
            let code = o::PKCS5_PBKDF2_HMAC(
                c"password".as_ptr(),
                -1,
                b"salt".as_ptr(),
                4,
                1,
                o::EVP_sha256(),
                20,
                derived.as_mut_ptr(),
            );
            assert_eq!((code, &derived[..4]), (1, &[0x12, 0x0f, 0xb6, 0xcf][..]));
            let mut mac = [0u8; 32];
            let mut size = 0;
            let key = b"key";
            let given = o::HMAC(o::EVP_sha256(), key.as_ptr().cast(), 3, b"".as_ptr(), 0, mac.as_mut_ptr(), &mut size);
            assert_eq!((given, size), (mac.as_mut_ptr(), 32));
        }
    });
}

#[test]
fn a_signature_tells_its_size_first() {
    at_every_level("a_signature_tells_its_size_first", || {
        let key = key();
        // SAFETY: a null buffer asks for the size, whatever the size was.
        unsafe {
            let ctx = o::EVP_MD_CTX_new();
            assert_eq!(o::EVP_DigestSignInit(ctx, null_mut(), null(), null_mut(), key), 1);
            let mut size = 0;
            assert_eq!(o::EVP_DigestSign(ctx, null_mut(), &mut size, b"text".as_ptr(), 4), 1);
            assert_eq!(size, 64);
            let mut signature = vec![0u8; size];
            assert_eq!(o::EVP_DigestSign(ctx, signature.as_mut_ptr(), &mut size, b"text".as_ptr(), 4), 1);
            o::EVP_MD_CTX_free(ctx);
            let ctx = o::EVP_MD_CTX_new();
            let mut lent: *mut o::EVP_PKEY_CTX = null_mut();
            assert_eq!(o::EVP_DigestVerifyInit(ctx, &mut lent, null(), null_mut(), key), 1);
            assert!(!lent.is_null());
            assert_eq!(o::EVP_DigestVerify(ctx, signature.as_ptr(), 64, b"text".as_ptr(), 4), 1);
            o::EVP_MD_CTX_free(ctx);
            o::EVP_PKEY_free(key);
        }
    });
}

#[test]
fn a_null_signature_has_any_size() {
    at_every_level("a_null_signature_has_any_size", || {
        let key = key();
        // SAFETY: a null buffer asks for the size; what the size was is not read.
        unsafe {
            let ctx = o::EVP_MD_CTX_new();
            assert_eq!(o::EVP_DigestSignInit(ctx, null_mut(), null(), null_mut(), key), 1);
            let mut size = usize::MAX;
            assert_eq!(o::EVP_DigestSign(ctx, null_mut(), &mut size, b"text".as_ptr(), 4), 1);
            assert_eq!(size, 64);
            o::EVP_MD_CTX_free(ctx);
            o::EVP_PKEY_free(key);
        }
    });
}

#[test]
fn static_strings() {
    at_every_level("static_strings", || {
        // SAFETY: strings that the library holds for ever.
        unsafe {
            let name = o::OBJ_nid2sn(672);
            assert_eq!(text(name), "SHA256");
            // What the library gave goes back in.
            assert_eq!(o::OBJ_sn2nid(name), 672);
            let told = text(o::ERR_error_string(0x0a00_0126, null_mut()));
            assert!(told.starts_with("error:0A000126:"), "{told}");
            let mut buffer = vec![0 as c_char; 256];
            assert_eq!(o::ERR_error_string(0x0a00_0126, buffer.as_mut_ptr()), buffer.as_mut_ptr());
            assert_eq!(text(buffer.as_ptr()), told);
            let mut short = vec![0 as c_char; 8];
            o::ERR_error_string_n(0x0a00_0126, short.as_mut_ptr(), 8);
            assert_eq!(text(short.as_ptr()).len(), 7);
        }
    });
}

#[test]
fn user_data_is_handed_back() {
    at_every_level("user_data_is_handed_back", || {
        let boxed = Box::into_raw(Box::new(5_u64));
        // SAFETY: the library looks at none of it.
        unsafe {
            let ctx = o::SSL_CTX_new(o::TLS_method());
            o::SSL_CTX_set_default_passwd_cb_userdata(ctx, boxed.cast());
            assert_eq!(o::SSL_CTX_get_default_passwd_cb_userdata(ctx), boxed.cast());
            let ssl = o::SSL_new(ctx);
            assert_eq!(o::SSL_set_ex_data(ssl, 0, boxed.cast()), 1);
            assert_eq!(o::SSL_get_ex_data(ssl, 0), boxed.cast());
            // A number in a pointer's place.
            assert_eq!(o::SSL_set_ex_data(ssl, 0, std::ptr::without_provenance_mut(17)), 1);
            assert_eq!(o::SSL_get_ex_data(ssl, 0).addr(), 17);
            let checked = o::X509_STORE_CTX_new();
            assert_eq!(o::X509_STORE_CTX_init(checked, null_mut(), null_mut(), null_mut()), 1);
            assert_eq!(o::X509_STORE_CTX_set_ex_data(checked, 0, boxed.cast()), 1);
            assert_eq!(o::X509_STORE_CTX_get_ex_data(checked, 0), boxed.cast());
            // This stack stays the caller's.
            let stack = o::OPENSSL_sk_new_null();
            o::X509_STORE_CTX_set0_untrusted(checked, stack.cast());
            o::X509_STORE_CTX_free(checked);
            o::OPENSSL_sk_free(stack);
            o::SSL_free(ssl);
            // Nothing of it is used when the context goes.
            drop(Box::from_raw(boxed));
            o::SSL_CTX_free(ctx);
        }
    });
}

unsafe extern "C" fn take(size: usize, _file: *const c_char, _line: c_int) -> *mut c_void {
    // SAFETY: libc's own function takes any size.
    unsafe { libc::malloc(size) }
}

unsafe extern "C" fn change(at: *mut c_void, size: usize, _file: *const c_char, _line: c_int) -> *mut c_void {
    // SAFETY: a block that `take` gave.
    unsafe { libc::realloc(at, size) }
}

unsafe extern "C" fn give(at: *mut c_void, _file: *const c_char, _line: c_int) {
    // SAFETY: a block that `take` gave.
    unsafe { libc::free(at) };
}

#[test]
fn an_allocator_for_the_process() {
    at_every_level("an_allocator_for_the_process", || {
        // SAFETY: nothing was allocated before; the functions live as long as the process.
        unsafe {
            assert_eq!(o::CRYPTO_set_mem_functions(Some(take), Some(change), Some(give)), 1);
            let block = o::CRYPTO_malloc(10, c"here".as_ptr(), 1);
            assert!(!block.is_null());
            o::CRYPTO_free(block, c"here".as_ptr(), 2);
            let bio = o::BIO_new(o::BIO_s_mem());
            assert_eq!(o::BIO_puts(bio, c"kept".as_ptr()), 4);
            assert_eq!(o::BIO_free(bio), 1);
        }
    });
}
