//! What C keeps after a call: owners in a registry, until the function that ends it has been called.

pub(crate) mod registry;

#[cfg(not(loom))]
pub(crate) mod key;
#[cfg(not(loom))]
pub(crate) mod lent;
#[cfg(not(loom))]
pub(crate) mod owner;

#[cfg(not(loom))]
pub use keep::{
    Kept, Released, end_kept, keep_handle, keep_object, keep_slice, keep_slice_mut, keep_text, kept_now, release_kept,
};
#[cfg(not(loom))]
pub use key::{keeper, place};
#[cfg(not(loom))]
pub use registry::Moment;

#[cfg(not(loom))]
pub(crate) use keep::{REGISTRY, keep_owner};

#[cfg(not(loom))]
mod keep {
    use super::owner::{Retain, RetainHandle, RetainMut, RetainText};
    use super::registry::{Key, Moment, Records, Registry};
    use crate::addr::{Addr, Extent};
    #[cfg(target_os = "linux")]
    use crate::fork::SurvivesFork;
    use crate::pin::block::BlockPin;
    use core::ffi::c_char;
    use core::panic::Location;
    use std::any::Any;
    use std::thread::ThreadId;

    /// The process's owners that C keeps.
    pub(crate) struct Global {
        registry: Registry<Held>,
        #[cfg(target_os = "linux")]
        _fork: SurvivesFork,
    }

    impl core::ops::Deref for Global {
        type Target = Registry<Held>;

        fn deref(&self) -> &Registry<Held> {
            &self.registry
        }
    }

    pub(crate) static REGISTRY: Global = Global {
        registry: Registry::new(),
        #[cfg(target_os = "linux")]
        _fork: SurvivesFork::new(),
    };

    /// An owner, its type forgotten, and the pin of its block.
    pub(crate) struct Held {
        pin: BlockPin,
        // Boxed first and asked for its memory then, so that no move of the owner comes after its address is known. `None` once dropped.
        owner: Option<Box<dyn Any>>,
        /// The only thread that may drop it.
        thread: Option<ThreadId>,
    }

    // SAFETY: an owner that is not `Send` has its thread beside it, and is dropped there or never.
    unsafe impl Send for Held {}

    impl Drop for Held {
        fn drop(&mut self) {
            self.pin.release();
            let Some(owner) = self.owner.take() else { return };
            if self.thread.is_some_and(|thread| thread != std::thread::current().id()) {
                core::mem::forget(owner);
            }
        }
    }

    /// An owner on its way into the registry, through one call.
    ///
    /// Until [`lend`](Self::lend) it is dropped like any value. From then on C may have it: if the call never returns, it stays for ever.
    #[derive(Debug)]
    #[must_use = "the owner would be dropped while C has it"]
    pub struct Kept {
        held: Records<Held>,
        is_lent: bool,
        /// When the call began.
        began: Moment,
    }

    /// Owners that C has let go of: dropped with this, after the call.
    #[derive(Debug)]
    #[must_use = "owners are dropped with it"]
    pub struct Released {
        _held: Records<Held>,
    }

    impl Drop for Kept {
        fn drop(&mut self) {
            if self.is_lent {
                core::mem::forget(core::mem::replace(&mut self.held, Records::none()));
            }
        }
    }

    impl Drop for Released {
        fn drop(&mut self) {
            let held = core::mem::replace(&mut self._held, Records::none());
            if !held.is_empty() {
                drop(held);
                crate::call::quiet_safe_point();
            }
        }
    }

    impl Kept {
        /// Puts the owner where it stays, pins its block, and gives what `address` finds in it.
        fn new<O: 'static, A: Copy>(
            owner: Option<O>,
            thread: Option<ThreadId>,
            site: &'static Location<'static>,
            address: impl FnOnce(&mut O) -> (A, Extent),
        ) -> (Self, Option<A>) {
            let began = REGISTRY.now();
            let Some(owner) = owner else { return (Self { held: Records::none(), is_lent: false, began }, None) };
            let mut boxed: Box<dyn Any> = Box::new(owner);
            let (found, memory) = match boxed.downcast_mut::<O>() {
                Some(owner) => {
                    let (found, memory) = address(owner);
                    (Some(found), memory)
                }
                // It was boxed as that type above.
                None => (None, NOTHING),
            };
            let pin = BlockPin::for_c(memory, site);
            let held = Records::one(Held { pin, owner: Some(boxed), thread });
            (Self { held, is_lent: false, began }, found)
        }

        /// From here on C may have it.
        #[inline]
        pub fn lend(&mut self) {
            self.is_lent = true;
        }

        /// C has it now, for `keeper`, through the parameter `kind`, in the place `at`. Gives back what it replaces, if it does.
        pub fn keep(mut self, keeper: usize, kind: u64, at: Option<u64>, replaces: bool) -> Released {
            self.is_lent = false;
            let held = core::mem::replace(&mut self.held, Records::none());
            let key = Key { keeper, kind, at };
            // Nothing instead of an owner: the place is empty from here on.
            let old = match (held.is_empty(), replaces) {
                (true, true) => REGISTRY.end(keeper, &[kind], at, self.began),
                (true, false) => Records::none(),
                (false, replaces) => REGISTRY.keep(held, key, replaces.then_some(self.began)),
            };
            Released { _held: old }
        }

        /// C has not taken it.
        pub fn back(mut self) -> Released {
            self.is_lent = false;
            Released { _held: core::mem::replace(&mut self.held, Records::none()) }
        }
    }

    /// C is about to let go of all that `keeper` has through one of `kinds`, and that was given to it by raw calls.
    #[inline]
    #[cfg_attr(not(any(debug_assertions, feature = "checked")), expect(unused_variables, reason = "nothing is noted"))]
    pub fn end_kept(keeper: usize, kinds: &[u64]) {
        #[cfg(any(debug_assertions, feature = "checked"))]
        crate::pin::kept::end_of(keeper, kinds);
    }

    /// The moment before a call that ends something.
    pub fn kept_now() -> Moment {
        REGISTRY.now()
    }

    /// C has let go of all that `keeper` had at that moment through one of `kinds`: in the place `at`, or everywhere.
    pub fn release_kept(keeper: usize, kinds: &[u64], at: Option<u64>, began: Moment) -> Released {
        Released { _held: REGISTRY.end(keeper, kinds, at, began) }
    }

    /// An owner whose elements C reads: the owner, their address and their number. Null and 0 for nothing.
    pub fn keep_slice<T: 'static, O: Retain<T>>(
        owner: Option<O>,
        site: &'static Location<'static>,
    ) -> (Kept, *mut T, usize) {
        parts(Kept::new(owner, None, site, |owner| {
            let elements = owner.elements();
            (elements.cast_mut(), extent(elements))
        }))
    }

    /// An owner whose elements C writes: the owner, their address and their number. Null and 0 for nothing.
    pub fn keep_slice_mut<T: 'static, O: RetainMut<T>>(
        owner: Option<O>,
        site: &'static Location<'static>,
    ) -> (Kept, *mut T, usize) {
        parts(Kept::new(owner, None, site, |owner| {
            let elements = owner.elements_mut();
            (elements, extent(elements))
        }))
    }

    /// Of a handle: the memory is C's own.
    const NOTHING: Extent = Extent { start: Addr(0), bytes: 0 };

    fn extent<T>(elements: *const [T]) -> Extent {
        Extent { start: Addr(elements.cast::<u8>().addr()), bytes: elements.len() * size_of::<T>() }
    }

    fn parts<T>((kept, elements): (Kept, Option<*mut [T]>)) -> (Kept, *mut T, usize) {
        match elements {
            Some(elements) => (kept, elements.cast(), elements.len()),
            None => (kept, core::ptr::null_mut(), 0),
        }
    }

    /// The address of one object among what was kept.
    ///
    /// # Panics
    ///
    /// The owner owns none.
    #[track_caller]
    pub fn keep_object<T>((kept, at, count): (Kept, *mut T, usize)) -> (Kept, *mut T) {
        assert!(at.is_null() || count > 0, "an owner of no object at all was given for one");
        (kept, at)
    }

    /// An owner of a text: the owner, and where it begins. Null for nothing.
    pub fn keep_text<O: RetainText>(owner: Option<O>, site: &'static Location<'static>) -> (Kept, *mut c_char) {
        let (kept, text) = Kept::new(owner, None, site, |owner| {
            let text = owner.text();
            // At least its zero.
            (text.cast_mut(), Extent { start: Addr(text.addr()), bytes: 1 })
        });
        (kept, text.unwrap_or(core::ptr::null_mut()))
    }

    /// An owner of a handle: the owner, and the handle. Null for nothing.
    pub fn keep_handle<T: 'static, O: RetainHandle<T>>(
        owner: Option<O>,
        site: &'static Location<'static>,
    ) -> (Kept, *mut T) {
        let thread = Some(std::thread::current().id());
        let (kept, handle) = Kept::new(owner, thread, site, |owner| (owner.handle(), NOTHING));
        (kept, handle.unwrap_or(core::ptr::null_mut()))
    }

    /// An owner that C reaches by what `find` gives, not by its memory; on another thread it is dropped only where it `is_sent`.
    pub(crate) fn keep_owner<O: 'static, A: Copy>(
        owner: Option<O>,
        is_sent: bool,
        site: &'static Location<'static>,
        find: impl FnOnce(&O) -> A,
    ) -> (Kept, Option<A>) {
        let thread = (!is_sent).then(|| std::thread::current().id());
        Kept::new(owner, thread, site, |owner| (find(owner), NOTHING))
    }

    impl core::fmt::Debug for Records<Held> {
        fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
            f.debug_struct("Records").field("is_empty", &self.is_empty()).finish()
        }
    }
}
