//! The quick way against the walk: what it lets pass the walk finds nothing in, pins alike, and remembers alike.

use super::super::{Rule, Walk, budget::Cuts, const_modified::Before};
use super::*;
use crate::TrackedAlloc;
use crate::alloc::map::FREED;
use crate::desc::{Op, ParamDesc, PointerMap, Slot};
use crate::word::AsWord;
use core::alloc::{GlobalAlloc, Layout};
use core::cell::RefCell;
use core::panic::Location;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::{TestCaseError, TestRunner};
use std::collections::BTreeMap;

mod vectors;

static ALLOC: TrackedAlloc = TrackedAlloc::system();
static FIXED: [u64; 16] = [7; 16];
static FIELDS: PointerMap = PointerMap::fields(&[Slot::new("base", 0, PointerDesc::void())]);
const MAPS: [Option<fn() -> &'static PointerMap>; 4] =
    [None, Some(|| PointerMap::FLAT), Some(|| PointerMap::UNKNOWN), Some(|| &FIELDS)];
static FIRST: Expr = Expr::Param(0);
static SECOND: Expr = Expr::Param(1);

/// A tracked block, live or marked as freed; its memory is there either way until the case ends.
#[derive(Debug)]
struct Tracked {
    start: usize,
    layout: Layout,
    flags: u8,
}

impl Tracked {
    fn new(bytes: usize, zero: Option<usize>, is_freed: bool) -> Self {
        let layout = Layout::from_size_align(bytes, 16).expect("a small alignment");
        // SAFETY: not of size zero.
        let block = unsafe { ALLOC.alloc(layout) };
        assert!(!block.is_null());
        // SAFETY: a fresh block of that size.
        unsafe { block.write_bytes(0xa5, bytes) };
        // SAFETY: as above, and each byte of it is written.
        let content = unsafe { core::slice::from_raw_parts_mut(block, bytes) };
        if let Some(zero) = zero.and_then(|zero| content.get_mut(zero..bytes.min(zero + 8).max(zero))) {
            zero.fill(0);
        }
        let start = block.expose_provenance();
        let flags = if is_freed { FREED } else { 0 };
        MAP.set_flags(start, flags);
        Self { start, layout, flags }
    }

    fn flags(&self) -> u8 {
        MAP.flags(self.start).expect("tracked")
    }

    /// As no call has seen it.
    fn forget(&self) {
        MAP.clear_flags(self.start, SEEN | FREED);
        MAP.set_flags(self.start, self.flags);
    }
}

impl Drop for Tracked {
    fn drop(&mut self) {
        MAP.clear_flags(self.start, SEEN | FREED);
        // SAFETY: allocated above with this layout, and freed here alone.
        unsafe { ALLOC.dealloc(core::ptr::with_exposed_provenance_mut(self.start), self.layout) };
    }
}

/// Where an argument points, in terms of what the case has.
#[derive(Clone, Debug)]
enum Target {
    /// Into a block, so far from its start.
    Block(Index, usize),
    /// To its end, or so far before it.
    End(Index, usize),
    /// Into a local of a live frame.
    Stack(usize),
    /// Just before the end of the stack.
    StackEnd(usize),
    /// Below the frame that calls.
    Dead(usize),
    Static(usize),
    Nowhere(usize),
}

impl Target {
    fn address(&self, blocks: &[Tracked], local: usize, stack_end: usize, frame: usize) -> usize {
        match self {
            Self::Block(block, offset) => block.get(blocks).start + offset,
            Self::End(block, before) => {
                let block = block.get(blocks);
                block.start + block.layout.size() - before.min(&block.layout.size())
            }
            Self::Stack(offset) => local + offset,
            Self::StackEnd(before) => stack_end - before,
            Self::Dead(below) => frame - below,
            Self::Static(offset) => FIXED.as_ptr().expose_provenance() + offset,
            Self::Nowhere(addr) => *addr,
        }
    }
}

#[derive(Clone, Debug)]
enum Argument {
    Number(i64, bool),
    Pointer(PointerDesc, Target),
}

#[derive(Clone, Debug)]
struct Case {
    blocks: Vec<(usize, Option<usize>, bool)>,
    arguments: Vec<Argument>,
    may_alias: bool,
}

fn target() -> impl Strategy<Value = Target> {
    let offset = || prop_oneof![6 => Just(0_usize), 3 => (0..8_usize).prop_map(|words| words * 8), 2 => 0..600_usize];
    prop_oneof![
        8 => (any::<Index>(), offset()).prop_map(|(block, offset)| Target::Block(block, offset)),
        2 => (any::<Index>(), 0..20_usize).prop_map(|(block, before)| Target::End(block, before)),
        3 => offset().prop_map(Target::Stack),
        1 => (1..64_usize).prop_map(Target::StackEnd),
        1 => (8..64_usize).prop_map(|words| Target::Dead(words * 8)),
        1 => offset().prop_map(|offset| Target::Static(offset % 64)),
        2 => select(vec![0_usize, 0, 8, 16, 4096, usize::MAX, usize::MAX - 7, isize::MAX as usize])
            .prop_map(Target::Nowhere),
    ]
}

fn extent() -> impl Strategy<Value = ExtentDesc> {
    let expr = prop_oneof![
        4 => (0..4_u8).prop_map(Expr::Param),
        2 => select(vec![0_u64, 1, 2, 8, 64, 65, 600, 1 << 40, u64::MAX]).prop_map(Expr::Const),
        1 => (0..4_u8).prop_map(Expr::Deref),
        1 => Just(Expr::Binary(Op::Add, &FIRST, &SECOND)),
    ];
    let counted = (any::<bool>(), expr)
        .prop_map(|(is_bytes, expr)| if is_bytes { ExtentDesc::Bytes(expr) } else { ExtentDesc::Count(expr) });
    prop_oneof![
        3 => Just(ExtentDesc::One),
        1 => Just(ExtentDesc::Unknown),
        2 => Just(ExtentDesc::NullTerminated),
        6 => counted,
    ]
}

fn pointer() -> impl Strategy<Value = PointerDesc> {
    let shape = (select(vec![1_usize, 1, 1, 2, 4, 8, 8, 12, 0]), select(vec![1_usize, 1, 1, 1, 2, 8]));
    let map = prop_oneof![6 => select(vec![0_usize, 1]), 1 => Just(2_usize), 1 => Just(3_usize)];
    let direction = prop_oneof![
        5 => Just(Direction::In),
        2 => Just(Direction::Out),
        1 => Just(Direction::InOut),
        2 => Just(Direction::Unknown)
    ];
    let nullability = select(vec![Nullability::Nonnull, Nullability::Nullable, Nullability::Unspecified]);
    let rare = (0..20_u8, 0..10_u8);
    (shape, map, direction, nullability, extent(), rare).prop_map(
        |((size, align), map, direction, nullability, extent, (flow, transferred))| PointerDesc {
            direction,
            nullability,
            extent,
            flow: (flow == 0).then_some(direction),
            is_transferred: transferred == 0,
            ..PointerDesc::sized(size, align, MAPS[map])
        },
    )
}

fn case() -> impl Strategy<Value = Case> {
    let bytes = prop_oneof![4 => 1..80_usize, 2 => 80..=512_usize, 1 => 513..9000_usize];
    let zero = prop_oneof![Just(None), (0..80_usize).prop_map(Some), (0..9000_usize).prop_map(Some)];
    let block = (bytes, zero, (0..8_u8).prop_map(|number| number == 0));
    let number = prop_oneof![
        8 => 0..70_i64,
        2 => select(vec![-1, 511, 512, 600, i64::MIN, i64::MAX, i64::from(u32::MAX), 1 << 61])
    ];
    let argument = prop_oneof![
        2 => (number, any::<bool>()).prop_map(|(number, signed)| Argument::Number(number, signed)),
        3 => (pointer(), target()).prop_map(|(pointer, target)| Argument::Pointer(pointer, target)),
    ];
    (prop::collection::vec(block, 1..4), prop::collection::vec(argument, 1..8), any::<bool>(), any::<bool>()).prop_map(
        |(blocks, mut arguments, may_alias, is_read_only)| {
            // Chance alone hardly ever makes a function that writes nothing, of which something is remembered.
            for argument in &mut arguments {
                if let (Argument::Pointer(pointer, _), true) = (argument, is_read_only) {
                    pointer.direction = Direction::In;
                    pointer.flow = None;
                }
            }
            Case { blocks, arguments, may_alias }
        },
    )
}

/// What a check leaves behind: what is logged of the call, and what each block shows.
fn left(pins: &CallPins, blocks: &[Tracked]) -> (Vec<(usize, Path)>, Vec<u8>) {
    let mut logged = pins.logged();
    // The walk goes by structures, the quick way by their members.
    logged.sort_by_key(|(start, path)| (*start, path.to_bits()));
    (logged, blocks.iter().map(Tracked::flags).collect())
}

/// How often the quick way let a call pass, and which rules spoke where it did not.
#[derive(Default)]
struct Seen {
    simple: u32,
    passed: u32,
    remembered: u32,
    broken: BTreeMap<&'static str, u32>,
}

fn name(rule: Rule) -> &'static str {
    match rule {
        Rule::Freed => "freed",
        Rule::DeadStack => "dead stack",
        Rule::PastEnd => "past end",
        Rule::Overflow => "overflow",
        Rule::Unterminated { .. } => "unterminated",
        Rule::Null => "null",
        Rule::Misaligned { .. } => "misaligned",
        Rule::Aliased { .. } => "aliased",
        Rule::UnpinnedNested => "nested",
        _ => "another",
    }
}

type Way = fn(&FnDesc, &[Word], &CallPins, usize) -> Result<Option<Input>, Unusual>;

fn compare(case: &Case, seen: &RefCell<Seen>) -> Result<(), TestCaseError> {
    let blocks: Vec<Tracked> =
        case.blocks.iter().map(|(bytes, zero, is_freed)| Tracked::new(*bytes, *zero, *is_freed)).collect();
    let local = core::hint::black_box([0x5a_u64; 128]);
    let local_at = local.as_ptr().expose_provenance();
    // Below all that this function has, as a callee's frame is.
    let frame = local_at - 64 * 1024;
    let Place::Stack { end } = memory::locate(local_at, frame) else { panic!("a local is on the stack") };
    let address = |target: &Target| target.address(&blocks, local_at, end, frame);
    let (params, words): (Vec<ParamDesc>, Vec<Word>) = case
        .arguments
        .iter()
        .map(|argument| match argument {
            Argument::Number(number, true) => (ParamDesc::scalar("n"), number.as_word()),
            Argument::Number(number, false) => (ParamDesc::scalar("n"), number.cast_unsigned().as_word()),
            Argument::Pointer(pointer, target) => (ParamDesc::pointer("p", *pointer), Word::from_addr(address(target))),
        })
        .unzip();
    let desc = FnDesc::new("f", Vec::leak(params));
    let desc: &'static FnDesc = Box::leak(Box::new(if case.may_alias { desc.may_alias() } else { desc }));
    compare_ways(desc, &words, &blocks, frame, &mut seen.borrow_mut())
}

/// One call each way.
fn compare_ways(
    desc: &'static FnDesc,
    words: &[Word],
    blocks: &[Tracked],
    frame: usize,
    seen: &mut Seen,
) -> Result<(), TestCaseError> {
    let open = || CallPins::open(desc, Location::caller()).expect("room for a call");

    // As a call does it, and as it would if all functions took a closer look.
    let ways: [Way; 2] = [pass, pass_any];
    let quick = ways.map(|way| {
        let pins = open();
        let before = way(desc, words, &pins, frame).map(|input| input.map(Before::of_input));
        let left = left(&pins, blocks);
        drop(pins);
        blocks.iter().for_each(Tracked::forget);
        (before, left)
    });
    let pins = open();
    let walked = Walk::run(desc, words, Some(&pins), frame, Location::caller());
    let left_by_walk = left(&pins, blocks);
    drop(pins);

    seen.simple += u32::from(desc.plan.of(desc).is_some());
    // Where they differ it is the way of flat functions that has the walk look.
    prop_assert!(quick[0].0.is_err() || quick[1].0.is_ok());
    for (before, left_by_quick) in quick {
        let Ok(before) = before else {
            walked.findings.iter().for_each(|finding| *seen.broken.entry(name(finding.rule)).or_default() += 1);
            // What was logged in vain the walk logs again.
            prop_assert!(left_by_quick.0.iter().all(|pin| left_by_walk.0.contains(pin)));
            continue;
        };
        seen.passed += 1;
        seen.remembered += u32::from(before.is_some());
        prop_assert!(walked.findings.is_empty(), "the walk finds {:?}", walked.findings);
        prop_assert_eq!(walked.cuts, Cuts::default());
        prop_assert!(walked.watched.is_empty());
        prop_assert_eq!(&left_by_quick, &left_by_walk);
        // As text, which has all of it: where the argument lies, and what it held.
        prop_assert_eq!(format!("{before:?}"), format!("{:?}", walked.before));
    }
    Ok(())
}

#[test]
fn what_passes_quickly_the_walk_finds_nothing_in() {
    // Words may point behind a local, where AddressSanitizer has put fences of its own.
    if crate::mode::is_in_address_sanitizer() {
        return println!("skipped: AddressSanitizer watches the stack");
    }
    let seen = RefCell::new(Seen::default());
    let cases = 4096;
    let config = ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() };
    TestRunner::new(config).run(&case(), |case| compare(&case, &seen)).unwrap_or_else(|error| panic!("{error}"));
    let seen = seen.into_inner();
    // A comparison of nothing would not fail.
    assert!(seen.passed > cases / 5 && seen.remembered > cases / 25, "{} of {}", seen.remembered, seen.passed);
    assert!(seen.simple > cases / 10 && seen.simple < cases * 9 / 10, "{} of {cases}", seen.simple);
    for rule in ["freed", "dead stack", "past end", "overflow", "unterminated", "null", "misaligned", "aliased"] {
        assert!(seen.broken.get(rule).is_some_and(|count| *count > 4), "{rule}: {:?}", seen.broken);
    }
}
