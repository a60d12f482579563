"""The erasure ledger: written before anything is destroyed, in the database and in a synced file outside it.

A restored backup brings back an old table, but not an old file: so the erased can be erased again before the
restored database takes traffic. It names nobody: a keyed hash finds the person's row, if it is there again.
"""

import json
import os
from pathlib import Path
from uuid import UUID

from smartcx_portal.kit.tokens import digest
from smartcx_portal.models.privacy import ErasureLedgerEntry
from smartcx_portal.settings import settings
from smartcx_portal.tenancy import Work


def ledger_proof(tenant_id: UUID, customer_id: UUID) -> str:
    """The keyed hash of a customer's id."""
    return digest("erasure-ledger", tenant_id, customer_id)


def ledger_file() -> Path:
    """The synced file; one JSON object per line."""
    return settings().data / "ledger.jsonl"


def write_ledger(work: Work, customer_id: UUID, case_id: UUID | None, groups: dict[str, int]) -> ErasureLedgerEntry:
    """Note that this person is about to be erased; on disk when it returns."""
    entry = work.new(
        ErasureLedgerEntry,
        case_id=case_id,
        proof=ledger_proof(work.tenant, customer_id),
        erased_at=work.now,
        groups=groups,
    )
    _append(
        {
            "id": str(entry.id),
            "tenant": str(work.tenant),
            "proof": entry.proof,
            "erased_at": work.now.isoformat(),
            "groups": groups,
        }
    )
    return entry


def _append(line: dict[str, object]) -> None:
    """One line in one write, then down to the disk."""
    file = ledger_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(handle, (json.dumps(line, sort_keys=True) + "\n").encode())
        os.fsync(handle)
    finally:
        os.close(handle)
