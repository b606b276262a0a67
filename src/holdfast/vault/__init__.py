"""Evidence as bytes: sealed as it arrives, kept unchanged, read at any place, and proved later.

What happened to an item is told by the record (record/kinds/evidence.py): this folder returns values, and the door that
asked appends the entry. docs/formats/vault.md is the format.
"""
