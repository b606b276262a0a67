"""Evidence: what was taken into the vault, and everything that was done with it since.

Every taking, looking, copying, moving, deriving and disclosing is one of these entries: who (the entry's own role and
staff), when, and for what. An item is named by its number in the vault. Its bytes are never changed: what is made from
it is an item of its own that names the first. None of these is recorded by a form of its fields: the page that does the
thing writes it.
"""

from typing import Annotated
from typing import ClassVar

from holdfast.record.field import Code
from holdfast.record.field import Count
from holdfast.record.field import Day
from holdfast.record.field import Digest
from holdfast.record.field import Document
from holdfast.record.field import Item
from holdfast.record.field import Line
from holdfast.record.field import Name
from holdfast.record.field import Place
from holdfast.record.field import Reference
from holdfast.record.field import Size
from holdfast.record.field import Staff
from holdfast.record.field import When
from holdfast.record.field import Words
from holdfast.record.field import YesNo
from holdfast.record.field import ask
from holdfast.record.field import choice
from holdfast.record.kind import Kind

What = choice(
    "injury_photograph", "scene_photograph", "photograph", "screenshot", "messages", "voice_recording", "call_recording",
    "body_worn_video", "video", "live_picture", "document", "medical_record", "statement", "statement_video", "diary_note",
    "signature", "other",
)  # fmt: skip
PoliceMayHave = choice("now", "later", "no")
From = choice(
    "survivor", "officer", "witness", "relative_or_friend", "hospital", "school", "landlord", "adviser",
    "telephone_company", "online_service", "control_room", "holdfast", "other",
)  # fmt: skip
Made = choice("preview", "thumbnail", "without_metadata", "redaction", "transcode", "text", "translation", "part")
Scanned = choice("nothing_found", "found", "no_scanner", "too_large", "not_answered")  # nothing found is never safe
Why = choice("active_content", "disguised", "malware_found", "not_scanned", "archive", "too_large_to_open", "damaged")


class ItemTaken(Kind):
    """Something was taken into the vault, whole, and its hash noted."""

    item: Annotated[Item, ask("Number in the vault")]
    what: Annotated[What, ask("What is it?")]
    size: Annotated[Size, ask("Bytes")]
    sha256: Annotated[Digest, ask("SHA-256")]
    media: Annotated[Line, ask("What it is by its content")] = ""  # a media type; '' where it was not recognised
    named: Annotated[Line, ask("Name it came under")] = ""
    source: Annotated[From, ask("From whom?")] = "not_asked"
    source_name: Annotated[Name, ask("Their name")] = ""
    words: Annotated[Words, ask("What it shows, in the giver's words")] = ""
    happened: Annotated[When | None, ask("When what it shows happened")] = None
    made: Annotated[When | None, ask("When it was made")] = None
    police_may_have: Annotated[PoliceMayHave, ask("May police have it?")] = "not_asked"
    exhibit: Annotated[Reference, ask("Exhibit number")] = ""
    purpose: Annotated[Words, ask("Why it was taken in")] = ""
    bag: Annotated[Reference, ask("Bag or seal number")] = ""
    light: Annotated[Line, ask("In what light")] = ""
    scale: Annotated[YesNo, ask("Is a scale in the picture?")] = "not_asked"
    present: Annotated[Line, ask("Who was there")] = ""
    body: Annotated[tuple[Code, ...], ask("Where on the body")] = ()
    consent: Annotated[Count | None, ask("Entry of the consent that it rests on")] = None


class ItemMetadataRead(Kind):
    """What an item carries beside its content was read: when, where and with what it was made."""

    item: Annotated[Item, ask("Number in the vault")]
    media: Annotated[Line, ask("What it is by its content")] = ""  # a media type; '' where it was not recognised
    made: Annotated[When | None, ask("Made on, as it says itself")] = None
    made_with: Annotated[Line, ask("Made with")] = ""
    place: Annotated[Words, ask("Position")] = ""
    credentials: Annotated[choice("signed", "edited_since", "none", "not_looked_at"), ask("Content credentials")] = (
        "not_looked_at"
    )
    found: Annotated[Document, ask("All of it")] = ""  # JSON
    scanned: Annotated[Scanned, ask("Looked for malware")] = "not_asked"
    scanned_by: Annotated[Line, ask("By what")] = ""
    told: Annotated[Words, ask("What a reader should know")] = ""


class ItemHeld(Kind):
    """An item is kept but shown to nobody as it is, because of what it may do or be."""

    item: Annotated[Item, ask("Number in the vault")]
    why: Annotated[Why, ask("Why?")]
    found: Annotated[Line, ask("What was found")] = ""


class ItemHoldLifted(Kind):
    """Somebody looked at why an item was held and let it be shown."""

    item: Annotated[Item, ask("Number in the vault")]
    reason: Annotated[Words, ask("Why may it be shown?")]
    second_person: Annotated[Staff, ask("Who agreed?")]


class ItemLookedAt(Kind):
    """Somebody looked at an item, or at what was made from it."""

    item: Annotated[Item, ask("Number in the vault")]
    purpose: Annotated[Words, ask("For what?")]


class ItemCopied(Kind):
    """Somebody took an item out as a file."""

    item: Annotated[Item, ask("Number in the vault")]
    purpose: Annotated[Words, ask("For what?")]
    to: Annotated[Line, ask("To where or whom")] = ""


class ItemMoved(Kind):
    """What an item is kept on, or the thing itself, was moved."""

    item: Annotated[Item, ask("Number in the vault")]
    from_where: Annotated[Line, ask("From where")] = ""
    to_where: Annotated[Line, ask("To where")] = ""
    bag: Annotated[Reference, ask("Bag or seal number")] = ""
    purpose: Annotated[Words, ask("For what?")] = ""


class ItemDerived(Kind):
    """Something was made from an item, which itself stays as it was."""

    item: Annotated[Item, ask("Number of what was made")]
    of: Annotated[Item, ask("Number of what it was made from")]
    how: Annotated[Made, ask("What was made")]
    size: Annotated[Size, ask("Bytes")]
    sha256: Annotated[Digest, ask("SHA-256")]
    media: Annotated[Line, ask("What it is by its content")] = ""
    metadata_left_out: Annotated[YesNo, ask("Was everything beside the content left out?")] = "not_known"
    words: Annotated[Words, ask("What was changed, and why")] = ""


class ItemDescribed(Kind):
    """More was said of an item: when, what it shows, which exhibit, where on the body."""

    item: Annotated[Item, ask("Number in the vault")]
    words: Annotated[Words, ask("What it shows")] = ""
    happened: Annotated[When | None, ask("When what it shows happened")] = None
    made: Annotated[When | None, ask("When it was made")] = None
    exhibit: Annotated[Reference, ask("Exhibit number")] = ""
    bag: Annotated[Reference, ask("Bag or seal number")] = ""
    light: Annotated[Line, ask("In what light")] = ""
    body: Annotated[tuple[Code, ...], ask("Where on the body")] = ()


class ExhibitTaken(Kind):
    """A thing was taken as an exhibit: it has no bytes, and its moves are told as those of an item are."""

    item: Annotated[Item, ask("Number of the thing")]
    exhibit: Annotated[Reference, ask("Exhibit number")]
    bag: Annotated[Reference, ask("Bag or seal number")] = ""
    words: Annotated[Words, ask("What it is")]
    found: Annotated[Place, ask("Where it was found")] = ""
    source: Annotated[From, ask("From whom?")] = "not_asked"
    present: Annotated[Line, ask("Who was there")] = ""
    kept_at: Annotated[Line, ask("Where it is kept")] = ""


class PoliceUseChosen(Kind):
    """The survivor said whether police may have something they gave: now, later, or not."""

    item: Annotated[Item, ask("Number in the vault")]
    may: Annotated[PoliceMayHave, ask("May police have it?")]


class ItemHandedToPolice(Kind):
    """Police took over something that the survivor let them have: from then on it is evidence."""

    item: Annotated[Item, ask("Number in the vault")]


class ItemTimeStamped(Kind):
    """A time-stamping authority confirmed that an item was there at a time (RFC 3161)."""

    item: Annotated[Item, ask("Number in the vault")]
    authority: Annotated[Line, ask("Which authority?")]
    at: Annotated[When, ask("The time it gave")]
    token: Annotated[Document, ask("Its answer, with the token")]  # TimeStampResp, DER, as base64


class ReceiptGiven(Kind):
    """Whoever gave something was given a receipt that proves later what was given and when."""

    item: Annotated[Item, ask("Number in the vault")]
    receipt: Annotated[Document, ask("The receipt")]


Side = choice("prosecution", "defence", "court", "survivor", "partner", "other")


class BundleDrafted(Kind):
    """Somebody chose what is to be handed out, in which form, to whom, and what is held back."""

    bundle: Annotated[Item, ask("Number of the bundle")]
    to: Annotated[Line, ask("For whom")]
    to_whose_side: Annotated[Side, ask("Which side?")]
    purpose: Annotated[Words, ask("For what?")]
    form: Annotated[choice("zip", "tar"), ask("As what?")] = "zip"
    sealed_to: Annotated[Words, ask("Sealed to which keys")] = ""  # public keys, one a line
    chosen: Annotated[Document, ask("What goes, how, and what is held back")] = ""  # JSON: see vault/bundle_chosen.py


class BundleDropped(Kind):
    """What was chosen for a bundle is not made: nothing of it left."""

    bundle: Annotated[Item, ask("Number of the bundle")]
    reason: Annotated[Words, ask("Why?")] = ""


class BundleMade(Kind):
    """Items were put together to be handed out, and looked through for what must not leave.

    More than 500 items are told by several of these, one after another, with the same number.
    """

    bundle: Annotated[Item, ask("Number of the bundle")]
    items: Annotated[tuple[Item, ...], ask("Items")]
    to: Annotated[Line, ask("For whom")]
    to_whose_side: Annotated[Side, ask("Which side?")]
    purpose: Annotated[Words, ask("For what?")]
    sealed_to: Annotated[Words, ask("Sealed to which keys")] = ""
    lint_found: Annotated[Words, ask("What the look-through found")] = ""
    confirmed_by: Annotated[Staff, ask("Who read it and confirmed?")] = ""
    manifest_sha256: Annotated[Digest | None, ask("SHA-256 of its list")] = None
    form: Annotated[choice("zip", "tar"), ask("As what?")] = "not_known"
    kept_as: Annotated[Item | None, ask("Number in the vault")] = None
    size: Annotated[Size | None, ask("Bytes, as it leaves")] = None
    sha256: Annotated[Digest | None, ask("SHA-256, as it leaves")] = None


class ItemDisclosed(Kind):
    """A bundle was handed out: each of its items went to somebody."""

    bundle: Annotated[Item, ask("Number of the bundle")]
    items: Annotated[tuple[Item, ...], ask("Items")]
    to: Annotated[Line, ask("To whom")]
    purpose: Annotated[Words, ask("For what?")]


class MedicalConsentGiven(Kind):
    """The survivor agreed that medical records are had and used: which, what for, and until when."""

    what: Annotated[Words, ask("Which records", hint="From which visit or time; never 'all of them' unasked.")]
    from_whom: Annotated[Line, ask("From whom")] = ""
    purpose: Annotated[Words, ask("What for")]
    until: Annotated[Day | None, ask("Until", hint="Empty: until it is withdrawn.")] = None
    how: Annotated[choice("in_writing", "spoken", "on_video"), ask("How was it given?")] = "not_known"
    told_may_withdraw: Annotated[YesNo, ask("Were they told that they may take it back?")] = "not_known"


class MedicalConsentWithdrawn(Kind):
    """The survivor took back their consent to medical records: what rests on it is not used further."""

    needs_about: ClassVar[bool] = True
    reason: Annotated[Words, ask("Their reason, if they gave one")] = ""
