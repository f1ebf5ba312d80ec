//! Which programs there are, what is expected of them, and how one is run and judged.
