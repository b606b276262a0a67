"""Values for fields that have to have one shape: the number of an item of the vault, and a hash."""

from typing import Any
from typing import get_args
from typing import get_origin

from holdfast.record.field import Digest
from holdfast.record.field import Item
from holdfast.record.value import bare
from holdfast.record.value import holds
from holdfast.record.value import metas

_OF_SHAPE = {
    meta.pattern: value
    for kind, value in ((Item, "0e5c1c34-6d6f-4a0e-9b7b-3f6f3c0f5a11"), (Digest, "0" * 64))
    for meta in metas(kind)
    if meta.pattern
}


def shaped(annotation: Any) -> Any:
    """A value for such a field, a list of one where it holds several; None for any other field."""
    inner = bare(annotation)
    if get_origin(inner) is tuple:
        one = shaped(get_args(inner)[0])
        return [one] if one else None
    wanted = [meta.pattern for meta in metas(annotation) if meta.pattern]
    return next((_OF_SHAPE[pattern] for pattern in wanted if pattern in _OF_SHAPE), None)


def is_of_codes(annotation: Any) -> bool:
    """Whether a field holds several identifiers that a pack or a page declares: small letters alone."""
    inner = bare(annotation)
    return get_origin(inner) is tuple and holds(get_args(inner)[0]) == "code"
