"""What is built lies complete under neutral names, is made once, and says of itself what is not there and why."""

import hashlib
import re
import resource
from concurrent.futures import ThreadPoolExecutor

import msgspec
import pytest
from tests.handbook.conftest import DAY

from holdfast.handbook import louis
from holdfast.handbook.build import build
from holdfast.handbook.formats import FORMATS
from holdfast.handbook.shelf import put
from holdfast.handbook.shelf import read_index
from holdfast.handbook.shelf import shelf_for

QUICK = ["text", "epub", "bundle"]


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_each_page_and_the_whole_are_there_under_names_that_say_nothing(book, tmp_path):
    index = build(book("en-GB"), QUICK, tmp_path)
    assert names(tmp_path) == [
        "index.json", "information-1.epub", "information-1.txt", "information-2.epub", "information-2.txt",
        "information.epub", "information.txt", "information.zip",
    ]  # fmt: skip
    for made in index.files:
        content = (tmp_path / made.file).read_bytes()
        assert (made.bytes, made.sha256, made.day) == (len(content), hashlib.sha256(content).hexdigest(), DAY)
    assert read_index(tmp_path) == index
    assert [made.chapter for made in index.of(2)] == ["other", "other"]


def test_every_format_has_a_name_that_says_nothing():
    ways = r"\.pdf|\.epub|\.txt|\.brf|\.opus|\.zip|-large-print\.pdf|-easy-read\.pdf|-card\.(pdf|html)"
    assert [each.id for each in FORMATS.values() if not re.fullmatch(ways, each.ending)] == []


def test_what_is_there_is_not_made_again_and_what_changed_is(book, tmp_path):
    first = book("en-GB")
    build(first, QUICK, tmp_path)
    times = {name: (tmp_path / name).stat().st_mtime_ns for name in names(tmp_path)}
    build(first, QUICK, tmp_path)
    assert [name for name, at in times.items() if (tmp_path / name).stat().st_mtime_ns != at] == ["index.json"]
    page = msgspec.structs.replace(first.chapters[1], html="<p>Something else.</p>")
    build(msgspec.structs.replace(first, chapters=(first.chapters[0], page)), QUICK, tmp_path)
    changed = {name for name, at in times.items() if (tmp_path / name).stat().st_mtime_ns != at}
    assert {"information.txt", "information-2.txt"} <= changed
    assert "information-1.txt" not in changed


def test_a_file_that_was_damaged_or_taken_away_is_made_again(book, tmp_path):
    build(book("en-GB"), QUICK, tmp_path)
    (tmp_path / "information.txt").write_bytes(b"")
    (tmp_path / "information.epub").unlink()
    build(book("en-GB"), QUICK, tmp_path)
    assert (tmp_path / "information.txt").stat().st_size
    assert (tmp_path / "information.epub").exists()


def test_a_page_that_was_withdrawn_is_no_longer_there_in_any_format(book, tmp_path):
    build(book("en-GB"), QUICK, tmp_path)
    fewer = msgspec.structs.replace(book("en-GB"), chapters=book("en-GB").chapters[:1])
    index = build(fewer, ["text"], tmp_path)
    assert not [name for name in names(tmp_path) if "-2" in name]
    assert not [made for made in index.files if made.page == 2]
    assert "information-1.epub" in names(tmp_path)  # of a format that was not asked for: it stays


def test_a_damaged_index_means_that_all_is_made_again(book, tmp_path):
    build(book("en-GB"), QUICK, tmp_path)
    (tmp_path / "index.json").write_text("{", encoding="utf-8")
    assert read_index(tmp_path) is None
    assert len(build(book("en-GB"), QUICK, tmp_path).files) == 7


def test_a_program_that_is_absent_is_said_with_what_to_install(book, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(louis, "_DEBIAN", tmp_path / "louis.py")
    louis._module.cache_clear()
    louis.knows.cache_clear()
    index = build(book("en-GB"), ["audio", "braille", "text"], tmp_path / "shelf", processes=1)
    why = {made.format: made.why for made in index.files}
    assert "espeak-ng" in why["audio"]
    assert "python3-louis" in why["braille"]
    assert why["text"] == ""
    assert not any(made.fault for made in index.files)


def test_the_same_comes_of_one_process_and_of_two(book, tmp_path):
    formats = ["pdf", "text", "braille", "card"]
    one = build(book("ur"), formats, tmp_path / "one", processes=1)
    two = build(book("ur"), formats, tmp_path / "two", processes=2)
    assert [made.sha256 for made in one.files] == [made.sha256 for made in two.files]


def test_progress_is_told_from_nothing_to_all(book, tmp_path):
    told = []
    build(book("en-GB"), QUICK, tmp_path, lambda done, of: told.append((done, of)))
    assert told[0] == (0, 7)
    assert told[-1] == (7, 7)
    assert [done for done, _ in told] == sorted(done for done, _ in told)


@pytest.mark.parametrize(
    ("neutral", "on", "ends"),
    [
        (False, None, "x/cy/usual"),
        (True, None, "x/cy/neutral"),
        (False, DAY, "x/cy/usual-on-2026-11-21"),
    ],
)
def test_each_look_and_day_has_a_folder_of_its_own(tmp_path, neutral, on, ends):
    assert shelf_for(tmp_path, "x", "cy", neutral=neutral, on=on) == tmp_path / ends


def test_two_at_once_leave_each_others_files_where_they_are(book, tmp_path):
    made = book("en-GB")
    with ThreadPoolExecutor(4) as pool:
        asked = [pool.submit(build, made, [name], tmp_path / "a") for name in ("text", "epub", "bundle", "card-page")]
        for each in asked:
            each.result()
    index = read_index(tmp_path / "a")
    assert {each.format for each in index.files} == {"text", "epub", "bundle", "card-page"}
    assert {each.file for each in index.files} == set(names(tmp_path / "a")) - {"index.json"}


def test_what_was_made_before_an_interruption_is_not_made_again(book, tmp_path):
    made = book("en-GB")
    build(made, ["epub"], tmp_path, pages=False)

    def stop(done, of):
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(made, ["text"], tmp_path, stop)
    found = read_index(tmp_path)
    assert sorted(each.format for each in found.files) == ["epub", "text", "text"]
    seen = []
    build(made, ["text"], tmp_path, lambda done, of: seen.append(done))
    assert seen[0] == 2


def test_what_a_broken_off_writing_left_behind_is_taken_away(book, tmp_path):
    (tmp_path / ".information.txt.4711").write_bytes(b"half")
    build(book("en-GB"), ["text"], tmp_path)
    assert not [each for each in names(tmp_path) if each.startswith(".")]


def test_a_file_for_which_the_disk_has_no_room_leaves_nothing_behind(tmp_path):
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    try:
        with pytest.raises(OSError, match="File too large"):
            put(tmp_path / "information.epub", bytes(5000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert names(tmp_path) == []
