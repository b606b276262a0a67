"""What a try is told that could not be looked at: one small page, made once, so that a flood of them costs little."""

from django.http import HttpResponse

_PAGE = """<!doctype html>
<html lang="en" dir="ltr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow"><title>Information</title><link rel="stylesheet" href="/static/look/page.css"></head>
<body><div class="wide body"><main id="main"><h1>Try again in a minute</h1>
<p>There were many tries just now. Your page is not locked.</p>
<p><a class="button button--plain" href="/my/in">Back</a> <a href="/my/leave">Leave this page now</a></p></main></div></body></html>
"""  # noqa: E501


def full() -> HttpResponse:
    """The page, and when to come back."""
    return HttpResponse(_PAGE, status=503, headers={"Retry-After": "60"})
