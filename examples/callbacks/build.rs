//! Generates the wrappers of `<sqlite3.h>` where it is installed; else nothing. What C calls, and for how long, the packs know.

use pinned_ffi_codegen::Builder;
use std::error::Error;
use std::path::PathBuf;

/// What the example uses.
const FUNCTIONS: &str = "sqlite3_(open|close|exec|free|user_data|create_function_v2|create_collation_v2|update_hook|progress_handler\
    |context_db_handle|value_double|value_text|value_bytes|result_double|result_int64|result_text(_transient)?)";

/// What is safe to call: closures in, closures out.
const SAFE: &str = "sqlite3_(open|close|exec|create_function_v2|create_collation_v2|update_hook|progress_handler\
    |context_db_handle|result_double|result_int64|result_text_transient)";

fn main() {
    println!("cargo::rustc-check-cfg=cfg(sqlite3)");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=/usr/include/sqlite3.h");
    if !has_header() {
        println!("cargo::warning=sqlite3.h is not installed (Debian: libsqlite3-dev): this example only says so");
        return;
    }
    if let Err(error) = generate() {
        // Cargo shows what a failed build script wrote to standard error.
        eprintln!("{error}");
        std::process::exit(1);
    }
    println!("cargo::rustc-cfg=sqlite3");
}

/// Whether the C compiler finds the header.
fn has_header() -> bool {
    let Some(out) = std::env::var_os("OUT_DIR") else { return false };
    let probe = PathBuf::from(out).join("probe.c");
    let written = std::fs::write(&probe, "#include <sqlite3.h>\n").is_ok();
    written && cc::Build::new().file(&probe).cargo_warnings(false).try_expand().is_ok()
}

fn generate() -> Result<(), Box<dyn Error>> {
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    Builder::new().header("sqlite3.h").allow(FUNCTIONS).safe(SAFE).generate()?.write(&out.join("sqlite3.rs"))?;
    println!("cargo::rustc-link-lib=sqlite3");
    Ok(())
}
