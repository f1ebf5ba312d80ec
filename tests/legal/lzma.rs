//! Legal calls of lzma's own functions: no report, at any level.
