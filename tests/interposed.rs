//! A program whose calls of C's allocator pass by: who frees whose blocks, and what C keeps on its own heap.

use pinned_ffi::report::{Action, Violation};
use pinned_ffi::{CText, CVec, Level, TrackedAlloc};
use std::ffi::{CString, c_int, c_uchar, c_void};
use std::sync::{Mutex, PoisonError};

#[global_allocator]
static ALLOC: TrackedAlloc = TrackedAlloc::system();
pinned_ffi::interpose_malloc!();

#[pinned_ffi::pinned_ffi]
#[link(name = "probe", kind = "static")]
unsafe extern "C" {
    fn watch_sum(
        #[counted_by(n)]
        #[noescape]
        buffer: *const c_uchar,
        n: usize,
        more: usize,
    ) -> c_int;
    fn watch_keep_on_heap(
        #[out]
        #[counted_by(n)]
        #[noescape]
        data: *mut c_uchar,
        n: usize,
    );
    #[link_name = "watch_keep_on_heap"]
    fn keep_for_unknown_time(
        #[out]
        #[counted_by(n)]
        data: *mut c_uchar,
        n: usize,
    );
}

static TOLD: Mutex<Vec<Violation>> = Mutex::new(Vec::new());

/// What is reported while `body` runs, and by the safe point behind it.
fn told(level: Level, body: impl FnOnce()) -> Vec<Violation> {
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    let _one = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    pinned_ffi::set_level(level);
    pinned_ffi::set_hook(|violation| {
        TOLD.lock().unwrap_or_else(PoisonError::into_inner).push(violation.clone());
        Action::Continue
    });
    body();
    // SAFETY: one byte.
    unsafe { watch_sum([1].as_ptr(), 1, 0) };
    pinned_ffi::clear_hook();
    std::mem::take(&mut *TOLD.lock().unwrap_or_else(PoisonError::into_inner))
}

/// The one violation, with its code.
fn only(violations: Vec<Violation>, code: &str) -> Violation {
    assert_eq!(
        violations.iter().map(|violation| violation.code.as_str()).collect::<Vec<_>>(),
        [code],
        "{violations:?}"
    );
    violations.into_iter().next().expect("one")
}

fn c_free(block: *mut c_void) {
    // SAFETY: none where the block is Rust's; that is the mistake.
    unsafe { libc::free(block) }
}

fn c_malloc(bytes: usize) -> *mut c_void {
    // SAFETY: any number may be asked for.
    let block = unsafe { libc::malloc(bytes) };
    assert!(!block.is_null());
    block
}

#[test]
fn a_box_that_c_frees() {
    for level in [Level::Cheap, Level::Full] {
        let violation = only(
            told(level, || {
                let owner = Box::new([7_u64; 5]);
                let block = Box::into_raw(owner);
                c_free(block.cast());
                // SAFETY: it was left alone, as the report says.
                assert_eq!(unsafe { *block }, [7; 5]);
                // SAFETY: as above.
                drop(unsafe { Box::from_raw(block) });
            }),
            "PF040",
        );
        assert_eq!(violation.message, "a block of Rust's was freed by C's `free` or `realloc`; it was left alone");
        let block = violation.block.expect("the block");
        assert_eq!((block.extent.bytes, block.freed), (40, false));
        if level == Level::Full {
            let names = |stack: &[String], what: &str| stack.iter().any(|frame| frame.contains(what));
            assert!(names(&block.allocated_at, "a_box_that_c_frees"), "{block:?}");
            assert!(names(&violation.broken_at, "c_free"), "{:?}", violation.broken_at);
        }
    }
}

#[test]
fn a_place_inside_a_vector_that_c_frees() {
    let violation = only(
        told(Level::Full, || {
            let mut numbers = vec![1_u8; 100];
            c_free(numbers.as_mut_ptr().wrapping_add(33).cast());
            assert_eq!(numbers, [1; 100]);
        }),
        "PF040",
    );
    assert_eq!(violation.block.expect("the block").extent.bytes, 100);
}

#[test]
fn a_vector_that_c_reallocates() {
    only(
        told(Level::Cheap, || {
            let mut numbers: Vec<u8> = (0..100).collect();
            // SAFETY: none; the block is Rust's.
            let moved = unsafe { libc::realloc(numbers.as_mut_ptr().cast(), 200) };
            // SAFETY: C got a copy.
            assert_eq!(unsafe { std::slice::from_raw_parts(moved.cast::<u8>(), 100) }, numbers);
            c_free(moved);
        }),
        "PF040",
    );
}

#[test]
fn a_vector_that_c_frees_once_more() {
    let violation = only(
        told(Level::Full, || {
            let numbers = vec![1_u8; 100];
            let at = numbers.as_ptr().cast_mut();
            drop(numbers);
            c_free(at.cast());
        }),
        "PF042",
    );
    assert!(violation.block.is_some_and(|block| block.freed && !block.freed_at.is_empty()));
}

#[test]
fn blocks_of_malloc_that_rust_frees() {
    for level in [Level::Cheap, Level::Full] {
        let violation = only(
            told(level, || {
                let block = c_malloc(48).cast::<[u8; 48]>();
                // SAFETY: long enough.
                unsafe { block.write([3; 48]) };
                // SAFETY: none; it is C's.
                drop(unsafe { Box::from_raw(block) });
            }),
            "PF040",
        );
        assert_eq!(violation.message, "a block of C's allocator was freed by Rust's");
        let block = violation.block.expect("the block");
        assert_eq!(block.extent.bytes, 48);
        assert_eq!(
            level == Level::Full,
            block.allocated_at.iter().any(|frame| frame.contains("c_malloc")),
            "{block:?}"
        );
    }
    only(
        told(Level::Cheap, || {
            let block = c_malloc(16).cast::<u8>();
            // SAFETY: long enough.
            unsafe { block.write_bytes(9, 16) };
            // SAFETY: none; it is C's.
            let mut bytes = unsafe { Vec::from_raw_parts(block, 16, 16) };
            bytes.extend_from_slice(&[8; 100]);
            assert_eq!((bytes[15], bytes[16], bytes.len()), (9, 8, 116));
        }),
        "PF040",
    );
}

#[test]
fn a_block_of_malloc_that_is_freed_twice() {
    let violation = only(
        told(Level::Full, || {
            let block = c_malloc(48);
            c_free(block);
            c_free(block);
        }),
        "PF042",
    );
    assert_eq!(violation.message, "a block of C's was freed twice");
    let block = violation.block.expect("the block");
    assert_eq!((block.extent.bytes, block.freed), (48, true));
    let names = |stack: &[String], what: &str| stack.iter().any(|frame| frame.contains(what));
    assert!(names(&block.allocated_at, "c_malloc") && names(&block.freed_at, "c_free"), "{block:?}");
    assert!(names(&violation.broken_at, "c_free"), "{:?}", violation.broken_at);
    // By realloc, and by an owner in Rust, which would give it to glibc once more.
    only(
        told(Level::Full, || {
            let block = c_malloc(48);
            c_free(block);
            // SAFETY: none; it is freed.
            let moved = unsafe { libc::realloc(block, 96) };
            assert!(!moved.is_null() && moved != block);
            c_free(moved);
        }),
        "PF042",
    );
    only(
        told(Level::Full, || {
            let block = c_malloc(48).cast::<[u8; 48]>();
            c_free(block.cast());
            // SAFETY: none; it is freed.
            drop(unsafe { Box::from_raw(block) });
        }),
        "PF042",
    );
}

#[test]
fn what_is_freed_and_is_no_block() {
    for level in [Level::Cheap, Level::Full] {
        let of = |at: fn(*mut u8) -> *mut u8| {
            let violation = only(
                told(level, || {
                    let block = c_malloc(100).cast::<u8>();
                    c_free(at(block).cast());
                    c_free(block.cast());
                }),
                "PF040",
            );
            (violation.message, violation.block.map(|block| (block.extent.bytes, block.freed)))
        };
        let got = |what: &str| format!("C's `free` or `realloc` got {what}; it was left alone");
        let middle = |bytes: usize| got(&format!("a block of C's from its middle on, {bytes} bytes in"));
        assert_eq!(of(|block| block.wrapping_add(33)), (middle(33), Some((100, false))));
        assert_eq!(of(|block| block.wrapping_add(64)), (middle(64), Some((100, false))));
        assert_eq!(of(|_| std::ptr::without_provenance_mut(0x1001)), (got("an address that no allocator gives"), None));
        let local = [0_u128; 2];
        let violation = only(told(level, || c_free((&raw const local).cast_mut().cast())), "PF040");
        assert_eq!((violation.message, violation.block), (got("an address on the stack"), None));
        only(
            told(level, || {
                // SAFETY: none; it is the stack's.
                let moved = unsafe { libc::realloc((&raw const local).cast_mut().cast(), 64) };
                assert!(!moved.is_null());
                c_free(moved);
            }),
            "PF040",
        );
    }
}

/// Some thousand later frees push the block out of its quarantine.
#[test]
fn a_freed_block_of_malloc_that_is_written() {
    let written = |offset: usize| {
        told(Level::Full, || {
            let block = c_malloc(48).cast::<u8>();
            c_free(block.cast());
            let written = block.wrapping_add(offset);
            // SAFETY: none; it is freed. Its memory is there still.
            unsafe { written.write_volatile(1) };
            for _ in 0..2000 {
                c_free(c_malloc(16));
            }
        })
    };
    let violation = only(written(7), "PF043");
    assert_eq!(violation.message, "a freed block of C's was written, at offset 7");
    assert!(violation.block.is_some_and(|block| block.extent.bytes == 48 && !block.freed_at.is_empty()));
}

/// Blocks that C got while the rules were off, or that lie in others of the program's, are nothing that is told.
#[test]
fn what_nobody_knows_may_be_freed() {
    for level in [Level::Cheap, Level::Full] {
        let early: Vec<usize> = pinned_ffi::unchecked(|| (0..50).map(|_| c_malloc(100).expose_provenance()).collect());
        let violations = told(level, || {
            for block in early {
                c_free(std::ptr::with_exposed_provenance_mut(block));
            }
            let mut last = c_malloc(10);
            for round in 0..3000 {
                // SAFETY: C's, and given back for the new one.
                last = unsafe { libc::realloc(last, 10 + round % 700) };
            }
            c_free(last);
        });
        assert!(violations.is_empty(), "{}: {violations:?}", level.name());
    }
}

/// Each side frees its own; text, lines and aligned blocks go from C to Rust's owners of C's memory.
#[test]
fn who_frees_his_own_is_not_told() {
    for level in [Level::Off, Level::Cheap, Level::Full, Level::Off, Level::Full] {
        let violations = told(level, || {
            let threads: Vec<_> = (0..4_usize)
                .map(|thread| {
                    std::thread::spawn(move || {
                        let mut blocks = Vec::new();
                        for round in 0..500 {
                            let bytes = 1 + (round * 37 + thread) % 900;
                            let block = c_malloc(bytes).cast::<u8>();
                            // SAFETY: long enough.
                            unsafe { block.write_bytes(round as u8, bytes) };
                            // SAFETY: C's, and given back for the new one.
                            let grown = unsafe { libc::realloc(block.cast(), bytes * 2) }.cast::<u8>();
                            // SAFETY: realloc copies.
                            assert_eq!(unsafe { *grown.wrapping_add(bytes - 1) }, round as u8);
                            blocks.push(grown.addr());
                            let text = CString::new(vec![b'a'; bytes]).expect("no zero");
                            // SAFETY: a C string.
                            let copy = unsafe { libc::strdup(text.as_ptr()) };
                            // SAFETY: malloc's, and the caller's.
                            let copy = unsafe { CText::from_strdup(copy) };
                            assert_eq!(copy.as_deref().map(std::ffi::CStr::count_bytes), Some(bytes));
                            if round % 3 == 0 {
                                c_free(std::ptr::with_exposed_provenance_mut(blocks.swap_remove(round % blocks.len())));
                            }
                        }
                        for block in blocks {
                            c_free(std::ptr::with_exposed_provenance_mut(block));
                        }
                    })
                })
                .collect();
            threads.into_iter().for_each(|thread| thread.join().expect("no thread panics"));
            // C may use what malloc gave beyond what was asked for, and realloc carries it over.
            let block = c_malloc(100).cast::<u8>();
            // SAFETY: a live block.
            let usable = unsafe { libc::malloc_usable_size(block.cast()) };
            // SAFETY: so much may be used.
            unsafe { block.write_bytes(6, usable) };
            // SAFETY: C's, and given back for the new one.
            let grown = unsafe { libc::realloc(block.cast(), 5000) }.cast::<u8>();
            // SAFETY: within the new one, which realloc has filled so far.
            assert!((0..usable).all(|at| unsafe { *grown.wrapping_add(at) } == 6));
            c_free(grown.cast());
            let mut aligned = std::ptr::null_mut();
            // SAFETY: a place for the pointer.
            assert_eq!(unsafe { libc::posix_memalign(&raw mut aligned, 4096, 100) }, 0);
            assert_eq!(aligned.addr() % 4096, 0);
            c_free(aligned);
            // SAFETY: an alignment that cannot be is refused.
            assert_eq!(unsafe { libc::posix_memalign(&raw mut aligned, 3, 100) }, libc::EINVAL);
            // SAFETY: any numbers may be asked for.
            let zeros = unsafe { libc::calloc(10, 10) }.cast::<u8>();
            // SAFETY: a hundred zeros of C's.
            let zeros = unsafe { CVec::from_raw_parts(zeros, 100) };
            assert_eq!(zeros.as_deref(), Some(&[0; 100][..]));
        });
        assert!(violations.is_empty(), "{}: {violations:?}", level.name());
    }
}

/// The contract vouches that C does not use what it leaves behind there; where it does, that is PF044.
#[test]
fn what_c_leaves_behind_on_its_heap() {
    let violations = told(Level::Full, || {
        let mut buffer = vec![0_u8; 50];
        // SAFETY: long enough; C does not use the pointer again.
        unsafe { watch_keep_on_heap(buffer.as_mut_ptr(), 50) };
    });
    assert!(violations.is_empty(), "{violations:?}");
}

#[test]
fn what_c_keeps_on_its_heap_of_a_block_that_is_freed() {
    let violation = only(
        told(Level::Full, || {
            let mut buffer = vec![0_u8; 50];
            // SAFETY: long enough; not for long enough.
            unsafe { keep_for_unknown_time(buffer.as_mut_ptr(), 50) };
            drop(buffer);
        }),
        "PF020",
    );
    assert!(violation.message.contains("was freed, and C still has a pointer to it"), "{}", violation.message);
    assert!(
        violation.help.contains("C's block of 8 bytes at ") && violation.help.contains("watch_keep_on_heap"),
        "{}",
        violation.help
    );
    // What C overwrites before is no matter.
    let violations = told(Level::Full, || {
        let (mut first, mut second) = (vec![0_u8; 50], vec![0_u8; 60]);
        // SAFETY: long enough, for as long as C uses it.
        unsafe { keep_for_unknown_time(first.as_mut_ptr(), 50) };
        // SAFETY: as above.
        unsafe { keep_for_unknown_time(second.as_mut_ptr(), 60) };
        drop(first);
        // SAFETY: C looks at the first byte only where there is one.
        unsafe { keep_for_unknown_time(std::ptr::null_mut(), 0) };
    });
    assert!(violations.is_empty(), "{violations:?}");
}
