"""A call while it is taken: its parts, what is typed and not yet an entry, what becomes one, and how it goes on."""
