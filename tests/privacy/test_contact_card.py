"""The entry for an address book: the person's own values, and nothing in them that could end a line (promise P13)."""

from typing import Any

import pytest

from smartcx_portal.privacy.contact_card import LONGEST_LINE, contact_card

pytestmark = pytest.mark.promise("P13")


def card(**values: str) -> list[str]:
    fields = {name: {"value": value} for name, value in values.items()}
    document: dict[str, Any] = {"records": [{"type": "customer", "id": "c0ffee", "fields": fields}]}
    text = contact_card(document).decode()
    return text.replace("\r\n ", "").split("\r\n")[:-1]


def test_it_has_name_address_number_and_language():
    assert card(name="Clara Lindqvist", email="clara@example.org", phone="+49 30 1234567", language="de") == [
        "BEGIN:VCARD",
        "VERSION:4.0",
        "UID:urn:uuid:c0ffee",
        "FN:Clara Lindqvist",
        "EMAIL:clara@example.org",
        "TEL:+49 30 1234567",
        "LANG:de",
        "END:VCARD",
    ]


def test_without_a_name_the_address_stands_for_it():
    assert "FN:clara@example.org" in card(email="clara@example.org")


def test_without_anything_there_is_no_entry():
    assert card(language="de") == []


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Lindqvist, Clara; Dr.", "FN:Lindqvist\\, Clara\\; Dr."),
        ("A\\B", "FN:A\\\\B"),
        ("A\nEMAIL:eve@example.org", "FN:A\\nEMAIL:eve@example.org"),
        ("A\r\nEND:VCARD", "FN:A\\nEND:VCARD"),
        ("A\u2028END:VCARD", "FN:A\\nEND:VCARD"),
        ("A\x00\x1bB", "FN:AB"),
    ],
)
def test_nothing_typed_ends_the_line(name: str, written: str):
    assert card(name=name)[3] == written


@pytest.mark.parametrize("name", ["x" * 500, "ä" * 500, "🦉" * 200])
def test_long_lines_are_folded_between_characters(name: str):
    document = {"records": [{"type": "customer", "id": "c0ffee", "fields": {"name": {"value": name}}}]}
    content = contact_card(document)
    assert all(len(line) <= LONGEST_LINE and line.decode() is not None for line in content.split(b"\r\n"))
    assert f"FN:{name}" in content.decode().replace("\r\n ", "")
