"""Who keeps the keys that wrap each case's own key, and how they are exchanged while the server runs.

Public: `keeper` and `ring` (chosen.py). docs/how-to/keys.md says how to choose, exchange and keep them.
"""
