//! Pointer contracts of `<string.h> and <strings.h>`.
