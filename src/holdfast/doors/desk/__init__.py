"""The desk: where staff see what is owed, read a case, record what happened and take a call.

- Every page asks `access.may` first and logs the look; `gate.py` is the only way to a case.
- Pages are plain HTML and forms. Script adds keys (`static/desk/keys.js`) and nothing else.
- A case is named by its code in addresses and titles, never by a person.
"""
