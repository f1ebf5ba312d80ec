//! POSIX aio on operations that own their memory: transfers, a queue that waits for them, and notification by a thread.

/// C's own signatures, every call checked.
#[allow(
    missing_docs,
    non_camel_case_types,
    non_snake_case,
    non_upper_case_globals,
    dead_code,
    clippy::undocumented_unsafe_blocks,
    clippy::missing_safety_doc
)]
pub mod c {
    include!(concat!(env!("OUT_DIR"), "/c.rs"));

    pub const LIO_READ: i32 = 0;
    pub const LIO_WRITE: i32 = 1;
    pub const LIO_WAIT: i32 = 0;
    pub const LIO_NOWAIT: i32 = 1;
    pub const AIO_CANCELED: i32 = 0;
    pub const AIO_NOTCANCELED: i32 = 1;
    pub const SIGEV_NONE: i32 = 1;
    pub const SIGEV_THREAD: i32 = 2;
    pub const EINPROGRESS: i32 = 115;
    pub const ECANCELED: i32 = 125;
}

mod notified;
mod queue;
mod transfer;

pub use notified::{Notified, read_notified};
pub use queue::{Cancel, List, Queue};
pub use transfer::Transfer;
