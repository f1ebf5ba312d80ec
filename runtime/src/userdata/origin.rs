//! Where handles were made, and where those that are gone were removed: for reports, so unchecked builds keep none of it.

#[cfg(any(debug_assertions, feature = "checked"))]
pub(crate) use checked::{Origin, around_fork, removed};
#[cfg(not(any(debug_assertions, feature = "checked")))]
pub(crate) use unchecked::{Origin, around_fork};

#[cfg(any(debug_assertions, feature = "checked"))]
mod checked {
    use crate::sync::SpinLock;
    use core::any::type_name;
    use core::panic::Location;

    /// Where a handle was made, and of which type its value is.
    #[derive(Clone, Copy, Debug)]
    pub(crate) struct Origin {
        pub(crate) made: &'static Location<'static>,
        // As a function: half the size of the name.
        name: fn() -> &'static str,
    }

    impl Origin {
        /// Of a value of type `T`, made at `made`.
        pub(crate) fn of<T>(made: &'static Location<'static>) -> Self {
            Self { made, name: type_name::<T> }
        }

        /// The type of the value.
        pub(crate) fn type_name(&self) -> &'static str {
            (self.name)()
        }

        /// Remembers for a while that this handle was removed.
        pub(crate) fn removed(self, bits: u64, removed: &'static Location<'static>) {
            ring_of(bits).with_patience(|ring| {
                ring.entries[ring.next % KEPT] = Some(Removed { bits, origin: self, removed });
                ring.next = (ring.next + 1) % KEPT;
            });
        }
    }

    /// A handle that is gone.
    #[derive(Clone, Copy, Debug)]
    pub(crate) struct Removed {
        bits: u64,
        pub(crate) origin: Origin,
        pub(crate) removed: &'static Location<'static>,
    }

    const SHARDS: usize = 16;
    /// Handles that a shard remembers: 1,024 in all.
    const KEPT: usize = 64;

    struct Ring {
        entries: [Option<Removed>; KEPT],
        next: usize,
    }

    static LAST: [SpinLock<Ring>; SHARDS] = [const { SpinLock::new(Ring { entries: [None; KEPT], next: 0 }) }; SHARDS];

    #[cfg(target_os = "linux")]
    #[used]
    static FORK: crate::fork::SurvivesFork = crate::fork::SurvivesFork::new();

    /// Takes or gives back the locks of this file, around a fork.
    pub(crate) fn around_fork(is_before: bool) {
        for ring in &LAST {
            if is_before { ring.hold() } else { ring.let_go() }
        }
    }

    fn ring_of(bits: u64) -> &'static SpinLock<Ring> {
        &LAST[bits as usize % SHARDS]
    }

    /// What is remembered of a handle that was removed.
    pub(crate) fn removed(bits: u64) -> Option<Removed> {
        ring_of(bits)
            .with_patience(|ring| ring.entries.iter().flatten().find(|entry| entry.bits == bits).copied())
            .flatten()
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn the_last_ones_are_remembered_and_older_ones_forgotten() {
            let here = Location::caller();
            // Numbers that no handle of another test has.
            let bits = |number: usize| 0xffff_0000_0000_0000 | (number * SHARDS) as u64;
            for number in 0..=KEPT {
                Origin::of::<u8>(here).removed(bits(number), here);
            }
            assert!(removed(bits(0)).is_none());
            // Not the last but one to be forgotten: handles of other tests come into the shard as well.
            let found = removed(bits(KEPT / 2)).expect("among the last");
            assert_eq!((found.origin.type_name(), found.origin.made, found.removed), ("u8", here, here));
        }
    }
}

#[cfg(not(any(debug_assertions, feature = "checked")))]
mod unchecked {
    use core::panic::Location;

    /// Nothing: this build makes no reports.
    #[derive(Clone, Copy, Debug)]
    pub(crate) struct Origin;

    impl Origin {
        pub(crate) fn of<T>(_made: &'static Location<'static>) -> Self {
            Self
        }

        pub(crate) fn removed(self, _bits: u64, _removed: &'static Location<'static>) {}
    }

    /// Does nothing: there is no lock.
    pub(crate) fn around_fork(_is_before: bool) {}
}
