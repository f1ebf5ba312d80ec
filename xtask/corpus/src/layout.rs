//! The C compiler's word on the layout of every structure.

use crate::process;
use std::process::Command;

/// Compiles the assertions behind the header; what the compiler says if one does not hold.
pub(crate) fn check(header: &str, asserts: &str, args: &[String], file: &str) -> Result<(), String> {
    let text = format!("#include \"{header}\"\n#include <stddef.h>\n{asserts}");
    std::fs::write(file, text).map_err(|error| format!("{file}: {error}"))?;
    let ran = process::run(Command::new("cc").args(["-std=gnu11", "-fsyntax-only", "-w"]).args(args).arg(file))?;
    // What this compiler does not know at all (a structure behind a condition on the compiler's name) it cannot judge.
    match ran.stderr.lines().find(|line| line.contains("static assertion failed")) {
        Some(said) => Err(format!("layout: {said}")),
        None => Ok(()),
    }
}
