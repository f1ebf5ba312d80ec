//! Rules on manifests: codegen and runtime do not depend on each other.

use super::{Problems, Tree};

/// Crates and what their manifest must not name.
const MANIFESTS: &[(&str, &str)] =
    &[("codegen/Cargo.toml", "pinned-ffi"), ("runtime/Cargo.toml", "pinned-ffi-codegen")];

/// codegen and runtime know nothing of each other.
pub(super) fn apart(tree: &Tree, problems: &mut Problems) {
    for (path, package) in MANIFESTS {
        let Some(file) = tree.get(path) else {
            continue;
        };
        for (index, line) in file.text.lines().enumerate() {
            if depends(line, package) {
                let message = format!("depends on `{package}`");
                let help = "the two meet in emitted code only; tests that need both are in tests/";
                problems.add(path, index + 1, &message, help);
            }
        }
    }
}

/// Whether a line of a manifest declares a dependency on `package`.
fn depends(line: &str, package: &str) -> bool {
    let line = line.split('#').next().unwrap_or_default().trim();
    if let Some(table) = line.strip_prefix('[') {
        let name = table.trim_matches(['[', ']', ' ']).rsplit('.').next().unwrap_or_default();
        return table.contains("dependencies.") && name.trim_matches('"') == package;
    }
    let Some((key, value)) = line.split_once('=') else {
        return false;
    };
    let value: String = value.chars().filter(|c| !c.is_whitespace()).collect();
    let key = key.trim().trim_matches('"');
    let own = key == package || key.strip_prefix(package).is_some_and(|rest| rest.starts_with('.'));
    own || value.contains(&format!("package=\"{package}\""))
}

#[cfg(test)]
mod tests {
    use super::super::said_by;
    use super::*;

    #[test]
    fn manifests_without_each_other_pass() {
        let files = [
            ("codegen/Cargo.toml", "[package]\nname = \"pinned-ffi-codegen\"\n[[bin]]\nname = \"pinned-ffi\"\n"),
            ("runtime/Cargo.toml", "[dependencies]\npinned-ffi-macros = { workspace = true }\n"),
        ];
        assert!(said_by(apart, &files).is_empty());
    }

    #[test]
    fn manifests_with_each_other_fail() {
        for line in [
            "pinned-ffi = { path = \"../runtime\" }",
            "pinned-ffi.workspace = true",
            "[dev-dependencies.pinned-ffi]",
            "rt = { package = \"pinned-ffi\" }",
        ] {
            assert_eq!(said_by(apart, &[("codegen/Cargo.toml", line)]).len(), 1, "{line}");
        }
        let line = "pinned-ffi-codegen.workspace = true";
        assert_eq!(said_by(apart, &[("runtime/Cargo.toml", line)]).len(), 1);
    }
}
