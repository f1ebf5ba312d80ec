//! Pointer contracts of `<time.h> and <sys/time.h>`.
