// C keeps the closure until it destroys it, so it cannot borrow a local, nor hold what another thread must not drop.

use std::ffi::c_void;

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    safe fn keep(
        #[callback(userdata = data, scope = notified, destroy = destroy)] f: Option<
            unsafe extern "C" fn(data: *mut c_void),
        >,
        data: *mut c_void,
        destroy: Option<unsafe extern "C" fn(data: *mut c_void)>,
    );
}

fn main() {
    let local = String::new();
    keep(|| println!("{local}"));
    let shared = std::rc::Rc::new(1);
    keep(move || println!("{shared}"));
}
