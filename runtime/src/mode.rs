//! Whether checks are compiled in, at which level they run, and what a violation does; the only reader of the environment.

use crate::pin::limit::PinLimit;
use crate::sync::first;
use crate::sync::plain::{AtomicBool, AtomicU8, AtomicU32, Ordering};
use core::num::NonZeroU32;
use std::path::PathBuf;
use std::sync::OnceLock;

/// Whether this build contains the checks: debug assertions are on, or feature `checked` is set.
///
/// Everything a wrapper emits is decided by this one constant; where it is `false` a wrapper is the bare call.
pub const COMPILED: bool = cfg!(any(debug_assertions, feature = "checked"));

/// How much is checked. Set at start by `PINNED_FFI_CHECK=off|cheap|full`, default cheap.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Level {
    /// Nothing is checked and no call is logged. Pins made by hand keep their meaning.
    Off = 1,
    /// Rules that cost nanoseconds per argument.
    Cheap = 2,
    /// All rules; and the stack of every allocation and free is kept for reports, no block is reallocated in place, freed blocks
    /// are poisoned, and behind each block is a fence.
    Full = 3,
}

impl Level {
    /// The word that `PINNED_FFI_CHECK` and reports use.
    pub fn name(self) -> &'static str {
        match self {
            Level::Off => "off",
            Level::Cheap => "cheap",
            Level::Full => "full",
        }
    }
}

/// What happens after a report was written. Set by `PINNED_FFI_ON_VIOLATION`, default panic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum OnViolation {
    /// Unwind from the wrapper, before C runs where that is still possible.
    Panic = 1,
    /// End the process at once.
    Abort = 2,
    /// Go on; the report went to standard error.
    Log = 3,
}

// Zero is "not known yet": allocations before start-up are tracked without their stacks.
static LEVEL: AtomicU8 = AtomicU8::new(0);
static ON_VIOLATION: AtomicU8 = AtomicU8::new(0);
static SAMPLE: AtomicU32 = AtomicU32::new(0);
// Set before the level is, as is the next.
static LEARNS: AtomicBool = AtomicBool::new(false);
static WAS_FULL: AtomicBool = AtomicBool::new(false);
static SLOTS: AtomicBool = AtomicBool::new(true);
// Goes up by two whenever what is asked of calls changes; odd while it was found to be the usual since.
static CHANGES: AtomicU32 = AtomicU32::new(0);

/// The level in force. Reads the environment the first time; must not be called from an allocator hook.
#[inline]
pub fn level() -> Level {
    match LEVEL.load(Ordering::Relaxed) {
        1 => Level::Off,
        2 => Level::Cheap,
        3 => Level::Full,
        _ => read_environment(),
    }
}

/// Whether no more is asked of a call than all of them at level cheap, and all is there for it: nothing else need be asked then.
#[inline]
pub(crate) fn is_usual() -> bool {
    CHANGES.load(Ordering::Relaxed) & 1 != 0
}

/// To be called behind each change of what [`find_usual`] asks.
pub(crate) fn changed() {
    let _ = CHANGES.fetch_update(Ordering::AcqRel, Ordering::Relaxed, |changes| Some((changes | 1).wrapping_add(1)));
}

/// Has [`is_usual`] say so, if it `is` so and nothing changes meanwhile.
pub(crate) fn find_usual(is: impl FnOnce() -> bool) {
    let changes = CHANGES.load(Ordering::Acquire);
    if is() && level() == Level::Cheap && !learns() && one_in() == NonZeroU32::MIN {
        let _ = CHANGES.compare_exchange(changes & !1, changes | 1, Ordering::AcqRel, Ordering::Relaxed);
    }
}

/// Sets the level from code, for tests and for programs that decide by their own configuration.
///
/// Blocks allocated before a switch to [`Level::Full`] have no allocation site in later reports.
pub fn set_level(level: Level) {
    read_environment();
    if level == Level::Full {
        WAS_FULL.store(true, Ordering::Relaxed);
        SLOTS.store(false, Ordering::Relaxed);
    }
    LEVEL.store(level as u8, Ordering::Relaxed);
    changed();
}

/// Whether an allocator hook should keep stacks. Never reads the environment.
#[inline]
pub(crate) fn keeps_stacks() -> bool {
    LEVEL.load(Ordering::Relaxed) == Level::Full as u8
}

/// Whether the level was full at any time: blocks of that time have fences.
#[inline]
pub(crate) fn was_full() -> bool {
    WAS_FULL.load(Ordering::Relaxed)
}

/// The level, where it is known already: for allocator hooks, which must not read the environment.
pub(crate) fn level_in_hook() -> Option<Level> {
    (LEVEL.load(Ordering::Relaxed) != 0).then(level)
}

/// What happens after a report.
pub fn on_violation() -> OnViolation {
    match ON_VIOLATION.load(Ordering::Relaxed) {
        2 => OnViolation::Abort,
        3 => OnViolation::Log,
        _ => OnViolation::Panic,
    }
}

/// Sets what happens after a report.
pub fn set_on_violation(what: OnViolation) {
    read_environment();
    ON_VIOLATION.store(what as u8, Ordering::Relaxed);
}

/// One call in so many is checked.
pub fn sample() -> NonZeroU32 {
    if SAMPLE.load(Ordering::Relaxed) == 0 {
        read_environment();
    }
    one_in()
}

/// Sets of how many calls one is checked, as `PINNED_FFI_SAMPLE=1/N` does. Which one is left to chance, on each thread by itself.
///
/// For what runs in production: a bug that comes up again and again is found on some machine. What is not checked is not
/// pinned for the call either. Results, and pins made by hand, are the same; checked stores are always checked.
pub fn set_sample(one_in: NonZeroU32) {
    read_environment();
    SAMPLE.store(one_in.get(), Ordering::Relaxed);
    changed();
}

/// As [`sample`], where the level was asked before and the environment is read.
#[inline]
pub(crate) fn one_in() -> NonZeroU32 {
    NonZeroU32::new(SAMPLE.load(Ordering::Relaxed)).unwrap_or(NonZeroU32::MIN)
}

/// Whether small blocks may have slots of our own (alloc/small): where nothing more is asked of each block.
#[inline]
pub(crate) fn uses_slots() -> bool {
    SLOTS.load(Ordering::Relaxed)
}

/// Whether the program runs in Valgrind's memcheck, which sees the blocks of malloc alone. It loads a library of its own first.
fn is_in_memcheck() -> bool {
    text("LD_PRELOAD").is_some_and(|libraries| libraries.contains("vgpreload_memcheck"))
}

/// Whether AddressSanitizer watches this process, whose tests' step gives it options.
#[cfg(all(test, not(loom)))]
pub(crate) fn is_in_address_sanitizer() -> bool {
    text("ASAN_OPTIONS").is_some()
}

/// Whether contracts are learnt from the program's calls. Never reads the environment.
#[inline]
pub(crate) fn learns() -> bool {
    LEARNS.load(Ordering::Relaxed)
}

/// The file of `PINNED_FFI_LEARN`. A relative path counts from the folder of the first call.
pub(crate) fn learn_path() -> Option<&'static PathBuf> {
    static PATH: OnceLock<Option<PathBuf>> = OnceLock::new();
    first(&PATH, || path("PINNED_FFI_LEARN")).as_ref()
}

fn path(variable: &str) -> Option<PathBuf> {
    let path = PathBuf::from(std::env::var_os(variable).filter(|path| !path.is_empty())?);
    Some(std::path::absolute(&path).unwrap_or(path))
}

/// Where `PINNED_FFI_REPORT` wants the JSON lines, if anywhere. A relative path counts from the folder of the first call.
pub(crate) fn report_path() -> Option<&'static PathBuf> {
    static PATH: OnceLock<Option<PathBuf>> = OnceLock::new();
    first(&PATH, || path("PINNED_FFI_REPORT")).as_ref()
}

#[cold]
fn read_environment() -> Level {
    let level = match text("PINNED_FFI_CHECK").as_deref() {
        None | Some("" | "cheap") => Level::Cheap,
        Some("off" | "0") => Level::Off,
        Some("full" | "2") => Level::Full,
        Some("1") => Level::Cheap,
        Some(other) => {
            misspelt("PINNED_FFI_CHECK", other, "off, cheap or full", "cheap");
            Level::Cheap
        }
    };
    let on_violation = match text("PINNED_FFI_ON_VIOLATION").as_deref() {
        None | Some("" | "panic") => OnViolation::Panic,
        Some("abort") => OnViolation::Abort,
        Some("log") => OnViolation::Log,
        Some(other) => {
            misspelt("PINNED_FFI_ON_VIOLATION", other, "panic, abort or log", "panic");
            OnViolation::Panic
        }
    };
    if level == Level::Full {
        WAS_FULL.store(true, Ordering::Relaxed);
    }
    if COMPILED && (level == Level::Full || learn_path().is_some() || is_in_memcheck()) {
        SLOTS.store(false, Ordering::Relaxed);
    }
    let sample = match text("PINNED_FFI_SAMPLE").as_deref() {
        None | Some("") => NonZeroU32::MIN,
        Some(asked) => sample_of(asked).unwrap_or_else(|| {
            misspelt("PINNED_FFI_SAMPLE", asked, "1/1, 1/2, 1/3 and so on", "1/1");
            NonZeroU32::MIN
        }),
    };
    if COMPILED && learn_path().is_some() {
        LEARNS.store(true, Ordering::Relaxed);
        if level == Level::Off {
            eprintln!("pinned-ffi: PINNED_FFI_LEARN learns nothing while PINNED_FFI_CHECK=off");
        }
    }
    // Only the first reader wins: a level set from code stays.
    let _ = SAMPLE.compare_exchange(0, sample.get(), Ordering::Relaxed, Ordering::Relaxed);
    let _ = ON_VIOLATION.compare_exchange(0, on_violation as u8, Ordering::Relaxed, Ordering::Relaxed);
    match LEVEL.compare_exchange(0, level as u8, Ordering::Relaxed, Ordering::Relaxed) {
        Err(2) => Level::Cheap,
        Err(3) => Level::Full,
        Err(1) => Level::Off,
        _ => level,
    }
}

/// The `N` of `1/N`.
fn sample_of(asked: &str) -> Option<NonZeroU32> {
    let (one, of) = asked.split_once('/')?;
    if one.trim() == "1" { of.trim().parse().ok() } else { None }
}

/// The limit that `PINNED_FFI_PIN_LIMIT` asks for, as `base` or `base+per_call`.
pub(crate) fn pin_limit_asked() -> Option<PinLimit> {
    let asked = text("PINNED_FFI_PIN_LIMIT").filter(|asked| !asked.is_empty())?;
    let (base, per_call) = asked.split_once('+').unwrap_or((&asked, "0"));
    match (base.trim().parse(), per_call.trim().parse()) {
        (Ok(base), Ok(per_call)) => Some(PinLimit { base, per_call }),
        _ => {
            misspelt("PINNED_FFI_PIN_LIMIT", &asked, "base or base+per_call in numbers", "1048576+65536");
            None
        }
    }
}

/// The file of the program that runs, if the system knows.
pub(crate) fn program() -> Option<PathBuf> {
    std::env::current_exe().ok()
}

/// The folder that reports count paths from.
pub(crate) fn current_dir() -> Option<PathBuf> {
    std::env::current_dir().ok()
}

fn text(variable: &str) -> Option<String> {
    std::env::var_os(variable).map(|value| value.to_string_lossy().trim().to_ascii_lowercase())
}

fn misspelt(variable: &str, found: &str, wanted: &str, taken: &str) {
    eprintln!("pinned-ffi: {variable}={found:?} is not one of {wanted}; taking {taken}");
}

/// Whatever holds this is linked together with the code that reads the environment before `main`, so
/// that the stacks of early allocations are kept at level full. A linker leaves out what nobody names.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ReadsAtStart {
    #[cfg(all(target_os = "linux", any(debug_assertions, feature = "checked")))]
    _entry: &'static extern "C" fn(),
}

impl ReadsAtStart {
    pub(crate) const fn new() -> Self {
        Self {
            #[cfg(all(target_os = "linux", any(debug_assertions, feature = "checked")))]
            _entry: &start::READ,
        }
    }
}

#[cfg(all(target_os = "linux", any(debug_assertions, feature = "checked")))]
mod start {
    extern "C" fn read() {
        if super::LEVEL.load(super::Ordering::Relaxed) == 0 {
            super::read_environment();
        }
        crate::exit::arm_exit();
    }

    // SAFETY: glibc and musl call each function of .init_array once before main, after the C
    // library and the environment are ready (System V ABI, "Initialization and Termination
    // Functions"); `read` takes no arguments, which that calling convention allows.
    #[used]
    #[unsafe(link_section = ".init_array")]
    pub(super) static READ: extern "C" fn() = read;
}
