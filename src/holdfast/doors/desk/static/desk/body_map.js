// The body map: pressing an area ticks its box, and the picture follows the boxes. The boxes alone do the same.
(() => {
  "use strict";
  for (const map of document.querySelectorAll("[data-bodymap]")) {
    const marked = map.querySelector("[data-marked]");
    const boxes = [...map.querySelectorAll('input[name="body"]')];
    const shapes = new Map([...map.querySelectorAll("[data-area]")].map((shape) => [shape.dataset.area, shape]));
    const follow = () => {
      const on = boxes.filter((box) => box.checked);
      for (const box of boxes) shapes.get(box.value)?.classList.toggle("on", box.checked);
      marked.textContent = on.length ? `Marked: ${on.map((box) => shapes.get(box.value).textContent).join("; ")}` : "";
    };
    for (const figure of map.querySelectorAll(".figure")) {
      figure.classList.add("figure--pressed");
      figure.addEventListener("click", (event) => {
        const area = event.target.closest("[data-area]");
        const box = area && boxes.find((each) => each.value === area.dataset.area);
        if (!box) return;
        box.checked = !box.checked;
        follow();
      });
    }
    for (const said of map.querySelectorAll(".withscript")) said.hidden = false;
    // Where there is little room, the picture is enough, and the lists are one press away.
    if (!matchMedia("(min-width: 56rem)").matches) for (const list of map.querySelectorAll("details")) list.open = false;
    map.addEventListener("change", follow);
    follow();
  }
})();
