//! Where the stack of the calling thread is, found without asking for memory.
//!
//! A checked call may stand in a signal handler that interrupted `malloc`: pthread_getattr_np(3) would wait there for ever.

use super::retried;
use core::mem::MaybeUninit;
use core::ops::ControlFlow;

/// The bounds of the calling thread's stack as `(lowest, end)`, or `None` where the system does not say.
///
/// The kernel writes out its list of memory, which takes tens of microseconds, so callers keep the answer.
pub(crate) fn stack_bounds() -> Option<(usize, usize)> {
    let local = 0_u8;
    let here = core::ptr::from_ref(&local).addr();
    // SAFETY: a C string; the descriptor is closed below.
    let file = retried(|| unsafe { libc::open(c"/proc/self/maps".as_ptr(), libc::O_RDONLY | libc::O_CLOEXEC) })?;
    let mut lines = Lines { here, range: (0, 0), number: 0, is_end: false, is_past: false, before: 0 };
    let mut found = ControlFlow::Continue(());
    while found.is_continue() {
        let mut bytes = [MaybeUninit::<u8>::uninit(); 1024];
        // SAFETY: the kernel writes at most as many bytes as the array has.
        let read = retried(|| unsafe { libc::read(file, bytes.as_mut_ptr().cast(), bytes.len()) } as i32);
        let Some(read @ 1..) = read else { break };
        // SAFETY: so many have just been written.
        found = bytes[..read as usize].iter().try_for_each(|byte| lines.take(unsafe { byte.assume_init() }));
    }
    // SAFETY: opened above, and used by nobody else.
    unsafe { libc::close(file) };
    let ControlFlow::Break((before, start, end)) = found else { return None };
    // SAFETY: takes nothing and gives the calling thread's own id.
    let thread = unsafe { libc::pthread_self() } as usize;
    if !is_main() {
        // What the C library keeps of a thread lies at the end of its stack.
        return Some((start, if (here..end).contains(&thread) { thread } else { end }));
    }
    // This one grows by itself, down to its limit or to what lies below.
    let mut limit = MaybeUninit::<libc::rlimit>::zeroed();
    // SAFETY: `limit` is writable for one rlimit.
    let failed = unsafe { libc::getrlimit(libc::RLIMIT_STACK, limit.as_mut_ptr()) } != 0;
    // SAFETY: two numbers, for which zero is valid.
    let size = if failed { 0 } else { unsafe { limit.assume_init() }.rlim_cur };
    let lowest = usize::try_from(size).map_or(0, |size| end.saturating_sub(size));
    Some((lowest.max(before).min(start), end))
}

fn is_main() -> bool {
    // SAFETY: takes nothing, cannot fail.
    let process = unsafe { libc::getpid() };
    // SAFETY: as above.
    process == unsafe { libc::gettid() }
}

/// Reads lines `start-end rest`, a byte at a time, up to the one with an address in its range.
struct Lines {
    here: usize,
    range: (usize, usize),
    number: usize,
    is_end: bool,
    /// Whether both numbers of this line are read.
    is_past: bool,
    /// The end of the line before.
    before: usize,
}

impl Lines {
    /// The end of the range before, and the range with the address, when it has come.
    fn take(&mut self, byte: u8) -> ControlFlow<(usize, usize, usize)> {
        match byte {
            b'\n' => (self.number, self.is_end, self.is_past, self.before) = (0, false, false, self.range.1),
            _ if self.is_past => {}
            b'-' => (self.range.0, self.number, self.is_end) = (self.number, 0, true),
            b' ' if self.is_end => {
                self.range.1 = self.number;
                self.is_past = true;
                if (self.range.0..self.range.1).contains(&self.here) {
                    return ControlFlow::Break((self.before, self.range.0, self.range.1));
                }
            }
            digit => self.number = self.number << 4 | (digit as char).to_digit(16).unwrap_or_default() as usize,
        }
        ControlFlow::Continue(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the C library says of the same thread.
    fn by_the_library() -> (usize, usize) {
        let mut attributes = MaybeUninit::<libc::pthread_attr_t>::uninit();
        // SAFETY: takes nothing.
        let thread = unsafe { libc::pthread_self() };
        // SAFETY: room for one.
        assert_eq!(unsafe { libc::pthread_getattr_np(thread, attributes.as_mut_ptr()) }, 0);
        let (mut lowest, mut size) = (core::ptr::null_mut(), 0);
        // SAFETY: filled above; both places are locals.
        assert_eq!(unsafe { libc::pthread_attr_getstack(attributes.as_ptr(), &raw mut lowest, &raw mut size) }, 0);
        // SAFETY: filled above, destroyed once.
        unsafe { libc::pthread_attr_destroy(attributes.as_mut_ptr()) };
        (lowest.addr(), lowest.addr() + size)
    }

    #[test]
    fn as_the_c_library_says() {
        for size in [64 << 10, 2 << 20] {
            let thread = std::thread::Builder::new().stack_size(size).spawn(move || {
                let (ours, theirs) = (stack_bounds().expect("a stack"), by_the_library());
                assert!(ours.0.abs_diff(theirs.0) <= 16 << 10, "{ours:x?} {theirs:x?}");
                assert!(ours.1 <= theirs.1 && theirs.1 - ours.1 <= 64 << 10, "{ours:x?} {theirs:x?}");
                assert!((ours.0..ours.1).contains(&core::ptr::from_ref(&size).addr()));
            });
            thread.expect("a thread").join().expect("no panic");
        }
    }

    #[test]
    fn lines_that_come_in_pieces() {
        let text = b"1000-2000 r--p 00-ff 0\n7f00-8000 rw-p 0 -\n8000-9000 rw-p [stack]\n";
        let ask = |here| {
            let mut lines = Lines { here, range: (0, 0), number: 0, is_end: false, is_past: false, before: 0 };
            text.iter().try_for_each(|byte| lines.take(*byte)).break_value()
        };
        assert_eq!(ask(0x8fff), Some((0x8000, 0x8000, 0x9000)));
        assert_eq!(ask(0x7f00), Some((0x2000, 0x7f00, 0x8000)));
        assert_eq!((ask(0x1000), ask(0xfff), ask(0x9000)), (Some((0, 0x1000, 0x2000)), None, None));
    }
}
