// A clone of a pinner would end its pins a second time: there is none.

fn main() {
    let pinner = pinned_ffi::Pinner::new();
    drop(pinner.clone());
}
