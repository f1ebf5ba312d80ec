//! Refuses contracts that cannot hold or are not enough for what is asked; changes nothing.

use crate::analyze::{Facts, PointeeFacts, of_type};
use crate::contract::axes::enforced;
use crate::contract::{
    Contracts, Direction, Escape, Expr, Extent, Fact, Filled, FnContract, Nullability, ParamContract, RecordContract,
    Source,
};
use crate::diag::{Code, Diagnostic, Diagnostics, Place, closest, codes};
use crate::model::{Function, Header, PointerKind, Safety, Ty};
use crate::read::Tokens;

/// Checks every contract.
///
/// # Errors
///
/// All that is wrong, each at the attribute or the parameter it is about.
pub fn check(header: &Header, tokens: &Tokens, facts: &Facts, contracts: &Contracts) -> Result<(), Diagnostics> {
    let mut diagnostics = Diagnostics::new();
    for (index, (function, contract)) in header.functions.iter().zip(&contracts.functions).enumerate() {
        let item = &tokens.functions[index].item;
        let one = Checker { header, facts, contracts, function, contract, item, diagnostics: &mut diagnostics };
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
        let Some(fact) = facts.extent.as_ref().filter(|fact| fact.source == Source::Attribute) else { continue };
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
    diagnostics: &'a mut Diagnostics,
}

impl Checker<'_> {
    fn run(mut self) {
        for index in 0..self.function.params.len() {
            self.names(index);
            self.contradictions(index);
        }
        if self.function.safety != Safety::Raw {
            self.idiomatic();
        }
    }

    fn push(&mut self, code: Code, place: Place, message: String, help: impl Into<String>) {
        self.diagnostics.push(Diagnostic::new(code, place, message).help(help));
    }

    fn param_place(&self, index: usize) -> Place {
        use syn::spanned::Spanned;
        match self.item.sig.inputs.iter().nth(index) {
            Some(syn::FnArg::Typed(input)) => Place::Token(input.pat.span()),
            _ => Place::Token(self.item.sig.ident.span()),
        }
    }

    /// Names in extents must be parameters, and integers.
    fn names(&mut self, index: usize) {
        let contract = &self.contract.params[index];
        let mut exprs: Vec<(&Expr, Place)> = Vec::new();
        if let Some(Fact { value: Extent::Count(expr) | Extent::Bytes(expr), place, .. }) = &contract.extent {
            exprs.push((expr, place.clone()));
        }
        if let Some(Fact { value: Filled::Expr(expr), place, .. }) = &contract.filled {
            exprs.push((expr, place.clone()));
        }
        for (expr, place) in exprs {
            self.expr(expr, &place);
        }
        if let Some(Fact { value: Escape::Retained { by: Some(by), .. }, place, .. }) = &contract.escape {
            self.find(by, place);
        }
    }

    fn expr(&mut self, expr: &Expr, place: &Place) {
        match expr {
            Expr::Const(_) => {}
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
                self.expr(left, place);
                self.expr(right, place);
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
        let by_user = |source: &Source| *source == Source::Attribute;
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

    /// What `safe fn` and `#[idiomatic]` ask for.
    fn idiomatic(&mut self) {
        let asked = match self.function.safety {
            Safety::Safe => "safe fn",
            Safety::Idiomatic | Safety::Raw => "#[idiomatic]",
        };
        let place = Place::Token(self.item.sig.ident.span());
        let name = self.function.name.clone();
        if self.function.is_variadic {
            self.push(
                codes::VARIADIC,
                place,
                format!("`{name}` is variadic and cannot be a `{asked}`"),
                "declare it `fn`: it passes through untouched",
            );
            return;
        }
        if let (Safety::Safe, Some(beyond)) = (self.function.safety, &self.contract.beyond) {
            let message = format!("`{name}` cannot be a `safe fn`: {}", beyond.value);
            self.push(
                codes::INCOMPLETE,
                place,
                message,
                format!("write `#[idiomatic] fn {name}`, which stays unsafe to call"),
            );
        }
        for index in 0..self.function.params.len() {
            self.idiomatic_param(index, asked);
        }
    }

    fn idiomatic_param(&mut self, index: usize, asked: &str) {
        let contract = &self.contract.params[index];
        let param = &self.function.params[index];
        let place = self.param_place(index);
        let name = &param.name;
        let is_safe = self.function.safety == Safety::Safe;
        let pointer = match (&param.ty, self.header.resolve(&param.ty)) {
            (Ty::Pointer(pointer), _) => pointer,
            (_, Ty::Pointer(_)) if is_safe => {
                let message = format!("`{name}` is a pointer behind an alias: it has no idiomatic form yet");
                let help = format!("write `#[idiomatic] fn {}`, which stays unsafe to call", self.function.name);
                self.push(codes::NO_IDIOM, place, message, help);
                return;
            }
            (_, Ty::FnPointer) if is_safe => {
                let message = format!("`{name}` is a callback: a `safe fn` cannot vouch for what it does");
                let help = format!("write `#[idiomatic] fn {}`, which stays unsafe to call", self.function.name);
                self.push(codes::NO_IDIOM, place, message, help);
                return;
            }
            _ => return,
        };
        if contract.opaque.is_some() {
            if is_safe {
                let message = format!("`{name}` is a handle of C's own: as a raw pointer it cannot be in a `safe fn`");
                let help = format!("write `#[idiomatic] fn {}`, which stays unsafe to call", self.function.name);
                self.push(codes::NO_IDIOM, place, message, help);
            }
            return;
        }
        let holds_pointers = matches!(*pointer.pointee, Ty::Pointer(_))
            || matches!(of_type(self.header, &pointer.pointee, self.facts), PointeeFacts::Fields(_));
        let is_vector = matches!(enforced(&contract.extent), Some(Extent::Count(Expr::Name(_))))
            && contract.flow.is_some()
            && self.contracts.vector_fields(pointer).is_some();
        if pointer.kind != PointerKind::Raw && !matches!(enforced(&contract.extent), Some(Extent::One)) {
            let message = format!("`{name}` is a reference to one object, and its contract says more");
            self.push(codes::NO_IDIOM, place, message, "declare it as a raw pointer");
            return;
        }
        if matches!(enforced(&contract.extent), Some(Extent::NullTerminated))
            && (*pointer.pointee != Ty::Char
                || enforced(&contract.direction) == Some(&Direction::Out)
                || enforced(&contract.direction) == Some(&Direction::InOut))
        {
            let message = format!("`{name}` is null-terminated, and not a `const char *` that C only reads");
            self.push(codes::NO_IDIOM, place, message, "declare it `fn`");
            return;
        }
        if is_safe && holds_pointers && !is_vector {
            let message = format!("`{name}` points to memory that holds pointers, which safe code can make up");
            let help = format!("write `#[idiomatic] fn {}`, which stays unsafe to call", self.function.name);
            self.push(codes::NO_IDIOM, place, message, help);
            return;
        }
        let mut missing = Vec::new();
        if enforced(&contract.extent).is_none() {
            missing.push(match &contract.extent {
                Some(guess) => (
                    "how much memory it stands for",
                    format!("#[{}]", spell_extent(&guess.value)),
                    Some(format!("{} suggests it, and guesses are never enforced", guess.source)),
                ),
                None => ("how much memory it stands for", suggested_extent(pointer), None),
            });
        }
        if enforced(&contract.direction).is_none() {
            missing.push(("who writes it", "#[input]`, `#[out]` or `#[inout]".into(), None));
        }
        if enforced(&contract.escape).is_none() {
            missing.push(("whether C keeps it after the call", "#[noescape]".into(), None));
        }
        let retained = matches!(enforced(&contract.escape), Some(Escape::Retained { .. } | Escape::Transfer { .. }));
        let extent_reads_memory = matches!(
            enforced(&contract.extent),
            Some(Extent::Count(expr) | Extent::Bytes(expr)) if reads_memory(expr)
        );
        for (what, attribute, note) in missing {
            let mut diagnostic = Diagnostic::new(
                codes::INCOMPLETE,
                place.clone(),
                format!(
                    "the contract of `{name}` does not say {what}, so `{}` cannot be a `{asked}`",
                    self.function.name
                ),
            )
            .help(format!("write `{attribute}` before `{name}`"));
            if let Some(note) = note {
                diagnostic = diagnostic.note(note);
            }
            self.diagnostics.push(diagnostic);
        }
        if retained {
            let message = format!("C keeps `{name}` after the call: a `{asked}` cannot borrow it");
            self.push(codes::NO_IDIOM, place.clone(), message, "declare it `fn`, and pin the owner with a `Pinner`");
        }
        if extent_reads_memory {
            let message =
                format!("the extent of `{name}` reads another argument's memory: no idiomatic form for that yet");
            self.push(codes::NO_IDIOM, place, message, "declare it `fn`");
        }
    }
}

fn reads_memory(expr: &Expr) -> bool {
    match expr {
        Expr::Deref(_) => true,
        Expr::Const(_) | Expr::Name(_) => false,
        Expr::Binary(_, left, right) => reads_memory(left) || reads_memory(right),
    }
}

/// An extent in the words of its attribute.
pub fn spell_extent(extent: &Extent) -> String {
    match extent {
        Extent::One => "one".into(),
        Extent::Count(expr) => format!("counted_by({expr})"),
        Extent::Bytes(expr) => format!("sized_by({expr})"),
        Extent::NullTerminated => "null_terminated".into(),
    }
}

fn suggested_extent(pointer: &crate::model::Pointer) -> String {
    match *pointer.pointee {
        Ty::Void => "#[sized_by(…)]".into(),
        Ty::Char => "#[null_terminated]`, `#[counted_by(…)]` or `#[one]".into(),
        _ => "#[counted_by(…)]` or `#[one]".into(),
    }
}

/// Whether a parameter's contract leaves nothing open; for audits.
pub fn is_complete(contract: &ParamContract) -> bool {
    contract.opaque.is_some()
        || (enforced(&contract.extent).is_some()
            && enforced(&contract.direction).is_some()
            && enforced(&contract.escape).is_some())
}
