//! The text of every pass for every header and block of the corpus, and the tokens, which must parse (`tokens.rs` compiles them).
//!
//! `PINNED_FFI_BLESS=1` accepts what the passes say now.

use pinned_ffi_codegen::options::Options;
use pinned_ffi_codegen::pipeline::Output;
use pinned_ffi_codegen::{Builder, dump, emit, pipeline, read};
use std::path::{Path, PathBuf};

fn here() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Compares with the file, or writes it.
fn check(folder: &str, name: &str, extension: &str, text: &str, failed: &mut Vec<String>) {
    let path = here().join("snapshots").join(folder).join(format!("{name}.{extension}"));
    if std::env::var_os("PINNED_FFI_BLESS").is_some() {
        std::fs::create_dir_all(path.parent().expect("a file has a folder")).expect("the folder can be made");
        std::fs::write(&path, text).expect("the snapshot can be written");
        return;
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    if expected != text {
        let first = expected
            .lines()
            .zip(text.lines())
            .position(|(a, b)| a != b)
            .unwrap_or(expected.lines().count().min(text.lines().count()));
        failed.push(format!(
            "{}: line {}\n  expected {:?}\n  found    {:?}",
            path.display(),
            first + 1,
            expected.lines().nth(first).unwrap_or(""),
            text.lines().nth(first).unwrap_or("")
        ));
    }
}

fn corpus(extension: &str) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(here().join("corpus"))
        .expect("the corpus is there")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|found| found == extension))
        .collect();
    files.sort();
    assert!(!files.is_empty());
    files
}

fn stem(path: &Path) -> String {
    path.file_stem().expect("a file has a name").to_string_lossy().into_owned()
}

/// Options in a header's first comment: `/* safe: a|b */`.
fn flags(path: &Path) -> Option<String> {
    let text = std::fs::read_to_string(path).expect("the header can be read");
    let first = text.lines().next()?;
    Some(first.strip_prefix("/* safe: ")?.strip_suffix(" */")?.to_owned())
}

#[test]
fn every_pass_says_what_it_said() {
    let mut failed = Vec::new();
    for path in corpus("h") {
        let name = stem(&path);
        let mut builder = Builder::new().header(path.display().to_string());
        if let Some(safe) = flags(&path) {
            builder = builder.safe(safe);
        }
        let bindings = builder.generate().unwrap_or_else(|errors| panic!("{name}: {errors}"));
        for (pass, text) in bindings.output.dumps() {
            check(pass, &name, "txt", &text, &mut failed);
        }
        let Output { header, facts, contracts, .. } = &bindings.output;
        check("audit", &name, "txt", &dump::audit(header, facts, contracts), &mut failed);
        check("tokens", &name, "rs", &bindings.text(), &mut failed);
    }
    for path in corpus("rs") {
        let name = stem(&path);
        let text = std::fs::read_to_string(&path).expect("the block can be read");
        let block = syn::parse_str(&text).expect("the block parses");
        let (header, tokens) = read::block::read(block).unwrap_or_else(|errors| panic!("{name}: {errors}"));
        let options = Options::default();
        let paths = emit::paths::Paths::new(None);
        let style = emit::Style { paths, raw: options.raw, c_abi: false, docs: true, own_module: false };
        let output = pipeline::run(header, tokens, &style).unwrap_or_else(|errors| panic!("{name}: {errors}"));
        for (pass, text) in output.dumps() {
            check(pass, &name, "txt", &text, &mut failed);
        }
        let file = syn::parse2(output.code).expect("emitted code parses");
        check("tokens", &name, "rs", &prettyplease::unparse(&file), &mut failed);
    }
    assert!(failed.is_empty(), "{}\naccept with PINNED_FFI_BLESS=1", failed.join("\n"));
}
