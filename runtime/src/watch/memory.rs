//! Plain memory by its address: read as bytes, and written.

/// A copy of the bytes at `addr`.
///
/// # Safety
///
/// The memory is mapped and readable. Another thread may write it: then any bytes come out.
pub(super) unsafe fn read(addr: usize, bytes: usize) -> Vec<u8> {
    let mut into = vec![0_u8; bytes];
    let from = core::ptr::with_exposed_provenance::<u8>(addr);
    // SAFETY: readable, the caller promises; `into` is as long, and fresh. By the C library (memcpy(3)): a copy of bytes that
    // another thread may be writing is the C library's to make, not the compiler's.
    unsafe { libc::memcpy(into.as_mut_ptr().cast(), from.cast(), bytes) };
    into
}

/// Writes bytes to `addr`.
///
/// # Safety
///
/// The memory is mapped, and may be written as far as this call's contract goes.
pub(super) unsafe fn write(addr: usize, bytes: &[u8]) {
    let to = core::ptr::with_exposed_provenance_mut::<u8>(addr);
    // SAFETY: writable, the caller promises; `bytes` is a borrow of other memory (memcpy(3)).
    unsafe { libc::memcpy(to.cast(), bytes.as_ptr().cast(), bytes.len()) };
}

/// The bytes of a text with its zero; `None` where there is none in `room` bytes.
///
/// # Safety
///
/// The memory is mapped and readable for `room` bytes.
pub(super) unsafe fn text_bytes(addr: usize, room: usize) -> Option<usize> {
    let from = core::ptr::with_exposed_provenance::<u8>(addr);
    // SAFETY: readable for so long, the caller promises (strnlen(3)).
    let length = unsafe { libc::strnlen(from.cast(), room) };
    (length < room).then_some(length + 1)
}
