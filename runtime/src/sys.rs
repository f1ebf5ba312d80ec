//! What the runtime asks of the operating system: pages, stack bounds, errno, safe reads, raw frames.

#[cfg(not(loom))]
pub(crate) mod appended;
pub(crate) mod mapped;
#[cfg(not(loom))]
pub(crate) mod maps;
#[cfg(not(loom))]
pub(crate) mod modules;
#[cfg(not(loom))]
pub(crate) mod signals;
mod stack;
#[cfg(target_os = "linux")]
mod thread_stack;

pub(crate) use stack::numbered;
#[cfg(target_os = "linux")]
pub(crate) use thread_stack::stack_bounds;

use core::ptr::NonNull;

/// Maps `bytes` of zeroed memory that the Rust allocator never sees; `None` when the system refuses.
///
/// The mapping is never returned: it backs tables that live as long as the process.
/// Pages cost nothing until they are touched.
pub(crate) fn map_pages(bytes: usize) -> Option<NonNull<u8>> {
    // SAFETY: an anonymous private mapping at an address of the kernel's choice touches no memory
    // that exists already (mmap(2)); failure is told by MAP_FAILED, tested below.
    let base = unsafe {
        libc::mmap(
            core::ptr::null_mut(),
            bytes,
            libc::PROT_READ | libc::PROT_WRITE,
            libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | libc::MAP_NORESERVE,
            -1,
            0,
        )
    };
    if base == libc::MAP_FAILED { None } else { NonNull::new(base.cast()) }
}

/// Gives back a mapping that lost the race to be installed.
///
/// # Safety
///
/// `base` and `bytes` are those of one [`map_pages`] call, and nothing points into it any more.
pub(crate) unsafe fn unmap_pages(base: NonNull<u8>, bytes: usize) {
    // SAFETY: the caller hands over the whole, unused mapping.
    unsafe { libc::munmap(base.as_ptr().cast(), bytes) };
}

/// Takes address space that cannot be touched yet; `None` when the system refuses.
pub(crate) fn reserve_pages(bytes: usize) -> Option<NonNull<u8>> {
    let flags = libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | libc::MAP_NORESERVE;
    // SAFETY: as in `map_pages`.
    let base = unsafe { libc::mmap(core::ptr::null_mut(), bytes, libc::PROT_NONE, flags, -1, 0) };
    if base == libc::MAP_FAILED { None } else { NonNull::new(base.cast()) }
}

/// How much address space the process may have, in bytes; the largest number where nobody limits it.
pub(crate) fn address_space_limit() -> usize {
    let mut limit = core::mem::MaybeUninit::<libc::rlimit>::uninit();
    // SAFETY: a place of our own, written where it succeeds (getrlimit(2)).
    let failed = unsafe { libc::getrlimit(libc::RLIMIT_AS, limit.as_mut_ptr()) } != 0;
    if failed {
        return usize::MAX;
    }
    // SAFETY: written just now. "No limit" is the largest number of its type.
    usize::try_from(unsafe { limit.assume_init() }.rlim_cur).unwrap_or(usize::MAX)
}

/// Lets pages be read and written, or forbids both. `false` when the system refuses.
///
/// # Safety
///
/// The pages are the caller's own mapping, and nothing of Rust's lies in them.
pub(crate) unsafe fn protect(start: usize, bytes: usize, is_open: bool) -> bool {
    let access = if is_open { libc::PROT_READ | libc::PROT_WRITE } else { libc::PROT_NONE };
    // SAFETY: the caller's own pages (mprotect(2)).
    unsafe { libc::mprotect(core::ptr::with_exposed_provenance_mut(start), bytes, access) == 0 }
}

/// Gives the memory behind pages back; their addresses stay.
///
/// # Safety
///
/// As for [`protect`].
pub(crate) unsafe fn forget_contents(start: usize, bytes: usize) {
    // SAFETY: the caller's own pages, whose contents nobody needs (madvise(2)).
    unsafe { libc::madvise(core::ptr::with_exposed_provenance_mut(start), bytes, libc::MADV_DONTNEED) };
}

/// The size of a page of memory, in bytes.
pub(crate) fn page_size() -> usize {
    // SAFETY: asks for a constant of the system and touches no memory; the kernel has an answer on every system.
    let size = unsafe { libc::sysconf(libc::_SC_PAGESIZE) };
    usize::try_from(size).ok().filter(|size| size.is_power_of_two()).unwrap_or(4096)
}

/// Nanoseconds of a clock that only goes forward. Cheap, and exact to some milliseconds.
pub(crate) fn coarse_nanoseconds() -> u64 {
    #[cfg(target_os = "linux")]
    const CLOCK: libc::clockid_t = libc::CLOCK_MONOTONIC_COARSE;
    #[cfg(not(target_os = "linux"))]
    const CLOCK: libc::clockid_t = libc::CLOCK_MONOTONIC;
    let mut now = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: `now` is a local of that type; a clock that does not exist leaves it as it is (clock_gettime(2)).
    unsafe { libc::clock_gettime(CLOCK, &raw mut now) };
    now.tv_sec as u64 * 1_000_000_000 + now.tv_nsec as u64
}

/// Lets others have the processor for a tenth of a millisecond. For hooks: asks for no memory, and is no place at which C cancels
/// a thread, as the C library's own calls are that sleep.
#[cfg(not(loom))]
pub(crate) fn nap() {
    #[cfg(target_os = "linux")]
    {
        let time = libc::timespec { tv_sec: 0, tv_nsec: 100_000 };
        // SAFETY: reads a local of that type, and writes nothing where the second address is null (nanosleep(2)).
        unsafe { libc::syscall(libc::SYS_nanosleep, &raw const time, core::ptr::null_mut::<libc::timespec>()) };
    }
    #[cfg(not(target_os = "linux"))]
    std::thread::yield_now();
}

/// The calling thread as the kernel numbers it, 0 where it has no number.
pub(crate) fn thread_id() -> u32 {
    #[cfg(target_os = "linux")]
    // SAFETY: takes nothing and cannot fail (gettid(2)).
    let id = unsafe { libc::gettid() };
    #[cfg(not(target_os = "linux"))]
    let id = 0;
    u32::try_from(id).unwrap_or(0)
}

/// Keeps `errno` as the program sees it: what the checker does between C and Rust stays invisible.
pub(crate) struct ErrnoGuard(i32);

impl ErrnoGuard {
    pub(crate) fn new() -> Self {
        Self(errno())
    }
}

impl Drop for ErrnoGuard {
    fn drop(&mut self) {
        set_errno(self.0);
    }
}

#[cfg(target_os = "linux")]
fn errno_location() -> *mut i32 {
    // SAFETY: takes no arguments; the result is this thread's errno, valid while the thread lives.
    unsafe { libc::__errno_location() }
}

#[cfg(target_os = "macos")]
fn errno_location() -> *mut i32 {
    // SAFETY: as on Linux.
    unsafe { libc::__error() }
}

pub(crate) fn errno() -> i32 {
    // SAFETY: `errno_location` gives a valid pointer to this thread's own integer.
    unsafe { errno_location().read() }
}

/// Asks the system again as long as a signal comes in between; `None` for an error.
#[cfg(target_os = "linux")]
fn retried(mut ask: impl FnMut() -> i32) -> Option<i32> {
    loop {
        let result = ask();
        if result >= 0 {
            return Some(result);
        }
        if errno() != libc::EINTR {
            return None;
        }
    }
}

pub(crate) fn set_errno(value: i32) {
    // SAFETY: `errno_location` gives a valid pointer to this thread's own integer.
    unsafe { errno_location().write(value) };
}

#[cfg(not(target_os = "linux"))]
pub(crate) fn stack_bounds() -> Option<(usize, usize)> {
    None
}

/// What the callee-saved registers of its caller hold, in memory of the caller's; `None` where the system has no such function.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[inline(always)]
pub(crate) fn registers() -> Option<core::mem::MaybeUninit<libc::ucontext_t>> {
    let mut registers = core::mem::MaybeUninit::zeroed();
    // SAFETY: writes the registers of this thread to a local that is large enough (getcontext(3)); nobody goes back there.
    let failed = unsafe { libc::getcontext(registers.as_mut_ptr()) } != 0;
    (!failed).then_some(registers)
}

#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub(crate) fn registers() -> Option<core::mem::MaybeUninit<usize>> {
    None
}

/// Copies `into.len()` bytes from `from`, which may be any address: unreadable memory gives `false`, not a fault.
///
/// The kernel does the copy (process_vm_readv(2) on this process), as it does for the arguments of
/// a system call. Where the system forbids that call the answer is `false`: unknown, never an error.
#[cfg(target_os = "linux")]
pub(crate) fn read_untrusted(from: usize, into: &mut [u8]) -> bool {
    let local = libc::iovec { iov_base: into.as_mut_ptr().cast(), iov_len: into.len() };
    let remote = libc::iovec { iov_base: core::ptr::without_provenance_mut(from), iov_len: into.len() };
    // SAFETY: takes nothing, cannot fail.
    let process = unsafe { libc::getpid() };
    // SAFETY: `local` describes `into`, which is borrowed mutably; `remote` may be any address, the
    // kernel answers EFAULT for what it cannot read.
    let copied = unsafe { libc::process_vm_readv(process, &raw const local, 1, &raw const remote, 1, 0) };
    usize::try_from(copied) == Ok(into.len())
}

#[cfg(not(target_os = "linux"))]
pub(crate) fn read_untrusted(_from: usize, _into: &mut [u8]) -> bool {
    false
}

/// The most frames kept of one stack.
pub(crate) const MAX_FRAMES: usize = 24;

/// The loaded file that holds the code at `addr`, and the address as that file counts it.
#[cfg(target_os = "linux")]
pub(crate) fn module_of(addr: usize) -> Option<(std::path::PathBuf, usize)> {
    use std::os::unix::ffi::OsStrExt as _;
    let mut info = core::mem::MaybeUninit::<libc::Dl_info>::zeroed();
    // SAFETY: any address may be asked for; `info` is writable for one Dl_info.
    let found = unsafe { libc::dladdr(core::ptr::without_provenance(addr), info.as_mut_ptr()) } != 0;
    if !found {
        return None;
    }
    // SAFETY: Dl_info is pointers, for which zero is valid, and dladdr filled it.
    let info = unsafe { info.assume_init() };
    if info.dli_fname.is_null() || info.dli_fbase.is_null() {
        return None;
    }
    // SAFETY: dli_fname is a C string that lives as long as the module.
    let name = unsafe { core::ffi::CStr::from_ptr(info.dli_fname) };
    let path = std::path::PathBuf::from(std::ffi::OsStr::from_bytes(name.to_bytes()));
    // The program itself may be named as it was started, relative to a folder since left.
    // By number: another process opens it.
    let path = if path.is_absolute() { path } else { format!("/proc/{}/exe", std::process::id()).into() };
    // e_type, at offset 16 of every ELF file: 2 is a program that runs where it was linked.
    let kind = info.dli_fbase.cast::<u8>().wrapping_add(16).cast::<u16>();
    // SAFETY: a loaded module starts with its ELF header, readable and aligned to a page.
    let is_fixed = unsafe { kind.read() } == 2;
    let base = if is_fixed { 0 } else { info.dli_fbase.addr() };
    Some((path, addr.wrapping_sub(base)))
}

#[cfg(not(target_os = "linux"))]
pub(crate) fn module_of(_addr: usize) -> Option<(std::path::PathBuf, usize)> {
    None
}
