//! Pointer contracts of `<curl/curl.h>`.
