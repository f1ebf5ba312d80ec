//! Pointer contracts of `<pwd.h>, <grp.h> and their like`.
