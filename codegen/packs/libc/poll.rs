//! Pointer contracts of `<poll.h>`.
