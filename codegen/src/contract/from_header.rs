//! What the header's own attributes say, as facts.

use super::axes::{Claim, Direction, Extent, Fact, FnContract, Nullability, ParamContract, RecordContract, Source};
use super::callback::{Callback, Scope};
use super::escape::Escape;
use super::expr::{Expr, Op};
use super::value::{Origin, Value};
use crate::diag::Place;
use crate::model::{Access, FieldAttr, Function, Header, HeaderAttr, Pointer, Record, Ty};

/// Adds the header's attributes where nothing stronger stands.
pub fn apply(contract: &mut FnContract, function: &Function, header: &Header) {
    let place = function.location.clone().map_or(Place::Unknown, Place::Header);
    let mut said = Said { header, function, contract, place };
    for attr in &function.attrs {
        said.attribute(attr);
    }
}

struct Said<'a> {
    header: &'a Header,
    function: &'a Function,
    contract: &'a mut FnContract,
    place: Place,
}

impl Said<'_> {
    fn attribute(&mut self, attr: &HeaderAttr) {
        match attr {
            HeaderAttr::Nonnull(index) => self.null(*index, Nullability::Nonnull, "nonnull"),
            HeaderAttr::Nullable(index) => self.null(*index, Nullability::Nullable, "_Nullable"),
            HeaderAttr::NonnullAll => {
                for index in 0..self.function.params.len() {
                    self.null(index, Nullability::Nonnull, "nonnull");
                }
            }
            HeaderAttr::Noescape(index) => self.claim(*index, Claim::Escape(Escape::Call), "noescape"),
            HeaderAttr::CountedBy(index, text) => self.count(*index, text, "counted_by"),
            HeaderAttr::SizedBy(index, text) => {
                if let Some(expr) = self.length(text) {
                    self.claim(*index, Claim::Extent(Extent::Bytes(expr)), "sized_by");
                }
            }
            HeaderAttr::NullTerminated(index) => {
                self.claim(*index, Claim::Extent(Extent::NullTerminated), "null_terminated_string_arg");
            }
            HeaderAttr::AtLeast(index, text) => {
                self.count(*index, text, "[static n]");
                self.null(*index, Nullability::Nonnull, "[static n]");
            }
            HeaderAttr::Access { mode, pointer, size } => {
                if let Some(direction) = direction(*mode) {
                    self.claim(*pointer, Claim::Direction(direction), "access");
                }
                if let Some(size) = size.and_then(|size| self.function.params.get(size)) {
                    self.count(*pointer, &size.name, "access");
                }
            }
            HeaderAttr::Callback(function, arguments) => self.callback(*function, arguments),
            // Comments are prose, and C makes nothing of `a[n]`: `infer` reads them. An unused result is the compiler's business.
            HeaderAttr::Documented(..) | HeaderAttr::Array(..) | HeaderAttr::MustUse => {}
            HeaderAttr::ReturnsNonnull => self.result_null(Nullability::Nonnull, "returns_nonnull"),
            HeaderAttr::ReturnsNullable => self.result_null(Nullability::Nullable, "_Nullable"),
            HeaderAttr::ReturnsCountedBy(text) => {
                let Some(pointer) = self.result_pointer() else { return };
                let extent = self.length(text).map(|expr| elements(self.header, pointer, expr));
                self.returns(Value { extent, ..Value::default() }, "counted_by");
            }
            HeaderAttr::ReturnsSizedBy(text) => {
                let extent = self.length(text).map(Extent::Bytes);
                self.returns(Value { extent, ..Value::default() }, "sized_by");
            }
            HeaderAttr::AllocSize(factors) => {
                let extent = self.product(factors).map(Extent::Bytes);
                self.returns(Value { extent, ..Value::default() }, "alloc_size");
            }
            HeaderAttr::Malloc(free) => {
                let value = Value { origins: vec![Origin::Owned { free: free.clone() }], ..Value::default() };
                self.returns(value, "malloc");
            }
        }
    }

    fn pointer(&self, index: usize) -> Option<&Pointer> {
        self.header.resolve(&self.function.params.get(index)?.ty).as_pointer()
    }

    fn result_pointer(&self) -> Option<&Pointer> {
        self.header.resolve(&self.function.result).as_pointer()
    }

    /// A claim about a pointer to data; attributes on anything else say nothing that a wrapper needs.
    fn claim(&mut self, index: usize, claim: Claim, words: &str) {
        if self.pointer(index).is_some()
            && let Some(facts) = self.contract.params.get_mut(index)
        {
            facts.claim(claim, Source::Header, words, &self.place);
        }
    }

    fn null(&mut self, index: usize, value: Nullability, words: &str) {
        // A function may be forbidden to be null as well.
        let ty = self.function.params.get(index).map(|param| self.header.resolve(&param.ty));
        match self.contract.params.get_mut(index) {
            Some(facts) if ty == Some(&Ty::FnPointer) => {
                facts.claim(Claim::Nullability(value), Source::Header, words, &self.place);
            }
            _ => self.claim(index, Claim::Nullability(value), words),
        }
    }

    fn count(&mut self, index: usize, text: &str, words: &str) {
        if let (Some(pointer), Some(expr)) = (self.pointer(index), self.length(text)) {
            let extent = elements(self.header, pointer, expr);
            self.claim(index, Claim::Extent(extent), words);
        }
    }

    fn result_null(&mut self, value: Nullability, words: &str) {
        self.returns(Value { nullability: Some(value), ..Value::default() }, words);
    }

    fn returns(&mut self, value: Value, words: &str) {
        if self.result_pointer().is_some() && value != Value::default() {
            let place = self.place.clone();
            self.contract.returns.push(Fact { place, ..Fact::new(value, Source::Header, words) });
        }
    }

    /// An expression over parameters. One with anything else in it, such as a global or a call, is not followed: the
    /// extent stays unknown.
    fn length(&self, text: &str) -> Option<Expr> {
        let type_of = |name: &str| {
            let param = self.function.params.iter().find(|param| param.name == name)?;
            Some(self.header.resolve(&param.ty))
        };
        Expr::from_text(text).filter(|expr| is_readable(expr, &type_of))
    }

    fn product(&self, factors: &[usize]) -> Option<Expr> {
        let names: Option<Vec<Expr>> =
            factors.iter().map(|index| self.length(&self.function.params.get(*index)?.name)).collect();
        names?.into_iter().reduce(|left, right| Expr::Binary(Op::Mul, Box::new(left), Box::new(right)))
    }

    /// Clang's `callback` says who gets what, not when: `pthread_create` has it. Only `noescape` says "during the call".
    fn callback(&mut self, function: usize, arguments: &[Option<usize>]) {
        let ty = self.function.params.get(function).map(|param| self.header.resolve(&param.ty));
        if ty != Some(&Ty::FnPointer) {
            return;
        }
        // What is handed on as it is: the one `void *` among the arguments.
        let is_data = |index: &usize| {
            let ty = self.function.params.get(*index).map(|param| self.header.resolve(&param.ty));
            ty.and_then(Ty::as_pointer).is_some_and(|pointer| *self.header.resolve(&pointer.pointee) == Ty::Void)
        };
        let mut data = arguments.iter().flatten().copied().filter(is_data);
        let userdata = match (data.next(), data.next()) {
            (Some(only), None) => Some(self.function.params[only].name.clone()),
            _ => None,
        };
        let scope = self.function.attrs.contains(&HeaderAttr::Noescape(function)).then_some(Scope::Call);
        let callback = Callback { userdata, scope, ..Callback::default() };
        if let Some(facts) = self.contract.params.get_mut(function) {
            facts.claim(Claim::Callback(callback), Source::Header, "callback", &self.place);
        }
    }
}

/// Adds what definitions of structures say of their members where nothing stronger stands.
pub fn records(header: &Header, known: &mut Vec<RecordContract>) {
    for record in header.records.iter().filter(|record| record.fields.iter().any(|field| !field.attrs.is_empty())) {
        let said = of_record(header, record);
        if said.fields.is_empty() {
            continue;
        }
        match known.iter_mut().find(|known| known.name == record.name) {
            Some(known) => known.lay_over(&said),
            None => known.push(said),
        }
    }
}

fn of_record(header: &Header, record: &Record) -> RecordContract {
    let type_of = |name: &str| {
        let field = record.fields.iter().find(|field| field.name == name)?;
        Some(header.resolve(&field.ty))
    };
    let length = |text: &str| Expr::from_text(text).filter(|expr| is_readable(expr, &type_of) && !has_deref(expr));
    let mut fields = Vec::new();
    for field in &record.fields {
        let mut facts = ParamContract { name: field.name.clone(), ..ParamContract::default() };
        let pointer = header.resolve(&field.ty).as_pointer();
        for attr in &field.attrs {
            let said = match attr {
                FieldAttr::Nonnull => Some((Claim::Nullability(Nullability::Nonnull), "nonnull")),
                FieldAttr::Nullable => Some((Claim::Nullability(Nullability::Nullable), "nullable")),
                FieldAttr::CountedBy(text) => length(text).map(|expr| {
                    let extent = pointer.map(|pointer| elements(header, pointer, expr.clone()));
                    (Claim::Extent(extent.unwrap_or(Extent::Count(expr))), "counted_by")
                }),
                FieldAttr::SizedBy(text) => length(text).map(|expr| (Claim::Extent(Extent::Bytes(expr)), "sized_by")),
                FieldAttr::NullTerminated => Some((Claim::Extent(Extent::NullTerminated), "null_terminated")),
            };
            if let Some((claim, words)) = said {
                facts.claim(claim, Source::Header, words, &Place::Unknown);
            }
        }
        if facts.nullability.is_some() || facts.extent.is_some() {
            fields.push((field.name.clone(), facts));
        }
    }
    RecordContract { name: record.name.clone(), fields, ..RecordContract::default() }
}

/// That many elements; `void` has none, and GCC counts its bytes.
fn elements(header: &Header, pointer: &Pointer, expr: Expr) -> Extent {
    if *header.resolve(&pointer.pointee) == Ty::Void { Extent::Bytes(expr) } else { Extent::Count(expr) }
}

/// Whether every name in an expression is a number beside it, or for `*name` a pointer.
fn is_readable<'a>(expr: &Expr, type_of: &impl Fn(&str) -> Option<&'a Ty>) -> bool {
    match expr {
        Expr::Const(_) => true,
        Expr::Name(name) => matches!(type_of(name), Some(Ty::Number | Ty::Byte | Ty::Char | Ty::Named(_))),
        Expr::Deref(name) => matches!(type_of(name), Some(Ty::Pointer(_))),
        Expr::Binary(_, left, right) => is_readable(left, type_of) && is_readable(right, type_of),
    }
}

fn has_deref(expr: &Expr) -> bool {
    match expr {
        Expr::Deref(_) => true,
        Expr::Const(_) | Expr::Name(_) => false,
        Expr::Binary(_, left, right) => has_deref(left) || has_deref(right),
    }
}

fn direction(access: Access) -> Option<Direction> {
    match access {
        Access::Read => Some(Direction::In),
        Access::Write => Some(Direction::Out),
        Access::ReadWrite => Some(Direction::InOut),
        Access::None => None,
    }
}
