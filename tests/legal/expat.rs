//! Legal calls of expat's own functions: no report, at any level.
