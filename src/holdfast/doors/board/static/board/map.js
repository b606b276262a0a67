// Asks for the map again while it is looked at, and says so where that fails. Without this the page asks by itself.
"use strict";
(() => {
  const map = document.getElementById("map"), state = document.getElementById("map-state");
  if (!map || !state) return;
  let failed = 0;
  async function again() {
    if (document.hidden) return;
    try {
      const answer = await fetch(location.href, { cache: "no-store" });
      if (!answer.ok || answer.redirected) throw new Error("not the map");
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const found = page.getElementById("map");
      if (!found) throw new Error("not the map");
      const focused = document.activeElement && map.contains(document.activeElement);
      if (!focused && found.innerHTML !== map.innerHTML) map.replaceChildren(...found.childNodes);
      state.textContent = page.getElementById("map-state").textContent;
      state.parentNode.dataset.state = "still";
      failed = 0;
    } catch {
      failed += 1;
      if (failed === 2) {
        state.parentNode.dataset.state = "lost";
        state.textContent = `${state.textContent} The server does not answer: this map is old.`;
      }
    }
  }
  setInterval(again, 5000);
})();
