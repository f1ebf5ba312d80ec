//! Which parameter says how much another one stands for.

use super::elsewhere;
use super::ended;
use super::index::{Arg, Index, Subject};
use super::names::{ANY, Length, length};
use super::never;
use super::pair::{Pair, side};
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
    /// The parameter that says how large each of them is: `fread(ptr, size, nmemb)`.
    pub(super) times: Option<usize>,
    /// Whether its name is the pointer's own.
    pub(super) is_named: bool,
    /// The rule.
    pub(super) rule: &'static str,
}

/// For each parameter, what measures it; lengths that measure nothing stay free.
pub(super) fn measure(index: &Index<'_>, subject: &Subject<'_>) -> Vec<Option<Measured>> {
    let lengths: Vec<Option<Length>> = subject.params.iter().map(|arg| length(arg, &index.conventions)).collect();
    let mut measured = by_name_and_place(index, subject, &lengths);
    elsewhere::fill(index, subject, &mut measured);
    ended::fill(index, subject, &mut measured);
    measured
}

fn by_name_and_place(index: &Index<'_>, subject: &Subject<'_>, lengths: &[Option<Length>]) -> Vec<Option<Measured>> {
    if lengths.iter().all(Option::is_none) {
        return vec![None; subject.params.len()];
    }
    // What each length says of each pointer, asked again and again below.
    let related: Vec<Vec<Option<Relation>>> = lengths
        .iter()
        .enumerate()
        .map(|(by, length)| {
            let relation = |(at, arg)| {
                let length = length.as_ref()?;
                let relation = length.relation(arg);
                let relation =
                    relation.filter(|known| *known == Relation::Exact || !is_common(length, by, arg, subject));
                relation.or_else(|| (at + 1 == by && length.is_initial_of(arg)).then_some(Relation::Exact))
            };
            subject.params.iter().enumerate().map(relation).collect()
        })
        .collect();
    let mut best: Vec<Option<(u32, Measured)>> = vec![None; subject.params.len()];
    for (pointer, best) in best.iter_mut().enumerate() {
        if !may_be_array(index, subject, pointer) {
            continue;
        }
        for (by, length) in lengths.iter().enumerate() {
            let Some(length) = length.as_ref().filter(|_| by != pointer) else { continue };
            let pair = Pair { index, subject, lengths, related: &related[by], pointer, by, length };
            if let Some((rank, measured)) = candidate(&pair)
                && best.as_ref().is_none_or(|(known, _)| *known < rank)
            {
                *best = Some((rank, measured));
            }
        }
    }
    yield_to_better(&mut best);
    best.into_iter().map(|found| found.map(|(_, measured)| measured)).collect()
}

/// Whether all that a length shares with a pointer's name is the word that other pointers' names begin with as well:
/// `arg_name, arg_size, arg_options`.
fn is_common(length: &Length, by: usize, pointer: &Arg, subject: &Subject<'_>) -> bool {
    let [word] = length.stem.as_slice() else { return false };
    let begins = |arg: &Arg| arg.words.len() > 1 && arg.words[0] == *word;
    let all = subject.params.iter().enumerate();
    let pointers = all.filter(|(at, arg)| *at != by && arg.shape.is_pointer() && begins(arg));
    begins(pointer) && pointers.count() > 1
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

/// Whether more than one element may lie there.
pub(super) fn may_be_array(index: &Index<'_>, subject: &Subject<'_>, pointer: usize) -> bool {
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
            let is_single = index.record(shape).is_none_or(|record| {
                // Elements of a type that is declared only may still lie in a row for who includes its header.
                let is_row = arg.is_plural && !shape.is_mut();
                record.is_opaque && !is_row || record.is_shared
            });
            (!is_single || arg.is_array) && !subject.is_receiver(pointer)
        }
        // `typedef void *lib_handle`: an alias that names a thing is that thing, and no memory.
        (1, Base::Void) => !is_thing(&shape.last),
        // A length is no array of lengths.
        (1, Base::Int(_) | Base::Byte) => length(arg, &index.conventions).is_none_or(|length| !length.is_certain),
        _ => true,
    }
}

/// Whether the alias of `void`, or of a pointer to it, names something; `gpointer` and `png_voidp` do not.
fn is_thing(alias: &str) -> bool {
    let words = words::words(alias);
    let says_pointer =
        |word: &str| ["void", "ptr", "pointer", "address", "addr"].iter().any(|part| word.contains(part));
    !words.is_empty() && !words.iter().any(|word| says_pointer(word))
}

fn candidate(pair: &Pair<'_>) -> Option<(u32, Measured)> {
    let Pair { index, subject, lengths, related, pointer, by, length } = *pair;
    let (arg, size) = (pair.arg(), pair.size());
    let is_deref = pair.is_deref();
    let is_stored = pair.is_stored();
    let distance = pointer.abs_diff(by) as u32;
    let is_after = by == pointer + 1;
    let is_before = by + 1 == pointer;
    let relation = related[pointer];
    let is_any = length.stem.is_empty() || length.stem.iter().all(|word| ANY.contains(&words::singular(word)));
    if never::is_ruled_out(pair) {
        return None;
    }
    if pair.is_window() {
        let measured =
            Measured { by, is_deref, is_inner: true, times: None, is_named: false, rule: "pointer-then-size" };
        return is_any.then_some((100, measured));
    }
    let is_memory = matches!(arg.shape.base, Base::Void | Base::Char | Base::Byte);
    let is_plural = arg.is_plural;
    let counts_bytes = pair.counts_bytes();
    let names_another =
        |at: usize| at != pointer && at != by && subject.params[at].shape.is_pointer() && related[at].is_some();
    let found = |rank: u32, is_named, rule| {
        let is_inner = is_deref && is_stored;
        Some((rank, Measured { by, is_deref, is_inner, times: pair.times(), is_named, rule }))
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
    let is_size = is_any && matches!(size.words.last().map(String::as_str), Some("size" | "sz"));
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
    // `struct sockaddr *addr, socklen_t len`: the type of the length says what it measures.
    if is_after && !is_deref_of_wide(pair) && pair.has_type_of_length() {
        return found(120, true, "counted-by-type");
    }
    // `n_vertices, const vertex_2d *data`: the type says what is counted.
    if distance == 1 && pair.counts_type() && !(0..subject.params.len()).any(names_another) {
        return found(85, false, "counted-by-type");
    }
    // `positions, channels`: a number of things behind what holds numbers and is only read.
    if length.is_plural && is_after && is_numbers && !is_deref && !arg.shape.is_mut() {
        return found(90, false, rule);
    }
    if is_memory && arg.shape.depth() == 1 && !is_deref && pair.is_same_side() {
        return found(110 - distance.min(20), true, rule);
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
    // `*status, n, items`: a number stands between a place for one number and an array, and measures the array.
    let is_between = |by: usize| {
        let (Some(before), Some(after)) = (by.checked_sub(1), subject.params.get(by + 1)) else { return false };
        let before = &subject.params[before];
        before.shape.depth() == 1
            && matches!(before.shape.base, Base::Int(_))
            && before.shape.is_mut()
            && !before.is_plural
            && after.is_plural
            && after.shape.is_pointer()
    };
    if is_after && is_between(by) && relation.is_none() {
        return None;
    }
    let is_one_text = is_stored && is_deref && is_memory && arg.shape.depth() == 2 && !is_plural;
    let is_text =
        is_one_text && arg.shape.base == Base::Char && words::has(&arg.words, &["str", "string", "text", "line"]);
    let is_other = is_one_text && counts_things || is_text || is_name && counts_things && length.stem.is_empty();
    let is_stored_many = is_deref
        && is_stored
        && !(is_size && arg.shape.base == Base::Record)
        && (is_memory || is_plural || arg.shape.depth() > 2 || arg.shape.is_scalar() || length.is_prefixed);
    if is_any && is_after && (is_many || is_stored_many) && !is_other {
        return found(100, false, rule);
    }
    // A place for a length belongs to a place for a pointer, or to memory, and to no other number.
    let is_counted_before = |at: usize| {
        let Some(before) = at.checked_sub(1).map(|before| &subject.params[before].shape) else { return false };
        let may_belong = !is_deref || before.depth() > 1 || matches!(before.base, Base::Void | Base::Byte | Base::Char);
        before.is_pointer() && may_belong && !is_between(at) && may_be_counted(index, subject, at - 1)
    };
    // `n_bytes, data`: memory with the number of its bytes in front.
    if is_before && counts_bytes && is_bytes && !is_deref && !is_counted_before(by) {
        return found(80, false, rule);
    }
    // Strings may as well end with null: a count of something else is none of them, if it has no other array.
    let is_followed = subject.params.get(pointer + 1).is_some_and(|next| next.is_plural && next.shape.is_pointer());
    let may_end = is_before && arg.shape.depth() == 2 && arg.shape.base == Base::Char && !is_followed && !is_any;
    // `verts, n_rects`: numbers that are only read, and a count of what is made of several of them.
    let is_part = is_numbers && !arg.shape.is_mut() && arg.is_plural && length.is_prefixed && !is_any && distance == 1;
    let has_others = subject.params.iter().filter(|at| at.shape.is_pointer() && at.is_plural).count() > 1;
    if is_part && relation.is_none() && matches!(arg.shape.base, Base::Float) && !has_others {
        return None;
    }
    if (length.is_prefixed || length.stem.is_empty()) && is_deref == (is_stored && !is_sealed) && is_plural {
        // `n_pairs, keys, values`, or `types, values, n_pairs`: a run of arrays with one count.
        let (low, high) = (pointer.min(by), pointer.max(by));
        let is_run = (low..=high)
            .filter(|at| *at != by)
            .all(|at| subject.params[at].is_plural && may_be_array(index, subject, at));
        // A structure beside the one that is counted may well be a single one.
        let is_read_behind = by < pointer && !arg.shape.is_mut();
        let is_single = arg.shape.points_to(Base::Record) && has_exact && !arg.is_array && !is_read_behind;
        if is_run
            && !is_single
            && !may_end
            && !(is_size && (by < pointer || !is_many))
            && (by > pointer || !is_counted_before(by))
        {
            return found(70 - distance.min(20), true, rule);
        }
    }
    if (0..subject.params.len()).any(names_another) && !is_any {
        return None;
    }
    let has_callback = subject.params.iter().any(|at| at.shape.is_function());
    // `data, payload_len`: a length that speaks of nothing else, right behind memory that has none of its own.
    let is_of_type = words::has(&length.stem, &["class", "type", "struct", "page", "block", "step"]);
    let is_data = arg.shape.base == Base::Void && super::callbacks::is_data(arg);
    let is_payload = !length.is_prefixed && !is_of_type && !is_data;
    if is_after && !is_deref && is_bytes && arg.shape.base != Base::Char && !has_callback && is_payload {
        return found(30, false, rule);
    }
    // `digest, *digest_len` under another name: a place for a length right behind memory to fill.
    let is_filled = arg.shape.base != Base::Void || words::has(&arg.words, super::outs::FILLED);
    if is_deref && !is_stored && is_after && is_filled {
        return found(40, false, rule);
    }
    let is_own = is_before && !is_counted_before(by);
    let is_given = !arg.shape.is_mut() || super::strings::is_buffer(arg);
    if is_own && !is_deref && (arg.shape.points_to(Base::Void) || arg.shape.points_to(Base::Byte) && is_given) {
        let is_plain = !counts_things && length.stem.is_empty() && !has_callback;
        return if is_plain { found(60, false, rule) } else { None };
    }
    // `get(size, **data)`: so much is asked for, and there it is.
    let is_asked = words::has(&subject.verbs, &["get", "peek", "read", "dup", "take", "map"]);
    if is_own && !is_deref && is_stored && arg.shape.depth() == 2 && arg.shape.base == Base::Byte && is_asked {
        let measured = Measured { by, is_deref, is_inner: true, times: None, is_named: false, rule };
        return (!counts_things && length.stem.is_empty()).then_some((60, measured));
    }
    if is_own && is_deref && is_stored && arg.shape.depth() == 2 && arg.shape.base == Base::Byte {
        return found(60, false, rule);
    }
    // Hardly anybody passes one number by a pointer to const: `count, value` is an array, unless its numbers lie apart.
    let is_strided = subject.params.iter().any(|other| words::has(&other.words, &["stride"]));
    let is_counted = counts_things || length.is_prefixed;
    // Nor does who sets something by `n_levels, order` get one number back.
    let is_taken = length.is_prefixed && words::has(&subject.verbs, super::outs::SETTERS);
    if is_own && !is_deref && is_numbers && (!arg.shape.is_mut() || is_taken) && is_counted && !is_strided {
        return found(80, false, rule);
    }
    if is_own && !is_deref && arg.shape.base != Base::Void && (!is_size || is_numbers) {
        if is_plural && (is_any || length.is_prefixed && !may_end) {
            return found(80, false, rule);
        }
        return None;
    }
    // `wmemcpy(s1, s2, n)`: by the function's name.
    let is_last = by + 1 == subject.params.len() && size.plain == "n";
    if is_last && is_numbers && !is_deref && pair.is_in_memory() {
        return found(60, false, "memory-function");
    }
    // `data, flags, len`: the only buffer, and the only length.
    let is_buffer = arg.shape.depth() == 1 && matches!(arg.shape.base, Base::Void | Base::Byte);
    let buffers = |at: &Arg| at.shape.depth() == 1 && matches!(at.shape.base, Base::Void | Base::Byte | Base::Char);
    let is_number =
        |length: Option<&Length>, at: &Arg| length.is_some_and(|length| !length.is_plural) && at.shape.depth() == 0;
    let between = if by > pointer { &subject.params[pointer + 1..by] } else { return None };
    let is_only = subject.params.iter().filter(|at| buffers(at)).count() == 1
        && lengths.iter().zip(&subject.params).filter(|(length, at)| is_number(length.as_ref(), at)).count() == 1;
    if is_buffer && is_any && is_only && !is_deref && between.iter().all(|at| !at.shape.is_pointer()) {
        return found(60, false, "distant-size");
    }
    // `dest, src, n`: two buffers of one size. Bytes of an own type may well change their number on the way.
    let is_twin = between.len() == 1 && between[0].shape.depth() == 1 && between[0].shape.name == arg.shape.name;
    // `strncpy(dest, src, n)`, by its name; `strncat` needs more room than that.
    let is_copy = ["cpy", "lcat"].iter().any(|end| subject.function.c_name().ends_with(end));
    let is_copied = is_copy && arg.shape.is_mut() && side(&arg.words) == Some(1);
    let is_moved = arg.shape.base == Base::Void || is_copied && matches!(arg.shape.base, Base::Char | Base::Int(_));
    if is_moved && is_twin && length.stem.is_empty() && !is_deref && pair.times().is_none() {
        return found(60, false, "distant-size");
    }
    None
}

/// Whether the length behind a pointer is that of a place for a pointer.
fn is_deref_of_wide(pair: &Pair<'_>) -> bool {
    pair.is_deref() && pair.is_stored()
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
mod tests;
