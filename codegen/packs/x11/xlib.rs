//! Pointer contracts of `<X11/Xlib.h> and <X11/Xutil.h>`.
// See the headers, Xlib - C Language X Interface, and the manual pages of libX11 1.8.
//
// Conventions of this file:
//  * Display, Screen, Visual, XFontStruct and XImage are the library's, though some can be looked into.
//  * Functions whose only pointer is the display, or a GC, are not listed, but where they run handlers: whatever waits for the
//    server, or takes in what it has sent, is `calls_back`. Requests are only put down, and may have to wait for room: a panic there
//    ends the process.
//  * `long` has eight bytes.

// The unit of `value` is that of properties: see XChangeProperty.
struct XTextProperty {
    #[input]
    #[sized_by(nitems * (format / 8 + format / 32 * 4))]
    value: *mut c_uchar,
    encoding: Atom,
    format: c_int,
    nitems: c_ulong,
}

struct XClassHint {
    #[input]
    #[nullable]
    #[null_terminated]
    res_name: *mut c_char,
    #[input]
    #[nullable]
    #[null_terminated]
    res_class: *mut c_char,
}

// Connections. XCloseDisplay ends what belongs to the display.
unsafe extern "C" {
    #[returns(owned, free = XCloseDisplay, nullable, opaque)]
    fn XOpenDisplay(
        #[input] #[nullable] #[null_terminated] #[noescape] display_name: *const c_char,
    ) -> *mut Display;

    #[calls_back]
    fn XCloseDisplay(#[opaque] #[transfer] display: *mut Display) -> c_int;

    #[returns(borrowed = string, static, until = [setenv, putenv, unsetenv, clearenv], null_terminated)]
    fn XDisplayName(#[input] #[nullable] #[null_terminated] string: *const c_char) -> *mut c_char;

    #[returns(borrowed = display, null_terminated)]
    fn XDisplayString(#[opaque] display: *mut Display) -> *mut c_char;

    #[returns(borrowed = display, null_terminated)]
    fn XServerVendor(#[opaque] display: *mut Display) -> *mut c_char;

    #[returns(borrowed = display, nullable, null_terminated)]
    fn XGetDefault(
        #[opaque] display: *mut Display,
        #[input] #[nonnull] #[null_terminated] program: *const c_char,
        #[input] #[nonnull] #[null_terminated] option: *const c_char,
    ) -> *mut c_char;

    #[returns(borrowed = display, nullable, null_terminated)]
    fn XResourceManagerString(#[opaque] display: *mut Display) -> *mut c_char;

    #[returns(borrowed = display, opaque)]
    fn XDefaultVisual(#[opaque] display: *mut Display, screen_number: c_int) -> *mut Visual;

    #[returns(borrowed = display, opaque)]
    fn XDefaultScreenOfDisplay(#[opaque] display: *mut Display) -> *mut Screen;

    #[returns(borrowed = display, opaque)]
    fn XScreenOfDisplay(#[opaque] display: *mut Display, screen_number: c_int) -> *mut Screen;

    fn XFree(#[opaque] #[transfer] data: *mut c_void) -> c_int;

    #[returns(owned, free = XFreeExtensionList, nullable, counted_by(*nextensions_return))]
    #[calls_back]
    fn XListExtensions(
        #[opaque] display: *mut Display,
        #[out] #[nonnull] #[one] nextensions_return: *mut c_int,
    ) -> *mut *mut c_char;

    fn XFreeExtensionList(#[opaque] #[nullable] #[transfer] list: *mut *mut c_char) -> c_int;

    #[calls_back]
    fn XQueryExtension(
        #[opaque] display: *mut Display,
        #[input] #[nonnull] #[null_terminated] name: *const c_char,
        #[out] #[nonnull] #[one] major_opcode_return: *mut c_int,
        #[out] #[nonnull] #[one] first_event_return: *mut c_int,
        #[out] #[nonnull] #[one] first_error_return: *mut c_int,
    ) -> c_int;
}

// Handlers. One for the whole process each, until another is set.
unsafe extern "C" {
    // What they give is not used. Null brings Xlib's own back. Whatever talks to the server may call the first; the second ends
    // the process, whether it returns or not.
    fn XSetErrorHandler(
        #[nullable] #[callback(scope = forever, on_panic = 0)]
        handler: Option<unsafe extern "C" fn(#[opaque] display: *mut Display, #[one] #[input] event: *mut XErrorEvent) -> c_int>,
    ) -> XErrorHandler;

    fn XSetIOErrorHandler(
        #[nullable] #[callback(scope = forever, on_panic = 0)]
        handler: Option<unsafe extern "C" fn(#[opaque] display: *mut Display) -> c_int>,
    ) -> XIOErrorHandler;

    fn XGetErrorText(
        #[opaque] display: *mut Display,
        code: c_int,
        #[out] #[nonnull] #[sized_by(length)] buffer_return: *mut c_char,
        length: c_int,
    ) -> c_int;

    fn XGetErrorDatabaseText(
        #[opaque] display: *mut Display,
        #[input] #[nonnull] #[null_terminated] name: *const c_char,
        #[input] #[nonnull] #[null_terminated] message: *const c_char,
        #[input] #[nonnull] #[null_terminated] default_string: *const c_char,
        #[out] #[nonnull] #[sized_by(length)] buffer_return: *mut c_char,
        length: c_int,
    ) -> c_int;
}

unsafe extern "C" {
    // It runs behind the handler of I/O errors, instead of the end of the process. Null: that again.
    fn XSetIOErrorExitHandler(
        #[opaque] display: *mut Display,
        #[nullable] #[callback(userdata = user_data, scope = notified)]
        handler: Option<unsafe extern "C" fn(#[opaque] display: *mut Display, user_data: *mut c_void)>,
        #[nullable] #[address] #[retained(by = display, until = [XSetIOErrorExitHandler, XCloseDisplay])]
        user_data: *mut c_void,
    );

    // Called at the end of each function of Xlib's that makes a request, whichever it is.
    fn XSetAfterFunction(
        #[opaque] display: *mut Display,
        #[nullable] #[callback(scope = notified, destroy = XCloseDisplay, on_panic = 0)]
        procedure: Option<unsafe extern "C" fn(#[opaque] display: *mut Display) -> c_int>,
    ) -> Option<unsafe extern "C" fn(display: *mut Display) -> c_int>;

    #[calls_back]
    fn XSync(#[opaque] display: *mut Display, discard: c_int) -> c_int;

    #[calls_back]
    fn XFlush(#[opaque] display: *mut Display) -> c_int;

    #[calls_back]
    fn XPending(#[opaque] display: *mut Display) -> c_int;

    #[calls_back]
    fn XEventsQueued(#[opaque] display: *mut Display, mode: c_int) -> c_int;
}

// Contexts: any pointer or number, stored and given back.
unsafe extern "C" {
    #[success(result == 0)]
    fn XSaveContext(
        #[opaque] display: *mut Display,
        rid: XID,
        context: XContext,
        #[opaque] data: *const c_char,
    ) -> c_int;

    #[success(result == 0)]
    fn XFindContext(
        #[opaque] display: *mut Display,
        rid: XID,
        context: XContext,
        #[out] #[nonnull] #[one] #[pointee(opaque)] data_return: *mut XPointer,
    ) -> c_int;
}

// Atoms.
unsafe extern "C" {
    #[calls_back]
    fn XInternAtom(
        #[opaque] display: *mut Display,
        #[input] #[nonnull] #[null_terminated] atom_name: *const c_char,
        only_if_exists: c_int,
    ) -> Atom;

    #[calls_back]
    fn XInternAtoms(
        #[opaque] dpy: *mut Display,
        #[input] #[nonnull] #[counted_by(count)] #[flow_through] #[pointee(input, nonnull, null_terminated)] names: *mut *mut c_char,
        count: c_int,
        onlyIfExists: c_int,
        #[out] #[nonnull] #[counted_by(count)] atoms_return: *mut Atom,
    ) -> c_int;

    #[returns(owned, free = XFree, nullable, null_terminated)]
    #[calls_back]
    fn XGetAtomName(#[opaque] display: *mut Display, atom: Atom) -> *mut c_char;

    #[calls_back]
    fn XGetAtomNames(
        #[opaque] dpy: *mut Display,
        #[input] #[nonnull] #[counted_by(count)] atoms: *mut Atom,
        count: c_int,
        #[out] #[nonnull] #[counted_by(count)] #[pointee(owned, free = XFree, nullable, null_terminated)] names_return: *mut *mut c_char,
    ) -> c_int;
}

// Properties. An item of format 8 is one byte, of 16 a short of two, of 32 a C long, which has eight here.
unsafe extern "C" {
    fn XChangeProperty(
        #[opaque] display: *mut Display,
        w: Window,
        property: Atom,
        type_: Atom,
        format: c_int,
        mode: c_int,
        #[input] #[nonnull] #[sized_by(nelements * (format / 8 + format / 32 * 4))] #[noescape] data: *const c_uchar,
        nelements: c_int,
    ) -> c_int;

    #[success(result == 0)]
    #[calls_back]
    fn XGetWindowProperty(
        #[opaque] display: *mut Display,
        w: Window,
        property: Atom,
        long_offset: c_long,
        long_length: c_long,
        delete: c_int,
        req_type: Atom,
        #[out] #[nonnull] #[one] actual_type_return: *mut Atom,
        #[out] #[nonnull] #[one] actual_format_return: *mut c_int,
        #[out] #[nonnull] #[one] nitems_return: *mut c_ulong,
        #[out] #[nonnull] #[one] bytes_after_return: *mut c_ulong,
        #[out] #[nonnull] #[one] #[pointee(owned, free = XFree, nullable, sized_by(*nitems_return * (*actual_format_return / 8 + *actual_format_return / 32 * 4)))] prop_return: *mut *mut c_uchar,
    ) -> c_int;

    #[returns(owned, free = XFree, nullable, counted_by(*num_prop_return))]
    #[calls_back]
    fn XListProperties(
        #[opaque] display: *mut Display,
        w: Window,
        #[out] #[nonnull] #[one] num_prop_return: *mut c_int,
    ) -> *mut Atom;

    fn XRotateWindowProperties(
        #[opaque] display: *mut Display,
        w: Window,
        #[input] #[nonnull] #[counted_by(num_prop)] properties: *mut Atom,
        num_prop: c_int,
        npositions: c_int,
    ) -> c_int;

    fn XStoreName(
        #[opaque] display: *mut Display,
        w: Window,
        #[input] #[nonnull] #[null_terminated] #[noescape] window_name: *const c_char,
    ) -> c_int;

    #[calls_back]
    fn XFetchName(
        #[opaque] display: *mut Display,
        w: Window,
        #[out] #[nonnull] #[one] #[pointee(owned, free = XFree, nullable, null_terminated)] window_name_return: *mut *mut c_char,
    ) -> c_int;

    fn XSetIconName(
        #[opaque] display: *mut Display,
        w: Window,
        #[input] #[nonnull] #[null_terminated] #[noescape] icon_name: *const c_char,
    ) -> c_int;

    #[calls_back]
    fn XGetIconName(
        #[opaque] display: *mut Display,
        w: Window,
        #[out] #[nonnull] #[one] #[pointee(owned, free = XFree, nullable, null_terminated)] icon_name_return: *mut *mut c_char,
    ) -> c_int;

    fn XSetCommand(
        #[opaque] display: *mut Display,
        w: Window,
        #[input] #[nonnull] #[counted_by(argc)] #[flow_through] #[pointee(input, nonnull, null_terminated)] argv: *mut *mut c_char,
        argc: c_int,
    ) -> c_int;

    #[calls_back]
    fn XGetCommand(
        #[opaque] display: *mut Display,
        w: Window,
        #[out] #[nonnull] #[one] #[pointee(owned, free = XFreeStringList, nullable, counted_by(*argc_return))] argv_return: *mut *mut *mut c_char,
        #[out] #[nonnull] #[one] argc_return: *mut c_int,
    ) -> c_int;

    fn XFreeStringList(#[opaque] #[nullable] #[transfer] list: *mut *mut c_char);

    fn XSetWMProtocols(
        #[opaque] display: *mut Display,
        w: Window,
        #[input] #[nonnull] #[counted_by(count)] protocols: *mut Atom,
        count: c_int,
    ) -> c_int;

    #[calls_back]
    fn XGetWMProtocols(
        #[opaque] display: *mut Display,
        w: Window,
        #[out] #[nonnull] #[one] #[pointee(owned, free = XFree, nullable, counted_by(*count_return))] protocols_return: *mut *mut Atom,
        #[out] #[nonnull] #[one] count_return: *mut c_int,
    ) -> c_int;

    fn XStoreBytes(
        #[opaque] display: *mut Display,
        #[input] #[nonnull] #[sized_by(nbytes)] bytes: *const c_char,
        nbytes: c_int,
    ) -> c_int;

    fn XStoreBuffer(
        #[opaque] display: *mut Display,
        #[input] #[nonnull] #[sized_by(nbytes)] bytes: *const c_char,
        nbytes: c_int,
        buffer: c_int,
    ) -> c_int;

    #[returns(owned, free = XFree, nullable, sized_by(*nbytes_return))]
    #[calls_back]
    fn XFetchBytes(
        #[opaque] display: *mut Display,
        #[out] #[nonnull] #[one] nbytes_return: *mut c_int,
    ) -> *mut c_char;

    #[returns(owned, free = XFree, nullable, sized_by(*nbytes_return))]
    #[calls_back]
    fn XFetchBuffer(
        #[opaque] display: *mut Display,
        #[out] #[nonnull] #[one] nbytes_return: *mut c_int,
        buffer: c_int,
    ) -> *mut c_char;
}

// Windows.
unsafe extern "C" {
    fn XCreateWindow(
        #[opaque] display: *mut Display,
        parent: Window,
        x: c_int,
        y: c_int,
        width: c_uint,
        height: c_uint,
        border_width: c_uint,
        depth: c_int,
        class: c_uint,
        #[opaque] visual: *mut Visual,
        valuemask: c_ulong,
        #[input] #[nullable] #[one] attributes: *mut XSetWindowAttributes,
    ) -> Window;

    fn XChangeWindowAttributes(
        #[opaque] display: *mut Display,
        w: Window,
        valuemask: c_ulong,
        #[input] #[nonnull] #[one] attributes: *mut XSetWindowAttributes,
    ) -> c_int;

    fn XConfigureWindow(
        #[opaque] display: *mut Display,
        w: Window,
        value_mask: c_uint,
        #[input] #[nonnull] #[one] values: *mut XWindowChanges,
    ) -> c_int;

    #[calls_back]
    fn XGetWindowAttributes(
        #[opaque] display: *mut Display,
        w: Window,
        #[out] #[nonnull] #[one] window_attributes_return: *mut XWindowAttributes,
    ) -> c_int;

    #[calls_back]
    fn XGetGeometry(
        #[opaque] display: *mut Display,
        d: Drawable,
        #[out] #[nonnull] #[one] root_return: *mut Window,
        #[out] #[nonnull] #[one] x_return: *mut c_int,
        #[out] #[nonnull] #[one] y_return: *mut c_int,
        #[out] #[nonnull] #[one] width_return: *mut c_uint,
        #[out] #[nonnull] #[one] height_return: *mut c_uint,
        #[out] #[nonnull] #[one] border_width_return: *mut c_uint,
        #[out] #[nonnull] #[one] depth_return: *mut c_uint,
    ) -> c_int;

    #[calls_back]
    fn XQueryTree(
        #[opaque] display: *mut Display,
        w: Window,
        #[out] #[nonnull] #[one] root_return: *mut Window,
        #[out] #[nonnull] #[one] parent_return: *mut Window,
        #[out] #[nonnull] #[one] #[pointee(owned, free = XFree, nullable, counted_by(*nchildren_return))] children_return: *mut *mut Window,
        #[out] #[nonnull] #[one] nchildren_return: *mut c_uint,
    ) -> c_int;

    #[calls_back]
    fn XQueryPointer(
        #[opaque] display: *mut Display,
        w: Window,
        #[out] #[nonnull] #[one] root_return: *mut Window,
        #[out] #[nonnull] #[one] child_return: *mut Window,
        #[out] #[nonnull] #[one] root_x_return: *mut c_int,
        #[out] #[nonnull] #[one] root_y_return: *mut c_int,
        #[out] #[nonnull] #[one] win_x_return: *mut c_int,
        #[out] #[nonnull] #[one] win_y_return: *mut c_int,
        #[out] #[nonnull] #[one] mask_return: *mut c_uint,
    ) -> c_int;

    #[calls_back]
    fn XTranslateCoordinates(
        #[opaque] display: *mut Display,
        src_w: Window,
        dest_w: Window,
        src_x: c_int,
        src_y: c_int,
        #[out] #[nonnull] #[one] dest_x_return: *mut c_int,
        #[out] #[nonnull] #[one] dest_y_return: *mut c_int,
        #[out] #[nonnull] #[one] child_return: *mut Window,
    ) -> c_int;

    #[calls_back]
    fn XGetInputFocus(
        #[opaque] display: *mut Display,
        #[out] #[nonnull] #[one] focus_return: *mut Window,
        #[out] #[nonnull] #[one] revert_to_return: *mut c_int,
    ) -> c_int;

    #[calls_back]
    fn XGetTransientForHint(
        #[opaque] display: *mut Display,
        w: Window,
        #[out] #[nonnull] #[one] prop_window_return: *mut Window,
    ) -> c_int;

    fn XRestackWindows(
        #[opaque] display: *mut Display,
        #[input] #[nonnull] #[counted_by(nwindows)] windows: *mut Window,
        nwindows: c_int,
    ) -> c_int;
}

// Events. What a predicate refuses leaves the event unwritten.
unsafe extern "C" {
    #[calls_back]
    fn XNextEvent(#[opaque] display: *mut Display, #[out] #[nonnull] #[one] event_return: *mut XEvent) -> c_int;

    #[calls_back]
    fn XPeekEvent(#[opaque] display: *mut Display, #[out] #[nonnull] #[one] event_return: *mut XEvent) -> c_int;

    #[calls_back]
    fn XMaskEvent(
        #[opaque] display: *mut Display,
        event_mask: c_long,
        #[out] #[nonnull] #[one] event_return: *mut XEvent,
    ) -> c_int;

    #[calls_back]
    fn XWindowEvent(
        #[opaque] display: *mut Display,
        w: Window,
        event_mask: c_long,
        #[out] #[nonnull] #[one] event_return: *mut XEvent,
    ) -> c_int;

    #[calls_back]
    fn XCheckMaskEvent(
        #[opaque] display: *mut Display,
        event_mask: c_long,
        #[out] #[nonnull] #[one] event_return: *mut XEvent,
    ) -> c_int;

    #[calls_back]
    fn XCheckWindowEvent(
        #[opaque] display: *mut Display,
        w: Window,
        event_mask: c_long,
        #[out] #[nonnull] #[one] event_return: *mut XEvent,
    ) -> c_int;

    #[calls_back]
    fn XCheckTypedEvent(
        #[opaque] display: *mut Display,
        event_type: c_int,
        #[out] #[nonnull] #[one] event_return: *mut XEvent,
    ) -> c_int;

    #[calls_back]
    fn XCheckTypedWindowEvent(
        #[opaque] display: *mut Display,
        w: Window,
        event_type: c_int,
        #[out] #[nonnull] #[one] event_return: *mut XEvent,
    ) -> c_int;

    // A predicate must not call Xlib with this display: it is locked. True at a panic ends the search.
    fn XIfEvent(
        #[opaque] display: *mut Display,
        #[out] #[nonnull] #[one] event_return: *mut XEvent,
        #[nonnull] #[callback(userdata = arg, scope = call, on_panic = 1)]
        predicate: Option<unsafe extern "C" fn(
            #[opaque] display: *mut Display, #[one] #[input] event: *mut XEvent, #[userdata] arg: *mut c_char,
        ) -> c_int>,
        #[opaque] arg: XPointer,
    ) -> c_int;

    fn XCheckIfEvent(
        #[opaque] display: *mut Display,
        #[out] #[nonnull] #[one] event_return: *mut XEvent,
        #[nonnull] #[callback(userdata = arg, scope = call, on_panic = 1)]
        predicate: Option<unsafe extern "C" fn(
            #[opaque] display: *mut Display, #[one] #[input] event: *mut XEvent, #[userdata] arg: *mut c_char,
        ) -> c_int>,
        #[opaque] arg: XPointer,
    ) -> c_int;

    fn XPeekIfEvent(
        #[opaque] display: *mut Display,
        #[out] #[nonnull] #[one] event_return: *mut XEvent,
        #[nonnull] #[callback(userdata = arg, scope = call, on_panic = 1)]
        predicate: Option<unsafe extern "C" fn(
            #[opaque] display: *mut Display, #[one] #[input] event: *mut XEvent, #[userdata] arg: *mut c_char,
        ) -> c_int>,
        #[opaque] arg: XPointer,
    ) -> c_int;

    fn XPutBackEvent(#[opaque] display: *mut Display, #[input] #[nonnull] #[one] event: *mut XEvent) -> c_int;

    fn XSendEvent(
        #[opaque] display: *mut Display,
        w: Window,
        propagate: c_int,
        event_mask: c_long,
        #[inout] #[nonnull] #[one] event_send: *mut XEvent,
    ) -> c_int;

    // Gives the full length, also where the buffer is too short for it.
    fn XLookupString(
        #[input] #[nonnull] #[one] event_struct: *mut XKeyEvent,
        #[out] #[nonnull] #[sized_by(bytes_buffer)] #[filled_by(return)] #[may_exceed] buffer_return: *mut c_char,
        bytes_buffer: c_int,
        #[out] #[nullable] #[one] keysym_return: *mut KeySym,
        #[inout] #[nullable] #[one] status_in_out: *mut XComposeStatus,
    ) -> c_int;

    #[returns(static, nullable, null_terminated)]
    fn XKeysymToString(keysym: KeySym) -> *mut c_char;

    fn XStringToKeysym(#[input] #[nonnull] #[null_terminated] string: *const c_char) -> KeySym;

    #[returns(owned, free = XFree, nullable)]
    #[calls_back]
    fn XGetKeyboardMapping(
        #[opaque] display: *mut Display,
        first_keycode: KeyCode,
        keycode_count: c_int,
        #[out] #[nonnull] #[one] keysyms_per_keycode_return: *mut c_int,
    ) -> *mut KeySym;

    fn XDisplayKeycodes(
        #[opaque] display: *mut Display,
        #[out] #[nonnull] #[one] min_keycodes_return: *mut c_int,
        #[out] #[nonnull] #[one] max_keycodes_return: *mut c_int,
    ) -> c_int;

    #[returns(owned, free = XFree, nullable, counted_by(*nevents_return))]
    #[calls_back]
    fn XGetMotionEvents(
        #[opaque] display: *mut Display,
        w: Window,
        start: Time,
        stop: Time,
        #[out] #[nonnull] #[one] nevents_return: *mut c_int,
    ) -> *mut XTimeCoord;
}

// Images. XDestroyImage frees the pixels with free, unless the caller has set `data` to null before.
// Their size follows from the format, so it is not stated. So they are the image's, not kept for it.
unsafe extern "C" {
    #[returns(owned, free = XDestroyImage, nullable, opaque)]
    fn XCreateImage(
        #[opaque] display: *mut Display,
        #[opaque] visual: *mut Visual,
        depth: c_uint,
        format: c_int,
        offset: c_int,
        #[opaque] #[nullable] #[transfer(free = free)] data: *mut c_char,
        width: c_uint,
        height: c_uint,
        bitmap_pad: c_int,
        bytes_per_line: c_int,
    ) -> *mut XImage;

    // A macro, and a function where XUTIL_DEFINE_FUNCTIONS is defined.
    fn XDestroyImage(#[opaque] #[nonnull] #[transfer] ximage: *mut XImage) -> c_int;

    #[returns(owned, free = XDestroyImage, nullable, opaque)]
    #[calls_back]
    fn XGetImage(
        #[opaque] display: *mut Display,
        d: Drawable,
        x: c_int,
        y: c_int,
        width: c_uint,
        height: c_uint,
        plane_mask: c_ulong,
        format: c_int,
    ) -> *mut XImage;

    #[returns(borrowed = dest_image, nullable, opaque)]
    #[calls_back]
    fn XGetSubImage(
        #[opaque] display: *mut Display,
        d: Drawable,
        x: c_int,
        y: c_int,
        width: c_uint,
        height: c_uint,
        plane_mask: c_ulong,
        format: c_int,
        #[opaque] dest_image: *mut XImage,
        dest_x: c_int,
        dest_y: c_int,
    ) -> *mut XImage;

    fn XPutImage(
        #[opaque] display: *mut Display,
        d: Drawable,
        gc: GC,
        #[opaque] image: *mut XImage,
        src_x: c_int,
        src_y: c_int,
        dest_x: c_int,
        dest_y: c_int,
        width: c_uint,
        height: c_uint,
    ) -> c_int;

    fn XCreateBitmapFromData(
        #[opaque] display: *mut Display,
        d: Drawable,
        #[input] #[nonnull] #[sized_by((width + 7) / 8 * height)] data: *const c_char,
        width: c_uint,
        height: c_uint,
    ) -> Pixmap;

    fn XCreatePixmapFromBitmapData(
        #[opaque] display: *mut Display,
        d: Drawable,
        #[input] #[nonnull] #[sized_by((width + 7) / 8 * height)] data: *mut c_char,
        width: c_uint,
        height: c_uint,
        fg: c_ulong,
        bg: c_ulong,
        depth: c_uint,
    ) -> Pixmap;

    fn XReadBitmapFile(
        #[opaque] display: *mut Display,
        d: Drawable,
        #[input] #[nonnull] #[null_terminated] filename: *const c_char,
        #[out] #[nonnull] #[one] width_return: *mut c_uint,
        #[out] #[nonnull] #[one] height_return: *mut c_uint,
        #[out] #[nonnull] #[one] bitmap_return: *mut Pixmap,
        #[out] #[nullable] #[one] x_hot_return: *mut c_int,
        #[out] #[nullable] #[one] y_hot_return: *mut c_int,
    ) -> c_int;

    fn XWriteBitmapFile(
        #[opaque] display: *mut Display,
        #[input] #[nonnull] #[null_terminated] filename: *const c_char,
        bitmap: Pixmap,
        width: c_uint,
        height: c_uint,
        x_hot: c_int,
        y_hot: c_int,
    ) -> c_int;
}

// Drawing.
unsafe extern "C" {
    fn XDrawString(
        #[opaque] display: *mut Display,
        d: Drawable,
        gc: GC,
        x: c_int,
        y: c_int,
        #[input] #[nonnull] #[sized_by(length)] string: *const c_char,
        length: c_int,
    ) -> c_int;

    fn XDrawImageString(
        #[opaque] display: *mut Display,
        d: Drawable,
        gc: GC,
        x: c_int,
        y: c_int,
        #[input] #[nonnull] #[sized_by(length)] string: *const c_char,
        length: c_int,
    ) -> c_int;

    fn XDrawString16(
        #[opaque] display: *mut Display,
        d: Drawable,
        gc: GC,
        x: c_int,
        y: c_int,
        #[input] #[nonnull] #[counted_by(length)] string: *const XChar2b,
        length: c_int,
    ) -> c_int;

    fn XDrawImageString16(
        #[opaque] display: *mut Display,
        d: Drawable,
        gc: GC,
        x: c_int,
        y: c_int,
        #[input] #[nonnull] #[counted_by(length)] string: *const XChar2b,
        length: c_int,
    ) -> c_int;

    fn XDrawLines(
        #[opaque] display: *mut Display,
        d: Drawable,
        gc: GC,
        #[input] #[nonnull] #[counted_by(npoints)] points: *mut XPoint,
        npoints: c_int,
        mode: c_int,
    ) -> c_int;

    fn XDrawPoints(
        #[opaque] display: *mut Display,
        d: Drawable,
        gc: GC,
        #[input] #[nonnull] #[counted_by(npoints)] points: *mut XPoint,
        npoints: c_int,
        mode: c_int,
    ) -> c_int;

    fn XFillPolygon(
        #[opaque] display: *mut Display,
        d: Drawable,
        gc: GC,
        #[input] #[nonnull] #[counted_by(npoints)] points: *mut XPoint,
        npoints: c_int,
        shape: c_int,
        mode: c_int,
    ) -> c_int;

    fn XDrawRectangles(
        #[opaque] display: *mut Display,
        d: Drawable,
        gc: GC,
        #[input] #[nonnull] #[counted_by(nrectangles)] rectangles: *mut XRectangle,
        nrectangles: c_int,
    ) -> c_int;

    fn XFillRectangles(
        #[opaque] display: *mut Display,
        d: Drawable,
        gc: GC,
        #[input] #[nonnull] #[counted_by(nrectangles)] rectangles: *mut XRectangle,
        nrectangles: c_int,
    ) -> c_int;

    fn XDrawSegments(
        #[opaque] display: *mut Display,
        d: Drawable,
        gc: GC,
        #[input] #[nonnull] #[counted_by(nsegments)] segments: *mut XSegment,
        nsegments: c_int,
    ) -> c_int;

    fn XDrawArcs(
        #[opaque] display: *mut Display,
        d: Drawable,
        gc: GC,
        #[input] #[nonnull] #[counted_by(narcs)] arcs: *mut XArc,
        narcs: c_int,
    ) -> c_int;

    fn XFillArcs(
        #[opaque] display: *mut Display,
        d: Drawable,
        gc: GC,
        #[input] #[nonnull] #[counted_by(narcs)] arcs: *mut XArc,
        narcs: c_int,
    ) -> c_int;

    fn XSetClipRectangles(
        #[opaque] display: *mut Display,
        gc: GC,
        clip_x_origin: c_int,
        clip_y_origin: c_int,
        #[input] #[nonnull] #[counted_by(n)] rectangles: *mut XRectangle,
        n: c_int,
        ordering: c_int,
    ) -> c_int;

    fn XSetDashes(
        #[opaque] display: *mut Display,
        gc: GC,
        dash_offset: c_int,
        #[input] #[nonnull] #[sized_by(n)] dash_list: *const c_char,
        n: c_int,
    ) -> c_int;

    #[returns(owned, free = XFreeGC, nullable, opaque)]
    fn XCreateGC(
        #[opaque] display: *mut Display,
        d: Drawable,
        valuemask: c_ulong,
        #[input] #[nullable] #[one] values: *mut XGCValues,
    ) -> GC;

    fn XChangeGC(
        #[opaque] display: *mut Display,
        gc: GC,
        valuemask: c_ulong,
        #[input] #[nullable] #[one] values: *mut XGCValues,
    ) -> c_int;

    fn XGetGCValues(
        #[opaque] display: *mut Display,
        gc: GC,
        valuemask: c_ulong,
        #[out] #[nonnull] #[one] values_return: *mut XGCValues,
    ) -> c_int;

    #[returns(owned, free = XFreeFont, nullable, opaque)]
    #[calls_back]
    fn XLoadQueryFont(
        #[opaque] display: *mut Display,
        #[input] #[nonnull] #[null_terminated] name: *const c_char,
    ) -> *mut XFontStruct;

    fn XFreeFont(#[opaque] display: *mut Display, #[opaque] #[transfer] font_struct: *mut XFontStruct) -> c_int;

    fn XLoadFont(
        #[opaque] display: *mut Display,
        #[input] #[nonnull] #[null_terminated] name: *const c_char,
    ) -> Font;

    #[returns(owned, free = XFreeFontNames, nullable, counted_by(*actual_count_return))]
    #[calls_back]
    fn XListFonts(
        #[opaque] display: *mut Display,
        #[input] #[nonnull] #[null_terminated] pattern: *const c_char,
        maxnames: c_int,
        #[out] #[nonnull] #[one] actual_count_return: *mut c_int,
    ) -> *mut *mut c_char;

    fn XFreeFontNames(#[opaque] #[nullable] #[transfer] list: *mut *mut c_char) -> c_int;

    fn XTextWidth(
        #[opaque] font_struct: *mut XFontStruct,
        #[input] #[nonnull] #[sized_by(count)] string: *const c_char,
        count: c_int,
    ) -> c_int;
}

// Colours.
unsafe extern "C" {
    #[calls_back]
    fn XAllocColor(
        #[opaque] display: *mut Display,
        colormap: Colormap,
        #[inout] #[nonnull] #[one] screen_in_out: *mut XColor,
    ) -> c_int;

    #[calls_back]
    fn XAllocNamedColor(
        #[opaque] display: *mut Display,
        colormap: Colormap,
        #[input] #[nonnull] #[null_terminated] color_name: *const c_char,
        #[out] #[nonnull] #[one] screen_def_return: *mut XColor,
        #[out] #[nonnull] #[one] exact_def_return: *mut XColor,
    ) -> c_int;

    #[calls_back]
    fn XLookupColor(
        #[opaque] display: *mut Display,
        colormap: Colormap,
        #[input] #[nonnull] #[null_terminated] color_name: *const c_char,
        #[out] #[nonnull] #[one] exact_def_return: *mut XColor,
        #[out] #[nonnull] #[one] screen_def_return: *mut XColor,
    ) -> c_int;

    #[calls_back]
    fn XParseColor(
        #[opaque] display: *mut Display,
        colormap: Colormap,
        #[input] #[nonnull] #[null_terminated] spec: *const c_char,
        #[out] #[nonnull] #[one] exact_def_return: *mut XColor,
    ) -> c_int;

    #[calls_back]
    fn XQueryColor(
        #[opaque] display: *mut Display,
        colormap: Colormap,
        #[inout] #[nonnull] #[one] def_in_out: *mut XColor,
    ) -> c_int;

    #[calls_back]
    fn XQueryColors(
        #[opaque] display: *mut Display,
        colormap: Colormap,
        #[inout] #[nonnull] #[counted_by(ncolors)] defs_in_out: *mut XColor,
        ncolors: c_int,
    ) -> c_int;

    fn XStoreColor(
        #[opaque] display: *mut Display,
        colormap: Colormap,
        #[input] #[nonnull] #[one] color: *mut XColor,
    ) -> c_int;

    fn XStoreColors(
        #[opaque] display: *mut Display,
        colormap: Colormap,
        #[input] #[nonnull] #[counted_by(ncolors)] color: *mut XColor,
        ncolors: c_int,
    ) -> c_int;

    fn XFreeColors(
        #[opaque] display: *mut Display,
        colormap: Colormap,
        #[input] #[nonnull] #[counted_by(npixels)] pixels: *mut c_ulong,
        npixels: c_int,
        planes: c_ulong,
    ) -> c_int;

    #[calls_back]
    fn XAllocColorCells(
        #[opaque] display: *mut Display,
        colormap: Colormap,
        contig: c_int,
        #[out] #[nonnull] #[counted_by(nplanes)] plane_masks_return: *mut c_ulong,
        nplanes: c_uint,
        #[out] #[nonnull] #[counted_by(npixels)] pixels_return: *mut c_ulong,
        npixels: c_uint,
    ) -> c_int;

    fn XParseGeometry(
        #[input] #[nullable] #[null_terminated] parsestring: *const c_char,
        #[out] #[nonnull] #[one] x_return: *mut c_int,
        #[out] #[nonnull] #[one] y_return: *mut c_int,
        #[out] #[nonnull] #[one] width_return: *mut c_uint,
        #[out] #[nonnull] #[one] height_return: *mut c_uint,
    ) -> c_int;
}

// Xutil.h: hints for the window manager. XStringListToTextProperty allocates the value, which XFree
// releases; the text lists have functions of their own.
unsafe extern "C" {
    #[returns(owned, free = XFree, nullable, one)]
    fn XAllocSizeHints() -> *mut XSizeHints;

    #[returns(owned, free = XFree, nullable, one)]
    fn XAllocWMHints() -> *mut XWMHints;

    #[returns(owned, free = XFree, nullable, one)]
    fn XAllocClassHint() -> *mut XClassHint;

    #[returns(owned, free = XFree, nullable, one)]
    fn XAllocStandardColormap() -> *mut XStandardColormap;

    #[returns(owned, free = XFree, nullable, one)]
    fn XAllocIconSize() -> *mut XIconSize;

    fn XSetClassHint(
        #[opaque] display: *mut Display,
        w: Window,
        #[input] #[nonnull] #[one] #[flow_through] class_hints: *mut XClassHint,
    ) -> c_int;

    #[calls_back]
    fn XGetClassHint(
        #[opaque] display: *mut Display,
        w: Window,
        #[out] #[nonnull] #[one] class_hints_return: *mut XClassHint,
    ) -> c_int;

    fn XSetWMHints(
        #[opaque] display: *mut Display,
        w: Window,
        #[input] #[nonnull] #[one] wm_hints: *mut XWMHints,
    ) -> c_int;

    #[returns(owned, free = XFree, nullable, one)]
    #[calls_back]
    fn XGetWMHints(#[opaque] display: *mut Display, w: Window) -> *mut XWMHints;

    fn XSetWMNormalHints(
        #[opaque] display: *mut Display,
        w: Window,
        #[input] #[nonnull] #[one] hints: *mut XSizeHints,
    );

    #[calls_back]
    fn XGetWMNormalHints(
        #[opaque] display: *mut Display,
        w: Window,
        #[out] #[nonnull] #[one] hints_return: *mut XSizeHints,
        #[out] #[nonnull] #[one] supplied_return: *mut c_long,
    ) -> c_int;

    fn XSetTextProperty(
        #[opaque] display: *mut Display,
        w: Window,
        #[input] #[nonnull] #[one] #[flow_through] text_prop: *mut XTextProperty,
        property: Atom,
    );

    fn XSetWMName(
        #[opaque] display: *mut Display,
        w: Window,
        #[input] #[nonnull] #[one] #[flow_through] text_prop: *mut XTextProperty,
    );

    fn XSetWMIconName(
        #[opaque] display: *mut Display,
        w: Window,
        #[input] #[nonnull] #[one] #[flow_through] text_prop: *mut XTextProperty,
    );

    fn XSetWMClientMachine(
        #[opaque] display: *mut Display,
        w: Window,
        #[input] #[nonnull] #[one] #[flow_through] text_prop: *mut XTextProperty,
    );

    #[calls_back]
    fn XGetTextProperty(
        #[opaque] display: *mut Display,
        window: Window,
        #[out] #[nonnull] #[one] text_prop_return: *mut XTextProperty,
        property: Atom,
    ) -> c_int;

    #[calls_back]
    fn XGetWMName(
        #[opaque] display: *mut Display,
        w: Window,
        #[out] #[nonnull] #[one] text_prop_return: *mut XTextProperty,
    ) -> c_int;

    fn XStringListToTextProperty(
        #[input] #[nonnull] #[counted_by(count)] #[flow_through] #[pointee(input, nullable, null_terminated)] list: *mut *mut c_char,
        count: c_int,
        #[out] #[nonnull] #[one] text_prop_return: *mut XTextProperty,
    ) -> c_int;

    fn XTextPropertyToStringList(
        #[input] #[nonnull] #[one] #[flow_through] text_prop: *mut XTextProperty,
        #[out] #[nonnull] #[one] #[pointee(owned, free = XFreeStringList, nullable, counted_by(*count_return))] list_return: *mut *mut *mut c_char,
        #[out] #[nonnull] #[one] count_return: *mut c_int,
    ) -> c_int;

    #[success(result >= 0)]
    fn Xutf8TextPropertyToTextList(
        #[opaque] display: *mut Display,
        #[input] #[nonnull] #[one] #[flow_through] text_prop: *const XTextProperty,
        #[out] #[nonnull] #[one] #[pointee(owned, free = XFreeStringList, nullable, counted_by(*count_return))] list_return: *mut *mut *mut c_char,
        #[out] #[nonnull] #[one] count_return: *mut c_int,
    ) -> c_int;

    #[success(result >= 0)]
    fn XmbTextPropertyToTextList(
        #[opaque] display: *mut Display,
        #[input] #[nonnull] #[one] #[flow_through] text_prop: *const XTextProperty,
        #[out] #[nonnull] #[one] #[pointee(owned, free = XFreeStringList, nullable, counted_by(*count_return))] list_return: *mut *mut *mut c_char,
        #[out] #[nonnull] #[one] count_return: *mut c_int,
    ) -> c_int;

    fn XSetWMProperties(
        #[opaque] display: *mut Display,
        w: Window,
        #[input] #[nullable] #[one] #[flow_through] window_name: *mut XTextProperty,
        #[input] #[nullable] #[one] #[flow_through] icon_name: *mut XTextProperty,
        #[input] #[nullable] #[counted_by(argc)] #[flow_through] #[pointee(input, nonnull, null_terminated)] argv: *mut *mut c_char,
        argc: c_int,
        #[input] #[nullable] #[one] normal_hints: *mut XSizeHints,
        #[input] #[nullable] #[one] wm_hints: *mut XWMHints,
        #[input] #[nullable] #[one] #[flow_through] class_hints: *mut XClassHint,
    );

    fn XmbSetWMProperties(
        #[opaque] display: *mut Display,
        w: Window,
        #[input] #[nullable] #[null_terminated] window_name: *const c_char,
        #[input] #[nullable] #[null_terminated] icon_name: *const c_char,
        #[input] #[nullable] #[counted_by(argc)] #[flow_through] #[pointee(input, nonnull, null_terminated)] argv: *mut *mut c_char,
        argc: c_int,
        #[inout] #[nullable] #[one] normal_hints: *mut XSizeHints,
        #[inout] #[nullable] #[one] wm_hints: *mut XWMHints,
        #[input] #[nullable] #[one] #[flow_through] class_hints: *mut XClassHint,
    );

    fn Xutf8SetWMProperties(
        #[opaque] display: *mut Display,
        w: Window,
        #[input] #[nullable] #[null_terminated] window_name: *const c_char,
        #[input] #[nullable] #[null_terminated] icon_name: *const c_char,
        #[input] #[nullable] #[counted_by(argc)] #[flow_through] #[pointee(input, nonnull, null_terminated)] argv: *mut *mut c_char,
        argc: c_int,
        #[inout] #[nullable] #[one] normal_hints: *mut XSizeHints,
        #[inout] #[nullable] #[one] wm_hints: *mut XWMHints,
        #[input] #[nullable] #[one] #[flow_through] class_hints: *mut XClassHint,
    );

    fn XSetStandardProperties(
        #[opaque] display: *mut Display,
        w: Window,
        #[input] #[nullable] #[null_terminated] window_name: *const c_char,
        #[input] #[nullable] #[null_terminated] icon_name: *const c_char,
        icon_pixmap: Pixmap,
        #[input] #[nullable] #[counted_by(argc)] #[flow_through] #[pointee(input, nonnull, null_terminated)] argv: *mut *mut c_char,
        argc: c_int,
        #[input] #[nullable] #[one] hints: *mut XSizeHints,
    ) -> c_int;

    #[returns(owned, free = XFree, nullable, counted_by(*nitems_return))]
    fn XGetVisualInfo(
        #[opaque] display: *mut Display,
        vinfo_mask: c_long,
        #[input] #[nonnull] #[one] vinfo_template: *mut XVisualInfo,
        #[out] #[nonnull] #[one] nitems_return: *mut c_int,
    ) -> *mut XVisualInfo;

    fn XMatchVisualInfo(
        #[opaque] display: *mut Display,
        screen: c_int,
        depth: c_int,
        class: c_int,
        #[out] #[nonnull] #[one] vinfo_return: *mut XVisualInfo,
    ) -> c_int;
}
