//! Where in the arguments of a call something was found, packed into one word and spelt only for a report.

use crate::desc::{ExtentDesc, FnDesc, PointerDesc};
use core::fmt::Write as _;

/// A parameter, or a pointer up to two levels inside it: `iov[2].iov_base`, `msg.msg_iov[1].iov_base`.
///
/// One word, so that the pin log can hold it in an atomic. An index of 2^20 - 1 or more is kept as
/// "that or more"; deeper levels keep the path of the second.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Path(u64);

const INDEX_BITS: u32 = 20;
const SLOT_BITS: u32 = 6;
const LEVEL_BITS: u32 = INDEX_BITS + SLOT_BITS;
const MAX_INDEX: u64 = (1 << INDEX_BITS) - 1;
const MAX_LEVELS: u64 = 2;

impl Path {
    /// What the function returned.
    pub(crate) const RESULT: Self = Self(0xff << 2);

    /// The parameter with this number.
    pub(crate) fn param(index: usize) -> Self {
        Self((index as u64 & 0xff) << 2)
    }

    /// One level further in: element `index`, slot `slot`.
    pub(crate) fn step(self, index: usize, slot: usize) -> Self {
        let levels = self.levels();
        if levels == MAX_LEVELS {
            return self;
        }
        let index = (index as u64).min(MAX_INDEX);
        let slot = (slot as u64).min((1 << SLOT_BITS) - 1);
        let shift = 10 + levels as u32 * LEVEL_BITS;
        Self(self.0 + 1 + ((index << SLOT_BITS | slot) << shift))
    }

    pub(crate) fn to_bits(self) -> u64 {
        self.0
    }

    pub(crate) fn from_bits(bits: u64) -> Self {
        Self(bits)
    }

    /// Number of the parameter.
    pub(crate) fn param_index(self) -> usize {
        (self.0 >> 2 & 0xff) as usize
    }

    /// Whether it is the parameter itself.
    pub(crate) fn is_param(self) -> bool {
        self.levels() == 0
    }

    fn levels(self) -> u64 {
        self.0 & 3
    }

    fn level(self, number: u64) -> (u64, usize) {
        let bits = self.0 >> (10 + number as u32 * LEVEL_BITS);
        (bits >> SLOT_BITS & MAX_INDEX, (bits & ((1 << SLOT_BITS) - 1)) as usize)
    }

    /// The path as C programmers write it.
    pub(crate) fn spell(self, desc: &'static FnDesc) -> String {
        match desc.params.get(self.param_index()) {
            Some(param) => self.spell_in(param.name, param.pointer.as_ref()),
            None => String::from(if self == Self::RESULT { "the result" } else { "?" }),
        }
    }

    /// The same from whatever has this name and leads there.
    pub(crate) fn spell_in(self, name: &str, mut pointer: Option<&PointerDesc>) -> String {
        let mut text = String::from(name);
        for number in 0..self.levels() {
            let (index, slot) = self.level(number);
            let Some(outer) = pointer else { break };
            let Some(slot) = outer.slots().get(slot) else { break };
            if !matches!(outer.extent, ExtentDesc::One) {
                let more = if index == MAX_INDEX { "+" } else { "" };
                // Writing to a String cannot fail.
                let _ = write!(text, "[{index}{more}]");
            }
            text.push_str(&slot.spell());
            pointer = Some(&slot.pointer);
        }
        text
    }
}

#[cfg(all(test, not(loom)))]
mod tests {
    use super::*;
    use crate::desc::{Expr, ParamDesc, PointerDesc, PointerMap, Slot};

    static INNER: PointerMap = PointerMap::fields(&[Slot::new("base", 0, PointerDesc::void())]);
    static OUTER: PointerMap = PointerMap::fields(&[
        Slot::new("name", 0, PointerDesc::void()),
        Slot::new("iov", 8, PointerDesc::to::<[usize; 2]>(|| &INNER).counted_by(Expr::Const(2))),
    ]);
    static DESC: FnDesc = FnDesc::new(
        "f",
        &[
            ParamDesc::scalar("fd"),
            ParamDesc::pointer("msg", PointerDesc::to::<[usize; 2]>(|| &OUTER).one()),
            ParamDesc::pointer("v", PointerDesc::to::<[usize; 2]>(|| &OUTER).counted_by(Expr::Const(9))),
        ],
    );

    #[test]
    fn spells_each_level() {
        assert_eq!(Path::param(0).spell(&DESC), "fd");
        assert_eq!(Path::RESULT.spell(&DESC), "the result");
        assert_eq!(Path::param(1).step(0, 0).spell(&DESC), "msg.name");
        assert_eq!(Path::param(1).step(0, 1).step(7, 0).spell(&DESC), "msg.iov[7].base");
        assert_eq!(Path::param(2).step(3, 1).step(1_000_000_000, 0).spell(&DESC), "v[3].iov[1048575+].base");
        assert_eq!(Path::param(2).step(3, 1).step(5, 0).step(9, 9), Path::param(2).step(3, 1).step(5, 0));
        let path = Path::param(2).step(3, 1);
        assert_eq!(Path::from_bits(path.to_bits()), path);
        assert_eq!(path.param_index(), 2);
    }
}
