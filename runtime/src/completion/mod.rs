//! Operations that outlive the call that begins them: what they own stays in place until C says that it is done.
//!
//! POSIX aio, io_uring and their like take addresses now and use them later. A borrow cannot say until when, and a guard that
//! ends the loan when it is dropped is wrong as soon as it is dropped early, forgotten, or goes down with its runtime. Here the
//! operation owns the memory, and the *completion* ends the loan: who takes completions out of the queue tells it by the
//! operation's [`Token`]. Until then the memory is there and stays where it is, whatever becomes of the guard.
//!
//! | phase | who has the memory | what ends it |
//! |---|---|---|
//! | [`Operation`] | Rust: [`parts`](Operation::parts) fills it and wires C's structures together | [`start`](Operation::start) |
//! | [`Pending`] | C; in checked builds each block is pinned, with the place of `start` | [`Token::complete`] |
//! | [`Completed`] | Rust again, with C's result | |
//!
//! Memory with an earlier end, such as the vector of `readv` where the kernel copies it when it takes the request, is given to
//! [`until_consumed`](Operation::until_consumed) and goes with [`Token::consumed`].
//!
//! Borrowed memory cannot be owned. It may be lent to a [`batch`](batch()), which returns when all that it began is complete.
//!
//! ```
//! use pinned_ffi::completion::{Operation, Submission};
//! use std::convert::Infallible;
//!
//! let operation = Operation::new(vec![0_u8; 4]);
//! // SAFETY: the other thread writes the vector, and completes when it has.
//! let pending = unsafe {
//!     operation.start(|Submission { token, parts, .. }| {
//!         // What C would get: an address, and the token as the number that it gives back.
//!         let (at, userdata) = ((*parts).as_mut_ptr().expose_provenance(), token.to_bits());
//!         std::thread::spawn(move || {
//!             std::ptr::with_exposed_provenance_mut::<[u8; 4]>(at).write([1, 2, 3, 4]);
//!             pinned_ffi::completion::Token::from_bits(userdata).expect("not 0").complete(4)
//!         });
//!         Ok::<(), Infallible>(())
//!     })
//! };
//! let completed = pending.expect("it cannot fail").wait();
//! assert_eq!((completed.result, completed.parts), (4, vec![1, 2, 3, 4]));
//! ```

mod node;

#[cfg(not(loom))]
mod batch;
#[cfg(not(loom))]
mod operation;
#[cfg(not(loom))]
mod parts;
#[cfg(not(loom))]
mod pending;
#[cfg(not(loom))]
mod token;

#[cfg(not(loom))]
pub use exports::*;

#[cfg(not(loom))]
mod exports {
    pub use super::batch::{Batch, Ticket, batch};
    pub use super::operation::{Operation, Refused, Submission};
    pub use super::parts::{Each, Nested, Parts};
    pub use super::pending::{Completed, Pending};
    pub use super::token::{Token, UnknownToken};
}
