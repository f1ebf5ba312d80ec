//! The same C function through all three doors is the same wrapper, token for token.

use pinned_ffi_codegen::options::Options;
use pinned_ffi_codegen::{Builder, expand_block, expand_header};
use quote::{ToTokens, quote};

/// The wrapper functions of some code, by name; documentation left out, since each door has comments of its own, and what no
/// lint should say, which a file allows once for all of them.
fn wrappers(code: proc_macro2::TokenStream) -> Vec<(String, String)> {
    let file: syn::File = syn::parse2(code).expect("emitted code parses");
    let mut found = Vec::new();
    gather(file.items, &mut found);
    found
}

fn gather(items: Vec<syn::Item>, found: &mut Vec<(String, String)>) {
    for item in items {
        match item {
            syn::Item::Mod(item) if item.ident == "uio" || item.ident == "__pinned_ffi_wrappers" => {
                gather(item.content.expect("the module has a body").1, found);
            }
            // What those of a header go through is no wrapper.
            syn::Item::Fn(item) if item.sig.ident.to_string().starts_with("__pinned_ffi_") => {}
            syn::Item::Fn(mut item) => {
                item.attrs.retain(|attribute| !["doc", "allow"].iter().any(|name| attribute.path().is_ident(name)));
                found.push((item.sig.ident.to_string(), item.to_token_stream().to_string()));
            }
            _ => {}
        }
    }
}

fn of_builder(safe: bool) -> Vec<(String, String)> {
    let mut builder = Builder::new().header("sys/uio.h").header("unistd.h").allow("readv|writev|read");
    if safe {
        builder = builder.safe("readv|writev|read");
    }
    let bindings = builder.generate().unwrap_or_else(|errors| panic!("{errors}"));
    wrappers(bindings.output.code)
}

fn of_module(safe: bool) -> Vec<(String, String)> {
    let safe = safe.then(|| quote!(, safe = "readv|writev|read"));
    let options = Options::parse(quote!(header = ["sys/uio.h", "unistd.h"], allow = "readv|writev|read" #safe));
    let options = options.unwrap_or_else(|errors| panic!("{errors}"));
    let code = expand_header(
        syn::parse_quote!(
            mod uio {}
        ),
        &options,
    )
    .unwrap_or_else(|errors| panic!("{errors}"));
    wrappers(code)
}

/// The block as a user writes it, with the types that the header has. Contracts come from the packs, as for the header.
fn of_block(safe: bool) -> Vec<(String, String)> {
    let keyword = safe.then(|| quote!(safe));
    let block = syn::parse_quote! {
        unsafe extern "C" {
            pub #keyword fn readv(fd: ::core::ffi::c_int, iov: *const iovec, iovcnt: ::core::ffi::c_int) -> isize;
            pub #keyword fn writev(fd: ::core::ffi::c_int, iov: *const iovec, iovcnt: ::core::ffi::c_int) -> isize;
            pub #keyword fn read(fd: ::core::ffi::c_int, buf: *mut ::core::ffi::c_void, count: usize) -> isize;
        }
    };
    let code = expand_block(block, &Options::default()).unwrap_or_else(|errors| panic!("{errors}"));
    wrappers(code)
}

/// The same block with every fact written out by the user instead of taken from a pack.
fn of_annotated_block(safe: bool) -> Vec<(String, String)> {
    let keyword = safe.then(|| quote!(safe));
    let block = syn::parse_quote! {
        unsafe extern "C" {
            #[errno]
            pub #keyword fn readv(
                fd: ::core::ffi::c_int,
                #[input] #[nonnull] #[noescape] #[flow_through(out)] #[counted_by(iovcnt)] iov: *const iovec,
                iovcnt: ::core::ffi::c_int
            ) -> isize;
            #[errno]
            pub #keyword fn writev(
                fd: ::core::ffi::c_int,
                #[input] #[nonnull] #[noescape] #[flow_through] #[counted_by(iovcnt)] iov: *const iovec,
                iovcnt: ::core::ffi::c_int
            ) -> isize;
            #[errno]
            pub #keyword fn read(
                fd: ::core::ffi::c_int,
                #[out] #[nonnull] #[noescape] #[sized_by(count)] #[filled_by(return)] buf: *mut ::core::ffi::c_void,
                count: usize
            ) -> isize;
        }
    };
    let code = expand_block(block, &Options::default()).unwrap_or_else(|errors| panic!("{errors}"));
    wrappers(code)
}

#[test]
fn three_doors_one_wrapper() {
    for safe in [false, true] {
        let mut expected = of_builder(safe);
        expected.sort();
        assert_eq!(expected.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["read", "readv", "writev"]);
        let mut module = of_module(safe);
        module.sort();
        assert_eq!(module, expected);
        let (mut block, mut annotated) = (of_block(safe), of_annotated_block(safe));
        block.sort();
        annotated.sort();
        assert_eq!(block, annotated);
        // Where C's signature stays, a header's functions share a table of types, and a block's have none to share.
        if safe {
            // A block must have a map where it says that C follows pointers; a header may have none to give.
            for (_, text) in &mut expected {
                *text = text.replace(":: MapProbe :: < iovec > :: map", ":: followed :: < iovec > ()");
            }
            assert_eq!(block, expected);
        }
    }
}
