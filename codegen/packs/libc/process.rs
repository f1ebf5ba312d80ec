//! Pointer contracts of `<spawn.h>, <sys/wait.h>, <sys/prctl.h> and their like`.
