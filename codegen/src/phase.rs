//! The stretches of a builder's work, for those who watch it.

/// What the builder does for a while; for those who watch it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Phase {
    /// clang reads the headers.
    Reading,
    /// Declarations become Rust.
    Translating,
    /// Every pass from analysis to emission.
    Deciding,
    /// The caller writes what came out; the builder does not tell this one.
    Writing,
}

impl Phase {
    /// All phases, in order.
    pub const ALL: [Phase; 4] = [Phase::Reading, Phase::Translating, Phase::Deciding, Phase::Writing];
}

impl std::fmt::Display for Phase {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Phase::Reading => "reading headers",
            Phase::Translating => "translating declarations",
            Phase::Deciding => "deciding contracts",
            Phase::Writing => "writing",
        })
    }
}
