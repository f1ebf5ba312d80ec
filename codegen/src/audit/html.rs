//! The audit as one HTML page that needs nothing but itself; the data is the JSON form.

const PAGE: &str = include_str!("page.html");
const STYLE: &str = include_str!("page.css");
const CONTRACT: &str = include_str!("contract.js");
const SCRIPT: &str = include_str!("page.js");

/// The page for an audit in its JSON form; `names` are the headers, for the title.
///
/// The page loads nothing and sends nothing. Whatever stands in the data stays data: it cannot end the
/// script that holds it, and characters that are not printed are shown as escapes.
pub fn page(json: &str, names: &[impl AsRef<str>]) -> String {
    let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
    let title = escape_html(&if names.is_empty() { "C headers".to_owned() } else { names.join(", ") });
    let data = escape_json(json);
    let fill = |marker: &str| match marker {
        "TITLE" => title.as_str(),
        "CSS" => STYLE.trim_end(),
        "DATA" => data.as_str(),
        "CONTRACT" => CONTRACT.trim_end(),
        "SCRIPT" => SCRIPT.trim_end(),
        _ => "",
    };
    // Only the template is searched for markers, never what was filled in: each second part is a marker.
    PAGE.split('@').enumerate().map(|(part, text)| if part % 2 == 0 { text } else { fill(text) }).collect()
}

/// JSON that can stand in a script element of a page in any encoding.
///
/// The characters that are rewritten occur in JSON's strings only, where the escape means the same.
fn escape_json(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '<' | '>' | '&' | '\u{7f}'.. => {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    out.push_str(&format!("\\u{unit:04x}"));
                }
            }
            _ => out.push(c),
        }
    }
    out
}

/// Text for an element: markup loses its meaning, and what the eye cannot see is written out.
fn escape_html(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c if c.is_control() || is_unseen(c) => out.push_str(&format!("\\u{{{:x}}}", u32::from(c))),
            c => out.push(c),
        }
    }
    out
}

/// Characters without a shape, those that turn the text around them, and the one for bytes that are no text.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{fffd}')
}

#[cfg(test)]
mod tests {
    use super::{escape_html, escape_json, page};

    #[test]
    fn data_cannot_leave_its_element() {
        assert_eq!(
            escape_json(r#"{"a":"</script><!-- & é 😀"}"#),
            r#"{"a":"\u003c/script\u003e\u003c!-- \u0026 \u00e9 \ud83d\ude00"}"#
        );
        assert_eq!(escape_json(r#"{"a":[1,"\"\\"]}"#), r#"{"a":[1,"\"\\"]}"#);
    }

    #[test]
    fn titles_are_text() {
        assert_eq!(escape_html("a<b>&\"'\u{202e}\u{fffd}\n"), "a&lt;b&gt;&amp;&quot;&#39;\\u{202e}\\u{fffd}\\u{a}");
    }

    #[test]
    fn markers_in_the_data_are_data() {
        let page = page(r#"{"functions":[{"name":"@SCRIPT@"}]}"#, &["@DATA@.h"]);
        assert!(page.contains("<h1>@DATA@.h</h1>"), "{page}");
        assert!(page.contains(r#"{"functions":[{"name":"@SCRIPT@"}]}"#));
        assert_eq!(page.matches("<script").count(), 2);
        assert!(!page.contains("@TITLE@") && page.ends_with("</html>\n"));
    }

    #[test]
    fn without_names_there_is_a_title_too() {
        assert!(page("{}", &[] as &[&str]).contains("<h1>C headers</h1>"));
    }
}
