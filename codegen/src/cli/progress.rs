//! A bar for work that takes long: on a terminal, on standard error, and gone when the work is done.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use pinned_ffi_codegen::Phase;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// How long work may take before the bar is drawn.
const PATIENCE: Duration = Duration::from_millis(400);

/// How often the bar moves while a phase lasts.
const TICK: Duration = Duration::from_millis(100);

/// The bar; dropping it takes it off the screen.
pub(crate) struct Progress {
    bar: ProgressBar,
    /// Draws the bar after a while; ends when the other side of its channel is gone.
    waiting: Option<(mpsc::Sender<()>, JoinHandle<()>)>,
}

impl Progress {
    /// A bar for so many headers: drawn at once for several, for one when it takes long.
    pub(crate) fn new(headers: usize) -> Self {
        let bar = ProgressBar::with_draw_target(Some(Phase::ALL.len() as u64), ProgressDrawTarget::hidden());
        let what = if headers == 1 { "1 header".to_owned() } else { format!("{headers} headers") };
        bar.set_prefix(what);
        if let Ok(style) = ProgressStyle::with_template("{spinner} {prefix} [{bar:24}] {pos}/{len} {wide_msg}") {
            bar.set_style(style.progress_chars("=> "));
        }
        let (sender, receiver) = mpsc::channel::<()>();
        let patience = if headers > 1 { Duration::ZERO } else { PATIENCE };
        let drawn = bar.clone();
        let thread = thread::spawn(move || {
            if receiver.recv_timeout(patience) == Err(RecvTimeoutError::Timeout) {
                // Draws nothing where standard error is no terminal.
                drawn.set_draw_target(ProgressDrawTarget::stderr());
                drawn.enable_steady_tick(TICK);
            }
        });
        Self { bar, waiting: Some((sender, thread)) }
    }

    /// A phase begins.
    pub(crate) fn begin(&self, phase: Phase) {
        let done = Phase::ALL.iter().position(|other| *other == phase).unwrap_or_default();
        self.bar.set_position(done as u64);
        self.bar.set_message(phase.to_string());
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((sender, thread)) = self.waiting.take() {
            drop(sender);
            // It cannot panic in a way that matters here: the bar goes in any case.
            let _ = thread.join();
        }
        self.bar.finish_and_clear();
    }
}
