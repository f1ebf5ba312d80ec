//! Pointer contracts of `<libpq-fe.h>`.
