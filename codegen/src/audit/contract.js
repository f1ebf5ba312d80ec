// What is known of each pointer, and the line of contract that would settle the rest.
"use strict";

const AXES = ["direction", "nullability", "extent", "escape", "callback"];
const SOURCES = ["attribute", "file", "pack", "header", "gir", "default", "inferred", "missing"];
const KEYWORDS = new Set(("abstract as async await become box break const continue do dyn else enum extern false final fn for gen if " +
  "impl in let loop macro match mod move mut override priv pub ref return static struct trait true try type typeof unsafe unsized " +
  "use virtual where while yield").split(" "));
// What the eye cannot see, or what turns the text around it.
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffd]/g;

function shown(text) {
  return String(text ?? "").replace(UNSEEN, (c) => "\\u{" + c.charCodeAt(0).toString(16) + "}");
}

/// "pack:libc/uio" is of the kind "pack".
function kindOf(source) {
  const kind = String(source).split(":")[0];
  return SOURCES.includes(kind) ? kind : "default";
}

function isFunctionPointer(type) {
  return /\bfn\s*\(|\(\s*\*\s*\)\s*\(/.test(type || "");
}

/// The value on an axis as words, or null where nobody said anything.
function valueOf(param, axis) {
  const known = (word) => (word === undefined || word === null || word === "unknown" ? null : word);
  switch (axis) {
    case "direction": return known(param.direction);
    case "nullability": return param.nullable === true ? "nullable" : param.nullable === false ? "nonnull" : null;
    case "extent": {
      const { kind, by } = param.extent || {};
      if (kind === "count") return `counted_by(${by ?? "?"})`;
      if (kind === "bytes") return `sized_by(${by ?? "?"})`;
      return known(kind);
    }
    case "escape": return known(param.escape);
    default: {
      if (!param.callback) return null;
      const said = ["userdata", "scope", "destroy"].filter((word) => param.callback[word]);
      return `callback(${said.map((word) => `${word} = ${param.callback[word]}`).join(", ")})`;
    }
  }
}

function isCallback(param) {
  return Boolean(param.callback) || (param.missing || []).includes("callback") || isFunctionPointer(param.type);
}

/// One axis of one parameter: its words, its source, and whether it is said, guessed, missing or beside the point.
function factOf(param, axis) {
  const key = axis === "nullability" ? "nullable" : axis;
  const [sources, reasons] = [param.sources || {}, param.reasons || {}];
  if (param.opaque) {
    const source = sources.opaque ?? "default";
    // A handle whose type nobody but C can make is no mere guess: nothing is missing then.
    const isSaid = kindOf(source) !== "inferred" || (param.missing && param.missing.length === 0);
    const fact = { axis, value: "opaque", state: isSaid ? "said" : "guess", source, reason: reasons.opaque };
    return axis === "extent" ? fact : { axis, value: null, state: "none" };
  }
  const value = valueOf(param, axis);
  const source = sources[key] ?? sources[axis] ?? "default";
  const reason = reasons[key] ?? reasons[axis];
  const applies = axis === "callback" ? isCallback(param) : param.pointer && !isCallback(param);
  if (!applies) return { axis, value, state: "none", source, reason };
  if (value === null) return { axis, value, state: "missing", source: "missing", reason };
  return { axis, value, state: kindOf(source) === "inferred" ? "guess" : "said", source, reason };
}

/// A length that is a pointer means the integer behind it.
function settleLengths(fn) {
  for (const param of fn.params) {
    const by = param.extent && param.extent.by;
    if (by && fn.params.some((other) => other.pointer && !other.address && other.name === by)) param.extent.by = `*${by}`;
  }
}

function isInteger(type) {
  return /(^|[^*\w])(c_u?(int|long|longlong|short)|[iu](8|16|32|64|size)|s?size_t|uInt|uLong|u?int\d*_t|unsigned|int|long)\b/.test(type || "") && !/[*]/.test(type);
}

/// A first idea where nobody said anything: from the type and the neighbours; the reader must check it.
function ideaOf(fn, param, axis) {
  const isConst = /\bconst\b/.test(param.type || "");
  switch (axis) {
    case "direction": return isConst ? "in" : /^(out|dst|dest|result|ret)/i.test(param.name || "") ? "out" : "inout";
    case "nullability": return "nonnull";
    case "escape": return "call";
    case "extent": {
      if (isConst && /\bchar\b|c_char/.test(param.type)) return "null_terminated";
      const at = fn.params.indexOf(param);
      const length = [fn.params[at + 1], fn.params[at - 1]].find((near) => near && isInteger(near.type) && /len|size|n$|num|count|cnt|bytes/i.test(near.name || ""));
      // What a number leads to has no type, so there are bytes or text.
      if (!length) return param.address ? "null_terminated" : "one";
      return param.address || /void|char|u8|i8|byte/i.test(param.type) ? `sized_by(${length.name})` : `counted_by(${length.name})`;
    }
    default: {
      const data = fn.params.find((near) => /void/.test(near.type || "") && /data|arg|opaque|user|ctx|context|closure/i.test(near.name || ""));
      return `callback(${data ? `userdata = ${data.name}, ` : ""}scope = call)`;
    }
  }
}

const WORDS = { in: "input", out: "out", inout: "inout", call: "noescape", retained: "retained(forever)", transfer: "transfer" };

/// The words that a contract must add to close the gaps of a parameter.
function gapsOf(fn, param) {
  const gaps = openOf(fn, param);
  // Of a number nothing else can be said where this is not said beside it.
  return param.address && gaps.length > 0 ? [{ axis: "pointer", word: "pointer", from: (param.sources || {}).pointer ?? "attribute" }, ...gaps] : gaps;
}

function openOf(fn, param) {
  return AXES.map((axis) => factOf(param, axis)).filter((fact) => fact.state === "guess" || fact.state === "missing").map((fact) => {
    const value = fact.state === "guess" ? fact.value : ideaOf(fn, param, fact.axis);
    return { axis: fact.axis, word: WORDS[value] ?? value, from: fact.state === "guess" ? fact.source : "an idea" };
  });
}

function rustName(name, at) {
  const bare = String(name || "").replace(/^r#/, "");
  if (!/^[A-Za-z_]\w*$/.test(bare) || bare === "_") return `arg${at}`;
  return KEYWORDS.has(bare) ? `r#${bare}` : bare;
}

/// A type for the declaration; contracts go by position and do not compare types.
function rustType(type) {
  const text = String(type || "");
  if (/^[\w\s*:<>,()[\];"&'-]+$/.test(text) && !/\*(?!\s*(const|mut)\b)/.test(text) && !/^(const|struct|enum|unsigned|union)\b/.test(text)) return text;
  return text.includes("*") ? (/\bconst\b/.test(text) ? "*const c_void" : "*mut c_void") : "c_int";
}

/// The function as a line of an extern block; each part says whether it is a guess.
function lineOf(fn) {
  const parts = [{ text: `fn ${fn.name}(` }];
  fn.params.forEach((param, at) => {
    if (at > 0) parts.push({ text: ", " });
    for (const gap of gapsOf(fn, param)) parts.push({ text: `#[${gap.word}]`, gap: gap.axis !== "pointer" }, { text: " " });
    parts.push({ text: `${rustName(param.name, at)}: ${rustType(param.type)}` });
  });
  const result = fn.result && fn.result.type;
  const gives = result && !/^(void|\(\)|c_void)$/.test(result) ? ` -> ${rustType(result)}` : "";
  parts.push({ text: `)${gives};` });
  return parts;
}

function lineText(fn) {
  return lineOf(fn).map((part) => part.text).join("");
}

/// What must be looked at before the contract is used.
function openText(fn, mark) {
  const open = fn.params.map((param) => [param.name, openOf(fn, param)]).filter(([, gaps]) => gaps.length > 0);
  const list = open.map(([name, gaps]) => `${gaps.map((gap) => gap.axis).join(", ")} of ${shown(name)}`).join("; ");
  return `${mark} guessed, to be checked: ${list}\n`;
}

/// A word of the attribute language as an entry of a contract file: the keys are the words.
function tomlEntry(word) {
  const [, key, inside] = /^(\w+)(?:\((.*)\))?$/.exec(word) || [null, word];
  if (["input", "out", "inout"].includes(key)) return `direction = "${key === "input" ? "in" : key}"`;
  if (key === "nullable" || key === "nonnull") return `nullable = ${key === "nullable"}`;
  return inside === undefined ? `${key} = true` : `${key} = ${JSON.stringify(inside)}`;
}

/// The same gaps as a section of a contract file.
function tomlOf(fn) {
  const key = (name) => (/^[A-Za-z0-9_-]+$/.test(name) ? name : JSON.stringify(name));
  const entry = (param, at) => {
    const name = param.name || String(at);
    const gaps = gapsOf(fn, param);
    return gaps.length === 0 ? [] : [`${key(name)} = { ${gaps.map((gap) => tomlEntry(gap.word)).join(", ")} }`];
  };
  return [`[functions.${key(fn.name)}.params]`, ...fn.params.flatMap(entry)].join("\n");
}

/// What is copied for one function, as a line of an extern block or as a section of a contract file.
function copyText(fn, form) {
  return form === "toml" ? `${openText(fn, "#")}${tomlOf(fn)}\n` : `${openText(fn, "//")}${lineText(fn)}\n`;
}

/// What is copied for many functions: a whole block, or a whole file.
function blockText(fns, form) {
  if (form === "toml") return ["schema = 1\n", ...fns.map((fn) => copyText(fn, form))].join("\n");
  const lines = fns.map((fn) => copyText(fn, form).trimEnd().split("\n").map((line) => `    ${line}`).join("\n"));
  return `unsafe extern "C" {\n${lines.join("\n")}\n}\n`;
}
