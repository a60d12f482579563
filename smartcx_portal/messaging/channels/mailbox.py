"""The mailbox of demo mode: every message is one JSON file that the demo's people can read."""

import base64
import json
import os
from pathlib import Path
from typing import Any
from uuid import UUID

from smartcx_portal.messaging.letters import Letter
from smartcx_portal.settings import settings


class Mailbox:
    """Writes `DATA/mailbox/<tenant>/<message>.json`; the same message twice is one file."""

    def send(self, letter: Letter) -> str:
        """Write the file whole or not at all, readable by its owner only."""
        file = _file(letter.tenant_id, letter.message_id)
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh = file.with_suffix(f".{os.getpid()}.tmp")
        fresh.touch(mode=0o600)
        fresh.write_text(json.dumps(_content(letter), ensure_ascii=False, indent=2), encoding="utf-8")
        fresh.replace(file)
        return f"mailbox:{letter.message_id}"

    def find(self, letter: Letter) -> str | None:
        """The file that an earlier try wrote."""
        written = _file(letter.tenant_id, letter.message_id).exists()
        return f"mailbox:{letter.message_id}" if written else None


def folder() -> Path:
    """Where all letters lie, a folder per tenant."""
    return settings().data / "mailbox"


def letters(tenant_id: UUID | None = None) -> list[dict[str, Any]]:
    """What lies in the mailbox, newest first, of one tenant or of all; empty outside demo mode."""
    if not settings().demo:
        return []
    found = []
    for file in folder().glob(f"{tenant_id or '*'}/*.json"):
        try:
            found.append(json.loads(file.read_text(encoding="utf-8")))
        except FileNotFoundError:  # erased since we looked
            continue
    return sorted(found, key=lambda letter: (letter["at"], letter["id"]), reverse=True)


def _file(tenant_id: UUID, message_id: UUID) -> Path:
    return folder() / str(tenant_id) / f"{message_id}.json"


def _content(letter: Letter) -> dict[str, Any]:
    return {
        "id": str(letter.message_id),
        "tenant": str(letter.tenant_id),
        "kind": letter.kind,
        "channel": letter.channel.value,
        "language": letter.language,
        "from": letter.sender_name,
        "to": letter.to,
        "subject": letter.subject,
        "text": letter.text,
        "headers": letter.headers,
        "at": letter.at.isoformat(),
        "attachments": [
            {
                "name": each.name,
                "content_type": each.content_type,
                "base64": base64.b64encode(each.content).decode(),
            }
            for each in letter.attachments
        ],
    }
