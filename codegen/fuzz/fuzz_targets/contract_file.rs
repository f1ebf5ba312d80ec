//! Feeds libFuzzer's inputs to `contract_file::run`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| pinned_ffi_fuzz::contract_file::run(data));
