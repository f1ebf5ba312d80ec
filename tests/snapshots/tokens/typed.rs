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
        pub fn forms_control(fd: i32, what: u64, ...) -> i32;
        pub fn forms_kept(
            handle: *mut c_void,
            data: *const c_void,
            n: usize,
            free: Option<unsafe extern "C" fn(*mut c_void)>,
        ) -> i32;
    }
}
#[doc(inline)]
#[allow(unused_imports, deprecated)]
pub use self::raw::forms_control;
/** # Contract

 | parameter | C | null | extent | kept | ownership |
 |---|---|---|---|---|---|
 | result | gives, or -1 and `errno` |  |  | |  |

 # Safety

 Nothing is known to be asked of the caller, and nobody vouches that this is all.*/
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
#[allow(trivial_casts, trivial_numeric_casts)]
pub unsafe fn forms_plain(fd: i32) -> i32 {
    #[allow(unused_imports)]
    use ::pinned_ffi::private::NoMap as _;
    #[allow(unused_imports)]
    use ::pinned_ffi::private::NoWord as _;
    let __caller = ::core::panic::Location::caller();
    static __DESC: ::pinned_ffi::private::FnDesc = ::pinned_ffi::private::FnDesc::new(
            "forms_plain",
            &[::pinned_ffi::private::ParamDesc::scalar("fd")],
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
        ::pinned_ffi::private::Call::glance(
            &__DESC,
            &[::pinned_ffi::private::Word::NONE],
            __caller,
        )
    };
    let __result = unsafe { raw::forms_control(fd, 7i64 as _) };
    __call.leave();
    __result
}
/** The user's own words.

 # Contract

 | parameter | C | null | extent | kept | ownership |
 |---|---|---|---|---|---|
 | `to` | writes | not known | `one` | no |  |
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
#[allow(trivial_casts, trivial_numeric_casts)]
pub fn forms_filled(
    fd: i32,
) -> ::std::io::Result<(<i32 as ::pinned_ffi::private::ErrnoReturn>::Success, u64)> {
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
        ::core::assert!(
            ::pinned_ffi::private::MapProbe:: < u64 > ::IS_FLAT,
            "`to` may hold a pointer, which safe code can make up: put `#[pinned_ffi]` on its type if it holds none, or write `#[idiomatic] fn`"
        );
    };
    let __caller = ::core::panic::Location::caller();
    let mut __to_value = ::core::mem::MaybeUninit::<u64>::uninit();
    let to: *mut u64 = __to_value.as_mut_ptr().cast();
    static __DESC: ::pinned_ffi::private::FnDesc = ::pinned_ffi::private::FnDesc::new(
            "forms_filled",
            &[
                ::pinned_ffi::private::ParamDesc::scalar("fd"),
                ::pinned_ffi::private::ParamDesc::pointer(
                    "to",
                    ::pinned_ffi::private::PointerDesc::to::<
                        u64,
                    >(::pinned_ffi::private::MapProbe::<u64>::map)
                        .out()
                        .one()
                        .noescape(),
                ),
            ],
        )
        .lends();
    let __call = unsafe {
        ::pinned_ffi::private::Call::enter(
            &__DESC,
            &[
                ::pinned_ffi::private::Probe(&fd).word(),
                ::pinned_ffi::private::Probe(&to).word(),
            ],
            __caller,
        )
    };
    let __result = unsafe { raw::forms_control(fd, 8i64 as _, __call.lend(1, to)) };
    let __result = __call
        .leave_telling(::pinned_ffi::private::Probe(&__result).word(), __result);
    match ::pinned_ffi::private::io_result(__result) {
        ::core::result::Result::Ok(__count) => {
            ::core::result::Result::Ok((__count, unsafe { __to_value.assume_init() }))
        }
        ::core::result::Result::Err(__error) => ::core::result::Result::Err(__error),
    }
}
/** # Contract

 | parameter | C | null | extent | kept | ownership |
 |---|---|---|---|---|---|
 | `handle` | C's own memory | | |  |  |
 | `data` | reads | not known | `sized_by(n)` | noescape when free == -1; retained(by = handle, until = [forms_end]) when free == 0; transfer |  |
 | `free` | not known | not known | not known | not known |  |

 # Safety

 - `handle` must be C's own, as C expects it there, alive for the whole call.
 - `data` must be valid for reads of `n` bytes for the whole call. How long C keeps it depends; the table says on what.
 - `free` must be a function that C may call.*/
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
pub unsafe fn forms_kept(
    handle: *mut c_void,
    data: *const c_void,
    n: usize,
    free: Option<unsafe extern "C" fn(*mut c_void)>,
) -> i32 {
    #[allow(unused_imports)]
    use ::pinned_ffi::private::NoMap as _;
    #[allow(unused_imports)]
    use ::pinned_ffi::private::NoWord as _;
    let __caller = ::core::panic::Location::caller();
    static __DESC: ::pinned_ffi::private::FnDesc = ::pinned_ffi::private::FnDesc::new(
            "forms_kept",
            &[
                ::pinned_ffi::private::ParamDesc::scalar("handle"),
                ::pinned_ffi::private::ParamDesc::pointer(
                    "data",
                    ::pinned_ffi::private::PointerDesc::void()
                        .input()
                        .sized_by(::pinned_ffi::private::Expr::Param(2))
                        .transferred()
                        .retained(),
                ),
                ::pinned_ffi::private::ParamDesc::scalar("n"),
                ::pinned_ffi::private::ParamDesc::scalar("free"),
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
                ::pinned_ffi::private::Probe(&handle).word(),
                ::pinned_ffi::private::Probe(&data).word(),
                ::pinned_ffi::private::Probe(&n).word(),
                ::pinned_ffi::private::Word::NONE,
            ],
            __caller,
        )
    };
    let __result = unsafe { raw::forms_kept(handle, data, n, free) };
    let __result = __call
        .leave_telling(::pinned_ffi::private::Probe(&__result).word(), __result);
    __result
}
/** # Contract

 | parameter | C | null | extent | kept | ownership |
 |---|---|---|---|---|---|
 | `handle` | C's own memory | | |  |  |
 | `data` | reads | not known | `sized_by(n)` | no |  |

 # Safety

 - `handle` must be C's own, as C expects it there, alive for the whole call.*/
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
#[allow(trivial_casts, trivial_numeric_casts)]
pub unsafe fn forms_copied(handle: *mut c_void, data: &[::core::primitive::u8]) -> i32 {
    #[allow(unused_imports)]
    use ::pinned_ffi::private::NoMap as _;
    #[allow(unused_imports)]
    use ::pinned_ffi::private::NoWord as _;
    let __caller = ::core::panic::Location::caller();
    let __data_len = data.len();
    let data: *const c_void = data.as_ptr().cast();
    let ::core::result::Result::Ok(n) = <usize as ::core::convert::TryFrom<
        ::core::primitive::usize,
    >>::try_from(__data_len) else {
        ::pinned_ffi::private::refuse(::pinned_ffi::private::over_count())
    };
    static __DESC: ::pinned_ffi::private::FnDesc = ::pinned_ffi::private::FnDesc::new(
            "forms_copied",
            &[
                ::pinned_ffi::private::ParamDesc::scalar("handle"),
                ::pinned_ffi::private::ParamDesc::pointer(
                    "data",
                    ::pinned_ffi::private::PointerDesc::void()
                        .input()
                        .sized_by(::pinned_ffi::private::Expr::Param(2))
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
                ::pinned_ffi::private::Probe(&handle).word(),
                ::pinned_ffi::private::Probe(&data).word(),
                ::pinned_ffi::private::Probe(&n).word(),
            ],
            __caller,
        )
    };
    let __result = unsafe {
        raw::forms_kept(
            handle,
            __call.lend(1, data),
            n,
            ::core::mem::transmute::<
                *const (),
                Option<unsafe extern "C" fn(*mut c_void)>,
            >(-1i64 as isize as *const ()),
        )
    };
    let __result = __call
        .leave_telling(::pinned_ffi::private::Probe(&__result).word(), __result);
    __result
}
/** # Contract

 | parameter | C | null | extent | kept | ownership |
 |---|---|---|---|---|---|
 | `data` | reads | not known | `sized_by(n)` | not known |  |

 # Safety

 - `data` must be valid for reads of `n` bytes for the whole call. Whether C keeps it is not known.*/
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
#[allow(trivial_casts, trivial_numeric_casts)]
pub unsafe fn forms_unheld(data: *const c_void, n: usize) -> i32 {
    #[allow(unused_imports)]
    use ::pinned_ffi::private::NoMap as _;
    #[allow(unused_imports)]
    use ::pinned_ffi::private::NoWord as _;
    let __caller = ::core::panic::Location::caller();
    static __DESC: ::pinned_ffi::private::FnDesc = ::pinned_ffi::private::FnDesc::new(
            "forms_unheld",
            &[
                ::pinned_ffi::private::ParamDesc::pointer(
                    "data",
                    ::pinned_ffi::private::PointerDesc::void()
                        .input()
                        .sized_by(::pinned_ffi::private::Expr::Param(1)),
                ),
                ::pinned_ffi::private::ParamDesc::scalar("n"),
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
                ::pinned_ffi::private::Probe(&data).word(),
                ::pinned_ffi::private::Probe(&n).word(),
            ],
            __caller,
        )
    };
    let __result = unsafe {
        raw::forms_kept(
            0i64 as isize as *mut c_void,
            data,
            n,
            ::core::option::Option::None,
        )
    };
    let __result = __call
        .leave_telling(::pinned_ffi::private::Probe(&__result).word(), __result);
    __result
}
