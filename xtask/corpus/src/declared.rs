//! Counts the functions that a header declares without our reader: in clang's own dump of the tree.

use crate::process;
use std::collections::BTreeSet;
use std::process::Command;

/// The version of libclang that `xtask setup` looks for first: the same clang counts what the same headers declare.
pub(crate) const PACKAGE: &str = "clang-19";

/// A clang to ask: of the version that `builtin` is of, or else the newest that is there.
fn clang(builtin: Option<&str>) -> Option<String> {
    let same = builtin.and_then(version).map(|version| format!("clang-{version}"));
    let numbered = (11..=40).rev().map(|version| format!("clang-{version}"));
    same.into_iter().chain(numbered).chain(["clang".to_owned()]).find(|name| is_there(name))
}

/// Whether any clang can be asked.
pub(crate) fn is_one_there() -> bool {
    clang(None).is_some()
}

fn is_there(name: &str) -> bool {
    Command::new(name).arg("--version").output().is_ok_and(|output| output.status.success())
}

/// The version in `/usr/lib/llvm-19/lib/clang/19/include`, and in `…/clang/14.0.6/include`.
fn version(builtin: &str) -> Option<&str> {
    let (_, rest) = builtin.rsplit_once("/clang/")?;
    rest.split(['.', '/']).next().filter(|version| version.parse::<u32>().is_ok())
}

/// The names of all functions that the text declares; `None` where there is no clang to ask.
///
/// `builtin` is the folder of libclang's own headers. They decide what is declared (`gmp.h` asks whether `va_start` is a macro),
/// and those of another version decide otherwise.
pub(crate) fn functions(
    header: &str,
    args: &[String],
    builtin: Option<&str>,
) -> Result<Option<BTreeSet<String>>, String> {
    let Some(clang) = clang(builtin) else { return Ok(None) };
    let ask = |more: &[&str]| {
        process::run(
            Command::new(&clang)
                .args(["-x", "c", "-fsyntax-only", "-w", "-fno-color-diagnostics", "-Xclang", "-ast-dump"])
                .args(more)
                .args(args)
                .arg(header),
        )
    };
    if let Some(builtin) = builtin {
        let ran = ask(&["-nobuiltininc", "-isystem", builtin])?;
        // Where they name what this clang does not know, its own serve.
        if ran.success {
            return Ok(Some(ran.stdout.lines().filter_map(declared).collect()));
        }
    }
    let ran = ask(&[])?;
    if !ran.success {
        return Err(format!("{clang}: {}", ran.stderr.lines().next().unwrap_or("failed")));
    }
    Ok(Some(ran.stdout.lines().filter_map(declared).collect()))
}

/// The name in a line such as `|-FunctionDecl 0x1 <a.h:1:1, col:9> col:5 used f 'int (void)' extern` of the outermost level.
fn declared(line: &str) -> Option<String> {
    let rest = line.strip_prefix("|-FunctionDecl ").or_else(|| line.strip_prefix("`-FunctionDecl "))?;
    let words: Vec<&str> = rest.split(" '").next()?.split_whitespace().collect();
    // Built-in functions that clang knows without a declaration stand nowhere.
    (!words.contains(&"implicit")).then(|| words.last().map(|name| (*name).to_owned()))?
}

#[cfg(test)]
mod tests {
    use super::{declared, version};

    #[test]
    fn versions_of_clangs_own_headers() {
        assert_eq!(version("/usr/lib/llvm-19/lib/clang/19/include"), Some("19"));
        assert_eq!(version("/usr/lib/llvm-14/lib/clang/14.0.6/include"), Some("14"));
        assert_eq!(version("/usr/lib/gcc/x86_64-linux-gnu/12/include"), None);
    }

    #[test]
    fn lines_of_the_dump() {
        let line = "|-FunctionDecl 0x55d <a.h:1:1, col:16> col:5 used read 'ssize_t (int, void *)' extern";
        assert_eq!(declared(line).as_deref(), Some("read"));
        assert_eq!(declared("| |-FunctionDecl 0x1 <a.h:1:1> col:5 inner 'int ()'"), None);
        assert_eq!(
            declared("|-FunctionDecl 0x1 <<invalid sloc>> <invalid sloc> implicit malloc 'void *(unsigned long)'"),
            None
        );
        assert_eq!(declared("|-VarDecl 0x1 <a.h:1:1> col:5 x 'int'"), None);
    }
}
