"""The pages in a bundle: one to read in any browser without a line, the same for machines, and how it is checked.

Everything is escaped; there is no script, nothing is loaded from anywhere, and no link leads out of the bundle. A cell
of the table that a spreadsheet would take for a formula begins with an apostrophe.
"""

import csv
import io
import json
from html import escape
from typing import Any

from holdfast.vault.bundle import Part
from holdfast.vault.bundle import page
from holdfast.vault.bundle_sheet import Line
from holdfast.vault.bundle_sheet import Sheet

_STYLE = (
    "body{font:1rem/1.5 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#111;background:#fff}"
    "h2{margin-top:2.5rem}h3{margin:2rem 0 .25rem;font-size:1.1rem}dt{font-weight:bold}"
    "dd{margin:0 0 .5rem;white-space:pre-wrap;overflow-wrap:anywhere}"
    "code,pre{font-family:monospace;overflow-wrap:anywhere;white-space:pre-wrap}"
    "table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.25rem .5rem;"
    "border-bottom:1px solid #bbb}.note{border-left:.3rem solid #555;padding:.25rem 1rem}"
    "td{overflow-wrap:anywhere}"
    "@media screen and (max-width:40rem){table,tbody,tr,td{display:block}thead{display:none}"
    "tr{border-bottom:1px solid #bbb;padding:.5rem 0}td{border:0;padding:0}td:nth-child(3){font-weight:bold}}"
    "@media print{section{break-inside:avoid}}"
)
_ASKED = (
    ("what", "What it is"), ("exhibit", "Exhibit"), ("goes", "How it is in here"), ("given_by", "Given by"),
    ("given_on", "Taken in"), ("happened", "When what it shows happened"), ("made", "When it was made"),
    ("words", "What it shows, as it was told"), ("named", "Name it came under"), ("kind", "Kind of file"),
)  # fmt: skip
_NOT_TOLD = "not told"
CHECK = """How to check this bundle, with commands that most systems have. Run them where the bundle lies.

If it was sealed:
    age -d -i YOUR-KEY -o bundle.{form} bundle.{form}.age
Unpack it, and go into it:
    {unpack}
    cd bundle
Every file is whole (each line has to end in OK):
    sha256sum -c manifest-sha256.txt
    sha256sum -c tagmanifest-sha256.txt
The list is the one that the sender has on record. Compare what this prints with what they tell you on another way:
    sha256sum manifest-sha256.txt
A time stamp, where there are any (the schedule says which file it is of):
    openssl ts -verify -in data/stamps/0001-1.tsr -data data/items/FILE \\
        -CAfile data/stamps/authority.pem
Where the stamp is of the original, and a copy is in here:
    openssl ts -verify -in data/stamps/0001-1.tsr -digest SHA256-OF-THE-ORIGINAL \\
        -CAfile data/stamps/authority.pem

If a line does not say OK, do not use the bundle, and tell the sender. The authority's certificates lie in the bundle so
that you can try; trust them only where you have them from the authority itself.
"""
_UNPACK = {"zip": "unzip bundle.zip", "tar": "tar -xf bundle.tar"}


def pages_of(sheet: Sheet, form: str) -> tuple[Part, ...]:
    """The pages, in the order in which they are written."""
    return (
        page("index.html", index(sheet).encode()),
        page("schedule.csv", table(sheet).encode()),
        page("schedule.json", as_json(sheet).encode()),
        page("custody.html", custody(sheet).encode()),
        page("check.txt", CHECK.format(form=form, unpack=_UNPACK[form]).encode()),
    )


def index(sheet: Sheet) -> str:
    """The page to begin with."""
    lines = "".join(map(_line, sheet.lines))
    held = "".join(
        f"<li>{_said(one.what)}{', exhibit ' + escape(one.exhibit) if one.exhibit else ''}: {escape(one.ground)}.</li>"
        for one in sheet.held_back
    )
    more = "".join(f'<li><a href="{escape(path)}">{escape(path)}</a></li>' for path in sheet.more)
    not_read = "".join(f"<li>{escape(each)}</li>" for each in sheet.not_read)
    body = (
        f"<h1>Evidence</h1><dl><dt>For</dt><dd>{_said(sheet.to)} ({escape(sheet.side)})</dd>"
        f"<dt>For what</dt><dd>{_said(sheet.purpose)}</dd><dt>Made</dt><dd>{escape(sheet.made_on)}</dd>"
        f"<dt>Reference</dt><dd>{escape(sheet.code)}</dd></dl>"
        f"<p>{_counted(len(sheet.lines), 'item is', 'items are')} in this bundle, "
        f"{_counted(len(sheet.held_back), 'was', 'were')} held back.</p>"
        '<p>Also here: <a href="schedule.csv">the schedule as a table</a>, <a href="custody.html">what was done with '
        'each item</a>, <a href="check.txt">how to check that all of it is whole</a>.</p>'
        + (f"<ul>{more}</ul>" if more else "")
        + _stamping(sheet)
        + f"<h2>The items</h2>{lines}<h2>Held back</h2>"
        + (f"<ul>{held}</ul>" if held else "<p>Nothing was chosen and held back.</p>")
        + (f"<h2>Not looked through</h2><ul>{not_read}</ul>" if not_read else "")
    )
    return _whole("Evidence", body)


def custody(sheet: Sheet) -> str:
    """What was done with each item."""
    parts = []
    for line in sheet.lines:
        rows = "".join(
            f"<tr><td>{escape(one.when)}</td><td>{escape(one.who)}</td><td>{escape(one.did)}</td>"
            f"<td>{escape(one.purpose)}</td></tr>"
            for one in sheet.steps
            if one.number == line.number
        )
        parts.append(
            f'<section><h3 id="item-{line.number}">{line.number}. {escape(line.what)}</h3><table><thead><tr>'
            "<th scope=col>When</th><th scope=col>Who</th><th scope=col>What</th><th scope=col>For what</th></tr>"
            f"</thead><tbody>{rows}</tbody></table></section>"
        )
    told = "<p>From the record, in the order in which it happened. Of a copy, what was done with its original too.</p>"
    return _whole(
        "Custody",
        f'<p><a href="index.html">Evidence</a></p><h1>What was done with each item</h1>{told}{"".join(parts)}',
    )


def table(sheet: Sheet) -> str:
    """The schedule as a table (RFC 4180)."""
    out = io.StringIO()
    writer = csv.writer(out)
    names = [name for name in Line._fields if name not in ("carries", "stamps")]
    writer.writerow([*names, "carries", "stamps"])
    for line in sheet.lines:
        told = line._asdict()
        writer.writerow([_cell(told[name]) for name in names] + [_cell("; ".join(line.carries)), " ".join(line.stamps)])
    return out.getvalue()


def as_json(sheet: Sheet) -> str:
    """All of it for a machine."""
    told: dict[str, Any] = sheet._asdict()
    for name in ("lines", "held_back", "steps"):
        told[name] = [one._asdict() for one in told[name]]
    return json.dumps(told, ensure_ascii=False, indent=1)


def rows_of(line: Line) -> tuple[tuple[str, str], ...]:
    """What is told of an item: what was asked, and the answer, '' where it is not told."""
    told = line._asdict()
    return tuple((asked, str(told[name])) for name, asked in _ASKED)


def _line(line: Line) -> str:
    rows = "".join(f"<dt>{asked}</dt><dd>{_said(answer)}</dd>" for asked, answer in rows_of(line))
    if line.carries:
        carried = "".join(f"<li>{escape(each)}</li>" for each in line.carries)
        rows += f"<dt>What it carries beside its content</dt><dd><ul>{carried}</ul></dd>"
    rows += f"<dt>Bytes</dt><dd>{line.size:,}</dd><dt>SHA-256</dt><dd><code>{escape(line.sha256)}</code></dd>"
    if line.of:
        rows += f"<dt>SHA-256 of what it was made from</dt><dd><code>{escape(line.of_sha256)}</code></dd>"
    stamps = ", ".join(f'<a href="{escape(each)}">{escape(each)}</a>' for each in line.stamps)
    rows += f"<dt>Time stamps</dt><dd>{stamps + ': ' + escape(line.stamped) if stamps else 'none'}</dd>"
    return (
        f'<section id="item-{line.number}"><h3>{line.number}. '
        f'<a href="{escape(line.file)}">{escape(line.file)}</a></h3><dl>{rows}</dl>'
        f'<p><a href="custody.html#item-{line.number}">What was done with it</a></p></section>'
    )


def _stamping(sheet: Sheet) -> str:
    if not sheet.authority:
        return "<p>No time stamp of an authority is in it.</p>"
    own = " This is a demonstration's own authority: its stamps prove nothing." if sheet.own_authority else ""
    return f"<p>Time stamps by: {escape(sheet.authority)}.{own}</p>"


def _whole(title: str, body: str) -> str:
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f'<meta name="robots" content="noindex"><meta name="referrer" content="no-referrer"><title>{title}</title>'
        f"<style>{_STYLE}</style></head><body>{body}</body></html>"
    )


def _said(words: str) -> str:
    return escape(words) if words else f"<em>{_NOT_TOLD}</em>"


def _cell(value: object) -> str:
    said = str(value)
    return f"'{said}" if said[:1] in ("=", "+", "-", "@", "\t", "\r") else said


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
