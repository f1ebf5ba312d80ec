//! Learning contracts: what the calls of a program show of each function. Only with `PINNED_FFI_LEARN`.
//!
//! Nothing is decided here: counts go to the file, and `pinned-ffi audit --learned` weighs them. What cannot be seen for sure
//! is not counted. Memory is read through the kernel, so whatever an argument is, reading it is no error.

mod evidence;
mod given;
mod lines;
mod memory;

use crate::alloc::{self, reentry};
use crate::check::budget;
use crate::desc::FnDesc;
use crate::mode;
use crate::path::Path;
use crate::sync::plain::{AtomicBool, Ordering};
use crate::sys::maps::Region;
use crate::watch::kept::{self, Scan, Stored, Wanted};
use crate::word::Word;
use evidence::{Evidence, Outcome, Reach};
use memory::Memory;
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, TryLockError};
use std::time::{Duration, Instant};

/// Whether calls are learnt from.
#[inline]
fn is_on() -> bool {
    mode::learns()
}

/// One call that is learnt from.
#[derive(Debug)]
pub(crate) struct Lesson {
    desc: &'static FnDesc,
    words: Vec<Word>,
    /// The memory of each argument that is a pointer and not null.
    memory: Vec<Memory>,
    scan: Option<Scan>,
}

impl Lesson {
    /// Before the call. `frame` is the lowest live address of the stack; blocks stay where they are only where they are pinned.
    #[inline]
    pub(crate) fn begin(desc: &'static FnDesc, words: &[Word], frame: usize, is_pinned: bool) -> Option<Box<Self>> {
        if is_on() { Self::take_up(desc, words, frame, is_pinned) } else { None }
    }

    #[cold]
    fn take_up(desc: &'static FnDesc, words: &[Word], frame: usize, is_pinned: bool) -> Option<Box<Self>> {
        if desc.params.len() > budget::MOST_PARAMS_LEARNT {
            return None;
        }
        // What is allocated here is no block of the program's.
        reentry::once(|| {
            let params = desc.params.iter().zip(words).enumerate();
            let pointers =
                params.filter_map(|(index, (param, word))| Some((index, param.pointer.as_ref()?, word.addr())));
            let memory: Vec<Memory> = pointers
                .filter(|(.., addr)| *addr != 0)
                .map(|(index, pointer, addr)| Memory::before(index, pointer, addr, frame, is_pinned))
                .collect();
            let is_searched = memory.iter().any(Memory::is_block) && is_turn(desc);
            let scan = is_searched.then(|| Scan::before(memory.iter().filter_map(wanted))).flatten();
            Box::new(Self { desc, words: words.to_vec(), memory, scan })
        })
    }

    /// After the call, while its blocks are still pinned.
    #[inline]
    pub(crate) fn end(lesson: Option<Box<Self>>, result: Option<Word>) {
        if let Some(lesson) = lesson {
            lesson.weigh(result);
        }
    }

    #[cold]
    fn weigh(mut self: Box<Self>, result: Option<Word>) {
        let _ = reentry::once(move || {
            let scan = self.scan.take();
            // What C had before, it may have stored once more.
            let was_clean = scan.as_ref().is_some_and(|scan| !scan.found_before());
            let stores = scan.map(|scan| scan.after(self.memory.iter().filter_map(wanted)));
            let reach = if alloc::interpose::is_on() { Reach::WithHeap } else { Reach::Statics };
            let outcomes: Vec<Outcome> = self
                .memory
                .drain(..)
                .map(|memory| {
                    let after = memory.after();
                    let path = Path::param(memory.index());
                    let searched = stores.as_deref().filter(|_| memory.is_block());
                    let stored = searched.map(|stores| kept::stored(stores, path));
                    let stored = stored.filter(|stored| was_clean || *stored != Stored::Nowhere);
                    Outcome { memory, after, stored, reach }
                })
                .collect();
            let _ = with_table(|table| table.add(self.desc, &self.words, &outcomes, result));
        });
    }

    /// A call that unwinds teaches nothing.
    pub(crate) fn forget(lesson: Option<Box<Self>>) {
        if lesson.is_some() {
            let _ = reentry::once(|| drop(lesson));
        }
    }
}

fn wanted(memory: &Memory) -> Option<Wanted> {
    let (start, end) = memory.searched()?;
    Some(Wanted { path: Path::param(memory.index()), range: Region { start, end } })
}

/// Whether C's memory is searched at this call: the first of a function, and one in many later on.
fn is_turn(desc: &FnDesc) -> bool {
    let number = with_table(|table| table.functions.get(desc.name).map_or(0, |function| function.searches_asked()));
    number.is_some_and(|number| number < budget::FIRST_SEARCHES || number.is_multiple_of(budget::EVERY_SEARCH))
}

/// Everything that was learnt and not written yet.
struct Table {
    /// A fork's child begins anew: the parent writes what it has learnt itself.
    process: u32,
    run: String,
    functions: BTreeMap<&'static str, Evidence>,
    given: given::Results,
    written: Instant,
    pause: Duration,
}

static TABLE: Mutex<Option<Box<Table>>> = Mutex::new(None);

/// Gives up after a while: the holder may be this very thread, behind a signal handler, or gone with a fork.
fn lock() -> Option<MutexGuard<'static, Option<Box<Table>>>> {
    // Who has waited in vain once does not wait again before somebody else was let in.
    static IS_STUCK: AtomicBool = AtomicBool::new(false);
    let since = Instant::now();
    loop {
        let guard = match TABLE.try_lock() {
            Ok(guard) => guard,
            Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
            Err(TryLockError::WouldBlock) => {
                if IS_STUCK.load(Ordering::Relaxed) || since.elapsed() > budget::PATIENCE_OF_LEARNING {
                    IS_STUCK.store(true, Ordering::Relaxed);
                    return None;
                }
                std::thread::yield_now();
                continue;
            }
        };
        IS_STUCK.store(false, Ordering::Relaxed);
        return Some(guard);
    }
}

fn with_table<R>(body: impl FnOnce(&mut Table) -> R) -> Option<R> {
    let mut guard = lock()?;
    let process = std::process::id();
    if guard.as_ref().is_some_and(|table| table.process != process) {
        *guard = None;
    }
    Some(body(guard.get_or_insert_with(|| Box::new(Table::new(process)))))
}

impl Table {
    fn new(process: u32) -> Self {
        Self {
            process,
            run: lines::name_of_run(process),
            functions: BTreeMap::new(),
            given: given::Results::default(),
            written: Instant::now(),
            pause: Duration::from_secs(1),
        }
    }

    fn add(&mut self, desc: &'static FnDesc, words: &[Word], outcomes: &[Outcome], result: Option<Word>) {
        self.given.passed(desc, words, &mut self.functions);
        let evidence = self.functions.entry(desc.name).or_insert_with(|| Evidence::new(desc));
        // Another function under the same name: which one is meant nobody could tell.
        if !evidence.is_of(desc) {
            return;
        }
        evidence.add(words, outcomes, result);
        if let Some(result) = result.filter(|result| result.addr() != 0) {
            self.given.came(desc, None, result.addr(), outcomes, &mut self.functions);
        }
        for Outcome { memory, after, .. } in outcomes {
            // What is the result as well is whose the result is.
            let is_other = |addr: &usize| *addr != 0 && result.is_none_or(|result| result.addr() != *addr);
            if let Some(addr) = after.stored.filter(is_other) {
                self.given.came(desc, Some(memory.index()), addr, outcomes, &mut self.functions);
            }
        }
        if self.written.elapsed() >= self.pause {
            self.write();
        }
    }

    /// Writes what is new. The pauses grow, so that a program that runs for days writes some hundred lines of each function.
    fn write(&mut self) {
        self.written = Instant::now();
        self.pause = (self.pause * 2).min(budget::LONGEST_PAUSE);
        let mut text = String::new();
        for evidence in self.functions.values_mut().filter(|evidence| evidence.is_new()) {
            lines::add(&mut text, &self.run, evidence);
            evidence.begin_anew();
        }
        if !text.is_empty() {
            lines::append(&text);
        }
    }
}

/// When the program ends: what is not written yet is.
pub(crate) fn at_exit() {
    if !is_on() {
        return;
    }
    let _ = reentry::once(|| {
        // A child that has learnt nothing has nothing of its own to write.
        if let Some(mut guard) = lock()
            && let Some(table) = guard.as_mut()
            && table.process == std::process::id()
        {
            table.write();
        }
    });
}
