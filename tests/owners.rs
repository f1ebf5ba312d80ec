//! Every owner that can be pinned: C reads and writes its memory while it is pinned, at each level, and is refused before and after.

use bytes::{Bytes, BytesMut};
use memmap2::MmapMut;
use pinned_ffi::{Level, Pinned, Pinner, StableAddr, pin_count};
use std::cell::Cell;
use std::ffi::CString;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Mutex, PoisonError};

#[global_allocator]
static ALLOC: pinned_ffi::TrackedAlloc = pinned_ffi::TrackedAlloc::system();

mod c {
    #[pinned_ffi::pinned_ffi]
    #[repr(C)]
    pub(crate) struct Place {
        #[sized_by(n)]
        pub(crate) at: *mut u8,
        pub(crate) n: usize,
    }

    // Not `flow_through`: what the structure leads to must be pinned by hand.
    #[pinned_ffi::pinned_ffi]
    #[link(name = "probe", kind = "static")]
    unsafe extern "C" {
        pub(crate) fn owners_sum(
            #[input]
            #[one]
            #[noescape]
            place: *const Place,
        ) -> std::ffi::c_ulong;
        pub(crate) fn owners_add(
            #[input]
            #[one]
            #[noescape]
            place: *const Place,
        );
    }
}

/// Where the memory of an owner lies, and so what becomes of C's pointer into it.
#[derive(Clone, Copy, PartialEq)]
enum Lies {
    /// In a block that goes with the owner.
    OnTheHeap,
    /// In a block that nobody frees.
    Leaked,
    /// In no block of Rust's.
    Elsewhere,
}

use Lies::{Elsewhere, Leaked, OnTheHeap};

/// The level is the whole process's.
static ALONE: Mutex<()> = Mutex::new(());

fn at_every_level(body: impl Fn()) {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    for level in [Level::Off, Level::Cheap, Level::Full] {
        pinned_ffi::set_level(level);
        body();
    }
}

/// What C says, or the code of the report that refuses the call.
fn told<R>(call: impl FnOnce() -> R) -> Result<R, String> {
    catch_unwind(AssertUnwindSafe(call)).map_err(|panic| {
        let text = panic.downcast_ref::<String>().expect("a report is text");
        text.split(['[', ']']).find(|part| part.starts_with("PF")).unwrap_or(text).to_owned()
    })
}

fn sum(place: &c::Place) -> Result<u64, String> {
    // SAFETY: the owner is there, or the call is refused.
    told(|| unsafe { c::owners_sum(place) })
}

/// Pins an owner, by itself and in a pinner; `bytes` gives what is in it.
fn pin<O: StableAddr>(owner: O, lies: Lies, is_written: bool, bytes: impl Fn(&O) -> Vec<u8>) {
    let what = std::any::type_name::<O>();
    let mut expected = bytes(&owner);
    let start = owner.extent().start.0;
    let place = c::Place { at: std::ptr::with_exposed_provenance_mut(start), n: expected.len() };
    let refused = |code: &str| if pinned_ffi::level() == Level::Off { None } else { Some(Err(code.to_owned())) };
    let total = |bytes: &[u8]| Ok(bytes.iter().map(|byte| u64::from(*byte)).sum::<u64>());
    // Memory that is not on the Rust heap needs no pin.
    let unpinned =
        |bytes: &[u8]| if lies == Elsewhere { total(bytes) } else { refused("PF001").unwrap_or(total(bytes)) };
    let pins = u32::from(lies != Elsewhere && pinned_ffi::COMPILED);
    let write = |expected: &mut [u8]| {
        if is_written {
            // SAFETY: the owner is pinned, and nobody else uses its memory.
            assert_eq!(told(|| unsafe { c::owners_add(&place) }), Ok(()), "{what}");
            expected.iter_mut().for_each(|byte| *byte += 1);
        }
    };
    assert!(!expected.is_empty() && sum(&place) == unpinned(&expected), "{what}");

    let pinned = Pinned::new(owner);
    assert_eq!((pinned.as_ptr().addr(), pin_count(pinned.as_ptr())), (start, pins), "{what}");
    assert_eq!(sum(&place), total(&expected), "{what}");
    write(&mut expected);
    // The owner may move, its memory does not.
    let pinned = Box::new(pinned);
    assert_eq!(sum(&place), total(&expected), "{what}");
    let owner = pinned.unpin();
    assert_eq!((bytes(&owner), owner.extent().start.0), (expected.clone(), start), "{what}");
    assert_eq!((pin_count(place.at), sum(&place)), (0, unpinned(&expected)), "{what}");

    let mut pinner = Pinner::new();
    assert_eq!(pinner.pin(owner).addr(), start, "{what}");
    assert_eq!((pin_count(place.at), sum(&place)), (pins, total(&expected)), "{what}");
    write(&mut expected);
    assert_eq!(sum(&place), total(&expected), "{what}");
    pinner.unpin();
    assert_eq!(pin_count(place.at), 0, "{what}");
    let gone = match lies {
        OnTheHeap => refused("PF002"),
        Leaked => refused("PF001"),
        Elsewhere => None,
    };
    if let Some(gone) = gone {
        assert_eq!(sum(&place), gone, "{what}");
    }
}

const TEXT: &[u8] = b"an owner's memory";

fn boxed() -> Box<[u8]> {
    TEXT.into()
}

#[test]
fn buffers_and_texts() {
    at_every_level(|| {
        let mut grown = Vec::with_capacity(100);
        grown.extend_from_slice(TEXT);
        pin(TEXT.to_vec(), OnTheHeap, true, Clone::clone);
        pin(grown, OnTheHeap, true, Clone::clone);
        pin(String::from("text"), OnTheHeap, true, |text| text.as_bytes().to_vec());
        pin(CString::new("text of C's").expect("no zero"), OnTheHeap, false, |text| text.as_bytes_with_nul().to_vec());
        let bytes = |numbers: &Vec<u32>| numbers.iter().flat_map(|number| number.to_ne_bytes()).collect();
        pin(vec![7_u32, 70, 700], OnTheHeap, true, bytes);
    });
}

#[test]
fn boxes() {
    at_every_level(|| {
        pin(Box::new(5_u8), OnTheHeap, true, |byte| vec![**byte]);
        pin(boxed(), OnTheHeap, true, |bytes| bytes.to_vec());
        pin(Box::<str>::from("text"), OnTheHeap, true, |text| text.as_bytes().to_vec());
        pin(Box::pin([9_u8; 33]), OnTheHeap, true, |bytes| bytes.to_vec());
        pin(Box::into_pin(boxed()), OnTheHeap, true, |bytes| bytes.to_vec());
    });
}

#[test]
fn what_is_shared() {
    at_every_level(|| {
        pin(Arc::<[u8]>::from(TEXT), OnTheHeap, false, |bytes| bytes.to_vec());
        pin(Rc::<[u8]>::from(TEXT), OnTheHeap, false, |bytes| bytes.to_vec());
        pin(Arc::<str>::from("text"), OnTheHeap, false, |text| text.as_bytes().to_vec());
        // What C writes must be such that Rust may share it meanwhile.
        let loads = |bytes: &[AtomicU8]| bytes.iter().map(|byte| byte.load(Ordering::Relaxed)).collect();
        pin(Arc::new([3, 4].map(AtomicU8::new)), OnTheHeap, true, |bytes| loads(&bytes[..]));
        pin(Rc::new([5, 6, 7].map(Cell::new)), OnTheHeap, true, |bytes| bytes.iter().map(Cell::get).collect());
        pin(Arc::pin([8_u8; 40]), OnTheHeap, false, |bytes| bytes.to_vec());
        pin(Rc::pin([8_u8; 40]), OnTheHeap, false, |bytes| bytes.to_vec());
    });
}

#[test]
fn borrows() {
    at_every_level(|| {
        static WORDS: [u8; 5] = *b"fixed";
        static NUMBERS: [AtomicU8; 3] = [const { AtomicU8::new(1) }; 3];
        pin(&WORDS, Elsewhere, false, |bytes| bytes.to_vec());
        pin("text of the program", Elsewhere, false, |text| text.as_bytes().to_vec());
        pin(&NUMBERS, Elsewhere, true, |bytes| bytes.iter().map(|byte| byte.load(Ordering::Relaxed)).collect());
        pin(&*Box::leak(boxed()), Leaked, false, |bytes| bytes.to_vec());
        pin(Box::leak(boxed()), Leaked, true, |bytes| bytes.to_vec());
        pin(Pin::new(&WORDS), Elsewhere, false, |bytes| bytes.to_vec());
        let mut local = [1_u8, 2, 3];
        pin(&mut local, Elsewhere, true, |bytes| bytes.to_vec());
        assert_eq!(local, [3, 4, 5]);
        let mut block = boxed();
        pin(&mut block[..7], Leaked, true, |bytes| bytes.to_vec());
        assert!(block[..7].iter().zip(TEXT).all(|(now, before)| *now == before + 2) && block[7..] == TEXT[7..]);
    });
}

#[test]
fn owners_of_other_crates() {
    at_every_level(|| {
        pin(Bytes::from(TEXT.to_vec()), OnTheHeap, false, |bytes| bytes.to_vec());
        let part = Bytes::from(TEXT.to_vec()).slice(3..9);
        pin(part, OnTheHeap, false, |bytes| bytes.to_vec());
        pin(Bytes::from_static(TEXT), Elsewhere, false, |bytes| bytes.to_vec());
        pin(BytesMut::from(TEXT), OnTheHeap, true, |bytes| bytes.to_vec());
        let mut mapped = MmapMut::map_anon(5000).expect("memory");
        mapped[4990..].fill(6);
        pin(mapped, Elsewhere, true, |bytes| bytes.to_vec());
        let mut mapped = MmapMut::map_anon(64).expect("memory");
        mapped.fill(9);
        pin(mapped.make_read_only().expect("a mapping"), Elsewhere, false, |bytes| bytes.to_vec());
    });
}

/// What the kernel or a device has for good: a page that is locked in memory, given away, and on record as meant.
#[test]
fn memory_that_never_comes_back() {
    at_every_level(|| {
        let mut page = MmapMut::map_anon(4096).expect("memory");
        // Where little memory may be locked, the page stays mapped all the same.
        if let Err(error) = page.lock() {
            assert!([libc::ENOMEM, libc::EPERM, libc::EAGAIN].contains(&error.raw_os_error().unwrap_or(0)), "{error}");
        }
        page[..3].copy_from_slice(&[1, 2, 3]);
        let mapped = c::Place { at: Pinned::new(page).forever().cast(), n: 4096 };
        let block = c::Place { at: Pinned::new(vec![4_u8; 10]).forever().cast(), n: 10 };
        for place in [&mapped, &block] {
            // SAFETY: memory that stays, and that is nobody else's.
            assert_eq!(told(|| unsafe { c::owners_add(place) }), Ok(()));
        }
        assert_eq!((sum(&mapped), sum(&block)), (Ok(4096 + 6), Ok(50)));
        assert_eq!(pin_count(block.at), u32::from(pinned_ffi::COMPILED));
        // SAFETY: as above.
        let ours = unsafe { std::slice::from_raw_parts_mut(mapped.at, 2) };
        assert_eq!(ours, [2, 3]);
    });
}

/// An owner that tells when it is dropped.
struct Loud(Rc<Cell<u32>>);

impl Drop for Loud {
    fn drop(&mut self) {
        self.0.set(self.0.get() + 1);
    }
}

#[test]
fn values_live_until_their_last_pin_ends() {
    fn kept<O: StableAddr>(make: impl Fn(Loud) -> O) {
        let drops = Rc::new(Cell::new(0));
        let pinned = Pinned::new(make(Loud(Rc::clone(&drops))));
        let owner = pinned.unpin();
        assert_eq!(drops.get(), 0, "{} came back", std::any::type_name::<O>());
        let mut pinner = Pinner::new();
        pinner.pin(owner);
        assert_eq!(drops.get(), 0, "the pinner has it");
        pinner.unpin();
        assert_eq!(drops.get(), 1, "{} is dropped once", std::any::type_name::<O>());
        drop(Pinned::new(make(Loud(Rc::clone(&drops)))));
        assert_eq!(drops.get(), 2);
    }
    at_every_level(|| {
        kept(|loud| vec![loud]);
        kept(Box::new);
        kept(|loud| Box::<[Loud]>::from([loud]));
        kept(Box::pin);
        kept(Rc::new);
        kept(Rc::pin);
        #[allow(clippy::arc_with_non_send_sync, reason = "it stays on its thread")]
        kept(Arc::new);
        kept(|loud| -> Box<dyn std::any::Any> { Box::new(loud) });
    });
}
