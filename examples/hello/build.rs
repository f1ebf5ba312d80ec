//! Compiles the C side. The bindings need no build script: `src/lib.rs` names the header.

fn main() {
    println!("cargo::rerun-if-changed=c");
    cc::Build::new().file("c/hello.c").include("c").warnings(true).compile("hello");
}
