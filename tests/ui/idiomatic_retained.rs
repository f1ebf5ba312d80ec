// `#[idiomatic]` cannot lend it either: point at `data`, name `#[idiomatic]`.

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    #[idiomatic]
    fn keep(#[one] #[retained(until = [drop_it])] data: *const i32);
}

fn main() {}
