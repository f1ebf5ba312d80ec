//! Compiles the C side of the programs; with AddressSanitizer where `PINNED_FFI_MATRIX_C=address` asks for it.

fn main() {
    println!("cargo::rerun-if-env-changed=PINNED_FFI_MATRIX_C");
    println!("cargo::rerun-if-changed=src/bin/programs");
    let mut build = cc::Build::new();
    let folder = std::fs::read_dir("src/bin/programs").expect("the folder of the programs");
    let mut files: Vec<_> = folder.flatten().map(|entry| entry.path()).collect();
    files.retain(|path| path.extension().is_some_and(|end| end == "c"));
    files.sort();
    // Loops stay loops, and calls of strlen calls, so that the bugs in them stay what they are.
    build.files(files).opt_level(1).debug(true).flag("-fno-builtin").flag("-fno-inline").warnings(true);
    // They are wrong on purpose.
    build.flag_if_supported("-Wno-free-nonheap-object").flag_if_supported("-Wno-discarded-qualifiers");
    // Said either way: cc would do as is done for Rust.
    let is_asked = std::env::var("PINNED_FFI_MATRIX_C").is_ok_and(|asked| asked == "address");
    build.flag(if is_asked { "-fsanitize=address" } else { "-fno-sanitize=address" });
    build.compile("matrix_programs");
}
