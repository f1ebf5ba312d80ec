//! Legal calls of curl's own functions: no report, at any level.
