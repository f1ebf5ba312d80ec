//! Every path of the runtime that emitted code names. `tests/contract.rs` resolves them all.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Path;

/// The runtime's names, under whatever name the user's crate has it.
#[derive(Clone, Debug)]
pub struct Paths {
    krate: Path,
}

macro_rules! paths {
    ($($method:ident => $($segment:ident)::+;)*) => {
        /// The names below the crate, for the test that resolves them.
        pub const NAMES: &[&str] = &[$(stringify!($($segment)::+)),*];

        impl Paths {
            $(
                #[doc = concat!("`", stringify!($($segment)::+), "`")]
                pub fn $method(&self) -> TokenStream {
                    let krate = &self.krate;
                    quote!(#krate::$($segment)::+)
                }
            )*
        }
    };
}

paths! {
    call => private::Call;
    compiled => private::COMPILED;
    carry => private::carry;
    any_passed => private::AnyPassed;
    as_word => private::AsWord;
    enumeration => private::Enumeration;
    passed => private::Passed;
    entry => private::Entry;
    export => private::Export;
    export_desc => private::ExportDesc;
    fn_desc => private::FnDesc;
    kept_desc => private::KeptDesc;
    keep_desc => private::KeepDesc;
    end_desc => private::EndDesc;
    keeper_desc => private::KeeperDesc;
    when_desc => private::WhenDesc;
    success_desc => private::SuccessDesc;
    comparison => private::Comparison;
    end_kept => private::end_kept;
    type_desc => private::TypeDesc;
    param_desc => private::ParamDesc;
    pointer_desc => private::PointerDesc;
    pointer_map => private::PointerMap;
    slot => private::Slot;
    record_field => private::Field;
    expr => private::Expr;
    op => private::Op;
    direction => private::Direction;
    word => private::Word;
    probe => private::Probe;
    map_probe => private::MapProbe;
    no_word => private::NoWord;
    no_map => private::NoMap;
    pointee => private::Pointee;
    schema => private::SCHEMA;
    field => private::field;
    laid_out => private::laid_out;
    followed => private::followed;
    unknown_map => private::unknown_map;
    raw_slice => private::RawSlice;
    errno_return => private::ErrnoReturn;
    filled => private::filled;
    io_result => private::io_result;
    io_result_unit => private::io_result_unit;
    over_count => private::over_count;
    differ => private::lengths_differ;
    refuse => private::refuse;
    filled_amount => private::filled_amount;
    given_handle => private::handle;
    given_text => private::text;
    given_object => private::object;
    given_slice => private::slice;
    owned_handle => private::owned_handle;
    owned_text => private::owned_text;
    owned_object => private::owned_object;
    owned_slice => private::owned_slice;
    nonnull => private::nonnull;
    handle_probe => private::HandleProbe;
    typed_handle => private::TypedHandle;
    handle_ref => Ref;
    owned => Owned;
    owned_data => OwnedData;
    release => Release;
    keep_slice => private::keep_slice;
    keep_slice_mut => private::keep_slice_mut;
    keep_object => private::keep_object;
    keep_text => private::keep_text;
    keep_handle => private::keep_handle;
    release_kept => private::release_kept;
    kept_now => private::kept_now;
    keeper => private::keeper;
    place => private::place;
    waiting => private::Waiting;
    no_callback => private::NoCallback;
    body => private::Body;
    scoped => private::Scoped;
    given => private::Given;
    here => private::Here;
    callers => private::Callers;
    call_closure => private::call_closure;
    call_shared => private::call_shared;
    call_once => private::call_once;
    call_here => private::call_here;
    call_unwinding => private::call_unwinding;
    call_here_unwinding => private::call_here_unwinding;
    call_in_signal => private::call_in_signal;
    signal_safe => SignalSafe;
    call_item => private::call_item;
    item => private::item;
    destroy => private::destroy;
    keep_closure => private::keep_closure;
    called_slice => private::called_slice;
    called_slice_mut => private::called_slice_mut;
    called_elements => private::called_elements;
    called_text => private::called_text;
    called_object => private::called_object;
    called_object_mut => private::called_object_mut;
    called_nonnull => private::called_nonnull;
    address_sensitive => AddressSensitive;
    retain => Retain;
    retain_mut => RetainMut;
    retain_text => RetainText;
    retain_handle => RetainHandle;
    out_buf => buf::OutBuf;
    vectored => buf::Vectored;
    vectored_mut => buf::VectoredMut;
}

impl Paths {
    /// The names below `krate`, `::pinned_ffi` unless the user renamed it.
    pub fn new(krate: Option<Path>) -> Self {
        Self { krate: krate.unwrap_or_else(|| syn::parse_quote!(::pinned_ffi)) }
    }

    /// The same names as seen from one module further in.
    pub fn deeper(&self) -> Self {
        let mut krate = self.krate.clone();
        super::raw::deepen(&mut krate);
        Self { krate }
    }

    /// An assertion that this code and the runtime agree.
    pub fn assert_schema(&self) -> TokenStream {
        let schema = self.schema();
        let version = proc_macro2::Literal::u32_unsuffixed(super::SCHEMA);
        quote! {
            const _: () = ::core::assert!(
                #schema == #version,
                "these wrappers were generated for another version of pinned-ffi: generate them again"
            );
        }
    }
}
