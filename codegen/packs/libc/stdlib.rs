//! Pointer contracts of `<stdlib.h>`.
