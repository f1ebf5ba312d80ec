//! Attributes on a block and on a structure, through every pass; a line of the input for each place they may stand.

use pinned_ffi_codegen::emit::{Style, paths::Paths};
use pinned_ffi_codegen::options::Options;
use pinned_ffi_codegen::read::block;
use pinned_ffi_codegen::{expand_struct, pipeline};

/// The parameters in order, each with a line of its own.
const PARAMETERS: &[&str] = &[
    "to: *mut c_void",
    "len: size_t",
    "text: *const c_char",
    "node: *mut node",
    "each: Option<unsafe extern \"C\" fn(*mut c_void)>",
    "out: *mut *mut ring",
    "all: *const iovec",
    "data: *mut c_void",
];

/// Deeper brackets are refused before they reach us, by whoever parses the crate.
const DEEPEST: usize = 64;

/// Takes the first line as flags (`s` safe, `c` C's ABI, `m` a module of its own) and attributes of the function, the
/// others as attributes of its parameters, the last two as those of fields.
pub fn run(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    if depth(&text) > DEEPEST {
        return;
    }
    let mut lines = text.split('\n');
    let first = lines.next().unwrap_or_default();
    let (flags, on_function) = first.split_once('#').map_or((first, ""), |(flags, _)| (flags, &first[flags.len()..]));
    let parameters: Vec<String> =
        PARAMETERS.iter().map(|parameter| format!("{} {parameter}", lines.next().unwrap_or_default())).collect();
    let safe = if flags.contains('s') { "safe" } else { "" };
    let block = format!(
        "unsafe extern \"C\" {{ {on_function}\n{safe} fn f({}) -> *mut c_char;\nfn g(data: *mut c_void); }}",
        parameters.join(",\n")
    );
    if let Ok(block) = syn::parse_str(&block) {
        through(block, flags);
    }
    let (name, next) = (lines.next().unwrap_or_default(), lines.next().unwrap_or_default());
    let item = format!("#[repr(C)] struct node {{ {name}\nname: *mut c_char, len: c_int, {next}\nnext: *mut node }}");
    if let Ok(item) = syn::parse_str(&item) {
        match expand_struct(item, &Options::default()) {
            Ok(code) => drop(syn::parse_file(&code.to_string()).expect("what a structure becomes is Rust")),
            Err(errors) => super::header::told(&errors, false),
        }
    }
}

fn through(block: syn::ItemForeignMod, flags: &str) {
    let style = Style {
        paths: Paths::new(None),
        raw: syn::parse_str("raw").expect("a name"),
        c_abi: flags.contains('c'),
        docs: true,
        own_module: flags.contains('m'),
    };
    let output = block::read(block).and_then(|(mut header, tokens)| {
        header.records.extend(super::header::records());
        pipeline::run(header, tokens, &style)
    });
    match output {
        Ok(output) => super::header::is_rust(&output),
        Err(errors) => super::header::told(&errors, true),
    }
}

fn depth(text: &str) -> usize {
    let (mut depth, mut deepest) = (0usize, 0);
    for byte in text.bytes() {
        match byte {
            // A sign before a value opens a level as a bracket does.
            b'(' | b'[' | b'{' | b'<' | b'&' | b'*' | b'!' | b'-' | b'|' => depth += 1,
            b')' | b']' | b'}' | b'\n' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}
