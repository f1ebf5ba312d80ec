// Neither a closure nor a `fn` item may run in a signal handler: point at both.

use std::ffi::c_int;

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    safe fn signal(
        signum: c_int,
        handler: Option<unsafe extern "C" fn(c_int)>,
    ) -> Option<unsafe extern "C" fn(c_int)>;
}

fn told(number: c_int) {
    println!("got {number}");
}

fn main() {
    let _ = signal(2, |number| println!("got {number}"));
    let _ = signal(2, told);
}
