//! Loom models: start, completion and drop of one operation in every order.

use super::{Early, Finish, Loose, Node, deliver};
use crate::userdata::table::{Key, Table};
use core::task::Waker;
use loom::cell::UnsafeCell;
use loom::sync::Arc;
use loom::sync::atomic::{AtomicUsize, Ordering};
use loom::thread;
use std::task::Wake;

const LIVE: usize = 0;
const DROPPED: usize = 1;

/// Memory that C writes, and what has become of it. loom sees every access that is not ordered with the drop.
struct Memory {
    bytes: UnsafeCell<u32>,
    dropped: Arc<AtomicUsize>,
    pins: Arc<AtomicUsize>,
}

// SAFETY: loom watches the accesses, and the test is that none race.
unsafe impl Send for Memory {}

impl Drop for Memory {
    fn drop(&mut self) {
        self.bytes.with_mut(|_| ());
        assert_eq!(self.pins.load(Ordering::SeqCst), 0, "the pins end before the memory does");
        assert_eq!(self.dropped.swap(DROPPED, Ordering::SeqCst), LIVE, "dropped once");
    }
}

/// A pin: counted while it is there.
struct Pin(Arc<AtomicUsize>);

impl Drop for Pin {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

type Shared = Arc<Node<Memory, Pin>>;

struct World {
    table: Table<Shared>,
    dropped: Arc<AtomicUsize>,
    pins: Arc<AtomicUsize>,
}

impl World {
    fn new() -> Arc<Self> {
        let pins = Arc::new(AtomicUsize::new(0));
        Arc::new(World { table: Table::new(), dropped: Arc::new(AtomicUsize::new(LIVE)), pins })
    }

    fn memory(&self) -> Memory {
        Memory { bytes: UnsafeCell::new(0), dropped: Arc::clone(&self.dropped), pins: Arc::clone(&self.pins) }
    }

    fn pin(&self) -> Pin {
        self.pins.fetch_add(1, Ordering::SeqCst);
        Pin(Arc::clone(&self.pins))
    }

    /// An operation that C has, seen from its guard.
    fn start(&self, early: Option<Early<Pin>>) -> (Shared, Key) {
        let node = Arc::new(Node::new(self.memory()));
        node.arm(self.pin(), early);
        let key = self.table.insert(Arc::clone(&node)).ok().expect("room");
        (node, key)
    }

    /// C, as long as it has the memory.
    fn write(node: *const Memory) {
        // SAFETY: the model says that the memory is there; loom sees it where it is not.
        let memory = unsafe { &*node };
        assert_eq!(memory.dropped.load(Ordering::SeqCst), LIVE);
        assert_eq!(memory.pins.load(Ordering::SeqCst), 1);
        // SAFETY: only C writes.
        memory.bytes.with_mut(|bytes| unsafe { bytes.write(7) });
    }

    fn ended(&self) -> bool {
        self.dropped.load(Ordering::SeqCst) == DROPPED && self.pins.load(Ordering::SeqCst) == 0
    }
}

struct Address(*const Memory);
// SAFETY: only the models use it, which loom watches.
unsafe impl Send for Address {}

/// C writes and completes on another thread while the guard is dropped here: whoever is last drops the memory, once.
#[test]
fn loom_guard_dropped_while_c_writes() {
    loom::model(|| {
        let world = World::new();
        let (guard, key) = world.start(None);
        let at = Address(guard.parts());
        let other = {
            let world = Arc::clone(&world);
            thread::spawn(move || {
                World::write({ at }.0);
                assert!(deliver(&world.table, key, 7));
            })
        };
        drop(guard);
        other.join().expect("no panic");
        assert!(world.ended());
    });
}

/// The memory is taken by the guard or dropped by the completion, and a guard that is not ready is woken.
#[test]
fn loom_poll_races_completion() {
    struct Count(Arc<AtomicUsize>);
    impl Wake for Count {
        fn wake(self: std::sync::Arc<Self>) {
            self.0.fetch_add(1, Ordering::SeqCst);
        }
    }
    loom::model(|| {
        let world = World::new();
        let (guard, key) = world.start(None);
        let at = Address(guard.parts());
        let other = {
            let world = Arc::clone(&world);
            thread::spawn(move || {
                World::write({ at }.0);
                assert!(deliver(&world.table, key, 7));
            })
        };
        let woken = Arc::new(AtomicUsize::new(0));
        let waker = Waker::from(std::sync::Arc::new(Count(Arc::clone(&woken))));
        let ready = guard.poll(&waker).is_some();
        if ready {
            let (result, memory) = guard.take().expect("ready, and only this guard takes it");
            // SAFETY: C is done, and loom checks that this is so.
            assert_eq!((result, memory.bytes.with(|bytes| unsafe { bytes.read() })), (7, 7));
            assert!(guard.take().is_none());
            drop(memory);
        }
        other.join().expect("no panic");
        assert!(ready || woken.load(Ordering::SeqCst) == 1, "either ready or woken");
        assert_eq!(guard.result().is_some(), !ready);
        drop(guard);
        assert!(world.ended());
    });
}

/// Two threads deliver the same completion: one is refused, and nothing ends twice.
#[test]
fn loom_completed_twice() {
    loom::model(|| {
        let world = World::new();
        let (guard, key) = world.start(None);
        let other = {
            let world = Arc::clone(&world);
            thread::spawn(move || deliver(&world.table, key, 1))
        };
        drop(guard);
        let here = deliver(&world.table, key, 2);
        assert!(here != other.join().expect("no panic"));
        assert!(world.ended());
    });
}

/// What C needs no longer goes once, whether it is told so or the completion overtakes the telling.
#[test]
fn loom_consumed_races_completion() {
    struct Vector(Arc<AtomicUsize>);
    impl Drop for Vector {
        fn drop(&mut self) {
            self.0.fetch_add(1, Ordering::SeqCst);
        }
    }
    loom::model(|| {
        let world = World::new();
        let gone = Arc::new(AtomicUsize::new(0));
        let early = Early::new(Pin(Arc::new(AtomicUsize::new(1))), Loose::new(Vector(Arc::clone(&gone))));
        let (guard, key) = world.start(Some(early));
        let other = {
            let world = Arc::clone(&world);
            thread::spawn(move || assert!(deliver(&world.table, key, 7)))
        };
        if let Some(node) = world.table.get(key) {
            // The other thread may have it already, and drop it a moment later.
            node.consume();
        }
        drop(guard);
        other.join().expect("no panic");
        assert_eq!(gone.load(Ordering::SeqCst), 1);
        assert!(world.ended());
    });
}
