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
    for name in ["odd_bits", "odd_flexible", "odd_union", "odd_callback", "odd_keyword", "odd_array", "odd_list"] {
        assert!(text.contains(&format!("pub unsafe fn {name}(")), "{name} has no wrapper: {text}");
    }
    // With nothing to check a function is C's own.
    for name in ["odd_by_value", "odd_handle"] {
        assert!(text.contains(&format!("pub fn {name}(")), "{name} is not declared: {text}");
        assert!(!text.contains(&format!("unsafe fn {name}(")), "{name} has a wrapper: {text}");
        assert!(text.split("pub use self::raw::").skip(1).any(|uses| uses.contains(name)), "{name}: {text}");
    }
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
    let error = generated(&builder).write(Path::new("/nonexistent/folder/x.rs")).expect_err("there is no such folder");
    let text = error.to_string();
    assert!(text.contains("error[PB015]: cannot write /nonexistent/folder/x.rs"), "{text}");
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

/// Bindings of a header with this text.
fn of_text(text: &str, change: impl FnOnce(Builder) -> Builder) -> Result<Bindings, String> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("mine.h");
    std::fs::write(&path, text).expect("the folder can be written");
    change(Builder::new().header(path.display().to_string()).format(false))
        .generate()
        .map_err(|errors| errors.to_string())
}

#[test]
fn parameters_named_like_constants_get_another_name() {
    let text = "enum { first, last }; extern int logging;\n\
        void insert(int *first, int *first_, int *LIMIT);\nvoid set(int *logging);\nint bare(int last);\n#define LIMIT 5\n";
    let bindings = of_text(text, |builder| {
        builder.contracts(
            "unsafe extern \"C\" { fn insert(#[input] #[counted_by(3)] first: *mut i32, first_: *mut i32, LIMIT: *mut i32); }",
        )
    });
    let bindings = bindings.unwrap_or_else(|errors| panic!("{errors}"));
    let text = bindings.text();
    assert!(text.contains("fn insert (first__ : * mut") && text.contains(", LIMIT_ : * mut"), "{text}");
    assert!(text.contains("raw :: insert (first__ , first_ , LIMIT_)") && text.contains("fn set (logging_ : * mut"));
    // Reports and documentation have C's names.
    assert!(text.contains("\"insert first*") && text.contains("| `first` | reads"), "{text}");
}

#[test]
fn null_for_a_handle_is_looked_at_where_somebody_forbids_it() {
    let text = "struct hidden; void by_header(struct hidden *h) __attribute__((nonnull(1)));\n\
        void by_user(struct hidden *h);\nvoid nobody(struct hidden *h);\n";
    let bindings =
        of_text(text, |builder| builder.contracts("unsafe extern \"C\" { fn by_user(#[nonnull] h: *mut hidden); }"));
    let text = bindings.unwrap_or_else(|errors| panic!("{errors}")).text();
    for name in ["by_header", "by_user"] {
        assert!(text.contains(&format!("\"{name} h*n")), "{name}: {text}");
    }
    assert!(!text.contains("\"nobody h"), "{text}");
}

#[test]
fn null_for_a_function_is_looked_at_where_the_header_forbids_it() {
    let text = "typedef int (*compare_t)(const void *, const void *);\n\
        void forbids(int n, compare_t f) __attribute__((nonnull(2)));\nvoid nobody(compare_t f);\n";
    let text = of_text(text, |builder| builder).unwrap_or_else(|errors| panic!("{errors}")).text();
    assert!(text.contains("\"forbids n f*n\"") && !text.contains("\"nobody"), "{text}");
    assert!(text.contains("f . map_or (0 , | __at | __at as usize)"), "{text}");
}

#[test]
fn a_relative_runtime_is_found_from_the_module_of_wrappers() {
    let text = "void fill(int *p);\n";
    let code = |path: &str| of_text(text, |builder| builder.runtime(path)).expect("it is right").text();
    let wrapper = |text: &str| text.split("fn fill (p").last().unwrap_or_default().to_owned();
    assert!(wrapper(&code("super::vendored")).contains("super :: super :: vendored :: private :: Call"));
    assert!(wrapper(&code("self::vendored")).contains("{ super :: vendored :: private :: Call"));
    assert!(wrapper(&code("crate::vendored")).contains("{ crate :: vendored :: private :: Call"));
}

#[test]
fn a_type_with_the_name_of_the_raw_module_is_refused() {
    let text = "struct raw { int x; };\nvoid f(struct raw *p);\n";
    let told = of_text(text, |builder| builder).expect_err("two items of one name");
    assert!(told.contains("PB013") && told.contains("the header has a type `raw`"), "{told}");
    assert!(told.contains("help: choose another name with `raw_module`"), "{told}");
    let other = of_text(text, |builder| builder.raw_module("declared")).expect("it is right").text();
    assert!(other.contains("pub mod declared"), "{other}");
}

#[test]
fn names_of_ours_give_way() {
    let text = "typedef struct { int n; } __pinned_ffi_wrappers; extern int __PINNED_FFI_TYPES;\n\
        int f(__pinned_ffi_wrappers *p);\n";
    let text = of_text(text, |builder| builder).expect("it is right").text();
    assert!(
        text.contains("mod __pinned_ffi_wrappers_ {") && text.contains("self :: __pinned_ffi_wrappers_ ::"),
        "{text}"
    );
    assert!(text.contains("static __PINNED_FFI_TYPES_ :") && text.contains("& __PINNED_FFI_TYPES_ ,"), "{text}");
    let text = of_text("int f(int n, int *p);", |builder| builder.beside(["n"])).expect("it is right").text();
    assert!(text.contains("fn f (n_ :"), "{text}");
}

#[test]
fn bindings_of_c_signatures_name_core_alone() {
    let text = "#include <stddef.h>\nstruct s { void *data; int (*f)(void *); unsigned bit : 1; int items[]; };\n\
        union u { int n; float f; };\nint f(struct s *s, const char *name, void (*g)(union u), size_t n);\n";
    let text = of_text(text, |builder| builder).expect("it is right").text();
    assert!(!text.contains("std ::"), "{text}");
    assert!(text.contains(":: core :: ffi :: c_char"), "{text}");
}

#[test]
fn handles_behind_aliases_have_an_idiomatic_form() {
    let text = "typedef struct box *box_t; typedef box_t other_t;\n\
        box_t box_new(void); void box_free(box_t b); int box_get(other_t b); int box_open(box_t *to); int bare(box_t b);\n";
    let contracts = "unsafe extern \"C\" {
        #[returns(owned, free = box_free, nonnull)] safe fn box_new() -> box_t;
        safe fn box_get(#[opaque] #[noescape] b: other_t) -> c_int;
        #[success(result == 0)]
        safe fn box_open(#[out] #[one] #[noescape] #[pointee(owned, free = box_free)] to: *mut box_t) -> c_int;
    }";
    let text = of_text(text, |builder| builder.contracts(contracts)).unwrap_or_else(|errors| panic!("{errors}")).text();
    let owned = "Owned < 'static , box_ , raw :: box_free >";
    let signature = |name: &str| text.split(&format!("fn {name} ")).last().and_then(|rest| rest.split('{').next());
    assert!(signature("box_new").is_some_and(|head| head.contains(owned)), "{:?}", signature("box_new"));
    assert!(signature("box_open").is_some_and(|head| head.contains(owned)), "{:?}", signature("box_open"));
    assert!(signature("box_get").is_some_and(|head| head.contains("Ref < '")), "{:?}", signature("box_get"));
    // C's signature keeps C's name.
    assert!(text.contains("fn bare (b : box_t)"), "{text}");
}

#[test]
fn a_mistake_in_a_macros_contract_points_at_the_option() {
    let text = "#define POKE(p) (*(p) = 1)\nint plain(int *p);\n";
    let told = of_text(text, |builder| builder.shim_macro("int POKE(int *p)").safe("POKE|plain"));
    let told = told.expect_err("nothing says how much memory it is");
    assert!(told.contains("so `POKE` cannot be a `safe fn`\n  --> shim_macro `int POKE(int *p)`"), "{told}");
    assert!(told.contains("mine.h:2:5") && !told.contains("pinned_ffi_wrapper"), "{told}");
}

#[test]
fn transparent_unions_are_pointers() {
    let bindings =
        generated(&Builder::new().header("sys/socket.h").define("_GNU_SOURCE").allow("bind|recvfrom").format(false));
    let text = bindings.text();
    assert!(text.contains("addr : * const sockaddr"), "{text}");
    assert!(text.contains("src_addr : * mut sockaddr") && !text.contains("addr : __"), "{text}");
    // The pack's contracts are looked at in the call.
    assert!(text.contains("\"bind sockfd addr*") && text.contains("& [addr as usize , addrlen as usize]"), "{text}");
    // An ordinary union stays what it is.
    let text =
        of_text("union u { int *p; long n; }; int f(union u u);", |builder| builder).expect("it is right").text();
    assert!(text.contains("fn f (u : u)"), "{text}");
}
