//! Legal calls of ncurses's own functions: no report, at any level.
#![allow(clippy::useless_vec, reason = "a block of the heap is what the test is about")]
#![allow(clippy::multiple_unsafe_ops_per_block, reason = "each test is one conversation with the library")]

mod support;

use pinned_ffi::pinned_ffi;
use std::ffi::{CStr, CString, c_char, c_int, c_void};
use std::ptr::{null, null_mut};
use support::at_every_level;

#[pinned_ffi(
    header = ["ncurses.h", "menu.h", "form.h", "panel.h"],
    allow = "newterm|endwin|delscreen|newwin|derwin|delwin|w(addstr|addnstr|insnstr|addchnstr|addchstr|getnstr|move|attr_get)|\
             mvw(addnstr|addstr|innstr|inchnstr|instr|inchstr|getnstr)|ungetch|noecho|use_window|keyname|curses_version|longname|\
             mousemask|new_item|free_item|item_name|item_description|set_item_userptr|item_userptr|new_menu|free_menu|\
             item_count|menu_items|set_menu_items|set_menu_mark|menu_mark|set_menu_pattern|scale_menu|current_item|\
             new_field|free_field|set_field_userptr|field_userptr|set_field_buffer|field_buffer|new_form|free_form|\
             field_count|field_info|set_form_userptr|form_userptr|scale_form|new_panel|del_panel|set_panel_userptr|\
             panel_userptr|panel_window"
)]
mod n {}

#[link(name = "ncurses")]
#[link(name = "tinfo")]
#[link(name = "menu")]
#[link(name = "form")]
#[link(name = "panel")]
unsafe extern "C" {}

/// A screen that nobody sees.
struct Screen {
    screen: *mut n::SCREEN,
    files: [*mut libc::FILE; 2],
}

impl Screen {
    fn open() -> Self {
        let open = |mode: &CStr| {
            // SAFETY: two C strings.
            unsafe { libc::fopen(c"/dev/null".as_ptr(), mode.as_ptr()) }
        };
        let files = [open(c"w"), open(c"r")];
        // SAFETY: files that stay open until the screen is gone.
        let screen = unsafe { n::newterm(c"xterm".as_ptr(), files[0].cast(), files[1].cast()) };
        assert!(!screen.is_null());
        Self { screen, files }
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

/// The text of a C string.
///
/// # Safety
///
/// It ends with zero.
unsafe fn text(at: *const c_char) -> String {
    // SAFETY: the caller's promise.
    unsafe { CStr::from_ptr(at) }.to_string_lossy().into_owned()
}

unsafe extern "C" fn used(_window: *mut n::WINDOW, data: *mut c_void) -> c_int {
    // SAFETY: the number that was given with this function.
    unsafe { *data.cast::<c_int>() += 1 };
    5
}

#[test]
fn strings_in_and_out() {
    at_every_level("strings_in_and_out", || {
        let screen = Screen::open();
        // SAFETY: buffers one longer than the count says.
        unsafe {
            let window = n::newwin(4, 20, 0, 0);
            assert_eq!(n::waddstr(window, c"hello".as_ptr()), 0);
            // The count may stop before the zero, stand for it, or lie beyond it; without a zero it must not.
            assert_eq!(n::mvwaddnstr(window, 1, 0, c"abcdef".as_ptr(), 3), 0);
            assert_eq!(n::waddnstr(window, c"gh".as_ptr(), -1), 0);
            assert_eq!(n::waddnstr(window, c"i".as_ptr(), 10), 0);
            let whole = b"xyz".to_vec();
            assert_eq!(n::mvwaddnstr(window, 2, 0, whole.as_ptr().cast(), 3), 0);
            let mut five: Box<[c_char]> = vec![1; 6].into();
            assert_eq!(n::mvwinnstr(window, 0, 0, five.as_mut_ptr(), 5), 5);
            assert_eq!(text(five.as_ptr()), "hello");
            let mut line: Box<[c_char]> = vec![1; 21].into();
            assert_eq!(n::mvwinnstr(window, 1, 0, line.as_mut_ptr(), -1), 20);
            assert_eq!(text(line.as_ptr()).trim_end(), "abcghi");
            assert_eq!(n::mvwinstr(window, 2, 0, line.as_mut_ptr()), 20);
            assert_eq!(text(line.as_ptr()).trim_end(), "xyz");

            let cells: Vec<n::chtype> = vec![b'p'.into(), b'q'.into(), 0, b'r'.into()];
            assert_eq!(n::wmove(window, 3, 0), 0);
            assert_eq!(n::waddchnstr(window, cells.as_ptr(), 2), 0);
            assert_eq!(n::wmove(window, 3, 2), 0);
            assert_eq!(n::waddchnstr(window, cells.as_ptr(), -1), 0);
            assert_eq!(n::wmove(window, 3, 4), 0);
            assert_eq!(n::waddchstr(window, cells.as_ptr()), 0);
            let mut read: Box<[n::chtype]> = vec![1; 5].into();
            assert_eq!(n::mvwinchnstr(window, 3, 0, read.as_mut_ptr(), 4), 4);
            assert_eq!(read.iter().map(|cell| (cell & 0xff) as u8).collect::<Vec<_>>(), b"pqpq\0");

            n::noecho();
            for key in b"\nih" {
                assert_eq!(n::ungetch(c_int::from(*key)), 0);
            }
            let mut typed: Box<[c_char]> = vec![1; 9].into();
            assert_eq!(n::wgetnstr(window, typed.as_mut_ptr(), 8), 0);
            assert_eq!(text(typed.as_ptr()), "hi");

            let (mut attributes, mut pair) = (1, 1);
            assert_eq!(n::wattr_get(window, &mut attributes, &mut pair, null_mut()), 0);
            assert_eq!(n::wattr_get(window, null_mut(), null_mut(), null_mut()), 0);
            assert_eq!((attributes, pair), (0, 0));
            let mut times = 0;
            assert_eq!(n::use_window(window, Some(used), (&raw mut times).cast()), 5);
            assert_eq!(times, 1);
            assert_eq!(text(n::keyname(65)), "A");
            assert!(text(n::curses_version()).starts_with("ncurses"));
            assert!(text(n::longname()).starts_with("xterm"));
            n::mousemask(0, null_mut());
            let inner = n::derwin(window, 1, 2, 0, 0);
            // Refused: it has a window inside.
            assert_eq!(n::delwin(window), -1);
            assert_eq!(n::delwin(inner), 0);
            assert_eq!(n::delwin(window), 0);
        }
        drop(screen);
    });
}

#[test]
fn items_keep_their_strings() {
    at_every_level("items_keep_their_strings", || {
        let screen = Screen::open();
        let names: Vec<CString> = ["first", "second"].map(|name| CString::new(name).expect("no zero inside")).into();
        let description = CString::new("what it does").expect("no zero inside");
        let boxed = Box::into_raw(Box::new(3_u64));
        // SAFETY: strings and arrays outlive the items and the menu.
        unsafe {
            let first = n::new_item(names[0].as_ptr(), description.as_ptr());
            let second = n::new_item(names[1].as_ptr(), null());
            assert_eq!(n::item_name(first), names[0].as_ptr());
            assert_eq!(n::item_description(first), description.as_ptr());
            assert_eq!(n::set_item_userptr(first, boxed.cast()), 0);
            assert_eq!(n::item_userptr(first), boxed.cast());
            assert_eq!(n::set_item_userptr(first, std::ptr::without_provenance_mut(7)), 0);
            assert_eq!(n::item_userptr(first).addr(), 7);
            let mut items: Box<[*mut n::ITEM]> = vec![first, second, null_mut()].into();
            let menu = n::new_menu(items.as_mut_ptr());
            assert_eq!(n::item_count(menu), 2);
            assert_eq!(n::menu_items(menu), items.as_mut_ptr());
            assert_eq!(n::current_item(menu), first);
            {
                let mark = CString::new("> ").expect("no zero inside");
                assert_eq!(n::set_menu_mark(menu, mark.as_ptr()), 0);
            }
            assert_eq!(text(n::menu_mark(menu)), "> ");
            assert_eq!(n::set_menu_pattern(menu, c"sec".as_ptr()), 0);
            assert_eq!(n::current_item(menu), second);
            let (mut rows, mut columns) = (0, 0);
            assert_eq!(n::scale_menu(menu, &mut rows, &mut columns), 0);
            assert_eq!(rows, 2);
            // Refused: the menu has it.
            assert_ne!(n::free_item(first), 0);
            let mut fewer: Box<[*mut n::ITEM]> = vec![second, null_mut()].into();
            assert_eq!(n::set_menu_items(menu, fewer.as_mut_ptr()), 0);
            drop(items);
            assert_eq!(n::free_item(first), 0);
            assert_eq!(n::free_menu(menu), 0);
            drop(fewer);
            assert_eq!(n::free_item(second), 0);
            let empty = n::new_menu(null_mut());
            assert!(!empty.is_null());
            assert_eq!(n::free_menu(empty), 0);
            drop(Box::from_raw(boxed));
        }
        drop((names, description));
        drop(screen);
    });
}

#[test]
fn fields_copy_what_they_hold() {
    at_every_level("fields_copy_what_they_hold", || {
        let screen = Screen::open();
        let mut user = Box::new(1_u64);
        // SAFETY: the array outlives the form; user pointers are only handed back.
        unsafe {
            let field = n::new_field(1, 10, 2, 3, 0, 0);
            assert_eq!(n::set_field_userptr(field, (&raw mut *user).cast()), 0);
            assert_eq!(n::field_userptr(field), (&raw mut *user).cast());
            {
                let value = CString::new("value").expect("no zero inside");
                assert_eq!(n::set_field_buffer(field, 0, value.as_ptr()), 0);
            }
            assert_eq!(text(n::field_buffer(field, 0)).trim_end(), "value");
            let (mut rows, mut columns) = (0, 0);
            let none = null_mut();
            assert_eq!(n::field_info(field, &mut rows, &mut columns, none, none, none, none), 0);
            assert_eq!((rows, columns), (1, 10));
            let mut fields: Box<[*mut n::FIELD]> = vec![field, null_mut()].into();
            let form = n::new_form(fields.as_mut_ptr());
            assert_eq!(n::field_count(form), 1);
            assert_eq!(n::set_form_userptr(form, std::ptr::without_provenance_mut(1)), 0);
            assert_eq!(n::form_userptr(form).addr(), 1);
            assert_eq!(n::scale_form(form, &mut rows, &mut columns), 0);
            assert_eq!((rows, columns), (3, 13));
            assert_eq!(n::free_form(form), 0);
            assert_eq!(n::free_field(field), 0);

            let window = n::newwin(2, 2, 0, 0);
            // With the screen's first panel comes one of the screen's own, which delscreen(3X) forgets: nobody can free it.
            let panel = pinned_ffi::unchecked(|| n::new_panel(window));
            assert_eq!(n::panel_window(panel), window);
            assert_eq!(n::set_panel_userptr(panel, (&raw const *user).cast()), 0);
            assert_eq!(n::panel_userptr(panel), (&raw const *user).cast());
            assert_eq!(n::del_panel(panel), 0);
            assert_eq!(n::delwin(window), 0);
        }
        drop(user);
        drop(screen);
    });
}
