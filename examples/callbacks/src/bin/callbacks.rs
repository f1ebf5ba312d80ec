//! Gives SQLite and libc closures to call: for one call, until C is told, until C destroys them; and what becomes of their panics.

#[cfg(sqlite3)]
#[path = "../scenes.rs"]
mod scenes;

#[global_allocator]
static ALLOC: pinned_ffi::TrackedAlloc = pinned_ffi::TrackedAlloc::system();

#[cfg(sqlite3)]
fn main() {
    println!("level: {}", if pinned_ffi::COMPILED { pinned_ffi::level().name() } else { "unchecked" });
    match scenes::all() {
        Ok(()) => println!("ok"),
        Err(code) => {
            eprintln!("SQLite says {code}");
            std::process::exit(1);
        }
    }
}

#[cfg(not(sqlite3))]
fn main() {
    println!("{}", callbacks::SKIPPED);
}
