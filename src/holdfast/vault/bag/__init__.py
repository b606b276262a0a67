"""Bags (BagIt, RFC 8493): files with a list of their hashes, written as a stream and read strictly.

Public: `BagWriter` and `archive` (writing.py, archives.py), `read_bag` (reading.py), `open_tree` (trees.py).
docs/formats/evidence-bundle.md says where this is stricter than others, and why.
"""
