"""The one intake behind every way in: a call becomes a case, once, and what cannot be read is kept for a person.

No pages. The machines' door, the telephone, the call taker's screen and the public report come through here.
"""
