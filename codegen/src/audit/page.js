// The page around the contracts: figures, filters, a sorted and paged table, details, copying.
(() => {
  const PAGE = 100;
  const PRINTED = 4000;
  const COLUMNS = [
    ["function", "Function"], ["name", "Parameter"], ["type", "Type"], ["direction", "Direction"], ["nullability", "Null"],
    ["extent", "Extent"], ["escape", "Escape"], ["callback", "Callback"], ["sources", "Sources"],
  ];
  const SOURCE_WORDS = {
    attribute: "attributes you wrote", file: "your contract file", pack: "packs that ship with pinned-ffi", header: "attributes in the header",
    gir: "GObject-Introspection", default: "the type alone", inferred: "guesses, never enforced", missing: "nobody",
  };
  const byId = (id) => document.getElementById(id);
  const el = (tag, attributes = {}, ...children) => {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
      else if (value === true) node.setAttribute(name, "");
      else if (value !== false && value !== undefined && value !== null) node.setAttribute(name, value);
    }
    node.append(...children.filter((child) => child !== null && child !== undefined));
    return node;
  };
  const number = (value) => value.toLocaleString("en");
  const percent = (part, whole) => (whole === 0 ? "–" : part === whole ? "100%" : `${Math.min(99.9, (100 * part) / whole).toFixed(1)}%`);

  let data;
  try {
    data = JSON.parse(byId("data").textContent);
    if (!Array.isArray(data.functions)) throw new Error("no functions in it");
  } catch (error) {
    byId("failed").hidden = false;
    byId("failed").textContent = `the data of this page cannot be read: ${error.message}`;
    return;
  }

  // Rows: one for each pointer, and one for a function that has none or is skipped.
  const rows = [];
  const total = { pointers: 0, complete: 0, skipped: 0, facts: {}, axes: {} };
  for (const axis of AXES) total.axes[axis] = { said: 0, guess: 0, missing: 0 };
  for (const source of SOURCES) total.facts[source] = 0;
  for (const fn of data.functions) {
    fn.params ||= [];
    settleLengths(fn);
    const before = rows.length;
    const push = (row) => rows.push({ fn, order: rows.length, facts: [], sources: [], isComplete: false, hasGap: false, ...row });
    if (fn.skipped) {
      total.skipped += 1;
      push({ name: "", type: "", note: `skipped: ${shown(fn.skipped)}` });
    } else {
      for (const param of fn.params) if (param.pointer || isCallback(param)) push(pointerRow(fn, param));
      const result = fn.result;
      if (result && (result.pointer || isPointerType(result.type))) push(resultRow(fn, result));
      if (rows.length === before) push({ name: "", type: "", note: "no pointer parameters" });
    }
    for (const row of rows.slice(before)) {
      row.text = `${fn.name} ${row.name} ${row.type} ${row.note || ""} ${fn.location || ""} ${(fn.policy || []).join(" ")} ${row.facts.map((fact) => fact.value || "").join(" ")}`.toLowerCase();
    }
  }

  function pointerRow(fn, param) {
    const facts = AXES.map((axis) => factOf(param, axis));
    const isSaid = (axis) => ["said", "none"].includes(facts[AXES.indexOf(axis)].state);
    const isComplete = param.missing ? param.missing.length === 0 : (isSaid("direction") && isSaid("extent") && isSaid("escape") && isSaid("callback"));
    if (param.pointer) total.pointers += 1;
    if (param.pointer && isComplete) total.complete += 1;
    for (const fact of facts.filter((fact) => fact.state !== "none")) {
      total.axes[fact.axis][fact.state] += 1;
      total.facts[kindOf(fact.source)] += 1;
    }
    const sources = [...new Set(facts.filter((fact) => fact.state === "said" || fact.state === "guess").map((fact) => fact.source))];
    const hasGap = facts.some((fact) => fact.state === "guess" || fact.state === "missing");
    return { param, name: param.name || "", type: param.type || "", facts, sources, isComplete, hasGap };
  }

  function isPointerType(type) {
    return /^\s*\*|\*\s*$/.test(type || "");
  }

  function resultRow(fn, result) {
    const sources = [...new Set(Object.values(result.sources || {}).map(String))];
    const said = { nullability: valueOf(result, "nullability"), extent: valueOf(result, "extent"), escape: result.origin };
    const facts = AXES.map((axis) => {
      const value = said[axis] && said[axis] !== "unknown" ? said[axis] : null;
      const source = sources.find((source) => kindOf(source) !== "inferred") ?? sources[0] ?? "default";
      return { axis, value, state: value === null ? "none" : kindOf(source) === "inferred" ? "guess" : "said", source };
    });
    return { result, name: "returns", type: result.type || "", facts, sources };
  }

  // What is looked at, and the address that says so.
  const state = { show: "all", q: "", axis: "", source: "", sort: "", down: false, page: 1, opened: "", form: "attributes" };
  const open = new Set();
  let found = [];

  function readAddress() {
    const asked = new URLSearchParams(location.hash.slice(1));
    state.show = ["missing", "complete", "skipped"].find((show) => asked.has(show)) || "all";
    state.q = asked.get("q") || "";
    state.axis = AXES.includes(asked.get("axis")) ? asked.get("axis") : "";
    state.source = SOURCES.includes(asked.get("source")) ? asked.get("source") : "";
    const sort = asked.get("sort") || "";
    state.down = sort.startsWith("-");
    state.sort = COLUMNS.some(([id]) => id === sort.replace("-", "")) ? sort.replace("-", "") : "";
    state.page = Math.max(1, parseInt(asked.get("page"), 10) || 1);
    state.form = asked.get("form") === "toml" ? "toml" : "attributes";
    state.opened = asked.get("open") || "";
    if (state.opened) for (const row of rows) if (row.fn.name === state.opened) open.add(row);
  }

  function writeAddress() {
    const said = [];
    if (state.show !== "all") said.push(state.show);
    for (const name of ["q", "axis", "source"]) if (state[name]) said.push(`${name}=${encodeURIComponent(state[name])}`);
    if (state.sort) said.push(`sort=${state.down ? "-" : ""}${state.sort}`);
    if (state.page > 1) said.push(`page=${state.page}`);
    if (state.form === "toml") said.push("form=toml");
    if (state.opened) said.push(`open=${encodeURIComponent(state.opened)}`);
    const hash = said.length > 0 ? `#${said.join("&")}` : location.pathname + location.search;
    try { history.replaceState(null, "", hash); } catch { /* an embedded page has no address of its own */ }
  }

  function fits(row) {
    const words = state.q.toLowerCase().split(/\s+/).filter(Boolean);
    if (state.show === "missing" && !row.hasGap) return false;
    if (state.show === "complete" && !row.isComplete) return false;
    if (state.show === "skipped" && !row.fn.skipped) return false;
    if (state.axis && !row.facts.some((fact) => fact.axis === state.axis && (fact.state === "guess" || fact.state === "missing"))) return false;
    if (state.source === "missing" && !row.facts.some((fact) => fact.state === "missing")) return false;
    if (state.source && state.source !== "missing" && !row.sources.some((source) => kindOf(source) === state.source)) return false;
    return words.every((word) => row.text.includes(word));
  }

  function key(row) {
    if (state.sort === "function") return row.fn.name;
    if (state.sort === "name" || state.sort === "type") return row[state.sort];
    if (state.sort === "sources") return row.sources.join(" ");
    const fact = row.facts.find((fact) => fact.axis === state.sort);
    return !fact || fact.state === "none" ? "\uffff" : fact.state === "missing" ? "" : fact.value;
  }

  function update(isSame) {
    if (!isSame) {
      found = rows.filter(fits);
      if (state.sort) {
        const keys = new Map(found.map((row) => [row, key(row)]));
        const order = (a, b) => (keys.get(a) < keys.get(b) ? -1 : keys.get(a) > keys.get(b) ? 1 : 0);
        found.sort((a, b) => (state.down ? order(b, a) : order(a, b)) || a.order - b.order);
      }
    }
    const pages = Math.max(1, Math.ceil(found.length / PAGE));
    state.page = Math.min(state.page, pages);
    render(found.slice((state.page - 1) * PAGE, state.page * PAGE));
    const functions = new Set(found.map((row) => row.fn)).size;
    byId("count").textContent = `${number(found.length)} of ${number(rows.length)} rows, ${number(functions)} functions`;
    byId("copy-all").disabled = !found.some((row) => row.hasGap);
    renderPager(pages);
    renderControls();
    writeAddress();
  }

  function render(page) {
    byId("rows").replaceChildren(...page.flatMap((row, at) => {
      const main = rowOf(row, at === 0 || page[at - 1].fn !== row.fn);
      return open.has(row) ? [main, detailOf(row)] : [main];
    }));
    if (page.length === 0) {
      const why = rows.length === 0 ? "No functions were found." : state.show === "missing" && !state.q ? "Nothing is missing here." : "No row fits these filters.";
      byId("rows").append(el("tr", {}, el("td", { colspan: 10, class: "empty" }, why)));
    }
  }

  function rowOf(row, isFirst) {
    const label = shown(row.fn.name);
    const toggle = el("button", {
      type: "button", class: "toggle", "aria-expanded": String(open.has(row)), "aria-label": `Details of ${label} ${shown(row.name)}`, onclick: () => flip(row, main),
    });
    const kind = `row${isFirst ? " first" : ""}${row.fn.skipped ? " skipped" : ""}${open.has(row) ? " open" : ""}`;
    const main = el("tr", { class: kind, "data-function": row.fn.name, "data-parameter": row.name, "data-gap": row.hasGap });
    main.append(el("td", { class: "function" }, toggle, el("span", { class: "label", title: label }, label)));
    if (row.note) {
      main.append(el("td", { class: "reason", colspan: 9 }, row.note));
    } else {
      const type = shown(row.type);
      main.append(
        el("td", { class: row.result ? "name muted" : "name" }, row.result ? "→ result" : shown(row.name)),
        el("td", { class: "type" }, el("span", { class: "label", title: type }, type)),
        ...row.facts.map(cellOf),
        el("td", { class: "sources" }, ...row.sources.map(badgeOf), ...learnedBadge((row.result || row.param).learned)),
        el("td", { class: "copying" }, row.hasGap ? copyButton("Copy", () => copyText(row.fn, state.form), `Copy a contract for ${label}`) : null),
      );
    }
    return main;
  }

  function cellOf(fact) {
    if (fact.state === "none") return el("td", { class: "none" }, "–");
    if (fact.state === "missing") return el("td", {}, el("span", { class: "value missing", title: `${fact.axis}: nobody says it` }, "missing"));
    const text = shown(fact.value).replaceAll("_", "_\u200b");
    const title = `${fact.axis}: ${shown(fact.value)}, from ${shown(fact.source)}`;
    return el("td", { class: fact.axis }, el("span", { class: `value ${fact.state}`, title }, fact.state === "guess" ? `${text} ?` : text));
  }

  function badgeOf(source) {
    return el("span", { class: "badge", title: `${shown(source)}: ${SOURCE_WORDS[kindOf(source)]}` }, el("i", { class: `dot of-${kindOf(source)}` }), source === "default" ? "type" : shown(source).replace("inferred:", ""));
  }

  function learnedBadge(learned) {
    if (!learned) return [];
    const [wrong, proposed] = [learned.contradictions.length, learned.proposed.length];
    if (wrong > 0) return [el("span", { class: "value missing", title: learned.contradictions.map(shown).join("; ") }, "contradicted")];
    return proposed > 0 ? [el("span", { class: "value guess", title: learned.proposed.map((it) => shown(it.word)).join(", ") }, "learned")] : [];
  }

  function detailOf(row) {
    const cell = el("td", { colspan: 10 });
    const list = el("dl", { class: "facts" });
    const add = (term, value, why) => list.append(el("dt", {}, term), el("dd", { class: "mono" }, value), el("dd", { class: "muted" }, why));
    for (const fact of row.result ? [] : row.facts.filter((fact) => fact.state !== "none")) {
      const from = fact.state === "missing" ? "nobody says it" : `${shown(fact.source)}: ${SOURCE_WORDS[kindOf(fact.source)]}`;
      add(fact.axis, fact.state === "missing" ? "missing" : shown(fact.value), fact.reason && !String(fact.source).endsWith(fact.reason) ? `${from}; ${shown(fact.reason)}` : from);
    }
    const more = row.param || {};
    const why = (axis) => [(more.sources || {})[axis], (more.reasons || {})[axis]].filter(Boolean).map(shown).join("; ");
    if (more.address) add("pointer", "a number that is an address", why("pointer"));
    if (more.flow_through) add("flow_through", "yes", why("flow_through") || "C follows the pointers inside during the call");
    if (more.pointee) add("pointee", shown(more.pointee), why("pointee"));
    if ((more.sources || {}).filled) add("filled", shown((more.reasons || {}).filled || "yes"), shown(more.sources.filled));
    const learned = (row.result || more).learned;
    for (const text of (learned && learned.evidence) || []) add("seen", shown(text), "in calls that were watched");
    for (const { word, reason } of (learned && learned.proposed) || []) add("proposed", shown(word), shown(reason));
    for (const text of (learned && learned.open) || []) add("open", shown(text), "why nothing is proposed");
    for (const text of (learned && learned.contradictions) || []) add("contradiction", shown(text), "what is known does not fit what was seen");
    if (row.result && row.result.text) add("returns", shown(row.result.text), row.sources.map(shown).join(", "));
    else if (row.result) add("returns", "open", "nobody says whom the memory belongs to: `returns(…)` would");
    for (const word of row.fn.policy || []) add("checks", shown(word), "how calls of the function are checked");
    if (row.fn.location) add("declared", shown(row.fn.location), "");
    if (row.note) add("function", shown(row.fn.name), row.note);
    cell.append(list);
    if (row.fn.learned && row.fn.learned.line) cell.append(learnedNode(row.fn));
    if (row.hasGap) cell.append(lineNode(row.fn));
    return el("tr", { class: "detail" }, cell);
  }

  function lineNode(fn) {
    const pre = el("pre", {});
    if (state.form === "toml") pre.append(shown(tomlOf(fn)).replaceAll("\\u{a}", "\n"));
    else for (const part of lineOf(fn)) pre.append(part.gap ? el("mark", { title: "a guess: check it" }, shown(part.text)) : shown(part.text));
    return el("div", { class: "line" }, el("span", { class: "tag" }, "To settle it"), pre, copyButton("Copy", () => copyText(fn, state.form), "Copy this contract"));
  }

  /// What calls have shown; it is in force only where somebody copies it.
  function learnedNode(fn) {
    const line = fn.learned.line;
    const tag = el("span", { class: "tag" }, `Learned from ${number(fn.learned.calls)} calls`);
    return el("div", { class: "line" }, tag, el("pre", { "data-learned": fn.name }, shown(line)), copyButton("Copy", () => `${line}\n`, "Copy what was learned"));
  }

  function flip(row, main) {
    const isOpen = !open.has(row);
    if (isOpen) open.add(row); else open.delete(row);
    main.classList.toggle("open", isOpen);
    main.querySelector(".toggle").setAttribute("aria-expanded", String(isOpen));
    if (isOpen) main.after(detailOf(row)); else main.nextElementSibling.remove();
  }

  function copyButton(text, content, label) {
    return el("button", { type: "button", class: "copy", "aria-label": label, onclick: () => copy(content()) }, text);
  }

  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = el("textarea", { class: "unseen", "aria-hidden": "true" });
      area.value = text;
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    tell("Copied: what is marked is a guess, check it");
  }

  let quiet;
  function tell(text) {
    byId("said").textContent = text;
    byId("said").classList.add("now");
    clearTimeout(quiet);
    quiet = setTimeout(() => byId("said").classList.remove("now"), 2200);
  }

  function renderPager(pages) {
    const go = (page) => { state.page = page; update(true); byId("filters").scrollIntoView(); };
    const button = (text, page, label) => el("button", { type: "button", disabled: page < 1 || page > pages || page === state.page, "aria-label": label, onclick: () => go(page) }, text);
    byId("pager").replaceChildren();
    if (pages === 1) return;
    byId("pager").append(
      button("«", state.page === 1 ? 0 : 1, "First page"), button("‹ Before", state.page - 1, "Page before"), `Page ${number(state.page)} of ${number(pages)}`,
      button("Next ›", state.page + 1, "Next page"), button("»", state.page === pages ? 0 : pages, "Last page"),
    );
  }

  function renderControls() {
    document.querySelector(`input[name=show][value=${state.show}]`).checked = true;
    if (byId("q").value !== state.q) byId("q").value = state.q;
    byId("axis").value = state.axis;
    byId("source").value = state.source;
    byId("form").value = state.form;
    for (const th of byId("head").children) {
      if (th.dataset.column) th.setAttribute("aria-sort", th.dataset.column !== state.sort ? "none" : state.down ? "descending" : "ascending");
    }
    for (const button of document.querySelectorAll("[data-axis]")) button.setAttribute("aria-pressed", String(button.dataset.axis === state.axis));
    for (const button of document.querySelectorAll("[data-source]")) button.setAttribute("aria-pressed", String(button.dataset.source === state.source));
  }

  function change(what) {
    Object.assign(state, what, { page: 1 });
    update();
  }

  // The figures; they tell of the whole, whatever is filtered.
  function renderFigures() {
    const card = (name, figure, more, share) => el("div", {}, el("dt", {}, name), el("dd", { class: "figure" }, figure), el("dd", { class: "more" }, more),
      share === undefined ? null : el("dd", { class: "meter", "aria-hidden": "true" }, meter(share)));
    const meter = (share) => { const bar = el("i"); bar.style.width = `${100 * share}%`; return bar; };
    const open = Object.values(total.axes).reduce((sum, axis) => sum + axis.missing, 0);
    const guesses = Object.values(total.axes).reduce((sum, axis) => sum + axis.guess, 0);
    const wrapped = data.functions.length - total.skipped;
    byId("cards").append(
      card("Functions", number(data.functions.length), total.skipped > 0 ? `${number(wrapped)} wrapped, ${number(total.skipped)} skipped` : "all wrapped"),
      card("Pointer parameters", number(total.pointers), `in ${number(new Set(rows.filter((row) => row.param).map((row) => row.fn)).size)} functions`),
      card("Complete contracts", percent(total.complete, total.pointers), `${number(total.complete)} of ${number(total.pointers)} say extent, direction, escape`, total.pointers && total.complete / total.pointers),
      card("Open questions", number(open + guesses), `${number(open)} missing, ${number(guesses)} only guessed`),
    );
    const all = Object.values(total.facts).reduce((sum, count) => sum + count, 0);
    const part = (kind, count) => { const bar = el("i", { class: `of-${kind}`, title: `${kind}: ${number(count)}` }); bar.style.flex = String(count); return bar; };
    const present = SOURCES.filter((source) => total.facts[source] > 0);
    byId("stack").append(...present.map((source) => part(source, total.facts[source])));
    byId("stack").setAttribute("aria-label", present.map((source) => `${source} ${percent(total.facts[source], all)}`).join(", ") || "no facts");
    for (const source of present) {
      const choose = () => change({ source: state.source === source ? "" : source });
      const name = source === "default" ? "type" : source;
      byId("legend").append(el("li", {}, el("button", { type: "button", "data-source": source, title: SOURCE_WORDS[source], onclick: choose },
        el("i", { class: `dot of-${source}` }), name, el("b", {}, number(total.facts[source])), el("span", {}, percent(total.facts[source], all)))));
    }
    for (const axis of AXES) {
      const { said, guess, missing } = total.axes[axis];
      if (said + guess + missing === 0) continue;
      const bar = el("span", { class: "stack", "aria-hidden": "true" }, ...[["said", said], ["inferred", guess], ["missing", missing]].filter(([, count]) => count > 0).map(([kind, count]) => part(kind, count)));
      const note = missing + guess === 0 ? "nothing" : `${number(missing)} missing, ${number(guess)} guessed`;
      const choose = () => change({ axis: state.axis === axis ? "" : axis });
      byId("axes").append(el("li", {}, el("button", { type: "button", "data-axis": axis, onclick: choose }, axis, bar, el("span", { class: "note" }, note))));
    }
  }

  function wire() {
    for (const [id, title] of COLUMNS) {
      const turn = () => change(state.sort !== id ? { sort: id, down: false } : state.down ? { sort: "", down: false } : { down: true });
      byId("head").append(el("th", { scope: "col", "data-column": id }, el("button", { type: "button", onclick: turn }, title)));
    }
    byId("head").append(el("th", { scope: "col", class: "copying" }, el("span", { class: "unseen" }, "Contract")));
    const choices = (id, any, words) => byId(id).append(el("option", { value: "" }, any), ...words.map((word) => el("option", { value: word }, word)));
    choices("axis", "on any axis", AXES);
    choices("source", "any", SOURCES);
    let waiting;
    byId("q").addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(() => change({ q: byId("q").value }), 80); });
    byId("axis").addEventListener("change", () => change({ axis: byId("axis").value }));
    byId("source").addEventListener("change", () => change({ source: byId("source").value }));
    for (const radio of document.querySelectorAll("input[name=show]")) radio.addEventListener("change", () => change({ show: radio.value }));
    byId("filters").addEventListener("submit", (event) => event.preventDefault());
    byId("filters").addEventListener("reset", (event) => { event.preventDefault(); open.clear(); change({ show: "all", q: "", axis: "", source: "", sort: "", down: false, opened: "" }); });
    byId("copy-all").addEventListener("click", () => copy(blockText([...new Set(found.filter((row) => row.hasGap).map((row) => row.fn))], state.form)));
    byId("form").addEventListener("change", () => { state.form = byId("form").value; update(true); });
    addEventListener("hashchange", () => { readAddress(); update(); });
    addEventListener("beforeprint", () => render(found.slice(0, PRINTED)));
    addEventListener("afterprint", () => update(true));
    addEventListener("keydown", keys);
  }

  function keys(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && event.target === byId("q")) change({ q: "" });
    if (event.target.matches("input, select, textarea")) return;
    if (event.key === "/") { event.preventDefault(); byId("q").focus(); return; }
    const row = event.target.closest("tr.row");
    if (event.key === "c" && row) row.querySelector(".copy")?.click();
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const toggles = [...document.querySelectorAll("#rows .toggle")];
    const at = row ? toggles.indexOf(row.querySelector(".toggle")) : -1;
    if (at < 0 && event.target !== byId("rows")) return;
    event.preventDefault();
    toggles[Math.min(toggles.length - 1, Math.max(0, at + (event.key === "ArrowDown" ? 1 : -1)))]?.focus();
  }

  renderFigures();
  wire();
  readAddress();
  update();
  document.documentElement.dataset.ready = "yes";
})();
