//! The registry: what is held on behalf of a keeper, by the keeper's address.
//!
//! A fixed number of lists, each behind a lock of its own. Records are made and dropped outside the locks, so that nothing is
//! allocated, and no code of a user's runs, while one is held.

use crate::sync::SpinLock;
use crate::sync::atomic::{AtomicU64, Ordering};

#[cfg(not(loom))]
const LISTS: usize = 1024;
#[cfg(loom)]
const LISTS: usize = 1;

/// What one record is kept for: the same again replaces it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Key {
    /// The address of what keeps it; 0 for the process.
    pub(crate) keeper: usize,
    /// Which parameter of which function it went through.
    pub(crate) kind: u64,
    /// Which of several places of the keeper's, for those that have several.
    pub(crate) at: Option<u64>,
}

/// A moment between two records: what was kept before it, and what came later.
///
/// Whatever ends or replaces something takes one before its call into C. A callback of that call, or another thread, may have C
/// keep something new meanwhile, of which the call knows nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(loom, allow(unreachable_pub, reason = "emitted code is not there for loom"))]
pub struct Moment(u64);

/// Something held.
pub(crate) struct Record<T> {
    key: Key,
    number: u64,
    next: Option<Box<Record<T>>>,
    _held: T,
}

/// Records taken out, or not yet in. Dropping them drops what they hold.
pub(crate) struct Records<T> {
    first: Option<Box<Record<T>>>,
}

impl<T> Records<T> {
    /// None.
    pub(crate) const fn none() -> Self {
        Self { first: None }
    }

    /// One that is in no registry.
    pub(crate) fn one(held: T) -> Self {
        let key = Key { keeper: 0, kind: 0, at: None };
        Self { first: Some(Box::new(Record { key, number: 0, next: None, _held: held })) }
    }

    /// Whether there is none.
    pub(crate) fn is_empty(&self) -> bool {
        self.first.is_none()
    }

    fn push(&mut self, mut record: Box<Record<T>>) {
        record.next = self.first.take();
        self.first = Some(record);
    }

    fn pop(&mut self) -> Option<Box<Record<T>>> {
        let mut record = self.first.take()?;
        self.first = record.next.take();
        Some(record)
    }
}

impl<T> Drop for Records<T> {
    fn drop(&mut self) {
        // One by one: a list that drops itself goes down once for each record.
        while self.pop().is_some() {}
    }
}

/// Everything that is held for keepers.
pub(crate) struct Registry<T> {
    // How many records there have been.
    count: AtomicU64,
    lists: [SpinLock<Records<T>>; LISTS],
}

impl<T> Registry<T> {
    /// Nothing is held.
    #[cfg(not(loom))]
    pub(crate) const fn new() -> Self {
        Self { count: AtomicU64::new(0), lists: [const { SpinLock::new(Records::none()) }; LISTS] }
    }

    /// Nothing is held.
    #[cfg(loom)]
    pub(crate) fn new() -> Self {
        Self { count: AtomicU64::new(0), lists: core::array::from_fn(|_| SpinLock::new(Records::none())) }
    }

    fn list(&self, keeper: usize) -> &SpinLock<Records<T>> {
        let mixed = (keeper as u64 >> 4).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        &self.lists[(mixed >> 40) as usize % LISTS]
    }

    /// This moment. Of a record that it comes after, the call into C is over.
    pub(crate) fn now(&self) -> Moment {
        Moment(self.count.load(Ordering::Acquire))
    }

    /// Holds the only record of `held` under `key`, and gives what has been held there since before `replaced`.
    pub(crate) fn keep(&self, mut held: Records<T>, key: Key, replaced: Option<Moment>) -> Records<T> {
        let mut old = Records::none();
        let Some(mut record) = held.pop() else { return old };
        record.key = key;
        record.number = self.count.fetch_add(1, Ordering::AcqRel) + 1;
        self.list(key.keeper).with(|list| {
            if let Some(Moment(now)) = replaced {
                take(list, &mut old, |other| other.key == key && other.number <= now);
            }
            list.push(record);
        });
        old
    }

    /// Takes out all that has been held for `keeper` since before that moment, through one of `kinds`: of one place, or of all
    /// where `at` names none.
    pub(crate) fn end(&self, keeper: usize, kinds: &[u64], at: Option<u64>, Moment(now): Moment) -> Records<T> {
        let mut ended = Records::none();
        let is_ended = |record: &Record<T>| {
            let key = &record.key;
            let is_it = key.keeper == keeper && kinds.contains(&key.kind) && (at.is_none() || key.at == at);
            is_it && record.number <= now
        };
        self.list(keeper).with(|list| take(list, &mut ended, is_ended));
        ended
    }

    /// Takes or gives back every lock, around a fork.
    #[cfg(not(loom))]
    pub(crate) fn around_fork(&self, is_before: bool) {
        for list in &self.lists {
            if is_before { list.hold() } else { list.let_go() }
        }
    }
}

/// Moves the records that match; nothing is dropped.
fn take<T>(list: &mut Records<T>, to: &mut Records<T>, matches: impl Fn(&Record<T>) -> bool) {
    let mut rest = Records::none();
    while let Some(record) = list.pop() {
        if matches(&record) { to.push(record) } else { rest.push(record) }
    }
    core::mem::swap(list, &mut rest);
}

#[cfg(all(test, not(loom)))]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    struct Loud(Arc<AtomicUsize>);

    impl Drop for Loud {
        fn drop(&mut self) {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
    }

    #[test]
    fn a_long_list_does_not_use_the_stack() {
        let drops = Arc::new(AtomicUsize::new(0));
        let registry = Registry::new();
        for at in 0..200 {
            let key = Key { keeper: 64, kind: 1, at: Some(at) };
            assert!(registry.keep(Records::one(Loud(Arc::clone(&drops))), key, Some(registry.now())).is_empty());
        }
        let mut many = Records::none();
        for _ in 0..200_000 {
            let mut one = Records::one(Loud(Arc::clone(&drops)));
            many.push(one.pop().expect("one"));
        }
        drop(many);
        assert_eq!(drops.load(Ordering::Relaxed), 200_000);
        drop(registry.end(64, &[1], None, registry.now()));
        assert_eq!(drops.load(Ordering::Relaxed), 200_200);
    }

    proptest! {
        /// Against a map from keys to what is held there.
        #[test]
        fn behaves_like_a_map(steps in prop::collection::vec((0_usize..4, 0_u64..3, 0_u64..4, 0_u8..4), 0..300)) {
            let registry = Registry::new();
            let mut model: BTreeMap<(usize, u64, u64), Vec<usize>> = BTreeMap::new();
            let drops: Vec<_> = (0..steps.len()).map(|_| Arc::new(AtomicUsize::new(0))).collect();
            let mut ended = vec![0; steps.len()];
            for (number, (keeper, kind, at, what)) in steps.into_iter().enumerate() {
                let gone: Vec<usize> = match what {
                    0 | 1 => {
                        let key = Key { keeper: keeper * 16, kind, at: Some(at) };
                        drop(registry.keep(Records::one(Loud(Arc::clone(&drops[number]))), key, (what == 0).then(|| registry.now())));
                        let held = model.entry((keeper, kind, at)).or_default();
                        let old = if what == 0 { std::mem::take(held) } else { Vec::new() };
                        held.push(number);
                        old
                    }
                    2 => {
                        drop(registry.end(keeper * 16, &[kind, 77], Some(at), registry.now()));
                        model.remove(&(keeper, kind, at)).unwrap_or_default()
                    }
                    _ => {
                        drop(registry.end(keeper * 16, &[kind], None, registry.now()));
                        let keys: Vec<_> = model.keys().filter(|key| (key.0, key.1) == (keeper, kind)).copied().collect();
                        keys.iter().flat_map(|key| model.remove(key).unwrap_or_default()).collect()
                    }
                };
                for number in gone {
                    ended[number] = 1;
                }
                let now: Vec<usize> = drops.iter().map(|drops| drops.load(Ordering::Relaxed)).collect();
                prop_assert_eq!(&now, &ended);
            }
        }
    }
}

#[cfg(all(test, loom))]
mod loom_tests {
    use super::*;
    use loom::sync::Arc;
    use loom::sync::atomic::{AtomicUsize, Ordering};
    use loom::thread;

    struct Loud(Arc<AtomicUsize>);

    impl Drop for Loud {
        fn drop(&mut self) {
            self.0.fetch_add(1, Ordering::SeqCst);
        }
    }

    const KEY: Key = Key { keeper: 32, kind: 5, at: Some(1) };

    /// Replaced by one thread while another ends all: each owner is dropped once, and what is left is the replacement or nothing.
    #[test]
    fn loom_replaced_and_ended() {
        loom::model(|| {
            let registry = Arc::new(Registry::new());
            let drops: Vec<_> = (0..2).map(|_| Arc::new(AtomicUsize::new(0))).collect();
            drop(registry.keep(Records::one(Loud(Arc::clone(&drops[0]))), KEY, Some(registry.now())));
            let other = {
                let (registry, drops) = (Arc::clone(&registry), Arc::clone(&drops[1]));
                thread::spawn(move || drop(registry.keep(Records::one(Loud(drops)), KEY, Some(registry.now()))))
            };
            drop(registry.end(32, &[5], None, registry.now()));
            other.join().expect("the other thread does not panic");
            assert_eq!(drops[0].load(Ordering::SeqCst), 1);
            drop(registry.end(32, &[5], Some(1), registry.now()));
            assert_eq!(drops[1].load(Ordering::SeqCst), 1);
        });
    }

    /// Two threads end the same: one of them gets it.
    #[test]
    fn loom_ended_twice() {
        loom::model(|| {
            let registry = Arc::new(Registry::new());
            let drops = Arc::new(AtomicUsize::new(0));
            drop(registry.keep(Records::one(Loud(Arc::clone(&drops))), KEY, Some(registry.now())));
            let other = {
                let registry = Arc::clone(&registry);
                thread::spawn(move || drop(registry.end(32, &[5], None, registry.now())))
            };
            drop(registry.end(32, &[4, 5], Some(1), registry.now()));
            other.join().expect("the other thread does not panic");
            assert_eq!(drops.load(Ordering::SeqCst), 1);
        });
    }
}
