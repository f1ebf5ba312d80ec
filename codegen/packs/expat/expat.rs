//! Pointer contracts of `<expat.h>`.
