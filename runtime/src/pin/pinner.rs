//! `Pinner`: many pins, released together.

use super::block::BlockPin;
use super::few::Few;
use super::mark::Mark;
use super::stable::StableAddr;
use super::tables;
use crate::alloc::map::{Block, MAP};
use core::mem::MaybeUninit;
use core::panic::Location;

/// An owner of up to this many words is kept in place, a larger one is boxed.
const WORDS: usize = 4;

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
    // Those owners that do something when they are dropped.
    owners: Few<Owner>,
    stored: Vec<Stored>,
    mark: Mark,
    // The owners' types are forgotten, so nothing is known of their threads: neither Send nor Sync.
    _borrows: core::marker::PhantomData<(&'a mut (), *mut ())>,
}

/// One owner, its type forgotten.
struct Owner {
    words: [MaybeUninit<usize>; WORDS],
    drop_owner: unsafe fn(*mut ()),
}

/// A slot of C's that holds a pinned address; both as addresses, exposed when they were stored.
struct Stored {
    slot: usize,
    pointer: usize,
}

impl Stored {
    /// Makes the slot null, unless C has put something else there.
    fn clear(self) {
        let slot = core::ptr::with_exposed_provenance_mut::<*mut ()>(self.slot);
        // SAFETY: `store` asks for a slot that is valid until the pins end.
        let held = unsafe { slot.read() };
        if held.addr() == self.pointer {
            // SAFETY: as for the read.
            unsafe { slot.write(core::ptr::null_mut()) };
        }
    }
}

impl Owner {
    #[inline]
    fn new<O>(owner: O) -> Self {
        let fits = size_of::<O>() <= size_of::<[usize; WORDS]>() && align_of::<O>() <= align_of::<usize>();
        if fits { Self::in_place(owner) } else { Self::in_place(Box::new(owner)) }
    }

    #[inline]
    fn in_place<O>(owner: O) -> Self {
        const { assert!(size_of::<Box<u8>>() <= size_of::<[usize; WORDS]>()) };
        unsafe fn drop_owner<O>(owner: *mut ()) {
            // SAFETY: the caller passes the storage that `in_place::<O>` filled, once.
            unsafe { owner.cast::<O>().drop_in_place() };
        }
        let mut kept = Self { words: [MaybeUninit::uninit(); WORDS], drop_owner: drop_owner::<O> };
        // SAFETY: `new` made sure that `O` (or a box) fits size and alignment of the storage.
        unsafe { kept.words.as_mut_ptr().cast::<O>().write(owner) };
        kept
    }
}

impl Drop for Owner {
    #[inline]
    fn drop(&mut self) {
        // SAFETY: the storage holds the owner written by `in_place`, dropped only here.
        unsafe { (self.drop_owner)(self.words.as_mut_ptr().cast()) };
    }
}

impl<'a> Pinner<'a> {
    /// No pins. Allocates nothing.
    pub const fn new() -> Self {
        Self {
            pins: Few::new(),
            owners: Few::new(),
            stored: Vec::new(),
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
        let memory = owner.extent();
        let (pin, is_freed) = BlockPin::new(memory, Location::caller(), &mut self.mark);
        self.pins.push(pin);
        // A reference is nothing to keep: `'a` is how long it lives.
        if core::mem::needs_drop::<O>() {
            self.owners.push(Owner::new(owner));
        }
        crate::call::after_pin(memory.start, is_freed);
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
        self.stored.push(Stored { slot: slot.expose_provenance(), pointer: pointer.addr() });
    }

    /// Releases all pins, last one first, and then drops the owners, last one first. The pinner is empty and ready again, its storage kept.
    #[track_caller]
    pub fn unpin(&mut self) {
        self.release();
        crate::call::safe_point();
    }

    /// How many pins are held.
    pub fn len(&self) -> usize {
        self.pins.len()
    }

    /// Whether nothing is pinned.
    pub fn is_empty(&self) -> bool {
        self.pins.len() == 0
    }

    #[cfg_attr(not(any(debug_assertions, feature = "checked")), inline)]
    fn release(&mut self) {
        // Before any owner goes: C must not find what is about to be freed.
        while let Some(stored) = self.stored.pop() {
            stored.clear();
        }
        self.pins.clear();
        // What is pinned next is another holding: an old copy of the mark must not speak for it.
        self.mark.clear();
        // Last: from here on the owners may free their blocks.
        self.owners.clear();
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
        for pin in self.pins.iter_mut() {
            pin.for_ever();
        }
        self.mark.clear();
        core::mem::forget(self);
    }
}

impl Default for Pinner<'_> {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for Pinner<'_> {
    #[cfg_attr(not(any(debug_assertions, feature = "checked")), inline)]
    fn drop(&mut self) {
        self.release();
        crate::call::quiet_safe_point();
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
mod tests {
    use super::*;
    use std::cell::Cell;
    use std::rc::Rc;

    struct Loud(Rc<Cell<u32>>);

    impl Drop for Loud {
        fn drop(&mut self) {
            self.0.set(self.0.get() + 1);
        }
    }

    #[test]
    fn keeps_owners_alive_and_drops_them_once() {
        let drops = Rc::new(Cell::new(0));
        let mut pinner = Pinner::new();
        for _ in 0..13 {
            pinner.pin(Box::new(Loud(Rc::clone(&drops))));
        }
        assert_eq!((pinner.len(), drops.get()), (13, 0));
        pinner.unpin();
        assert_eq!((pinner.len(), drops.get()), (0, 13));
        pinner.unpin();
        pinner.pin(Box::new(Loud(Rc::clone(&drops))));
        drop(pinner);
        assert_eq!(drops.get(), 14);
    }

    #[test]
    fn gives_the_address_of_the_memory_not_of_the_owner() {
        let local = [1_u32, 2];
        let mut pinner = Pinner::new();
        let owner = vec![7_u8, 8, 9];
        let expected = owner.as_ptr();
        assert_eq!(pinner.pin(owner).cast_const().cast(), expected);
        assert_eq!(pinner.pin(&local).addr(), local.as_ptr().addr());
    }

    #[test]
    fn slots_are_null_again_unless_c_wrote_them() {
        let mut slots = [core::ptr::null_mut::<u8>(); 1024];
        let mut other = 5_u8;
        let mut pinner = Pinner::new();
        let at = pinner.pin(vec![3_u8; 16]).cast::<u8>();
        for (index, slot) in slots.iter_mut().enumerate() {
            // SAFETY: the array outlives the pins, and nothing else uses it at their end.
            unsafe { pinner.store(slot, at.wrapping_add(index % 16)) };
        }
        assert_eq!(slots[700], at.wrapping_add(700 % 16));
        // SAFETY: the pinned vector has 16 bytes.
        assert_eq!(unsafe { slots[700].read() }, 3);
        slots[5] = &raw mut other;
        pinner.unpin();
        assert_eq!(slots.iter().filter(|slot| !slot.is_null()).count(), 1);
        assert_eq!(slots[5], &raw mut other);
    }

    #[test]
    fn large_owners_are_boxed() {
        struct Large([u64; 9], Box<u8>);
        // SAFETY: the box inside owns the memory named by `extent`, and never moves.
        unsafe impl StableAddr for Large {
            fn extent(&self) -> crate::addr::Extent {
                self.1.extent()
            }
        }
        let mut pinner = Pinner::new();
        let large = Large([3; 9], Box::new(42));
        assert_eq!(large.0[8], 3);
        let at = pinner.pin(large);
        // SAFETY: the pinner keeps the box alive, and nothing else refers to it.
        assert_eq!(unsafe { at.cast::<u8>().read() }, 42);
    }
}
