//! The keys of contract files: which stand where, and which word of the attribute language each is.

/// The number that a file begins with.
pub(super) const SCHEMA: i128 = 1;

/// What may stand at the top.
pub(super) const TOP: &[&str] = &["schema", "functions", "records"];

/// What a key takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// `true`: the word without arguments.
    Flag,
    /// A string: what stands between the parentheses of the word.
    Arguments,
    /// A string, or a number.
    Length,
    /// `true`, or a string.
    FlagOrArguments,
    /// `true`, a string, or a list of strings, one for each case.
    FlagOrCases,
    /// A string, or a list of strings, one for each case.
    Cases,
    /// A string that is told to people.
    Reason,
    /// The name of a word: `in`, `out`, `inout`.
    Direction,
    /// `true` for one word, `false` for its opposite.
    Nullable,
    /// `true` asks for a signature.
    Signature,
}

/// One key.
#[derive(Debug)]
pub(super) struct Key {
    /// As written; also the word of the attribute language, where the shape does not choose one.
    pub(super) name: &'static str,
    /// What it takes.
    pub(super) shape: Shape,
    /// How it is written.
    pub(super) example: &'static str,
}

const fn key(name: &'static str, shape: Shape, example: &'static str) -> Key {
    Key { name, shape, example }
}

/// The keys of a function, beside its `params`.
pub(super) const ON_FUNCTIONS: &[Key] = &[
    key("errno", Shape::FlagOrArguments, "`errno = true`, `errno = \"void\"` or `errno = \"null\"`"),
    key("success", Shape::Arguments, "`success = \"result == 0\"`"),
    key("returns", Shape::Cases, "`returns = \"static\"`, `\"borrowed = p\"` or `\"owned, free = f\"`"),
    key("may_alias", Shape::Flag, "`may_alias = true`"),
    key("unsafe_beyond_pointers", Shape::Reason, "`unsafe_beyond_pointers = \"reason\"`"),
    key("nested", Shape::Arguments, "`nested = \"live\"` or `nested = \"strict\"`"),
    key("guarded", Shape::Arguments, "`guarded = \"always\"` or `guarded = \"never\"`"),
    key("unchecked", Shape::Reason, "`unchecked = \"reason\"`"),
    key("calls_back", Shape::Flag, "`calls_back = true`"),
    key("nocallback", Shape::Flag, "`nocallback = true`"),
    key("safe", Shape::Signature, "`safe = true`"),
    key("idiomatic", Shape::Signature, "`idiomatic = true`"),
];

/// The keys of a parameter, and of a field.
pub(super) const ON_PARAMETERS: &[Key] = &[
    key("direction", Shape::Direction, "`direction = \"in\"`, `\"out\"` or `\"inout\"`"),
    key("nullable", Shape::Nullable, "`nullable = true`, or `nullable = false` where it is never null"),
    key("one", Shape::Flag, "`one = true`"),
    key("counted_by", Shape::Length, "`counted_by = \"n\"`, with the parameter that counts the elements"),
    key("sized_by", Shape::Length, "`sized_by = \"n\"`, with the parameter that counts the bytes"),
    key("null_terminated", Shape::Flag, "`null_terminated = true`"),
    key("filled_by", Shape::Arguments, "`filled_by = \"return\"`, or the expression that tells how much was written"),
    key("may_exceed", Shape::Flag, "`may_exceed = true`"),
    key("pointer", Shape::Flag, "`pointer = true`"),
    key(
        "address_sensitive",
        Shape::FlagOrArguments,
        "`address_sensitive = true`, or `address_sensitive = \"shared\"` where C itself locks it",
    ),
    key("noescape", Shape::FlagOrCases, "`noescape = true`, or `noescape = \"when(flags & COPY)\"`"),
    key("retained", Shape::Cases, "`retained = \"forever\"`, or `retained = \"by = handle, until = [end_function]\"`"),
    key("transfer", Shape::FlagOrCases, "`transfer = true`, or `transfer = \"free = function\"`"),
    key("flow_through", Shape::FlagOrArguments, "`flow_through = true`, or `flow_through = \"out\"`"),
    key("opaque", Shape::Flag, "`opaque = true`"),
    key("address", Shape::Flag, "`address = true`"),
    key("callback", Shape::Arguments, "`callback = \"userdata = p, scope = call, destroy = f\"`"),
    key("pointee", Shape::Arguments, "`pointee = \"null_terminated, owned, free = f\"`"),
];

/// How a word of the attribute language is written here, where it is no key.
pub(super) fn instead(word: &str) -> Option<&'static str> {
    Some(match word {
        "input" | "in" => "direction = \"in\"",
        "out" => "direction = \"out\"",
        "inout" => "direction = \"inout\"",
        "nonnull" => "nullable = false",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::annotate;

    #[test]
    fn each_word_of_the_attribute_language_has_a_key() {
        for word in annotate::ON_PARAMETERS {
            assert!(ON_PARAMETERS.iter().any(|key| key.name == *word) || instead(word).is_some(), "{word}");
        }
        for word in annotate::ON_FUNCTIONS.iter().filter(|word| **word != "form_of") {
            assert!(ON_FUNCTIONS.iter().any(|key| key.name == *word), "{word}");
        }
    }
}
