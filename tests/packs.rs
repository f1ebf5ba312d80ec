//! The shipped packs: readable, and each function as the installed header declares it.

use pinned_ffi_codegen::Builder;
use pinned_ffi_codegen::config::{ClangArgs, WrapperSource};
use pinned_ffi_codegen::contract::{Source, pack};
use pinned_ffi_codegen::model::{PointerKind, Ty};
use pinned_ffi_codegen::read::{clang, libclang};

#[test]
fn every_pack_reads_without_a_complaint() {
    let diagnostics = pack::mistakes();
    assert!(diagnostics.is_empty(), "{diagnostics}");
    let packs = pack::shipped();
    assert!(packs.functions().count() > 130);
    assert!(["iovec", "msghdr", "mmsghdr"].iter().all(|record| packs.record(record).is_some()));
}

/// Each library's headers, and the Debian package that has them.
const HEADERS: &[(&str, &str, &str)] = &[
    (
        "libc",
        "libc6-dev",
        "sys/uio.h sys/socket.h unistd.h sys/mman.h stdio.h string.h strings.h stdlib.h poll.h aio.h pthread.h semaphore.h \
         time.h sys/time.h pwd.h grp.h shadow.h netdb.h arpa/inet.h ifaddrs.h net/if.h spawn.h sys/wait.h sys/prctl.h \
         locale.h langinfo.h iconv.h libintl.h wchar.h search.h regex.h glob.h fnmatch.h ftw.h dirent.h sys/shm.h \
         sys/epoll.h sys/select.h sys/eventfd.h sys/timerfd.h signal.h dlfcn.h syslog.h libgen.h getopt.h fcntl.h \
         sys/stat.h sys/ioctl.h mqueue.h execinfo.h crypt.h sys/resource.h sys/statfs.h sys/statvfs.h utime.h termios.h \
         sched.h sys/sysinfo.h sys/utsname.h sys/times.h sys/ipc.h sys/msg.h sys/sem.h wordexp.h fts.h envz.h argz.h error.h mntent.h",
    ),
    ("zlib", "zlib1g-dev", "zlib.h"),
    ("bzip2", "libbz2-dev", "bzlib.h"),
    ("lzma", "liblzma-dev", "lzma.h"),
    ("zstd", "libzstd-dev", "zstd.h"),
    ("lz4", "liblz4-dev", "lz4.h lz4frame.h lz4hc.h"),
    ("expat", "libexpat1-dev", "expat.h"),
    ("sqlite3", "libsqlite3-dev", "sqlite3.h"),
    ("libuv", "libuv1-dev", "uv.h"),
    ("curl", "libcurl4-openssl-dev", "curl/curl.h"),
    ("postgres", "libpq-dev", "libpq-fe.h"),
    (
        "openssl",
        "libssl-dev",
        "openssl/ssl.h openssl/evp.h openssl/bio.h openssl/err.h openssl/pem.h openssl/x509v3.h openssl/rand.h openssl/hmac.h \
         openssl/sha.h openssl/md5.h openssl/kdf.h",
    ),
    ("x11", "libx11-dev libxt-dev", "X11/Xlib.h X11/Xutil.h X11/Xresource.h X11/Intrinsic.h"),
    ("ncurses", "libncurses-dev", "ncurses.h menu.h form.h panel.h"),
];

/// What makes headers declare all that packs speak of.
const DEFINES: &str = "#define _GNU_SOURCE\n#define ZSTD_STATIC_LINKING_ONLY\n#define XUTIL_DEFINE_FUNCTIONS\n";

/// Functions of later versions than a system has that is in use: compared where they are declared.
const LATER: &[&str] = &["sqlite3_get_clientdata", "sqlite3_set_clientdata", "XML_SetReparseDeferralEnabled"];

/// Folders that a library's headers need beside the compiler's own.
const FOLDERS: &[&str] = &["/usr/include/postgresql"];

#[test]
fn every_function_is_as_the_header_declares_it() {
    let lib = libclang::open().unwrap_or_else(|error| panic!("{error}"));
    let args = ClangArgs { args: FOLDERS.iter().map(|folder| format!("-I{folder}")).collect() };
    let mut checked = 0;
    for (library, package, headers) in HEADERS {
        let includes = headers
            .split_whitespace()
            .map(|header| format!("#if __has_include(<{header}>)\n#include <{header}>\n#endif\n"));
        let text = format!("{DEFINES}#include <stddef.h>\n{}", includes.collect::<String>());
        let source = WrapperSource { name: "packs.h".into(), text };
        let raw = clang::read(&source, &args, &lib).unwrap_or_else(|errors| panic!("{library}: {errors:?}"));
        let entries =
            || pack::shipped().functions().filter(|(_, entry)| entry.pack().split('/').next() == Some(library));
        if entries().count() == 0 {
            continue;
        }
        if !entries().any(|(name, _)| raw.functions.iter().any(|function| function.name == name)) {
            println!("skipped: {library}: package {package} is not installed");
            continue;
        }
        for (name, entry) in entries() {
            if LATER.contains(&name) && !raw.functions.iter().any(|function| function.name == name) {
                println!("skipped: {library}: {name} is of a later version");
                continue;
            }
            same_shape(name, entry, &raw);
            checked += 1;
        }
    }
    println!("{checked} functions compared");
    assert!(checked > 130);
}

/// The pack's declaration has the header's parameters, and pointers where the header has pointers.
fn same_shape(name: &str, entry: &pack::Entry, raw: &clang::RawAttrs) {
    let Some(declared) = raw.functions.iter().find(|function| function.name == name) else {
        panic!("{}: {name} is not declared by this system's headers", entry.pack());
    };
    assert_eq!(entry.function.params.len(), declared.params.len(), "{name}");
    assert_eq!(entry.function.is_variadic, declared.variadic, "{name}");
    for (ours, theirs) in entry.function.params.iter().zip(&declared.params) {
        let theirs = theirs.ty.canonical.as_str();
        // glibc writes socket addresses as a transparent union of pointers.
        let is_function = matches!(ours.ty, Ty::FnPointer) || theirs.contains("(*)") || theirs.contains("SOCKADDR");
        match &ours.ty {
            Ty::Pointer(pointer) if pointer.kind == PointerKind::Raw && !is_function => {
                assert!(
                    theirs.ends_with('*')
                        || theirs.ends_with(']')
                        || theirs.ends_with("restrict")
                        || theirs.ends_with("const"),
                    "{name}, {}: {theirs}",
                    ours.name
                );
            }
            Ty::Number => {
                assert!(!theirs.contains('*') && !theirs.contains('['), "{name}, {}: {theirs}", ours.name);
            }
            _ => {}
        }
    }
}

#[test]
fn forms_come_with_what_they_call_first() {
    let names = |allow: &str| {
        let output = match Builder::new().header("expat.h").allow(allow).generate() {
            Ok(bindings) => bindings.output,
            Err(errors) if errors.to_string().contains("file not found") => return None,
            Err(errors) => panic!("{errors}"),
        };
        Some(output.header.functions.iter().map(|function| function.name.clone()).collect::<Vec<_>>())
    };
    let Some(alone) = names("XML_Set(External)?E.*Handler|XML_SetHandlers") else {
        return println!("skipped: expat: package libexpat1-dev is not installed");
    };
    assert!(alone.iter().any(|name| name == "XML_SetElementHandler"), "{alone:?}");
    assert!(!alone.iter().any(|name| name.ends_with("Handlers") || name.ends_with("Closure")), "{alone:?}");
    let some = names("XML_Set(Element|CharacterData).*|XML_SetUserData|XML_Set.*Handlers").expect("it was there");
    let has = |name: &str| some.iter().any(|other| other == name);
    assert!(has("XML_SetHandlers") && !has("XML_SetAllHandlers"), "{some:?}");
}

/// The allowed functions of OpenSSL's headers with what is said of each, a line per function.
fn openssl(allow: &str) -> Option<String> {
    let headers = ["openssl/ssl.h", "openssl/x509v3.h", "openssl/cms.h", "openssl/ct.h"];
    let builder = headers.iter().fold(Builder::new().allow(allow), |builder, header| builder.header(*header));
    let output = match builder.generate() {
        Ok(bindings) => bindings.output,
        Err(errors) if errors.to_string().contains("file not found") => {
            println!("skipped: openssl: package libssl-dev is not installed");
            return None;
        }
        Err(errors) => panic!("{errors}"),
    };
    let mut text = String::new();
    for (function, contract) in output.header.functions.iter().zip(&output.contracts.functions) {
        text.push_str(&function.name);
        let by_rule = |source: &Source| *source == Source::Pack("openssl/naming");
        for facts in &contract.params {
            for said in [
                facts.escape.as_ref().filter(|fact| by_rule(&fact.source)).map(|fact| fact.value.to_string()),
                facts.pointee.as_ref().filter(|fact| by_rule(&fact.source)).map(|fact| fact.value.to_string()),
            ]
            .into_iter()
            .flatten()
            {
                text.push_str(&format!("; {}: {said}", facts.name));
            }
        }
        for fact in contract.returns.iter().filter(|fact| by_rule(&fact.source)) {
            text.push_str(&format!("; -> {}", fact.value));
        }
        text.push('\n');
    }
    Some(text)
}

#[test]
fn openssl_names_say_who_owns() {
    let Some(text) = openssl("(SSL|X509|EVP|BIO|CMS|OPENSSL|RSA|BN|PKCS7|SCT|ASN1|d2i|i2d|BUF)_.*") else { return };
    println!("{text}");
    let line = |name: &str| text.lines().find(|line| line.split(';').next() == Some(name)).unwrap_or("not declared");
    for (name, said) in [
        ("SSL_CTX_new", "-> owned, free = SSL_CTX_free, nullable, opaque"),
        ("BN_new", "-> owned, free = BN_free, nullable, opaque"),
        ("BIO_new", "-> owned, free = BIO_free, nullable, opaque"),
        ("SSL_SESSION_free", "ses: transfer"),
        ("X509_up_ref", "x: noescape"),
        ("X509_get0_notBefore", "-> borrowed = x, opaque"),
        ("EVP_MD_get0_name", "-> borrowed = md, null_terminated"),
        ("SSL_get1_session", "-> owned, free = SSL_SESSION_free, nullable, opaque"),
        ("EVP_PKEY_get1_RSA", "-> owned, free = RSA_free, nullable, opaque"),
        ("RSA_set0_factors", "p: transfer(free = BN_free) when success; q: transfer(free = BN_free) when success"),
        ("SSL_set0_rbio", "rbio: transfer(free = BIO_free)"),
        ("CMS_add0_cert", "cert: transfer(free = X509_free) when success"),
        ("SSL_set1_host", "hostname: noescape"),
        (
            "d2i_X509",
            "a: noescape; a: nullable, opaque; in_: noescape; in_: sized_by(len), input, advances; \
             -> owned, free = X509_free, borrowed = a, nullable, opaque",
        ),
        ("i2d_X509", "a: noescape; out: noescape; out: nullable, out, advances"),
    ] {
        assert_eq!(line(name), format!("{name}; {said}"));
    }
    for name in [
        "BIO_push",
        "CMS_RecipientInfo_kari_set0_pkey_and_peer",
        "EVP_MD_get0_provider",
        "OPENSSL_sk_push",
        "SSL_SRP_CTX_free",
        "SSL_get0_security_ex_data",
        "X509_STORE_CTX_get0_parent_ctx",
        "X509_STORE_CTX_set0_untrusted",
    ] {
        assert_eq!(line(name), name);
    }
}
