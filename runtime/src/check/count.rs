//! PF023, count-out-of-range: C says that it has filled more than there is.

use super::Rule;
use crate::desc::PointerDesc;

/// The rule broken by so many bytes filled in memory of so many.
pub(crate) fn violated(desc: &PointerDesc, filled: i128, bytes: usize) -> Option<Rule> {
    let is_more = !desc.may_exceed && filled > bytes as i128;
    is_more.then(|| Rule::Overfilled { filled: usize::try_from(filled).unwrap_or(usize::MAX) })
}
