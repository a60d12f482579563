"""The companies that process for the operator: facts in `facts/sub_processors.toml`, brought into their table."""

import functools
import tomllib
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from smartcx_portal.models.tenant import SubProcessor, TransferBasis
from smartcx_portal.tenancy import Permission, Work

FILE = Path(__file__).parent / "facts" / "sub_processors.toml"
SEAT = ZoneInfo("Europe/Berlin")


@dataclass(frozen=True, slots=True)
class SubProcessorView:
    """One company, with its texts in the reader's language; `transfer` is empty where no data leaves the EU."""

    key: str
    name: str
    address: str
    country: str
    service: str
    keeps: str
    transfer: str
    legal_basis: str
    agreed: bool


def seed_sub_processors(work: Work) -> int:
    """Bring the table to the file's facts, and return how many rows that changed. What left the file stays."""
    have = {row.key: row for row in work.all(work.shared(SubProcessor))}
    changed = 0
    for key, facts in known_facts().items():
        if key not in have:
            work.new(SubProcessor, key=key, **facts)
            changed += 1
        else:
            changed += _renew(have[key], facts)
    work.flush()
    return changed


def sub_processors(work: Work, lang: str) -> list[SubProcessorView]:
    """All of them by name, for the back office."""
    work.need(Permission.OPERATE)
    rows = work.all(work.shared(SubProcessor).order_by(SubProcessor.name))
    return [
        SubProcessorView(
            key=row.key,
            name=row.name,
            address=row.address,
            country=row.country,
            service=row.service[lang],
            keeps=row.keeps[lang],
            transfer=row.transfer.get(lang, ""),
            legal_basis=row.legal_basis,
            agreed=row.agreement_since is not None,
        )
        for row in rows
    ]


@functools.cache
def known_facts() -> dict[str, dict[str, Any]]:
    """The file's facts by key, as the table's columns hold them."""
    return {key: _columns(facts) for key, facts in tomllib.loads(FILE.read_text()).items()}


def _columns(facts: dict[str, Any]) -> dict[str, Any]:
    """With every column present, so that a fact taken out of the file is emptied in the table."""
    since: date | None = facts.get("agreement_since")
    agreed = datetime.combine(since, time(), SEAT) if since else None
    basis = TransferBasis(facts.get("transfer_basis", TransferBasis.NONE))
    stated = {"agreement_since": agreed, "transfer_basis": basis}
    return {"address": "", "transfer": {}, "legal_basis": ""} | facts | stated


def _renew(row: SubProcessor, facts: dict[str, Any]) -> bool:
    """Whether anything had to be changed."""
    different = {name: value for name, value in facts.items() if getattr(row, name) != value}
    for name, value in different.items():
        setattr(row, name, value)
    return bool(different)
