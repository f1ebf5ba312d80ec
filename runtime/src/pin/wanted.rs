//! The holders that a search still looks for.

use super::mark::HolderId;

/// The holders not found yet, sorted, and a table that lets nearly every other word pass at once.
pub(super) struct Wanted {
    pub(super) missing: Vec<HolderId>,
    /// Which of them have been found since the list was last made shorter, and how many have not.
    found: Vec<bool>,
    pub(super) left: usize,
    likely: Vec<u64>,
}

impl Wanted {
    pub(super) fn new(holders: &[HolderId]) -> Self {
        let mut missing = holders.to_vec();
        missing.sort_unstable();
        missing.dedup();
        let mut likely = vec![0; 1 << 10];
        for holder in &missing {
            let (index, bit) = Self::place(*holder);
            likely[index] |= bit;
        }
        Self { found: vec![false; missing.len()], left: missing.len(), missing, likely }
    }

    /// Notes that a holder was found. The list gets shorter by halves: to take each out by itself would take the square of their number.
    pub(super) fn take(&mut self, holder: HolderId) {
        let Ok(index) = self.missing.binary_search(&holder) else { return };
        if !core::mem::replace(&mut self.found[index], true) {
            self.left -= 1;
            if self.left <= self.missing.len() / 2 {
                self.shorten();
            }
        }
    }

    pub(super) fn shorten(&mut self) {
        let mut found = self.found.iter();
        self.missing.retain(|_| !found.next().is_some_and(|found| *found));
        self.found.clear();
        self.found.resize(self.missing.len(), false);
    }

    fn place(holder: HolderId) -> (usize, u64) {
        let top = (holder.bits() >> 48) as usize;
        (top >> 6, 1 << (top & 63))
    }

    #[inline]
    pub(super) fn find(&self, word: u64) -> Option<HolderId> {
        let holder = HolderId::of_word(word);
        let (index, bit) = Self::place(holder);
        let is_likely = self.likely[index] & bit != 0;
        (is_likely && self.missing.binary_search(&holder).is_ok()).then_some(holder)
    }
}
