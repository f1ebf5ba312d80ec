//! What many processes have reported, as SARIF 2.1.0, for viewers and code scanning.

use super::{Bug, Gathered, Place, Violation};
use crate::explain::{self, Page};
use serde_json::{Map, Value, json};

/// Where a file lies, as SARIF says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Artifact {
    /// A URI: relative to the current folder, or absolute.
    pub uri: String,
    /// Whether it is relative.
    pub is_relative: bool,
}

/// The command whose reports they are.
#[derive(Clone, Debug)]
pub struct Invocation {
    /// The command and its arguments.
    pub arguments: Vec<String>,
    /// How it ended.
    pub exit_code: i32,
}

/// What the conversion needs to know of the machine.
pub struct Surroundings<'s> {
    /// The current folder as a URI, with a slash at its end.
    pub folder: String,
    /// Where a file lies that the program calls so, and whose paths count from this folder.
    pub find: &'s dyn Fn(&str, &str) -> Artifact,
    /// The command, where it is known.
    pub invocation: Option<Invocation>,
}

/// What relative URIs count from.
const ROOT: &str = "%SRCROOT%";

/// The log, one result for each bug.
pub fn log(gathered: &Gathered, surroundings: &Surroundings<'_>) -> Value {
    let mut codes: Vec<&str> = gathered.bugs.iter().map(|bug| bug.first.code.as_str()).collect();
    codes.dedup();
    let results: Vec<Value> = gathered.bugs.iter().map(|bug| result(bug, &codes, surroundings)).collect();
    let mut run = json!({
        "tool": {"driver": {
            "name": "pinned-ffi",
            "version": env!("CARGO_PKG_VERSION"),
            "semanticVersion": env!("CARGO_PKG_VERSION"),
            "rules": codes.iter().map(|code| rule(code, gathered)).collect::<Vec<_>>(),
        }},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {ROOT: {"uri": surroundings.folder}},
        "results": results,
    });
    if let Some(invocation) = &surroundings.invocation {
        run["invocations"] = json!([{
            "arguments": invocation.arguments,
            "exitCode": invocation.exit_code,
            "executionSuccessful": invocation.exit_code == 0,
            "workingDirectory": {"uri": surroundings.folder},
        }]);
    }
    json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [run],
    })
}

/// A rule, with its page.
fn rule(code: &str, gathered: &Gathered) -> Value {
    let named = gathered.bugs.iter().find(|bug| bug.first.code == code).map_or("", |bug| bug.first.rule.as_str());
    let mut rule = json!({
        "id": code,
        "name": named,
        "defaultConfiguration": {"level": "error"},
        "properties": {"tags": ["ffi", "memory-safety", "security"]},
    });
    // A runtime of a later version may know more rules.
    if let Ok(page) = explain::page(code) {
        rule["shortDescription"] = json!({"text": page.title()});
        rule["fullDescription"] = json!({"text": section(page, "Meaning")});
        rule["help"] = json!({"text": section(page, "How to settle it"), "markdown": page.text});
    }
    rule
}

/// What stands below a heading of a page.
fn section(page: &Page, heading: &str) -> &'static str {
    let section = page.text.split("\n## ").find_map(|section| section.strip_prefix(heading)?.strip_prefix('\n'));
    section.unwrap_or_default().trim()
}

fn result(bug: &Bug, codes: &[&str], surroundings: &Surroundings<'_>) -> Value {
    let violation = &bug.first;
    let related = related(violation);
    let locations: Vec<Value> =
        primary(violation).and_then(|at| location(at, violation, surroundings)).into_iter().collect();
    let places: Vec<Value> = related
        .iter()
        .filter_map(|(what, frames)| {
            // The innermost frame that is known: what comes without debug information has no place.
            let mut place = frames.iter().find_map(|at| location(at, violation, surroundings))?;
            place["message"] = json!({"text": what});
            Some(place)
        })
        .collect();
    let stacks: Vec<Value> = related
        .iter()
        .filter(|(_, frames)| frames.len() > 1)
        .map(|(what, frames)| {
            let frames: Vec<Value> = frames.iter().map(|frame| self::frame(frame, violation, surroundings)).collect();
            json!({"message": {"text": what}, "frames": frames})
        })
        .collect();
    let mut result = json!({
        "ruleId": violation.code,
        "level": "error",
        "message": {"text": format!("{}\nhelp: {}", violation.message, violation.help)},
        "occurrenceCount": bug.seen.max(1),
        "partialFingerprints": {"pinnedFfiBug/v1": violation.id},
        "properties": properties(bug),
    });
    if let Some(index) = codes.iter().position(|code| *code == violation.code) {
        result["ruleIndex"] = json!(index);
    }
    for (name, values) in [("locations", locations), ("relatedLocations", places), ("stacks", stacks)] {
        if !values.is_empty() {
            result[name] = Value::Array(values);
        }
    }
    result
}

/// Where a viewer goes: the call, the pin, or the innermost frame that is known.
fn primary(violation: &Violation) -> Option<&str> {
    let block = violation.block.as_ref();
    let stacks =
        [Some(&violation.broken_at), block.map(|block| &block.freed_at), block.map(|block| &block.allocated_at)];
    let pin = violation.pins.first().map(|pin| pin.pinned_at.as_str());
    let frames = stacks.into_iter().flatten().flatten().map(String::as_str);
    let sites = [violation.called_at.as_deref(), violation.pinned_at.as_deref(), pin];
    sites.into_iter().flatten().chain(frames).find(|at| Place::parse(at).is_some())
}

/// The other places, each with its stack: what happened there.
fn related(violation: &Violation) -> Vec<(&'static str, Vec<&str>)> {
    fn all(stack: &[String]) -> Vec<&str> {
        stack.iter().map(String::as_str).collect()
    }
    let mut related = Vec::new();
    if let Some(block) = &violation.block {
        related.push(("allocated here", all(&block.allocated_at)));
        related.push(("freed here", all(&block.freed_at)));
    }
    related.push(("broken here", all(&violation.broken_at)));
    related.push(("pinned here", violation.pinned_at.as_deref().into_iter().collect()));
    for pin in &violation.pins {
        related.push(("pinned here", vec![pin.pinned_at.as_str()]));
        related.push(("allocated here", all(&pin.block.allocated_at)));
    }
    related
}

fn location(at: &str, violation: &Violation, surroundings: &Surroundings<'_>) -> Option<Value> {
    let place = Place::parse(at)?;
    let artifact = (surroundings.find)(place.file, &violation.folder);
    let mut file = json!({"uri": artifact.uri});
    if artifact.is_relative {
        file["uriBaseId"] = json!(ROOT);
    }
    let mut region = json!({"startLine": place.line});
    if let Some(column) = place.column {
        region["startColumn"] = json!(column);
    }
    let mut location = json!({"physicalLocation": {"artifactLocation": file, "region": region}});
    if let Some(function) = place.function {
        location["logicalLocations"] = json!([{"fullyQualifiedName": function, "kind": "function"}]);
    }
    Some(location)
}

/// A frame; one without a place is told by its text.
fn frame(at: &str, violation: &Violation, surroundings: &Surroundings<'_>) -> Value {
    let location = location(at, violation, surroundings);
    json!({"location": location.unwrap_or_else(|| json!({"message": {"text": at}}))})
}

fn properties(bug: &Bug) -> Value {
    let violation = &bug.first;
    let mut properties = Map::new();
    let mut add = |name: &str, value: Value| {
        if !value.is_null() {
            properties.insert(name.to_owned(), value);
        }
    };
    add("function", json!(violation.function));
    add("parameter", json!(violation.parameter));
    add("path", json!(violation.path));
    add("address", json!(violation.address));
    add("access", json!(violation.access));
    add("declaredBytes", json!(violation.declared_bytes));
    add("blockBytes", json!(violation.block.as_ref().map(|block| block.bytes)));
    add("seenBy", json!(bug.seen_by));
    Value::Object(properties)
}

#[cfg(test)]
mod tests {
    use super::super::tests::PARENT;
    use super::*;

    fn log_of(lines: &str) -> Value {
        let find =
            |file: &str, _: &str| Artifact { uri: file.replace(' ', "%20"), is_relative: !file.starts_with('/') };
        log(&Gathered::read([lines]), &Surroundings { folder: "file:///b/".into(), find: &find, invocation: None })
    }

    #[test]
    fn places_and_stacks_are_where_viewers_look() {
        let log = log_of(PARENT);
        let result = &log["runs"][0]["results"][0];
        assert_eq!(
            result["locations"],
            json!([{"physicalLocation": {
                "artifactLocation": {"uri": "src/main.rs", "uriBaseId": "%SRCROOT%"},
                "region": {"startLine": 7, "startColumn": 5},
            }}])
        );
        let freed = &result["relatedLocations"][1];
        assert_eq!(freed["message"]["text"], "freed here");
        assert_eq!(freed["physicalLocation"]["artifactLocation"], json!({"uri": "/b/src/b%20c.rs"}));
        assert_eq!(result["stacks"][0]["frames"].as_array().map(Vec::len), Some(2));
        assert_eq!(result["occurrenceCount"], 5);
        assert_eq!(log["runs"][0]["tool"]["driver"]["rules"][0]["shortDescription"]["text"], "dangling-argument");
    }

    /// From a later version, and by a program without symbols.
    #[test]
    fn a_rule_without_a_page_and_a_bug_without_a_place_are_told() {
        let line = r#"{"schema":1,"kind":"violation","id":"cc","code":"PF999","rule":"new","message":"m","help":"h","broken_at":["/x+0x1","y"]}"#;
        let log = log_of(&format!("{line}\n"));
        let run = &log["runs"][0];
        assert_eq!(
            (&run["tool"]["driver"]["rules"][0]["id"], &run["results"][0]["ruleIndex"]),
            (&json!("PF999"), &json!(0))
        );
        let result = &run["results"][0];
        assert!(result["locations"].is_null() && result["relatedLocations"].is_null(), "{result}");
        assert_eq!(result["stacks"][0]["frames"][0]["location"]["message"]["text"], "/x+0x1");
        assert_eq!(log_of("")["runs"][0]["results"], json!([]));
    }
}
