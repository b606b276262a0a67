// Keys for the desk: j and k between rows, d to do, n for a new entry, / to find, ? for the list of keys.
// Nothing here is needed: every page works with Tab and Enter alone. A key does nothing while somebody types in a field,
// and the whole file is left out where keys were turned off.
(() => {
  "use strict";
  const rows = () => [...document.querySelectorAll("[data-row]")].filter((row) => row.offsetParent !== null);
  const typing = (target) => target.closest("input, textarea, select, [contenteditable]") !== null;

  const move = (step) => {
    const all = rows();
    if (!all.length) return;
    const at = all.indexOf(document.activeElement && document.activeElement.closest("[data-row]"));
    const next = all[Math.min(all.length - 1, Math.max(0, at < 0 ? (step > 0 ? 0 : all.length - 1) : at + step))];
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  };

  const row = () => document.activeElement && document.activeElement.closest("[data-row]");
  const follow = (link) => { if (link) { link.click(); return true; } return false; };
  const go = (key) => follow(document.querySelector(`a[data-key="${CSS.escape(key)}"]`));

  const acts = {
    j: () => { move(1); return true; },
    k: () => { move(-1); return true; },
    d: () => follow(row() && row().querySelector("[data-do]")),
    w: () => {
      const why = row() && row().querySelector("details[data-why]");
      if (why) why.open = !why.open;
      return Boolean(why);
    },
    "/": () => {
      const box = document.querySelector("[data-search]");
      if (box) { box.focus(); return true; }
      return go("/");
    },
    "?": () => follow(document.querySelector('a[href$="/keys"]')),
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) return;
    if (event.key === "Enter" && event.target.matches("[data-row]")) {
      if (follow(event.target.querySelector("[data-open], [data-do]"))) event.preventDefault();
      return;
    }
    const act = acts[event.key] || (/^[a-z]$/.test(event.key) && (() => go(event.key)));
    if (act && act()) event.preventDefault();
  });

  // The count of a risk form follows the answers; the button does the same without script.
  const tally = document.querySelector("[data-tally]");
  if (tally) {
    const asked = document.querySelector("[data-asked]");
    document.addEventListener("change", () => {
      const answers = [...document.querySelectorAll('.topics input[type="radio"]:checked')].map((each) => each.value);
      tally.textContent = answers.filter((value) => value === "yes").length;
      if (asked) asked.textContent = answers.filter((value) => value !== "not_asked").length;
    });
  }
})();
