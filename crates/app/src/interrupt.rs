//! Ctrl-C: ends at once, unless something is being written; then as soon as that is whole.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use crate::exit_code::Exit;

static REQUESTED: AtomicBool = AtomicBool::new(false);
static WRITERS: AtomicUsize = AtomicUsize::new(0);

/// While this lives, Ctrl-C waits.
pub(crate) struct Writing(());

/// Installs the handler. Without it (no signals on this platform) Ctrl-C acts as everywhere.
pub(crate) fn install() {
    let _ = ctrlc::set_handler(|| {
        REQUESTED.store(true, Ordering::SeqCst);
        if WRITERS.load(Ordering::SeqCst) == 0 {
            leave();
        }
    });
}

/// Announces that something is being written.
pub(crate) fn writing() -> Writing {
    WRITERS.fetch_add(1, Ordering::SeqCst);
    Writing(())
}

/// Whether Ctrl-C was pressed while something was being written.
pub(crate) fn requested() -> bool {
    REQUESTED.load(Ordering::SeqCst)
}

impl Drop for Writing {
    fn drop(&mut self) {
        if WRITERS.fetch_sub(1, Ordering::SeqCst) == 1 && requested() {
            leave();
        }
    }
}

/// Ends the program; the one place that does so outside `main`.
#[allow(clippy::exit, reason = "a signal handler cannot return to main")]
fn leave() -> ! {
    std::process::exit(i32::from(Exit::Interrupted.code()))
}
