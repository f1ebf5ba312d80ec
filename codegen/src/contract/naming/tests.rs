//! The rules on functions written by hand, as OpenSSL's headers declare them and as others do.

use super::super::axes::FnContract;
use super::apply;
use crate::model::{Function, Header};
use crate::read::block;
use std::fmt::Write;

/// What the rules say of one function of a block, read as if it stood in that header.
fn said_of(name: &str, file: &str, block: &str) -> String {
    let block = syn::parse_str(&format!("unsafe extern \"C\" {{ {block} }}")).expect("the test's block");
    let (mut header, _) = block::read(block).expect("the test's block");
    let opaque = |name: &str| crate::model::Record {
        name: name.into(),
        is_union: false,
        is_opaque: name.ends_with("_st"),
        fields: Vec::new(),
    };
    header.records = ["x509_st", "rsa_st", "bignum_st", "ssl_st", "bio_st", "Open"].map(opaque).into();
    for (alias, record) in
        [("X509", "x509_st"), ("RSA", "rsa_st"), ("BIGNUM", "bignum_st"), ("SSL", "ssl_st"), ("BIO", "bio_st")]
    {
        header.aliases.insert(alias.into(), crate::model::Ty::Named(record.into()));
    }
    for function in &mut header.functions {
        function.location = Some(format!("{file}:12:3"));
    }
    let function = header.functions.iter().find(|function| function.name == name).expect("declared");
    told(function, &header)
}

fn told(function: &Function, header: &Header) -> String {
    let mut contract = FnContract::new(function);
    apply(&mut contract, function, header);
    let mut out = String::new();
    for facts in &contract.params {
        let mut words = Vec::new();
        words.extend(facts.opaque.as_ref().map(|_| "opaque".to_owned()));
        words.extend(facts.nullability.as_ref().map(|fact| fact.value.to_string()));
        words.extend(facts.escape.as_ref().map(|fact| fact.value.to_string()));
        words.extend(facts.pointee.as_ref().map(|fact| format!("pointee({})", fact.value)));
        if !words.is_empty() {
            let _ = write!(out, "{}: {}; ", facts.name, words.join(", "));
        }
    }
    if let Some(fact) = &contract.success {
        let _ = write!(out, "{}; ", fact.value);
    }
    for fact in &contract.returns {
        assert_eq!(fact.source.to_string(), "pack:openssl/naming");
        let _ = write!(out, "-> {}; ", fact.value);
    }
    out.trim_end_matches("; ").to_owned()
}

const FILE: &str = "/usr/include/openssl/x509.h";

#[test]
fn names_say_who_owns() {
    let frees = "fn X509_free(a: *mut X509); fn RSA_free(r: *mut RSA); fn BN_new() -> *mut BIGNUM; \
                 fn BN_free(a: *mut BIGNUM); fn BN_clear_free(a: *mut BIGNUM);";
    let cases = [
        (
            "X509_get0_rsa",
            "fn X509_get0_rsa(x: *const X509, n: c_int) -> *mut RSA;",
            "x: opaque; -> borrowed = x, opaque",
        ),
        ("EVP_PKEY_get0", "fn EVP_PKEY_get0(x: *const RSA) -> *mut c_void;", "x: opaque; -> borrowed = x, opaque"),
        (
            "X509_get0_name",
            "fn X509_get0_name(x: *const X509) -> *const c_char;",
            "x: opaque; -> borrowed = x, null_terminated",
        ),
        ("X_get0_data", "fn X_get0_data(x: *const X509) -> *const c_uchar;", "x: opaque; -> borrowed = x"),
        (
            "SSL_get1_cert",
            "fn SSL_get1_cert(s: *const SSL) -> *mut X509;",
            "s: opaque; -> owned, free = X509_free, nullable, opaque",
        ),
        (
            "P_get1_RSA",
            "fn P_get1_RSA(s: *mut SSL) -> *mut rsa_st;",
            "s: opaque; -> owned, free = RSA_free, nullable, opaque",
        ),
        ("SSL_get1_s", "fn SSL_get1_s(s: *mut SSL) -> *mut SSL;", "s: opaque; -> owned, nullable, opaque"),
        ("X_get1_n", "fn X_get1_n(s: *mut SSL) -> *mut c_char;", "s: opaque; -> owned, nullable, null_terminated"),
        ("BN_new", "", "-> owned, free = BN_free, nullable, opaque"),
        (
            "RSA_set0_key",
            "fn RSA_set0_key(r: *mut RSA, n: *mut BIGNUM, e: *mut BIGNUM) -> c_int;",
            "r: opaque; n: opaque, transfer(free = BN_free) when success; e: opaque, transfer(free = BN_free) when success; \
             result > 0",
        ),
        ("SSL_set0_rbio", "fn SSL_set0_rbio(s: *mut SSL, b: *mut BIO);", "s: opaque; b: opaque, transfer"),
        (
            "X_add0_id",
            "fn X_add0_id(x: *mut SSL, id: *mut Open) -> *mut Open;",
            "x: opaque; id: transfer when success; result != 0",
        ),
        (
            "SSL_set1_host",
            "fn SSL_set1_host(s: *mut SSL, host: *const c_char, with: *mut X509, n: c_int) -> c_int;",
            "s: opaque; host: noescape; with: opaque, noescape",
        ),
        ("X509_free", "", "a: opaque, nullable, transfer"),
        ("BN_free", "", "a: opaque, nullable, transfer"),
        ("X509_up_ref", "fn X509_up_ref(x: *mut X509) -> c_int;", "x: opaque, noescape; result > 0"),
        (
            "d2i_X509",
            "fn d2i_X509(a: *mut *mut X509, pp: *mut *const c_uchar, len: c_long) -> *mut X509;",
            "a: nullable, noescape, pointee(nullable, opaque); pp: nonnull, noescape, pointee(sized_by(len), input, advances); \
             -> owned, free = X509_free, borrowed = a, nullable, opaque",
        ),
        (
            "d2i_Key",
            "fn d2i_Key(t: c_int, a: *mut *mut RSA, pp: *mut *const u8, length: c_long) -> *mut RSA;",
            "a: nullable, noescape, pointee(nullable, opaque); \
             pp: nonnull, noescape, pointee(sized_by(length), input, advances); \
             -> owned, free = RSA_free, borrowed = a, nullable, opaque",
        ),
        (
            "d2i_X509_bio",
            "fn d2i_X509_bio(b: *mut BIO, x: *mut *mut X509) -> *mut X509;",
            "b: opaque; x: nullable, noescape, pointee(nullable, opaque); \
             -> owned, free = X509_free, borrowed = x, nullable, opaque",
        ),
        (
            "i2d_X509",
            "fn i2d_X509(a: *const X509, pp: *mut *mut c_uchar) -> c_int;",
            "a: opaque, noescape; pp: nullable, noescape, pointee(nullable, out, advances)",
        ),
    ];
    for (name, declared, expected) in cases {
        assert_eq!(said_of(name, FILE, &format!("{frees}{declared}")), expected, "{name}");
    }
}

#[test]
fn what_the_rules_do_not_cover_stays_open() {
    let cases = [
        // Another library, and another folder.
        ("X509_get0_rsa", "/usr/include/other/x.h", "fn X509_get0_rsa(x: *const X509) -> *mut RSA;"),
        ("X509_free", "/usr/include/openssl.h", "fn X509_free(x: *mut X509);"),
        // No handle to borrow from, or nothing borrowed.
        ("BN_get0_prime", FILE, "fn BN_get0_prime() -> *const BIGNUM;"),
        ("X509_get0", FILE, "fn X509_get0(n: c_int) -> *mut X509;"),
        ("RSA_get0_key", FILE, "fn RSA_get0_key(r: *const RSA, n: *mut *const BIGNUM);"),
        // The user's own data, and objects that live on.
        ("SSL_get0_security_ex_data", FILE, "fn SSL_get0_security_ex_data(s: *const SSL) -> *mut c_void;"),
        ("RSA_meth_set0_app_data", FILE, "fn RSA_meth_set0_app_data(r: *mut RSA, d: *mut c_void) -> c_int;"),
        ("EVP_MD_get0_provider", FILE, "fn EVP_MD_get0_provider(r: *const RSA) -> *const OSSL_PROVIDER;"),
        ("X_set0_algor_ex", FILE, "fn X_set0_algor_ex(r: *mut RSA, x: *const X509, c: *mut OSSL_LIB_CTX) -> c_int;"),
        ("X509_STORE_CTX_set0_untrusted", FILE, "fn X509_STORE_CTX_set0_untrusted(c: *mut SSL, s: *mut X509);"),
        ("PKCS7_get0_signers", FILE, "fn PKCS7_get0_signers(p: *mut SSL) -> *mut X509;"),
        // Not what the word means.
        ("BIO_get0123", FILE, "fn BIO_get0123(b: *mut BIO) -> *mut BIO;"),
        ("BIO_push", FILE, "fn BIO_push(b: *mut BIO, append: *mut BIO) -> *mut BIO;"),
        ("SSL_SRP_CTX_free", FILE, "fn SSL_SRP_CTX_free(s: *mut SSL) -> c_int;"),
        ("CRYPTO_free", FILE, "fn CRYPTO_free(p: *mut c_void, file: *const c_char, line: c_int);"),
        ("X509V3_section_free", FILE, "fn X509V3_section_free(c: *mut SSL, s: *mut Open);"),
        ("X509_get_new_index", FILE, "fn X509_get_new_index(n: c_int) -> c_int;"),
        ("d2i_X509_at", FILE, "fn d2i_X509_at(pp: *mut *const c_uchar, len: c_long) -> *mut X509;"),
        ("i2d_X509_bio", FILE, "fn i2d_X509_bio(b: *mut BIO, x: *const X509) -> c_int;"),
    ];
    for (name, file, declared) in cases {
        assert_eq!(said_of(name, file, declared), "", "{name}");
    }
}
