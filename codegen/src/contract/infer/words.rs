//! How names are taken apart: words, plurals, and which name speaks of which.

/// The words of a name in snake or camel case, in lower case.
pub(super) fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut current = String::new();
    let chars: Vec<char> = name.chars().collect();
    for (at, &c) in chars.iter().enumerate() {
        if !c.is_alphanumeric() {
            words.extend((!current.is_empty()).then(|| std::mem::take(&mut current)));
            continue;
        }
        let after_lower = at > 0 && chars[at - 1].is_lowercase();
        let before_lower = chars.get(at + 1).is_some_and(|next| next.is_lowercase());
        let after_upper = at > 0 && chars[at - 1].is_uppercase();
        if c.is_uppercase() && (after_lower || (after_upper && before_lower)) && !current.is_empty() {
            words.push(std::mem::take(&mut current));
        }
        current.extend(c.to_lowercase());
    }
    words.extend((!current.is_empty()).then_some(current));
    words
}

/// Plurals of their own kind.
const IRREGULAR: &[(&str, &str)] =
    &[("vertices", "vertex"), ("indices", "index"), ("matrices", "matrix"), ("children", "child")];

/// A word without the ending of its plural, and without a `y` that a plural changes.
pub(super) fn singular(word: &str) -> &str {
    if let Some((_, one)) = IRREGULAR.iter().find(|(many, _)| *many == word) {
        return one;
    }
    if let Some(rest) = word.strip_suffix("ies").or_else(|| word.strip_suffix('y')).filter(|rest| rest.len() > 2) {
        return rest;
    }
    if ends_as_plural(word) { &word[..word.len() - 1] } else { word }
}

fn ends_as_plural(word: &str) -> bool {
    let is_one = matches!(
        word,
        "pos"
            | "bias"
            | "alias"
            | "canvas"
            | "has"
            | "was"
            | "gps"
            | "dns"
            | "tls"
            | "css"
            | "https"
            | "yes"
            | "gas"
            | "lens"
            | "series"
            | "news"
            | "atlas"
            | "chaos"
            | "cos"
            | "dos"
    );
    !is_one && word.len() > 2 && word.ends_with('s') && !["ss", "us", "is"].iter().any(|end| word.ends_with(end))
}

/// Whether a name speaks of several things.
pub(super) fn is_plural(name: &str) -> bool {
    let words = words(name);
    let Some(last) = words.iter().rev().find(|word| !word.chars().all(|c| c.is_ascii_digit())) else { return false };
    let last = last.trim_end_matches(|c: char| c.is_ascii_digit());
    ends_as_plural(last)
        || ["array", "vec", "indices", "vertices", "children"].iter().any(|end| last.ends_with(end))
        || matches!(last, "ary" | "arr" | "vector" | "strv" | "argv" | "xs" | "ys" | "zs")
}

/// How closely one name speaks of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Relation {
    /// They share a beginning or an end.
    Partial,
    /// They are the same, but for the plural.
    Exact,
}

/// Words for memory that are joined with what is in it.
const MEMORY: &[&str] = &["buf", "buffer", "data", "str", "string", "bytes", "mem", "array", "list", "vec", "text"];

/// Whether `stem`, what is left of a length's name, speaks of the pointer `name`.
pub(super) fn relation(stem: &[String], name: &[String]) -> Option<Relation> {
    if stem.is_empty() || name.is_empty() {
        return None;
    }
    let stem: Vec<&str> = stem.iter().map(|word| singular(word)).collect();
    let name: Vec<&str> = name.iter().map(|word| singular(word)).filter(|word| !is_decoration(word)).collect();
    let (joined_stem, joined_name) = (stem.concat(), name.concat());
    if joined_stem == joined_name {
        return Some(Relation::Exact);
    }
    let ends = |long: &[&str], short: &[&str]| !short.is_empty() && long.len() > short.len() && long.ends_with(short);
    let begins = |long: &[&str], short: &[&str]| {
        !short.is_empty() && long.len() > short.len() && long.starts_with(short) && short.concat().len() > 1
    };
    let prefixed = |long: &str, short: &str| short.len() >= 3 && long.len() > short.len() && long.starts_with(short);
    // `inbuf, inlen`: a word for memory behind what the length names.
    let is_memory = |long: &str, short: &str| long.strip_prefix(short).is_some_and(|rest| MEMORY.contains(&rest));
    if stem.len() == 1 && name.len() == 1 && is_memory(&joined_name, &joined_stem) {
        return Some(Relation::Exact);
    }
    let partial = ends(&name, &stem)
        || ends(&stem, &name)
        || begins(&name, &stem)
        || (stem.len() == 1
            && name.len() == 1
            && (prefixed(&joined_name, &joined_stem) || prefixed(&joined_stem, &joined_name)))
        || (joined_stem == "arg" && matches!(joined_name.as_str(), "argv" | "argvp"));
    partial.then_some(Relation::Partial)
}

/// Words that say how a parameter is passed, not what it is.
pub(super) fn is_decoration(word: &str) -> bool {
    matches!(word, "out" | "return" | "ret" | "p" | "ptr" | "location" | "loc")
}

/// Whether any of the words is one of `vocabulary`.
pub(super) fn has(words: &[String], vocabulary: &[&str]) -> bool {
    words.iter().any(|word| vocabulary.contains(&word.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fall_into_words() {
        assert_eq!(words("n_elements"), ["n", "elements"]);
        assert_eq!(words("DestroyNotifyFunc"), ["destroy", "notify", "func"]);
        assert_eq!(words("XMLNode"), ["xml", "node"]);
        assert_eq!(words("__buf"), ["buf"]);
        assert!(is_plural("names") && is_plural("entries") && is_plural("argv"));
        assert!(!is_plural("class") && !is_plural("status") && !is_plural("name") && !is_plural("axis"));
    }

    #[test]
    fn stems_find_their_pointer() {
        let relate = |stem: &str, name: &str| relation(&words(stem), &words(name));
        assert_eq!(relate("keys", "keys"), Some(Relation::Exact));
        assert_eq!(relate("entry", "entries"), Some(Relation::Exact));
        assert_eq!(relate("element", "elements"), Some(Relation::Exact));
        assert_eq!(relate("fds", "source_fds"), Some(Relation::Partial));
        assert_eq!(relate("iov", "iovec"), Some(Relation::Partial));
        assert_eq!(relate("arg", "argv"), Some(Relation::Partial));
        assert_eq!(relate("vertices", "vertex"), Some(Relation::Exact));
        assert_eq!(relate("services", "service"), Some(Relation::Exact));
        assert_eq!(relate("dest", "src"), None);
        assert_eq!(relate("in", "inbuf"), Some(Relation::Exact));
        assert_eq!(relate("in", "index"), None);
        assert_eq!(relate("class", "type_name"), None);
    }
}
