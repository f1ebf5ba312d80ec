//! Pointers that C gave, until they are seen to be released: who got them, and after whose call they were gone.

use super::evidence::{Evidence, Given, Outcome};
use crate::alloc::c_blocks;
use crate::check::budget;
use crate::desc::FnDesc;
use crate::word::Word;
use std::collections::BTreeMap;

/// A pointer that is still there, as far as it is known.
#[derive(Debug)]
struct Live {
    function: &'static str,
    /// Whether C's allocator passes by and knows it.
    is_block: bool,
    /// Who got it last, as which parameter.
    last: Option<(&'static str, &'static str)>,
}

/// The pointers by their addresses.
#[derive(Debug, Default)]
pub(super) struct Results {
    live: BTreeMap<usize, Live>,
}

type Functions = BTreeMap<&'static str, Evidence>;

impl Results {
    /// A call has got these arguments, and is back.
    pub(super) fn passed(&mut self, desc: &'static FnDesc, words: &[Word], functions: &mut Functions) {
        for (param, word) in desc.params.iter().zip(words) {
            let addr = word.addr();
            let Some(live) = self.live.get_mut(&addr) else { continue };
            live.last = Some((desc.name, param.name));
            if live.is_block && c_blocks::starting_at(addr).is_none() {
                if let Some(evidence) = functions.get_mut(live.function) {
                    Given::count(&mut evidence.given.freed, desc.name, param.name);
                }
                self.live.remove(&addr);
            }
        }
    }

    /// A call has given this pointer.
    pub(super) fn came(&mut self, desc: &'static FnDesc, addr: usize, outcomes: &[Outcome], functions: &mut Functions) {
        // Where nothing is ever mapped, the result is a number.
        if !(0x1_0000..1 << 47).contains(&addr) {
            return;
        }
        let before = self.live.remove(&addr);
        if let Some(before) = &before
            && let Some(evidence) = functions.get_mut(before.function)
        {
            evidence.given.again += 1;
            if let Some((function, parameter)) = before.last {
                Given::count(&mut evidence.given.last, function, parameter);
            }
        }
        if outcomes.iter().any(|outcome| outcome.memory.holds(addr)) {
            return;
        }
        let is_block = c_blocks::starting_at(addr).is_some();
        if let Some(evidence) = functions.get_mut(desc.name) {
            evidence.given.place(addr, is_block && before.is_none());
        }
        if self.live.len() < budget::RESULTS_LEARNT {
            self.live.insert(addr, Live { function: desc.name, is_block, last: None });
        }
    }
}
