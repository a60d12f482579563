"""Copies of messages that lie outside the database: the mailbox of demo mode."""

from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

from smartcx_portal.messaging.channels.mailbox import folder


def erase_copies(message_ids: Iterable[UUID | str]) -> int:
    """Take away every file of these messages, half-written ones too; how many there were."""
    files = [file for each in message_ids for file in copies_of(each)]
    for file in files:
        file.unlink(missing_ok=True)
    return len(files)


def copies_of(message_id: UUID | str) -> list[Path]:
    """The files of one message."""
    return list(folder().glob(f"*/{UUID(str(message_id))}.*"))
