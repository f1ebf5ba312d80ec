//! The same headers give the same bytes: from any folder, at any time, for anybody.

use pinned_ffi_codegen::{Builder, audit};
use std::fs::{self, File, FileTimes};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime};

const MAIN: &str = r#"/* A library of its own, with everything that could tell where it lies. */
#pragma once
#include <stddef.h>
#include "parts/inner.h"
#include "parts/../parts/deeper.h"

/** Adds. \param[in] values  the numbers  \param[out] sum  their sum */
int mine_sum(const int *values, size_t n, long *sum) __attribute__((nonnull));
/* zlib has a function of this name and shape: whether it is meant must not depend on a folder's name. */
unsigned long adler32(unsigned long adler, const unsigned char *buf, unsigned int len);
struct mine_variant { int kind; union { int number; struct { char *text; size_t length; }; } value; };
struct mine_variant *mine_new(const char *name);
void mine_free(struct mine_variant *variant);
int mine_visit(struct mine_variant *variant, int (*visit)(void *data, int n), void *data);
int mine_variadic(const char *format, ...);
static inline int mine_inline(int x) { return x; }
enum { MINE_A = 1, MINE_B };
"#;

const INNER: &str =
    "#pragma once\n#include \"beside.h\"\n/// Never null.\nint inner_first(const char *_Nonnull name);\n";
const BESIDE: &str = "#pragma once\nint beside_first(void *p);\n";
const DEEPER: &str = "#pragma once\nint deeper_first(void *p);\nstruct { int unnamed; } *deeper_unnamed(void);\n";

const CONTRACTS: &str = r#"unsafe extern "C" {
    safe fn mine_sum(#[counted_by(n)] #[noescape] values: *const c_int, n: size_t, #[out] #[one] #[noescape] sum: *mut c_long) -> c_int;
}"#;

/// A copy of the headers in a folder of this name, some days old.
fn copy(root: &Path, name: &str, days: u64) -> PathBuf {
    let include = root.join(name).join("include");
    fs::create_dir_all(include.join("parts")).expect("the folder can be written");
    for (file, text) in
        [("mine.h", MAIN), ("parts/inner.h", INNER), ("parts/deeper.h", DEEPER), ("parts/beside.h", BESIDE)]
    {
        let path = include.join(file);
        fs::write(&path, text).expect("the folder can be written");
        let time = SystemTime::now() - Duration::from_secs(days * 24 * 60 * 60);
        let file = File::options().write(true).open(&path).expect("the file is there");
        file.set_times(FileTimes::new().set_modified(time).set_accessed(time)).expect("times can be set");
    }
    include
}

/// Everything that is written about a header.
fn written(header: &str) -> Vec<(&'static str, String)> {
    let bindings = Builder::new().header(header).contracts(CONTRACTS).generate();
    let bindings = bindings.unwrap_or_else(|errors| panic!("{errors}"));
    let report = audit::report(&bindings.output);
    let mut all = bindings.output.dumps();
    all.push(("code", bindings.text()));
    all.push(("layout", bindings.layout_asserts()));
    all.push(("audit", serde_json::to_string_pretty(&report).expect("a report is data")));
    all
}

/// Where a text tells of a machine, a day or a version.
fn traces<'a>(text: &'a str, folders: &[&Path]) -> Vec<&'a str> {
    let user = std::env::var("HOME").unwrap_or_else(|_| "nobody".into());
    let is_told = |line: &&str| {
        folders.iter().any(|folder| line.contains(&folder.display().to_string()))
            || line.contains(&format!("{}/", user.trim_end_matches('/')))
            || ["/usr/", "LLVM", "clang version", "/tmp/"].iter().any(|word| line.contains(word))
    };
    text.lines().filter(is_told).collect()
}

#[test]
fn from_any_folder() {
    let root = tempfile::tempdir().expect("a temporary folder");
    let (plain, other) = (copy(root.path(), "plain", 0), copy(root.path(), "zlib and curl", 400));
    let first = written(&plain.join("mine.h").display().to_string());
    let second = written(&other.join("mine.h").display().to_string());
    let roundabout = written(&other.join("parts/../mine.h").display().to_string());
    for ((pass, first), others) in first.iter().zip(second.iter().zip(&roundabout)) {
        assert_eq!(*first, others.0.1, "{pass}");
        assert_eq!(*first, others.1.1, "{pass}, on another way to the same file");
        let found = traces(first, &[root.path()]);
        assert!(found.is_empty(), "{pass}: {found:#?}");
    }
    let audit = &first.last().expect("the audit").1;
    for place in ["\"mine.h:8:5\"", "\"parts/inner.h:4:5\"", "\"parts/beside.h:2:5\"", "\"deeper.h:2:5\""] {
        assert!(audit.contains(place), "{place}: {audit}");
    }
}

/// The command, as somebody else would run it.
struct Somebody<'a> {
    folder: &'a Path,
    home: &'a str,
    zone: &'a str,
    language: &'a str,
}

impl Somebody<'_> {
    fn says(&self, args: &[&str]) -> String {
        let output = Command::new(env!("CARGO_BIN_EXE_pinned-ffi"))
            .args(args)
            .current_dir(self.folder)
            // What the test runner sets would win over the folder.
            .env_remove("CARGO_MANIFEST_DIR")
            .env("HOME", self.home)
            .env("USER", self.home)
            .env("TZ", self.zone)
            .env("LANG", self.language)
            .env("LC_ALL", self.language)
            .output()
            .expect("the command was built");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("the output is text")
    }
}

#[test]
fn by_anybody_at_any_time() {
    let root = tempfile::tempdir().expect("a temporary folder");
    let (plain, other) = (copy(root.path(), "plain", 3), copy(root.path(), "a folder", 9000));
    let one = Somebody { folder: &plain, home: "/nonexistent/one", zone: "UTC", language: "C" };
    let two = Somebody { folder: root.path(), home: "/nonexistent/two", zone: "Asia/Tokyo", language: "de_DE.UTF-8" };
    let absolute = other.join("mine.h").display().to_string();
    for words in [&["generate"][..], &["audit"], &["audit", "--format", "json"], &["audit", "--format", "html"]] {
        let relative = one.says(&[words, &["--header", "mine.h"]].concat());
        let through = two.says(&[words, &["--header", &absolute]].concat());
        let near = two.says(&[words, &["--header", "a folder/include/mine.h"]].concat());
        let found = traces(&relative, &[root.path()]);
        assert!(found.is_empty(), "{words:?}: {found:#?}");
        assert!(!relative.is_empty() && relative == through && relative == near, "{words:?}");
    }
}

/// A header of the system is called as `#include` calls it.
#[test]
fn system_headers_have_no_folder() {
    let bindings = Builder::new().header("sys/uio.h").allow("readv").generate();
    let report = audit::report(&bindings.unwrap_or_else(|errors| panic!("{errors}")).output);
    let place = report.functions[0].location.as_deref().expect("it comes from a header");
    assert!(place.starts_with("sys/uio.h:"), "{place}");
}
