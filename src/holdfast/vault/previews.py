"""Makes a preview and a thumbnail of a picture, in memory: pixels alone, upright, in the colours of screens.

Runs apart (apart.py). A picture's size is read and judged before a pixel is decoded; of one that moves, the beginning
alone is taken. What is made holds nothing but pixels: it is read again, part by part, and refused where it holds more.
"""

import contextlib
import io
import warnings
from typing import Any

from PIL import Image
from PIL import ImageCms
from PIL import ImageFile
from PIL import ImageOps

from holdfast.vault import exif
from holdfast.vault.apart import Answer
from holdfast.vault.apart import NotOpened
from holdfast.vault.credentials import credentials_of
from holdfast.vault.credentials import load_library
from holdfast.vault.picture_parts import is_pixels_alone

PREVIEW, THUMBNAIL = 1600, 240  # pixels of the longest side
MOST_PIXELS = 100_000_000  # of a picture that must be decoded whole
MOST_PIXELS_JPEG = 400_000_000  # a JPEG is decoded at an eighth of its size: the largest cameras of telephones have 200
MOST_SIDE = 65_535
_FORMATS = {
    "image/jpeg": ["JPEG", "MPO"], "image/png": ["PNG"], "image/gif": ["GIF"], "image/webp": ["WEBP"],
    "image/tiff": ["TIFF"], "image/bmp": ["BMP"], "image/avif": ["AVIF"],
}  # fmt: skip
_SRGB = ImageCms.createProfile("sRGB")


def make_ready() -> None:
    """Loads the readers of all kinds: later no file can be opened."""
    Image.init()
    warnings.simplefilter("ignore")
    Image.MAX_IMAGE_PIXELS = None  # judged below, before anything is decoded
    exif.make_ready()
    load_library()


def open_picture(content: bytes, media: str) -> Answer:
    """What a picture carries, its preview and its thumbnail; NotOpened. `media` is what it was recognised as."""
    picture = opened(content, media)
    said: dict[str, Any] = {"size": list(picture.size), "values": exif.values_of(picture)}
    said["credentials"] = credentials_of(content, media)
    frames = getattr(picture, "is_animated", False)
    whole, said["cut_off"] = _as_far_as_it_goes(content, media, picture)
    shown = _upright(whole)
    made = []
    for name, side in (("preview", PREVIEW), ("thumbnail", THUMBNAIL)):
        if max(shown.size) > side:
            shown.thumbnail((side, side), Image.Resampling.LANCZOS, reducing_gap=3.0)
        made.append(_as_jpeg(shown))
        said[name] = list(shown.size)
    said["moves"] = bool(frames)
    return Answer(said, tuple(made))


def opened(content: bytes, media: str) -> Image.Image:
    """A picture of which nothing is decoded yet; NotOpened where it is too large or none."""
    try:
        picture = Image.open(io.BytesIO(content), formats=_FORMATS[media])
    except (OSError, ValueError, SyntaxError) as fault:
        raise NotOpened("damaged", "It begins like a picture and is not built like one.") from fault
    width, height = picture.size
    most = MOST_PIXELS_JPEG if picture.format in ("JPEG", "MPO") else MOST_PIXELS
    if width * height > most or max(width, height) > MOST_SIDE:
        raise NotOpened("too_large_to_open", f"The picture says that it has {width:,} x {height:,} pixels.")
    return picture


def _as_far_as_it_goes(content: bytes, media: str, picture: Image.Image) -> tuple[Image.Image, bool]:
    """The decoded picture, and whether it breaks off: then what is there of it. NotOpened where nothing is."""
    try:
        return _decoded(picture, media), False
    except NotOpened:
        ImageFile.LOAD_TRUNCATED_IMAGES = True  # in this process alone, which ends with this picture
        try:
            again = _decoded(opened(content, media), media)
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES = False
    if max(high for _, high in _bands(again)) == min(low for low, _ in _bands(again)):
        raise NotOpened("damaged", "The picture breaks off before anything of it can be seen: there is no preview.")
    return again, True


def _bands(picture: Image.Image) -> list[tuple[float, float]]:
    """The lowest and highest value of each of its colours."""
    found: Any = picture.convert("RGB").getextrema()
    return [(float(low), float(high)) for low, high in found]


def _decoded(picture: Image.Image, media: str) -> Image.Image:
    if media == "image/jpeg":
        picture.draft("RGB", (PREVIEW, PREVIEW))
    try:
        picture.load()
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, KeyError, TypeError) as fault:
        words = "The picture breaks off, or its pixels cannot be read: there is no preview of it."
        raise NotOpened("damaged", words) from fault
    return picture


def _upright(picture: Image.Image) -> Image.Image:
    """As it is looked at: turned by its own word, on white where it is clear, in sRGB. Nothing else is copied over."""
    profile = picture.info.get("icc_profile")
    picture = set_upright(picture)
    if picture.mode in ("I", "I;16", "I;16B", "I;16L", "F"):
        wide = picture.convert("F")
        highest = max(float(max(wide.getextrema())), 1.0)  # type: ignore[arg-type]
        scale = 1.0 if highest <= 255 else 255 / max(highest, 65_535 if picture.mode != "F" else highest)
        picture = wide.point(lambda value: value * scale).convert("L")
    if picture.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in picture.info:
        clear = picture.convert("RGBA")
        picture = Image.new("RGB", clear.size, "white")
        picture.paste(clear, mask=clear.getchannel("A"))
    if profile and picture.mode in ("RGB", "CMYK", "L"):
        with contextlib.suppress(ImageCms.PyCMSError, OSError, ValueError, TypeError):
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            turned = ImageCms.profileToProfile(picture, source, _SRGB, outputMode="RGB")
            picture = turned if turned is not None else picture
    return picture if picture.mode in ("RGB", "L") else picture.convert("RGB")


def set_upright(picture: Image.Image) -> Image.Image:
    """Turned as its own word says; as it lies where that word makes no sense."""
    with contextlib.suppress(Exception):
        ImageOps.exif_transpose(picture, in_place=True)
    return picture


def _as_jpeg(picture: Image.Image) -> bytes:
    """A JPEG of pixels alone: they are copied into a fresh picture, which knows nothing of where they came from."""
    fresh = Image.frombytes(picture.mode, picture.size, picture.tobytes())
    out = io.BytesIO()
    fresh.save(out, "JPEG", quality=85, optimize=False)
    made = out.getvalue()
    if not is_pixels_alone(made):
        raise ValueError("a preview must be pixels alone")
    return made
