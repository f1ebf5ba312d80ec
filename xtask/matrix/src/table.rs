//! What was found, as a table for people and as JSON.

use pinned_ffi_matrix::judge::Verdict;
use pinned_ffi_matrix::rows::Row;
use serde_json::json;
use std::collections::BTreeSet;

/// A program under every tool.
#[derive(Clone)]
pub(crate) struct Judged {
    pub(crate) row: Row,
    pub(crate) none: Verdict,
    pub(crate) cheap: Verdict,
    pub(crate) full: Verdict,
    pub(crate) asan: Verdict,
    pub(crate) asan_rust: Verdict,
    pub(crate) valgrind: Verdict,
    /// What its fixed twin said at our levels.
    pub(crate) twin: Vec<String>,
}

impl Judged {
    pub(crate) fn new(row: &Row) -> Self {
        let none = Verdict::NotApplicable;
        let (cheap, full, asan, asan_rust, valgrind) = (none, none, none, none, none);
        Self { row: row.clone(), none, cheap, full, asan, asan_rust, valgrind, twin: Vec::new() }
    }

    fn verdicts(&self) -> [(&'static str, Verdict); 6] {
        [
            ("none", self.none),
            ("cheap", self.cheap),
            ("full", self.full),
            ("asan", self.asan),
            ("asan_rust", self.asan_rust),
            ("valgrind", self.valgrind),
        ]
    }
}

/// A legal call, and what was reported of it.
#[derive(Clone)]
pub(crate) struct Told {
    pub(crate) name: String,
    pub(crate) library: String,
    pub(crate) reports: Vec<String>,
}

/// Prints everything.
pub(crate) fn print(judged: &[Judged], told: &[Told], missing: &[String], has_libraries: bool) {
    let (tiny, real): (Vec<&Judged>, Vec<&Judged>) = judged.iter().partition(|one| one.row.is_tiny());
    for (title, rows) in [("the smallest programs", tiny), ("real bugs, told again", real)] {
        if !rows.is_empty() {
            section(title, &rows);
        }
    }
    if !told.is_empty() {
        let libraries: BTreeSet<&str> = told.iter().map(|call| call.library.as_str()).collect();
        println!("\nlegal calls at full");
        for library in libraries {
            let of_library = told.iter().filter(|call| call.library == library);
            let names: Vec<&str> = of_library.clone().map(|call| call.name.as_str()).collect();
            println!("  {library:<10}{:>3} calls: {}", names.len(), names.join(", "));
            for call in of_library.filter(|call| !call.reports.is_empty()) {
                println!("    REPORTED {}: {}", call.name, call.reports.join(", "));
            }
        }
        let reported = told.iter().filter(|call| !call.reports.is_empty()).count();
        println!("  {} calls, {reported} with a report", told.len());
    }
    let twins = judged.iter().filter(|one| !one.twin.is_empty()).count();
    if !judged.is_empty() {
        println!("\nfixed twins: {}, {twins} with a report", judged.len());
    }
    missing.iter().for_each(|reason| println!("{reason}"));
    if !has_libraries {
        println!("libraries: n/a, not all of them are installed; `cargo xtask setup` says which");
    }
}

fn section(title: &str, rows: &[&Judged]) {
    println!("\n{title}");
    println!(
        "  {:<38}{:<6}{:<8}{:<8}{:<8}{:<8}{:<11}{:<10}",
        "program", "class", "none", "cheap", "full", "asan", "asan_rust", "valgrind"
    );
    for one in rows {
        let [none, cheap, full, asan, asan_rust, valgrind] = one.verdicts().map(|(_, verdict)| verdict.word());
        let remark = match (one.row.full, one.full) {
            (false, Verdict::Found) => "better than tests/matrix/rows.tsv says",
            (false, _) => &one.row.reason,
            (true, Verdict::Found | Verdict::NotApplicable) => "",
            (true, _) => "WORSE THAN EXPECTED",
        };
        let line = format!(
            "  {:<38}{:<6}{none:<8}{cheap:<8}{full:<8}{asan:<8}{asan_rust:<11}{valgrind:<10}{remark}",
            one.row.name, one.row.class
        );
        println!("{}", line.trim_end());
    }
    let count = |tool: usize| rows.iter().filter(|one| one.verdicts()[tool].1 == Verdict::Found).count().to_string();
    let [none, cheap, full, asan, asan_rust, valgrind] = [0, 1, 2, 3, 4, 5].map(count);
    println!(
        "  {:<38}{:<6}{none:<8}{cheap:<8}{full:<8}{asan:<8}{asan_rust:<11}{valgrind:<10}",
        format!("found, of {}", rows.len()),
        ""
    );
    let only_full = rows.iter().filter(|one| one.full == Verdict::Found && !is_found_elsewhere(one)).count();
    let only_others = rows.iter().filter(|one| one.full != Verdict::Found && is_found_elsewhere(one)).count();
    println!("  found at full, and by neither ASan nor Valgrind: {only_full}; the other way round: {only_others}");
}

fn is_found_elsewhere(one: &Judged) -> bool {
    [one.asan, one.asan_rust, one.valgrind].contains(&Verdict::Found)
}

/// The same for programs.
pub(crate) fn json(judged: &[Judged], told: &[Told]) -> Result<String, String> {
    let bugs: Vec<serde_json::Value> = judged
        .iter()
        .map(|one| {
            let mut bug = json!({ "name": one.row.name, "class": one.row.class });
            // Two columns of AddressSanitizer are for people; what a fixed twin says is a complaint of the command.
            for (tool, verdict) in one.verdicts().into_iter().filter(|(tool, _)| *tool != "asan_rust") {
                bug[tool] = verdict.word().into();
            }
            bug
        })
        .collect();
    let legal: Vec<serde_json::Value> = told
        .iter()
        .map(|call| json!({ "name": call.name, "library": call.library, "reports": call.reports }))
        .collect();
    let text = serde_json::to_string_pretty(&json!({ "bugs": bugs, "legal": legal }));
    text.map(|text| text + "\n").map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_has_every_tool_and_every_report() {
        let row = pinned_ffi_matrix::rows::bugs().expect("rows.tsv").remove(0);
        let mut one = Judged::new(&row);
        (one.none, one.full) = (Verdict::Crash, Verdict::Found);
        let call = Told { name: "readv".to_owned(), library: "glibc".to_owned(), reports: vec!["PF001".to_owned()] };
        let text = json(&[one], &[call]).expect("JSON");
        let read: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!(read["bugs"][0]["name"], row.name);
        assert_eq!(
            (read["bugs"][0]["none"].as_str(), read["bugs"][0]["full"].as_str()),
            (Some("crash"), Some("found"))
        );
        assert_eq!(read["bugs"][0]["valgrind"], "n/a");
        let has_only = |of: &serde_json::Value, names: &[&str]| {
            let fields = of.as_object().expect("an object");
            assert!(fields.len() == names.len() && names.iter().all(|name| fields.contains_key(*name)), "{of}");
        };
        has_only(&read["bugs"][0], &["name", "class", "none", "cheap", "full", "asan", "valgrind"]);
        has_only(&read["legal"][0], &["name", "library", "reports"]);
        assert_eq!(read["legal"][0]["reports"][0], "PF001");
    }
}
