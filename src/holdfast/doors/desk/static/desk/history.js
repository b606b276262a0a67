// Earlier history as it is typed: the form that says data-look="ID" is sent while somebody types, and the answer is put
// into the element of that id. Without this the button does the same. An answer that comes late is dropped.
"use strict";
for (const form of document.querySelectorAll("form[data-look]")) {
  const place = document.getElementById(form.dataset.look);
  let waiting = 0, asked = null, last = "";
  const ask = async () => {
    const sent = new URLSearchParams(new FormData(form));
    sent.set("part", "1");
    const now = sent.toString();
    if (now === last) return;
    last = now;
    asked?.abort();
    asked = new AbortController();
    const mine = asked;
    place.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(form.action, { method: "POST", body: sent, signal: mine.signal, credentials: "same-origin", redirect: "manual" });
      const text = answer.ok ? await answer.text() : "";
      if (mine !== asked) return;
      if (answer.ok) place.innerHTML = text;
      else place.textContent = answer.status === 422 ? "Say for what you look." : "This could not be looked up now. Press Look.";
    } catch (fault) {
      if (fault.name !== "AbortError" && mine === asked) { last = ""; place.textContent = "No connection: nothing was looked up. Press Look to try again."; }
    } finally {
      if (mine === asked) place.setAttribute("aria-busy", "false");
    }
  };
  form.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(ask, 250); });
}
