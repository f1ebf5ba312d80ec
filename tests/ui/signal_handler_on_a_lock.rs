// A signal handler may change an atomic, and nothing else: point at the lock.

use std::sync::Mutex;

static LOCKED: Mutex<bool> = Mutex::new(false);

fn main() {
    let _ = pinned_ffi::on_signal!(LOCKED = true);
}
