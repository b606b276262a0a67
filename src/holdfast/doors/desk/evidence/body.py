"""The body map: areas of the front and the back, as words for a form and as shapes for the picture beside it.

Left and right are the person's own, not the onlooker's. The figure is ours: plain shapes, of no age and no sex.

>>> named("front.neck"), named("back.left_hand"), named("an older code")
('Neck, front', 'Left hand, back', 'an older code')
"""

from typing import NamedTuple

WIDE = 200  # of the ground that one figure is drawn on, from side to side


class Area(NamedTuple):
    """One area. `shape` is a path (SVG) on a ground WIDE from side to side."""

    code: str
    name: str
    shape: str

    @property
    def short(self) -> str:
        """Its name where the side is said already."""
        return self.name.removesuffix(", front").removesuffix(", back")


def _box(left: float, top: float, right: float, bottom: float, round_: float = 7) -> str:
    """A rectangle with round corners, as a path."""
    r = min(round_, (right - left) / 2, (bottom - top) / 2)
    return (
        f"M{left + r:g} {top:g}H{right - r:g}Q{right:g} {top:g} {right:g} {top + r:g}V{bottom - r:g}"
        f"Q{right:g} {bottom:g} {right - r:g} {bottom:g}H{left + r:g}Q{left:g} {bottom:g} {left:g} {bottom - r:g}"
        f"V{top + r:g}Q{left:g} {top:g} {left + r:g} {top:g}Z"
    )


_MIDDLE = {
    "neck": ("Neck", _box(85, 67, 115, 84, 4)),
}
_FRONT = {
    "head": ("Forehead and scalp", "M76 36Q76 8 100 8Q124 8 124 36Z"),
    "face": ("Face", "M76 38H124Q124 64 100 66Q76 64 76 38Z"),
    "chest": ("Chest", _box(70, 86, 130, 134, 10)),
    "belly": ("Belly", _box(73, 136, 127, 178)),
    "groin": ("Hips and groin", _box(70, 180, 130, 208, 10)),
}
_BACK = {
    "head": ("Head", "M76 36Q76 8 100 8Q124 8 124 36Q124 64 100 66Q76 64 76 36Z"),
    "upper_back": ("Upper back", _box(70, 86, 130, 134, 10)),
    "lower_back": ("Lower back", _box(73, 136, 127, 178)),
    "buttocks": ("Buttocks", _box(70, 180, 130, 208, 10)),
}
# As they lie on the onlooker's left; the others are mirrored.
_SIDED = {
    "ear": ("ear", _box(68, 30, 75, 48, 3)),
    "shoulder": ("shoulder", "M88 80L68 86V106H46Q46 86 62 82Z"),
    "upper_arm": ("upper arm", _box(46, 108, 67, 150)),
    "elbow": ("elbow", _box(46, 152, 66, 168)),
    "forearm": ("forearm", _box(46, 170, 65, 210)),
    "wrist": ("wrist", _box(46, 212, 64, 222, 3)),
    "hand": ("hand", _box(43, 224, 65, 254, 9)),
    "thigh": ("thigh", _box(70, 210, 99, 282)),
    "knee": ("knee", _box(72, 284, 98, 308)),
    "lower_leg": ("lower leg", _box(73, 310, 97, 376)),
    "foot": ("foot", _box(68, 378, 97, 404, 9)),
}


def _mirrored(shape: str) -> str:
    """The same shape on the other side of the middle line."""
    found: list[str] = []
    number, across = "", True
    for sign in f"{shape} ":
        if sign.isdigit() or sign in ".-":
            number += sign
            continue
        if number:
            found.append(f"{WIDE - float(number):g}" if across else number)
            number, across = "", not across
        if sign.isalpha():
            across = sign != "V"
        if sign == "V" or sign == "H":
            across = sign == "H"
        found.append(sign)
    return "".join(found).strip()


def _figure(side: str, middle: dict[str, tuple[str, str]]) -> tuple[Area, ...]:
    seen = "front" if side == "front" else "back"
    found = []
    for code, (name, shape) in {**middle, **_MIDDLE}.items():
        both = code in ("head", "neck") and not (code == "head" and side == "front")
        found.append(Area(f"{side}.{code}", f"{name}, {seen}" if both else name, shape))
    for code, (name, shape) in _SIDED.items():
        on_left, on_right = ("right", "left") if side == "front" else ("left", "right")
        for whose, drawn in ((on_left, shape), (on_right, _mirrored(shape))):
            found.append(Area(f"{side}.{whose}_{code}", f"{whose.capitalize()} {name}, {seen}", drawn))
    return tuple(found)


FRONT, BACK = _figure("front", _FRONT), _figure("back", _BACK)
AREAS = (*FRONT, *BACK)
_NAMES = {area.code: area.name for area in AREAS}


def named(code: str) -> str:
    """An area in words; a code that is none of these, as it is."""
    return _NAMES.get(code, code)
