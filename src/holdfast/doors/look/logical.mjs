// Turns left and right into start and end, and leaves out the rules that only very old browsers read.
import { readFileSync } from "node:fs";
import postcss from "postcss";

const SIDES = { left: "start", right: "end" };
const sided = /^(margin|padding|border)-(left|right)(-(?:width|style|color))?$/;
const fourSided = /^(margin|padding)$/; // not border-width: the tick in a checkbox is drawn with borders and is never mirrored

// 1 2 3 4 with 2 != 4 is the one shorthand that names a side: top, right, bottom, left.
const parts = (value) => value.match(/(?:[^\s(]|\((?:[^()]|\([^()]*\))*\))+/g) ?? [];

const root = postcss.parse(readFileSync(process.argv[2], "utf8"));
root.walkDecls((rule) => {
  const side = rule.prop.match(sided);
  if (side) rule.prop = `${side[1]}-inline-${SIDES[side[2]]}${side[3] ?? ""}`;
  else if (rule.prop in SIDES) rule.prop = `inset-inline-${SIDES[rule.prop]}`;
  else if (rule.prop === "text-align" && rule.value in SIDES) rule.value = SIDES[rule.value];
  else if (rule.prop === "float" && rule.value in SIDES) rule.value = `inline-${SIDES[rule.value]}`;
  else if (fourSided.test(rule.prop)) {
    const given = parts(rule.value);
    if (given.length === 4 && given[1] !== given[3]) {
      rule.cloneBefore({ prop: `${rule.prop}-block`, value: `${given[0]} ${given[2]}` });
      rule.replaceWith({ prop: `${rule.prop}-inline`, value: `${given[3]} ${given[1]}`, important: rule.important });
    }
  }
});
root.walkComments((comment) => comment.remove());
process.stdout.write(root.toString());
