"""The person's own entry for an address book (vCard 4.0, RFC 6350)."""

from collections.abc import Iterator
from typing import Any
from unicodedata import category

LONGEST_LINE = 75
"""Bytes of a line without its end (RFC 6350, section 3.2)."""


def contact_card(document: dict[str, Any]) -> bytes:
    """Name, addresses and language as the person's document has them; empty if it has none of them."""
    records = [record for record in document["records"] if record["type"] == "customer"]
    lines = [line for record in records for line in _entry(record)]
    return b"".join(_folded(line) for line in lines)


def _entry(record: dict[str, Any]) -> Iterator[str]:
    values = {name: field["value"] for name, field in record["fields"].items()}
    name = values.get("name") or values.get("email") or values.get("phone")
    if not name:
        return
    yield from ("BEGIN:VCARD", "VERSION:4.0", f"UID:urn:uuid:{record['id']}", f"FN:{_text(name)}")
    if values.get("email"):
        yield f"EMAIL:{_text(values['email'])}"
    if values.get("phone"):
        yield f"TEL:{_text(values['phone'])}"
    if values.get("language"):
        yield f"LANG:{_text(values['language'])}"
    yield "END:VCARD"


def _text(value: str) -> str:
    """A value in which nothing ends the value, the line or the entry."""
    plain = "\n".join(value.splitlines()).replace("\\", "\\\\").replace("\n", "\\n")
    return "".join(sign for sign in plain.replace(",", "\\,").replace(";", "\\;") if category(sign) != "Cc")


def _folded(line: str) -> bytes:
    """The line's bytes, broken where it is too long and never within a character."""
    made, length = bytearray(), 0
    for sign in line:
        piece = sign.encode()
        if length + len(piece) > LONGEST_LINE:
            made += b"\r\n "
            length = 1
        made += piece
        length += len(piece)
    return bytes(made) + b"\r\n"
