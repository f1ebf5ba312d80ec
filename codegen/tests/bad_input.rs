//! Headers that are broken, odd, huge or changing: what can be bound is bound, the rest is told with code and place.

use pinned_ffi_codegen::{Bindings, Builder, audit};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

/// A folder with headers.
struct Case {
    folder: tempfile::TempDir,
}

impl Case {
    fn new(header: impl AsRef<[u8]>) -> Self {
        Self { folder: tempfile::tempdir().expect("a temporary folder") }.with("bad.h", header)
    }

    fn with(self, name: &str, text: impl AsRef<[u8]>) -> Self {
        std::fs::write(self.folder.path().join(name), text).expect("the folder can be written");
        self
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    fn builder(&self) -> Builder {
        Builder::new().header(self.path("bad.h"))
    }
}

fn refused(builder: &Builder) -> String {
    match builder.generate() {
        Ok(_) => panic!("that should have been refused"),
        Err(errors) => errors.to_string(),
    }
}

/// Bindings that are Rust, with an audit that is JSON.
fn generated(builder: &Builder) -> Bindings {
    let bindings = builder.generate().unwrap_or_else(|errors| panic!("{errors}"));
    let text = bindings.text();
    assert!(syn::parse_file(&text).is_ok(), "{text}");
    let _ = json(&bindings);
    bindings
}

fn json(bindings: &Bindings) -> serde_json::Value {
    let text = serde_json::to_string(&audit::report(&bindings.output)).expect("a report is JSON");
    serde_json::from_str(&text).expect("what was written reads back")
}

/// The bindings of a header.
fn bound(header: impl AsRef<[u8]>) -> Bindings {
    generated(&Case::new(header).builder())
}

fn functions(bindings: &Bindings) -> Vec<&str> {
    bindings.output.header.functions.iter().map(|function| function.name.as_str()).collect()
}

#[track_caller]
fn has(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "{part:?} is not in:\n{text}");
    }
}

#[test]
fn each_c_error_has_its_own_place() {
    let case = Case::new("#include \"inner.h\"\nint fine(void);\nint f(unknown_t x);\nstruct s { int a; int a; };\n")
        .with("inner.h", "\n\nint g(missing *p);\n");
    let text = refused(&case.builder());
    assert_eq!(text.matches("error[PB011]: ").count(), 3, "{text}");
    has(&text, &["inner.h:3:7", "bad.h:3:7", "bad.h:4:23", "unknown type name 'missing'", "duplicate member 'a'"]);
    // One that is noticed at the end only is told with the header, which need not have a last line.
    has(
        &refused(&Case::new("int f(int a").builder()),
        &["error[PB011]: expected ')'", "bad.h is included, or at its end"],
    );
    for (header, said) in [
        ("#error \"not here\"\n", "not here"),
        ("#include \"gone.h\"\n", "'gone.h' file not found"),
        ("}\n", "extraneous closing brace"),
        ("int a[-1];\n", "negative size"),
        ("struct s { struct s again; };\n", "incomplete type"),
        ("class C { public: int a; };\n", "unknown type name 'class'"),
    ] {
        has(&refused(&Case::new(header).builder()), &["error[PB011]: ", "bad.h:1:", said, "help: "]);
    }
}

#[test]
fn bytes_that_are_no_text_are_told() {
    let noise: Vec<u8> = (0..4096u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13).to_le_bytes()[0]).collect();
    has(&refused(&Case::new(noise).builder()), &["error[PB011]: "]);
    has(&refused(&Case::new(b"\xff\xfei\0n\0t\0").builder()), &["error[PB011]: ", "bad.h", "UTF-16"]);
    has(&refused(&Case::new(b"\x7fELF\x02\x01\x01\0\0\0\0").builder()), &["error[PB011]: ", "bad.h:1:"]);
    assert_eq!(functions(&bound(b"\xef\xbb\xbfint f(void);\r\nint g(void);\r\n\0\n")), ["f", "g"]);
}

#[test]
fn recursive_types_end() {
    let bindings = bound(
        "struct list { int value; struct list *next, **all; };\n\
         struct a { struct b *b; }; struct b { struct a *a; struct a inner; struct c { struct b *up; } c; };\n\
         typedef struct t *t_ptr; typedef t_ptr (*t_call)(t_ptr, t_ptr *); struct t { t_call call; t_ptr next[3]; };\n\
         typedef void *(*self_call)(void *(*)(void *)); union u { union u *next; struct list list; };\n\
         int walk(struct list *l, struct a *a, t_ptr t, t_call call, self_call self, const union u *u);\n",
    );
    assert_eq!(functions(&bindings), ["walk"]);
    let contracts = "unsafe extern \"C\" { fn walk(#[flow_through(inout)] #[inout] #[one] l: *mut list, \
        #[flow_through] a: *mut a, t: *mut t, call: t_call, this: self_call, #[flow_through] u: *const u); }";
    let case = Case::new(bindings_source());
    generated(&case.builder().contracts(contracts));
}

#[test]
fn function_types_that_take_each_other_are_read_in_no_time() {
    // Written out in full the last one has two to the power of forty parts.
    let mut text = String::from("typedef void (*t0)(int a);\n");
    for number in 1..=40 {
        text.push_str(&format!("typedef void (*t{number})(t{0} a, t{0} *b);\n", number - 1));
    }
    text.push_str("void last(t40 call, t40 *calls);\n");
    assert_eq!(functions(&bound(text)), ["last"]);
}

#[test]
fn a_row_of_pointers_is_refused_before_any_reader_falls() {
    for count in [600, 20_000, 2_000_000] {
        let case = Case::new(format!("int fine(void);\nvoid deep(int {}p);\n", "*".repeat(count)));
        has(&refused(&case.builder()), &["PB011", "bad.h:2:1", "more than 512 pointers or arrays in one declaration"]);
    }
}

/// The same types, for contracts that follow them.
fn bindings_source() -> &'static str {
    "struct list { int value; struct list *next, **all; };\n\
     struct a { struct b *b; }; struct b { struct a *a; struct a inner; };\n\
     typedef struct t *t_ptr; typedef t_ptr (*t_call)(t_ptr, t_ptr *); struct t { t_call call; t_ptr next[3]; };\n\
     typedef void *(*self_call)(void *(*)(void *)); union u { union u *next; struct list list; };\n\
     int walk(struct list *l, struct a *a, t_ptr t, t_call call, self_call self, const union u *u);\n"
}

#[test]
fn anonymous_members_keep_their_place() {
    let bindings = bound(
        "typedef struct { union { int *p; struct { char c; union { void *q; long n; }; }; }; struct { int x; } named;\n\
         struct { int *deep; } *list; enum { ONE, TWO } kind; unsigned : 0; unsigned a : 3, : 5, b : 9; } odd_t;\n\
         union { int i; struct { union { struct { void *p; }; }; }; } extern lone;\n\
         struct { } extern empty; typedef union { } nothing;\n\
         int use(odd_t *odd, const struct outer { struct { int *p; }; } *outer, nothing *n);\n",
    );
    // Rust keeps the word for itself.
    assert_eq!(functions(&bindings), ["use_"]);
    has(&bindings.layout_asserts(), &["sizeof(odd_t)"]);
}

#[test]
fn names_of_64_kib_are_names() {
    let long = |letter: &str| letter.repeat(65_536);
    let (function, record, field, param, alias) = (long("f"), long("r"), long("m"), long("p"), long("t"));
    let bindings = bound(format!(
        "struct {record} {{ int *{field}; }};\ntypedef struct {record} *{alias};\n\
         int {function}({alias} {param}, const struct {record} *b);\n#define {} 1\nenum {} {{ {} }};\n",
        long("D"),
        long("e"),
        long("E"),
    ));
    assert_eq!(functions(&bindings), [function.as_str()]);
    // In a diagnostic as well, and beside a name that is nearly the same.
    let text = refused(&Case::new("int f(void);\n").builder().allow(long("g")));
    has(&text, &["error[PB010]: "]);
    let near = format!("{}h", long("f"));
    let text = refused(&Case::new(format!("int {function}(void);\n")).builder().allow(&near));
    has(&text, &["error[PB010]: "]);
    let case = Case::new("int f(void);\n").with("bad.toml", format!("schema = 1\n[functions.{near}]\nerrno = true\n"));
    has(&refused(&case.builder().contract_file(case.path("bad.toml"))), &["error[PB010]: ", "bad.toml:2:"]);
}

#[test]
fn names_and_texts_stay_data_in_json() {
    let case = Case::new(
        "/** \"quoted\" \\ \\u0000 \x01\x1b[31m </script> */\n\
         int na\u{ef}ve(const char *stra\u{df}e, void *\u{540d}, int type, int self, int in$dollar);\n\
         int labelled(int *out) __asm__(\"sym\\\"bol\\\\\");\n\
         int said(int *p) __attribute__((annotate(\"\\\"}],\\n\"))) __attribute__((deprecated(\"\\\"\\\\\")));\n",
    )
    .with("a \\ b \u{2028}.h", "int elsewhere(void *p);\n");
    let bindings = generated(&case.builder().header(case.path("a \\ b \u{2028}.h")));
    let report = json(&bindings);
    let names: Vec<&str> =
        report["functions"].as_array().into_iter().flatten().filter_map(|function| function["name"].as_str()).collect();
    assert!(names.contains(&"na\u{ef}ve") && names.contains(&"elsewhere"), "{names:?}");
    let text = serde_json::to_string(&audit::report(&bindings.output)).expect("a report is JSON");
    assert!(!audit::html::page(&text, &[case.path("bad.h")]).contains("</script> */"));
}

#[test]
fn comments_that_are_no_utf8_are_no_obstacle() {
    let bindings = bound(
        b"/** caf\xe9 \xff\xfe\x80 \\param[out] to \xc3( */\nint fill(char *to, int n); /* \xf0\x28\x8c\x28 */\n\
          struct s { int a; /**< \xe9 */ };\n// \xed\xa0\x80 \\\nint hidden(void);\nint last(struct s *s);\n",
    );
    assert_eq!(functions(&bindings), ["fill", "last"]);
}

#[test]
fn file_names_may_be_odd() {
    for name in ["with space.h", "#hash%.h", "quo'te.h", "\u{fc}n\u{ef}.h", "-dash.h", "noext", "a(b)[c]{d}$e;f.h"] {
        let case = Case::new("").with(name, "int f(int *p);\n");
        let bindings = generated(&Builder::new().header(case.path(name)));
        assert_eq!(functions(&bindings), ["f"], "{name}");
        assert!(bindings.files.iter().any(|file| file.ends_with(name)), "{name}: {:?}", bindings.files);
    }
    // An include line has no way to spell these.
    let case = Case::new("");
    for name in ["quo\"te.h", "line\nint injected(void);.h"] {
        let _ = std::fs::write(case.folder.path().join(name), "int f(int *p);\n");
        has(&refused(&Builder::new().header(case.path(name))), &["error[PB013]: "]);
    }
    has(&refused(&Builder::new().header("sys/uio.h>\nint injected(void);\n#include <stddef.h")), &["error[PB013]: "]);
    has(&refused(&case.builder().define("A 1\nint injected(void);")), &["error[PB013]: "]);
}

#[test]
fn a_header_without_functions_gives_bindings_without_functions() {
    for header in ["", "\n", "/* nothing */", "#define ONE 1\n", "struct s { int *p; };\nextern int x;\n"] {
        assert_eq!(functions(&bound(header)), [""; 0], "{header}");
    }
    has(&refused(&Case::new("").builder().allow("f")), &["error[PB010]: `allow` names `f`"]);
    has(&refused(&Case::new("").builder().allow("f.*")), &["error[PB010]: no function"]);
}

#[test]
fn a_folder_is_no_header() {
    let case = Case::new("");
    let folder = case.folder.path().display().to_string();
    has(&refused(&Builder::new().header(&folder)), &["error[PB011]: ", &folder]);
    has(&refused(&Builder::new().header("")), &["error[PB0"]);
}

#[test]
fn a_header_may_include_itself() {
    let guarded = "#ifndef G\n#define G\n#include \"bad.h\"\nint f(int *p);\n#endif\n";
    assert_eq!(functions(&bound(guarded)), ["f"]);
    assert_eq!(functions(&bound("#pragma once\n#include \"bad.h\"\nint f(int *p);\n")), ["f"]);
    let text = refused(&Case::new("#include \"bad.h\"\n").builder());
    has(&text, &["error[PB011]: ", "bad.h:1:", "nested too deeply"]);
    let circle = Case::new("#include \"other.h\"\n").with("other.h", "#include \"bad.h\"\n");
    has(&refused(&circle.builder()), &["error[PB011]: "]);
}

#[test]
fn deep_declarations_are_bound_or_told() {
    let stars = |count: usize| format!("int fine(void);\nint f(int {}p);\n", "*".repeat(count));
    let lists = |count: usize| format!("struct s {{ int p{}; }};\nint f(struct s *p);\n", "[1]".repeat(count));
    let calls = |count: usize| format!("int f(int {}p{});\n", "(*".repeat(count), ")(void)".repeat(count));
    for header in [stars(30), lists(30), calls(8), format!("int f(int {}p{});\n", "(*".repeat(25), ")".repeat(25))] {
        assert!(functions(&bound(header)).contains(&"f"));
    }
    for (header, at) in [(stars(200), "bad.h:2:5"), (lists(80), "bad.h:1:8"), (calls(30), "bad.h:1:5")] {
        has(
            &refused(&Case::new(header).builder()),
            &["error[PB011]: ", "is nested too deeply", at, "help: name its parts"],
        );
    }
    // clang has limits of its own.
    has(&refused(&Case::new(calls(300)).builder()), &["error[PB011]: ", "bad.h:1:"]);
    let nested =
        format!("{}int x;{} m;\n", "typedef struct { ".to_owned() + &"struct { ".repeat(15), " } m;".repeat(15) + " }");
    bound(nested + "int f(m *p);\n");
    let params: Vec<String> = (0..1000).map(|n| format!("int *p{n}")).collect();
    bound(format!("int f({});\n", params.join(", ")));
    bound(format!("int f(int *p) __attribute__((annotate(\"{}\")));\n", "(".repeat(5000)));
    bound(format!(
        "int f(int n, int *p __attribute__((annotate(\"pinned_ffi:counted_by:{}n\"))));\n",
        "(".repeat(5000)
    ));
    bound(format!("/** {} */\nint f(int *p);\n", "(*<[{`\\param[out] ".repeat(5_000)));
}

/// A version of a header whose function tells the version in its name and in every type.
fn version(number: usize) -> String {
    let ty = ["int", "long", "char", "short"][number % 4];
    format!(
        "struct s_{number} {{ {ty} *p; }};\n\
         int f_{number}({ty} *a, struct s_{number} *s) __attribute__((nonnull({})));\n\
         {ty} *same({ty} *x);\n#include \"part.h\"\n",
        number % 2 + 1
    )
}

#[test]
fn a_header_that_changes_while_it_is_read_is_read_as_one_version() {
    let case = Case::new(version(0)).with("part.h", "int of_0(void);\n");
    let (header, part) = (case.folder.path().join("bad.h"), case.folder.path().join("part.h"));
    let done = AtomicBool::new(false);
    let mut read = 0;
    std::thread::scope(|scope| {
        // The writer ends after a failed assertion, too.
        let _ends = SetOnDrop(&done);
        scope.spawn(|| {
            let mut number = 0;
            while !done.load(Ordering::Relaxed) {
                number += 1;
                // In place, where a reader may see a part, and as a new file, where it sees one or the other.
                write(&header, &version(number), number % 3 == 0);
                write(&part, &format!("int of_{number}(void);\n"), number % 2 == 0);
                // Sometimes there is time to read, sometimes there is not.
                std::thread::sleep(std::time::Duration::from_millis(if number % 64 == 0 { 200 } else { 2 }));
            }
        });
        for _ in 0..20 {
            match case.builder().format(false).generate() {
                Ok(bindings) => {
                    read += 1;
                    is_one_version(&bindings);
                }
                Err(errors) => {
                    assert!(errors.iter().all(|error| ["PB011", "PB015"].contains(&error.code.id)), "{errors}")
                }
            }
        }
    });
    assert!(generated(&case.builder()).output.header.skipped.is_empty());
    println!("{read} of 20 were read");
}

struct SetOnDrop<'a>(&'a AtomicBool);

impl Drop for SetOnDrop<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

fn write(path: &Path, text: &str, in_place: bool) {
    if in_place {
        std::fs::write(path, text).expect("the folder can be written");
    } else {
        let beside = path.with_extension("new");
        std::fs::write(&beside, text).expect("the folder can be written");
        std::fs::rename(&beside, path).expect("the folder can be written");
    }
}

/// Types, attributes and names are of the same version, or the header was seen before anything was written into it.
fn is_one_version(bindings: &Bindings) {
    let header = &bindings.output.header;
    assert!(header.skipped.is_empty(), "{:?}", header.skipped);
    let names = functions(bindings);
    let Some(number) = names.iter().find_map(|name| name.strip_prefix("f_")) else {
        assert!(names.iter().all(|name| name.starts_with("of_")), "{names:?}");
        return;
    };
    let number: usize = number.parse().expect("a number");
    assert!(names.contains(&"same"), "{names:?}");
    let text = bindings.text();
    let ty = ["c_int", "c_long", "c_char", "c_short"][number % 4];
    has(&text, &[&format!("s_{number}"), &format!("c_{}", &ty[2..])]);
    let function = header.functions.iter().find(|function| function.name.starts_with("f_")).expect("found above");
    assert!(function.declared.is_some() && function.location.is_some());
    let contracts = pinned_ffi_codegen::dump::contracts(header, &bindings.output.contracts);
    let nonnull = contracts.matches("nullability: nonnull [header").count();
    assert_eq!(nonnull, 1, "{contracts}");
}

/// Says what `Builder` says where libclang cannot be found; run by the test below in a process of its own.
#[test]
fn child_without_libclang() {
    if std::env::var_os("PINNED_FFI_TEST_CHILD").is_some() {
        eprintln!("{}", refused(&Case::new("int f(void);\n").builder()));
    }
}

#[test]
fn a_folder_without_libclang_is_told() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let not_elf = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(not_elf.path().join("libclang.so"), "not a library").expect("the folder can be written");
    for folder in [&folder, &not_elf] {
        let output = std::process::Command::new(std::env::current_exe().expect("this program has a path"))
            .args(["--exact", "child_without_libclang", "--nocapture"])
            .env("PINNED_FFI_TEST_CHILD", "1")
            .env("LIBCLANG_PATH", folder.path())
            .output()
            .expect("this program runs again");
        let text = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{text}");
        has(&text, &["error[PB012]: ", &folder.path().display().to_string()]);
    }
}
