"""Files that the staff and people fetch by a link that lives two minutes: records, lists and reports as PDF or XLSX.

Whoever makes files of a kind registers it, with the permission that it needs. That is looked at when the link is made,
and the maker then works as the one who asked, in the same tenant (`tickets`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

from smartcx_portal.kit.errors import ProductError
from smartcx_portal.kit.language import N_
from smartcx_portal.kit.limits import limit
from smartcx_portal.kit.sheets import Sheet, as_pdf, as_xlsx
from smartcx_portal.kit.tokens import digest
from smartcx_portal.privacy.tickets import Asked, TicketOver, opened, ticket
from smartcx_portal.tenancy import Permission, Work

LINK_LIFE = timedelta(minutes=2)
USE = "paper"
RATE = "60 per hour"
"""Links that one person or member of the staff may ask for."""
RATE_OF_LINK = "5 per 2 minutes"
"""Browsers ask once; some ask again after an interruption."""
PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class PaperOver(ProductError):
    """A link to a file works for two minutes, and only unchanged."""

    says = N_("This link is no longer valid. Go back to the page and ask for the file again.")


class Paper(NamedTuple):
    """A file: its name, its media type and what is in it."""

    name: str
    media: str
    content: bytes


Maker = Callable[[Work, str, str], tuple[str, str, bytes]]
"""Makes the file for `work.actor`, given what the link was made for and the language; a `Paper` as a rule."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A registered kind of file."""

    permission: Permission
    maker: Maker


PAPERS: dict[str, Kind] = {}
"""By name; filled where the makers stand."""


def register(kind: str, permission: Permission, maker: Maker) -> None:
    """Name a kind of file, once. Raises `ValueError` when the name is taken."""
    if kind in PAPERS:
        raise ValueError(f"two makers for the file {kind}")
    PAPERS[kind] = Kind(permission, maker)


def pdf(name: str, sheet: Sheet) -> Paper:
    """The sheet as a PDF; `name` without an ending."""
    return Paper(f"{name}.pdf", PDF, as_pdf(sheet))


def workbook(name: str, sheet: Sheet) -> Paper:
    """The sheet as a workbook; `name` without an ending."""
    return Paper(f"{name}.xlsx", XLSX, as_xlsx(sheet))


def paper_token(work: Work, kind: str, ref: str = "") -> str:
    """A fresh link's secret, for who acts now. `ref` says of what: an id as a rule, never a personal value.

    Raises `NotFound` or `NotPermitted` without the permission of that kind, and `TooMany`.
    """
    work.need(PAPERS[kind].permission)
    actor = work.actor
    limit("paper", str(actor.identity_id or actor.customer_id), RATE)
    if work.tenant_id is not None:
        work.audit("paper.link_made", kind=kind)
    return ticket(work, USE, kind, ref)


def paper_path(token: str) -> str:
    """Where the file is fetched: `rx.download(url=paper_path(token), filename="")` takes the name from the answer."""
    return f"/downloads/papers/{token}"


def asked_in(token: str) -> Asked:
    """Who asked for what. Raises `PaperOver` for a wrong or an old link."""
    try:
        asked = opened(token, USE, LINK_LIFE)
    except TicketOver:
        raise PaperOver from None
    if asked.kind not in PAPERS:
        raise PaperOver
    return asked


def make_paper(work: Work, asked: Asked, token: str) -> Paper:
    """The file, made for who asked; the permission is looked at once more. Raises `TooMany` for a link used often."""
    limit("paper-link", digest("paper-link", token), RATE_OF_LINK)
    kind = PAPERS[asked.kind]
    work.need(kind.permission)
    return Paper(*kind.maker(work, asked.ref, asked.lang))
