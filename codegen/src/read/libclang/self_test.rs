//! Decides whether a libclang reads C as it is, and which arguments may help one that does not.

use std::path::Path;
use std::process::Command;

use super::search::first_line;
use crate::config::WrapperSource;
use crate::read::clang::{self, Handle, RawTypeKind};

/// Tells whether this libclang reads C as it is, or what it said instead.
pub(super) fn self_test(handle: &Handle, extra_args: &[String]) -> Result<(), String> {
    let missing = handle.missing_functions();
    if !missing.is_empty() {
        return Err(format!("it is too old: it has no {}", missing.join(", ")));
    }
    let mut text = String::from("#include <stddef.h>\n#include <stdarg.h>\nsize_t pinned_ffi_probe(const char *p);\n");
    if cfg!(target_vendor = "apple") {
        // There the compiler's headers and the system's come from different places, and both are needed.
        text.insert_str(0, "#include <sys/types.h>\n");
    }
    let source = WrapperSource { name: "pinned_ffi_probe.h".to_owned(), text };
    let read = clang::read_with(&handle.attach(), &source, extra_args.to_vec())
        .map_err(|diagnostics| diagnostics.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))?;
    match read.functions.iter().find(|function| function.name == "pinned_ffi_probe") {
        Some(probe) if matches!(probe.result.kind, RawTypeKind::Int { signed: false, .. }) => Ok(()),
        Some(probe) => Err(format!("it read size_t as {}", probe.result.canonical)),
        None => Err("it did not see a function".to_owned()),
    }
}

/// Sets of extra arguments that may supply missing compiler headers, the likeliest first.
///
/// A libclang from PyPI comes without its resource directory: `stddef.h` is then missing and `size_t` silently
/// becomes `int`.
pub(super) fn header_args() -> impl Iterator<Item = Vec<String>> {
    let clang = || {
        let dir = first_line(Command::new("clang").arg("-print-resource-dir")).ok()?;
        Some(vec!["-isystem".to_owned(), format!("{dir}/include")])
    };
    let compiler = |names: &'static [&'static str]| {
        ["cc", "gcc"].iter().find_map(|compiler| {
            let mut args = Vec::new();
            for name in names {
                let dir = first_line(Command::new(compiler).arg(format!("-print-file-name={name}"))).ok()?;
                // A compiler that does not know the name prints it back.
                if !Path::new(&dir).is_absolute() {
                    return None;
                }
                args.extend(["-isystem".to_owned(), dir]);
            }
            Some(args)
        })
    };
    let sdk = || {
        let dir = first_line(Command::new("xcrun").arg("--show-sdk-path")).ok()?;
        Some(vec!["-isysroot".to_owned(), dir])
    };
    let attempts: [Box<dyn Fn() -> Option<Vec<String>>>; 4] = [
        Box::new(move || if cfg!(target_vendor = "apple") { sdk() } else { None }),
        Box::new(clang),
        Box::new(move || compiler(&["include"])),
        Box::new(move || compiler(&["include", "include-fixed"])),
    ];
    attempts.into_iter().filter_map(|attempt| attempt())
}
