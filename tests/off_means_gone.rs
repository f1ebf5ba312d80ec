//! Unchecked, a wrapper is the bare call, instruction for instruction; checked, it is not: the comparison can fail.

use std::collections::BTreeMap;
use std::process::Command;

/// The instructions of each function of the program, without addresses, and where each starts.
fn disassembly() -> BTreeMap<String, (u64, Vec<String>)> {
    let output = Command::new("objdump")
        .args(["--disassemble", "--no-show-raw-insn", "--no-addresses", env!("CARGO_BIN_EXE_bare")])
        .output()
        .expect("objdump comes with the C compiler");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let symbols = Command::new("nm").arg(env!("CARGO_BIN_EXE_bare")).output().expect("nm comes with the C compiler");
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

#[test]
fn wrappers_are_the_bare_call_exactly_when_unchecked() {
    let functions = disassembly();
    assert_eq!(functions.len(), 6, "{functions:?}");
    for name in ["read", "readv", "writev"] {
        let (bare_at, bare) = &functions[&format!("bare_{name}")];
        let (wrapped_at, wrapped) = &functions[&format!("wrapped_{name}")];
        // The optimiser may have found both equal and kept one.
        let is_same = bare_at == wrapped_at
            || bare == wrapped
            || *wrapped == [format!("jmp <bare_{name}>")]
            || *bare == [format!("jmp <wrapped_{name}>")];
        println!("{name}: {bare:?} and {wrapped:?}");
        if pinned_ffi::COMPILED {
            assert!(!is_same, "{name}: the checks are compiled in, and cannot be seen");
        } else {
            assert!(is_same, "{name}: {bare:?} and {wrapped:?}");
            assert!(bare_at == wrapped_at || !bare.is_empty());
        }
    }
}
