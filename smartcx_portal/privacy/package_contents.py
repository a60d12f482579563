"""What is in a package: each file's bytes, and a signed list of their check sums."""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextvars import copy_context
from typing import Any

from smartcx_portal.kit.cells import neutral
from smartcx_portal.kit.language import LANGUAGES, known
from smartcx_portal.kit.seals import key_set, seal
from smartcx_portal.kit.sheets import as_pdf
from smartcx_portal.messaging.calendar_file import Method, ics
from smartcx_portal.models.booking import BookingStatus
from smartcx_portal.privacy.access import view_in
from smartcx_portal.privacy.art15 import answers, art15_json
from smartcx_portal.privacy.contact_card import contact_card
from smartcx_portal.privacy.package_check import KEYS, KIND, MANIFEST, MANIFEST_SEAL, RECEIPTS
from smartcx_portal.privacy.package_pages import index_page, readme
from smartcx_portal.privacy.reading import Reading
from smartcx_portal.privacy.receipts import Receipts
from smartcx_portal.privacy.report_paper import report_sheet
from smartcx_portal.privacy.subject import ACCESS, Document, as_json, document_of
from smartcx_portal.privacy.subject_schema import schema_bytes

SHOWN = (BookingStatus.PENDING, BookingStatus.CONFIRMED, BookingStatus.FINISHED, BookingStatus.ARRIVED)
MOST_RECEIPTS = 500


def package_files(reading: Reading, profile: str = ACCESS) -> dict[str, bytes]:
    """Every file of a package by its name, the signed manifest with a SHA-256 for each included."""
    with ThreadPoolExecutor(1) as beside:
        report = _Report(reading, beside) if profile == ACCESS else None
        document = document_of(reading, profile)
        files = {
            "LIESMICH.txt": readme(reading.work, reading.tenant.name, profile),
            "data/subject.json": as_json(document),
            "schema/subject.schema.json": schema_bytes(),
            **{f"data/{table}.csv": content for table, content in _tables(document["records"])},
            **dict(_receipts(reading)),
        }
        if card := contact_card(document):
            files["contact/kontakt.vcf"] = card
        if report:
            files |= report.files()
    return files | _seals(files, reading, profile)


def zipped(files: dict[str, bytes]) -> bytes:
    """All of it in one file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


class _Report:
    """What people read, on paper in the language of the one who asked; and the answers of Art. 15 for programs.

    The paper takes as long as all other files together, and needs nothing but its words: another core sets it.
    """

    def __init__(self, reading: Reading, beside: Executor) -> None:
        lang = known(reading.work.lang)
        self.reading, self.said = reading, answers(reading)
        self.views = {lang: view_in(reading, lang)}
        sheet = report_sheet(reading, self.views[lang], self.said, lang)
        self.paper = beside.submit(copy_context().run, as_pdf, sheet)

    def files(self) -> dict[str, bytes]:
        """All of them; waits for the paper."""
        views = {lang: self.views.get(lang) or view_in(self.reading, lang) for lang in LANGUAGES}
        return {
            "index.html": index_page(self.reading.work, views, self.said),
            "art15.json": art15_json(self.reading, self.said),
            "calendar/termine.ics": _calendar(self.reading),
            "auskunft.pdf": self.paper.result(),
        }


def _receipts(reading: Reading) -> Iterator[tuple[str, bytes]]:
    """The latest consents and withdrawals, each with its seal beside it; all of them stand in `data/subject.json`."""
    issuing = Receipts(reading.work)
    for event in sorted(reading.rows("consent_event"), key=lambda one: one.at, reverse=True)[:MOST_RECEIPTS]:
        content, jws = issuing.sealed(event)
        yield f"{RECEIPTS}{event.id}.json", content
        yield f"{RECEIPTS}{event.id}.jws", jws.encode()


def _seals(files: dict[str, bytes], reading: Reading, profile: str) -> dict[str, bytes]:
    """The manifest, its signature, and the key that checks it."""
    keys = json.dumps(key_set(), indent=2).encode()
    sums = {name: hashlib.sha256(content).hexdigest() for name, content in sorted((files | {KEYS: keys}).items())}
    manifest = {
        "createdAt": reading.work.now.isoformat(),
        "controller": reading.tenant.name,
        "profile": profile,
        "algorithm": "sha256",
        "files": sums,
    }
    content = json.dumps(manifest, ensure_ascii=False, indent=2).encode()
    return {KEYS: keys, MANIFEST: content, MANIFEST_SEAL: seal(content, KIND).encode()}


def _tables(records: Sequence[Document]) -> Iterator[tuple[str, bytes]]:
    """One CSV file for each table."""
    for table in sorted({record["type"] for record in records}):
        mine = [record for record in records if record["type"] == table]
        rows: list[dict[str, Any]] = [
            {"id": r["id"], **r["about"], **{n: f["value"] for n, f in r["fields"].items()}} for r in mine
        ]
        head = list(dict.fromkeys(name for row in rows for name in row))
        out = io.StringIO()
        writer = csv.writer(out)
        writer.writerow(head)
        writer.writerows([neutral(row.get(name)) for name in head] for row in rows)
        yield table, b"\xef\xbb\xbf" + out.getvalue().encode()


def _calendar(reading: Reading) -> bytes:
    """The person's own appointments in one calendar."""
    mine = [one for one in reading.rows("booking") if one.customer_id == reading.customer_id and one.status in SHOWN]
    visits = [reading.visits.of(booking) for booking in sorted(mine, key=lambda one: one.starts_at)]
    return ics(visits, reading.tenant, method=Method.PUBLISH, lang=reading.work.lang)
