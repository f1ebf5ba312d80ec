//! The rows as JSON and as a table.

use crate::row::Row;
use serde_json::{Value, json};
use std::fmt::Write as _;

fn tenth(ms: f64) -> f64 {
    (ms * 10.0).round() / 10.0
}

/// All rows, with the sums.
pub(crate) fn json(rows: &[Row]) -> String {
    let each: Vec<Value> = rows
        .iter()
        .map(|row| {
            let skipped: Vec<Value> =
                row.skipped.iter().map(|(name, reason)| json!({"name": name, "reason": reason})).collect();
            json!({
                "package": row.package,
                "header": row.title,
                "missing": row.missing,
                "functions": row.declared.unwrap_or(row.wrapped + row.skipped.len()),
                "counted_independently": row.declared.is_some(),
                "wrapped": row.wrapped,
                "skipped": skipped,
                "bindgen_ms": tenth(row.bindgen_ms),
                "ours_ms": tenth(row.ours_ms),
                "check_ms": tenth(row.check_ms),
                "bindgen_check_ms": tenth(row.bindgen_check_ms),
                "peak_kib": row.peak.0,
                "bindgen_peak_kib": row.peak.1,
                "errors": row.errors,
                "ok": row.missing.is_none() && row.ok,
            })
        })
        .collect();
    let (ours, alone, check, bindgen_check) = sums(rows);
    let summary = json!({
        "generate_ratio": ratio(ours, alone),
        "check_ratio": ratio(check, bindgen_check),
        "peak_kib": rows.iter().map(|row| row.peak.0).max(),
    });
    let mut text = serde_json::to_string_pretty(&json!({"rows": each, "summary": summary})).unwrap_or_default();
    text.push('\n');
    text
}

fn sums(rows: &[Row]) -> (f64, f64, f64, f64) {
    rows.iter().filter(|row| row.missing.is_none()).fold((0.0, 0.0, 0.0, 0.0), |sum, row| {
        (sum.0 + row.ours_ms, sum.1 + row.bindgen_ms, sum.2 + row.check_ms, sum.3 + row.bindgen_check_ms)
    })
}

fn ratio(ours: f64, theirs: f64) -> f64 {
    if theirs > 0.0 { (ours / theirs * 1000.0).round() / 1000.0 } else { 0.0 }
}

/// For people.
pub(crate) fn table(rows: &[Row]) -> String {
    let mut out = format!(
        "{:<52} {:>6} {:>7} {:>7} {:>9} {:>6} {:>9} {:>6}  {}\n",
        "header", "funcs", "wrapped", "skipped", "ours ms", "ratio", "check ms", "ratio", "verdict"
    );
    for row in rows {
        let title: String = row.title.chars().take(52).collect();
        if let Some(missing) = &row.missing {
            let _ = writeln!(out, "{title:<52} missing: {missing}");
            continue;
        }
        let _ = writeln!(
            out,
            "{title:<52} {:>6} {:>7} {:>7} {:>9.0} {:>6.2} {:>9.0} {:>6.2}  {}",
            row.declared.map_or_else(|| "?".into(), |count| count.to_string()),
            row.wrapped,
            row.skipped.len(),
            row.ours_ms,
            ratio(row.ours_ms, row.bindgen_ms),
            row.check_ms,
            ratio(row.check_ms, row.bindgen_check_ms),
            row.errors.first().map_or("ok", String::as_str),
        );
    }
    let (ours, alone, check, bindgen_check) = sums(rows);
    let there = rows.iter().filter(|row| row.missing.is_none());
    let _ = writeln!(
        out,
        "{} rows, {} ok, {} missing; generation {:.3}x bindgen alone, type-checking {:.3}x bindgen's; most memory {} MiB (bindgen {} MiB)",
        rows.len(),
        there.clone().filter(|row| row.ok).count(),
        rows.len() - there.count(),
        ratio(ours, alone),
        ratio(check, bindgen_check),
        rows.iter().map(|row| row.peak.0).max().unwrap_or(0) / 1024,
        rows.iter().map(|row| row.peak.1).max().unwrap_or(0) / 1024,
    );
    out
}
