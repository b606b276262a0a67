"""Every kind of entry, one file a stage, from the call to the last day in court.

>>> KINDS["BailGranted"].__name__
'BailGranted'
"""

from types import ModuleType

import msgspec

from holdfast.record.kind import Kind
from holdfast.record.kinds import alarm
from holdfast.record.kinds import asking
from holdfast.record.kinds import attendance
from holdfast.record.kinds import call
from holdfast.record.kinds import case
from holdfast.record.kinds import coming
from holdfast.record.kinds import contact
from holdfast.record.kinds import evidence
from holdfast.record.kinds import history
from holdfast.record.kinds import holding
from holdfast.record.kinds import live
from holdfast.record.kinds import prosecution
from holdfast.record.kinds import report
from holdfast.record.kinds import risk
from holdfast.record.kinds import safeguarding
from holdfast.record.kinds import second_call
from holdfast.record.kinds import statement
from holdfast.record.kinds import suspect
from holdfast.record.kinds import telephone
from holdfast.record.kinds import transfer

STAGES: tuple[ModuleType, ...] = (
    call,
    attendance,
    report,
    asking,
    risk,
    safeguarding,
    suspect,
    prosecution,
    contact,
    case,
    holding,
    evidence,
    statement,
    live,
    history,
    second_call,
    telephone,
    alarm,
    transfer,
    coming,
)

KINDS: dict[str, type[Kind]] = {
    name: found
    for module in STAGES
    for name, found in vars(module).items()
    if isinstance(found, type) and issubclass(found, Kind) and found.__module__ == module.__name__
}

# msgspec works a type out when it is first read, and the process ends where two threads do so at once: it is done here.
for _kind in KINDS.values():
    msgspec.json.Decoder(_kind)
