"""A file that somebody brings: a person's document by itself, or in the package that another portal made.

It comes from outside and may be anything, also something made to do harm. So nothing is unpacked but what is wanted,
everything has a bound, and what is wrong is said with its place, never with a value.
"""

import io
import json
import math
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from smartcx_portal.kit.errors import ProductError
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.kit.seals import NotSealed, key_id, public_key, sealed_by
from smartcx_portal.privacy.package_check import MANIFEST, MANIFEST_SEAL, Fault, check_archive
from smartcx_portal.privacy.subject import SCHEMA_VERSION
from smartcx_portal.privacy.subject_check import MOST_FAULTS, validate

LARGEST = 5_000_000
"""Bytes of the file, and of the document in it; two hundred appointments need one million."""
LARGEST_UNPACKED = 50_000_000
"""Bytes of all files of a package: they are summed up to compare them, and never held."""
MOST_FILES = 2_000
MOST_VALUES = 300_000
MOST_RECORDS = 5_000
"""A thousand appointments; to compare a record with the schema takes half a millisecond."""
LONGEST_NUMBER = 15
DEEPEST = 16
"""Levels; a document of ours has seven."""
NAME_SHOWN = 80
DOCUMENT = "data/subject.json"
DIRECTORY_ENTRY = b"PK\x01\x02"
VERSION = re.compile(r"\d{1,3}\.\d{1,3}")
Document = dict[str, Any]

EMPTY = N_("The file is empty.")
TOO_LARGE = N_("The file is larger than 5 MB.")
NO_ZIP = N_("The file looks like a ZIP file but cannot be read. Have the person download it again.")
TOO_MANY_FILES = N_("There are more files in it than in any package.")
NO_DOCUMENT = N_("data/subject.json is not in it. Use the package as it was downloaded, or that one file.")
TWICE = N_("data/subject.json is in it more than once.")
LOCKED = N_("data/subject.json is locked with a password. Use the package as it was downloaded.")
DAMAGED = N_("data/subject.json cannot be unpacked: the file is damaged, or packed in an unusual way.")
DOCUMENT_TOO_LARGE = N_("data/subject.json is larger than 5 MB when it is unpacked.")
NO_TEXT = N_("This is no text file in UTF-8. Use the package as it was downloaded, or data/subject.json from it.")
NO_JSON = N_("This is no JSON file: it cannot be read from line {line}, character {column} on.")
ODD_NUMBER = N_("There is a number in it that no person's data has.")
TOO_DEEP = N_("It is nested deeper than any person's data.")
TOO_MUCH = N_("There is more in it than in any person's data.")
NO_PERSONS_DATA = N_("This is no file of a person's data: “schemaVersion” is missing.")
OTHER_VERSION = N_("The file is of version {found}; version {known} can be read here. Have the person make a new one.")
STRANGE_VERSION = N_("The file names no version that is known; version {known} can be read here.")
CHANGED_FILE = N_("{file} {problem}.")


class Seal(StrEnum):
    """Who signed what was brought: this installation, another one, or nobody."""

    HERE = "here"
    ELSEWHERE = "elsewhere"
    NOBODY = "nobody"


class Unfit(ProductError):
    """The file cannot be used. `faults` says why, in the reader's language."""

    says = N_("This file cannot be used.")

    def __init__(self, *faults: str) -> None:
        super().__init__()
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Brought:
    """A document that fits the schema, and who vouches for it."""

    document: Document
    seal: Seal


def brought(content: bytes, lang: str) -> Brought:
    """What a file holds; its kind follows from what is in it, not from its name. Raises `Unfit`."""
    try:
        if not content.strip():
            raise Unfit(EMPTY)
        if len(content) > LARGEST:
            raise Unfit(TOO_LARGE)
        if not content.startswith(b"PK"):
            return Brought(_document(content, lang), Seal.NOBODY)
        return _of_package(content, lang)
    except Unfit as problem:
        raise Unfit(*(translate(lang, fault) for fault in problem.faults)) from None


def _of_package(content: bytes, lang: str) -> Brought:
    if content.count(DIRECTORY_ENTRY) > MOST_FILES:
        raise Unfit(TOO_MANY_FILES)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            document = _document(_wanted(archive), lang)
            return Brought(document, _seal(archive, lang))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError):
        raise Unfit(NO_ZIP) from None


def _wanted(archive: zipfile.ZipFile) -> bytes:
    """The one file that is unpacked, and never more of it than is allowed, whatever it says of its size."""
    found = [info for info in archive.infolist() if info.filename == DOCUMENT]
    if len(found) != 1:
        raise Unfit(TWICE if found else NO_DOCUMENT)
    if found[0].flag_bits & 0x1:
        raise Unfit(LOCKED)
    try:
        with archive.open(found[0]) as file:
            content = file.read(LARGEST + 1)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, EOFError):
        raise Unfit(DAMAGED) from None
    if len(content) > LARGEST:
        raise Unfit(DOCUMENT_TOO_LARGE)
    return content


def _seal(archive: zipfile.ZipFile, lang: str) -> Seal:
    """Who signed the package. Raises `Unfit` where a file is not as it was signed."""
    if not {MANIFEST, MANIFEST_SEAL} & set(archive.namelist()):
        return Seal.NOBODY
    ours = _says_ours(archive)
    checked = check_archive(archive, "ZIP", public_key() if ours else None, LARGEST_UNPACKED)
    if checked.faults:
        raise Unfit(*(_fault(one, lang) for one in checked.faults[:MOST_FAULTS]))
    return Seal.HERE if ours else Seal.ELSEWHERE


def _says_ours(archive: zipfile.ZipFile) -> bool:
    try:
        with archive.open(MANIFEST_SEAL) as file:
            return sealed_by(file.read(LARGEST).decode()) == key_id()
    except (NotSealed, KeyError, ValueError, zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError):
        return False  # what is wrong with it is found out, and named, by the check


def _fault(one: Fault, lang: str) -> str:
    name = "".join(sign for sign in one.file if sign.isprintable())[:NAME_SHOWN]
    return translate(lang, CHANGED_FILE).format(file=name, problem=translate(lang, one.problem))


def _document(content: bytes, lang: str) -> Document:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unfit(NO_TEXT) from None
    document = _parsed(text, lang)
    _measure(document)
    version = document.get("schemaVersion") if isinstance(document, dict) else None
    if version is None:
        raise Unfit(NO_PERSONS_DATA)
    if version != SCHEMA_VERSION:
        known = isinstance(version, str) and VERSION.fullmatch(version)
        said = translate(lang, OTHER_VERSION if known else STRANGE_VERSION)
        raise Unfit(said.format(found=version, known=SCHEMA_VERSION))
    records = document.get("records")
    if isinstance(records, list) and len(records) > MOST_RECORDS:
        raise Unfit(TOO_MUCH)
    if faults := validate(document, lang):
        raise Unfit(*faults)
    return document


def _parsed(text: str, lang: str) -> Any:
    if text.count(",") > MOST_VALUES:
        raise Unfit(TOO_MUCH)
    try:
        return json.loads(text, parse_int=_whole, parse_float=_broken, parse_constant=_constant)
    except RecursionError:
        raise Unfit(TOO_DEEP) from None
    except json.JSONDecodeError as problem:
        raise Unfit(translate(lang, NO_JSON).format(line=problem.lineno, column=problem.colno)) from None


def _whole(digits: str) -> int:
    if len(digits) > LONGEST_NUMBER:
        raise Unfit(ODD_NUMBER)
    return int(digits)


def _broken(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise Unfit(ODD_NUMBER)
    return number


def _constant(name: str) -> Any:
    """`NaN` and its like are no JSON, and no database takes them."""
    raise Unfit(ODD_NUMBER)


def _measure(document: Any) -> None:
    """Raises `Unfit` for what is nested too deep."""
    for depth in _depths(document):
        if depth > DEEPEST:
            raise Unfit(TOO_DEEP)


def _depths(document: Any) -> Iterator[int]:
    open_ends = [(document, 1)]
    while open_ends:
        value, depth = open_ends.pop()
        yield depth
        inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        open_ends += [(one, depth + 1) for one in inside]
