//! Pointer contracts of `<openssl/*.h>`.
