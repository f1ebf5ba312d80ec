//! Headers with mistakes, odd headers, and the second run.

use pinned_ffi_codegen::{Bindings, Builder};
use std::path::{Path, PathBuf};

fn corpus(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(name).display().to_string()
}

fn refused(builder: &Builder) -> String {
    match builder.generate() {
        Ok(_) => panic!("that should have been refused"),
        Err(errors) => errors.to_string(),
    }
}

fn generated(builder: &Builder) -> Bindings {
    builder.generate().unwrap_or_else(|errors| panic!("{errors}"))
}

#[test]
fn a_missing_header_is_named() {
    let text = refused(&Builder::new().header("no/such/header.h"));
    assert!(text.contains("error[PB011]") && text.contains("'no/such/header.h' file not found"), "{text}");
    assert!(text.contains("help: install the package"), "{text}");
}

#[test]
fn a_c_error_keeps_clangs_words_and_place() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("broken header.h");
    std::fs::write(&path, "int fine(void);\nint broken(unknown_t x);\n").expect("the folder can be written");
    let text = refused(&Builder::new().header(path.display().to_string()));
    assert!(text.contains("unknown type name 'unknown_t'"), "{text}");
    assert!(text.contains("broken header.h:2:12"), "{text}");
}

#[test]
fn no_header_at_all() {
    let text = refused(&Builder::new());
    assert!(text.contains("no header is named"), "{text}");
}

#[test]
fn a_name_that_nobody_declares() {
    let text = refused(&Builder::new().header("sys/uio.h").allow("readv|writw"));
    assert!(text.contains("`allow` names `writw`") && text.contains("did you mean `writev`?"), "{text}");
    let text = refused(&Builder::new().header("sys/uio.h").allow("readv").safe("readvv"));
    assert!(text.contains("`safe` names `readvv`"), "{text}");
    let text = refused(&Builder::new().header("sys/uio.h").allow("nothing_.*"));
    assert!(text.contains("no function of sys/uio.h matches `allow`"), "{text}");
    let text = refused(&Builder::new().header("sys/uio.h").allow("(readv"));
    assert!(text.contains("`allow` takes a regular expression"), "{text}");
}

#[test]
fn a_contract_for_what_nobody_declares() {
    let builder = Builder::new().header("sys/uio.h").allow("readv");
    let text = refused(&builder.clone().contracts("unsafe extern \"C\" { fn redv(fd: c_int); }"));
    assert!(text.contains("a contract is given for `redv`") && text.contains("did you mean `readv`?"), "{text}");
    let text = refused(&builder.clone().contracts("unsafe extern \"C\" { fn readv(fd: c_int); }"));
    assert!(text.contains("has 1 parameters, the header declares 3"), "{text}");
    let text = refused(&builder.clone().contracts("fn readv()"));
    assert!(text.contains("PB002") && text.contains("contracts:"), "{text}");
    let text = refused(&builder.contracts(
        "unsafe extern \"C\" { fn readv(fd: c_int, #[counted_by(n)] iov: *const iovec, iovcnt: c_int) -> ssize_t; }",
    ));
    assert!(text.contains("`readv` has no parameter `n`"), "{text}");
}

#[test]
fn odd_declarations_are_wrapped_or_skipped_with_a_reason() {
    let bindings = generated(&Builder::new().header(corpus("odd.h")));
    let text = bindings.text();
    let skipped = |name: &str| {
        bindings
            .output
            .header
            .skipped
            .iter()
            .find(|skipped| skipped.name == name)
            .map(|skipped| skipped.reason.as_str())
    };
    assert!(skipped("odd_variadic").is_some_and(|reason| reason.contains("variadic")), "{text}");
    assert!(skipped("odd_inline").is_some_and(|reason| reason.contains("static inline")), "{text}");
    assert!(text.contains("// passes through: odd_variadic"), "{text}");
    // What a call of the handle's function shows may be learnt, though no rule looks at it.
    let wrapped =
        ["odd_bits", "odd_flexible", "odd_union", "odd_callback", "odd_keyword", "odd_array", "odd_list", "odd_handle"];
    for name in wrapped {
        assert!(text.contains(&format!("pub unsafe fn {name}(")), "{name} has no wrapper: {text}");
    }
    // With nothing to look at a function is C's own.
    let name = "odd_by_value";
    assert!(text.contains(&format!("pub fn {name}(")), "{name} is not declared: {text}");
    assert!(!text.contains(&format!("unsafe fn {name}(")), "{name} has a wrapper: {text}");
    assert!(text.split("pub use self::raw::").skip(1).any(|uses| uses.contains(name)), "{name}: {text}");
    // Nothing vanishes: each declared function is wrapped, passed through, or skipped.
    let wrapped = bindings.output.plans.len();
    let others = bindings.output.header.skipped.len();
    assert_eq!(wrapped + others, 14, "{text}");
    assert!(text.contains("unsafe impl ::pinned_ffi::private::Pointee for odd_list"), "{text}");
}

#[test]
fn by_value_incomplete_types_have_a_reason() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("incomplete.h");
    std::fs::write(&path, "struct hidden; void takes(struct hidden h); int fine(int x);\n").expect("written");
    let bindings = generated(&Builder::new().header(path.display().to_string()));
    let names: Vec<&str> = bindings.output.header.functions.iter().map(|function| function.name.as_str()).collect();
    assert!(names.contains(&"fine"));
    let accounted =
        names.contains(&"takes") || bindings.output.header.skipped.iter().any(|skipped| skipped.name == "takes");
    assert!(accounted, "takes has vanished");
}

#[test]
fn paths_with_spaces_and_a_second_run() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let inner = folder.path().join("a folder");
    std::fs::create_dir(&inner).expect("the folder can be written");
    let header = inner.join("my header.h");
    std::fs::write(&header, "int spaced(const char *name);\n").expect("the folder can be written");
    let out = inner.join("bindings.rs");
    let builder = Builder::new().header(header.display().to_string());
    generated(&builder).write(&out).unwrap_or_else(|errors| panic!("{errors}"));
    let first = std::fs::metadata(&out).and_then(|data| data.modified()).expect("the file is there");
    std::thread::sleep(std::time::Duration::from_millis(20));
    generated(&builder).write(&out).unwrap_or_else(|errors| panic!("{errors}"));
    let second = std::fs::metadata(&out).and_then(|data| data.modified()).expect("the file is there");
    assert_eq!(first, second, "unchanged bytes are not written again");
    let text = std::fs::read_to_string(&out).expect("text");
    assert!(text.contains("pub unsafe fn spaced("), "{text}");
    assert!(!text.contains("my header.h"), "no paths in the output: {text}");
    let error = generated(&builder).write(Path::new("/dev/null/x.rs")).expect_err("there is no such folder");
    let text = error.to_string();
    assert!(text.contains("error[PB015]: cannot write /dev/null/x.rs"), "{text}");
}

#[test]
fn output_is_the_same_every_time() {
    let builder = Builder::new().header("sys/uio.h").header("sys/socket.h").header("unistd.h").define("_GNU_SOURCE");
    assert_eq!(generated(&builder).text(), generated(&builder).text());
}

#[test]
fn glibc_attributes_reach_the_model() {
    // Without the packs' help: what the header itself says of a function that no pack knows.
    let bindings = generated(&Builder::new().header("sys/xattr.h").header("malloc.h").allow("getxattr|memalign"));
    let contracts = &bindings.output.dumps()[2].1;
    for fact in [
        "direction: out [header: access]",
        "extent: sized_by(size) [header: access]",
        "returns: sized_by(size) [header]",
    ] {
        assert!(contracts.contains(fact), "{fact}: {contracts}");
    }
}

/// A constant that tells success must be among the bindings; a release function, too.
#[test]
fn what_a_result_needs_must_be_bound() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("thing.h");
    let text = "#define THING_OK 3\nstruct thing;\nint thing_check(int n);\nstruct thing *thing_new(void);\nvoid thing_free(struct thing *thing);\n";
    std::fs::write(&path, text).expect("the folder can be written");
    let builder = Builder::new().header(path.display().to_string());
    let check = |constant: &str| {
        builder.clone().contracts(format!(
            "unsafe extern \"C\" {{ #[success(result == {constant})] safe fn thing_check(n: c_int) -> c_int; }}"
        ))
    };
    let text = refused(&check("THING_KO"));
    assert!(text.contains("success is told by `THING_KO`, which the bindings do not declare"), "{text}");
    assert!(text.contains("help: did you mean `THING_OK`?"), "{text}");
    assert!(generated(&check("THING_OK")).text().contains("-> ::core::result::Result<(), ::core::ffi::c_int>"));
    let new = builder
        .contracts("unsafe extern \"C\" { #[returns(owned, free = thing_free)] safe fn thing_new() -> *mut thing; }");
    let text = refused(&new.clone().allow("thing_new"));
    assert!(
        text.contains("the result of `thing_new` is released by `thing_free`, which is not declared here"),
        "{text}"
    );
    assert!(text.contains("help: let `allow` include `thing_free`, and name its header"), "{text}");
    let text = generated(&new).text();
    assert!(text.contains("::pinned_ffi::Owned<'static, thing, raw::thing_free>"), "{text}");
}

/// The files that a binding came from are all there, so that a build script can watch them.
#[test]
fn headers_are_listed() {
    let bindings = generated(&Builder::new().header("sys/uio.h").allow("readv"));
    assert!(bindings.files.iter().any(|file| file.ends_with("sys/uio.h")), "{:?}", bindings.files);
    assert!(bindings.files.iter().all(|file: &PathBuf| file.is_absolute() && file.is_file()));
}

/// A crate of its own: the macro's cache, and an edit of the header.
#[test]
fn an_edited_header_rebuilds_and_an_unchanged_one_comes_from_the_cache() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().expect("the workspace is there");
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a file has a folder")).expect("the folder can be written");
        std::fs::write(path, text).expect("the folder can be written");
    };
    write(
        "Cargo.toml",
        &format!(
            "[package]\nname = \"edited\"\nversion = \"0.0.0\"\nedition = \"2024\"\n[workspace]\n[dependencies]\npinned-ffi = {{ path = {:?}, features = [\"header\"] }}\n",
            root.join("runtime")
        ),
    );
    std::fs::copy(root.join("Cargo.lock"), folder.path().join("Cargo.lock")).expect("the lock file can be copied");
    write("mine.h", "int first(int x);\n");
    write(
        "src/lib.rs",
        "#[pinned_ffi::pinned_ffi(header = \"mine.h\", allow = \"first|second|third\")]\npub mod mine {}\npub const F: unsafe extern \"C\" fn(i32) -> i32 = mine::first;\n",
    );
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("edited");
    // What an earlier run left would be found again.
    let _ = std::fs::remove_dir_all(target.join("debug/deps/pinned-ffi-cache"));
    let cargo = |expect: bool| {
        let output = std::process::Command::new(env!("CARGO"))
            .args(["check", "--quiet", "--offline"])
            .current_dir(folder.path())
            .env("CARGO_TARGET_DIR", &target)
            .output()
            .expect("cargo runs");
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.success(), expect, "{text}");
        text
    };
    // `second` is asked for and not there.
    let text = cargo(false);
    assert!(text.contains("`allow` names `second`, which mine.h does not declare"), "{text}");
    write("mine.h", "int first(int x);\nint second(int x);\nint third(int x);\n");
    write(
        "src/lib.rs",
        "#[pinned_ffi::pinned_ffi(header = \"mine.h\", allow = \"first|second|third\")]\npub mod mine {}\npub const F: unsafe extern \"C\" fn(i32) -> i32 = mine::second;\n",
    );
    cargo(true);
    let cache = |target: &Path| -> Vec<PathBuf> {
        std::fs::read_dir(target.join("debug/deps/pinned-ffi-cache"))
            .expect("the cache is there")
            .map(|entry| entry.expect("an entry").path())
            .collect()
    };
    let entries = cache(&target);
    assert_eq!(entries.len(), 1, "{entries:?}");
    // A marked entry is used by the next expansion: it came from the cache.
    let text = std::fs::read_to_string(&entries[0]).expect("text");
    std::fs::write(&entries[0], format!("{text}\npub const FROM_CACHE: () = ();\n")).expect("written");
    write(
        "src/lib.rs",
        "#[pinned_ffi::pinned_ffi(header = \"mine.h\", allow = \"first|second|third\")]\npub mod mine {}\npub const F: () = mine::FROM_CACHE;\n",
    );
    cargo(true);
    // An edit of the header alone: cargo builds again, and the cached entry is stale.
    write("mine.h", "int first(int x);\nint second(int x);\nint third(int x, int y);\n");
    let text = cargo(false);
    assert!(text.contains("FROM_CACHE"), "the stale entry was used: {text}");
    write(
        "src/lib.rs",
        "#[pinned_ffi::pinned_ffi(header = \"mine.h\", allow = \"first|second|third\")]\npub mod mine {}\npub const F: unsafe extern \"C\" fn(i32, i32) -> i32 = mine::third;\n",
    );
    cargo(true);
}

/// Says what `Builder` says where libclang cannot be found; run by the test below in a process of its own.
#[test]
fn child_without_libclang() {
    if std::env::var_os("PINNED_FFI_TEST_CHILD").is_some() {
        eprintln!("{}", refused(&Builder::new().header("sys/uio.h")));
    }
}

#[test]
fn a_missing_libclang_is_told_with_what_was_searched() {
    let output = std::process::Command::new(std::env::current_exe().expect("this program has a path"))
        .args(["--exact", "child_without_libclang", "--nocapture"])
        .env("PINNED_FFI_TEST_CHILD", "1")
        .env("LIBCLANG_PATH", "/nonexistent/folder")
        .output()
        .expect("this program runs again");
    let text = String::from_utf8_lossy(&output.stderr);
    assert!(text.contains("error[PB012]: "), "{text}");
    assert!(text.contains("/nonexistent/folder") && text.contains("apt install libclang-dev"), "{text}");
}
