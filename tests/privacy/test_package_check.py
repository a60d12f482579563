"""A package that was touched is found out, and the file is named (promise P13)."""

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from smartcx_portal.kit.seals import NotSealed, key_id, key_set, public_key
from smartcx_portal.kit.toolchain import ROOT
from smartcx_portal.privacy import package_check
from smartcx_portal.privacy.export import make_package
from smartcx_portal.privacy.package_check import (
    KEYS,
    MANIFEST,
    MANIFEST_SEAL,
    check_file,
    check_package,
    key_from,
    told,
)
from smartcx_portal.privacy.package_contents import zipped
from smartcx_portal.privacy.package_files import package_path
from tests.cast import Cast
from tests.privacy.scenes import clara_books, open_house

pytestmark = pytest.mark.promise("P13")
Change = Callable[[dict[str, bytes]], None]
STRANGER = Ed25519PrivateKey.from_private_bytes(b"7" * 32).public_key().public_bytes_raw()


@pytest.fixture
def whole(cast: Cast) -> dict[str, bytes]:
    """The files of a package as the portal made it."""
    open_house(cast)
    clara = clara_books(cast)
    with cast.as_person(clara) as work:
        made = make_package(work)
    with zipfile.ZipFile(package_path(cast.town.id, UUID(made.id))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def faults(tmp_path: Path, files: dict[str, bytes], key: bytes | None = None) -> dict[str, str]:
    file = tmp_path / "auskunft.zip"
    file.write_bytes(zipped(files))
    return {one.file: one.problem for one in check_package(file, key).faults}


def test_a_package_as_it_was_made_has_no_fault(tmp_path: Path, whole: dict[str, bytes]):
    assert faults(tmp_path, whole) == {}
    assert faults(tmp_path, whole, public_key()) == {}


@pytest.mark.parametrize("name", ["index.html", "data/subject.json", "auskunft.pdf", "manifest.json", "LIESMICH.txt"])
def test_a_changed_file_is_named(tmp_path: Path, whole: dict[str, bytes], name: str):
    whole[name] += b" "
    assert faults(tmp_path, whole) == {name: package_check.CHANGED}


def test_a_file_that_was_taken_out_is_named(tmp_path: Path, whole: dict[str, bytes]):
    del whole["data/booking.csv"]
    assert faults(tmp_path, whole) == {"data/booking.csv": package_check.MISSING}


def test_a_file_that_was_put_in_is_named(tmp_path: Path, whole: dict[str, bytes]):
    whole["data/more.csv"] = b"more"
    assert faults(tmp_path, whole) == {"data/more.csv": package_check.ADDED}


def test_a_check_sum_that_was_changed_with_its_file_helps_nobody(tmp_path: Path, whole: dict[str, bytes]):
    whole["index.html"] = b"forged"
    manifest = json.loads(whole[MANIFEST])
    manifest["files"]["index.html"] = "0" * 64
    whole[MANIFEST] = json.dumps(manifest).encode()
    assert faults(tmp_path, whole).keys() == {"index.html", MANIFEST}


def forged_seal(files: dict[str, bytes]) -> None:
    head, body, mark = files[MANIFEST_SEAL].decode().split(".")
    files[MANIFEST_SEAL] = f"{head}.{body[:-8]}AAAAAAAA.{mark}".encode()


def without_seal(files: dict[str, bytes]) -> None:
    del files[MANIFEST_SEAL]


def seal_of_a_receipt(files: dict[str, bytes]) -> None:
    files[MANIFEST_SEAL] = next(
        content for name, content in files.items() if name.startswith("consents/") and "jws" in name
    )


def no_text(files: dict[str, bytes]) -> None:
    files[MANIFEST_SEAL] = b"\xff\xfe"


@pytest.mark.parametrize("change", [forged_seal, without_seal, seal_of_a_receipt, no_text])
def test_a_forged_manifest_is_named(tmp_path: Path, whole: dict[str, bytes], change: Change):
    change(whole)
    assert faults(tmp_path, whole, public_key()).keys() == {MANIFEST_SEAL}
    assert faults(tmp_path, whole).keys() == {MANIFEST_SEAL}


@pytest.mark.parametrize("keys", [b"", b"[]", b'{"keys": 1}', b'{"keys": [{}]}', b"[" * 5000])
def test_a_package_with_a_broken_key_is_not_taken_for_good(tmp_path: Path, whole: dict[str, bytes], keys: bytes):
    assert faults(tmp_path, whole | {KEYS: keys}).keys() == {MANIFEST_SEAL}


def test_another_ones_key_does_not_fit(tmp_path: Path, whole: dict[str, bytes]):
    assert faults(tmp_path, whole, STRANGER) == {MANIFEST_SEAL: package_check.FORGED}


@pytest.mark.promise("P05")
def test_a_forged_receipt_is_named(tmp_path: Path, whole: dict[str, bytes]):
    name = next(name for name in whole if name.startswith("consents/") and name.endswith(".json"))
    whole[name] = whole[name].replace(b"consent given", b"consent taken")
    assert faults(tmp_path, whole).keys() == {name}


@pytest.mark.promise("P05")
def test_a_receipt_without_its_signature_is_named(tmp_path: Path, whole: dict[str, bytes]):
    name = next(name for name in whole if name.startswith("consents/") and name.endswith(".jws"))
    del whole[name]
    assert faults(tmp_path, whole).keys() == {name, name.removesuffix(".jws") + ".json"}


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x03\x04" + b"\x00" * 100])
def test_what_is_no_package_is_said_to_be_none(tmp_path: Path, content: bytes):
    file = tmp_path / "auskunft.zip"
    file.write_bytes(content)
    assert [one.problem for one in check_package(file).faults] == [package_check.NO_ZIP]


def test_a_package_that_is_not_there_is_said_to_be_none(tmp_path: Path):
    assert [one.problem for one in check_package(tmp_path / "none.zip").faults] == [package_check.NO_ZIP]


def test_a_damaged_file_is_named(tmp_path: Path, whole: dict[str, bytes]):
    file = tmp_path / "auskunft.zip"
    file.write_bytes(zipped(whole))
    with zipfile.ZipFile(file) as archive:
        start = archive.getinfo("index.html").header_offset
    content = bytearray(file.read_bytes())
    content[start + 200 : start + 260] = b"\x00" * 60
    file.write_bytes(content)
    assert {one.file for one in check_package(file).faults} == {"index.html"}


def test_a_file_that_stands_there_twice_is_named(tmp_path: Path, whole: dict[str, bytes]):
    file = tmp_path / "auskunft.zip"
    file.write_bytes(zipped(whole))
    with zipfile.ZipFile(file, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("index.html", whole["index.html"])
    assert {(one.file, one.problem) for one in check_package(file).faults} == {("index.html", package_check.TWICE)}


def test_a_file_that_grows_without_end_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(package_check, "LARGEST", 1000)
    assert faults(tmp_path, {"data/subject.json": b"0" * 2000}) == {"auskunft.zip": package_check.TOO_LARGE}


def test_the_key_is_read_as_the_portal_publishes_it(tmp_path: Path):
    file = tmp_path / "keys.json"
    file.write_text(json.dumps(key_set()))
    assert key_from(file) == key_from(file, key_id()) == public_key()


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"keys": []}', '{"keys": [{"kid": 1}]}', "[" * 5000])
def test_what_is_no_key_is_refused(tmp_path: Path, content: str):
    file = tmp_path / "keys.json"
    file.write_text(content)
    with pytest.raises(NotSealed):
        key_from(file)


@pytest.mark.promise("P05")
def test_a_receipt_by_itself_is_checked_with_a_key(tmp_path: Path, whole: dict[str, bytes]):
    name = next(name for name in whole if name.startswith("consents/") and name.endswith(".jws"))
    file = tmp_path / "receipt.jws"
    file.write_bytes(whole[name])
    assert check_file(file, public_key()).faults == []
    assert [one.file for one in check_file(file, STRANGER).faults] == ["receipt.jws"]
    with pytest.raises(NotSealed):
        check_file(file)


def test_the_result_names_the_file_and_whose_key_it_was(tmp_path: Path, whole: dict[str, bytes]):
    file = tmp_path / "auskunft.zip"
    file.write_bytes(zipped(whole))
    assert len(told(file, check_file(file))) == 2
    assert told(file, check_file(file, public_key()))[0].endswith(f"signed with the key {key_id()}.")
    file.write_bytes(zipped(whole | {"index.html": b""}))
    assert told(file, check_file(file))[1] == "  index.html was changed."


def verify(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command as somebody elsewhere runs it: with nothing of ours but the program."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SMARTCX_")}
    command = [sys.executable, "-m", "smartcx_portal.cli", "verify", *arguments]
    environment |= {"SMARTCX_DATA": str(folder / "none"), "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=60)


def test_the_command_needs_nothing_but_the_file_and_names_what_was_changed(tmp_path: Path, whole: dict[str, bytes]):
    (tmp_path / "good.zip").write_bytes(zipped(whole))
    (tmp_path / "bad.zip").write_bytes(zipped(whole | {"index.html": b"forged"}))
    (tmp_path / "keys.json").write_text(json.dumps(key_set()))
    good, bad = verify(tmp_path, "good.zip", "--key", "keys.json"), verify(tmp_path, "bad.zip")
    assert (good.returncode, bad.returncode) == (0, 1)
    assert good.stdout.endswith(f"signed with the key {key_id()}.\n")
    assert bad.stdout == "bad.zip: NOT as it was made.\n  index.html was changed.\n"
    assert not (tmp_path / "none").exists()


def test_the_command_says_in_a_sentence_that_a_key_is_needed(tmp_path: Path):
    (tmp_path / "receipt.jws").write_text("a.b.c")
    done = verify(tmp_path, "receipt.jws")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "There is no key to check this with: give one with --key FILE.\n"


def test_one_receipt_is_spoken_of_as_one(tmp_path: Path, whole: dict[str, bytes]):
    name = next(name for name in whole if name.startswith("consents/") and name.endswith(".jws"))
    file = tmp_path / "receipt.jws"
    file.write_bytes(whole[name])
    (line,) = told(file, check_file(file, public_key()))
    assert line == f"receipt.jws: the receipt is as it was made, signed with the key {key_id()}."


def test_a_paper_is_said_to_carry_no_seal(tmp_path: Path):
    paper = tmp_path / "beleg.pdf"
    paper.write_bytes(b"%PDF-1.7")
    (line,) = told(paper, check_file(paper))
    assert "check the .json file" in line
