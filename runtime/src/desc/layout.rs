//! The assertion that a record is laid out as C has it.

/// Whether `T` has the size, the alignment and the offsets of fields that C's compiler told where the bindings were generated:
/// `measured` is what they are here.
///
/// # Panics
///
/// With `message` when they differ; in a constant, that is an error of the compiler's.
pub const fn laid_out<T>(message: &str, size: usize, align: usize, measured: &[usize], told: &[usize]) {
    let mut is_same = size_of::<T>() == size && align_of::<T>() == align && measured.len() == told.len();
    let (mut measured, mut told) = (measured, told);
    while let ([here, more @ ..], [there, others @ ..]) = (measured, told) {
        is_same = is_same && *here == *there;
        (measured, told) = (more, others);
    }
    if !is_same {
        panic!("{}", message);
    }
}

#[cfg(test)]
mod tests {
    use super::laid_out;
    use std::mem::offset_of;

    #[repr(C)]
    struct Pair {
        byte: u8,
        word: u32,
    }

    const _: () = laid_out::<Pair>("", 8, 4, &[offset_of!(Pair, byte), offset_of!(Pair, word)], &[0, 4]);

    #[test]
    fn every_difference_is_told() {
        let measured = [offset_of!(Pair, byte), offset_of!(Pair, word)];
        for (size, align, told) in
            [(12, 4, &[0, 4][..]), (8, 8, &[0, 4]), (8, 4, &[0, 8]), (8, 4, &[1, 4]), (8, 4, &[0])]
        {
            let panic =
                std::panic::catch_unwind(|| laid_out::<Pair>("C has `Pair` otherwise", size, align, &measured, told));
            let payload = panic.expect_err("the layouts differ");
            let text = payload.downcast_ref::<String>().map(String::as_str).or(payload.downcast_ref::<&str>().copied());
            assert_eq!(text, Some("C has `Pair` otherwise"));
        }
    }
}
