//! Legal calls of x11's own functions: no report, at any level.
