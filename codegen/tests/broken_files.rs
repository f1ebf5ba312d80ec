//! Contract files and introspection files cut short, changed and made absurd: they are refused or read, and nothing panics.

use pinned_ffi_codegen::contract::gir::{self, Introspection};
use pinned_ffi_codegen::contract::{Sources, decide, file};
use pinned_ffi_codegen::dump;
use pinned_ffi_codegen::model::Header;
use pinned_ffi_codegen::read::text_file::TextFile;
use pinned_ffi_codegen::read::{Tokens, block};
use std::path::{Path, PathBuf};

/// Numbers that are the same in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(end).unwrap_or(1)).unwrap_or_default()
    }

    /// `text` with up to four bytes changed, put in or taken away.
    fn change(&mut self, text: &str, signs: &[u8]) -> String {
        let mut bytes = text.as_bytes().to_vec();
        for _ in 0..=self.below(4) {
            let (at, sign) = (self.below(bytes.len()), signs[self.below(signs.len())]);
            match self.below(4) {
                0 => bytes[at] = sign,
                1 => bytes.insert(at, sign),
                2 => bytes[at] ^= 1 << self.below(8),
                _ => drop(bytes.remove(at)),
            }
        }
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

/// Declarations that the files below speak of.
fn declarations() -> (Header, Tokens) {
    let block: syn::ItemForeignMod = syn::parse_quote! {
        unsafe extern "C" {
            fn fill(fd: c_int, to: *mut c_void, len: size_t) -> c_long;
            fn mine_window_new(title: *const c_char) -> *mut mine_window;
            fn mine_window_write(window: *mut mine_window, data: *const c_void, count: size_t, written: *mut size_t, error: *mut *mut mine_error) -> c_int;
            fn mine_window_read_async(window: *mut mine_window, into: *mut c_void, count: size_t, ready: mine_each, data: *mut c_void);
            fn mine_window_take(window: *mut mine_window, names: *mut *mut c_char, numbers: *mut c_int, hidden: *mut mine_hidden);
            fn mine_each_point(points: *const mine_point, count: c_int, each: mine_each, data: *mut c_void, done: mine_done);
            fn mine_find(text: *const c_char, len: c_long, needle: *const c_char) -> *mut c_char;
            fn mine_middle(from: *const mine_point, to: *mut mine_point, moved: *mut *mut mine_point);
        }
    };
    block::read(block).unwrap_or_else(|errors| panic!("{errors}"))
}

/// Decides with what was read, and tells everything.
fn apply((header, tokens): &(Header, Tokens), sources: &Sources) {
    match decide(header, tokens, sources) {
        Ok(contracts) => {
            drop((dump::contracts(header, &contracts), dump::audit(header, &Default::default(), &contracts)))
        }
        Err(errors) => drop(errors.to_string()),
    }
}

/// The text of a file that uses most of the language.
const RICH: &str = "schema = 1\n[functions.fill]\nerrno = \"void\"\nreturns = [\"owned, free = f\", \"static\"]\n\
    success = \"result >= 0\"\nunsafe_beyond_pointers = \"ü\"\n[functions.fill.params.to]\n\
    counted_by = \"(w * h) + min(a, *b)\"\nretained = \"by = fd, until = [f, g], when(a & B)\"\n\
    callback = \"userdata = p, scope = call\"\npointee = \"pointee(owned, free = f), nullable\"\nnullable = true\n\
    [records.node.fields]\nname = { null_terminated = true, flow_through = \"out\" }\n";

fn read_contracts(text: String) {
    match file::parse(&TextFile::new(PathBuf::from("fuzz.toml"), text)) {
        Ok(file) => apply(&declarations(), &Sources { files: vec![file], ..Sources::default() }),
        Err(errors) => drop(errors.to_string()),
    }
}

#[test]
fn a_contract_file_cut_short_never_panics() {
    for end in 0..=RICH.len() {
        if let Some(text) = RICH.get(..end) {
            read_contracts(text.to_owned());
        }
    }
}

#[test]
fn a_contract_file_with_changed_bytes_never_panics() {
    let mut numbers = Numbers(0x2545_F491_4F6C_DD1D);
    for _ in 0..3000 {
        read_contracts(numbers.change(RICH, b"\"'[]{}()=,.#\\\n\0*&|-+/ 01afx\xc3\xbc"));
    }
}

#[test]
fn deep_and_long_values_are_refused() {
    let with = |value: &str| format!("schema = 1\n[functions.f.params.p]\ncounted_by = \"{value}\"\n");
    for value in [
        format!("{}n{}", "(".repeat(2000), ")".repeat(2000)),
        "*".repeat(4000),
        "-".repeat(4000),
        "return ".repeat(500),
        "n + ".repeat(100_000),
        "[".repeat(100),
    ] {
        let errors = file::parse(&TextFile::new(PathBuf::from("deep.toml"), with(&value)));
        assert!(errors.is_err_and(|errors| errors.to_string().contains("PB002")));
    }
    read_contracts(format!("schema = 1\nfunctions = {}", "[".repeat(100_000)));
    read_contracts(format!("schema = 1\n{}", "[functions.a]\n[functions.a.params.b]\n".repeat(1000)));
    read_contracts(format!("schema = 1\n[{}a]\n", "a.".repeat(50_000)));
}

fn read_introspection(text: String) {
    let mut introspection = Introspection::default();
    match gir::parse(&TextFile::new(PathBuf::from("fuzz.gir"), text), &mut introspection) {
        Ok(()) => apply(&declarations(), &Sources { introspection, ..Sources::default() }),
        Err(errors) => drop(errors.to_string()),
    }
}

fn fixture() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gir/Mine-1.0.gir");
    std::fs::read_to_string(path).expect("the fixture is there")
}

#[test]
fn an_introspection_file_cut_short_never_panics() {
    let text = fixture();
    for end in (0..text.len()).step_by(7) {
        read_introspection(text[..end].to_owned());
    }
}

#[test]
fn an_introspection_file_with_changed_bytes_never_panics() {
    let (mut numbers, text) = (Numbers(0x9E37_79B9_7F4A_7C15), fixture());
    for _ in 0..800 {
        read_introspection(numbers.change(&text, b"\"<>/&;=019-a :\xc3"));
    }
    read_introspection(format!("{}{}", "<a>".repeat(100_000), "</a>".repeat(100_000)));
}
