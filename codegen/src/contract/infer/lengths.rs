//! Which parameter says how much another one stands for.

use super::index::{Arg, Index, Subject};
use super::names::{ANY, Length, length};
use super::shape::Base;
use super::words::{self, Relation};

/// What measures a pointer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Measured {
    /// The parameter that says how much.
    pub(super) by: usize,
    /// Whether it is an integer behind a pointer.
    pub(super) is_deref: bool,
    /// Whether the pointer leads to the pointer that is measured.
    pub(super) is_inner: bool,
    /// Whether its name is the pointer's own.
    pub(super) is_named: bool,
    /// The rule.
    pub(super) rule: &'static str,
}

/// For each parameter, what measures it; lengths that measure nothing stay free.
pub(super) fn measure(index: &Index<'_>, subject: &Subject<'_>) -> Vec<Option<Measured>> {
    let lengths: Vec<Option<Length>> = subject.params.iter().map(|arg| length(arg, &index.conventions)).collect();
    if lengths.iter().all(Option::is_none) {
        return vec![None; subject.params.len()];
    }
    // What each length says of each pointer, asked again and again below.
    let related: Vec<Vec<Option<Relation>>> = lengths
        .iter()
        .map(|length| {
            subject.params.iter().map(|arg| length.as_ref().and_then(|length| length.relation(arg))).collect()
        })
        .collect();
    let mut best: Vec<Option<(u32, Measured)>> = vec![None; subject.params.len()];
    for (pointer, best) in best.iter_mut().enumerate() {
        if !may_be_array(index, subject, pointer) {
            continue;
        }
        for (by, length) in lengths.iter().enumerate() {
            let Some(length) = length.as_ref().filter(|_| by != pointer) else { continue };
            if let Some((rank, measured)) = candidate(index, subject, &lengths, &related[by], pointer, by, length)
                && best.as_ref().is_none_or(|(known, _)| *known < rank)
            {
                *best = Some((rank, measured));
            }
        }
    }
    yield_to_better(&mut best);
    best.into_iter().map(|found| found.map(|(_, measured)| measured)).collect()
}

/// A length that names its pointer, or stands beside it, measures no other one by chance.
fn yield_to_better(best: &mut [Option<(u32, Measured)>]) {
    for at in 0..best.len() {
        let Some((rank, measured)) = &best[at] else { continue };
        let (rank, by, is_named) = (*rank, measured.by, measured.is_named);
        let taken = best.iter().flatten().any(|(other, known)| known.by == by && *other > rank && known.is_named);
        if taken && !is_named {
            best[at] = None;
        }
    }
}

fn may_be_array(index: &Index<'_>, subject: &Subject<'_>, pointer: usize) -> bool {
    let arg = &subject.params[pointer];
    let shape = &arg.shape;
    if !shape.is_pointer()
        || shape.is_bounded
        || shape.last.contains("va_list")
        || shape.base == Base::Function
        || shape.base == Base::Other
    {
        return false;
    }
    match (shape.depth(), shape.base) {
        (1, Base::Record) => {
            // What others hold too is no element of an array.
            let is_single = index.record(shape).is_none_or(|record| record.is_opaque || record.is_shared);
            (!is_single || arg.is_array) && !subject.is_receiver(pointer)
        }
        // A length is no array of lengths.
        (1, Base::Int(_)) => length(arg, &index.conventions).is_none_or(|length| !length.is_certain),
        _ => true,
    }
}

fn candidate(
    index: &Index<'_>,
    subject: &Subject<'_>,
    lengths: &[Option<Length>],
    related: &[Option<Relation>],
    pointer: usize,
    by: usize,
    length: &Length,
) -> Option<(u32, Measured)> {
    let (arg, size) = (&subject.params[pointer], &subject.params[by]);
    let is_deref = size.shape.depth() == 1;
    let is_stored = arg.shape.depth() >= 2 && arg.shape.is_mut();
    let distance = pointer.abs_diff(by) as u32;
    let is_after = by == pointer + 1;
    let is_before = by + 1 == pointer;
    let relation = related[pointer];
    let is_any = length.stem.is_empty() || length.stem.iter().all(|word| ANY.contains(&words::singular(word)));
    if is_deref && !is_stored && !arg.shape.is_mut() {
        return None;
    }
    // A function made to be handed over as a callback gets its structures, and their count before, from C.
    if subject.is_callback && by < pointer && arg.shape.points_to(Base::Record) && !arg.shape.is_mut() {
        return None;
    }
    let is_memory = matches!(arg.shape.base, Base::Void | Base::Char | Base::Byte);
    let is_plural = arg.is_plural;
    // `n_bytes` counts nothing wider than bytes, and who has a name of that kind is a place for a number.
    let counts_bytes = matches!(length.stem.as_slice(), [only] if words::singular(only) == "byte");
    let is_place = arg.shape.depth() == 1 && matches!(arg.shape.base, Base::Int(_)) && arg.shape.is_mut();
    if is_place && (counts_bytes || relation != Some(Relation::Exact) && lengths[pointer].is_some()) {
        return None;
    }
    if is_deref && !is_stored && !is_memory && (relation.is_none() || !is_plural) {
        return None;
    }
    let names_another =
        |at: usize| at != pointer && at != by && subject.params[at].shape.is_pointer() && related[at].is_some();
    let found = |rank: u32, is_named, rule| {
        let is_inner = is_deref && is_stored;
        Some((rank, Measured { by, is_deref, is_inner, is_named, rule }))
    };
    let rule = if is_after {
        "pointer-then-size"
    } else if is_before {
        "count-before-pointer"
    } else {
        "named-size"
    };
    let is_bytes = arg.shape.depth() == 1 && is_memory;
    let is_numbers = arg.shape.depth() == 1 && arg.shape.is_scalar();
    let is_sealed = arg.shape.depth() == 2 && (!arg.shape.is_mut() || !is_deref && !arg.shape.is_inner_mut());
    let counts_things = size.words.iter().any(|word| matches!(word.as_str(), "n" | "count" | "cnt" | "num"));
    let is_size = length.stem.is_empty() && matches!(size.words.last().map(String::as_str), Some("size" | "sz"));
    // A bare size is one of bytes or numbers, not of structures or pointers.
    let is_many = is_bytes || is_numbers || (is_sealed || is_plural) && !is_size;
    let has_exact = (0..subject.params.len()).any(|at| names_exactly(subject, related, at, pointer));
    // `*path_length, **path`: the length of a text that ends by itself.
    let is_stored_text = is_deref && is_stored && arg.shape.depth() == 2 && arg.shape.base == Base::Char;
    if is_stored_text && by < pointer && !super::strings::is_buffer(arg) && !is_plural {
        return None;
    }
    match relation {
        // The room in a buffer is given by value; what stands behind a pointer tells how much of it was used.
        _ if is_deref && !is_stored && relation.is_some() => return found(50 - distance.min(20), true, rule),
        Some(Relation::Exact) => return found(200 - distance.min(50), true, rule),
        // One pointer's name begins as another's: the nearest is meant.
        Some(Relation::Partial) if has_exact => {}
        Some(Relation::Partial) if is_many || distance <= 1 => return found(140 - distance.min(40), true, rule),
        Some(Relation::Partial) | None => {}
    }
    if !length.is_certain {
        return None;
    }
    // A bare `max` limits what C puts into memory; elsewhere it is a number like any other.
    if size.plain == "max" && !(is_bytes && arg.shape.is_mut()) {
        return None;
    }
    // A count of things is no length of one text.
    let is_name =
        arg.shape.points_to(Base::Char) && !arg.shape.is_mut() && !is_plural && !super::strings::is_buffer(arg);
    let is_one_text = is_stored && is_deref && is_memory && arg.shape.depth() == 2 && !is_plural;
    let is_text =
        is_one_text && arg.shape.base == Base::Char && words::has(&arg.words, &["str", "string", "text", "line"]);
    let is_other = is_one_text && counts_things || is_text || is_name && counts_things && length.stem.is_empty();
    let is_stored_many = is_deref
        && is_stored
        && (is_memory || is_plural || arg.shape.depth() > 2 || arg.shape.is_scalar() || length.is_prefixed);
    if is_any && is_after && (is_many || is_stored_many) && !is_other {
        return found(100, false, rule);
    }
    // A place for a length belongs to a place for a pointer, or to memory, and to no other number.
    let is_counted_before = |at: usize| {
        let Some(before) = at.checked_sub(1).map(|before| &subject.params[before].shape) else { return false };
        let may_belong = !is_deref || before.depth() > 1 || matches!(before.base, Base::Void | Base::Byte | Base::Char);
        before.is_pointer() && may_belong && may_be_counted(index, subject, at - 1)
    };
    // `n_bytes, data`: memory with the number of its bytes in front.
    if is_before && counts_bytes && is_bytes && !is_deref && !is_counted_before(by) {
        return found(80, false, rule);
    }
    // Strings may as well end with null: a count of something else is none of them, if it has no other array.
    let is_followed = subject.params.get(pointer + 1).is_some_and(|next| next.is_plural && next.shape.is_pointer());
    let may_end = is_before && arg.shape.depth() == 2 && arg.shape.base == Base::Char && !is_followed && !is_any;
    if (length.is_prefixed || length.stem.is_empty() && by < pointer) && is_deref == is_stored && is_plural {
        // `n_pairs, keys, values`, or `types, values, n_pairs`: a run of arrays with one count.
        let (low, high) = (pointer.min(by), pointer.max(by));
        let is_run = (low..=high)
            .filter(|at| *at != by)
            .all(|at| subject.params[at].is_plural && may_be_array(index, subject, at));
        // A structure beside the one that is counted may well be a single one.
        let is_single = arg.shape.points_to(Base::Record) && has_exact && !arg.is_array;
        if is_run && !is_single && !may_end && !(is_size && by < pointer) && (by > pointer || !is_counted_before(by)) {
            return found(70 - distance.min(20), true, rule);
        }
    }
    if (0..subject.params.len()).any(names_another) && !is_any {
        return None;
    }
    // `digest, *digest_len` under another name: a place for a length right behind memory to fill.
    let is_filled = arg.shape.base != Base::Void || words::has(&arg.words, super::outs::FILLED);
    if is_deref && !is_stored && is_after && is_filled {
        return found(40, false, rule);
    }
    let has_callback = subject.params.iter().any(|at| at.shape.is_function());
    if is_before && !is_deref && !is_counted_before(by) && arg.shape.points_to(Base::Void) {
        let is_plain = !counts_things && length.stem.is_empty() && !has_callback;
        return if is_plain { found(60, false, rule) } else { None };
    }
    if is_before
        && is_deref
        && is_stored
        && !is_counted_before(by)
        && arg.shape.depth() == 2
        && arg.shape.base == Base::Byte
    {
        return found(60, false, rule);
    }
    if is_before && !is_deref && !is_counted_before(by) && arg.shape.base != Base::Void {
        if is_plural && (is_any || length.is_prefixed && !may_end) {
            return found(80, false, rule);
        }
        return None;
    }
    // `data, flags, len`: the only buffer, and the only length.
    let is_buffer = arg.shape.depth() == 1 && matches!(arg.shape.base, Base::Void | Base::Byte);
    let buffers = |at: &Arg| at.shape.depth() == 1 && matches!(at.shape.base, Base::Void | Base::Byte | Base::Char);
    let between = if by > pointer { &subject.params[pointer + 1..by] } else { return None };
    let is_only = subject.params.iter().filter(|at| buffers(at)).count() == 1
        && lengths.iter().zip(&subject.params).filter(|(length, at)| length.is_some() && at.shape.depth() == 0).count()
            == 1;
    if is_buffer && is_any && is_only && !is_deref && between.iter().all(|at| !at.shape.is_pointer()) {
        return found(60, false, "distant-size");
    }
    // `dest, src, n`: two buffers of one size.
    let is_twin = between.len() == 1 && between[0].shape.depth() == 1 && between[0].shape.base == arg.shape.base;
    if is_buffer && is_twin && length.stem.is_empty() && !is_deref {
        return found(60, false, "distant-size");
    }
    None
}

/// Whether a length behind this pointer may well be its own.
fn may_be_counted(index: &Index<'_>, subject: &Subject<'_>, at: usize) -> bool {
    let arg = &subject.params[at];
    let is_name = arg.shape.points_to(Base::Char) && !arg.shape.is_mut() && !super::strings::is_buffer(arg);
    may_be_array(index, subject, at) && !is_name && (arg.shape.base != Base::Record || arg.is_plural)
}

fn names_exactly(subject: &Subject<'_>, related: &[Option<Relation>], at: usize, pointer: usize) -> bool {
    at != pointer && subject.params[at].shape.is_pointer() && related[at] == Some(Relation::Exact)
}

#[cfg(all(test, feature = "clang"))]
mod tests {
    use super::super::testing::{infer, said, spell};

    #[test]
    fn a_length_behind_its_pointer() {
        for (function, expected) in [
            ("fn f(data: *const c_void, len: size_t);", "data: sized_by(len)"),
            (
                "fn f(data: *const u8, data_len: size_t, key: *const u8, keylen: c_int);",
                "data: sized_by(data_len); key: sized_by(keylen)",
            ),
            ("fn f(values: *const c_int, n_values: c_uint);", "values: counted_by(n_values)"),
            ("fn f(points: *const point, num_points: c_int);", "points: counted_by(num_points)"),
            (
                "fn f(names: *const *const c_char, size: c_int);",
                "names: null_terminated pointee(nonnull, null_terminated, input)",
            ),
            (
                "fn f(mem1: *const c_void, size1: size_t, mem2: *const c_void, size2: size_t);",
                "mem1: sized_by(size1); mem2: sized_by(size2)",
            ),
            (
                "fn f(inbuf: *const c_char, inlen: size_t, room: size_t, outbuf: *mut *mut c_char, outlen: *mut size_t);",
                "inbuf: sized_by(inlen); outbuf: out pointee(sized_by(*outlen)); outlen: out",
            ),
            ("fn f(line: *mut c_char, maxlen: size_t);", "line: sized_by(maxlen)"),
            ("fn f(line: *mut c_char, max: size_t);", "line: sized_by(max)"),
            ("fn f(line: *const c_char, max: size_t);", "line: null_terminated"),
            // A place for a number is no array of lengths, and `bytes` are nothing wider.
            ("fn f(b: *mut box_, max_size: size_t, nparts: *mut size_t);", "b: opaque; nparts: out"),
            ("fn f(b: *mut box_, num_bytes: size_t, bytes_read: *mut size_t);", "b: opaque; bytes_read: out"),
            // Flags, truth values, and the length of something else.
            ("fn f(data: *const c_void, flags: c_uint);", ""),
            ("fn f(data: *const c_void, len: flag_bool);", ""),
            ("fn f(type_name: *const c_char, class_size: c_uint);", "type_name: null_terminated"),
            ("fn f(b: *mut box_, size: c_uint);", "b: opaque"),
            // A bare size is none of structures.
            ("fn f(pairs: *const pair, size: c_uint);", ""),
        ] {
            assert_eq!(said(function), expected, "{function}");
        }
    }

    #[test]
    fn a_count_before_its_pointers() {
        for (function, expected) in [
            ("fn f(n_points: c_uint, points: *const point);", "points: counted_by(n_points)"),
            (
                "fn f(b: *mut box_, n_pairs: c_uint, keys: *const *const c_char, values: *const pair);",
                "b: opaque; keys: counted_by(n_pairs) pointee(null_terminated); values: counted_by(n_pairs)",
            ),
            ("fn f(n_points: c_uint, point: *const point);", "point: counted_by(n_points)"),
            ("fn f(count: c_uint, pair: *const pair);", ""),
            // A place for another number in front has nothing to do with the length.
            (
                "fn f(b: *mut box_, format: *mut c_int, actual_length: *mut c_int, data: *mut *mut u8);",
                "b: opaque; format: out; actual_length: out; data: out pointee(sized_by(*actual_length))",
            ),
            // What is put in place of some others ends by itself.
            (
                "fn f(b: *mut box_, n_removals: c_uint, additions: *const *const c_char);",
                "b: opaque; additions: null_terminated pointee(nonnull, null_terminated, input)",
            ),
            ("fn f(n_points: c_uint, names: *const pair);", "names: counted_by(n_points)"),
            ("fn f(b: *mut box_, num_bytes: size_t, data: *const u8);", "b: opaque; data: sized_by(num_bytes)"),
            ("fn f(b: *mut box_, num_calls: size_t, data: *const u8);", "b: opaque"),
            (
                "fn f(n_pairs: c_uint, names: *const *const c_char, values: *const pair);",
                "names: counted_by(n_pairs) pointee(null_terminated); values: counted_by(n_pairs)",
            ),
        ] {
            assert_eq!(said(function), expected, "{function}");
        }
    }

    #[test]
    fn a_length_several_places_away() {
        for (function, expected) in [
            ("fn f(keys: *const c_int, a: *const point, nkeys: c_int);", "keys: counted_by(nkeys)"),
            ("fn f(data: *const c_void, flags: c_int, len: size_t);", "data: sized_by(len)"),
            ("fn f(dest: *mut c_void, src: *const c_void, n: size_t);", "dest: out sized_by(n); src: sized_by(n)"),
            // Two buffers, and nothing says whose length it is.
            ("fn f(a: *const u8, x: c_int, b: *const c_char, y: c_int, len: size_t);", "b: null_terminated"),
        ] {
            assert_eq!(said(function), expected, "{function}");
        }
    }

    #[test]
    fn a_stored_array_and_its_length() {
        for (function, expected) in [
            (
                "fn f(contents: *mut *mut u8, length: *mut size_t);",
                "contents: out pointee(sized_by(*length)); length: out",
            ),
            (
                "fn f(items: *mut *mut *mut box_, n_items: *mut c_int);",
                "items: out pointee(counted_by(*n_items)); n_items: out",
            ),
            (
                "fn box_get_log(b: *mut box_, log: *mut *mut point, n_elems: *mut c_uint);",
                "b: opaque; log: out pointee(counted_by(*n_elems)); n_elems: out",
            ),
            (
                "fn box_get_log(b: *mut box_, log: *mut *mut point, size: *mut c_uint);",
                "b: opaque; log: out; size: out",
            ),
            ("fn f(digest: *mut u8, digest_len: *mut size_t);", "digest: out sized_by(*digest_len); digest_len: inout"),
            // One text and a count of something else.
            ("fn f(name: *mut *mut c_char, count: *mut c_int);", "name: inout; count: out"),
        ] {
            assert_eq!(said(function), expected, "{function}");
        }
    }

    #[test]
    fn habits_of_the_header_are_learnt() {
        let habit = "fn a(key: *const u8, key_octets: size_t); fn b(salt: *const u8, salt_octets: size_t);
             fn c(seed: *const u8, seed_octets: size_t);";
        let learnt = infer(&format!("{habit} fn d(text: *const u8, text_octets: size_t);"), &[]);
        assert_eq!(spell(&learnt[3]), "text: sized_by(text_octets)");
        assert_eq!(said("fn d(text: *const u8, text_octets: size_t);"), "");
    }

    #[test]
    fn a_rule_switched_off_is_silent() {
        let function = "fn f(data: *const c_void, len: size_t);";
        assert_eq!(spell(&infer(function, &["pointer-then-size"])[0]), "");
        assert_eq!(spell(&infer(function, &["all"])[0]), "");
    }
}
