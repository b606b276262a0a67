// Sends the files of a form in parts, so that a lost line costs seconds and not the whole file (site/taking_in.py).
// - The form's own address is a permit. Each file asks it for a permit of its own, or with data-one uses that one itself.
// - How far a file is, the server says. After any failure it is asked again, and the file goes on from there.
// - Nothing is kept on the device: what is known here is gone with the page. Nobody is asked whether they want to leave:
//   leaving must stay one step.
(() => {
  "use strict";
  const form = document.querySelector("form[data-giving]");
  const list = form?.querySelector("[data-giving-list]");
  const said = form?.querySelector("[data-giving-said]");
  if (!list || !said || !window.fetch || !Blob.prototype.arrayBuffer) return;
  const SMALLEST = 65536, LARGEST = 8388608, HEAD = 65536, LONGEST_WAIT = 30000;
  const words = form.dataset;
  const inputs = [...form.querySelectorAll("input[type=file]")];
  const button = form.querySelector("button.button");
  let busy = false;
  let wake = () => {};
  const sleep = (time) => new Promise((done) => { const timer = setTimeout(done, time); wake = () => { clearTimeout(timer); done(); }; });
  addEventListener("online", () => wake());

  class Refused extends Error {}
  const size = (bytes) => bytes < 1e6 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
  const tell = (text, bad) => {
    said.hidden = false; said.textContent = text; said.classList.toggle("note--late", !!bad);
    said.tabIndex = -1; said.focus(); said.scrollIntoView({ block: "center" });
  };
  const make = (name, of, text) => { const made = document.createElement(name); if (text) made.textContent = text; of.append(made); return made; };

  class Row {
    constructor(file, number) {
      this.file = file; this.paused = false; this.sending = null;
      const row = make("li", list);
      this.title = make("p", row, `${words.name} ${number}, ${size(file.size)}`);
      this.bar = make("progress", row); this.bar.max = Math.max(1, file.size); this.bar.value = 0;
      this.bar.setAttribute("aria-label", `${words.name} ${number}`);
      this.state = make("p", row, words.waits); this.state.setAttribute("role", "status");
      this.stop = make("button", row, words.pause); this.stop.type = "button"; this.stop.className = "as-link";
      this.stop.append(Object.assign(document.createElement("span"), { className: "unseen", textContent: `: ${words.name} ${number}` }));
      this.stop.addEventListener("click", () => {
        this.paused = !this.paused;
        this.stop.firstChild.textContent = this.paused ? words.resume : words.pause;
        if (this.paused) { this.sending?.abort(); this.says(words.paused); } else { this.goOn?.(); wake(); }
      });
    }
    says(text) { if (this.state.textContent !== text) this.state.textContent = text; }
    at(bytes) {
      this.bar.value = bytes;
      this.title.lastElementChild?.remove();
      make("span", this.title, ` (${size(bytes)} ${words.of} ${size(this.file.size)})`);
    }
    ends(text) { this.says(text); this.stop.remove(); }
  }

  const json = async (address, given) => {
    const answer = await fetch(address, { method: "POST", body: JSON.stringify(given), headers: { "Content-Type": "application/json" }, cache: "no-store" });
    const told = answer.headers.get("Content-Type") === "application/json" ? await answer.json() : {};
    return { status: answer.status, told, offset: answer.headers.get("Upload-Offset"), wait: +answer.headers.get("Retry-After") || 0 };
  };

  // What begins the file, as far as it is sent: the server compares it, so that no other file goes on from there.
  const before = async (file, offset) => {
    if (!offset || !window.crypto?.subtle) return "";
    const hash = await crypto.subtle.digest("SHA-256", await file.slice(0, Math.min(offset, HEAD)).arrayBuffer());
    return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  };

  const send = (row, permit, offset, part, begins) => new Promise((done) => {
    const asked = row.sending = new XMLHttpRequest();
    const over = () => done({ status: asked.status, offset: asked.getResponseHeader("Upload-Offset"), whole: asked.getResponseHeader("Upload-Complete") === "?1",
      wait: +asked.getResponseHeader("Retry-After") || 0, told: asked.responseText });
    asked.open("PATCH", permit);
    asked.timeout = 120000;
    asked.setRequestHeader("Content-Type", "application/offset+octet-stream");
    asked.setRequestHeader("Upload-Offset", offset);
    asked.setRequestHeader("Upload-Length", row.file.size);
    if (begins) asked.setRequestHeader("Upload-Before", begins);
    asked.upload.onprogress = (event) => row.at(offset + Math.min(event.loaded, part.size));
    asked.onload = asked.onerror = asked.ontimeout = asked.onabort = over;
    asked.send(part);
  });

  const why = (told) => { try { return JSON.parse(told).why; } catch { return ""; } };
  const final = (status) => [400, 403, 404, 405, 413, 415, 422].includes(status);

  // What is asked again until it is answered. `once` gives an answer, or throws where there is no line.
  const until = async (row, once) => {
    for (let wait = 1000; ; wait = Math.min(LONGEST_WAIT, wait * 2)) {
      let answer = null;
      try { answer = await once(); } catch { /* no line */ }
      if (answer && answer.status < 300) return answer;
      if (answer && (final(answer.status) || answer.status === 409)) return answer;
      row.says(answer ? words.busy : words.lost);
      await sleep(Math.max(wait, (answer?.wait || 0) * 1000));
    }
  };

  const give = async (row) => {
    const file = row.file;
    if (words.size && +words.size !== file.size) throw new Refused(words.other);
    let permit = form.getAttribute("action"), offset = 0, length = SMALLEST * 4, wait = 1000;
    if (!("one" in words)) {
      const fields = Object.fromEntries([...new FormData(form)].filter(([, value]) => typeof value === "string"));
      const more = await until(row, () => json(`${permit}/file`, { named: file.name, size: file.size, fields }));
      if (more.status !== 200) throw new Refused(more.told.why);
      permit = more.told.permit;
    }
    const ask = async () => {
      const answer = await until(row, async () => {
        const told = await fetch(permit, { method: "HEAD", cache: "no-store" });
        return { status: told.status, offset: told.headers.get("Upload-Offset") };
      });
      if (answer.status !== 200) throw new Refused(words.failed);
      return +answer.offset;
    };
    if ("one" in words) offset = await ask();
    while (offset < file.size) {
      if (row.paused) { await new Promise((done) => { row.goOn = done; }); offset = await ask(); }
      row.says(words.sends); row.at(offset);
      const part = file.slice(offset, offset + length), begun = performance.now();
      let begins;
      try { begins = await before(file, offset); await part.slice(0, 1).arrayBuffer(); } catch { throw new Refused(words.gone); }
      const answer = await send(row, permit, offset, part, begins);
      if (row.paused) continue;
      if (answer.whole) { offset = +answer.offset; break; }
      if (answer.status === 204) {
        offset = +answer.offset; wait = 1000;
        if (performance.now() - begun < 1500) length = Math.min(LARGEST, length * 2);
      } else if (answer.status === 409) {
        if (+answer.offset === offset || answer.offset === null) throw new Refused(why(answer.told) || words.other);
        offset = +answer.offset;
      } else if (final(answer.status)) {
        throw new Refused(why(answer.told));
      } else {
        length = Math.max(SMALLEST, length / 2);
        row.says(answer.status ? why(answer.told) || words.busy : words.lost);
        await sleep(Math.max(wait, answer.wait * 1000));
        wait = Math.min(LONGEST_WAIT, wait * 2);
        offset = await ask();
      }
    }
    row.at(file.size); row.stop.hidden = true; row.says(words.ends);
    const taken = await until(row, () => json(`${permit}/end`, { size: file.size }));
    if (taken.status !== 200) throw new Refused(taken.told.why);
  };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (busy) return;
    const files = inputs.flatMap((input) => [...input.files]);
    if (!files.length) { tell(words.none, true); return; }
    busy = button.disabled = true;
    said.hidden = true;
    list.replaceChildren();
    const rows = files.map((file, place) => new Row(file, place + 1));
    let failed = 0;
    for (const row of rows) { // one after another: on a bad line two would only be slower
      try { await give(row); row.ends(words.done); } catch (fault) {
        failed += 1;
        row.ends(`${words.failed} ${fault instanceof Refused && fault.message !== words.failed ? fault.message || "" : ""}`.trim());
      }
    }
    busy = button.disabled = false;
    if (!failed) form.reset();
    else inputs.forEach((input) => { input.value = ""; });
    tell(failed ? words.some : words.all, failed);
    if (words.given) { said.append(" "); Object.assign(make("a", said, words.see), { href: words.given }); }
  });
})();
