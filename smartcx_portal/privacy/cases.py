"""Requests by data subjects and the day by which they must be answered (Art. 12(3), Regulation 1182/71)."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

import holidays

from smartcx_portal.kit.clock import local_day
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.kit.localtime import day_text
from smartcx_portal.models.privacy import PrivacyCase, Right
from smartcx_portal.models.tenant import Tenant
from smartcx_portal.privacy.words import RIGHTS
from smartcx_portal.tenancy import Permission, Work

STATES = {"open": N_("still open"), "done": N_("settled"), "refused": N_("refused")}
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class CaseView:
    """One request; `due` is empty once it is closed."""

    id: str
    right: str
    state: str
    received: str
    due: str
    closed: str
    request: str


def due_date(received: date, land: str, months: int = 1) -> date:
    """The same date `months` later, else that month's last day; then the next working day of the Land.

    `land` has the letters of ISO 3166-2:DE. Without its public holidays, Saturdays and Sundays (Art. 3(4)).
    """
    month = received.month - 1 + months
    year, month = received.year + month // 12, month % 12 + 1
    day = date(year, month, min(received.day, calendar.monthrange(year, month)[1]))
    free = holidays.country_holidays("DE", subdiv=land)
    while day.weekday() >= SATURDAY or day in free:
        day += timedelta(days=1)
    return day


def open_case(
    work: Work, right: Right, customer_id: UUID | None, *, request: str | None = None, proven_by: str = ""
) -> PrivacyCase:
    """Record a request with its due date; one case per right."""
    tenant = work.get(Tenant, work.tenant)
    case = work.new(
        PrivacyCase,
        customer_id=customer_id,
        right=right,
        request=request,
        received_at=work.now,
        due_on=due_date(local_day(work.now, tenant.zone), tenant.land),
        proven_by=proven_by,
    )
    work.audit("case.opened", case, right=right.value)
    return case


def close_case(work: Work, case: PrivacyCase) -> PrivacyCase:
    """It was done as asked."""
    case.status, case.closed_at = "done", work.now
    work.audit("case.done", case, right=case.right.value)
    return case


def done_at_once(work: Work, right: Right, customer_id: UUID | None) -> PrivacyCase:
    """Record a request that the portal carried out by itself."""
    return close_case(work, open_case(work, right, customer_id, proven_by="code"))


def own_cases(work: Work) -> list[CaseView]:
    """The signed-in person's requests, newest first."""
    work.need(Permission.PERSON)
    query = work.select(PrivacyCase).where(PrivacyCase.customer_id == work.actor.customer_id)
    zone = work.get(Tenant, work.tenant).zone
    return [_view(case, zone, work.lang) for case in work.all(query.order_by(PrivacyCase.received_at.desc()))]


def _view(case: PrivacyCase, zone: str, lang: str) -> CaseView:
    return CaseView(
        id=str(case.id),
        right=translate(lang, RIGHTS[case.right]),
        state=translate(lang, STATES[case.status]),
        received=day_text(local_day(case.received_at, zone), lang),
        due="" if case.closed_at else day_text(case.due_on, lang),
        closed=day_text(local_day(case.closed_at, zone), lang) if case.closed_at else "",
        request=case.request or "",
    )
