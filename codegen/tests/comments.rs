//! Comments of a header in the wrappers' documentation: rustdoc has nothing to say of them, and no program to try.

use pinned_ffi_codegen::Builder;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const HEADER: &str = r#"/* What C programmers write. */
/** A pair, see [pair] and <pair.h>. */
struct pair {
  /** The first, `a[0]`; \sa [second] */
  int first;
  int second; /**< half of pair[2] */
};

/** \def LIMIT [most] of them */
#define LIMIT 3

/** Kinds, one of [A, B]. */
enum kind {
  KIND_A, /**< the [A] */
  KIND_B
};

/**
 * \brief Reads into a buffer.
 *
 * \param[in]     from  where it is, in [0, n)
 * \param[out]    to    see `read' and vector<int>
 * \param[in,out] n     at most LIMIT; http://example.org/why#n tells why.
 * \return [0] or -1
 *
 * Like this:
 *
 *     int n = 3;
 *     read_pair(from, &to, &n);
 *
 * or, with Doxygen,
 * @code{.c}
 * if (read_pair(from, to, &n)) abort();
 * @endcode
 *
 * ```
 * read_pair(0, 0, 0)
 * ```
 */
int read_pair(const char *from, struct pair *to, int *n);

/// Prints [like](printf) with <b>words</b>.
int print_pair(const char *format, ...);

/* [plain] and no documentation */
void plain_pair(struct pair *pair);
"#;

fn bindings(folder: &Path) -> String {
    let path = folder.join("pair.h");
    std::fs::write(&path, HEADER).expect("the folder can be written");
    let bindings = Builder::new().header(path.display().to_string()).format(false).generate();
    bindings.unwrap_or_else(|errors| panic!("{errors}")).text()
}

/// Every documentation of a file, each on an item of its own: what it stands on makes no difference to rustdoc.
fn documentation(text: &str) -> Vec<String> {
    #[derive(Default)]
    struct Docs(Vec<String>);
    impl<'ast> syn::visit::Visit<'ast> for Docs {
        fn visit_attribute(&mut self, attribute: &'ast syn::Attribute) {
            if let syn::Meta::NameValue(pair) = &attribute.meta
                && pair.path.is_ident("doc")
                && let syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) = &pair.value
            {
                self.0.push(text.value());
            }
        }
    }
    let mut docs = Docs::default();
    syn::visit::Visit::visit_file(&mut docs, &syn::parse_file(text).expect("the bindings parse"));
    docs.0
}

fn rustdoc(args: &[&str], file: &Path) -> Output {
    let rustdoc = std::env::var_os("RUSTDOC").map_or_else(|| PathBuf::from("rustdoc"), PathBuf::from);
    let folder = file.parent().expect("a file has a folder");
    Command::new(rustdoc)
        .args(["--edition", "2024", "--crate-name", "documented", "--crate-type", "lib"])
        .args(args)
        .arg("--out-dir")
        .arg(folder.join("doc"))
        .arg(file)
        .output()
        .expect("rustdoc comes with the compiler")
}

#[test]
fn rustdoc_has_nothing_to_say() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let docs = documentation(&bindings(folder.path()));
    assert!(docs.len() > 8, "{docs:#?}");
    let items: String = docs
        .iter()
        .enumerate()
        .map(|(number, text)| format!("#[doc = {text:?}]\npub struct Item{number};\n"))
        .collect();
    let file = folder.path().join("documented.rs");
    std::fs::write(&file, format!("//! Documented.\n{items}")).expect("the folder can be written");
    // A comment as it stands would be refused: the test would notice.
    let bad = folder.path().join("bad.rs");
    std::fs::write(&bad, "//! Bad.\n/// \\param[in] x\npub struct Item;\n").expect("the folder can be written");
    let lints = ["-D", "warnings", "-D", "rustdoc::all"];
    assert!(!rustdoc(&lints, &bad).status.success());
    let output = rustdoc(&lints, &file);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let output = rustdoc(&["--test"], &file);
    assert!(String::from_utf8_lossy(&output.stdout).contains("running 0 tests"), "{output:?}");
}

#[test]
fn wrappers_carry_the_comment_and_doxygens_words() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let docs = documentation(&bindings(folder.path())).join("\n---\n");
    for words in [
        "\\brief Reads into a buffer.",
        "\\param\\[in,out\\] n     at most LIMIT; <http://example.org/why#n> tells why.",
        "```text\n     int n = 3;",
        "@code{.c}\n",
        "vector\\<int>",
        "half of pair\\[2\\]",
        "Prints \\[like\\](printf) with \\<b>words\\</b>.",
    ] {
        assert!(docs.contains(words), "{words}: {docs}");
    }
    assert!(!docs.contains("no documentation"), "{docs}");
    // The comment comes first, what it takes to call it comes after.
    let (comment, safety) = (docs.find("Reads into"), docs.find("Nothing is known here"));
    assert!(comment < safety, "{docs}");
}
