"""Everything that reading a bag can find, in one closed list.

- invalid: RFC 8493 (or the draft whose version the bag names) says that this is no valid bag, or a path leaves it.
- refused: others may take it for valid; Holdfast does not rely on it.
- warning: valid and taken, and told.
"""

from typing import NamedTuple

FOUND = {
    "no-declaration": ("invalid", "bagit.txt is missing"),
    "declaration": ("invalid", "bagit.txt is not the two lines that it has to be"),
    "version": ("invalid", "the version in bagit.txt is none that is known"),
    "encoding": ("invalid", "a tag file is not in the encoding that it says, or that encoding is not known"),
    "no-payload": ("invalid", "there is no folder data"),
    "no-manifest": ("invalid", "there is no list of hashes"),
    "line": ("invalid", "a line of a list cannot be read"),
    "algorithm": ("invalid", "a list is of an algorithm that is not known, or a hash has not its length"),
    "path-leaves": ("invalid", "a path leads out of the bag, or out of the part of it where it may be"),
    "percent": ("invalid", "a path has a percent sign that encodes nothing it may encode"),
    "listed-twice": ("invalid", "a file is listed twice in one list"),
    "listed-differently": ("invalid", "a file is listed with two different hashes"),
    "payload-missing": ("invalid", "a listed file of data is not there"),
    "payload-extra": ("invalid", "a file of data is not listed"),
    "tag-missing": ("invalid", "a listed file beside data is not there"),
    "hash": ("invalid", "a file is not what its hash says"),
    "oxum": ("invalid", "the files of data are not as many, or as long, as bag-info.txt says"),
    "not-a-file": ("invalid", "there is a link, a device or something else that is neither a file nor a folder"),
    "twice-in-archive": ("invalid", "the archive holds one name twice"),
    "not-one-folder": ("invalid", "the archive does not hold one folder and nothing else"),
    "too-large": ("invalid", "a list is longer, or there are more files, than is ever read"),
    "fetch": ("refused", "parts of it are to be fetched from elsewhere: nothing is ever fetched"),
    "weak-algorithm": ("refused", "a file is listed by MD5 or SHA-1 alone, and both can be forged"),
    "collides": ("refused", "two names differ only in case or in how a letter is written: one could replace the other"),
    "odd-name": ("refused", "a name holds signs that another system reads differently, or does not show"),
    "twice-alike": ("warning", "a file is listed twice with the same hash"),
    "dot-slash": ("warning", "a path begins with ./"),
    "asterisk": ("warning", "a path begins with the asterisk of md5sum"),
    "system-file": ("warning", "there is a file that an operating system left"),
    "tag-unlisted": ("warning", "a file beside data is in no list, so nothing says that it is unchanged"),
    "no-tag-manifest": ("warning", "the files beside data are in no list"),
    "info": ("warning", "a line of bag-info.txt cannot be read"),
}


class Found(NamedTuple):
    """One thing that was found: its name in FOUND, and the path or list it was found at."""

    what: str
    where: str = ""

    @property
    def grade(self) -> str:
        """invalid, refused or warning."""
        return FOUND[self.what][0]

    @property
    def words(self) -> str:
        """What it is, in a sentence's part."""
        return FOUND[self.what][1]
