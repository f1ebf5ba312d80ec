//! Go's tests of cgo.Handle, by their names there.

use pinned_ffi::{Handle, HandleError};

#[test]
fn handle() {
    let mut seen = Vec::new();
    for value in [1_u64, 2, 2, 3] {
        let handle = Handle::new(value);
        assert_ne!(handle.to_bits(), 0);
        assert!(!seen.contains(&handle), "the same value twice has two handles");
        assert_eq!(handle.get().as_deref(), Ok(&value));
        seen.push(handle);
    }
    for handle in &seen {
        assert!(handle.remove().is_ok());
    }
    assert!(seen.iter().all(|handle| handle.get() == Err(HandleError::Unknown)), "nothing is left");
}

#[test]
fn invalid_handle() {
    let handle = Handle::new(5_u64);
    assert_eq!(Handle::<u64>::from_bits(0).get(), Err(HandleError::Unknown));
    assert_eq!(Handle::<u64>::from_bits(0xdead_beef).remove(), Err(HandleError::Unknown));
    assert!(handle.remove().is_ok());
    let other = Handle::new(6_u64);
    assert_eq!(handle.get(), Err(HandleError::Unknown), "Go would give the new value if the number came again");
    assert!(other.remove().is_ok());
}
