// Leaves at once: a click on the control, or Shift pressed three times within five seconds.
// Nothing is waited for: the page is blanked before anything else, the neutral page takes its place in the history, and
// the session is ended by a message sent on the way out. Escape is not used: it stops a page loading, and screen readers
// need it. Where the network is down the page stays blank, and the neutral one follows as soon as there is a network.
(() => {
  "use strict";
  const root = document.documentElement;
  const control = document.getElementById("leave");
  const said = document.getElementById("leave-said");
  if (!control) return;
  root.classList.add("has-script");

  const hide = () => root.classList.add("gone");
  const tell = () => { try { navigator.sendBeacon(control.href); } catch { /* leaving matters more */ } };
  const away = () => location.replace(control.dataset.away || control.href);
  let left = false;

  const leave = () => {
    left = true;
    hide();
    document.title = "\u200b";
    // Should the message be lost, this ends the session at the next request (look/leaving.py).
    const secure = location.protocol === "https:";
    document.cookie = `${secure ? "__Host-" : ""}gone=1; path=/; samesite=strict${secure ? "; secure" : ""}`;
    tell();
    // What was read and typed goes from this page itself, and from its address, whatever becomes of the next one.
    document.body.replaceChildren();
    try { history.replaceState(null, "", "/"); } catch { /* leaving matters more */ }
    // Without a network the browser would say in large letters that a page could not be opened. Blank says nothing.
    if (navigator.onLine === false) addEventListener("online", () => { tell(); away(); }, { once: true });
    else away();
  };

  let presses = 0;
  let first = 0;
  let alone = false; // Shift held with another key is writing, not leaving
  addEventListener("keydown", (event) => { alone = event.key === "Shift"; if (!alone) presses = 0; }, true);
  addEventListener("keyup", (event) => {
    if (event.key !== "Shift" || !alone || left) return;
    const now = event.timeStamp;
    if (now - first > 5000) presses = 0;
    if (!presses) first = now;
    presses += 1;
    if (presses >= 3) leave();
    else if (said) said.textContent = presses === 1 ? said.dataset.two : said.dataset.one;
  }, true);

  addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (link === control) { event.preventDefault(); leave(); return; }
    // A link within the site takes the place of this page in the history, so that Back does not walk through what was read.
    const plain = !event.defaultPrevented && event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
    if (!plain || !link || link.target || link.hasAttribute("download") || link.origin !== location.origin) return;
    if (link.hash && link.pathname === location.pathname && link.search === location.search) return;
    event.preventDefault();
    location.replace(link.href);
  });

  // A form does so too: it is sent in passing, and the page that answers takes the place of this one (site/in_place.py).
  let sending = false;
  const shown = (page, address) => {
    const drawn = document.open("text/html", "replace");
    drawn.write(page);
    drawn.close();
    history.replaceState(null, "", address);
  };
  addEventListener("submit", async (event) => {
    const form = event.target;
    const pressed = event.submitter;
    if (event.defaultPrevented || form.target || pressed?.formAction !== undefined && pressed.hasAttribute("formaction")) return;
    const to = new URL(form.action);
    if (to.origin !== location.origin || form.enctype !== "application/x-www-form-urlencoded") return;
    let given;
    try { given = new URLSearchParams(new FormData(form, pressed)); } catch { return; } // an old browser sends it itself
    event.preventDefault();
    if (form.method !== "post") {
      to.search = given.toString();
      location.replace(to.href);
      return;
    }
    if (sending) return;
    sending = true;
    try {
      const answer = await fetch(to, { method: "POST", body: given, headers: { "X-In-Place": "1" }, cache: "no-store" });
      const onward = answer.headers.get("X-Go-On");
      const page = onward ? "" : await answer.text();
      if (left) return;
      if (onward) location.replace(new URL(onward, to).href);
      else shown(page, answer.url);
    } catch {
      if (said && !left) { // nobody can say whether it arrived: what was typed stays, and the page says so
        said.textContent = said.dataset.unsent;
        said.classList.remove("unseen");
      }
    }
    sending = false;
  });

  // A page that the browser keeps to show again (Back, on some phones) is kept blank, and fetched anew.
  addEventListener("pagehide", (event) => { if (event.persisted || left) hide(); });
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
})();
