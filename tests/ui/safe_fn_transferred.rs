// A `safe fn` cannot lend what C takes over: point at `data`.

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    safe fn give(#[counted_by(n)] #[transfer(free = drop_it)] data: *const i32, n: usize);
}

fn main() {}
