//! Pointer contracts of `<signal.h>`.
