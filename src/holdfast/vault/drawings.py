"""Looks into an SVG drawing: whether it holds anything but shapes and words. Runs apart (apart.py).

One that cannot be read as plain XML, or that declares a type with entities, is held: a browser may read it otherwise.
"""

from holdfast.vault.apart import Answer
from holdfast.vault.plain_xml import NotPlain
from holdfast.vault.plain_xml import read

_ACTIVE = {
    "script": "scripts", "handler": "scripts", "listener": "scripts", "foreignobject": "a web page inside it",
    "iframe": "a web page inside it", "object": "files inside it", "embed": "files inside it",
}  # fmt: skip


def open_drawing(content: bytes) -> Answer:
    """What in it would act (`acts`)."""
    acts: set[str] = set()

    def began(name: str, attributes: dict[str, str]) -> None:
        if found := _ACTIVE.get(name.rpartition(":")[2].lower()):
            acts.add(found)
        for key, value in attributes.items():
            said = "".join(value.split()).lower()
            if key.lower().startswith("on") or said.startswith(("javascript:", "vbscript:", "data:text/html")):
                acts.add("scripts")
            elif key.rpartition(":")[2] in ("href", "src") and said and not said.startswith(("#", "data:image/")):
                acts.add("something that it fetches or leads to")
            elif "url(" in said and "url(#" not in said and "url('#" not in said and 'url("#' not in said:
                acts.add("something that it fetches or leads to")

    def said(words: str) -> None:
        if "@import" in words or "javascript:" in words.lower():
            acts.add("something that it fetches or leads to")

    try:
        read(content, began, lambda _name: None, said, doctype=True)
    except NotPlain:
        acts.add("a form that browsers may read in another way than we do")
    return Answer({"acts": sorted(acts), "values": []})
