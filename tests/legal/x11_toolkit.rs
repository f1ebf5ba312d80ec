//! Legal calls of Xlib's function to destroy images, and of the toolkit's callbacks: no report, at any level.

#![allow(clippy::useless_vec, reason = "a block of the heap is what the test is about")]
#![allow(clippy::multiple_unsafe_ops_per_block, reason = "each test is one conversation with the library")]

mod support;
mod xvfb;

use pinned_ffi::pinned_ffi;
use std::ffi::{CString, c_char, c_int, c_void};
use std::ptr::null_mut;
use support::at_every_level;
use xvfb::Xvfb;

#[pinned_ffi(
    header = ["X11/Xlib.h", "X11/Xutil.h", "X11/Intrinsic.h"],
    define = "XUTIL_DEFINE_FUNCTIONS",
    allow = "XOpenDisplay|XCloseDisplay|XDefaultRootWindow|XDefaultVisual|XDefaultGC|XCreateImage|XDestroyImage|\
             XGetImage|XPutImage|XGetPixel|XCreatePixmap|XFreePixmap|XtToolkitInitialize|XtCreateApplicationContext|\
             XtDestroyApplicationContext|XtOpenDisplay|XtAppCreateShell|XtDestroyWidget|XtAddCallback|XtAddCallbacks|\
             XtRemoveCallback|XtRemoveCallbacks|XtRemoveAllCallbacks|XtCallCallbacks"
)]
mod x {}

#[link(name = "X11")]
#[link(name = "Xt")]
unsafe extern "C" {
    static applicationShellWidgetClass: x::WidgetClass;
}

/// F108: an image frees what malloc gave, and nothing that was taken out of it before.
#[test]
fn images_own_their_pixels_until_told_otherwise() {
    at_every_level("images_own_their_pixels_until_told_otherwise", || {
        let Some(server) = Xvfb::start() else { return };
        // SAFETY: pixels of the size that the image has; each block is freed by its own allocator.
        unsafe {
            let display = x::XOpenDisplay(server.name().as_ptr());
            assert!(!display.is_null());
            let visual = x::XDefaultVisual(display, 0);
            let create = |data: *mut c_char| x::XCreateImage(display, visual, 24, 2, 0, data, 8, 4, 32, 0);
            let image = create(libc::calloc(8 * 4, 4).cast());
            assert_eq!(x::XGetPixel(image, 7, 3), 0);
            assert_eq!(x::XDestroyImage(image), 1);
            let mut pixels = vec![0x55_u8; 8 * 4 * 4];
            let image = create(pixels.as_mut_ptr().cast());
            let pixmap = x::XCreatePixmap(display, x::XDefaultRootWindow(display), 8, 4, 24);
            x::XPutImage(display, pixmap, x::XDefaultGC(display, 0), image, 0, 0, 0, 0, 8, 4);
            (*image).data = null_mut();
            assert_eq!(x::XDestroyImage(image), 1);
            assert!(pixels.iter().all(|byte| *byte == 0x55));
            drop(pixels);
            let image = x::XGetImage(display, pixmap, 0, 0, 8, 4, u64::MAX, 2);
            assert_eq!(x::XGetPixel(image, 7, 3) & 0xff_ffff, 0x55_5555);
            assert_eq!(x::XDestroyImage(image), 1);
            x::XFreePixmap(display, pixmap);
            x::XCloseDisplay(display);
        }
    });
}

unsafe extern "C" fn adds(_: x::Widget, closure: *mut c_void, data: *mut c_void) {
    // SAFETY: the number that was given with this function.
    unsafe { *closure.cast::<u64>() += data.addr() as u64 };
}

unsafe extern "C" fn adds_one(_: x::Widget, closure: *mut c_void, _: *mut c_void) {
    // SAFETY: the number that was given with this function.
    unsafe { *closure.cast::<u64>() += 1 };
}

unsafe extern "C" fn knows_a_number(_: x::Widget, closure: *mut c_void, _: *mut c_void) {
    assert_eq!(closure.addr(), 5);
}

/// F107: functions and closures that a widget keeps until they are removed, or it is destroyed.
#[test]
fn callbacks_of_widgets() {
    at_every_level("callbacks_of_widgets", || {
        let Some(server) = Xvfb::start() else { return };
        let mut first = Box::new(0_u64);
        let mut second = Box::new(0_u64);
        let mut last = Box::new(0_u64);
        let (one, two, three) = (&raw mut *first, &raw mut *second, &raw mut *last);
        // SAFETY: closures live until they are removed, or the widget is destroyed; names are copied.
        unsafe {
            x::XtToolkitInitialize();
            let context = x::XtCreateApplicationContext();
            let (program, class) = (c"legal".as_ptr(), c"Legal".as_ptr());
            let (mut count, mut words): (c_int, _) = (1, vec![program.cast_mut(), null_mut()]);
            let name = server.name().as_ptr();
            let argv = words.as_mut_ptr();
            let display = x::XtOpenDisplay(context, name, program, class, null_mut(), 0, &mut count, argv);
            assert!(!display.is_null());
            let widget = x::XtAppCreateShell(program, class, applicationShellWidgetClass, display, null_mut(), 0);
            assert!(!widget.is_null());
            let call = |data: usize| {
                let name = CString::new("popupCallback").expect("no zero");
                x::XtCallCallbacks(widget, name.as_ptr(), std::ptr::without_provenance_mut(data));
            };
            let name = CString::new("popupCallback").expect("no zero");
            x::XtAddCallback(widget, name.as_ptr(), Some(adds), one.cast());
            x::XtAddCallback(widget, name.as_ptr(), Some(knows_a_number), std::ptr::without_provenance_mut(5));
            call(3);
            assert_eq!(*one, 3);
            x::XtRemoveCallback(widget, name.as_ptr(), Some(adds), one.cast());
            drop(first);
            let end = x::_XtCallbackRec { callback: None, closure: null_mut() };
            let mut list = vec![x::_XtCallbackRec { callback: Some(adds), closure: two.cast() }, end];
            x::XtAddCallbacks(widget, name.as_ptr(), list.as_mut_ptr());
            call(4);
            assert_eq!(*two, 4);
            x::XtRemoveCallbacks(widget, name.as_ptr(), list.as_mut_ptr());
            drop((list, second));
            x::XtAddCallback(widget, name.as_ptr(), Some(adds), three.cast());
            call(1);
            x::XtRemoveAllCallbacks(widget, name.as_ptr());
            call(9);
            assert_eq!(*three, 1);
            x::XtAddCallback(widget, c"destroyCallback".as_ptr(), Some(adds), three.cast());
            x::XtAddCallback(widget, c"destroyCallback".as_ptr(), Some(adds_one), three.cast());
            drop(name);
            // Both are called, without data; then the closure is the caller's again.
            x::XtDestroyWidget(widget);
            assert_eq!(*three, 2);
            drop(last);
            x::XtDestroyApplicationContext(context);
        }
    });
}
