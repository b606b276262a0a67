"""The survivor's own pages: what happens now, what was promised and whether it was kept, whom to ask."""
