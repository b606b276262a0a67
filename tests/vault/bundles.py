"""Evidence for tests of bundles: pictures, PDF files and texts that carry what must not leave."""

import io
import zlib

from PIL import ExifTags
from PIL import Image
from PIL.PngImagePlugin import PngInfo

HOME = "14 Mill Road, Leeds, LS6 2AB"
SCHOOL = "St Anne's Primary School"
REFUGE = "Rosewood House"
NUMBER = "+44 7700 900118"
POINT = (53.8197, -1.5677)


def jpeg(*, point: tuple[float, float] | None = None, serial: str = "", words: str = "", size: int = 48) -> bytes:
    """A picture with a position, a camera's serial number and words beside it."""
    exif = Image.Exif()
    if words:
        exif[ExifTags.Base.ImageDescription] = words
    if serial:
        exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.BodySerialNumber] = serial
    if point:
        table = exif.get_ifd(ExifTags.IFD.GPSInfo)
        table[1], table[2] = "N" if point[0] >= 0 else "S", _parts(point[0])
        table[3], table[4] = "E" if point[1] >= 0 else "W", _parts(point[1])
    out = io.BytesIO()
    Image.radial_gradient("L").resize((size, size)).convert("RGB").save(out, "JPEG", exif=exif.tobytes())
    return out.getvalue()


def png(words: str = "") -> bytes:
    """A picture with words beside it, packed as PNG packs them."""
    info = PngInfo()
    if words:
        info.add_text("Comment", words, zip=True)
    out = io.BytesIO()
    Image.new("RGB", (40, 40), (90, 20, 20)).save(out, "PNG", pnginfo=info)
    return out.getvalue()


def pdf(*lines: str, title: str = "") -> bytes:
    """A document of one page, its words packed as most programs pack them."""
    shown = " ".join(f"({line}) Tj 0 -20 Td" for line in lines)
    content = zlib.compress(f"BT /F1 12 Tf 72 720 Td {shown} ET".encode())
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources 7 0 R >>",
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Title (%s) >>" % title.encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Font << /F1 6 0 R >> >>",
    ]
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, each in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size %d /Root 1 0 R /Info 5 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


def _parts(degrees: float) -> tuple[float, float, float]:
    whole = abs(degrees)
    minutes = whole % 1 * 60
    return float(int(whole)), float(int(minutes)), round(minutes % 1 * 60, 3)
