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
        pub fn results_open(path: *const c_char) -> *mut results_stream;
        pub fn results_close(stream: *mut results_stream) -> i32;
        pub fn results_start(
            stream: *mut results_stream,
            job: *mut *mut results_job,
            number: *mut u64,
        ) -> i32;
        pub fn results_try_stop(job: *mut results_job) -> i32;
        pub fn results_stop(job: *mut results_job);
        pub fn results_text(n: i32) -> *mut c_char;
        pub fn results_numbers(n: usize) -> *mut u32;
        pub fn results_free(memory: *mut c_void);
        pub fn results_find(text: *const c_char, letter: i32) -> *mut c_char;
        pub fn results_name(n: i32) -> *const c_char;
        pub fn results_message(stream: *mut results_stream) -> *const c_char;
        pub fn results_copy(to: *mut c_void, len: *mut usize) -> i32;
        pub fn results_read(
            to: *mut c_void,
            size: usize,
            n: usize,
            stream: *mut results_stream,
        ) -> usize;
        pub fn results_within(numbers: *const i32, len: *mut usize) -> i64;
    }
    ///How owners release what `results_close` ends.
    #[derive(Clone, Copy, Debug)]
    pub enum results_close {}
    #[allow(deprecated, unused_must_use, clippy::undocumented_unsafe_blocks)]
    unsafe impl ::pinned_ffi::Release for results_close {
        #[inline]
        unsafe fn release(__at: *mut ::core::ffi::c_void) {
            unsafe {
                results_close(__at.cast());
            }
        }
    }
    ///How owners release what `results_stop` ends.
    #[derive(Clone, Copy, Debug)]
    pub enum results_stop {}
    #[allow(deprecated, unused_must_use, clippy::undocumented_unsafe_blocks)]
    unsafe impl ::pinned_ffi::Release for results_stop {
        #[inline]
        unsafe fn release(__at: *mut ::core::ffi::c_void) {
            unsafe {
                results_stop(__at.cast());
            }
        }
    }
    ///How owners release what `results_free` ends.
    #[derive(Clone, Copy, Debug)]
    pub enum results_free {}
    #[allow(deprecated, unused_must_use, clippy::undocumented_unsafe_blocks)]
    unsafe impl ::pinned_ffi::Release for results_free {
        #[inline]
        unsafe fn release(__at: *mut ::core::ffi::c_void) {
            unsafe {
                results_free(__at.cast());
            }
        }
    }
}
/** # Contract

 | parameter | C | null | extent | kept | ownership |
 |---|---|---|---|---|---|
 | `path` | reads | not known | `null_terminated` | no |  |
 | result | gives, or null and `errno` |  |  | | the caller's, released by `results_close` |

 Gives an owned handle; dropping it calls `results_close`.*/
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
pub fn results_open(
    path: &::core::ffi::CStr,
) -> ::std::io::Result<
    ::pinned_ffi::Owned<'static, results_stream, raw::results_close>,
> {
    #[allow(unused_imports)]
    use ::pinned_ffi::private::NoMap as _;
    #[allow(unused_imports)]
    use ::pinned_ffi::private::NoWord as _;
    let __caller = ::core::panic::Location::caller();
    let path: *const c_char = path.as_ptr().cast_mut().cast();
    static __DESC: ::pinned_ffi::private::FnDesc = ::pinned_ffi::private::FnDesc::new(
            "results_open",
            &[
                ::pinned_ffi::private::ParamDesc::pointer(
                    "path",
                    ::pinned_ffi::private::PointerDesc::to::<
                        c_char,
                    >(::pinned_ffi::private::MapProbe::<c_char>::map)
                        .input()
                        .null_terminated()
                        .noescape(),
                ),
            ],
        )
        .lends();
    let __call = unsafe {
        ::pinned_ffi::private::Call::enter(
            &__DESC,
            &[::pinned_ffi::private::Probe(&path).word()],
            __caller,
        )
    };
    let __result = unsafe { raw::results_open(__call.lend(0, path)) };
    let __result = __call.found(__result);
    let __result = __call
        .leave_telling(::pinned_ffi::private::Probe(&__result).word(), __result);
    if __result.is_null() {
        ::core::result::Result::Err(::std::io::Error::last_os_error())
    } else {
        ::core::result::Result::Ok(
            ::pinned_ffi::private::nonnull(unsafe {
                ::pinned_ffi::private::owned_handle::<
                    results_stream,
                    raw::results_close,
                >(__result)
            }),
        )
    }
}
/** # Contract

 | parameter | C | null | extent | kept | ownership |
 |---|---|---|---|---|---|
 | `stream` | C's own memory | | | C owns it |  |
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
pub fn results_close(
    stream: ::pinned_ffi::Owned<'_, results_stream, raw::results_close>,
) -> ::std::io::Result<()> {
    #[allow(unused_imports)]
    use ::pinned_ffi::private::NoMap as _;
    #[allow(unused_imports)]
    use ::pinned_ffi::private::NoWord as _;
    const _: () = {
        #[allow(unused_imports)]
        use ::pinned_ffi::private::NoMap as _;
        #[allow(unused_imports)]
        use ::pinned_ffi::private::TypedHandle as _;
        ::core::assert!(
            ::pinned_ffi::private::HandleProbe:: < results_stream > ::IS_TYPED,
            "`stream` is a handle without a type of its own, so another library's could be passed: give it one, or write `#[idiomatic] fn`"
        );
    };
    let __caller = ::core::panic::Location::caller();
    let stream: *mut results_stream = stream.into_raw();
    static __DESC: ::pinned_ffi::private::FnDesc = ::pinned_ffi::private::FnDesc::new(
        "results_close",
        &[::pinned_ffi::private::ParamDesc::scalar("stream")],
    );
    let __call = unsafe {
        ::pinned_ffi::private::Call::enter(
            &__DESC,
            &[::pinned_ffi::private::Word::NONE],
            __caller,
        )
    };
    let __result = unsafe { raw::results_close(stream) };
    let __result = __call
        .leave_telling(::pinned_ffi::private::Probe(&__result).word(), __result);
    ::pinned_ffi::private::io_result_unit(__result)
}
/** # Contract

 | parameter | C | null | extent | kept | ownership |
 |---|---|---|---|---|---|
 | `stream` | C's own memory | | | no |  |
 | `job` | writes | not known | `one` | no | the caller's, released by `results_stop` |
 | `number` | writes | not known | `one` | no |  |
 | result | gives, success is `result == 0` |  |  | |  |

 Gives an owned handle; dropping it calls `results_stop`.

 Succeeds where `result == 0`; the error is what C returned.*/
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
pub fn results_start(
    stream: ::pinned_ffi::Ref<'_, results_stream>,
) -> ::core::result::Result<
    (::pinned_ffi::Owned<'static, results_job, raw::results_stop>, u64),
    i32,
> {
    #[allow(unused_imports)]
    use ::pinned_ffi::private::NoMap as _;
    #[allow(unused_imports)]
    use ::pinned_ffi::private::NoWord as _;
    const _: () = {
        #[allow(unused_imports)]
        use ::pinned_ffi::private::NoMap as _;
        #[allow(unused_imports)]
        use ::pinned_ffi::private::TypedHandle as _;
        ::core::assert!(
            ::pinned_ffi::private::HandleProbe:: < results_stream > ::IS_TYPED,
            "`stream` is a handle without a type of its own, so another library's could be passed: give it one, or write `#[idiomatic] fn`"
        );
        ::core::assert!(
            ::pinned_ffi::private::MapProbe:: < u64 > ::IS_FLAT,
            "`number` may hold a pointer, which safe code can make up: put `#[pinned_ffi]` on its type if it holds none, or write `#[idiomatic] fn`"
        );
    };
    let __caller = ::core::panic::Location::caller();
    let stream: *mut results_stream = stream.as_ptr();
    let mut __job_value: *mut results_job = ::core::ptr::null_mut();
    let job: *mut *mut results_job = &raw mut __job_value;
    let mut __number_value = ::core::mem::MaybeUninit::<u64>::uninit();
    let number: *mut u64 = __number_value.as_mut_ptr().cast();
    static __DESC: ::pinned_ffi::private::FnDesc = ::pinned_ffi::private::FnDesc::new(
            "results_start",
            &[
                ::pinned_ffi::private::ParamDesc::scalar("stream"),
                ::pinned_ffi::private::ParamDesc::pointer(
                    "job",
                    ::pinned_ffi::private::PointerDesc::to::<
                        *mut results_job,
                    >(::pinned_ffi::private::unknown_map)
                        .out()
                        .one()
                        .noescape(),
                ),
                ::pinned_ffi::private::ParamDesc::pointer(
                    "number",
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
                ::pinned_ffi::private::Word::NONE,
                ::pinned_ffi::private::Probe(&job).word(),
                ::pinned_ffi::private::Probe(&number).word(),
            ],
            __caller,
        )
    };
    let __result = unsafe { raw::results_start(stream, job, __call.lend(2, number)) };
    let __result = __call
        .leave_telling(::pinned_ffi::private::Probe(&__result).word(), __result);
    if (__result as ::core::primitive::i128) == 0 {
        ::core::result::Result::Ok((
            ::pinned_ffi::private::nonnull(unsafe {
                ::pinned_ffi::private::owned_handle::<
                    results_job,
                    raw::results_stop,
                >(__job_value)
            }),
            unsafe { __number_value.assume_init() },
        ))
    } else {
        ::core::result::Result::Err(__result)
    }
}
/** # Contract

 | parameter | C | null | extent | kept | ownership |
 |---|---|---|---|---|---|
 | `job` | C's own memory | | | transfer(free = results_stop) when success; noescape when failure |  |
 | result | gives, success is `result >= 0` |  |  | |  |

 Succeeds where `result >= 0`; the error is what C returned.*/
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
pub fn results_try_stop<'__back>(
    job: ::pinned_ffi::Owned<'__back, results_job, raw::results_stop>,
) -> ::core::result::Result<
    i32,
    (::pinned_ffi::Owned<'__back, results_job, raw::results_stop>, i32),
> {
    #[allow(unused_imports)]
    use ::pinned_ffi::private::NoMap as _;
    #[allow(unused_imports)]
    use ::pinned_ffi::private::NoWord as _;
    const _: () = {
        #[allow(unused_imports)]
        use ::pinned_ffi::private::NoMap as _;
        #[allow(unused_imports)]
        use ::pinned_ffi::private::TypedHandle as _;
        ::core::assert!(
            ::pinned_ffi::private::HandleProbe:: < results_job > ::IS_TYPED,
            "`job` is a handle without a type of its own, so another library's could be passed: give it one, or write `#[idiomatic] fn`"
        );
    };
    let __caller = ::core::panic::Location::caller();
    let job: *mut results_job = job.into_raw();
    static __DESC: ::pinned_ffi::private::FnDesc = ::pinned_ffi::private::FnDesc::new(
        "results_try_stop",
        &[::pinned_ffi::private::ParamDesc::scalar("job")],
    );
    let __call = unsafe {
        ::pinned_ffi::private::Call::enter(
            &__DESC,
            &[::pinned_ffi::private::Word::NONE],
            __caller,
        )
    };
    let __result = unsafe { raw::results_try_stop(job) };
    let __result = __call
        .leave_telling(::pinned_ffi::private::Probe(&__result).word(), __result);
    if (__result as ::core::primitive::i128) >= 0 {
        ::core::result::Result::Ok(__result)
    } else {
        ::core::result::Result::Err((
            ::pinned_ffi::private::nonnull(unsafe {
                ::pinned_ffi::Owned::from_raw(job)
            }),
            __result,
        ))
    }
}
/** # Safety

 Nothing is known here of its pointers beyond their types: what the C library demands must hold.*/
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
pub unsafe fn results_stop(job: *mut results_job) {
    #[allow(unused_imports)]
    use ::pinned_ffi::private::NoMap as _;
    #[allow(unused_imports)]
    use ::pinned_ffi::private::NoWord as _;
    let __caller = ::core::panic::Location::caller();
    static __DESC: ::pinned_ffi::private::FnDesc = ::pinned_ffi::private::FnDesc::new(
            "results_stop",
            &[
                ::pinned_ffi::private::ParamDesc::pointer(
                    "job",
                    ::pinned_ffi::private::PointerDesc::to::<
                        results_job,
                    >(::pinned_ffi::private::MapProbe::<results_job>::map),
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
            &[::pinned_ffi::private::Probe(&job).word()],
            __caller,
        )
    };
    let __result = unsafe { raw::results_stop(job) };
    __call.leave();
    __result
}
/** # Contract

 | parameter | C | null | extent | kept | ownership |
 |---|---|---|---|---|---|
 | result | gives |  | `null_terminated` | | the caller's, released by `results_free` |

 Gives owned memory; dropping it calls `results_free`.*/
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
pub fn results_text(
    n: i32,
) -> ::core::option::Option<
    ::pinned_ffi::OwnedData<'static, ::core::ffi::CStr, raw::results_free>,
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
            "`n` may hold a pointer, which safe code can make up: put `#[pinned_ffi]` on its type if it holds none, or write `#[idiomatic] fn`"
        );
    };
    let __caller = ::core::panic::Location::caller();
    static __DESC: ::pinned_ffi::private::FnDesc = ::pinned_ffi::private::FnDesc::new(
        "results_text",
        &[::pinned_ffi::private::ParamDesc::scalar("n")],
    );
    let __call = unsafe {
        ::pinned_ffi::private::Call::enter(
            &__DESC,
            &[::pinned_ffi::private::Probe(&n).word()],
            __caller,
        )
    };
    let __result = unsafe { raw::results_text(n) };
    let __result = __call
        .leave_telling(::pinned_ffi::private::Probe(&__result).word(), __result);
    unsafe { ::pinned_ffi::private::owned_text::<raw::results_free>(__result.cast()) }
}
/** # Contract

 | parameter | C | null | extent | kept | ownership |
 |---|---|---|---|---|---|
 | result | gives | no | `counted_by(n * 2)` | | the caller's, released by `results_free` |

 Gives owned memory; dropping it calls `results_free`.*/
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
pub fn results_numbers(
    n: usize,
) -> ::pinned_ffi::OwnedData<'static, [u32], raw::results_free> {
    #[allow(unused_imports)]
    use ::pinned_ffi::private::NoMap as _;
    #[allow(unused_imports)]
    use ::pinned_ffi::private::NoWord as _;
    const _: () = {
        #[allow(unused_imports)]
        use ::pinned_ffi::private::NoMap as _;
        ::core::assert!(
            ::pinned_ffi::private::MapProbe:: < usize > ::IS_FLAT,
            "`n` may hold a pointer, which safe code can make up: put `#[pinned_ffi]` on its type if it holds none, or write `#[idiomatic] fn`"
        );
    };
    let __caller = ::core::panic::Location::caller();
    static __DESC: ::pinned_ffi::private::FnDesc = ::pinned_ffi::private::FnDesc::new(
            "results_numbers",
            &[::pinned_ffi::private::ParamDesc::scalar("n")],
        )
        .returns_nonnull()
        .returns_aligned::<u32>();
    let __call = unsafe {
        ::pinned_ffi::private::Call::enter(
            &__DESC,
            &[::pinned_ffi::private::Probe(&n).word()],
            __caller,
        )
    };
    let __result = unsafe { raw::results_numbers(n) };
    let __result = __call.leave_giving(__result);
    ::pinned_ffi::private::nonnull({
        let __length = (|| -> ::core::option::Option<::core::primitive::i128> {
            ::core::option::Option::Some(
                (n as ::core::primitive::i128)
                    .checked_mul((2 as ::core::primitive::i128))?,
            )
        })();
        unsafe {
            ::pinned_ffi::private::owned_slice::<
                u32,
                raw::results_free,
            >(__result.cast(), __length)
        }
    })
}
/** # Safety

 Nothing is known here of its pointers beyond their types: what the C library demands must hold.*/
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
pub unsafe fn results_free(memory: *mut c_void) {
    #[allow(unused_imports)]
    use ::pinned_ffi::private::NoMap as _;
    #[allow(unused_imports)]
    use ::pinned_ffi::private::NoWord as _;
    let __caller = ::core::panic::Location::caller();
    static __DESC: ::pinned_ffi::private::FnDesc = ::pinned_ffi::private::FnDesc::new(
            "results_free",
            &[
                ::pinned_ffi::private::ParamDesc::pointer(
                    "memory",
                    ::pinned_ffi::private::PointerDesc::void(),
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
            &[::pinned_ffi::private::Probe(&memory).word()],
            __caller,
        )
    };
    let __result = unsafe { raw::results_free(memory) };
    __call.leave();
    __result
}
/** # Contract

 | parameter | C | null | extent | kept | ownership |
 |---|---|---|---|---|---|
 | `text` | reads | not known | `null_terminated` | no |  |
 | result | gives |  | `null_terminated` | | belongs to `text` |

 Gives borrowed memory.*/
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
pub fn results_find<'__given>(
    text: &'__given ::core::ffi::CStr,
    letter: i32,
) -> ::core::option::Option<&'__given ::core::ffi::CStr> {
    #[allow(unused_imports)]
    use ::pinned_ffi::private::NoMap as _;
    #[allow(unused_imports)]
    use ::pinned_ffi::private::NoWord as _;
    const _: () = {
        #[allow(unused_imports)]
        use ::pinned_ffi::private::NoMap as _;
        ::core::assert!(
            ::pinned_ffi::private::MapProbe:: < i32 > ::IS_FLAT,
            "`letter` may hold a pointer, which safe code can make up: put `#[pinned_ffi]` on its type if it holds none, or write `#[idiomatic] fn`"
        );
    };
    let __caller = ::core::panic::Location::caller();
    let text: *const c_char = text.as_ptr().cast_mut().cast();
    static __DESC: ::pinned_ffi::private::FnDesc = ::pinned_ffi::private::FnDesc::new(
            "results_find",
            &[
                ::pinned_ffi::private::ParamDesc::pointer(
                    "text",
                    ::pinned_ffi::private::PointerDesc::to::<
                        c_char,
                    >(::pinned_ffi::private::MapProbe::<c_char>::map)
                        .input()
                        .null_terminated()
                        .noescape(),
                ),
                ::pinned_ffi::private::ParamDesc::scalar("letter"),
            ],
        )
        .lends()
        .returns_into(0);
    let __call = unsafe {
        ::pinned_ffi::private::Call::enter(
            &__DESC,
            &[
                ::pinned_ffi::private::Probe(&text).word(),
                ::pinned_ffi::private::Probe(&letter).word(),
            ],
            __caller,
        )
    };
    let __result = unsafe { raw::results_find(__call.lend(0, text), letter) };
    let __result = __call.found(__result);
    let __result = __call.leave_giving(__result);
    unsafe { ::pinned_ffi::private::text(__result.cast()) }
}
/** # Contract

 | parameter | C | null | extent | kept | ownership |
 |---|---|---|---|---|---|
 | result | gives | no | `null_terminated` | | lives as long as the process |

 Gives borrowed memory.*/
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
pub fn results_name(n: i32) -> &'static ::core::ffi::CStr {
    #[allow(unused_imports)]
    use ::pinned_ffi::private::NoMap as _;
    #[allow(unused_imports)]
    use ::pinned_ffi::private::NoWord as _;
    const _: () = {
        #[allow(unused_imports)]
        use ::pinned_ffi::private::NoMap as _;
        ::core::assert!(
            ::pinned_ffi::private::MapProbe:: < i32 > ::IS_FLAT,
            "`n` may hold a pointer, which safe code can make up: put `#[pinned_ffi]` on its type if it holds none, or write `#[idiomatic] fn`"
        );
    };
    let __caller = ::core::panic::Location::caller();
    static __DESC: ::pinned_ffi::private::FnDesc = ::pinned_ffi::private::FnDesc::new(
            "results_name",
            &[::pinned_ffi::private::ParamDesc::scalar("n")],
        )
        .returns_nonnull();
    let __call = unsafe {
        ::pinned_ffi::private::Call::enter(
            &__DESC,
            &[::pinned_ffi::private::Probe(&n).word()],
            __caller,
        )
    };
    let __result = unsafe { raw::results_name(n) };
    let __result = __call.leave_giving(__result);
    ::pinned_ffi::private::nonnull(unsafe {
        ::pinned_ffi::private::text(__result.cast())
    })
}
/** # Contract

 | parameter | C | null | extent | kept | ownership |
 |---|---|---|---|---|---|
 | `stream` | C's own memory | | | no |  |
 | result | gives |  | `null_terminated` | | valid until `results_start` |

 Gives borrowed memory.

 # Safety

 - `stream` must be a handle that C expects there.
 - The result must not be used any more once `results_start` is called.*/
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
pub unsafe fn results_message<'__given>(
    stream: ::pinned_ffi::Ref<'__given, results_stream>,
) -> ::core::option::Option<&'__given ::core::ffi::CStr> {
    #[allow(unused_imports)]
    use ::pinned_ffi::private::NoMap as _;
    #[allow(unused_imports)]
    use ::pinned_ffi::private::NoWord as _;
    let __caller = ::core::panic::Location::caller();
    let stream: *mut results_stream = stream.as_ptr();
    static __DESC: ::pinned_ffi::private::FnDesc = ::pinned_ffi::private::FnDesc::new(
        "results_message",
        &[::pinned_ffi::private::ParamDesc::scalar("stream")],
    );
    let __call = unsafe {
        ::pinned_ffi::private::Call::enter(
            &__DESC,
            &[::pinned_ffi::private::Word::NONE],
            __caller,
        )
    };
    let __result = unsafe { raw::results_message(stream) };
    let __result = __call
        .leave_telling(::pinned_ffi::private::Probe(&__result).word(), __result);
    unsafe { ::pinned_ffi::private::text(__result.cast()) }
}
/** # Contract

 | parameter | C | null | extent | kept | ownership |
 |---|---|---|---|---|---|
 | `to` | writes | not known | `sized_by(*len)` | no |  |
 | `len` | reads and writes | not known | `one` | no |  |
 | result | gives, success is `result == 0` |  |  | |  |

 Succeeds where `result == 0`; the error is what C returned.*/
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
pub fn results_copy<__B0: ::pinned_ffi::buf::OutBuf<::core::primitive::u8>>(
    to: __B0,
) -> ::core::result::Result<
    <__B0 as ::pinned_ffi::buf::OutBuf<::core::primitive::u8>>::Filled,
    i32,
> {
    #[allow(unused_imports)]
    use ::pinned_ffi::private::NoMap as _;
    #[allow(unused_imports)]
    use ::pinned_ffi::private::NoWord as _;
    let __caller = ::core::panic::Location::caller();
    let mut __to_buf = to;
    let (to, __to_len) = ::pinned_ffi::buf::OutBuf::<
        ::core::primitive::u8,
    >::parts(&mut __to_buf);
    let to: *mut c_void = to.cast();
    let ::core::result::Result::Ok(mut __len_cell) = <usize as ::core::convert::TryFrom<
        ::core::primitive::usize,
    >>::try_from(__to_len) else {
        ::pinned_ffi::private::refuse(::pinned_ffi::private::over_count())
    };
    let len: *mut usize = &raw mut __len_cell;
    static __DESC: ::pinned_ffi::private::FnDesc = ::pinned_ffi::private::FnDesc::new(
            "results_copy",
            &[
                ::pinned_ffi::private::ParamDesc::pointer(
                    "to",
                    ::pinned_ffi::private::PointerDesc::void()
                        .out()
                        .sized_by(::pinned_ffi::private::Expr::Deref(1))
                        .noescape(),
                ),
                ::pinned_ffi::private::ParamDesc::pointer(
                    "len",
                    ::pinned_ffi::private::PointerDesc::to::<
                        usize,
                    >(::pinned_ffi::private::MapProbe::<usize>::map)
                        .inout()
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
                ::pinned_ffi::private::Probe(&to).word(),
                ::pinned_ffi::private::Probe(&len).word(),
            ],
            __caller,
        )
    };
    let __result = unsafe { raw::results_copy(__call.lend(0, to), __call.lend(1, len)) };
    let __result = __call
        .leave_telling(::pinned_ffi::private::Probe(&__result).word(), __result);
    if (__result as ::core::primitive::i128) == 0 {
        ::core::result::Result::Ok({
            let __filled = ::pinned_ffi::private::filled_amount(
                (|| -> ::core::option::Option<::core::primitive::i128> {
                    ::core::option::Option::Some(
                        (unsafe { *len } as ::core::primitive::i128),
                    )
                })(),
                __to_len,
            );
            unsafe {
                ::pinned_ffi::buf::OutBuf::<
                    ::core::primitive::u8,
                >::filled(__to_buf, __filled)
            }
        })
    } else {
        ::core::result::Result::Err(__result)
    }
}
/** # Contract

 | parameter | C | null | extent | kept | ownership |
 |---|---|---|---|---|---|
 | `to` | writes | not known | `sized_by(size * n)` | no |  |
 | `stream` | C's own memory | | | no |  |*/
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
pub fn results_read<__B0: ::pinned_ffi::buf::OutBuf<::core::primitive::u8>>(
    to: __B0,
    size: usize,
    n: usize,
    stream: ::core::option::Option<::pinned_ffi::Ref<'_, results_stream>>,
) -> (usize, <__B0 as ::pinned_ffi::buf::OutBuf<::core::primitive::u8>>::Filled) {
    #[allow(unused_imports)]
    use ::pinned_ffi::private::NoMap as _;
    #[allow(unused_imports)]
    use ::pinned_ffi::private::NoWord as _;
    const _: () = {
        #[allow(unused_imports)]
        use ::pinned_ffi::private::NoMap as _;
        #[allow(unused_imports)]
        use ::pinned_ffi::private::TypedHandle as _;
        ::core::assert!(
            ::pinned_ffi::private::MapProbe:: < usize > ::IS_FLAT,
            "`size` may hold a pointer, which safe code can make up: put `#[pinned_ffi]` on its type if it holds none, or write `#[idiomatic] fn`"
        );
        ::core::assert!(
            ::pinned_ffi::private::MapProbe:: < usize > ::IS_FLAT,
            "`n` may hold a pointer, which safe code can make up: put `#[pinned_ffi]` on its type if it holds none, or write `#[idiomatic] fn`"
        );
        ::core::assert!(
            ::pinned_ffi::private::HandleProbe:: < results_stream > ::IS_TYPED,
            "`stream` is a handle without a type of its own, so another library's could be passed: give it one, or write `#[idiomatic] fn`"
        );
    };
    let __caller = ::core::panic::Location::caller();
    let mut __to_buf = to;
    let (to, __to_len) = ::pinned_ffi::buf::OutBuf::<
        ::core::primitive::u8,
    >::parts(&mut __to_buf);
    let to: *mut c_void = to.cast();
    let stream: *mut results_stream = match stream {
        ::core::option::Option::Some(stream) => stream.as_ptr(),
        ::core::option::Option::None => ::core::ptr::null_mut(),
    };
    let __needed = (|| -> ::core::option::Option<::core::primitive::i128> {
        ::core::option::Option::Some(
            (size as ::core::primitive::i128)
                .checked_mul((n as ::core::primitive::i128))?,
        )
    })();
    if !::core::matches!(
        __needed, ::core::option::Option::Some(__needed) if 0 <= __needed && __needed <=
        __to_len as ::core::primitive::i128
    ) {
        ::pinned_ffi::private::refuse(::pinned_ffi::private::lengths_differ())
    }
    static __DESC: ::pinned_ffi::private::FnDesc = ::pinned_ffi::private::FnDesc::new(
            "results_read",
            &[
                ::pinned_ffi::private::ParamDesc::pointer(
                    "to",
                    ::pinned_ffi::private::PointerDesc::void()
                        .out()
                        .sized_by(
                            ::pinned_ffi::private::Expr::Binary(
                                ::pinned_ffi::private::Op::Mul,
                                &::pinned_ffi::private::Expr::Param(1),
                                &::pinned_ffi::private::Expr::Param(2),
                            ),
                        )
                        .noescape()
                        .filled_by(
                            ::pinned_ffi::private::Expr::Binary(
                                ::pinned_ffi::private::Op::Mul,
                                &::pinned_ffi::private::Expr::Result,
                                &::pinned_ffi::private::Expr::Param(1),
                            ),
                        ),
                ),
                ::pinned_ffi::private::ParamDesc::scalar("size"),
                ::pinned_ffi::private::ParamDesc::scalar("n"),
                ::pinned_ffi::private::ParamDesc::scalar("stream"),
            ],
        )
        .lends();
    let __call = unsafe {
        ::pinned_ffi::private::Call::enter(
            &__DESC,
            &[
                ::pinned_ffi::private::Probe(&to).word(),
                ::pinned_ffi::private::Probe(&size).word(),
                ::pinned_ffi::private::Probe(&n).word(),
                ::pinned_ffi::private::Word::NONE,
            ],
            __caller,
        )
    };
    let __result = unsafe { raw::results_read(__call.lend(0, to), size, n, stream) };
    let __result = __call.leave_giving(__result);
    (
        __result,
        {
            let __filled = ::pinned_ffi::private::filled_amount(
                (|| -> ::core::option::Option<::core::primitive::i128> {
                    ::core::option::Option::Some(
                        (__result as ::core::primitive::i128)
                            .checked_mul((size as ::core::primitive::i128))?,
                    )
                })(),
                __to_len,
            );
            unsafe {
                ::pinned_ffi::buf::OutBuf::<
                    ::core::primitive::u8,
                >::filled(__to_buf, __filled)
            }
        },
    )
}
/** # Contract

 | parameter | C | null | extent | kept | ownership |
 |---|---|---|---|---|---|
 | `numbers` | reads | not known | `counted_by(*len)` | no |  |
 | `len` | reads and writes | not known | `one` | no |  |*/
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
pub fn results_within(numbers: &[i32], len: &mut usize) -> i64 {
    #[allow(unused_imports)]
    use ::pinned_ffi::private::NoMap as _;
    #[allow(unused_imports)]
    use ::pinned_ffi::private::NoWord as _;
    const _: () = {
        #[allow(unused_imports)]
        use ::pinned_ffi::private::NoMap as _;
        ::core::assert!(
            ::pinned_ffi::private::MapProbe:: < i32 > ::IS_FLAT,
            "`numbers` may hold a pointer, which safe code can make up: put `#[pinned_ffi]` on its type if it holds none, or write `#[idiomatic] fn`"
        );
        ::core::assert!(
            ::pinned_ffi::private::MapProbe:: < usize > ::IS_FLAT,
            "`len` may hold a pointer, which safe code can make up: put `#[pinned_ffi]` on its type if it holds none, or write `#[idiomatic] fn`"
        );
    };
    let __caller = ::core::panic::Location::caller();
    let __numbers_len = numbers.len();
    let numbers: *const i32 = numbers.as_ptr().cast();
    let len: *mut usize = ::core::ptr::from_mut(len).cast();
    let __needed = (|| -> ::core::option::Option<::core::primitive::i128> {
        ::core::option::Option::Some((unsafe { *len } as ::core::primitive::i128))
    })();
    if !::core::matches!(
        __needed, ::core::option::Option::Some(__needed) if 0 <= __needed && __needed <=
        __numbers_len as ::core::primitive::i128
    ) {
        ::pinned_ffi::private::refuse(::pinned_ffi::private::lengths_differ())
    }
    static __DESC: ::pinned_ffi::private::FnDesc = ::pinned_ffi::private::FnDesc::new(
            "results_within",
            &[
                ::pinned_ffi::private::ParamDesc::pointer(
                    "numbers",
                    ::pinned_ffi::private::PointerDesc::to::<
                        i32,
                    >(::pinned_ffi::private::MapProbe::<i32>::map)
                        .input()
                        .counted_by(::pinned_ffi::private::Expr::Deref(1))
                        .noescape(),
                ),
                ::pinned_ffi::private::ParamDesc::pointer(
                    "len",
                    ::pinned_ffi::private::PointerDesc::to::<
                        usize,
                    >(::pinned_ffi::private::MapProbe::<usize>::map)
                        .inout()
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
                ::pinned_ffi::private::Probe(&numbers).word(),
                ::pinned_ffi::private::Probe(&len).word(),
            ],
            __caller,
        )
    };
    let __result = unsafe {
        raw::results_within(__call.lend(0, numbers), __call.lend(1, len))
    };
    let __result = __call
        .leave_telling(::pinned_ffi::private::Probe(&__result).word(), __result);
    __result
}
