//! The "never" arrows: which rooms of the code may not know which names, as one table.

use super::source::{is_word, line_of, starts, words};
use super::{Problems, Tree, is_under};

/// A kind of name that a room may not use.
enum Name {
    /// An external crate, told from a module of ours with the same name.
    Crate(&'static str),
    /// A module of the standard library, by path or in a `use` group.
    Std(&'static str),
    /// Any name or path that begins so.
    Starts(&'static str),
}

/// One arrow that must not be drawn.
struct Arrow {
    /// The rooms that may not draw it.
    within: &'static [&'static str],
    /// Rooms in them that may.
    except: &'static [&'static str],
    /// The names at its other end.
    names: &'static [Name],
    /// The edit that settles it.
    help: &'static str,
}

/// The arrows; a room is a folder, or a file without its `.rs`. Test modules are not judged.
const ARROWS: &[Arrow] = &[
    Arrow {
        within: &["codegen/src", "macros/src", "runtime/src"],
        except: &["codegen/src/read/bindgen"],
        names: &[Name::Crate("bindgen")],
        help: "only codegen/src/read/bindgen.rs names bindgen; take what it returns",
    },
    Arrow {
        within: &["codegen/src", "macros/src", "runtime/src"],
        except: &["codegen/src/read/clang", "codegen/src/read/libclang"],
        names: &[Name::Starts("clang_sys")],
        help: "only the files under codegen/src/read/clang name clang_sys; take what they return",
    },
    Arrow {
        within: &["codegen/src/model"],
        except: &[],
        names: &[Name::Starts("syn::"), Name::Starts("proc_macro2"), Name::Starts("clang")],
        help: "the model holds plain types of its own; translate in codegen/src/read or emit",
    },
    Arrow {
        within: &[
            "codegen/src/analyze",
            "codegen/src/contract",
            "codegen/src/check",
            "codegen/src/lower",
            "codegen/src/plan",
            "codegen/src/emit",
        ],
        except: &[],
        names: &[Name::Std("fs"), Name::Std("env"), Name::Std("process")],
        help: "a pass works on values; read in codegen/src/read or config.rs and pass the result on",
    },
    Arrow {
        within: &["codegen/src", "runtime/src"],
        except: &[
            "codegen/src/config",
            "codegen/src/read/libclang",
            "codegen/src/bin",
            "codegen/src/cli",
            "codegen/src/main",
            "runtime/src/mode",
        ],
        names: &[Name::Std("env"), Name::Starts("env::var")],
        help: "only codegen's config.rs and read/libclang and the runtime's mode.rs read the environment",
    },
    Arrow {
        // A program may ask for its arguments, but not for variables.
        within: &["codegen/src/bin", "codegen/src/cli", "codegen/src/main"],
        except: &[],
        names: &[Name::Starts("env::var")],
        help: "variables are read in codegen/src/config.rs; ask it",
    },
    Arrow {
        within: &["codegen/src"],
        except: &["codegen/src/read", "codegen/src/output", "codegen/src/bin", "codegen/src/cli", "codegen/src/main"],
        names: &[Name::Std("fs")],
        help: "only codegen/src/read, output.rs and the program touch files",
    },
    Arrow {
        within: &["runtime/src/alloc", "runtime/src/pin"],
        except: &[],
        names: &[Name::Starts("report::"), Name::Starts("render"), Name::Starts("sink")],
        help: "record the violation as data; it is told at the next safe point, above this layer",
    },
    Arrow {
        within: &["runtime/src"],
        except: &["runtime/src/sync"],
        names: &[Name::Starts("get_or_init"), Name::Starts("LazyLock")],
        help: "`crate::sync::first` sets a static's first value so that a forked child never finds it half made",
    },
];

/// No room uses a name that is kept from it.
pub(super) fn names(tree: &Tree, problems: &mut Problems) {
    for arrow in ARROWS {
        for file in arrow.within.iter().flat_map(|room| tree.under(room)) {
            if !file.is_ours() || arrow.except.iter().any(|room| is_under(&file.path, room)) {
                continue;
            }
            for name in arrow.names {
                let (said, found) = uses(file.main_code(), name);
                for at in found {
                    let message = format!("names `{said}`, which is kept from this file");
                    problems.add(&file.path, line_of(&file.code, at), &message, arrow.help);
                }
            }
        }
    }
}

/// How a name is told to the user, and the offsets of `code` that use it.
fn uses(code: &str, name: &Name) -> (String, Vec<usize>) {
    match name {
        Name::Crate(name) => ((*name).to_owned(), uses_of_crate(code, name)),
        Name::Std(name) => (format!("std::{name}"), uses_of_std(code, name)),
        Name::Starts(name) => ((*name).to_owned(), starts(code, name)),
    }
}

/// The offsets at which the crate `name` is meant, and not a module of ours that is called the same.
fn uses_of_crate(code: &str, name: &str) -> Vec<usize> {
    let module = has_module(code, name);
    let meant = |at: &usize| {
        let before = code.get(..*at).unwrap_or_default();
        let after = code.get(*at + name.len()..).unwrap_or_default().trim_start();
        // `read::bindgen` is ours; `::bindgen` with nothing before is the crate.
        if let Some(path) = before.strip_suffix("::") {
            return !path.bytes().next_back().is_some_and(is_word);
        }
        let keyword = before.split_whitespace().next_back().unwrap_or_default();
        !module && (after.starts_with("::") || matches!(keyword, "use" | "crate"))
    };
    words(code, name).into_iter().filter(meant).collect()
}

/// Whether `name` is a module in this file: declared here, or imported from our own crate.
fn has_module(code: &str, name: &str) -> bool {
    let after = |at: usize, keyword: &str| code.get(at + keyword.len()..).unwrap_or_default().trim_start();
    let declared = words(code, "mod")
        .into_iter()
        .any(|at| after(at, "mod").strip_prefix(name).is_some_and(|rest| rest.trim_start().starts_with([';', '{'])));
    declared
        || words(code, "use").into_iter().any(|at| {
            let tree = after(at, "use").split(';').next().unwrap_or_default();
            let ours = ["crate::", "super::", "self::"].iter().any(|start| tree.starts_with(*start));
            ours && !words(tree, name).is_empty()
        })
}

/// The offsets at which a module of the standard library is named, alone or in a `use` group.
fn uses_of_std(code: &str, module: &str) -> Vec<usize> {
    let is_use = |at: &usize| {
        let rest = code.get(*at + "std::".len()..).unwrap_or_default().trim_start();
        if !rest.starts_with('{') {
            return words(rest, module).first() == Some(&0);
        }
        let group = rest.split(';').next().unwrap_or_default();
        words(group, module).into_iter().any(|at| group.get(..at).unwrap_or_default().trim_end().ends_with(['{', ',']))
    };
    starts(code, "std::").into_iter().filter(is_use).collect()
}

#[cfg(test)]
mod tests {
    use super::super::said_by;
    use super::*;

    /// The number of problems that the arrows give for one file.
    fn count(path: &str, text: &str) -> usize {
        said_by(names, &[(path, text)]).len()
    }

    #[test]
    fn bindgen_is_named_in_its_reader_only() {
        let text = "use bindgen::Builder;\nfn f() { bindgen::builder(); }\n";
        assert_eq!(count("codegen/src/read/bindgen.rs", text), 0);
        assert_eq!(count("codegen/src/pipeline.rs", text), 2);
        assert_eq!(count("macros/src/lib.rs", "fn f() { ::bindgen::builder(); }"), 1);
    }

    #[test]
    fn a_module_called_bindgen_is_ours() {
        assert_eq!(count("codegen/src/read/mod.rs", "mod bindgen;\nfn f() { bindgen::read(); }"), 0);
        assert_eq!(count("codegen/src/pipeline.rs", "fn f() { read::bindgen::read(); }"), 0);
        let text = "use crate::read::{bindgen, merge};\nfn f() { bindgen::read(); }";
        assert_eq!(count("codegen/src/pipeline.rs", text), 0);
    }

    #[test]
    fn clang_sys_is_named_in_its_readers_only() {
        let text = "use clang_sys::CXCursor;\n";
        assert_eq!(count("codegen/src/read/clang.rs", text), 0);
        assert_eq!(count("codegen/src/read/libclang.rs", text), 0);
        assert_eq!(count("codegen/src/read/merge.rs", text), 1);
    }

    #[test]
    fn the_model_is_plain() {
        assert_eq!(count("codegen/src/model/ty.rs", "/// As clang_Type says, without syn::Type.\nstruct T;\n"), 0);
        assert_eq!(count("codegen/src/model/ty.rs", "struct T(syn::Type);\n"), 1);
        assert_eq!(count("codegen/src/model/mod.rs", "use proc_macro2::Span;\n"), 1);
    }

    #[test]
    fn passes_work_on_values() {
        assert_eq!(count("codegen/src/lower.rs", "use std::{fmt, mem};\n// no std::fs\n"), 0);
        // A pass that reads files also breaks the rule on files.
        assert_eq!(count("codegen/src/lower.rs", "use std::{fmt, fs};\n"), 2);
        assert_eq!(count("codegen/src/emit/mod.rs", "fn f() { std::process::exit(1) }\n"), 1);
        assert_eq!(count("codegen/src/emit/mod.rs", "fn f() { quote! { ::std::process::abort() } }\n"), 0);
    }

    #[test]
    fn the_environment_is_read_in_one_place_each() {
        let text = "fn f() { std::env::var_os(X); }\n";
        assert_eq!(count("codegen/src/config.rs", text), 0);
        assert_eq!(count("runtime/src/mode.rs", text), 0);
        assert_ne!(count("runtime/src/call.rs", text), 0);
        assert_eq!(count("codegen/src/bin/pinned-ffi.rs", "fn main() { std::env::args(); }\n"), 0);
        assert_ne!(count("codegen/src/bin/pinned-ffi.rs", text), 0);
    }

    #[test]
    fn files_are_touched_by_readers_and_output_only() {
        let text = "use std::fs;\n";
        assert_eq!(count("codegen/src/output.rs", text), 0);
        assert_eq!(count("codegen/src/read/cache.rs", text), 0);
        assert_eq!(count("codegen/src/lib.rs", text), 1);
        assert_eq!(count("codegen/src/lib.rs", "#[cfg(test)]\nmod tests {\n    use std::fs;\n}\n"), 0);
    }

    #[test]
    fn tables_tell_nobody() {
        assert_eq!(count("runtime/src/pin/table.rs", "use crate::site::Site;\n"), 0);
        assert_eq!(count("runtime/src/pin/table.rs", "use crate::report::Violation;\n"), 1);
        assert_eq!(count("runtime/src/alloc/mod.rs", "fn f() { render_text(); sink.tell(); }\n"), 2);
    }
}
