//! Decides how long and how deep the argument of a word may be.

use proc_macro2::{TokenStream, TokenTree};

/// Longer arguments are no contract, and deep ones would be read with a deep stack.
const MOST_TOKENS: usize = 200;
/// Signs in a row: each that stands before a value is one level more.
const MOST_SIGNS: usize = 8;
const DEEPEST: usize = 16;
const LONGEST: usize = 4096;

/// The tokens of a text, where they are Rust's and no more than a contract needs.
pub(crate) fn tokens(text: &str) -> Option<TokenStream> {
    let tokens: TokenStream = (text.len() <= LONGEST).then(|| text.parse().ok())??;
    are_few(&tokens).then_some(tokens)
}

/// Whether tokens are no more than a contract needs.
pub(crate) fn are_few(tokens: &TokenStream) -> bool {
    fn count(tokens: &TokenStream, depth: usize, left: &mut usize) -> Option<()> {
        let mut signs = MOST_SIGNS;
        for token in tokens.clone() {
            *left = left.checked_sub(1)?;
            signs = if matches!(token, TokenTree::Punct(_)) { signs.checked_sub(1)? } else { MOST_SIGNS };
            if let TokenTree::Group(group) = token {
                count(&group.stream(), depth.checked_sub(1)?, left)?;
            }
        }
        Some(())
    }
    count(tokens, DEEPEST, &mut { MOST_TOKENS }).is_some()
}

#[cfg(test)]
mod tests {
    use super::tokens;

    #[test]
    fn long_and_deep_texts_are_left_alone() {
        assert!(tokens("min(w * h, *len)").is_some());
        assert!(tokens(&format!("{}n{}", "(".repeat(9), ")".repeat(9))).is_some());
        for text in [
            "(".to_owned(),
            "\"".to_owned(),
            "-".repeat(9),
            "return ".repeat(201),
            "n".repeat(4097),
            format!("{}n{}", "(".repeat(17), ")".repeat(17)),
            "(".repeat(2000) + &")".repeat(2000),
        ] {
            assert!(tokens(&text).is_none(), "{text}");
        }
    }
}
