//! Pins made by hand while threads end, list them, and fork.

use pinned_ffi::completion::{Operation, Submission, Token};
use pinned_ffi::{Handle, Pinned, Pinner, calls, leaked_pins, pin_count, pins};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// Counts when it is dropped.
struct Loud(Arc<AtomicUsize>);

impl Drop for Loud {
    fn drop(&mut self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

/// What a thread leaves behind: pins that end with it, among them some that are only made then.
struct Last {
    pinner: Pinner<'static>,
    pinned: Option<Pinned<Vec<u8>>>,
    drops: Arc<AtomicUsize>,
}

impl Drop for Last {
    fn drop(&mut self) {
        // More than a pinner keeps in place. A panic here would end the process.
        for size in 1..20_usize {
            let at = self.pinner.pin(vec![size as u8; size]).cast::<u8>();
            // SAFETY: the pinner has the vector, of at least a byte.
            assert_eq!((unsafe { at.read() }, at.is_null()), (size as u8, false));
        }
        self.pinner.pin(Box::new(Loud(Arc::clone(&self.drops))));
        let back = self.pinned.take().map(Pinned::unpin);
        assert_eq!(back, Some(vec![6; 48]));
    }
}

thread_local! {
    static LAST: RefCell<Option<Last>> = const { RefCell::new(None) };
}

/// Destructors run in an order that nobody chooses: the holder's comes before the runtime's own, or after them.
pub(crate) fn holders_that_end_with_their_thread() {
    let drops = Arc::new(AtomicUsize::new(0));
    for round in 0..100 {
        let drops = Arc::clone(&drops);
        let thread = std::thread::spawn(move || {
            let touch = || LAST.with_borrow(|last| assert!(last.is_none()));
            if round % 2 == 0 {
                touch();
            }
            let mut pinner = Pinner::new();
            pinner.pin(Box::new(Loud(Arc::clone(&drops))));
            crate::legal_call(&vec![7_u8; 48]);
            let last = Last { pinner, pinned: Some(Pinned::new(vec![6; 48])), drops };
            LAST.set(Some(last));
        });
        thread.join().expect("no panic");
    }
    assert_eq!((drops.load(Ordering::Relaxed), pins()), (200, Vec::new()));
}

/// The block is freed under the pin of a thread's own pinner, which ends with the thread: told, and freed once.
pub(crate) fn freed_under_a_holder_that_ends_with_its_thread() {
    let thread = std::thread::spawn(|| {
        let mut pinner = Pinner::new();
        let block = pinner.pin(vec![5_u8; 48]).cast::<u8>();
        let layout = std::alloc::Layout::array::<u8>(48).expect("a layout");
        // SAFETY: none; the pinner owns the block.
        unsafe { std::alloc::dealloc(block, layout) };
        LAST.set(Some(Last { pinner, pinned: Some(Pinned::new(vec![6; 48])), drops: Arc::default() }));
    });
    thread.join().expect("no panic");
    assert_eq!(pins(), []);
    crate::legal_call(&vec![7_u8; 48]);
}

const THREADS: usize = 3;
/// Pins of one block by one thread at once.
const MOST: usize = 3;

/// What is listed while others pin and unpin is never anything else than what they pin.
pub(crate) fn listed_while_others_pin() {
    let blocks: Vec<Box<[u8]>> = (0..40).map(|number| vec![1; 100 + 24 * number].into_boxed_slice()).collect();
    let known: BTreeMap<usize, usize> = blocks.iter().map(|block| (block.as_ptr().addr(), block.len())).collect();
    let is_done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        for first in 0..THREADS {
            let (blocks, is_done) = (&blocks, &is_done);
            scope.spawn(move || {
                let mut number = first;
                while !is_done.load(Ordering::Relaxed) {
                    number = (number * 7 + 1) % blocks.len();
                    let block = &*blocks[number];
                    let mut pinner = Pinner::new();
                    (1..MOST).for_each(|_| _ = pinner.pin(block));
                    let one = Pinned::new(&block[3..]);
                    let count = pin_count(block.as_ptr()) as usize;
                    assert!(!pinned_ffi::COMPILED || (MOST..=MOST * THREADS).contains(&count), "{count}");
                    drop(pinner);
                    drop(one);
                }
            });
        }
        let mut seen = 0;
        let begin = std::time::Instant::now();
        // On a busy machine the others may not have run at all yet.
        let is_enough = |seen: usize| seen > 0 || !pinned_ffi::COMPILED || begin.elapsed().as_secs() > 60;
        for round in 0_usize.. {
            if round >= 2000 && is_enough(seen) {
                break;
            }
            for block in pins() {
                let (start, bytes) = (block.extent.start.0, block.extent.bytes);
                assert_eq!(known.get(&start), Some(&bytes), "{block:?}");
                assert!((1..=MOST * THREADS).contains(&(block.pins as usize)), "{block:?}");
                assert!(!block.sites.is_empty() && block.sites.iter().all(|site| site.file() == file!()), "{block:?}");
                seen += 1;
            }
            if round % 200 == 0 {
                // With other threads running it may give up, and must not find any.
                assert!(leaked_pins().is_ok_and(|leaked| leaked.is_empty()) || round > 0);
            }
        }
        is_done.store(true, Ordering::Relaxed);
        assert!(seen > 0 || !pinned_ffi::COMPILED, "nobody was seen pinning");
    });
    assert_eq!(pins(), []);
}

/// What the other threads do all the time, and the child does once.
fn use_all(rounds: usize) {
    for size in 1..=rounds {
        let pinned = Pinned::new(vec![1_u8; size % 100 + 1]);
        let mut pinner = Pinner::new();
        (0..12).for_each(|size| _ = pinner.pin(vec![2_u8; size + 1]));
        assert!(pins().len() >= 13 || !pinned_ffi::COMPILED);
        let handle = Handle::new(size);
        assert_eq!((handle.get().ok().as_deref(), handle.remove().ok().as_deref()), (Some(&size), Some(&size)));
        assert!(handle.get().is_err());
        let begin = |it: Submission<Vec<u8>>| Ok::<Token, Infallible>(it.token);
        let mut token = None;
        // SAFETY: nobody uses the memory.
        let pending = unsafe { Operation::new(vec![3_u8; 64]).start(|it| begin(it).map(|it| token = Some(it))) };
        // SAFETY: as above.
        assert!(token.is_some_and(|token| unsafe { token.complete(7) }.is_ok()));
        assert_eq!(pending.map(|pending| pending.wait().result).ok(), Some(7));
        assert!(calls().iter().all(|call| call.function == "write"));
        drop(pinned);
    }
}

/// A child has the pins of its parent, and makes its own, whatever the threads were at that it has not.
pub(crate) fn forked_while_others_pin() {
    static IS_DONE: AtomicBool = AtomicBool::new(false);
    let workers: Vec<_> = (0..3)
        .map(|_| {
            std::thread::spawn(|| {
                while !IS_DONE.load(Ordering::Relaxed) {
                    use_all(1);
                }
            })
        })
        .collect();
    let mut pinner = Pinner::new();
    let at = pinner.pin(vec![9_u8; 77]);
    let own = usize::from(pinned_ffi::COMPILED);
    for round in 0..200 {
        // SAFETY: the runtime takes its locks around a fork, as glibc does with its own.
        let child = unsafe { libc::fork() };
        if child == 0 {
            // A child that hangs is killed, and is no 0.
            // SAFETY: no handler is there.
            unsafe { libc::alarm(30) };
            use_all(3);
            let before = pin_count(at) as usize;
            pinner.unpin();
            let is_right = before == own && pin_count(at) == 0 && pins().iter().all(|block| block.extent.bytes != 77);
            // SAFETY: the child ends here.
            unsafe { libc::_exit(if is_right { 0 } else { 9 }) };
        }
        assert!(child > 0, "no fork");
        let mut status = 0;
        // SAFETY: it is our child.
        unsafe { libc::waitpid(child, &raw mut status, 0) };
        assert_eq!((status, pin_count(at) as usize), (0, own), "round {round}");
    }
    IS_DONE.store(true, Ordering::Relaxed);
    workers.into_iter().for_each(|worker| worker.join().expect("no panic"));
}
