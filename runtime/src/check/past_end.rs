//! PF022, written-past-end: C wrote behind the memory that it was lent, or in front of it.

use super::Rule;
use crate::watch::copy::Copy;

/// The rule broken where the bytes around a copy are not what they were.
pub(crate) fn of_copy(copy: &Copy) -> Option<Rule> {
    copy.changed_behind()
        .map(|after| Rule::WrittenPastEnd { after })
        .or_else(|| copy.changed_before().map(|before| Rule::WrittenBeforeStart { before }))
}
