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
    /// Behind which parameter it was stored; nothing for a result.
    param: Option<usize>,
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
                let (function, place) = (live.function, live.param);
                if let Some(given) = functions.get_mut(function).and_then(|evidence| evidence.given_as(place)) {
                    Given::count(&mut given.freed, desc.name, param.name);
                }
                self.live.remove(&addr);
            }
        }
    }

    /// A call has given this pointer: as its result, or behind a parameter.
    pub(super) fn came(
        &mut self,
        desc: &'static FnDesc,
        param: Option<usize>,
        addr: usize,
        outcomes: &[Outcome],
        functions: &mut Functions,
    ) {
        // Where nothing is ever mapped, the result is a number.
        if !(0x1_0000..1 << 47).contains(&addr) {
            return;
        }
        let before = self.live.remove(&addr);
        if let Some(before) = &before
            && let Some(given) = functions.get_mut(before.function).and_then(|evidence| evidence.given_as(before.param))
        {
            given.again += 1;
            if let Some((function, parameter)) = before.last {
                Given::count(&mut given.last, function, parameter);
            }
        }
        if outcomes.iter().any(|outcome| outcome.memory.holds(addr)) {
            return;
        }
        let is_block = c_blocks::starting_at(addr).is_some();
        if let Some(given) = functions.get_mut(desc.name).and_then(|evidence| evidence.given_as(param)) {
            given.place(addr, is_block && before.is_none());
        }
        if self.live.len() < budget::RESULTS_LEARNT {
            self.live.insert(addr, Live { function: desc.name, param, is_block, last: None });
        }
    }
}
