// Warns before the session ends, and says when it has. The page works without: its foot says when that is.
(() => {
  "use strict";

  const place = document.getElementById("session-end");
  if (!place) return;
  const warning = 2 * 60 * 1000; // before the end
  // Told as seconds from now: the clock of this machine need not be the server's.
  let ends, last;
  const told = ({ ends: untilEnd, last: untilLast }) => {
    ends = Date.now() + 1000 * untilEnd;
    last = Date.now() + 1000 * untilLast;
  };
  let timer = 0;
  let shown = "";

  const show = (which) => {
    if (which === shown) return;
    shown = which;
    place.replaceChildren(...(which ? [document.getElementById("session-" + which).content.cloneNode(true)] : []));
  };

  // A wait is held back while the machine sleeps: what counts is the clock afterwards.
  const wait = (until) => {
    clearTimeout(timer);
    timer = setTimeout(look, Math.max(until - Date.now(), 0) + 500);
  };

  const ask = async (url) => {
    const answer = await fetch(url, { headers: { Accept: "application/json" } });
    if (answer.status === 401) return false;
    if (!answer.ok) throw new Error(answer.status);
    told(await answer.json());
    return true;
  };

  // Another tab may have used the session: the server knows, and asking it is no use.
  const look = async () => {
    let alive = true;
    try {
      alive = Date.now() < ends - warning || (await ask(place.dataset.url));
    } catch {
      alive = Date.now() < ends; // the portal doesn't answer: the time that it told holds
    }
    if (!alive) {
      show("over");
      wait(Date.now() + 30 * 1000); // until somebody has logged in in another tab
    } else if (Date.now() < ends - warning) {
      show("");
      wait(ends - warning);
    } else {
      show(ends < last ? "soon" : "last");
      wait(Math.min(ends, Date.now() + 30 * 1000));
    }
  };

  place.addEventListener("click", async (event) => {
    if (!event.target.closest("[data-go-on]")) return;
    try {
      await ask(place.dataset.use);
    } catch {
      // look says how it is
    }
    document.getElementById("content").focus({ preventScroll: true });
    look();
  });
  document.addEventListener("visibilitychange", () => document.hidden || look());
  told(place.dataset);
  wait(ends - warning);
})();
