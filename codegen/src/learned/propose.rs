//! What is proposed, and from how much: only what fits every call that was seen, in enough calls, with different values.

use super::line::{Given, Handed, Length, Pointer};
use super::{DIFFERENT, ENOUGH, LearnedFacts, Proposal, SEVERAL};
use crate::audit::{ParamReport, ResultReport};
use std::collections::BTreeSet;

/// What a pointer's calls show.
pub(super) fn of_pointer(seen: &Pointer, known: &ParamReport) -> LearnedFacts {
    let mut facts = LearnedFacts { evidence: evidence(seen), ..LearnedFacts::default() };
    // A handle's memory is C's, and its contract is complete as it is.
    if known.opaque || known.callback.is_some() {
        return facts;
    }
    let not_null = seen.calls - seen.null.min(seen.calls);
    if seen.calls < ENOUGH {
        facts.open.push(format!("too little seen: {}, and {ENOUGH} are needed", calls(seen.calls)));
        return facts;
    }
    let is_open = |axis: &str| known.sources.get(axis).is_none_or(|source| is_weak(source));
    if is_open("direction") {
        // What a `const` says already.
        let weighed = direction(seen);
        let is_said = known.direction == "in" && matches!(&weighed, Weighed::Word(word, _) if word == "input");
        facts.take("direction", if is_said { Weighed::Nothing } else { weighed });
    }
    if is_open("nullable") && seen.null >= SEVERAL && not_null > 0 {
        facts.propose("nullable", "nullable", format!("null in {} of {}", seen.null, calls(seen.calls)));
    }
    if is_open("extent") {
        facts.take("extent", extent(seen, known));
    }
    if is_open("filled") && seen.changed >= SEVERAL {
        // Most functions say nothing of the kind, so nothing is missing without it.
        facts.take("filled", filled(seen).unwrap_or(Weighed::Nothing));
    }
    if is_open("escape") {
        facts.take("escape", escape(seen));
    }
    // Where C stores something else each time, or leaves it alone, nothing is missing without it.
    if is_open("pointee")
        && seen.stored.calls > 0
        && let weighed @ Weighed::Word(..) = origin(&seen.stored, "pointee")
    {
        facts.take("pointee", weighed);
    }
    facts
}

/// Whether nobody but the type or a guess says so.
pub(super) fn is_weak(source: &str) -> bool {
    source == "default" || source.starts_with("inferred:")
}

/// What was made of the evidence on one axis.
enum Weighed {
    Word(String, String),
    Open(String),
    Nothing,
}

impl LearnedFacts {
    fn propose(&mut self, axis: &'static str, word: impl Into<String>, reason: String) {
        self.proposed.push(Proposal { axis, word: word.into(), reason });
    }

    fn take(&mut self, axis: &'static str, weighed: Weighed) {
        match weighed {
            Weighed::Word(word, reason) => self.propose(axis, word, reason),
            Weighed::Open(why) => self.open.push(format!("{axis}: {why}")),
            Weighed::Nothing => {}
        }
    }
}

fn is_different(values: &BTreeSet<u64>) -> bool {
    values.len() >= DIFFERENT
}

fn too_alike(values: &BTreeSet<u64>, what: &str) -> Weighed {
    let count = values.len() as u64;
    let were = if count == 1 { "was" } else { "were" };
    Weighed::Open(format!("{} of {what} {were} seen, and {DIFFERENT} are needed", plural(count, "different value")))
}

fn direction(seen: &Pointer) -> Weighed {
    let Pointer { compared, changed, blank, .. } = *seen;
    if changed == 0 {
        if compared < ENOUGH {
            return Weighed::Open(format!("{} could be compared, and {ENOUGH} are needed", calls(compared)));
        }
        if !is_different(&seen.contents) {
            return too_alike(&seen.contents, "what lay there");
        }
        return Weighed::Word("input".into(), format!("not changed in {compared} of {}", calls(compared)));
    }
    if changed < SEVERAL {
        return Weighed::Open(format!("C wrote it in {changed} of {}, and {SEVERAL} are needed", calls(compared)));
    }
    if !is_different(&seen.written) {
        return too_alike(&seen.written, "what C wrote");
    }
    let wrote = format!("C wrote it in {changed} of {}", calls(compared));
    if blank >= SEVERAL {
        return Weighed::Word(
            "out".into(),
            format!("{wrote}, in {blank} of them where nothing had been written before"),
        );
    }
    Weighed::Word("inout".into(), format!("{wrote}; `out` if C does not read it first, which cannot be seen"))
}

/// Whether a number fits the memory in every call, and is all of it in several.
fn fits(length: &Length) -> bool {
    length.over == 0 && length.short == 0 && (length.exact >= SEVERAL || length.tight >= SEVERAL)
}

fn extent(seen: &Pointer, known: &ParamReport) -> Weighed {
    let not_null = seen.calls - seen.null.min(seen.calls);
    let fitting: Vec<&Length> = seen.lengths.iter().filter(|length| fits(length)).collect();
    match *fitting {
        [] => {}
        [only] if only.calls < ENOUGH => {
            return Weighed::Open(format!("`{}` fits {}, and {ENOUGH} are needed", only.of, calls(only.calls)));
        }
        [only] if !is_different(&only.values) => {
            return too_alike(&only.values, &format!("`{}`", only.of));
        }
        [only] => return Weighed::Word(word_of(only, known), reason_of(only, "all of its memory")),
        [..] => {
            let names: Vec<String> = fitting.iter().map(|length| format!("`{}`", spelt(length))).collect();
            return Weighed::Open(format!("{} fit all the same", names.join(" and ")));
        }
    }
    let is_text = seen.texts >= ENOUGH && seen.no_texts == 0 && seen.changed == 0 && known.ty.contains("c_char");
    if is_text {
        // A length beside it says that the zero may be missing elsewhere.
        if let Some(length) =
            seen.lengths.iter().find(|length| length.as_text.saturating_mul(2) >= length.calls && length.calls > 0)
        {
            return Weighed::Open(format!("text up to a zero, and as long as `{}` says", length.of));
        }
        if !is_different(&seen.contents) {
            return too_alike(&seen.contents, "the text");
        }
        return Weighed::Word("null_terminated".into(), format!("text up to a zero in {}", calls(seen.texts)));
    }
    let is_one_block = seen.one_block >= ENOUGH && seen.one_block == not_null && seen.size > 1;
    let is_one_written = seen.first_only >= ENOUGH && seen.first_only == seen.changed;
    if (is_one_block || is_one_written) && seen.beyond_first == 0 {
        let values = if is_one_block && !is_different(&seen.written) { &seen.contents } else { &seen.written };
        if !is_different(values) {
            return too_alike(values, "it");
        }
        let reason = match is_one_block {
            true => format!("the memory was one element in {}", calls(seen.one_block)),
            false => format!("C wrote the first element alone in {}", calls(seen.first_only)),
        };
        return Weighed::Word("one".into(), reason);
    }
    Weighed::Open("no number is all of its memory, or all that C wrote".into())
}

fn spelt(length: &Length) -> String {
    let Length { of, in_bytes, .. } = length;
    if *in_bytes { format!("sized_by({of})") } else { of.clone() }
}

fn word_of(length: &Length, known: &ParamReport) -> String {
    let is_void = known.ty.ends_with("c_void");
    let word = if length.in_bytes || is_void { "sized_by" } else { "counted_by" };
    format!("{word}({})", length.of)
}

fn reason_of(length: &Length, what: &str) -> String {
    let Length { of, calls: seen, exact, tight, .. } = length;
    let exact = (*exact > 0).then(|| format!("`{of}` is {what} in {exact} of {}", calls(*seen)));
    let tight = (*tight > 0).then(|| format!("`{of}` is all that C wrote in {tight} of {}", calls(*seen)));
    let said: Vec<String> = exact.into_iter().chain(tight).collect();
    format!("{}; more in none", said.join(", and "))
}

fn filled(seen: &Pointer) -> Option<Weighed> {
    let fits = |length: &&Length| {
        let is_sure = length.tight >= SEVERAL && length.calls >= ENOUGH && is_different(&length.values);
        length.over == 0 && length.short == 0 && is_sure
    };
    let mut fitting = seen.fills.iter().filter(fits);
    let only = fitting.next()?;
    if fitting.next().is_some() || only.in_bytes {
        return None;
    }
    let reason = format!("`{}` is all that C wrote in {} of {}", only.of, only.tight, calls(only.calls));
    Some(Weighed::Word(format!("filled_by({})", only.of), reason))
}

fn escape(seen: &Pointer) -> Weighed {
    let Pointer { searched, searched_heap, kept_static, kept_heap, .. } = *seen;
    let kept = kept_static.saturating_add(kept_heap);
    if kept > 0 {
        if kept >= SEVERAL && kept == searched {
            let reason = format!(
                "C had a pointer to it after the call in {kept} of {searched} searches; `until` which call is not seen"
            );
            return Weighed::Word("retained(forever)".into(), reason);
        }
        return Weighed::Open(format!("C had a pointer to it after {kept} of {searched} searched calls"));
    }
    if searched_heap < ENOUGH {
        let why = match searched_heap {
            0 if searched == 0 => "no call gave memory of Rust's heap, to which pointers could be searched".to_owned(),
            0 => "C's heap was not searched: a program with `interpose_malloc!` does".to_owned(),
            _ => format!("{} searched, and {ENOUGH} are needed", calls(searched_heap)),
        };
        return Weighed::Open(why);
    }
    if !is_different(&seen.contents) && !is_different(&seen.written) {
        return too_alike(&seen.contents, "what lay there");
    }
    Weighed::Word("noescape".into(), format!("no pointer to it in C's memory after {searched_heap} searched calls"))
}

/// What a result's calls show.
pub(super) fn of_result(seen: &Given, known: &ResultReport) -> LearnedFacts {
    let mut facts = LearnedFacts { evidence: evidence_of_result(seen), ..LearnedFacts::default() };
    if known.origin != "unknown" && !known.sources.iter().all(|source| is_weak(source)) {
        return facts;
    }
    facts.take("result", origin(seen, "returns"));
    facts
}

/// Whose the pointers are that C gave, as the word that says so of a result or of what is stored.
fn origin(seen: &Given, word: &str) -> Weighed {
    let given = seen.calls - seen.null.min(seen.calls);
    if given < ENOUGH {
        return Weighed::Open(format!("too little seen: {} gave a pointer, and {ENOUGH} are needed", calls(given)));
    }
    // An allocator gives one address again and again; each of these was gone before.
    if let [free] = &*seen.freed
        && seen.block == given
        && seen.again == 0
        && free.count >= SEVERAL
    {
        let Handed { function, count, .. } = free;
        let reason = format!("a new block of C's in {}, and gone after `{function}` got it in {count}", calls(given));
        return Weighed::Word(format!("{word}(owned, free = {function})"), reason);
    }
    if !is_different(&seen.values) {
        return too_alike(&seen.values, "it");
    }
    let all: Vec<&String> = seen.into.iter().filter(|(_, count)| **count == given).map(|(name, _)| name).collect();
    if let [from] = *all
        && seen.into.len() == 1
    {
        return Weighed::Word(
            format!("{word}(borrowed = {from})"),
            format!("in the memory of `{from}` in {}", calls(given)),
        );
    }
    if seen.constant == given {
        return Weighed::Word(format!("{word}(static)"), format!("in memory that nobody writes in {}", calls(given)));
    }
    Weighed::Open("whose it is cannot be told".into())
}

fn evidence(seen: &Pointer) -> Vec<String> {
    let mut said = vec![match seen.null {
        0 => format!("{}, never null", calls(seen.calls)),
        null => format!("{}, null in {null}", calls(seen.calls)),
    }];
    if seen.stored.calls > 0 {
        said.extend(evidence_of_result(&seen.stored).into_iter().map(|what| format!("what C stored there: {what}")));
    }
    if seen.compared > 0 {
        said.push(format!("changed in {} of {} that could be compared", seen.changed, seen.compared));
    }
    for length in seen.lengths.iter().chain(&seen.fills).filter(|length| length.exact > 0 || length.tight > 0) {
        let Length { calls: seen, exact, over, tight, short, .. } = length;
        let of = spelt(length);
        said.push(format!(
            "`{of}`: the memory in {exact} of {seen}, more in {over}; what C wrote in {tight}, less in {short}"
        ));
    }
    if seen.texts > 0 {
        said.push(format!("text up to a zero in {}, none in {}", seen.texts, seen.no_texts));
    }
    if seen.searched > 0 {
        let kept = seen.kept_static.saturating_add(seen.kept_heap);
        let reach = if seen.searched_heap == seen.searched { "static memory and C's heap" } else { "static memory" };
        said.push(format!("C had a pointer to it after {kept} of {} searched calls ({reach})", seen.searched));
    }
    said
}

fn evidence_of_result(seen: &Given) -> Vec<String> {
    let mut said = vec![match seen.null {
        0 => format!("{}, never null", calls(seen.calls)),
        null => format!("{}, null in {null}", calls(seen.calls)),
    }];
    said.extend(seen.into.iter().map(|(name, count)| format!("in the memory of `{name}` in {count}")));
    for (count, what) in [
        (seen.constant, "in memory that nobody writes"),
        (seen.in_static, "in static memory"),
        (seen.block, "a new block of C's"),
        (seen.elsewhere, "elsewhere"),
        (seen.again, "once more, and not seen to be released"),
    ] {
        if count > 0 {
            said.push(format!("{what} in {count}"));
        }
    }
    let handed = |what: &str, list: &[Handed]| -> Vec<String> {
        list.iter()
            .map(|it| format!("{what} `{}` got it as `{}`, {} times", it.function, it.parameter, it.count))
            .collect()
    };
    said.extend(handed("gone after", &seen.freed));
    said.extend(handed("before it came once more", &seen.last));
    said
}

fn calls(count: u64) -> String {
    plural(count, "call")
}

fn plural(count: u64, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}
