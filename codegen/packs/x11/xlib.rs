//! Pointer contracts of `<X11/Xlib.h> and <X11/Xutil.h>`.
