//! PF024, unwritten-out: C left memory as it was that its contract says it has written.

use super::Rule;

/// The pattern that memory has which C is to write: no byte of it twice in a row, and another one in each process.
pub(crate) fn pattern() -> [u8; 8] {
    static HERE: u8 = 0;
    // Where the program was loaded is random enough: no data is this by chance. No byte of it is zero or a character.
    let seed = core::ptr::from_ref(&HERE).addr() as u64;
    (seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 0x8080_8080_8080_8080).to_ne_bytes()
}

/// Which bytes of memory that held the pattern somebody has written, as far as can be told: what differs, what lies between such
/// bytes with less than a pattern's length around it, and the first `filled` bytes, for C says so.
pub(crate) fn written(now: &[u8], filled: usize) -> Vec<core::ops::Range<usize>> {
    let untouched = filled_with_pattern(now.len());
    let differs = |at: &usize| now[*at] != untouched[*at];
    let mut ranges: Vec<core::ops::Range<usize>> = Vec::new();
    if filled > 0 {
        ranges.push(0..filled.min(now.len()));
    }
    for at in (0..now.len()).filter(differs) {
        match ranges.last_mut() {
            Some(last) if at < last.end => {}
            Some(last) if at - last.end < pattern().len() => last.end = at + 1,
            _ => ranges.push(at..at + 1),
        }
    }
    ranges
}

/// Memory full of the pattern.
pub(crate) fn filled_with_pattern(bytes: usize) -> Vec<u8> {
    pattern().iter().copied().cycle().take(bytes).collect()
}

/// The rule broken by memory that C has filled, as it says. `size`: of one element. What stands between the fields of an
/// element, and behind a text in it, nobody writes, so that an element counts as a whole.
pub(crate) fn violated(filled: &[u8], size: usize) -> Option<Rule> {
    let unit = if size <= 1 { pattern().len() } else { size };
    let untouched = filled_with_pattern(filled.len());
    let is_untouched = |at: usize| {
        let end = at + unit;
        end <= filled.len() && unit >= 4 && filled[at..end] == untouched[at..end]
    };
    let offset = (0..filled.len()).step_by(unit).find(|at| is_untouched(*at))?;
    Some(Rule::Unwritten { offset })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_found_also_where_it_is_the_pattern() {
        let mut now = filled_with_pattern(64);
        let ranges =
            |now: &[u8], filled| written(now, filled).iter().map(|range| (range.start, range.end)).collect::<Vec<_>>();
        assert_eq!(ranges(&now, 0), []);
        assert_eq!(ranges(&now, 5), [(0, 5)]);
        for at in [10, 15, 40] {
            now[at] = 7;
        }
        assert_eq!(ranges(&now, 0), [(10, 16), (40, 41)]);
        assert_eq!(ranges(&now, 12), [(0, 16), (40, 41)]);
        assert_eq!(ranges(&now, 100), [(0, 64)]);
    }

    #[test]
    fn what_nobody_wrote_is_seen_and_what_looks_like_padding_is_not() {
        let mut bytes = filled_with_pattern(40);
        assert_eq!(violated(&bytes, 1), Some(Rule::Unwritten { offset: 0 }));
        bytes[..20].fill(7);
        assert_eq!(violated(&bytes, 1), Some(Rule::Unwritten { offset: 24 }));
        assert_eq!(violated(&bytes[..24], 1), None);
        // Two structures of which four bytes each are written.
        let mut structures = filled_with_pattern(32);
        structures[0..4].fill(1);
        assert_eq!(violated(&structures, 16), Some(Rule::Unwritten { offset: 16 }));
        structures[16..20].fill(1);
        assert_eq!(violated(&structures, 16), None);
        assert_eq!(violated(&filled_with_pattern(3), 1), None, "three bytes may be anything");
        assert_eq!(violated(&[], 1), None);
    }
}
