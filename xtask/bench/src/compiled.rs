//! What the compiler makes of bindings: the size of a program that has them, and the time to expand the attribute.

use crate::bindings;
use crate::cargo::{artifact, root, rustc};
use crate::figure::{Figure, Part, Whose};
use crate::figures::Figures;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

/// Rounds of expansions.
const ROUNDS: usize = 5;

/// How often a program is built whose time is wanted.
const BUILDS: usize = 3;

/// Measures figures with these bindings, in so many rounds.
type Measure = fn(usize, &[&Figure], &Bindings, &mut Figures) -> Result<(), String>;

/// Measures what is wanted of it.
pub(crate) fn measure(wanted: &[Figure], rounds: usize, figures: &mut Figures) -> Result<(), String> {
    for (parts, all) in [(&[Part::Binary, Part::Build][..], binaries as Measure), (&[Part::Expand], expansions)] {
        let is_mine = |figure: &&Figure| matches!(figure, Figure::Bindings(its, ..) if parts.contains(its));
        let mine: Vec<&Figure> = wanted.iter().filter(is_mine).collect();
        if mine.is_empty() {
            continue;
        }
        let done = Bindings::of_zlib().and_then(|bindings| all(rounds.min(ROUNDS), &mine, &bindings, figures));
        if let Err(why) = done {
            let first = why.lines().next().unwrap_or_default();
            eprintln!("bench: {why}");
            mine.iter().for_each(|figure| figures.miss(figure, first));
        }
    }
    Ok(())
}

/// Bindings of zlib as text, ours and bindgen's.
struct Bindings {
    folder: PathBuf,
    functions: Vec<String>,
}

impl Bindings {
    fn of_zlib() -> Result<Self, String> {
        let folder = root().join("target/bench/compiled");
        std::fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        let corpus = bindings::program()?;
        let header =
            ["/usr/include/zlib.h", "/usr/local/include/zlib.h"].into_iter().find(|path| Path::new(path).exists());
        let header = header.ok_or("zlib.h is not installed")?;
        let mut functions = Vec::new();
        for whose in ["bindgen", "ours"] {
            let mut call = Command::new(&corpus);
            let said = run(call.args(["--child", whose, header]).arg(folder.join(format!("{whose}.rs"))))?;
            let said: serde_json::Value = serde_json::from_str(&said).map_err(|error| error.to_string())?;
            let names = said["wrapped"].as_array().into_iter().flatten();
            functions = names.filter_map(|name| name.as_str().map(str::to_owned)).collect();
        }
        if functions.is_empty() {
            return Err("zlib has no functions".to_owned());
        }
        Ok(Self { folder, functions })
    }

    /// Writes a file into the folder.
    fn file(&self, name: &str, text: &str) -> Result<PathBuf, String> {
        let path = self.folder.join(name);
        std::fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))?;
        Ok(path)
    }
}

fn run(call: &mut Command) -> Result<String, String> {
    let output = call.output().map_err(|error| format!("{}: {error}", call.get_program().display()))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    Err(format!("{} fails: {}", call.get_program().display(), String::from_utf8_lossy(&output.stderr)))
}

/// The compiler, with the runtime at hand.
fn with_runtime(runtime: &Path) -> Command {
    let mut call = rustc();
    let near = runtime.parent().unwrap_or(Path::new("."));
    for folder in [near.to_owned(), near.join("deps")] {
        call.arg("-L").arg(format!("dependency={}", folder.display()));
    }
    call.arg("--extern").arg(format!("pinned_ffi={}", runtime.display()));
    call.args(["--edition", "2024", "--cap-lints", "allow"]);
    call
}

/// The sizes of programs without symbols, and how long it took to build them.
fn binaries(rounds: usize, wanted: &[&Figure], bindings: &Bindings, figures: &mut Figures) -> Result<(), String> {
    let runtime = |build: &str, features: &[&str]| {
        let words = [&["--release", "-p", "pinned-ffi"], features].concat();
        artifact(Some(build), "pinned_ffi", &words)
    };
    let (unchecked, checked) = (runtime("unchecked", &[])?, runtime("checked", &["--features", "checked"])?);
    eprintln!("bench: building programs with bindings");
    for (whose, text, runtime) in [
        (Whose::Nobody, None, &unchecked),
        (Whose::Runtime, None, &unchecked),
        (Whose::CheckedRuntime, None, &checked),
        (Whose::Bindgen, Some("bindgen.rs"), &unchecked),
        (Whose::Ours, Some("ours.rs"), &unchecked),
        (Whose::Checked, Some("ours.rs"), &checked),
    ] {
        for what in ["unused", "used"] {
            let mut main = "#![allow(warnings)]\n".to_owned();
            let mut list = String::new();
            if matches!(whose, Whose::Runtime | Whose::CheckedRuntime) {
                main.push_str("use pinned_ffi as _;\n");
            }
            if let Some(text) = text {
                let _ = writeln!(main, "mod b {{ include!({:?}); }}", bindings.folder.join(text));
                if what == "used" {
                    bindings.functions.iter().for_each(|name| _ = write!(list, "b::{name} as *const (), "));
                }
            }
            let _ = writeln!(
                main,
                "fn main() {{\n    let all: &[*const ()] = &[{list}];\n    println!(\"{{}}\", std::hint::black_box(all).len());\n}}"
            );
            let source = bindings.file("main.rs", &main)?;
            let program = bindings.folder.join(format!("{whose:?}_{what}"));
            let mut call = with_runtime(runtime);
            call.args(["-O", "-C", "strip=symbols", "--crate-name", "main", "-o"]).arg(&program);
            // Nothing is called: what the library lacks may be missing.
            call.args(["-C", "link-arg=-lz", "-C", "link-arg=-Wl,--unresolved-symbols=ignore-all"]).arg(source);
            let build = Figure::Bindings(Part::Build, whose, what);
            for _ in 0..if wanted.contains(&&build) { rounds.min(BUILDS) } else { 1 } {
                let started = Instant::now();
                run(&mut call)?;
                figures.add(&build, started.elapsed().as_secs_f64() * 1e3);
            }
            let bytes = std::fs::metadata(&program).map_err(|error| format!("{}: {error}", program.display()))?.len();
            figures.add(&Figure::Bindings(Part::Binary, whose, what), bytes as f64 / 1024.0);
        }
    }
    Ok(())
}

/// Times of compiling: with nothing in the cache, with all of it, and what the attribute becomes as text.
fn expansions(rounds: usize, _: &[&Figure], bindings: &Bindings, figures: &mut Figures) -> Result<(), String> {
    let runtime = artifact(Some("expanded"), "pinned_ffi", &["-p", "pinned-ffi", "--features", "header"])?;
    let out = bindings.folder.join("out");
    let compiled = |source: &Path| {
        let started = Instant::now();
        let mut call = with_runtime(&runtime);
        // As in a user's debug build.
        call.args(["-C", "debug-assertions=on", "--crate-type", "lib", "--emit=metadata", "--out-dir"]).arg(&out);
        run(call.arg(source))?;
        Ok::<f64, String>(started.elapsed().as_secs_f64() * 1e3)
    };
    let attribute = "#![allow(warnings)]\n#[pinned_ffi::pinned_ffi(header = \"zlib.h\")]\nmod z {}\n";
    let attribute = bindings.file("attribute.rs", attribute)?;
    let text = format!("#![allow(warnings)]\nmod z {{ include!({:?}); }}\n", bindings.folder.join("ours.rs"));
    let text = bindings.file("text.rs", &text)?;
    let (with, without) = (bindings.file("block.rs", &block(true))?, bindings.file("bare_block.rs", &block(false))?);
    for round in 0..rounds {
        eprintln!("bench: expansions, round {} of {rounds}", round + 1);
        let _ = std::fs::remove_dir_all(&out);
        std::fs::create_dir_all(&out).map_err(|error| format!("{}: {error}", out.display()))?;
        for (whose, what, source) in [
            (Whose::First, "header", &attribute),
            (Whose::Second, "header", &attribute),
            (Whose::Ours, "header", &text),
            (Whose::Ours, "block", &with),
            (Whose::Nobody, "block", &without),
        ] {
            let milliseconds = compiled(source)?;
            figures.add(&Figure::Bindings(Part::Expand, whose, what), milliseconds);
        }
    }
    Ok(())
}

/// An extern block of a hundred functions, with the attribute and what it needs to know, or without.
fn block(has_attribute: bool) -> String {
    let (head, counted) =
        if has_attribute { ("#[pinned_ffi::pinned_ffi]\n", "#[counted_by(n)] #[noescape] ") } else { ("", "") };
    let mut text = format!("#![allow(warnings)]\n{head}unsafe extern \"C\" {{\n");
    for number in 0..100 {
        let _ = writeln!(text, "    fn made_up_{number}({counted}at: *const u8, n: usize) -> i32;");
    }
    text + "}\n"
}
