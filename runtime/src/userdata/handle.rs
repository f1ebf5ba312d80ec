//! `Handle`: a number that C keeps instead of a pointer to a Rust value.

use super::origin::Origin;
use super::table::{self, Key, Table};
use crate::Pinner;
use crate::sync::first;
use core::any::Any;
use core::fmt;
use core::hash::{BuildHasher, Hash, Hasher};
use core::marker::PhantomData;
use core::panic::Location;
use std::hash::RandomState;
use std::sync::{Arc, OnceLock};

type Value = Arc<dyn Any + Send + Sync>;

/// A value, and where it came from.
#[derive(Clone)]
struct Kept {
    value: Value,
    origin: Origin,
}

static TABLE: Table<Kept> = Table::new();
static SEED: OnceLock<()> = OnceLock::new();

/// A Rust value under a number that C may keep as its userdata, copy, store and give back.
///
/// C cannot look behind it, and a number that is out of date, of another process or made up is refused instead of believed:
/// each has a generation, and a value's number is never used again. The value stays alive until [`remove`](Self::remove),
/// wherever the handle itself goes. Looking one up takes no lock and may happen on any thread, also while it is removed.
///
/// It is what `cgo.Handle` is in Go, which cannot tell a number that was used again.
///
/// ```
/// use pinned_ffi::{Handle, HandleError};
/// let handle = Handle::new(String::from("state"));
/// let userdata = handle.as_ptr(); // what C gets as its `void *`
/// let again = Handle::<String>::from_ptr(userdata).expect("not null");
/// assert_eq!(*again.get()?, "state");
/// handle.remove()?;
/// assert_eq!(again.get().unwrap_err(), HandleError::Unknown);
/// # Ok::<(), HandleError>(())
/// ```
pub struct Handle<T> {
    bits: u64,
    target: PhantomData<fn() -> T>,
}

/// Why a handle gives nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum HandleError {
    /// No value has this number: it was removed, or the number was never given out.
    Unknown,
    /// The value is of another type.
    OtherType,
}

impl fmt::Display for HandleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            HandleError::Unknown => "no value has this handle: it was removed, or never given out",
            HandleError::OtherType => "the handle stands for a value of another type",
        })
    }
}

impl std::error::Error for HandleError {}

impl<T: Any + Send + Sync> Handle<T> {
    /// Keeps `value` until [`remove`](Self::remove). The same value twice has two handles.
    ///
    /// # Panics
    ///
    /// With 2,147,483,616 values in the table, which is all that there is room for.
    #[track_caller]
    pub fn new(value: T) -> Self {
        let origin = Origin::of::<T>(Location::caller());
        first(&SEED, || TABLE.seed(RandomState::new().hash_one(0_u8) as u32));
        let Ok(key) = TABLE.insert(Kept { value: Arc::new(value), origin }) else {
            panic!("ran out of handles: values are never removed")
        };
        Self::from_bits(u64::from(key.generation) << 32 | u64::from(key.index))
    }

    /// The value.
    ///
    /// # Errors
    ///
    /// A handle that is not, or no longer, in the table, or one of another type.
    pub fn get(self) -> Result<Arc<T>, HandleError> {
        typed(TABLE.get(self.key()).ok_or(HandleError::Unknown)?)
    }

    /// Takes the value out of the table: from here on this handle, and every copy of it, is unknown. The value is dropped
    /// when the last user of [`get`](Self::get) has done.
    ///
    /// # Errors
    ///
    /// As for `get`; a value of another type stays.
    #[track_caller]
    pub fn remove(self) -> Result<Arc<T>, HandleError> {
        let removed = Location::caller();
        let kept = TABLE.remove_if(self.key(), |kept| kept.value.is::<T>()).map_err(|kept| match kept {
            table::Kept::Nothing => HandleError::Unknown,
            table::Kept::Another => HandleError::OtherType,
        })?;
        kept.origin.removed(self.bits, removed);
        typed(kept)
    }

    /// The value of the handle that C gives a callback as its userdata. As [`get`](Self::get), but for code that C calls: there
    /// a handle that stands for nothing is a mistake, so checked builds report it as PF014, with where it was made and removed,
    /// as far as that is known. It is known of the last 1,024 that were removed, or fewer.
    ///
    /// ```
    /// use pinned_ffi::Handle;
    /// use std::{ffi::c_void, sync::atomic::{AtomicU32, Ordering}};
    ///
    /// extern "C" fn on_event(userdata: *mut c_void) {
    ///     // Under the policy `log`, and in unchecked builds, a stale handle comes here as an error.
    ///     let Ok(count) = Handle::<AtomicU32>::from_userdata(userdata) else { return };
    ///     count.fetch_add(1, Ordering::Relaxed);
    /// }
    ///
    /// let handle = Handle::new(AtomicU32::new(0));
    /// on_event(handle.as_ptr()); // C does this
    /// assert_eq!(handle.remove()?.load(Ordering::Relaxed), 1);
    /// # Ok::<(), pinned_ffi::HandleError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As for `get`; null is unknown.
    ///
    /// # Panics
    ///
    /// In checked builds, where it would give an error and the policy is `panic`. A panic cannot leave an `extern "C"` function:
    /// there it ends the process, behind the report.
    #[cfg(target_pointer_width = "64")]
    #[track_caller]
    pub fn from_userdata(userdata: *mut core::ffi::c_void) -> Result<Arc<T>, HandleError> {
        let handle = Self::from_bits(userdata.addr() as u64);
        let result = handle.get();
        if result.is_err() {
            handle.tell();
        }
        result
    }

    /// Reports a handle that C gave and that is none.
    #[cold]
    #[track_caller]
    fn tell(self) {
        #[cfg(any(debug_assertions, feature = "checked"))]
        {
            let _errno = crate::sys::ErrnoGuard::new();
            if crate::mode::level() == crate::mode::Level::Off || crate::unchecked::is_active() {
                return;
            }
            let found = TABLE.get(self.key()).map(|kept| kept.origin);
            let wanted = core::any::type_name::<T>();
            crate::report::raise(vec![crate::report::of_handle(self.bits, wanted, found, Location::caller())]);
        }
    }

    /// Pins the value with `pinner`, and gives its address for C: the value stays there until the pinner lets go, also when
    /// the handle is removed meanwhile.
    ///
    /// # Errors
    ///
    /// As for `get`.
    #[track_caller]
    pub fn pin(self, pinner: &mut Pinner<'_>) -> Result<*const T, HandleError> {
        Ok(pinner.pin(self.get()?).cast_const().cast())
    }
}

impl<T> Handle<T> {
    /// The handle as C's `void *`: never null, and not an address. C must not look there.
    #[cfg(target_pointer_width = "64")]
    pub fn as_ptr(self) -> *mut core::ffi::c_void {
        core::ptr::without_provenance_mut(self.bits as usize)
    }

    /// What C gives back; `None` for null. Any other pointer makes a handle, and [`get`](Self::get) says whether it is one.
    #[cfg(target_pointer_width = "64")]
    pub fn from_ptr(pointer: *mut core::ffi::c_void) -> Option<Self> {
        (!pointer.is_null()).then(|| Self::from_bits(pointer.addr() as u64))
    }

    /// The handle as a number, for C functions that keep an integer; never 0.
    pub const fn to_bits(self) -> u64 {
        self.bits
    }

    /// What [`to_bits`](Self::to_bits) gave. Any number makes a handle; 0 and made-up ones are unknown.
    pub const fn from_bits(bits: u64) -> Self {
        Self { bits, target: PhantomData }
    }

    fn key(self) -> Key {
        Key { index: self.bits as u32, generation: (self.bits >> 32) as u32 }
    }
}

fn typed<T: Any + Send + Sync>(kept: Kept) -> Result<Arc<T>, HandleError> {
    kept.value.downcast().map_err(|_| HandleError::OtherType)
}

impl<T> Clone for Handle<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Handle<T> {}

impl<T> PartialEq for Handle<T> {
    fn eq(&self, other: &Self) -> bool {
        self.bits == other.bits
    }
}

impl<T> Eq for Handle<T> {}

impl<T> Hash for Handle<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.bits.hash(state);
    }
}

impl<T> fmt::Debug for Handle<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Handle({:#018x})", self.bits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn zero_made_up_and_foreign_numbers_are_unknown() {
        let handle = Handle::new(1_u8);
        assert_eq!(Handle::<u8>::from_bits(0).get(), Err(HandleError::Unknown));
        assert_eq!(Handle::<u8>::from_bits(u64::MAX).remove(), Err(HandleError::Unknown));
        assert_eq!(Handle::<u8>::from_bits(handle.to_bits() ^ 1 << 40).get(), Err(HandleError::Unknown));
        assert_eq!(Handle::<u16>::from_bits(handle.to_bits()).remove(), Err(HandleError::OtherType));
        assert_eq!(handle.remove().as_deref(), Ok(&1));
        assert_eq!(handle.remove(), Err(HandleError::Unknown));
        assert_eq!(HandleError::Unknown.to_string(), "no value has this handle: it was removed, or never given out");
    }

    #[test]
    fn the_same_value_twice_has_two_handles_and_null_is_none() {
        let (first, second) = (Handle::new("x"), Handle::new("x"));
        assert_ne!(first, second);
        assert!(first.to_bits() != 0 && !second.as_ptr().is_null());
        assert_eq!(Handle::<&str>::from_ptr(core::ptr::null_mut()), None);
        assert_eq!(Handle::from_ptr(first.as_ptr()), Some(first));
        assert_eq!(first.remove().as_deref(), Ok(&"x"));
        assert_eq!(second.get().as_deref(), Ok(&"x"));
        assert!(second.remove().is_ok());
    }

    #[test]
    fn a_pinned_value_outlives_its_handle() {
        let watched = Arc::new(());
        let handle = Handle::new((41_u32, Arc::clone(&watched)));
        let mut pinner = Pinner::new();
        let at = handle.pin(&mut pinner).expect("it is there");
        drop(handle.remove());
        // SAFETY: the pinner has a share of the value.
        assert_eq!(unsafe { (*at).0 }, 41);
        assert_eq!(Arc::strong_count(&watched), 2);
        pinner.unpin();
        assert_eq!(Arc::strong_count(&watched), 1);
    }

    proptest! {
        /// Against a map, with numbers that are out of date, made up, and of values of another type.
        #[test]
        fn behaves_like_a_map(steps in prop::collection::vec((0_u8..6, 0_usize..100, any::<u64>()), 0..300)) {
            let mut model: Vec<(Handle<u64>, Option<u64>)> = Vec::new();
            let mut others: Vec<Handle<String>> = Vec::new();
            for (what, which, bits) in steps {
                match what {
                    0 | 1 => model.push((Handle::new(bits), Some(bits))),
                    2 => others.push(Handle::new(bits.to_string())),
                    3 => {
                        // Of 2^64 numbers a few are other tests' handles: to meet one is no matter of a lifetime.
                        let foreign = Handle::<u64>::from_bits(bits);
                        if model.iter().all(|(handle, _)| *handle != foreign) {
                            prop_assert!(foreign.get().is_err() && foreign.remove().is_err());
                        }
                    }
                    4 if !others.is_empty() => {
                        let other = others[which % others.len()];
                        prop_assert_eq!(Handle::<u64>::from_bits(other.to_bits()).remove(), Err(HandleError::OtherType));
                        prop_assert!(other.get().is_ok(), "it stays");
                    }
                    _ if !model.is_empty() => {
                        let at = which % model.len();
                        let (handle, value) = &mut model[at];
                        let expected = value.take().ok_or(HandleError::Unknown);
                        prop_assert_eq!(handle.remove().map(|value| *value), expected);
                    }
                    _ => {}
                }
            }
            for (handle, value) in &model {
                prop_assert_eq!(handle.get().ok().map(|value| *value), *value);
                prop_assert_eq!(Handle::<String>::from_bits(handle.to_bits()).get().is_err(), true);
            }
            for handle in model.into_iter().filter(|(_, value)| value.is_some()).map(|(handle, _)| handle) {
                prop_assert!(handle.remove().is_ok());
            }
            for other in others {
                prop_assert!(other.remove().is_ok());
            }
        }
    }
}
