// What waits to be sent lives in this page's memory, and nowhere else: not on the disk, in no store of the browser.
// A recording (run) is one file. Its parts are sent in order; a part says at which byte it begins, so that one that is
// sent twice harms nothing. The newest recording goes first: what is live is worth more than what is late. When the
// memory is full the newest is not kept, so that what is kept joins what had arrived: a file without a hole.
"use strict";
class Sending {
  static MOST = 64 << 20; // bytes waiting: some ten minutes
  static PART = 1 << 20; // bytes in one message
  static PATIENCE = 10000; // milliseconds for one message
  constructor(told) {
    this.told = told; // called when something changes
    this.runs = [];
    this.waiting = 0;
    this.lost = null; // since when nothing arrives
    this.over = false;
    this.full = false;
    this.busy = false;
    this.watched = false; // whether somebody looks, as the server last said
  }

  begin(number, media) {
    const run = { number, media, began: Date.now(), at: 0, acknowledged: 0, parts: [], ended: false, done: false, dark: false };
    this.runs.push(run);
    return run;
  }

  add(run, content, captured) {
    if (this.over || !content.size) return;
    if (this.waiting + content.size > Sending.MOST) { this.full = true; this.told(); return; }
    run.parts.push({ at: run.at, content, captured });
    run.at += content.size;
    this.waiting += content.size;
    this.send();
  }

  end(run) { run.ended = true; this.send(); }

  async send() {
    if (this.busy || this.over) return;
    this.busy = true;
    for (;;) {
      const run = [...this.runs].reverse().find((each) => !each.done && (each.parts.length || each.ended));
      if (!run || this.over) break;
      const arrived = run.parts.length ? await this.part(run) : await this.finish(run);
      if (this.over) break;
      if (!arrived) {
        this.lost ??= Date.now();
        this.told();
        await new Promise((go) => setTimeout(go, 1000));
      } else if (this.lost !== null) {
        const long = Date.now() - this.lost > 5000;
        this.lost = null;
        if (this.waiting < Sending.MOST / 2) this.full = false;
        this.told(long);
      } else this.told();
    }
    this.busy = false;
    this.told();
  }

  async post(where, body, headers = {}) {
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(), Sending.PATIENCE);
    try {
      const answer = await fetch(`/s/in/${where}`, { method: "POST", body, headers, cache: "no-store", signal: late.signal });
      const said = await answer.json().catch(() => ({}));
      return { status: answer.status, said };
    } catch { return { status: 0, said: {} }; } finally { clearTimeout(timer); }
  }

  async part(run) {
    let size = 0;
    const sent = [];
    for (const part of run.parts) {
      if (sent.length && size + part.content.size > Sending.PART) break;
      sent.push(part);
      size += part.content.size;
    }
    const headers = { "Content-Type": run.media, Began: String(run.began), Captured: String(sent.at(-1).captured), Sent: String(Date.now()) };
    const { status, said } = await this.post(`${run.number}/${sent[0].at}`, new Blob(sent.map((part) => part.content)), headers);
    if (status === 410 || status === 404) { this.over = true; this.drop(); this.told(); return true; }
    if (typeof said.at === "number" && (status === 200 || status === 409)) {
      if (status === 409 && said.at < sent[0].at) { this.forget(run); return true; } // it was closed there: nothing more fits
      this.arrived(run, said.at);
      if (said.watched !== undefined) this.watched = said.watched;
      if (said.shown === false) run.dark = true; // the server began anew: what comes of this recording is kept, not seen
      return true;
    }
    if (status === 409 || status === 413 || status === 415 || status === 422) { this.forget(run); return true; }
    return false;
  }

  async finish(run) {
    const { status, said } = await this.post(`${run.number}/end`, JSON.stringify({ size: run.at }));
    if (status === 410 || status === 404) this.over = true;
    if (status === 200 || status === 409 || this.over) { run.done = true; return true; }
    return false;
  }

  arrived(run, at) {
    run.acknowledged = Math.max(run.acknowledged, at);
    while (run.parts.length && run.parts[0].at + run.parts[0].content.size <= at) this.waiting -= run.parts.shift().content.size;
  }

  forget(run) {
    for (const part of run.parts) this.waiting -= part.content.size;
    run.parts = [];
    run.done = true;
    run.dark = true;
  }

  drop() { for (const run of this.runs) this.forget(run); }
}
