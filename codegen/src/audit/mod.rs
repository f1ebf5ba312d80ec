//! What an audit tells of a header, for programs: every function, every pointer, each fact with its source.

mod json;
mod spell;

pub use json::{
    CallbackReport, ExtentReport, FunctionReport, ParamReport, Report, ResultReport, SCHEMA, Summary, report,
};
