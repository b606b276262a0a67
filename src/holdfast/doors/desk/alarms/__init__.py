"""Send and chase: what rings about a call, and everything that a dispatcher records while somebody is on the way."""
