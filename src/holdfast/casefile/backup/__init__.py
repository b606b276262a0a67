"""Backups: everything that a data folder holds but its key ring, in one sealed file, and putting it back.

Public: `back_up` (making.py), `restore` (restoring.py). The format is docs/formats/backup.md.
"""
