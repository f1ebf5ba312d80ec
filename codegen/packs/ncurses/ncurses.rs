//! Pointer contracts of `<ncurses.h>, <menu.h> and <form.h>`.
