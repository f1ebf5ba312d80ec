//! A connection, and what closures get from SQLite as Rust's types.

use crate::c;
use pinned_ffi::{Owned, Ref};
use std::ffi::{CStr, c_char, c_int};

/// A connection to a database in memory. Dropped, it is closed, and with it goes each closure that SQLite has.
#[derive(Debug)]
pub struct Database(Owned<'static, c::sqlite3, c::raw::sqlite3_close>);

/// What SQLite passes to a function, for the time of its call.
#[derive(Clone, Copy, Debug)]
pub struct Value(*mut c::sqlite3_value);

type Step = fn(Ref<'_, c::sqlite3_context>, &[*mut c::sqlite3_value]);

/// A step or a function that is not there.
pub const NO_STEP: Option<Step> = None;

/// An end of an aggregate that is not there.
pub const NO_FINAL: Option<fn(Ref<'_, c::sqlite3_context>)> = None;

impl Database {
    /// An empty one.
    ///
    /// # Errors
    ///
    /// SQLite's code.
    pub fn open() -> Result<Self, c_int> {
        c::sqlite3_open(Some(c":memory:"))?.map(Self).ok_or(7)
    }

    /// SQLite's handle.
    pub fn handle(&self) -> Ref<'_, c::sqlite3> {
        self.0.as_ref()
    }

    /// Runs SQL, and gives its rows as texts.
    ///
    /// # Errors
    ///
    /// SQLite's code.
    pub fn rows(&self, sql: &CStr) -> Result<Vec<Vec<String>>, c_int> {
        rows(self.handle(), sql)
    }
}

/// As [`Database::rows`], for a handle that SQLite gives inside a function.
///
/// # Errors
///
/// SQLite's code.
fn rows(handle: Ref<'_, c::sqlite3>, sql: &CStr) -> Result<Vec<Vec<String>>, c_int> {
    let mut all = Vec::new();
    // The closure borrows the list: it is SQLite's for this call only.
    let row = |values: &[*mut c_char], _: &[*mut c_char]| {
        all.push(values.iter().map(|at| text(*at)).collect());
        0
    };
    c::sqlite3_exec(handle, Some(sql), Some(row))?;
    Ok(all)
}

/// A text of SQLite's that is there for the call; nothing for NULL.
fn text(at: *const c_char) -> String {
    if at.is_null() {
        return String::new();
    }
    // SAFETY: not null, and SQLite ends its texts with a zero.
    unsafe { CStr::from_ptr(at) }.to_string_lossy().into_owned()
}

impl Value {
    /// What a function gets.
    pub fn of(values: &[*mut c::sqlite3_value]) -> impl Iterator<Item = Self> {
        values.iter().map(|value| Self(*value))
    }

    /// As a number.
    pub fn number(self) -> f64 {
        // SAFETY: a value of the call that runs.
        unsafe { c::sqlite3_value_double(self.0) }
    }

    /// As a text.
    pub fn text(self) -> String {
        // SAFETY: a value of the call that runs.
        text(unsafe { c::sqlite3_value_text(self.0) }.cast())
    }
}

/// As [`Database::rows`], inside a function that SQLite calls.
///
/// # Errors
///
/// SQLite's code.
pub fn rows_in(context: Ref<'_, c::sqlite3_context>, sql: &CStr) -> Result<Vec<Vec<String>>, c_int> {
    rows(c::sqlite3_context_db_handle(context), sql)
}
