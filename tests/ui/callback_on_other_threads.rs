// A slot of one thread is empty on another: point at `f`.

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    safe fn run(#[callback(scope = call, thread = any_thread)] f: Option<unsafe extern "C" fn()>);
}

fn main() {}
