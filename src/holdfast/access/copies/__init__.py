"""Copies of a file for somebody outside: what may be in one, what has to be looked at, and the copy itself.

Public: `draft_copy` and `give_copy` (giving.py), `as_html` and `as_json` (pages.py). The table is rows.txt.
"""
