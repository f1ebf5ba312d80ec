// An operation owns its memory: a borrow would end before the completion does.

use pinned_ffi::completion::{Completed, Operation, Pending, Submission};

fn read(buffer: &mut [u8]) -> Pending<&mut [u8]> {
    // SAFETY: none.
    unsafe { Operation::new(buffer).start(|_: Submission<_>| Ok::<(), ()>(())) }.expect("C takes it")
}

fn main() {
    let mut buffer = [0; 16];
    let Completed { result, .. } = read(&mut buffer).wait();
    println!("{result}");
}
