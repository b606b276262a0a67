// Shows what a telephone sends, as it comes. What is asked for ends after a minute and a half and is asked for again,
// so that whether this person still may is looked at again. Nothing is kept but what plays.
"use strict";
(() => {
  const scene = document.getElementById("scene");
  const $ = (name) => document.getElementById(name);
  const video = $("picture"), screen = document.querySelector(".screen");
  if (!scene || !window.MediaSource) { if (scene) $("nothing").textContent = "This browser cannot show the picture"; return; }
  const JUMPS = 2.5, HURRIES = 0.6, NEAR = 0.3; // seconds behind what has come: it jumps there, plays faster, as usual
  let source = null, buffer = null, queue = [], type = "", first = null, ahead = null, last = null, broken = 0;
  let zero = null, newest = null; // when the player's time 0 was, and what was appended last

  const clock = (seconds) => new Date(seconds * 1000).toLocaleTimeString("en-GB");
  const ours = () => Date.now() / 1000 + (ahead ?? 0);
  const set = (name, words) => { const at = $(name); if (at.textContent !== words) at.textContent = words; };

  function renew(media, began) { // a new player, where there was none or it cannot go on
    source = new MediaSource();
    buffer = null;
    queue = [];
    type = media;
    first = began;
    if (video.src) URL.revokeObjectURL(video.src);
    video.src = URL.createObjectURL(source);
    const mine = source;
    mine.addEventListener("sourceopen", () => {
      if (mine !== source) return;
      try { buffer = mine.addSourceBuffer(media.replace("; ", ";")); } catch { set("nothing", "This browser cannot show this kind of picture"); $("nothing").hidden = false; return; }
      buffer.addEventListener("updateend", feed);
      buffer.addEventListener("error", () => { broken += 1; if (mine === source) type = ""; });
      feed();
    }, { once: true });
  }

  function feed() {
    if (!buffer || buffer.updating || !source || source.readyState !== "open") return;
    // A part was finished after its last picture was taken: so the recording began no later than this.
    if (newest && buffer.buffered.length) zero = Math.min(zero ?? first, newest - buffer.buffered.end(buffer.buffered.length - 1));
    newest = null;
    follow();
    const next = queue.shift();
    if (!next) { trim(); return; }
    try {
      if (next.began !== undefined) { // a new recording: whatever the last one left half done is let go
        buffer.abort();
        buffer.timestampOffset = next.began - first;
        zero = null;
      }
      newest = next.captured ?? null;
      if (next.bytes.length) buffer.appendBuffer(next.bytes); else feed();
    } catch { type = ""; } // the next recording begins with a new player
  }

  function trim() {
    const until = video.currentTime - 20;
    if (buffer.buffered.length && buffer.buffered.start(0) < until - 10) try { buffer.remove(0, until); } catch { /* the next time */ }
  }

  function follow() {
    const { buffered } = video;
    if (!buffered.length) return;
    const end = buffered.end(buffered.length - 1), start = buffered.start(buffered.length - 1);
    const behind = end - video.currentTime;
    if (video.seeking) return; // a jump that is not done yet is not begun again: on a busy machine none would ever end
    if (behind > JUMPS || video.currentTime < start) video.currentTime = Math.max(start, end - 0.2);
    if (behind > HURRIES) video.playbackRate = 1.5;
    else if (behind < NEAR) video.playbackRate = 1;
    if (video.paused) video.play().catch(() => {});
  }

  function frame(words, bytes) {
    if (words.kind === "run") {
      if (words.media !== type || !source || source.readyState !== "open") renew(words.media, words.began);
      queue.push({ began: words.began, bytes });
      feed();
    } else if (words.kind === "part") {
      last = words.captured;
      queue.push({ bytes, captured: words.captured });
      feed();
    } else if (words.kind === "state") state(words);
  }

  function state(words) {
    const offset = words.now - Date.now() / 1000;
    ahead = ahead === null ? offset : Math.max(ahead, offset);
    const said = {
      waiting: "Waiting: nobody has opened the link",
      opened: "The link is open: nothing is shown yet",
      showing: "Live",
      lost: `Signal lost since ${clock(words.heard)}`,
      ended: `Ended at ${clock(words.ended)}`,
      never_opened: "Nobody opened the link in time",
    }[words.state];
    set("state", said);
    $("state").dataset.state = words.state;
    if (words.state !== "waiting") for (const name of ["readout", "offering"]) if ($(name)) $(name).hidden = true;
    screen.classList.toggle("stale", words.state === "lost" || words.state === "ended");
    if (words.watchers) set("watchers", words.watchers === 1 ? "you" : `you and ${words.watchers - 1} more`);
    if (words.gaps) {
      const gaps = words.gaps.map(([from, to]) => `${clock(from)} to ${clock(to)}: ${Math.round(to - from)} s`);
      if (words.state === "lost") gaps.push(`what came after ${clock(words.heard)}, so far`);
      set("gaps", gaps.join("; ") || "nothing so far");
    }
    if (words.place) {
      const { latitude, longitude, metres, found, code } = words.place;
      set("place", `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`);
      set("plus", code);
      set("sure", `within ${metres} m, ${Math.max(0, Math.round(words.now - found))} s ago`);
    }
    if (words.state === "ended" || words.state === "never_opened") { over = true; setTimeout(() => location.replace(scene.dataset.stream.replace(/\/stream$/, "")), 4000); }
  }

  // How old the picture is: when it was taken, by the recording's own time, against now.
  let age = null;
  const each = (now, shown) => {
    if (first !== null) age = ours() - ((zero ?? first) + shown.mediaTime);
    $("nothing").hidden = true;
    video.requestVideoFrameCallback(each);
  };
  if (video.requestVideoFrameCallback) video.requestVideoFrameCallback(each);
  else video.addEventListener("timeupdate", () => { if (first !== null) age = ours() - ((zero ?? first) + video.currentTime); $("nothing").hidden = true; });
  setInterval(() => {
    if (last === null) return;
    const late = Math.max(age ?? 0, ours() - last);
    set("age", `${late.toFixed(1)} s ago`);
    scene.dataset.age = age === null ? "" : age.toFixed(3);
  }, 500);

  let over = false;
  async function ask() {
    while (!over) {
      try {
        const answer = await fetch(scene.dataset.stream, { cache: "no-store" });
        if (answer.redirected || answer.status === 403 || answer.status === 404) { set("state", "You cannot watch this any more. Load the page again."); return; }
        if (!answer.ok || !answer.body) throw new Error("nothing to read");
        await read(answer.body.getReader());
      } catch { set("state", "The connection to this server is lost. Trying again."); await new Promise((go) => setTimeout(go, 1000)); }
    }
  }

  async function read(reader) {
    let rest = new Uint8Array(0);
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const joined = new Uint8Array(rest.length + value.length);
      joined.set(rest);
      joined.set(value, rest.length);
      rest = joined;
      for (;;) {
        if (rest.length < 4) break;
        const said = new DataView(rest.buffer, rest.byteOffset).getUint32(0);
        if (rest.length < 4 + said) break;
        const words = JSON.parse(new TextDecoder().decode(rest.subarray(4, 4 + said)));
        if (rest.length < 4 + said + words.bytes) break;
        frame(words, rest.slice(4 + said, 4 + said + words.bytes));
        rest = rest.subarray(4 + said + words.bytes);
      }
    }
  }

  const sound = $("sound"), large = $("large");
  sound.hidden = large.hidden = false;
  const listen = () => {
    video.muted = !video.muted;
    sound.setAttribute("aria-pressed", String(!video.muted));
    sound.firstChild.textContent = video.muted ? "Sound on" : "Sound off";
  };
  const grow = () => large.setAttribute("aria-pressed", String(screen.classList.toggle("large")));
  sound.addEventListener("click", listen);
  large.addEventListener("click", grow);
  addEventListener("keydown", (event) => {
    if (scene.dataset.keys !== "on" || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
    if (event.key === "m") listen();
    else if (event.key === "b") grow();
  });
  ask();
})();
