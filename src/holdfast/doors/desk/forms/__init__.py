"""Forms drawn from the fields that a kind declares. There is one path from what is typed to an entry: `read_fields`."""
