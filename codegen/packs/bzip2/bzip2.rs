//! Pointer contracts of `<bzlib.h>`.
