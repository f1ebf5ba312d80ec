//! Legal calls of bzip2's own functions: no report, at any level.
