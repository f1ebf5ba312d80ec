//! io_uring through liburing's own header, on operations that own their memory. Without that header, a reason to skip.

/// liburing with C's own signatures, every call checked.
#[cfg(liburing)]
#[allow(
    missing_docs,
    non_camel_case_types,
    non_snake_case,
    non_upper_case_globals,
    dead_code,
    clippy::all,
    clippy::undocumented_unsafe_blocks,
    clippy::multiple_unsafe_ops_per_block
)]
pub mod c {
    include!(concat!(env!("OUT_DIR"), "/c.rs"));
}

#[cfg(liburing)]
#[allow(
    missing_docs,
    non_camel_case_types,
    dead_code,
    unreachable_pub,
    unused_qualifications,
    clippy::undocumented_unsafe_blocks
)]
mod event {
    include!(concat!(env!("OUT_DIR"), "/eventfd.rs"));
}

#[cfg(liburing)]
mod batch;
#[cfg(liburing)]
mod driver;
#[cfg(liburing)]
mod registered;
#[cfg(liburing)]
mod requests;
#[cfg(liburing)]
mod ring;
mod skip;

#[cfg(liburing)]
pub use batch::SubmitBatch;
#[cfg(liburing)]
pub use driver::{Events, drive, read_async};
#[cfg(liburing)]
pub use registered::{Lease, Registered};
#[cfg(liburing)]
pub use requests::{Buffers, Fd};
#[cfg(liburing)]
pub use ring::Ring;
pub use skip::skipped;
