//! Which lengths cannot be a pointer's, whatever their places.

use super::callbacks::is_data;
use super::index::Arg;
use super::outs::is_collection;
use super::pair::{Pair, side};
use super::shape::Base;
use super::strings::is_buffer;
use super::words::{Relation, is_decoration};

/// Last words of texts that are a name, and end by themselves.
const LABELS: &[&str] = &[
    "name", "type", "id", "uid", "guid", "uuid", "uri", "url", "path", "filename", "dir", "label", "title", "mime",
    "locale", "charset", "encoding", "etag", "host", "hostname", "version",
];

/// Names of files, which are texts that end by themselves.
const FILES: &[&str] = &["file", "filename", "pathname", "path"];

/// Last words of numbers that say how far something has come.
const POSITIONS: &[&str] =
    &["pos", "position", "offset", "idx", "index", "used", "written", "consumed", "avail", "left"];

/// Whether it cannot be.
pub(super) fn is_ruled_out(pair: &Pair<'_>) -> bool {
    is_ruled_out_by_type(pair) || is_ruled_out_by_name(pair) || is_anothers(pair)
}

fn is_ruled_out_by_type(pair: &Pair<'_>) -> bool {
    let (arg, size, relation) = (pair.arg(), pair.size(), pair.related[pair.pointer]);
    let (is_deref, is_stored) = (pair.is_deref(), pair.is_stored());
    let is_memory = matches!(arg.shape.base, Base::Void | Base::Char | Base::Byte);
    if is_deref && !is_stored {
        // What C writes there is the length of what it gives. A byte is none, and one number tells of no other one
        // but of the one with its name: `*text_size, *text`.
        let is_called = relation == Some(Relation::Exact) || relation.is_some() && arg.is_plural;
        let is_told = is_memory || is_called || pair.has_type_of_length();
        // `const void *src, size_t *src_size`: so much is there, and so much of it was taken.
        let is_near = relation == Some(Relation::Exact) || pair.by == pair.pointer + 1;
        let is_taken = is_memory && relation.is_some() && is_sized(size) && is_near;
        if !(arg.shape.is_mut() || is_taken) || size.shape.base == Base::Byte || !is_told {
            return true;
        }
    }
    // A function made to be handed over as a callback gets its structures, and their count before, from C.
    if pair.subject.is_callback && pair.by < pair.pointer && arg.shape.points_to(Base::Record) && !arg.shape.is_mut() {
        return true;
    }
    // What is declared only is one object, unless a count in front of it says its name.
    let is_unknown = arg.shape.points_to(Base::Record) && pair.index.record(&arg.shape).is_some_and(|of| of.is_opaque);
    let is_called = pair.by + 1 == pair.pointer && pair.length.is_prefixed && relation.is_some();
    if is_unknown && !arg.is_array && !is_called {
        return true;
    }
    // A size is one of bytes; of a structure it is the version that the caller was compiled with.
    let is_size = matches!(size.words.last().map(String::as_str), Some("size" | "sz"));
    if is_size && relation == Some(Relation::Partial) && arg.shape.points_to(Base::Record) {
        return true;
    }
    // A list of many things is one list, and counts them itself.
    // But a size with its name is that of a set of bits: `cpu_set_t *cpuset, size_t cpusetsize`.
    let is_exact = relation == Some(Relation::Exact) && arg.shape.points_to(Base::Record);
    let is_sized = is_exact && is_sized(size);
    // And a number of them by their own name, in the plural, is that of a row: `struct io_vector *vectors, size_t n_vectors`.
    let is_row = is_exact && arg.is_plural && pair.length.is_prefixed && !is_unknown;
    if is_collection(&arg.shape) && arg.shape.depth() <= 2 && !arg.is_array && !is_sized && !is_row {
        return true;
    }
    // `realloc(ptr, size)`: so large it shall be.
    if arg.shape.points_to(Base::Void) && pair.subject.words.iter().any(|word| word.contains("realloc")) {
        return true;
    }
    // `parse(stream *input, input_length, …, stream **out_input)`: another one bears the very name.
    let is_namesake = |other: &Arg| other.plain == pair.length.stem.join("_") && other.shape.is_pointer();
    let has_namesake = arg.plain != pair.length.stem.join("_") && pair.subject.params.iter().any(is_namesake);
    if is_stored && !is_deref && !arg.is_plural && has_namesake {
        return true;
    }
    // `read(const char **data, len)`: so much is asked for, or lies there; but not so many pointers.
    let is_behind = pair.by > pair.pointer && !is_deref;
    let is_one_place = is_stored && is_behind && arg.shape.depth() == 2 && !arg.shape.is_inner_mut();
    is_one_place && is_memory && !arg.is_plural && !pair.is_window() && relation != Some(Relation::Exact)
}

/// Whether a name, decorations aside, is that of a size and not of a count.
fn is_sized(length: &Arg) -> bool {
    let word = length.words.iter().rev().find(|word| !is_decoration(word));
    word.is_some_and(|word| ["len", "length", "size", "sz"].iter().any(|end| word.ends_with(end)))
}

fn is_ruled_out_by_name(pair: &Pair<'_>) -> bool {
    let (arg, size, length, relation) = (pair.arg(), pair.size(), pair.length, pair.related[pair.pointer]);
    // What is handed to a callback as it is has no length that anybody but its owner knows.
    if matches!(arg.plain.as_str(), "user_data" | "userdata") && relation.is_none() {
        return true;
    }
    // `n_bytes` and `tx_bytes` count nothing wider than bytes, and who has a name of that kind is a place for a number.
    let is_place = arg.shape.depth() == 1 && matches!(arg.shape.base, Base::Int(_)) && arg.shape.is_mut();
    let counts_bytes = pair.counts_bytes() || size.words.last().is_some_and(|word| word == "bytes");
    let is_offset = |word: &str| word.starts_with("off") || word.ends_with("off");
    let is_position =
        arg.words.last().is_some_and(|word| POSITIONS.contains(&word.as_str()) || is_offset(word.as_str()));
    if is_place
        && (counts_bytes || is_position || relation != Some(Relation::Exact) && pair.lengths[pair.pointer].is_some())
    {
        return true;
    }
    // `n_samples, …, *sample_position`: a place for one number, which is about the same things.
    let distance = pair.pointer.abs_diff(pair.by);
    if is_place && !arg.is_plural && distance > 1 && relation == Some(Relation::Partial) {
        return true;
    }
    // `keycode_count, *keysyms_per_keycode_return`: a place for one number, as it says.
    let is_said = arg.words.last().is_some_and(|word| matches!(word.as_str(), "return" | "ret"));
    if is_place && is_said && !arg.is_plural && relation != Some(Relation::Exact) {
        return true;
    }
    // A bare plural counts what is only read, or several things; a byte tells the length of what C stores.
    if length.is_plural
        && (arg.shape.base == Base::Char || !arg.is_plural && (arg.shape.is_mut() || !arg.shape.is_scalar()))
    {
        return true;
    }
    // `content_type, content_length`, or `mime_type, size`: the size of what has that name.
    let is_size = length.stem.is_empty() && matches!(size.words.last().map(String::as_str), Some("size" | "sz"));
    // `source, dest, input_size`: what goes in says nothing of how much may come out.
    if matches!((side(&arg.words), side(&length.stem)), (Some(of), Some(other)) if of != other) {
        return true;
    }
    // `truncate(file, length)`, `load(file, max_bytes)`: the length of what is in the file.
    let is_text = arg.shape.points_to(Base::Char) && !arg.shape.is_mut();
    if is_text && FILES.contains(&arg.plain.as_str()) && relation != Some(Relation::Exact) {
        return true;
    }
    // `unmap(void *addr, size_t len)`: where something is, and not what is there.
    let is_address = arg.shape.points_to(Base::Void) && matches!(arg.plain.as_str(), "addr" | "address");
    if is_address && matches!(size.shape.name.as_str(), "usize" | "size_t") {
        return true;
    }
    let is_label = arg.shape.points_to(Base::Char)
        && !arg.shape.is_mut()
        && arg.words.last().is_some_and(|word| LABELS.contains(&word.as_str()));
    is_label && (is_size || relation == Some(Relation::Partial))
}

/// `key, length, const void *bytes`: a bare length between a text, which ends by itself, and memory, which does not.
fn is_anothers(pair: &Pair<'_>) -> bool {
    let (arg, params) = (pair.arg(), &pair.subject.params);
    // `copy(char *dest, const char *src, n)`: the text may end before that.
    let is_copied = pair.pointer.checked_sub(1).map(|before| &params[before].shape).is_some_and(|before| {
        before.depth() == 1 && before.is_mut() && !arg.shape.is_mut() && before.base == arg.shape.base
    });
    let is_cut = matches!(arg.shape.base, Base::Char | Base::Int(_)) && arg.shape.depth() == 1 && !arg.is_plural;
    let is_behind = pair.by == pair.pointer + 1;
    if is_copied && is_cut && is_behind && matches!(pair.size().plain.as_str(), "n" | "siz") && !pair.is_in_memory() {
        return true;
    }
    // `compare(const wchar_t *s1, const wchar_t *s2, n)`, `length(const wchar_t *s, maxlen)`: either may end before that.
    let is_wide = |arg: &Arg| {
        arg.shape.depth() == 1
            && matches!(arg.shape.base, Base::Int(_))
            && !arg.shape.is_mut()
            && is_letter_or_wide(arg)
    };
    let is_bare = matches!(pair.size().plain.as_str(), "n" | "maxlen");
    if is_wide(arg) && is_bare && is_behind && !pair.is_in_memory() {
        return true;
    }
    // `parse(const char *text, length, things **to)`: the text's own.
    let is_length = matches!(pair.size().plain.as_str(), "len" | "length" | "size");
    let is_behind_text = pair
        .by
        .checked_sub(1)
        .map(|before| &params[before].shape)
        .is_some_and(|before| before.points_to(Base::Char) && !before.is_mut());
    let is_memory = matches!(arg.shape.base, Base::Void | Base::Byte) && arg.shape.depth() == 1;
    if is_length && is_behind_text && pair.by < pair.pointer && !is_memory && !pair.is_deref() {
        return true;
    }
    let is_text = arg.shape.points_to(Base::Char) && !arg.shape.is_mut() && !is_buffer(arg);
    if !is_text || pair.by != pair.pointer + 1 || !pair.length.stem.is_empty() || pair.is_deref() {
        return false;
    }
    let is_memory = params.get(pair.by + 1).is_some_and(|next| {
        let may_be_data = next.shape.is_mut() && is_data(next);
        matches!(next.shape.base, Base::Void | Base::Byte) && next.shape.depth() == 1 && !may_be_data
    });
    is_memory && pair.lengths.get(pair.by + 2).is_none_or(Option::is_none)
}

/// `s`, `s1`, or anything made of wide characters.
fn is_letter_or_wide(arg: &Arg) -> bool {
    arg.shape.name.contains("wchar") || arg.plain.trim_end_matches(|c: char| c.is_ascii_digit()) == "s"
}
