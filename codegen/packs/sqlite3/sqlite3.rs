//! Pointer contracts of `<sqlite3.h>`.
