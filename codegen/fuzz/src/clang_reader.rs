//! C headers made from the input, read by clang and bindgen and taken through every pass.

mod words;

use arbitrary::{Result, Unstructured};
use pinned_ffi_codegen::{Bindings, Builder, audit, dump};
use std::fmt::Write;
use words::{COMMENTS, NAMES, ON_FUNCTIONS, ON_PARAMETERS, SCALARS};

/// Makes a header of the input and generates bindings for it.
pub fn run(data: &[u8]) {
    let mut input = Unstructured::new(data);
    let Ok((header, options)) = header(&mut input) else { return };
    generate(&header, options);
}

/// bindgen's own panics are caught and told by the generator; libFuzzer's hook would end the process before.
pub fn let_bindgen_panic() {
    let ours = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        let is_bindgen = info.location().is_some_and(|location| location.file().contains("/bindgen-"));
        if !is_bindgen {
            ours(info);
        }
    }));
}

/// Bits that choose the builder's options.
fn generate(header: &[u8], options: u8) {
    thread_local! {
        static FOLDER: tempfile::TempDir = tempfile::tempdir().expect("a temporary folder");
    }
    let path = FOLDER.with(|folder| folder.path().join("made.h"));
    std::fs::write(&path, header).expect("the folder can be written");
    let mut builder = Builder::new()
        .header(path.display().to_string())
        .docs(options & 1 == 0)
        .c_abi(options & 2 != 0)
        .layout_tests(options & 4 == 0)
        .format(options & 8 != 0);
    if options & 16 != 0 {
        builder = builder.safe("f[0-3]");
    }
    match builder.generate() {
        Ok(bindings) => holds(&bindings, header),
        Err(errors) => super::header::told(&errors, false),
    }
}

/// What is true of all bindings.
fn holds(bindings: &Bindings, header: &[u8]) {
    super::header::is_rust(&bindings.output);
    let text = bindings.text();
    assert!(syn::parse_file(&text).is_ok(), "{}\n{text}", String::from_utf8_lossy(header));
    drop(bindings.layout_asserts());
    drop(dump::audit(&bindings.output.header, &bindings.output.facts, &bindings.output.contracts));
    let audit = audit::report(&bindings.output);
    serde_json::to_string(&audit).expect("an audit is JSON");
}

/// A header under way.
struct Made<'a, 'b> {
    input: &'a mut Unstructured<'b>,
    text: String,
    /// How declared types are written, complete or not.
    types: Vec<String>,
    /// Those that may be used by value.
    complete: Vec<String>,
    number: usize,
}

fn header(input: &mut Unstructured<'_>) -> Result<(Vec<u8>, u8)> {
    let options = input.arbitrary()?;
    let mut made = Made {
        input,
        text: "#include <stddef.h>\n#include <stdint.h>\n".into(),
        types: Vec::new(),
        complete: SCALARS.iter().map(|name| (*name).to_owned()).collect(),
        number: 0,
    };
    let items = made.input.int_in_range(1..=12)?;
    for _ in 0..items {
        made.item()?;
    }
    let mut bytes = made.text.into_bytes();
    // Now and then a byte that is no UTF-8, or is out of place.
    if input.int_in_range(0..=11u8)? == 11 {
        let at = input.choose_index(bytes.len())?;
        bytes[at] = input.arbitrary()?;
    }
    Ok((bytes, options))
}

impl Made<'_, '_> {
    fn pick(&mut self, from: &[&str]) -> Result<String> {
        self.input.choose(from).map(|text| (*text).to_owned())
    }

    /// Once in `many`; never when the input is used up.
    fn odds(&mut self, many: u8) -> Result<bool> {
        Ok(self.input.int_in_range(1..=many)? == many)
    }

    /// A new name: numbered, odd, or very long.
    fn name(&mut self, letter: char) -> Result<String> {
        self.number += 1;
        let number = self.number;
        Ok(match self.input.int_in_range(0..=15u8)? {
            15 => format!("{}{number}", "x".repeat(self.input.int_in_range(200..=70_000)?)),
            12..=14 => self.pick(NAMES)?,
            11 => format!("{}_{number}", self.pick(NAMES)?),
            _ => format!("{letter}{number}"),
        })
    }

    fn comment(&mut self) -> Result<()> {
        if self.odds(4)? {
            let comment = self.pick(COMMENTS)?;
            let _ = writeln!(self.text, "{comment}");
        }
        Ok(())
    }

    /// A type; an incomplete one only where a pointer follows.
    fn ty(&mut self, complete: bool) -> Result<String> {
        let known = if complete { &self.complete } else { &self.types };
        Ok(match known.is_empty() {
            true => "void".into(),
            false => self.input.choose(known)?.clone(),
        })
    }

    /// A declarator with its type: `const struct s1 *x[3]`.
    fn declared(&mut self, name: &str, on_parameter: bool) -> Result<String> {
        Ok(match self.input.int_in_range(0..=11u8)? {
            0..=2 => format!("{} {name}", self.ty(true)?),
            3 => format!("{} *{name}", self.ty(false)?),
            4 => format!("const {} *{name}", self.ty(true)?),
            5 => format!("{} **{name}", self.ty(false)?),
            6 => format!("{} {name}[{}]", self.ty(true)?, self.input.int_in_range(0..=4u8)?),
            7 => format!("{} (*{name})({} *, void *)", self.ty(true)?, self.ty(false)?),
            8 => format!("{} (*(*{name})(void))(int, ...)", self.ty(true)?),
            9 => format!("const char *const {name}"),
            10 if on_parameter => format!("{} {name}[static 2][3]", self.ty(true)?),
            _ => format!("void *{name}"),
        })
    }

    fn item(&mut self) -> Result<()> {
        self.comment()?;
        match self.input.int_in_range(0..=11u8)? {
            0..=3 => self.function(),
            4..=6 => self.record(),
            7 => self.typedef(),
            8 => self.enumeration(),
            9 => self.pair(),
            10 => {
                let (name, value) = (self.name('M')?, self.input.arbitrary::<i64>()?);
                let _ = writeln!(self.text, "#define {name} ({value})");
                Ok(())
            }
            _ => {
                let name = self.name('v')?;
                let declared = self.declared(&name, false)?;
                let _ = writeln!(self.text, "extern {declared};");
                Ok(())
            }
        }
    }

    fn function(&mut self) -> Result<()> {
        let name = match self.odds(8)? {
            true => self.name('f')?,
            false => {
                self.number += 1;
                format!("f{}", self.number)
            }
        };
        let result = match self.input.int_in_range(0..=4u8)? {
            0 => "void ".to_owned(),
            1 => format!("{} *", self.ty(false)?),
            2 => "char *".to_owned(),
            3 => format!("const {} *", self.ty(true)?),
            _ => self.ty(true)?,
        };
        let mut params = Vec::new();
        for at in 0..self.input.int_in_range(0..=6usize)? {
            let own = match self.odds(5)? {
                true => format!("{}{}", self.pick(NAMES)?, if at == 0 { String::new() } else { at.to_string() }),
                false => ["buf", "len", "ctx", "callback", "user_data", "out"][at].to_owned(),
            };
            let attribute = match self.odds(6)? {
                true => self.pick(ON_PARAMETERS)?,
                false => String::new(),
            };
            let unnamed = self.odds(12)?;
            let declared = self.declared(if unnamed { "" } else { &own }, true)?;
            // Qualifiers of the pointer stand behind its star.
            params.push(if attribute.starts_with("__") && !unnamed {
                format!("{declared} {attribute}")
            } else if declared.contains("**") {
                declared.replacen("**", &format!("**{attribute} "), 1)
            } else {
                declared
            });
        }
        if !params.is_empty() && self.odds(10)? {
            params.push("...".into());
        }
        let list = match (params.is_empty(), self.odds(4)?) {
            (true, false) => "void".to_owned(),
            _ => params.join(", "),
        };
        let body = match self.input.int_in_range(0..=14u8)? {
            0 if result == "void " => ("static inline ", " {}".to_owned()),
            1 => ("", format!(" __asm__(\"symbol_{}\");", self.number)),
            2..=6 => ("", format!(" __attribute__(({}));", self.pick(ON_FUNCTIONS)?)),
            _ => ("extern ", ";".to_owned()),
        };
        let _ = writeln!(self.text, "{}{result} {name}({list}){}", body.0, body.1);
        Ok(())
    }

    fn record(&mut self) -> Result<()> {
        let kind = self.pick(&["struct", "struct", "struct", "union"])?;
        let tag = self.name('s')?;
        let written = format!("{kind} {tag}");
        if self.types.contains(&written) {
            return Ok(());
        }
        // Known inside already: records may point to themselves.
        self.types.push(written.clone());
        if self.odds(6)? {
            let _ = writeln!(self.text, "{written};");
            return Ok(());
        }
        let members = self.members(3)?;
        let attribute = self.pick(&[
            "",
            "",
            "",
            "__attribute__((packed))",
            "__attribute__((aligned(32)))",
            "__attribute__((packed, aligned(2)))",
        ])?;
        let _ = writeln!(self.text, "{written} {{\n{members}}} {attribute};");
        self.complete.push(written);
        Ok(())
    }

    fn members(&mut self, depth: usize) -> Result<String> {
        let mut out = String::new();
        for at in 0..self.input.int_in_range(0..=5usize)? {
            self.number += 1;
            let name = match self.odds(4)? {
                true => format!("{}{at}{depth}_{}", self.pick(NAMES)?, self.number),
                false => format!("m{at}_{depth}_{}", self.number),
            };
            let member = match self.input.int_in_range(0..=11u8)? {
                0 if depth > 0 => format!("struct {{\n{}}}", self.members(depth - 1)?),
                1 if depth > 0 => format!("union {{\n{}}}", self.members(depth - 1)?),
                2 if depth > 0 => format!("union {{\n{}}} {name}", self.members(depth - 1)?),
                3 if depth > 0 => format!("struct {{\n{}}} *{name}[2]", self.members(depth - 1)?),
                4 => format!("unsigned {name} : {}", self.input.int_in_range(1..=32u8)?),
                5 => "int : 0".to_owned(),
                6 => format!("enum {{ E{name}, F{name} = 7 }} {name}"),
                _ => self.declared(&name, false)?,
            };
            let _ = writeln!(out, "  {member};");
        }
        Ok(out)
    }

    fn typedef(&mut self) -> Result<()> {
        let name = self.name('t')?;
        if self.types.contains(&name) || self.complete.contains(&name) {
            return Ok(());
        }
        if self.odds(3)? {
            let kind = self.pick(&["struct", "union"])?;
            let members = self.members(2)?;
            let _ = writeln!(self.text, "typedef {kind} {{\n{members}}} {name};");
        } else {
            let declared = self.declared(&name, false)?;
            let _ = writeln!(self.text, "typedef {declared};");
        }
        self.types.push(name.clone());
        // An array cannot be a result; clang says so, and that is told.
        self.complete.push(name);
        Ok(())
    }

    fn enumeration(&mut self) -> Result<()> {
        let (name, number) = (self.name('e')?, self.number);
        let value = self.input.arbitrary::<i32>()?;
        let _ = writeln!(self.text, "enum {name} {{ A{number}, B{number} = {value}, C{number} = A{number} }};");
        self.complete.push(format!("enum {name}"));
        Ok(())
    }

    /// Two records that point to each other, and a typedef in a circle.
    fn pair(&mut self) -> Result<()> {
        self.number += 1;
        let number = self.number;
        let _ = writeln!(
            self.text,
            "struct q{number}; typedef struct q{number} *q{number}_p; typedef q{number}_p (*q{number}_f)(q{number}_p);\n\
             struct p{number} {{ q{number}_p to; q{number}_f call; struct p{number} *all[2]; }};\n\
             struct q{number} {{ struct p{number} back; q{number}_f *calls; q{number}_p *list; size_t list_len; }};"
        );
        for name in [format!("q{number}_p"), format!("struct p{number}"), format!("struct q{number}")] {
            self.types.push(name.clone());
            self.complete.push(name);
        }
        Ok(())
    }
}
