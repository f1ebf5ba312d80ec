//! Legal calls of x11's own functions: no report, at any level.
#![allow(clippy::useless_vec, reason = "a block of the heap is what the test is about")]
#![allow(clippy::multiple_unsafe_ops_per_block, reason = "each test is one conversation with the library")]

mod support;
mod xvfb;

use pinned_ffi::pinned_ffi;
use std::ffi::{CStr, CString, c_char, c_int, c_long, c_uchar, c_uint, c_ulong};
use std::ptr::{null, null_mut};
use std::sync::atomic::{AtomicU32, Ordering};
use support::at_every_level;
use xvfb::Xvfb;

#[pinned_ffi(
    header = ["X11/Xlib.h", "X11/Xutil.h"],
    allow = "XOpenDisplay|XCloseDisplay|XDisplayString|XDefaultRootWindow|XDefaultVisual|XDefaultScreen|XDefaultDepth|\
             XDefaultGC|XCreateSimpleWindow|XDestroyWindow|XSync|XFree|XSaveContext|XFindContext|XDeleteContext|\
             XSetErrorHandler|XSetIOErrorHandler|XGetErrorText|XGetWindowAttributes|XCreateImage|XGetImage|XPutImage|\
             XCreatePixmap|XFreePixmap|XGetWindowProperty|XChangeProperty|XQueryTree|XInternAtom|XInternAtoms|\
             XGetAtomName|XListProperties|XStoreName|XFetchName|XSetWMProtocols|XGetWMProtocols|XSetClassHint|\
             XSetWMName|XStringListToTextProperty|XTextPropertyToStringList|XFreeStringList|XLookupString|\
             XKeysymToString|XStringToKeysym|XSetCommand|XGetCommand|XDisplayName|XCheckIfEvent|XDrawLines"
)]
mod x {}

#[link(name = "X11")]
unsafe extern "C" {}

/// A server of the test's own.
struct Server {
    _program: Xvfb,
    display: *mut x::Display,
}

impl Server {
    fn start() -> Option<Self> {
        let program = Xvfb::start()?;
        // SAFETY: a C string; it is copied.
        let display = unsafe { x::XOpenDisplay(program.name().as_ptr()) };
        if display.is_null() {
            println!("skipped: x11: no server at {:?}", program.name());
            return None;
        }
        Some(Self { _program: program, display })
    }

    fn window(&self) -> x::Window {
        // SAFETY: an open display.
        unsafe { x::XCreateSimpleWindow(self.display, x::XDefaultRootWindow(self.display), 0, 0, 40, 30, 0, 0, 0) }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // SAFETY: open until here.
        unsafe { x::XCloseDisplay(self.display) };
    }
}

/// The text of a C string.
///
/// # Safety
///
/// It ends with zero.
unsafe fn text(at: *const c_char) -> String {
    // SAFETY: the caller's promise.
    unsafe { CStr::from_ptr(at) }.to_string_lossy().into_owned()
}

static ERRORS: AtomicU32 = AtomicU32::new(0);

unsafe extern "C" fn count(display: *mut x::Display, event: *mut x::XErrorEvent) -> c_int {
    ERRORS.fetch_add(1, Ordering::Relaxed);
    let mut words = vec![0 as c_char; 64];
    // SAFETY: the event is the library's, the buffer has 64 bytes.
    unsafe {
        x::XGetErrorText(display, c_int::from((*event).error_code), words.as_mut_ptr(), 64);
        assert!(text(words.as_ptr()).starts_with("BadWindow"));
    }
    0
}

unsafe extern "C" fn broken(_display: *mut x::Display) -> c_int {
    0
}

#[test]
fn contexts_and_handlers() {
    at_every_level("contexts_and_handlers", || {
        let Some(server) = Server::start() else { return };
        let display = server.display;
        let window = server.window();
        let boxed = Box::into_raw(Box::new(9_u64));
        // SAFETY: what is stored is only handed back; handlers live as long as the process.
        unsafe {
            assert_eq!(x::XSaveContext(display, window, 7, boxed.cast()), 0);
            let mut found: x::XPointer = null_mut();
            assert_eq!(x::XFindContext(display, window, 7, &mut found), 0);
            assert_eq!(found, boxed.cast());
            assert_eq!(x::XSaveContext(display, window, 7, std::ptr::without_provenance(5)), 0);
            drop(Box::from_raw(boxed));
            assert_eq!(x::XFindContext(display, window, 7, &mut found), 0);
            assert_eq!(found.addr(), 5);
            assert_eq!(x::XDeleteContext(display, window, 7), 0);
            assert_ne!(x::XFindContext(display, window, 7, &mut found), 0);

            let before = x::XSetErrorHandler(Some(count));
            let io = x::XSetIOErrorHandler(Some(broken));
            let mut attributes = std::mem::zeroed();
            assert_eq!(x::XGetWindowAttributes(display, 0x1234_5678, &mut attributes), 0);
            assert_eq!(ERRORS.load(Ordering::Relaxed), 1);
            x::XSetErrorHandler(before);
            x::XSetIOErrorHandler(io);
            x::XSetErrorHandler(None);
            assert_ne!(x::XGetWindowAttributes(display, window, &mut attributes), 0);
            assert_eq!((attributes.width, attributes.height), (40, 30));
            x::XDestroyWindow(display, window);
        }
    });
}

#[test]
fn images_own_their_pixels_until_told_otherwise() {
    at_every_level("images_own_their_pixels_until_told_otherwise", || {
        let Some(server) = Server::start() else { return };
        let display = server.display;
        // SAFETY: pixels of the size that the image has; each block is freed by its own allocator.
        unsafe {
            let visual = x::XDefaultVisual(display, 0);
            let create = |data: *mut c_char| x::XCreateImage(display, visual, 24, 2, 0, data, 8, 4, 32, 0);
            // The image frees what malloc gave.
            let image = create(libc::malloc(8 * 4 * 4).cast());
            assert_eq!(((*image).bytes_per_line, (*image).width), (32, 8));
            let destroy = (*image).f.destroy_image.expect("every image has one");
            assert_eq!(destroy(image), 1);
            // It frees nothing that is taken out of it before.
            let mut pixels = vec![0x55u8; 8 * 4 * 4];
            let image = create(pixels.as_mut_ptr().cast());
            let root = x::XDefaultRootWindow(display);
            let pixmap = x::XCreatePixmap(display, root, 8, 4, 24);
            x::XPutImage(display, pixmap, x::XDefaultGC(display, 0), image, 0, 0, 0, 0, 8, 4);
            let mut line = vec![x::XPoint { x: 0, y: 0 }, x::XPoint { x: 1, y: 0 }];
            x::XDrawLines(display, pixmap, x::XDefaultGC(display, 0), line.as_mut_ptr(), 2, 0);
            x::XSync(display, 0);
            (*image).data = null_mut();
            assert_eq!(destroy(image), 1);
            drop(pixels);
            // No pixels yet.
            let image = create(null_mut());
            assert_eq!(destroy(image), 1);
            let image = x::XGetImage(display, pixmap, 0, 2, 4, 2, c_ulong::MAX, 2);
            assert_eq!((*image).height, 2);
            assert_eq!(*(*image).data.cast::<u8>(), 0x55);
            let destroy = (*image).f.destroy_image.expect("every image has one");
            assert_eq!(destroy(image), 1);
            x::XFreePixmap(display, pixmap);
        }
    });
}

#[test]
fn properties_of_every_format() {
    at_every_level("properties_of_every_format", || {
        let Some(server) = Server::start() else { return };
        let (display, window) = (server.display, server.window());
        // SAFETY: data of as many items as are told, each as wide as its format says in C.
        unsafe {
            let name = x::XInternAtom(display, c"PINNED_FFI".as_ptr(), 0);
            let (cardinal, string) = (6, 31);
            let read = |kind| {
                let (mut actual, mut format, mut items, mut after): (x::Atom, c_int, c_ulong, c_ulong) = (0, 0, 0, 0);
                let mut data: *mut c_uchar = null_mut();
                let code = x::XGetWindowProperty(
                    display,
                    window,
                    name,
                    0,
                    1024,
                    0,
                    kind,
                    &mut actual,
                    &mut format,
                    &mut items,
                    &mut after,
                    &mut data,
                );
                assert_eq!((code, after), (0, 0));
                (actual, format, items as usize, data)
            };
            // Nothing there: format 0, a null pointer.
            assert_eq!(read(cardinal), (0, 0, 0, null_mut()));
            // 32 means longs, exactly three of them.
            let longs: Box<[c_long]> = vec![1, -2, 3].into();
            x::XChangeProperty(display, window, name, cardinal, 32, 0, longs.as_ptr().cast(), 3);
            let (actual, format, items, data) = read(cardinal);
            assert_eq!((actual, format, items), (cardinal, 32, 3));
            assert_eq!(std::slice::from_raw_parts(data.cast::<c_long>(), 3)[0], 1);
            x::XFree(data.cast());
            let shorts: Box<[u16]> = vec![4, 5].into();
            x::XChangeProperty(display, window, name, cardinal, 16, 0, shorts.as_ptr().cast(), 2);
            let (_, format, items, data) = read(cardinal);
            assert_eq!((format, items, *data.cast::<u16>()), (16, 2, 4));
            x::XFree(data.cast());
            let bytes: Box<[u8]> = b"bytes".to_vec().into();
            x::XChangeProperty(display, window, name, string, 8, 0, bytes.as_ptr(), 5);
            // No items, any pointer.
            x::XChangeProperty(display, window, name, string, 8, 2, Vec::<u8>::new().as_ptr(), 0);
            x::XChangeProperty(display, window, name, string, 8, 2, null(), 0);
            let (_, format, items, data) = read(string);
            assert_eq!((format, std::slice::from_raw_parts(data, items)), (8, &b"bytes"[..]));
            x::XFree(data.cast());
            let mut count = 0;
            let listed = x::XListProperties(display, window, &mut count);
            assert_eq!((count, *listed), (1, name));
            x::XFree(listed.cast());

            let (mut root, mut parent, mut children, mut count) = (0, 0, null_mut(), 0);
            assert_ne!(x::XQueryTree(display, window, &mut root, &mut parent, &mut children, &mut count), 0);
            assert_eq!((root, children, count), (parent, null_mut(), 0));
            assert_ne!(x::XQueryTree(display, root, &mut root, &mut parent, &mut children, &mut count), 0);
            assert_eq!((count, *children), (1, window));
            x::XFree(children.cast());
            x::XDestroyWindow(display, window);
        }
    });
}

#[test]
fn strings_and_lists_of_strings() {
    at_every_level("strings_and_lists_of_strings", || {
        let Some(server) = Server::start() else { return };
        let (display, window) = (server.display, server.window());
        // SAFETY: C strings, and lists with their length.
        unsafe {
            {
                let title = CString::new("title").expect("no zero inside");
                x::XStoreName(display, window, title.as_ptr());
            }
            let mut name = null_mut();
            assert_ne!(x::XFetchName(display, window, &mut name), 0);
            assert_eq!(text(name), "title");
            x::XFree(name.cast());
            let names: Vec<CString> = ["ONE", "TWO"].map(|name| CString::new(name).expect("no zero inside")).into();
            let mut pointers: Vec<*mut c_char> = names.iter().map(|name| name.as_ptr().cast_mut()).collect();
            let mut atoms = vec![0; 2];
            assert_ne!(x::XInternAtoms(display, pointers.as_mut_ptr(), 2, 0, atoms.as_mut_ptr()), 0);
            let name = x::XGetAtomName(display, atoms[1]);
            assert_eq!(text(name), "TWO");
            // What the library gave goes back in.
            assert_eq!(x::XInternAtom(display, name, 1), atoms[1]);
            x::XFree(name.cast());
            x::XSetWMProtocols(display, window, atoms.as_mut_ptr(), 2);
            let (mut listed, mut count) = (null_mut(), 0);
            assert_ne!(x::XGetWMProtocols(display, window, &mut listed, &mut count), 0);
            assert_eq!(std::slice::from_raw_parts(listed, count as usize), &atoms[..]);
            x::XFree(listed.cast());
            x::XSetCommand(display, window, pointers.as_mut_ptr(), 2);
            let (mut words, mut count) = (null_mut(), 0);
            assert_ne!(x::XGetCommand(display, window, &mut words, &mut count), 0);
            assert_eq!((count, text(*words)), (2, "ONE".into()));
            x::XFreeStringList(words);
            let mut property = std::mem::zeroed::<x::XTextProperty>();
            assert_ne!(x::XStringListToTextProperty(pointers.as_mut_ptr(), 2, &mut property), 0);
            assert_eq!((property.format, property.nitems), (8, 7));
            x::XSetWMName(display, window, &mut property);
            let (mut words, mut count) = (null_mut(), 0);
            assert_ne!(x::XTextPropertyToStringList(&mut property, &mut words, &mut count), 0);
            assert_eq!((count, text(*words.add(1))), (2, "TWO".into()));
            x::XFreeStringList(words);
            x::XFree(property.value.cast());
            // A value of the caller's own.
            let mut own = b"own".to_vec();
            let mut property = x::XTextProperty { value: own.as_mut_ptr(), encoding: 31, format: 8, nitems: 3 };
            x::XSetWMName(display, window, &mut property);
            let mut class = x::XClassHint { res_name: names[0].as_ptr().cast_mut(), res_class: null_mut() };
            x::XSetClassHint(display, window, &mut class);

            let symbol = x::XStringToKeysym(c"Return".as_ptr());
            assert_eq!(text(x::XKeysymToString(symbol)), "Return");
            assert_eq!(text(x::XDisplayName(c":77".as_ptr())), ":77");
            assert!(text(x::XDisplayString(display)).starts_with(':'));
            let mut key = std::mem::zeroed::<x::XKeyEvent>();
            (key.type_, key.display, key.keycode) = (2, display, 38 as c_uint);
            let mut buffer = vec![0 as c_char; 8];
            let mut symbol = 0;
            let length = x::XLookupString(&mut key, buffer.as_mut_ptr(), 8, &mut symbol, null_mut());
            assert!(length <= 1, "{length}");
            let without = x::XLookupString(&mut key, null_mut(), 0, null_mut(), null_mut());
            assert_eq!(without, length);
            x::XDestroyWindow(display, window);
        }
    });
}
