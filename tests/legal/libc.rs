//! Legal calls of libc's own functions: no report, at any level.
