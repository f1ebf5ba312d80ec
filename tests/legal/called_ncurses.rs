//! Functions and closures that ncurses, its menus and its forms call by the pack, on screens that write to files. No report at any
//! level, panics that come back, and nothing that leaks.

#![allow(clippy::multiple_unsafe_ops_per_block, reason = "a test is a row of calls; one proof stands for the row")]

mod support;

use pinned_ffi::{Ref, pinned_ffi};
use std::ffi::{CStr, c_int, c_void};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr::{null, null_mut};
use std::sync::Mutex;
use support::at_every_level;

#[rustfmt::skip]
#[pinned_ffi(
    header = ["ncurses.h", "menu.h", "form.h"],
    allow = "newterm|endwin|delscreen|newwin|delwin|waddstr|wrefresh|wnoutrefresh|mvwinnstr|use_window|use_screen|ripoffline|vidputs|getmaxy|\
             new_item|free_item|new_menu|free_menu|post_menu|unpost_menu|menu_driver|set_(menu|item|form|field)_(init|term)|\
             new_field|free_field|new_form|free_form|post_form|unpost_form|form_driver|new_fieldtype|free_fieldtype|set_field_type|\
             field_index|current_field|field_buffer"
)]
mod n {
    unsafe extern "C" {
        #[idiomatic]
        fn use_window(
            win: *mut WINDOW, func: Option<unsafe extern "C" fn(*mut WINDOW, *mut c_void) -> c_int>, data: *mut c_void,
        ) -> c_int;
        #[idiomatic]
        fn use_screen(
            sp: *mut SCREEN, func: Option<unsafe extern "C" fn(*mut SCREEN, *mut c_void) -> c_int>, data: *mut c_void,
        ) -> c_int;
        #[idiomatic]
        fn ripoffline(line: c_int, init: Option<unsafe extern "C" fn(*mut WINDOW, c_int) -> c_int>) -> c_int;
        #[idiomatic] fn vidputs(attrs: chtype, putc: Option<unsafe extern "C" fn(c_int) -> c_int>) -> c_int;
        #[idiomatic] fn set_menu_init(menu: *mut MENU, func: Menu_Hook) -> c_int;
        #[idiomatic] fn set_menu_term(menu: *mut MENU, func: Menu_Hook) -> c_int;
        #[idiomatic] fn set_item_init(menu: *mut MENU, func: Menu_Hook) -> c_int;
        #[idiomatic] fn set_item_term(menu: *mut MENU, func: Menu_Hook) -> c_int;
        #[idiomatic] fn set_form_init(form: *mut FORM, func: Form_Hook) -> c_int;
        #[idiomatic] fn set_form_term(form: *mut FORM, func: Form_Hook) -> c_int;
        #[idiomatic] fn set_field_init(form: *mut FORM, func: Form_Hook) -> c_int;
        #[idiomatic] fn set_field_term(form: *mut FORM, func: Form_Hook) -> c_int;
        #[idiomatic]
        fn new_fieldtype(
            field_check: Option<unsafe extern "C" fn(*mut FIELD, *const c_void) -> bool>,
            char_check: Option<unsafe extern "C" fn(c_int, *const c_void) -> bool>,
        ) -> *mut FIELDTYPE;
    }
}

#[link(name = "ncurses")]
#[link(name = "tinfo")]
#[link(name = "menu")]
#[link(name = "form")]
unsafe extern "C" {}

fn said(body: impl FnOnce()) -> String {
    let payload = catch_unwind(AssertUnwindSafe(body)).expect_err("it panics");
    let text = payload.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| payload.downcast_ref::<String>().cloned()).expect("a text")
}

/// A screen that writes to a file of its own.
struct Screen {
    screen: *mut n::SCREEN,
    files: [*mut libc::FILE; 2],
}

impl Screen {
    fn open() -> Self {
        // SAFETY: C strings, and files that stay open until the screen is gone.
        unsafe {
            let files = [libc::tmpfile(), libc::fopen(c"/dev/null".as_ptr(), c"r".as_ptr())];
            let screen = n::newterm(c"xterm".as_ptr(), files[0].cast(), files[1].cast());
            assert!(!screen.is_null());
            Self { screen, files }
        }
    }

    fn get(&self) -> Ref<'_, n::SCREEN> {
        // SAFETY: it is there until this is dropped.
        unsafe { Ref::from_ptr(self.screen) }.expect("opened")
    }

    /// What was written.
    fn written(&self) -> String {
        // SAFETY: a file that is open; the buffer is as long as is said.
        unsafe {
            let end = libc::ftell(self.files[0]);
            libc::rewind(self.files[0]);
            let mut text = vec![0_u8; 1 << 16];
            let count = libc::fread(text.as_mut_ptr().cast(), 1, text.len(), self.files[0]);
            libc::fseek(self.files[0], end, 0);
            text.truncate(count);
            String::from_utf8_lossy(&text).into_owned()
        }
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        // SAFETY: the screen first, what it wrote to behind it.
        unsafe {
            n::endwin();
            n::delscreen(self.screen);
            assert_eq!(self.files.map(|file| libc::fclose(file)), [0, 0]);
        }
    }
}

/// What the functions below have seen: ncurses hands them nothing.
static SEEN: Mutex<Vec<&str>> = Mutex::new(Vec::new());

fn tell(what: &'static str) {
    SEEN.lock().expect("nobody panics with it").push(what);
}

fn seen() -> Vec<&'static str> {
    std::mem::take(&mut *SEEN.lock().expect("as above"))
}

/// Writes on the line that it gets.
fn title(window: Ref<'_, n::WINDOW>, columns: c_int) -> c_int {
    assert!(columns > 20);
    tell("a line");
    // SAFETY: the window of the line, and C strings.
    unsafe {
        n::waddstr(window.as_ptr(), c"TITLE OF RUST".as_ptr());
        // The screen is not there yet.
        n::wnoutrefresh(window.as_ptr())
    }
}

#[test]
fn windows_and_screens_are_used_by_closures() {
    at_every_level("windows_and_screens_are_used_by_closures", || {
        // SAFETY: a function that holds nothing, before the screen that calls it.
        assert_eq!(unsafe { n::ripoffline(1, title) }, 0);
        let screen = Screen::open();
        assert_eq!(seen(), ["a line"]);
        // SAFETY: the window is deleted at the end.
        unsafe {
            let window = n::newwin(2, 20, 0, 0);
            let it = Ref::from_ptr(window).expect("memory is there");
            let mut lines = Vec::new();
            let code = n::use_window(it, |window: Ref<'_, n::WINDOW>| {
                lines.push(n::getmaxy(window.as_ptr()));
                n::waddstr(window.as_ptr(), c"by a closure".as_ptr());
                n::wrefresh(window.as_ptr());
                7
            });
            assert_eq!((code, lines), (7, vec![2]));
            let written = screen.written();
            assert!(written.contains("TITLE OF RUST") && written.contains("by a closure"), "{written:?}");
            let mut room = [0 as std::ffi::c_char; 13];
            n::mvwinnstr(window, 0, 0, room.as_mut_ptr(), 12);
            assert_eq!(CStr::from_ptr(room.as_ptr()), c"by a closure");
            assert_eq!(said(|| _ = n::use_window(it, |_: Ref<'_, n::WINDOW>| panic!("no window"))), "no window");
            // Its lock was given back.
            assert_eq!(n::use_window(it, |_: Ref<'_, n::WINDOW>| 5), 5);
            let address = screen.screen;
            assert_eq!(
                n::use_screen(screen.get(), |screen: Ref<'_, n::SCREEN>| c_int::from(screen.as_ptr() == address)),
                1
            );
            // A_BOLD
            let mut bytes = Vec::new();
            n::vidputs(1 << 21, |byte| {
                bytes.push(byte as u8);
                byte
            });
            assert!(bytes.contains(&0x1b) && bytes.ends_with(b"1m"), "{bytes:?}");
            assert_eq!(said(|| _ = n::vidputs(0, |_| panic!("no byte"))), "no byte");
            assert_eq!(n::delwin(window), 0);
        }
        drop(screen);
    });
}

#[test]
fn menus_and_forms_call_their_hooks() {
    at_every_level("menus_and_forms_call_their_hooks", || {
        type Menu<'a> = Ref<'a, n::tagMENU>;
        type Form<'a> = Ref<'a, n::FORM>;
        let screen = Screen::open();
        // SAFETY: strings that stay, arrays that outlive the menu and the form, functions that hold nothing.
        unsafe {
            let mut items = [n::new_item(c"one".as_ptr(), null()), n::new_item(c"two".as_ptr(), null()), null_mut()];
            let menu = n::new_menu(items.as_mut_ptr());
            let it = Ref::from_ptr(menu).expect("memory is there");
            n::set_menu_init(it, Some(|_: Menu<'_>| tell("menu begins"))).expect("set");
            n::set_menu_term(it, Some(|_: Menu<'_>| tell("menu ends"))).expect("set");
            n::set_item_init(it, Some(|_: Menu<'_>| tell("item"))).expect("set");
            n::set_item_term(it, Some(|_: Menu<'_>| tell("item left"))).expect("set");
            assert_eq!(n::post_menu(menu), 0);
            assert_eq!(seen(), ["menu begins", "item"]);
            // REQ_DOWN_ITEM
            assert_eq!(n::menu_driver(menu, 0x203), 0);
            assert_eq!(seen(), ["item left", "item"]);
            assert_eq!(n::unpost_menu(menu), 0);
            assert_eq!(seen(), ["item left", "menu ends"]);
            n::set_menu_init(it, Some(|_: Menu<'_>| panic!("no menu"))).expect("set");
            assert_eq!(said(|| _ = n::post_menu(menu)), "no menu");
            n::set_menu_init(it, false.then_some(|_: Menu<'_>| ())).expect("set");
            n::unpost_menu(menu);
            assert_eq!(n::free_menu(menu), 0);
            assert_eq!(items.map(|item| if item.is_null() { 0 } else { n::free_item(item) }), [0, 0, 0]);
            seen();

            fn is_even(character: c_int, _: *const c_void) -> bool {
                character % 2 == 0
            }
            fn is_whole(field: Ref<'_, n::FIELD>, _: *const c_void) -> bool {
                tell("field checked");
                // SAFETY: the field of the form that asks; its buffer ends with zero.
                unsafe { CStr::from_ptr(n::field_buffer(field.as_ptr(), 0)) }.to_bytes().starts_with(b"22")
            }
            let kind = n::new_fieldtype(Some(is_whole), Some(is_even)).expect("memory is there");
            let mut fields = [n::new_field(1, 5, 0, 0, 0, 0), n::new_field(1, 5, 1, 0, 0, 0), null_mut()];
            assert_eq!(n::set_field_type(fields[0], kind.as_ref().as_ptr()), 0);
            let form = n::new_form(fields.as_mut_ptr());
            let it = Ref::from_ptr(form).expect("memory is there");
            n::set_form_init(it, Some(|_: Form<'_>| tell("form begins"))).expect("set");
            n::set_form_term(it, Some(|_: Form<'_>| tell("form ends"))).expect("set");
            n::set_field_init(it, Some(|_: Form<'_>| tell("field"))).expect("set");
            n::set_field_term(it, Some(|_: Form<'_>| tell("field left"))).expect("set");
            assert_eq!(n::post_form(form), 0);
            assert_eq!(seen(), ["form begins", "field"]);
            // REQ_NEXT_FIELD; E_INVALID_FIELD is -13, and E_UNKNOWN_COMMAND -8.
            assert_eq!((n::form_driver(form, c_int::from(b'2')), n::form_driver(form, c_int::from(b'3'))), (0, -8));
            assert_eq!((n::form_driver(form, 0x204), seen()), (-13, vec!["field checked"]));
            assert_eq!(n::form_driver(form, c_int::from(b'2')), 0);
            assert_eq!((n::form_driver(form, 0x204), seen()), (0, vec!["field checked", "field left", "field"]));
            assert_eq!((n::unpost_form(form), seen()), (0, vec!["field left", "form ends"]));
            assert_eq!(n::free_form(form), 0);
            for field in &fields[..2] {
                assert_eq!(n::free_field(*field), 0);
            }
            drop(kind);
        }
        drop(screen);
    });
}
