//! PF021, const-modified: C wrote memory that its contract says it only reads.

use super::Rule;
use crate::desc::Direction;
use crate::watch::Watched;

/// The rule broken by memory that C only reads and that is not what it was. `is_copy`: nobody but C could write it.
pub(crate) fn of(what: &Watched, before: &[u8], after: &[u8], is_copy: bool) -> Option<Rule> {
    if what.direction != Direction::In || before.len() != after.len() || before == after {
        return None;
    }
    // A structure that C follows may be told things through other pointers of the call.
    if !is_copy && !what.is_flat {
        return None;
    }
    let offset = before.iter().zip(after).position(|(before, after)| before != after)?;
    Some(Rule::ConstModified { offset })
}
