//! Lengths: what is read is printed so that it reads the same, and renaming changes names alone.

use pinned_ffi_codegen::contract::expr::Expr;

/// Takes the bytes as the text of an expression.
pub fn run(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let Some(expr) = Expr::from_text(&text) else { return };
    let printed = expr.to_string();
    assert_eq!(Expr::from_text(&printed).as_ref(), Some(&expr), "{text:?} is printed as {printed:?}");

    let mut names = Vec::new();
    expr.names(&mut |name| names.push(name.to_owned()));
    assert_eq!(expr.renamed(&str::to_owned), expr);
    let renamed = expr.renamed(&|name| format!("x_{}", name.trim_start_matches("r#")));
    let mut new_names = Vec::new();
    renamed.names(&mut |name| new_names.push(name.to_owned()));
    assert_eq!(names.len(), new_names.len());
    assert!(new_names.iter().zip(&names).all(|(new, old)| new[2..] == *old.trim_start_matches("r#")));
    assert_eq!(Expr::from_text(&renamed.to_string()).as_ref(), Some(&renamed), "{text:?} renamed");
}
