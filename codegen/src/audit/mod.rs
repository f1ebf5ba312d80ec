//! What an audit tells of a header, as data and as a page: every function, every pointer, each fact with its source.

pub mod html;
mod json;
mod learned;
mod settled;
mod spell;
mod summary;

pub use json::{CallbackReport, ExtentReport, FunctionReport, ParamReport, Report, ResultReport, SCHEMA, report};
pub use learned::{LearnedFacts, LearnedFunction, LearnedReport, Proposal};
pub use summary::Summary;
