//! Compiles what the measured programs call.

fn main() {
    println!("cargo::rerun-if-changed=c/work.c");
    // Optimised in debug builds as well: its instructions are not what is asked.
    cc::Build::new().file("c/work.c").opt_level(2).warnings(true).compile("bench_work");
}
