//! Refuses contracts that cannot hold or are not enough for what is asked; changes nothing.

mod called;
mod form;
mod idiomatic;
mod kept;
mod results;

use crate::analyze::{Facts, PointeeFacts, of_type};
use crate::contract::axes::enforced;
use crate::contract::{
    Contracts, Direction, Expr, Extent, Fact, Filled, FnContract, Nullability, ParamContract, RecordContract, Source,
    Value,
};
use crate::diag::{Code, Diagnostic, Diagnostics, Place, closest, codes};
use crate::model::{Function, Header, PointerKind, Safety, Ty};
use crate::read::Tokens;
use std::collections::BTreeSet;

/// Checks every contract.
///
/// # Errors
///
/// All that is wrong, each at the attribute or the parameter it is about.
pub fn check(header: &Header, tokens: &Tokens, facts: &Facts, contracts: &Contracts) -> Result<(), Diagnostics> {
    let mut diagnostics = Diagnostics::new();
    let constants = tokens.constants();
    for (index, (function, contract)) in header.functions.iter().zip(&contracts.functions).enumerate() {
        let item = &tokens.functions[index].item;
        let one = Checker {
            header,
            facts,
            contracts,
            function,
            contract,
            item,
            tokens,
            constants: &constants,
            diagnostics: &mut diagnostics,
        };
        one.run();
    }
    for record in &contracts.records {
        fields(header, record, &mut diagnostics);
    }
    diagnostics.barrier()
}

/// Names in a record's contracts must be its fields.
fn fields(header: &Header, contract: &RecordContract, diagnostics: &mut Diagnostics) {
    let Some(record) = header.record(&contract.name) else { return };
    let known = |name: &str| record.fields.iter().any(|field| field.name == name);
    for (_, facts) in &contract.fields {
        // A pack that describes another system's layout does not apply; it is no mistake of the user's.
        let Some(fact) = facts.extent.as_ref().filter(|fact| fact.source.is_users()) else { continue };
        let (Extent::Count(expr) | Extent::Bytes(expr)) = &fact.value else { continue };
        expr.names(&mut |name| {
            if !known(name) {
                let names: Vec<&str> = record.fields.iter().map(|field| field.name.as_str()).collect();
                diagnostics.push(unknown_name(fact.place.clone(), name, &record.name, "field", &names));
            }
        });
    }
}

fn unknown_name(place: Place, name: &str, owner: &str, what: &str, known: &[&str]) -> Diagnostic {
    let diagnostic = Diagnostic::new(codes::UNKNOWN_NAME, place, format!("`{owner}` has no {what} `{name}`"));
    match closest(name, known.iter().copied()) {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
        None if known.is_empty() => diagnostic,
        None => diagnostic.help(format!("its {what}s are {}", known.join(", "))),
    }
}

struct Checker<'a> {
    header: &'a Header,
    facts: &'a Facts,
    contracts: &'a Contracts,
    function: &'a Function,
    contract: &'a FnContract,
    item: &'a syn::ForeignItemFn,
    tokens: &'a Tokens,
    /// What generated bindings define; nothing for a block, which stands among constants that we do not see.
    constants: &'a BTreeSet<String>,
    diagnostics: &'a mut Diagnostics,
}

impl Checker<'_> {
    fn run(mut self) {
        for index in 0..self.function.params.len() {
            self.names(index);
            self.contradictions(index);
        }
        self.names_of_given();
        if let Some(form) = &self.function.form {
            self.form(form);
        }
        if self.function.safety != Safety::Raw {
            self.idiomatic();
        }
    }

    fn push(&mut self, code: Code, place: Place, message: String, help: impl Into<String>) {
        self.diagnostics.push(Diagnostic::new(code, place, message).help(help));
    }

    /// Where the function is declared: in its header, or the user's own token.
    fn own_place(&self) -> Place {
        match &self.function.location {
            Some(at) => Place::Header(at.clone()),
            None => Place::Token(self.item.sig.ident.span()),
        }
    }

    fn param_place(&self, index: usize) -> Place {
        use syn::spanned::Spanned;
        match self.item.sig.inputs.iter().nth(index) {
            // Of a header's declaration the tokens are bindgen's.
            Some(syn::FnArg::Typed(input)) if self.function.location.is_none() => Place::Token(input.pat.span()),
            _ => self.own_place(),
        }
    }

    /// Names in extents must be parameters, and integers.
    fn names(&mut self, index: usize) {
        let contract = &self.contract.params[index];
        let mut exprs: Vec<(&Expr, Place, bool)> = Vec::new();
        if let Some(Fact { value: Extent::Count(expr) | Extent::Bytes(expr), place, .. }) = &contract.extent {
            exprs.push((expr, place.clone(), false));
        }
        if let Some(Fact { value: Filled::Expr(expr), place, .. }) = &contract.filled {
            exprs.push((expr, place.clone(), true));
        }
        for (expr, place, after) in exprs {
            self.expr(expr, &place, after);
        }
        let mut named: Vec<(String, Place)> = Vec::new();
        if let Some(fact) = &contract.escape {
            fact.value.names(&mut |name| named.push((name.to_owned(), fact.place.clone())));
        }
        if let Some(Fact { value: callback, place, .. }) = &contract.callback {
            named.extend(callback.userdata.iter().map(|name| (name.clone(), place.clone())));
        }
        // The result can be the one that keeps it.
        for (name, place) in named.into_iter().filter(|(name, _)| name != "result") {
            self.find(&name, &place);
        }
    }

    /// Names in what is said of pointers that C gives. Only what the user wrote can be at fault.
    fn names_of_given(&mut self) {
        let stored = self.contract.params.iter().filter_map(|facts| facts.pointee.as_ref());
        let given: Vec<&Fact<Value>> =
            self.contract.returns.iter().chain(stored).filter(|fact| fact.source.is_users()).collect();
        for fact in given {
            let mut names = Vec::new();
            fact.value.names(&mut |name| names.push(name));
            for name in names.into_iter().filter(|name| *name != "result") {
                self.find(name, &fact.place);
            }
        }
    }

    fn expr(&mut self, expr: &Expr, place: &Place, after: bool) {
        match expr {
            Expr::Const(_) => {}
            // After the call there is one more name.
            Expr::Name(name) if after && name == "result" => {}
            Expr::Name(name) => {
                if let Some(ty) = self.find(name, place)
                    && ty.as_pointer().is_some()
                {
                    let message = format!("`{name}` is a pointer and cannot be a length");
                    self.push(
                        codes::CONTRADICTION,
                        place.clone(),
                        message,
                        format!("write `*{name}` for the integer it points to"),
                    );
                }
            }
            Expr::Deref(name) => {
                if let Some(ty) = self.find(name, place)
                    && !matches!(ty, Ty::Pointer(_) | Ty::Named(_))
                {
                    let message = format!("`{name}` is not a pointer and cannot be dereferenced");
                    self.push(codes::CONTRADICTION, place.clone(), message, format!("write `{name}`"));
                }
            }
            Expr::Binary(_, left, right) => {
                self.expr(left, place, after);
                self.expr(right, place, after);
            }
        }
    }

    /// The type of a parameter named by a contract.
    fn find(&mut self, name: &str, place: &Place) -> Option<Ty> {
        if let Some(param) = self.function.params.iter().find(|param| param.name == name) {
            return Some(param.ty.clone());
        }
        let names: Vec<&str> = self.function.params.iter().map(|param| param.name.as_str()).collect();
        self.diagnostics.push(unknown_name(place.clone(), name, &self.function.name, "parameter", &names));
        None
    }

    /// Facts of different axes that cannot both hold. Only what the user wrote can be at fault.
    fn contradictions(&mut self, index: usize) {
        let contract = &self.contract.params[index];
        let Ty::Pointer(pointer) = &self.function.params[index].ty else { return };
        let name = &self.function.params[index].name;
        let by_user = Source::is_users;
        let mut found: Vec<(Place, String, String)> = Vec::new();
        if let Some(fact) = &contract.direction
            && by_user(&fact.source)
            && fact.value != Direction::In
            && !pointer.is_mut
        {
            found.push((
                fact.place.clone(),
                format!("`{}` contradicts the type of `{name}`, a pointer to const", fact.reason),
                format!(
                    "declare it `*mut`, or write `#[input]`{}",
                    if contract.flow.is_some() {
                        "; what C writes behind the pointers inside is `#[flow_through(out)]`"
                    } else {
                        ""
                    }
                ),
            ));
        }
        if let Some(fact) = &contract.nullability
            && by_user(&fact.source)
            && fact.value == Nullability::Nullable
            && pointer.kind == PointerKind::NonNull
        {
            found.push((
                fact.place.clone(),
                format!("`nullable` contradicts the type of `{name}`, which is never null"),
                "declare it as an Option, or as a raw pointer".into(),
            ));
        }
        if let Some(fact) = &contract.filled
            && by_user(&fact.source)
            && contract.direction.as_ref().is_some_and(|direction| direction.value == Direction::In)
        {
            found.push((
                fact.place.clone(),
                format!("`{}` contradicts the direction of `{name}`: C does not write it", fact.reason),
                "write `#[out]`, or take `filled_by` away".into(),
            ));
        }
        if let Some(fact) = &contract.flow
            && by_user(&fact.source)
            && of_type(self.header, &pointer.pointee, self.facts) == PointeeFacts::Flat
        {
            found.push((
                fact.place.clone(),
                format!("`{name}` points to memory without pointers: there is nothing to flow through"),
                "take `flow_through` away".into(),
            ));
        }
        if let (Some(opaque), Some(extent)) = (&contract.opaque, &contract.extent)
            && by_user(&opaque.source)
            && by_user(&extent.source)
        {
            found.push((
                extent.place.clone(),
                format!(
                    "`{}` contradicts `{}` on `{name}`: C's own memory has no extent here",
                    extent.reason, opaque.reason
                ),
                "keep one of the two".into(),
            ));
        }
        if let Some(fact) = &contract.extent
            && by_user(&fact.source)
            && matches!(fact.value, Extent::Count(_))
            && *pointer.pointee == Ty::Void
        {
            found.push((
                fact.place.clone(),
                format!("`{name}` points to void, which has no elements to count"),
                format!("write `#[{}]`", fact.reason.replacen("counted_by", "sized_by", 1)),
            ));
        }
        for (place, message, help) in found {
            self.push(codes::CONTRADICTION, place, message, help);
        }
    }
}

/// What a safe function would still need.
pub fn missing(facts: &ParamContract, shape: &Ty) -> Vec<&'static str> {
    fn open<T>(fact: &Option<Fact<T>>) -> bool {
        fact.as_ref().is_none_or(|fact| !fact.is_enforced())
    }
    match shape {
        // `sqlite3_cancel_auto_extension` compares it and never calls it.
        Ty::FnPointer if facts.is_opaque() => Vec::new(),
        Ty::FnPointer => ["callback"].into_iter().filter(|_| open(&facts.callback)).collect(),
        shape if !matches!(shape, Ty::Pointer(_)) && facts.pointer.is_none() => Vec::new(),
        _ if is_complete(facts) => Vec::new(),
        _ => {
            let axes = [
                ("direction", open(&facts.direction)),
                ("extent", open(&facts.extent)),
                ("escape", open(&facts.escape)),
            ];
            axes.into_iter().filter(|(_, open)| *open).map(|(axis, _)| axis).collect()
        }
    }
}

/// Whether a parameter's contract leaves nothing open.
fn is_complete(contract: &ParamContract) -> bool {
    contract.is_opaque()
        || (enforced(&contract.extent).is_some()
            && enforced(&contract.direction).is_some()
            && enforced(&contract.escape).is_some())
}
