//! The only door for emitted code. No promise is made to anybody else: it changes with `SCHEMA`.

pub use crate::buf::RawSlice;
pub use crate::call::Call;
pub use crate::call::enumeration::{AnyPassed, Enumeration, Passed};
pub use crate::call::export::Export;
pub use crate::carry::{Entry, Waiting, carry, carry_last};
pub use crate::closure::{
    Body, Callers, Given, Here, NoCallback, OnSignal, Scoped, SignalAction, SignalCell, SignalChange,
    call as call_closure, call_here, call_here_unwinding, call_in_signal, call_item, call_once, call_shared,
    call_unwinding, called_elements, called_nonnull, called_object, called_object_mut, called_slice, called_slice_mut,
    called_text, destroy, item, keep_closure,
};
pub use crate::desc::{
    Comparison, Direction, EndDesc, ExportDesc, Expr, ExtentDesc, Field, FnDesc, KeepDesc, KeeperDesc, KeptDesc,
    Nullability, Op, ParamDesc, PointerDesc, PointerMap, SCHEMA, Slot, SuccessDesc, TypeDesc, ValuesDesc, WhenDesc,
    field, laid_out,
};
pub use crate::given::{handle, nonnull, object, owned_handle, owned_object, owned_slice, owned_text, slice, text};
pub use crate::handle::{HandleProbe, TypedHandle};
pub use crate::mode::COMPILED;
pub use crate::outcome::{
    ErrnoReturn, filled, filled_amount, io_result, io_result_unit, lengths_differ, over_count, refuse,
};
pub use crate::pointee::{Pointee, followed, unknown_map};
pub use crate::retain::{
    Kept, Moment, Released, end_kept, keep_handle, keep_object, keep_slice, keep_slice_mut, keep_text, keeper,
    kept_now, place, release_kept,
};
#[cfg(all(target_os = "linux", target_env = "gnu"))]
pub mod interpose {
    //! What [`interpose_malloc!`](crate::interpose_malloc) puts in front of C's allocator.
    pub use crate::alloc::interpose::{calloc, free, malloc, memalign, posix_memalign, realloc};
}
pub use crate::word::{AsWord, MapProbe, NoMap, NoWord, Probe, Word};
