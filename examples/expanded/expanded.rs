// The expansion of `input.rs`, with notes. Held against the real one by a test.

// Emitted code and runtime agree by number; a file generated for another version does not compile.
const _: () = ::core::assert!(
    ::pinned_ffi::private::SCHEMA == 9,
    "these wrappers were generated for another version of pinned-ffi: generate them again"
);
// The block itself, untouched but for our attributes and `safe`: `raw::readv` is what bindgen would give.
/// The declarations as C has them, untouched and unchecked.
#[allow(
    non_camel_case_types,
    non_snake_case,
    non_upper_case_globals,
    dead_code,
    unreachable_pub,
    missing_docs
)]
#[allow(clippy::all, clippy::pedantic, clippy::nursery)]
pub mod raw {
    #[allow(unused_imports)]
    // The types of the block are those of the module around it.
    use super::*;
    unsafe extern "C" {
        pub fn readv(fd: c_int, iov: *const iovec, iovcnt: c_int) -> ssize_t;
        pub fn write(fd: c_int, buf: *const c_void, count: size_t) -> ssize_t;
    }
}
// `safe fn`: the vector and its count have become one argument, failure an `io::Error`.
/** Reads into several buffers.

 # Contract

 | parameter | C | null | extent | kept | ownership |
 |---|---|---|---|---|---|
 | `iov` | reads; writes what the pointers inside point to | no | `counted_by(iovcnt)` | no |  |
 | result | gives, or -1 and `errno` |  |  | |  |

 A slice of `IoSlice` or `IoSliceMut` is passed as it is. For other buffers the vector is built on the stack up to 16 of them, without allocating; beyond that in one heap allocation of 16 bytes per buffer. The buffers themselves are never copied.*/
#[inline]
// A report names the line that called this function.
#[track_caller]
#[allow(
    non_snake_case,
    deprecated,
    unreachable_code,
    unused_variables,
    unused_parens,
    irrefutable_let_patterns
)]
#[allow(clippy::all, clippy::pedantic, clippy::nursery)]
#[allow(clippy::undocumented_unsafe_blocks, clippy::multiple_unsafe_ops_per_block)]
pub fn readv<__B1: ::pinned_ffi::buf::VectoredMut>(
    fd: c_int,
    iov: __B1,
) -> ::std::io::Result<<ssize_t as ::pinned_ffi::private::ErrnoReturn>::Success> {
    #[allow(unused_imports)]
    // What the probes below fall back to for types that nothing is known of.
    use ::pinned_ffi::private::NoMap as _;
    #[allow(unused_imports)]
    use ::pinned_ffi::private::NoWord as _;
    const _: () = {
        #[allow(unused_imports)]
        use ::pinned_ffi::private::NoMap as _;
        // A safe function must not take a pointer that safe code could make up: proven at compile time.
        ::core::assert!(
            ::pinned_ffi::private::MapProbe:: < c_int > ::IS_FLAT,
            "`fd` may hold a pointer, which safe code can make up: put `#[pinned_ffi]` on its type if it holds none, or write `#[idiomatic] fn`"
        );
    };
    // Taken here, since inside the closure the caller would be the closure's own.
    let __caller = ::core::panic::Location::caller();
    // Builds C's vector on the stack, or passes IoSliceMut as it is; the buffers stay borrowed until C returns.
    ::pinned_ffi::buf::VectoredMut::with_vector_mut(
        iov,
        |iov| {
            // The runtime's vector is passed as the C structure, so both must be laid out alike.
            const _: () = {
                ::core::assert!(
                    ::core::mem::size_of:: < iovec > () == ::core::mem::size_of:: <
                    ::pinned_ffi::private::RawSlice > ()
                );
                ::core::assert!(
                    ::core::mem::offset_of!(iovec, iov_base) ==
                    ::core::mem::offset_of!(::pinned_ffi::private::RawSlice, base)
                );
                ::core::assert!(
                    ::core::mem::offset_of!(iovec, iov_len) ==
                    ::core::mem::offset_of!(::pinned_ffi::private::RawSlice, len)
                );
            };
            let __iov_len = iov.len();
            // From here on every name is the C argument, of the C type.
            let iov: *const iovec = iov.as_ptr().cast_mut().cast();
            let ::core::result::Result::Ok(iovcnt) = <c_int as ::core::convert::TryFrom<
                ::core::primitive::usize,
            >>::try_from(__iov_len) else {
                return ::core::result::Result::Err(::pinned_ffi::private::over_count())
            };
            // All that the runtime knows of this function. A static, so that a wrapper is small.
            static __DESC: ::pinned_ffi::private::FnDesc = ::pinned_ffi::private::FnDesc::new(
                    "readv",
                    &[
                        ::pinned_ffi::private::ParamDesc::scalar("fd"),
                        // The array is read; what its entries point to is written: that is the direction in `flow_through`.
                        ::pinned_ffi::private::ParamDesc::pointer(
                            "iov",
                            ::pinned_ffi::private::PointerDesc::to::<
                                iovec,
                            >(::pinned_ffi::private::followed::<iovec>())
                                .input()
                                .nonnull()
                                .counted_by(::pinned_ffi::private::Expr::Param(2))
                                .flow_through(::pinned_ffi::private::Direction::Out)
                                .noescape(),
                        ),
                        ::pinned_ffi::private::ParamDesc::scalar("iovcnt"),
                    ],
                )
                .lends();
            // Checks every argument and pins its blocks; nothing at all in an unchecked build.
            let __call = unsafe {
                ::pinned_ffi::private::Call::enter(
                    &__DESC,
                    &[
                        ::pinned_ffi::private::Probe(&fd).word(),
                        ::pinned_ffi::private::Probe(&iov).word(),
                        ::pinned_ffi::private::Probe(&iovcnt).word(),
                    ],
                    __caller,
                )
            };
            // The call itself, with the caller's own pointer or, at level full, a copy's. A block that is freed meanwhile stays, and
            // is reported.
            let __result = unsafe { raw::readv(fd, __call.lend(1, iov), iovcnt) };
            // Takes the pins back and reports what happened to them meanwhile. errno is as C left it. No rule looks at the result,
            // but what a call shows may be learnt (`PINNED_FFI_LEARN`).
            let __result = __call
                .leave_telling(
                    ::pinned_ffi::private::Probe(&__result).word(),
                    __result,
                );
            ::pinned_ffi::private::io_result(__result)
        },
    )
}
// `fn`: the C signature, so that existing calls compile unchanged.
/** # Contract

 | parameter | C | null | extent | kept | ownership |
 |---|---|---|---|---|---|
 | `buf` | reads | no | `sized_by(count)` | no |  |
 | result | gives, or -1 and `errno` |  |  | |  |

 # Safety

 - `buf` must be valid for reads of `count` bytes for the whole call.*/
#[inline]
#[track_caller]
#[allow(
    non_snake_case,
    deprecated,
    unreachable_code,
    unused_variables,
    unused_parens,
    irrefutable_let_patterns
)]
#[allow(clippy::all, clippy::pedantic, clippy::nursery)]
#[allow(clippy::undocumented_unsafe_blocks, clippy::multiple_unsafe_ops_per_block)]
pub unsafe fn write(fd: c_int, buf: *const c_void, count: size_t) -> ssize_t {
    #[allow(unused_imports)]
    use ::pinned_ffi::private::NoMap as _;
    #[allow(unused_imports)]
    use ::pinned_ffi::private::NoWord as _;
    let __caller = ::core::panic::Location::caller();
    static __DESC: ::pinned_ffi::private::FnDesc = ::pinned_ffi::private::FnDesc::new(
            "write",
            &[
                ::pinned_ffi::private::ParamDesc::scalar("fd"),
                ::pinned_ffi::private::ParamDesc::pointer(
                    "buf",
                    // Bytes: no content is looked into, and any address is aligned.
                    ::pinned_ffi::private::PointerDesc::void()
                        .input()
                        .nonnull()
                        .sized_by(::pinned_ffi::private::Expr::Param(2))
                        .noescape(),
                ),
                ::pinned_ffi::private::ParamDesc::scalar("count"),
            ],
        )
        .lends();
    let __call = unsafe {
        ::pinned_ffi::private::Call::enter(
            &__DESC,
            &[
                ::pinned_ffi::private::Probe(&fd).word(),
                ::pinned_ffi::private::Probe(&buf).word(),
                ::pinned_ffi::private::Probe(&count).word(),
            ],
            __caller,
        )
    };
    // The Rust ABI: a report can unwind from here, before C has run.
    let __result = unsafe { raw::write(fd, __call.lend(1, buf), count) };
    let __result = __call
        .leave_telling(::pinned_ffi::private::Probe(&__result).word(), __result);
    __result
}
