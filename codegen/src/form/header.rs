//! Typed forms of what a header declares: which come along, what bindgen must bind for them, and how they are declared.

use super::types::{self, Known};
use crate::contract::{Constant, pack};
use crate::diag::{Diagnostic, Diagnostics, Place, closest, codes};
use crate::model::{Form, Function, Header, Param};
use crate::read::{FnTokens, Tokens, block, called};
use std::collections::BTreeSet;

/// A form that somebody has written down.
struct Written {
    form: Form,
    function: Function,
    item: syn::ForeignItemFn,
    contract_attrs: Vec<syn::Attribute>,
    param_attrs: Vec<Vec<syn::Attribute>>,
    called: Vec<Option<syn::TypeFnPtr>>,
    is_users: bool,
}

/// All forms that may be bound, the user's first.
pub struct Forms {
    written: Vec<Written>,
}

/// What bindgen must bind beside functions, as regular expressions.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Needs {
    /// Types of further arguments.
    pub types: Option<String>,
    /// Constants.
    pub vars: Option<String>,
}

impl Forms {
    /// The user's forms, taken out of what is said, and those of packs whose function is wanted.
    pub fn gather(said: &mut Vec<(Function, FnTokens)>, wanted: &dyn Fn(&str) -> bool) -> Self {
        let mut written = Vec::new();
        let mut others = Vec::new();
        for (mut function, tokens) in said.drain(..) {
            // More may be said of a pack's form without saying again what it is a form of.
            function.form = function.form.or_else(|| pack::form_called(wanted, &function.name));
            match function.form.clone() {
                Some(form) => written.push(Written {
                    form,
                    function,
                    item: tokens.item,
                    contract_attrs: tokens.contract_attrs,
                    param_attrs: tokens.param_attrs,
                    called: tokens.called,
                    is_users: true,
                }),
                None => others.push((function, tokens)),
            }
        }
        *said = others;
        let mut forms = Self { written };
        forms.add_packs(wanted);
        forms
    }

    /// The forms of packs whose function is wanted.
    pub fn add_packs(&mut self, wanted: &dyn Fn(&str) -> bool) {
        for (entry, mut item) in pack::form_items(wanted) {
            let Some(form) = entry.function.form.clone() else { continue };
            item.attrs.clear();
            for input in &mut item.sig.inputs {
                if let syn::FnArg::Typed(input) = input {
                    input.attrs.clear();
                    called::strip(&mut input.ty);
                }
            }
            let param_attrs = vec![Vec::new(); entry.function.params.len()];
            let called = vec![None; entry.function.params.len()];
            let (function, contract_attrs) = (entry.function.clone(), Vec::new());
            self.written.push(Written { form, function, item, contract_attrs, param_attrs, called, is_users: false });
        }
    }

    /// What bindgen must bind so that the forms can be.
    pub fn needs(&self) -> Needs {
        let mut types = BTreeSet::new();
        let mut vars = BTreeSet::new();
        for written in &self.written {
            vars.extend(written.constants().map(ToOwned::to_owned));
            for ty in input_types(&written.item) {
                types.extend(types::names(ty));
            }
        }
        let pattern =
            |names: BTreeSet<String>| (!names.is_empty()).then(|| names.into_iter().collect::<Vec<_>>().join("|"));
        Needs { types: pattern(types), vars: pattern(vars) }
    }

    /// Declares the forms behind the functions. One of a pack is left out where a type or constant is missing.
    pub fn add(self, header: &mut Header, tokens: &mut Tokens, diagnostics: &mut Diagnostics) {
        let known = Known::of(&tokens.items);
        let mut taken: BTreeSet<String> = header.functions.iter().map(|function| function.name.clone()).collect();
        for written in self.written {
            let is_users = written.is_users;
            let name = written.function.name.clone();
            let ident = written.item.sig.ident.clone();
            if taken.contains(&name) {
                if is_users {
                    let place = Place::Token(ident.span());
                    let message = format!("`{name}` is declared already, and cannot be a typed form too");
                    diagnostics.push(Diagnostic::new(codes::DUPLICATE, place, message).help("give it another name"));
                }
                continue;
            }
            match written.declare(header, tokens, &known) {
                Ok((function, declared)) => {
                    taken.insert(name);
                    header.functions.push(function);
                    tokens.functions.push(declared);
                }
                Err(diagnostic) if is_users => diagnostics.push(*diagnostic),
                Err(_) => {}
            }
        }
    }
}

impl Written {
    fn constants(&self) -> impl Iterator<Item = &str> {
        let is_param = |name: &&String| self.function.params.iter().any(|param| param.name == **name);
        let before = self.form.before.iter().flat_map(|(_, arguments)| arguments).filter(move |name| !is_param(name));
        let fixed = self.form.fixed.iter().map(|(_, value)| value);
        fixed.chain(before).map(String::as_str).filter(|value| is_name(value))
    }

    /// The form with the types of its function, and those of further arguments as the bindings spell them.
    fn declare(
        mut self,
        header: &Header,
        tokens: &Tokens,
        known: &Known,
    ) -> Result<(Function, FnTokens), Box<Diagnostic>> {
        let place = Place::Token(self.item.sig.ident.span());
        let name = &self.function.name;
        if let Some(missing) = self.constants().find(|constant| !known.constant(constant)) {
            let diagnostic = Diagnostic::new(
                codes::FORM,
                place,
                format!("`{name}` needs the constant `{missing}`, which is not bound"),
            );
            return Err(Box::new(match closest(missing, known.constants()) {
                Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
                None => diagnostic.help("write its number: the headers do not declare it, or as no plain number"),
            }));
        }
        // What does not fit its function is told by `check`; a pack's form just does not exist here.
        let Ok(parts) = super::parts(header, &self.function, &self.form) else {
            if self.is_users {
                let declared = FnTokens {
                    item: self.item,
                    contract_attrs: self.contract_attrs,
                    param_attrs: self.param_attrs,
                    called: self.called,
                    block: 0,
                };
                return Ok((self.function, declared));
            }
            return Err(Box::new(Diagnostic::new(codes::FORM, place, "does not fit")));
        };
        let is_there = |name: &str| {
            let name_of =
                |function: &Function| function.form.is_none() && function.name.trim_start_matches("r#") == name;
            header.functions.iter().any(name_of)
        };
        // The same where `allow` leaves out what it calls first.
        if !self.is_users && !self.form.before.iter().all(|(name, _)| is_there(name)) {
            return Err(Box::new(Diagnostic::new(codes::FORM, place, "what it calls first is not bound")));
        }
        let called = &header.functions[parts.of.0];
        let called_tokens = &tokens.functions[parts.of.0];
        let mut declared = input_types(&called_tokens.item)
            .zip(&called.params)
            .zip(&parts.fixed)
            .filter(|(_, fixed)| fixed.is_none())
            .map(|((ty, param), _)| (ty, &param.ty));
        let mut params = Vec::new();
        for (input, said) in self.item.sig.inputs.iter_mut().zip(&self.function.params) {
            let syn::FnArg::Typed(input) = input else { continue };
            let ty = match declared.next() {
                Some((ty, shape)) => {
                    *input.ty = ty.clone();
                    shape.clone()
                }
                None => {
                    known.resolve(&mut input.ty).map_err(|missing| {
                        let message = format!("`{name}` needs the type `{missing}`, which is not bound");
                        Diagnostic::new(codes::FORM, Place::Token(missing.span()), message)
                            .help("write its full path, or a type that the headers declare")
                    })?;
                    block::shape(&input.ty)
                }
            };
            params.push(Param { name: said.name.clone(), ty });
        }
        let fixed: Vec<String> = self.form.fixed.iter().map(|(name, value)| format!("`{name} = {value}`")).collect();
        let doc = format!(" A typed form of `{}`{}", called.c_name(), if fixed.is_empty() { "." } else { ", with " })
            + &fixed.join(", ")
            + if fixed.is_empty() { "" } else { "." };
        self.item.attrs.insert(0, syn::parse_quote!(#[doc = #doc]));
        self.item.vis = called_tokens.item.vis.clone();
        self.item.sig.output = called_tokens.item.sig.output.clone();
        let function = Function {
            name: self.function.name.clone(),
            link_name: None,
            declared: None,
            params,
            result: called.result.clone(),
            is_variadic: false,
            safety: self.function.safety,
            attrs: Vec::new(),
            form: Some(self.form),
            docs: None,
            location: called.location.clone(),
            portable_location: called.portable_location.clone(),
        };
        if !self.is_users && pack::shipped().form(&function).is_none() {
            return Err(Box::new(Diagnostic::new(codes::FORM, place, "does not fit")));
        }
        let declared = FnTokens {
            item: self.item,
            contract_attrs: self.contract_attrs,
            param_attrs: self.param_attrs,
            called: self.called,
            block: called_tokens.block,
        };
        Ok((function, declared))
    }
}

fn is_name(value: &str) -> bool {
    matches!(super::constant(value), Constant::Name(_))
}

fn input_types(item: &syn::ForeignItemFn) -> impl Iterator<Item = &syn::Type> {
    item.sig.inputs.iter().filter_map(|input| match input {
        syn::FnArg::Typed(input) => Some(&*input.ty),
        syn::FnArg::Receiver(_) => None,
    })
}
