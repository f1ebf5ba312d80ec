//! What the tests of rules share: contracts of declarations written as generated bindings are.

use super::{Rules, apply};
use crate::contract::{Extent, FnContract};
use crate::model::{Header, HeaderAttr};
use crate::read::{Tokens, items};

/// Aliases and records that the declarations may use.
const COMMON: &str = "
    pub type size_t = usize;
    pub type flag_bool = ::std::os::raw::c_int;
    pub type data_func = ::std::option::Option<unsafe extern \"C\" fn(a: *const c_void, user_data: *mut c_void)>;
    pub type any_func = ::std::option::Option<unsafe extern \"C\" fn()>;
    pub type lib_handle = *mut c_void;
    pub type voidp = *mut c_void;
    pub type parse_func = ::std::option::Option<unsafe extern \"C\" fn(b: *mut box_)>;
    pub type compare_func = ::std::option::Option<unsafe extern \"C\" fn(a: *const c_void, b: *const c_void) -> c_int>;
    pub type destroy_notify = ::std::option::Option<unsafe extern \"C\" fn(data: *mut c_void)>;
    #[repr(C)] pub struct box_ { _unused: [u8; 0] }
    #[repr(C)] pub struct point { pub x: c_int, pub y: c_int }
    #[repr(C)] pub struct place { pub c: *mut c_void }
    #[repr(C)] pub struct pair { pub name: *const c_char, pub value: *mut c_void }
    #[repr(C)] pub struct lib_vertex_2d { pub x: c_int, pub c: *mut c_void }
    pub type x_pointer = *mut c_char;
    pub type x_func = ::std::option::Option<unsafe extern \"C\" fn(a: *mut pair, arg2: x_pointer) -> c_int>;
    #[repr(C)] pub struct sockaddr { pub family: u16, pub data: [c_char; 14] }
    #[repr(C)] pub struct iovec { pub base: *mut c_void, pub len: usize }
    #[repr(C)] pub struct bit_set { pub bits: [c_ulong; 16] }
    #[repr(C)] pub struct item_list { pub first: *mut item }
    #[repr(C)] pub struct base { pub vtable: *const c_void }
    #[repr(C)] pub struct item { pub parent: base, pub n: c_int }
";

/// Some functions beside what is common.
pub(super) fn read(functions: &str) -> (Header, Tokens) {
    let text = format!("{COMMON} unsafe extern \"C\" {{ {functions} }}");
    items::read(crate::read::bindgen::parse(&text).expect("declarations"))
}

/// The contracts of some functions, by every rule but those in `off`.
pub(super) fn infer(functions: &str, off: &[&str]) -> Vec<FnContract> {
    let (header, tokens) = read(functions);
    contracts(&header, &tokens, off)
}

fn contracts(header: &Header, tokens: &Tokens, off: &[&str]) -> Vec<FnContract> {
    let mut contracts: Vec<FnContract> = header.functions.iter().map(FnContract::new).collect();
    let mut rules = Rules::all();
    for rule in off {
        rules.switch_off(rule).expect("a rule");
    }
    apply(&mut contracts, header, tokens, &rules);
    contracts
}

/// The contract of one function of which the header says something more.
pub(super) fn infer_with(function: &str, attrs: &[HeaderAttr], off: &[&str]) -> FnContract {
    let (mut header, tokens) = read(function);
    header.functions[0].attrs.extend_from_slice(attrs);
    contracts(&header, &tokens, off).remove(0)
}

/// What the rules say of one function, a line for each parameter of which they say something.
pub(super) fn said(function: &str) -> String {
    spell(&infer(function, &[])[0])
}

/// The same for a contract.
pub(super) fn spell(contract: &FnContract) -> String {
    let mut lines = Vec::new();
    for param in &contract.params {
        let mut words: Vec<String> = Vec::new();
        words.extend(param.opaque.as_ref().map(|_| "opaque".to_owned()));
        words.extend(param.direction.as_ref().map(|fact| fact.value.attribute().to_owned()));
        words.extend(param.extent.as_ref().filter(|fact| fact.value != Extent::One).map(|fact| fact.value.to_string()));
        words.extend(param.callback.as_ref().map(|fact| format!("callback({})", fact.value)));
        words.extend(param.escape.as_ref().map(|fact| fact.value.to_string()));
        words.extend(param.pointee.as_ref().map(|fact| format!("pointee({})", fact.value)));
        if !words.is_empty() {
            lines.push(format!("{}: {}", param.name, words.join(" ")));
        }
    }
    lines.extend(contract.returns.iter().map(|fact| format!("-> {}", fact.value)));
    lines.join("; ")
}
