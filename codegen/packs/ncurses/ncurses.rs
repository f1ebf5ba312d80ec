//! Pointer contracts of `<ncurses.h>, <menu.h> and <form.h>`.
// See the headers and manual pages of ncurses 6.4; each group names its page. <panel.h> is here too.
//
// Conventions of this file:
//  * Windows, screens, items, menus, fields, forms and panels are the library's: `opaque`.
//  * So is `#[out] #[opaque]`, `#[input] #[opaque]`: a buffer of the caller's whose extent no parameter tells.
//  * User pointers may be any pointer or number.
//  * The headers name no parameters; the names are those of the manual, `argN` where nothing refers to them.

// curs_addstr(3x), curs_addchstr(3x), curs_insstr(3x). With a count the text may end at a zero before it, or
// go on behind it, so no extent holds.
unsafe extern "C" {
    fn addstr(#[input] #[null_terminated] str: *const c_char) -> c_int;

    fn mvaddstr(arg1: c_int, arg2: c_int, #[input] #[null_terminated] str: *const c_char) -> c_int;

    fn waddstr(#[opaque] win: *mut WINDOW, #[input] #[null_terminated] str: *const c_char) -> c_int;

    fn mvwaddstr(
        #[opaque] win: *mut WINDOW,
        arg2: c_int,
        arg3: c_int,
        #[input] #[null_terminated] str: *const c_char,
    ) -> c_int;

    fn addnstr(#[input] #[opaque] str: *const c_char, n: c_int) -> c_int;

    fn mvaddnstr(arg1: c_int, arg2: c_int, #[input] #[opaque] str: *const c_char, n: c_int) -> c_int;

    fn waddnstr(#[opaque] win: *mut WINDOW, #[input] #[opaque] str: *const c_char, n: c_int) -> c_int;

    fn mvwaddnstr(
        #[opaque] win: *mut WINDOW,
        arg2: c_int,
        arg3: c_int,
        #[input] #[opaque] str: *const c_char,
        n: c_int,
    ) -> c_int;

    fn insstr(#[input] #[null_terminated] str: *const c_char) -> c_int;

    fn mvinsstr(arg1: c_int, arg2: c_int, #[input] #[null_terminated] str: *const c_char) -> c_int;

    fn winsstr(#[opaque] win: *mut WINDOW, #[input] #[null_terminated] str: *const c_char) -> c_int;

    fn mvwinsstr(
        #[opaque] win: *mut WINDOW,
        arg2: c_int,
        arg3: c_int,
        #[input] #[null_terminated] str: *const c_char,
    ) -> c_int;

    fn insnstr(#[input] #[opaque] str: *const c_char, n: c_int) -> c_int;

    fn mvinsnstr(arg1: c_int, arg2: c_int, #[input] #[opaque] str: *const c_char, n: c_int) -> c_int;

    fn winsnstr(#[opaque] win: *mut WINDOW, #[input] #[opaque] str: *const c_char, n: c_int) -> c_int;

    fn mvwinsnstr(
        #[opaque] win: *mut WINDOW,
        arg2: c_int,
        arg3: c_int,
        #[input] #[opaque] str: *const c_char,
        n: c_int,
    ) -> c_int;

    fn addchstr(#[input] #[null_terminated] chstr: *const chtype) -> c_int;

    fn mvaddchstr(arg1: c_int, arg2: c_int, #[input] #[null_terminated] chstr: *const chtype) -> c_int;

    fn waddchstr(#[opaque] win: *mut WINDOW, #[input] #[null_terminated] chstr: *const chtype) -> c_int;

    fn mvwaddchstr(
        #[opaque] win: *mut WINDOW,
        arg2: c_int,
        arg3: c_int,
        #[input] #[null_terminated] chstr: *const chtype,
    ) -> c_int;

    fn addchnstr(#[input] #[opaque] chstr: *const chtype, n: c_int) -> c_int;

    fn mvaddchnstr(arg1: c_int, arg2: c_int, #[input] #[opaque] chstr: *const chtype, n: c_int) -> c_int;

    fn waddchnstr(#[opaque] win: *mut WINDOW, #[input] #[opaque] chstr: *const chtype, n: c_int) -> c_int;

    fn mvwaddchnstr(
        #[opaque] win: *mut WINDOW,
        arg2: c_int,
        arg3: c_int,
        #[input] #[opaque] chstr: *const chtype,
        n: c_int,
    ) -> c_int;
}

// curs_getstr(3x), curs_instr(3x), curs_inchstr(3x). A zero follows the n characters; a negative n
// stands for the rest of the line. Without n nothing bounds the text.
unsafe extern "C" {
    fn getnstr(#[out] #[sized_by(n + min(n + 1, 1))] str: *mut c_char, n: c_int) -> c_int;

    fn mvgetnstr(
        arg1: c_int,
        arg2: c_int,
        #[out] #[sized_by(n + min(n + 1, 1))] str: *mut c_char,
        n: c_int,
    ) -> c_int;

    fn wgetnstr(
        #[opaque] win: *mut WINDOW,
        #[out] #[sized_by(n + min(n + 1, 1))] str: *mut c_char,
        n: c_int,
    ) -> c_int;

    fn mvwgetnstr(
        #[opaque] win: *mut WINDOW,
        arg2: c_int,
        arg3: c_int,
        #[out] #[sized_by(n + min(n + 1, 1))] str: *mut c_char,
        n: c_int,
    ) -> c_int;

    fn getstr(#[out] #[opaque] str: *mut c_char) -> c_int;

    fn mvgetstr(arg1: c_int, arg2: c_int, #[out] #[opaque] str: *mut c_char) -> c_int;

    fn wgetstr(#[opaque] win: *mut WINDOW, #[out] #[opaque] str: *mut c_char) -> c_int;

    fn mvwgetstr(#[opaque] win: *mut WINDOW, arg2: c_int, arg3: c_int, #[out] #[opaque] str: *mut c_char) -> c_int;

    fn innstr(#[out] #[sized_by(n + min(n + 1, 1))] str: *mut c_char, n: c_int) -> c_int;

    fn mvinnstr(
        arg1: c_int,
        arg2: c_int,
        #[out] #[sized_by(n + min(n + 1, 1))] str: *mut c_char,
        n: c_int,
    ) -> c_int;

    fn winnstr(
        #[opaque] win: *mut WINDOW,
        #[out] #[sized_by(n + min(n + 1, 1))] str: *mut c_char,
        n: c_int,
    ) -> c_int;

    fn mvwinnstr(
        #[opaque] win: *mut WINDOW,
        arg2: c_int,
        arg3: c_int,
        #[out] #[sized_by(n + min(n + 1, 1))] str: *mut c_char,
        n: c_int,
    ) -> c_int;

    fn instr(#[out] #[opaque] str: *mut c_char) -> c_int;

    fn mvinstr(arg1: c_int, arg2: c_int, #[out] #[opaque] str: *mut c_char) -> c_int;

    fn winstr(#[opaque] win: *mut WINDOW, #[out] #[opaque] str: *mut c_char) -> c_int;

    fn mvwinstr(#[opaque] win: *mut WINDOW, arg2: c_int, arg3: c_int, #[out] #[opaque] str: *mut c_char) -> c_int;

    fn inchnstr(#[out] #[counted_by(n + min(n + 1, 1))] chstr: *mut chtype, n: c_int) -> c_int;

    fn mvinchnstr(
        arg1: c_int,
        arg2: c_int,
        #[out] #[counted_by(n + min(n + 1, 1))] chstr: *mut chtype,
        n: c_int,
    ) -> c_int;

    fn winchnstr(
        #[opaque] win: *mut WINDOW,
        #[out] #[counted_by(n + min(n + 1, 1))] chstr: *mut chtype,
        n: c_int,
    ) -> c_int;

    fn mvwinchnstr(
        #[opaque] win: *mut WINDOW,
        arg2: c_int,
        arg3: c_int,
        #[out] #[counted_by(n + min(n + 1, 1))] chstr: *mut chtype,
        n: c_int,
    ) -> c_int;

    fn inchstr(#[out] #[opaque] chstr: *mut chtype) -> c_int;

    fn mvinchstr(arg1: c_int, arg2: c_int, #[out] #[opaque] chstr: *mut chtype) -> c_int;

    fn winchstr(#[opaque] win: *mut WINDOW, #[out] #[opaque] chstr: *mut chtype) -> c_int;

    fn mvwinchstr(
        #[opaque] win: *mut WINDOW,
        arg2: c_int,
        arg3: c_int,
        #[out] #[opaque] chstr: *mut chtype,
    ) -> c_int;
}

// curs_initscr(3x), curs_window(3x), curs_pad(3x).
unsafe extern "C" {
    #[returns(until = [delscreen], nullable, opaque)]
    #[calls_back]
    fn initscr() -> *mut WINDOW;

    #[returns(owned, free = delscreen, nullable, opaque)]
    #[calls_back]
    fn newterm(
        #[input] #[nullable] #[null_terminated] type_: *const c_char,
        #[opaque] outf: *mut FILE,
        #[opaque] inf: *mut FILE,
    ) -> *mut SCREEN;

    #[returns(nullable, opaque)]
    fn set_term(#[opaque] sp: *mut SCREEN) -> *mut SCREEN;

    fn delscreen(#[opaque] #[transfer] sp: *mut SCREEN);

    #[returns(owned, free = delwin, nullable, opaque)]
    fn newwin(arg1: c_int, arg2: c_int, arg3: c_int, arg4: c_int) -> *mut WINDOW;

    #[returns(owned, free = delwin, nullable, opaque)]
    fn subwin(#[opaque] win: *mut WINDOW, arg2: c_int, arg3: c_int, arg4: c_int, arg5: c_int) -> *mut WINDOW;

    #[returns(owned, free = delwin, nullable, opaque)]
    fn derwin(#[opaque] win: *mut WINDOW, arg2: c_int, arg3: c_int, arg4: c_int, arg5: c_int) -> *mut WINDOW;

    #[returns(owned, free = delwin, nullable, opaque)]
    fn dupwin(#[opaque] win: *mut WINDOW) -> *mut WINDOW;

    #[returns(owned, free = delwin, nullable, opaque)]
    fn newpad(arg1: c_int, arg2: c_int) -> *mut WINDOW;

    #[returns(owned, free = delwin, nullable, opaque)]
    fn subpad(#[opaque] win: *mut WINDOW, arg2: c_int, arg3: c_int, arg4: c_int, arg5: c_int) -> *mut WINDOW;

    #[returns(owned, free = delwin, nullable, opaque)]
    fn getwin(#[opaque] file: *mut FILE) -> *mut WINDOW;

    // A window with subwindows is not deleted.
    #[success(result == 0)]
    fn delwin(#[opaque] #[transfer(on(success))] win: *mut WINDOW) -> c_int;

    #[returns(nullable, opaque)]
    fn wgetparent(#[opaque] win: *const WINDOW) -> *mut WINDOW;

    // A line of the next screen, at the top (above 0) or at the bottom: newterm and initscr call `init` with its window, and its width.
    // Up to five. What it gives is not looked at.
    fn ripoffline(
        line: c_int,
        #[nonnull] #[callback(scope = async, on_panic = 0)]
        init: Option<unsafe extern "C" fn(#[opaque] win: *mut WINDOW, columns: c_int) -> c_int>,
    ) -> c_int;

    // What is written goes to `putc`, a character at a time.
    fn vidputs(
        attrs: chtype,
        #[nonnull] #[callback(scope = call, on_panic = -1)] putc: Option<unsafe extern "C" fn(character: c_int) -> c_int>,
    ) -> c_int;

    fn use_window(
        #[opaque] win: *mut WINDOW,
        #[nonnull] #[callback(userdata = data, scope = call, on_panic = -1)]
        func: Option<unsafe extern "C" fn(#[opaque] win: *mut WINDOW, data: *mut c_void) -> c_int>,
        #[opaque] data: *mut c_void,
    ) -> c_int;

    fn use_screen(
        #[opaque] sp: *mut SCREEN,
        #[nonnull] #[callback(userdata = data, scope = call, on_panic = -1)]
        func: Option<unsafe extern "C" fn(#[opaque] sp: *mut SCREEN, data: *mut c_void) -> c_int>,
        #[opaque] data: *mut c_void,
    ) -> c_int;

    fn scr_dump(#[input] #[null_terminated] filename: *const c_char) -> c_int;

    fn scr_restore(#[input] #[null_terminated] filename: *const c_char) -> c_int;

    fn scr_init(#[input] #[null_terminated] filename: *const c_char) -> c_int;

    fn scr_set(#[input] #[null_terminated] filename: *const c_char) -> c_int;
}

// curs_attr(3x), curs_color(3x), curs_mouse(3x), curs_opaque(3x). The last argument of the attribute functions is
// null, or an extended pair.
unsafe extern "C" {
    fn attr_get(
        #[out] #[nullable] #[one] attrs: *mut attr_t,
        #[out] #[nullable] #[one] pair: *mut c_short,
        #[opaque] opts: *mut c_void,
    ) -> c_int;

    fn wattr_get(
        #[opaque] win: *mut WINDOW,
        #[out] #[nullable] #[one] attrs: *mut attr_t,
        #[out] #[nullable] #[one] pair: *mut c_short,
        #[opaque] opts: *mut c_void,
    ) -> c_int;

    fn attr_on(arg1: attr_t, #[opaque] opts: *mut c_void) -> c_int;

    fn attr_off(arg1: attr_t, #[opaque] opts: *mut c_void) -> c_int;

    fn attr_set(arg1: attr_t, arg2: c_short, #[opaque] opts: *mut c_void) -> c_int;

    fn wattr_on(#[opaque] win: *mut WINDOW, arg2: attr_t, #[opaque] opts: *mut c_void) -> c_int;

    fn wattr_off(#[opaque] win: *mut WINDOW, arg2: attr_t, #[opaque] opts: *mut c_void) -> c_int;

    fn wattr_set(#[opaque] win: *mut WINDOW, arg2: attr_t, arg3: c_short, #[opaque] opts: *mut c_void) -> c_int;

    fn color_set(arg1: c_short, #[opaque] opts: *mut c_void) -> c_int;

    fn wcolor_set(#[opaque] win: *mut WINDOW, arg2: c_short, #[opaque] opts: *mut c_void) -> c_int;

    fn chgat(arg1: c_int, arg2: attr_t, arg3: c_short, #[opaque] opts: *const c_void) -> c_int;

    fn wchgat(
        #[opaque] win: *mut WINDOW,
        arg2: c_int,
        arg3: attr_t,
        arg4: c_short,
        #[opaque] opts: *const c_void,
    ) -> c_int;

    fn mvchgat(
        arg1: c_int,
        arg2: c_int,
        arg3: c_int,
        arg4: attr_t,
        arg5: c_short,
        #[opaque] opts: *const c_void,
    ) -> c_int;

    fn mvwchgat(
        #[opaque] win: *mut WINDOW,
        arg2: c_int,
        arg3: c_int,
        arg4: c_int,
        arg5: attr_t,
        arg6: c_short,
        #[opaque] opts: *const c_void,
    ) -> c_int;

    #[success(result == 0)]
    fn color_content(
        arg1: c_short,
        #[out] #[one] r: *mut c_short,
        #[out] #[one] g: *mut c_short,
        #[out] #[one] b: *mut c_short,
    ) -> c_int;

    #[success(result == 0)]
    fn pair_content(arg1: c_short, #[out] #[one] f: *mut c_short, #[out] #[one] b: *mut c_short) -> c_int;

    #[success(result == 0)]
    fn getmouse(#[out] #[one] event: *mut MEVENT) -> c_int;

    #[success(result == 0)]
    fn ungetmouse(#[inout] #[one] event: *mut MEVENT) -> c_int;

    fn mousemask(arg1: mmask_t, #[out] #[nullable] #[one] oldmask: *mut mmask_t) -> mmask_t;

    fn mouse_trafo(#[inout] #[one] py: *mut c_int, #[inout] #[one] px: *mut c_int, arg3: bool) -> bool;

    fn wmouse_trafo(
        #[opaque] win: *const WINDOW,
        #[inout] #[one] py: *mut c_int,
        #[inout] #[one] px: *mut c_int,
        arg4: bool,
    ) -> bool;

    #[success(result == 0)]
    fn wgetscrreg(
        #[opaque] win: *const WINDOW,
        #[out] #[one] top: *mut c_int,
        #[out] #[one] bottom: *mut c_int,
    ) -> c_int;
}

// curs_slk(3x), curs_util(3x), curs_termattrs(3x), curs_terminfo(3x), define_key(3x). tigetstr also gives -1.
unsafe extern "C" {
    #[success(result == 0)]
    fn slk_set(arg1: c_int, #[input] #[nullable] #[null_terminated] label: *const c_char, arg3: c_int) -> c_int;

    #[returns(until = [slk_set, delscreen], nullable, null_terminated)]
    fn slk_label(arg1: c_int) -> *mut c_char;

    fn slk_attr_on(arg1: attr_t, #[opaque] opts: *mut c_void) -> c_int;

    fn slk_attr_off(arg1: attr_t, #[opaque] opts: *mut c_void) -> c_int;

    fn slk_attr_set(arg1: attr_t, arg2: c_short, #[opaque] opts: *mut c_void) -> c_int;

    #[returns(static, nullable, null_terminated)]
    fn keyname(arg1: c_int) -> *const c_char;

    #[returns(static, nullable, null_terminated)]
    fn unctrl(arg1: chtype) -> *const c_char;

    #[returns(static, nonnull, null_terminated)]
    fn curses_version() -> *const c_char;

    #[returns(until = [initscr, newterm, set_term, delscreen], nullable, null_terminated)]
    fn longname() -> *mut c_char;

    #[returns(until = [initscr, newterm, set_term, delscreen], nullable, null_terminated)]
    fn termname() -> *mut c_char;

    fn tigetflag(#[input] #[null_terminated] capname: *const c_char) -> c_int;

    fn tigetnum(#[input] #[null_terminated] capname: *const c_char) -> c_int;

    #[returns(nullable, opaque)]
    fn tigetstr(#[input] #[null_terminated] capname: *const c_char) -> *mut c_char;

    fn putp(#[input] #[nullable] #[null_terminated] str: *const c_char) -> c_int;

    fn define_key(#[input] #[nullable] #[null_terminated] definition: *const c_char, arg2: c_int) -> c_int;

    fn key_defined(#[input] #[null_terminated] definition: *const c_char) -> c_int;

    #[returns(owned, free = free, nullable, null_terminated)]
    fn keybound(arg1: c_int, arg2: c_int) -> *mut c_char;

    fn mcprint(#[input] #[sized_by(len)] data: *mut c_char, len: c_int) -> c_int;
}

// mitem_new(3x), menu_new(3x), menu_items(3x). The strings of an item and the array of items are kept as they
// are, without a copy; marks and patterns are copied. A connected item, and a posted menu, are not freed: the
// call fails.
unsafe extern "C" {
    #[returns(owned, free = free_item, nullable, opaque)]
    fn new_item(
        #[input] #[null_terminated] #[retained(by = result, until = [free_item(on(success))])] name: *const c_char,
        #[input] #[nullable] #[null_terminated] #[retained(by = result, until = [free_item(on(success))])] description: *const c_char,
    ) -> *mut ITEM;

    #[success(result == 0)]
    fn free_item(#[opaque] #[transfer(on(success))] item: *mut ITEM) -> c_int;

    #[returns(nullable, null_terminated)]
    fn item_name(#[opaque] item: *const ITEM) -> *const c_char;

    #[returns(nullable, null_terminated)]
    fn item_description(#[opaque] item: *const ITEM) -> *const c_char;

    #[success(result == 0)]
    fn set_item_userptr(#[opaque] item: *mut ITEM, #[opaque] userptr: *mut c_void) -> c_int;

    #[returns(nullable, opaque)]
    fn item_userptr(#[opaque] item: *const ITEM) -> *mut c_void;

    #[returns(owned, free = free_menu, nullable, opaque)]
    fn new_menu(
        #[input] #[nullable] #[null_terminated] #[pointee(nullable, opaque)] #[retained(by = result, until = [free_menu(on(success)), set_menu_items(on(success))])] items: *mut *mut ITEM,
    ) -> *mut MENU;

    #[success(result == 0)]
    fn set_menu_items(
        #[opaque] menu: *mut MENU,
        #[input] #[nullable] #[null_terminated] #[pointee(nullable, opaque)] #[retained(by = menu, until = [free_menu(on(success)), set_menu_items])] items: *mut *mut ITEM,
    ) -> c_int;

    #[returns(nullable, null_terminated, pointee(nullable, opaque))]
    fn menu_items(#[opaque] menu: *const MENU) -> *mut *mut ITEM;

    #[success(result == 0)]
    fn free_menu(#[opaque] #[transfer(on(success))] menu: *mut MENU) -> c_int;

    #[returns(nullable, opaque)]
    fn current_item(#[opaque] menu: *const MENU) -> *mut ITEM;

    #[returns(nullable, opaque)]
    fn menu_win(#[opaque] menu: *const MENU) -> *mut WINDOW;

    #[returns(nullable, opaque)]
    fn menu_sub(#[opaque] menu: *const MENU) -> *mut WINDOW;

    #[success(result == 0)]
    fn set_menu_mark(
        #[opaque] menu: *mut MENU,
        #[input] #[nullable] #[null_terminated] mark: *const c_char,
    ) -> c_int;

    #[returns(borrowed = menu, nullable, null_terminated)]
    fn menu_mark(#[opaque] menu: *const MENU) -> *const c_char;

    #[success(result == 0)]
    #[calls_back]
    fn set_menu_pattern(#[opaque] menu: *mut MENU, #[input] #[null_terminated] pattern: *const c_char) -> c_int;

    #[returns(borrowed = menu, nullable, null_terminated)]
    fn menu_pattern(#[opaque] menu: *const MENU) -> *mut c_char;

    #[success(result == 0)]
    fn set_menu_userptr(#[opaque] menu: *mut MENU, #[opaque] userptr: *mut c_void) -> c_int;

    #[returns(nullable, opaque)]
    fn menu_userptr(#[opaque] menu: *const MENU) -> *mut c_void;

    #[success(result == 0)]
    fn scale_menu(
        #[opaque] menu: *const MENU,
        #[out] #[nullable] #[one] rows: *mut c_int,
        #[out] #[nullable] #[one] columns: *mut c_int,
    ) -> c_int;

    fn menu_format(
        #[opaque] menu: *const MENU,
        #[out] #[nullable] #[one] rows: *mut c_int,
        #[out] #[nullable] #[one] columns: *mut c_int,
    );

    fn menu_spacing(
        #[opaque] menu: *const MENU,
        #[out] #[nullable] #[one] description: *mut c_int,
        #[out] #[nullable] #[one] rows: *mut c_int,
        #[out] #[nullable] #[one] columns: *mut c_int,
    ) -> c_int;

    fn menu_request_by_name(#[input] #[nullable] #[null_terminated] name: *const c_char) -> c_int;

    #[returns(static, nullable, null_terminated)]
    fn menu_request_name(arg1: c_int) -> *const c_char;

    #[success(result == 0)]
    fn set_menu_init(
        #[opaque] menu: *mut MENU,
        #[nullable] #[callback(scope = notified, destroy = free_menu)]
        func: Option<unsafe extern "C" fn(#[opaque] menu: *mut MENU)>,
    ) -> c_int;

    #[success(result == 0)]
    fn set_menu_term(
        #[opaque] menu: *mut MENU,
        #[nullable] #[callback(scope = notified, destroy = free_menu)]
        func: Option<unsafe extern "C" fn(#[opaque] menu: *mut MENU)>,
    ) -> c_int;

    #[success(result == 0)]
    fn set_item_init(
        #[opaque] menu: *mut MENU,
        #[nullable] #[callback(scope = notified, destroy = free_menu)]
        func: Option<unsafe extern "C" fn(#[opaque] menu: *mut MENU)>,
    ) -> c_int;

    #[success(result == 0)]
    fn set_item_term(
        #[opaque] menu: *mut MENU,
        #[nullable] #[callback(scope = notified, destroy = free_menu)]
        func: Option<unsafe extern "C" fn(#[opaque] menu: *mut MENU)>,
    ) -> c_int;
}

// form_field_new(3x), form_new(3x), form_field_buffer(3x). The array of fields is kept; what goes into a buffer
// is copied.
unsafe extern "C" {
    #[returns(owned, free = free_field, nullable, opaque)]
    fn new_field(arg1: c_int, arg2: c_int, arg3: c_int, arg4: c_int, arg5: c_int, arg6: c_int) -> *mut FIELD;

    #[returns(owned, free = free_field, nullable, opaque)]
    fn dup_field(#[opaque] field: *mut FIELD, arg2: c_int, arg3: c_int) -> *mut FIELD;

    #[returns(owned, free = free_field, nullable, opaque)]
    fn link_field(#[opaque] field: *mut FIELD, arg2: c_int, arg3: c_int) -> *mut FIELD;

    #[success(result == 0)]
    fn free_field(#[opaque] #[transfer(on(success))] field: *mut FIELD) -> c_int;

    #[success(result == 0)]
    fn set_field_buffer(
        #[opaque] field: *mut FIELD,
        arg2: c_int,
        #[input] #[null_terminated] #[noescape] value: *const c_char,
    ) -> c_int;

    #[returns(borrowed = field, nullable, null_terminated)]
    fn field_buffer(#[opaque] field: *const FIELD, arg2: c_int) -> *mut c_char;

    #[success(result == 0)]
    fn set_field_userptr(#[opaque] field: *mut FIELD, #[opaque] userptr: *mut c_void) -> c_int;

    #[returns(nullable, opaque)]
    fn field_userptr(#[opaque] field: *const FIELD) -> *mut c_void;

    #[returns(nullable, opaque)]
    fn field_arg(#[opaque] field: *const FIELD) -> *mut c_void;

    #[returns(nullable, opaque)]
    fn field_type(#[opaque] field: *const FIELD) -> *mut FIELDTYPE;

    #[success(result == 0)]
    fn field_info(
        #[opaque] field: *const FIELD,
        #[out] #[nullable] #[one] rows: *mut c_int,
        #[out] #[nullable] #[one] cols: *mut c_int,
        #[out] #[nullable] #[one] frow: *mut c_int,
        #[out] #[nullable] #[one] fcol: *mut c_int,
        #[out] #[nullable] #[one] nrow: *mut c_int,
        #[out] #[nullable] #[one] nbuf: *mut c_int,
    ) -> c_int;

    #[success(result == 0)]
    fn dynamic_field_info(
        #[opaque] field: *const FIELD,
        #[out] #[nullable] #[one] rows: *mut c_int,
        #[out] #[nullable] #[one] cols: *mut c_int,
        #[out] #[nullable] #[one] max: *mut c_int,
    ) -> c_int;

    #[returns(owned, free = free_form, nullable, opaque)]
    fn new_form(
        #[input] #[nullable] #[null_terminated] #[pointee(nullable, opaque)] #[retained(by = result, until = [free_form(on(success)), set_form_fields(on(success))])] fields: *mut *mut FIELD,
    ) -> *mut FORM;

    #[success(result == 0)]
    fn set_form_fields(
        #[opaque] form: *mut FORM,
        #[input] #[nullable] #[null_terminated] #[pointee(nullable, opaque)] #[retained(by = form, until = [free_form(on(success)), set_form_fields])] fields: *mut *mut FIELD,
    ) -> c_int;

    #[returns(nullable, null_terminated, pointee(nullable, opaque))]
    fn form_fields(#[opaque] form: *const FORM) -> *mut *mut FIELD;

    #[success(result == 0)]
    fn free_form(#[opaque] #[transfer(on(success))] form: *mut FORM) -> c_int;

    #[returns(nullable, opaque)]
    fn current_field(#[opaque] form: *const FORM) -> *mut FIELD;

    #[returns(nullable, opaque)]
    fn form_win(#[opaque] form: *const FORM) -> *mut WINDOW;

    #[returns(nullable, opaque)]
    fn form_sub(#[opaque] form: *const FORM) -> *mut WINDOW;

    #[success(result == 0)]
    fn set_form_userptr(#[opaque] form: *mut FORM, #[opaque] userptr: *mut c_void) -> c_int;

    #[returns(nullable, opaque)]
    fn form_userptr(#[opaque] form: *const FORM) -> *mut c_void;

    #[success(result == 0)]
    fn scale_form(
        #[opaque] form: *const FORM,
        #[out] #[nullable] #[one] rows: *mut c_int,
        #[out] #[nullable] #[one] cols: *mut c_int,
    ) -> c_int;

    fn form_request_by_name(#[input] #[nullable] #[null_terminated] name: *const c_char) -> c_int;

    #[returns(static, nullable, null_terminated)]
    fn form_request_name(arg1: c_int) -> *const c_char;

    // A type of fields: `field_check` sees a whole field that is left, `char_check` each character; 0 refuses.
    #[returns(owned, free = free_fieldtype, nullable, opaque)]
    fn new_fieldtype(
        #[nullable] #[callback(scope = notified, destroy = free_fieldtype, on_panic = 0)]
        field_check: Option<unsafe extern "C" fn(#[opaque] field: *mut FIELD, argument: *const c_void) -> bool>,
        #[nullable] #[callback(scope = notified, destroy = free_fieldtype, on_panic = 0)]
        char_check: Option<unsafe extern "C" fn(character: c_int, argument: *const c_void) -> bool>,
    ) -> *mut FIELDTYPE;

    // A type that a field has is not freed.
    #[success(result == 0)]
    fn free_fieldtype(#[opaque] #[transfer(on(success))] kind: *mut FIELDTYPE) -> c_int;

    #[success(result == 0)]
    fn set_form_init(
        #[opaque] form: *mut FORM,
        #[nullable] #[callback(scope = notified, destroy = free_form)]
        func: Option<unsafe extern "C" fn(#[opaque] form: *mut FORM)>,
    ) -> c_int;

    #[success(result == 0)]
    fn set_form_term(
        #[opaque] form: *mut FORM,
        #[nullable] #[callback(scope = notified, destroy = free_form)]
        func: Option<unsafe extern "C" fn(#[opaque] form: *mut FORM)>,
    ) -> c_int;

    #[success(result == 0)]
    fn set_field_init(
        #[opaque] form: *mut FORM,
        #[nullable] #[callback(scope = notified, destroy = free_form)]
        func: Option<unsafe extern "C" fn(#[opaque] form: *mut FORM)>,
    ) -> c_int;

    #[success(result == 0)]
    fn set_field_term(
        #[opaque] form: *mut FORM,
        #[nullable] #[callback(scope = notified, destroy = free_form)]
        func: Option<unsafe extern "C" fn(#[opaque] form: *mut FORM)>,
    ) -> c_int;
}

// panel(3x).
unsafe extern "C" {
    #[returns(owned, free = del_panel, nullable, opaque)]
    fn new_panel(#[opaque] win: *mut WINDOW) -> *mut PANEL;

    #[success(result == 0)]
    fn del_panel(#[opaque] #[transfer(on(success))] panel: *mut PANEL) -> c_int;

    #[returns(nullable, opaque)]
    fn panel_window(#[opaque] panel: *const PANEL) -> *mut WINDOW;

    #[returns(nullable, opaque)]
    fn panel_above(#[opaque] panel: *const PANEL) -> *mut PANEL;

    #[returns(nullable, opaque)]
    fn panel_below(#[opaque] panel: *const PANEL) -> *mut PANEL;

    #[success(result == 0)]
    fn set_panel_userptr(#[opaque] panel: *mut PANEL, #[opaque] userptr: *const c_void) -> c_int;

    #[returns(nullable, opaque)]
    fn panel_userptr(#[opaque] panel: *const PANEL) -> *const c_void;
}

// Functions of windows, menus, items, forms, fields and panels without other pointers.
unsafe extern "C" {
    fn clearok(#[opaque] win: *mut WINDOW, arg2: bool) -> c_int;

    fn copywin(
        #[opaque] win: *const WINDOW,
        #[opaque] arg2: *mut WINDOW,
        arg3: c_int,
        arg4: c_int,
        arg5: c_int,
        arg6: c_int,
        arg7: c_int,
        arg8: c_int,
        arg9: c_int,
    ) -> c_int;

    fn getbkgd(#[opaque] win: *mut WINDOW) -> chtype;

    fn idcok(#[opaque] win: *mut WINDOW, arg2: bool);

    fn idlok(#[opaque] win: *mut WINDOW, arg2: bool) -> c_int;

    fn immedok(#[opaque] win: *mut WINDOW, arg2: bool);

    fn intrflush(#[opaque] win: *mut WINDOW, arg2: bool) -> c_int;

    fn is_linetouched(#[opaque] win: *mut WINDOW, arg2: c_int) -> bool;

    fn is_wintouched(#[opaque] win: *mut WINDOW) -> bool;

    fn keypad(#[opaque] win: *mut WINDOW, arg2: bool) -> c_int;

    fn leaveok(#[opaque] win: *mut WINDOW, arg2: bool) -> c_int;

    fn meta(#[opaque] win: *mut WINDOW, arg2: bool) -> c_int;

    fn mvderwin(#[opaque] win: *mut WINDOW, arg2: c_int, arg3: c_int) -> c_int;

    fn mvwaddch(#[opaque] win: *mut WINDOW, arg2: c_int, arg3: c_int, arg4: chtype) -> c_int;

    fn mvwdelch(#[opaque] win: *mut WINDOW, arg2: c_int, arg3: c_int) -> c_int;

    fn mvwgetch(#[opaque] win: *mut WINDOW, arg2: c_int, arg3: c_int) -> c_int;

    fn mvwhline(#[opaque] win: *mut WINDOW, arg2: c_int, arg3: c_int, arg4: chtype, arg5: c_int) -> c_int;

    fn mvwin(#[opaque] win: *mut WINDOW, arg2: c_int, arg3: c_int) -> c_int;

    fn mvwinch(#[opaque] win: *mut WINDOW, arg2: c_int, arg3: c_int) -> chtype;

    fn mvwinsch(#[opaque] win: *mut WINDOW, arg2: c_int, arg3: c_int, arg4: chtype) -> c_int;

    fn mvwvline(#[opaque] win: *mut WINDOW, arg2: c_int, arg3: c_int, arg4: chtype, arg5: c_int) -> c_int;

    fn nodelay(#[opaque] win: *mut WINDOW, arg2: bool) -> c_int;

    fn notimeout(#[opaque] win: *mut WINDOW, arg2: bool) -> c_int;

    fn overlay(#[opaque] win: *const WINDOW, #[opaque] arg2: *mut WINDOW) -> c_int;

    fn overwrite(#[opaque] win: *const WINDOW, #[opaque] arg2: *mut WINDOW) -> c_int;

    fn pechochar(#[opaque] win: *mut WINDOW, arg2: chtype) -> c_int;

    fn pnoutrefresh(
        #[opaque] win: *mut WINDOW,
        arg2: c_int,
        arg3: c_int,
        arg4: c_int,
        arg5: c_int,
        arg6: c_int,
        arg7: c_int,
    ) -> c_int;

    fn prefresh(
        #[opaque] win: *mut WINDOW,
        arg2: c_int,
        arg3: c_int,
        arg4: c_int,
        arg5: c_int,
        arg6: c_int,
        arg7: c_int,
    ) -> c_int;

    fn redrawwin(#[opaque] win: *mut WINDOW) -> c_int;

    fn scroll(#[opaque] win: *mut WINDOW) -> c_int;

    fn scrollok(#[opaque] win: *mut WINDOW, arg2: bool) -> c_int;

    fn syncok(#[opaque] win: *mut WINDOW, arg2: bool) -> c_int;

    fn touchline(#[opaque] win: *mut WINDOW, arg2: c_int, arg3: c_int) -> c_int;

    fn touchwin(#[opaque] win: *mut WINDOW) -> c_int;

    fn untouchwin(#[opaque] win: *mut WINDOW) -> c_int;

    fn waddch(#[opaque] win: *mut WINDOW, arg2: chtype) -> c_int;

    fn wattron(#[opaque] win: *mut WINDOW, arg2: c_int) -> c_int;

    fn wattroff(#[opaque] win: *mut WINDOW, arg2: c_int) -> c_int;

    fn wattrset(#[opaque] win: *mut WINDOW, arg2: c_int) -> c_int;

    fn wbkgd(#[opaque] win: *mut WINDOW, arg2: chtype) -> c_int;

    fn wbkgdset(#[opaque] win: *mut WINDOW, arg2: chtype);

    fn wborder(
        #[opaque] win: *mut WINDOW,
        arg2: chtype,
        arg3: chtype,
        arg4: chtype,
        arg5: chtype,
        arg6: chtype,
        arg7: chtype,
        arg8: chtype,
        arg9: chtype,
    ) -> c_int;

    fn wclear(#[opaque] win: *mut WINDOW) -> c_int;

    fn wclrtobot(#[opaque] win: *mut WINDOW) -> c_int;

    fn wclrtoeol(#[opaque] win: *mut WINDOW) -> c_int;

    fn wcursyncup(#[opaque] win: *mut WINDOW);

    fn wdelch(#[opaque] win: *mut WINDOW) -> c_int;

    fn wdeleteln(#[opaque] win: *mut WINDOW) -> c_int;

    fn wechochar(#[opaque] win: *mut WINDOW, arg2: chtype) -> c_int;

    fn werase(#[opaque] win: *mut WINDOW) -> c_int;

    fn wgetch(#[opaque] win: *mut WINDOW) -> c_int;

    fn whline(#[opaque] win: *mut WINDOW, arg2: chtype, arg3: c_int) -> c_int;

    fn winch(#[opaque] win: *mut WINDOW) -> chtype;

    fn winsch(#[opaque] win: *mut WINDOW, arg2: chtype) -> c_int;

    fn winsdelln(#[opaque] win: *mut WINDOW, arg2: c_int) -> c_int;

    fn winsertln(#[opaque] win: *mut WINDOW) -> c_int;

    fn wmove(#[opaque] win: *mut WINDOW, arg2: c_int, arg3: c_int) -> c_int;

    fn wnoutrefresh(#[opaque] win: *mut WINDOW) -> c_int;

    fn wredrawln(#[opaque] win: *mut WINDOW, arg2: c_int, arg3: c_int) -> c_int;

    fn wrefresh(#[opaque] win: *mut WINDOW) -> c_int;

    fn wscrl(#[opaque] win: *mut WINDOW, arg2: c_int) -> c_int;

    fn wsetscrreg(#[opaque] win: *mut WINDOW, arg2: c_int, arg3: c_int) -> c_int;

    fn wstandout(#[opaque] win: *mut WINDOW) -> c_int;

    fn wstandend(#[opaque] win: *mut WINDOW) -> c_int;

    fn wsyncdown(#[opaque] win: *mut WINDOW);

    fn wsyncup(#[opaque] win: *mut WINDOW);

    fn wtimeout(#[opaque] win: *mut WINDOW, arg2: c_int);

    fn wtouchln(#[opaque] win: *mut WINDOW, arg2: c_int, arg3: c_int, arg4: c_int) -> c_int;

    fn wvline(#[opaque] win: *mut WINDOW, arg2: chtype, arg3: c_int) -> c_int;

    fn getattrs(#[opaque] win: *const WINDOW) -> c_int;

    fn getcurx(#[opaque] win: *const WINDOW) -> c_int;

    fn getcury(#[opaque] win: *const WINDOW) -> c_int;

    fn getbegx(#[opaque] win: *const WINDOW) -> c_int;

    fn getbegy(#[opaque] win: *const WINDOW) -> c_int;

    fn getmaxx(#[opaque] win: *const WINDOW) -> c_int;

    fn getmaxy(#[opaque] win: *const WINDOW) -> c_int;

    fn getparx(#[opaque] win: *const WINDOW) -> c_int;

    fn getpary(#[opaque] win: *const WINDOW) -> c_int;

    fn wresize(#[opaque] win: *mut WINDOW, arg2: c_int, arg3: c_int) -> c_int;

    fn is_cleared(#[opaque] win: *const WINDOW) -> bool;

    fn is_idcok(#[opaque] win: *const WINDOW) -> bool;

    fn is_idlok(#[opaque] win: *const WINDOW) -> bool;

    fn is_immedok(#[opaque] win: *const WINDOW) -> bool;

    fn is_keypad(#[opaque] win: *const WINDOW) -> bool;

    fn is_leaveok(#[opaque] win: *const WINDOW) -> bool;

    fn is_nodelay(#[opaque] win: *const WINDOW) -> bool;

    fn is_notimeout(#[opaque] win: *const WINDOW) -> bool;

    fn is_pad(#[opaque] win: *const WINDOW) -> bool;

    fn is_scrollok(#[opaque] win: *const WINDOW) -> bool;

    fn is_subwin(#[opaque] win: *const WINDOW) -> bool;

    fn is_syncok(#[opaque] win: *const WINDOW) -> bool;

    fn wgetdelay(#[opaque] win: *const WINDOW) -> c_int;

    fn wenclose(#[opaque] win: *const WINDOW, arg2: c_int, arg3: c_int) -> bool;

    fn item_opts(#[opaque] item: *const ITEM) -> Item_Options;

    fn menu_opts(#[opaque] menu: *const MENU) -> Menu_Options;

    fn item_init(#[opaque] menu: *const MENU) -> Menu_Hook;

    fn item_term(#[opaque] menu: *const MENU) -> Menu_Hook;

    fn menu_init(#[opaque] menu: *const MENU) -> Menu_Hook;

    fn menu_term(#[opaque] menu: *const MENU) -> Menu_Hook;

    fn menu_back(#[opaque] menu: *const MENU) -> chtype;

    fn menu_fore(#[opaque] menu: *const MENU) -> chtype;

    fn menu_grey(#[opaque] menu: *const MENU) -> chtype;

    fn item_count(#[opaque] menu: *const MENU) -> c_int;

    fn item_index(#[opaque] item: *const ITEM) -> c_int;

    fn item_opts_off(#[opaque] item: *mut ITEM, arg2: Item_Options) -> c_int;

    fn item_opts_on(#[opaque] item: *mut ITEM, arg2: Item_Options) -> c_int;

    #[calls_back]
    fn menu_driver(#[opaque] menu: *mut MENU, arg2: c_int) -> c_int;

    fn menu_opts_off(#[opaque] menu: *mut MENU, arg2: Menu_Options) -> c_int;

    fn menu_opts_on(#[opaque] menu: *mut MENU, arg2: Menu_Options) -> c_int;

    fn menu_pad(#[opaque] menu: *const MENU) -> c_int;

    fn pos_menu_cursor(#[opaque] menu: *const MENU) -> c_int;

    #[calls_back]
    fn post_menu(#[opaque] menu: *mut MENU) -> c_int;

    #[calls_back]
    fn set_current_item(#[opaque] menu: *mut MENU, #[opaque] item: *mut ITEM) -> c_int;

    fn set_item_opts(#[opaque] item: *mut ITEM, arg2: Item_Options) -> c_int;

    fn set_item_value(#[opaque] item: *mut ITEM, arg2: bool) -> c_int;

    fn set_menu_back(#[opaque] menu: *mut MENU, arg2: chtype) -> c_int;

    fn set_menu_fore(#[opaque] menu: *mut MENU, arg2: chtype) -> c_int;

    fn set_menu_format(#[opaque] menu: *mut MENU, arg2: c_int, arg3: c_int) -> c_int;

    fn set_menu_grey(#[opaque] menu: *mut MENU, arg2: chtype) -> c_int;

    fn set_menu_opts(#[opaque] menu: *mut MENU, arg2: Menu_Options) -> c_int;

    fn set_menu_pad(#[opaque] menu: *mut MENU, arg2: c_int) -> c_int;

    fn set_menu_sub(#[opaque] menu: *mut MENU, #[opaque] win: *mut WINDOW) -> c_int;

    fn set_menu_win(#[opaque] menu: *mut MENU, #[opaque] win: *mut WINDOW) -> c_int;

    #[calls_back]
    fn set_top_row(#[opaque] menu: *mut MENU, arg2: c_int) -> c_int;

    fn top_row(#[opaque] menu: *const MENU) -> c_int;

    #[calls_back]
    fn unpost_menu(#[opaque] menu: *mut MENU) -> c_int;

    fn set_menu_spacing(#[opaque] menu: *mut MENU, arg2: c_int, arg3: c_int, arg4: c_int) -> c_int;

    fn item_value(#[opaque] item: *const ITEM) -> bool;

    fn item_visible(#[opaque] item: *const ITEM) -> bool;

    fn set_max_field(#[opaque] field: *mut FIELD, arg2: c_int) -> c_int;

    fn move_field(#[opaque] field: *mut FIELD, arg2: c_int, arg3: c_int) -> c_int;

    fn set_new_page(#[opaque] field: *mut FIELD, arg2: bool) -> c_int;

    fn set_field_just(#[opaque] field: *mut FIELD, arg2: c_int) -> c_int;

    fn field_just(#[opaque] field: *const FIELD) -> c_int;

    fn set_field_fore(#[opaque] field: *mut FIELD, arg2: chtype) -> c_int;

    fn set_field_back(#[opaque] field: *mut FIELD, arg2: chtype) -> c_int;

    fn set_field_pad(#[opaque] field: *mut FIELD, arg2: c_int) -> c_int;

    fn field_pad(#[opaque] field: *const FIELD) -> c_int;

    fn set_field_status(#[opaque] field: *mut FIELD, arg2: bool) -> c_int;

    fn set_field_opts(#[opaque] field: *mut FIELD, arg2: Field_Options) -> c_int;

    fn field_opts_on(#[opaque] field: *mut FIELD, arg2: Field_Options) -> c_int;

    fn field_opts_off(#[opaque] field: *mut FIELD, arg2: Field_Options) -> c_int;

    fn field_fore(#[opaque] field: *const FIELD) -> chtype;

    fn field_back(#[opaque] field: *const FIELD) -> chtype;

    fn new_page(#[opaque] field: *const FIELD) -> bool;

    fn field_status(#[opaque] field: *const FIELD) -> bool;

    fn field_opts(#[opaque] field: *const FIELD) -> Field_Options;

    fn form_init(#[opaque] form: *const FORM) -> Form_Hook;

    fn form_term(#[opaque] form: *const FORM) -> Form_Hook;

    fn field_init(#[opaque] form: *const FORM) -> Form_Hook;

    fn field_term(#[opaque] form: *const FORM) -> Form_Hook;

    fn field_count(#[opaque] form: *const FORM) -> c_int;

    fn set_form_win(#[opaque] form: *mut FORM, #[opaque] win: *mut WINDOW) -> c_int;

    fn set_form_sub(#[opaque] form: *mut FORM, #[opaque] win: *mut WINDOW) -> c_int;

    #[calls_back]
    fn set_current_field(#[opaque] form: *mut FORM, #[opaque] field: *mut FIELD) -> c_int;

    #[calls_back]
    fn unfocus_current_field(#[opaque] form: *mut FORM) -> c_int;

    fn field_index(#[opaque] field: *const FIELD) -> c_int;

    #[calls_back]
    fn set_form_page(#[opaque] form: *mut FORM, arg2: c_int) -> c_int;

    fn form_page(#[opaque] form: *const FORM) -> c_int;

    #[calls_back]
    fn post_form(#[opaque] form: *mut FORM) -> c_int;

    #[calls_back]
    fn unpost_form(#[opaque] form: *mut FORM) -> c_int;

    fn pos_form_cursor(#[opaque] form: *mut FORM) -> c_int;

    #[calls_back]
    fn form_driver(#[opaque] form: *mut FORM, arg2: c_int) -> c_int;

    fn set_form_opts(#[opaque] form: *mut FORM, arg2: Form_Options) -> c_int;

    fn form_opts_on(#[opaque] form: *mut FORM, arg2: Form_Options) -> c_int;

    fn form_opts_off(#[opaque] form: *mut FORM, arg2: Form_Options) -> c_int;

    fn form_opts(#[opaque] form: *const FORM) -> Form_Options;

    fn data_ahead(#[opaque] form: *const FORM) -> bool;

    fn data_behind(#[opaque] form: *const FORM) -> bool;

    fn hide_panel(#[opaque] panel: *mut PANEL) -> c_int;

    fn show_panel(#[opaque] panel: *mut PANEL) -> c_int;

    fn top_panel(#[opaque] panel: *mut PANEL) -> c_int;

    fn bottom_panel(#[opaque] panel: *mut PANEL) -> c_int;

    fn move_panel(#[opaque] panel: *mut PANEL, arg2: c_int, arg3: c_int) -> c_int;

    fn replace_panel(#[opaque] panel: *mut PANEL, #[opaque] win: *mut WINDOW) -> c_int;

    fn panel_hidden(#[opaque] panel: *const PANEL) -> c_int;
}
