//! The rows as measured: as JSON, and as a table for people.

use crate::figures::Figures;
use crate::rows::{Reach, Row};
use serde::Serialize;
use std::fmt::Write as _;

/// A row as measured.
#[derive(Serialize)]
pub(crate) struct Measured {
    name: String,
    what: String,
    ours: Option<f64>,
    theirs: Option<f64>,
    against: &'static str,
    ratio: Option<f64>,
    /// Ours less theirs.
    more: Option<f64>,
    unit: &'static str,
    /// Of the ratios of single rounds: from the smallest to the largest, in parts of the median one.
    spread: Option<f64>,
    reach: Option<f64>,
    /// What is compared with the reach: `ratio` or `more`.
    reach_of: Option<&'static str>,
    ok: Option<bool>,
    /// Why there is no figure: `skipped: …`.
    note: Option<String>,
}

/// All of them.
#[derive(Serialize)]
pub(crate) struct Report {
    rounds: usize,
    rows: Vec<Measured>,
}

impl Report {
    pub(crate) fn new(rounds: usize, rows: &[Row], figures: &Figures) -> Self {
        Self { rounds, rows: rows.iter().map(|row| measured(row, figures)).collect() }
    }

    /// Rows that promise something, as Markdown.
    pub(crate) fn markdown(&self) -> String {
        let mut out = "| row | ours | theirs | ratio | reach | |\n|---|---|---|---|---|---|\n".to_owned();
        for row in self.rows.iter().filter(|row| row.reach.is_some()) {
            let figure =
                |value: Option<f64>| value.map_or("-".to_owned(), |value| format!("{} {}", short(value), row.unit));
            let reach = row.reach.map_or_else(String::new, short);
            let reach = if row.reach_of == Some("more") { format!("{reach} {} more", row.unit) } else { reach };
            let verdict = match row.ok {
                Some(true) => "ok",
                Some(false) => "not reached",
                None => row.note.as_deref().unwrap_or_default(),
            };
            let _ = writeln!(
                out,
                "| `{}`: {} | {} | {}: {} | {} | {reach} | {verdict} |",
                row.name,
                row.what,
                figure(row.ours),
                row.against,
                figure(row.theirs),
                row.ratio.map_or("-".to_owned(), short),
            );
        }
        out
    }

    pub(crate) fn table(&self) -> String {
        let number =
            |value: Option<f64>, digits: usize| value.map_or("-".to_owned(), |value| format!("{value:.digits$}"));
        let mut out = format!(
            "{:<28} {:>12} {:>12} {:<5} {:>9} {:>7} {:>9}\n",
            "row", "ours", "theirs", "", "ratio", "spread", "reach"
        );
        for row in &self.rows {
            let verdict = match (row.ok, &row.note) {
                (Some(true), _) => "ok",
                (Some(false), _) => "not reached",
                (None, Some(note)) => note,
                (None, None) => "",
            };
            let reach = match (row.reach, row.reach_of) {
                (Some(most), Some("more")) => format!("+{most:.0}"),
                (most, _) => number(most, 3),
            };
            let _ = writeln!(
                out,
                "{:<28} {:>12} {:>12} {:<5} {:>9} {:>6}% {:>9}  {verdict}",
                row.name,
                number(row.ours, 2),
                number(row.theirs, 2),
                row.unit,
                number(row.ratio, 3),
                number(row.spread.map(|spread| spread * 100.0), 0),
                reach,
            );
            let _ = writeln!(out, "  {}, against {}", row.what, row.against);
        }
        let count =
            |wanted: Option<bool>| self.rows.iter().filter(|row| row.ok == wanted && row.reach.is_some()).count();
        let skipped = self.rows.iter().filter(|row| row.note.is_some()).count();
        let (ok, missed) = (count(Some(true)), count(Some(false)));
        let _ = writeln!(
            out,
            "{} rows: {ok} reached, {missed} not, {skipped} skipped, the others are there to be read",
            self.rows.len()
        );
        out
    }
}

/// A number with three digits that count.
fn short(value: f64) -> String {
    let digits = if value == 0.0 { 0 } else { (2 - value.abs().log10().floor() as i32).clamp(0, 3) };
    format!("{value:.*}", usize::try_from(digits).unwrap_or(0))
}

fn measured(row: &Row, figures: &Figures) -> Measured {
    let (ours, theirs) = (figures.get(&row.ours), figures.get(&row.theirs));
    let both = ours.zip(theirs);
    let (ratio, more) = (both.map(|(ours, theirs)| ours / theirs), both.map(|(ours, theirs)| ours - theirs));
    let missing = match (ours, theirs) {
        (Some(_), Some(_)) => None,
        (Some(_), None) => Some(figures.missing(&row.theirs)),
        (None, _) => Some(figures.missing(&row.ours)),
    };
    let (reach, reach_of, ok) = match row.reach {
        None => (None, None, None),
        Some(Reach::Ratio(most)) => (Some(most), Some("ratio"), ratio.map(|ratio| ratio <= most)),
        Some(Reach::More(most)) => (Some(most), Some("more"), more.map(|more| more <= most)),
    };
    Measured {
        name: row.name.clone(),
        what: row.what.clone(),
        ours,
        theirs,
        against: row.theirs.label(),
        ratio,
        more,
        unit: row.ours.unit(),
        spread: figures.spread(&row.ours, &row.theirs),
        reach,
        reach_of,
        ok,
        note: missing.map(|why| format!("skipped: {}", why.lines().next().unwrap_or_default())),
    }
}

#[cfg(test)]
mod tests {
    use super::Report;
    use crate::figure::{Bin, Figure, Side};
    use crate::figures::Figures;
    use crate::rows::{Reach, Row};

    fn row(name: &str, reach: Option<Reach>) -> Row {
        let figure = |side| Figure::Time(Bin::Pins, side, name.into());
        Row { name: name.into(), what: "it".into(), ours: figure(Side::Cheap), theirs: figure(Side::Go), reach }
    }

    #[test]
    fn ratios_and_differences_are_held_against_their_reach() {
        let rows = [
            row("few", Some(Reach::More(10.0))),
            row("many", Some(Reach::More(9.0))),
            row("near", Some(Reach::Ratio(3.0))),
            row("far", Some(Reach::Ratio(2.9))),
            row("told", None),
            row("gone", Some(Reach::Ratio(1.0))),
        ];
        let mut figures = Figures::default();
        for row in &rows {
            figures.add(&row.ours, 15.0);
            if row.name == "gone" {
                figures.miss(&row.theirs, "no go\nand more");
            } else {
                figures.add(&row.theirs, 5.0);
            }
        }
        let report = Report::new(1, &rows, &figures);
        let verdicts: Vec<Option<bool>> = report.rows.iter().map(|row| row.ok).collect();
        assert_eq!(verdicts, [Some(true), Some(false), Some(true), Some(false), None, None]);
        assert_eq!(report.rows[5].note.as_deref(), Some("skipped: no go"));
        let table = report.table();
        assert!(table.contains("6 rows: 2 reached, 2 not, 1 skipped"), "{table}");
        let markdown = report.markdown();
        assert_eq!(markdown.lines().count(), 7, "{markdown}");
        assert!(
            markdown.contains("| `many`: it | 15.0 ns | Go: 5.00 ns | 3.00 | 9.00 ns more | not reached |"),
            "{markdown}"
        );
        assert!(markdown.contains("| `gone`: it | 15.0 ns | Go: - | - | 1.00 | skipped: no go |"), "{markdown}");
    }
}
