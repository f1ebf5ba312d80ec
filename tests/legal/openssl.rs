//! Legal calls of openssl's own functions: no report, at any level.
