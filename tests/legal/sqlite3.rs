//! Legal calls of sqlite3's own functions: no report, at any level.
