"""Previews: pixels alone, upright, in the right colours; what is too large or hostile ends in its own process."""

import io
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from PIL import Image
from PIL import ImageChops
from PIL import ImageCms
from tests.vault import samples
from tests.vault.whole_items import item_with

from holdfast.vault import apart
from holdfast.vault import apart_inside
from holdfast.vault import credentials
from holdfast.vault.apart import NotOpened
from holdfast.vault.apart import ask
from holdfast.vault.credentials import credentials_of
from holdfast.vault.credentials import judged
from holdfast.vault.looking_in import look_in_with
from holdfast.vault.metadata import metadata_of
from holdfast.vault.picture_parts import is_pixels_alone
from holdfast.vault.picture_parts import jpeg_parts


def previewed(content: bytes, media: str) -> tuple[Image.Image, Image.Image]:
    preview, thumbnail = ask("picture", content, media=media).contents
    for made in (preview, thumbnail):
        assert is_pixels_alone(made)
        again = Image.open(io.BytesIO(made))
        assert dict(again.getexif()) == {}
        assert set(again.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "dpi"}
        assert b"CANARY" not in made
    return Image.open(io.BytesIO(preview)), Image.open(io.BytesIO(thumbnail))


@pytest.mark.parametrize("made", [samples.jpeg, samples.png, samples.gif, samples.webp, samples.tiff])
def test_a_preview_is_pixels_alone(made: object) -> None:
    content = made()  # type: ignore[operator]
    assert b"CANARY" in content
    previewed(content, {"jpeg": "image/jpeg"}.get(made.__name__, f"image/{made.__name__}"))  # type: ignore[attr-defined]


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_preview_is_upright(orientation: int) -> None:
    from PIL import ImageOps

    content = samples.jpeg((400, 200), orientation)
    shown, _ = previewed(content, "image/jpeg")
    expected = ImageOps.exif_transpose(Image.open(io.BytesIO(content)))
    assert shown.size == expected.size
    for corner in ((20, 20), (shown.width - 20, 20), (20, shown.height - 20)):
        near = zip(shown.getpixel(corner), expected.getpixel(corner), strict=True)  # type: ignore[arg-type]
        assert all(abs(one - other) < 12 for one, other in near)


def test_the_longest_side_is_bounded_and_a_small_picture_stays_small() -> None:
    large, small = previewed(samples.saved(samples.picture((5000, 1000)), "JPEG"), "image/jpeg")
    assert (large.size, small.size) == ((1600, 320), (240, 48))
    large, small = previewed(samples.saved(samples.picture((64, 48)), "PNG"), "image/png")
    assert large.size == small.size == (64, 48)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "PA", "RGB", "RGBA", "CMYK", "I", "I;16", "F"])
def test_every_way_of_keeping_pixels_is_shown(mode: str) -> None:
    form = {"CMYK": "TIFF", "F": "TIFF", "I": "TIFF"}.get(mode, "PNG")
    drawn = samples.picture().convert("L") if mode in ("I", "I;16", "F") else samples.picture()
    if mode == "PA":
        pytest.skip("no file keeps pixels so")
    content = samples.saved(drawn.convert(mode), form)
    shown, _ = previewed(content, f"image/{form.lower()}")
    extremes = shown.convert("L").getextrema()
    assert extremes[1] > 100  # type: ignore[operator]
    assert extremes[0] < 100  # type: ignore[operator]


def test_a_picture_of_sixteen_bits_is_neither_black_nor_white() -> None:
    drawn = Image.frombytes("I;16", (2, 1), b"\0\0\xff\xff").resize((40, 20), Image.Resampling.NEAREST)
    shown, _ = previewed(samples.saved(drawn, "PNG"), "image/png")
    assert shown.convert("L").getextrema() == (0, 255)


def test_what_is_clear_is_shown_on_white() -> None:
    shown, _ = previewed(samples.saved(Image.new("RGBA", (50, 50), (0, 0, 0, 0)), "PNG"), "image/png")
    assert shown.getpixel((25, 25)) == (255, 255, 255)


def test_colours_of_a_wide_profile_are_turned_to_those_of_screens() -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    shown, _ = previewed(samples.saved(samples.picture(), "JPEG", icc_profile=lab, quality=95), "image/jpeg")
    red = shown.getpixel((8, 8))
    assert isinstance(red, tuple)
    assert red[0] > 240
    assert max(red[1:]) < 20
    previewed(samples.saved(samples.picture(), "JPEG", icc_profile=b"\0" * 300), "image/jpeg")  # forged: not used


def test_words_after_the_end_or_a_block_of_words_are_not_pixels_alone() -> None:
    plain = samples.saved(samples.picture(), "JPEG")
    assert is_pixels_alone(plain)
    assert not is_pixels_alone(plain + b"x")
    assert not is_pixels_alone(plain[:2] + b"\xff\xfe\0\4ab" + plain[2:])
    assert not is_pixels_alone(samples.jpeg())
    assert not is_pixels_alone(plain[:-2])


@pytest.mark.parametrize("side", [(100_000, 100_000), (100_000, 1), (20_000, 20_000)])
def test_a_picture_that_says_it_is_endless_is_not_decoded(side: tuple[int, int]) -> None:
    started = time.monotonic()
    with pytest.raises(NotOpened) as refused:
        ask("picture", samples.wide_png(*side), media="image/png")
    assert refused.value.why == "too_large_to_open"
    assert time.monotonic() - started < 10


def test_of_one_that_moves_for_thousands_of_frames_only_the_beginning_is_decoded() -> None:
    frames = [Image.new("L", (100, 100), number % 250) for number in range(1500)]
    content = samples.saved(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=20)
    answer = ask("picture", content, media="image/gif")
    assert answer.said["moves"] is True


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_of_one_that_breaks_off_what_is_there_is_shown(kind: str) -> None:
    whole = samples.saved(samples.picture((600, 400)), kind)
    assert ask("picture", whole, media=f"image/{kind.lower()}").said["cut_off"] is False
    answer = ask("picture", whole[: len(whole) // 2], media=f"image/{kind.lower()}")
    assert answer.said["cut_off"] is True
    shown = Image.open(io.BytesIO(answer.contents[0])).convert("RGB")
    assert shown.size == (600, 400)
    full = Image.open(io.BytesIO(ask("picture", whole, media=f"image/{kind.lower()}").contents[0])).convert("RGB")
    top = (0, 0, 600, 100)
    differ = ImageChops.difference(shown.crop(top), full.crop(top)).getextrema()
    assert max(high for _, high in differ) < 24, "the part that came is as it was"


def test_one_of_which_nothing_can_be_seen_is_damaged() -> None:
    whole = samples.saved(samples.picture((600, 400)), "PNG")
    with pytest.raises(NotOpened) as refused:
        ask("picture", whole[:60], media="image/png")
    assert refused.value.why == "damaged"


INSIDE = """
import sys
from holdfast.vault.apart_inside import give_up_everything
give_up_everything()
{}
"""


@pytest.mark.parametrize(
    "does",
    [
        "open('/etc/hostname')",
        "open('/tmp/hf-planted', 'w')",
        "socket.socket()",
        "bytearray(4 << 30)",
        "subprocess.run(['/bin/true'], stdout=-1)",
    ],
)
def test_the_process_that_opens_has_no_file_no_connection_and_bounded_memory(does: str) -> None:
    code = INSIDE.format(does).replace("import sys", "import sys, socket, subprocess, os", 1)
    done = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, check=False)
    assert done.returncode != 0
    assert not Path("/tmp/hf-planted").exists()  # noqa: S108 where the other process would have put it


def test_nothing_of_our_settings_goes_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOLDFAST_DATA", "/planted")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "planted")
    assert not [name for name in apart._ENVIRONMENT if name.startswith(("HOLDFAST", "AWS", "PYTHONPATH"))]
    seen: list[dict[str, object]] = []
    real = subprocess.Popen

    def opened(*command: object, **more: object) -> object:
        seen.append(more)
        return real(*command, **more)  # type: ignore[call-overload]

    monkeypatch.setattr(apart.subprocess, "Popen", opened)
    ask("picture", samples.png(), media="image/png")
    assert seen[0]["env"] == apart._ENVIRONMENT


def children() -> set[str]:
    """The processes that this one began, browsers and servers of other tests among them."""
    return {each for tasks in Path("/proc/self/task").glob("*/children") for each in tasks.read_text().split()}


def test_one_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "SECONDS", 0.05)
    before = children()
    with pytest.raises(NotOpened) as refused:
        ask("picture", samples.jpeg((6000, 4000)), media="image/jpeg")
    assert refused.value.why == "too_large_to_open"
    assert children() == before, "nothing is left behind"


def test_one_that_is_killed_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    real = subprocess.Popen.communicate

    def killed(process: subprocess.Popen[bytes], *said: object, **more: object) -> object:
        process.send_signal(signal.SIGKILL)
        return real(process, *said, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(subprocess.Popen, "communicate", killed)
    with pytest.raises(NotOpened):
        ask("picture", samples.png(), media="image/png")


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"\0" * 7,
        b"\0" * 8,
        b"\0\0\0\0\0\0\0\5words",
        b"\xff" * 16,
        b"\0\0\0\0\0\0\0\2[]",
        b"\0\0\0\0\0\0\0\2{}" * 20,
    ],
)
def test_an_answer_that_makes_no_sense_is_not_relied_on(answer: bytes) -> None:
    with pytest.raises(NotOpened):
        apart._read(answer)


def test_a_process_that_was_taken_over_cannot_show_what_is_no_picture(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from holdfast.vault import looking_in

    said = {"size": [1, 1], "preview": [1, 1], "thumbnail": [1, 1], "values": []}
    for contents in ((b"<html>", b"<html>"), (samples.jpeg(), samples.jpeg()), ()):
        monkeypatch.setattr(looking_in, "ask", lambda *_, _c=contents, **__: apart.Answer(said, _c))
        found = look_in_with(item_with(tmp_path, samples.png()), "", None)
        assert [why for why, _ in found.held] == ["damaged"]
        assert found.previews == ()


_NAMES = (
    "DateTimeOriginal", "OffsetTimeOriginal", "GPSLatitude", "GPSLatitudeRef", "GPSLongitude", "GPSDateStamp",
    "GPSTimeStamp", "GPSAltitude", "Date", "Make", "creationdate", "x",
)  # fmt: skip
_TEXTS = st.text(max_size=60) | st.from_regex(r"[0-9:+\-T Z./,]{0,30}", fullmatch=True)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.sampled_from([*_NAMES, "GPS position"]), _TEXTS), max_size=12))
def test_no_value_is_an_error_and_none_is_longer_than_the_record_takes(values: list[tuple[str, str]]) -> None:
    found = metadata_of(values)
    assert len(found.made_with) <= 300
    assert len(found.found) < 1_000_000
    assert found.made is None or found.made.tzinfo is not None


def test_a_time_without_a_zone_is_no_moment_and_is_kept_among_the_values() -> None:
    found = metadata_of([("DateTimeOriginal", "2026:11:20 21:03:00")])
    assert found.made is None
    assert "21:03:00" in found.found
    assert metadata_of([("DateTimeOriginal", "2026:11:20 21:03:00"), ("OffsetTimeOriginal", "+00:00")]).made is not None
    assert metadata_of([("GPSLatitude", "91, 0, 0"), ("GPSLongitude", "0, 0, 0")]).place == ""


def test_without_the_library_credentials_were_not_looked_at(tmp_path: Path) -> None:
    block = b"\xff\xeb\0\x20JP\0\0\0\0\0\0\0\x18jumb....c2pa........"
    content = samples.saved(samples.picture(), "JPEG")
    found = look_in_with(item_with(tmp_path, content[:2] + block.ljust(34, b".") + content[2:]), "", None)
    assert found.metadata.credentials == "not_looked_at"
    assert "nobody here verified" in found.metadata.told
    assert credentials_of(content, "image/jpeg") == "not_looked_at"


@pytest.mark.parametrize(
    ("state", "actions", "ingredients", "expected"),
    [
        ("Valid", ["c2pa.created"], [], "signed"),
        ("Trusted", [], [], "signed"),
        ("Trusted", ["c2pa.created", "c2pa.cropped"], [], "edited_since"),
        ("Valid", [], [{}], "edited_since"),
        ("Invalid", ["c2pa.created"], [], "not_looked_at"),
        (None, [], [], "not_looked_at"),
    ],
)
def test_what_the_library_verified_is_told_as_it_is(
    monkeypatch: pytest.MonkeyPatch, state: str | None, actions: list[str], ingredients: list[object], expected: str
) -> None:
    import json
    import types

    done = {"label": "c2pa.actions.v2", "data": {"actions": [{"action": action} for action in actions]}}
    manifest = {"ingredients": ingredients, "assertions": [done]}
    told = {"validation_state": state, "active_manifest": "m", "manifests": {"m": manifest}}
    assert judged(told) == expected

    class Reader:
        def __init__(self, media: str, content: object):
            assert media == "image/jpeg"

        def json(self) -> str:
            return json.dumps(told)

    library = types.SimpleNamespace(Reader=Reader, load_settings=lambda _settings: None)
    monkeypatch.setattr(credentials, "find_spec", lambda _name: object())
    monkeypatch.setattr(credentials, "import_module", lambda _name: library)
    assert credentials_of(b"", "image/jpeg") == expected


def test_what_is_loaded_before_files_are_given_up_is_there() -> None:
    assert {*apart_inside.TASKS} >= {"picture", "pdf", "office", "mail", "drawing", "lint", "thread", "strip", "exif"}
    assert next(part.name for part in jpeg_parts(samples.jpeg())) == "SOI"
