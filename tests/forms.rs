//! Typed forms of variadic functions, called: through a header and through a block.

#![allow(clippy::multiple_unsafe_ops_per_block, reason = "a test is a row of calls; one proof stands for the row")]

use pinned_ffi::pinned_ffi;
use pinned_ffi_codegen::Builder;
use std::ffi::{CStr, c_char, c_int, c_long};

#[pinned_ffi(
    header = ["fcntl.h", "unistd.h", "sys/ioctl.h", "sys/prctl.h"],
    define = "_GNU_SOURCE",
    allow = "open|fcntl|ioctl|prctl|pipe|write|close",
    safe = "open_with_mode|prctl_set_dumpable|fcntl_getfd"
)]
mod c {
    unsafe extern "C" {
        // Of the user's own, on a function that has forms in a pack.
        #[form_of(ioctl, request = FIONBIO)]
        fn set_nonblocking(
            fd: c_int,
            #[input]
            #[nonnull]
            #[one]
            argp: *const c_int,
        ) -> c_int;
        // In place of the pack's.
        #[form_of(fcntl, cmd = F_GETFD)]
        safe fn fcntl_getfd(fd: c_int) -> c_int;
    }
}

#[test]
fn open_with_a_mode() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("made").to_string_lossy().into_owned() + "\0";
    let path = CStr::from_bytes_with_nul(path.as_bytes()).expect("one zero");
    let flags = libc::O_CREAT | libc::O_WRONLY;
    let fd = c::open_with_mode(path, flags, 0o600).expect("the file is made");
    assert_eq!(c::fcntl_getfd(fd).expect("an open descriptor"), 0);
    // SAFETY: an open descriptor.
    unsafe {
        assert_eq!(c::fcntl_getfl(fd) & libc::O_WRONLY, libc::O_WRONLY);
        assert_eq!(c::fcntl_setfl(fd, libc::O_APPEND), 0);
        assert_ne!(c::fcntl_getfl(fd) & libc::O_APPEND, 0);
        assert_eq!(c::close(fd), 0);
    }
    assert!(c::open_with_mode(c"/nowhere/at/all", flags, 0o600).is_err());
}

#[test]
fn bytes_in_a_pipe() {
    let (mut ends, mut waiting) = ([-1; 2], -1);
    // SAFETY: room for two descriptors; then for one number.
    unsafe {
        assert_eq!(c::pipe(ends.as_mut_ptr()), 0);
        assert_eq!(c::write(ends[1], b"seven b".as_ptr().cast(), 7), 7);
        assert_eq!(c::ioctl_fionread(ends[0], &mut waiting), 0);
        assert_eq!(c::set_nonblocking(ends[0], &1), 0);
        assert_ne!(c::fcntl_getfl(ends[0]) & libc::O_NONBLOCK, 0);
    }
    assert_eq!(waiting, 7);
}

#[test]
fn the_name_of_a_thread() {
    let mut name = [0 as c_char; 16];
    // SAFETY: a C string, and room for 16 bytes.
    unsafe {
        assert_eq!(c::prctl_set_name(c"typed".as_ptr()), 0);
        assert_eq!(c::prctl_get_name(name.as_mut_ptr()), 0);
        assert_eq!(CStr::from_ptr(name.as_ptr()), c"typed");
    }
    c::prctl_set_dumpable(1).expect("1 is allowed");
}

/// Constants of the block's own scope, functions that are not variadic, and a function in a number's place.
mod block {
    use super::{c_int, c_long};

    const DECIMAL: c_int = 10;

    #[pinned_ffi::pinned_ffi]
    unsafe extern "C" {
        fn strtol(
            #[null_terminated] text: *const std::ffi::c_char,
            #[out]
            #[nullable]
            #[one]
            end: *mut *mut std::ffi::c_char,
            base: c_int,
        ) -> c_long;
        /// A decimal number.
        #[form_of(strtol, end = 0, base = DECIMAL)]
        pub(super) safe fn decimal(
            #[null_terminated]
            #[noescape]
            text: *const std::ffi::c_char,
        ) -> c_long;
        fn probe_is_marked(f: Option<unsafe extern "C" fn(*const i32, *const i32) -> c_int>) -> c_int;
        #[form_of(probe_is_marked, f = -1)]
        pub(super) safe fn marked() -> c_int;
        #[form_of(probe_is_marked, f = 0)]
        pub(super) safe fn unmarked() -> c_int;
    }
}

#[link(name = "probe", kind = "static")]
unsafe extern "C" {}

#[test]
fn forms_in_a_block() {
    let number: c_long = block::decimal(c"0x12");
    assert_eq!(number, 0, "in base 10 the x ends it");
    assert_eq!((block::marked(), block::unmarked()), (1, 0));
}

fn refused(contracts: &str) -> String {
    let builder = Builder::new().header("fcntl.h").allow("fcntl").contracts(contracts);
    builder.generate().map(|_| ()).expect_err("that should have been refused").to_string()
}

#[test]
fn forms_that_cannot_be() {
    for (form, fragments) in [
        ("#[form_of(fcnt, cmd = 1)] fn f(fd: c_int) -> c_int;", ["`f` is a form of `fcnt`", "declare `fcnt`"]),
        ("#[form_of(fcntl, what = 1)] fn f(fd: c_int) -> c_int;", ["no parameter `what`", "are fd, cmd"]),
        ("#[form_of(fcntl, cmd = 1)] fn f() -> c_int;", ["`f` has 0 parameters, and 1 or more", "in order"]),
        (
            "#[form_of(fcntl, cmd = F_GETFK)] fn f(fd: c_int) -> c_int;",
            ["the constant `F_GETFK`", "did you mean `F_GETFD`?"],
        ),
        ("#[form_of(fcntl, cmd = 1)] fn f(fd: c_int, a: Other) -> c_int;", ["needs the type `Other`", "full path"]),
        ("#[form_of(fcntl, cmd = 1, cmd = 2)] fn f(fd: c_int) -> c_int;", ["fixes `cmd` twice", "keep one"]),
    ] {
        let text = refused(&format!("unsafe extern \"C\" {{ {form} }}"));
        assert!(text.contains("error[PB018]"), "{form}: {text}");
        for fragment in fragments {
            assert!(text.contains(fragment), "{form} does not say {fragment:?}: {text}");
        }
    }
    let text = refused("unsafe extern \"C\" { #[form_of(fcntl, cmd = 1)] fn fcntl(fd: c_int) -> c_int; }");
    assert!(text.contains("error[PB008]"), "{text}");
}

/// A form of the user's own takes over what holds of its function, and the cases that its constants decide.
#[test]
fn what_a_form_inherits() {
    let header = "tests/corpus/sqlite3_curl.h";
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus/sqlite3_curl.h");
    let bindings = Builder::new()
        .header(path)
        .contracts(
            r#"unsafe extern "C" {
                #[errno]
                fn mine_keep(
                    #[input] #[nonnull] #[sized_by(n * size)]
                    #[noescape(when(how == 1))] #[retained(forever, when(how == 2))] #[transfer(free = free)]
                    data: *const c_void,
                    n: size_t, size: size_t, how: c_int,
                ) -> c_int;
                #[form_of(mine_keep, size = 4, how = 1)] fn copied(data: *const c_void, n: size_t) -> c_int;
                #[form_of(mine_keep, how = 2)] fn kept(data: *const c_void, n: size_t, size: size_t) -> c_int;
                #[form_of(mine_keep, n = 1, how = 3)] fn given(block: *const c_void, bytes: size_t) -> c_int;
                #[form_of(mine_keep, how = MINE_HOW)] fn undecided(data: *const c_void, n: size_t, size: size_t) -> c_int;
            }"#,
        )
        .generate()
        .unwrap_or_else(|errors| panic!("{header}: {errors}"));
    let (header, contracts) = (&bindings.output.header, &bindings.output.contracts);
    for (name, extent, escape) in [
        ("copied", "sized_by((n * 4))", "noescape"),
        ("kept", "sized_by((n * size))", "retained(forever)"),
        ("given", "sized_by((1 * bytes))", "transfer(free = free)"),
        ("undecided", "sized_by((n * size))", ""),
    ] {
        let place = header.functions.iter().position(|function| function.name == name).expect("the form is there");
        let contract = &contracts.functions[place];
        let data = &contract.params[0];
        let found = data.extent.as_ref().map(|fact| fact.value.to_string().replace(['(', ')'], ""));
        assert_eq!(found, Some(extent.replace(['(', ')'], "")), "{name}");
        let found = data.escape.as_ref().map(|fact| fact.value.to_string()).unwrap_or_default();
        assert_eq!(found, escape, "{name}");
        assert!(data.nullability.is_some() && contract.errno.is_some(), "{name}");
    }
}
