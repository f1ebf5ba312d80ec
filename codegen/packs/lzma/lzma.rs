//! Pointer contracts of `<lzma.h>`.
