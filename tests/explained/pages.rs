//! Makes programs of the pages of `pinned-ffi explain`: a module for each of Rust, a file for each of C. For the build script.

use pinned_ffi_codegen::explain::PAGES;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// Writes `explained.rs` and the files of C into a folder; gives the files.
pub(crate) fn write(folder: &Path) -> Vec<PathBuf> {
    let mut rust = String::new();
    let mut table = String::from("pub(crate) const PROGRAMS: &[(&str, fn())] = &[\n");
    let mut files = Vec::new();
    for page in PAGES.iter().filter(|page| page.code.starts_with("PF")) {
        for heading in ["Bad", "Good"] {
            let (c, program) = example(page.text, heading);
            let module = format!("{}_{}", page.code, heading).to_lowercase();
            if let Some(c) = c {
                let file = folder.join(format!("{module}.c"));
                std::fs::write(&file, format!("#include <stddef.h>\n{c}\n")).expect("OUT_DIR can be written");
                files.push(file);
            }
            // C's allocator passes by once in a program.
            let program = program.replace("pinned_ffi::interpose_malloc!();", "");
            let prelude = page.code.to_lowercase();
            let uses = format!("use super::common::*;\n#[allow(unused_imports)] use super::preludes::{prelude}::*;");
            let body = if program.contains("fn main()") || program.contains("#[pinned_ffi(export") {
                format!("{program}\npub(super) fn run() {{ super::preludes::{prelude}::drive(main_of!()); }}\n")
            } else {
                format!(
                    "fn body() -> Result<(), Box<dyn std::error::Error>> {{\n{program}\n#[allow(unreachable_code)] Ok(())\n}}\n\
                     pub(super) fn run() {{ super::preludes::{prelude}::drive(|| drop(body())); }}\n"
                )
            };
            let main = if program.contains("fn main()") { "main" } else { "|| ()" };
            let _ = writeln!(rust, "mod {module} {{\n{uses}\n{}}}", body.replace("main_of!()", main));
            let _ = writeln!(table, "(\"{} {heading}\", {module}::run),", page.code);
        }
    }
    std::fs::write(folder.join("explained.rs"), format!("{rust}\n{table}];\n")).expect("OUT_DIR can be written");
    files
}

/// The programs below a heading: C where there is some, and Rust.
fn example<'a>(text: &'a str, heading: &str) -> (Option<&'a str>, &'a str) {
    let (_, section) = text.split_once(&format!("\n## {heading}\n")).expect("the heading is there");
    let section = section.split("\n## ").next().unwrap_or(section);
    let fence = |language: &str| {
        let (_, rest) = section.split_once(&format!("```{language}\n"))?;
        rest.split_once("\n```").map(|(program, _)| program)
    };
    (fence("c"), fence("rust").expect("a program"))
}
