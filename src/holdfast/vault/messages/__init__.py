"""Exports of messages as threads: WhatsApp's text, Android's SMS backup, Meta's JSON. The export itself stays as it is.

docs/formats/message-exports.md tells each form, and what is guessed. Parsers are pure; opening.py finds the text of an
item, in a ZIP too, and has it read apart.
"""
