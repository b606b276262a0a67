"""A report from the public, online: a short page without a sign-in, off unless a place offers it.

It can bring a report in, and shows nothing of any case: it never imports the desk, the survivor's pages or the counts.
"""
