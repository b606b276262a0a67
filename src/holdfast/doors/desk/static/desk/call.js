// The call is kept as it is typed. What was changed is sent at once and sealed; when the part is left, or after a few
// quiet seconds, it is put on the record. Nothing is stored in the browser. Without this file the button does it.
(() => {
  "use strict";
  const form = document.getElementById("call");
  if (!form) return;
  const said = document.getElementById("kept");
  const QUIET = 4000, SOON = 400, AGAIN = 2500;
  const OWN = new Set(["csrfmiddlewaretoken", "token", "opened_at", "press", "shown", "do"]);
  let busy = false, waiting = "", soon = 0, later = 0, again = 0, failed = "";

  const typed = () => {
    const found = {};
    for (const [name, value] of new FormData(form)) if (!OWN.has(name)) (found[name] ||= []).push(value);
    return found;
  };
  let acknowledged = typed();
  const same = (one, other) => one !== undefined && other !== undefined && one.join("\0") === other.join("\0");
  const changed = () => {
    const now = typed(), found = {};
    for (const name of Object.keys(now)) if (!same(now[name], acknowledged[name])) found[name] = now[name];
    return found;
  };
  const clock = () => new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
  const tell = (words, how) => { said.textContent = words; said.className = `kept ${how ? `kept--${how}` : ""}`; };
  const body = (what, doing, press) => {
    const sent = new URLSearchParams();
    for (const name of ["csrfmiddlewaretoken", "token", "opened_at"]) sent.set(name, form.elements[name].value);
    sent.set("press", press);
    sent.set("partial", "1");
    sent.set("do", doing);
    for (const [name, values] of Object.entries(what)) for (const value of values) sent.append(name, value);
    return sent;
  };

  const took = (answer, what) => {
    acknowledged = { ...acknowledged, ...what };
    const shown = JSON.parse(form.elements.shown.value);
    form.elements.shown.value = JSON.stringify({ ...shown, ...what });
    if (form.getAttribute("action") !== answer.at) {
      form.setAttribute("action", answer.at);
      history.replaceState(null, "", answer.at);
    }
    for (const each of document.querySelectorAll(".field--lacking")) each.classList.remove("field--lacking");
    for (const each of answer.lacking) {
      const field = document.getElementById(`id_${each.name}`);
      if (field) field.classList.add("field--lacking");
    }
    const lacks = answer.lacking.map((each) => `${each.asks} ${each.why}`).join(" ");
    if (lacks) tell(`Case ${answer.case}: kept ${answer.kept_at}, and not on the record yet: ${lacks}`, "not");
    else if (answer.refused) tell(answer.words, "not");
    else tell(`Case ${answer.case}: ${answer.waiting ? "kept" : "on the record"} ${answer.kept_at}. ${answer.words}`, "so");
  };

  const fault = (words) => {
    failed ||= clock();
    tell(`NOT KEPT since ${failed}: ${words} Write down on paper what is urgent.`, "not");
  };

  const send = async (doing, press = "") => {
    if (busy) { waiting = press ? [doing, press] : waiting || doing; if (doing !== "draft" && !press && !Array.isArray(waiting)) waiting = doing; return; }
    const what = changed();
    if (!Object.keys(what).length && doing === "draft") return;
    busy = true;
    clearTimeout(again);
    let good = false;
    try {
      const answer = await fetch(form.getAttribute("action"), {
        method: "POST", body: body(what, doing, press), credentials: "same-origin", redirect: "manual",
        headers: { Accept: "application/json" },
      });
      if ((answer.headers.get("Content-Type") || "").startsWith("application/json")) {
        took(await answer.json(), what);
        good = true;
        failed = "";
        if (doing.startsWith("say:")) {
          const mark = form.querySelector(`[data-said="${CSS.escape(doing.slice(4))}"]`);
          if (mark) mark.textContent = `recorded ${clock().slice(0, 5)}`;
        }
      } else fault("you are signed out, or may not. Press Keep and sign in: what you typed goes with you.");
    } catch {
      fault("no connection. It is tried again.");
      again = setTimeout(() => send(doing, press), AGAIN);
    }
    busy = false;
    const next = waiting;
    waiting = "";
    if (good && next) Array.isArray(next) ? send(...next) : send(next);
  };

  form.addEventListener("input", () => {
    clearTimeout(soon); clearTimeout(later);
    soon = setTimeout(() => send("draft"), SOON);
    later = setTimeout(() => send("keep"), QUIET);
  });
  const group = (element) => element && element.closest && element.closest("[data-group]");
  form.addEventListener("focusout", (event) => {
    if (group(event.target) === group(event.relatedTarget) || !Object.keys(typed()).length) return;
    clearTimeout(later);
    later = setTimeout(() => send("keep"), 50);
  });
  addEventListener("pagehide", () => {
    const what = changed();
    if (Object.keys(what).length) navigator.sendBeacon(form.getAttribute("action"), body(what, "keep", ""));
  });

  const press = () => [...crypto.getRandomValues(new Uint8Array(9))].map((each) => each.toString(16).padStart(2, "0")).join("");
  form.addEventListener("click", (event) => {
    const button = event.target.closest("button[name='do']");
    if (!button) return;
    const signedOut = said.textContent.includes("signed out");
    if (button.value.startsWith("say:")) { event.preventDefault(); send(button.value, press()); }
    else if (button.id === "keep" && !signedOut) { event.preventDefault(); send("keep"); }
  });
  const writes = (target) => target.matches("textarea, select, input:not([type=radio], [type=checkbox])");
  document.addEventListener("keydown", (event) => {
    if (!/^Digit[1-9]$/.test(event.code) || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (!event.altKey && (writes(event.target) || form.dataset.keys !== "on")) return;
    const button = form.querySelector(`[data-key-says="${event.code.slice(5)}"]`);
    if (button) { event.preventDefault(); button.click(); }
  });

  // Earlier history beside the call: the newest name that was typed, with the number and the place.
  const place = document.getElementById("history");
  const LOOKS = ["survivor-name", "suspect-name", "survivor-born_on", "call-number", "where-place"];
  let name = "survivor-name", asked = null, last = "", looking = 0;
  const value = (field) => (form.elements[field] ? form.elements[field].value.trim() : "");
  const look = async () => {
    const sent = new URLSearchParams({
      csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value, part: "1", call: "1", name: value(name),
      case: location.pathname.split("/")[3] || "", // this very call is no earlier report
      born: name === "survivor-name" ? value("survivor-born_on") : "", number: value("call-number"), address: value("where-place"),
    });
    if (sent.toString() === last) return;
    last = sent.toString();
    if (asked) asked.abort();
    const mine = asked = new AbortController();
    try {
      const answer = await fetch(place.dataset.look, { method: "POST", body: sent, signal: mine.signal, credentials: "same-origin", redirect: "manual" });
      const found = answer.ok ? await answer.text() : "";
      if (mine !== asked) return;
      if (answer.ok) place.innerHTML = found;
      else place.textContent = "Earlier history cannot be looked up here now. Nothing found means nothing.";
    } catch (fault) {
      if (fault.name !== "AbortError" && mine === asked) { last = ""; place.textContent = "No connection: nothing was looked up."; }
    }
  };
  form.addEventListener("input", (event) => {
    if (!LOOKS.includes(event.target.name)) return;
    if (event.target.name.endsWith("-name")) name = event.target.name;
    clearTimeout(looking);
    looking = setTimeout(look, 250);
  });
})();
