// C keeps the pointer, and a borrow is given: name the type at the call, and say what to give.

#[repr(C)]
pub struct keeper {
    _unused: [u8; 0],
}

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    safe fn keeper_set(
        #[opaque]
        #[noescape]
        k: *mut keeper,
        #[input]
        #[counted_by(n)]
        #[retained(by = k, until = [keeper_clear])]
        data: *const u8,
        n: usize,
    );
    safe fn keeper_clear(
        #[opaque]
        #[noescape]
        k: *mut keeper,
    );
}

fn set(keeper: pinned_ffi::Ref<'_, keeper>) {
    let data = vec![1_u8, 2, 3];
    keeper_set(keeper, data.as_slice());
    keeper_clear(keeper);
}

fn main() {}
