//! Legal calls of zstd's own functions: no report, at any level.
