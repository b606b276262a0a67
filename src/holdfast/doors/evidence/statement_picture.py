"""A drawn signature as it comes from a page: a PNG, or the reason why it is none.

It is opened in memory alone, is bounded before it is opened, and is kept as it came: it is evidence.
"""

import base64
import binascii
import io
import warnings

from PIL import Image

MOST_BYTES = 200_000
MOST_WIDTH, MOST_HEIGHT = 2_000, 1_000
_BEFORE = "data:image/png;base64,"
_PNG = b"\x89PNG\r\n\x1a\n"

_NOT_ONE = "The drawn signature did not arrive as a picture. Draw it again, or type the name instead."
_TOO_LARGE = "The drawn signature is too large a picture. Clear it and draw it again, or type the name instead."
_EMPTY = "Nothing was drawn. Draw the signature, or type the name instead."


class NoSignature(ValueError):
    """What came is no signature. The person before the device can put it right."""


def signature_picture(sent: str) -> bytes:
    """The PNG of a drawn signature, '' giving none; NoSignature where it is no picture, too large, or has no stroke."""
    if not sent.strip():
        return b""
    if len(sent) > len(_BEFORE) + MOST_BYTES * 4 // 3 + 4:
        raise NoSignature(_TOO_LARGE)
    if not sent.startswith(_BEFORE):
        raise NoSignature(_NOT_ONE)
    try:
        content = base64.b64decode(sent[len(_BEFORE) :], validate=True)
    except (binascii.Error, ValueError):
        raise NoSignature(_NOT_ONE) from None
    if len(content) > MOST_BYTES:
        raise NoSignature(_TOO_LARGE)
    if not content.startswith(_PNG):
        raise NoSignature(_NOT_ONE)
    _look(content)
    return content


def _look(content: bytes) -> None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=["PNG"]) as picture:
                if picture.width > MOST_WIDTH or picture.height > MOST_HEIGHT:
                    raise NoSignature(_TOO_LARGE)
                if getattr(picture, "n_frames", 1) != 1:
                    raise NoSignature(_NOT_ONE)
                colours = picture.convert("RGBA").getcolors(2)
    except NoSignature:
        raise
    except Exception:  # noqa: BLE001 whatever a hostile picture breaks, it is no signature
        raise NoSignature(_NOT_ONE) from None
    if colours is not None and len(colours) < 2:
        raise NoSignature(_EMPTY)
