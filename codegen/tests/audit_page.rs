//! The audit as a page: what it holds, that it loads nothing, and what a browser makes of it; and the command around it.

use pinned_ffi_codegen::audit::html::page;
use pinned_ffi_codegen::expand_block;
use pinned_ffi_codegen::options::Options;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// An audit of a small header: 28 functions of zlib, with every kind of source and of gap.
const ZLIB: &str = include_str!("fixtures/zlib.json");

/// Names that would like to be more than names.
const HOSTILE: &str = r#"{"schema":1,"functions":[
    {"name":"</script><script>alert(1)</script>","skipped":null,"result":{"type":"()","pointer":false},"params":[
        {"name":"<img src=x onerror=alert(2)>","type":"*mut \u202etxt\u0007","pointer":true,"direction":"unknown","nullable":null,
         "extent":{"kind":"bytes","by":"\"'><em>"},"escape":"call","callback":null,"flow_through":false,
         "sources":{"extent":"inferred:<i>","escape":"pack:a&b"},"opaque":false}]},
    {"name":"bytes_\ufffd_that_are_no_text","skipped":"<u>because</u> & so on","params":[],"result":{"type":"()","pointer":false}}
],"summary":{}}"#;

/// A number of which is said that it is an address, and nothing more.
const ADDRESS: &str = r#"{"schema":1,"functions":[{"name":"ask","skipped":null,"result":{"type":"c_int","pointer":false},"params":[
    {"name":"fd","type":"c_int","pointer":false,"address":false},
    {"name":"at","type":"c_ulong","pointer":true,"address":true,"direction":"unknown","nullable":null,
     "extent":{"kind":"unknown","by":null},"escape":"unknown","callback":null,"flow_through":false,
     "sources":{"pointer":"file"},"reasons":{"pointer":"pointer"},"opaque":false,
     "missing":["direction","extent","escape"]},
    {"name":"n","type":"c_ulong","pointer":false,"address":false}]}],"summary":{}}"#;

#[test]
fn the_page_holds_its_data_and_nothing_from_elsewhere() {
    let html = page(ZLIB, &["zlib.h"]);
    assert!(html.starts_with("<!DOCTYPE html>") && html.contains("<title>zlib.h · pointer contracts</title>"));
    assert!(html.contains("\"name\": \"inflateGetHeader\""));
    for load in
        ["http:", "https:", "src=", "url(", "@import", "fetch(", "XMLHttp", "import(", "WebSocket", "sendBeacon"]
    {
        assert!(!html.contains(load), "the page loads something: {load}");
    }
    assert_eq!(html.matches("<link").count(), 1);
    assert!(html.contains("<link rel=\"icon\" href=\"data:,\">") && html.contains("default-src 'none'"));
}

#[test]
fn hostile_names_stay_names() {
    let html = page(HOSTILE, &["</title><script>alert(3)</script>", "bytes\u{fffd}.h"]);
    for broken in ["<script>alert", "<img", "</script><script>a", "\u{202e}", "\u{fffd}"] {
        assert!(!html.contains(broken), "{broken:?} got through");
    }
    assert!(html.contains(r"\u003c/script\u003e\u003cscript\u003ealert(1)"));
    assert!(html.contains("<h1>&lt;/title&gt;&lt;script&gt;alert(3)&lt;/script&gt;, bytes\\u{fffd}.h</h1>"));
    assert_eq!((html.matches("<script").count(), html.matches("</script").count()), (2, 2));
}

/// A browser, if there is one; a test without it says so and passes.
fn browser() -> Option<PathBuf> {
    let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    let folders: Vec<PathBuf> = std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()).collect();
    let found =
        names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name))).find(|path| path.is_file());
    if found.is_none() {
        eprintln!("skipped: no Chromium; `apt-get install chromium` to run this test");
    }
    found
}

/// The document after its scripts have run; a message on the console fails the test.
fn dom(browser: &Path, html: &str, hash: &str) -> String {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = |name: &str| folder.path().join(name);
    std::fs::write(file("page.html"), html).expect("the folder can be written");
    let create = |name: &str| Stdio::from(std::fs::File::create(file(name)).expect("the folder can be written"));
    let mut child = Command::new(browser)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"])
        .args(["--enable-logging=stderr", "--v=0", "--dump-dom"])
        .arg(format!("--user-data-dir={}", file("profile").display()))
        .arg(format!("file://{}{hash}", file("page.html").display()))
        .stdin(Stdio::null())
        .stdout(create("dom"))
        .stderr(create("log"))
        .spawn()
        .expect("the browser starts");
    let start = Instant::now();
    while child.try_wait().expect("the browser can be waited for").is_none() {
        if start.elapsed() > Duration::from_secs(120) {
            let _ = child.kill();
            let _ = child.wait();
            panic!("the browser does not end: {}", read(&file("log")));
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    let log = read(&file("log"));
    let console: Vec<&str> = log.lines().filter(|line| line.contains("CONSOLE")).collect();
    assert!(console.is_empty(), "{console:?}");
    let dom = read(&file("dom"));
    assert!(dom.contains("</html>"), "no document: {log}");
    dom
}

fn read(path: &Path) -> String {
    String::from_utf8_lossy(&std::fs::read(path).unwrap_or_default()).into_owned()
}

/// The rows that are in the document.
fn rows(dom: &str) -> usize {
    dom.matches("<tr class=\"row").count()
}

/// What the line above the table says.
fn count(dom: &str) -> &str {
    let (_, after) = dom.split_once("id=\"count\"").expect("the line is there");
    after.split(['>', '<']).nth(1).expect("it has a text")
}

#[test]
fn a_browser_shows_the_rows_and_filters_them() {
    let Some(browser) = browser() else { return };
    let html = page(ZLIB, &["zlib.h"]);
    let all = dom(&browser, &html, "");
    assert!(all.contains("data-ready=\"yes\""));
    assert_eq!((rows(&all), count(&all)), (50, "50 of 50 rows, 28 functions"));
    for function in ["zlibVersion", "deflate", "compress", "gzprintf", "get_crc_table"] {
        assert!(all.contains(&format!("data-function=\"{function}\"")), "{function}");
    }
    for part in ["67.4%", "29 of 43 say extent, direction, escape", "37 missing, 8 only guessed", "aria-sort=\"none\""]
    {
        assert!(all.contains(part), "{part}");
    }

    let missing = dom(&browser, &html, "#missing");
    assert_eq!((rows(&missing), count(&missing)), (14, "14 of 50 rows, 7 functions"));
    assert!(!missing.contains("data-function=\"compress\"") && missing.contains("data-function=\"inflateGetHeader\""));

    let callers = dom(&browser, &html, "#missing&axis=direction&source=attribute&q=inflateback");
    assert_eq!(count(&callers), "2 of 50 rows, 1 functions");
    let skipped = dom(&browser, &html, "#skipped&sort=-function");
    assert!(skipped.find("data-function=\"gzprintf\"") < skipped.find("data-function=\"gzgetc_\""));
    assert!(skipped.contains("aria-sort=\"descending\"") && rows(&skipped) == 2);
}

/// A function of which calls were learnt from: one parameter is known wrongly, one is proposed something.
const LEARNED: &str = r#"{"schema":1,"functions":[{"name":"fill","skipped":null,"location":null,"policy":[],
    "params":[
        {"name":"to","type":"*mut u8","pointer":true,"direction":"in","nullable":null,"extent":{"kind":"unknown","by":null},
         "escape":"unknown","callback":null,"flow_through":false,"sources":{"direction":"attribute"},"opaque":false,
         "missing":["extent","escape"],"learned":{"evidence":["40 calls, never null"],"open":["escape: not searched"],
         "proposed":[{"axis":"extent","word":"counted_by(n)","reason":"all of it in 40 of 40 calls"}],
         "contradictions":["in [attribute]: changed in 40 of 40 calls"]}},
        {"name":"n","type":"usize","pointer":false,"sources":{}}],
    "result":{"type":"()","pointer":false},
    "learned":{"calls":40,"line":"fn fill(#[counted_by(n)] to: *mut u8, n: usize);"}}],
    "summary":{},"learned":{"runs":1,"enough":16,"elsewhere":[],"other_params":[]}}"#;

#[test]
fn what_was_learned_stands_beside_what_is_known() {
    let Some(browser) = browser() else { return };
    let dom = dom(&browser, &page(LEARNED, &["fill.h"]), "#open=fill");
    for part in [
        ">contradicted</span>",
        "Learned from 40 calls",
        "<pre data-learned=\"fill\">fn fill(#[counted_by(n)] to: *mut u8, n: usize);</pre>",
        "in [attribute]: changed in 40 of 40 calls",
        "40 calls, never null",
        "all of it in 40 of 40 calls",
        "escape: not searched",
    ] {
        assert!(dom.contains(part), "{part}");
    }
}

#[test]
fn the_lines_to_copy_are_contracts() {
    let Some(browser) = browser() else { return };
    let html = page(ZLIB, &["zlib.h"]);
    for (function, wanted) in [
        ("gzwrite", "#[nonnull] #[sized_by(len)] #[noescape] buf: *const c_void, len: c_uint) -> c_int;"),
        ("inflateInit2_", "#[null_terminated]"),
        ("gzgets", "#[out] #[nonnull] #[counted_by(len)]"),
        ("inflateBack", "#[noescape] strm: *mut z_stream"),
    ] {
        let dom = dom(&browser, &html, &format!("#open={function}"));
        let (_, pre) = dom.split_once("<pre>").expect("a line to copy");
        let (pre, _) = pre.split_once("</pre>").expect("it ends");
        let line = text_of(pre);
        assert!(line.starts_with(&format!("fn {function}(")) && line.contains(wanted), "{line}");
        let block = syn::parse_str(&format!("unsafe extern \"C\" {{ {line} }}")).expect("the line is Rust");
        let options = Options::parse(proc_macro2::TokenStream::new()).expect("no options");
        let said = expand_block(block, &options).map(drop).map_err(|errors| errors.to_string());
        assert_eq!(said, Ok(()), "{line}");
    }
}

#[test]
fn the_same_contracts_come_as_sections_of_a_file() {
    let Some(browser) = browser() else { return };
    let html = page(ZLIB, &["zlib.h"]);
    let dom = dom(&browser, &html, "#open=gzgets&form=toml");
    let (_, pre) = dom.split_once("<pre>").expect("a section to copy");
    let (section, _) = pre.split_once("</pre>").expect("it ends");
    let file = "file = { direction = \"inout\", nullable = false, one = true, noescape = true }";
    let buf = "buf = { direction = \"out\", nullable = false, counted_by = \"len\", noescape = true }";
    assert_eq!(text_of(section), format!("[functions.gzgets.params]\n{file}\n{buf}"));
}

#[test]
fn a_number_that_is_an_address_is_a_pointer_on_the_page() {
    let Some(browser) = browser() else { return };
    let html = page(ADDRESS, &["ioctl.h"]);
    let shown = dom(&browser, &html, "#open=ask");
    assert_eq!(count(&shown), "1 of 1 rows, 1 functions");
    assert!(shown.contains("a number that is an address"), "{shown}");
    let lines = ["", "&form=toml"].map(|form| {
        let dom = dom(&browser, &html, &format!("#open=ask{form}"));
        let (_, pre) = dom.split_once("<pre>").expect("a line to copy");
        text_of(pre.split("</pre>").next().unwrap_or_default())
    });
    assert_eq!(
        lines[0],
        "fn ask(fd: c_int, #[pointer] #[inout] #[nonnull] #[sized_by(n)] #[noescape] at: c_ulong, n: c_ulong) -> c_int;"
    );
    let words = "pointer = true, direction = \"inout\", nullable = false, sized_by = \"n\", noescape = true";
    assert_eq!(lines[1], format!("[functions.ask.params]\nat = {{ {words} }}"));
    let block = syn::parse_str(&format!("unsafe extern \"C\" {{ {} }}", lines[0])).expect("the line is Rust");
    let options = Options::parse(proc_macro2::TokenStream::new()).expect("no options");
    assert_eq!(expand_block(block, &options).map(drop).map_err(|errors| errors.to_string()), Ok(()));
}

#[test]
fn a_person_can_sort_open_copy_and_reset() {
    let Some(browser) = browser() else { return };
    let driver = format!("<script>{}</script></body>", include_str!("fixtures/drive.js"));
    let dom = dom(&browser, &page(ZLIB, &["zlib.h"]).replace("</body>", &driver), "");
    let seen = |name: &str| {
        let (_, text) = dom.split_once(&format!("<pre id=\"seen-{name}\">")).expect(name);
        text_of(text.split("</pre>").next().unwrap_or_default())
    };
    assert_eq!(seen("sorted"), "adler32,zlibVersion,zlibVersion");
    assert_eq!([seen("opened"), seen("expanded"), seen("closed")], ["50", "50", "0"]);
    assert_eq!([seen("focused"), seen("next")], ["q", "true"]);
    assert_eq!(seen("axis"), "12 of 50 rows, 7 functions");
    assert_eq!(seen("both"), "7 of 50 rows, 5 functions");
    assert_eq!(seen("address"), "#axis=escape&source=inferred&form=toml");
    assert_eq!(seen("reset"), "50 of 50 rows, 28 functions");
    let block = syn::parse_str(&seen("block")).expect("a block of contracts");
    let options = Options::parse(proc_macro2::TokenStream::new()).expect("no options");
    assert_eq!(expand_block(block, &options).map(drop).map_err(|errors| errors.to_string()), Ok(()));
    assert!(seen("file").starts_with("schema = 1\n\n# guessed, to be checked: "), "{}", seen("file"));
    assert_eq!(seen("file").matches("[functions.").count(), 7);
    assert!(seen("one").contains("[functions.inflateInit2_.params]\nstrm = {"), "{}", seen("one"));
}

/// An element's text.
fn text_of(html: &str) -> String {
    let text: String = html.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect();
    text.replace("&gt;", ">").replace("&lt;", "<").replace("&amp;", "&")
}

#[test]
fn a_browser_shows_hostile_names_as_text() {
    let Some(browser) = browser() else { return };
    let dom = dom(&browser, &page(HOSTILE, &["hostile.h"]), "");
    assert_eq!(rows(&dom), 2);
    assert!(!dom.contains("<img") && !dom.contains("<u>because") && !dom.contains("<em>"), "{dom}");
    assert!(dom.contains("*mut \\u{202e}txt\\u{7}") && dom.contains("bytes_\\u{fffd}_that_are_no_text"));
    assert!(dom.contains("&lt;u&gt;because&lt;/u&gt; &amp; so on"));
}

#[test]
fn data_that_is_none_is_told() {
    let Some(browser) = browser() else { return };
    for data in ["", "{}", "{\"functions\":7}"] {
        let dom = dom(&browser, &page(data, &["broken.h"]), "");
        assert!(dom.contains("the data of this page cannot be read"), "{data}");
    }
    let empty = dom(&browser, &page("{\"functions\":[]}", &["empty.h"]), "");
    assert!(empty.contains("No functions were found."));
}

#[test]
fn many_functions_are_shown_a_page_at_a_time() {
    let Some(browser) = browser() else { return };
    let functions: Vec<String> = (0..12_000)
        .map(|number| {
            format!(
                r#"{{"name":"f{number}","skipped":null,"result":{{"type":"c_int","pointer":false}},"params":[{{"name":"p","type":"*mut c_int",
                "pointer":true,"direction":"unknown","nullable":null,"extent":{{"kind":"one","by":null}},"escape":"unknown",
                "callback":null,"flow_through":false,"sources":{{"extent":"header"}}}}]}}"#
            )
        })
        .collect();
    let html = page(&format!("{{\"functions\":[{}]}}", functions.join(",")), &["large.h"]);
    let dom = dom(&browser, &html, "#missing&page=120");
    assert_eq!((rows(&dom), count(&dom)), (100, "12,000 of 12,000 rows, 12,000 functions"));
    assert!(dom.contains("data-function=\"f11999\"") && dom.contains("Page 120 of 120"));
}

fn pinned_ffi(args: &[&str]) -> (bool, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_pinned-ffi")).args(args).output().expect("the command was built");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.success(), text(&output.stdout), text(&output.stderr))
}

#[test]
fn the_command_writes_every_form_of_the_audit() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("audit.html");
    let input = ["audit", "--header", "sys/uio.h", "--header", "unistd.h", "--allow", "readv|writev|read"];
    let with = |more: &[&str]| pinned_ffi(&[&input, more].concat());
    let (done, printed, said) = with(&["--format", "html", "--output", file.to_str().expect("the path is text")]);
    assert!(done && printed.is_empty(), "{said}");
    assert_eq!(said, "", "a progress bar belongs on a terminal only");
    let html = read(&file);
    assert!(html.contains("<h1>sys/uio.h, unistd.h</h1>") && html.contains("\"name\":\"readv\""), "{html}");
    assert_eq!(with(&["--format", "html"]).1, html);
    assert!(with(&["--format", "json"]).1.starts_with("{\"schema\":1,"));
    assert_eq!(with(&["--format", "text"]).1, with(&[]).1);
    assert!(!with(&["--format", "pdf"]).0);
    // Folders are made, but a file is none.
    let below = file.join("audit.txt");
    let (done, _, said) = with(&["--output", below.to_str().expect("the path is text")]);
    assert!(!done && said.starts_with("error[PB015]"), "{said}");
}

/// `script` of util-linux gives the command a terminal, whose text is its own output.
#[test]
fn a_terminal_shows_the_progress_of_several_headers() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("audit.txt");
    let command = format!(
        "stty cols 100 rows 30; '{}' audit --header sys/uio.h --header unistd.h --header stdio.h --header stdlib.h --allow readv \
         --output '{}'",
        env!("CARGO_BIN_EXE_pinned-ffi"),
        file.display()
    );
    let shown = Command::new("script")
        .args(["--quiet", "--return", "--command", &command, "/dev/null"])
        .env("TERM", "xterm")
        .env("SHELL", "/bin/sh")
        .env_remove("NO_COLOR")
        .stdin(Stdio::null())
        .output();
    let Ok(shown) = shown else {
        println!("skipped: there is no command `script` to make a terminal");
        return;
    };
    let text = String::from_utf8_lossy(&shown.stdout);
    assert!(shown.status.success() && read(&file).contains("readv"), "{text}");
    let (before, bar) = text.split_once("4 headers [").unwrap_or_else(|| panic!("no bar: {text:?}"));
    assert!(!before.contains("error"), "{text:?}");
    // The line is empty again in the end.
    let (_, last) = bar.rsplit_once("headers [").unwrap_or(("", bar));
    assert!(last.contains("\u{1b}[2K"), "the bar stays: {text:?}");
}

#[test]
fn the_command_explains_codes_and_completes_itself() {
    let (done, list, _) = pinned_ffi(&["explain"]);
    assert!(done && list.contains("PB001") && list.contains("PF011"), "{list}");
    let (done, page, _) = pinned_ffi(&["explain", "pf002"]);
    assert!(done && page.starts_with("# PF002: dangling-argument\n"), "{page}");
    let (done, _, said) = pinned_ffi(&["explain", "PF02"]);
    assert!(!done && said.contains("help: did you mean `PF002`?"), "{said}");
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let (done, script, said) = pinned_ffi(&["completions", shell]);
        assert!(
            done && ["audit", "explain", "--format"]
                .iter()
                .all(|word| script.contains(word) || script.contains(&word[2..])),
            "{shell}: {said}"
        );
    }
}
