//! The attribute `#[pinned_ffi]`. Decides nothing: which door of `pinned-ffi-codegen` an item goes through.

#![forbid(unsafe_code)]

use pinned_ffi_codegen::diag::Diagnostics;
use pinned_ffi_codegen::options::Options;
use proc_macro::TokenStream;
use quote::ToTokens;

/// Gives C functions wrappers that pin their arguments and check them in checked builds.
///
/// On an extern block (needs no libclang): each function gets a wrapper of its own name, the block
/// itself stays reachable as `raw::name`.
///
/// ```text
/// #[pinned_ffi]
/// unsafe extern "C" {
///     // The C signature, checked. The contract of libc's functions is shipped.
///     pub fn read(fd: c_int, buf: *mut c_void, count: usize) -> isize;
///     // The idiomatic signature, for a function whose contract is complete.
///     pub safe fn sum(#[counted_by(n)] #[noescape] values: *const i32, n: usize) -> i64;
/// }
/// ```
///
/// On a `#[repr(C)]` structure: its fields' contracts, so that calls can look inside; also into fields that are such structures
/// themselves, arrays of them, or aliases. On a union: the same, and every
/// pointer in it counts, whichever member is in use.
///
/// On a `#[repr(C)]` enumeration, or one of a number: an exported function that takes it gets no number that is none of its
/// values (PF025, and a panic in every build).
///
/// On a module, with feature `header`: the bindings of a header.
///
/// ```text
/// #[pinned_ffi(header = "sys/uio.h", allow = "readv|writev", safe = "readv")]
/// mod uio {}
/// ```
///
/// On a function, with `export`: C calls it by its name, or by another one with `export = "name"`. Its arguments are checked
/// on the way in and its result on the way out. A panic does not reach C, which gets the value of `on_panic`.
///
/// ```text
/// #[pinned_ffi(export, on_panic = -1)]
/// unsafe fn sum(#[counted_by(n)] #[nonnull] values: *const i32, n: usize) -> i64 { … }
/// ```
///
/// Options: `raw = name` names the module of untouched declarations (needed where two blocks stand
/// in one module); `crate = path` names this crate where it was renamed; `abi = "C"` gives wrappers
/// with C's signature C's ABI too, so that they coerce to C's function pointers (a report then
/// aborts); `nested = "live"` has only dead targets of pointers inside arguments reported; on a module also `header`,
/// `allow`, `safe`, `define` and `clang_args`.
#[proc_macro_attribute]
pub fn pinned_ffi(attribute: TokenStream, item: TokenStream) -> TokenStream {
    let original = proc_macro2::TokenStream::from(item.clone());
    let item = syn::parse_macro_input!(item as syn::Item);
    let expanded = Options::parse(attribute.into()).and_then(|options| expand(item, &options));
    match expanded {
        Ok(tokens) => tokens.into(),
        Err(diagnostics) => {
            let errors = diagnostics.to_compile_errors();
            let kept = without_contracts(original);
            quote::quote!(#errors #kept).into()
        }
    }
}

fn expand(item: syn::Item, options: &Options) -> Result<proc_macro2::TokenStream, Diagnostics> {
    match item {
        syn::Item::ForeignMod(block) => pinned_ffi_codegen::expand_block(block, options),
        syn::Item::Fn(item) => pinned_ffi_codegen::expand_fn(item, options),
        syn::Item::Struct(item) => pinned_ffi_codegen::expand_struct(item, options),
        syn::Item::Enum(item) => pinned_ffi_codegen::expand_enum(&item, options),
        syn::Item::Union(item) => pinned_ffi_codegen::expand_union(item, options),
        #[cfg(feature = "header")]
        syn::Item::Mod(module) if !options.headers.is_empty() => pinned_ffi_codegen::expand_header(module, options),
        #[cfg(not(feature = "header"))]
        syn::Item::Mod(_) if !options.headers.is_empty() => Err(pinned_ffi_codegen::needs_header_feature(options)),
        other => Err(pinned_ffi_codegen::wrong_item(&other)),
    }
}

/// The item as plain Rust, so that an error in a contract does not become a hundred errors of missing names.
fn without_contracts(item: proc_macro2::TokenStream) -> proc_macro2::TokenStream {
    syn::parse2(item)
        .map_or_else(|_| proc_macro2::TokenStream::new(), |item| pinned_ffi_codegen::plain(item).to_token_stream())
}
