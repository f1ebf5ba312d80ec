//! Contract packs: what is known of whole libraries, written in the attribute language and shipped with the crate.

use super::annotate;
use super::axes::{Claim, Direction, Escape, Extent, Fact, FnContract, ParamContract, RecordContract, Source};
use crate::diag::{Diagnostics, Place};
use crate::model::{Function, PointerKind, Ty};
use crate::read::block;
use std::collections::BTreeMap;

/// The text of each pack, by the name that `sources` show.
const TEXTS: &[(&str, &str)] = &[
    ("libc/uio", include_str!("../../packs/libc/uio.rs")),
    ("libc/socket", include_str!("../../packs/libc/socket.rs")),
    ("libc/unistd", include_str!("../../packs/libc/unistd.rs")),
    ("libc/stdio", include_str!("../../packs/libc/stdio.rs")),
    ("libc/string", include_str!("../../packs/libc/string.rs")),
    ("libc/stdlib", include_str!("../../packs/libc/stdlib.rs")),
    ("libc/poll", include_str!("../../packs/libc/poll.rs")),
    ("libc/aio", include_str!("../../packs/libc/aio.rs")),
    ("libc/pthread", include_str!("../../packs/libc/pthread.rs")),
    ("libc/time", include_str!("../../packs/libc/time.rs")),
    ("libc/users", include_str!("../../packs/libc/users.rs")),
    ("libc/net", include_str!("../../packs/libc/net.rs")),
    ("libc/process", include_str!("../../packs/libc/process.rs")),
    ("libc/locale", include_str!("../../packs/libc/locale.rs")),
    ("libc/search", include_str!("../../packs/libc/search.rs")),
    ("libc/memory", include_str!("../../packs/libc/memory.rs")),
    ("libc/event", include_str!("../../packs/libc/event.rs")),
    ("libc/signal", include_str!("../../packs/libc/signal.rs")),
    ("libc/misc", include_str!("../../packs/libc/misc.rs")),
    ("zlib", include_str!("../../packs/zlib/zlib.rs")),
    ("bzip2", include_str!("../../packs/bzip2/bzip2.rs")),
    ("lzma", include_str!("../../packs/lzma/lzma.rs")),
    ("zstd", include_str!("../../packs/zstd/zstd.rs")),
    ("lz4", include_str!("../../packs/lz4/lz4.rs")),
    ("expat", include_str!("../../packs/expat/expat.rs")),
    ("sqlite3", include_str!("../../packs/sqlite3/sqlite3.rs")),
    ("curl", include_str!("../../packs/curl/curl.rs")),
    ("postgres", include_str!("../../packs/postgres/libpq.rs")),
    ("openssl", include_str!("../../packs/openssl/openssl.rs")),
    ("x11", include_str!("../../packs/x11/xlib.rs")),
    ("ncurses", include_str!("../../packs/ncurses/ncurses.rs")),
];

/// What a pack says of one function.
#[derive(Clone, Debug)]
pub struct Entry {
    pack: &'static str,
    /// As declared in the pack: for comparing shapes.
    pub function: Function,
    contract: FnContract,
}

/// All shipped packs. Read once per thread.
#[derive(Debug, Default)]
pub struct Packs {
    functions: BTreeMap<String, Entry>,
    forms: Vec<Entry>,
    records: BTreeMap<String, RecordContract>,
}

/// The shipped packs.
pub fn shipped() -> &'static Packs {
    // Spans are tied to their thread, and to one expansion inside rustc, so the packs are too;
    // a pack that cannot be read is a bug of ours, and a test reads them all.
    thread_local! {
        static PACKS: &'static Packs = Box::leak(Box::new(read_all().0));
    }
    PACKS.with(|packs| *packs)
}

/// Reads all packs, with whatever is wrong in them.
pub fn read_all() -> (Packs, Diagnostics) {
    let mut packs = Packs::default();
    let mut diagnostics = Diagnostics::new();
    for (name, text) in TEXTS {
        match syn::parse_file(text) {
            Ok(file) => packs.add(name, file, &mut diagnostics),
            Err(error) => diagnostics.extend(error.into()),
        }
    }
    (packs, diagnostics)
}

impl Packs {
    fn add(&mut self, pack: &'static str, file: syn::File, diagnostics: &mut Diagnostics) {
        for item in file.items {
            match item {
                syn::Item::ForeignMod(block) => {
                    let (header, tokens) = match block::read(block) {
                        Ok(read) => read,
                        Err(errors) => {
                            diagnostics.extend(errors);
                            continue;
                        }
                    };
                    for (function, tokens) in header.functions.into_iter().zip(&tokens.functions) {
                        let mut contract = FnContract::new(&function);
                        annotate::apply(&mut contract, &function, tokens, Source::Pack(pack), diagnostics);
                        settle(&mut contract, &function, pack);
                        contract.params.iter_mut().for_each(|facts| facts.relabel(&Source::Pack(pack)));
                        for place in [
                            contract.errno.as_mut().map(|fact| &mut fact.place),
                            contract.may_alias.as_mut().map(|fact| &mut fact.place),
                            contract.beyond.as_mut().map(|fact| &mut fact.place),
                        ]
                        .into_iter()
                        .flatten()
                        {
                            *place = Place::Unknown;
                        }
                        let entry = Entry { pack, function, contract };
                        match &entry.function.form {
                            Some(_) => self.forms.push(entry),
                            None => drop(self.functions.insert(entry.function.name.clone(), entry)),
                        }
                    }
                }
                syn::Item::Struct(record) => {
                    let name = record.ident.to_string();
                    let fields = block::field_tokens(&record.fields);
                    let mut contract = annotate::record(&name, &fields, diagnostics);
                    for (_, facts) in &mut contract.fields {
                        facts.relabel(&Source::Pack(pack));
                    }
                    self.records.insert(name, contract);
                }
                _ => {}
            }
        }
    }

    /// What is known of a function of this name whose parameters have the same shape.
    pub fn function(&self, function: &Function) -> Option<&Entry> {
        self.functions.get(function.c_name()).filter(|entry| entry.has_shape_of(function))
    }

    /// What is known of a typed form of this name, of the same function and with parameters of the same shape.
    pub fn form(&self, function: &Function) -> Option<&Entry> {
        let form = function.form.as_ref()?;
        let is_it = |entry: &&Entry| {
            entry.function.name == function.name
                && entry.function.form.as_ref().is_some_and(|known| known.of == form.of)
                && entry.has_shape_of(function)
        };
        self.forms.iter().find(is_it)
    }

    /// What is known of the fields of a record of this name.
    pub fn record(&self, name: &str) -> Option<&RecordContract> {
        self.records.get(name)
    }

    /// The typed forms of variadic and conditional functions.
    pub fn forms(&self) -> &[Entry] {
        &self.forms
    }

    /// The names of all functions, with their pack.
    pub fn functions(&self) -> impl Iterator<Item = (&str, &Entry)> {
        self.functions.iter().map(|(name, entry)| (name.as_str(), entry))
    }
}

/// The declarations of the typed forms for which `wanted` holds, as their packs write them.
///
/// Read anew each time: what is kept between two expansions must hold no place in the source.
pub fn form_items(wanted: &dyn Fn(&Entry) -> bool) -> Vec<(&'static Entry, syn::ForeignItemFn)> {
    let mut found = Vec::new();
    for (pack, text) in TEXTS {
        let forms: BTreeMap<&str, &Entry> = shipped()
            .forms
            .iter()
            .filter(|entry| entry.pack == *pack && wanted(entry))
            .map(|entry| (entry.function.name.as_str(), entry))
            .collect();
        let Some(file) = (!forms.is_empty()).then(|| syn::parse_file(text).ok()).flatten() else { continue };
        for item in file.items {
            let syn::Item::ForeignMod(block) = item else { continue };
            for item in block.items {
                if let syn::ForeignItem::Fn(item) = item
                    && let Some(entry) = forms.get(item.sig.ident.to_string().as_str())
                {
                    found.push((*entry, item));
                }
            }
        }
    }
    found
}

/// The man page's names for a function's parameters.
pub fn parameter_names(function: &Function) -> Option<Vec<String>> {
    let entry = shipped().function(function)?;
    Some(entry.function.params.iter().map(|param| param.name.clone()).collect())
}

impl Entry {
    /// The pack that holds it.
    pub fn pack(&self) -> &'static str {
        self.pack
    }

    /// Whether a declaration can be the one that the pack describes: pointers where it has pointers.
    pub fn has_shape_of(&self, function: &Function) -> bool {
        self.function.params.len() == function.params.len()
            && self.function.is_variadic == function.is_variadic
            && self.function.params.iter().zip(&function.params).all(|(ours, theirs)| match (&ours.ty, &theirs.ty) {
                (Ty::Pointer(ours), Ty::Pointer(theirs)) => {
                    theirs.kind != PointerKind::Raw || ours.is_mut == theirs.is_mut
                }
                (Ty::Pointer(_), Ty::Number | Ty::Char | Ty::Byte | Ty::Void) => false,
                (Ty::Number, Ty::Pointer(_) | Ty::FnPointer) => false,
                _ => true,
            })
    }
}

/// A pack says everything: no extent means one object, no escape means the call, no direction means what the type allows.
fn settle(contract: &mut FnContract, function: &Function, pack: &'static str) {
    for (facts, param) in contract.params.iter_mut().zip(&function.params) {
        let Ty::Pointer(pointer) = &param.ty else { continue };
        if facts.opaque.is_some() {
            continue;
        }
        let mut default = |claim, reason| {
            facts.claim(claim, Source::Pack(pack), reason, &Place::Unknown);
        };
        default(Claim::Extent(Extent::One), "one object");
        default(Claim::Escape(Escape::Call), "noescape");
        let direction = if pointer.is_mut { Direction::InOut } else { Direction::In };
        default(Claim::Direction(direction), if pointer.is_mut { "inout" } else { "input" });
    }
}

/// Adds a pack's facts where the user said nothing; names that the header reserves give way to the pack's.
pub fn apply(contract: &mut FnContract, function: &Function, entry: &Entry) {
    // The pack's expressions use the pack's names; ours go by position.
    let names: BTreeMap<&str, &str> = entry
        .function
        .params
        .iter()
        .zip(&function.params)
        .map(|(ours, theirs)| (ours.name.as_str(), theirs.name.as_str()))
        .collect();
    let rename = |name: &str| names.get(name).map_or_else(|| name.to_owned(), |name| (*name).to_owned());
    for ((contract, known), param) in contract.params.iter_mut().zip(&entry.contract.params).zip(&function.params) {
        if param.name.starts_with('_') || is_numbered(&param.name) {
            contract.name.clone_from(&known.name);
        }
        contract.fill_from(known, &rename);
    }
    contract.errno = contract.errno.take().or_else(|| entry.contract.errno.clone());
    contract.may_alias = contract.may_alias.take().or_else(|| entry.contract.may_alias.clone());
    contract.beyond = contract.beyond.take().or_else(|| entry.contract.beyond.clone());
    contract.success = contract.success.take().or_else(|| entry.contract.success.clone());
    contract
        .returns
        .extend(entry.contract.returns.iter().map(|fact| Fact { value: fact.value.renamed(&rename), ..fact.clone() }));
}

/// `arg1`: bindgen's name for a parameter that the header leaves unnamed.
fn is_numbered(name: &str) -> bool {
    name.strip_prefix("arg").is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit()))
}

impl ParamContract {
    /// Takes over every axis that is still open.
    pub(crate) fn fill_from(&mut self, known: &ParamContract, rename: &impl Fn(&str) -> String) {
        let renamed_extent = moved(&known.extent, |extent| extent.renamed(rename));
        let renamed_filled = known.filled.clone().map(|mut fact| {
            if let super::Filled::Expr(expr) = &fact.value {
                fact.value = super::Filled::Expr(expr.renamed(rename));
            }
            fact
        });
        // A user's extent replaces the pack's idea of how much of it is filled, too.
        if self.extent.is_none() {
            self.filled = self.filled.take().or(renamed_filled);
            self.may_exceed |= known.may_exceed;
        }
        self.extent = self.extent.take().or(renamed_extent);
        self.direction = self.direction.take().or_else(|| known.direction.clone());
        self.nullability = self.nullability.take().or_else(|| known.nullability.clone());
        self.escape = self.escape.take().or_else(|| moved(&known.escape, |escape| escape.renamed(rename)));
        self.flow = self.flow.take().or_else(|| known.flow.clone());
        self.opaque = self.opaque.take().or_else(|| known.opaque.clone());
        self.callback = self.callback.take().or_else(|| moved(&known.callback, |callback| callback.renamed(rename)));
        self.pointee = self.pointee.take().or_else(|| moved(&known.pointee, |value| value.renamed(rename)));
    }

    /// Names another source for every fact, and no place: a pack's tokens are nobody's.
    fn relabel(&mut self, source: &Source) {
        fn one<T>(fact: &mut Option<Fact<T>>, source: &Source) {
            if let Some(fact) = fact {
                fact.source = source.clone();
                fact.place = Place::Unknown;
            }
        }
        one(&mut self.direction, source);
        one(&mut self.nullability, source);
        one(&mut self.extent, source);
        one(&mut self.filled, source);
        one(&mut self.escape, source);
        one(&mut self.flow, source);
        one(&mut self.opaque, source);
        one(&mut self.callback, source);
        one(&mut self.pointee, source);
    }
}

/// A fact with its parameters under other names.
fn moved<T: Clone>(fact: &Option<Fact<T>>, rename: impl Fn(&T) -> T) -> Option<Fact<T>> {
    fact.as_ref().map(|fact| Fact { value: rename(&fact.value), ..fact.clone() })
}
