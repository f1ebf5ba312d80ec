//! What is compared with what, and how far it should reach: a file for each thing that is measured.

mod bindings;
mod calls;
mod checker;
mod copies;
mod curves;
mod heap;
mod pins;
mod programs;

pub(crate) use bindings::{ALL, HEADERS};
pub(crate) use curves::{PANELS, SIZES};
pub(crate) use programs::HEAVY;

use crate::figure::{Bin, Figure, Side};

/// What is good enough.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Reach {
    /// The largest ratio.
    Ratio(f64),
    /// The most that ours may be more than the other, in the row's unit.
    More(f64),
}

/// One comparison.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) name: String,
    pub(crate) what: String,
    pub(crate) ours: Figure,
    pub(crate) theirs: Figure,
    /// `None` where nothing is promised: the row is there to be read.
    pub(crate) reach: Option<Reach>,
}

impl Row {
    fn new(name: impl Into<String>, what: impl Into<String>, ours: Figure, theirs: Figure) -> Self {
        Self { name: name.into(), what: what.into(), ours, theirs, reach: None }
    }

    /// Sets the largest ratio that is good enough.
    fn ratio(mut self, most: f64) -> Self {
        self.reach = Some(Reach::Ratio(most));
        self
    }

    /// Sets how much more is good enough.
    fn more(mut self, most: f64) -> Self {
        self.reach = Some(Reach::More(most));
        self
    }
}

fn time(bin: Bin, side: Side, name: impl Into<String>) -> Figure {
    Figure::Time(bin, side, name.into())
}

/// All of them, in the order of the table.
pub(crate) fn all() -> Vec<Row> {
    [
        calls::rows(),
        pins::rows(),
        copies::rows(),
        heap::rows(),
        checker::rows(),
        programs::rows(),
        bindings::rows(),
        curves::rows(),
    ]
    .concat()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    #[test]
    fn no_two_rows_have_one_name() {
        let rows = super::all();
        let names: BTreeSet<&str> = rows.iter().map(|row| row.name.as_str()).collect();
        assert_eq!(names.len(), rows.len());
    }
}
