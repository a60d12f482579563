"""The list of tenants: figures, never people."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import reflex as rx

from smartcx_portal.backoffice.frame import place
from smartcx_portal.backoffice.words import BADGES, kind_text, state_text
from smartcx_portal.gate import Form, event
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.models.tenant import TenantStatus
from smartcx_portal.operations.overview import TenantRow, tenant_list
from smartcx_portal.tenancy import Permission, Work

SEARCH_ABOVE = 10
NAME_WORD = "name"
ONE, MANY, FOUND = N_("1 tenant"), N_("{number} tenants"), N_("{found} of {number} tenants")


class SearchForm(Form):
    """A part of a name."""

    name: str = ""


@dataclass(frozen=True)
class TenantLine:
    """One row of the list."""

    id: str
    name: str
    kind: str
    city: str
    state: str
    badge: str
    coming: int
    bookings: int
    staff: int
    open_cases: int


class TenantsState(rx.State):
    """`wanted` is the part of a name that the address asks for; `searchable` once there are many."""

    ready: bool = False
    rows: list[TenantLine] = []
    wanted: str = ""
    count: str = ""
    searchable: bool = False

    @event(Permission.OPERATE)
    def load(self, work: Work) -> None:
        """All tenants, or those whose name contains what is looked for."""
        everyone = tenant_list(work)
        self.wanted = _wanted(self.router.url.query_parameters)
        found = [one for one in everyone if self.wanted.casefold() in one.name.casefold()]
        self.rows = [line(one, work.lang) for one in found]
        self.count = count_text(len(found), len(everyone), work.lang)
        self.searchable, self.ready = len(everyone) > SEARCH_ABOVE, True

    @event(Permission.OPERATE)
    def search(self, work: Work, form: SearchForm) -> Any:
        """The filter goes into the address, so that it can be kept and shared."""
        query = f"?{urlencode({NAME_WORD: form.name})}" if form.name else ""
        return rx.redirect(place(work.lang, "tenants") + query)


def line(row: TenantRow, lang: str) -> TenantLine:
    """A tenant as the list shows it."""
    return TenantLine(
        id=row.id,
        name=row.name,
        kind=kind_text(row.kind, lang),
        city=row.city,
        state=state_text(row.status, lang),
        badge=BADGES[TenantStatus(row.status)],
        coming=row.coming,
        bookings=row.bookings,
        staff=row.staff,
        open_cases=row.open_cases,
    )


def count_text(found: int, number: int, lang: str) -> str:
    """`3 Mandanten`, or how many of them fit."""
    if found != number:
        return translate(lang, FOUND).format(found=found, number=number)
    return translate(lang, ONE) if number == 1 else translate(lang, MANY).format(number=number)


def _wanted(parameters: Mapping[str, str]) -> str:
    return " ".join(str(parameters.get(NAME_WORD, "")).split())[:200]
