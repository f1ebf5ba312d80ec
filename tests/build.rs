//! Compiles the C side of the run-time tests.

fn main() {
    println!("cargo::rerun-if-changed=c");
    cc::Build::new().file("c/probe.c").file("c/results.c").warnings(true).compile("probe");
}
