const _: () = ::core::assert!(
    ::pinned_ffi::private::SCHEMA == 9,
    "these wrappers were generated for another version of pinned-ffi: generate them again"
);
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
    use super::*;
    unsafe extern "C" {
        pub fn axes_raw(
            to: *mut c_void,
            n: usize,
            text: *const c_char,
            next: &mut i32,
        ) -> i32;
        pub fn axes_slices(a: *const i32, b: *mut i32, n: u32) -> i32;
        pub fn axes_fill(fd: i32, to: *mut c_void, n: usize) -> isize;
        pub fn axes_pixels(pixels: *mut u32, w: i32, h: i32) -> i32;
        pub fn axes_objects(
            read: *const u64,
            changed: *mut u64,
            made: *mut u64,
            name: *const c_char,
            pair: *mut i32,
        );
        pub fn axes_results(first: *mut u64, rest: *mut i16) -> i32;
        pub fn axes_callback(
            f: Option<unsafe extern "C" fn(*mut c_void)>,
            data: *mut c_void,
        );
        pub fn axes_move(to: *mut c_void, from: *const c_void, n: usize);
        pub fn axes_variadic(format: *const c_char, ...) -> i32;
    }
}
#[doc(inline)]
#[allow(unused_imports, deprecated)]
pub use self::raw::axes_variadic;
/** # Contract

 | parameter | C | null | extent | kept | ownership |
 |---|---|---|---|---|---|
 | `to` | writes | not known | `sized_by(n * 4)` | not known |  |
 | `text` | reads | not known | not known | not known |  |
 | `next` | not known | no | `one` | not known |  |

 # Safety

 - `to` must be valid for writes of `n * 4` bytes for the whole call. Whether C keeps it is not known.
 - `text` must be valid for the reads that C makes for the whole call. Whether C keeps it is not known.
 - `next` must be valid for reads and writes of one object for the whole call. Whether C keeps it is not known.
 - What C writes must not overlap with what another argument points to.*/
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
pub unsafe fn axes_raw(
    to: *mut c_void,
    n: usize,
    text: *const c_char,
    next: &mut i32,
) -> i32 {
    #[allow(unused_imports)]
    use ::pinned_ffi::private::NoMap as _;
    #[allow(unused_imports)]
    use ::pinned_ffi::private::NoWord as _;
    let __caller = ::core::panic::Location::caller();
    static __DESC: ::pinned_ffi::private::FnDesc = ::pinned_ffi::private::FnDesc::new(
            "axes_raw",
            &[
                ::pinned_ffi::private::ParamDesc::pointer(
                    "to",
                    ::pinned_ffi::private::PointerDesc::void()
                        .out()
                        .sized_by(
                            ::pinned_ffi::private::Expr::Binary(
                                ::pinned_ffi::private::Op::Mul,
                                &::pinned_ffi::private::Expr::Param(1),
                                &::pinned_ffi::private::Expr::Const(4),
                            ),
                        ),
                ),
                ::pinned_ffi::private::ParamDesc::scalar("n"),
                ::pinned_ffi::private::ParamDesc::pointer(
                    "text",
                    ::pinned_ffi::private::PointerDesc::to::<
                        c_char,
                    >(::pinned_ffi::private::MapProbe::<c_char>::map)
                        .input(),
                ),
                ::pinned_ffi::private::ParamDesc::pointer(
                    "next",
                    ::pinned_ffi::private::PointerDesc::to::<
                        i32,
                    >(::pinned_ffi::private::MapProbe::<i32>::map)
                        .nonnull()
                        .one(),
                ),
            ],
        )
        .keeping(
            &::pinned_ffi::private::KeptDesc {
                keeps: &[],
                ends: &[],
                looks: true,
                success: ::pinned_ffi::private::SuccessDesc::Untold,
            },
        );
    let __call = unsafe {
        ::pinned_ffi::private::Call::enter(
            &__DESC,
            &[
                ::pinned_ffi::private::Probe(&to).word(),
                ::pinned_ffi::private::Probe(&n).word(),
                ::pinned_ffi::private::Probe(&text).word(),
                ::pinned_ffi::private::Probe(&next).word(),
            ],
            __caller,
        )
    };
    let __result = unsafe { raw::axes_raw(to, n, text, next) };
    let __result = __call
        .leave_telling(::pinned_ffi::private::Probe(&__result).word(), __result);
    __result
}
/** # Contract

 | parameter | C | null | extent | kept | ownership |
 |---|---|---|---|---|---|
 | `a` | reads | not known | `counted_by(n)` | no |  |
 | `b` | reads and writes | allowed | `counted_by(n)` | no |  |*/
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
pub fn axes_slices(a: &[i32], b: ::core::option::Option<&mut [i32]>) -> i32 {
    #[allow(unused_imports)]
    use ::pinned_ffi::private::NoMap as _;
    #[allow(unused_imports)]
    use ::pinned_ffi::private::NoWord as _;
    const _: () = {
        #[allow(unused_imports)]
        use ::pinned_ffi::private::NoMap as _;
        ::core::assert!(
            ::pinned_ffi::private::MapProbe:: < i32 > ::IS_FLAT,
            "`a` may hold a pointer, which safe code can make up: put `#[pinned_ffi]` on its type if it holds none, or write `#[idiomatic] fn`"
        );
        ::core::assert!(
            ::pinned_ffi::private::MapProbe:: < i32 > ::IS_FLAT,
            "`b` may hold a pointer, which safe code can make up: put `#[pinned_ffi]` on its type if it holds none, or write `#[idiomatic] fn`"
        );
    };
    let __caller = ::core::panic::Location::caller();
    let __a_len = a.len();
    let a: *const i32 = a.as_ptr().cast();
    let (b, __b_len): (*mut i32, ::core::primitive::usize) = match b {
        ::core::option::Option::Some(b) => {
            let __b_len = b.len();
            (b.as_mut_ptr().cast(), __b_len)
        }
        ::core::option::Option::None => (::core::ptr::null_mut(), 0),
    };
    if __a_len != __b_len {
        ::pinned_ffi::private::refuse(::pinned_ffi::private::lengths_differ())
    }
    let ::core::result::Result::Ok(n) = <u32 as ::core::convert::TryFrom<
        ::core::primitive::usize,
    >>::try_from(__a_len) else {
        ::pinned_ffi::private::refuse(::pinned_ffi::private::over_count())
    };
    static __DESC: ::pinned_ffi::private::FnDesc = ::pinned_ffi::private::FnDesc::new(
            "axes_slices",
            &[
                ::pinned_ffi::private::ParamDesc::pointer(
                    "a",
                    ::pinned_ffi::private::PointerDesc::to::<
                        i32,
                    >(::pinned_ffi::private::MapProbe::<i32>::map)
                        .input()
                        .counted_by(::pinned_ffi::private::Expr::Param(2))
                        .noescape(),
                ),
                ::pinned_ffi::private::ParamDesc::pointer(
                    "b",
                    ::pinned_ffi::private::PointerDesc::to::<
                        i32,
                    >(::pinned_ffi::private::MapProbe::<i32>::map)
                        .inout()
                        .nullable()
                        .counted_by(::pinned_ffi::private::Expr::Param(2))
                        .noescape(),
                ),
                ::pinned_ffi::private::ParamDesc::scalar("n"),
            ],
        )
        .lends();
    let __call = unsafe {
        ::pinned_ffi::private::Call::enter(
            &__DESC,
            &[
                ::pinned_ffi::private::Probe(&a).word(),
                ::pinned_ffi::private::Probe(&b).word(),
                ::pinned_ffi::private::Probe(&n).word(),
            ],
            __caller,
        )
    };
    let __result = unsafe { raw::axes_slices(__call.lend(0, a), __call.lend(1, b), n) };
    let __result = __call
        .leave_telling(::pinned_ffi::private::Probe(&__result).word(), __result);
    __result
}
/** # Contract

 | parameter | C | null | extent | kept | ownership |
 |---|---|---|---|---|---|
 | `to` | writes | not known | `sized_by(n)` | no |  |
 | result | gives, or -1 and `errno` |  |  | |  |*/
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
pub fn axes_fill<__B1: ::pinned_ffi::buf::OutBuf<::core::primitive::u8>>(
    fd: i32,
    to: __B1,
) -> ::std::io::Result<
    <__B1 as ::pinned_ffi::buf::OutBuf<::core::primitive::u8>>::Filled,
> {
    #[allow(unused_imports)]
    use ::pinned_ffi::private::NoMap as _;
    #[allow(unused_imports)]
    use ::pinned_ffi::private::NoWord as _;
    const _: () = {
        #[allow(unused_imports)]
        use ::pinned_ffi::private::NoMap as _;
        ::core::assert!(
            ::pinned_ffi::private::MapProbe:: < i32 > ::IS_FLAT,
            "`fd` may hold a pointer, which safe code can make up: put `#[pinned_ffi]` on its type if it holds none, or write `#[idiomatic] fn`"
        );
    };
    let __caller = ::core::panic::Location::caller();
    let mut __to_buf = to;
    let (to, __to_len) = ::pinned_ffi::buf::OutBuf::<
        ::core::primitive::u8,
    >::parts(&mut __to_buf);
    let to: *mut c_void = to.cast();
    let ::core::result::Result::Ok(n) = <usize as ::core::convert::TryFrom<
        ::core::primitive::usize,
    >>::try_from(__to_len) else {
        return ::core::result::Result::Err(::pinned_ffi::private::over_count())
    };
    static __DESC: ::pinned_ffi::private::FnDesc = ::pinned_ffi::private::FnDesc::new(
            "axes_fill",
            &[
                ::pinned_ffi::private::ParamDesc::scalar("fd"),
                ::pinned_ffi::private::ParamDesc::pointer(
                    "to",
                    ::pinned_ffi::private::PointerDesc::void()
                        .out()
                        .sized_by(::pinned_ffi::private::Expr::Param(2))
                        .noescape()
                        .filled_by(::pinned_ffi::private::Expr::Result),
                ),
                ::pinned_ffi::private::ParamDesc::scalar("n"),
            ],
        )
        .lends();
    let __call = unsafe {
        ::pinned_ffi::private::Call::enter(
            &__DESC,
            &[
                ::pinned_ffi::private::Probe(&fd).word(),
                ::pinned_ffi::private::Probe(&to).word(),
                ::pinned_ffi::private::Probe(&n).word(),
            ],
            __caller,
        )
    };
    let __result = unsafe { raw::axes_fill(fd, __call.lend(1, to), n) };
    let __result = __call.leave_giving(__result);
    match ::pinned_ffi::private::io_result(__result) {
        ::core::result::Result::Ok(__count) => {
            ::core::result::Result::Ok({
                let __filled = ::pinned_ffi::private::filled(
                    __count as ::core::primitive::usize,
                    __to_len,
                );
                unsafe {
                    ::pinned_ffi::buf::OutBuf::<
                        ::core::primitive::u8,
                    >::filled(__to_buf, __filled)
                }
            })
        }
        ::core::result::Result::Err(__error) => ::core::result::Result::Err(__error),
    }
}
/** # Contract

 | parameter | C | null | extent | kept | ownership |
 |---|---|---|---|---|---|
 | `pixels` | reads and writes | not known | `counted_by(w * h)` | no |  |
 | result | gives, or -1 and `errno` |  |  | |  |*/
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
pub fn axes_pixels(pixels: &mut [u32], w: i32, h: i32) -> ::std::io::Result<()> {
    #[allow(unused_imports)]
    use ::pinned_ffi::private::NoMap as _;
    #[allow(unused_imports)]
    use ::pinned_ffi::private::NoWord as _;
    const _: () = {
        #[allow(unused_imports)]
        use ::pinned_ffi::private::NoMap as _;
        ::core::assert!(
            ::pinned_ffi::private::MapProbe:: < u32 > ::IS_FLAT,
            "`pixels` may hold a pointer, which safe code can make up: put `#[pinned_ffi]` on its type if it holds none, or write `#[idiomatic] fn`"
        );
        ::core::assert!(
            ::pinned_ffi::private::MapProbe:: < i32 > ::IS_FLAT,
            "`w` may hold a pointer, which safe code can make up: put `#[pinned_ffi]` on its type if it holds none, or write `#[idiomatic] fn`"
        );
        ::core::assert!(
            ::pinned_ffi::private::MapProbe:: < i32 > ::IS_FLAT,
            "`h` may hold a pointer, which safe code can make up: put `#[pinned_ffi]` on its type if it holds none, or write `#[idiomatic] fn`"
        );
    };
    let __caller = ::core::panic::Location::caller();
    let __pixels_len = pixels.len();
    let pixels: *mut u32 = pixels.as_mut_ptr().cast();
    let __needed = (|| -> ::core::option::Option<::core::primitive::i128> {
        ::core::option::Option::Some(
            (w as ::core::primitive::i128).checked_mul((h as ::core::primitive::i128))?,
        )
    })();
    if !::core::matches!(
        __needed, ::core::option::Option::Some(__needed) if 0 <= __needed && __needed <=
        __pixels_len as ::core::primitive::i128
    ) {
        return ::core::result::Result::Err(::pinned_ffi::private::lengths_differ());
    }
    static __DESC: ::pinned_ffi::private::FnDesc = ::pinned_ffi::private::FnDesc::new(
            "axes_pixels",
            &[
                ::pinned_ffi::private::ParamDesc::pointer(
                    "pixels",
                    ::pinned_ffi::private::PointerDesc::to::<
                        u32,
                    >(::pinned_ffi::private::MapProbe::<u32>::map)
                        .inout()
                        .counted_by(
                            ::pinned_ffi::private::Expr::Binary(
                                ::pinned_ffi::private::Op::Mul,
                                &::pinned_ffi::private::Expr::Param(1),
                                &::pinned_ffi::private::Expr::Param(2),
                            ),
                        )
                        .noescape(),
                ),
                ::pinned_ffi::private::ParamDesc::scalar("w"),
                ::pinned_ffi::private::ParamDesc::scalar("h"),
            ],
        )
        .lends();
    let __call = unsafe {
        ::pinned_ffi::private::Call::enter(
            &__DESC,
            &[
                ::pinned_ffi::private::Probe(&pixels).word(),
                ::pinned_ffi::private::Probe(&w).word(),
                ::pinned_ffi::private::Probe(&h).word(),
            ],
            __caller,
        )
    };
    let __result = unsafe { raw::axes_pixels(__call.lend(0, pixels), w, h) };
    let __result = __call
        .leave_telling(::pinned_ffi::private::Probe(&__result).word(), __result);
    ::pinned_ffi::private::io_result_unit(__result)
}
/** # Contract

 | parameter | C | null | extent | kept | ownership |
 |---|---|---|---|---|---|
 | `read` | reads | not known | `one` | no |  |
 | `changed` | reads and writes | not known | `one` | no |  |
 | `made` | writes | not known | `one` | no |  |
 | `name` | reads | allowed | `null_terminated` | no |  |
 | `pair` | reads and writes | not known | `counted_by(2)` | no |  |*/
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
pub fn axes_objects(
    read: &u64,
    changed: &mut u64,
    made: &mut ::core::mem::MaybeUninit<u64>,
    name: ::core::option::Option<&::core::ffi::CStr>,
    pair: &mut [i32; 2],
) -> () {
    #[allow(unused_imports)]
    use ::pinned_ffi::private::NoMap as _;
    #[allow(unused_imports)]
    use ::pinned_ffi::private::NoWord as _;
    const _: () = {
        #[allow(unused_imports)]
        use ::pinned_ffi::private::NoMap as _;
        ::core::assert!(
            ::pinned_ffi::private::MapProbe:: < u64 > ::IS_FLAT,
            "`read` may hold a pointer, which safe code can make up: put `#[pinned_ffi]` on its type if it holds none, or write `#[idiomatic] fn`"
        );
        ::core::assert!(
            ::pinned_ffi::private::MapProbe:: < u64 > ::IS_FLAT,
            "`changed` may hold a pointer, which safe code can make up: put `#[pinned_ffi]` on its type if it holds none, or write `#[idiomatic] fn`"
        );
        ::core::assert!(
            ::pinned_ffi::private::MapProbe:: < i32 > ::IS_FLAT,
            "`pair` may hold a pointer, which safe code can make up: put `#[pinned_ffi]` on its type if it holds none, or write `#[idiomatic] fn`"
        );
    };
    let __caller = ::core::panic::Location::caller();
    let read: *const u64 = ::core::ptr::from_ref(read).cast_mut().cast();
    let changed: *mut u64 = ::core::ptr::from_mut(changed).cast();
    let made: *mut u64 = made.as_mut_ptr().cast();
    let name: *const c_char = match name {
        ::core::option::Option::Some(name) => name.as_ptr().cast_mut().cast(),
        ::core::option::Option::None => ::core::ptr::null(),
    };
    let pair: *mut i32 = pair.as_mut_ptr().cast();
    static __DESC: ::pinned_ffi::private::FnDesc = ::pinned_ffi::private::FnDesc::new(
            "axes_objects",
            &[
                ::pinned_ffi::private::ParamDesc::pointer(
                    "read",
                    ::pinned_ffi::private::PointerDesc::to::<
                        u64,
                    >(::pinned_ffi::private::MapProbe::<u64>::map)
                        .input()
                        .one()
                        .noescape(),
                ),
                ::pinned_ffi::private::ParamDesc::pointer(
                    "changed",
                    ::pinned_ffi::private::PointerDesc::to::<
                        u64,
                    >(::pinned_ffi::private::MapProbe::<u64>::map)
                        .inout()
                        .one()
                        .noescape(),
                ),
                ::pinned_ffi::private::ParamDesc::pointer(
                    "made",
                    ::pinned_ffi::private::PointerDesc::to::<
                        u64,
                    >(::pinned_ffi::private::MapProbe::<u64>::map)
                        .out()
                        .one()
                        .noescape(),
                ),
                ::pinned_ffi::private::ParamDesc::pointer(
                    "name",
                    ::pinned_ffi::private::PointerDesc::to::<
                        c_char,
                    >(::pinned_ffi::private::MapProbe::<c_char>::map)
                        .input()
                        .nullable()
                        .null_terminated()
                        .noescape(),
                ),
                ::pinned_ffi::private::ParamDesc::pointer(
                    "pair",
                    ::pinned_ffi::private::PointerDesc::to::<
                        i32,
                    >(::pinned_ffi::private::MapProbe::<i32>::map)
                        .inout()
                        .counted_by(::pinned_ffi::private::Expr::Const(2))
                        .noescape(),
                ),
            ],
        )
        .lends();
    let __call = unsafe {
        ::pinned_ffi::private::Call::enter(
            &__DESC,
            &[
                ::pinned_ffi::private::Probe(&read).word(),
                ::pinned_ffi::private::Probe(&changed).word(),
                ::pinned_ffi::private::Probe(&made).word(),
                ::pinned_ffi::private::Probe(&name).word(),
                ::pinned_ffi::private::Probe(&pair).word(),
            ],
            __caller,
        )
    };
    let __result = unsafe {
        raw::axes_objects(
            __call.lend(0, read),
            __call.lend(1, changed),
            __call.lend(2, made),
            __call.lend(3, name),
            __call.lend(4, pair),
        )
    };
    __call.leave();
    __result
}
/** # Contract

 | parameter | C | null | extent | kept | ownership |
 |---|---|---|---|---|---|
 | `first` | writes | not known | `one` | no |  |
 | `rest` | writes | not known | `counted_by(3)` | no |  |
 | result | gives, or -1 and `errno` |  |  | |  |*/
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
pub fn axes_results() -> ::std::io::Result<
    (<i32 as ::pinned_ffi::private::ErrnoReturn>::Success, u64, [i16; 3]),
> {
    #[allow(unused_imports)]
    use ::pinned_ffi::private::NoMap as _;
    #[allow(unused_imports)]
    use ::pinned_ffi::private::NoWord as _;
    const _: () = {
        #[allow(unused_imports)]
        use ::pinned_ffi::private::NoMap as _;
        ::core::assert!(
            ::pinned_ffi::private::MapProbe:: < u64 > ::IS_FLAT,
            "`first` may hold a pointer, which safe code can make up: put `#[pinned_ffi]` on its type if it holds none, or write `#[idiomatic] fn`"
        );
        ::core::assert!(
            ::pinned_ffi::private::MapProbe:: < i16 > ::IS_FLAT,
            "`rest` may hold a pointer, which safe code can make up: put `#[pinned_ffi]` on its type if it holds none, or write `#[idiomatic] fn`"
        );
    };
    let __caller = ::core::panic::Location::caller();
    let mut __first_value = ::core::mem::MaybeUninit::<u64>::uninit();
    let first: *mut u64 = __first_value.as_mut_ptr().cast();
    let mut __rest_value = ::core::mem::MaybeUninit::<[i16; 3]>::uninit();
    let rest: *mut i16 = __rest_value.as_mut_ptr().cast();
    static __DESC: ::pinned_ffi::private::FnDesc = ::pinned_ffi::private::FnDesc::new(
            "axes_results",
            &[
                ::pinned_ffi::private::ParamDesc::pointer(
                    "first",
                    ::pinned_ffi::private::PointerDesc::to::<
                        u64,
                    >(::pinned_ffi::private::MapProbe::<u64>::map)
                        .out()
                        .one()
                        .noescape(),
                ),
                ::pinned_ffi::private::ParamDesc::pointer(
                    "rest",
                    ::pinned_ffi::private::PointerDesc::to::<
                        i16,
                    >(::pinned_ffi::private::MapProbe::<i16>::map)
                        .out()
                        .counted_by(::pinned_ffi::private::Expr::Const(3))
                        .noescape(),
                ),
            ],
        )
        .lends();
    let __call = unsafe {
        ::pinned_ffi::private::Call::enter(
            &__DESC,
            &[
                ::pinned_ffi::private::Probe(&first).word(),
                ::pinned_ffi::private::Probe(&rest).word(),
            ],
            __caller,
        )
    };
    let __result = unsafe {
        raw::axes_results(__call.lend(0, first), __call.lend(1, rest))
    };
    let __result = __call
        .leave_telling(::pinned_ffi::private::Probe(&__result).word(), __result);
    match ::pinned_ffi::private::io_result(__result) {
        ::core::result::Result::Ok(__count) => {
            ::core::result::Result::Ok((
                __count,
                unsafe { __first_value.assume_init() },
                unsafe { __rest_value.assume_init() },
            ))
        }
        ::core::result::Result::Err(__error) => ::core::result::Result::Err(__error),
    }
}
/** # Contract

 | parameter | C | null | extent | kept | ownership |
 |---|---|---|---|---|---|
 | `f` | not known | not known | not known | not known |  |
 | `data` | C's own memory | | |  |  |

 # Safety

 - `f` must be a function that C may call.
 - `data` must be C's own, as C expects it there, alive for the whole call.*/
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
pub unsafe fn axes_callback(
    f: Option<unsafe extern "C" fn(*mut c_void)>,
    data: *mut c_void,
) -> () {
    #[allow(unused_imports)]
    use ::pinned_ffi::private::NoMap as _;
    #[allow(unused_imports)]
    use ::pinned_ffi::private::NoWord as _;
    let __caller = ::core::panic::Location::caller();
    static __DESC: ::pinned_ffi::private::FnDesc = ::pinned_ffi::private::FnDesc::new(
        "axes_callback",
        &[
            ::pinned_ffi::private::ParamDesc::scalar("f"),
            ::pinned_ffi::private::ParamDesc::scalar("data"),
        ],
    );
    let __call = unsafe {
        ::pinned_ffi::private::Call::enter(
            &__DESC,
            &[::pinned_ffi::private::Word::NONE, ::pinned_ffi::private::Word::NONE],
            __caller,
        )
    };
    let __result = unsafe { raw::axes_callback(f, data) };
    __call.leave();
    __result
}
/** # Contract

 | parameter | C | null | extent | kept | ownership |
 |---|---|---|---|---|---|
 | `to` | writes | not known | `sized_by(n)` | not known |  |
 | `from` | reads | not known | `sized_by(n)` | not known |  |

 # Safety

 - `to` must be valid for writes of `n` bytes for the whole call. Whether C keeps it is not known.
 - `from` must be valid for reads of `n` bytes for the whole call. Whether C keeps it is not known.*/
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
pub unsafe fn axes_move(to: *mut c_void, from: *const c_void, n: usize) {
    #[allow(unused_imports)]
    use ::pinned_ffi::private::NoMap as _;
    #[allow(unused_imports)]
    use ::pinned_ffi::private::NoWord as _;
    let __caller = ::core::panic::Location::caller();
    static __DESC: ::pinned_ffi::private::FnDesc = ::pinned_ffi::private::FnDesc::new(
            "axes_move",
            &[
                ::pinned_ffi::private::ParamDesc::pointer(
                    "to",
                    ::pinned_ffi::private::PointerDesc::void()
                        .out()
                        .sized_by(::pinned_ffi::private::Expr::Param(2)),
                ),
                ::pinned_ffi::private::ParamDesc::pointer(
                    "from",
                    ::pinned_ffi::private::PointerDesc::void()
                        .input()
                        .sized_by(::pinned_ffi::private::Expr::Param(2)),
                ),
                ::pinned_ffi::private::ParamDesc::scalar("n"),
            ],
        )
        .may_alias()
        .keeping(
            &::pinned_ffi::private::KeptDesc {
                keeps: &[],
                ends: &[],
                looks: true,
                success: ::pinned_ffi::private::SuccessDesc::Untold,
            },
        );
    let __call = unsafe {
        ::pinned_ffi::private::Call::enter(
            &__DESC,
            &[
                ::pinned_ffi::private::Probe(&to).word(),
                ::pinned_ffi::private::Probe(&from).word(),
                ::pinned_ffi::private::Probe(&n).word(),
            ],
            __caller,
        )
    };
    let __result = unsafe { raw::axes_move(to, from, n) };
    __call.leave();
    __result
}
