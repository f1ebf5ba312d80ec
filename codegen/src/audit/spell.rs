//! How a Rust type of generated bindings is spelt for a reader.

use quote::ToTokens;

/// A type in one line, without the paths that only a compiler needs.
pub(super) fn ty(ty: &impl ToTokens) -> String {
    let mut out = String::new();
    let text = ty.to_token_stream().to_string();
    for word in text.split(' ') {
        if word == "::" {
            // Of a path, the last name: `:: std :: os :: raw :: c_int`.
            let before = out.rsplit(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default();
            let is_path = !matches!(before, "" | "mut" | "const" | "fn");
            if is_path {
                let start = out.trim_end_matches(|c: char| c.is_alphanumeric() || c == '_').len();
                out.truncate(start);
            }
            continue;
        }
        let glued = matches!(out.chars().last(), None | Some('*' | '&' | '<' | '(' | '['))
            || out.ends_with(' ')
            || matches!(word, ">" | "<" | "," | ")" | ";" | "]" | ":")
            || (word.starts_with('(') && out.ends_with("fn"));
        if !glued {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn types_are_short() {
        for (text, spelt) in [
            ("*mut ::std::os::raw::c_char", "*mut c_char"),
            ("*const *mut T", "*const *mut T"),
            ("::std::option::Option<unsafe extern \"C\" fn(a: *mut u8, b: T) -> i32>", {
                "Option<unsafe extern \"C\" fn(a: *mut u8, b: T) -> i32>"
            }),
            ("[u8; 4usize]", "[u8; 4usize]"),
        ] {
            let ty: syn::Type = syn::parse_str(text).expect("a type");
            assert_eq!(super::ty(&ty), spelt);
        }
    }
}
