//! Unchecked, a wrapper is the bare call, instruction for instruction; checked, it is not: the comparison can fail.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Builds the program with optimisation, with and without the checks.
fn build(features: &[&str]) -> PathBuf {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bare").join(features.join("-"));
    let status = Command::new(env!("CARGO"))
        .args(["build", "--release", "--quiet", "--package", "pinned-ffi-tests", "--bin", "bare"])
        .args(features.iter().map(|feature| format!("--features={feature}")))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env("CARGO_TARGET_DIR", &target)
        // Flags of a special build around this one would change what is compared.
        .env_remove("RUSTFLAGS")
        .status()
        .expect("cargo runs");
    assert!(status.success());
    target.join("release/bare")
}

/// The instructions of each function of the program, without addresses, and where each starts.
fn disassembly(program: &Path) -> BTreeMap<String, (u64, Vec<String>)> {
    let output = Command::new("objdump")
        .args(["--disassemble", "--no-show-raw-insn", "--no-addresses"])
        .arg(program)
        .output()
        .expect("objdump comes with the C compiler");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let symbols = Command::new("nm").arg(program).output().expect("nm comes with the C compiler");
    let mut functions = BTreeMap::new();
    for line in String::from_utf8_lossy(&symbols.stdout).lines() {
        let mut words = line.split_whitespace();
        if let (Some(address), Some(_), Some(name)) = (words.next(), words.next(), words.next())
            && (name.starts_with("bare_") || name.starts_with("wrapped_"))
        {
            let address = u64::from_str_radix(address, 16).expect("nm prints hexadecimal");
            functions.insert(name.to_owned(), (address, Vec::new()));
        }
    }
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let mut current = String::new();
    for line in text.lines() {
        if let Some(name) = line.strip_prefix('<').and_then(|line| line.strip_suffix(">:")) {
            current = name.to_owned();
        } else if let Some((_, instructions)) = functions.get_mut(&current) {
            let instruction = line.trim();
            // Alignment behind a function is nobody's instruction.
            let is_padding =
                ["nop", "cs nop", "data16", "int3", "xchg   %ax,%ax"].iter().any(|pad| instruction.starts_with(pad));
            if !instruction.is_empty() && !is_padding {
                // What is left of addresses: jumps and pc-relative loads, by the symbol they name.
                let symbol = instruction.split_once('#').map_or(instruction, |(before, _)| before);
                let operation = symbol.split_whitespace().next().unwrap_or_default();
                let target = instruction.split_once('<').map_or("", |(_, target)| target);
                let operand = symbol.split_whitespace().skip(1).collect::<Vec<_>>().join(" ");
                let operand = if target.is_empty() { operand } else { format!("<{target}") };
                instructions.push(format!("{operation} {operand}"));
            }
        }
    }
    functions
}

/// The functions whose wrapper is not the bare call.
fn different(program: &Path) -> Vec<&'static str> {
    let functions = disassembly(program);
    assert_eq!(functions.len(), 10, "{functions:?}");
    let mut different = Vec::new();
    for name in ["read", "readv", "writev", "flag", "kind"] {
        let (bare_at, bare) = &functions[&format!("bare_{name}")];
        let (wrapped_at, wrapped) = &functions[&format!("wrapped_{name}")];
        // The optimiser may have found both equal and kept one.
        let is_same = bare_at == wrapped_at
            || (!bare.is_empty() && bare == wrapped)
            || *wrapped == [format!("jmp <bare_{name}>")]
            || *bare == [format!("jmp <wrapped_{name}>")];
        println!("{name}: {} and {} instructions, same: {is_same}", bare.len(), wrapped.len());
        if !is_same {
            different.push(name);
        }
    }
    different
}

#[test]
fn wrappers_are_the_bare_call_exactly_when_unchecked() {
    assert!(different(&build(&[])).is_empty(), "an unchecked wrapper is more than the bare call");
    assert_eq!(
        different(&build(&["checked"])),
        ["read", "readv", "writev", "flag", "kind"],
        "checks that cannot be seen"
    );
}
