//! Reads, writes and sends through io_uring, and shows which memory is held until when.

#[cfg(liburing)]
#[path = "../scenes/mod.rs"]
mod scenes;

#[global_allocator]
static ALLOC: pinned_ffi::TrackedAlloc = pinned_ffi::TrackedAlloc::system();

#[cfg(liburing)]
fn main() -> std::io::Result<()> {
    let ring = match uring::Ring::new(64) {
        Ok(ring) => ring,
        Err(error) => {
            let Some(reason) = uring::skipped(&error) else { return Err(error) };
            println!("{reason}");
            return Ok(());
        }
    };
    println!("level: {}", if pinned_ffi::COMPILED { pinned_ffi::level().name() } else { "unchecked" });
    scenes::all(&ring)?;
    drop(ring);
    assert!(pinned_ffi::pins().is_empty(), "nothing is left behind");
    println!("ok");
    Ok(())
}

#[cfg(not(liburing))]
fn main() {
    println!("skipped: io_uring: liburing.h was not installed when this was built");
}
