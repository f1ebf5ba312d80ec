//! The pages of `pinned-ffi explain`: each code has one, and what they show is true.

use pinned_ffi_codegen::diag::codes;
use pinned_ffi_codegen::explain::{HEADINGS, PAGES, Page, page};
use pinned_ffi_codegen::options::Options;
use pinned_ffi_codegen::{expand_block, expand_fn, expand_struct, wrong_item};

/// The rules, by their codes and names, from the runtime's table as text: the generator does not know the runtime.
fn rules() -> Vec<(String, String)> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../runtime/src/report/code.rs");
    let text = std::fs::read_to_string(path).expect("the table of rules is there");
    let arms: Vec<(&str, &str)> = text
        .lines()
        .filter_map(|line| line.trim().strip_prefix("Code::")?.trim_end_matches(',').split_once(" => "))
        .collect();
    let of = |variant: &str, want_code: bool| {
        arms.iter()
            .filter(|(name, _)| *name == variant)
            .map(|(_, value)| value.trim_matches('"').to_owned())
            .find(|value| value.starts_with("PF") == want_code)
    };
    let mut variants: Vec<&str> = arms.iter().map(|(name, _)| *name).collect();
    variants.sort_unstable();
    variants.dedup();
    variants.into_iter().map(|name| (of(name, true).expect("a code"), of(name, false).expect("a name"))).collect()
}

/// What the first fence below a heading holds, with its language; C that the program calls comes before it.
fn example<'a>(page: &'a Page, heading: &str) -> (&'a str, &'a str) {
    let (_, section) = page.text.split_once(&format!("\n## {heading}\n")).expect("the heading is there");
    let section = match section.strip_prefix("\n```c\n") {
        Some(c) if page.code.starts_with("PF") => c.split_once("\n```\n").expect("C ends").1,
        _ => section,
    };
    let (_, fence) = section.split_once("```").expect("a program");
    let (program, _) = fence.split_once("\n```").expect("the program ends");
    program.split_once('\n').expect("a language and a program")
}

#[test]
fn every_code_has_a_page_with_its_title() {
    let rules = rules();
    assert!(rules.len() >= 8, "the table of rules was not understood: {rules:?}");
    let diagnostics = codes::ALL.iter().map(|code| (code.id.to_owned(), code.title.to_owned()));
    for (code, title) in diagnostics.chain(rules) {
        let page = page(&code);
        assert!(page.is_ok(), "write codegen/explain/{code}.md and name it in codegen/src/explain.rs");
        assert_eq!(page.map(Page::title), Ok(title.as_str()), "{code}");
    }
    assert!(PAGES.is_sorted_by_key(|page| page.code), "the pages stand in order");
}

#[test]
fn pages_have_their_headings_in_order() {
    for page in PAGES {
        let headings: Vec<&str> = page.text.lines().filter_map(|line| line.strip_prefix("## ")).collect();
        assert_eq!(headings, HEADINGS, "{}", page.code);
        assert!(page.text.starts_with(&format!("# {}: ", page.code)), "{}", page.code);
        assert!(page.text.ends_with('\n') && !page.text.ends_with("\n\n"), "{}", page.code);
        for (before, after) in HEADINGS.iter().zip(HEADINGS.iter().skip(1)) {
            let start = page.text.find(&format!("## {before}\n")).expect("the heading is there");
            let end = page.text.find(&format!("## {after}\n")).expect("the heading is there");
            assert!(end > start + before.len() + 20, "{}: nothing under {before}", page.code);
        }
    }
}

#[test]
fn every_page_has_a_file_and_every_file_a_page() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/explain");
    for entry in std::fs::read_dir(folder).expect("the folder is there") {
        let name = entry.expect("an entry").file_name().to_string_lossy().into_owned();
        let code = name.strip_suffix(".md").unwrap_or(&name);
        assert!(page(code).is_ok(), "{name} is not named in codegen/src/explain.rs");
    }
}

/// Expands a program of a page as the macro would; what is wrong comes back as text.
fn expand(program: &str) -> Result<(), String> {
    let item: syn::Item = syn::parse_str(program).map_err(|error| error.to_string())?;
    let is_ours = |attribute: &syn::Attribute| attribute.path().is_ident("pinned_ffi");
    let (attrs, mut item) = match item {
        syn::Item::ForeignMod(block) => (block.attrs.clone(), syn::Item::ForeignMod(block)),
        syn::Item::Struct(item) => (item.attrs.clone(), syn::Item::Struct(item)),
        syn::Item::Fn(item) => (item.attrs.clone(), syn::Item::Fn(item)),
        other => return Err(wrong_item(&other).to_string()),
    };
    let ours = attrs.iter().find(|attribute| is_ours(attribute)).ok_or("no #[pinned_ffi]")?;
    let arguments = match &ours.meta {
        syn::Meta::List(list) => list.tokens.clone(),
        _ => proc_macro2::TokenStream::new(),
    };
    let options = Options::parse(arguments).map_err(|errors| errors.to_string())?;
    let result = match &mut item {
        syn::Item::ForeignMod(block) => {
            block.attrs.retain(|attribute| !is_ours(attribute));
            expand_block(block.clone(), &options)
        }
        syn::Item::Fn(item) => {
            item.attrs.retain(|attribute| !is_ours(attribute));
            expand_fn(item.clone(), &options)
        }
        syn::Item::Struct(item) => {
            item.attrs.retain(|attribute| !is_ours(attribute));
            expand_struct(item.clone(), &options)
        }
        _ => return Ok(()),
    };
    result.map(drop).map_err(|errors| errors.to_string())
}

#[test]
fn bad_programs_get_their_code_and_good_ones_none() {
    let mut tried = 0;
    for page in PAGES.iter().filter(|page| page.code.starts_with("PB")) {
        let (bad, good) = (example(page, "Bad"), example(page, "Good"));
        assert_ne!(bad, good, "{}", page.code);
        // Headers and files are the business of other tests.
        if bad.0 != "rust" || bad.1.contains("header =") {
            continue;
        }
        let said = expand(bad.1).expect_err(&format!("{}: the bad program is taken", page.code));
        assert!(said.contains(&format!("error[{}]", page.code)), "{}: {said}", page.code);
        assert_eq!(
            said.matches("error[").count(),
            said.matches(page.code).count(),
            "{}: more is wrong: {said}",
            page.code
        );
        assert_eq!(expand(good.1), Ok(()), "{}", page.code);
        tried += 1;
    }
    assert!(tried >= 10, "only {tried} pages were tried");
}

#[test]
fn programs_for_checked_mode_are_rust() {
    for page in PAGES.iter().filter(|page| page.code.starts_with("PF")) {
        for heading in ["Bad", "Good"] {
            let (language, program) = example(page, heading);
            assert_eq!(language, "rust", "{}", page.code);
            let parsed = syn::parse_str::<syn::Block>(&format!("{{\n{program}\n}}"));
            assert!(parsed.is_ok(), "{} {heading}: {:?}", page.code, parsed.err());
        }
    }
}
