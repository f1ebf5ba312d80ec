//! Pointer contracts of `<zlib.h>`.
