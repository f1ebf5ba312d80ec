// A pinner may hold an Rc, so it stays on its thread.

fn main() {
    let mut pinner = pinned_ffi::Pinner::new();
    pinner.pin(std::rc::Rc::new(1_u8));
    std::thread::spawn(move || drop(pinner));
}
