//! The heap: blocks by handles, in memory that they are moved about in.

use crate::pinned::PinnedBlock;
use crate::plan::{self, Placed};
use std::cell::{Cell, RefCell};
use std::fmt;
use std::rc::Rc;

/// What memory is given out in: a block begins at a multiple of 16, as malloc's do.
#[derive(Clone, Copy, Debug, Default)]
#[repr(align(16))]
struct Unit([u8; Unit::BYTES]);

impl Unit {
    const BYTES: usize = 16;
}

/// A block of a [`Heap`], wherever it is now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Handle {
    index: u32,
    generation: u32,
}

/// Why the heap does not do something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// The handle's block was freed.
    Stale,
    /// The block is pinned: C may be using it.
    Pinned,
    /// The data is longer than the block.
    TooLong,
    /// There is no room in one piece, also after compacting.
    Full {
        /// Bytes in use by nobody.
        free: usize,
        /// The most of them in one piece.
        largest: usize,
    },
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Stale => f.write_str("the block was freed"),
            Error::Pinned => f.write_str("the block is pinned, and C may be using it"),
            Error::TooLong => f.write_str("the data is longer than the block"),
            Error::Full { free, largest } => write!(f, "no room: {free} bytes are free, but {largest} in one piece"),
        }
    }
}

impl std::error::Error for Error {}

/// What a compaction did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Compaction {
    /// How many blocks have another address now.
    pub moved_blocks: usize,
    /// How many bytes were copied for that.
    pub moved_bytes: usize,
    /// Bytes in use by nobody.
    pub free: usize,
    /// The most of them in one piece: the largest block that can be had.
    pub largest: usize,
    /// The pinned blocks that have a hole in front of them, by address.
    pub stuck: Vec<Stuck>,
}

/// A pinned block, and what it cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Stuck {
    /// The block; stale, if it was freed while pinned.
    pub handle: Handle,
    /// The free bytes in front of it, which it keeps apart from those behind the last block.
    pub bytes: usize,
}

/// A heap of a fixed size that can move its blocks together. It stays on its thread.
#[derive(Clone)]
pub struct Heap(pub(crate) Rc<Inner>);

/// Memory and blocks; pins keep it alive.
pub(crate) struct Inner {
    units: Box<[Cell<Unit>]>,
    table: RefCell<Table>,
}

#[derive(Default)]
struct Table {
    slots: Vec<Slot>,
    // Of blocks that are there, in order of their starts.
    order: Vec<u32>,
    unused: Vec<u32>,
}

#[derive(Clone, Copy)]
struct Slot {
    generation: u32,
    start: usize,
    bytes: usize,
    pins: u32,
    is_freed: bool,
}

impl Slot {
    fn units(&self) -> usize {
        self.bytes.div_ceil(Unit::BYTES).max(1)
    }
}

impl Heap {
    /// A heap with room for `bytes` bytes, rounded up to 16.
    pub fn new(bytes: usize) -> Self {
        let units = vec![Cell::new(Unit::default()); bytes.div_ceil(Unit::BYTES)].into_boxed_slice();
        Self(Rc::new(Inner { units, table: RefCell::default() }))
    }

    /// A new block of zeros. Compacts where that makes room.
    ///
    /// # Errors
    ///
    /// [`Error::Full`], with what is free.
    pub fn alloc(&self, bytes: usize) -> Result<Handle, Error> {
        let wanted = bytes.div_ceil(Unit::BYTES).max(1);
        let start = match self.0.gap(wanted) {
            Some(start) => start,
            None => {
                let Compaction { free, largest, .. } = self.compact();
                self.0.gap(wanted).ok_or(Error::Full { free, largest })?
            }
        };
        self.0.units[start..start + wanted].iter().for_each(|unit| unit.set(Unit::default()));
        Ok(self.0.table.borrow_mut().insert(start, bytes))
    }

    /// Frees a block; every copy of its handle is stale. A pinned block keeps its place until its last pin goes.
    ///
    /// # Errors
    ///
    /// [`Error::Stale`]: freed before.
    pub fn free(&self, handle: Handle) -> Result<(), Error> {
        let mut table = self.0.table.borrow_mut();
        let slot = table.get_mut(handle)?;
        slot.generation += 1;
        slot.is_freed = true;
        if slot.pins == 0 {
            table.remove(handle.index);
        }
        Ok(())
    }

    /// A copy of what is in a block.
    ///
    /// # Errors
    ///
    /// [`Error::Stale`]; [`Error::Pinned`], because C may be writing.
    pub fn read(&self, handle: Handle) -> Result<Vec<u8>, Error> {
        let slot = self.unpinned(handle)?;
        let mut bytes: Vec<u8> = self.0.units_of(&slot).iter().flat_map(|unit| unit.get().0).collect();
        bytes.truncate(slot.bytes);
        Ok(bytes)
    }

    /// Writes `bytes` to the beginning of a block.
    ///
    /// # Errors
    ///
    /// [`Error::Stale`]; [`Error::Pinned`], because C may be reading; [`Error::TooLong`].
    pub fn write(&self, handle: Handle, bytes: &[u8]) -> Result<(), Error> {
        let slot = self.unpinned(handle)?;
        if bytes.len() > slot.bytes {
            return Err(Error::TooLong);
        }
        for (unit, bytes) in self.0.units_of(&slot).iter().zip(bytes.chunks(Unit::BYTES)) {
            let mut whole = unit.get();
            whole.0[..bytes.len()].copy_from_slice(bytes);
            unit.set(whole);
        }
        Ok(())
    }

    /// Keeps a block where it is, for as long as the result lives. Pins add up.
    ///
    /// # Errors
    ///
    /// [`Error::Stale`].
    pub fn pin(&self, handle: Handle) -> Result<PinnedBlock, Error> {
        let slot = {
            let mut table = self.0.table.borrow_mut();
            let slot = table.get_mut(handle)?;
            slot.pins += 1;
            *slot
        };
        let start = self.0.units_of(&slot).as_ptr().cast_mut().cast::<u8>();
        Ok(PinnedBlock::new(Rc::clone(&self.0), handle.index, start, slot.bytes))
    }

    /// Moves blocks to the front, around those that are pinned.
    pub fn compact(&self) -> Compaction {
        let mut table = self.0.table.borrow_mut();
        let order = table.order.clone();
        let blocks: Vec<Placed> = order.iter().map(|index| table.placed(*index)).collect();
        let plan = plan::plan(&blocks);
        let mut done = Compaction::default();
        for ((index, block), to) in order.iter().zip(&blocks).zip(&plan.starts) {
            if *to == block.start {
                continue;
            }
            // Upwards: the new place may overlap the old one, and lies before it.
            for unit in 0..block.length {
                self.0.units[to + unit].set(self.0.units[block.start + unit].get());
            }
            table.slots[*index as usize].start = *to;
            done.moved_blocks += 1;
            done.moved_bytes += block.length * Unit::BYTES;
        }
        let Table { slots, order: sorted, .. } = &mut *table;
        sorted.sort_by_key(|index| slots[*index as usize].start);
        let stuck = |(block, units): &(usize, usize)| {
            let index = order[*block];
            let handle = Handle { index, generation: table.slots[index as usize].generation };
            Stuck { handle, bytes: units * Unit::BYTES }
        };
        done.stuck = plan.holes.iter().map(stuck).collect();
        drop(table);
        let gaps: Vec<usize> = self.0.gaps().map(|(_, units)| units * Unit::BYTES).collect();
        Compaction { free: gaps.iter().sum(), largest: gaps.iter().copied().max().unwrap_or(0), ..done }
    }

    fn unpinned(&self, handle: Handle) -> Result<Slot, Error> {
        let slot = *self.0.table.borrow_mut().get_mut(handle)?;
        if slot.pins > 0 { Err(Error::Pinned) } else { Ok(slot) }
    }
}

impl fmt::Debug for Heap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let blocks = self.0.table.borrow().order.len();
        f.debug_struct("Heap").field("bytes", &(self.0.units.len() * Unit::BYTES)).field("blocks", &blocks).finish()
    }
}

impl Inner {
    fn units_of(&self, slot: &Slot) -> &[Cell<Unit>] {
        &self.units[slot.start..slot.start + slot.units()]
    }

    /// What lies between the blocks, and behind the last one: starts and lengths, in units.
    fn gaps(&self) -> impl Iterator<Item = (usize, usize)> {
        let table = self.table.borrow();
        let mut gaps = Vec::new();
        let mut end = 0;
        for index in &table.order {
            let Placed { start, length, .. } = table.placed(*index);
            gaps.push((end, start - end));
            end = start + length;
        }
        gaps.push((end, self.units.len() - end));
        gaps.into_iter().filter(|(_, length)| *length > 0)
    }

    fn gap(&self, wanted: usize) -> Option<usize> {
        self.gaps().find(|(_, length)| *length >= wanted).map(|(start, _)| start)
    }

    /// Ends one pin of the block in this slot.
    pub(crate) fn unpin(&self, index: u32) {
        let mut table = self.table.borrow_mut();
        let slot = &mut table.slots[index as usize];
        slot.pins -= 1;
        if slot.pins == 0 && slot.is_freed {
            table.remove(index);
        }
    }
}

impl Table {
    fn get_mut(&mut self, handle: Handle) -> Result<&mut Slot, Error> {
        let slot = self.slots.get_mut(handle.index as usize).ok_or(Error::Stale)?;
        if slot.generation == handle.generation { Ok(slot) } else { Err(Error::Stale) }
    }

    fn placed(&self, index: u32) -> Placed {
        let slot = &self.slots[index as usize];
        Placed { start: slot.start, length: slot.units(), is_pinned: slot.pins > 0 }
    }

    fn insert(&mut self, start: usize, bytes: usize) -> Handle {
        let fresh = Slot { generation: 0, start, bytes, pins: 0, is_freed: false };
        let index = self.unused.pop().unwrap_or_else(|| {
            self.slots.push(fresh);
            u32::try_from(self.slots.len() - 1).expect("a block has 16 bytes, and memory is not that large")
        });
        let slot = &mut self.slots[index as usize];
        *slot = Slot { generation: slot.generation, ..fresh };
        let handle = Handle { index, generation: slot.generation };
        let at = self.order.partition_point(|other| self.slots[*other as usize].start < start);
        self.order.insert(at, index);
        handle
    }

    /// Forgets a block that is freed and not pinned. A slot whose generations are used up is not used again.
    fn remove(&mut self, index: u32) {
        self.order.retain(|other| *other != index);
        if self.slots[index as usize].generation < u32::MAX {
            self.unused.push(index);
        }
    }
}

#[cfg(test)]
mod tests;
