//! `Pinner`: many pins, released together.

use super::block::BlockPin;
use super::few::Few;
use super::mark::Mark;
use super::stable::StableAddr;
use super::table::Table;
use super::tables;
use crate::addr::Extent;
use crate::alloc::map::{Block, MAP};
use core::mem::{ManuallyDrop, MaybeUninit};
use core::panic::Location;
use holdings::{Holdings, Rest};
use owner::Owner;
use slot::Stored;

mod holdings;
mod owner;
mod slot;

/// Holds any number of owners and borrows in place until [`unpin`](Pinner::unpin) or drop.
///
/// No collector moves memory in Rust. What a pin means: the owner stays alive (the pinner has it),
/// its block is not moved, freed or reallocated (a free or realloc through a stray pointer is
/// reported as PF010 or PF011 and put off until the last unpin), and who asked for it is on record.
/// In checked builds nested pointers to pinned memory are what C may be given (rule PF001).
///
/// `'a` is how long borrowed targets live; with owners alone it is inferred. A pinner must not be
/// leaked while C still uses *borrowed* memory: nothing can keep a borrow alive. A pinner that is out of reach is what rule PF012
/// reports, see [`leaked_pins`](crate::leaked_pins()); pins that are meant to stay are said with [`forever`](Self::forever).
///
/// The first eight pins allocate nothing. A pinner can be used again after `unpin`, and a second
/// `unpin` does nothing. Neither `Copy` nor `Clone`, and it stays on its thread: it may hold an `Rc`.
///
/// ```
/// let mut pinner = pinned_ffi::Pinner::new();
/// let buffer = pinner.pin(vec![0_u8; 64]);
/// assert_eq!(pinner.len(), 1);
/// // `buffer` may go into a structure that C reads, for as long as `pinner` lives.
/// assert_eq!(unsafe { buffer.cast::<u8>().read() }, 0);
/// pinner.unpin();
/// ```
#[must_use = "a pinner that is dropped at once pins nothing"]
pub struct Pinner<'a> {
    pins: Few<BlockPin>,
    // Dropped in `drop` and nowhere else: most pinners have one owner or none, and look at nothing more when they end.
    kept: ManuallyDrop<Holdings>,
    mark: Mark,
    // The owners' types are forgotten, so nothing is known of their threads: neither Send nor Sync.
    _borrows: core::marker::PhantomData<(&'a mut (), *mut ())>,
}

/// The table of the thread, if it has one.
type Own = Option<&'static Table>;

/// How a pin was taken.
#[derive(Clone, Copy, PartialEq, Eq)]
#[cfg_attr(not(any(debug_assertions, feature = "checked")), allow(dead_code, reason = "unchecked builds only count"))]
enum Taken {
    /// As one before it: nobody need be told of anything.
    Again,
    /// With what had to be made for it, and the limit was looked at.
    First,
    /// Not at all, for the memory is freed.
    OfFreed,
}

/// Room for at least so many pins more is made at once.
#[cfg(any(debug_assertions, feature = "checked"))]
const MORE: usize = 64;

impl<'a> Pinner<'a> {
    /// No pins. Allocates nothing.
    pub const fn new() -> Self {
        Self {
            pins: Few::new(),
            kept: ManuallyDrop::new(Holdings::none()),
            mark: Mark::none(),
            _borrows: core::marker::PhantomData,
        }
    }

    /// Takes `owner` (a `Vec`, box, `Arc`, `String`, reference, …), keeps it in place, and gives the address of its memory.
    ///
    /// A reference pins what it refers to: `&v[..]` the buffer of a vector, `&v` the vector's own
    /// three words, which is hardly ever meant.
    /// Pins of the same block add up. Memory that is not on the Rust heap (statics, C's own, the
    /// stack, zero-sized values) needs no pin and is only kept borrowed or owned.
    /// The address is null for nothing: empty owners give their dangling, well-aligned address.
    ///
    /// # Panics
    ///
    /// In checked builds, under the policy `panic`: where the memory is freed already (PF002), and once where more is pinned than
    /// the limit allows (PF013, see [`set_pin_limit`](crate::set_pin_limit)).
    #[track_caller]
    #[cfg_attr(not(any(debug_assertions, feature = "checked")), inline(always))]
    pub fn pin<O: StableAddr + 'a>(&mut self, owner: O) -> *mut core::ffi::c_void {
        // First, for a look at memory of the thread counts as a call to the compiler, which then has little to keep.
        let own = tables::own();
        let memory = owner.extent();
        let site = Location::caller();
        let taken = self.hold(own, memory, site);
        // A reference is nothing to keep: `'a` is how long it lives.
        if core::mem::needs_drop::<O>() {
            self.keep(owner);
        }
        if taken != Taken::Again {
            crate::call::after_pin(memory.start, taken == Taken::OfFreed);
        }
        core::ptr::with_exposed_provenance_mut(memory.start.0)
    }

    /// Writes a pinned address into C memory, and takes it out again when the pins end: a slot that still holds it then is null.
    ///
    /// `pointer` is what [`pin`](Self::pin) gave, or points into that memory; one pin may be stored in any number of slots. In
    /// checked builds a pointer into an unpinned block of the Rust heap is reported, as by [`store`](crate::store()).
    ///
    /// ```
    /// let mut pinner = pinned_ffi::Pinner::new();
    /// let mut slot = std::ptr::null_mut::<u8>(); // a field of C's
    /// let at = pinner.pin(vec![7_u8; 4]).cast::<u8>();
    /// // SAFETY: the slot outlives the pinner.
    /// unsafe { pinner.store(&raw mut slot, at) };
    /// assert_eq!(unsafe { *slot }, 7);
    /// pinner.unpin();
    /// assert!(slot.is_null());
    /// ```
    ///
    /// # Panics
    ///
    /// In checked builds, under the policy `panic`: where `pointer` points into a block of the Rust heap that nobody has pinned
    /// (PF027), or that is freed (PF002).
    ///
    /// # Safety
    ///
    /// `slot` is valid for reads and writes until the pins end, and C does not use it at that moment.
    #[track_caller]
    pub unsafe fn store<T>(&mut self, slot: *mut *mut T, pointer: *mut T) {
        crate::store::look("pointer", core::slice::from_ref(&pointer));
        // SAFETY: valid for writes, the caller promises.
        unsafe { slot.write(pointer) };
        self.rest().stored.push(Stored { slot: slot.expose_provenance(), pointer: pointer.addr() });
    }

    /// Releases all pins, and then drops the owners, last one first. The pinner is empty and ready again, its storage kept.
    #[track_caller]
    pub fn unpin(&mut self) {
        if self.kept.rest.is_some() || !self.kept.owners.is_empty() {
            return self.unpin_all();
        }
        BlockPin::end_all(&mut self.pins);
        self.mark.end();
        crate::call::safe_point();
    }

    #[inline(never)]
    #[track_caller]
    fn unpin_all(&mut self) {
        self.release();
        crate::call::safe_point();
    }

    /// How many pins are held.
    pub fn len(&self) -> usize {
        self.pins.len() + self.kept.rest.as_ref().map_or(0, |rest| rest.pins.len())
    }

    /// Whether nothing is pinned.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Pins memory. Not generic, so that it is compiled once.
    #[cfg(any(debug_assertions, feature = "checked"))]
    #[inline(never)]
    fn hold(&mut self, own: Own, memory: Extent, site: &'static Location<'static>) -> Taken {
        if self.pins.is_full() {
            return self.hold_more(own, memory, site);
        }
        // What needs nothing new calls nothing.
        let Some(pin) = BlockPin::at_once(own, memory, site, &mut self.mark) else {
            return self.hold_again(memory, site);
        };
        // SAFETY: not full, so it is a place of ours.
        unsafe { self.pins.next_place().write(pin) };
        // SAFETY: written on the line above.
        unsafe { self.pins.added() };
        Taken::Again
    }

    /// The same, with room in place, where the slot takes a search.
    #[cfg(any(debug_assertions, feature = "checked"))]
    #[inline(never)]
    fn hold_again(&mut self, memory: Extent, site: &'static Location<'static>) -> Taken {
        let Some(pin) = BlockPin::again(tables::own(), memory, site, &mut self.mark) else {
            return self.hold_first(memory, site);
        };
        self.add(pin);
        Taken::Again
    }

    /// Adds a pin, in place as long as there is room.
    fn add(&mut self, pin: BlockPin) {
        if let Err(pin) = self.pins.push(pin) {
            self.rest().pins.push(pin);
        }
    }

    /// The same, with no room in place.
    #[cfg(any(debug_assertions, feature = "checked"))]
    #[inline(never)]
    fn hold_more(&mut self, own: Own, memory: Extent, site: &'static Location<'static>) -> Taken {
        let Some(rest) = &mut self.kept.rest else { return self.hold_first(memory, site) };
        let count = rest.pins.len();
        let Some(place) = rest.pins.spare_capacity_mut().first_mut() else { return self.hold_first(memory, site) };
        let Some(pin) = BlockPin::again(own, memory, site, &mut self.mark) else {
            return self.hold_first(memory, site);
        };
        place.write(pin);
        // SAFETY: within the capacity, and the last one was written on the line above.
        unsafe { rest.pins.set_len(count + 1) };
        Taken::Again
    }

    /// The same, for a pin that needs something new.
    #[cfg(any(debug_assertions, feature = "checked"))]
    #[cold]
    #[inline(never)]
    fn hold_first(&mut self, memory: Extent, site: &'static Location<'static>) -> Taken {
        if self.pins.is_full() {
            let pins = &mut self.rest().pins;
            if pins.len() == pins.capacity() {
                // Before the pin is made, for it may panic.
                pins.reserve(MORE);
            }
        }
        let (pin, is_freed) = BlockPin::new(memory, site, &mut self.mark);
        self.add(pin);
        if is_freed { Taken::OfFreed } else { Taken::First }
    }

    /// Counts a pin. There is always room.
    #[cfg(not(any(debug_assertions, feature = "checked")))]
    #[inline(always)]
    fn hold(&mut self, _own: Own, memory: Extent, site: &'static Location<'static>) -> Taken {
        let (pin, _) = BlockPin::new(memory, site, &mut self.mark);
        // There is room for any number, for they have no size.
        let _ = self.pins.push(pin);
        Taken::Again
    }

    #[inline]
    fn keep<O>(&mut self, owner: O) {
        if self.kept.owners.is_full() {
            return self.keep_more(owner);
        }
        // SAFETY: not full, so it is a place of ours.
        unsafe { Owner::write(self.kept.owners.next_place(), owner) };
        // SAFETY: written on the line above.
        unsafe { self.kept.owners.added() };
    }

    #[inline(never)]
    fn keep_more<O>(&mut self, owner: O) {
        let mut kept = MaybeUninit::uninit();
        // SAFETY: a local.
        unsafe { Owner::write(kept.as_mut_ptr(), owner) };
        // SAFETY: written on the line above.
        self.rest().owners.push(unsafe { kept.assume_init() });
    }

    fn rest(&mut self) -> &mut Rest {
        self.kept.rest.get_or_insert_default()
    }

    #[inline]
    fn release(&mut self) {
        if !self.kept.is_little() {
            return self.release_many();
        }
        self.end_pins();
        self.kept.owners.drop_last();
    }

    fn end_pins(&mut self) {
        BlockPin::end_all(&mut self.pins);
        self.mark.end();
    }

    #[inline(never)]
    fn release_many(&mut self) {
        if let Some(rest) = &mut self.kept.rest {
            // Before any owner goes: C must not find what is about to be freed.
            while let Some(stored) = rest.stored.pop() {
                stored.clear();
            }
            rest.pins.clear();
        }
        self.end_pins();
        // Last: from here on the owners may free their blocks.
        if let Some(rest) = &mut self.kept.rest {
            while let Some(last) = rest.owners.pop() {
                drop(last);
            }
        }
        while self.kept.owners.drop_last() {}
    }
}

impl Pinner<'static> {
    /// Keeps everything pinned for as long as the process lives: for memory that C never gives back.
    ///
    /// The owners are never dropped, and slots filled by [`store`](Self::store) keep their addresses. Unlike forgetting the pinner,
    /// this is on record as meant: the pins stay among [`pins`](crate::pins()), and are no leak.
    ///
    /// ```
    /// let mut pinner = pinned_ffi::Pinner::new();
    /// let name = pinner.pin(c"a device".to_owned()).cast::<std::ffi::c_char>();
    /// pinner.forever();
    /// // SAFETY: a C string that stays.
    /// assert_eq!(unsafe { std::ffi::CStr::from_ptr(name) }, c"a device");
    /// ```
    pub fn forever(mut self) {
        // SAFETY: the pins that are there, which nobody else has.
        let pins = unsafe { &mut *self.pins.there() };
        let more = self.kept.rest.as_mut().map_or(&mut [][..], |rest| &mut rest.pins);
        pins.iter_mut().chain(more).for_each(BlockPin::for_ever);
        self.mark.end();
        core::mem::forget(self);
    }
}

impl Default for Pinner<'_> {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for Pinner<'_> {
    #[inline]
    fn drop(&mut self) {
        if self.kept.is_little() {
            // Where the owner panics nothing is left to be dropped.
            self.release();
        } else {
            self.drop_many();
        }
        crate::call::quiet_safe_point();
    }
}

impl Pinner<'_> {
    #[cold]
    #[inline(never)]
    fn drop_many(&mut self) {
        /// Drops what is left, also where an owner has panicked.
        struct Left<'p, 'a>(&'p mut Pinner<'a>);
        impl Drop for Left<'_, '_> {
            fn drop(&mut self) {
                // SAFETY: the pinner is being dropped, and does nothing more with it.
                unsafe { ManuallyDrop::drop(&mut self.0.kept) };
            }
        }
        Left(self).0.release_many();
    }
}

impl core::fmt::Debug for Pinner<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Pinner").field("pins", &self.len()).finish()
    }
}

/// How often the block that `pointer` points into is pinned by hand; 0 for memory that is not on the Rust heap, and in unchecked builds.
pub fn pin_count<T>(pointer: *const T) -> u32 {
    if !crate::mode::COMPILED {
        return 0;
    }
    MAP.find(pointer.addr()).filter(Block::was_pinned).map_or(0, |block| tables::count(block.start()))
}

#[cfg(test)]
mod tests;
