"""A statement as it is made: started, drafted, read over with each correction, certified, signed, copied, withdrawn.

`attendance.py` and `prosecution.py` hold what duties start and end on (taken, read over, signed, declined, withdrawn,
impact statement made); the pages that write those write these beside them. Every save is an entry: what was typed is
sealed with the case's own key and is never lost, and nothing of it lies anywhere else. None is recorded by a form of
its fields.
"""

from typing import Annotated
from typing import ClassVar

from holdfast.record.field import Code
from holdfast.record.field import Count
from holdfast.record.field import Digest
from holdfast.record.field import Item
from holdfast.record.field import Language
from holdfast.record.field import Line
from holdfast.record.field import Name
from holdfast.record.field import Reference
from holdfast.record.field import When
from holdfast.record.field import Words
from holdfast.record.field import YesNo
from holdfast.record.field import ask
from holdfast.record.field import choice
from holdfast.record.kind import Kind
from holdfast.record.kind import Part
from holdfast.record.kinds.attendance import Party

Sort = choice("witness", "later", "withdrawal", "impact")
Reader = choice("officer", "maker", "interpreter", "somebody_else")
HowSigned = choice("drawn", "typed", "drawn_and_typed", "on_paper")


class StatementParagraph(Part):
    """One numbered paragraph: its number is its place."""

    words: Annotated[Words, ask("In their words and their language")] = ""
    translation: Annotated[Words, ask("Translation")] = ""


class StatementStarted(Kind):
    """A statement was started: whose it is, in which language, and who writes it down."""

    sort: Annotated[Sort, ask("What kind of statement?")]
    of: Annotated[Party, ask("Whose statement?")] = "survivor"
    name: Annotated[Name, ask("Name of whoever makes it")] = ""
    age: Annotated[Count | None, ask("Age, where it has to be stated")] = None
    reads: Annotated[YesNo, ask("Can they read it themselves?")] = "not_asked"
    language: Annotated[Language, ask("In which language?")]
    translated_into: Annotated[Language, ask("Translated into")] = ""
    written_by: Annotated[choice("officer", "maker", "interpreter"), ask("Who writes it down?")] = "officer"


class StatementDrafted(Kind):
    """A draft of a statement was saved. Nobody has signed it."""

    needs_about: ClassVar[bool] = True
    paragraphs: Annotated[tuple[StatementParagraph, ...], ask("Paragraphs")]


class LaterStatementTaken(Kind):
    """A further statement was taken from somebody who had made one before."""

    needs_about: ClassVar[bool] = True
    of: Annotated[Party, ask("Whose statement?")] = "survivor"
    form: Annotated[choice("written", "video", "notebook", "typed"), ask("In what form?")]
    language: Annotated[Language, ask("In which language?")] = ""


class StatementParagraphCorrected(Kind):
    """While the statement was read over, one paragraph of it was corrected."""

    needs_about: ClassVar[bool] = True
    paragraph: Annotated[Count, ask("Which paragraph?")]
    before: Annotated[Words, ask("What stood there")] = ""
    after: Annotated[Words, ask("What stands there now")] = ""
    translation_before: Annotated[Words, ask("What stood in the translation")] = ""
    translation_after: Annotated[Words, ask("What stands in the translation now")] = ""
    asked_by: Annotated[choice("maker", "interpreter", "officer"), ask("Who asked for it?")] = "not_asked"


class StatementTextReadOver(Kind):
    """The whole text was read over, and agreed as it stood then. A change after that needs another reading."""

    needs_about: ClassVar[bool] = True
    text_sha256: Annotated[Digest, ask("SHA-256 of the text")]
    paragraphs: Annotated[Count, ask("How many paragraphs")]
    read_by: Annotated[Reader, ask("Who read it?")] = "not_asked"
    reader: Annotated[Name, ask("Name of the reader, where somebody else read it")] = ""
    agreed: Annotated[YesNo, ask("Did they say that it is right?")] = "not_asked"


class InterpreterCertified(Kind):
    """The interpreter certified that they interpreted the statement truly."""

    needs_about: ClassVar[bool] = True
    text_sha256: Annotated[Digest, ask("SHA-256 of the text")]
    name: Annotated[Name, ask("Interpreter's name")]
    spoken: Annotated[Language, ask("Interpreted from")]
    into: Annotated[Language, ask("Interpreted into")]
    independent: Annotated[YesNo, ask("Independent of everybody in the case?")] = "not_asked"
    interpreted_truly: Annotated[YesNo, ask("Did they certify that they interpreted truly?")] = "not_asked"
    how: Annotated[choice("in_person", "telephone", "video"), ask("How?")] = "not_asked"


class StatementSignatureTaken(Kind):
    """A statement was signed: on this device, or on the force's own form."""

    needs_about: ClassVar[bool] = True
    how: Annotated[HowSigned, ask("How was it signed?")]
    text_sha256: Annotated[Digest, ask("SHA-256 of the text that was signed")]
    item: Annotated[Item | None, ask("The statement as a document, in the vault")] = None
    sha256: Annotated[Digest | None, ask("SHA-256 of the document")] = None
    signature: Annotated[Item | None, ask("The drawn signature, in the vault")] = None
    signature_sha256: Annotated[Digest | None, ask("SHA-256 of the drawn signature")] = None
    typed: Annotated[Name, ask("Name as they typed it")] = ""
    declaration: Annotated[Code, ask("Which declaration of the pack?")] = ""
    declared: Annotated[Words, ask("The declaration that they signed, word for word")] = ""
    reference: Annotated[Reference, ask("Reference of the force's form")] = ""


class StatementFilmed(Kind):
    """A statement was filmed."""

    needs_about: ClassVar[bool] = True
    item: Annotated[Item | None, ask("The film, in the vault")] = None
    reference: Annotated[Reference, ask("Reference")] = ""
    kept_where: Annotated[Line, ask("Where the film is, if it is not in the vault")] = ""
    began: Annotated[When | None, ask("When the film began")] = None
    interpreter: Annotated[YesNo, ask("Was there an interpreter?")] = "not_asked"


class WithdrawalExplained(Kind):
    """Before a statement of withdrawal, it was explained what it does and does not do."""

    needs_about: ClassVar[bool] = True
    not_theirs_to_drop: Annotated[YesNo, ask("Told that charges are not theirs to drop?")] = "not_asked"
    first_stays: Annotated[YesNo, ask("Told that the first statement stays?")] = "not_asked"
    alone: Annotated[YesNo, ask("Were they spoken to alone?")] = "not_asked"
    support_offered: Annotated[YesNo, ask("Was support offered?")] = "not_asked"


class ImpactStatementRead(Kind):
    """The court heard the impact statement, or had it to read. It is changed no more."""

    needs_about: ClassVar[bool] = True
    how: Annotated[choice("aloud_by_them", "aloud_by_somebody_else", "not_aloud"), ask("How?")] = "not_known"


class StatementCopyGiven(Kind):
    """Whoever made a statement was given a copy, or was not, with the reason."""

    needs_about: ClassVar[bool] = True
    answer: Annotated[choice("given", "not_wanted", "not_safe_now", "refused"), ask("Was a copy given?")]
    how: Annotated[choice("on_paper", "read_on_screen", "to_somebody_they_named"), ask("How?")] = "not_known"
    language: Annotated[Language, ask("In which language?")] = ""
    safe: Annotated[YesNo, ask("Did they say that it is safe to keep?")] = "not_asked"
    reason: Annotated[Words, ask("If not given, why?")] = ""
