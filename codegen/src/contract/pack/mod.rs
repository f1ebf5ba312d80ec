//! Contract packs: what is known of whole libraries, written in the attribute language and shipped with the crate.

mod index;

use super::annotate;
use super::axes::{Claim, Direction, Extent, Fact, FnContract, ParamContract, RecordContract, Source};
use super::escape::Escape;
use crate::diag::{Diagnostic, Diagnostics, Place, codes};
use crate::model::{Form, Function, PointerKind, Ty};
use crate::read::block;
use index::{Item, PACKS, Pack};
use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};

/// What a pack says of one function.
#[derive(Clone, Debug)]
pub struct Entry {
    pack: &'static str,
    headers: &'static [&'static str],
    /// As declared in the pack: for comparing shapes.
    pub function: Function,
    contract: FnContract,
}

/// All shipped packs, or none. What is asked for is parsed, once for each thread.
#[derive(Clone, Copy, Debug)]
pub struct Packs {
    is_silent: bool,
}

impl Default for Packs {
    fn default() -> Self {
        shipped()
    }
}

/// The shipped packs.
pub fn shipped() -> Packs {
    Packs { is_silent: false }
}

/// No pack says anything.
pub fn none() -> Packs {
    Packs { is_silent: true }
}

// Spans are tied to their thread, and to one expansion inside rustc, so what was parsed is, too.
thread_local! {
    static ENTRIES: RefCell<HashMap<*const u8, &'static Entry>> = RefCell::default();
    static RECORDS: RefCell<HashMap<*const u8, &'static RecordContract>> = RefCell::default();
}

/// Everything that is wrong in the packs; a pack that cannot be read is a bug of ours, and a test asks for this.
pub fn mistakes() -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    let index = index::index();
    for item in index.functions.values().chain(index.forms.values().flatten()) {
        read_function(*item, &mut diagnostics);
    }
    for item in index.records.values() {
        read_record(*item, &mut diagnostics);
    }
    // What the index does not see would never be read.
    for Pack { name, text, .. } in PACKS {
        let counted = match syn::parse_file(text) {
            Ok(file) => file.items.iter().map(items_in).sum::<usize>(),
            Err(error) => {
                diagnostics.extend(error.into());
                continue;
            }
        };
        let of_pack = |item: &&Item| PACKS[item.pack].name == *name;
        let indexed = index.functions.values().filter(of_pack).count()
            + index.records.values().filter(of_pack).count()
            + index.forms.values().flatten().filter(of_pack).count();
        if counted != indexed {
            diagnostics.push(Diagnostic::new(
                codes::DUPLICATE,
                Place::Unknown,
                format!("pack {name}: {counted} items, of which {indexed} are found; is one of them in two packs?"),
            ));
        }
    }
    diagnostics
}

fn items_in(item: &syn::Item) -> usize {
    match item {
        syn::Item::ForeignMod(block) => block.items.len(),
        syn::Item::Struct(_) | syn::Item::Union(_) => 1,
        _ => 0,
    }
}

fn read_function(item: Item, diagnostics: &mut Diagnostics) -> Option<Entry> {
    let pack = PACKS[item.pack].name;
    let declared = match syn::parse_str::<syn::ForeignItemFn>(item.text) {
        Ok(declared) => declared,
        Err(error) => {
            diagnostics.extend(error.into());
            return None;
        }
    };
    let (function, tokens) = block::function(declared, 0, diagnostics);
    let mut contract = FnContract::new(&function);
    annotate::apply(&mut contract, &function, &tokens, Source::Pack(pack), diagnostics);
    settle(&mut contract, &function, pack);
    contract.params.iter_mut().for_each(|facts| facts.relabel(&Source::Pack(pack)));
    contract.policy.forget_places();
    // A pack's tokens are nobody's.
    for place in [
        contract.errno.as_mut().map(|fact| &mut fact.place),
        contract.may_alias.as_mut().map(|fact| &mut fact.place),
        contract.beyond.as_mut().map(|fact| &mut fact.place),
        contract.success.as_mut().map(|fact| &mut fact.place),
    ]
    .into_iter()
    .flatten()
    .chain(contract.returns.iter_mut().map(|fact| &mut fact.place))
    {
        *place = Place::Unknown;
    }
    Some(Entry { pack, headers: PACKS[item.pack].headers, function, contract })
}

fn read_record(item: Item, diagnostics: &mut Diagnostics) -> Option<RecordContract> {
    let pack = PACKS[item.pack].name;
    let (name, attrs, fields) = match syn::parse_str::<syn::Item>(item.text) {
        Ok(syn::Item::Struct(record)) => (record.ident, record.attrs, block::field_tokens(&record.fields)),
        Ok(syn::Item::Union(record)) => {
            (record.ident, record.attrs, block::field_tokens(&syn::Fields::Named(record.fields)))
        }
        Ok(_) => return None,
        Err(error) => {
            diagnostics.extend(error.into());
            return None;
        }
    };
    let mut contract = annotate::record(&name.to_string(), &fields, diagnostics);
    contract.address_sensitive = annotate::sensitivity(&attrs, diagnostics);
    for (_, facts) in &mut contract.fields {
        facts.relabel(&Source::Pack(pack));
    }
    Some(contract)
}

fn entry(item: Item) -> Option<&'static Entry> {
    let key = item.text.as_ptr();
    if let Some(known) = ENTRIES.with_borrow(|known| known.get(&key).copied()) {
        return Some(known);
    }
    let read: &'static Entry = Box::leak(Box::new(read_function(item, &mut Diagnostics::new())?));
    ENTRIES.with_borrow_mut(|known| known.insert(key, read));
    Some(read)
}

impl Packs {
    /// What is known of a function of this name whose parameters have the same shape, in one of the pack's headers.
    pub fn function(self, function: &Function) -> Option<&'static Entry> {
        let item = index::index().functions.get(function.c_name()).filter(|_| !self.is_silent)?;
        let entry = entry(*item)?;
        let location = function.location.as_deref().filter(|_| !entry.headers.is_empty());
        let in_header =
            location.map(nearest).is_none_or(|place| entry.headers.iter().any(|header| place.contains(header)));
        (entry.has_shape_of(function) && in_header).then_some(entry)
    }

    /// What is known of a typed form of this name, of the same function and with parameters of the same shape.
    pub fn form(self, function: &Function) -> Option<&'static Entry> {
        let form = function.form.as_ref()?;
        let is_it = |entry: &&'static Entry| entry.function.name == function.name && entry.has_shape_of(function);
        self.forms_of(&form.of).into_iter().find(is_it)
    }

    /// What is known of the fields of a record of this name.
    pub fn record(self, name: &str) -> Option<&'static RecordContract> {
        let item = *index::index().records.get(name).filter(|_| !self.is_silent)?;
        let key = item.text.as_ptr();
        if let Some(known) = RECORDS.with_borrow(|known| known.get(&key).copied()) {
            return Some(known);
        }
        let read: &'static RecordContract = Box::leak(Box::new(read_record(item, &mut Diagnostics::new())?));
        RECORDS.with_borrow_mut(|known| known.insert(key, read));
        Some(read)
    }

    /// The typed forms of a function.
    pub fn forms_of(self, name: &str) -> Vec<&'static Entry> {
        let items = index::index().forms.get(name).filter(|_| !self.is_silent);
        items.into_iter().flatten().filter_map(|item| entry(*item)).collect()
    }

    /// Whether some pack names the function as one that releases.
    pub fn is_release(self, name: &str) -> bool {
        index::index().releases.contains(name)
    }

    /// The man page's names for a function's parameters.
    pub fn parameter_names(self, function: &Function) -> Option<Vec<String>> {
        let entry = self.function(function)?;
        Some(entry.function.params.iter().map(|param| param.name.clone()).collect())
    }

    /// All functions, by name, with what their packs say.
    pub fn functions(self) -> impl Iterator<Item = (&'static str, &'static Entry)> {
        let mut all: Vec<_> = index::index().functions.iter().collect();
        all.sort_by_key(|(name, _)| **name);
        all.into_iter().filter_map(|(name, item)| Some((*name, entry(*item)?)))
    }
}

/// The declarations of the typed forms of functions for which `wanted` holds, as their packs write them.
///
/// Read anew each time: what is kept between two expansions must hold no place in the source.
pub fn form_items(wanted: &dyn Fn(&str) -> bool) -> Vec<(&'static Entry, syn::ForeignItemFn)> {
    let mut functions: Vec<_> = index::index().forms.iter().filter(|(of, _)| wanted(of)).collect();
    functions.sort_by_key(|(of, _)| **of);
    let items = functions.into_iter().flat_map(|(_, items)| items);
    items.filter_map(|item| Some((entry(*item)?, syn::parse_str(item.text).ok()?))).collect()
}

/// The form of this name, of a function for which `wanted` holds.
pub fn form_called(wanted: &dyn Fn(&str) -> bool, name: &str) -> Option<Form> {
    let index = index::index();
    // The text is looked at before it is parsed: there are hundreds of forms.
    let items = index.forms.iter().filter(|(of, _)| wanted(of)).flat_map(|(_, items)| items);
    let named = items.filter(|item| item.text.contains(name)).filter_map(|item| entry(*item));
    named.map(|entry| &entry.function).find(|function| function.name == name)?.form.clone()
}

/// The file of a place with the one folder around it: where all that lies must not change what is said.
fn nearest(place: &str) -> String {
    let file = place.rsplitn(3, ':').nth(2).unwrap_or(place);
    let mut parts: Vec<&str> = file.rsplit(['/', '\\']).take(2).collect();
    parts.reverse();
    parts.join("/")
}

/// The man page's names for a function's parameters.
pub fn parameter_names(function: &Function) -> Option<Vec<String>> {
    shipped().parameter_names(function)
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
                (Ty::Pointer(_), Ty::Number | Ty::Bool | Ty::Unicode | Ty::Char | Ty::Byte | Ty::Void) => false,
                (Ty::Number | Ty::Bool, Ty::Pointer(_) | Ty::FnPointer) => false,
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
    contract.policy.fill_from(&entry.contract.policy);
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
        self.address_sensitive = self.address_sensitive.or(known.address_sensitive);
        self.direction = self.direction.take().or_else(|| known.direction.clone());
        self.nullability = self.nullability.take().or_else(|| known.nullability.clone());
        self.escape = self.escape.take().or_else(|| moved(&known.escape, |escape| escape.renamed(rename)));
        self.flow = self.flow.take().or_else(|| known.flow.clone());
        self.opaque = self.opaque.take().or_else(|| known.opaque.clone());
        self.pointer = self.pointer.take().or_else(|| known.pointer.clone());
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
