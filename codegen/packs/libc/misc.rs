//! Pointer contracts of `<dlfcn.h>, <syslog.h>, <libgen.h>, <getopt.h>, <fcntl.h>, <sys/stat.h>, <sys/ioctl.h>`.
