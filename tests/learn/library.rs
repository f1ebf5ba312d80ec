//! A real library: zlib's contracts from its calls alone, and beside the pack that knows them.

use super::{file, function, line, program, strings, text};
use crate::command::pinned_ffi;
use serde_json::Value;
use std::path::Path;

/// A part of `zlib.h` in another file, where no pack knows it.
const PART: &str = "struct gz; \n\
    int compress(unsigned char *dest, unsigned long *destLen, const unsigned char *source, unsigned long sourceLen);\n\
    int uncompress(unsigned char *dest, unsigned long *destLen, const unsigned char *source, unsigned long sourceLen);\n\
    unsigned long crc32(unsigned long crc, const unsigned char *buf, unsigned int len);\n\
    const char *zError(int code);\n\
    void *gzopen(const char *path, const char *mode);\n\
    int gzwrite(void *file, const void *buf, unsigned int len);\n\
    int gzclose(void *file);\n";

const WANTED: &[(&str, &str)] = &[
    (
        "compress",
        "fn compress(#[out] #[counted_by(*destLen)] #[filled_by(*destLen)] #[noescape] dest: *mut c_uchar, \
         #[inout] #[one] destLen: *mut c_ulong, #[counted_by(sourceLen)] #[noescape] source: *const c_uchar, \
         sourceLen: c_ulong) -> c_int;",
    ),
    (
        "uncompress",
        "fn uncompress(#[out] #[counted_by(*destLen)] #[filled_by(*destLen)] #[noescape] dest: *mut c_uchar, \
         #[inout] #[one] destLen: *mut c_ulong, #[counted_by(sourceLen)] #[noescape] source: *const c_uchar, \
         sourceLen: c_ulong) -> c_int;",
    ),
    ("crc32", "fn crc32(crc: c_ulong, #[counted_by(len)] #[noescape] buf: *const c_uchar, len: c_uint) -> c_ulong;"),
    ("zError", "#[returns(static)] fn zError(code: c_int) -> *const c_char;"),
    (
        "gzopen",
        "#[returns(owned, free = gzclose)] fn gzopen(#[null_terminated] #[noescape] path: *const c_char, \
         mode: *const c_char) -> *mut c_void;",
    ),
];

fn report(path: &Path, header: &str, more: &[&str]) -> Value {
    let path = path.to_str().expect("the path is text");
    let arguments = [&["audit", "--header", header, "--learned", path, "--format", "json"], more].concat();
    let output = pinned_ffi(&arguments).output().expect("the command was built");
    assert!(output.status.success(), "{}", text(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("the output is JSON")
}

#[test]
fn zlib_is_learnt_from_its_calls_and_its_pack_stands() {
    let (folder, path) = file();
    let place = folder.path().to_str().expect("the path is text");
    let done = program(&path, &["zlib", place], &[]).output().expect("the program was built");
    assert!(done.status.success() && done.stderr.is_empty(), "{}", text(&done.stderr));
    let header = folder.path().join("part.h");
    std::fs::write(&header, PART).expect("the folder can be written");
    let part = report(&path, header.to_str().expect("the path is text"), &["--no-infer", "all"]);
    for (name, wanted) in WANTED {
        assert_eq!(line(&part, name), Some(*wanted), "{}", function(&part, name));
    }
    assert_eq!(line(&part, "gzclose"), None);
    // Whether a pointer is left in the file's own state is zlib's business.
    let wrote = line(&part, "gzwrite").unwrap_or_default();
    assert!(wrote.starts_with("fn gzwrite(file: *mut c_void, #[sized_by(len)] "), "{wrote}");
    assert_eq!(strings(&part["learned"]["elsewhere"]), [""; 0], "what takes and gives numbers alone is not watched");
    // Of what the pack says nothing is contradicted, nor proposed again.
    let whole = report(&path, "zlib.h", &["--allow", "compress|uncompress|crc32|zError|gzopen|gzwrite|gzclose"]);
    for name in WANTED.iter().map(|(name, _)| *name).chain(["gzwrite", "gzclose"]) {
        let function = function(&whole, name);
        assert!(function["learned"]["calls"].as_u64() >= Some(20), "{function}");
        let params = function["params"].as_array().into_iter().flatten().chain([&function["result"]]);
        for facts in params.map(|param| &param["learned"]).filter(|facts| facts.is_object()) {
            assert_eq!(facts["contradictions"], serde_json::json!([]), "{name}");
            assert_eq!(facts["proposed"], serde_json::json!([]), "{name}");
        }
    }
}
