"""Links that say who asked for what, for the few minutes in which a browser fetches or brings a file.

A ticket is encrypted: its address tells nobody who asked for what, and a changed one opens nothing. Whoever opens it
works as the one who asked, in the same tenant, so that their permissions and records hold as well.
"""

import base64
import json
import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from cryptography.fernet import Fernet, InvalidToken

from smartcx_portal.kit.clock import now
from smartcx_portal.kit.errors import ProductError
from smartcx_portal.kit.tokens import mac
from smartcx_portal.models.staff import Role
from smartcx_portal.tenancy import Actor, ActorKind, Work

LONGEST = 2_000
TICKET = re.compile(r"[A-Za-z0-9_-]+")


class TicketOver(ProductError):
    """A wrong, changed or old ticket."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a good ticket says: who asked, at which tenant (the operator at none), for what, and in which language."""

    kind: str
    ref: str
    lang: str
    tenant_id: UUID | None
    actor: Actor


def ticket(work: Work, use: str, kind: str, ref: str = "") -> str:
    """A fresh one for who acts now; it opens for this `use` only. `ref` is an id as a rule, never a personal value."""
    actor = work.actor
    asked = {
        "kind": kind,
        "ref": ref,
        "lang": work.lang,
        "tenant": _text(work.tenant_id),
        "actor": actor.kind.value,
        "identity": _text(actor.identity_id),
        "customer": _text(actor.customer_id),
        "role": actor.role.value if actor.role else "",
        "fresh": actor.fresh,
    }
    return _cipher(use).encrypt_at_time(json.dumps(asked).encode(), _seconds()).decode().rstrip("=")


def opened(token: str, use: str, life: timedelta) -> Asked:
    """Who asked for what. Raises `TicketOver`."""
    if len(token) > LONGEST or not TICKET.fullmatch(token):
        raise TicketOver
    whole = token.encode() + b"=" * (-len(token) % 4)
    try:
        content = _cipher(use).decrypt_at_time(whole, int(life.total_seconds()), _seconds())
    except InvalidToken:
        raise TicketOver from None
    found = json.loads(content)
    return Asked(found["kind"], found["ref"], found["lang"], _id(found["tenant"]), _actor(found))


def _actor(found: dict[str, Any]) -> Actor:
    return Actor(
        ActorKind(found["actor"]),
        identity_id=_id(found["identity"]),
        customer_id=_id(found["customer"]),
        role=Role(found["role"]) if found["role"] else None,
        fresh=found["fresh"],
    )


def _cipher(use: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(mac(use, 1)))


def _seconds() -> int:
    return int(now().timestamp())


def _text(value: UUID | None) -> str:
    return str(value) if value else ""


def _id(text: str) -> UUID | None:
    return UUID(text) if text else None
