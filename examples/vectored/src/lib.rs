//! `readv` and its family, generated from the system's headers: with C's signatures and idiomatic.

/// C's own signatures, every call checked.
#[allow(missing_docs, non_camel_case_types, non_snake_case, dead_code, clippy::undocumented_unsafe_blocks)]
pub mod c {
    include!(concat!(env!("OUT_DIR"), "/c.rs"));
}

/// Slices and vectors of buffers, `io::Result`, safe to call.
#[allow(missing_docs, non_camel_case_types, non_snake_case, dead_code, clippy::undocumented_unsafe_blocks)]
pub mod idiomatic {
    include!(concat!(env!("OUT_DIR"), "/idiomatic.rs"));
}

/// How many bytes of eight buffers of different lengths hold `total` bytes.
pub fn eight_lengths(total: usize) -> [usize; 8] {
    // Odd, and none like another, so that no boundary falls where a page or a block ends.
    let mut lengths = [1, 4095, 4097, 65_537, 100_003, 0, 17, 0];
    lengths[7] = total.saturating_sub(lengths.iter().sum());
    lengths
}

/// A file of at least 1 MiB that every build has: the program itself, or one written for the purpose.
///
/// # Errors
///
/// What the system says.
pub fn large_file() -> std::io::Result<std::path::PathBuf> {
    let program = std::env::current_exe()?;
    if program.metadata()?.len() >= 1 << 20 {
        return Ok(program);
    }
    let path = std::env::temp_dir().join(format!("pinned-ffi-vectored-{}", std::process::id()));
    let bytes: Vec<u8> = (0..3_u32 << 20).map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    std::fs::write(&path, bytes)?;
    Ok(path)
}
