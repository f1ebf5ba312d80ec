//! Functions of whole headers, described by one literal each: which qualify, what the literal says, which words go with it.
//!
//! The text is that of `runtime/src/desc/text.rs`, and `SCHEMA` keeps the two together.

use super::Style;
use super::hygiene::{Params, free};
use super::thunk::Thunk;
use crate::contract::expr::Op;
use crate::contract::{Direction, Guarded, Nested, Nullability};
use crate::model::Header;
use crate::plan::{CallPlan, ExprPlan, ExtentPlan, Inside, Keeps, PointerPlan};
use crate::read::Tokens;
use crate::read::block::pointee;
use crate::read::{FnTokens, called};
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// The types that parameters of one file point to, each once.
pub(super) struct Types<'a> {
    name: syn::Ident,
    enter: syn::Ident,
    /// Whether a wrapper begins its call by that name.
    enters: bool,
    /// What other wrappers go through.
    thunks: BTreeMap<Thunk, syn::Ident>,
    places: BTreeMap<String, usize>,
    targets: Vec<syn::Type>,
    /// The `type` items of the file, for finding what number a name stands for.
    aliases: BTreeMap<String, &'a syn::Type>,
    /// The structures of which the header says no more than the name.
    opaque: BTreeSet<String>,
}

impl<'a> Types<'a> {
    pub(super) fn of(header: &Header, tokens: &'a Tokens) -> Self {
        let opaque = header.records.iter().filter(|record| record.is_opaque).map(|record| record.name.clone());
        let aliases = tokens.items.iter().filter_map(|item| match item {
            syn::Item::Type(alias) => Some((alias.ident.to_string(), &*alias.ty)),
            _ => None,
        });
        Self {
            name: free("__PINNED_FFI_TYPES", tokens),
            enter: free("__pinned_ffi_enter", tokens),
            enters: false,
            thunks: BTreeMap::new(),
            places: BTreeMap::new(),
            targets: Vec::new(),
            aliases: aliases.collect(),
            opaque: opaque.collect(),
        }
    }

    /// The name of what begins a call.
    pub(super) fn enter(&mut self) -> &syn::Ident {
        self.enters = true;
        &self.enter
    }

    /// The name of what a whole call goes through.
    pub(super) fn thunk(&mut self, thunk: Thunk, tokens: &Tokens) -> &syn::Ident {
        self.thunks.entry(thunk).or_insert_with(|| thunk.name(tokens))
    }

    /// What begins calls by literals of this file. Type-checking takes a tenth less time where a wrapper names neither the
    /// runtime nor the table, and borrows no array.
    pub(super) fn entry(&self, style: &Style) -> TokenStream {
        let (name, enter, call) = (&self.name, &self.enter, style.paths.call());
        let enter = self.enters.then(|| {
            quote! {
                #[inline(always)]
                #[track_caller]
                unsafe fn #enter<const N: usize>(text: &'static str, words: [usize; N]) -> #call {
                    unsafe { #call::described(text, &#name, &words) }
                }
            }
        });
        let thunks = self.thunks.iter().map(|(thunk, ident)| thunk.item(ident, name, style));
        quote!(#enter #(#thunks)*)
    }

    fn place(&mut self, target: &syn::Type) -> usize {
        let target = self.behind_aliases(target).clone();
        let next = self.targets.len();
        // Handles have no size, and nothing in them is known: one stands for all.
        let is_opaque = matches!(&target, syn::Type::Path(path) if path.path.get_ident().is_some_and(|name| self.opaque.contains(&name.to_string())));
        let key = if is_opaque { String::new() } else { target.to_token_stream().to_string() };
        let place = *self.places.entry(key).or_insert(next);
        if place == next {
            self.targets.push(target);
        }
        place
    }

    /// The type that a name stands for.
    fn behind_aliases<'t>(&self, ty: &'t syn::Type) -> &'t syn::Type
    where
        'a: 't,
    {
        let mut ty = ty;
        for _ in 0..64 {
            let syn::Type::Path(path) = ty else { break };
            match path.path.get_ident().and_then(|name| self.aliases.get(&name.to_string())) {
                Some(target) => ty = target,
                None => break,
            }
        }
        ty
    }

    /// The raw pointer that a type is, behind its aliases (`z_streamp`).
    fn pointer<'t>(&self, ty: &'t syn::Type) -> Option<&'t syn::Type>
    where
        'a: 't,
    {
        let mut ty = ty;
        for _ in 0..64 {
            match ty {
                syn::Type::Ptr(_) => return Some(ty),
                syn::Type::Path(path) => ty = *self.aliases.get(&path.path.segments.last()?.ident.to_string())?,
                _ => return None,
            }
        }
        None
    }

    /// Whether a type is a signed number; `None` where it is no number that is known.
    fn is_signed(&self, ty: &syn::Type) -> Option<bool> {
        let mut ty = ty;
        // Aliases of aliases end; a cycle cannot be written in C.
        for _ in 0..64 {
            let syn::Type::Path(path) = ty else { return None };
            let name = path.path.segments.last()?.ident.to_string();
            match name.as_str() {
                "i8" | "i16" | "i32" | "i64" | "isize" | "c_schar" | "c_short" | "c_int" | "c_long" | "c_longlong" => {
                    return Some(true);
                }
                "u8" | "u16" | "u32" | "u64" | "usize" | "c_uchar" | "c_ushort" | "c_uint" | "c_ulong"
                | "c_ulonglong" => return Some(false),
                _ => ty = self.aliases.get(&name)?,
            }
        }
        None
    }

    /// Whether a type is known to be a number or a pointer.
    fn has_word(&self, ty: &syn::Type) -> bool {
        self.is_signed(ty).is_some() || self.pointer(ty).is_some()
    }

    /// What is read of a type is signed, or not; `None` where it is neither number nor pointer nor callback.
    fn sign(&self, ty: &syn::Type) -> Option<bool> {
        self.is_signed(ty).or_else(|| (self.pointer(ty).is_some() || self.is_callback(ty)).then_some(false))
    }

    /// Whether the runtime has a word for a type (`AsWord`), be it the one that stands for none.
    pub(super) fn is_word(&self, ty: &syn::Type) -> bool {
        self.sign(ty).is_some() || self.is_named(ty, &["bool", "f32", "f64", "c_float", "c_double"])
    }

    /// Whether a type is one of these, behind its aliases.
    fn is_named(&self, ty: &syn::Type, names: &[&str]) -> bool {
        let syn::Type::Path(path) = self.behind_aliases(ty) else { return false };
        path.path.segments.last().is_some_and(|last| names.iter().any(|name| last.ident == *name))
    }

    /// Whether a type is a function pointer that may be null, of a form for which the runtime has a word.
    fn is_callback(&self, ty: &syn::Type) -> bool {
        let mut ty = ty;
        for _ in 0..64 {
            if let Some(function) = called::spelt(ty) {
                let is_c =
                    function.abi.as_ref().and_then(|abi| abi.name.as_ref()).is_some_and(|abi| abi.value() == "C");
                let returns =
                    !matches!(&function.output, syn::ReturnType::Type(_, ty) if matches!(**ty, syn::Type::Never(_)));
                return called::is_option(ty)
                    && is_c
                    && returns
                    && function.unsafety.is_some()
                    && function.variadic.is_none()
                    && function.inputs.len() <= CALLBACK_PARAMETERS;
            }
            let syn::Type::Path(path) = ty else { return false };
            let name = path.path.segments.last().map(|last| last.ident.to_string());
            match name.and_then(|name| self.aliases.get(&name)) {
                Some(target) => ty = target,
                None => return false,
            }
        }
        false
    }

    /// The table of types, for all literals of the file.
    pub(super) fn table(&self, style: &Style) -> TokenStream {
        let (desc, probe, no_map) = (style.paths.type_desc(), style.paths.map_probe(), style.paths.no_map());
        let name = &self.name;
        let targets = &self.targets;
        let count = targets.len();
        quote! {
            #[allow(clippy::all, clippy::pedantic)]
            static #name: [#desc; #count] = {
                #[allow(unused_imports)]
                use #no_map as _;
                [#(#desc::of::<#targets>(#probe::<#targets>::map)),*]
            };
        }
    }
}

/// The runtime has words for callbacks with so many parameters (`runtime/src/word.rs`).
const CALLBACK_PARAMETERS: usize = 8;

/// What a wrapper of one expression is made of.
pub(super) struct Literal {
    /// The description.
    pub(super) text: String,
    /// The arguments that it asks for.
    pub(super) words: Vec<TokenStream>,
    /// Whether the runtime gets the result.
    pub(super) gives: bool,
    /// What the call goes through, where it need not be spelt out.
    pub(super) thunk: Option<Thunk>,
}

/// The literal of a wrapper; `None` for one that needs a description of its own.
pub(super) fn literal(plan: &CallPlan, params: &Params<'_>, tokens: &Tokens, types: &mut Types<'_>) -> Option<Literal> {
    let function: &FnTokens = &tokens.functions[plan.function.0];
    let result = match &function.item.sig.output {
        syn::ReturnType::Type(_, ty) => Some(&**ty),
        syn::ReturnType::Default => None,
    };
    let gives = plan.reads_result() || plan.tells_result() && result.is_some_and(|ty| types.has_word(ty));
    let thunk = Thunk::of(plan, params, function, tokens, types, gives);
    // What C keeps is told to a whole call, and a panic waits for one.
    let is_whole = !plan.watch.keeps.is_empty() || !plan.watch.ends.is_empty() || plan.calls_back == Some(true);
    if thunk.is_none() && is_whole {
        return None;
    }
    let mut text = plan.c_name.clone();
    if plan.may_alias {
        text.push('!');
    }
    if plan.nested == Nested::Live {
        text.push('~');
    }
    text.push_str(match plan.guarded {
        Some(Guarded::Always) => "+",
        Some(Guarded::Never) => "-",
        None => "",
    });
    if plan.watch.looks && thunk.is_none_or(|thunk| !thunk.is_kept) {
        text.push('?');
    }
    returned(plan, result, types, &mut text);
    // What a type says of its values is no text.
    if plan.returned.is_value {
        return None;
    }
    let mut words = Vec::new();
    for (index, param) in plan.params.iter().enumerate() {
        let (ident, ty) = (params.idents[index], params.types[index]);
        let _ = write!(text, " {}", param.name);
        match &param.pointer {
            Some(pointer) if pointer.is_function => {
                text.push_str("*n");
                words.push(quote!(#ident.map_or(0, |__at| __at as usize)));
            }
            // Its width is asserted where it has a description of its own.
            Some(pointer) if pointer.is_number => return None,
            // The type decides, and is not here.
            Some(pointer) if pointer.holds_inside == Inside::Open => return None,
            Some(pointer) => {
                let spelt = types.pointer(ty)?;
                text.push('*');
                mark(pointer, pointee(spelt)?, types, &mut text);
                words.push(quote!(#ident as usize));
            }
            None if param.is_read && types.is_callback(ty) => {
                text.push_str("=u");
                words.push(quote!(#ident.map_or(0, |__at| __at as usize)));
            }
            None if param.is_read => {
                text.push_str(if types.sign(ty)? { "=s" } else { "=u" });
                words.push(quote!(#ident as usize));
            }
            // What no rule looks at is left out where its type is not known.
            None if param.is_told && types.has_word(ty) => {
                text.push_str(if types.is_signed(ty) == Some(true) { "=s" } else { "=u" });
                words.push(quote!(#ident as usize));
            }
            None => {}
        }
    }
    Some(Literal { text, words, gives, thunk })
}

fn returned(plan: &CallPlan, result: Option<&syn::Type>, types: &mut Types<'_>, text: &mut String) {
    let returned = &plan.returned;
    if !returned.is_checked() {
        return;
    }
    text.push('@');
    let target = result.filter(|_| returned.is_aligned).and_then(|ty| types.pointer(ty).and_then(pointee)).cloned();
    if let Some(target) = target {
        let _ = write!(text, "{}.", types.place(&target));
    }
    if returned.is_bool {
        text.push('b');
    }
    if returned.is_nonnull {
        text.push('n');
    }
    if returned.is_utf8 {
        text.push('u');
    }
    for index in &returned.borrowed {
        let _ = write!(text, "p{index}.");
    }
}

fn mark(pointer: &PointerPlan, target: &syn::Type, types: &mut Types<'_>, text: &mut String) {
    if !pointer.is_void {
        let _ = write!(text, "{}.", types.place(target));
    }
    text.push_str(pointer.direction.map_or("", direction));
    text.push_str(match pointer.nullability {
        Some(Nullability::Nonnull) => "n",
        Some(Nullability::Nullable) => "o",
        None => "",
    });
    match &pointer.extent {
        ExtentPlan::Unknown => {}
        ExtentPlan::One => text.push('1'),
        ExtentPlan::NullTerminated => text.push('z'),
        ExtentPlan::Count(count) => {
            text.push('[');
            expr(count, text);
            text.push(']');
        }
        ExtentPlan::Bytes(bytes) => {
            text.push('{');
            expr(bytes, text);
            text.push('}');
        }
    }
    if let Some(innermost) = pointer.flow {
        text.push('~');
        text.push_str(direction(innermost));
    }
    let marks = [(pointer.is_foreign, 'x'), (pointer.is_transferred, 't')];
    text.extend(marks.iter().filter(|(is_so, _)| *is_so).map(|(_, mark)| mark));
    text.push_str(match pointer.keeps {
        Some(Keeps::Call) => "c",
        Some(Keeps::Longer) => "k",
        None => "",
    });
    let is_bool = matches!(target, syn::Type::Path(path) if path.path.is_ident("bool"));
    let marks = [
        (pointer.is_sensitive, 's'),
        (pointer.holds_values && is_bool, 'b'),
        (pointer.holds_inside == Inside::Yes, 'h'),
    ];
    text.extend(marks.iter().filter(|(is_so, _)| *is_so).map(|(_, mark)| mark));
    if let Some(filled) = &pointer.filled {
        text.push(if pointer.may_exceed { 'F' } else { 'f' });
        expr(filled, text);
    }
}

fn direction(direction: Direction) -> &'static str {
    match direction {
        Direction::In => "<",
        Direction::Out => ">",
        Direction::InOut => "^",
    }
}

fn expr(plan: &ExprPlan, text: &mut String) {
    let _ = match plan {
        ExprPlan::Const(value) => write!(text, "#{value}."),
        ExprPlan::Param(index) => write!(text, "p{index}."),
        ExprPlan::Deref(index) => write!(text, "d{index}."),
        ExprPlan::Result => text.write_char('r'),
        ExprPlan::Binary(op, left, right) => {
            text.push(match op {
                Op::Add => '+',
                Op::Sub => '-',
                Op::Mul => '*',
                Op::Div => '/',
                Op::Min => 'm',
            });
            expr(left, text);
            expr(right, text);
            Ok(())
        }
    };
}
