//! `tests/matrix/rows.tsv` and `tests/matrix/legal.tsv`: the programs with the codes that should speak, and the legal calls.

use crate::root;

/// A program with a bug.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The program's name; one that replays a real bug begins with the number it has in the catalogue.
    pub name: String,
    /// The class of the bug.
    pub class: String,
    /// Reports with one of these are about the bug; none where no rule is meant to see it.
    pub codes: Vec<String>,
    /// Whether level cheap is expected to find it.
    pub cheap: bool,
    /// Whether level full is.
    pub full: bool,
    /// Why full misses it.
    pub reason: String,
}

impl Row {
    /// Whether it is one of the small programs, and no real bug told again.
    pub fn is_tiny(&self) -> bool {
        !self.name.strip_prefix('b').is_some_and(|rest| rest.starts_with(|first: char| first.is_ascii_digit()))
    }

    /// Whether the bug is memory that is never freed: only then are tools asked for leaks.
    pub fn is_leak(&self) -> bool {
        self.class == "C17"
    }
}

/// A call of a real library that must be silent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Legal {
    /// The call.
    pub name: String,
    /// Whose it is.
    pub library: String,
    /// The target of `pinned-ffi-tests` that makes it.
    pub target: String,
    /// The test in it.
    pub test: String,
}

/// All programs.
///
/// # Errors
///
/// Says what is wrong with the file.
pub fn bugs() -> Result<Vec<Row>, String> {
    bugs_in(&text("rows.tsv")?)
}

/// All legal calls.
///
/// # Errors
///
/// Says what is wrong with the file.
pub fn legal() -> Result<Vec<Legal>, String> {
    fields(&text("legal.tsv")?)
        .map(|(line, fields)| match &fields[..] {
            [name, library, target, test] => {
                let [name, library, target, test] = [name, library, target, test].map(|field| (*field).to_owned());
                Ok(Legal { name, library, target, test })
            }
            _ => Err(format!("tests/matrix/legal.tsv: `{line}` has not four fields")),
        })
        .collect()
}

fn text(file: &str) -> Result<String, String> {
    let path = root().join("tests/matrix").join(file);
    std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))
}

fn fields(text: &str) -> impl Iterator<Item = (&str, Vec<&str>)> {
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(|line| (line, line.split('\t').map(str::trim).collect()))
}

fn bugs_in(text: &str) -> Result<Vec<Row>, String> {
    let expected = |word: &str| match word {
        "found" => Some(true),
        "missed" => Some(false),
        _ => None,
    };
    fields(text)
        .map(|(line, fields)| {
            let wrong = |what: &str| format!("tests/matrix/rows.tsv: {what} in `{line}`");
            let [name, class, codes, cheap, full, reason] = fields[..] else { return Err(wrong("not six fields")) };
            let (Some(cheap), Some(full)) = (expected(cheap), expected(full)) else {
                return Err(wrong("neither `found` nor `missed`"));
            };
            let reason = if reason == "-" { "" } else { reason };
            if full == reason.is_empty() {
                let row = Row {
                    name: name.to_owned(),
                    class: class.to_owned(),
                    codes: codes.split(',').filter(|code| *code != "-").map(str::to_owned).collect(),
                    cheap,
                    full,
                    reason: reason.to_owned(),
                };
                return if full && row.codes.is_empty() { Err(wrong("found, but by no code")) } else { Ok(row) };
            }
            Err(wrong("a reason where full finds it, or none where it does not"))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_says_what_is_expected_and_why_not_more() {
        let rows =
            bugs_in("# a remark\nb001_one\tC01\tPF002,PF010\tmissed\tfound\t-\ntwo\tC17\t-\tmissed\tmissed\tno rule\n");
        let rows = rows.expect("two rows");
        assert_eq!(rows[0].codes, ["PF002", "PF010"]);
        assert!(rows[0].full && !rows[0].cheap && !rows[0].is_tiny() && !rows[0].is_leak());
        assert!(rows[1].codes.is_empty() && rows[1].is_tiny() && rows[1].is_leak());
        for wrong in [
            "one\tC01\tPF002\tfound\tfound\n",
            "one\tC01\tPF002\tfound\tperhaps\t\n",
            "one\tC01\tPF002\tmissed\tmissed\t-\n",
            "one\tC01\tPF002\tmissed\tfound\tbut why\n",
            "one\tC01\t-\tmissed\tfound\t\n",
        ] {
            assert!(bugs_in(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_files_can_be_read_and_name_nothing_twice() {
        let rows = bugs().expect("rows.tsv");
        let mut names: Vec<&str> = rows.iter().map(|row| row.name.as_str()).collect();
        names.sort_unstable();
        assert!(names.windows(2).all(|two| two[0] != two[1]));
        assert_eq!(rows.iter().filter(|row| row.is_tiny()).count(), 29);
        assert!(rows.iter().filter(|row| !row.is_tiny()).count() >= 40);
        for number in 1..=21 {
            let class = format!("C{number:02}");
            assert!(rows.iter().any(|row| row.class == class && !row.is_tiny()), "no real bug of {class}");
        }
        assert_eq!(legal().expect("legal.tsv").len(), 59);
    }
}
