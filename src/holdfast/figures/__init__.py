"""Compliance counts over duties: how each was kept, by place and period. They count duties and name nobody."""
