//! Pointer contracts of `<stdio.h>`.
