//! Feeds libFuzzer's inputs to `expressions::run`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| pinned_ffi_fuzz::expressions::run(data));
