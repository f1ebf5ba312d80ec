//! What each fuzz target does with its bytes; the test `fuzz_corpus` runs the same functions over the kept corpus.

pub mod attributes;
pub mod clang_reader;
pub mod contract_file;
pub mod expressions;
mod header;
