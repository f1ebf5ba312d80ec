//! Does the same for many things on all processors, and shows on a terminal how far it is.

use std::io::{IsTerminal, Write};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// `work` for each of `all`, in their order; the first failure ends it.
pub(crate) fn in_parallel<T: Sync, R: Send>(
    what: &str,
    all: &[T],
    work: impl Fn(&T) -> Result<R, String> + Sync,
) -> Result<Vec<R>, String> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let (next, done, failed) = (AtomicUsize::new(0), AtomicUsize::new(0), Mutex::new(None));
    let results: Mutex<Vec<Option<R>>> = Mutex::new(all.iter().map(|_| None).collect());
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some(one) = all.get(index) else { return };
                    match work(one) {
                        Ok(result) => results.lock().expect("nobody panics with it")[index] = Some(result),
                        Err(error) => {
                            next.store(all.len(), Ordering::Relaxed);
                            failed.lock().expect("nobody panics with it").get_or_insert(error);
                        }
                    }
                    show(what, done.fetch_add(1, Ordering::Relaxed) + 1, all.len());
                }
            });
        }
    });
    if let Some(error) = failed.into_inner().expect("nobody panics with it") {
        return Err(error);
    }
    Ok(results.into_inner().expect("nobody panics with it").into_iter().flatten().collect())
}

fn show(what: &str, done: usize, all: usize) {
    let mut out = std::io::stderr().lock();
    if out.is_terminal() {
        let end = if done == all { "\r\x1b[K" } else { "" };
        // It is only for show.
        let _ = write!(out, "\r\x1b[K{done:>4} of {all} {what}{end}").and_then(|()| out.flush());
    }
}

#[cfg(test)]
mod tests {
    use super::in_parallel;

    #[test]
    fn results_come_in_order_and_a_failure_is_told() {
        let numbers: Vec<usize> = (0..50).collect();
        assert_eq!(in_parallel("numbers", &numbers, |number| Ok(number * 2)).expect("no failure")[49], 98);
        let failed =
            in_parallel("numbers", &numbers, |number| if *number == 7 { Err("seven".to_owned()) } else { Ok(()) });
        assert_eq!(failed.expect_err("seven fails"), "seven");
    }
}
