// `callback` that says nothing: point at `callback`.

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    fn on_exit(#[callback] function: Option<unsafe extern "C" fn()>);
}

fn main() {}
