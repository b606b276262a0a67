"""Any fields that a kind may have, as plain values: what hypothesis tries."""

from datetime import date
from datetime import datetime
from typing import Any
from typing import get_args
from typing import get_origin

import msgspec
from hypothesis import strategies as st

from holdfast.record.field import choices
from holdfast.record.kind import Kind
from holdfast.record.value import bare
from holdfast.record.value import holds
from holdfast.record.value import metas
from holdfast.record.value import optional

_DAY = st.dates(min_value=date(1901, 1, 1), max_value=date(2198, 12, 31))
_WHEN = st.datetimes(
    min_value=datetime.fromisoformat("1901-01-01"),
    max_value=datetime.fromisoformat("2198-12-31"),
    timezones=st.timezones(),
)
_TEXT = st.characters(exclude_categories=["Cs", "Cc"])
_PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**62), 2**62)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(_TEXT),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(_TEXT, max_size=5), inner, max_size=3),
    max_leaves=5,
)


def given_for(kind: type[Kind]) -> st.SearchStrategy[dict[str, Any]]:
    """Plain values for some of a kind's fields, the required ones always."""
    required, free = {}, {}
    for field in msgspec.structs.fields(kind):
        (required if field.required else free)[field.name] = value_for(field.type)
    return st.fixed_dictionaries(required, optional=free)


def value_for(annotation: Any) -> st.SearchStrategy[Any]:
    made = _value_for(bare(annotation), annotation)
    return st.none() | made if optional(annotation) else made


def _value_for(inner: Any, annotation: Any) -> st.SearchStrategy[Any]:
    if choices(inner):
        return st.sampled_from(choices(inner))
    if get_origin(inner) is tuple:
        return st.lists(value_for(get_args(inner)[0]), max_size=3)
    if get_origin(inner) is dict:
        key, value = get_args(inner)
        return st.dictionaries(value_for(key), value_for(value), max_size=3)
    if isinstance(inner, type) and issubclass(inner, msgspec.Struct):
        return given_for(inner)  # type: ignore[arg-type]
    return _single_for(inner, annotation)


def _single_for(inner: Any, annotation: Any) -> st.SearchStrategy[Any]:
    if inner is Any:
        return _PLAIN
    if inner is datetime:
        return _WHEN.map(lambda at: at.isoformat() if at.utcoffset().seconds % 60 == 0 else at)  # type: ignore[union-attr]
    if inner is date:
        return _DAY.map(date.isoformat)
    bounds = next((meta for meta in metas(annotation) if meta.ge is not None), None)
    if inner is int and bounds:
        return st.integers(bounds.ge, bounds.le)
    if inner is float and bounds:
        return st.floats(bounds.ge, bounds.le)
    exact = next((meta.pattern for meta in metas(annotation) if meta.pattern and "{" in meta.pattern), None)
    if exact:  # a number of the vault or a hash: no other text will do
        return st.from_regex(exact.removesuffix(r"\Z"), fullmatch=True)
    most = min([meta.max_length for meta in metas(annotation) if meta.max_length is not None], default=40)
    alphabet = {"staff": "AZaz09._/-", "code": "az09._-"}.get(holds(annotation))
    return st.text(alphabet or _TEXT, max_size=min(most, 40))
