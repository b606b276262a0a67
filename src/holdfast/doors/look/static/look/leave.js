// Leaves at once: a click on the control, or Shift pressed three times within five seconds.
// Nothing is waited for: the page is blanked, the neutral page takes its place in the history, and the session is
// ended by a message sent on the way out. Escape is not used: it stops a page loading, and screen readers need it.
(() => {
  "use strict";
  const root = document.documentElement;
  const control = document.getElementById("leave");
  const said = document.getElementById("leave-said");
  if (!control) return;
  root.classList.add("has-script");

  const leave = () => {
    root.classList.add("gone");
    document.title = "\u200b";
    try { navigator.sendBeacon(control.href); } catch { /* leaving matters more */ }
    location.replace(control.dataset.away || control.href);
  };

  let presses = 0;
  let first = 0;
  let alone = false; // Shift held with another key is writing, not leaving
  addEventListener("keydown", (event) => { alone = event.key === "Shift"; if (!alone) presses = 0; }, true);
  addEventListener("keyup", (event) => {
    if (event.key !== "Shift" || !alone) return;
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

  // A page that the browser kept and shows again after leaving (Back, on some phones) is fetched anew.
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
})();
