//! Pointer contracts of `<sys/epoll.h>, <sys/select.h>, <sys/eventfd.h>, <sys/timerfd.h>`.
