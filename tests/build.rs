//! Compiles the C side of the run-time tests, and the C file behind bindings of what has no symbol.

#[path = "explained/pages.rs"]
mod pages;

use pinned_ffi_codegen::{Builder, Exports};
use std::path::PathBuf;

fn main() {
    println!("cargo::rerun-if-changed=c");
    cc::Build::new()
        .file("c/probe.c")
        .file("c/results.c")
        .file("c/lists.c")
        .file("c/kept.c")
        .file("c/closures.c")
        .file("c/watch.c")
        .file("c/keepers.c")
        .file("c/after.c")
        .file("c/learn.c")
        .file("c/cgo.c")
        .file("c/owners.c")
        .file("c/forks.c")
        .file("c/inside.c")
        // Panics go through some of them.
        .flag("-fexceptions")
        .warnings(true)
        .compile("probe");
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("Cargo names a folder"));
    // Pages have C of their own, whose names are nobody else's business.
    cc::Build::new()
        .file("c/explained.c")
        .files(pages::write(&out))
        .warnings(false)
        .cargo_metadata(false)
        .compile("explained");
    Exports::new("exports/program.rs")
        .generate()
        .and_then(|header| header.write(&out.join("exports.h")))
        .unwrap_or_else(|errors| panic!("{errors}"));
    cc::Build::new()
        .file("c/exports_main.c")
        .include(&out)
        .flag("-fexceptions")
        .warnings(true)
        .warnings_into_errors(true)
        // It has a `main`: only the program that asks for it links it.
        .cargo_metadata(false)
        .compile("exports_main");
    let bindings = Builder::new()
        .header("c/shim.h")
        .allow("waitpid|qsort")
        .shim("shim_(sum|each|same|nothing|flag|flag_to|state_to)")
        .shim_macro("int WIFEXITED(int status)")
        .shim_macro("int WEXITSTATUS(int status)")
        .shim_macro("long SHIM_LARGER(long a, long b)")
        .shim_macro("int SHIM_FIRST(const int *pointer)")
        .safe("shim_sum|WIFEXITED|WEXITSTATUS")
        .contracts(
            r#"unsafe extern "C" {
                safe fn shim_sum(#[counted_by(count)] #[noescape] values: *const i32, count: size_t) -> i64;
                fn shim_flag_to(#[out] #[nonnull] #[one] flag: *mut bool, byte: u8);
                fn shim_state_to(#[inout] #[nonnull] #[one] state: *mut shim_state, byte: u8);
                fn SHIM_FIRST(#[nonnull] #[one] #[noescape] pointer: *const c_int) -> c_int;
            }"#,
        )
        .generate()
        .unwrap_or_else(|errors| panic!("{errors}"));
    bindings.write(&out.join("shim.rs")).unwrap_or_else(|errors| panic!("{errors}"));
    bindings.compile_shim("probe_shim").unwrap_or_else(|errors| panic!("{errors}"));
}
