//! What rules look up, made once for a header: shapes of parameters, records by use, functions by name.

use super::learn::Conventions;
use super::notation;
use super::shape::{Base, Callback, Shape, Types};
use super::words::{is_plural, words};
use crate::contract::axes::spoken_name;
use crate::model::{Function, Header};
use crate::read::Tokens;
use std::collections::{BTreeMap, HashMap, HashSet};

/// A function with everything that rules ask of it.
#[derive(Debug)]
pub(super) struct Subject<'a> {
    /// The function.
    pub(super) function: &'a Function,
    /// The words of its name.
    pub(super) words: Vec<String>,
    /// Those of them that do not name the library or the type that it is about.
    pub(super) verbs: Vec<String>,
    /// Its parameters.
    pub(super) params: Vec<Arg>,
    /// What it gives back.
    pub(super) result: Shape,
    /// Whether it has the signature of one of the header's function types: ready to be handed over.
    pub(super) is_callback: bool,
}

/// A parameter with everything that rules ask of it.
#[derive(Debug)]
pub(super) struct Arg {
    /// Its name as expressions write it.
    pub(super) name: String,
    /// Its name without underscores, in lower case.
    pub(super) plain: String,
    /// The words of that.
    pub(super) words: Vec<String>,
    /// Whether that speaks of several things, or it is written as an array.
    pub(super) is_plural: bool,
    /// Whether it is written as an array.
    pub(super) is_array: bool,
    /// Its type.
    pub(super) shape: Shape,
    /// The function type, where it is a callback.
    pub(super) callback: Option<Callback>,
}

/// What is known of a record from all functions that take it.
#[derive(Clone, Debug, Default)]
pub(super) struct Use {
    /// Functions that take a pointer to it first, and bear its name.
    pub(super) methods: usize,
    /// Functions that take it by value, or an array of it.
    pub(super) values: usize,
    /// Functions that give a pointer to it back.
    pub(super) results: usize,
    /// Declared, not defined.
    pub(super) is_opaque: bool,
    /// Its members are numbers, and nothing else.
    pub(super) is_plain: bool,
    /// Others hold it too: it is derived from another record, or has functions that count its holders.
    pub(super) is_shared: bool,
    /// The record that it begins with.
    pub(super) parent: Option<String>,
}

/// All of a header.
#[derive(Debug)]
pub(super) struct Index<'a> {
    /// Every function, in the header's order.
    pub(super) subjects: Vec<Subject<'a>>,
    /// Records by name.
    pub(super) uses: HashMap<String, Use>,
    /// Places of functions by their C name.
    pub(super) by_name: BTreeMap<&'a str, usize>,
    /// How lengths are named in this header.
    pub(super) conventions: Conventions,
}

impl<'a> Index<'a> {
    /// Reads everything once.
    pub(super) fn new(header: &'a Header, tokens: &Tokens) -> Self {
        let types = Types::new(tokens);
        let subjects: Vec<Subject<'a>> = header
            .functions
            .iter()
            .zip(&tokens.functions)
            .map(|(function, tokens)| subject(&types, function, &tokens.item.sig))
            .collect();
        let uses = uses(header, &types, &subjects, tokens);
        let by_name = header.functions.iter().enumerate().map(|(at, function)| (function.c_name(), at)).collect();
        let conventions = Conventions::learn(&subjects);
        Self { subjects, uses, by_name, conventions }
    }

    /// What is known of the record behind one pointer.
    pub(super) fn record(&self, shape: &Shape) -> Option<&Use> {
        if shape.base == Base::Record { self.uses.get(&shape.last) } else { None }
    }

    /// Whether a record lives on C's side: it is not defined, or has functions of its own and is never passed by value.
    pub(super) fn is_handle(&self, shape: &Shape) -> bool {
        self.record(shape).is_some_and(|record| record.is_opaque || record.is_object())
    }
}

impl Use {
    /// Defined, but made and used through functions of its own alone.
    pub(super) fn is_object(&self) -> bool {
        !self.is_plain && self.values == 0 && self.methods >= 2
    }
}

impl Subject<'_> {
    /// Whether the parameter is what the function is about: first, and of the type in the function's name.
    pub(super) fn is_receiver(&self, index: usize) -> bool {
        index == 0 && self.params.first().is_some_and(|arg| arg.shape.depth() == 1 && bears(&self.words, &arg.shape))
    }
}

impl Arg {
    /// Whether its type is a size with a sign, `ssize_t` by some name.
    pub(super) fn has_end_mark(&self) -> bool {
        self.shape.name == "isize" || self.shape.name.to_ascii_lowercase().contains("ssize")
    }
}

/// Whether a function's name begins with the words of a type's name.
fn bears(function: &[String], shape: &Shape) -> bool {
    shape.base == Base::Record && begins(function, &type_words(&shape.name))
        || begins(function, &type_words(&shape.last))
}

/// The words of a type, without what only says that it is one.
pub(super) fn type_words(name: &str) -> Vec<String> {
    let mut words = words(name);
    if words.len() > 1 && matches!(words.last().map(String::as_str), Some("t" | "s" | "st" | "struct")) {
        words.pop();
    }
    words
}

fn begins(function: &[String], prefix: &[String]) -> bool {
    let (function, prefix) = (function.concat(), prefix.concat());
    !prefix.is_empty() && function.len() > prefix.len() && function.starts_with(&prefix)
}

fn subject<'a>(types: &Types<'_>, function: &'a Function, signature: &syn::Signature) -> Subject<'a> {
    let inputs = signature.inputs.iter().filter_map(|input| match input {
        syn::FnArg::Typed(input) => Some(&*input.ty),
        syn::FnArg::Receiver(_) => None,
    });
    let params: Vec<Arg> = function
        .params
        .iter()
        .zip(inputs)
        .enumerate()
        .map(|(at, (param, ty))| {
            let shape = types.shape(ty);
            let callback = if shape.is_function() { types.callback(ty) } else { None };
            let plain = spoken_name(&param.name).trim_matches('_').to_ascii_lowercase();
            let (words, is_plural) = (words(spoken_name(&param.name)), is_plural(&plain));
            let is_array = notation::is_array(&function.attrs, at);
            // `const struct iovec *of`: the type is that of one of several.
            let is_vector = shape.base == Base::Record && shape.name.ends_with("vec");
            let is_plural = is_plural || is_array || is_vector;
            Arg { name: param.name.clone(), words, plain, is_plural, is_array, shape, callback }
        })
        .collect();
    let result = match &signature.output {
        syn::ReturnType::Default => Shape::void(),
        syn::ReturnType::Type(_, ty) => types.shape(ty),
    };
    let is_callback = types.is_callback(signature);
    let words = words(function.c_name());
    let verbs = verbs(&words, params.first());
    Subject { function, words, verbs, params, result, is_callback }
}

/// The words behind the type in the name, or behind the name of the library.
fn verbs(words: &[String], first: Option<&Arg>) -> Vec<String> {
    let of_type = first.filter(|arg| arg.shape.depth() == 1 && arg.shape.base == Base::Record).and_then(|arg| {
        let prefix = type_words(&arg.shape.name).concat();
        let mut seen = String::new();
        words.iter().position(|word| {
            seen.push_str(word);
            seen == prefix
        })
    });
    let start = of_type.map_or(usize::from(words.len() > 1), |last| last + 1);
    words[start.min(words.len())..].to_vec()
}

fn uses(header: &Header, types: &Types<'_>, subjects: &[Subject<'_>], tokens: &Tokens) -> HashMap<String, Use> {
    let mut uses: HashMap<String, Use> = HashMap::new();
    let mut plain: HashSet<&str> = HashSet::new();
    let by_name: HashMap<&str, &str> =
        header.records.iter().filter(|record| !record.is_opaque).map(|record| (&*record.name, &*record.name)).collect();
    let records: Vec<(&str, Vec<Shape>)> = tokens
        .items
        .iter()
        .filter_map(|item| match item {
            syn::Item::Struct(item) => Some((&item.ident, &item.fields)),
            _ => None,
        })
        .filter_map(|(name, fields)| {
            let record = by_name.get(name.to_string().as_str()).copied()?;
            let fields = fields.iter().map(|field| types.shape(&field.ty)).collect();
            Some((record, fields))
        })
        .collect();
    // Records in records: a few rounds reach what libraries nest.
    for _ in 0..4 {
        for (name, fields) in &records {
            let is_number = |shape: &Shape| {
                shape.levels.is_empty()
                    && (shape.is_scalar()
                        || matches!(shape.base, Base::Byte | Base::Char)
                        || (shape.base == Base::Record && plain.contains(shape.last.as_str())))
            };
            if !fields.is_empty() && fields.iter().all(is_number) {
                plain.insert(name);
            }
        }
    }
    for record in &header.records {
        let known = uses.entry(record.name.clone()).or_default();
        known.is_opaque = record.is_opaque;
        known.is_plain = !record.is_opaque && plain.contains(record.name.as_str());
    }
    for (name, fields) in &records {
        if let (Some(first), Some(record)) = (fields.first(), uses.get_mut(*name))
            && first.levels.is_empty()
            && first.base == Base::Record
            && !plain.contains(first.last.as_str())
        {
            record.is_shared = true;
            record.parent = Some(first.last.clone());
        }
    }
    for subject in subjects {
        let counts = subject.words.last().is_some_and(|word| matches!(word.as_str(), "ref" | "unref" | "retain"));
        for (index, arg) in subject.params.iter().enumerate() {
            if let (Base::Record, Some(record)) = (arg.shape.base, uses.get_mut(&arg.shape.last)) {
                record.values += usize::from(arg.shape.levels.is_empty());
                record.methods += usize::from(subject.is_receiver(index));
                record.is_shared |= counts && subject.is_receiver(index);
            }
        }
        if let (Base::Record, Some(record)) = (subject.result.base, uses.get_mut(&subject.result.last)) {
            record.values += usize::from(subject.result.levels.is_empty());
            record.results += usize::from(subject.result.depth() == 1);
        }
    }
    uses
}
