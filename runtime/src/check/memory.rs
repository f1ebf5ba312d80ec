//! Where an address lies, and how memory of that place may be read.

use crate::alloc::map::{Block, MAP};
use crate::sys::{self, ErrnoGuard};
use core::cell::Cell;

/// What is known of an address.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Place {
    /// In a block of the tracked allocator, live or freed.
    Heap(Block),
    /// In a live frame of this thread's stack.
    Stack {
        /// End of the stack.
        end: usize,
    },
    /// On this thread's stack, below every live frame.
    DeadStack,
    /// C's memory, statics, mappings, other threads' stacks, or nothing at all.
    Unknown,
}

thread_local! {
    // (lowest, end); (0, 0) is "not asked yet", (1, 1) "the system does not say".
    static STACK: Cell<(usize, usize)> = const { Cell::new((0, 0)) };
}

#[inline]
fn stack() -> (usize, usize) {
    STACK
        .try_with(|cell| {
            if cell.get() == (0, 0) {
                // Asked before a call of C's, which is to find the program's errno.
                let _errno = ErrnoGuard::new();
                cell.set(sys::stack_bounds().unwrap_or((1, 1)));
            }
            cell.get()
        })
        .unwrap_or((1, 1))
}

/// The place of `addr`, seen from a frame at `frame`.
#[inline]
pub(crate) fn locate(addr: usize, frame: usize) -> Place {
    if let Some(block) = MAP.find(addr) {
        return Place::Heap(block);
    }
    let (lowest, end) = stack();
    // A coroutine runs on a stack of its own: then the thread's stack is suspended, not dead.
    if !(lowest..end).contains(&frame) || !(lowest..end).contains(&addr) {
        return Place::Unknown;
    }
    if addr < frame { Place::DeadStack } else { Place::Stack { end } }
}

/// As [`locate`], for reading only: the caller's own frame counts as live.
pub(crate) fn locate_readable(addr: usize) -> Place {
    let here = 0_u8;
    match locate(addr, core::ptr::from_ref(&here).addr()) {
        Place::DeadStack => Place::Unknown,
        Place::Heap(block) if !MAP.covers(&block, addr, 1) => Place::Unknown,
        place => place,
    }
}

/// Whether a byte is zero from `addr` on, in the next `longest` bytes or up to the end of the block in which it lies.
pub(crate) fn has_zero_byte(block: &Block, addr: usize, longest: usize) -> bool {
    let extent = MAP.extent(block);
    let from = addr.max(extent.start.0);
    let bytes = (extent.start.0 + extent.bytes).saturating_sub(from).min(longest);
    has_zero(from, bytes)
}

/// Whether one of so many bytes of a block, from `addr` on, is zero.
#[inline]
pub(super) fn has_zero(addr: usize, bytes: usize) -> bool {
    let at = core::ptr::with_exposed_provenance::<core::ffi::c_void>(addr);
    // SAFETY: in a block that is there, so it can be read (memchr(3)); C looks at the bytes, of which another thread may be
    // changing some.
    bytes != 0 && !unsafe { libc::memchr(at, 0, bytes) }.is_null()
}

/// The word at `addr`.
///
/// # Safety
///
/// It is aligned, and lies in a tracked block or in a live frame of this thread's stack.
#[inline(always)]
pub(super) unsafe fn word(addr: usize) -> usize {
    let at = core::ptr::with_exposed_provenance::<usize>(addr);
    // SAFETY: the caller's promise; a volatile read asks nothing of its value, which another thread may be changing.
    unsafe { at.read_volatile() }
}

/// The integer of `width` bytes at `addr`, where it is aligned; `None` elsewhere.
///
/// # Safety
///
/// So many bytes lie there in a tracked block or in a live frame of this thread's stack.
#[inline]
pub(super) unsafe fn field(addr: usize, width: usize) -> Option<usize> {
    let at = core::ptr::with_exposed_provenance::<u8>(addr);
    if width == 0 || !addr.is_multiple_of(width) {
        return None;
    }
    // A volatile read of an integer asks nothing of its value, which another thread may be changing.
    match width {
        // SAFETY: the caller's promise, and aligned.
        8 => usize::try_from(unsafe { at.cast::<u64>().read_volatile() }).ok(),
        // SAFETY: as above.
        4 => usize::try_from(unsafe { at.cast::<u32>().read_volatile() }).ok(),
        // SAFETY: as above.
        2 => Some(usize::from(unsafe { at.cast::<u16>().read_volatile() })),
        // SAFETY: as above.
        1 => Some(usize::from(unsafe { at.read_volatile() })),
        _ => None,
    }
}

const CHUNK: usize = 512;

/// Reads integers out of a range of program memory without ever faulting.
pub(crate) struct Window {
    start: usize,
    bytes: usize,
    // Known to be mapped: heap blocks and this thread's live stack.
    direct: bool,
    // Otherwise a copy made by the kernel, from `copied.0` on.
    copied: Cell<(usize, usize)>,
    copy: core::cell::RefCell<[u8; CHUNK]>,
}

impl Window {
    /// Opens `bytes` bytes from `start` on, which lie at `place`.
    pub(crate) fn new(place: Place, start: usize, bytes: usize) -> Self {
        let direct = matches!(place, Place::Heap(_) | Place::Stack { .. });
        Self { start, bytes, direct, copied: Cell::new((0, 0)), copy: core::cell::RefCell::new([0; CHUNK]) }
    }

    /// The integer of `width` bytes (1, 2, 4 or 8) at `addr`; `None` outside the window or where memory cannot be read.
    pub(crate) fn read(&mut self, addr: usize, width: usize) -> Option<u64> {
        self.peek(addr, width)
    }

    /// As [`read`](Self::read), through a shared reference.
    pub(crate) fn peek(&self, addr: usize, width: usize) -> Option<u64> {
        let last = addr.checked_add(width)?;
        if width == 0 || width > 8 || addr < self.start || last > self.start.checked_add(self.bytes)? {
            return None;
        }
        let mut value = [0_u8; 8];
        if self.direct && addr.is_multiple_of(width) {
            let at = core::ptr::with_exposed_provenance::<u8>(addr);
            // SAFETY, for each read: `at` lies in a tracked block or in a live frame of this
            // thread's stack, both mapped and readable for `width` bytes, and is aligned; a volatile
            // read of an integer asks nothing of its value, which another thread may be changing.
            return match width {
                // SAFETY: as above.
                8 => Some(unsafe { at.cast::<u64>().read_volatile() }),
                // SAFETY: as above.
                4 => Some(u64::from(unsafe { at.cast::<u32>().read_volatile() })),
                // SAFETY: as above.
                2 => Some(u64::from(unsafe { at.cast::<u16>().read_volatile() })),
                // SAFETY: as above.
                1 => Some(u64::from(unsafe { at.read_volatile() })),
                _ => None,
            };
        }
        if self.direct {
            for (offset, byte) in value.iter_mut().enumerate().take(width) {
                let at = core::ptr::with_exposed_provenance::<u8>(addr + offset);
                // SAFETY: `at` lies in a tracked block or in a live frame of this thread's stack,
                // both mapped and readable; a volatile read of a byte asks nothing of its value,
                // which another thread may be changing.
                *byte = unsafe { at.read_volatile() };
            }
        } else {
            self.fill(addr, width)?;
            let from = addr - self.copied.get().0;
            value[..width].copy_from_slice(self.copy.borrow().get(from..from + width)?);
        }
        Some(u64::from_le_bytes(if cfg!(target_endian = "little") {
            value
        } else {
            let mut swapped = [0; 8];
            for (to, from) in swapped.iter_mut().zip(value[..width].iter().rev()) {
                *to = *from;
            }
            swapped
        }))
    }

    /// Makes sure the copy holds `width` bytes at `addr`.
    fn fill(&self, addr: usize, width: usize) -> Option<()> {
        let (from, length) = self.copied.get();
        if length != 0 && addr >= from && addr + width <= from + length {
            return Some(());
        }
        let length = (self.start + self.bytes - addr).min(CHUNK);
        let mut copy = self.copy.borrow_mut();
        self.copied.set((0, 0));
        if !sys::read_untrusted(addr, &mut copy[..length]) {
            return None;
        }
        self.copied.set((addr, length));
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_on_the_stack() {
        #[inline(never)]
        fn gone() -> usize {
            let local = core::hint::black_box([7_u8; 64]);
            core::ptr::from_ref(&local).addr()
        }
        let dead = gone();
        let live = 5_u32;
        let live = core::ptr::from_ref(core::hint::black_box(&live)).addr();
        // This frame's lowest address is not known; what is well below a local of a callee is.
        let frame = dead + 1;
        assert!(matches!(locate(dead, frame), Place::DeadStack));
        assert!(matches!(locate(live, frame), Place::Stack { .. }));
        static FIXED: u8 = 1;
        assert!(matches!(locate(core::ptr::from_ref(&FIXED).addr(), frame), Place::Unknown));
        assert!(matches!(locate(live, 0x10), Place::Unknown), "not on the thread's own stack: a coroutine");
        let other = std::thread::spawn(|| {
            let local = 1_u8;
            core::ptr::from_ref(core::hint::black_box(&local)).addr()
        });
        assert!(matches!(locate(other.join().expect("no panic"), frame), Place::Unknown));
    }

    /// The system cannot say where the stack is without a file, as behind chroot(2): that is not the program's error.
    #[cfg(target_os = "linux")]
    #[test]
    fn asking_for_the_stack_leaves_errno_alone() {
        // SAFETY: the child, which has this one thread, asks the system and ends.
        let child = unsafe { libc::fork() };
        if child == 0 {
            let none = libc::rlimit { rlim_cur: 0, rlim_max: 0 };
            STACK.set((0, 0));
            // SAFETY: a limit of the child's own.
            unsafe { libc::setrlimit(libc::RLIMIT_NOFILE, &raw const none) };
            sys::set_errno(77);
            let place = locate(core::ptr::from_ref(&none).addr(), core::ptr::from_ref(&none).addr());
            let is_kept = sys::errno() == 77;
            let is_unknown = matches!(place, Place::Unknown);
            // SAFETY: ends the child, whatever the program does at its end.
            unsafe { libc::_exit(if is_kept && is_unknown { 0 } else { 1 + i32::from(is_kept) }) };
        }
        let mut status = 0;
        // SAFETY: the child from above, and a place of our own.
        assert_eq!(unsafe { libc::waitpid(child, &raw mut status, 0) }, child);
        assert_eq!(status, 0);
    }

    #[test]
    fn unreadable_memory_gives_nothing() {
        let window = Window::new(Place::Unknown, 0x10, 64);
        assert_eq!(window.peek(0x10, 8), None);
        static TABLE: [u32; 300] = [0x0102_0304; 300];
        let start = TABLE.as_ptr().expose_provenance();
        let window = Window::new(Place::Unknown, start, 1200);
        assert_eq!(window.peek(start + 1196, 4), Some(0x0102_0304));
        assert_eq!(window.peek(start, 2), Some(0x0304));
        assert_eq!(window.peek(start + 1197, 4), None, "past the end of the window");
        assert_eq!(window.peek(start + 600, 8), Some(0x0102_0304_0102_0304));
    }
}
