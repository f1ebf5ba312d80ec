//! Faults of memory access as the kernel tells them: a handler in front of the ones that are there.

use core::ffi::{CStr, c_int, c_void};
use core::mem::MaybeUninit;
use core::ptr;
use core::sync::atomic::{AtomicPtr, Ordering};

/// What the program did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Access {
    Read,
    Write,
    /// This machine does not say.
    #[cfg_attr(all(target_os = "linux", target_arch = "x86_64"), expect(dead_code, reason = "x86 says"))]
    Unknown,
}

/// A fault.
#[derive(Debug)]
pub(crate) struct Fault {
    pub(crate) addr: usize,
    pub(crate) access: Access,
    /// The instruction that did it, 0 where it is not known.
    pub(crate) code: usize,
}

/// What happens after a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Next {
    /// The access is tried again.
    GoOn,
    /// The handler from before has it.
    PassOn,
    /// The process ends.
    Die,
}

type Handler = fn(&Fault) -> Next;

const SIGNALS: [c_int; 2] = [libc::SIGSEGV, libc::SIGBUS];

/// The actions from before, one for each signal; written before the handler is installed, and never after.
struct Before(core::cell::UnsafeCell<[MaybeUninit<libc::sigaction>; 2]>);

// SAFETY: written by `install` alone, before any handler can read it, and from then on only read.
unsafe impl Sync for Before {}

static BEFORE: Before = Before(core::cell::UnsafeCell::new([const { MaybeUninit::zeroed() }; 2]));
static HANDLER: AtomicPtr<()> = AtomicPtr::new(ptr::null_mut());

/// Puts `handler` in front of the actions for faults. Once.
pub(crate) fn install(handler: Handler) {
    for (number, signal) in SIGNALS.iter().enumerate() {
        let before = BEFORE.0.get().cast::<libc::sigaction>().wrapping_add(number);
        // SAFETY: asks for the action alone; the place is this function's until the handler is installed (sigaction(2)).
        unsafe { libc::sigaction(*signal, ptr::null(), before) };
    }
    HANDLER.store(handler as *mut (), Ordering::Release);
    let action: MaybeUninit<libc::sigaction> = MaybeUninit::zeroed();
    // SAFETY: all zero is a valid sigaction.
    let mut action = unsafe { action.assume_init() };
    // SAFETY: a set of signals of this function's (sigemptyset(3)).
    unsafe { libc::sigemptyset(&raw mut action.sa_mask) };
    action.sa_sigaction = on_fault as *const () as usize;
    // As std's own: faults are handled on the stack kept for that, where there is one.
    action.sa_flags = libc::SA_SIGINFO | libc::SA_ONSTACK;
    for signal in SIGNALS {
        // SAFETY: `on_fault` has the type that SA_SIGINFO asks for, and only does what a handler may (signal-safety(7)).
        unsafe { libc::sigaction(signal, &raw const action, ptr::null_mut()) };
    }
}

extern "C" fn on_fault(signal: c_int, info: *mut libc::siginfo_t, context: *mut c_void) {
    // SAFETY: the kernel passes the description of this fault, which is there until this function returns.
    let about: &libc::siginfo_t = unsafe { &*info };
    // SAFETY: of the signals that this handler is installed for (sigaction(2)).
    let addr = unsafe { about.si_addr() }.addr();
    let (code, access) = where_and_how(context);
    let handler = HANDLER.load(Ordering::Acquire);
    // SAFETY: `install` stored a `Handler` before this function could run, and nothing else is stored there.
    let handler: Handler = unsafe { core::mem::transmute::<*mut (), Handler>(handler) };
    match handler(&Fault { addr, access, code }) {
        Next::GoOn => {}
        Next::PassOn => pass_on(signal, info, context),
        Next::Die => {
            // SAFETY: takes nothing, and does not come back (abort(3) may be called in a handler).
            unsafe { libc::abort() }
        }
    }
}

/// As if this handler were not there.
fn pass_on(signal: c_int, info: *mut libc::siginfo_t, context: *mut c_void) {
    let number = SIGNALS.iter().position(|known| *known == signal).unwrap_or(0);
    let before = BEFORE.0.get().cast::<libc::sigaction>().wrapping_add(number);
    // SAFETY: filled by `install` before this handler was installed, not written since.
    let before = unsafe { before.read() };
    match before.sa_sigaction {
        libc::SIG_DFL | libc::SIG_IGN => {
            let mut action: MaybeUninit<libc::sigaction> = MaybeUninit::zeroed();
            // A fault cannot be ignored: the kernel ends the process for that, too. All zero is the default action.
            // SAFETY: a valid action (sigaction(2)); the access is tried again, and ends the process.
            unsafe { libc::sigaction(signal, action.as_mut_ptr(), ptr::null_mut()) };
        }
        function if before.sa_flags & libc::SA_SIGINFO != 0 => {
            type Action = extern "C" fn(c_int, *mut libc::siginfo_t, *mut c_void);
            // SAFETY: with SA_SIGINFO the address is that of such a function (sigaction(2)).
            let function = unsafe { core::mem::transmute::<usize, Action>(function) };
            function(signal, info, context);
        }
        function => {
            // SAFETY: without SA_SIGINFO the address is that of such a function (sigaction(2)).
            let function = unsafe { core::mem::transmute::<usize, extern "C" fn(c_int)>(function) };
            function(signal);
        }
    }
}

#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
fn where_and_how(context: *mut c_void) -> (usize, Access) {
    let context = context.cast::<libc::ucontext_t>();
    // SAFETY: with SA_SIGINFO the third argument is the interrupted context (sigaction(2)).
    let registers = unsafe { &(*context).uc_mcontext.gregs };
    let register = |number: c_int| usize::try_from(number).ok().and_then(|at| registers.get(at)).copied().unwrap_or(0);
    // Bit 1 of the error code: the access was a write (Intel SDM volume 3, 4.7).
    let access = if register(libc::REG_ERR) & 2 != 0 { Access::Write } else { Access::Read };
    (register(libc::REG_RIP) as usize, access)
}

#[cfg(not(all(target_os = "linux", target_arch = "x86_64")))]
fn where_and_how(_context: *mut c_void) -> (usize, Access) {
    (0, Access::Unknown)
}

/// What a handler needs of a stack: the kernel's frame with all registers of a large processor, and ours where the code is not
/// optimised. The stack that std makes for its own handler is barely more than the first.
const ROOM: usize = 64 << 10;

/// A stack for the handlers of one thread, installed as long as it lives.
struct HandlerStack(ptr::NonNull<u8>);

impl HandlerStack {
    /// `None` where the thread has room enough already, or the system gives none.
    fn install() -> Option<Self> {
        let mut before = MaybeUninit::<libc::stack_t>::zeroed();
        // SAFETY: asks only; the place is a local (sigaltstack(2)).
        unsafe { libc::sigaltstack(ptr::null(), before.as_mut_ptr()) };
        // SAFETY: a pointer and two numbers, for which zero is valid.
        let before = unsafe { before.assume_init() };
        if before.ss_flags & libc::SS_DISABLE == 0 && before.ss_size >= ROOM {
            return None;
        }
        let own = Self(super::map_pages(ROOM)?);
        let stack = libc::stack_t { ss_sp: own.0.as_ptr().cast(), ss_flags: 0, ss_size: ROOM };
        // SAFETY: memory of its own, which stays until `drop` has taken it out of use (sigaltstack(2)). It fails on a thread
        // that runs on such a stack just now, which keeps the one it has.
        unsafe { libc::sigaltstack(&raw const stack, ptr::null_mut()) };
        Some(own)
    }
}

impl Drop for HandlerStack {
    fn drop(&mut self) {
        let none = libc::stack_t { ss_sp: ptr::null_mut(), ss_flags: libc::SS_DISABLE, ss_size: ROOM };
        // SAFETY: the thread ends; a fault from here on is handled on its own stack (sigaltstack(2)).
        unsafe { libc::sigaltstack(&raw const none, ptr::null_mut()) };
        // SAFETY: mapped by `install`, and out of use since the line above.
        unsafe { super::unmap_pages(self.0, ROOM) };
    }
}

/// Sees to it that a handler on this thread has the stack it needs.
pub(crate) fn make_room() {
    std::thread_local! {
        static STACK: Option<HandlerStack> = HandlerStack::install();
    }
    // A thread that is ending keeps what it has.
    let _ = STACK.try_with(|_| {});
}

/// Writes to standard error, from a handler.
pub(crate) fn write_error(mut bytes: &[u8]) {
    while !bytes.is_empty() {
        // SAFETY: `bytes` is borrowed for the call; write(2) may be called in a handler.
        let written = unsafe { libc::write(2, bytes.as_ptr().cast(), bytes.len()) };
        let Some(rest) = usize::try_from(written).ok().filter(|written| *written > 0).and_then(|at| bytes.get(at..))
        else {
            return;
        };
        bytes = rest;
    }
}

/// The loaded file that holds the code at `addr`, and how far in.
#[cfg(target_os = "linux")]
pub(crate) fn file_of(addr: usize) -> Option<(&'static CStr, usize)> {
    let mut info = MaybeUninit::<libc::Dl_info>::zeroed();
    // SAFETY: any address may be asked for; `info` is writable for one Dl_info (dladdr(3)).
    if addr == 0 || unsafe { libc::dladdr(ptr::without_provenance(addr), info.as_mut_ptr()) } == 0 {
        return None;
    }
    // SAFETY: Dl_info is pointers, for which zero is valid, and dladdr filled it.
    let info = unsafe { info.assume_init() };
    if info.dli_fname.is_null() {
        return None;
    }
    // SAFETY: a C string that lives as long as the file is loaded, whose code was just running.
    Some((unsafe { CStr::from_ptr(info.dli_fname) }, addr.wrapping_sub(info.dli_fbase.addr())))
}

#[cfg(not(target_os = "linux"))]
pub(crate) fn file_of(_addr: usize) -> Option<(&'static CStr, usize)> {
    None
}
