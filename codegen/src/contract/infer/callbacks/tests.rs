//! Which data goes with which callback, and which goes with none.

use crate::contract::infer::testing::{infer, said, spell};

#[test]
fn data_goes_with_its_callback() {
    for (function, expected) in [
        ("fn f(func: data_func, user_data: *mut c_void);", "func: callback(userdata = user_data); user_data: opaque"),
        (
            "fn f(func: data_func, user_data: *mut c_void, notify: destroy_notify);",
            "func: callback(userdata = user_data, scope = notified, destroy = notify); user_data: opaque; \
             notify: callback(userdata = user_data, scope = async)",
        ),
        ("fn box_foreach(func: data_func, x: *mut c_void);", "func: callback(userdata = x, scope = call); x: opaque"),
        ("fn f(handler: any_func, data: *mut c_void);", "handler: callback(userdata = data); data: opaque"),
        (
            "fn f(ready: data_func, failed: data_func, data: *mut c_void);",
            "ready: callback(userdata = data); failed: callback(userdata = data); data: opaque",
        ),
        (
            "fn f(notify: destroy_notify, user_data: *mut c_void, user_destroy: destroy_notify);",
            "notify: callback(userdata = user_data, scope = notified, destroy = user_destroy); user_data: opaque; \
             user_destroy: callback(userdata = user_data, scope = async)",
        ),
        (
            "fn f(parse: parse_func, data: *mut c_void, notify: destroy_notify);",
            "parse: callback(userdata = data, scope = notified, destroy = notify); data: opaque; \
             notify: callback(userdata = data, scope = async)",
        ),
        ("fn f(parse: parse_func, data: *mut c_void);", ""),
        // What is looked for, and the data.
        (
            "fn f(search: data_func, search_data: *const c_void, user_data: *mut c_void);",
            "search: callback(userdata = user_data); user_data: opaque",
        ),
        // Nothing that it takes could be the data; memory that is no data.
        ("fn f(compare: compare_func, key: *const c_void);", ""),
        ("fn f(handler: any_func, buffer: *mut c_void);", ""),
        ("fn f(data: *mut c_void, free: destroy_notify);", ""),
    ] {
        assert_eq!(said(function), expected, "{function}");
    }
}

const HOOK: &str = "::std::option::Option<unsafe extern \"C\" fn(arg1: *mut c_void, n: c_int) -> c_int>";
const STEP: &str = "::std::option::Option<unsafe extern \"C\" fn(arg1: *mut box_)>";
const END: &str = "::std::option::Option<unsafe extern \"C\" fn(arg1: *mut c_void)>";

#[test]
fn data_may_stand_in_front() {
    for (function, expected) in [
        (
            format!("fn box_create(b: *mut box_, name: *const c_char, p: *mut c_void, compare: {HOOK});"),
            "b: opaque; name: null_terminated; p: opaque; compare: callback(userdata = p)",
        ),
        // C hands on what holds the data, and a row of functions says that something is set up.
        (
            format!("fn box_define(b: *mut box_, p: *mut c_void, step: {STEP}, last: {STEP}, destroy: {END});"),
            "b: opaque; p: opaque; step: callback(userdata = p, scope = notified, destroy = destroy); \
             last: callback(userdata = p, scope = notified, destroy = destroy); \
             destroy: callback(userdata = p, scope = async)",
        ),
        // One function that takes no such thing; what the function is about; a buffer; two that it could be.
        (format!("fn box_define(b: *mut box_, p: *mut c_void, step: {STEP});"), "b: opaque"),
        (format!("fn walk(tree: *mut c_void, visit: {HOOK});"), ""),
        (format!("fn box_read(b: *mut box_, buf: *mut c_void, done: {HOOK});"), "b: opaque"),
        (format!("fn box_read(b: *mut box_, p: *mut c_void, q: *mut c_void, done: {HOOK});"), "b: opaque"),
    ] {
        assert_eq!(said(&function), expected, "{function}");
    }
    let function = format!("fn box_create(b: *mut box_, p: *mut c_void, compare: {HOOK});");
    assert_eq!(spell(&infer(&function, &["data-before-callback"])[0]), "b: opaque");
}

#[test]
fn a_function_that_ends_data() {
    for (function, expected) in [
        (
            format!("fn box_set(b: *mut box_, key: *const c_char, value: *mut c_void, destroy: {END});"),
            "b: opaque; key: null_terminated; value: opaque; destroy: callback(userdata = value, scope = async)",
        ),
        // Without a name, and with data of its own behind it, it is called back.
        (
            format!("fn box_hook(b: *mut box_, arg2: {END}, arg3: *mut c_void);"),
            "b: opaque; arg2: callback(userdata = arg3); arg3: opaque",
        ),
        // What it is about, and two that it could be.
        (format!("fn tree_free(tree: *mut c_void, free: {END});"), ""),
        (format!("fn box_set(b: *mut box_, a: *mut c_void, c: *mut c_void, free: {END});"), "b: opaque"),
    ] {
        assert_eq!(said(&function), expected, "{function}");
    }
}

#[test]
fn data_by_other_types() {
    for (function, expected) in [
        (
            "fn f(b: *mut box_, check: x_func, arg3: x_pointer);",
            "b: opaque; check: callback(userdata = arg3); arg3: opaque",
        ),
        ("fn f(b: *mut box_, check: x_func, text: *mut c_char);", "b: opaque; text: null_terminated"),
        ("fn f(func: data_func, user_data: *mut *mut c_void);", "func: callback(userdata = user_data); user_data: out"),
    ] {
        assert_eq!(said(function), expected, "{function}");
    }
}
