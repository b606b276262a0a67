"""The words once more, for what must not be open to whoever picks up a telephone on which a page is open.

Only the survivor's own words confirm: not a passkey, not a supporter's words. Second words are told to staff in silence
and answered as wrong ones are.
"""

from django.http import HttpRequest

from holdfast.access.ways_in.kept import WORDS
from holdfast.access.ways_in.trying import try_words
from holdfast.casefile.reading import CaseFile


def confirmed_again(request: HttpRequest, code_or_case: str | CaseFile, words: str) -> bool:
    """Whether these are the own words of the case. Slowed and counted as at the way in; TooMany as there."""
    code = code_or_case if isinstance(code_or_case, str) else code_or_case.code
    found = try_words(request, code, words)
    return found is not None and found.kind == WORDS
