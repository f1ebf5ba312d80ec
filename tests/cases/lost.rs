//! Holders of pins: out of reach, which is a leak that the end of the program tells, and in all the places where somebody has them.

use super::Case;
use pinned_ffi::{Pinned, Pinner};
use std::alloc::{Layout, dealloc};
use std::cell::RefCell;
use std::mem::{MaybeUninit, forget};
use std::process::exit;
use std::rc::Rc;
use std::sync::{Mutex, mpsc};

pub(crate) const WRONG: &[Case] = &[
    ("forgotten_pinner", forgotten_pinner),
    ("forgotten_pinner_of_many", forgotten_pinner_of_many),
    ("forgotten_pins_of_many_places", forgotten_pins_of_many_places),
    ("forgotten_pinned", forgotten_pinned),
    ("forgotten_in_a_loop", forgotten_in_a_loop),
    ("forgotten_by_a_thread", forgotten_by_a_thread),
    ("forgotten_beside_another", forgotten_beside_another),
    ("forgotten_after_unpin", forgotten_after_unpin),
    ("overwritten_by_c", overwritten_by_c),
    ("freed_with_its_holder_inside", freed_with_its_holder_inside),
    ("forgotten_before_a_fork", forgotten_before_a_fork),
    ("forgotten_by_a_child", forgotten_by_a_child),
];

pub(crate) const LEGAL: &[Case] = &[
    ("holder_in_a_static", holder_in_a_static),
    ("holder_in_a_thread_local", holder_in_a_thread_local),
    ("holder_in_this_frame_at_exit", holder_in_this_frame_at_exit),
    ("holder_in_a_scope_at_exit", holder_in_a_scope_at_exit),
    ("holder_of_another_thread_at_exit", holder_of_another_thread_at_exit),
    ("holder_going_between_threads_at_exit", holder_going_between_threads_at_exit),
    ("exit_by_another_thread", exit_by_another_thread),
    ("holders_in_boxes_and_vectors", holders_in_boxes_and_vectors),
    ("holder_in_memory_of_c", holder_in_memory_of_c),
    ("holder_in_a_packed_structure", holder_in_a_packed_structure),
    ("holder_in_a_cycle_or_leaked_box", holder_in_a_cycle_or_leaked_box),
    ("pinned_for_ever", pinned_for_ever),
    ("child_that_exits", child_that_exits),
    ("forgotten_but_holding_nothing", forgotten_but_holding_nothing),
    ("dropped_while_unwinding", dropped_while_unwinding),
];

fn forgotten_pinner() {
    let mut pinner = Pinner::new();
    pinner.pin(vec![5_u8; 48]);
    pinner.pin(Box::new([7_u64; 9]));
    forget(pinner);
}

/// More pins than a pinner keeps in place: its list on the heap lives on, the pinner itself does not.
fn forgotten_pinner_of_many() {
    let mut pinner = Pinner::new();
    for size in 1..=20 {
        pinner.pin(vec![5_u8; size]);
    }
    forget(pinner);
}

/// More pins than are told one by one: each place is told all the same.
fn forgotten_pins_of_many_places() {
    let mut pinner = Pinner::new();
    (1..=9).for_each(|size| _ = pinner.pin(vec![5_u8; size]));
    pinner.pin(Box::new([7_u64; 9]));
    pinner.pin(String::from("of another place"));
    forget(pinner);
}

fn forgotten_pinned() {
    forget(Pinned::new(String::from("kept for nobody")));
}

fn forgotten_in_a_loop() {
    for size in 100..150 {
        forget(Pinned::new(vec![1_u8; size]));
    }
}

fn forgotten_by_a_thread() {
    std::thread::spawn(|| {
        let mut pinner = Pinner::new();
        pinner.pin(vec![5_u8; 48]);
        forget(pinner);
    })
    .join()
    .expect("no panic");
}

fn forgotten_beside_another() {
    let shared = Rc::new([3_u8; 80]);
    let kept = Pinned::new(Rc::clone(&shared));
    forget(Pinned::new(shared));
    drop(kept);
}

fn forgotten_after_unpin() {
    let mut pinner = Pinner::new();
    pinner.pin(vec![5_u8; 16]);
    pinner.unpin();
    pinner.pin(vec![5_u8; 32]);
    forget(pinner);
}

fn overwritten_by_c() {
    let mut place = Box::new(MaybeUninit::<Pinned<Vec<u8>>>::uninit());
    place.write(Pinned::new(vec![5_u8; 48]));
    // SAFETY: in bounds; but whoever had the holder has it no more.
    unsafe { libc::memset(place.as_mut_ptr().cast(), 0, size_of::<Pinned<Vec<u8>>>()) };
    drop(place);
}

fn freed_with_its_holder_inside() {
    let place = Box::into_raw(Box::new(Pinned::new(vec![5_u8; 48])));
    // SAFETY: a block of that layout; but the holder in it is not dropped.
    unsafe { dealloc(place.cast(), Layout::new::<Pinned<Vec<u8>>>()) };
}

/// The child exits with the parent's leak in its memory: it is the parent's to tell, once.
fn forgotten_before_a_fork() {
    forgotten_pinned();
    in_child(|| exit(0));
}

fn forgotten_by_a_child() {
    in_child(|| {
        forgotten_pinned();
        exit(0)
    });
}

fn in_child(body: fn()) {
    // SAFETY: one thread, and the child goes its own way.
    let child = unsafe { libc::fork() };
    if child == 0 {
        body();
        exit(3);
    }
    let mut status = 0;
    // SAFETY: our own child.
    assert_eq!(unsafe { libc::waitpid(child, &raw mut status, 0) }, child);
    assert_eq!(status, 0);
}

fn holder_in_a_static() {
    static HOLDER: Mutex<Option<Pinned<Vec<u8>>>> = Mutex::new(None);
    *HOLDER.lock().expect("no panic") = Some(Pinned::new(vec![5_u8; 48]));
}

fn holder_in_a_thread_local() {
    thread_local! {
        static HOLDER: RefCell<Pinner<'static>> = const { RefCell::new(Pinner::new()) };
    }
    HOLDER.with_borrow_mut(|pinner| pinner.pin(vec![5_u8; 48]));
    let (ready, wait) = mpsc::channel();
    std::thread::spawn(move || {
        HOLDER.with_borrow_mut(|pinner| pinner.pin(vec![6_u8; 48]));
        ready.send(()).expect("it waits");
        std::thread::park();
    });
    wait.recv().expect("it sends");
    exit(0);
}

fn holder_in_this_frame_at_exit() {
    let mut pinner = Pinner::new();
    pinner.pin(vec![5_u8; 48]);
    let pinned = Pinned::new(Box::new(9_u64));
    deeper(&mut pinner, 20);
    drop(pinned);
}

#[inline(never)]
fn deeper(pinner: &mut Pinner<'_>, depth: usize) {
    if depth == 0 {
        pinner.pin(vec![1_u8; 9]);
        exit(0);
    }
    deeper(pinner, depth - 1);
}

fn holder_in_a_scope_at_exit() {
    let data = Box::new([1_u8; 64]);
    pinned_ffi::scope(|s| {
        s.pin(&*data);
        exit(0)
    })
}

fn holder_of_another_thread_at_exit() {
    let (ready, wait) = mpsc::channel();
    for _ in 0..3 {
        let ready = ready.clone();
        std::thread::spawn(move || {
            let mut pinner = Pinner::new();
            pinner.pin(vec![5_u8; 48]);
            let pinned = Pinned::new(vec![6_u8; 48]);
            let (from, _to) = super::wrappers::pipe();
            ready.send(()).expect("it waits");
            let mut byte = [0_u8; 1];
            // SAFETY: one byte, which nobody ever sends.
            unsafe { libc::read(from, byte.as_mut_ptr().cast(), 1) };
            drop((pinner, pinned));
        });
    }
    for _ in 0..3 {
        wait.recv().expect("it sends");
    }
}

fn holder_going_between_threads_at_exit() {
    let (to, from) = mpsc::sync_channel::<Pinned<Vec<u8>>>(0);
    let (back_to, back) = mpsc::sync_channel::<Pinned<Vec<u8>>>(0);
    std::thread::spawn(move || {
        while let Ok(holder) = from.recv() {
            let _ = back_to.send(holder);
        }
    });
    std::thread::spawn(move || {
        let mut holder = Pinned::new(vec![5_u8; 48]);
        loop {
            to.send(holder).expect("it receives");
            holder = back.recv().expect("it sends");
        }
    });
    std::thread::sleep(std::time::Duration::from_millis(30));
}

fn exit_by_another_thread() {
    let mut pinner = Pinner::new();
    pinner.pin(vec![5_u8; 48]);
    let other = std::thread::spawn(|| {
        let _pinned = Pinned::new(vec![6_u8; 48]);
        exit(0)
    });
    let _: Result<(), _> = other.join();
}

fn holders_in_boxes_and_vectors() {
    let boxed = Box::new(Pinned::new(vec![5_u8; 48]));
    let many: Vec<Pinned<Vec<u8>>> = (1..600).map(|size| Pinned::new(vec![5_u8; size])).collect();
    let mut table = std::collections::BTreeMap::new();
    table.insert(3, Pinned::new(vec![5_u8; 48]));
    let shared = Rc::new(RefCell::new(Pinner::new()));
    shared.borrow_mut().pin(vec![5_u8; 48]);
    // Their owners are in this frame, which never returns.
    let _all = (boxed, many, table, shared);
    exit(0)
}

fn holder_in_memory_of_c() {
    // SAFETY: room for a holder, aligned as malloc aligns.
    let place = unsafe { libc::malloc(size_of::<Pinned<Vec<u8>>>()) }.cast::<Pinned<Vec<u8>>>();
    // SAFETY: fresh memory of that size.
    unsafe { place.write(Pinned::new(vec![5_u8; 48])) };
    // What nobody looks at, an optimising compiler does not write.
    std::hint::black_box(place);
    let flags = libc::MAP_SHARED | libc::MAP_ANONYMOUS;
    // SAFETY: a fresh mapping.
    let mapped = unsafe { libc::mmap(std::ptr::null_mut(), 1 << 20, libc::PROT_READ | libc::PROT_WRITE, flags, -1, 0) };
    assert_ne!(mapped, libc::MAP_FAILED);
    // SAFETY: in the mapping, and aligned to 8 bytes.
    let place = unsafe { mapped.byte_add(500_000) }.cast::<Pinned<Vec<u8>>>();
    // SAFETY: room for one.
    unsafe { place.write(Pinned::new(vec![5_u8; 48])) };
    std::hint::black_box(place);
}

fn holder_in_a_packed_structure() {
    #[repr(C, packed)]
    struct Packed {
        kind: u8,
        holder: Pinned<Vec<u8>>,
    }
    let many: Vec<Packed> =
        (0..200).map(|kind| Packed { kind, holder: Pinned::new(vec![kind; usize::from(kind) + 1]) }).collect();
    assert_eq!({ many[7].kind }, 7);
    let _many = many;
    exit(0)
}

struct Link {
    _holder: Pinned<Vec<u8>>,
    next: RefCell<Option<Rc<Link>>>,
}

/// Memory that is never freed still has its holder, and somebody may have a way to it.
fn holder_in_a_cycle_or_leaked_box() {
    let first = Rc::new(Link { _holder: Pinned::new(vec![5_u8; 48]), next: RefCell::new(None) });
    let second = Rc::new(Link { _holder: Pinned::new(vec![6_u8; 48]), next: RefCell::new(Some(Rc::clone(&first))) });
    *first.next.borrow_mut() = Some(second);
    // What nobody looks at, an optimising compiler does not write.
    std::hint::black_box(Box::leak(Box::new(Pinned::new(vec![7_u8; 48]))));
}

fn pinned_for_ever() {
    let at = Pinned::new(vec![5_u8; 48]).forever().cast::<u8>();
    let mut pinner = Pinner::new();
    for size in 1..=20 {
        pinner.pin(vec![5_u8; size]);
    }
    pinner.forever();
    // SAFETY: 48 bytes that stay for ever.
    assert_eq!(unsafe { at.add(47).read() }, 5);
    assert_eq!((pinned_ffi::pin_count(at), pinned_ffi::pins().len()), (1, 21));
}

/// The child has a copy of every holder, of its own thread and of threads that it does not have, and it may lose them.
fn child_that_exits() {
    let mut pinner = Pinner::new();
    pinner.pin(vec![5_u8; 48]);
    let (ready, wait) = mpsc::channel();
    let other = std::thread::spawn(move || {
        let _pinned = Pinned::new(vec![6_u8; 48]);
        ready.send(()).expect("it waits");
        std::thread::park();
    });
    wait.recv().expect("it sends");
    static HOLDER: Mutex<Option<Pinned<Vec<u8>>>> = Mutex::new(None);
    *HOLDER.lock().expect("no panic") = Some(Pinned::new(vec![5_u8; 48]));
    in_child(|| {
        forget(HOLDER.lock().expect("no panic").take());
        // SAFETY: within the static; what was there is gone for this process.
        unsafe { libc::memset(std::ptr::from_ref(&HOLDER).cast_mut().cast(), 0, size_of_val(&HOLDER)) };
        drop(Pinned::new(vec![1_u8; 9]));
        exit(0)
    });
    drop(HOLDER.lock().expect("no panic").take());
    other.thread().unpark();
    other.join().expect("no panic");
}

fn forgotten_but_holding_nothing() {
    forget(Pinner::new());
    let mut pinner = Pinner::new();
    pinner.pin(Box::new(()));
    pinner.pin("part of the program");
    static FIXED: [u8; 4] = [1; 4];
    pinner.pin(&FIXED);
    forget(pinner);
    let mut empty = Pinner::new();
    empty.pin(vec![1_u8; 8]);
    empty.unpin();
    forget(empty);
}

fn dropped_while_unwinding() {
    let unwound = std::panic::catch_unwind(|| {
        let mut pinner = Pinner::new();
        pinner.pin(vec![5_u8; 48]);
        let _pinned = Pinned::new(vec![6_u8; 48]);
        std::panic::resume_unwind(Box::new("on purpose"));
    });
    assert!(unwound.is_err());
    assert_eq!(pinned_ffi::pins(), []);
}
