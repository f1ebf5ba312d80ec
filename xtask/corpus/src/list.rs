//! The format of a list: Debian packages, pkg-config name or `-`, C prelude with `;` between its lines.

/// One line of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// Debian packages.
    pub(crate) packages: Vec<String>,
    /// The name that pkg-config knows it by.
    pub(crate) pkg_config: Option<String>,
    /// C, line by line.
    pub(crate) prelude: String,
}

impl Entry {
    /// The name that tables show.
    pub(crate) fn title(&self) -> String {
        let header = self.prelude.lines().rev().find_map(|line| line.trim().strip_prefix("#include"));
        format!("{} {}", self.packages.join(" "), header.unwrap_or("").trim())
    }
}

/// Reads a list.
pub(crate) fn parse(text: &str) -> Result<Vec<Entry>, String> {
    let mut entries = Vec::new();
    for (number, line) in text.lines().enumerate() {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let columns: Vec<&str> = line.split('\t').collect();
        let [packages, pkg_config, prelude] = columns.as_slice() else {
            return Err(format!(
                "line {}: {} columns, and not packages, pkg-config name and prelude with tabs between them",
                number + 1,
                columns.len()
            ));
        };
        entries.push(Entry {
            packages: packages.split_whitespace().map(str::to_owned).collect(),
            pkg_config: Some(pkg_config.trim()).filter(|name| *name != "-" && !name.is_empty()).map(str::to_owned),
            prelude: prelude.split(';').map(|line| format!("{}\n", line.trim())).collect(),
        });
    }
    Ok(entries)
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn three_columns_and_a_prelude_of_lines() {
        let entries = parse("# comment\na-dev b-dev\tab\t#define X 1;#include <x.h>\nlibz\t-\t#include <z.h>\n")
            .expect("it is in order");
        assert_eq!(entries[0].packages, ["a-dev", "b-dev"]);
        assert_eq!(entries[0].pkg_config.as_deref(), Some("ab"));
        assert_eq!(entries[0].prelude, "#define X 1\n#include <x.h>\n");
        assert_eq!(entries[0].title(), "a-dev b-dev <x.h>");
        assert_eq!(entries[1].pkg_config, None);
        assert!(parse("one column").expect_err("it is not").contains("line 1"));
    }
}
