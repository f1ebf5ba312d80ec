//! What the annotations of one function mean for each pointer; an annotation that g-ir-scanner guesses is no claim.

use super::types::{GirType, Kind, Types};
use super::{GirFn, GirParam, Transfer, Way};
use crate::contract::axes::{Claim, Direction, Extent, Nullability};
use crate::contract::callback::{Callback, Scope};
use crate::contract::escape::Escape;
use crate::contract::expr::Expr;
use crate::contract::value::{Origin, Value};
use crate::model::{Function, Header, Pointer, Ty};

/// Everything that the claims of one function depend on.
pub(super) struct Claims<'a> {
    pub(super) types: &'a Types,
    pub(super) known: &'a GirFn,
    pub(super) function: &'a Function,
    pub(super) header: &'a Header,
}

/// Claims with the words of the file.
type Said = Vec<(Claim, String)>;

impl Claims<'_> {
    /// What is said of a parameter.
    pub(super) fn param(&self, index: usize) -> Said {
        let param = &self.known.params[index];
        let Some(pointer) = self.pointer(&self.function.params[index].ty) else { return self.callback(index) };
        if let Some(callback) = self.callback_of(index) {
            return vec![(Claim::Opaque, format!("closure of {callback}"))];
        }
        match param.way {
            Way::In => self.input(index, pointer),
            Way::Out | Way::InOut => self.output(index, pointer),
        }
    }

    /// What is said of the result.
    pub(super) fn result(&self) -> Option<(Value, String)> {
        let pointer = self.pointer(&self.function.result)?;
        let (value, words) = self.value(&self.known.result, pointer);
        (value != Value::default()).then_some((value, words))
    }

    /// The pointer that a type is, aliases followed.
    fn pointer<'t>(&'t self, ty: &'t Ty) -> Option<&'t Pointer> {
        self.header.resolve(ty).as_pointer()
    }

    fn name(&self, index: usize) -> Option<String> {
        self.function.params.get(index).map(|param| param.name.clone())
    }

    fn is_callback(&self, param: &GirParam) -> bool {
        matches!(self.types.kind(&param.ty), Some(Kind::Callback)) || param.scope.is_some() || param.destroy.is_some()
    }

    /// The callback that is handed the data of a parameter; files say so on either of the two.
    fn callback_of(&self, data: usize) -> Option<String> {
        let is_its = |(index, param): &(usize, &GirParam)| {
            *index != data && self.is_callback(param) && self.userdata(*index) == Some(data)
        };
        let (index, _) = self.known.params.iter().enumerate().find(is_its)?;
        self.name(index)
    }

    fn userdata(&self, callback: usize) -> Option<usize> {
        let params = &self.known.params;
        let on_callback = params.get(callback)?.closure;
        let on_data = || params.iter().position(|param| param.closure == Some(callback) && !self.is_callback(param));
        on_callback.or_else(on_data).filter(|data| *data < params.len() && *data != callback)
    }

    fn callback(&self, index: usize) -> Said {
        let param = &self.known.params[index];
        let is_function =
            matches!(self.header.resolve(&self.function.params[index].ty), Ty::FnPointer | Ty::Other | Ty::Named(_));
        let ends_another = self.known.params.iter().any(|other| other.destroy == Some(index));
        if !is_function || !self.is_callback(param) || ends_another {
            return Vec::new();
        }
        // Where nobody has looked, g-ir-scanner takes any notify for the end of the callback before it
        // (`g_hash_table_new_full`); the data it finds by its name, which is a fair sign.
        let is_meant = self.known.is_introspectable;
        let callback = Callback {
            userdata: self.userdata(index).and_then(|data| self.name(data)),
            scope: param.scope.filter(|_| is_meant),
            destroy: param.destroy.filter(|_| is_meant).and_then(|destroy| self.name(destroy)),
            ..Callback::default()
        };
        let mut words = Vec::new();
        words.extend(callback.scope.map(|scope| format!("scope {}", scope.word())));
        words.extend(callback.userdata.as_ref().map(|_| "closure".to_owned()));
        words.extend(callback.destroy.as_ref().map(|_| "destroy".to_owned()));
        let nullable = param.is_nullable.then(|| (Claim::Nullability(Nullability::Nullable), "nullable".to_owned()));
        let said = (callback != Callback::default()).then(|| (Claim::Callback(callback), words.join(", ")));
        said.into_iter().chain(nullable).collect()
    }

    /// An argument that C takes. Whether C writes what it points to, the file does not say: the type does where it is
    /// const, and else it stays open.
    fn input(&self, index: usize, pointer: &Pointer) -> Said {
        let param = &self.known.params[index];
        let mut said = Said::new();
        if param.is_nullable {
            said.push((Claim::Nullability(Nullability::Nullable), "nullable".into()));
        } else if index == 0 && self.known.has_instance {
            said.push((Claim::Nullability(Nullability::Nonnull), "instance-parameter".into()));
        }
        if !self.is_level(&param.ty, pointer) {
            return said;
        }
        if self.types.is_opaque(&param.ty) {
            said.push((Claim::Opaque, param.ty.name().unwrap_or_default().to_owned()));
        } else if let Some((extent, words)) = self.extent(index, pointer) {
            said.push((Claim::Extent(extent), words));
        }
        said.extend(self.escape(param, pointer).map(|(escape, words)| (Claim::Escape(escape), words)));
        said
    }

    /// Whether the type is what the pointer points to, and not further away: unannotated `char **` is a `utf8`, too.
    fn is_level(&self, ty: &GirType, pointer: &Pointer) -> bool {
        let is_deeper = self.pointer(&pointer.pointee).is_some();
        match ty {
            GirType::Unknown => true,
            GirType::Named { .. } => !is_deeper,
            GirType::Array { element, .. } if element.is_string() => is_deeper,
            GirType::Array { element, .. } => !is_deeper || !element.is_number(),
        }
    }

    /// Whether nothing goes on after the call: an operation that calls back later has its buffers until then.
    fn is_over_at_return(&self) -> bool {
        let calls_later = |param: &GirParam| self.is_callback(param) && param.scope != Some(Scope::Call);
        self.known.is_introspectable && !self.known.params.iter().any(calls_later)
    }

    /// What C keeps. Bindings free the strings and arrays of numbers that they pass when the call is over, so a library
    /// that kept one would have broken them; of other types it says who holds the reference, and nothing about pointers.
    fn escape(&self, param: &GirParam, pointer: &Pointer) -> Option<(Escape, String)> {
        let is_plain = match &param.ty {
            GirType::Array { element, .. } => element.is_number(),
            other => other.is_string(),
        };
        match param.transfer {
            Transfer::Full => {
                let escape = Escape::Transfer { free: self.types.free(&param.ty) };
                Some((escape, "transfer-ownership full".into()))
            }
            Transfer::Container => {
                let escape = Escape::Transfer { free: self.types.free_container(&param.ty) };
                Some((escape, "transfer-ownership container".into()))
            }
            Transfer::None => {
                // Strings that are kept as they are: `g_intern_static_string`, and `g_param_spec_int` as a flag says.
                let name = self.function.c_name();
                let is_static =
                    ["static", "param_spec"].iter().any(|word| name.contains(word)) || param.doc.contains("static");
                (is_plain && !pointer.is_mut && self.is_over_at_return() && !is_static)
                    .then(|| (Escape::Call, "transfer-ownership none".into()))
            }
        }
    }

    /// A place that C writes to, or reads and writes.
    fn output(&self, index: usize, pointer: &Pointer) -> Said {
        let param = &self.known.params[index];
        // The annotation of a pointer to const is wrong, or means something else.
        if !pointer.is_mut {
            return Said::new();
        }
        let mut said = Said::new();
        let inner = self.pointer(&pointer.pointee);
        said.push(match param.way {
            Way::InOut => (Claim::Direction(Direction::InOut), "direction inout".to_owned()),
            _ => (Claim::Direction(Direction::Out), "direction out".to_owned()),
        });
        // Where no pointer is stored, `nullable` can only be about the place itself.
        if param.is_optional || (param.is_nullable && inner.is_none()) {
            let words = if param.is_optional { "optional" } else { "nullable" };
            said.push((Claim::Nullability(Nullability::Nullable), words.into()));
        }
        let is_buffer = param.caller_allocates || inner.is_none();
        let is_array = matches!(param.ty, GirType::Array { .. });
        if is_buffer && is_array {
            said.extend(self.extent(index, pointer).map(|(extent, words)| (Claim::Extent(extent), words)));
        } else if !(param.caller_allocates && (param.ty.is_string() || param.ty.name() == Some("gpointer"))) {
            said.push((Claim::Extent(Extent::One), format!("{} of one value", said[0].1)));
        }
        if self.is_over_at_return() {
            said.push((Claim::Escape(Escape::Call), said[0].1.clone()));
        }
        if let Some(inner) = inner.filter(|_| !param.caller_allocates) {
            let (mut value, words) = self.value(param, inner);
            // What was there before may have been anybody's.
            if param.way == Way::InOut {
                value.origins.clear();
            }
            if value != Value::default() {
                said.push((Claim::Pointee(value), words));
            }
        }
        said
    }

    /// How much memory an argument stands for.
    fn extent(&self, index: usize, pointer: &Pointer) -> Option<(Extent, String)> {
        let param = &self.known.params[index];
        if param.ty.is_string() {
            // With a length beside it, a string need not have an end; nor has what C writes over (`g_strlcpy`).
            let is_counted = self.known.params.get(index + 1).is_some_and(is_length);
            let is_written = pointer.is_mut && param.transfer != Transfer::Full;
            return (!is_counted && !is_written)
                .then(|| (Extent::NullTerminated, param.ty.name().unwrap_or_default().to_owned()));
        }
        if !self.is_level(&param.ty, pointer) {
            return None;
        }
        if let GirType::Array { length, .. } = &param.ty {
            // Below zero means "up to the terminator".
            let may_be_negative = length.and_then(|length| self.known.params.get(length)).is_some_and(|length| {
                length.ty.is_signed_size() || length.doc.contains("-1") || length.doc.contains("negative")
            });
            return if may_be_negative { None } else { self.array(&param.ty, pointer) };
        }
        let is_record = matches!(self.types.kind(&param.ty), Some(Kind::Record { .. }));
        is_record.then(|| (Extent::One, param.ty.name().unwrap_or_default().to_owned()))
    }

    /// The extent of an array behind `pointer`.
    fn array(&self, ty: &GirType, pointer: &Pointer) -> Option<(Extent, String)> {
        let GirType::Array { length, fixed, zero_terminated, element, .. } = ty else { return None };
        let is_void = *self.header.resolve(&pointer.pointee) == Ty::Void;
        let counted = |expr| match (is_void, element.is_byte()) {
            (true, true) => Some(Extent::Bytes(expr)),
            // The elements of `void *` have a size that the declaration does not tell.
            (true, false) => None,
            (false, _) => Some(Extent::Count(expr)),
        };
        if let Some(length) = length {
            let param = self.function.params.get(*length)?;
            let expr = match self.pointer(&param.ty) {
                Some(_) => Expr::Deref(param.name.clone()),
                None => Expr::Name(param.name.clone()),
            };
            return Some((counted(expr)?, "array length".into()));
        }
        if let Some(fixed) = fixed {
            return Some((counted(Expr::Const(*fixed))?, "array fixed-size".into()));
        }
        (*zero_terminated && !is_void).then(|| (Extent::NullTerminated, "array zero-terminated".into()))
    }

    /// What a pointer means that C gives.
    fn value(&self, param: &GirParam, pointer: &Pointer) -> (Value, String) {
        let mut value = Value::default();
        let mut words: Vec<String> = Vec::new();
        if !self.is_level(&param.ty, pointer) {
            return (value, String::new());
        }
        let free = match param.transfer {
            Transfer::None => None,
            Transfer::Container => Some(self.types.free_container(&param.ty)),
            Transfer::Full => Some(self.types.free(&param.ty)),
        };
        if let Some(free) = free.filter(|free| !param.ty.c_type().starts_with("const") && self.is_owned(param, free)) {
            value.origins.push(Origin::Owned { free });
            let transfer = if param.transfer == Transfer::Full { "full" } else { "container" };
            words.push(format!("transfer-ownership {transfer}"));
        }
        if param.is_nullable {
            value.nullability = Some(Nullability::Nullable);
            words.push("nullable".into());
        }
        if self.types.is_opaque(&param.ty) {
            value.is_opaque = true;
            words.extend(param.ty.name().map(str::to_owned));
        } else if param.ty.is_string() {
            value.extent = Some(Extent::NullTerminated);
            words.extend(param.ty.name().map(str::to_owned));
        } else if let Some((extent, said)) = self.array(&param.ty, pointer) {
            value.extent = Some(extent);
            words.push(said);
        }
        (value, words.join(", "))
    }

    /// Whether `full` is meant. g-ir-scanner writes it for each string and each boxed record that is not const, and for
    /// all that is stored in a place, though nobody said so (`g_strstr_len`); to free what is not ours is worse than to
    /// leak, so the text has to agree.
    fn is_owned(&self, param: &GirParam, free: &Option<String>) -> bool {
        let is_guessed = param.way != Way::In
            || param.ty.is_string()
            || matches!(self.types.kind(&param.ty), Some(Kind::Record { .. }));
        if !is_guessed || self.known.is_constructor || param.transfer == Transfer::Container {
            return true;
        }
        let text = param.doc.to_ascii_lowercase();
        let is_denied = ["not be freed", "not free", "n't free", "must not", "should not be", "owned by"]
            .iter()
            .any(|word| text.replace("owned by the caller", "").contains(word));
        if is_denied {
            return false;
        }
        ["alloc", "free", "unref", "newly", "a new ", "copy", "caller owns", "owned by the caller"]
            .iter()
            .any(|word| text.contains(word))
            || free.as_ref().is_some_and(|free| self.known.doc.contains(&format!("{free}(")))
    }
}

/// Whether a parameter counts what stands before it, by its name and type.
fn is_length(param: &GirParam) -> bool {
    let name = param.name.as_str();
    param.way == Way::In
        && param.ty.is_number()
        && (matches!(name, "n" | "max" | "count")
            || ["len", "size", "bytes", "chars", "count"].iter().any(|word| name.contains(word))
            || name.starts_with("n_")
            || name.starts_with("max_"))
}
