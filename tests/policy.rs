//! What follows a violation, from inside the program: a hook, a panic that comes before C, `unchecked`.

use pinned_ffi::report::Action;
use pinned_ffi::{Level, OnViolation, TrackedAlloc};
use std::ffi::{c_int, c_void};
use std::sync::atomic::{AtomicUsize, Ordering};

#[global_allocator]
static ALLOC: TrackedAlloc = TrackedAlloc::system();

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    fn memset(
        #[out]
        #[nonnull]
        #[sized_by(n)]
        to: *mut c_void,
        byte: c_int,
        n: usize,
    ) -> *mut c_void;
}

/// Writes one byte more than the block has: into the allocator's own slack, which 25 bytes leave.
fn one_too_many(block: &mut [u8]) {
    // SAFETY: none; that is the mistake, and malloc rounds 25 bytes up.
    unsafe { memset(block.as_mut_ptr().cast(), 7, block.len() + 1) };
}

/// One test, because hook and policy belong to the process.
#[test]
fn what_follows_a_violation() {
    pinned_ffi::set_level(Level::Cheap);
    let mut block = vec![0_u8; 25].into_boxed_slice();

    pinned_ffi::set_on_violation(OnViolation::Panic);
    let panic = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| one_too_many(&mut block)));
    let text = *panic.expect_err("the call panics").downcast::<String>().expect("the report is text");
    assert!(text.starts_with("error[PF003]: `memset`: `to` is declared longer than the memory behind it"), "{text}");
    assert!(text.contains("policy.rs:"), "{text}");
    assert!(block.iter().all(|byte| *byte == 0), "C has not run");

    static SEEN: AtomicUsize = AtomicUsize::new(0);
    pinned_ffi::set_hook(|violation| {
        // At level full what C then does is seen, too.
        if violation.code.as_str() == "PF022" && pinned_ffi::level() == Level::Full {
            return Action::Continue;
        }
        assert_eq!(violation.code.as_str(), "PF003");
        assert_eq!((violation.function, violation.parameter), (Some("memset"), Some("to")));
        assert_eq!(violation.declared, Some(26));
        assert_eq!(violation.block.as_ref().map(|block| block.extent.bytes), Some(25));
        assert!(violation.called_at.is_some_and(|at| at.file().ends_with("policy.rs")));
        // A hook may allocate and call C itself; rules are off meanwhile.
        let mut own = [1_u8; 25].to_vec();
        one_too_many(&mut own);
        // What C has written behind it is found at full when it is freed, whoever called.
        if pinned_ffi::level() == Level::Full {
            std::mem::forget(own);
        }
        SEEN.fetch_add(1, Ordering::Relaxed);
        Action::Continue
    });
    one_too_many(&mut block);
    assert_eq!(SEEN.load(Ordering::Relaxed), 1);
    assert!(block.iter().all(|byte| *byte == 7), "the call went on");

    pinned_ffi::unchecked(|| one_too_many(&mut block));
    assert_eq!(SEEN.load(Ordering::Relaxed), 1, "nothing is checked inside");
    let nested = std::panic::catch_unwind(|| pinned_ffi::unchecked(|| panic!("on purpose")));
    assert!(nested.is_err());
    one_too_many(&mut block);
    assert_eq!(SEEN.load(Ordering::Relaxed), 2, "rules come back after a panic inside");

    pinned_ffi::set_level(Level::Off);
    one_too_many(&mut block);
    assert_eq!(SEEN.load(Ordering::Relaxed), 2, "nothing is checked at off");
    pinned_ffi::set_level(Level::Full);
    one_too_many(&mut block);
    assert_eq!(SEEN.load(Ordering::Relaxed), 3);

    pinned_ffi::set_hook(|_| Action::Default);
    pinned_ffi::set_on_violation(OnViolation::Log);
    one_too_many(&mut block);
    pinned_ffi::clear_hook();
}
