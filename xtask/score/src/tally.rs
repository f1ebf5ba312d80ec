//! Right, claimed and true, by axis, and the list of what differs.

use pinned_ffi_codegen::audit::{FunctionReport, ParamReport};

/// What is scored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Axis {
    Array,
    String,
    Out,
    Callback,
}

impl Axis {
    pub(crate) const ALL: [Self; 4] = [Self::Array, Self::String, Self::Out, Self::Callback];

    /// As tables call it.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Array => "array",
            Self::String => "string",
            Self::Out => "out",
            Self::Callback => "callback",
        }
    }

    /// The source of what the audit says on it.
    fn source(self) -> &'static str {
        match self {
            Self::Array | Self::String => "extent",
            Self::Out => "direction",
            Self::Callback => "callback",
        }
    }
}

/// Counts of one axis.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) right: usize,
    pub(crate) claimed: usize,
    pub(crate) wanted: usize,
}

impl Tally {
    /// The share of claims that are right.
    pub(crate) fn precision(self) -> Option<f64> {
        share(self.right, self.claimed)
    }

    /// The share of facts that are found.
    pub(crate) fn recall(self) -> Option<f64> {
        share(self.right, self.wanted)
    }
}

fn share(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

/// All axes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Score {
    pub(crate) tallies: [Tally; 4],
    /// Claims on lengths that count as wrong, and that somebody who looked found right.
    pub(crate) judged: usize,
    /// One line each.
    pub(crate) misses: Vec<String>,
}

impl Score {
    /// Counts one comparison. What neither side speaks of counts nothing.
    pub(crate) fn tell<T: PartialEq + std::fmt::Debug>(
        &mut self,
        axis: Axis,
        function: &FunctionReport,
        param: &ParamReport,
        got: Option<T>,
        wanted: Option<T>,
    ) {
        let tally = &mut self.tallies[axis as usize];
        let is_right = got.is_some() && got == wanted;
        tally.right += usize::from(is_right);
        tally.claimed += usize::from(got.is_some());
        tally.wanted += usize::from(wanted.is_some());
        if got != wanted {
            let kind = match (&got, &wanted) {
                (None, _) => "missing",
                (_, None) => "invented",
                _ => "differs",
            };
            let params: Vec<String> =
                function.params.iter().map(|param| format!("{} {}", param.ty, param.name)).collect();
            let source = param.sources.get(axis.source()).map_or("", String::as_str);
            self.misses.push(format!(
                "{}\t{kind}\t{}({})\tgot {got:?}, wanted {wanted:?}\t{source}\t{}",
                axis.word(),
                function.name,
                param.name,
                params.join(", ")
            ));
        }
    }

    /// Adds another score's counts.
    pub(crate) fn add(&mut self, other: &Self) {
        self.judged += other.judged;
        for (ours, theirs) in self.tallies.iter_mut().zip(&other.tallies) {
            ours.right += theirs.right;
            ours.claimed += theirs.claimed;
            ours.wanted += theirs.wanted;
        }
    }
}

/// The parameter that says how much another one stands for, as the audit has it.
pub(crate) fn measured_by(param: &ParamReport) -> Option<&str> {
    let is_sized = matches!(param.extent.kind, "count" | "bytes");
    param.extent.by.as_deref().filter(|_| is_sized)
}

/// Whether the audit says that C writes there.
pub(crate) fn is_out(param: &ParamReport) -> bool {
    param.pointer && matches!(param.direction, "out" | "inout")
}

/// The parameter that a callback gets handed.
pub(crate) fn user_data(param: &ParamReport) -> Option<&str> {
    param.callback.as_ref()?.userdata.as_deref()
}
