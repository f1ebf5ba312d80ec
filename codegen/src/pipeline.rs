//! The passes in order, each with its barrier and its dump.

use crate::analyze::{self, Facts};
use crate::contract::infer::Rules;
use crate::contract::{self, Contracts};
use crate::diag::Diagnostics;
use crate::emit::{self, Style};
use crate::model::Header;
use crate::plan::CallPlan;
use crate::read::Tokens;
use crate::{check, dump, lower};
use proc_macro2::TokenStream;

/// What every pass made of one input.
#[derive(Clone, Debug)]
pub struct Output {
    /// What was declared.
    pub header: Header,
    /// Its tokens.
    pub tokens: Tokens,
    /// Pointers inside types.
    pub facts: Facts,
    /// What each pointer means.
    pub contracts: Contracts,
    /// The wrappers.
    pub plans: Vec<CallPlan>,
    /// The wrappers as Rust.
    pub code: TokenStream,
}

/// Runs every pass behind the reader.
///
/// # Errors
///
/// All diagnostics of the first pass that found any.
pub fn run(header: Header, tokens: Tokens, style: &Style) -> Result<Output, Diagnostics> {
    run_with(header, tokens, style, &Rules::all())
}

/// The same, with some rules of inference switched off.
///
/// # Errors
///
/// As [`run`].
pub fn run_with(header: Header, tokens: Tokens, style: &Style, rules: &Rules) -> Result<Output, Diagnostics> {
    let facts = analyze::analyze(&header);
    let contracts = contract::decide(&header, &tokens, rules)?;
    check::check(&header, &tokens, &facts, &contracts)?;
    let plans = lower::lower(&header, &contracts);
    let code = emit::emit(&header, &tokens, &facts, &contracts, &plans, style);
    Ok(Output { header, tokens, facts, contracts, plans, code })
}

impl Output {
    /// A text for each pass, by its name, in order; the same text that snapshots hold.
    pub fn dumps(&self) -> Vec<(&'static str, String)> {
        vec![
            ("model", dump::model(&self.header)),
            ("facts", dump::facts(&self.facts)),
            ("contract", dump::contracts(&self.header, &self.contracts)),
            ("plan", dump::plans(&self.plans)),
        ]
    }
}
