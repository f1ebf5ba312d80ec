//! Writes the header of the exported functions, and compiles the C programs that include it.

use pinned_ffi_codegen::Exports;
use std::error::Error;
use std::path::PathBuf;

fn main() {
    if let Err(error) = generate() {
        // Cargo shows what a failed build script wrote to standard error.
        eprintln!("{error}");
        std::process::exit(1);
    }
}

fn generate() -> Result<(), Box<dyn Error>> {
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    let header = Exports::new("src/words.rs").generate()?;
    header.write(&out.join("words.h"))?;
    for file in &header.files {
        println!("cargo::rerun-if-changed={}", file.display());
    }
    println!("cargo::rerun-if-changed=c");
    println!("cargo::rustc-link-search=native={}", out.display());
    for program in ["main", "broken"] {
        cc::Build::new()
            .file(format!("c/{program}.c"))
            .include(&out)
            .warnings(true)
            .warnings_into_errors(true)
            // Each has a `main`: only the program that asks for it links it.
            .cargo_metadata(false)
            .compile(&format!("words_{program}"));
    }
    Ok(())
}
