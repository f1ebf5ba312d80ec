// A `safe fn` cannot lend what C keeps: point at `data`.

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    safe fn keep(#[counted_by(n)] #[retained(forever)] data: *const i32, n: usize);
}

fn main() {}
