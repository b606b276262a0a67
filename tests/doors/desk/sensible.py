"""Sensible values for every field that a kind may declare: what an officer could have typed."""

from datetime import date
from datetime import datetime
from zoneinfo import ZoneInfo

from tests.support.shaped import is_of_codes
from tests.support.shaped import shaped

from holdfast.record.kind import fields_of

LONDON = ZoneInfo("Europe/London")

_WORDS = {
    "line": "Two lines of enquiry",
    "words": '  She said "he\'ll be back".\n\nThen the line went quiet: <gone> & silent. ',
    "name": "Asha O'Neill-Młynarz",
    "phone": "+44 7700 900123",
    "place": "12 Example Street, Exampleton",
    "staff": "PC/1234",
    "reference": "42AB/1001/26",
    "language": "Polski",
    "code": "example-code_1.a",
    "count": 2,
    "minutes": 15,
    "months": 18,
    "metres": 25.5,
    "latitude": 51.5072,
    "longitude": -0.1276,
    "number": 1.5,
    "flag": True,
}


def sensible(kind, codes=lambda name: [], topics=()):
    """Plain values for every field of a kind (or part), the second choice of each list."""
    return {field.name: _value(field, codes, topics) for field in fields_of(kind)}


def typed(kind, plain, prefix=""):  # noqa: C901 one branch a shape of field
    """What a browser sends when a person fills the form with these plain values."""
    sent = {}
    for field in fields_of(kind):
        name, value = prefix + field.name, plain[field.name]
        if field.holds == "parts":
            sent[f"{name}.rows"] = "3"
            for row, part in enumerate(value):
                sent |= typed(field.part, part, f"{name}.{row}.")
        elif field.holds == "answers" and field.choices:
            sent |= {f"{name}.{topic}": answer for topic, answer in value.items()}
        elif field.holds == "answers":
            sent[name] = "\r\n".join(f"{code}: {answer}" for code, answer in value.items())
        elif field.holds == "when":
            local = datetime.fromisoformat(value).astimezone(LONDON)
            sent[name] = f"{local:%Y-%m-%dT%H:%M}"
        elif field.holds == "day":
            sent[name] = value
        elif field.holds == "lines":
            sent[name] = "\r\n".join(value)
        elif field.holds == "choices":
            sent[name] = list(value)
        elif field.holds == "flag":
            sent[name] = "on"
        else:
            sent[name] = str(value).replace("\n", "\r\n")
    return sent


def _value(field, codes, topics):  # noqa: C901 one branch a shape of field
    if of_shape := shaped(field.annotation):
        return of_shape
    if field.holds == "choice":
        return field.choices[min(1, len(field.choices) - 4)]
    if field.holds == "choices":
        return list(field.choices[:2])
    if field.holds == "when":
        return (
            datetime(2026, 11, 21, 9, 30, tzinfo=LONDON).astimezone(ZoneInfo("UTC")).isoformat().replace("+00:00", "Z")
        )
    if field.holds == "day":
        return date(2026, 12, 24).isoformat()
    if field.holds == "lines":
        return ["pc-1", "pc-2"] if is_of_codes(field.annotation) else ["PC-1", "PC-2"]
    if field.holds == "parts":
        return [sensible(field.part), sensible(field.part)]
    if field.holds == "answers" and field.choices:
        return {topic: field.choices[number % 5] for number, topic in enumerate(topics)}
    if field.holds == "answers":
        return {"ends_at": "2026-12-01T12:00:00Z"}
    if field.holds == "code" and codes(field.name):
        return codes(field.name)[0][0]
    return _WORDS[field.holds]
