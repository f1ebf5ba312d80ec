//! What several targets share: records that contracts speak of, and what every outcome must hold.

use pinned_ffi_codegen::diag::{Diagnostics, Place};
use pinned_ffi_codegen::model::{Field, Record};
use pinned_ffi_codegen::pipeline::Output;
use pinned_ffi_codegen::read::block;

/// `struct node`, `struct iovec` and an opaque `struct ring`.
pub(crate) fn records() -> Vec<Record> {
    let field = |name: &str, ty: &str| Field {
        name: name.to_owned(),
        ty: block::shape(&syn::parse_str(ty).expect("the type is Rust")),
        attrs: Vec::new(),
    };
    let record = |name: &str, is_opaque, fields| Record { name: name.to_owned(), is_union: false, is_opaque, fields };
    vec![
        record("node", false, vec![field("name", "*mut c_char"), field("next", "*mut node")]),
        record("iovec", false, vec![field("iov_base", "*mut c_void"), field("iov_len", "size_t")]),
        record("ring", true, Vec::new()),
    ]
}

/// What was refused is told with a code and in words; with `placed`, each at a place.
pub(crate) fn told(errors: &Diagnostics, placed: bool) {
    assert!(!errors.is_empty());
    for diagnostic in errors.iter() {
        assert!(diagnostic.code.id.starts_with("PB") && !diagnostic.message.is_empty(), "{diagnostic:?}");
        assert!(!placed || !matches!(diagnostic.place, Place::Unknown), "{diagnostic:?} has no place");
    }
    assert!(!errors.to_string().is_empty() && !errors.to_compile_errors().is_empty());
}

/// What was made parses as Rust, from its text.
pub(crate) fn is_rust(output: &Output) {
    drop(output.dumps());
    let text = output.code.to_string();
    if let Err(error) = syn::parse_file(&text) {
        panic!("what was emitted is no Rust: {error}\n{text}");
    }
}
