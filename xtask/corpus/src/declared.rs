//! Counts the functions that a header declares without our reader: in clang's own dump of the tree.

use crate::process;
use std::collections::BTreeSet;
use std::process::Command;

/// A clang to ask, the newest that is there.
pub(crate) fn clang() -> Option<String> {
    let numbered = (11..=40).rev().map(|version| format!("clang-{version}"));
    numbered
        .chain(["clang".to_owned()])
        .find(|name| Command::new(name).arg("--version").output().is_ok_and(|output| output.status.success()))
}

/// The names of all functions that the text declares; `None` where there is no clang to ask.
pub(crate) fn functions(header: &str, args: &[String]) -> Result<Option<BTreeSet<String>>, String> {
    let Some(clang) = clang() else { return Ok(None) };
    let ran = process::run(
        Command::new(&clang)
            .args(["-x", "c", "-fsyntax-only", "-w", "-fno-color-diagnostics", "-Xclang", "-ast-dump"])
            .args(args)
            .arg(header),
    )?;
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
    use super::declared;

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
