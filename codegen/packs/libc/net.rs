//! Pointer contracts of `<netdb.h>, <arpa/inet.h>, <ifaddrs.h> and <net/if.h>`.
