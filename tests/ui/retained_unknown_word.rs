// A word that `retained` does not know: point at `till`.

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    fn keep(#[retained(till = [drop_it])] data: *const i32);
}

fn main() {}
