//! Legal calls of libc_more's own functions: no report, at any level.
