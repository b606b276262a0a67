"""Bags that would do harm are not relied on, whatever they come in; what we write is read by others and by us."""

import gc
import io
import os
import stat
import tarfile
import zipfile
from contextlib import suppress
from datetime import UTC
from datetime import datetime
from hashlib import md5
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from holdfast.vault.bag import trees
from holdfast.vault.bag.reading import Read
from holdfast.vault.bag.reading import read_bag
from holdfast.vault.bag.trees import NotABag
from holdfast.vault.bag.trees import open_tree
from holdfast.vault.bag.trees import tree_of
from holdfast.vault.bag.writing import BadName
from holdfast.vault.bag.writing import BagWriter

AT = datetime(2026, 11, 21, tzinfo=UTC)
DECLARED = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


def read(folder: Path) -> Read:
    with open_tree(folder) as tree:
        return read_bag(tree)


def a_bag(
    folder: Path, files: dict[str, bytes], *, manifest: bytes | None = None, more: dict[str, bytes] | None = None
):
    """A bag in a folder, its list made from the files or given."""
    for path, content in {"bagit.txt": DECLARED, **files, **(more or {})}.items():
        at = folder / path
        at.parent.mkdir(parents=True, exist_ok=True)
        at.write_bytes(content)
    lines = "".join(f"{sha256(content).hexdigest()}  {path}\n" for path, content in files.items())
    (folder / "manifest-sha256.txt").write_bytes(lines.encode() if manifest is None else manifest)
    return read(folder)


def told(found: Read) -> set[str]:
    return {one.what for one in found.found}


def test_a_plain_bag_is_relied_on(tmp_path):
    found = a_bag(tmp_path, {"data/a.txt": b"a", "data/b/c.txt": b"c"})
    assert (found.accepted, found.version, found.files, found.size) == (True, "1.0", 2, 2)
    assert told(found) == {"no-tag-manifest"}


@pytest.mark.parametrize(
    ("path", "what"),
    [
        ("../x", "path-leaves"), ("data/../../x", "path-leaves"), ("/etc/passwd", "path-leaves"),
        ("data/./a.txt", "path-leaves"), ("data//a.txt", "path-leaves"), ("~/x", "path-leaves"),
        ("C:/x", "path-leaves"), ("bagit.txt", "path-leaves"), ("data/%2e%2e/x", "percent"),
        ("data/50%.txt", "percent"), ("data/..%5c..%5cx", "percent"), ("data/..\\..\\x", "odd-name"),
        ("data/a.txt ", "odd-name"), ("data/a\u202etxt.exe", "odd-name"), ("data/COM1.txt", "odd-name"),
        ("data/a%0Ab", "odd-name"), ("data/a:b", "odd-name"),
    ],
)  # fmt: skip
def test_a_name_that_leads_out_or_is_another_elsewhere_is_not_relied_on(tmp_path, path, what):
    line = f"{sha256(b'a').hexdigest()}  data/a.txt\n{sha256(b'x').hexdigest()}  {path}\n"
    found = a_bag(tmp_path, {"data/a.txt": b"a"}, manifest=line.encode())
    assert what in told(found)
    assert not found.accepted


def test_a_file_outside_is_never_opened(tmp_path):
    outside = tmp_path / "outside.txt"
    outside.write_bytes(b"x")
    line = f"{sha256(b'x').hexdigest()}  ../outside.txt\n".encode()
    found = a_bag(tmp_path / "bag", {"data/a.txt": b"a"}, manifest=line)
    os.chmod(outside, 0)  # noqa: PTH101
    assert "path-leaves" in told(found)
    assert "hash" not in told(found), "it was not looked at"


@pytest.mark.parametrize(
    "names",
    [("data/HELLO.txt", "data/hello.txt"), ("data/N\u00fa", "data/Nu\u0301"), ("data/A/x", "data/a/y"),
     ("data/\u017f.txt", "data/s.txt"), ("data/\ufb01.txt", "data/fi.txt")],
)  # fmt: skip
def test_two_names_that_are_one_elsewhere_are_refused(tmp_path, names):
    found = a_bag(tmp_path, dict.fromkeys(names, b"x"))
    assert found.valid
    assert "collides" in told(found)
    assert not found.accepted


@pytest.mark.parametrize("kind", ["file", "folder", "pipe"])
def test_a_link_or_a_pipe_is_no_file(tmp_path, kind):
    bag, outside = tmp_path / "bag", tmp_path / "outside"
    outside.mkdir()
    (outside / "x").write_bytes(b"x")
    (bag / "data").mkdir(parents=True)
    if kind == "pipe":
        os.mkfifo(bag / "data" / "x")
    else:
        (bag / "data" / "x").symlink_to(outside if kind == "folder" else outside / "x")
    line = f"{sha256(b'x').hexdigest()}  data/x\n".encode()
    found = a_bag(bag, {"data/a": b"a"}, manifest=line)
    assert {"not-a-file", "payload-missing", "payload-extra"} <= told(found)


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"data/extra": b"x"}, "payload-extra"), ({"fetch.txt": b"http://localhost/x - data/a\n"}, "fetch"),
        ({"fetch.txt": b"http://localhost/x - ../../x\n"}, "path-leaves"),
        ({"tagmanifest-sha256.txt": b"00  bagit.txt\n"}, "algorithm"),
        ({"tagmanifest-sha256.txt": b"%s  bagit.txt\n" % (b"0" * 64)}, "hash"),
        ({"tagmanifest-sha256.txt": b"%s  gone.txt\n" % (b"0" * 64)}, "tag-missing"),
        ({"bag-info.txt": b"Payload-Oxum: 9.9\n"}, "oxum"),
        ({"manifest-crc32.txt": b"00000000  data/a\n"}, "algorithm"),
        ({"bagit.txt": b"BagIt-Version: 9.9\nTag-File-Character-Encoding: UTF-8\n"}, "version"),
        ({"bagit.txt": b"BagIt-Version: 1.0\nTag-File-Character-Encoding: EBCDIC-CP-BE\n"}, "encoding"),
        ({"bagit.txt": DECLARED + b"More: than that\n"}, "declaration"),
        ({"manifest-sha512.txt": b""}, "payload-extra"),
        ({"manifest-md5.txt": b"\xff\xfe\n"}, "encoding"),
    ],
)  # fmt: skip
def test_each_fault_is_told_by_its_name(tmp_path, change, what):
    found = a_bag(tmp_path, {"data/a": b"a"}, more=change)
    assert what in told(found)
    assert not found.accepted


def test_a_list_of_hashes_that_can_be_forged_is_not_enough(tmp_path):
    found = a_bag(tmp_path, {"data/a": b"a"})
    assert found.accepted
    (tmp_path / "manifest-sha256.txt").unlink()
    (tmp_path / "manifest-md5.txt").write_text(f"{md5(b'a', usedforsecurity=False).hexdigest()}  data/a\n")
    found = read(tmp_path)
    assert (found.valid, found.accepted, "weak-algorithm" in told(found)) == (True, False, True)


def test_a_line_ends_where_the_standard_says_and_nowhere_else(tmp_path):
    """Python would end a line at U+2028, and the name would be another."""
    name = "data/a\u2028b"
    found = a_bag(tmp_path, {name: b"a"})
    assert found.valid
    assert told(found) == {"odd-name", "no-tag-manifest"}


def zipped(entries: list[tuple[str, bytes, int]]) -> io.BytesIO:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content, mode in entries:
            one = zipfile.ZipInfo(name)
            one.external_attr = mode << 16
            archive.writestr(one, content)
    out.seek(0)
    return out


BAG = [
    ("b/bagit.txt", DECLARED, 0o100644),
    ("b/data/a", b"a", 0o100644),
    ("b/manifest-sha256.txt", f"{sha256(b'a').hexdigest()}  data/a\n".encode(), 0o100644),
]


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(
    ("more", "what"),
    [
        ((), ""), ([("b/../../x", b"x", 0o100644)], "path-leaves"), ([("/etc/x", b"x", 0o100644)], "path-leaves"),
        ([("b\\x", b"x", 0o100644)], "path-leaves"),
        ([("b/data/l", b"/etc/passwd", stat.S_IFLNK | 0o777)], "not-a-file"),
        ([("b/data/a", b"b", 0o100644)], "twice-in-archive"), ([("c/data/a", b"a", 0o100644)], "not-one-folder"),
        ([("loose", b"a", 0o100644)], "not-one-folder"),
    ],
)  # fmt: skip
def test_an_archive_that_would_write_elsewhere_is_told(more, what):
    found = read_bag(tree_of(zipped([*BAG, *more])))
    assert found.accepted is (not what)
    assert what in (told(found) or {""}) | {""}


@pytest.mark.parametrize("name", [b"\0/data/a", b"\0"])
def test_a_name_that_begins_with_nothing_is_told(name):
    """Python's own reader of ZIP cuts a name at its first NUL, and asks for the last letter of what is left."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("#" * len(name), b"")
    content = out.getvalue().replace(b"#" * len(name), name)
    assert "path-leaves" in told(read_bag(tree_of(io.BytesIO(content))))


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE])
def test_a_tar_with_a_link_or_a_device_is_told(kind):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, content, _ in BAG:
            one = tarfile.TarInfo(name)
            one.size = len(content)
            archive.addfile(one, io.BytesIO(content))
        other = tarfile.TarInfo("b/data/l")
        other.type, other.linkname = kind, "/etc/passwd"
        archive.addfile(other)
    out.seek(0)
    assert "not-a-file" in told(read_bag(tree_of(out)))


def test_what_is_no_archive_is_an_answer(tmp_path):
    (tmp_path / "x").write_bytes(b"age-encryption.org/v1\n")
    with pytest.raises(NotABag, match=r"\.age"):
        read(tmp_path / "x")


def test_a_list_that_never_ends_is_not_read_whole(tmp_path, monkeypatch):
    monkeypatch.setattr("holdfast.vault.bag.reading.MOST_IN_A_LIST", 100)
    found = a_bag(tmp_path, {f"data/{number}": b"a" for number in range(9)})
    assert "too-large" in told(found)
    monkeypatch.setattr(trees, "MOST_FILES", 5)
    assert "too-large" in told(read(tmp_path))


@given(st.binary(max_size=400), st.binary(max_size=400), st.binary(max_size=200))
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_lists_whatever_they_hold_are_a_fault_of_ours(manifest, tags, info):
    entries = [BAG[0], BAG[1], ("b/manifest-sha256.txt", manifest, 0o100644),
               ("b/tagmanifest-sha256.txt", tags, 0o100644),
               ("b/bag-info.txt", info, 0o100644), ("b/fetch.txt", manifest, 0o100644)]  # fmt: skip
    assert not read_bag(tree_of(zipped(entries))).accepted


@given(st.binary(max_size=600), st.integers(0, 599))
@settings(max_examples=300, deadline=None)
def test_no_archive_however_broken_is_a_fault_of_ours(noise, at):
    whole = bytearray(zipped(BAG).getvalue())
    whole[at : at + len(noise)] = noise
    for content in (bytes(whole), b"PK\x03\x04" + noise, noise):
        try:
            read_bag(tree_of(io.BytesIO(content)))
        except NotABag:
            continue


names = st.lists(
    st.from_regex(r"[A-Za-z0-9_]([A-Za-z0-9._-]{0,20}[A-Za-z0-9_])?", fullmatch=True), min_size=1, max_size=3
)


@given(st.dictionaries(names.map("/".join), st.binary(max_size=5000), max_size=8), st.sampled_from(["zip", "tar"]))
@settings(max_examples=100, deadline=None)
def test_what_we_write_we_read_and_rely_on(files, form):
    out = io.BytesIO()
    writer = BagWriter(form, out, top="bundle", at=AT)
    kept = {}
    for path, content in files.items():
        try:
            writer.add(path, len(content), [content[:7], content[7:]])
        except BadName:
            continue  # two that are one elsewhere, or a device's name
        kept[path] = content
    written = writer.end([("Bagging-Date", "2026-11-21"), ("External-Description", "two\nlines")])
    out.seek(0)
    tree = tree_of(out)
    found = read_bag(tree)
    assert {one for one in told(found) if one not in ("no-payload", "collides")} == set()
    assert {path: b"".join(tree.pieces(f"data/{path}")) for path in kept} == kept
    assert (written.files, written.size) == (len(kept), sum(map(len, kept.values())))


@pytest.mark.parametrize(
    "path", ["../x", "/x", "a b", "a%41", "x\ny", "a\u202eb", "-rf", ".hidden", "CON", "a/../b", "", "a" * 121, "é"]
)
def test_no_name_of_anybodys_gets_into_a_bag_of_ours(path):
    writer = BagWriter("zip", io.BytesIO(), top="bundle", at=AT)
    with pytest.raises(BadName):
        writer.add(path, 1, [b"x"])


def test_a_file_is_as_long_and_as_hashed_as_it_was_said_to_be():
    for form in ("zip", "tar"):
        writer = BagWriter(form, io.BytesIO(), top="bundle", at=AT)
        with pytest.raises(ValueError, match="as long"):
            writer.add("a", 2, [b"x"])
        writer = BagWriter(form, io.BytesIO(), top="bundle", at=AT)
        with pytest.raises(ValueError, match="hash"):
            writer.add("a", 1, [b"x"], expected=sha256(b"y").digest())
        writer = BagWriter(form, io.BytesIO(), top="bundle", at=AT)
        writer.add("a", 1, [b"x"])
        with pytest.raises(BadName):
            writer.add("A", 1, [b"y"])


@pytest.mark.parametrize("form", ["zip", "tar"])
def test_what_broke_off_never_gets_an_end(form):
    out = io.BytesIO()
    with suppress(ValueError), BagWriter(form, out, top="bundle", at=AT) as writer:
        writer.add("a", 1, [b"x"])
        writer.add("b", 1, [b"x"], expected=sha256(b"y").digest())
    del writer
    gc.collect()
    out.seek(0)
    try:
        assert not read_bag(tree_of(out)).accepted
    except NotABag:
        assert form == "zip"
