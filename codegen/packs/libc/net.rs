//! Pointer contracts of `<netdb.h>, <arpa/inet.h>, <ifaddrs.h> and <net/if.h>`.
// Also the parts of `<netinet/in.h>` and `<rpc/netdb.h>` with pages. Sources: Linux man-pages (6.03).
//
// Conventions of this file:
//  * The _r functions write a record whose pointers lead into `buf`: `pointee(borrowed = buf)` on the
//    record. They return 0 or an error number; 0 with a null `*result` says that nothing was found.
//  * The others keep their result in memory of their own, which later calls overwrite.
//  * Left out, for want of a page: inet_neta, inet_nsap_addr, inet_nsap_ntoa, inet6_*, the source filters.

// getaddrinfo(3), gethostbyname(3), getnetent(3), getservent(3), getprotoent(3), getrpcent(3), getifaddrs(3).
struct addrinfo {
    #[nullable] #[sized_by(ai_addrlen)] ai_addr: *mut sockaddr,
    #[nullable] #[null_terminated] ai_canonname: *mut c_char,
    #[nullable] #[flow_through] #[one] ai_next: *mut addrinfo,
}
struct hostent {
    #[null_terminated] h_name: *mut c_char,
    #[null_terminated] #[flow_through] h_aliases: *mut *mut c_char,
    #[null_terminated] #[flow_through] h_addr_list: *mut *mut c_char,
}
struct netent {
    #[null_terminated] n_name: *mut c_char,
    #[null_terminated] #[flow_through] n_aliases: *mut *mut c_char,
}
struct servent {
    #[null_terminated] s_name: *mut c_char,
    #[null_terminated] #[flow_through] s_aliases: *mut *mut c_char,
    #[null_terminated] s_proto: *mut c_char,
}
struct protoent {
    #[null_terminated] p_name: *mut c_char,
    #[null_terminated] #[flow_through] p_aliases: *mut *mut c_char,
}
struct rpcent {
    #[null_terminated] r_name: *mut c_char,
    #[null_terminated] #[flow_through] r_aliases: *mut *mut c_char,
}
struct gaicb {
    #[nullable] #[null_terminated] ar_name: *const c_char,
    #[nullable] #[null_terminated] ar_service: *const c_char,
    #[nullable] #[flow_through] #[one] ar_request: *const addrinfo,
}

// getaddrinfo(3), gai_strerror(3), getnameinfo(3). Of `hints` four numbers are read; its pointers must
// be null. One of `node` and `service` may be null, not both. In getnameinfo a null buffer, or one of
// length 0, asks for nothing.
unsafe extern "C" {
    #[success(result == 0)]
    fn getaddrinfo(
        #[input] #[nullable] #[null_terminated] node: *const c_char,
        #[input] #[nullable] #[null_terminated] service: *const c_char,
        #[input] #[nullable] hints: *const addrinfo,
        #[out] #[nonnull] #[pointee(owned, free = freeaddrinfo)] res: *mut *mut addrinfo,
    ) -> c_int;

    fn freeaddrinfo(#[opaque] res: *mut addrinfo);

    #[returns(static, null_terminated)]
    fn gai_strerror(errcode: c_int) -> *const c_char;

    #[success(result == 0)]
    fn getnameinfo(
        #[input] #[nonnull] #[sized_by(addrlen)] addr: *const sockaddr,
        addrlen: socklen_t,
        #[out] #[nullable] #[sized_by(hostlen)] host: *mut c_char,
        hostlen: socklen_t,
        #[out] #[nullable] #[sized_by(servlen)] serv: *mut c_char,
        servlen: socklen_t,
        flags: c_int,
    ) -> c_int;
}

// getaddrinfo_a(3). With GAI_NOWAIT the requests stay in use until gai_error says that they are done
// (anything but EAI_INPROGRESS), or gai_cancel took them back: results, no calls, so no end is named.
// gai_suspend only waits. `sevp` is copied. The requests' ar_result is for freeaddrinfo. gai_error and
// gai_cancel do not look at what a request points to: `foreign`.
unsafe extern "C" {
    #[success(result == 0)]
    #[unsafe_beyond_pointers("the requests themselves, and what they point to, are written by other threads until they are done")]
    fn getaddrinfo_a(
        mode: c_int,
        #[inout] #[flow_through(inout)] #[counted_by(nitems)] #[noescape(when(mode == GAI_WAIT))] #[retained(forever, when(mode == GAI_NOWAIT))] list: *mut *mut gaicb,
        nitems: c_int,
        #[input] #[nullable] sevp: *mut sigevent,
    ) -> c_int;

    fn gai_suspend(
        #[input] #[flow_through] #[counted_by(nitems)] list: *const *const gaicb,
        nitems: c_int,
        #[input] #[nullable] timeout: *const timespec,
    ) -> c_int;

    fn gai_error(#[input] #[nonnull] #[flow_through(none)] req: *mut gaicb) -> c_int;

    fn gai_cancel(#[inout] #[nullable] #[flow_through(none)] req: *mut gaicb) -> c_int;
}

// gethostbyname(3). `addr` is an in_addr or in6_addr, as `type` says.
unsafe extern "C" {
    #[returns(static, nonnull, one)]
    fn __h_errno_location() -> *mut c_int;

    fn herror(#[input] #[null_terminated] s: *const c_char);

    #[returns(static, null_terminated)]
    fn hstrerror(err: c_int) -> *const c_char;

    #[returns(until = [gethostent], nullable, one)]
    fn gethostent() -> *mut hostent;

    #[returns(until = [gethostbyaddr], nullable, one)]
    fn gethostbyaddr(
        #[input] #[nonnull] #[sized_by(len)] addr: *const c_void,
        len: __socklen_t,
        r#type: c_int,
    ) -> *mut hostent;

    #[returns(until = [gethostbyname], nullable, one)]
    fn gethostbyname(#[input] #[nonnull] #[null_terminated] name: *const c_char) -> *mut hostent;

    #[returns(until = [gethostbyname2], nullable, one)]
    fn gethostbyname2(#[input] #[nonnull] #[null_terminated] name: *const c_char, af: c_int) -> *mut hostent;

    #[success(result == 0)]
    fn gethostent_r(
        #[out] #[nonnull] #[pointee(borrowed = buf)] ret: *mut hostent,
        #[out] #[nonnull] #[sized_by(buflen)] buf: *mut c_char,
        buflen: size_t,
        #[out] #[nonnull] #[pointee(nullable, borrowed = ret)] result: *mut *mut hostent,
        #[out] #[nonnull] h_errnop: *mut c_int,
    ) -> c_int;

    #[success(result == 0)]
    fn gethostbyaddr_r(
        #[input] #[nonnull] #[sized_by(len)] addr: *const c_void,
        len: __socklen_t,
        r#type: c_int,
        #[out] #[nonnull] #[pointee(borrowed = buf)] ret: *mut hostent,
        #[out] #[nonnull] #[sized_by(buflen)] buf: *mut c_char,
        buflen: size_t,
        #[out] #[nonnull] #[pointee(nullable, borrowed = ret)] result: *mut *mut hostent,
        #[out] #[nonnull] h_errnop: *mut c_int,
    ) -> c_int;

    #[success(result == 0)]
    fn gethostbyname_r(
        #[input] #[nonnull] #[null_terminated] name: *const c_char,
        #[out] #[nonnull] #[pointee(borrowed = buf)] ret: *mut hostent,
        #[out] #[nonnull] #[sized_by(buflen)] buf: *mut c_char,
        buflen: size_t,
        #[out] #[nonnull] #[pointee(nullable, borrowed = ret)] result: *mut *mut hostent,
        #[out] #[nonnull] h_errnop: *mut c_int,
    ) -> c_int;

    #[success(result == 0)]
    fn gethostbyname2_r(
        #[input] #[nonnull] #[null_terminated] name: *const c_char,
        af: c_int,
        #[out] #[nonnull] #[pointee(borrowed = buf)] ret: *mut hostent,
        #[out] #[nonnull] #[sized_by(buflen)] buf: *mut c_char,
        buflen: size_t,
        #[out] #[nonnull] #[pointee(nullable, borrowed = ret)] result: *mut *mut hostent,
        #[out] #[nonnull] h_errnop: *mut c_int,
    ) -> c_int;
}

// getnetent(3), getnetent_r(3).
unsafe extern "C" {
    #[returns(until = [getnetent, getnetbyname, getnetbyaddr], nullable, one)]
    fn getnetent() -> *mut netent;

    #[returns(until = [getnetent, getnetbyname, getnetbyaddr], nullable, one)]
    fn getnetbyaddr(net: u32, r#type: c_int) -> *mut netent;

    #[returns(until = [getnetent, getnetbyname, getnetbyaddr], nullable, one)]
    fn getnetbyname(#[input] #[nonnull] #[null_terminated] name: *const c_char) -> *mut netent;

    #[success(result == 0)]
    fn getnetent_r(
        #[out] #[nonnull] #[pointee(borrowed = buf)] result_buf: *mut netent,
        #[out] #[nonnull] #[sized_by(buflen)] buf: *mut c_char,
        buflen: size_t,
        #[out] #[nonnull] #[pointee(nullable, borrowed = result_buf)] result: *mut *mut netent,
        #[out] #[nonnull] h_errnop: *mut c_int,
    ) -> c_int;

    #[success(result == 0)]
    fn getnetbyaddr_r(
        net: u32,
        r#type: c_int,
        #[out] #[nonnull] #[pointee(borrowed = buf)] result_buf: *mut netent,
        #[out] #[nonnull] #[sized_by(buflen)] buf: *mut c_char,
        buflen: size_t,
        #[out] #[nonnull] #[pointee(nullable, borrowed = result_buf)] result: *mut *mut netent,
        #[out] #[nonnull] h_errnop: *mut c_int,
    ) -> c_int;

    #[success(result == 0)]
    fn getnetbyname_r(
        #[input] #[nonnull] #[null_terminated] name: *const c_char,
        #[out] #[nonnull] #[pointee(borrowed = buf)] result_buf: *mut netent,
        #[out] #[nonnull] #[sized_by(buflen)] buf: *mut c_char,
        buflen: size_t,
        #[out] #[nonnull] #[pointee(nullable, borrowed = result_buf)] result: *mut *mut netent,
        #[out] #[nonnull] h_errnop: *mut c_int,
    ) -> c_int;
}

// getservent(3), getservent_r(3). No `proto`: any protocol.
unsafe extern "C" {
    #[returns(until = [getservent, getservbyname, getservbyport], nullable, one)]
    fn getservent() -> *mut servent;

    #[returns(until = [getservent, getservbyname, getservbyport], nullable, one)]
    fn getservbyname(
        #[input] #[nonnull] #[null_terminated] name: *const c_char,
        #[input] #[nullable] #[null_terminated] proto: *const c_char,
    ) -> *mut servent;

    #[returns(until = [getservent, getservbyname, getservbyport], nullable, one)]
    fn getservbyport(port: c_int, #[input] #[nullable] #[null_terminated] proto: *const c_char) -> *mut servent;

    #[success(result == 0)]
    fn getservent_r(
        #[out] #[nonnull] #[pointee(borrowed = buf)] result_buf: *mut servent,
        #[out] #[nonnull] #[sized_by(buflen)] buf: *mut c_char,
        buflen: size_t,
        #[out] #[nonnull] #[pointee(nullable, borrowed = result_buf)] result: *mut *mut servent,
    ) -> c_int;

    #[success(result == 0)]
    fn getservbyname_r(
        #[input] #[nonnull] #[null_terminated] name: *const c_char,
        #[input] #[nullable] #[null_terminated] proto: *const c_char,
        #[out] #[nonnull] #[pointee(borrowed = buf)] result_buf: *mut servent,
        #[out] #[nonnull] #[sized_by(buflen)] buf: *mut c_char,
        buflen: size_t,
        #[out] #[nonnull] #[pointee(nullable, borrowed = result_buf)] result: *mut *mut servent,
    ) -> c_int;

    #[success(result == 0)]
    fn getservbyport_r(
        port: c_int,
        #[input] #[nullable] #[null_terminated] proto: *const c_char,
        #[out] #[nonnull] #[pointee(borrowed = buf)] result_buf: *mut servent,
        #[out] #[nonnull] #[sized_by(buflen)] buf: *mut c_char,
        buflen: size_t,
        #[out] #[nonnull] #[pointee(nullable, borrowed = result_buf)] result: *mut *mut servent,
    ) -> c_int;
}

// getprotoent(3), getprotoent_r(3).
unsafe extern "C" {
    #[returns(until = [getprotoent, getprotobyname, getprotobynumber], nullable, one)]
    fn getprotoent() -> *mut protoent;

    #[returns(until = [getprotoent, getprotobyname, getprotobynumber], nullable, one)]
    fn getprotobyname(#[input] #[nonnull] #[null_terminated] name: *const c_char) -> *mut protoent;

    #[returns(until = [getprotoent, getprotobyname, getprotobynumber], nullable, one)]
    fn getprotobynumber(proto: c_int) -> *mut protoent;

    #[success(result == 0)]
    fn getprotoent_r(
        #[out] #[nonnull] #[pointee(borrowed = buf)] result_buf: *mut protoent,
        #[out] #[nonnull] #[sized_by(buflen)] buf: *mut c_char,
        buflen: size_t,
        #[out] #[nonnull] #[pointee(nullable, borrowed = result_buf)] result: *mut *mut protoent,
    ) -> c_int;

    #[success(result == 0)]
    fn getprotobyname_r(
        #[input] #[nonnull] #[null_terminated] name: *const c_char,
        #[out] #[nonnull] #[pointee(borrowed = buf)] result_buf: *mut protoent,
        #[out] #[nonnull] #[sized_by(buflen)] buf: *mut c_char,
        buflen: size_t,
        #[out] #[nonnull] #[pointee(nullable, borrowed = result_buf)] result: *mut *mut protoent,
    ) -> c_int;

    #[success(result == 0)]
    fn getprotobynumber_r(
        proto: c_int,
        #[out] #[nonnull] #[pointee(borrowed = buf)] result_buf: *mut protoent,
        #[out] #[nonnull] #[sized_by(buflen)] buf: *mut c_char,
        buflen: size_t,
        #[out] #[nonnull] #[pointee(nullable, borrowed = result_buf)] result: *mut *mut protoent,
    ) -> c_int;
}

// getrpcent(3), getrpcent_r(3).
unsafe extern "C" {
    #[returns(until = [getrpcent, getrpcbyname, getrpcbynumber], nullable, one)]
    fn getrpcent() -> *mut rpcent;

    #[returns(until = [getrpcent, getrpcbyname, getrpcbynumber], nullable, one)]
    fn getrpcbyname(#[input] #[nonnull] #[null_terminated] name: *const c_char) -> *mut rpcent;

    #[returns(until = [getrpcent, getrpcbyname, getrpcbynumber], nullable, one)]
    fn getrpcbynumber(number: c_int) -> *mut rpcent;

    #[success(result == 0)]
    fn getrpcent_r(
        #[out] #[nonnull] #[pointee(borrowed = buf)] result_buf: *mut rpcent,
        #[out] #[nonnull] #[sized_by(buflen)] buf: *mut c_char,
        buflen: size_t,
        #[out] #[nonnull] #[pointee(nullable, borrowed = result_buf)] result: *mut *mut rpcent,
    ) -> c_int;

    #[success(result == 0)]
    fn getrpcbyname_r(
        #[input] #[nonnull] #[null_terminated] name: *const c_char,
        #[out] #[nonnull] #[pointee(borrowed = buf)] result_buf: *mut rpcent,
        #[out] #[nonnull] #[sized_by(buflen)] buf: *mut c_char,
        buflen: size_t,
        #[out] #[nonnull] #[pointee(nullable, borrowed = result_buf)] result: *mut *mut rpcent,
    ) -> c_int;

    #[success(result == 0)]
    fn getrpcbynumber_r(
        number: c_int,
        #[out] #[nonnull] #[pointee(borrowed = buf)] result_buf: *mut rpcent,
        #[out] #[nonnull] #[sized_by(buflen)] buf: *mut c_char,
        buflen: size_t,
        #[out] #[nonnull] #[pointee(nullable, borrowed = result_buf)] result: *mut *mut rpcent,
    ) -> c_int;
}

// setnetgrent(3). A null host, user or domain is a wildcard.
unsafe extern "C" {
    fn setnetgrent(#[input] #[nonnull] #[null_terminated] netgroup: *const c_char) -> c_int;

    fn getnetgrent(
        #[out] #[nonnull] #[pointee(nullable, null_terminated, until = [getnetgrent, endnetgrent])] host: *mut *mut c_char,
        #[out] #[nonnull] #[pointee(nullable, null_terminated, until = [getnetgrent, endnetgrent])] user: *mut *mut c_char,
        #[out] #[nonnull] #[pointee(nullable, null_terminated, until = [getnetgrent, endnetgrent])] domain: *mut *mut c_char,
    ) -> c_int;

    fn getnetgrent_r(
        #[out] #[nonnull] #[pointee(nullable, null_terminated, borrowed = buf)] host: *mut *mut c_char,
        #[out] #[nonnull] #[pointee(nullable, null_terminated, borrowed = buf)] user: *mut *mut c_char,
        #[out] #[nonnull] #[pointee(nullable, null_terminated, borrowed = buf)] domain: *mut *mut c_char,
        #[out] #[nonnull] #[sized_by(buflen)] buf: *mut c_char,
        buflen: size_t,
    ) -> c_int;

    fn innetgr(
        #[input] #[nonnull] #[null_terminated] netgroup: *const c_char,
        #[input] #[nullable] #[null_terminated] host: *const c_char,
        #[input] #[nullable] #[null_terminated] user: *const c_char,
        #[input] #[nullable] #[null_terminated] domain: *const c_char,
    ) -> c_int;
}

// rcmd(3), rexec(3). `*ahost` is read, and set to the canonical name in memory of the library. No
// nullness of `user` and `passwd` of rexec: the page only says what happens where both are given.
unsafe extern "C" {
    #[errno]
    fn rcmd(
        #[inout] #[nonnull] #[flow_through] #[pointee(null_terminated)] ahost: *mut *mut c_char,
        inport: c_ushort,
        #[input] #[nonnull] #[null_terminated] locuser: *const c_char,
        #[input] #[nonnull] #[null_terminated] remuser: *const c_char,
        #[input] #[nonnull] #[null_terminated] cmd: *const c_char,
        #[out] #[nullable] fd2p: *mut c_int,
    ) -> c_int;

    #[errno]
    fn rcmd_af(
        #[inout] #[nonnull] #[flow_through] #[pointee(null_terminated)] ahost: *mut *mut c_char,
        inport: c_ushort,
        #[input] #[nonnull] #[null_terminated] locuser: *const c_char,
        #[input] #[nonnull] #[null_terminated] remuser: *const c_char,
        #[input] #[nonnull] #[null_terminated] cmd: *const c_char,
        #[out] #[nullable] fd2p: *mut c_int,
        af: sa_family_t,
    ) -> c_int;

    #[errno]
    fn rexec(
        #[inout] #[nonnull] #[flow_through] #[pointee(null_terminated)] ahost: *mut *mut c_char,
        inport: c_int,
        #[input] #[null_terminated] user: *const c_char,
        #[input] #[null_terminated] passwd: *const c_char,
        #[input] #[nonnull] #[null_terminated] cmd: *const c_char,
        #[out] #[nullable] fd2p: *mut c_int,
    ) -> c_int;

    #[errno]
    fn rexec_af(
        #[inout] #[nonnull] #[flow_through] #[pointee(null_terminated)] ahost: *mut *mut c_char,
        inport: c_int,
        #[input] #[null_terminated] user: *const c_char,
        #[input] #[null_terminated] passwd: *const c_char,
        #[input] #[nonnull] #[null_terminated] cmd: *const c_char,
        #[out] #[nullable] fd2p: *mut c_int,
        af: sa_family_t,
    ) -> c_int;

    #[errno]
    fn rresvport(#[inout] #[nonnull] port: *mut c_int) -> c_int;

    #[errno]
    fn rresvport_af(#[inout] #[nonnull] port: *mut c_int, af: sa_family_t) -> c_int;

    fn iruserok(
        raddr: u32,
        superuser: c_int,
        #[input] #[nonnull] #[null_terminated] ruser: *const c_char,
        #[input] #[nonnull] #[null_terminated] luser: *const c_char,
    ) -> c_int;

    fn ruserok(
        #[input] #[nonnull] #[null_terminated] rhost: *const c_char,
        superuser: c_int,
        #[input] #[nonnull] #[null_terminated] ruser: *const c_char,
        #[input] #[nonnull] #[null_terminated] luser: *const c_char,
    ) -> c_int;

    #[unsafe_beyond_pointers("raddr points to an address of the family af")]
    fn iruserok_af(
        #[input] #[nonnull] #[sized_by(at_least(4))] raddr: *const c_void,
        superuser: c_int,
        #[input] #[nonnull] #[null_terminated] ruser: *const c_char,
        #[input] #[nonnull] #[null_terminated] luser: *const c_char,
        af: sa_family_t,
    ) -> c_int;

    fn ruserok_af(
        #[input] #[nonnull] #[null_terminated] rhost: *const c_char,
        superuser: c_int,
        #[input] #[nonnull] #[null_terminated] ruser: *const c_char,
        #[input] #[nonnull] #[null_terminated] luser: *const c_char,
        af: sa_family_t,
    ) -> c_int;
}

// bindresvport(3); the version for IPv6 has no page of its own.
unsafe extern "C" {
    #[errno(void)]
    fn bindresvport(sockfd: c_int, #[inout] #[nullable] sin: *mut sockaddr_in) -> c_int;

    #[errno(void)]
    fn bindresvport6(sockfd: c_int, #[inout] #[nullable] sin: *mut sockaddr_in6) -> c_int;
}

// inet(3), inet_pton(3), inet_ntop(3), inet_net_pton(3). The size of an address follows from `af`: 4
// bytes for AF_INET, 16 for AF_INET6. The 4 stand here.
unsafe extern "C" {
    fn inet_addr(#[input] #[nonnull] #[null_terminated] cp: *const c_char) -> in_addr_t;

    fn inet_network(#[input] #[nonnull] #[null_terminated] cp: *const c_char) -> in_addr_t;

    #[success(result != 0)]
    fn inet_aton(
        #[input] #[nonnull] #[null_terminated] cp: *const c_char,
        #[out] #[nonnull] inp: *mut in_addr,
    ) -> c_int;

    #[returns(until = [inet_ntoa], null_terminated)]
    fn inet_ntoa(r#in: in_addr) -> *mut c_char;

    #[success(result == 1)]
    #[unsafe_beyond_pointers("dst has room for an address of the family af")]
    fn inet_pton(
        af: c_int,
        #[input] #[nonnull] #[null_terminated] src: *const c_char,
        #[out] #[nonnull] #[sized_by(at_least(4))] dst: *mut c_void,
    ) -> c_int;

    #[errno(null)]
    #[returns(borrowed = dst, nullable, null_terminated)]
    #[unsafe_beyond_pointers("src points to an address of the family af")]
    fn inet_ntop(
        af: c_int,
        #[input] #[nonnull] #[sized_by(at_least(4))] src: *const c_void,
        #[out] #[nonnull] #[sized_by(size)] dst: *mut c_char,
        size: socklen_t,
    ) -> *const c_char;

    #[errno]
    fn inet_net_pton(
        af: c_int,
        #[input] #[nonnull] #[null_terminated] pres: *const c_char,
        #[out] #[nonnull] #[sized_by(nsize)] netp: *mut c_void,
        nsize: size_t,
    ) -> c_int;

    #[errno(null)]
    #[returns(borrowed = pres, nullable, null_terminated)]
    #[unsafe_beyond_pointers("netp has as many bits as bits says, in whole bytes")]
    fn inet_net_ntop(
        af: c_int,
        #[input] netp: *const c_void,
        bits: c_int,
        #[out] #[nonnull] #[sized_by(psize)] pres: *mut c_char,
        psize: size_t,
    ) -> *mut c_char;
}

// getifaddrs(3). The list's own pointers are the library's.
unsafe extern "C" {
    #[errno(void)]
    fn getifaddrs(
        #[out] #[nonnull] #[pointee(owned, free = freeifaddrs, nullable)] ifap: *mut *mut ifaddrs,
    ) -> c_int;

    fn freeifaddrs(#[opaque] ifa: *mut ifaddrs);
}

// if_nametoindex(3), if_nameindex(3). `ifname` has IF_NAMESIZE (16) bytes.
unsafe extern "C" {
    #[success(result != 0)]
    fn if_nametoindex(#[input] #[nonnull] #[null_terminated] ifname: *const c_char) -> c_uint;

    #[errno(null)]
    #[returns(borrowed = ifname, nullable, null_terminated)]
    fn if_indextoname(ifindex: c_uint, #[out] #[nonnull] #[sized_by(16)] ifname: *mut c_char) -> *mut c_char;

    #[errno(null)]
    #[returns(owned, free = if_freenameindex, nullable)]
    fn if_nameindex() -> *mut if_nameindex;

    fn if_freenameindex(#[opaque] ptr: *mut if_nameindex);
}
