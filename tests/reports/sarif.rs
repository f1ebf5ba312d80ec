//! SARIF 2.1.0: what the standard asks for, and what a viewer needs to find the places.

use super::command::pinned_ffi;
use super::{folder, output, text};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;

const PROGRAM: &str = env!("CARGO_BIN_EXE_reports_program");

/// A log of two bugs that hooks have found, and of two at calls.
fn log(path: &Path) -> Value {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace");
    let script = r#""$0" freed; "$0" two"#;
    let path_text = path.to_str().expect("the path is text");
    let mut command = pinned_ffi(&["run", "--level", "full", "--sarif", path_text, "--", "sh", "-c", script, PROGRAM]);
    let done = output(command.current_dir(root));
    assert_eq!(done.status.code(), Some(99), "{}", text(&done.stderr));
    serde_json::from_slice(&std::fs::read(path).expect("the log was written")).expect("it is JSON")
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// Sections 3.28 to 3.30 of the standard: a location names a file and a region with lines from 1.
fn check_location(location: &Value, bases: &Value) {
    let physical = &location["physicalLocation"];
    if physical.is_null() {
        assert!(location["message"]["text"].as_str().is_some_and(|text| !text.is_empty()), "{location}");
        return;
    }
    let file = &physical["artifactLocation"];
    let uri = file["uri"].as_str().expect("a location has a file");
    assert!(uri.bytes().all(|byte| byte.is_ascii_graphic()), "{uri}");
    match file["uriBaseId"].as_str() {
        Some(base) => {
            let root = bases[base]["uri"].as_str().expect("the base is named");
            assert!(root.starts_with("file:///") && root.ends_with('/') && !uri.starts_with('/'), "{root} {uri}");
            let path = Path::new(root.trim_start_matches("file://")).join(uri);
            assert!(path.is_file(), "{} is there", path.display());
        }
        None => assert!(uri.starts_with("file:///"), "{uri}"),
    }
    let region = &physical["region"];
    assert!(region["startLine"].as_u64().is_some_and(|line| line > 0), "{region}");
    assert!(
        region["startColumn"].is_null() || region["startColumn"].as_u64().is_some_and(|column| column > 0),
        "{region}"
    );
}

fn check(log: &Value) {
    assert_eq!(log["version"], "2.1.0");
    assert!(log["$schema"].as_str().is_some_and(|schema| schema.contains("sarif-schema-2.1.0")));
    assert_eq!(list(&log["runs"]).len(), 1);
    for run in list(&log["runs"]) {
        assert_eq!(run["tool"]["driver"]["name"], "pinned-ffi");
        let rules = list(&run["tool"]["driver"]["rules"]);
        let ids: Vec<&str> = rules.iter().filter_map(|rule| rule["id"].as_str()).collect();
        let mut different = ids.clone();
        different.sort_unstable();
        different.dedup();
        assert_eq!((ids.len(), different.len()), (rules.len(), rules.len()), "each rule once: {ids:?}");
        for rule in rules {
            for text in ["shortDescription", "fullDescription", "help"] {
                assert!(rule[text]["text"].as_str().is_some_and(|text| !text.is_empty()), "{text}: {rule}");
            }
            assert!(rule["help"]["markdown"].as_str().is_some_and(|page| page.contains("\n## Good\n")), "{rule}");
        }
        for result in list(&run["results"]) {
            let index = result["ruleIndex"].as_u64().expect("an index") as usize;
            assert_eq!(result["ruleId"].as_str(), ids.get(index).copied());
            assert!(["none", "note", "warning", "error"].contains(&result["level"].as_str().unwrap_or_default()));
            assert!(result["message"]["text"].as_str().is_some_and(|text| text.contains("\nhelp: ")), "{result}");
            let prints = result["partialFingerprints"].as_object().expect("fingerprints");
            assert!(!prints.is_empty() && prints.values().all(Value::is_string), "{result}");
            assert_eq!(list(&result["locations"]).len(), 1, "{result}");
            for location in list(&result["locations"]).iter().chain(list(&result["relatedLocations"])) {
                check_location(location, &run["originalUriBaseIds"]);
            }
            for stack in list(&result["stacks"]) {
                assert!(!list(&stack["frames"]).is_empty(), "{stack}");
                list(&stack["frames"])
                    .iter()
                    .for_each(|frame| check_location(&frame["location"], &run["originalUriBaseIds"]));
            }
        }
        for invocation in list(&run["invocations"]) {
            assert!(invocation["executionSuccessful"].is_boolean(), "{invocation}");
        }
    }
}

#[test]
fn a_log_keeps_the_rules_of_the_standard_and_has_every_place() {
    let (_folder, path) = folder();
    let log = log(&path);
    check(&log);
    let run = &log["runs"][0];
    let results = list(&run["results"]);
    let codes: Vec<_> = results.iter().filter_map(|result| result["ruleId"].as_str()).collect();
    assert_eq!(codes, ["PF005", "PF005", "PF010", "PF010"]);
    let at_call = &results[0];
    assert_eq!(at_call["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "tests/reports/program.rs");
    assert_eq!(at_call["occurrenceCount"], 1);
    for result in results.iter().skip(2) {
        assert_eq!(result["occurrenceCount"], 3);
        let what: Vec<_> = list(&result["relatedLocations"]).iter().map(|place| &place["message"]["text"]).collect();
        assert_eq!(what, ["allocated here", "freed here", "pinned here"], "{result}");
        let frames = list(&result["stacks"][1]["frames"]);
        let function = frames[0]["location"]["logicalLocations"][0]["fullyQualifiedName"].as_str().unwrap_or_default();
        assert!(function.contains("free"), "{result}");
    }
    assert_eq!(run["invocations"][0]["exitCode"], 0);
    assert_eq!(run["invocations"][0]["arguments"][0], "sh");
    let prints: Vec<_> = results.iter().map(|result| &result["partialFingerprints"]["pinnedFfiBug/v1"]).collect();
    assert!(prints.iter().enumerate().all(|(at, print)| !prints[..at].contains(print)), "{prints:?}");
}

#[test]
fn lines_of_json_become_the_same_log() {
    let (folder, path) = folder();
    let sarif = folder.path().join("x.sarif");
    let (path, sarif) = (path.to_str().expect("the path is text"), sarif.to_str().expect("the path is text"));
    let done = output(&mut pinned_ffi(&["run", "--json", path, "--sarif", sarif, "--", PROGRAM, "two"]));
    assert_eq!(done.status.code(), Some(99), "{}", text(&done.stderr));
    let converted = output(&mut pinned_ffi(&["report", path, "--format", "sarif"]));
    let mut converted: Value = serde_json::from_slice(&converted.stdout).expect("it is JSON");
    let written: Value = serde_json::from_slice(&std::fs::read(sarif).expect("it was written")).expect("it is JSON");
    check(&converted);
    // Only whoever ran the command knows how it ended.
    converted["runs"][0]["invocations"] = written["runs"][0]["invocations"].clone();
    assert_eq!(converted, written);
}

/// The schema that the npm package `@microsoft/jest-sarif` brings, kept under the target folder.
fn schema() -> Result<PathBuf, String> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("sarif-schema");
    let schema = folder.join("package/lib/schemas/sarif-2.1.0-rtm.5.json");
    if schema.is_file() {
        return Ok(schema);
    }
    std::fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
    let script =
        "npm pack --silent @microsoft/jest-sarif@1.0.0-beta.0 && tar xzf microsoft-jest-sarif-1.0.0-beta.0.tgz";
    let got =
        Command::new("sh").args(["-c", script]).current_dir(&folder).output().map_err(|error| error.to_string())?;
    match schema.is_file() {
        true => Ok(schema),
        false => Err(format!("npm cannot get @microsoft/jest-sarif: {}", text(&got.stderr).trim())),
    }
}

#[test]
fn a_log_fits_the_schema_of_the_standard() {
    let schema = match schema() {
        Ok(schema) => schema,
        Err(why) => {
            println!("skipped: {why}");
            return;
        }
    };
    let (_folder, path) = folder();
    log(&path);
    let judge = "import sys, json\ntry:\n    import jsonschema\nexcept ImportError:\n    sys.exit(77)\n\
                 schema, log = (json.load(open(path)) for path in sys.argv[1:])\n\
                 kind = jsonschema.validators.validator_for(schema)\n\
                 errors = [f'{e.json_path}: {e.message}' for e in kind(schema).iter_errors(log)]\n\
                 print('\\n'.join(errors))\nsys.exit(bool(errors))";
    match Command::new("python3").args(["-c", judge]).args([&schema, &path]).output() {
        Ok(judged) if judged.status.code() != Some(77) => {
            assert!(judged.status.success(), "{}{}", text(&judged.stdout), text(&judged.stderr));
        }
        _ => println!("skipped: no Python package jsonschema"),
    }
}
