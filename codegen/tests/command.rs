//! The `pinned-ffi` command, and the command as a helper for a process whose libclang does not work.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn pinned_ffi(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_pinned-ffi")).args(args).output().expect("the command was built")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn audit_shows_contracts_with_their_sources() {
    let output = pinned_ffi(&["audit", "--header", "sys/uio.h", "--allow", "readv|writev"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert_eq!(
        text(&output.stdout),
        "readv, errno\n  iov: in, nonnull, counted_by(iovcnt), flow_through(out) [pack:libc/uio]\n\
         writev, errno\n  iov: in, nonnull, counted_by(iovcnt), flow_through(in) [pack:libc/uio]\n\
         2 functions, 2 pointer parameters, 2 with a complete contract\n"
    );
}

#[test]
fn audit_is_data_for_programs() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let header = folder.path().join("part.h");
    let text_of_header = "typedef struct { int quot, rem; } part_t;\npart_t part_div(int numer, int denom);\n\
                          int part_next(char **optionp, char *const *tokens, char **valuep);\n\
                          struct text { const char *data; int len; };\nint part_of(struct text text, part_t part);\n";
    std::fs::write(&header, text_of_header).expect("the folder was just made");
    let header = header.to_str().expect("a plain path");
    let audit = |more: &[&str]| {
        let output = pinned_ffi(&[&["audit", "--header", header, "--format", "json"], more].concat());
        assert!(output.status.success(), "{}", text(&output.stderr));
        serde_json::from_str::<serde_json::Value>(&text(&output.stdout)).expect("the output is JSON")
    };
    let report = audit(&[]);
    assert_eq!((&report["schema"], &report["summary"]["skipped"]), (&1.into(), &0.into()));
    let functions = report["functions"].as_array().expect("a list");
    let find = |name: &str| functions.iter().find(|function| function["name"] == name).expect("the function is bound");
    assert_eq!(find("part_div")["params"][0]["pointer"], false);
    let by_value = |index: usize| find("part_of")["params"][index]["by_value"].clone();
    assert_eq!((by_value(0), by_value(1)), (serde_json::json!(["data"]), serde_json::json!([])));
    assert_eq!(report["summary"]["by_value"], 1);
    let stored = &find("part_next")["params"][2];
    assert_eq!((&stored["pointer"], &stored["direction"]), (&true.into(), &"out".into()));
    assert_eq!(stored["sources"]["direction"], "inferred:out-pointer");
    let silent = audit(&["--no-infer", "all"]);
    assert!(!silent.to_string().contains("inferred:"), "{silent}");
    let unknown = pinned_ffi(&["audit", "--header", "stdlib.h", "--no-infer", "out-pointr"]);
    assert!(text(&unknown.stderr).contains("did you mean `out-pointer`?"), "{}", text(&unknown.stderr));
}

#[test]
fn audit_knows_numbers_that_are_addresses() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let header = folder.path().join("ioctl.h");
    std::fs::write(&header, "int ask(int fd, unsigned long at, unsigned long n);\nint tell(unsigned long at);\n")
        .expect("the folder was just made");
    let file = folder.path().join("ioctl.toml");
    let contracts = "schema = 1\n[functions.ask.params]\nat = { pointer = true, sized_by = \"n\", direction = \"out\", \
                     noescape = true, nullable = false }\n[functions.tell.params]\nat = { pointer = true }\n";
    std::fs::write(&file, contracts).expect("the folder was just made");
    let [header, file] = [&header, &file].map(|path| path.to_str().expect("a plain path"));
    let audit = |more: &[&str]| {
        let output = pinned_ffi(&[&["audit", "--header", header, "--contract-file", file], more].concat());
        assert!(output.status.success(), "{}", text(&output.stderr));
        text(&output.stdout)
    };
    assert_eq!(
        audit(&[]),
        "ask\n  at: pointer, out, nonnull, sized_by(n) [file]\n\
         tell\n  at: pointer [file]  <- incomplete: direction, extent, escape\n\
         2 functions, 2 pointer parameters, 1 with a complete contract\n"
    );
    let report: serde_json::Value = serde_json::from_str(&audit(&["--format", "json"])).expect("the output is JSON");
    let param = |function: usize, index: usize| &report["functions"][function]["params"][index];
    for (function, missing) in [(0, serde_json::json!([])), (1, serde_json::json!(["direction", "extent", "escape"]))] {
        let at = param(function, 1 - function);
        assert_eq!((&at["pointer"], &at["address"], &at["missing"]), (&true.into(), &true.into(), &missing));
        assert_eq!((&at["sources"]["pointer"], &at["reasons"]["pointer"]), (&"file".into(), &"pointer".into()));
    }
    assert_eq!(param(0, 1)["type"], "c_ulong");
    assert_eq!((&param(0, 2)["pointer"], &param(0, 2)["address"]), (&false.into(), &false.into()));
    let summary = &report["summary"];
    assert_eq!((&summary["pointers"], &summary["complete"], &summary["unknown"]), (&2.into(), &1.into(), &0.into()));
    let page = audit(&["--format", "html"]);
    assert!(page.contains("\"address\":true"), "{page}");
}

#[test]
fn generate_writes_checks_and_dumps() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("a file.rs");
    let file = file.to_str().expect("the path is text");
    let dumps = folder.path().to_str().expect("the path is text");
    let input = ["generate", "--header", "sys/uio.h", "--allow", "readv", "--safe", "readv"];
    let with = |more: &[&str]| pinned_ffi(&[&input, more].concat());
    let missing = with(&["--output", file, "--check"]);
    assert!(!missing.status.success());
    assert!(text(&missing.stderr).contains("is not what these headers give"), "{}", text(&missing.stderr));
    assert!(with(&["--output", file, "--dump", dumps]).status.success());
    assert!(with(&["--output", file, "--check"]).status.success());
    let written = std::fs::read_to_string(file).expect("the file was written");
    assert_eq!(written, text(&with(&[]).stdout));
    assert!(written.contains("pub fn readv<"), "{written}");
    for dump in ["1-model.txt", "2-facts.txt", "3-contract.txt", "4-plan.txt"] {
        let text = std::fs::read_to_string(folder.path().join(dump)).unwrap_or_default();
        assert!(text.contains("iov"), "{dump}: {text}");
    }
    std::fs::write(file, "// edited\n").expect("the file can be written");
    assert!(!with(&["--output", file, "--check"]).status.success());
}

#[test]
fn contract_files_and_introspection_are_options() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("uio.toml");
    std::fs::write(&file, "schema = 1\n[functions.readv.params.iov]\nnullable = true\n").expect("written");
    let option = format!("--contract-file={}", file.display());
    let output = pinned_ffi(&["audit", "--header", "sys/uio.h", "--allow", "readv", &option]);
    assert!(text(&output.stdout).contains("nullable") && text(&output.stdout).contains("[file, "), "{output:?}");
    let option = format!("--gir={}", file.display());
    let output = pinned_ffi(&["audit", "--header", "sys/uio.h", "--allow", "readv", &option]);
    assert!(text(&output.stderr).starts_with("error[PB017]: this is no XML"), "{output:?}");
}

#[test]
fn mistakes_are_told_and_fail() {
    let output = pinned_ffi(&["generate", "--header", "no/such.h"]);
    assert!(!output.status.success());
    // The second reader, which asks libclang to print what is wrong, prints nothing: an error is told once.
    let stderr = text(&output.stderr);
    assert!(stderr.starts_with("error[PB011]: 'no/such.h' file not found"), "{stderr}");
    assert_eq!(stderr.matches("file not found").count(), 1, "{stderr}");
    assert!(!pinned_ffi(&["generate"]).status.success());
    assert!(!pinned_ffi(&["nonsense"]).status.success());
}

/// Prints what the macro would get; run by the test below in a process of its own.
#[test]
fn child_through_the_cache() {
    if std::env::var_os("PINNED_FFI_TEST_CHILD").is_none() {
        return;
    }
    let builder = pinned_ffi_codegen::Builder::new().header("sys/uio.h").allow("readv").safe("readv");
    match pinned_ffi_codegen::cache::through(&builder) {
        Ok(cached) => println!("CODE {} FILES {}", cached.code.replace('\n', " "), cached.files.len()),
        Err(errors) => println!("{errors}"),
    }
}

#[cfg(unix)]
#[test]
fn a_libclang_that_does_not_work_here_is_used_by_the_helper() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().expect("a temporary folder");
    // A file of the right name that is no library: what this process cannot load.
    let broken: PathBuf = folder.path().join("libclang.so");
    std::fs::write(&broken, "not a library").expect("the folder can be written");
    // The helper finds the real one, as a process without rustc's LLVM would.
    let script = folder.path().join("helper.sh");
    let restore = std::env::var("LIBCLANG_PATH")
        .map_or_else(|_| "unset LIBCLANG_PATH".to_owned(), |path| format!("export LIBCLANG_PATH='{path}'"));
    std::fs::write(&script, format!("#!/bin/sh\n{restore}\nexec '{}' \"$@\"\n", env!("CARGO_BIN_EXE_pinned-ffi")))
        .expect("the folder can be written");
    std::fs::set_permissions(&script, std::fs::Permissions::from_mode(0o755)).expect("the script can be run");
    let child = |helper: &Path| {
        let output = Command::new(std::env::current_exe().expect("this program has a path"))
            .args(["--exact", "child_through_the_cache", "--nocapture"])
            .env("PINNED_FFI_TEST_CHILD", "1")
            .env("LIBCLANG_PATH", &broken)
            .env("PINNED_FFI_HELPER", helper)
            .output()
            .expect("this program runs again");
        text(&output.stdout)
    };
    let helped = child(&script);
    assert!(helped.contains("CODE ") && helped.contains("pub fn readv"), "{helped}");
    let alone = child(Path::new("/nonexistent/helper"));
    assert!(alone.contains("error[PB012]"), "{alone}");
}

#[test]
fn export_writes_and_checks_the_header_of_functions() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (root, header) = (folder.path().join("lib.rs"), folder.path().join("mine.h"));
    let write = |text: &str| std::fs::write(&root, text).expect("the folder was just made");
    let (root, header) = (root.to_str().expect("text"), header.to_str().expect("text"));
    write("#[pinned_ffi(export = \"twice\", on_panic = -1)]\nfn double(number: i32) -> i32 { number * 2 }\n");
    let printed = pinned_ffi(&["export", root]);
    assert!(printed.status.success(), "{}", text(&printed.stderr));
    assert!(text(&printed.stdout).contains("\n/*\n * a panic returns -1\n */\nint32_t twice(int32_t number);\n"));
    assert!(pinned_ffi(&["export", root, "--output", header]).status.success());
    assert_eq!(std::fs::read(header).expect("it was written"), printed.stdout);
    assert!(pinned_ffi(&["export", root, "--output", header, "--check"]).status.success());
    write("#[pinned_ffi(export)]\nfn double(number: &i32) -> i32 { number * 2 }\n");
    let refused = pinned_ffi(&["export", root, "--output", header]);
    assert!(
        !refused.status.success() && text(&refused.stderr).contains("error[PB030]: no parameter of C's can be `&i32`")
    );
    assert!(text(&refused.stderr).contains("lib.rs:2:19"), "{}", text(&refused.stderr));
    write("#[pinned_ffi(export)]\nfn double(number: i64) -> i64 { number * 2 }\n");
    let differs = pinned_ffi(&["export", root, "--output", header, "--check"]);
    assert!(!differs.status.success() && text(&differs.stderr).contains("is not what these files give"));
}

#[test]
fn packs_may_be_left_out_and_names_stand_in_comments() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let header = folder.path().join("part.h");
    std::fs::write(&header, "#include <string.h>\nint draw(int * /* points */, int /* n_points */);\n")
        .expect("the folder was just made");
    let header = header.to_str().expect("a plain path");
    let audit = |more: &[&str]| {
        let output = pinned_ffi(&[&["audit", "--header", header, "--allow", "draw|strtok"], more].concat());
        assert!(output.status.success(), "{}", text(&output.stderr));
        text(&output.stdout)
    };
    let drawn = "points: counted_by(n_points) [inferred:pointer-then-size]";
    let (with, without) = (audit(&[]), audit(&["--no-packs"]));
    assert!(with.contains("[pack:libc/string"), "{with}");
    assert!(!without.contains("pack:") && without.contains("strtok"), "{without}");
    assert!(with.contains(drawn) && without.contains(drawn), "{with}\n{without}");
}
