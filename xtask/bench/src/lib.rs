//! What the measured programs share: which figures are asked for, and how one is measured.
//!
//! `PROGRAM [NAME ...]` prints a line for each figure, its name and the nanoseconds of one operation; names pick some.
//! `PROGRAM --count NAME COUNT` runs one of them that often and says nothing: for tools that count instructions.

use std::time::{Duration, Instant};

/// How long one slice of a figure is measured.
const SLICE: Duration = Duration::from_millis(5);
/// Slices of a figure; the middle one counts, for the machine may be busy.
const SLICES: usize = 5;

/// What the command line asks for.
#[derive(Debug)]
enum Asked {
    /// These, or all where none is named.
    Times(Vec<String>),
    /// One, and how often.
    Count(String, u64),
}

/// The figures of one program.
#[derive(Debug)]
pub struct Bench {
    asked: Asked,
}

impl Bench {
    /// As the command line asks.
    ///
    /// # Panics
    ///
    /// On a `--count` without a name and a number.
    pub fn from_args() -> Self {
        let mut words = std::env::args().skip(1);
        let asked = match words.next() {
            Some(word) if word == "--count" => {
                let name = words.next().expect("the name of a figure");
                Asked::Count(name, words.next().and_then(|count| count.parse().ok()).expect("how often"))
            }
            Some(first) => Asked::Times(std::iter::once(first).chain(words).collect()),
            None => Asked::Times(Vec::new()),
        };
        Self { asked }
    }

    /// Whether a figure is asked for.
    pub fn wants(&self, name: &str) -> bool {
        match &self.asked {
            Asked::Times(names) => names.is_empty() || names.iter().any(|wanted| wanted == name),
            Asked::Count(only, _) => only == name,
        }
    }

    /// Measures `body`, which does `each` operations.
    pub fn figure(&self, name: &str, each: usize, body: impl FnMut()) {
        self.figure_of(name, each, || body);
    }

    /// The same where `body` needs something first, which is made only for a figure that is asked for.
    pub fn figure_of<B: FnMut()>(&self, name: &str, each: usize, make: impl FnOnce() -> B) {
        if !self.wants(name) {
            return;
        }
        let mut body = make();
        if let Asked::Count(_, count) = self.asked {
            return (0..count).for_each(|_| body());
        }
        let mut timed = |count: usize| {
            let started = Instant::now();
            (0..count).for_each(|_| body());
            started.elapsed()
        };
        let mut count = 1;
        let mut taken = timed(count);
        while taken < SLICE {
            let guess = count as f64 * SLICE.as_nanos() as f64 * 1.2 / taken.as_nanos().max(1) as f64;
            count = (count * 2).max(guess as usize);
            taken = timed(count);
        }
        let slices = (1..SLICES).map(|_| timed(count)).chain([taken]);
        let mut slices: Vec<f64> = slices.map(|taken| taken.as_nanos() as f64).collect();
        slices.sort_by(f64::total_cmp);
        self.print(name, slices[SLICES / 2] / (count * each) as f64);
    }

    /// A figure that measures itself. Nothing where instructions are counted.
    pub fn value(&self, name: &str, measure: impl FnOnce() -> f64) {
        if self.wants(name) && matches!(self.asked, Asked::Times(_)) {
            self.print(name, measure());
        }
    }

    #[expect(clippy::unused_self, reason = "only a bench prints")]
    fn print(&self, name: &str, value: f64) {
        println!("{name} {value}");
    }
}

/// Numbers that look random and are the same each time.
#[derive(Clone, Debug)]
pub struct Numbers(pub u64);

impl Numbers {
    /// The next one, below a bound.
    pub fn next(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % below
    }
}

#[cfg(test)]
mod tests {
    use super::{Asked, Bench};
    use std::cell::Cell;

    #[test]
    fn a_count_is_kept_and_other_figures_do_not_run() {
        let bench = Bench { asked: Asked::Count("one".into(), 7) };
        let runs = Cell::new(0);
        bench.figure("one", 1, || runs.set(runs.get() + 1));
        bench.figure_of("other", 1, || -> fn() { panic!("it is not asked for") });
        bench.value("one", || panic!("there are no instructions of a value"));
        assert_eq!(runs.get(), 7);
    }

    #[test]
    fn names_pick_figures_and_none_picks_all() {
        let all = Bench { asked: Asked::Times(Vec::new()) };
        let some = Bench { asked: Asked::Times(vec!["a".into()]) };
        assert!(all.wants("a") && all.wants("b"));
        assert!(some.wants("a") && !some.wants("b"));
    }
}
