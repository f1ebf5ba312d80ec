//! `examples/expanded/expanded.rs` is the real expansion of `input.rs`, with notes that only people read.

use pinned_ffi_codegen::expand_block;
use pinned_ffi_codegen::options::Options;
use std::path::Path;

#[test]
fn the_annotated_expansion_is_the_real_one() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/expanded");
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap_or_default();
    let input = syn::parse_file(&read("input.rs")).expect("the input parses");
    let Some(syn::Item::ForeignMod(mut block)) = input.items.into_iter().next() else { panic!("the input is a block") };
    block.attrs.retain(|attribute| !attribute.path().segments.iter().any(|segment| segment.ident == "pinned_ffi"));
    let code = expand_block(block, &Options::default()).unwrap_or_else(|errors| panic!("{errors}"));
    let found = prettyplease::unparse(&syn::parse2(code).expect("emitted code parses"));
    if std::env::var_os("PINNED_FFI_BLESS").is_some() {
        std::fs::write(folder.join("expanded.new.rs"), &found).expect("the folder can be written");
    }
    // Notes are comments, which a parser does not see.
    let annotated = syn::parse_file(&read("expanded.rs")).map(|file| prettyplease::unparse(&file)).unwrap_or_default();
    let first = annotated.lines().zip(found.lines()).find(|(a, b)| a != b);
    assert!(
        annotated == found,
        "examples/expanded/expanded.rs is not what input.rs becomes, from {first:?} on; PINNED_FFI_BLESS=1 writes expanded.new.rs beside it"
    );
    let notes = read("expanded.rs").lines().filter(|line| line.trim_start().starts_with("// ")).count();
    assert!(notes >= 10, "an expansion without notes teaches nobody");
}
