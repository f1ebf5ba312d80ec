//! Takes bindgen's assertions about layouts out of what it wrote before anything is parsed, and says each again as one comparison.
//!
//! bindgen asserts sizes, alignments and offsets by an array that is indexed for each; rustc checks the comparison in half the
//! work, and the numbers are known to `align` without a parse.

use proc_macro2::{Delimiter, Literal, TokenStream, TokenTree};
use quote::quote;

/// What bindgen asserts about one record.
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
        let heading = format!("Offset of field: {record}::{field}");
        self.facts.iter().find(|fact| fact.heading == heading).map(|fact| fact.number)
    }

    /// Says nothing more of where the fields are.
    pub(super) fn forget_offsets(&mut self) {
        self.facts.retain(|fact| !fact.heading.starts_with("Offset of field: "));
    }

    /// `const _: () = assert!(size_of::<X>() == 8 && …, "…");`
    pub(super) fn item(&self) -> syn::Item {
        let comparisons = self.facts.iter().map(|Fact { measured, number, .. }| {
            let number = Literal::u64_unsuffixed(*number);
            quote!(#measured == #number)
        });
        // `assert!` reads its message as a format.
        let record = self.number("Size of ").map_or("a type", |(record, _)| record);
        let record = record.replace('{', "{{").replace('}', "}}");
        let message = format!("C lays out `{record}` otherwise here than where this was generated");
        syn::Item::Verbatim(quote!(
            const _: () = ::core::assert!(#(#comparisons)&&*, #message);
        ))
    }
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
    (!facts.is_empty()).then_some(Layout { facts })
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
    use quote::{ToTokens, quote};

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
            const _: () = ::core::assert!(
                ::std::mem::size_of::<pair>() == 8
                    && ::std::mem::align_of::<pair>() == 4
                    && ::std::mem::offset_of!(pair, b) == 4,
                "C lays out `pair` otherwise here than where this was generated"
            );
        };
        assert_eq!(layouts.len(), 1);
        assert_eq!(layouts[0].item().to_token_stream().to_string(), expected.to_string());
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
        ] {
            let (rest, layouts) = split(text.clone());
            assert!(layouts.is_empty());
            assert_eq!(rest.to_string(), text.to_string());
        }
    }
}
