//! The static description of a C function that its wrapper hands to the runtime: parameters, contracts, pointer maps.
//!
//! Plain constant data. The words are those of the contract attributes; what each means at run time
//! is decided in `check/` and nowhere else.

mod export;
pub(crate) mod expr;
mod func;
mod inside;
pub(crate) mod kept;
pub(crate) mod known;
mod layout;
pub(crate) mod text;
mod values;

pub use export::ExportDesc;
pub use expr::{Expr, Op, field};
pub use func::FnDesc;
pub(crate) use inside::MapKind;
pub use inside::{Field, PointerMap, Slot};
pub use kept::{Comparison, EndDesc, KeepDesc, KeeperDesc, KeptDesc, SuccessDesc, WhenDesc};
pub use layout::laid_out;
pub use text::TypeDesc;
pub use values::ValuesDesc;

use core::ops::ControlFlow;

/// Version of the agreement between emitted code and this crate; generated files assert it.
pub const SCHEMA: u32 = 9;

/// Which calls at level full give C copies between guard pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guards {
    /// The first of a function, and one in many later on.
    Sometimes,
    /// All.
    Always,
    /// None.
    Never,
}

/// One parameter.
#[derive(Debug)]
pub struct ParamDesc {
    /// The name in the man page or the header, without reserved underscores.
    pub name: &'static str,
    /// What is known of it as a pointer; `None` for everything else.
    pub pointer: Option<PointerDesc>,
}

impl ParamDesc {
    /// A parameter that is not checked: a number, a structure by value, a handle of C's own.
    pub const fn scalar(name: &'static str) -> Self {
        Self { name, pointer: None }
    }

    /// A pointer with its contract.
    pub const fn pointer(name: &'static str, pointer: PointerDesc) -> Self {
        Self { name, pointer: Some(pointer) }
    }
}

/// Who writes the memory behind a pointer during the call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// C only reads it.
    In,
    /// C only writes it.
    Out,
    /// Both.
    InOut,
    /// Nobody said: looked into as if read, never counted as written.
    Unknown,
}

impl Direction {
    /// Whether C may write.
    pub const fn is_written(self) -> bool {
        matches!(self, Direction::Out | Direction::InOut)
    }
}

/// Whether null is a legal value while the extent is not empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nullability {
    /// C dereferences it.
    Nonnull,
    /// Null has a meaning of its own.
    Nullable,
    /// Nobody said.
    Unspecified,
}

/// How long C may keep a pointer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Escape {
    /// Nobody said.
    Unknown,
    /// Until the call returns.
    Call,
    /// Longer, as some contract says.
    Longer,
}

/// How much memory a pointer stands for.
#[derive(Clone, Copy, Debug)]
pub enum ExtentDesc {
    /// Not known: nothing is compared against the block.
    Unknown,
    /// One element.
    One,
    /// That many elements.
    Count(Expr),
    /// That many bytes.
    Bytes(Expr),
    /// Up to and with the first zero element.
    NullTerminated,
}

/// A pointer and its contract, as a parameter or as a field of a structure.
#[derive(Clone, Copy, Debug)]
pub struct PointerDesc {
    /// Size of one element in bytes; 1 for `void`.
    pub size: usize,
    /// Alignment of one element; 1 for `void`.
    pub align: usize,
    /// The pointers inside one element; `None` is unknown. A function, because a list's map holds itself.
    pub map: Option<fn() -> &'static PointerMap>,
    /// Who writes.
    pub direction: Direction,
    /// Whether null is legal.
    pub nullability: Nullability,
    /// How much memory.
    pub extent: ExtentDesc,
    /// Set where C follows the pointers inside during the call: the direction of the innermost data.
    pub flow: Option<Direction>,
    /// Whether the memory belongs to C from the call on: no pin holds it.
    pub is_transferred: bool,
    /// How long C may keep it.
    pub escape: Escape,
    /// Whether C knows the structure by its address.
    pub is_sensitive: bool,
    /// How much of it C has filled when it returns, in the unit of the extent.
    pub filled: Option<Expr>,
    /// Whether that may be more than there is: the result was cut off.
    pub may_exceed: bool,
    /// Set where C writes it and not every number is a value of the element's type.
    pub values: Option<&'static ValuesDesc>,
    /// Whether C writes it and there are such numbers inside an element.
    pub holds_numbers: bool,
}

impl PointerDesc {
    /// A pointer to `T`, of which nothing else is known.
    pub const fn to<T>(map: fn() -> &'static PointerMap) -> Self {
        Self::sized(size_of::<T>(), align_of::<T>(), Some(map))
    }

    /// A pointer to bytes of any type, `void *`.
    pub const fn void() -> Self {
        Self::sized(1, 1, None)
    }

    pub(crate) const fn sized(size: usize, align: usize, map: Option<fn() -> &'static PointerMap>) -> Self {
        Self {
            size,
            align,
            map,
            direction: Direction::Unknown,
            nullability: Nullability::Unspecified,
            extent: ExtentDesc::Unknown,
            flow: None,
            is_transferred: false,
            escape: Escape::Unknown,
            is_sensitive: false,
            filled: None,
            may_exceed: false,
            values: None,
            holds_numbers: false,
        }
    }

    /// C knows the structure by its address: it may not move between two calls.
    pub const fn address_sensitive(mut self) -> Self {
        self.is_sensitive = true;
        self
    }

    /// C fills so much of it, in the unit of the extent; less than zero says that it failed.
    pub const fn filled_by(mut self, filled: Expr) -> Self {
        self.filled = Some(filled);
        self
    }

    /// C may say more than there is, where it cut the result off.
    pub const fn may_exceed(mut self) -> Self {
        self.may_exceed = true;
        self
    }

    /// What C writes there is to be values of the element's type.
    pub const fn holding(mut self, values: Option<&'static ValuesDesc>) -> Self {
        self.values = values;
        self
    }

    /// What C writes inside the elements is to be values of the fields' types, if there are such fields.
    pub const fn holding_inside(mut self, holds_numbers: bool) -> Self {
        self.holds_numbers = holds_numbers;
        self
    }

    /// The fields that lead to the number at this offset inside the elements, as C programmers write them: `[1].is_open`.
    pub(crate) fn number_at(&self, offset: usize) -> Option<String> {
        let (map, size) = (self.map.filter(|_| self.holds_numbers)?, self.size.max(1));
        let found = map().each_number(0, &mut |number| {
            if number.offset == offset % size { ControlFlow::Break(number.spell()) } else { ControlFlow::Continue(()) }
        });
        let field = found.break_value()?;
        let is_one = matches!(self.extent, ExtentDesc::One);
        Some(if is_one { field } else { format!("[{}]{field}", offset / size) })
    }

    /// The pointers inside one element, none where they are not known.
    pub fn slots(&self) -> &'static [Slot] {
        self.map.map_or(&[], |map| map().slots())
    }

    /// C only reads the memory.
    pub const fn input(mut self) -> Self {
        self.direction = Direction::In;
        self
    }

    /// C only writes the memory.
    pub const fn out(mut self) -> Self {
        self.direction = Direction::Out;
        self
    }

    /// C reads and writes the memory.
    pub const fn inout(mut self) -> Self {
        self.direction = Direction::InOut;
        self
    }

    /// Null is a violation unless the extent is empty.
    pub const fn nonnull(mut self) -> Self {
        self.nullability = Nullability::Nonnull;
        self
    }

    /// Null is legal.
    pub const fn nullable(mut self) -> Self {
        self.nullability = Nullability::Nullable;
        self
    }

    /// Exactly one element.
    pub const fn one(mut self) -> Self {
        self.extent = ExtentDesc::One;
        self
    }

    /// `count` elements.
    pub const fn counted_by(mut self, count: Expr) -> Self {
        self.extent = ExtentDesc::Count(count);
        self
    }

    /// `bytes` bytes, at any address: what is counted in bytes has no alignment of its own.
    pub const fn sized_by(mut self, bytes: Expr) -> Self {
        self.align = 1;
        self.extent = ExtentDesc::Bytes(bytes);
        self
    }

    /// Elements up to the first zero one.
    pub const fn null_terminated(mut self) -> Self {
        self.extent = ExtentDesc::NullTerminated;
        self
    }

    /// The memory belongs to C from the call on.
    pub const fn transferred(mut self) -> Self {
        self.is_transferred = true;
        self
    }

    /// C keeps no copy of the pointer after the call.
    pub const fn noescape(mut self) -> Self {
        self.escape = Escape::Call;
        self
    }

    /// C may keep the pointer after the call.
    pub const fn retained(mut self) -> Self {
        self.escape = Escape::Longer;
        self
    }

    /// C follows the pointers inside; the innermost data goes in `direction`.
    pub const fn flow_through(mut self, direction: Direction) -> Self {
        self.flow = Some(direction);
        self
    }
}
