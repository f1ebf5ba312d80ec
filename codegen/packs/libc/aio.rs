//! Pointer contracts of `<aio.h>`.
