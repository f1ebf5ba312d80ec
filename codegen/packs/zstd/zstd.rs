//! Pointer contracts of `<zstd.h>`.
