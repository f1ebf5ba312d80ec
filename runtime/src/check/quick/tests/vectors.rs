//! The same for vectors of buffers, and for structures of vectors.

use super::*;

/// As `struct iovec`, with each kind of buffer and of count.
static READ: PointerMap = PointerMap::fields(&[Slot::new("base", 0, buffer(count_at(8, 8, false)))]);
static WRITTEN: PointerMap = PointerMap::fields(&[Slot::new("base", 0, buffer(count_at(8, 8, false)).out())]);
static NARROW: PointerMap = PointerMap::fields(&[Slot::new("base", 0, buffer(count_at(8, 4, true)))]);
/// Two pointers: numbers, and one structure that may be absent.
static PAIRS: PointerMap = PointerMap::fields(&[
    Slot::new("numbers", 0, PointerDesc::sized(4, 4, None).input().nonnull().counted_by(count_at(16, 8, false))),
    Slot::new("one", 8, PointerDesc::sized(8, 8, None).inout().nullable().one()),
]);
/// As `struct msghdr`: a name, and a vector.
static MESSAGE: PointerMap = PointerMap::fields(&[
    Slot::new("name", 0, buffer(count_at(24, 4, false)).nullable()),
    Slot::new(
        "vector",
        8,
        PointerDesc::sized(16, 8, Some(|| &WRITTEN))
            .input()
            .nonnull()
            .flow_through(Direction::Out)
            .counted_by(count_at(16, 8, false)),
    ),
]);

const fn count_at(offset: usize, width: u8, signed: bool) -> Expr {
    Expr::Field { offset, width, signed }
}

const fn buffer(bytes: Expr) -> PointerDesc {
    PointerDesc::sized(1, 1, None).input().nonnull().sized_by(bytes)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Read,
    Written,
    Narrow,
    Pairs,
    Message,
}

#[derive(Clone, Debug)]
struct Element {
    first: Target,
    second: Target,
    count: usize,
}

#[derive(Clone, Debug)]
struct Vectors {
    blocks: Vec<(usize, Option<usize>, bool)>,
    shape: Shape,
    elements: Vec<Element>,
    /// How many there are said to be.
    claimed: usize,
    is_on_stack: bool,
    may_alias: bool,
    /// Another argument, which may lie in one of the buffers.
    other: Target,
}

fn vectors() -> impl Strategy<Value = Vectors> {
    let bytes = prop_oneof![2 => 1..80_usize, 2 => 80..=512_usize, 1 => 513..9000_usize];
    // Freed ones are rare: most calls are to pass.
    let block = (bytes, Just(None), (0..40_u8).prop_map(|number| number == 0));
    let near = || {
        prop_oneof![
            8 => (any::<Index>(), select(vec![0_usize, 0, 0, 0, 8, 16, 64]))
                .prop_map(|(block, at)| Target::Block(block, at)),
            1 => target(),
        ]
    };
    let count = prop_oneof![6 => 0..24_usize, 1 => 24..600_usize, 1 => select(vec![usize::MAX, 1 << 31, 1 << 40])];
    let element = (near(), near(), count).prop_map(|(first, second, count)| Element { first, second, count });
    let shape = select(vec![Shape::Read, Shape::Written, Shape::Narrow, Shape::Pairs, Shape::Message]);
    (
        prop::collection::vec(block, 1..7),
        shape,
        prop::collection::vec(element, 1..6),
        prop_oneof![6 => Just(None), 1 => (0..8_usize).prop_map(Some)],
        any::<bool>(),
        prop_oneof![3 => Just(false), 1 => Just(true)],
        near(),
    )
        .prop_map(|(blocks, shape, elements, claimed, is_on_stack, may_alias, other)| {
            let claimed = claimed.unwrap_or(elements.len());
            Vectors { blocks, shape, elements, claimed, is_on_stack, may_alias, other }
        })
}

fn compare_vectors(case: &Vectors, seen: &RefCell<Seen>) -> Result<(), TestCaseError> {
    let blocks: Vec<Tracked> =
        case.blocks.iter().map(|(bytes, zero, is_freed)| Tracked::new(*bytes, *zero, *is_freed)).collect();
    let mut room = [0_usize; 96];
    let local = core::hint::black_box(&mut room);
    let local_at = local.as_mut_ptr().expose_provenance();
    let frame = local_at - 64 * 1024;
    let Place::Stack { end } = memory::locate(local_at, frame) else { panic!("a local is on the stack") };
    let address = |target: &Target| target.address(&blocks, local_at + 256, end, frame);

    // The vector itself: in a block of its own, or in the first words of the local.
    let width = if case.shape == Shape::Pairs { 3 } else { 2 };
    let mut content: Vec<usize> = Vec::new();
    for element in &case.elements {
        content.push(address(&element.first));
        if case.shape == Shape::Pairs {
            content.push(address(&element.second));
        }
        content.push(element.count);
    }
    let own = Tracked::new(content.len() * 8, None, false);
    let vector = if case.is_on_stack { local_at } else { own.start };
    let words = core::ptr::with_exposed_provenance_mut::<usize>(vector);
    for (index, word) in content.iter().enumerate() {
        // SAFETY: at most fifteen words, of a block that is as large, or of 96 that are nobody else's.
        unsafe { words.wrapping_add(index).write(*word) };
    }
    // A message in a block of its own leads to it.
    let message = Tracked::new(32, None, false);
    let name = &case.elements[0];
    let fields = [address(&name.second), vector, case.claimed, name.count.min(32)];
    let words = core::ptr::with_exposed_provenance_mut::<usize>(message.start);
    for (index, word) in fields.into_iter().enumerate() {
        // SAFETY: four words of a block of 32 bytes.
        unsafe { words.wrapping_add(index).write(word) };
    }

    let sized = |bytes, map| PointerDesc::sized(bytes, 8, Some(map)).input().nonnull();
    let of = |map, direction| sized(8 * width, map).flow_through(direction).counted_by(Expr::Param(1));
    let pointer = match case.shape {
        Shape::Read => of(|| &READ, Direction::In),
        Shape::Written => of(|| &WRITTEN, Direction::Out),
        Shape::Narrow => of(|| &NARROW, Direction::In),
        Shape::Pairs => of(|| &PAIRS, Direction::In),
        Shape::Message => sized(32, || &MESSAGE).flow_through(Direction::Out).one(),
    };
    let first = if case.shape == Shape::Message { message.start } else { vector };
    let other = buffer(Expr::Const(8)).nullable();
    let params = vec![ParamDesc::pointer("v", pointer), ParamDesc::scalar("n"), ParamDesc::pointer("other", other)];
    let words = [
        Word::from_addr(first),
        i64::try_from(case.claimed).expect("small").as_word(),
        Word::from_addr(address(&case.other)),
    ];
    let desc = FnDesc::new("f", Vec::leak(params));
    let desc: &'static FnDesc = Box::leak(Box::new(if case.may_alias { desc.may_alias() } else { desc }));
    let mut all = blocks;
    all.extend([own, message]);
    compare_ways(desc, &words, &all, frame, &mut seen.borrow_mut())
}

#[test]
fn vectors_that_pass_quickly_the_walk_finds_nothing_in() {
    if crate::mode::is_in_address_sanitizer() {
        return println!("skipped: AddressSanitizer watches the stack");
    }
    let seen = RefCell::new(Seen::default());
    let cases = 6000;
    let config = ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() };
    let run = TestRunner::new(config).run(&vectors(), |case| compare_vectors(&case, &seen));
    run.unwrap_or_else(|error| panic!("{error}"));
    let seen = seen.into_inner();
    assert!(seen.passed > cases / 5, "{} of {cases}", seen.passed);
    for rule in ["freed", "overflow", "null", "aliased"] {
        assert!(seen.broken.get(rule).is_some_and(|count| *count > 4), "{rule}: {:?}", seen.broken);
    }
}
