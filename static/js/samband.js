// Small improvements on pages that work without them.
(() => {
  "use strict";

  // A region with a wide table is a tab stop only while there is something to scroll to.
  const regions = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
      else target.removeAttribute("tabindex");
    }
  });
  const watch = (root) => root.querySelectorAll(".scroll").forEach((el) => regions.observe(el));

  // The colour scheme changes at once; the server remembers it.
  const choose = (event) => {
    const form = event.target;
    const button = event.submitter;
    if (!form.matches("[data-preferences]") || button?.name !== "theme") return;
    event.preventDefault();
    const scheme = button.value;
    document.documentElement.dataset.colorScheme = scheme;
    document.querySelector('meta[name="color-scheme"]').content = scheme === "auto" ? "light dark" : scheme;
    for (const b of form.elements) if (b.name === "theme") b.setAttribute("aria-pressed", String(b === button));
    fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form, button)), redirect: "manual" });
  };

  // A page that nobody looks at asks for nothing; it asks again when it is seen.
  const rest = (event) => {
    const region = event.detail.elt;
    if (!region.hasAttribute("data-live")) return;
    if (document.hidden || (streams.get(region.id)?.quiet && event.detail.requestConfig?.triggeringEvent?.type !== "refresh")) event.preventDefault();
  };

  // A region that is told when something happens asks only then. While nothing tells it, it asks every now and then.
  const streams = new Map();
  const listen = () => {
    for (const region of document.querySelectorAll("[data-events]")) {
      if (streams.has(region.id) || !window.EventSource) continue;
      const source = new EventSource(region.dataset.events);
      const stream = { source, quiet: false };
      streams.set(region.id, stream);
      const refresh = () => {
        stream.quiet = true;
        const now = document.getElementById(region.id);
        if (now?.hasAttribute("data-live")) window.htmx?.trigger(now, "refresh");
      };
      source.addEventListener("run", refresh);
      source.addEventListener("end", () => {
        source.close();
        refresh();
        stream.quiet = false;
      });
      source.onerror = () => (stream.quiet = false);
    }
    for (const [id, { source }] of streams) {
      if (document.getElementById(id)?.hasAttribute("data-events")) continue;
      source.close();
      streams.delete(id);
    }
  };

  // A live region that renews itself leaves the focus, and how far a wide table is scrolled, where they were. Where that is gone, as a button of a run that has
  // ended, the focus goes to the heading, which says what happened.
  let held = null;
  const called = (el) => el.id || [el.localName, el.getAttribute("href") ?? el.textContent.trim()].join(" ");
  const hold = (event) => {
    const region = event.detail.target;
    const focused = document.activeElement;
    held = region?.hasAttribute("data-live")
      ? { region: region.id, focused: region.contains(focused) ? called(focused) : "", left: region.querySelector(".scroll")?.scrollLeft ?? 0 }
      : null;
  };
  const restore = () => {
    const region = held && document.getElementById(held.region);
    if (!region) return;
    region.querySelector(".scroll")?.scrollTo({ left: held.left, behavior: "instant" });
    if (!held.focused || document.activeElement !== document.body) return;
    const same = [...region.querySelectorAll("a, button, summary, input, textarea")].find((el) => called(el) === held.focused);
    const heading = region.querySelector("h1, h2");
    if (!same) heading.tabIndex = -1;
    (same ?? heading).focus({ preventScroll: true });
  };

  document.addEventListener("submit", choose);
  document.addEventListener("htmx:beforeSwap", hold);
  document.addEventListener("htmx:afterSettle", restore);
  document.addEventListener("htmx:beforeRequest", rest);
  document.addEventListener("htmx:load", (event) => {
    watch(event.target);
    listen();
  });
  document.addEventListener("DOMContentLoaded", () => {
    watch(document);
    listen();
  });
})();
