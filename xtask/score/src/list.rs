//! The lists: name, Debian packages, pkg-config names, headers and further flags for clang, with tabs between them.

/// To which sum a library belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Group {
    /// The four that the targets are about.
    Four,
    /// Half of the others: rules may be made with a look at these.
    Tune,
    /// The other half: these show whether the rules hold elsewhere.
    Check,
    /// Libraries with a pack, which is not read.
    Packed,
}

impl Group {
    /// As tables call it.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Four => "four",
            Self::Tune => "tune",
            Self::Check => "check",
            Self::Packed => "packed",
        }
    }
}

/// One line of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// The `.gir` without its ending, or the pack.
    pub(crate) name: String,
    pub(crate) group: Group,
    /// Debian packages.
    pub(crate) packages: Vec<String>,
    /// The names that pkg-config knows it by.
    pub(crate) pkg_config: Vec<String>,
    /// As in `#include <…>`.
    pub(crate) headers: Vec<String>,
    /// For clang.
    pub(crate) flags: Vec<String>,
}

const FOUR: &[&str] = &["GLib-2.0", "GObject-2.0", "Gio-2.0", "Pango-1.0"];

/// Reads a list.
pub(crate) fn parse(text: &str, is_packed: bool) -> Result<Vec<Entry>, String> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
    lines
        .map(|(number, line)| {
            let columns: Vec<&str> = line.split('\t').collect();
            let ([name, packages, pkg_config, headers] | [name, packages, pkg_config, headers, _]) = columns[..] else {
                return Err(format!("line {}: {} columns, not 4 or 5", number + 1, columns.len()));
            };
            let words =
                |column: &str| column.split_whitespace().filter(|word| *word != "-").map(str::to_owned).collect();
            Ok(Entry {
                name: name.to_owned(),
                group: group(name, is_packed),
                packages: words(packages),
                pkg_config: words(pkg_config),
                headers: words(headers),
                flags: words(columns.get(4).unwrap_or(&"")),
            })
        })
        .collect()
}

/// The rows of the list of judged lengths that are of this `.gir`: function, parameter, its length.
pub(crate) fn judged<'a>(text: &'a str, name: &str) -> Vec<[&'a str; 3]> {
    let rows = text.lines().filter_map(|line| <[&str; 4]>::try_from(line.split('\t').collect::<Vec<_>>()).ok());
    rows.filter(|[of, ..]| *of == name).map(|[_, function, param, by]| [function, param, by]).collect()
}

/// The half is by the name alone, so nobody chooses it. The parts of one library stay together.
fn group(name: &str, is_packed: bool) -> Group {
    if is_packed {
        return Group::Packed;
    }
    if FOUR.contains(&name) {
        return Group::Four;
    }
    let name = name.split('-').next().unwrap_or(name);
    let family = ["Gst", "Gdk", "Pango"].into_iter().find(|family| name.starts_with(family)).unwrap_or(name);
    // FNV-1a.
    let hash = family
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    // The lowest bit alone is the parity of the letters.
    if (hash >> 32) & 1 == 0 { Group::Tune } else { Group::Check }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_words() {
        let entries = parse("# comment\nA-1.0\ta-dev b-dev\t-\ta.h b.h\t-DX\n\nPango-1.0\tp\tpango\tp.h\n", false);
        let entries = entries.expect("it is in order");
        assert_eq!(entries[0].packages, ["a-dev", "b-dev"]);
        assert_eq!(entries[0].headers, ["a.h", "b.h"]);
        assert!(entries[0].pkg_config.is_empty());
        assert_eq!(entries[0].flags, ["-DX"]);
        assert_eq!((entries[1].group, &*entries[1].pkg_config[0]), (Group::Four, "pango"));
        assert!(parse("one column", false).expect_err("it is not").contains("line 1"));
    }

    #[test]
    fn judged_rows_are_of_one_library() {
        let text = "# comment\nA-1.0\tf\tkeys\tn\nB-1.0\tg\tkeys\tn\n";
        assert_eq!(judged(text, "A-1.0"), [["f", "keys", "n"]]);
        let all = parse(crate::LIBRARIES, false).expect("it is in order");
        let known: usize = all.iter().map(|entry| judged(crate::JUDGED, &entry.name).len()).sum();
        let rows = crate::JUDGED.lines().filter(|line| !line.starts_with('#')).count();
        assert_eq!(known, rows, "a row of a library that is not in the list, or without four columns");
    }

    #[test]
    fn halves_go_by_the_library() {
        assert_eq!(group("GstVideo-1.0", false), group("GstAudio-1.0", false));
        assert_eq!(group("Gdk-3.0", false), group("Gdk-4.0", false));
        assert_eq!(group("zlib", true), Group::Packed);
        let all = parse(crate::LIBRARIES, false).expect("it is in order");
        let of = |group| all.iter().filter(|entry| entry.group == group).count();
        assert_eq!(of(Group::Four), 4);
        assert!(of(Group::Tune) > 15 && of(Group::Check) > 15, "{} and {}", of(Group::Tune), of(Group::Check));
        let packed = parse(crate::PACKED, true).expect("it is in order");
        assert!(packed.iter().all(|entry| entry.group == Group::Packed) && packed.len() > 10);
    }
}
