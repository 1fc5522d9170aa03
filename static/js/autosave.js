// A form with data-autosave saves itself to the draft a moment after the last change, as pressing its button would. What
// can't be read yet is not kept, and the line says so. Without the script there is the button.
(() => {
  "use strict";

  const form = document.querySelector("form[data-autosave]");
  if (!form) return;
  const pause = 1000;
  const say = (text) => {
    const line = document.getElementById("kept");
    if (line.textContent !== text) line.textContent = text;
  };
  const written = () => {
    const body = new URLSearchParams(new FormData(form));
    body.delete("based");
    body.delete("edits");
    return body;
  };

  let had = form.dataset.autosave === "now" ? "" : written().toString(); // what was sent last
  let waiting = 0;
  let sending = 0;
  let stopped = false; // another window was first: nothing more is kept here
  let queue = Promise.resolve();

  const post = async () => {
    const body = written();
    if (stopped || body.toString() === had) return;
    had = body.toString();
    for (const name of ["based", "edits"]) body.set(name, form.elements[name].value);
    body.set("do", "save");
    body.set("auto", "on");
    let answer;
    try {
      const response = await fetch(form.action, { method: "POST", body, redirect: "error", keepalive: document.hidden, headers: { "HX-Request": "true" } });
      stopped = response.status === 409;
      answer = new DOMParser().parseFromString(await response.text(), "text/html").getElementById("kept");
    } catch {
      answer = null;
    }
    if (!answer) {
      had = "";
      say(form.dataset.offline);
      return;
    }
    say(answer.textContent.trim());
    const { based, edits, at } = answer.dataset;
    if (!edits) return;
    for (const [name, value] of Object.entries({ based, edits })) {
      for (const input of document.querySelectorAll(`input[type=hidden][name=${name}]`)) input.value = value;
    }
    if (at && at !== new URL(form.action).pathname) { // it was new, and has a page of its own now
      form.action = at;
      history.replaceState(null, "", at);
      for (const input of form.querySelectorAll("[data-once]")) input.readOnly = true;
    }
  };
  const save = () => {
    clearTimeout(waiting);
    waiting = 0;
    sending++;
    queue = queue.then(post).finally(() => sending--);
  };
  const later = () => {
    clearTimeout(waiting);
    waiting = setTimeout(save, pause);
  };

  for (const type of ["input", "change"]) form.addEventListener(type, later);
  document.addEventListener("visibilitychange", () => document.hidden && waiting && save());

  // What the reader sends waits for what is on its way, so that it is made on what then stands.
  document.addEventListener("submit", (event) => {
    clearTimeout(waiting);
    waiting = 0;
    if (!sending) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const { target, submitter } = event;
    queue.then(() => target.requestSubmit(submitter));
  }, true);

  // So does a link: the page it leads to shows the draft.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || !(waiting || sending) || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey ||
      event.shiftKey || event.altKey || link.target || link.hasAttribute("download") || link.pathname === location.pathname) return;
    event.preventDefault();
    if (waiting) save();
    queue.then(() => location.assign(link.href));
  });

  if (!had) later();
})();
