//! Functions of Rust's that C calls: a C program, the header that it includes, and what is told when either side is wrong.

use pinned_ffi_codegen::Exports;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn run(case: &str, level: &str, policy: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_exports_program"));
    for variable in ["PINNED_FFI_REPORT", "PINNED_FFI_PIN_LIMIT", "PINNED_FFI_SAMPLE"] {
        command.env_remove(variable);
    }
    command.arg(case).env("PINNED_FFI_CHECK", level).env("PINNED_FFI_ON_VIOLATION", policy).env("RUST_BACKTRACE", "0");
    command.output().expect("the program was built")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Each wrong call or result: its code, and what the report names.
const WRONG: &[(&str, &str, &[&str])] = &[
    ("null", "PF005", &["`exports_sum`: C has passed null as `values`", "#[nullable] values"]),
    ("past_end", "PF003", &["`exports_sum`: `values` is declared longer", "36 bytes", "block: 32 bytes"]),
    ("misaligned", "PF006", &["`values` is not aligned to 4 bytes"]),
    ("freed", "PF002", &["C has passed `values`, which points into a freed block of Rust's"]),
    ("null_number", "PF005", &["`exports_sum_at`: C has passed null as `at`"]),
    ("past_end_of_number", "PF003", &["`exports_sum_at`: `at` is declared longer", "25 bytes", "block: 32 bytes"]),
    ("overflow", "PF003", &["the declared length of `values`"]),
    ("unterminated", "PF004", &["`text` has no terminating zero in the 8 bytes"]),
    ("overfilled", "PF023", &["it says that it has filled 5 bytes of `into`, which is shorter"]),
    ("unpinned", "PF026", &["the result points to Rust memory that is not pinned, and goes to C", "#[returns(owned"]),
    ("unpinned_in_structure", "PF026", &["`the result.second` points to Rust memory"]),
    ("unpinned_behind", "PF026", &["`the result[0].second` points to Rust memory"]),
    ("dropped", "PF002", &["the result points into a freed block, and goes to C", "block: 32 bytes"]),
    ("own_stack", "PF002", &["the result points into the function's own stack frame"]),
    ("null_result", "PF025", &["it gives C null, and its contract says that it never does"]),
    ("elsewhere", "PF025", &["outside the memory of `values`"]),
];

#[test]
fn legal_calls_are_silent_at_every_level() {
    for level in ["off", "cheap", "full"] {
        let output = run("legal", level, "panic");
        assert!(output.status.success(), "{level}: {} {}", text(&output.stdout), text(&output.stderr));
        assert_eq!((text(&output.stdout).as_str(), text(&output.stderr).as_str()), ("went on\n", ""), "{level}");
    }
}

#[test]
fn wrong_calls_and_results_are_told_once() {
    for (case, code, names) in WRONG {
        for level in ["cheap", "full"] {
            let output = run(case, level, "log");
            let said = text(&output.stderr);
            assert!(output.status.success(), "{case} at {level}: {said}");
            assert!(said.contains(&format!("error[{code}]: `exports_")), "{case} at {level}: {said}");
            assert_eq!(said.matches("error[").count(), 1, "{case} at {level} says more: {said}");
            assert!(said.contains("\n  --> tests/exports/"), "{case} does not name the function's place: {said}");
            for name in *names {
                assert!(said.contains(name), "{case} at {level} does not name {name}: {said}");
            }
        }
        let output = run(case, "off", "panic");
        assert!(output.status.success() && output.stderr.is_empty(), "{case} at off: {}", text(&output.stderr));
    }
}

#[test]
fn under_panic_a_violation_ends_a_program_of_c_before_it_goes_on() {
    use std::os::unix::process::ExitStatusExt as _;
    for (case, code, _) in WRONG {
        let output = run(case, "cheap", "panic");
        let said = text(&output.stderr);
        assert_eq!(output.status.signal(), Some(6), "{case}: {said}");
        assert!(said.contains(&format!("error[{code}]")) && output.stdout.is_empty(), "{case}: {said}");
    }
}

#[test]
fn panics_are_kept_from_c() {
    use std::os::unix::process::ExitStatusExt as _;
    for level in ["off", "cheap", "full"] {
        let output = run("panic", level, "panic");
        let said = text(&output.stderr);
        assert_eq!(output.status.signal(), Some(6), "{said}");
        assert!(said.contains("error[PF031]: the exported `exports_panic` panicked"), "{level}: {said}");
        assert!(said.contains("not 1") && said.contains("tests/exports/program.rs"), "{level}: {said}");
        let output = run("panic_without_value", level, "panic");
        assert_eq!(output.status.signal(), Some(6), "{}", text(&output.stderr));
        for case in ["wait", "unwind"] {
            let output = run(case, level, "panic");
            assert!(output.status.success(), "{case} at {level}: {}{}", text(&output.stdout), text(&output.stderr));
        }
    }
}

#[test]
fn a_number_that_is_none_of_an_enumerations_never_becomes_a_value() {
    use std::os::unix::process::ExitStatusExt as _;
    for (case, wanted) in [
        ("no_warmth", "`exports_warmer`: C has passed 7 as `from`, which is no `Warmth`"),
        ("no_answer", "`exports_warmer`: C has passed 199 as `answer`, which is no `Answer`"),
        ("no_large", "`exports_is_most`: C has passed 2 as `large`, which is no `Large`"),
    ] {
        for (level, policy) in [("cheap", "log"), ("full", "log"), ("full", "panic")] {
            let output = run(case, level, policy);
            let said = text(&output.stderr);
            // Nobody waits. With `log` C goes on with the value for a panic, and nothing else is said.
            let ended = match policy {
                "log" => (None, &b"went on\n"[..]),
                _ => (Some(6), &[][..]),
            };
            assert_eq!((output.status.signal(), output.stdout.as_slice()), ended, "{case}: {said}");
            assert_eq!(said.contains("PF031"), policy == "panic", "{case}: {said}");
            let told = said.lines().filter(|line| *line == format!("error[PF025]: {wanted}"));
            assert_eq!(told.count(), 1, "{case} at {level}: {said}");
            assert!(said.contains("\n  --> tests/exports/program.rs"), "{said}");
        }
        let output = run(case, "off", "panic");
        let said = text(&output.stderr);
        assert!(
            output.status.signal() == Some(6) && !said.contains("PF025") && said.contains("error[PF031]"),
            "{said}"
        );
    }
    for level in ["cheap", "full"] {
        // The wrapper that waits is not told by a panic either.
        let output = run("log_of_warmth", level, "log");
        assert!(output.status.success(), "{level}: {}{}", text(&output.stdout), text(&output.stderr));
    }
    for level in ["off", "cheap", "full"] {
        let output = run("wait_for_warmth", level, "panic");
        assert!(output.status.success(), "{level}: {}{}", text(&output.stdout), text(&output.stderr));
    }
}

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn header() -> String {
    let header = Exports::new(here("exports/program.rs")).generate().unwrap_or_else(|errors| panic!("{errors}"));
    header.text().to_owned()
}

#[test]
fn the_header_has_prototypes_types_and_contracts() {
    let header = header();
    for wanted in [
        "typedef struct Point Point;",
        "struct Point {\n    int32_t x;\n    int32_t y;\n    uint8_t tags[4];\n};",
        "typedef bool (*Visit)(void *, int32_t);",
        "typedef enum Warmth {\n    Warmth_Cold = -1,\n    Warmth_Warm = 4,\n    Warmth_Hot = 5,\n} Warmth;",
        "typedef uint8_t Answer;\nenum {\n    Answer_No = 0,\n    Answer_Yes = 200,\n};",
        "typedef uint64_t Large;\n#define Large_Least ((Large)(1LL))\n#define Large_Most ((Large)(18446744073709551615LLU))",
        "Warmth exports_warmer(Warmth from, Answer answer);",
        " * Adds up the first two values.\n *\n * * / is no end of the comment in C, and neither is / * a beginning.\n",
        " * values: input, nonnull, counted_by(n), noescape\n * a panic returns -1\n */\n\
         int64_t exports_sum(const int32_t *values, size_t n)\n    PINNED_FFI_ACCESS(read_only, 1, 2);",
        "size_t exports_length(const char *text)\n    PINNED_FFI_NONNULL(1)\n    PINNED_FFI_ACCESS(read_only, 1)\n    \
         PINNED_FFI_STRING(1);",
        " * at: input, pointer, nonnull, sized_by(n), noescape\n",
        "uint32_t exports_sum_at(size_t at, size_t n);",
        "void exports_move(Point *point, Point by)\n    PINNED_FFI_NONNULL(1)\n    PINNED_FFI_ACCESS(read_write, 1);",
        "    PINNED_FFI_ACCESS(write_only, 1, 2);",
        "bool exports_each(const int32_t *values, size_t n, Visit visit, void *default_)",
        " * result: owned, free = exports_free, nonnull\n",
        "int32_t *exports_new(size_t n)\n    PINNED_FFI_RETURNS_NONNULL;",
        "Pair exports_pair(bool is_second_pinned);",
        "a panic unwinds through the caller",
        "a panic ends the process",
    ] {
        assert!(header.contains(wanted), "without {wanted:?}:\n{header}");
    }
    assert!(!header.contains("exports_of_tests"), "what is for tests is not for C:\n{header}");
    assert_eq!(header.matches("struct Point {").count(), 1);
}

/// Compiles a text of C with the header in front of it; what the compiler says.
fn compile(compiler: &str, language: &str, text_of_c: &str) -> Option<(bool, String)> {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("exports.h"), header()).expect("it can be written");
    let file = folder.path().join("uses.c");
    std::fs::write(&file, format!("#include \"exports.h\"\n#include \"exports.h\"\n{text_of_c}\n")).expect("as above");
    let output = Command::new(compiler)
        .args(["-x", language, "-fsyntax-only", "-O2", "-Wall", "-Wextra", "-pedantic", "-Werror"])
        .arg(&file)
        .output()
        .ok()?;
    Some((output.status.success(), text(&output.stderr)))
}

#[test]
fn compilers_take_the_header_and_see_what_contradicts_it() {
    let mut compiled = 0;
    for (compiler, language) in [("cc", "c"), ("c++", "c++"), ("clang", "c"), ("clang", "c++")] {
        if let Some((is_good, said)) = compile(compiler, language, "int main(void) { return exports_panic(-1); }") {
            assert!(is_good, "{compiler} {language}: {said}");
            compiled += 1;
        }
    }
    assert!(compiled > 0, "there is no compiler");
    let (is_good, said) = compile("cc", "c", "size_t f(void) { return exports_length(0); }").expect("cc is there");
    assert!(!is_good && said.contains("nonnull"), "{said}");
}

#[test]
fn mistakes_are_told_with_file_and_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).expect("it can be written");
    file("lib.rs", "mod inner;\nmod other { pub mod deep; }\n#[path = \"moved.rs\"] mod elsewhere;\n");
    file("inner.rs", "\n#[pinned_ffi(export)]\nfn takes(text: &str) {}\n");
    std::fs::create_dir(folder.path().join("other")).expect("as above");
    file(
        "other/deep.rs",
        "#[pinned_ffi::pinned_ffi(export)]\nfn by_value(it: Unknown, kind: Kind) {}\nenum Kind { A }\n",
    );
    file(
        "moved.rs",
        "#[cfg(feature = \"more\")]\n#[pinned_ffi(on_panic = 1, export)]\nfn fine(p: *mut Unknown) -> u8 { 0 }\n",
    );
    let root = folder.path().join("lib.rs");
    let said = Exports::new(&root).generate().expect_err("a text is no pointer of C's").to_string();
    assert!(said.contains("error[PB030]: no parameter of C's can be `&str`"), "{said}");
    assert!(said.contains("inner.rs:3:16"), "{said}");
    file("inner.rs", "");
    let said = Exports::new(&root).generate().expect_err("nobody knows the types").to_string();
    assert!(said.contains("error[PB030]: `Unknown` is passed by value") && said.contains("deep.rs:2:4"), "{said}");
    let header = Exports::new(&root).include("kinds.h").generate().unwrap_or_else(|errors| panic!("{errors}"));
    assert!(
        header.text().contains("#include \"kinds.h\"")
            && header.text().contains("Only there where cfg(feature = \"more\")")
    );
    assert_eq!(header.files.len(), 4);
    for (text, wanted) in [
        ("#[repr(C)] enum Kind { A }", "`Kind` is an enumeration, for which C may pass any number"),
        ("#[pinned_ffi] #[repr(C)] enum Kind { A = 1 << 3 }", "the number of `Kind::A` is not spelt out"),
    ] {
        file("inner.rs", &format!("{text}\n#[pinned_ffi(export)]\nfn takes_kind(kind: Kind) {{}}\n"));
        let said = Exports::new(&root).include("kinds.h").generate().expect_err("C does not know it").to_string();
        assert!(said.contains("error[PB030]") && said.contains(wanted) && said.contains("inner.rs:3:4"), "{said}");
    }
    file("inner.rs", "fn {");
    let said = Exports::new(&root).generate().expect_err("it is no Rust").to_string();
    assert!(said.contains("error[PB015]") && said.contains("inner.rs:1:"), "{said}");
    std::fs::remove_file(folder.path().join("moved.rs")).expect("it was there");
    let said = Exports::new(&root).generate().expect_err("a file is missing").to_string();
    assert!(said.contains("error[PB015]"), "{said}");
}
