//! What was measured, round by round, and what could not be.

use crate::figure::Figure;
use std::collections::HashMap;

/// By figure.
#[derive(Default)]
pub(crate) struct Figures {
    rounds: HashMap<Figure, Vec<f64>>,
    missing: HashMap<Figure, String>,
}

impl Figures {
    pub(crate) fn add(&mut self, figure: &Figure, value: f64) {
        self.rounds.entry(figure.clone()).or_default().push(value);
    }

    /// The median.
    pub(crate) fn get(&self, figure: &Figure) -> Option<f64> {
        self.rounds(figure).map(|rounds| median(rounds.to_vec()))
    }

    /// Each round's.
    pub(crate) fn rounds(&self, figure: &Figure) -> Option<&[f64]> {
        self.rounds.get(figure).map(Vec::as_slice)
    }

    /// From the smallest to the largest ratio of two figures of the same round, in parts of the median one.
    pub(crate) fn spread(&self, ours: &Figure, theirs: &Figure) -> Option<f64> {
        let (ours, theirs) = (self.rounds(ours)?, self.rounds(theirs)?);
        let mut ratios: Vec<f64> = ours.iter().zip(theirs).map(|(ours, theirs)| ours / theirs).collect();
        ratios.sort_by(f64::total_cmp);
        Some((ratios.last()? - ratios.first()?) / ratios[ratios.len() / 2])
    }

    /// Notes why a figure is not there.
    pub(crate) fn miss(&mut self, figure: &Figure, why: &str) {
        self.missing.entry(figure.clone()).or_insert_with(|| why.to_owned());
    }

    /// Why there is none.
    pub(crate) fn missing(&self, figure: &Figure) -> String {
        self.missing.get(figure).cloned().unwrap_or_else(|| format!("nobody measured {figure:?}"))
    }
}

pub(crate) fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

#[cfg(test)]
mod tests {
    use super::{Figures, median};
    use crate::figure::{Bin, Figure, Side};

    #[test]
    fn the_middle_one() {
        assert_eq!(median(vec![9.0, 1.0, 2.0]), 2.0);
        assert_eq!(median(vec![4.0]), 4.0);
    }

    #[test]
    fn ratios_are_of_one_round() {
        let figure = |side, name: &str| Figure::Time(Bin::Pins, side, name.into());
        let (ours, theirs) = (figure(Side::Cheap, "a"), figure(Side::Go, "a"));
        let mut figures = Figures::default();
        // A busy machine: the second round took twice as long for both.
        [(10.0, 100.0), (20.0, 200.0), (11.0, 100.0)].iter().for_each(|(one, other)| {
            figures.add(&ours, *one);
            figures.add(&theirs, *other);
        });
        assert_eq!(figures.get(&ours), Some(11.0));
        let spread = figures.spread(&ours, &theirs).expect("both are there");
        assert!((spread - 0.1).abs() < 1e-9, "{spread}");
        assert_eq!(figures.spread(&ours, &figure(Side::Go, "b")), None);
        figures.miss(&theirs, "no go");
        assert_eq!(figures.missing(&theirs), "no go");
    }
}
