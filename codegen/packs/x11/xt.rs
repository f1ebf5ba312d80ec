//! Pointer contracts of `<X11/Intrinsic.h>`: callbacks of widgets.
// See the manual "X Toolkit Intrinsics", chapter 8, and the page XtAddCallback(3).
//
// A widget keeps each function with its closure until they are removed, or the widget is destroyed: that may wait
// until the dispatching of an event is over. The closure may be any pointer or number. Names become quarks, and a
// list of callbacks is copied.

struct _XtCallbackRec {
    #[callback(userdata = closure, scope = notified, destroy = XtRemoveCallbacks)] callback: XtCallbackProc,
    #[nullable] #[address] closure: XtPointer,
}

unsafe extern "C" {
    fn XtAddCallback(
        #[opaque] widget: Widget,
        #[input] #[nonnull] #[null_terminated] #[noescape] callback_name: *const c_char,
        #[callback(userdata = closure, scope = notified, destroy = XtRemoveCallback)] callback: XtCallbackProc,
        #[nullable] #[address]
        // A widget has many, and its own callbacks are called after XtDestroyWidget too, so none of the
        // functions that remove some is an end.
        #[retained(forever)]
        closure: XtPointer,
    );

    fn XtRemoveCallback(
        #[opaque] widget: Widget,
        #[input] #[nonnull] #[null_terminated] #[noescape] callback_name: *const c_char,
        callback: XtCallbackProc,
        #[nullable] #[address] #[noescape] closure: XtPointer,
    );

    // A list ends with a null function.
    fn XtAddCallbacks(
        #[opaque] widget: Widget,
        #[input] #[nonnull] #[null_terminated] #[noescape] callback_name: *const c_char,
        #[input] #[nonnull] #[noescape] callbacks: XtCallbackList,
    );

    fn XtRemoveCallbacks(
        #[opaque] widget: Widget,
        #[input] #[nonnull] #[null_terminated] #[noescape] callback_name: *const c_char,
        #[input] #[nonnull] #[noescape] callbacks: XtCallbackList,
    );

    fn XtRemoveAllCallbacks(
        #[opaque] widget: Widget,
        #[input] #[nonnull] #[null_terminated] #[noescape] callback_name: *const c_char,
    );

    fn XtCallCallbacks(
        #[opaque] widget: Widget,
        #[input] #[nonnull] #[null_terminated] #[noescape] callback_name: *const c_char,
        #[nullable] #[address] #[noescape] call_data: XtPointer,
    );

    fn XtDestroyWidget(#[opaque] widget: Widget);
}
