//! Contract files: read, laid over declarations, and taken through every pass.

use pinned_ffi_codegen::contract::{Sources, file};
use pinned_ffi_codegen::dump;
use pinned_ffi_codegen::emit::{Style, paths::Paths};
use pinned_ffi_codegen::pipeline;
use pinned_ffi_codegen::read::block;
use pinned_ffi_codegen::read::text_file::TextFile;
use std::path::PathBuf;

/// Declarations that the files speak of.
const DECLARATIONS: &str = "unsafe extern \"C\" {
    fn fill(fd: c_int, to: *mut c_void, len: size_t) -> c_long;
    fn keep(ring: *mut ring, data: *const c_void, len: size_t, free_data: Option<unsafe extern \"C\" fn(*mut c_void)>) -> c_int;
    fn name_of(node: *const node, flags: c_int) -> *mut c_char;
    fn log_it(format: *const c_char, ...) -> c_int;
    fn visit(first: *mut node, each: Option<unsafe extern \"C\" fn(*mut node, *mut c_void)>, data: *mut c_void);
    fn readv(fd: c_int, iov: *const iovec, count: c_int) -> ssize_t;
    fn open_it(name: *const c_char, out: *mut *mut ring) -> c_int;
    fn close_it(ring: *mut ring);
}";

/// Takes the bytes as the text of a file.
pub fn run(data: &[u8]) {
    let text = String::from_utf8_lossy(data).into_owned();
    let file = match file::parse(&TextFile::new(PathBuf::from("fuzz.toml"), text)) {
        Ok(file) => file,
        Err(errors) => {
            super::header::told(&errors, true);
            return;
        }
    };
    let block = syn::parse_str(DECLARATIONS).expect("the declarations are Rust");
    let (mut header, tokens) = block::read(block).expect("the declarations are right");
    header.records.extend(super::header::records());
    let sources = Sources { files: vec![file], ..Sources::default() };
    file::ask_for_signatures(&sources.files, &mut header);
    let style = Style {
        paths: Paths::new(None),
        raw: syn::parse_str("raw").expect("a name"),
        c_abi: false,
        docs: true,
        own_module: true,
    };
    match pipeline::run_with(header, tokens, &sources, &style) {
        Ok(output) => {
            super::header::is_rust(&output);
            drop(dump::audit(&output.header, &output.facts, &output.contracts));
        }
        Err(errors) => super::header::told(&errors, false),
    }
}
