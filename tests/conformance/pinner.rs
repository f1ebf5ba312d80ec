//! The 21 tests of Go's runtime.Pinner, by their names there.

use crate::check::{self, Header, Outer, Typed, Untyped};
use pinned_ffi::{Pinner, pin_count};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

fn is_pinned<T: ?Sized>(pointer: *const T) -> bool {
    pin_count(pointer.cast::<u8>()) > 0
}

#[test]
fn simple() {
    let object = Box::new(5_u64);
    let mut pinner = Pinner::new();
    assert!(!is_pinned(&*object));
    pinner.pin(&*object);
    assert_eq!(pin_count(&*object), 1);
    pinner.unpin();
    assert!(!is_pinned(&*object));
}

struct Flag(Arc<AtomicBool>);

impl Drop for Flag {
    fn drop(&mut self) {
        self.0.store(true, Ordering::SeqCst);
    }
}

#[test]
fn pin_keeps_alive_and_releases() {
    let gone = Arc::new(AtomicBool::new(false));
    let object = Arc::new(Flag(Arc::clone(&gone)));
    let mut pinner = Pinner::new();
    pinner.pin(Arc::clone(&object));
    drop(object);
    assert!(!gone.load(Ordering::SeqCst), "the pin keeps it");
    pinner.unpin();
    assert!(gone.load(Ordering::SeqCst), "nothing keeps it");
}

#[test]
fn multiple_pins_same() {
    let object = Box::new(5_u64);
    let mut pinner = Pinner::new();
    for pins in 1..=100 {
        pinner.pin(&*object);
        assert_eq!(pin_count(&*object), pins);
    }
    pinner.unpin();
    assert!(!is_pinned(&*object));
}

#[test]
fn two_pinner() {
    let object = Box::new(5_u64);
    let (mut first, mut second) = (Pinner::new(), Pinner::new());
    first.pin(&*object);
    second.pin(&*object);
    assert_eq!(pin_count(&*object), 2);
    first.unpin();
    assert_eq!(pin_count(&*object), 1);
    second.unpin();
    assert!(!is_pinned(&*object));
}

#[test]
fn pin_zerosize_obj() {
    let mut pinner = Pinner::new();
    let at = pinner.pin(Box::new(()));
    assert!(!at.is_null() && pinner.len() == 1);
    assert_eq!(pin_count(at), 0, "there is no block to hold");
    pinner.unpin();
}

#[test]
fn pin_global_ptr() {
    static DATA: [u64; 4] = [1, 2, 3, 4];
    static MADE: OnceLock<&'static [u8]> = OnceLock::new();
    let made = *MADE.get_or_init(|| Box::leak(vec![7_u8; 9].into_boxed_slice()));
    let mut pinner = Pinner::new();
    assert_eq!(pinner.pin(&DATA).cast_const().cast(), DATA.as_ptr());
    pinner.pin(made);
    assert_eq!((pin_count(DATA.as_ptr()), pin_count(made.as_ptr())), (0, 1));
    pinner.unpin();
    assert_eq!(pin_count(made.as_ptr()), 0);
}

#[test]
fn pin_tiny_obj() {
    let objects: Vec<Box<bool>> = (0..64).map(|_| Box::new(true)).collect();
    let mut pinner = Pinner::new();
    for object in objects.iter().chain(&objects) {
        pinner.pin(&**object);
    }
    assert!(objects.iter().all(|object| pin_count(&**object) == 2), "small blocks do not share their count");
    pinner.unpin();
    assert!(objects.iter().all(|object| !is_pinned(&**object)));
}

#[test]
fn interface() {
    let slot: Box<Box<dyn std::any::Any>> = Box::new(Box::new(5_u64));
    let value = std::ptr::from_ref(&**slot).cast::<u64>();
    let mut pinner = Pinner::new();
    pinner.pin(&*slot);
    assert!(is_pinned(&*slot) && !is_pinned(value), "the slot, not what it points to");
    pinner.unpin();
    pinner.pin(&**slot);
    assert!(!is_pinned(&*slot) && is_pinned(value), "what it points to, not the slot");
}

#[test]
fn reuse() {
    let inner = Box::new(5_u64);
    let value = Typed { p: std::ptr::from_ref(&*inner).cast_mut() };
    let mut pinner = Pinner::new();
    for _ in 0..2 {
        assert_eq!(check::typed(&value).as_deref(), Some("PF001"));
        pinner.pin(&*inner);
        assert_eq!(check::typed(&value), None);
        pinner.unpin();
    }
    assert_eq!(check::typed(&value).as_deref(), Some("PF001"));
}

#[test]
fn empty_unpin() {
    let mut pinner = Pinner::new();
    pinner.unpin();
    pinner.unpin();
    assert!(pinner.is_empty());
}

#[test]
fn leak_panics() {
    // Rust drops what Go collects: a pinner that goes out of scope lets go, and only forgetting it leaks (PF012).
    let object = Box::leak(Box::new(5_u64));
    drop({
        let mut pinner = Pinner::new();
        pinner.pin(&*object);
        pinner
    });
    assert!(!is_pinned(object));
    #[inline(never)]
    fn lose(object: &'static u64) -> u32 {
        let mut pinner = Pinner::new();
        pinner.pin(object);
        let line = line!() - 1;
        std::mem::forget(pinner);
        line
    }
    let line = lose(object);
    let at = std::ptr::from_ref::<u64>(object).addr();
    let listed = pinned_ffi::pins().into_iter().find(|block| block.extent.start.0 == at).expect("it is listed");
    assert_eq!((listed.pins, listed.sites[0].file(), listed.sites[0].line()), (1, file!(), line));
    let leaked = pinned_ffi::leaked_pins().expect("memory is searched here");
    let pin = leaked.iter().flat_map(|holder| &holder.pins).find(|pin| pin.extent.start.0 == at).expect("it is leaked");
    assert_eq!((pin.site.file(), pin.site.line()), (file!(), line));
}

#[test]
fn cgo_check_ptr2_ptr() {
    let inner = Box::new(5_u64);
    let value = Typed { p: std::ptr::from_ref(&*inner).cast_mut() };
    assert_eq!(check::typed(&value).as_deref(), Some("PF001"));
    let mut pinner = Pinner::new();
    pinner.pin(&*inner);
    assert_eq!(check::typed(&value), None);
}

#[test]
fn cgo_check_ptr2_unsafe_ptr() {
    let inner = Box::new(5_u64);
    let value = Untyped { p: std::ptr::from_ref(&*inner).cast_mut().cast() };
    assert_eq!(check::untyped(&value).as_deref(), Some("PF001"));
    let mut pinner = Pinner::new();
    pinner.pin(&*inner);
    assert_eq!(check::untyped(&value), None);
}

#[test]
fn cgo_check_ptr2_unknown_ptr() {
    // Go's collector knows which words of a block are pointers. Here a type tells, and memory without one may hold any words.
    let inner = Box::new(5_u64);
    let value = Box::new(Untyped { p: std::ptr::from_ref(&*inner).cast_mut().cast() });
    // SAFETY: a pointer's bytes.
    let bytes = unsafe { std::slice::from_raw_parts(std::ptr::from_ref(&*value).cast::<u8>(), size_of::<Untyped>()) };
    assert_eq!(check::bytes(bytes), None);
    assert_eq!(check::untyped(&value).as_deref(), Some("PF001"));
    let mut pinner = Pinner::new();
    pinner.pin(&*inner);
    assert_eq!((check::bytes(bytes), check::untyped(&value)), (None, None));
}

#[test]
fn cgo_check_slice() {
    let mut bytes = vec![1_u8; 16];
    let value = Header { p: bytes.as_mut_ptr(), len: bytes.len() };
    assert_eq!(check::header(&value).as_deref(), Some("PF001"));
    let mut pinner = Pinner::new();
    // The first element's block is the slice's.
    pinner.pin(&bytes[0]);
    assert_eq!(check::header(&value), None);
}

#[test]
fn cgo_check_string() {
    let text = String::from("made at run time");
    let value = Header { p: text.as_ptr().cast_mut(), len: text.len() };
    assert_eq!(check::header(&value).as_deref(), Some("PF001"));
    let mut pinner = Pinner::new();
    pinner.pin(text);
    assert_eq!(check::header(&value), None);
}

#[test]
fn cgo_check_pinned2_unpinned_panics() {
    let inner = Box::new(5_u64);
    let value = Box::new(Typed { p: std::ptr::from_ref(&*inner).cast_mut() });
    let mut pinner = Pinner::new();
    pinner.pin(&*value);
    assert_eq!(check::typed(&value).as_deref(), Some("PF001"), "a pin does not reach through pointers");
}

#[test]
fn cgo_check_ptr2_pinned2_unpinned() {
    let innermost = Box::new(5_u64);
    let inner = Box::new(Typed { p: std::ptr::from_ref(&*innermost).cast_mut() });
    let value = Outer { inner: std::ptr::from_ref(&*inner).cast_mut() };
    let mut pinner = Pinner::new();
    assert_eq!(check::outer(&value).as_deref(), Some("PF001"));
    pinner.pin(&*inner);
    assert_eq!(check::outer(&value).as_deref(), Some("PF001"), "the end of the chain is not pinned");
    pinner.pin(&*innermost);
    assert_eq!(check::outer(&value), None);
}

#[test]
fn const_string_data() {
    let text: &'static str = "part of the program";
    let value = Header { p: text.as_ptr().cast_mut(), len: text.len() };
    assert_eq!(check::header(&value), None, "it goes nowhere");
    let mut pinner = Pinner::new();
    pinner.pin(text);
    pinner.unpin();
    assert_eq!(check::header(&value), None);
    assert_eq!(check::bytes(text.as_bytes()), None);
}
