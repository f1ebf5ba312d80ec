//! Decides what a library's naming convention alone says of its functions: `get0` borrows, `get1` gives, `set0` takes.

use super::axes::{Claim, Direction, Extent, Fact, Flow, FnContract, Nullability, Source};
use super::condition::{Comparison, Condition, Constant, Success};
use super::escape::{Case, Escape};
use super::expr::Expr;
use super::value::{Origin, Value};
use crate::diag::Place;
use crate::model::{Function, Header, Ty};
use std::path::Path;

/// A family of libraries whose names follow rules.
struct Convention {
    /// Its name, as `sources` show it.
    source: &'static str,
    /// The folder that its headers lie in.
    folder: &'static str,
    /// Its rules; the first whose pattern fits a function's name is the one.
    rules: &'static [(Pattern, Rule)],
    /// Functions that are named by the rules and do not follow them.
    exceptions: &'static [Pattern],
    /// Types that live on beside the handles that know them: neither borrowed from these nor given to them.
    independent: &'static [&'static str],
}

/// What a name must look like.
enum Pattern {
    Start(&'static str),
    End(&'static str),
    /// This word, between two others or at the end.
    Word(&'static str),
}

/// What is known of a function with such a name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rule {
    /// The result belongs to the first handle.
    Borrows,
    /// The result belongs to the caller.
    Gives,
    /// The objects after the first handle belong to C if the call succeeds.
    Takes,
    /// What comes after the first handle is copied, or C takes a reference of its own.
    Shares,
    /// Releases its only argument.
    Frees,
    /// Counts one more reference to its only argument.
    UpRef,
    /// Reads a structure from bytes, moving the caller's pointer.
    Decodes,
    /// Writes a structure as bytes, moving the caller's pointer.
    Encodes,
}

/// The conventions known.
const CONVENTIONS: &[Convention] = &[Convention {
    source: "openssl/naming",
    folder: "openssl",
    rules: &[
        (Pattern::Start("d2i_"), Rule::Decodes),
        (Pattern::Start("i2d_"), Rule::Encodes),
        (Pattern::Word("_get0"), Rule::Borrows),
        (Pattern::Word("_get1"), Rule::Gives),
        (Pattern::Word("_set0"), Rule::Takes),
        (Pattern::Word("_add0"), Rule::Takes),
        (Pattern::Word("_set1"), Rule::Shares),
        (Pattern::Word("_add1"), Rule::Shares),
        (Pattern::End("_up_ref"), Rule::UpRef),
        (Pattern::End("_free"), Rule::Frees),
        (Pattern::End("_new"), Rule::Gives),
    ],
    exceptions: &[
        // What these give is the user's own, or is not the handle's.
        Pattern::End("_ex_data"),
        Pattern::End("_app_data"),
        Pattern::End("_parent_ctx"),
        Pattern::End("_get0_signers"),
        Pattern::Start("X509_STORE_CTX_get0_store"),
        Pattern::Start("X509_STORE_CTX_get0_cert"),
        Pattern::Start("X509_STORE_CTX_get0_untrusted"),
        // These keep a pointer that stays the caller's, or keep none.
        Pattern::Start("X509_STORE_CTX_set0_"),
        Pattern::Start("CMS_RecipientInfo_kari_set0_"),
    ],
    independent: &["OSSL_LIB_CTX", "OSSL_PROVIDER", "ENGINE"],
}];

impl Pattern {
    fn fits(&self, name: &str) -> bool {
        match self {
            Pattern::Start(start) => name.starts_with(start),
            Pattern::End(end) => name.ends_with(end),
            Pattern::Word(word) => name
                .match_indices(word)
                .any(|(at, _)| matches!(name.as_bytes().get(at + word.len()), None | Some(b'_'))),
        }
    }
}

/// Adds what the name says where nothing stronger stands.
pub fn apply(contract: &mut FnContract, function: &Function, header: &Header) {
    let name = function.c_name();
    let Some(convention) = convention(function) else { return };
    let Some((_, rule)) = convention.rules.iter().find(|(pattern, _)| pattern.fits(name)) else { return };
    if convention.exceptions.iter().any(|pattern| pattern.fits(name)) || function.is_variadic {
        return;
    }
    Namer { convention, header, function, contract }.apply(*rule);
}

/// The convention of the library that declares a function.
fn convention(function: &Function) -> Option<&'static Convention> {
    let file = function.location.as_deref()?.rsplitn(3, ':').nth(2)?;
    let folder = Path::new(file).parent()?.file_name()?;
    CONVENTIONS.iter().find(|convention| folder == convention.folder)
}

struct Namer<'a> {
    convention: &'static Convention,
    header: &'a Header,
    function: &'a Function,
    contract: &'a mut FnContract,
}

impl Namer<'_> {
    fn apply(mut self, rule: Rule) {
        let handles: Vec<usize> = (0..self.function.params.len())
            .filter(|index| self.object(&self.function.params[*index].ty).is_some())
            .collect();
        let first = handles.first().copied();
        let followed = match rule {
            Rule::Borrows => first.is_some_and(|first| self.borrows(first)),
            Rule::Gives => self.gives(),
            Rule::Takes => self.takes(&handles),
            Rule::Shares => first.is_some_and(|first| self.shares(first)),
            Rule::Frees => self.frees(),
            Rule::UpRef => first == Some(0) && self.function.params.len() == 1 && self.up_ref(),
            Rule::Decodes => self.decodes(),
            Rule::Encodes => self.encodes(),
        };
        if !followed {
            return;
        }
        for index in handles {
            if self.is_opaque(&self.function.params[index].ty) {
                self.claim(index, Claim::Opaque, "declared, not defined");
            }
        }
    }

    fn claim(&mut self, index: usize, claim: Claim, reason: &str) {
        let source = Source::Pack(self.convention.source);
        self.contract.params[index].claim(claim, source, reason, &Place::Unknown);
    }

    fn returns(&mut self, value: Value, reason: &str) {
        self.contract.returns.push(Fact::new(value, Source::Pack(self.convention.source), reason));
    }

    /// The name of the structure that a pointer points to.
    fn object<'t>(&self, ty: &'t Ty) -> Option<&'t str> {
        let pointee = &ty.as_pointer()?.pointee;
        match (&**pointee, self.header.resolve(pointee)) {
            (Ty::Named(name), Ty::Named(_)) => Some(name),
            _ => None,
        }
    }

    /// Whether two pointers point to one structure, under whatever alias.
    fn same(&self, one: &Ty, other: &Ty) -> bool {
        match (one.as_pointer(), other.as_pointer()) {
            (Some(one), Some(other)) => self.header.resolve(&one.pointee) == self.header.resolve(&other.pointee),
            _ => false,
        }
    }

    /// Whether a pointer points to a structure that only C can make.
    fn is_opaque(&self, ty: &Ty) -> bool {
        ty.as_pointer().is_some_and(|pointer| match self.header.resolve(&pointer.pointee) {
            Ty::Named(name) => self.header.record(name).is_some_and(|record| record.is_opaque),
            _ => false,
        })
    }

    fn is_independent(&self, ty: &Ty) -> bool {
        self.object(ty).is_some_and(|name| self.convention.independent.contains(&name))
    }

    /// A result as far as its type tells: a string, a structure of C's, or bytes that something else counts.
    fn result(&self, origin: Origin, nullability: Option<Nullability>) -> Value {
        let result = &self.function.result;
        let pointee = result.as_pointer().map(|pointer| self.header.resolve(&pointer.pointee));
        Value {
            origins: vec![origin],
            nullability,
            extent: (pointee == Some(&Ty::Char)).then_some(Extent::NullTerminated),
            is_opaque: pointee == Some(&Ty::Void) || self.object(result).is_some(),
            ..Value::default()
        }
    }

    /// The function that releases an object of this type: named after it, or the one that is named after its maker.
    fn free_of(&self, ty: &Ty) -> Option<String> {
        let named = |name: String| {
            let found = self.header.functions.iter().find(|function| function.c_name() == name)?;
            (self.is_release(found) && self.same(&found.params[0].ty, ty)).then_some(name)
        };
        // A maker's own partner first: EVP_MD_meth_new gives an EVP_MD that EVP_MD_free does not release.
        let by_stem = self.function.c_name().strip_suffix("_new").and_then(|stem| named(format!("{stem}_free")));
        let by_type = || self.object(ty).and_then(|name| named(format!("{name}_free")));
        by_stem.or_else(by_type).or_else(|| {
            let mut all = self.header.functions.iter().filter(|function| {
                function.c_name().ends_with("_free")
                    && self.is_release(function)
                    && self.same(&function.params[0].ty, ty)
                    && convention(function).is_some_and(|found| found.source == self.convention.source)
            });
            let only = all.next()?;
            all.next().is_none().then(|| only.c_name().to_owned())
        })
    }

    /// Whether `X_free` takes nothing but an `X`, or what `X_new` makes.
    fn is_release(&self, function: &Function) -> bool {
        let [param] = function.params.as_slice() else { return false };
        let (Some(object), Some(stem)) = (self.object(&param.ty), function.c_name().strip_suffix("_free")) else {
            return false;
        };
        object == stem
            || self
                .header
                .functions
                .iter()
                .any(|maker| maker.c_name().strip_suffix("_new") == Some(stem) && self.same(&maker.result, &param.ty))
    }

    fn borrows(&mut self, handle: usize) -> bool {
        let result = &self.function.result;
        if result.as_pointer().is_none() || self.is_independent(result) {
            return false;
        }
        let from = self.function.params[handle].name.clone();
        self.returns(self.result(Origin::Borrowed { from }, None), "get0: belongs to the object it is taken from");
        true
    }

    fn gives(&mut self) -> bool {
        let result = &self.function.result;
        // ASN1_NULL is a number, and the pointer to it none that points anywhere.
        if self.object(result).is_none() && !is_string(result) {
            return false;
        }
        let free = self.free_of(result);
        self.returns(
            self.result(Origin::Owned { free }, Some(Nullability::Nullable)),
            "new, get1: the caller's to release",
        );
        true
    }

    fn takes(&mut self, handles: &[usize]) -> bool {
        let mut taken = false;
        for index in handles.iter().skip(1).copied() {
            let ty = &self.function.params[index].ty;
            if self.is_independent(ty) || !ty.as_pointer().is_some_and(|pointer| pointer.is_mut) {
                continue;
            }
            let escape = Escape::Transfer { free: self.free_of(ty) };
            let escape = match self.function.result {
                Ty::Void => escape,
                _ => Escape::Cases(vec![Case { when: vec![Condition::Success], escape }]),
            };
            self.claim(index, Claim::Escape(escape), "set0, add0: the object belongs to C if the call succeeds");
            taken = true;
        }
        if taken {
            self.succeeds();
        }
        taken
    }

    fn shares(&mut self, handle: usize) -> bool {
        for index in handle + 1..self.function.params.len() {
            if self.function.params[index].ty.as_pointer().is_some() {
                self.claim(index, Claim::Escape(Escape::Call), "set1, add1: copied, or counted once more");
            }
        }
        true
    }

    fn frees(&mut self) -> bool {
        if !self.is_release(self.function) {
            return false;
        }
        self.claim(0, Claim::Escape(Escape::Transfer { free: None }), "free: the reference is given back");
        self.claim(0, Claim::Nullability(Nullability::Nullable), "free: null is passed over");
        true
    }

    fn up_ref(&mut self) -> bool {
        self.claim(0, Claim::Escape(Escape::Call), "up_ref: counts one more reference");
        self.succeeds();
        true
    }

    /// `T *d2i_T(T **a, const unsigned char **in, long len)`, also with parameters around these.
    fn decodes(&mut self) -> bool {
        let params = &self.function.params;
        let result = &self.function.result;
        if self.object(result).is_none() {
            return false;
        }
        let is_place = |ty: &Ty| ty.as_pointer().is_some_and(|place| place.is_mut && self.same(&place.pointee, result));
        let Some(place) = params.iter().position(|param| is_place(&param.ty)) else { return false };
        let bytes = params.get(place + 1).filter(|param| is_bytes(&param.ty, false));
        let length = params.get(place + 2).filter(|param| *self.header.resolve(&param.ty) == Ty::Number);
        // d2i_T_bio and d2i_T_fp read from elsewhere, and have the place last.
        let from_bytes = bytes.is_some() && length.is_some();
        if !from_bytes && place + 1 != params.len() {
            return false;
        }
        let (place_name, length) = (params[place].name.clone(), length.map(|param| param.name.clone()));
        let free = self.free_of(result);
        let mut value = self.result(Origin::Owned { free }, Some(Nullability::Nullable));
        let stored = Value { is_opaque: value.is_opaque, nullability: value.nullability, ..Value::default() };
        value.origins.push(Origin::Borrowed { from: place_name });
        self.returns(value, "d2i: a new object, or the one that the caller gave to be filled");
        self.variable(place, Nullability::Nullable, stored, "d2i: where the object is, or is to be stored");
        if let Some(length) = length.filter(|_| from_bytes) {
            let read = Value {
                extent: Some(Extent::Bytes(Expr::Name(length))),
                direction: Some(Direction::In),
                advances: true,
                ..Value::default()
            };
            self.variable(place + 1, Nullability::Nonnull, read, "d2i: moved behind what was read");
        }
        true
    }

    /// `int i2d_T(const T *a, unsigned char **out)`
    fn encodes(&mut self) -> bool {
        let [object, place] = self.function.params.as_slice() else { return false };
        if self.object(&object.ty).is_none() || !is_bytes(&place.ty, true) {
            return false;
        }
        let written = Value {
            nullability: Some(Nullability::Nullable),
            direction: Some(Direction::Out),
            advances: true,
            ..Value::default()
        };
        self.claim(0, Claim::Escape(Escape::Call), "i2d: read");
        self.variable(1, Nullability::Nullable, written, "i2d: moved behind what was written, or set to a new buffer");
        true
    }

    /// A pointer variable of the caller's that C reads and writes during the call.
    fn variable(&mut self, index: usize, nullability: Nullability, stored: Value, reason: &str) {
        // Bytes behind it are read or written in the call; an object behind it is C's.
        if let Some(direction) = stored.direction {
            self.claim(index, Claim::Flow(Flow::Through(direction)), reason);
        }
        for claim in [
            Claim::Direction(Direction::InOut),
            Claim::Nullability(nullability),
            Claim::Extent(Extent::One),
            Claim::Escape(Escape::Call),
            Claim::Pointee(stored),
        ] {
            self.claim(index, claim, reason);
        }
    }

    /// Success is a positive number, or a pointer that is not null.
    fn succeeds(&mut self) {
        let comparison = match self.header.resolve(&self.function.result) {
            Ty::Number => Comparison::More,
            Ty::Pointer(_) => Comparison::Different,
            _ => return,
        };
        let source = Source::Pack(self.convention.source);
        let success = Success { comparison, constant: Constant::Number(0) };
        self.contract.success.get_or_insert_with(|| Fact::new(success, source, "failure is zero, negative or null"));
    }
}

/// `char *`
fn is_string(ty: &Ty) -> bool {
    ty.as_pointer().is_some_and(|pointer| *pointer.pointee == Ty::Char)
}

/// `unsigned char **`, or with a `const` behind the last star.
fn is_bytes(ty: &Ty, is_mut: bool) -> bool {
    let inner = ty.as_pointer().filter(|place| place.is_mut).and_then(|place| place.pointee.as_pointer());
    inner.is_some_and(|bytes| bytes.is_mut == is_mut && *bytes.pointee == Ty::Byte)
}

#[cfg(test)]
mod tests;
