//! Reads a prototype in C that a user writes for a macro: `int WIFEXITED(int status)`.

use super::{Shim, ShimParam};

/// Takes a prototype apart; an error says what is missing.
pub(super) fn read(text: &str, prefix: &str) -> Result<Shim, String> {
    let text = text.trim().trim_end_matches(';').trim();
    if text.contains(['{', '}', ';', '#', '"', '\n']) {
        return Err("it is no prototype".into());
    }
    let (head, rest) = text.split_once('(').ok_or("it has no parameters in parentheses")?;
    let list = rest.strip_suffix(')').ok_or("it does not end with `)`")?;
    let (result, name) = last_word(head).ok_or("it has no name")?;
    if result.is_empty() {
        return Err(format!("`{name}` has no type for its result"));
    }
    let mut params = Vec::new();
    for declaration in split(list) {
        if declaration == "..." {
            return Err("C cannot pass on what `...` stands for".into());
        }
        let name = param_name(declaration).ok_or_else(|| format!("`{declaration}` has no name"))?;
        params.push(ShimParam { name: name.to_owned(), declaration: declaration.to_owned() });
    }
    let (name, symbol) = (name.to_owned(), format!("{prefix}{name}"));
    Ok(Shim { name, symbol, result: result.to_owned(), params, asked: Some(text.to_owned()) })
}

/// The parameters, none for `void`.
fn split(list: &str) -> Vec<&str> {
    let (mut depth, mut start, mut parts) = (0_i32, 0, Vec::new());
    for (at, c) in list.char_indices() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(list[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(list[start..].trim());
    if matches!(parts.as_slice(), ["" | "void"]) { Vec::new() } else { parts }
}

/// The name inside `int (*f)(int)`, in front of `[`, or at the end.
fn param_name(declaration: &str) -> Option<&str> {
    if let Some((_, inside)) = declaration.split_once("(*") {
        return last_word(inside.split_once(')')?.0).map(|(_, name)| name);
    }
    let (ty, name) = last_word(declaration.split('[').next()?)?;
    let is_type = ["int", "char", "long", "short", "unsigned", "signed", "float", "double", "_Bool"].contains(&name);
    // `struct s` names a type, not a parameter.
    let is_tag = ["struct", "union", "enum"].contains(&ty.trim_start_matches("const").trim());
    (!ty.is_empty() && !is_type && !is_tag).then_some(name)
}

/// The name at the end, and what is in front of it.
fn last_word(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_end();
    let start = text.rfind(|c: char| !c.is_ascii_alphanumeric() && c != '_').map_or(0, |at| at + 1);
    let word = &text[start..];
    let is_name = word.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    is_name.then(|| (text[..start].trim(), word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(text: &str) -> Result<String, String> {
        read(text, "p_").map(|shim| shim.definition().lines().last().unwrap_or_default().to_owned())
    }

    #[test]
    fn prototypes_become_calls() {
        for (text, wanted) in [
            ("int WIFEXITED(int status)", "int p_WIFEXITED(int status) { return WIFEXITED(status); }"),
            ("void f(void);", "void p_f(void) { f(); }"),
            (
                "const char *name ( const struct s *s, int a[4] )",
                "const char * p_name(const struct s *s, int a[4]) { return name(s, a); }",
            ),
            (
                "int each(int (*f)(int, long), void *data)",
                "int p_each(int (*f)(int, long), void *data) { return each(f, data); }",
            ),
        ] {
            assert_eq!(taken(text), Ok(wanted.to_owned()), "{text}");
        }
    }

    #[test]
    fn what_is_no_prototype_is_refused() {
        for (text, wanted) in [
            ("WIFEXITED", "it has no parameters in parentheses"),
            ("WIFEXITED(int s)", "`WIFEXITED` has no type for its result"),
            ("int f(int)", "`int` has no name"),
            ("int f(unsigned int)", "`unsigned int` has no name"),
            ("int f(struct s)", "`struct s` has no name"),
            ("int f(char *format, ...)", "C cannot pass on what `...` stands for"),
            ("int f(int a", "it does not end with `)`"),
            ("int f(int a) { return 1; }", "it is no prototype"),
        ] {
            assert_eq!(taken(text), Err(wanted.to_owned()), "{text}");
        }
    }
}
