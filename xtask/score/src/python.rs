//! The scorer of the acceptance, where it lies beside the repository: both must count alike.

use crate::tally::{Axis, Score};
use pinned_ffi_codegen::audit::Report;
use std::path::Path;
use std::process::Command;

const SCRIPT: &str = "../shared/tools/gir_score.py";

/// Fails where the script counts otherwise.
pub(crate) fn agree(report: &Report, gir: &str, seen: usize, score: &Score) -> Result<(), String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let script = root.join(SCRIPT);
    if !script.is_file() {
        return Ok(());
    }
    let json = std::env::temp_dir().join(format!("pinned-ffi-score-{}.json", std::process::id()));
    let text = serde_json::to_string(report).map_err(|error| error.to_string())?;
    std::fs::write(&json, text).map_err(|error| format!("{}: {error}", json.display()))?;
    let output = Command::new("python3").arg(&script).arg(&json).arg(gir).output();
    let _ = std::fs::remove_file(&json);
    let output = output.map_err(|error| format!("python3: {error}"))?;
    let said = String::from_utf8_lossy(&output.stdout);
    let mut ours = vec![format!("{seen} functions compared")];
    ours.extend(Axis::ALL.iter().zip(&score.tallies).map(|(axis, tally)| {
        format!("{}: {} right, {} claimed, {} true", axis.word(), tally.right, tally.claimed, tally.wanted)
    }));
    let theirs: Vec<String> = said.lines().map(plain).collect();
    if ours == theirs {
        return Ok(());
    }
    Err(format!("we count {ours:?}, and {SCRIPT} counts {theirs:?} {}", String::from_utf8_lossy(&output.stderr)))
}

/// A line of the script without the shares: `array precision 0.9 recall 0.9  (9 right, 10 claimed, 10 true)`.
fn plain(line: &str) -> String {
    match (line.split_once(" precision"), line.split_once('(')) {
        (Some((axis, _)), Some((_, counts))) => format!("{}: {}", axis.trim(), counts.trim_end_matches(')')),
        _ => line.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn counts_stand_in_brackets() {
        let line = "array     precision 0.974 recall 1.000  (37 right, 38 claimed, 37 true)";
        assert_eq!(plain(line), "array: 37 right, 38 claimed, 37 true");
        assert_eq!(plain("12 functions compared"), "12 functions compared");
    }
}
