//! Legal calls of postgres's own functions: no report, at any level.
