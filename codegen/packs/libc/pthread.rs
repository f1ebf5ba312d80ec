//! Pointer contracts of `<pthread.h> and <semaphore.h>`.
