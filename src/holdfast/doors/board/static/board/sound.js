// The sounds of the board: one for each level, told apart by pattern and not by loudness alone. A browser gives no
// sound before somebody has pressed something, so the page says whether it can be heard.
"use strict";
const boardSound = (() => {
  // [start in seconds, length, pitch in hertz, pitch at the end]
  const PATTERNS = {
    new: { every: 5, notes: [[0, 0.16, 620, 620], [0.2, 0.28, 930, 930]] },
    dispatcher: { every: 4, notes: [[0, 0.14, 880, 880], [0.22, 0.14, 880, 880], [0.44, 0.14, 880, 880]] },
    supervisor: { every: 3, notes: [[0, 0.22, 740, 740], [0.24, 0.22, 1050, 1050], [0.48, 0.22, 740, 740], [0.72, 0.22, 1050, 1050]] },
    duty_officer: { every: 2, notes: [[0, 0.85, 480, 1250], [0.9, 0.85, 1250, 480]] },
  };
  let context = null, played = 0;

  const heard = () => context !== null && context.state === "running";

  async function on() {
    try {
      context ??= new AudioContext();
      await context.resume();
    } catch { /* no sound on this machine: the page goes on saying that it is off */ }
    return heard();
  }

  async function off() { if (context) await context.suspend(); }

  function play(level) {
    if (!heard()) return false;
    const { notes } = PATTERNS[level] ?? PATTERNS.duty_officer;
    for (const [start, length, from, to] of notes) {
      const tone = context.createOscillator(), loud = context.createGain(), at = context.currentTime + start;
      tone.type = "square";
      tone.frequency.setValueAtTime(from, at);
      tone.frequency.linearRampToValueAtTime(to, at + length);
      loud.gain.setValueAtTime(0.0001, at);
      loud.gain.exponentialRampToValueAtTime(0.5, at + 0.02);
      loud.gain.setValueAtTime(0.5, at + length - 0.03);
      loud.gain.exponentialRampToValueAtTime(0.0001, at + length);
      tone.connect(loud).connect(context.destination);
      tone.start(at);
      tone.stop(at + length + 0.02);
    }
    played += 1;
    return true;
  }

  return { on, off, play, heard, every: (level) => (PATTERNS[level] ?? PATTERNS.duty_officer).every, played: () => played };
})();
