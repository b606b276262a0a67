// Keeps the board live: server-sent events in, rows in order, clocks by the server's time, and loud where it is not live.
// Everything it shows was written by the server; it decides nothing but the order, the clocks and the sounds.
"use strict";
(() => {
  const board = document.getElementById("board");
  if (!board) return;
  const $ = (name) => document.getElementById(name);
  const SILENT_FOR = 6000; // ms without a beat (one comes every two seconds): not live
  const LEVELS = ["new", "dispatcher", "supervisor", "duty_officer"];
  const NAMES = { new: "New call", dispatcher: "Alarm for the dispatcher", supervisor: "Alarm for the supervisor", duty_officer: "Alarm for the duty officer" };
  const title = document.title;
  let last = board.dataset.after; // the id of the last event
  let ahead = Number(board.dataset.now) - Date.now(); // the server's clock against ours
  let heard = 0, lastBeat = Number(board.dataset.now), live = false, source = null, opening = null, wrong = 0, quietUntil = 0, rang = 0;

  const now = () => Date.now() + ahead;
  const zone = board.dataset.zone;
  const clock = (ms) => new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit", minute: "2-digit", second: "2-digit" }).format(ms);
  const rows = () => [...board.children];
  const row = (code) => rows().find((each) => each.dataset.code === code);
  const set = (at, words) => { if (at.textContent !== words) at.textContent = words; };
  const spoken = (code) => `${code.slice(0, 4)} ${code.slice(4)}`;

  // --- rows ---------------------------------------------------------------------------------------------------------

  function put(said) {
    let at = row(said.code);
    const isNew = !at, before = at ? at.dataset.ring : "";
    if (isNew) {
      at = document.createElement("li");
      at.dataset.row = "";
      at.tabIndex = 0;
      at.dataset.code = said.code;
    }
    const inside = at.contains(document.activeElement) && document.activeElement !== at;
    const focused = inside || document.activeElement === at;
    const parsed = new DOMParser().parseFromString(said.html, "text/html");
    at.replaceChildren(...parsed.body.childNodes);
    at.dataset.sort = said.sort;
    at.dataset.ring = said.ring;
    at.className = `b-row${said.ring ? ` b-row--rings b-row--${said.ring}` : ""}`;
    place(at);
    if (focused) (inside ? at.querySelector("[data-open]") : at).focus({ preventScroll: true });
    if (isNew) tell(`${spoken(said.code)} is on the board: ${said.grade.toLowerCase()}`);
    if (said.ring && LEVELS.indexOf(said.ring) > LEVELS.indexOf(before)) { tell(`${spoken(said.code)} rings: ${NAMES[said.ring].toLowerCase()}`); rang = 0; }
    tick();
  }

  function place(at) { // moved only where its place has changed: a row that somebody reads stays under their eyes
    const after = rows().find((each) => each !== at && each.dataset.sort > at.dataset.sort) ?? null;
    if (at.parentNode === board && at.nextElementSibling === after) return;
    board.insertBefore(at, after);
  }

  function take(code, why) {
    const at = row(code);
    if (!at) return;
    const next = at.contains(document.activeElement) ? at.nextElementSibling ?? at.previousElementSibling : null;
    at.remove();
    if (next) next.focus({ preventScroll: true });
    if (why) tell(`${spoken(code)} left the board: ${why}`);
    tick();
  }

  function tell(words) {
    $("log").hidden = false;
    const line = document.createElement("li");
    line.textContent = `${clock(now())} ${words}`;
    $("said").prepend(line);
    while ($("said").children.length > 6) $("said").lastChild.remove();
  }

  // --- clocks -------------------------------------------------------------------------------------------------------

  const long = (ms) => {
    const seconds = Math.floor(Math.abs(ms) / 1000), two = (n) => String(n).padStart(2, "0");
    const hours = Math.floor(seconds / 3600);
    return `${hours ? `${hours}:` : ""}${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  };
  const ago = (ms) => {
    const minutes = Math.floor(ms / 60000);
    return minutes < 1 ? "just now" : minutes < 120 ? `${minutes} min ago` : `${Math.floor(minutes / 60)} h ago`;
  };

  function tick() {
    const at = now();
    set($("clock"), clock(at));
    for (const each of board.querySelectorAll("[data-due]")) {
      const left = Date.parse(each.dataset.due) - at, words = each.querySelector("[data-left]");
      const state = left < 0 ? "late" : left < 300000 ? "soon" : "";
      if (words) set(words, left < 0 ? `OVERDUE ${long(left)}` : `${long(left)} left`);
      if (each.dataset.state !== state) each.dataset.state = state;
      if (each.classList.contains("b-clock")) each.closest("[data-row]").classList.toggle("b-row--late", left < 0);
    }
    for (const each of board.querySelectorAll("time[data-since]")) {
      each.dataset.at ??= each.textContent;
      set(each, `${each.dataset.at}, ${ago(at - Date.parse(each.dateTime))}`);
    }
    const all = rows(), ringing = all.filter((each) => each.dataset.ring);
    set($("count"), String(all.length));
    set($("ringing"), String(ringing.length));
    $("bar").classList.toggle("b-bar--rings", ringing.length > 0);
    $("none").hidden = all.length > 0;
    document.title = `${live ? "" : "NOT LIVE "}${ringing.length ? `(${ringing.length} ringing) ` : ""}${title}`;
    ring(ringing);
  }

  // --- sound --------------------------------------------------------------------------------------------------------

  function ring(ringing) {
    const levels = ringing.map((each) => LEVELS.indexOf(each.dataset.ring));
    const loudest = LEVELS[Math.max(...levels, -1)];
    const on = boardSound.heard(), quiet = quietUntil > now();
    $("sound").setAttribute("aria-pressed", String(on));
    set($("sound").firstChild, on ? "Sound is on: press to turn it off" : "Sound is off: press to turn it on");
    $("sound-bar").classList.toggle("b-sound--off", !on);
    $("quiet").hidden = !on;
    set($("quiet").firstChild, quiet ? `Quiet for ${long(quietUntil - now())} more` : "Quiet for one minute");
    if (loudest && on && !quiet && now() - rang > boardSound.every(loudest) * 1000 && boardSound.play(loudest)) rang = now();
  }

  $("sound-bar").hidden = false;
  const turn = async () => { await (boardSound.heard() ? boardSound.off() : boardSound.on()); if (boardSound.heard()) boardSound.play("new"); tick(); };
  const hush = () => { quietUntil = quietUntil > now() ? 0 : now() + 60000; tick(); };
  $("sound").addEventListener("click", turn);
  $("quiet").addEventListener("click", hush);
  for (const each of document.querySelectorAll("[data-test]")) each.addEventListener("click", async () => { await boardSound.on(); boardSound.play(each.dataset.test); tick(); });

  // --- live, or not -------------------------------------------------------------------------------------------------

  function alive(said) {
    ahead = said.now - Date.now();
    heard = performance.now();
    lastBeat = said.now;
    // Two styles that say the same, one after the other: each begins the browser's own count anew, which goes on where
    // this script does not.
    const dead = $("dead");
    dead.classList.toggle("b-beat-a");
    dead.classList.toggle("b-beat-b");
    wrong = said.calls === rows().length ? 0 : wrong + 1;
    if (wrong > 1) { wrong = 0; last = ""; open(); } // something was missed: all of it anew
    if (!live) {
      live = true;
      $("lost").replaceChildren();
      board.classList.remove("b-stale");
      $("state").dataset.state = "live";
      set($("state-words"), "Live");
      $("state-more").replaceChildren();
      for (const each of board.querySelectorAll("[data-still]")) each.remove();
    }
    tick();
  }

  function notLive() {
    if (!live && $("state").dataset.state === "lost") return;
    live = false;
    board.classList.add("b-stale");
    $("state").dataset.state = "lost";
    set($("state-words"), `Not live since ${clock(lastBeat)}.`);
    const link = Object.assign(document.createElement("a"), { href: location.pathname, textContent: "Load the page again" });
    $("state-more").replaceChildren(link);
    const words = document.createElement("p");
    words.textContent = `This board is not live since ${clock(lastBeat)}. What stands here is old, and new calls do not show. It tries to reach the server by itself; until then use radio and paper.`;
    $("lost").replaceChildren(words);
    tick();
  }

  function open() {
    if (opening) opening.close();
    const mine = new EventSource(`${board.dataset.stream}?after=${encodeURIComponent(last)}`);
    opening = mine;
    let told = false;
    const on = (name, work) => mine.addEventListener(name, (event) => {
      if (mine !== source && mine !== opening) return;
      if (event.lastEventId && told) last = event.lastEventId;
      work(JSON.parse(event.data));
    });
    on("row", put);
    on("gone", (said) => take(said.code, said.why));
    on("standing", (said) => {
      const codes = new Set(said.codes);
      for (const each of rows()) if (!codes.has(each.dataset.code)) take(each.dataset.code, "");
      told = true; // all that was missed has been told: from here on each event's number counts
      last = said.id;
      if (source && source !== mine) source.close();
      source = mine;
      if (opening === mine) opening = null;
    });
    on("beat", alive);
    on("again", open);
    mine.addEventListener("error", () => {
      if (mine.readyState !== EventSource.CLOSED) return; // it tries again by itself, from the last number
      mine.close();
      if (opening === mine) opening = null;
      if (source === mine) source = null;
    });
  }

  let tried = 0;
  setInterval(() => {
    if (performance.now() - heard > SILENT_FOR && performance.now() > SILENT_FOR) {
      notLive();
      if (performance.now() - tried > 3000) { // also where the line hangs without an end
        tried = performance.now();
        if (source) { source.close(); source = null; }
        open();
      }
    }
    tick();
  }, 1000);
  document.addEventListener("visibilitychange", tick);
  addEventListener("pagehide", () => { for (const each of [source, opening]) if (each) each.close(); });
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); }); // a page from memory is an old one

  // --- keys ---------------------------------------------------------------------------------------------------------

  addEventListener("keydown", (event) => {
    if (board.dataset.keys !== "on" || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, summary")) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      const all = rows(), at = all.indexOf(document.activeElement && document.activeElement.closest("[data-row]"));
      const next = all[Math.min(all.length - 1, Math.max(0, at < 0 ? 0 : at + step))];
      if (!next) return;
      next.focus({ preventScroll: true });
      next.scrollIntoView({ block: "nearest" });
    } else if (/^[1-9]$/.test(event.key)) {
      const at = rows()[Number(event.key) - 1];
      if (!at) return;
      at.focus({ preventScroll: true });
      at.scrollIntoView({ block: "nearest" });
    } else if (event.key === "s") turn();
    else if (event.key === "m" && boardSound.heard()) hush();
    else if (["p", "v"].includes(event.key)) {
      const link = document.querySelector(`.b-ways a[data-key="${event.key}"]`);
      if (link) link.click();
    } else return;
    event.preventDefault();
  });

  boardSound.on().then(tick); // where the browser lets it sound without a press, it does
  tick();
  open();
})();
