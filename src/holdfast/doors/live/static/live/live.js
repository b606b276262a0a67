// The telephone's page: asks for camera, sound and place after a press, and sends them until it is stopped.
"use strict";
(() => {
  // Bits a second of the picture. Where the line does not carry it, less is recorded: late is worth less than coarse.
  const BITS = [600000, 250000, 100000], LATE = 2500, PATIENCE = 5000, CONFIDENT = 30000;
  const SLICE = 400; // milliseconds: what a smashed telephone loses is what is in one slice, and under way
  const $ = (name) => document.getElementById(name);
  const form = $("start"), during = $("during"), dark = $("dark");
  if (!form) return;
  const kinds = [
    'video/webm;codecs="vp8,opus"', "video/webm", 'video/mp4;codecs="avc1.42E01E,mp4a.40.2"', "video/mp4",
  ];
  const soundKinds = ["audio/webm;codecs=opus", "audio/webm", "audio/mp4"];
  const canRecord = !!(window.MediaRecorder && navigator.mediaDevices && navigator.mediaDevices.getUserMedia);
  let stream = null, recorder = null, run = null, number = Number(form.dataset.first), watching = null, lock = null;
  let level = 0, changed = 0, quick = 0;
  let opened = form.dataset.opened === "yes", stopping = false, lastPlace = 0, placed = false;

  const fault = (words) => { $("fault").textContent = words; $("fault").hidden = !words; };
  if (!canRecord) { fault("This browser cannot show its camera to us. Stay on the telephone."); return; }
  document.querySelector(".needs-script").hidden = false;

  const sending = new Sending((anew) => { if (anew || (run && run.dark)) record(); show(); });

  const seconds = (since) => Math.max(0, Math.round((Date.now() - since) / 1000));
  function show() {
    if (stopping || !$("state")) return;
    const state = $("state"), said = $("said");
    const set = (name, title, words) => {
      if (state.textContent !== title) state.textContent = title;
      state.dataset.state = name;
      if (said.textContent !== words) said.textContent = words;
    };
    if (sending.over) { ended(); return; }
    const what = stream && stream.getVideoTracks().length ? "They can see and hear." : "They can hear.";
    const where = placed ? " They can see where you are." : " Your place is not shown.";
    if (sending.lost !== null) {
      const kept = Math.round(sending.waiting / 1024 / 102.4) / 10;
      const words = `Not sent yet: the last ${seconds(sending.lost)} seconds, ${kept} MB. They are in this page’s memory only, and are lost if the page is closed. They will be sent when there is a signal.`;
      set("lost", "No signal", sending.full ? `${words} The memory is full: nothing new is kept until there is a signal.` : words);
    } else if (run && run.acknowledged) set("showing", sending.watched ? "They are watching this" : "It arrives and is kept", sending.watched ? what + where : "Nobody is looking at this moment." + where.replace("They can see where you are.", "Your place arrives, too."));
    else set("starting", "Starting", "Hold on.");
  }

  async function open() {
    if (opened) return true;
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), headers: { Accept: "application/json" } });
    if (!answer.ok) return false;
    opened = true;
    try { history.replaceState(null, "", "/s/"); } catch { /* the address stays as it is */ }
    return true;
  }

  function ask(constraints) { return navigator.mediaDevices.getUserMedia(constraints); }
  async function begin(picture) {
    fault("");
    const video = picture && { facingMode: { ideal: "environment" }, width: { ideal: 640 }, height: { ideal: 480 }, frameRate: { ideal: 15, max: 30 } };
    try { stream = await ask({ audio: true, video }); } catch (wrong) {
      // One of the two may be refused, or be in use by the call: the other is worth having.
      for (const only of picture ? [{ video }, { audio: true }] : []) { try { stream = await ask(only); break; } catch { /* the next */ } }
      if (!stream) {
        fault(wrong && wrong.name === "NotAllowedError" ? "The camera and the sound were refused. Press Start again and say yes, or stay on the telephone." : "The camera or the sound could not be started. Another app may have it. Stay on the telephone.");
        return;
      }
    }
    let in_ = false;
    try { in_ = await open(); } catch { fault("There is no signal. Press Start again."); }
    if (!in_) {
      for (const track of stream.getTracks()) track.stop();
      stream = null;
      if (!$("fault").textContent) fault("This link was opened before, or is too old. Ask for a new one.");
      return;
    }
    $("before").hidden = true;
    during.hidden = false;
    $("state").focus();
    record();
    place();
    awake();
    setInterval(show, 1000);
  }

  function record() {
    if (stopping || sending.over || !stream) return;
    if (sending.full) return;
    const before = recorder;
    const wanted = (stream.getVideoTracks().length ? kinds : soundKinds).find((kind) => MediaRecorder.isTypeSupported(kind));
    const options = { videoBitsPerSecond: BITS[level], audioBitsPerSecond: level ? 24000 : 48000, videoKeyFrameIntervalDuration: 2000 };
    if (wanted) options.mimeType = wanted;
    const mine = new MediaRecorder(stream, options);
    const own = sending.begin(number++, (mine.mimeType || wanted || "video/webm").replace(/;\s*/, "; "));
    mine.onstart = () => { if (!own.at) own.began = Date.now(); };
    mine.ondataavailable = (event) => { sending.add(own, event.data, Date.now()); if (sending.full && mine.state === "recording") mine.stop(); };
    mine.onstop = () => { sending.end(own); if (own === run && !stopping) run.stopped = true; };
    mine.start(SLICE);
    recorder = mine;
    run = own;
    if (before && before.state !== "inactive") before.stop(); // after the next has begun: nothing is missed between
  }
  // Once the memory has room again, and where a recorder stopped by itself, the next recording begins.
  setInterval(() => { if (run && run.stopped && !sending.full && sending.lost === null) { run.stopped = false; record(); } }, 1000);

  // Whether the line carries what is recorded: by how long the oldest part of this recording has waited.
  setInterval(() => {
    if (!run || stopping || sending.lost !== null) return;
    const now = Date.now(), waited = run.parts.length ? now - run.parts[0].captured : 0;
    if (waited > 1000) quick = now;
    if (waited > LATE && level < BITS.length - 1 && now - changed > PATIENCE) level += 1;
    else if (level && !sending.waiting && now - Math.max(changed, quick) > CONFIDENT) level -= 1;
    else return;
    changed = now;
    record();
  }, 500);

  function place() {
    if (!navigator.geolocation) return;
    watching = navigator.geolocation.watchPosition((found) => {
      const now = Date.now();
      if (now - lastPlace < 2000 && placed) return;
      lastPlace = now;
      const { latitude, longitude, accuracy } = found.coords;
      sending.post("place", JSON.stringify({ latitude, longitude, accuracy, at: Math.min(found.timestamp, now), sent: now }))
        .then(({ status }) => { placed = placed || status === 200; });
    }, () => {}, { enableHighAccuracy: true, maximumAge: 5000 });
  }

  async function awake() {
    const say = (words) => { $("awake").textContent = words; };
    try {
      lock = await navigator.wakeLock.request("screen");
      say("The screen is kept on while this page is open.");
    } catch { say("This telephone may darken its screen by itself and stop. Touch it now and then."); }
  }
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible" && stream && !stopping) awake(); });

  function blacken(on) {
    document.documentElement.classList.toggle("dark", on);
    dark.hidden = !on;
    if (on) dark.focus(); else $("state").focus();
  }
  let touched = 0;
  const twice = (event) => {
    event.preventDefault();
    if (event.timeStamp - touched < 900) { touched = 0; blacken(false); } else touched = event.timeStamp;
  };
  dark.addEventListener("pointerdown", twice);
  dark.addEventListener("keydown", (event) => { if (event.key !== "Shift" && !event.repeat) twice(event); });

  const letGo = () => {
    stopping = true;
    for (const track of stream ? stream.getTracks() : []) track.stop();
    if (watching !== null) navigator.geolocation.clearWatch(watching);
    if (lock) lock.release().catch(() => {});
    sending.over = true;
    sending.drop();
  };
  const finished = () => { letGo(); location.replace("/s/over"); };
  // Leaving (leave.js) blanks the page at once and may then wait for a network: nothing is recorded meanwhile.
  const root = document.documentElement;
  new MutationObserver(() => { if (root.classList.contains("gone")) letGo(); }).observe(root, { attributes: true, attributeFilter: ["class"] });
  function ended() { // the control room has ended it, or it has died
    if (stopping) return;
    stopping = true;
    finished();
  }
  async function stop() {
    if (stopping) { finished(); return; } // pressed again: at once
    stopping = true;
    $("state").textContent = "Stopping";
    $("said").textContent = "The last seconds are being sent. Press again to stop at once.";
    const last = new Promise((go) => {
      if (!recorder || recorder.state === "inactive") { go(); return; }
      recorder.addEventListener("stop", () => go(), { once: true });
      recorder.stop();
    });
    await last;
    for (const track of stream.getTracks()) track.stop();
    const until = Date.now() + 5000;
    while (sending.waiting && !sending.over && Date.now() < until) await new Promise((go) => setTimeout(go, 100));
    await Promise.race([sending.post("stop", ""), new Promise((go) => setTimeout(go, 2000))]);
    finished();
  }
  $("go").addEventListener("click", () => begin(true));
  $("go-sound").addEventListener("click", () => begin(false));
  $("black").addEventListener("click", () => blacken(true));
  $("stop").addEventListener("click", stop);
})();
