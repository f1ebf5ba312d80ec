//! Pointer contracts of `<sys/mman.h>, <sys/shm.h>`.
