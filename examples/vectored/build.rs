//! Generates the wrappers twice from the system's own headers: with C's signatures, and idiomatic.

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
    let headers = || Builder::new().header("sys/uio.h").header("sys/socket.h");
    headers().allow("readv|writev|preadv|sendmsg|recvmsg|socketpair").generate()?.write(&out.join("c.rs"))?;
    headers().allow("readv|writev|preadv").safe("readv|writev|preadv").generate()?.write(&out.join("idiomatic.rs"))?;
    Ok(())
}
