//! Reads a contract file: TOML whose values are arguments of the attribute language, read by its grammar.

use super::schema::{self, Key, Shape};
use super::{ContractFile, Given, Named, Word};
use crate::contract::annotate::{spelling, words};
use crate::contract::limits;
use crate::diag::{Code, Diagnostic, Diagnostics, closest, codes};
use crate::model::Safety;
use crate::read::text_file::TextFile;
use proc_macro2::{Delimiter, Literal, TokenStream, TokenTree};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Reads a file.
///
/// # Errors
///
/// Text that is no TOML, another schema, keys that nobody knows and values that cannot be read, each at its place.
pub fn parse(file: &TextFile) -> Result<ContractFile, Diagnostics> {
    let mut reader = Reader { file, diagnostics: Diagnostics::new() };
    let (table, errors) = DeTable::parse_recoverable(&file.text);
    for error in errors {
        let offset = error.span().map_or(0, |span| span.start);
        let message = format!("this is no TOML: {}", error.message().replace('\n', ", "));
        reader.refuse(
            codes::CONTRACT_FILE,
            offset,
            message,
            "mend the line; strings stand in quotes, names in brackets",
        );
    }
    if reader.diagnostics.is_empty() {
        let contracts = reader.top(table.get_ref());
        reader.diagnostics.barrier()?;
        return Ok(contracts);
    }
    Err(reader.diagnostics)
}

struct Reader<'a> {
    file: &'a TextFile,
    diagnostics: Diagnostics,
}

/// The entries of a table in the order of the file.
fn entries<'a>(table: &'a DeTable<'_>) -> Vec<(&'a str, usize, &'a Spanned<DeValue<'a>>)> {
    let mut entries: Vec<_> = table.iter().map(|(key, value)| (&**key.get_ref(), key.span().start, value)).collect();
    entries.sort_by_key(|(_, at, _)| *at);
    entries
}

/// The kind of a value, for messages.
fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) => "a number",
        DeValue::Float(_) => "a number with a point",
        DeValue::Boolean(true) => "true",
        DeValue::Boolean(false) => "false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

fn integer(value: &DeValue<'_>) -> Option<i128> {
    let number = value.as_integer()?;
    i128::from_str_radix(number.as_str(), number.radix()).ok()
}

impl Reader<'_> {
    fn refuse(&mut self, code: Code, offset: usize, message: String, help: impl Into<String>) {
        self.diagnostics.push(Diagnostic::new(code, self.file.place(offset), message).help(help));
    }

    fn top(&mut self, table: &DeTable<'_>) -> ContractFile {
        let mut file = ContractFile::default();
        match table.get("schema") {
            Some(value) if integer(value.get_ref()) == Some(schema::SCHEMA) => {}
            found => {
                let (offset, message) = found.map_or((0, "the file does not say its schema".to_owned()), |value| {
                    let text = self.file.text.get(value.span()).unwrap_or_default();
                    (value.span().start, format!("schema {text} is not known here"))
                });
                self.refuse(codes::CONTRACT_FILE, offset, message, "write `schema = 1` at the top");
                // What another schema means by the rest is not for us to say.
                return file;
            }
        }
        for (name, offset, value) in entries(table) {
            match name {
                "schema" => {}
                "functions" => {
                    for (name, offset, value) in self.table(name, value) {
                        let Some(entry) = self.function(name, offset, value) else { continue };
                        file.functions.push(entry);
                    }
                }
                "records" => {
                    for (name, offset, value) in self.table(name, value) {
                        let Some(entry) = self.record(name, offset, value) else { continue };
                        file.records.push(entry);
                    }
                }
                _ => self.unknown(name, offset, "a contract file", schema::TOP),
            }
        }
        file
    }

    /// The entries of a value that must be a table.
    fn table<'v>(
        &mut self,
        name: &str,
        value: &'v Spanned<DeValue<'_>>,
    ) -> Vec<(&'v str, usize, &'v Spanned<DeValue<'v>>)> {
        if let DeValue::Table(table) = value.get_ref() {
            return entries(table);
        }
        let message = format!("`{name}` is a table, not {}", kind(value.get_ref()));
        self.refuse(codes::MALFORMED, value.span().start, message, format!("write `[….{name}]` and its keys below it"));
        Vec::new()
    }

    fn unknown(&mut self, name: &str, offset: usize, what: &str, known: &[&str]) {
        let mut diagnostic =
            Diagnostic::new(codes::UNKNOWN_ATTRIBUTE, self.file.place(offset), format!("`{name}` is no key of {what}"))
                .note(format!("{what} may have {}", known.join(", ")));
        if let Some(text) = schema::instead(name).filter(|_| known.contains(&"direction")) {
            diagnostic = diagnostic.help(format!("write `{text}`"));
        } else if let Some(near) = closest(name, known.iter().copied()) {
            diagnostic = diagnostic.help(format!("did you mean `{near}`?"));
        } else {
            diagnostic = diagnostic.help("take it away");
        }
        self.diagnostics.push(diagnostic);
    }

    fn named(&self, name: &str, offset: usize) -> Named {
        Named { name: name.to_owned(), at: self.file.place(offset) }
    }

    fn function(&mut self, name: &str, offset: usize, value: &Spanned<DeValue<'_>>) -> Option<Given> {
        let mut given = Given::new(self.named(name, offset));
        let DeValue::Table(_) = value.get_ref() else {
            self.table(name, value);
            return None;
        };
        for (key, offset, value) in self.table(name, value) {
            match schema::ON_FUNCTIONS.iter().find(|known| known.name == key) {
                Some(known) if known.shape == Shape::Signature => match value.get_ref().as_bool() {
                    Some(true) if given.safety.is_none() => {
                        given.safety = Some(if key == "safe" { Safety::Safe } else { Safety::Idiomatic });
                    }
                    Some(true) => {
                        let message = "`safe` and `idiomatic` are two signatures".to_owned();
                        self.refuse(codes::CONTRADICTION, offset, message, "keep one of the two");
                    }
                    _ => self.wrong_type(known, value),
                },
                Some(known) => given.words.extend(self.words(known, value)),
                None if key == "params" => {
                    for (name, offset, value) in self.table(key, value) {
                        let words = self.parameter(name, value, "a parameter");
                        given.members.push((self.named(name, offset), words));
                    }
                }
                None => {
                    let mut known: Vec<&str> = schema::ON_FUNCTIONS.iter().map(|key| key.name).collect();
                    known.push("params");
                    self.unknown(key, offset, "a function", &known);
                }
            }
        }
        Some(given)
    }

    fn record(&mut self, name: &str, offset: usize, value: &Spanned<DeValue<'_>>) -> Option<Given> {
        let mut given = Given::new(self.named(name, offset));
        for (key, offset, value) in self.table(name, value) {
            if key != "fields" {
                self.unknown(key, offset, "a record", &["fields"]);
                continue;
            }
            for (name, offset, value) in self.table(key, value) {
                let words = self.parameter(name, value, "a field");
                given.members.push((self.named(name, offset), words));
            }
        }
        Some(given)
    }

    fn parameter(&mut self, name: &str, value: &Spanned<DeValue<'_>>, what: &str) -> Vec<Word> {
        let mut words = Vec::new();
        for (key, offset, value) in self.table(name, value) {
            match schema::ON_PARAMETERS.iter().find(|known| known.name == key) {
                Some(known) => words.extend(self.words(known, value)),
                None => {
                    let known: Vec<&str> = schema::ON_PARAMETERS.iter().map(|key| key.name).collect();
                    self.unknown(key, offset, what, &known);
                }
            }
        }
        words
    }

    /// The words that a key with this value stands for.
    fn words(&mut self, key: &Key, value: &Spanned<DeValue<'_>>) -> Vec<Word> {
        let offset = value.span().start;
        let word = match (key.shape, value.get_ref()) {
            (Shape::Flag | Shape::FlagOrArguments | Shape::FlagOrCases, DeValue::Boolean(true)) => {
                self.word(key, key.name, None, offset)
            }
            (Shape::Nullable, DeValue::Boolean(nullable)) => {
                self.word(key, if *nullable { "nullable" } else { "nonnull" }, None, offset)
            }
            (Shape::Direction, DeValue::String(text)) => match &**text {
                "in" => self.word(key, "input", None, offset),
                "out" => self.word(key, "out", None, offset),
                "inout" => self.word(key, "inout", None, offset),
                other => {
                    let message = format!("`{other}` is no direction");
                    self.refuse(codes::MALFORMED, offset, message, format!("write {}", key.example));
                    None
                }
            },
            (Shape::Reason, DeValue::String(text)) => {
                self.word(key, key.name, Some(TokenTree::from(Literal::string(text)).into()), offset)
            }
            (Shape::Length, DeValue::Integer(_)) => {
                match integer(value.get_ref()).and_then(|number| u64::try_from(number).ok()) {
                    Some(number) => {
                        self.word(key, key.name, Some(TokenTree::from(Literal::u64_unsuffixed(number)).into()), offset)
                    }
                    None => {
                        self.wrong_type(key, value);
                        None
                    }
                }
            }
            (Shape::Cases | Shape::FlagOrCases, DeValue::Array(list)) => {
                return list.iter().filter_map(|item| self.case(key, item)).collect();
            }
            (
                Shape::Arguments | Shape::Length | Shape::FlagOrArguments | Shape::FlagOrCases | Shape::Cases,
                DeValue::String(_),
            ) => self.case(key, value),
            _ => {
                self.wrong_type(key, value);
                None
            }
        };
        word.into_iter().collect()
    }

    /// A string with the arguments of a word.
    fn case(&mut self, key: &Key, value: &Spanned<DeValue<'_>>) -> Option<Word> {
        let Some(text) = value.get_ref().as_str() else {
            self.wrong_type(key, value);
            return None;
        };
        let Some(tokens) = limits::tokens(text) else {
            let message = format!("`{}` cannot be read: a quote or a bracket is open, or it is too long", key.name);
            self.refuse(codes::MALFORMED, value.span().start, message, format!("write {}", key.example));
            return None;
        };
        self.word(key, key.name, Some(tokens), value.span().start)
    }

    fn wrong_type(&mut self, key: &Key, value: &Spanned<DeValue<'_>>) {
        let message = format!("`{}` cannot be {}", key.name, kind(value.get_ref()));
        let help = match value.get_ref() {
            DeValue::Boolean(false) => "take it away: what is not said is not known".to_owned(),
            _ => format!("write {}", key.example),
        };
        self.refuse(codes::MALFORMED, value.span().start, message, help);
    }

    /// One word of the attribute language, read as if it stood in `#[…]`.
    fn word(&mut self, key: &Key, word: &str, arguments: Option<TokenStream>, offset: usize) -> Option<Word> {
        let ident = syn::Ident::new(word, proc_macro2::Span::call_site());
        let attribute: syn::Attribute = match arguments {
            Some(arguments) => {
                let group = proc_macro2::Group::new(Delimiter::Parenthesis, arguments);
                syn::parse_quote!(#[#ident #group])
            }
            None => syn::parse_quote!(#[#ident]),
        };
        match words::claim(word, &attribute) {
            Ok(claim) => Some(Word { claim, words: spelling(&attribute), at: self.file.place(offset) }),
            Err(error) => {
                let message = format!("`{}` cannot be read: {error}", key.name);
                self.refuse(codes::MALFORMED, offset, message, format!("write {}", key.example));
                None
            }
        }
    }
}
