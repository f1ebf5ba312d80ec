//! The table, its sums, and what each group should reach.

use crate::list::Group;
use crate::tally::{Axis, Score, Tally};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// One library.
pub(crate) struct Row {
    pub(crate) name: String,
    pub(crate) group: Group,
    pub(crate) seen: usize,
    pub(crate) score: Score,
}

/// Precision and recall that are asked of a group's sum.
fn asked(group: Group, axis: Axis) -> (f64, f64) {
    match (group, axis) {
        (_, Axis::Array) => (0.95, 0.90),
        // Where nothing is asked, what there is must not be lost.
        (Group::Packed, Axis::String) => (0.93, 0.80),
        (Group::Packed, Axis::Out) => (0.0, 0.80),
        (_, Axis::String) => (0.99, 0.90),
        (_, Axis::Out) => (0.0, 0.90),
        (Group::Packed, Axis::Callback) => (0.90, 0.90),
        (_, Axis::Callback) => (0.97, 0.95),
    }
}

/// A line for each library, with the sum of each group behind them.
pub(crate) fn text(rows: &[Row]) -> String {
    let mut text = format!("{:<7}{:<22}{:>6}", "group", "library", "fns");
    for axis in Axis::ALL {
        // Writing to a String cannot fail.
        let _ = write!(text, "  {:<27}", axis.word());
    }
    text.push('\n');
    for (group, (seen, sum)) in sums(rows) {
        for row in rows.iter().filter(|row| row.group == group) {
            line(&mut text, group.word(), &row.name, row.seen, &row.score);
        }
        line(&mut text, group.word(), "SUM", seen, &sum);
    }
    text
}

fn line(text: &mut String, group: &str, name: &str, seen: usize, score: &Score) {
    let _ = write!(text, "{group:<7}{name:<22}{seen:>6}");
    for tally in &score.tallies {
        let _ = write!(text, "  {:<27}", cell(*tally));
    }
    if score.judged > 0 {
        let _ = write!(text, "  judged: array {}", cell(with_judged(score)));
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
}

/// Lengths, with those that somebody found right.
fn with_judged(score: &Score) -> Tally {
    let array = score.tallies[Axis::Array as usize];
    // What is right and not in the `.gir` is one more that there is to find.
    Tally { right: array.right + score.judged, wanted: array.wanted + score.judged, ..array }
}

fn cell(tally: Tally) -> String {
    let share = |share: Option<f64>| share.map_or_else(|| "  -  ".to_owned(), |share| format!("{share:.3}"));
    let Tally { right, claimed, wanted } = tally;
    format!("{}/{} ({right}/{claimed}/{wanted})", share(tally.precision()), share(tally.recall()))
}

fn sums(rows: &[Row]) -> BTreeMap<Group, (usize, Score)> {
    let mut sums: BTreeMap<Group, (usize, Score)> = BTreeMap::new();
    for row in rows {
        let (seen, sum) = sums.entry(row.group).or_default();
        *seen += row.seen;
        sum.add(&row.score);
    }
    sums
}

/// A line for each sum that falls short.
pub(crate) fn short(rows: &[Row]) -> Vec<String> {
    let mut lines = Vec::new();
    for (group, (_, sum)) in sums(rows) {
        for (axis, tally) in Axis::ALL.into_iter().zip(sum.tallies) {
            let tally = if axis == Axis::Array { with_judged(&sum) } else { tally };
            let (precision, recall) = asked(group, axis);
            let falls = |share: Option<f64>, asked: f64| share.is_some_and(|share| share < asked);
            if falls(tally.precision(), precision) || falls(tally.recall(), recall) {
                let word = (group.word(), axis.word());
                lines.push(format!("short: {} {} {}, of {precision}/{recall}", word.0, word.1, cell(tally)));
            }
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_that_fall_short_are_told() {
        let mut score = Score::default();
        score.tallies[0] = Tally { right: 9, claimed: 10, wanted: 10 };
        score.tallies[2] = Tally { right: 10, claimed: 10, wanted: 10 };
        let judged = Score { judged: 1, ..score.clone() };
        let row = |score| [Row { name: "A-1.0".into(), group: Group::Check, seen: 3, score }];
        assert_eq!(short(&row(judged)), Vec::<String>::new());
        let rows = row(score);
        assert_eq!(short(&rows), ["short: check array 0.900/0.900 (9/10/10), of 0.95/0.9"]);
        let text = text(&rows);
        assert!(text.contains("check  SUM") && text.contains("A-1.0"), "{text}");
    }
}
