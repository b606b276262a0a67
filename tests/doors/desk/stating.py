"""The steps of a statement at the desk, as an officer takes them: what the tests of statements share."""

import base64
import io
import re
from datetime import UTC
from datetime import datetime
from html import unescape
from uuid import UUID

from PIL import Image
from PIL import ImageDraw
from tests.doors.desk.conftest import entries
from tests.doors.desk.conftest import hidden

from holdfast.casefile.append import Draft
from holdfast.casefile.reading import case_by_code
from holdfast.vault.place import item_of

SECRET = "He broke the green lamp on the stairs"
URDU = "اس نے سیڑھیوں پر سبز چراغ توڑ دیا"
NAMED = Draft("PersonNamed", {"party": "survivor", "name": "Ada Invented"}, datetime(2026, 3, 2, 9, 0, tzinfo=UTC))


def at(code, rest=""):
    return f"/desk/case/{code}/statement{rest}"


def kinds(code):
    return [entry.kind for entry in entries(code)]


def last(code, kind):
    return next(entry for entry in reversed(entries(code)) if entry.kind == kind)


def drawn(width=900, height=260, stroke=True) -> bytes:
    picture = Image.new("RGB", (width, height), "white")
    if stroke:
        ImageDraw.Draw(picture).line([(20, 40), (200, 90), (400, 30)], fill="black", width=4)
    held = io.BytesIO()
    picture.save(held, "PNG")
    return held.getvalue()


def sent_as(picture: bytes) -> str:
    return "data:image/png;base64," + base64.b64encode(picture).decode()


def begins(desk, code, sort="witness", language="en", **more) -> int:
    said = {"sort": sort, "name": "Ada Invented", "language": language, "written_by": "officer", "reads": "yes", **more}
    desk.sends(at(code, "/begin"), said)
    assert desk.page.status_code == 302, text(desk)
    return int(re.search(r"/statement/(\d+)/draft", desk.page.headers["Location"])[1])


def text(desk) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", desk.page.content.decode()))


def saves(desk, code, number, *words, translation=(), do="save") -> str:
    page = desk.opens(at(code, f"/{number}/draft"))
    said = {"version": hidden(page)["version"], "words": list(words), "translation": list(translation), "do": do}
    return desk.sends(at(code, f"/{number}/draft"), said)


def reads_over(desk, code, number, **more) -> None:
    page = desk.opens(at(code, f"/{number}/read"))
    given = {name: value for name, value in hidden(page).items() if name in ("version", "text")}
    desk.sends(at(code, f"/{number}/read"), {**given, "read_by": "officer", "agreed": "yes", "do": "agree", **more})


def corrects(desk, code, number, place, words, **more) -> None:
    page = desk.opens(at(code, f"/{number}/read"))
    said = {"version": hidden(page)["version"], "place": place, "words": words, "asked_by": "maker", "do": "correct"}
    desk.sends(at(code, f"/{number}/read"), {**said, **more})


def certifies(desk, code, number, **more) -> None:
    page = desk.opens(at(code, f"/{number}/certificate"))
    said = {"version": hidden(page)["version"], "name": "Ines Translator", "spoken": "ur", "into": "en-GB",
            "independent": "yes", "interpreted_truly": "yes", "how": "in_person", **more}  # fmt: skip
    desk.sends(at(code, f"/{number}/certificate"), said)


def signs(desk, code, number, typed="Ada Invented", picture="", **more) -> str:
    page = desk.opens(at(code, f"/{number}/sign"))
    given = {name: value for name, value in hidden(page).items() if name in ("version", "text", "declaration")}
    return desk.sends(at(code, f"/{number}/sign"), {**given, "typed": typed, "picture": picture, "do": "sign", **more})


def signed_one(desk, code, **more) -> int:
    number = begins(desk, code, **more)
    saves(desk, code, number, SECRET, do="read")
    reads_over(desk, code, number)
    signs(desk, code, number)
    assert desk.page.status_code == 302, text(desk)
    return number


def content(code, item) -> bytes:
    return item_of(case_by_code(code), UUID(item)).read()
