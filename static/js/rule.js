// The forms of steps: order by drag, words for expressions while they are written, and what becomes of values at once.
// All of it also works without, by buttons and by sending the form.
(() => {
  "use strict";

  const form = document.getElementById("editing");
  const live = document.createElement("p");
  live.className = "ds-sr-only";
  live.setAttribute("role", "status");
  form.before(live);
  const say = (words) => (live.textContent = words);

  // ask sends what is written and gives the page that answers; null when it did not.
  const ask = async (url, extra, signal) => {
    const body = new URLSearchParams(new FormData(form));
    for (const [name, value] of Object.entries(extra)) body.append(name, value);
    try {
      const answer = await fetch(url, { method: "POST", body, signal, redirect: "error", headers: { "HX-Request": "true" } });
      if (!answer.ok) return null;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      return page.getElementById("editing") && page;
    } catch {
      return null;
    }
  };

  // ---------- the steps and examples are rearranged without leaving the page ----------

  const arranges = /^(add|up|down|remove|move|more|take|forget) /;
  const arrange = async (what) => {
    clearTimeout(waiting);
    trying?.abort();
    const page = await ask(form.action, { do: what });
    if (!page) { // the browser sends it, and shows what went wrong
      const button = Object.assign(document.createElement("button"), { name: "do", value: what, hidden: true });
      form.append(button);
      sending = true;
      form.requestSubmit(button);
      return;
    }
    const now = page.getElementById("editing");
    const basis = ["based", "edits"].map((name) => [name, form.elements[name].value]);
    const [said, focus] = [now.querySelector("[data-said]").textContent, now.querySelector("[autofocus]")?.id];
    form.replaceChildren(...now.childNodes);
    for (const [name, value] of basis) form.elements[name].value = value; // what the draft is may have come meanwhile
    document.querySelector(".ds-error-summary")?.remove();
    (document.getElementById(focus) ?? document.getElementById("steps"))?.focus();
    say(said);
    form.dispatchEvent(new Event("change"));
    tryLater(0);
  };
  let sending = false;
  form.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (sending || button?.name !== "do" || !arranges.test(button.value)) return;
    event.preventDefault();
    arrange(button.value);
  });

  // What is unfolded stays so when the form comes back.
  form.addEventListener("toggle", (event) => {
    const open = event.target.parentElement?.querySelector(":scope > [data-opened]");
    if (open) open.value = event.target.open ? "on" : "";
  }, true);

  // ---------- what is written is tried at once ----------

  let waiting, trying;
  const tryNow = async () => {
    const url = form.querySelector("[data-try]")?.dataset.try;
    if (!url || document.hidden || !form.querySelector(".rulestep")) return;
    trying?.abort();
    trying = new AbortController();
    const page = await ask(url, { do: "try" }, trying.signal);
    if (!page) return;
    for (const part of form.querySelectorAll("[data-part]")) {
      const now = page.getElementById(part.id);
      if (now && now.innerHTML !== part.innerHTML) part.replaceChildren(...now.childNodes);
    }
    for (const area of form.querySelectorAll("[data-expression]")) {
      const wrong = document.getElementById(area.id + "-error")?.childElementCount > 0;
      wrong ? area.setAttribute("aria-invalid", "true") : area.removeAttribute("aria-invalid");
    }
  };
  const tryLater = (after = 600) => {
    clearTimeout(waiting);
    waiting = setTimeout(tryNow, after);
  };
  form.addEventListener("input", () => tryLater());
  form.addEventListener("change", () => tryLater());
  tryLater(0);

  // ---------- order by drag, with mouse, pen or finger ----------

  let drag = null;
  const place = (y) => {
    let i = 0;
    for (const li of drag.others) {
      const box = li.getBoundingClientRect();
      if (y > box.top + box.height / 2) i++;
    }
    return i;
  };
  const mark = (to) => {
    drag.others.forEach((li, i) => {
      li.classList.toggle("rulestep--before", i === to);
      li.classList.toggle("rulestep--after", i === to - 1 && to === drag.others.length);
    });
  };
  const drop = (keep) => {
    const { li, from, to, path } = drag;
    mark(-1);
    li.classList.remove("rulestep--moving");
    li.style.transform = "";
    drag = null;
    if (keep && to !== from) arrange(`move ${path} ${to}`);
  };
  form.addEventListener("pointerdown", (event) => {
    const grip = event.target.closest("[data-grip]");
    if (!grip || event.button !== 0) return;
    event.preventDefault();
    const li = grip.closest(".rulestep");
    const all = [...li.parentElement.children];
    const from = all.indexOf(li);
    drag = { li, from, to: from, y: event.clientY, path: li.querySelector(".rulestep__head").id.slice("f-".length), others: all.filter((x) => x !== li) };
    grip.setPointerCapture(event.pointerId);
  });
  form.addEventListener("pointermove", (event) => {
    if (!drag) return;
    drag.li.classList.add("rulestep--moving");
    drag.li.style.transform = `translateY(${event.clientY - drag.y}px)`;
    drag.to = place(event.clientY);
    mark(drag.to);
  });
  form.addEventListener("pointerup", () => drag && drop(true));
  form.addEventListener("pointercancel", () => drag && drop(false));
  document.addEventListener("keydown", (event) => {
    if (drag && event.key === "Escape") drop(false);
  });
  form.addEventListener("click", (event) => event.target.closest("[data-grip]") && event.preventDefault());

  // ---------- words for expressions ----------

  const most = 8;
  let list = null; // { area, box, words, at, start }
  const close = () => {
    if (!list) return;
    list.box.remove();
    for (const name of ["aria-controls", "aria-activedescendant"]) list.area.removeAttribute(name);
    list = null;
  };
  const choose = (at) => {
    list.at = (at + list.words.length) % list.words.length;
    [...list.box.children].forEach((option, i) => option.setAttribute("aria-selected", String(i === list.at)));
    const active = list.box.children[list.at];
    active.scrollIntoView({ block: "nearest" });
    list.area.setAttribute("aria-activedescendant", active.id);
  };
  const take = () => {
    const { area, start, words, at } = list;
    const text = words[at].insert || words[at].name;
    area.setRangeText(text, start, area.selectionEnd, "end");
    close();
    area.dispatchEvent(new InputEvent("input", { bubbles: true, data: "" }));
  };
  const option = (word, i) => {
    const li = document.createElement("li");
    li.id = `expression-word-${i}`;
    li.setAttribute("role", "option");
    for (const [tag, text] of [["b", word.name], ["span", word.type], ["small", word.help]]) {
      if (text) li.append(Object.assign(document.createElement(tag), { textContent: text }), " ");
    }
    return li;
  };
  const offer = (area, all) => {
    const known = document.getElementById("expression-words").dataset;
    const before = area.value.slice(0, area.selectionStart);
    const token = before.match(/[\p{L}_][\p{L}\p{N}_]*$/u)?.[0] ?? "";
    const sought = token.toLowerCase();
    close();
    if (!token && !all) return;
    const every = JSON.parse(known.words);
    const begins = every.filter((w) => w.name.toLowerCase().startsWith(sought));
    const holds = every.filter((w) => !begins.includes(w) && w.name.toLowerCase().includes(sought));
    const words = [...begins, ...holds].slice(0, most);
    if (!words.length || (words.length === 1 && words[0].name === token)) return;
    const box = document.createElement("ul");
    box.id = "expression-list";
    box.className = "expr__words";
    box.setAttribute("role", "listbox");
    box.setAttribute("aria-label", known.label);
    box.append(...words.map(option));
    area.closest(".expr").append(box);
    area.setAttribute("aria-controls", box.id);
    list = { area, box, words, start: before.length - token.length };
    choose(0);
    say(`${words.length} ${known.count}`);
  };
  form.addEventListener("input", (event) => {
    if (event.target.matches("[data-expression]") && event.data !== "") offer(event.target, false);
  });
  form.addEventListener("keydown", (event) => {
    const area = event.target;
    if (!area.matches("[data-expression]")) return;
    const keys = { ArrowDown: () => choose(list.at + 1), ArrowUp: () => choose(list.at - 1), Enter: take, Tab: take, Escape: close };
    if (event.ctrlKey && event.key === " ") {
      event.preventDefault();
      offer(area, true);
    } else if (list && keys[event.key] && !event.shiftKey) {
      event.preventDefault();
      keys[event.key]();
    } else if (["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) {
      close();
    }
  });
  form.addEventListener("pointerdown", (event) => {
    const chosen = event.target.closest("[role=option]");
    if (!chosen) return;
    event.preventDefault(); // the caret stays where it is
    choose([...list.box.children].indexOf(chosen));
    take();
  });
  form.addEventListener("focusout", close);
})();
