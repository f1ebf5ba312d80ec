//! Panics of Rust code that C calls: kept while C's frames stand on the stack, and resumed where Rust called C.
//!
//! A panic must not unwind through C. So [`carry`] catches it where C calls in and gives C the value that the contract
//! names. The innermost wrapper that waits on this thread resumes it when C has returned. Where nobody waits, on a thread
//! of C's or under a C `main`, there is nowhere to go: the panic's hook has run, and the process ends with PF031.

use core::any::Any;
use core::cell::{Cell, RefCell};
use core::marker::PhantomData;
use core::panic::Location;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

/// Rust code that C calls, for reports.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// The function that is exported, or the C function that was given a callback.
    pub function: &'static str,
    /// The parameter that the callback was given as.
    pub callback: Option<&'static str>,
    /// Where it was given.
    pub given_at: Option<&'static Location<'static>>,
}

type Payload = Box<dyn Any + Send>;

/// What is wrong was told under the policy `log`: the code is left, C gets the value for a panic, and nothing resumes.
#[cfg(any(debug_assertions, feature = "checked"))]
#[derive(Debug)]
pub(crate) struct Told;

/// What is asked at each call, in one word without a destructor.
#[derive(Clone, Copy)]
struct Depths {
    /// How many wrappers wait.
    waiting: u32,
    /// The depth of the wrapper that the last kept panic is for; 0 for none.
    kept_for: u32,
}

thread_local! {
    static DEPTHS: Cell<Depths> = const { Cell::new(Depths { waiting: 0, kept_for: 0 }) };
    static KEPT: Kept = const { Kept(RefCell::new(Vec::new())) };
}

/// Panics on their way, each with the depth of the wrapper that resumes it; one for each depth at most.
struct Kept(RefCell<Vec<(u32, Payload)>>);

impl Drop for Kept {
    fn drop(&mut self) {
        // C has ended the thread below the wrapper, or jumped over it.
        for (_, payload) in self.0.take() {
            lost(&message(&*payload));
            discard(payload);
        }
    }
}

/// A wrapper that waits for C: panics below it are its own. Held in the frame that calls C, and ended there.
#[must_use = "panics that were kept meanwhile resume when it ends"]
#[derive(Debug)]
pub struct Waiting {
    depth: u32,
    // The count is this thread's.
    thread: PhantomData<*const ()>,
}

impl Waiting {
    /// From here on this wrapper waits.
    #[inline]
    pub fn begin() -> Self {
        let depths = DEPTHS.get();
        let depth = depths.waiting + 1;
        DEPTHS.set(Depths { waiting: depth, ..depths });
        Self { depth, thread: PhantomData }
    }

    /// C has returned and all that the call brought is in its place: what was kept resumes here.
    ///
    /// # Panics
    ///
    /// With the panic of the Rust code that C called.
    #[inline]
    pub fn end(self) {
        let payload = self.stop();
        core::mem::forget(self);
        if let Some(payload) = payload {
            resume_unwind(payload);
        }
    }

    /// The wrapper waits no longer. The count becomes what it was before, also where `longjmp` has skipped others.
    #[inline]
    fn stop(&self) -> Option<Payload> {
        let depths = DEPTHS.get();
        DEPTHS.set(Depths { waiting: self.depth - 1, ..depths });
        if depths.kept_for < self.depth { None } else { take(self.depth) }
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        match self.stop() {
            // The wrapper has refused the call, or another panic is on its way through this frame.
            Some(payload) if std::thread::panicking() => discard(payload),
            Some(payload) => resume_unwind(payload),
            None => {}
        }
    }
}

/// The first panic that is kept for this depth or a deeper one; others are dropped, for their hooks have run.
#[cold]
fn take(depth: u32) -> Option<Payload> {
    KEPT.try_with(|kept| {
        let mut all = kept.0.borrow_mut();
        let at = all.partition_point(|(at, _)| *at < depth);
        let mut resumed = all.split_off(at).into_iter().map(|(_, payload)| payload);
        let kept_for = all.last().map_or(0, |(at, _)| *at);
        DEPTHS.set(Depths { kept_for, ..DEPTHS.get() });
        // A drop may call C again.
        drop(all);
        let first = resumed.next();
        resumed.for_each(discard);
        first
    })
    .ok()
    .flatten()
}

/// Runs Rust code that C called, and gives C `on_panic` where it panics; the panic resumes in the wrapper that waits.
///
/// While a panic is kept for that wrapper `body` does not run: C may go on calling until it notices, and gets `on_panic` at
/// once. What a panic leaves half done is seen only by whoever catches it behind the wrapper, as with any panic there.
///
/// Where no wrapper waits on this thread, the process ends when the panic's hook has run.
#[inline]
pub fn carry<R>(entry: &Entry, on_panic: R, body: impl FnOnce() -> R) -> R {
    let depths = DEPTHS.get();
    if depths.kept_for != 0 && depths.kept_for == depths.waiting {
        return on_panic;
    }
    carry_last(entry, on_panic, body)
}

/// As [`carry`], for what must run also while a panic is kept: letting go of a closure. Of two panics the first is resumed.
#[inline]
pub fn carry_last<R>(entry: &Entry, on_panic: R, body: impl FnOnce() -> R) -> R {
    // Nothing that `body` has touched is used here again before the panic resumes.
    match catch_unwind(AssertUnwindSafe(body)) {
        Ok(result) => result,
        Err(payload) => {
            keep(entry, payload);
            on_panic
        }
    }
}

#[cold]
#[inline(never)]
fn keep(entry: &Entry, payload: Payload) {
    #[cfg(any(debug_assertions, feature = "checked"))]
    if payload.is::<Told>() {
        return;
    }
    let depths = DEPTHS.get();
    if depths.waiting == 0 {
        end_process(entry, &message(&*payload));
    }
    if depths.kept_for == depths.waiting {
        discard(payload);
        return;
    }
    let mut payload = Some(payload);
    let stored = KEPT.try_with(|kept| kept.0.borrow_mut().extend(payload.take().map(|it| (depths.waiting, it))));
    if stored.is_err() {
        // The thread is at its end, where its own variables are gone.
        end_process(entry, &payload.map_or_else(String::new, |payload| message(&*payload)));
    }
    DEPTHS.set(Depths { kept_for: depths.waiting, ..depths });
}

/// Drops a payload, which may panic itself.
fn discard(payload: Payload) {
    if let Err(another) = catch_unwind(AssertUnwindSafe(|| drop(payload))) {
        core::mem::forget(another);
    }
}

/// What a panic said.
fn message(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<&str>().copied();
    text.or_else(|| payload.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("a value that is no text")
        .to_owned()
}

/// A panic that nobody can resume: it is told, in every build and at every level.
#[cold]
fn end_process(entry: &Entry, said: &str) -> ! {
    crate::report::unwound(entry, said);
    std::process::abort()
}

/// A panic whose wrapper is gone.
#[cold]
fn lost(said: &str) {
    crate::report::say(&format!("pinned-ffi: C ended a thread whose wrapper was to resume a panic: {said}"));
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::panic::panic_any;
    use std::process::Command;

    const ENTRY: Entry = Entry { function: "each", callback: Some("visit"), given_at: None };

    fn said(body: impl FnOnce()) -> String {
        message(&*catch_unwind(AssertUnwindSafe(body)).expect_err("it panics"))
    }

    #[test]
    fn a_panic_resumes_in_the_wrapper_and_the_code_does_not_run_again_before() {
        let mut calls = 0;
        let mut results = Vec::new();
        let text = said(|| {
            let waiting = Waiting::begin();
            for _ in 0..3 {
                results.push(carry(&ENTRY, -1, || {
                    calls += 1;
                    panic!("at {calls}")
                }));
            }
            waiting.end();
        });
        assert_eq!((text.as_str(), calls, results), ("at 1", 1, vec![-1, -1, -1]));
        assert_eq!(carry(&ENTRY, -1, || 7), 7);
    }

    #[test]
    fn the_innermost_wrapper_resumes_and_the_outer_one_goes_on() {
        let outer = Waiting::begin();
        let caught = carry(&ENTRY, String::new(), || {
            said(|| {
                let inner = Waiting::begin();
                carry(&ENTRY, (), || panic!("inside"));
                inner.end();
            })
        });
        assert_eq!(caught, "inside");
        assert_eq!(carry(&ENTRY, 0, || 1), 1);
        outer.end();
    }

    #[test]
    fn a_wrapper_that_does_not_catch_hands_the_panic_to_the_next() {
        let text = said(|| {
            let outer = Waiting::begin();
            let given = carry(&ENTRY, 5, || {
                let inner = Waiting::begin();
                let given = carry(&ENTRY, 6, || panic!("inside"));
                inner.end();
                given
            });
            assert_eq!(given, 5);
            outer.end();
        });
        assert_eq!(text, "inside");
    }

    #[test]
    fn a_closure_is_let_go_while_a_panic_is_kept_and_the_first_panic_wins() {
        let mut is_let_go = false;
        let text = said(|| {
            let waiting = Waiting::begin();
            carry(&ENTRY, (), || panic!("first"));
            carry_last(&ENTRY, (), || {
                // A call of C's from there has nothing to do with the panic that is kept.
                let inner = Waiting::begin();
                is_let_go = carry(&ENTRY, false, || true);
                inner.end();
                panic!("second")
            });
            waiting.end();
        });
        assert_eq!((text.as_str(), is_let_go), ("first", true));
    }

    #[test]
    fn while_another_panic_unwinds_a_wrapper_carries_its_own() {
        struct CallsC<'a>(&'a Cell<Option<String>>);
        impl Drop for CallsC<'_> {
            fn drop(&mut self) {
                self.0.set(Some(said(|| {
                    let waiting = Waiting::begin();
                    carry(&ENTRY, (), || panic!("in a drop"));
                    waiting.end();
                })));
            }
        }
        let inside = Cell::new(None);
        let outside = said(|| {
            let _calls = CallsC(&inside);
            panic!("outside");
        });
        assert_eq!((outside.as_str(), inside.take().as_deref()), ("outside", Some("in a drop")));
    }

    #[test]
    fn an_unwinding_wrapper_drops_what_it_kept() {
        let watched = std::sync::Arc::new(());
        let text = said(|| {
            let _waiting = Waiting::begin();
            carry(&ENTRY, (), || panic_any(watched.clone()));
            panic!("its own");
        });
        assert_eq!((text.as_str(), std::sync::Arc::strong_count(&watched)), ("its own", 1));
        assert_eq!(carry(&ENTRY, 0, || 1), 1);
    }

    #[test]
    fn a_payload_whose_drop_panics_harms_nobody() {
        struct Bomb;
        impl Drop for Bomb {
            fn drop(&mut self) {
                panic!("on drop")
            }
        }
        let text = said(|| {
            let waiting = Waiting::begin();
            carry(&ENTRY, (), || panic!("first"));
            carry_last(&ENTRY, (), || panic_any(Bomb));
            waiting.end();
        });
        assert_eq!(text, "first");
    }

    #[test]
    fn a_wrapper_that_was_jumped_over_leaves_its_panic_to_the_next() {
        let text = said(|| {
            let outer = Waiting::begin();
            let skipped = Waiting::begin();
            carry(&ENTRY, (), || panic!("skipped"));
            // As `longjmp` does.
            core::mem::forget(skipped);
            outer.end();
        });
        assert_eq!(text, "skipped");
        assert_eq!(DEPTHS.get().waiting, 0);
    }

    /// Runs one of the tests below in a process of its own: whether it succeeded, and what it said.
    fn process(test: &str) -> (std::process::ExitStatus, String) {
        let program = crate::mode::program().expect("the program is known");
        let name = format!("carry::tests::{test}");
        let output = Command::new(program)
            .args([name.as_str(), "--exact", "--ignored", "--nocapture"])
            .output()
            .expect("the program of the tests starts");
        (output.status, String::from_utf8_lossy(&output.stderr).into_owned())
    }

    #[test]
    fn where_nobody_waits_the_process_ends_after_the_hook() {
        use std::os::unix::process::ExitStatusExt as _;
        let (status, text) = process("nobody_waits");
        assert_eq!(status.signal(), Some(libc::SIGABRT), "{text}");
        let hook = text.find("the hook has run").expect("it speaks");
        let report =
            text.find("error[PF031]: the callback `visit` of `each` panicked on a thread").expect("it is told");
        assert!(hook < report && text.contains("nobody is there"), "{text}");
    }

    #[test]
    #[ignore = "ends its process; another test starts it"]
    fn nobody_waits() {
        std::panic::set_hook(Box::new(|_| eprintln!("the hook has run")));
        carry(&ENTRY, (), || panic!("nobody is there"));
    }

    #[test]
    fn a_thread_that_ends_with_a_kept_panic_tells() {
        let (status, text) = process("thread_ends");
        assert!(status.success(), "{text}");
        assert!(text.contains("C ended a thread whose wrapper was to resume a panic: never resumed"), "{text}");
    }

    #[test]
    #[ignore = "writes what another test reads"]
    fn thread_ends() {
        let thread = std::thread::spawn(|| {
            core::mem::forget(Waiting::begin());
            carry(&ENTRY, (), || panic!("never resumed"));
        });
        thread.join().expect("the panic is kept");
    }
}
