"""What axe finds on the page that is open: nothing, if all is well.

Contrast takes three quarters of what axe takes, and a page of two hundred rows draws each of them alike. Of texts that
are drawn alike (the same elements around them, each painted in the same way) axe looks at the contrast of three.
What lies over other things is looked at each time, and every other rule sees every element.
With HOLDFAST_EVERY_TEXT=1 contrast does so too.
"""

import json
import os

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_RULES = Axe().axe_script
# A text of one sign tells axe nothing about contrast: it is not taken for like a longer one.
_CHOOSE = """() => {
    const PAINT = [
        "background-color", "background-image", "clip", "clip-path", "color", "display", "filter", "float", "font-size",
        "font-weight", "mix-blend-mode", "opacity", "position", "text-shadow", "transform", "visibility",
        "-webkit-text-fill-color", "-webkit-text-stroke-width",
    ];
    const alike = new Map(), places = new Map();
    for (const element of document.querySelectorAll("*")) {  // its `children` may be a field of that name
        const style = getComputedStyle(element), around = places.get(element.parentElement);
        const text = [...element.childNodes].filter(({nodeType}) => nodeType === Node.TEXT_NODE).map(({data}) => data);
        const drawn = JSON.stringify([
            around?.number, element.localName, element.getAttribute("class"), element.getAttribute("aria-disabled"),
            element.disabled, Math.min(text.join("").trim().length, 2), PAINT.map(name => style.getPropertyValue(name)),
        ]);
        if (!alike.has(drawn)) alike.set(drawn, {number: alike.size, seen: 0});
        const {number} = alike.get(drawn), seen = alike.get(drawn).seen += 1;
        const lies = ["absolute", "fixed", "sticky"].includes(style.position) || style.transform !== "none";
        const over = lies || Boolean(around?.over);
        places.set(element, {number, over});
        element.toggleAttribute("data-contrast", over || seen <= 3);
    }
    axe.configure({rules: [{id: "color-contrast", selector: "[data-contrast]"}]});
}"""


def found_by_axe(page: Page) -> list[str]:
    """Each fault in a line: its rule, what it asks for, and where; three places at most."""
    if not page.evaluate("'axe' in window"):  # in one width it was looked at already, perhaps
        page.evaluate(_RULES)
    if not os.environ.get("HOLDFAST_EVERY_TEXT"):
        page.evaluate(_CHOOSE)  # anew in each width: it may paint otherwise
    found = page.evaluate("axe.run({resultTypes: ['violations']}).then(({violations}) => JSON.stringify(violations))")
    return [
        f"axe {fault['id']}: {fault['help']} at {'; '.join(str(node['html'][:160]) for node in fault['nodes'][:3])}"
        for fault in json.loads(found)
    ]
