//! What cgo lets through at every level.

use super::Case;
use super::types::*;
use pinned_ffi::CBox;
use std::ffi::{c_char, c_int, c_void};
use std::ptr::null_mut;
use std::sync::mpsc;
use std::time::{Duration, Instant};

pub(crate) const CASES: &[Case] = &[
    ("ok1", ok1),
    ("ptrfieldok", ptrfieldok),
    ("sliceok1", sliceok1),
    ("sliceok2", sliceok2),
    ("sliceok3", sliceok3),
    ("sliceok4", sliceok4),
    ("varok", varok),
    ("passstring", passstring),
    ("ptrdata1", ptrdata1),
    ("ptrdata2", ptrdata2),
    ("union2", union2),
    ("preemptduringcall", preemptduringcall),
    ("deadline", deadline),
    ("chanrecv", chanrecv),
    ("structfield", structfield),
    ("structfield2", structfield2),
    ("defer2", defer2),
    ("buffer", buffer),
    ("finalizer", finalizer),
    ("structfieldcast", structfieldcast),
    ("stringdata", stringdata),
    ("slicedata2", slicedata2),
    ("arraypointer", arraypointer),
];

fn ok1() {
    let (_number, at) = number();
    let mut value = Box::new(Mixed { i: 1, p: at });
    // SAFETY: C looks at nothing, here and below.
    unsafe { take_int(&raw mut value.i) };
    assert_eq!(value.p, at);
}

fn ptrfieldok() {
    let (_number, at) = number();
    let mut value = Box::new(Two { p1: null_mut(), p2: at });
    // SAFETY: as above.
    unsafe { take_slot(&raw mut value.p1) };
    assert_eq!(value.p2, at);
}

fn sliceok1() {
    let slots = vec![null_mut(); 4];
    // SAFETY: as above.
    unsafe { take_slots(slots.as_ptr(), slots.len()) };
}

fn sliceok2() {
    struct Sibling {
        p: *mut c_int,
        slots: Vec<*mut c_int>,
    }
    let (_number, at) = number();
    let value = Box::new(Sibling { p: at, slots: vec![null_mut()] });
    // SAFETY: as above.
    unsafe { take_slots(&raw const value.slots[0], 1) };
    assert_eq!(value.p, at);
}

/// Bytes that lie beside a pointer.
fn bytes() -> (Box<c_int>, Box<Bytes>) {
    let (number, at) = number();
    (number, Box::new(Bytes { p: at, a: *b"abcdefgh" }))
}

fn sliceok3() {
    let (_number, value) = bytes();
    let part = &value.a[1..3];
    // SAFETY: as above.
    unsafe { take_bytes(part.as_ptr().cast(), part.len()) };
    assert!(!value.p.is_null());
}

fn sliceok4() {
    let (_number, mut value) = bytes();
    let part = &mut value.a[1..3];
    let handle: handle = part.as_mut_ptr().cast();
    // SAFETY: as above.
    unsafe { take_handle(handle) };
}

fn varok() {
    static TEXT: [u8; 6] = *b"global";
    let slots = vec![TEXT.as_ptr().cast_mut().cast::<c_int>()];
    // SAFETY: as above.
    unsafe { take_slots(slots.as_ptr(), slots.len()) };
}

fn passstring() {
    let text = String::from("abc");
    // SAFETY: three bytes.
    let sum = unsafe { cgo_sum_text(Text { p: text.as_ptr().cast(), n: text.len() }) };
    assert_eq!(sum, 97 + 98 + 99);
}

fn ptrdata1() {
    let (_number, at) = number();
    let value = CBox::new(Number { word: at.addr() });
    // SAFETY: as above.
    unsafe { take_number(&raw const *value) };
}

fn ptrdata2() {
    let (_number, at) = number();
    let value = CBox::new(LargeNumber { filler: [at.addr() as u64; 32_769], word: at.addr() });
    // SAFETY: as above.
    unsafe { take_large_number(&raw const *value) };
    assert_eq!((value.filler[32_768], value.word), (at.addr() as u64, at.addr()));
}

fn union2() {
    let (_number, at) = number();
    let value = Box::new(WithoutPointer { number: at.addr() as u64 });
    // SAFETY: as above.
    unsafe { take_numbers(&raw const *value) };
    // SAFETY: every member is bytes.
    assert_eq!(unsafe { value.bytes }, (at.addr() as u64).to_ne_bytes());
}

fn preemptduringcall() {
    std::thread::scope(|scope| {
        for _ in 0..100 {
            scope.spawn(|| {
                for round in 0..100 {
                    let value = Box::new(Mixed { i: round, p: null_mut() });
                    // SAFETY: as above.
                    unsafe { take_one((&raw const value.p).cast()) };
                    std::thread::yield_now();
                    assert_eq!(value.i, round);
                }
            });
        }
    });
}

/// Go's poller stored a pointer of its own; here a timer of std's runs out while blocks come and go.
fn deadline() {
    use std::io::Read as _;
    let (mut ours, _theirs) = std::os::unix::net::UnixStream::pair().expect("a pair of sockets");
    ours.set_read_timeout(Some(Duration::from_millis(20))).expect("a timeout can be set");
    let begin = Instant::now();
    let error = ours.read(&mut vec![0; 64]).expect_err("nobody writes");
    assert_eq!(error.kind(), std::io::ErrorKind::WouldBlock);
    assert!(begin.elapsed() >= Duration::from_millis(15));
}

fn chanrecv() {
    let (sender, receiver) = mpsc::channel();
    sender.send(vec![7_u8]).expect("there is a receiver");
    // SAFETY: as above; the vector lives to the end of the statement.
    unsafe { take_bytes(receiver.recv().expect("one was sent")[..1].as_ptr().cast(), 1) };
    assert!(receiver.try_recv().is_err(), "the argument was evaluated once");
}

fn structfield() {
    let (_number, value) = bytes();
    // SAFETY: as above.
    unsafe { take_bytes((&raw const value.a).cast(), 8) };
    assert!(!value.p.is_null());
}

fn structfield2() {
    let (_first, mut first) = bytes();
    let (_second, mut second) = bytes();
    // SAFETY: as above.
    unsafe { take_two((&raw mut first.a).cast::<c_void>(), (&raw mut second.a).cast()) };
}

fn defer2() {
    let (_number, at) = number();
    let mut slots = vec![null_mut::<c_int>()];
    let taken = std::mem::replace(&mut slots, vec![at]);
    // SAFETY: as above.
    let deferred = move || unsafe { take_slots(&raw const taken[0], 1) };
    assert_eq!(slots, [at]);
    deferred();
}

fn buffer() {
    let mut buffer = std::io::Cursor::new(Vec::new());
    std::io::Write::write_all(&mut buffer, b"hello").expect("a vector takes everything");
    // SAFETY: as above.
    unsafe { take_bytes((&raw const buffer.get_ref()[0]).cast(), 5) };
}

/// There are no finalizers; here values are dropped on another thread while calls are checked.
fn finalizer() {
    let (sender, receiver) = mpsc::channel::<Box<[usize; 3]>>();
    let sweeper = std::thread::spawn(move || receiver.into_iter().count());
    for round in 0..1000 {
        let value = Box::new([round; 3]);
        // SAFETY: as above.
        unsafe { take_bytes(value.as_ptr().cast(), 24) };
        sender.send(value).expect("the sweeper is there");
    }
    drop(sender);
    assert_eq!(sweeper.join().expect("no panic"), 1000);
}

fn structfieldcast() {
    let (_number, mut value) = bytes();
    // SAFETY: as above; eight bytes are there, at any address.
    unsafe { take_two((&raw mut value.a).cast::<u64>().cast(), null_mut()) };
}

fn stringdata() {
    let (_number, value) = bytes();
    let text = std::str::from_utf8(&value.a).expect("letters");
    // SAFETY: as above.
    unsafe { take_bytes(text.as_ptr().cast::<c_char>().cast(), text.len()) };
}

fn slicedata2() {
    let (_number, value) = bytes();
    // SAFETY: as above.
    unsafe { take_bytes(value.a.as_ptr().cast(), value.a.len()) };
}

fn arraypointer() {
    let array: Box<[u8; 10]> = Box::new([1; 10]);
    // SAFETY: as above.
    unsafe { take_bytes((&raw const array[0]).cast(), 10) };
}
