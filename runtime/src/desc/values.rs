//! The description of a type of which C may give numbers that are none of its values: `bool`, `char`, enumerations.

/// Which numbers are values.
#[derive(Clone, Copy, Debug)]
pub struct ValuesDesc {
    /// The type's name, for reports.
    pub name: &'static str,
    /// Size of one in bytes: 1, 2, 4 or 8.
    pub size: usize,
    /// Whether its numbers may be below zero.
    pub is_signed: bool,
    /// Whether a number is a value.
    pub has: fn(i128) -> bool,
}

impl ValuesDesc {
    /// The number that so many bits of memory are, of which those above the size count for nothing.
    pub(crate) const fn number(&self, bits: u64) -> i128 {
        let above = 64 - 8 * self.size as u32;
        if self.is_signed { ((bits << above) as i64 >> above) as i128 } else { (bits << above >> above) as i128 }
    }
}
