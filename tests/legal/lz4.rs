//! Legal calls of lz4's own functions: no report, at any level.
