//! A node against a simple model: who holds the memory, when it is dropped, and in which order.

use super::{Early, Finish, Loose, Node, deliver};
use crate::userdata::table::{Key, Table};
use proptest::prelude::*;
use std::sync::{Arc, Mutex};

/// What was dropped, in order: `P`ins and memory of operations (`S`), and early ones (`p`, `u`).
type Log = Arc<Mutex<Vec<(char, usize)>>>;

struct Loud(char, usize, Log);

impl Drop for Loud {
    fn drop(&mut self) {
        self.2.lock().expect("no panic under it").push((self.0, self.1));
    }
}

type Shared = Arc<Node<Loud, Loud>>;

#[derive(Clone, Copy, Debug)]
enum Step {
    Start { has_early: bool },
    Drop(usize),
    Forget(usize),
    Take(usize),
    Consume(usize),
    Complete(usize),
    Refuse(usize),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let which = 0_usize..12;
    prop::collection::vec(
        prop_oneof![
            any::<bool>().prop_map(|has_early| Step::Start { has_early }),
            which.clone().prop_map(Step::Drop),
            which.clone().prop_map(Step::Forget),
            which.clone().prop_map(Step::Take),
            which.clone().prop_map(Step::Consume),
            which.clone().prop_map(Step::Complete),
            which.prop_map(Step::Refuse),
        ],
        0..120,
    )
}

/// One operation as the model sees it.
struct Model {
    key: Key,
    guard: Option<Shared>,
    is_outstanding: bool,
    is_early_there: bool,
    has_early: bool,
    is_memory_there: bool,
    is_forgotten: bool,
}

proptest! {
    #[test]
    fn memory_goes_with_the_later_of_guard_and_completion(steps in steps()) {
        let table = Table::<Shared>::new();
        let log = Log::default();
        let mut models: Vec<Model> = Vec::new();
        for step in steps {
            let before = log.lock().expect("no panic").len();
            let count = models.len();
            let mut expected: Vec<(char, usize)> = Vec::new();
            match step {
                Step::Start { has_early } => {
                    let loud = |kind| Loud(kind, count, Arc::clone(&log));
                    let node = Arc::new(Node::new(loud('S')));
                    node.arm(loud('P'), has_early.then(|| Early::new(loud('p'), Loose::new(loud('u')))));
                    let key = table.insert(Arc::clone(&node)).ok().expect("room");
                    models.push(Model {
                        key, guard: Some(node), is_outstanding: true, is_early_there: has_early, has_early,
                        is_memory_there: true, is_forgotten: false,
                    });
                }
                _ if count == 0 => {}
                Step::Drop(at) => {
                    let at = at % count;
                    let model = &mut models[at];
                    if model.guard.take().is_some() && !model.is_outstanding {
                        model.is_memory_there = false;
                        expected.push(('S', at));
                    }
                }
                Step::Forget(at) => {
                    let model = &mut models[at % count];
                    if let Some(guard) = model.guard.take() {
                        std::mem::forget(guard);
                        model.is_forgotten = true;
                    }
                }
                Step::Take(at) => {
                    let at = at % count;
                    let model = &mut models[at];
                    let taken = model.guard.as_ref().and_then(|guard| guard.take());
                    prop_assert_eq!(taken.is_some(), model.guard.is_some() && !model.is_outstanding);
                    if let Some((result, memory)) = taken {
                        prop_assert_eq!((result, memory.1), (at as i64, at));
                        model.is_memory_there = false;
                        model.guard = None;
                        expected.push(('S', at));
                    }
                }
                Step::Consume(at) => {
                    let at = at % count;
                    let model = &mut models[at];
                    let node = table.get(model.key);
                    prop_assert_eq!(node.is_some(), model.is_outstanding);
                    if let Some(node) = node {
                        node.consume();
                        if std::mem::take(&mut model.is_early_there) {
                            expected.extend([('p', at), ('u', at)]);
                        }
                    }
                }
                Step::Complete(at) => {
                    let at = at % count;
                    let model = &mut models[at];
                    prop_assert_eq!(deliver(&table, model.key, at as i64), model.is_outstanding);
                    if std::mem::take(&mut model.is_outstanding) {
                        expected.push(('P', at));
                        if std::mem::take(&mut model.is_early_there) {
                            expected.extend([('p', at), ('u', at)]);
                        }
                        if model.guard.is_none() && !model.is_forgotten {
                            model.is_memory_there = false;
                            expected.push(('S', at));
                        }
                    }
                }
                Step::Refuse(at) => {
                    let at = at % count;
                    let model = &mut models[at];
                    if model.is_outstanding && model.guard.is_some() && table.remove(model.key).is_some() {
                        let node = model.guard.take().expect("asked above");
                        let early = node.disarm();
                        prop_assert_eq!(early.is_some(), model.is_early_there);
                        drop(early);
                        drop(node.reclaim());
                        model.is_outstanding = false;
                        model.is_memory_there = false;
                        expected.push(('P', at));
                        if std::mem::take(&mut model.is_early_there) {
                            expected.extend([('p', at), ('u', at)]);
                        }
                        expected.push(('S', at));
                    }
                }
            }
            prop_assert_eq!(&log.lock().expect("no panic")[before..], &expected[..]);
        }
        // All that is outstanding completes: whatever was not forgotten is gone, once.
        for (at, model) in models.iter_mut().enumerate() {
            deliver(&table, model.key, at as i64);
            model.guard = None;
            let log = log.lock().expect("no panic");
            let times = |kind| log.iter().filter(|entry| **entry == (kind, at)).count();
            prop_assert_eq!(times('P'), 1);
            prop_assert_eq!(times('u'), usize::from(model.has_early));
            prop_assert_eq!(times('S'), usize::from(!model.is_forgotten));
        }
    }
}
