//! Takes bindgen's assertions about layouts out of what it wrote before anything is parsed, and says each again as one call.
//!
//! bindgen asserts sizes, alignments and offsets by an array that is indexed for each; rustc checks the call in a third of the
//! work, and the numbers are known to `align` without a parse.

use proc_macro2::{Delimiter, Literal, TokenStream, TokenTree};
use quote::quote;

const SIZE: &str = "Size of ";
const ALIGNMENT: &str = "Alignment of ";
const OFFSET: &str = "Offset of field: ";

/// What bindgen asserts about one record: its size, its alignment and where its fields lie.
#[derive(Clone, Debug)]
pub struct Layout {
    facts: Vec<Fact>,
}

/// `["Size of X"][::std::mem::size_of::<X>() - 8usize];`
#[derive(Clone, Debug)]
struct Fact {
    heading: String,
    measured: TokenStream,
    number: u64,
}

impl Layout {
    /// The name and the number that stand under a heading, such as `Size of `.
    pub(super) fn number(&self, heading: &str) -> Option<(&str, u64)> {
        self.facts.iter().find_map(|fact| Some((fact.heading.strip_prefix(heading)?, fact.number)))
    }

    /// Where a field lies, in bytes.
    pub(super) fn offset(&self, record: &str, field: &str) -> Option<u64> {
        let heading = format!("{OFFSET}{record}::{field}");
        self.facts.iter().find(|fact| fact.heading == heading).map(|fact| fact.number)
    }

    /// Whether it is that record's.
    pub(super) fn is_of(&self, record: &str) -> bool {
        self.number(SIZE).is_some_and(|(known, _)| known == record)
    }

    /// Whether it has this size and this alignment.
    pub(super) fn is(&self, size: u64, align: u64) -> bool {
        self.whole().is_some_and(|(_, whole)| whole == (size, align))
    }

    /// The record, with its size and its alignment.
    pub(super) fn whole(&self) -> Option<(String, (u64, u64))> {
        let ((name, size), (_, align)) = (self.number(SIZE)?, self.number(ALIGNMENT)?);
        Some((name.to_owned(), (size, align)))
    }

    /// Where each field lies, by record and field.
    pub(super) fn places(&self) -> impl Iterator<Item = ((String, String), u64)> {
        let fields = self.facts.iter().filter_map(|fact| Some((fact.heading.strip_prefix(OFFSET)?, fact.number)));
        fields.filter_map(|(field, number)| {
            let (record, field) = field.split_once("::")?;
            Some(((record.to_owned(), field.to_owned()), number))
        })
    }

    /// Says nothing more of where the fields are.
    pub(super) fn forget_offsets(&mut self) {
        self.facts.retain(|fact| !fact.heading.starts_with(OFFSET));
    }

    /// `::<X>("…", 8, 4, &[offset_of!(X, a), …], &[0, …])`, for the runtime's function that compares them.
    pub(super) fn arguments(&self) -> TokenStream {
        let literal = |fact: &&Fact| Literal::u64_unsuffixed(fact.number);
        let numbers = |heading: &str| self.facts.iter().find(|fact| fact.heading.starts_with(heading));
        let (size, align) = (numbers(SIZE), numbers(ALIGNMENT));
        let ty = size.map(|fact| between_angles(&fact.measured));
        let (size, align) = (size.as_ref().map(literal), align.as_ref().map(literal));
        let offsets: Vec<&Fact> = self.facts.iter().filter(|fact| fact.heading.starts_with(OFFSET)).collect();
        let (measured, numbers) = (offsets.iter().map(|fact| &fact.measured), offsets.iter().map(literal));
        let record = self.number(SIZE).map_or("a type", |(record, _)| record);
        let message = format!("C lays out `{record}` otherwise here than where this was generated");
        quote!(::<#ty>(#message, #size, #align, &[#(#measured),*], &[#(#numbers),*]))
    }
}

/// What stands between the first `<` and the last `>`.
fn between_angles(measured: &TokenStream) -> TokenStream {
    let trees: Vec<TokenTree> = measured.clone().into_iter().collect();
    let first = trees.iter().position(|tree| is(tree, '<')).map_or(0, |at| at + 1);
    let last = trees.iter().rposition(|tree| is(tree, '>')).unwrap_or(trees.len());
    trees.get(first..last).unwrap_or_default().iter().cloned().collect()
}

/// Everything else, and the assertions.
pub(super) fn split(tokens: TokenStream) -> (TokenStream, Vec<Layout>) {
    let trees: Vec<TokenTree> = tokens.into_iter().collect();
    let mut layouts = Vec::new();
    let mut rest = Vec::with_capacity(trees.len());
    let mut at = 0;
    while at < trees.len() {
        if let Some(layout) = trees.get(at..at + ASSERTION).and_then(assertion) {
            layouts.push(layout);
            at += ASSERTION;
        } else {
            rest.push(trees[at].clone());
            at += 1;
        }
    }
    (rest.into_iter().collect(), layouts)
}

/// The tokens of `#[…] const _: () = { … };`
const ASSERTION: usize = 9;

fn assertion(trees: &[TokenTree]) -> Option<Layout> {
    let [attribute, _, word, name, _, _, _, block, _] = trees else { return None };
    if !is(attribute, '#') || !matches!(word, TokenTree::Ident(word) if word == "const") || name.to_string() != "_" {
        return None;
    }
    let mut inside = inside(block, Delimiter::Brace)?.into_iter().peekable();
    let mut facts = Vec::new();
    while inside.peek().is_some() {
        let (heading, difference, end) = (inside.next()?, inside.next()?, inside.next()?);
        let heading = self::inside(&heading, Delimiter::Bracket)?.to_string();
        let heading = heading.strip_prefix('"')?.strip_suffix('"')?.to_owned();
        let mut measured: Vec<TokenTree> = self::inside(&difference, Delimiter::Bracket)?.into_iter().collect();
        let number = measured.pop()?.to_string();
        let number = number.strip_suffix("usize")?.parse().ok()?;
        if !is(&measured.pop()?, '-') || !is(&end, ';') {
            return None;
        }
        facts.push(Fact { heading, measured: measured.into_iter().collect(), number });
    }
    let layout = Layout { facts };
    (layout.number(SIZE).is_some() && layout.number(ALIGNMENT).is_some()).then_some(layout)
}

fn inside(tree: &TokenTree, delimiter: Delimiter) -> Option<TokenStream> {
    match tree {
        TokenTree::Group(group) if group.delimiter() == delimiter => Some(group.stream()),
        _ => None,
    }
}

fn is(tree: &TokenTree, sign: char) -> bool {
    matches!(tree, TokenTree::Punct(punct) if punct.as_char() == sign)
}

#[cfg(test)]
mod tests {
    use super::split;
    use quote::quote;

    #[test]
    fn every_size_alignment_and_offset_is_compared() {
        let (rest, layouts) = split(quote! {
            pub struct pair { pub a: i32, pub b: i32 }
            #[allow(clippy::unnecessary_operation, clippy::identity_op)]
            const _: () = {
                ["Size of pair"][::std::mem::size_of::<pair>() - 8usize];
                ["Alignment of pair"][::std::mem::align_of::<pair>() - 4usize];
                ["Offset of field: pair::b"][::std::mem::offset_of!(pair, b) - 4usize];
            };
            pub const A: u32 = 1;
        });
        let expected = quote! {
            ::<pair>(
                "C lays out `pair` otherwise here than where this was generated",
                8,
                4,
                &[::std::mem::offset_of!(pair, b)],
                &[4]
            )
        };
        assert_eq!(layouts.len(), 1);
        assert_eq!(layouts[0].arguments().to_string(), expected.to_string());
        assert_eq!(layouts[0].number("Alignment of "), Some(("pair", 4)));
        let others = quote! { pub struct pair { pub a: i32, pub b: i32 } pub const A: u32 = 1; };
        assert_eq!(rest.to_string(), others.to_string());
    }

    #[test]
    fn another_constant_stays_as_it_is() {
        for text in [
            quote!(
                #[allow(dead_code)]
                const A: () = {
                    ["Size of pair"][::std::mem::size_of::<pair>() - 8usize];
                };
            ),
            quote!(
                #[allow(dead_code)]
                const _: () = {
                    other();
                };
            ),
            quote!(
                #[allow(dead_code)]
                const _: () = {};
            ),
            // Half of what is said of a record is not taken apart.
            quote!(
                #[allow(dead_code)]
                const _: () = {
                    ["Size of pair"][::std::mem::size_of::<pair>() - 8usize];
                };
            ),
        ] {
            let (rest, layouts) = split(text.clone());
            assert!(layouts.is_empty());
            assert_eq!(rest.to_string(), text.to_string());
        }
    }
}
