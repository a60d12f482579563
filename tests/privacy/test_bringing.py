"""A file that a person gives to another office: taken in if all of it fits, else refused with the place (P13)."""

import io
import json
import re
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from smartcx_portal.kit import seals
from smartcx_portal.kit.errors import NotPermitted, TooMany
from smartcx_portal.kit.limits import forget_all
from smartcx_portal.models.customer import Customer
from smartcx_portal.models.declaring import Source
from smartcx_portal.models.privacy import ReceivedData
from smartcx_portal.models.staff import Role
from smartcx_portal.privacy import brought as reading
from smartcx_portal.privacy.bringing import bring
from smartcx_portal.privacy.brought import DOCUMENT, Seal, Unfit, brought
from smartcx_portal.privacy.export import make_package
from smartcx_portal.privacy.package_check import KEYS, MANIFEST, MANIFEST_SEAL
from smartcx_portal.privacy.package_contents import zipped
from smartcx_portal.privacy.package_files import package_path
from smartcx_portal.privacy.receiving import Opened, import_data, open_data, refuse_data, waiting_data
from smartcx_portal.privacy.retention import keep_periods_of
from smartcx_portal.privacy.subject import subject_document
from smartcx_portal.privacy.transferring import LIFE
from smartcx_portal.settings import settings
from tests.cast import Cast
from tests.conftest import SUNDAY, at
from tests.privacy.scenes import clara_books, open_house

pytestmark = pytest.mark.promise("P13")
STRANGER = Ed25519PrivateKey.from_private_bytes(b"7" * 32)
NAME = "Clara Lindqvist"


@pytest.fixture
def whole(cast: Cast) -> dict[str, bytes]:
    """The files of the package that Clara made at the town; the salon stands ready to take it in."""
    forget_all()
    open_house(cast)
    open_house(cast, cast.salon)
    clara = clara_books(cast)
    with cast.as_person(clara) as work:
        made = make_package(work)
    with zipfile.ZipFile(package_path(cast.town.id, UUID(made.id))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def stored(cast: Cast) -> list[ReceivedData]:
    with cast.as_job(cast.salon) as work:
        return list(work.all(work.select(ReceivedData)))


def dora_brings(cast: Cast, content: bytes) -> Opened:
    """Dora brings it to the salon and looks at it."""
    with cast.as_staff(cast.dora, cast.salon, Role.OWNER) as work:
        return open_data(work, str(bring(work, content).id))


def refused(content: bytes, lang: str = "en") -> list[str]:
    with pytest.raises(Unfit) as problem:
        brought(content, lang)
    return list(problem.value.faults)


def changed(whole: dict[str, bytes], change: Callable[[dict[str, Any]], None]) -> bytes:
    """The document with a change, as a file of its own."""
    document = json.loads(whole[DOCUMENT])
    change(document)
    return json.dumps(document).encode()


def test_the_whole_package_shows_what_would_be_taken_over(cast: Cast, whole: dict[str, bytes]):
    opened = dora_brings(cast, zipped(whole))
    assert (opened.sender, opened.name, opened.email) == ("Bürgeramt Musterstadt", NAME, "clara@example.org")
    assert (opened.seal, opened.email_confirmed) == (Seal.HERE, False)
    assert "Termine: 1" in opened.beside


def test_the_document_by_itself_is_taken_in_and_called_unsigned(cast: Cast, whole: dict[str, bytes]):
    opened = dora_brings(cast, whole[DOCUMENT])
    assert (opened.name, opened.seal) == (NAME, Seal.NOBODY)


def test_a_file_that_another_program_saved_with_a_mark_is_read(whole: dict[str, bytes]):
    assert brought(b"\xef\xbb\xbf" + whole[DOCUMENT], "de").seal is Seal.NOBODY


def test_the_portable_package_of_a_business_is_taken_in(cast: Cast, whole: dict[str, bytes]):
    clara = clara_books(cast, house=cast.salon)
    with cast.as_person(clara, cast.salon) as work:
        made = make_package(work, "portability")
    with cast.as_staff(cast.anna, role=Role.OWNER) as work:
        row = bring(work, package_path(cast.salon.id, UUID(made.id)).read_bytes())
        assert open_data(work, str(row.id)).name == NAME


def test_a_package_of_another_installation_is_checked_with_its_own_key(
    whole: dict[str, bytes], monkeypatch: pytest.MonkeyPatch, cast: Cast
):
    clara = clara_books(cast, house=cast.salon)
    with monkeypatch.context() as elsewhere, cast.as_person(clara, cast.salon) as work:
        elsewhere.setattr(seals, "_private_key", lambda: STRANGER)
        made = make_package(work)
    content = package_path(cast.salon.id, UUID(made.id)).read_bytes()
    assert brought(content, "de").seal is Seal.ELSEWHERE


def test_taken_over_she_is_entered_unconfirmed_and_it_is_said_where_from(cast: Cast, whole: dict[str, bytes]):
    opened = dora_brings(cast, zipped(whole))
    with cast.as_staff(cast.dora, cast.salon, Role.OWNER) as work:
        person = work.get(Customer, import_data(work, opened.id))
        assert (person.name, person.email_key, person.email_verified_at) == (NAME, "clara@example.org", None)
        (mine,) = [r for r in subject_document(work, person.id)["records"] if r["type"] == "customer"]
        assert mine["fields"]["email"]["source"] == Source.HANDED_OVER
        assert work.first(work.select(ReceivedData)).document == {}


def test_refused_nothing_of_it_stays(cast: Cast, whole: dict[str, bytes]):
    opened = dora_brings(cast, zipped(whole))
    with cast.as_staff(cast.dora, cast.salon, Role.OWNER) as work:
        refuse_data(work, opened.id)
        assert work.first(work.select(ReceivedData)).document == {}
        assert work.count(work.select(Customer)) == 0


@pytest.mark.promise("P08")
def test_what_nobody_takes_over_is_deleted(cast: Cast, whole: dict[str, bytes]):
    dora_brings(cast, zipped(whole))
    with at(SUNDAY + LIFE + timedelta(days=1, hours=1)):
        keep_periods_of(cast.salon.id)
    assert stored(cast) == []


def test_the_list_says_that_it_was_brought_and_names_nobody(cast: Cast, whole: dict[str, bytes]):
    dora_brings(cast, zipped(whole))
    with cast.as_staff(cast.dora, cast.salon, Role.OWNER) as work:
        (one,) = waiting_data(work)
    assert one.as_file
    assert "Clara" not in str(one)


def test_the_same_file_brought_twice_waits_once(cast: Cast, whole: dict[str, bytes]):
    first = dora_brings(cast, zipped(whole))
    assert dora_brings(cast, zipped(whole)).id == first.id
    assert len(stored(cast)) == 1


def test_a_file_that_was_refused_can_be_brought_once_more(cast: Cast, whole: dict[str, bytes]):
    first = dora_brings(cast, zipped(whole))
    with cast.as_staff(cast.dora, cast.salon, Role.OWNER) as work:
        refuse_data(work, first.id)
    assert dora_brings(cast, zipped(whole)).id != first.id


@pytest.mark.promise("P02")
def test_it_lies_at_one_tenant_only(cast: Cast, whole: dict[str, bytes]):
    dora_brings(cast, zipped(whole))
    with cast.as_staff(cast.anna, role=Role.OWNER) as work:
        assert waiting_data(work) == []


def test_only_owners_bring(cast: Cast, whole: dict[str, bytes]):
    with cast.as_staff(cast.ben) as work, pytest.raises(NotPermitted):
        bring(work, zipped(whole))


def test_nobody_brings_without_end(cast: Cast, whole: dict[str, bytes], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("smartcx_portal.privacy.bringing.RATE", "1 per hour")
    dora_brings(cast, whole[DOCUMENT])
    with pytest.raises(TooMany):
        dora_brings(cast, whole[DOCUMENT])


def test_without_a_name_nothing_is_stored(cast: Cast, whole: dict[str, bytes]):
    content = changed(whole, lambda document: document.update(records=[]))
    with pytest.raises(Unfit, match="cannot be used"):
        dora_brings(cast, content)
    assert stored(cast) == []


def test_a_name_that_is_markup_or_endless_is_text_of_bounded_length(cast: Cast, whole: dict[str, bytes]):
    def renamed(document: dict[str, Any]) -> None:
        mine = next(r for r in document["records"] if r["type"] == "customer")
        mine["fields"]["name"]["value"] = "<script>alert(1)</script>" + "x" * 500

    assert len(dora_brings(cast, changed(whole, renamed)).name) == 200


def test_what_does_not_fit_the_schema_is_named_by_its_place_in_the_readers_language(
    cast: Cast, whole: dict[str, bytes]
):
    def broken(document: dict[str, Any]) -> None:
        mine = next(r for r in document["records"] if r["type"] == "customer")
        mine["fields"]["full_name"] = mine["fields"].pop("name")

    (fault,) = refused(changed(whole, broken), "de")
    assert re.fullmatch(r"records\[\d+\]\.fields: „full_name“ ist hier nicht bekannt", fault)
    assert stored(cast) == []


@pytest.mark.parametrize(
    ("version", "said"),
    [
        ("2.0", "The file is of version 2.0; version 1.1 can be read here. Have the person make a new one."),
        ("<b>", "The file names no version that is known; version 1.1 can be read here."),
        (7, "The file names no version that is known; version 1.1 can be read here."),
    ],
)
def test_another_version_is_said_to_be_one(whole: dict[str, bytes], version: object, said: str):
    assert refused(changed(whole, lambda document: document.update(schemaVersion=version))) == [said]


@pytest.mark.parametrize("content", [b"{}", b"[]", b'"text"', b"7", b"null"])
def test_some_other_json_is_said_to_be_no_persons_data(content: bytes):
    assert refused(content) == [reading.NO_PERSONS_DATA]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", reading.EMPTY),
        (b" \n", reading.EMPTY),
        (b'{"a":' * 100_000, reading.TOO_DEEP),
        (b"[" * 50 + b"]" * 50, reading.TOO_DEEP),
        (b"[" + b"0," * 300_001 + b"0]", reading.TOO_MUCH),
        (b"[" + b"9" * 5_000 + b"]", reading.ODD_NUMBER),
        (b"[1e999]", reading.ODD_NUMBER),
        (b"[NaN]", reading.ODD_NUMBER),
        (b"[-Infinity]", reading.ODD_NUMBER),
        ('{"ä": 1}'.encode("latin-1"), reading.NO_TEXT),
        ("{}".encode("utf-16"), reading.NO_TEXT),
        (b"0" * (reading.LARGEST + 1), reading.TOO_LARGE),
        (b"PK", reading.NO_ZIP),
        (b"PK\x03\x04" + b"\0" * 100, reading.NO_ZIP),
    ],
)
def test_what_is_no_document_gets_its_sentence(content: bytes, said: str):
    assert refused(content) == [said]


def test_broken_json_names_line_and_character():
    assert refused(b'{\n "a": 1,\n}') == ["This is no JSON file: it cannot be read from line 3, character 1 on."]


def test_no_sentence_repeats_what_is_in_the_file(whole: dict[str, bytes]):
    said = refused(whole[DOCUMENT][:-3]) + refused(whole[DOCUMENT].replace(b'"profile"', b'"Clara"'))
    assert [line for line in said if "Lindqvist" in line or "clara@" in line] == []


def test_a_package_without_the_document_says_which_file_is_wanted(whole: dict[str, bytes]):
    del whole[DOCUMENT]
    assert refused(zipped(whole)) == [reading.NO_DOCUMENT]


def test_a_package_within_a_package_is_not_looked_into(whole: dict[str, bytes]):
    assert refused(zipped({"auskunft.zip": zipped(whole)})) == [reading.NO_DOCUMENT]


def test_a_document_that_stands_there_twice_is_refused(whole: dict[str, bytes]):
    file = io.BytesIO(zipped(whole))
    with zipfile.ZipFile(file, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr(DOCUMENT, b"{}")
    assert refused(file.getvalue()) == [reading.TWICE]


def packed(content: bytes) -> bytearray:
    """A package with nothing but the document, well compressed."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(DOCUMENT, content)
    return bytearray(file.getvalue())


def test_a_document_that_unpacks_to_too_much_is_left_alone():
    assert refused(bytes(packed(b" " * (reading.LARGEST + 1)))) == [reading.DOCUMENT_TOO_LARGE]


def test_a_document_that_says_to_be_small_is_read_no_further():
    bomb = packed(b"[" + b" " * 4_000_000 + b"]")
    place = bomb.index(reading.DIRECTORY_ENTRY) + 24
    bomb[place : place + 4] = (2).to_bytes(4, "little")
    assert refused(bytes(bomb)) == [reading.DAMAGED]


def test_files_that_unpack_to_too_much_are_not_unpacked(whole: dict[str, bytes], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(reading, "LARGEST_UNPACKED", 10_000)
    assert refused(zipped(whole)) == ["ZIP is larger than any package."]


def test_a_package_of_very_many_files_is_not_opened(whole: dict[str, bytes], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(reading, "MOST_FILES", 5)
    assert refused(zipped(whole)) == [reading.TOO_MANY_FILES]


def test_a_locked_document_is_said_to_be_locked():
    locked = packed(b"{}")
    locked[locked.index(b"PK\x03\x04") + 6] |= 1
    locked[locked.index(reading.DIRECTORY_ENTRY) + 8] |= 1
    assert refused(bytes(locked)) == [reading.LOCKED]


def test_a_document_packed_in_an_unknown_way_is_said_to_be_so():
    odd = packed(b"{}")
    odd[odd.index(b"PK\x03\x04") + 8] = 99
    odd[odd.index(reading.DIRECTORY_ENTRY) + 10] = 99
    assert refused(bytes(odd)) == [reading.DAMAGED]


def test_a_damaged_document_is_said_to_be_damaged(whole: dict[str, bytes]):
    content = packed(whole[DOCUMENT])
    content[200:260] = b"\0" * 60
    assert refused(bytes(content)) == [reading.DAMAGED]


def test_a_file_in_the_package_that_was_changed_is_named(cast: Cast, whole: dict[str, bytes]):
    whole[DOCUMENT] = whole[DOCUMENT].replace(b"Lindqvist", b"Lindquist")
    assert refused(zipped(whole), "de") == ["data/subject.json wurde geändert."]
    assert stored(cast) == []


def test_a_forged_manifest_is_named(whole: dict[str, bytes]):
    head, body, mark = whole[MANIFEST_SEAL].decode().split(".")
    whole[MANIFEST_SEAL] = f"{head}.{body[:-8]}AAAAAAAA.{mark}".encode()
    assert refused(zipped(whole)) == ["manifest.jws is not signed by this key, or was changed after it was signed."]


def test_who_signs_with_another_key_under_our_keys_name_is_found_out(
    whole: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
):
    ours = seals.key_id()
    with monkeypatch.context() as forging:
        forging.setattr(seals, "_private_key", lambda: STRANGER)
        forging.setattr(seals, "key_id", lambda key=None: ours)
        whole[MANIFEST_SEAL] = seals.seal(whole[MANIFEST], "manifest").encode()
        whole[KEYS] = json.dumps(seals.key_set()).encode()
    assert "manifest.jws is not signed by this key, or was changed after it was signed." in refused(zipped(whole))


def test_a_package_from_which_the_signature_was_taken_is_refused(whole: dict[str, bytes]):
    del whole[MANIFEST_SEAL]
    assert refused(zipped(whole)) == ["manifest.jws is missing."]


def test_names_of_files_are_shown_short_and_without_control_signs(whole: dict[str, bytes]):
    (fault,) = refused(zipped(whole | {"a\x1b[31m" + "b" * 500: b""}))
    assert len(fault) < 150
    assert "\x1b" not in fault


def everything() -> set[Path]:
    """All that lies below the data folder."""
    return set(settings().data.rglob("*"))


def test_nothing_lies_on_the_disk_afterwards(cast: Cast, whole: dict[str, bytes]):
    before = everything()
    dora_brings(cast, zipped(whole))
    assert everything() == before
