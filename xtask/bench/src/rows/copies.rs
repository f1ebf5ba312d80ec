//! A pin beside a copy to C's memory and back, by the size of the buffer: from which size on a pin costs less.

use super::{Row, time};
use crate::figure::{Bin::Copies, Side};

pub(super) fn rows() -> Vec<Row> {
    let row = |bytes: u32| {
        let figure = |what: &str| time(Copies, Side::Cheap, format!("{what}_{bytes}"));
        let what = format!("{bytes} bytes pinned beside copied to C and back");
        Row::new(format!("pin_or_copy_{bytes}"), what, figure("pin"), figure("copy"))
    };
    [64, 512, 1024, 2048, 4096, 16384, 65536].into_iter().map(row).collect()
}
