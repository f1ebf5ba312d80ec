//! Pins made by hand in words: of freed memory (PF002), those that nobody can end (PF012), and too many of them (PF013).

use super::compiled::{notes, of_block, stack};
use super::render::count;
use super::{Code, PinAt, Violation};
use crate::addr::Addr;
use crate::alloc::map::MAP;
use crate::pin::limit::{self, PinLimit};
use crate::pin::lost::{LeakedHolder, LeakedPin};
use crate::pin::profile::{self, SiteUse};
use crate::pin::search::SearchError;
use core::panic::Location;
use std::collections::BTreeMap;

/// Sites that PF013 names.
const SITES: usize = 5;

/// The holders that are out of reach: one violation for all that pinned at the same places.
#[cold]
pub(crate) fn of_lost(holders: &[LeakedHolder]) -> Vec<Violation> {
    let mut alike: BTreeMap<Vec<&'static Location<'static>>, Vec<&LeakedHolder>> = BTreeMap::new();
    for holder in holders {
        let mut places: Vec<_> = holder.pins.iter().map(|pin| pin.site).collect();
        places.sort_unstable();
        alike.entry(places).or_default().push(holder);
    }
    alike.into_values().map(|holders| of_alike(&holders)).collect()
}

fn of_alike(holders: &[&LeakedHolder]) -> Violation {
    let pins: Vec<PinAt> = holders.iter().flat_map(|holder| &holder.pins).map(of_pin).collect();
    let each = match (holders.len(), pins.len()) {
        (1, 1) => "a pin is held by nobody: its holder was forgotten or overwritten".to_owned(),
        (1, pins) => format!("{pins} pins are held by nobody: their holder was forgotten or overwritten"),
        (holders, pins) => {
            format!("{pins} pins are held by nobody: {holders} holders were forgotten or overwritten")
        }
    };
    let help = "keep the `Pinner` or `Pinned` until C is done and drop it then; if the memory is meant to stay pinned, \
                say so with `Pinned::forever` or `Pinner::forever`";
    let notes = notes(pins.first().map(|pin| &pin.block));
    Violation { pins, notes, ..Violation::new(Code::Pf012, each, help.into()) }
}

fn of_pin(pin: &LeakedPin) -> PinAt {
    let Addr(start) = pin.extent.start;
    let is_freed = MAP.find(start).is_some_and(|block| block.is_freed());
    PinAt { site: pin.site, block: of_block(start, is_freed, pin.extent), stack: stack(pin.stack) }
}

/// Why nothing is said of holders, although pins stand at the end.
#[cold]
pub(crate) fn unsearched(error: SearchError) -> String {
    format!("pinned-ffi: whether pins are leaked (PF012) was not found out: {error}")
}

/// A pin of memory that is freed already.
#[cold]
pub(crate) fn of_freed_pin(address: Addr, site: &'static Location<'static>) -> Violation {
    let block = MAP.find(address.0).map(|block| of_block(block.start(), block.is_freed(), MAP.extent(&block)));
    let help = "pin the owner of the memory, or what it lends, while it is there";
    Violation {
        path: Some("the pinned memory".into()),
        address: Some(address),
        notes: notes(block.as_ref()),
        block,
        pinned_at: Some(site),
        ..Violation::new(Code::Pf002, "a pin was made of memory that is freed".into(), help.into())
    }
}

/// More pins than the limit, with the places that hold the most.
#[cold]
pub(crate) fn of_limit() -> Violation {
    let (total, calls) = limit::counts();
    let PinLimit { base, per_call } = limit::pin_limit();
    let mut sites = profile::by_site(false);
    sites.sort_by_key(|site| core::cmp::Reverse(site.pins));
    let message = format!(
        "{total} pins stand at once, more than the limit of {base} and {per_call} for each of {calls} calls under way"
    );
    let help = "unpin what C has done with; if the program needs that many, raise the limit with \
                `pinned_ffi::set_pin_limit` or PINNED_FFI_PIN_LIMIT=base+per_call";
    let said = |site: &SiteUse| format!("{}, {}, at {}", count(site.pins, "pin"), count(site.bytes, "byte"), site.site);
    let mut notes: Vec<String> = sites.iter().take(SITES).map(said).collect();
    if let Some(more) = sites.get(SITES..).filter(|more| !more.is_empty()) {
        let pins: usize = more.iter().map(|site| site.pins).sum();
        notes.push(format!(
            "{} at {}; `pinned_ffi::pins()` lists all",
            count(pins, "pin"),
            count(more.len(), "more place")
        ));
    }
    let most = sites.first().map(|site| site.site);
    Violation { notes, pinned_at: most, ..Violation::new(Code::Pf013, message, help.into()) }
}
