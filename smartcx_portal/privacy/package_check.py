"""Whether a package is as it was made: `smartcx verify FILE`, without database, settings or network.

What a package says is compared with its signed manifest, and consents with their signatures. Without a key from
elsewhere the package's own one is taken: then a change is found, and whether the key is ours is left to the reader.
"""

import hashlib
import json
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from smartcx_portal.kit.language import N_
from smartcx_portal.kit.seals import NotSealed, key_id, key_named, opened, sealed_by
from smartcx_portal.privacy.receipt_check import check_pair, check_receipt

MANIFEST, MANIFEST_SEAL, KEYS = "manifest.json", "manifest.jws", "schema/smartcx-keys.json"
KIND = "manifest"
"""What the manifest's seal says it covers."""
RECEIPTS = "consents/"
RECEIPT_KINDS = (".json", ".jws")
LARGEST = 200_000_000
"""Bytes that a package may have unpacked; ours have a few million."""
LARGEST_LIST = 5_000_000
"""Bytes of a file that is read as a whole: manifest, signatures, keys."""
PIECE = 1 << 20
MOST_FAULTS = 100
NAME_SHOWN = 200
"""Signs of a file's name that are told: who made the package chose it."""
NO_ZIP = N_("is no ZIP file that can be read")
PAPER = "is a paper for reading and carries no seal: check the .json file that is offered beside it"
BROKEN = N_("cannot be read, the ZIP file is damaged there")
TOO_LARGE = N_("is larger than any package")
TWICE = N_("stands in the package more than once")
MISSING = N_("is missing")
UNREADABLE = N_("cannot be read")
FORGED = N_("is not signed by this key, or was changed after it was signed")
CHANGED = N_("was changed")
ADDED = N_("was put in later, the manifest does not list it")
NO_SEAL = N_("has no signature beside it")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one file."""

    file: str
    problem: str


@dataclass(frozen=True, slots=True)
class Checked:
    """`key`: the name of the key it was checked with; `key_given`: whether that came from outside the package."""

    faults: list[Fault]
    files: int = 0
    key: str = ""
    key_given: bool = False


class _Unfit(Exception):
    """One file cannot be used; says why."""

    def __init__(self, file: str, problem: str) -> None:
        super().__init__()
        self.fault = Fault(file, problem)


def check_file(path: Path, key: bytes | None = None) -> Checked:
    """A package, or the file of one receipt, which carries no key: for it `key` is needed. Raises `NotSealed`."""
    if path.suffix == ".pdf":
        return Checked([Fault(path.name, PAPER)])
    if path.suffix not in RECEIPT_KINDS:
        return check_package(path, key)
    if key is None:
        raise NotSealed
    try:
        check_receipt(path.read_bytes(), key)
    except NotSealed:
        return Checked([Fault(path.name, FORGED)])
    except OSError:
        return Checked([Fault(path.name, UNREADABLE)])
    return Checked([], 1, key_id(key), True)


def check_package(path: Path, key: bytes | None = None) -> Checked:
    """Look at every file of a package. `key` is the signer's public key; without it the package's own one is used."""
    try:
        with zipfile.ZipFile(path) as archive:
            return check_archive(archive, path.name, key, LARGEST)
    except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError):
        return Checked([Fault(path.name, NO_ZIP)])


def check_archive(archive: zipfile.ZipFile, name: str, key: bytes | None, largest: int) -> Checked:
    """The same for an open package, which faults of the whole call `name`; `largest`: bytes that it may unpack to."""
    try:
        return _Checking(archive, name, largest).all(key)
    except _Unfit as found:
        return Checked([found.fault])


def key_from(path: Path, name: str = "") -> bytes:
    """A public key from a file as `/.well-known/smartcx-keys.json` gives it: the one of this name, or the first.

    Raises `NotSealed`.
    """
    try:
        keys = json.loads(path.read_bytes())
        return key_named(keys, name or keys["keys"][0]["kid"])
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, OSError, RecursionError):
        raise NotSealed from None


@dataclass
class _Checking:
    """One open package."""

    archive: zipfile.ZipFile
    own_name: str
    largest: int
    faults: list[Fault] = field(default_factory=list)

    def all(self, key: bytes | None) -> Checked:
        """Raises `_Unfit` where nothing can be said on the rest."""
        names = Counter(info.filename for info in self.archive.infolist() if not info.is_dir())
        if sum(info.file_size for info in self.archive.infolist()) > self.largest:
            raise _Unfit(self.own_name, TOO_LARGE)
        self.faults += [Fault(name, TWICE) for name, count in names.items() if count > 1]
        used = key or self._own_key()
        sums = self._sums(used)
        self.faults += [Fault(name, MISSING) for name in sorted(sums.keys() - names.keys())]
        listed = (MANIFEST, MANIFEST_SEAL, *sums)
        self.faults += [Fault(name, ADDED) for name in sorted(names) if name not in listed]
        self.faults += [fault for name in sorted(names.keys() & sums.keys()) for fault in self._same(name, sums[name])]
        self.faults += [fault for name in sorted(names) for fault in self._receipt(name, names, used)]
        return Checked(list(dict.fromkeys(self.faults))[:MOST_FAULTS], len(names), key_id(used), key is not None)

    def _own_key(self) -> bytes:
        try:
            return key_named(_json(self._read(KEYS)), sealed_by(self._read(MANIFEST_SEAL).decode()))
        except (NotSealed, ValueError, AttributeError):
            raise _Unfit(MANIFEST_SEAL, FORGED) from None

    def _sums(self, key: bytes) -> dict[str, str]:
        """The check sums as they were signed."""
        try:
            signed = opened(self._read(MANIFEST_SEAL).decode(), key, KIND)
        except (NotSealed, ValueError):
            raise _Unfit(MANIFEST_SEAL, FORGED) from None
        if self._read(MANIFEST) != signed:
            self.faults.append(Fault(MANIFEST, CHANGED))
        files = _json(signed).get("files")
        if not isinstance(files, dict):
            raise _Unfit(MANIFEST, UNREADABLE)
        return files

    def _same(self, name: str, expected: str) -> Iterator[Fault]:
        """Whether a file has its check sum; it is never held as a whole."""
        found = hashlib.sha256()
        try:
            with self.archive.open(name) as file:
                while piece := file.read(PIECE):
                    found.update(piece)
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, NotImplementedError):
            yield Fault(name, BROKEN)
            return
        if found.hexdigest() != expected:
            yield Fault(name, CHANGED)

    def _receipt(self, name: str, names: Counter[str], key: bytes) -> Iterator[Fault]:
        """Whether a consent is signed, and signed as it stands there."""
        if not name.startswith(RECEIPTS) or not name.endswith(".json"):
            return
        beside = name.removesuffix(".json") + ".jws"
        if beside not in names:
            yield Fault(name, NO_SEAL)
            return
        try:
            check_pair(self._read(name), self._read(beside).decode(), key)
        except (NotSealed, ValueError):
            yield Fault(name, FORGED)
        except _Unfit as found:
            yield found.fault

    def _read(self, name: str) -> bytes:
        """A small file as a whole. Raises `_Unfit`."""
        try:
            if self.archive.getinfo(name).file_size > LARGEST_LIST:
                raise _Unfit(name, TOO_LARGE)
            return self.archive.read(name)
        except KeyError:
            raise _Unfit(name, MISSING) from None
        except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError):
            raise _Unfit(name, BROKEN) from None


def _json(content: bytes) -> dict[str, Any]:
    """Raises `ValueError`."""
    try:
        found = json.loads(content)
    except RecursionError:
        raise ValueError from None
    if not isinstance(found, dict):
        raise ValueError
    return found


def told(path: Path, checked: Checked) -> list[str]:
    """The result in sentences."""
    name = _plain(path.name)
    if [one.problem for one in checked.faults] == [PAPER]:
        return [f"{name} {PAPER}."]
    if checked.faults:
        return [f"{name}: NOT as it was made.", *(f"  {_plain(one.file)} {one.problem}." for one in checked.faults)]
    whole = f"{name}: {_whole(path, checked.files)}, signed with the key {checked.key}."
    if checked.key_given:
        return [whole]
    return [whole, "This key came with the package. Compare it with /.well-known/smartcx-keys.json of the sender."]


def _whole(path: Path, files: int) -> str:
    if path.suffix in RECEIPT_KINDS:
        return "the receipt is as it was made"
    return "the one file in it is as it was made" if files == 1 else f"all {files} files are as they were made"


def _plain(name: str) -> str:
    """A name that steers no terminal, begins no line of its own and turns no writing."""
    return "".join(sign if sign.isprintable() else "?" for sign in name[:NAME_SHOWN])
