//! `Token`: the number by which C, or the kernel, names the operation that is complete.

use super::node::{Finish, deliver};
use crate::sync::first;
use crate::userdata::table::{Key, Table};
use core::ffi::c_void;
use core::fmt;
use core::hash::BuildHasher;
use core::num::NonZeroU64;
use std::hash::RandomState;
use std::sync::{Arc, OnceLock};

pub(super) type Shared = Arc<dyn Finish + Send + Sync>;

static TABLE: Table<Shared> = Table::new();
static SEED: OnceLock<()> = OnceLock::new();

/// Names one operation under way: the `user_data` of io_uring, the `sigval` of aio, the `void *` of a callback.
///
/// It is no address, and never 0. Each operation has a number of its own, which is never used again before 2^32 others
/// have been in its place: a completion that comes twice, late, or from elsewhere names nothing and is refused.
///
/// ```
/// use pinned_ffi::completion::{Operation, Token, UnknownToken};
/// let mut userdata = 0; // what C keeps, and gives back
/// let begin = |it: pinned_ffi::completion::Submission<Vec<u8>>| Ok::<(), ()>(userdata = it.token.to_bits());
/// // SAFETY: nobody uses the memory.
/// let pending = unsafe { Operation::new(vec![0_u8; 4]).start(begin) }.expect("C takes it");
/// let token = Token::from_bits(userdata).expect("not 0");
/// assert_eq!(unsafe { token.complete(4) }, Ok(()));
/// assert_eq!(unsafe { token.complete(4) }, Err(UnknownToken));
/// assert_eq!(pending.wait().result, 4);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Token(NonZeroU64);

/// No operation under way has this token: it is complete already, it was refused at its start, or the number is somebody else's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownToken;

impl fmt::Display for UnknownToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no operation under way has this token: it is complete, or never was")
    }
}

impl std::error::Error for UnknownToken {}

impl Token {
    /// Adds a node.
    ///
    /// # Panics
    ///
    /// With 2,147,483,616 operations under way, which is all that there is room for.
    pub(super) fn of(node: Shared) -> Self {
        first(&SEED, || TABLE.seed(RandomState::new().hash_one(1_u8) as u32));
        let Ok(key) = TABLE.insert(node) else { panic!("ran out of tokens: operations are never completed") };
        let bits = u64::from(key.generation) << 32 | u64::from(key.index);
        Self::from_bits(bits).expect("a generation is not 0")
    }

    /// Takes the node out again. `false` where it is not there any more.
    pub(super) fn withdraw(self) -> bool {
        TABLE.remove(self.key()).is_some()
    }

    /// The token as a number, for `user_data`.
    pub const fn to_bits(self) -> u64 {
        self.0.get()
    }

    /// What came back as `user_data`; `None` for 0. Any other number makes a token, and its use says whether it is one.
    pub const fn from_bits(bits: u64) -> Option<Self> {
        match NonZeroU64::new(bits) {
            Some(bits) => Some(Self(bits)),
            None => None,
        }
    }

    /// The token as C's `void *`: never null, and not an address. C must not look there.
    #[cfg(target_pointer_width = "64")]
    pub fn as_ptr(self) -> *mut c_void {
        core::ptr::without_provenance_mut(self.to_bits() as usize)
    }

    /// What C gives back as its `void *`; `None` for null.
    #[cfg(target_pointer_width = "64")]
    pub fn from_ptr(pointer: *mut c_void) -> Option<Self> {
        Self::from_bits(pointer.addr() as u64)
    }

    /// Whether the operation is under way.
    pub fn is_pending(self) -> bool {
        TABLE.get(self.key()).is_some()
    }

    /// Says that C has taken the request in: what [`until_consumed`](super::Operation::until_consumed) got is dropped, here.
    /// A second time does nothing. Not needed where the completion comes anyway, which includes it.
    ///
    /// # Errors
    ///
    /// Where no operation has this token. Nothing happens then.
    ///
    /// # Safety
    ///
    /// If an operation has this token, C does not use its early memory any more: for io_uring, the kernel has
    /// `IORING_FEAT_SUBMIT_STABLE` and its head has passed the entry (`io_uring_enter` returned it as submitted).
    pub unsafe fn consumed(self) -> Result<(), UnknownToken> {
        TABLE.get(self.key()).ok_or(UnknownToken)?.consume();
        crate::call::free_deferred();
        Ok(())
    }

    /// Delivers the completion: pins end, the guard is woken and gets the parts back. Where it is gone, they are dropped here.
    ///
    /// On any thread, also before [`start`](super::Operation::start) has returned. Not in a signal handler, for it may free
    /// memory. A violation that the unpinning brings to light is told at the next call or unpin elsewhere, never from here.
    ///
    /// # Errors
    ///
    /// Where no operation has this token. Nothing happens then.
    ///
    /// # Panics
    ///
    /// Where dropping the parts panics, or waking the guard's task does.
    ///
    /// # Safety
    ///
    /// If an operation has this token, C does not use any of its memory any more. A request to cancel is no completion, and a
    /// completion that says that more will follow (`IORING_CQE_F_MORE`) is not one yet.
    pub unsafe fn complete(self, result: i64) -> Result<(), UnknownToken> {
        let is_known = deliver(&TABLE, self.key(), result);
        crate::call::free_deferred();
        if is_known { Ok(()) } else { Err(UnknownToken) }
    }

    fn key(self) -> Key {
        Key { index: self.to_bits() as u32, generation: (self.to_bits() >> 32) as u32 }
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Token({:#018x})", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Token;

    #[test]
    fn made_up_numbers_are_refused_and_null_is_none() {
        assert_eq!(Token::from_bits(0), None);
        assert_eq!(Token::from_ptr(core::ptr::null_mut()), None);
        let made_up = Token::from_bits(0xdead_beef_0000_0001).expect("not 0");
        assert!(!made_up.is_pending());
        // SAFETY: no operation has this number.
        assert!(unsafe { made_up.consumed() }.is_err());
        // SAFETY: no operation has this number.
        let refused = unsafe { made_up.complete(0) }.expect_err("refused");
        assert_eq!(refused.to_string(), "no operation under way has this token: it is complete, or never was");
    }
}
