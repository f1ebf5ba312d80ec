//! What an audit tells of a header, as data and as a page: every function, every pointer, each fact with its source.

pub mod html;
mod json;
mod settled;
mod spell;

pub use json::{
    CallbackReport, ExtentReport, FunctionReport, ParamReport, Report, ResultReport, SCHEMA, Summary, report,
};
