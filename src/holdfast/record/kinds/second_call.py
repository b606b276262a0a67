"""After a second call from another place: the first address is still looked at."""

from typing import Annotated

from holdfast.record.field import Staff
from holdfast.record.field import Words
from holdfast.record.field import YesNo
from holdfast.record.field import ask
from holdfast.record.field import choice
from holdfast.record.kind import Kind


class FirstAddressChecked(Kind):
    """Officers went to the address of the first call after the caller had left it, and looked who and what was there."""

    found: Annotated[
        choice("nobody_there", "suspect_there", "others_there", "could_not_get_in"), ask("What did they find?")
    ] = "not_known"
    children_there: Annotated[YesNo, ask("Were children there?")] = "not_known"
    somebody_hurt: Annotated[YesNo, ask("Was anybody hurt there?")] = "not_known"
    unit: Annotated[Staff, ask("Unit")] = ""
    words: Annotated[Words, ask("What they saw")] = ""
