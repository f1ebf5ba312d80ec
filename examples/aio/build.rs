//! Generates the wrappers of `<aio.h>` with C's signatures; the contracts come with the generator.

use pinned_ffi_codegen::Builder;
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
    // Its constants are enumerations without a name, which the program spells out for itself.
    let functions = "aio_read|aio_write|aio_error|aio_return|aio_suspend|aio_cancel|lio_listio";
    Builder::new().header("aio.h").allow(functions).generate()?.write(&out.join("c.rs"))?;
    Ok(())
}
