//! `static inline` functions and macros, called through the C file that the build script compiled.

#![allow(clippy::multiple_unsafe_ops_per_block, reason = "a test is a row of calls; one proof stands for the row")]

use pinned_ffi_codegen::Builder;
use std::ffi::{c_int, c_void};
use std::process::Command;

#[global_allocator]
static ALLOC: pinned_ffi::TrackedAlloc = pinned_ffi::TrackedAlloc::system();

#[allow(
    dead_code,
    non_camel_case_types,
    non_snake_case,
    non_upper_case_globals,
    missing_docs,
    unreachable_pub,
    unused_qualifications
)]
#[allow(clippy::all, clippy::undocumented_unsafe_blocks, clippy::multiple_unsafe_ops_per_block)]
mod c {
    include!(concat!(env!("OUT_DIR"), "/shim.rs"));
}

#[link(name = "probe_shim", kind = "static")]
unsafe extern "C" {}

unsafe extern "C" fn twice(value: c_int) -> c_int {
    2 * value
}

unsafe extern "C" fn next(value: c_int) -> c_int {
    value + 1
}

#[test]
fn inline_functions_are_called() {
    assert_eq!(c::shim_sum(&[1, 2, 39]), 42);
    let mut values = [1, 2, 3, 4];
    // SAFETY: four numbers, and two functions that want nothing.
    unsafe {
        assert_eq!(c::shim_each(values.as_mut_ptr(), Some(twice), Some(next), 100), 124);
        assert_eq!(c::shim_same(Some(twice)).expect("the same function")(4), 8);
        c::shim_nothing();
    }
}

#[test]
fn a_bool_is_looked_at_before_it_is_one() {
    pinned_ffi::set_level(pinned_ffi::Level::Cheap);
    pinned_ffi::set_on_violation(pinned_ffi::OnViolation::Panic);
    // SAFETY: values of a `bool`, and one that is none: the wrapper is there to see it.
    let flag = |byte: u8| unsafe { c::shim_flag(byte) };
    assert!(flag(1) && !flag(0));
    let told = std::panic::catch_unwind(|| flag(2)).expect_err("two is no bool");
    let told = told.downcast_ref::<String>().expect("a report is text");
    assert!(told.contains("error[PF025]: `shim_flag`: C returned 2 as a `bool`, which is 0 or 1"), "{told}");
}

#[test]
fn a_bool_that_c_writes_is_looked_at() {
    pinned_ffi::set_level(pinned_ffi::Level::Cheap);
    pinned_ffi::set_on_violation(pinned_ffi::OnViolation::Panic);
    let flag = |byte: u8| {
        let mut flag = std::mem::MaybeUninit::new(false);
        // SAFETY: room for a `bool`, which is none where the wrapper does not come back.
        unsafe {
            c::shim_flag_to(flag.as_mut_ptr(), byte);
            flag.assume_init()
        }
    };
    assert!(flag(1) && !flag(0));
    let told = std::panic::catch_unwind(|| flag(2)).expect_err("two is no bool");
    let told = told.downcast_ref::<String>().expect("a report is text");
    assert!(
        told.contains("error[PF025]: `shim_flag_to`: C has written 2 as a `bool` into `flag` at offset 0"),
        "{told}"
    );
}

#[test]
fn a_bool_inside_a_structure_that_c_writes_is_looked_at() {
    pinned_ffi::set_level(pinned_ffi::Level::Cheap);
    pinned_ffi::set_on_violation(pinned_ffi::OnViolation::Panic);
    let flag = |byte: u8| {
        // SAFETY: numbers, a null pointer, and `false`.
        let mut state = Box::new(unsafe { std::mem::zeroed::<std::mem::MaybeUninit<c::shim_state>>() });
        // SAFETY: the structure is there, and has no value that is none where the wrapper comes back.
        unsafe {
            c::shim_state_to(state.as_mut_ptr(), byte);
            state.assume_init_ref().inner.flags[1]
        }
    };
    assert!(flag(1) && !flag(0));
    let told = std::panic::catch_unwind(|| flag(2)).expect_err("two is no bool");
    let told = told.downcast_ref::<String>().expect("a report is text");
    let message = "error[PF025]: `shim_state_to`: C has written 2 as a `bool` into `state.inner.flags[1]`";
    assert!(told.contains(message), "{told}");
}

#[test]
fn macros_are_called() {
    let ended = Command::new("sh").args(["-c", "exit 7"]).status().expect("a shell");
    let status = std::os::unix::process::ExitStatusExt::into_raw(ended);
    assert_ne!(c::WIFEXITED(status), 0);
    assert_eq!(c::WEXITSTATUS(status), 7);
    // SAFETY: numbers, and a pointer to one.
    unsafe {
        assert_eq!(c::SHIM_LARGER(-3, 9), 9);
        assert_eq!(c::SHIM_FIRST(&5), 5);
    }
}

/// A report names what the header names, not the symbol behind it.
#[test]
fn what_is_wrong_is_reported() {
    if std::env::var_os("PINNED_FFI_SHIM_CHILD").is_some() {
        let number = Box::new(5);
        let freed: *const c_int = &raw const *number;
        drop(number);
        // SAFETY: none; the number is freed.
        unsafe { c::SHIM_FIRST(freed) };
        let mut one = [1_i32];
        // SAFETY: none; the header forbids a null function, and C does not call it for a single element.
        unsafe { c::qsort(one.as_mut_ptr().cast(), 1, 4, None) };
        return;
    }
    let output = Command::new(std::env::current_exe().expect("a test has a program"))
        .args(["what_is_wrong_is_reported", "--exact", "--nocapture"])
        .envs([("PINNED_FFI_SHIM_CHILD", "1"), ("PINNED_FFI_CHECK", "cheap"), ("PINNED_FFI_ON_VIOLATION", "log")])
        .env_remove("PINNED_FFI_REPORT")
        .output()
        .expect("the program runs");
    let text = String::from_utf8_lossy(&output.stderr);
    assert!(text.contains("error[PF002]") && text.contains("`SHIM_FIRST`"), "{text}");
    assert!(text.contains("error[PF005]: `qsort`: `compar` is null"), "{text}");
}

unsafe extern "C" fn compare(left: *const c_void, right: *const c_void) -> c_int {
    // SAFETY: C hands over addresses of elements of the array below.
    let (left, right) = unsafe { (left.cast::<c_int>().read(), right.cast::<c_int>().read()) };
    left.cmp(&right) as c_int
}

#[test]
fn a_function_that_is_there_is_called() {
    let mut values: [c_int; 4] = [3, 1, 4, 2];
    // SAFETY: four numbers, and a function that compares two of them.
    unsafe { c::qsort(values.as_mut_ptr().cast(), 4, size_of::<c_int>(), Some(compare)) };
    assert_eq!(values, [1, 2, 3, 4]);
}

fn builder() -> Builder {
    Builder::new().header(concat!(env!("CARGO_MANIFEST_DIR"), "/c/shim.h")).allow("waitpid|shim_.*")
}

#[test]
fn the_file_has_what_is_asked_for() {
    let bindings = builder().define("_GNU_SOURCE").shim("shim_.*").shim_prefix("mine_").generate();
    let bindings = bindings.unwrap_or_else(|errors| panic!("{errors}"));
    let text = bindings.shim_c().expect("a C file");
    assert!(text.contains("#define _GNU_SOURCE\n#include \""), "{text}");
    assert!(text.contains("int mine_shim_unasked(int value) { return shim_unasked(value); }"), "{text}");
    assert!(text.contains("void mine_shim_nothing(void) { shim_nothing(); }"), "{text}");
    assert!(!text.contains("shim_variadic"), "{text}");
    let skipped = &bindings.output.header.skipped;
    assert!(skipped.iter().any(|skipped| skipped.name == "shim_variadic"), "{skipped:?}");
    assert!(!skipped.iter().any(|skipped| skipped.name == "shim_sum"), "{skipped:?}");
    assert_eq!(builder().generate().map(|bindings| bindings.shim_c()).ok(), Some(None));
    let plain = builder().generate().unwrap_or_else(|errors| panic!("{errors}"));
    let reason = plain.output.header.skipped.iter().find(|skipped| skipped.name == "shim_sum").expect("it is skipped");
    assert!(reason.reason.contains("`.shim(\"shim_sum\")`"), "{reason:?}");
}

#[test]
fn what_cannot_be_a_shim() {
    for (builder, fragments) in [
        (builder().shim("waitpid"), ["no `static inline` function", ".allow(\"waitpid\")"]),
        (builder().shim("shim_sun"), ["no `static inline` function", "did you mean `shim_sum`?"]),
        (builder().shim("WIFEXITED"), ["no `static inline` function", "shim_macro(\"int WIFEXITED("]),
        (builder().shim("shim_variadic"), ["further arguments", "a function of your own"]),
        (builder().shim("other_.*"), ["no `static inline` function matches", "the whole name"]),
        (builder().shim_macro("int WIFEXITED"), ["no parameters in parentheses", "int WIFEXITED(int status)"]),
        (builder().shim_macro("int NO_MACRO(int a)"), ["`shim_macro`:", "NO_MACRO"]),
        (builder().shim_macro("int waitpid(int p, int *s, int o)"), ["is bound already", "call `waitpid`"]),
    ] {
        let text = builder.generate().map(|_| ()).expect_err("that should have been refused").to_string();
        assert!(text.contains("error[PB019]"), "{text}");
        for fragment in fragments {
            assert!(text.contains(fragment), "{fragment:?} is not in: {text}");
        }
    }
}
