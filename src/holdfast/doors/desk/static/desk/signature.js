// The drawn signature: strokes of a finger, a pen or a mouse in a box, sent with the form as a PNG. Without script the
// box stays hidden, and the name is typed. Nothing is kept here: what was drawn is gone when the page is.
(() => {
  "use strict";
  const part = document.querySelector("[data-signature]");
  const canvas = part && part.querySelector("canvas");
  const ink = canvas && canvas.getContext("2d");
  if (!ink) return;
  const sent = part.querySelector("[data-picture]");
  const said = part.querySelector("[role=status]");
  part.hidden = false;
  let last = null;
  let drawn = false;

  const blank = () => {
    ink.fillStyle = "#fff";
    ink.fillRect(0, 0, canvas.width, canvas.height);
    ink.strokeStyle = "#10151a";
    ink.lineWidth = 6;
    ink.lineCap = "round";
    ink.lineJoin = "round";
    drawn = false;
    sent.value = "";
  };
  const place = (event) => {
    const box = canvas.getBoundingClientRect();
    const border = canvas.clientLeft;
    return {
      x: ((event.clientX - box.left - border) * canvas.width) / canvas.clientWidth,
      y: ((event.clientY - box.top - border) * canvas.height) / canvas.clientHeight,
    };
  };
  const stroke = (from, to) => {
    ink.beginPath();
    ink.moveTo(from.x, from.y);
    ink.lineTo(to.x, to.y);
    ink.stroke();
    drawn = true;
  };

  canvas.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    canvas.setPointerCapture(event.pointerId);
    last = place(event);
    stroke(last, { x: last.x + 0.1, y: last.y });
    event.preventDefault();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!last) return;
    for (const each of event.getCoalescedEvents ? event.getCoalescedEvents() : [event]) {
      const here = place(each);
      stroke(last, here);
      last = here;
    }
    event.preventDefault();
  });
  for (const name of ["pointerup", "pointercancel"]) {
    canvas.addEventListener(name, () => {
      last = null;
      if (drawn) said.textContent = "Drawn.";
    });
  }
  part.querySelector("[data-clear]").addEventListener("click", () => {
    blank();
    said.textContent = "The box is empty.";
  });
  part.closest("form").addEventListener("submit", () => {
    sent.value = drawn ? canvas.toDataURL("image/png") : "";
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) blank();
  });
  blank();
})();
