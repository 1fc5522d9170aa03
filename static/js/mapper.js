// The mapping page with pointer and keyboard: draws lines from the rows of the table, picks and connects, filters without
// a new page. The table is the truth. What is done here is sent as its form would send it, and the rows that the server
// answers with are put in their places: a line drawn wrong can't change a mapping.
(() => {
  "use strict";

  const mapper = document.getElementById("mapper");
  const table = document.getElementById("map");
  if (!mapper || !table) return;
  const editable = "edit" in mapper.dataset;
  const live = document.getElementById("map-live");
  const sources = document.getElementById("sources");
  const list = document.getElementById("fields");
  const svg = mapper.querySelector(".mapper__lines");
  const wide = window.matchMedia("(min-width: 1280px)");

  const say = (text) => {
    if (live.firstChild) live.firstChild.data = text; // as in paint
    else live.textContent = text;
  };
  const words = (key, args = {}) => (mapper.dataset[key] ?? "").replace(/\[(\w+)\]/g, (_, name) => args[name] ?? "");
  const fold = (text) => text.toLocaleLowerCase("nb").trim();

  // ---------- rows and fields ----------

  // In the order of the page. An answer fills them anew, and never replaces them.
  const rows = [...table.querySelectorAll("tr.var")];
  const ports = list ? [...list.querySelectorAll(".port")] : [];
  const rowAt = new Map(rows.map((r, i) => [r, i]));
  const portAt = new Map(ports.map((p, i) => [p, i]));
  const portOf = new Map(ports.map((p) => [p.dataset.field, p]));
  const nameOf = (row) => row.id.slice(2);
  const labelOf = (row) => row.querySelector(".target").textContent;
  const fieldsOf = (row) => (row.dataset.from ? row.dataset.from.split("\n") : []);
  const sourceOf = (row) => row.querySelector(".pick > input");
  const targetOf = (row) => row.querySelector(".target");
  const rowFrom = (el) => el.closest?.("tr.var");
  const portFrom = (el) => el.closest?.(".port[role=button]");

  // Without the script a field is text to read. With it, one field is a stop for the keyboard, and arrows lead on.
  const arm = (port) => {
    if (!editable || "direct" in port.dataset) return;
    port.setAttribute("role", "button");
    port.setAttribute("aria-pressed", String(port.dataset.field === picked));
    port.tabIndex = port.dataset.field === stop ? 0 : -1;
    const grip = document.createElement("span");
    grip.className = "port__grip";
    port.append(grip);
  };
  const stopAt = (port) => {
    const last = portOf.get(stop);
    if (last) last.tabIndex = -1;
    stop = port.dataset.field;
    port.tabIndex = 0;
  };

  let picked = "";
  let stop = "";

  // ---------- lines ----------

  // Only what is in sight has a line, so that drawing costs the same however long the lists are. An end that is scrolled
  // out is led to the edge it lies behind, and a row in a folded form to the form's own line.
  const inSight = { rows: new Set(), ports: new Set() };
  const watch = (set, root) => new IntersectionObserver((entries) => {
    for (const e of entries) e.isIntersecting ? set.add(e.target) : set.delete(e.target);
    later();
  }, { root });
  const seeRows = watch(inSight.rows, null);
  const seePorts = watch(inSight.ports, null);

  let waiting = 0;
  const later = () => { waiting ||= requestAnimationFrame(draw); };
  let hover = null; // row or field that the reader points at
  const point = (el) => {
    if (el === hover) return;
    offer(false);
    hover = el ?? null;
    offer(picked !== "");
    later();
  };
  // Only the row that a picked field would be given to is drawn otherwise. A rule for any row while a field is picked
  // makes the browser ask it of them all.
  const offer = (on) => { if (hover?.matches("tr.var")) hover.classList.toggle("is-taker", on); };
  let loose = null; // {x, y} of the pointer while a field is dragged

  function draw() {
    waiting = 0;
    if (!wide.matches || !sources.open || !list) { paint([]); return; }
    const box = svg.getBoundingClientRect();
    const view = sources.getBoundingClientRect();
    const heights = new Map();
    const middle = (el) => {
      if (!heights.has(el)) {
        const r = el.getBoundingClientRect();
        heights.set(el, r.height ? r.top + r.height / 2 - box.top : null);
      }
      return heights.get(el);
    };
    const first = (set, at) => Math.min(...[...set].map((el) => at.get(el) ?? Infinity));
    const firstRow = first(inSight.rows, rowAt);
    const firstPort = first(inSight.ports, portAt);
    const top = Math.max(view.top - box.top, 0);
    const bottom = Math.min(view.bottom - box.top, box.height);
    const clamp = (y, low, high) => Math.min(Math.max(y, low), high);
    const portEnd = (port) => inSight.ports.has(port) ? clamp(middle(port), top, bottom) : portAt.get(port) < firstPort ? top : bottom;
    const rowEnd = (row) => {
      if (inSight.rows.has(row)) return middle(row);
      const form = row.closest("details");
      if (!form.open) {
        const y = middle(form.firstElementChild);
        if (y !== null) return clamp(y, 0, box.height);
      }
      return rowAt.get(row) < firstRow ? 0 : box.height;
    };

    const lines = new Map();
    const add = (row, field, tip) => {
      const port = portOf.get(field);
      if (!port || port.hidden || row.hidden || "direct" in port.dataset) return;
      const near = inSight.rows.has(row), close = inSight.ports.has(port);
      if (!near && !close) return;
      const [y1, y2] = [portEnd(port), rowEnd(row)];
      const on = row === hover || port === hover || field === picked || "on" in row.dataset;
      const style = [on && "is-on", tip && "is-tip", !(near && close) && "is-far"].filter(Boolean).join(" ");
      lines.set(`${y1} ${y2} ${style}`, [y1, y2, style]);
    };
    // Fields in sight lead to rows anywhere: users are looked up once per change of the table.
    for (const row of inSight.rows) {
      for (const f of fieldsOf(row)) add(row, f, false);
      if (row.dataset.tip && !row.dataset.from) add(row, row.dataset.tip, true);
    }
    for (const port of inSight.ports) for (const row of usersOf().get(port.dataset.field) ?? []) add(row, port.dataset.field, false);

    const w = box.width;
    const curves = [...lines.values()].sort((a, b) => a[2].includes("is-on") - b[2].includes("is-on"))
      .map(([y1, y2, style]) => [curve(0, y1, w, y2), style]);
    if (loose && picked) {
      const port = portOf.get(picked);
      if (port) curves.push([curve(0, portEnd(port), clamp(loose.x - box.left, 8, w), loose.y - box.top), "is-on"]);
    }
    paint(curves);
  }

  function curve(x1, y1, x2, y2) {
    const bend = (x2 - x1) / 2;
    return `M${x1} ${y1} C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
  }

  // The paths are used again and again: an element that comes or goes makes the browser ask rules with :has() of the
  // whole page, which costs more than all lines.
  function paint(curves) {
    while (svg.childElementCount < curves.length || svg.childElementCount < 60) {
      svg.append(document.createElementNS("http://www.w3.org/2000/svg", "path"));
    }
    [...svg.children].forEach((path, i) => {
      const [d, style] = curves[i] ?? ["", ""];
      if (path.getAttribute("d") !== d) path.setAttribute("d", d);
      if (path.getAttribute("class") !== style) path.setAttribute("class", style);
    });
  }

  let users = null;
  function usersOf() {
    if (users) return users;
    users = new Map();
    for (const row of rows) {
      for (const f of fieldsOf(row)) {
        if (!users.has(f)) users.set(f, []);
        users.get(f).push(row);
      }
    }
    return users;
  }

  // ---------- sending ----------

  // One at a time, in the order they were made: each says which draft it was made on, and the answer tells of the next.
  let queue = Promise.resolve();
  const send = (url, fields, row) => {
    row?.setAttribute("aria-busy", "true");
    const asked = queue;
    queue = asked.then(() => post(url, fields)).finally(() => document.getElementById(row?.id)?.removeAttribute("aria-busy"));
    return queue;
  };

  let broken = 0; // how often something was not kept: what waited in the queue then was made on what isn't there
  async function post(url, fields) {
    if (fields.round !== broken) return;
    const body = new URLSearchParams();
    for (const name of ["based", "edits"]) body.set(name, table.elements[name].value);
    for (const [name, value] of fields.values) body.set(name, value);
    body.set("show", state.show);
    body.set("q", state.q);
    let answer, html;
    try {
      answer = await fetch(url, { method: "POST", body, headers: { "HX-Request": "true" } });
      html = await answer.text();
    } catch {
      broken++;
      say(words("offline"));
      return;
    }
    if (!answer.ok) broken++;
    if (answer.status === 409) { // nothing was kept: no field shows what isn't
      for (const source of rows.map(sourceOf)) if (source) source.value = source.defaultValue;
    }
    const sheet = document.createElement("template");
    sheet.innerHTML = html;
    const said = sheet.content.getElementById("map-said");
    if (said) {
      put(sheet.content);
      say(said.textContent.trim());
      return;
    }
    // An answer that isn't ours to draw: the portal tells what is wrong at the top of the page.
    const problem = document.getElementById("problem");
    problem.replaceChildren(sheet.content);
    say(problem.textContent.trim() || words("offline"));
    problem.scrollIntoView({ block: "nearest" });
  }

  // put lays each part of an answer in its place, and the focus back where it was.
  function put(content) {
    const focused = document.activeElement;
    const place = focused?.closest("[id]");
    const within = place && [...place.querySelectorAll("a, button, input, select, summary")].indexOf(focused);
    // Every form of the page holds the same draft.
    for (const name of ["based", "edits"]) {
      const value = content.querySelector(`#map-basis [name=${name}]`)?.value;
      if (value) for (const input of document.querySelectorAll(`input[type=hidden][name=${name}]`)) input.value = value;
    }
    const parts = [...content.children].flatMap((el) => (el.localName === "table" ? [...el.rows] : [el]));
    for (const part of parts) {
      const old = document.getElementById(part.id);
      if (!old || part.id === "map-said") continue;
      if (part.id === "map-draft") keepWritten(old, part);
      if (part.matches("tr.var, .port")) part.hidden = old.hidden;
      if ("on" in old.dataset) part.dataset.on = "";
      if (part.matches(".port")) arm(part);
      if (old.isEqualNode(part)) continue; // what stays costs nothing
      fill(old, part);
      texts.delete(old);
    }
    if (place && !document.contains(focused)) {
      const now = document.getElementById(place.id);
      const again = now && (now === document.activeElement ? now : now.querySelectorAll("a, button, input, select, summary")[within]);
      ((now?.matches(".port") ? now : again) ?? (now && targetOf(now)) ?? live).focus({ preventScroll: true });
    }
    point(null);
    users = null;
    later();
  }

  // fill gives an element what another holds. It stays itself: were it replaced, the browser would ask for all that
  // stands beside it whether it is drawn otherwise after what now stands before it.
  function fill(old, part) {
    for (const name of old.getAttributeNames()) if (!part.hasAttribute(name)) old.removeAttribute(name);
    for (const name of part.getAttributeNames()) {
      if (old.getAttribute(name) !== part.getAttribute(name)) old.setAttribute(name, part.getAttribute(name));
    }
    if (!old.matches("tr")) {
      old.replaceChildren(...part.childNodes);
      return;
    }
    [...part.cells].forEach((cell, i) => { // most cells are the same, and so is what has the focus
      if (!old.cells[i].isEqualNode(cell)) fill(old.cells[i], cell);
    });
  }

  // What is being written about the version stays, and what is unfolded.
  function keepWritten(old, part) {
    const [was, is] = [old, part].map((el) => el.querySelector("[name=message]"));
    if (was && is) is.value = was.value;
    const open = old.querySelectorAll("details");
    part.querySelectorAll("details").forEach((d, i) => { if (open[i]) d.open = open[i].open; });
  }

  const order = (...values) => ({ values, round: broken });

  const setSource = (row, text, how) => {
    const fields = [["f." + nameOf(row), text]];
    if (how) fields.push(["how", how]);
    return send(table.action, order(...fields), row);
  };
  const drop = (row) => {
    if (row.querySelector(".off")) send(table.action, order(["drop", nameOf(row)]), row);
  };
  const step = (id) => {
    const form = document.getElementById(id);
    if (form && !form.querySelector("button").disabled) send(form.action, order());
  };

  // ---------- picking and connecting ----------

  function pick(field) {
    const before = portOf.get(picked);
    picked = field;
    before?.setAttribute("aria-pressed", "false");
    portOf.get(field)?.setAttribute("aria-pressed", "true");
    offer(field !== "");
    say(field ? words("picked", { field }) : words("hint"));
    later();
  }

  function cancel() {
    const from = portOf.get(picked);
    pick("");
    loose = null;
    mapper.classList.remove("is-dragging");
    say(words("cancelled"));
    from?.focus();
  }

  function connect(row) {
    const field = picked;
    if (!sourceOf(row)) return;
    pick("");
    show(row);
    const has = sourceOf(row).defaultValue;
    if (has && has !== field) ask(row, has, field);
    else if (has !== field) setSource(row, field);
  }

  // ask lets the reader say what one more source is for.
  function ask(row, has, field) {
    mapper.querySelector(".choice")?.remove();
    const box = document.getElementById("map-choice").content.firstElementChild.cloneNode(true);
    sourceOf(row).closest("td").append(box);
    const done = (how) => {
      box.remove();
      targetOf(row).focus({ preventScroll: true });
      if (how === "replace") setSource(row, field);
      else if (how) setSource(row, `${has}, ${field}`, how);
      else say(words("cancelled"));
    };
    box.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      event.stopPropagation();
      done(button.dataset.how);
    });
    box.addEventListener("keydown", (event) => {
      if (event.key === "Escape") done("");
      event.stopPropagation();
    });
    say(box.querySelector("p").textContent);
    box.querySelector("button").focus();
  }

  function show(row) {
    for (const r of table.querySelectorAll("tr[data-on]")) delete r.dataset.on;
    row.dataset.on = "";
    later();
  }

  const reveal = (el) => {
    const form = el.closest("details.form-group");
    if (form) form.open = true;
    el.scrollIntoView({ block: "nearest" });
  };
  const goTo = (row) => {
    if (!row) return;
    reveal(row);
    targetOf(row).focus({ preventScroll: true });
  };
  const shownRows = () => rows.filter((r) => !r.hidden);
  const shownPorts = () => ports.filter((p) => !p.hidden && p.hasAttribute("role"));

  function move(all, current, key, go) {
    const at = all.indexOf(current);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[key];
    if (all[to]) go(all[to]);
  }

  // Letters typed in a row of moments are one word to look for.
  let typed = "";
  let typedAt = 0;
  function typeAhead(key, all, current, textOf, go) {
    const now = performance.now();
    typed = now - typedAt < 900 ? typed + fold(key) : fold(key);
    typedAt = now;
    const at = all.indexOf(current);
    const from = typed.length === 1 ? at + 1 : Math.max(at, 0);
    const round = [...all.slice(from), ...all.slice(0, from)];
    const texts = new Map(round.map((el) => [el, textOf(el).map(fold)]));
    const hit = round.find((el) => texts.get(el).some((t) => t.startsWith(typed))) ??
      round.find((el) => texts.get(el).some((t) => t.includes(typed)));
    if (hit) go(hit);
  }
  const isLetter = (event) => event.key.length === 1 && /[\p{L}\p{N}_]/u.test(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey;
  const writing = (el) => el.matches?.("input, textarea, select");

  const pickFrom = (port, byKeyboard) => {
    if (picked === port.dataset.field) { cancel(); return; }
    stopAt(port);
    pick(port.dataset.field);
    if (!byKeyboard) return;
    const open = shownRows().filter((r) => sourceOf(r));
    goTo(open.find((r) => r.dataset.tip === picked) ?? open.find((r) => /\bmissing\b/.test(r.dataset.is)) ??
      open.find((r) => !r.dataset.from) ?? open[0]);
  };

  function onKey(event) {
    const { key, target } = event;
    const port = portFrom(target);
    const row = rowFrom(target);
    if (key === "Escape" && picked) {
      event.preventDefault();
      cancel();
      return;
    }
    if ((event.ctrlKey || event.metaKey) && !event.altKey && !writing(target)) {
      const which = { z: event.shiftKey ? "map-redo-edit" : "map-undo-edit", y: "map-redo-edit" }[key.toLowerCase()];
      if (which) {
        event.preventDefault();
        step(which);
        return;
      }
    }
    if (port) {
      if (key === "Enter" || key === " ") {
        event.preventDefault();
        pickFrom(port, true);
      } else if (/^(Arrow(Up|Down)|Home|End)$/.test(key)) {
        event.preventDefault();
        move(shownPorts(), port, key, (p) => { stopAt(p); p.focus(); });
      } else if (isLetter(event)) {
        typeAhead(key, shownPorts(), port, (p) => [p.dataset.field, p.querySelector(".port__label")?.textContent ?? ""], (p) => { stopAt(p); p.focus(); });
      }
      return;
    }
    if (!row || !target.matches(".target")) return;
    if (picked && (key === "Enter" || key === " ")) {
      event.preventDefault();
      connect(row);
    } else if (/^(Arrow(Up|Down)|Home|End)$/.test(key)) {
      event.preventDefault();
      move(shownRows(), row, key, goTo);
    } else if (key === "Delete") {
      event.preventDefault();
      drop(row);
    } else if (isLetter(event)) {
      event.preventDefault();
      typeAhead(key, shownRows(), row, (r) => [labelOf(r), nameOf(r)], goTo);
    }
  }

  // ---------- dragging ----------

  // The mouse drags a field anywhere on it, a finger by its grip. Shorter than a few pixels is a click.
  let drag = null;
  let dragged = false;
  function onDown(event) {
    const port = portFrom(event.target);
    dragged = false;
    if (!port || event.button !== 0 || (event.pointerType !== "mouse" && !event.target.matches(".port__grip"))) return;
    drag = { port, x: event.clientX, y: event.clientY, on: false };
  }
  function onMove(event) {
    if (!drag) {
      point(rowFrom(event.target) ?? event.target.closest?.(".port"));
      return;
    }
    if (!drag.on) {
      if (Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < 6) return;
      drag.on = dragged = true;
      mapper.setPointerCapture(event.pointerId);
      mapper.classList.add("is-dragging");
      pick(drag.port.dataset.field);
    }
    loose = { x: event.clientX, y: event.clientY };
    const under = document.elementFromPoint(event.clientX, event.clientY);
    const row = under && rowFrom(under);
    if (row && !("on" in row.dataset)) {
      show(row);
      say(words("picked", { field: picked }) + " " + labelOf(row));
    }
    const edge = 60;
    if (event.clientY < edge) window.scrollBy(0, -20);
    else if (event.clientY > window.innerHeight - edge) window.scrollBy(0, 20);
    later();
  }
  function onUp(event) {
    if (!drag) return;
    const { on } = drag;
    drag = null;
    if (!on) return;
    loose = null;
    mapper.classList.remove("is-dragging");
    if (!picked) return; // Esc was pressed on the way
    const under = event.type === "pointerup" ? document.elementFromPoint(event.clientX, event.clientY) : null;
    const row = under && rowFrom(under);
    if (row && sourceOf(row)) connect(row);
    else cancel();
  }

  function onClick(event) {
    if (dragged) { // the click that ends a drag
      dragged = false;
      event.preventDefault();
      return;
    }
    const port = portFrom(event.target);
    if (port) { pickFrom(port, false); return; }
    const button = event.target.closest("button");
    const row = rowFrom(event.target);
    if (!row) return;
    if (picked && !button && !event.target.matches("input")) {
      event.preventDefault();
      const target = targetOf(row);
      connect(row);
      if (!row.querySelector(".choice")) target.focus({ preventScroll: true });
    } else if (button?.name === "drop") {
      event.preventDefault();
      targetOf(row).focus({ preventScroll: true });
      drop(row);
    } else if (button?.name === "take") {
      event.preventDefault();
      targetOf(row).focus({ preventScroll: true });
      show(row);
      send(button.formAction, order(["take", button.value]), row);
    } else if (!button) {
      show(row);
    }
  }

  // ---------- filter ----------

  // The filter stands in the address, so that it can be shared and the server draws the same.
  const state = (() => {
    const q = new URLSearchParams(location.search);
    return { show: q.get("show") ?? "", q: q.get("q") ?? "" };
  })();
  const texts = new WeakMap();
  const textOf = (row) => {
    if (!texts.has(row)) texts.set(row, fold(`${labelOf(row)} ${nameOf(row)} ${fieldsOf(row).join(" ")}`));
    return texts.get(row);
  };
  function filter(remember = true) {
    const q = fold(state.q);
    let n = 0;
    for (const form of table.querySelectorAll(".form-group")) {
      let any = false;
      for (const row of form.querySelectorAll("tr.var")) {
        const fits = (!state.show || (row.dataset.is ?? "").split(" ").includes(state.show)) && (!q || textOf(row).includes(q));
        if (row.hidden === fits) row.hidden = !fits;
        any ||= fits;
        n += fits;
      }
      form.hidden = !any;
      if (any && (state.show || q)) form.open = true;
    }
    document.getElementById("map-none").hidden = n > 0;
    for (const a of document.querySelectorAll("#map-shows a")) {
      if (a.dataset.show === state.show) a.setAttribute("aria-current", "true");
      else a.removeAttribute("aria-current");
    }
    if (remember) {
      const url = new URL(location.href);
      for (const name of ["show", "q"]) state[name] ? url.searchParams.set(name, state[name]) : url.searchParams.delete(name);
      url.hash = "";
      history.replaceState(null, "", url);
    }
    say(words("shown", { n }));
    later();
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("#map-shows a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    state.show = link.dataset.show;
    filter();
  });
  const find = document.getElementById("map-find");
  find.addEventListener("submit", (event) => event.preventDefault());
  let writingAt = 0;
  find.addEventListener("input", () => {
    clearTimeout(writingAt);
    writingAt = setTimeout(() => {
      state.q = find.elements.q.value;
      filter();
    }, 60);
  });
  const findField = document.getElementById("find-field");
  if (findField) {
    findField.hidden = false;
    findField.addEventListener("input", () => {
      const q = fold(findField.value);
      for (const p of ports) p.hidden = q !== "" && !fold(p.textContent).includes(q);
      later();
    });
  }

  // ---------- at work ----------

  stop = ports.find((p) => !("direct" in p.dataset))?.dataset.field ?? "";
  if (editable) {
    say(words("hint"));
    document.querySelector("[popovertarget=map-keys]").hidden = false;
  }
  ports.forEach(arm);
  rows.forEach((r) => seeRows.observe(r));
  ports.forEach((p) => seePorts.observe(p));

  if (editable) {
    mapper.addEventListener("click", onClick);
    document.addEventListener("keydown", (event) => {
      if (mapper.contains(event.target) || event.target === document.body || event.ctrlKey || event.metaKey || event.key === "Escape") onKey(event);
    });
    mapper.addEventListener("pointerdown", onDown);
    mapper.addEventListener("pointerup", onUp);
    mapper.addEventListener("pointercancel", onUp);
    mapper.addEventListener("dragstart", (event) => event.preventDefault());
    table.addEventListener("change", (event) => {
      const row = rowFrom(event.target);
      if (row && event.target === sourceOf(row)) setSource(row, event.target.value);
    });
    table.addEventListener("submit", (event) => event.preventDefault());
    document.addEventListener("submit", (event) => {
      const form = event.target;
      if (form.matches("#map-undo-edit, #map-redo-edit")) {
        event.preventDefault();
        step(form.id);
      } else if (form.matches(".map-accept")) {
        event.preventDefault();
        const values = [["score", form.elements.score.value]];
        if (form.elements.several.checked) values.push(["several", "on"]);
        send(form.action, order(...values));
      }
    });
  }
  mapper.addEventListener("pointermove", onMove);
  mapper.addEventListener("focusin", (event) => {
    point(rowFrom(event.target) ?? event.target.closest(".port"));
  });

  // On a narrow screen the table comes first; the source fields unfold when they are asked for.
  const fit = () => { sources.open = wide.matches; };
  wide.addEventListener("change", fit);
  fit();

  new ResizeObserver(later).observe(mapper);
  document.addEventListener("scroll", later, { passive: true, capture: true });
  mapper.addEventListener("toggle", later, { capture: true });
  document.fonts?.ready.then(later);
  later();
})();
