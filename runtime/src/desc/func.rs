//! The description of a C function as a whole: its parameters, its result, how calls are looked at.

use super::{Guards, KeptDesc, ParamDesc, ValuesDesc};
use crate::check::quick::Plan;
use core::sync::atomic::{AtomicU32, Ordering};

/// One C function.
#[derive(Debug)]
pub struct FnDesc {
    /// The C name.
    pub name: &'static str,
    /// All parameters, in order.
    pub params: &'static [ParamDesc],
    /// Whether arguments may overlap legally (`#[may_alias]`).
    pub may_alias: bool,
    /// Whether the wrapper asks which address C is to get, so that copies can be lent to C.
    pub lends: bool,
    /// Whether pointers inside arguments may lead to whatever lives, pinned or not (`#[nested(live)]`).
    pub takes_live: bool,
    /// Which calls at level full get guarded copies.
    pub guards: Guards,
    /// What must hold of the result.
    pub returned: ReturnedDesc,
    /// What calls have C keep and let go of, where raw pointers lead to it.
    pub kept: Option<&'static KeptDesc>,
    /// Whether a rule speaks when the call has returned, at any level.
    pub(crate) looks_after: bool,
    /// Whether C writes numbers that may be no values of their type.
    pub(crate) writes_values: bool,
    /// How many calls were checked at level full.
    pub(crate) calls: AtomicU32,
    /// What a call of it at level cheap asks of its arguments, where these are simple.
    pub(crate) plan: Plan,
}

/// A result and its contract.
#[derive(Clone, Copy, Debug)]
pub struct ReturnedDesc {
    /// It is a `bool`, of which the wrapper gives the byte.
    pub is_bool: bool,
    /// It is a number of a type of which not every number is a value.
    pub values: Option<&'static ValuesDesc>,
    /// C never gives null.
    pub is_nonnull: bool,
    /// It is a text of UTF-8, up to the first zero.
    pub is_utf8: bool,
    /// What its address is a multiple of.
    pub align: usize,
    /// The parameters into whose memory it points, a bit for each; none where it may point elsewhere.
    pub into: u64,
}

impl FnDesc {
    /// A function whose written arguments overlap nothing.
    pub const fn new(name: &'static str, params: &'static [ParamDesc]) -> Self {
        let (mut looks_after, mut writes_values) = (false, false);
        let mut index = 0;
        while index < params.len() {
            if let Some(pointer) = &params[index].pointer {
                writes_values |= pointer.values.is_some() || pointer.holds_numbers;
                looks_after |= pointer.is_sensitive || pointer.filled.is_some() || writes_values;
            }
            index += 1;
        }
        let returned =
            ReturnedDesc { is_bool: false, values: None, is_nonnull: false, is_utf8: false, align: 1, into: 0 };
        Self {
            name,
            params,
            may_alias: false,
            lends: false,
            takes_live: false,
            guards: Guards::Sometimes,
            returned,
            kept: None,
            looks_after,
            writes_values,
            calls: AtomicU32::new(0),
            plan: Plan::new(),
        }
    }

    /// C returns a `bool`.
    pub const fn returns_bool(mut self) -> Self {
        self.returned.is_bool = true;
        self.looks_after = true;
        self
    }

    /// C returns a number of a type of which not every number is a value, if it is one.
    pub const fn returns_value(mut self, values: Option<&'static ValuesDesc>) -> Self {
        self.returned.values = values;
        self.looks_after |= values.is_some();
        self
    }

    /// C never returns null.
    pub const fn returns_nonnull(mut self) -> Self {
        self.returned.is_nonnull = true;
        self.looks_after = true;
        self
    }

    /// What C returns is null or a text of UTF-8.
    pub const fn returns_utf8(mut self) -> Self {
        self.returned.is_utf8 = true;
        self.looks_after = true;
        self
    }

    /// What C returns is null or aligned for a `T`.
    pub const fn returns_aligned<T>(self) -> Self {
        self.returns_aligned_to(align_of::<T>())
    }

    pub(crate) const fn returns_aligned_to(mut self, align: usize) -> Self {
        self.returned.align = align;
        self.looks_after |= align > 1;
        self
    }

    /// What C returns is null or in the memory of that parameter, or of another one of which the same is said.
    pub const fn returns_into(mut self, index: usize) -> Self {
        if index < 64 {
            self.returned.into |= 1 << index;
            self.looks_after = true;
        }
        self
    }

    /// Arguments may overlap, as in `memmove`.
    pub const fn may_alias(mut self) -> Self {
        self.may_alias = true;
        self
    }

    /// What calls have C keep, and let go of.
    pub const fn keeping(mut self, kept: &'static KeptDesc) -> Self {
        self.kept = Some(kept);
        self
    }

    /// Pointers inside arguments may lead to whatever lives.
    pub const fn nested_live(mut self) -> Self {
        self.takes_live = true;
        self
    }

    /// Every call at level full gets guarded copies.
    pub const fn always_guarded(mut self) -> Self {
        self.guards = Guards::Always;
        self
    }

    /// No call gets guarded copies.
    pub const fn never_guarded(mut self) -> Self {
        self.guards = Guards::Never;
        self
    }

    /// The number of another checked call, from 0 on.
    pub(crate) fn next_call(&self) -> u32 {
        self.calls.fetch_add(1, Ordering::Relaxed)
    }

    /// The wrapper passes what `Call::lend` says.
    pub const fn lends(mut self) -> Self {
        self.lends = true;
        self
    }
}
