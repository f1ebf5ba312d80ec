//! Forking while other threads allocate: every lock is taken before and given back after, as malloc does with its own.

use crate::alloc::{c_blocks, pending, quarantine, small};
use crate::closure::slots as closures;
use crate::pin::{kept, places, search, stored, tables, under_way};
use crate::report;
use crate::retain::REGISTRY;
use crate::sync;
use crate::userdata::origin as handles;

extern "C" fn before() {
    REGISTRY.around_fork(true);
    // Who holds it may allocate.
    sync::around_fork(true);
    // Builds without checks have nothing behind these.
    if crate::mode::COMPILED {
        // Of these the first: who holds it allocates.
        under_way::around_fork(true);
        crate::watch::copy::around_fork(true);
        tables::around_fork(true);
        kept::around_fork(true);
        stored::around_fork(true);
        places::around_fork(true);
        search::around_fork(true);
        handles::around_fork(true);
        closures::around_fork(true);
        pending::around_fork(true);
        quarantine::around_fork(true);
        c_blocks::around_fork(true);
        report::around_fork(true);
        small::around_fork(true);
    }
    // Handlers of other libraries come between this one and the next, and use what is held here.
    sync::forking(true);
}

extern "C" fn after() {
    sync::forking(false);
    if crate::mode::COMPILED {
        small::around_fork(false);
        report::around_fork(false);
        c_blocks::around_fork(false);
        quarantine::around_fork(false);
        pending::around_fork(false);
        closures::around_fork(false);
        handles::around_fork(false);
        search::around_fork(false);
        places::around_fork(false);
        stored::around_fork(false);
        kept::around_fork(false);
        tables::around_fork(false);
        crate::watch::copy::around_fork(false);
        under_way::around_fork(false);
    }
    sync::around_fork(false);
    REGISTRY.around_fork(false);
}

/// In the child, whose threads are gone but for one: pins made by hand are its parent's, and calls of other threads are nobody's.
extern "C" fn after_in_child() {
    after();
    crate::pin::mark::forked();
    crate::pin::log::forked();
}

/// Whatever holds this is linked together with the registration of the handlers.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SurvivesFork {
    _entry: &'static extern "C" fn(),
}

impl SurvivesFork {
    pub(crate) const fn new() -> Self {
        Self { _entry: &REGISTER }
    }
}

extern "C" fn register() {
    // SAFETY: plain functions that live as long as the program, called by fork(3) on the
    // forking thread, before and after, in parent and child. It is never inside a hook then, so it
    // holds none of the locks.
    unsafe { libc::pthread_atfork(Some(before), Some(after), Some(after_in_child)) };
}

// SAFETY: glibc and musl call each function of .init_array once before main (System V ABI,
// "Initialization and Termination Functions"); `register` takes no arguments, which that calling
// convention allows.
#[used]
#[unsafe(link_section = ".init_array")]
static REGISTER: extern "C" fn() = register;
