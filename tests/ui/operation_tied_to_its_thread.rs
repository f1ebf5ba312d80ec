// Who delivers the completion may have to drop the parts: what is tied to this thread cannot be among them.

use pinned_ffi::completion::Operation;
use std::rc::Rc;

fn main() {
    let _ = Operation::new((vec![0_u8; 16], Rc::new([0_u8; 16])));
}
