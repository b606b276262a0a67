"""Why a file is not there: this machine or this language cannot have it, or making it would be wrong."""


class NotMade(Exception):
    """A format that cannot be had here. The reason is a sentence for whoever builds the files, and what to do."""


class MissingLetters(Exception):
    """Letters that no font on this machine can draw: a page with holes is not published."""

    def __init__(self, letters: list[str]) -> None:
        self.letters = letters
        super().__init__(
            f"No font here draws {', '.join(letters)}, so the file would have holes and was not written. "
            "Install a font with these letters (apt.txt lists the ones that pages need), or mend the text."
        )
