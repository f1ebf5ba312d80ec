//! Pointer contracts of `<lz4.h>`.
