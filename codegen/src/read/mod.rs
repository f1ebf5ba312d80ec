//! Reading: extern blocks and headers become one `Header`, with the tokens they came from beside it.

#[cfg(feature = "clang")]
pub mod aliases;
#[cfg(feature = "clang")]
mod align;
#[cfg(feature = "clang")]
pub mod bindgen;
pub mod block;
pub mod called;
#[cfg(feature = "clang")]
pub mod clang;
#[cfg(feature = "clang")]
pub mod depth;
#[cfg(feature = "clang")]
pub mod exports;
#[cfg(feature = "clang")]
mod follows;
#[cfg(feature = "clang")]
pub mod items;
#[cfg(feature = "clang")]
pub mod layouts;
#[cfg(feature = "clang")]
pub mod libclang;
#[cfg(feature = "clang")]
mod markdown;
#[cfg(feature = "clang")]
pub mod merge;
#[cfg(feature = "clang")]
pub mod params;
#[cfg(feature = "clang")]
pub mod sources;
#[cfg(feature = "clang")]
pub mod steady;
#[cfg(feature = "clang")]
mod tags;
#[cfg(feature = "clang")]
pub mod text_file;
#[cfg(feature = "clang")]
pub mod transparent;

/// The tokens of what a [`Header`](crate::model::Header) describes, by the same index.
#[derive(Clone, Debug, Default)]
pub struct Tokens {
    /// By [`FnId`](crate::model::FnId).
    pub functions: Vec<FnTokens>,
    /// The blocks that functions stand in.
    pub blocks: Vec<BlockTokens>,
    /// Contract attributes of records' fields, by record.
    pub records: Vec<(String, Vec<FieldTokens>)>,
    /// Every other item of generated bindings: types, constants, statics.
    pub items: Vec<syn::Item>,
    /// What generated bindings assert about the layouts of records: the arguments of the runtime's `laid_out`.
    pub layouts: Vec<proc_macro2::TokenStream>,
    /// Where that puts the fields of records, by record and field.
    pub offsets: std::collections::BTreeMap<(String, String), u64>,
}

impl Tokens {
    /// The names of the constants among the items.
    pub fn constants(&self) -> std::collections::BTreeSet<String> {
        let names = self.items.iter().filter_map(|item| match item {
            syn::Item::Const(item) => Some(item.ident.to_string()),
            _ => None,
        });
        names.filter(|name| name != "_").collect()
    }
}

/// A declared function as written.
#[derive(Clone, Debug)]
pub struct FnTokens {
    /// The declaration without our attributes and without `safe`.
    pub item: syn::ForeignItemFn,
    /// Our attributes on the function.
    pub contract_attrs: Vec<syn::Attribute>,
    /// Our attributes on each parameter.
    pub param_attrs: Vec<Vec<syn::Attribute>>,
    /// The types of function pointers among the parameters, with our attributes inside.
    pub called: Vec<Option<syn::TypeFnPtr>>,
    /// The block it stands in.
    pub block: usize,
}

/// What surrounds declared functions.
#[derive(Clone, Debug)]
pub struct BlockTokens {
    /// `#[link(…)]`, `#[cfg(…)]` and so on.
    pub attrs: Vec<syn::Attribute>,
    /// Whether it is written `unsafe extern`.
    pub unsafety: Option<syn::Token![unsafe]>,
    /// The ABI.
    pub abi: syn::Abi,
    /// Statics, types and macros.
    pub others: Vec<syn::ForeignItem>,
}

/// A field with our attributes.
#[derive(Clone, Debug)]
pub struct FieldTokens {
    /// Its name.
    pub name: String,
    /// Our attributes on it.
    pub contract_attrs: Vec<syn::Attribute>,
}

#[cfg(feature = "clang")]
pub use files::{content, find_file, make_dir, run_helper};

/// The file system, as far as reading headers needs it.
#[cfg(feature = "clang")]
mod files {
    use std::path::{Path, PathBuf};
    use std::process::Command;

    /// The content of a file, where it can be read.
    pub fn content(path: &Path) -> Option<Vec<u8>> {
        std::fs::read(path).ok()
    }

    /// A header named relative to one of `folders`, or absolutely.
    pub fn find_file(name: &str, folders: &[PathBuf]) -> Option<PathBuf> {
        folders.iter().map(|folder| folder.join(name)).find(|path| path.is_file())
    }

    /// Makes a folder with those around it.
    pub fn make_dir(path: &Path) -> bool {
        std::fs::create_dir_all(path).is_ok()
    }

    /// What the helper prints, when it is there and succeeds.
    pub fn run_helper(program: &Path, args: &[String]) -> Option<String> {
        let output = Command::new(program).args(args).output().ok()?;
        output.status.success().then(|| String::from_utf8(output.stdout).ok()).flatten()
    }
}
