//! Real libraries: contracts of zlib's and SQLite's from their calls alone, and beside the packs that know them.

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

/// A part of `sqlite3.h` in another file, its handles as plain pointers.
const SQLITE: &str = "const char *sqlite3_libversion(void); \n\
    int sqlite3_complete(const char *sql); \n\
    int sqlite3_strglob(const char *zGlob, const char *zStr); \n\
    int sqlite3_open(const char *filename, void **ppDb); \n\
    int sqlite3_close(void *db); \n\
    const char *sqlite3_errmsg(void *db); \n\
    int sqlite3_exec(void *db, const char *sql, int (*callback)(void *, int, char **, char **), void *data, char **errmsg); \n\
    void sqlite3_free(void *block); \n\
    void *sqlite3_malloc(int bytes); \n\
    int sqlite3_prepare_v2(void *db, const char *zSql, int nByte, void **ppStmt, const char **pzTail); \n\
    const char *sqlite3_sql(void *pStmt); \n\
    int sqlite3_bind_text(void *pStmt, int at, const char *value, int n, void (*destructor)(void *)); \n\
    int sqlite3_bind_blob(void *pStmt, int at, const void *value, int n, void (*destructor)(void *)); \n\
    int sqlite3_finalize(void *pStmt); \n\
    const unsigned char *sqlite3_column_text(void *pStmt, int iCol); \n\
    const void *sqlite3_column_blob(void *pStmt, int iCol); \n\
    const char *sqlite3_column_name(void *pStmt, int N); \n\
    int sqlite3_get_table(void *db, const char *zSql, char ***pazResult, int *pnRow, int *pnColumn, char **pzErrmsg); \n\
    void sqlite3_free_table(char **result); \n\
    unsigned char *sqlite3_serialize(void *db, const char *zSchema, long long *piSize, unsigned mFlags); \n\
    int sqlite3_blob_open(void *db, const char *zDb, const char *zTable, const char *zColumn, long long iRow, int flags, void **ppBlob); \n\
    int sqlite3_blob_read(void *blob, void *Z, int N, int iOffset); \n\
    int sqlite3_blob_write(void *blob, const void *z, int n, int iOffset); \n\
    int sqlite3_blob_close(void *blob);\n";

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

/// What is learnt of SQLite whatever addresses its allocator gives.
const OF_SQLITE: &[(&str, &str)] = &[
    ("sqlite3_complete", "fn sqlite3_complete(#[null_terminated] #[noescape] sql: *const c_char) -> c_int;"),
    (
        "sqlite3_strglob",
        "fn sqlite3_strglob(#[null_terminated] #[noescape] zGlob: *const c_char, \
         #[null_terminated] #[noescape] zStr: *const c_char) -> c_int;",
    ),
    (
        "sqlite3_blob_read",
        "fn sqlite3_blob_read(blob: *mut c_void, #[out] #[sized_by(N)] #[noescape] Z: *mut c_void, N: c_int, \
         iOffset: c_int) -> c_int;",
    ),
    (
        "sqlite3_blob_write",
        "fn sqlite3_blob_write(blob: *mut c_void, #[sized_by(n)] #[noescape] z: *const c_void, n: c_int, \
         iOffset: c_int) -> c_int;",
    ),
];

/// Whether a word that was learnt is what the pack says.
fn is_said(word: &str, param: &Value) -> bool {
    let extent = &param["extent"];
    let inner = |prefix: &str| word.strip_prefix(prefix).and_then(|rest| rest.strip_suffix(')'));
    match word {
        "input" => param["direction"] == "in",
        "out" | "inout" => param["direction"] == "out" || param["direction"] == "inout",
        "noescape" => param["escape"] == "call",
        "nullable" => param["nullable"] != false,
        "one" | "null_terminated" => extent["kind"] == word,
        _ => match inner("counted_by(").or_else(|| inner("sized_by(")) {
            Some(by) => extent["by"] == by,
            None => inner("pointee(").is_some_and(|said| param["pointee"].as_str().is_some_and(|it| it.contains(said))),
        },
    }
}

#[test]
fn nothing_wrong_is_learnt_of_sqlite() {
    let (folder, path) = file();
    let done = program(&path, &["sqlite3"], &[]).output().expect("the program was built");
    assert!(done.status.success() && done.stderr.is_empty(), "{}", text(&done.stderr));
    let header = folder.path().join("part.h");
    std::fs::write(&header, SQLITE).expect("the folder can be written");
    let part = report(&path, header.to_str().expect("the path is text"), &["--no-infer", "all"]);
    for (name, wanted) in OF_SQLITE {
        assert_eq!(line(&part, name), Some(*wanted), "{}", function(&part, name));
    }
    let functions = part["functions"].as_array().expect("a list");
    let names = functions.iter().filter_map(|function| function["name"].as_str());
    // Not the pack's typed forms of them, which the program does not call.
    let names: Vec<&str> = names.filter(|name| SQLITE.contains(&format!("{name}("))).collect();
    assert_eq!(names.len(), SQLITE.matches(';').count());
    let whole = report(&path, "sqlite3.h", &["--allow", &names.join("|")]);
    let mut words = 0;
    for name in names {
        let (learnt, known) = (function(&part, name), function(&whole, name));
        for (param, known) in
            learnt["params"].as_array().into_iter().flatten().zip(known["params"].as_array().into_iter().flatten())
        {
            for proposed in param["learned"]["proposed"].as_array().into_iter().flatten() {
                let word = proposed["word"].as_str().expect("a word");
                assert!(is_said(word, known), "{name}: {word} of {param}, and the pack says {known}");
                words += 1;
            }
            let beside = &known["learned"];
            let is_content = |what: &str| beside[what].as_array().is_none_or(Vec::is_empty);
            assert!(is_content("contradictions") && is_content("proposed"), "{name}: {known}");
        }
        let result = &known["result"]["learned"];
        assert!(result["contradictions"].as_array().is_none_or(Vec::is_empty), "{name}: {result}");
    }
    assert!(words >= 20, "{words} words");
    let tail = &function(&part, "sqlite3_prepare_v2")["params"][4]["learned"]["proposed"];
    assert!(tail.to_string().contains("pointee(borrowed = zSql)"), "{tail}");
}
