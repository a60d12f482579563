"""Requests by data subjects and the day by which they must be answered (Art. 12(3), Regulation 1182/71)."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

import holidays

from smartcx_portal.kit.clock import local_day
from smartcx_portal.kit.errors import NotFound
from smartcx_portal.kit.ids import as_id
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.kit.localtime import day_text, moment_text
from smartcx_portal.models.privacy import PrivacyCase, RecipientNotice, Right
from smartcx_portal.models.tenant import Tenant
from smartcx_portal.privacy.handed_titles import TOLD, HandedTitles
from smartcx_portal.privacy.words import RIGHTS
from smartcx_portal.tenancy import Permission, Work

STATES = {"open": N_("still open"), "done": N_("settled"), "refused": N_("refused")}
PROOFS = {
    "code": N_("by a code that was sent to you"),
    "code_and_booking_code": N_("by a code that was sent to you, and the booking code"),
    "booking_code": N_("by the link of your appointment and the booking code"),
    "link": N_("by the link in a message to you"),
}
BY_PROVIDER, ADDRESS_BY_PROVIDER = "provider", "provider_address"
"""Proven by the provider that handed the data over: another name there; or another address or language."""
ARRIVED = N_("Your request arrived")
SETTLED = N_("It was settled")
REFUSED = N_("It was refused")
TOLD_OF_IT = N_("{name}: {state}")
SATURDAY = 5
MOST = 20
"""Cases that one answer holds."""


@dataclass(frozen=True, slots=True)
class CaseView:
    """One request; `due` is empty once it is closed. `proof` says by what the person showed who they are, if noted."""

    id: str
    right: str
    state: str
    received: str
    due: str
    closed: str
    request: str
    proof: str


@dataclass(frozen=True, slots=True)
class Cases:
    """A part of a list, and whether there is more behind it."""

    lines: list[CaseView]
    more: bool


@dataclass(frozen=True, slots=True)
class Step:
    """Something that happened to a request."""

    moment: str
    what: str


@dataclass(frozen=True, slots=True)
class CaseStory:
    """One request with what became of it, in the order of time."""

    case: CaseView
    steps: list[Step]


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
    """Record a request with its due date; one case per right.

    `proven_by` is a word of `PROOFS`; left out, it is what the signed-in person's session began with.
    """
    tenant = work.get(Tenant, work.tenant)
    case = work.new(
        PrivacyCase,
        customer_id=customer_id,
        right=right,
        request=request,
        received_at=work.now,
        due_on=due_date(local_day(work.now, tenant.zone), tenant.land),
        proven_by=proven_by or work.actor.proof,
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
    return close_case(work, open_case(work, right, customer_id))


def wishes_name(case: PrivacyCase) -> bool:
    """Whether the request is another name, to be taken over as it stands: a name has one line, and all that people
    describe in words begins with a line on what it is about.
    """
    asks = case.right is Right.RECTIFICATION and case.proven_by != ADDRESS_BY_PROVIDER
    return asks and bool(case.request) and "\n" not in (case.request or "")


def own_cases(work: Work, *, start: int = 0, most: int = MOST) -> Cases:
    """The signed-in person's requests from the `start`-th on: open ones first, then the newest."""
    work.need(Permission.PERSON)
    query = work.select(PrivacyCase).where(PrivacyCase.customer_id == work.actor.customer_id)
    order = (PrivacyCase.closed_at.is_not(None), PrivacyCase.received_at.desc(), PrivacyCase.id)
    found = work.all(query.order_by(*order).offset(max(start, 0)).limit(most + 1))
    return Cases([case_view(work, case) for case in found[:most]], len(found) > most)


def own_case(work: Work, case_id: str) -> CaseStory:
    """One of the signed-in person's requests. Raises `NotFound`, for other people's too."""
    work.need(Permission.PERSON)
    case = work.get(PrivacyCase, as_id(case_id))
    if case.customer_id is None or case.customer_id != work.actor.customer_id:
        raise NotFound
    return CaseStory(case_view(work, case), _steps(work, case))


def case_view(work: Work, case: PrivacyCase) -> CaseView:
    """A request in words; the caller has made sure whose it is."""
    zone, lang = work.get(Tenant, work.tenant).zone, work.lang
    return CaseView(
        id=str(case.id),
        right=translate(lang, RIGHTS[case.right]),
        state=translate(lang, STATES[case.status]),
        received=day_text(local_day(case.received_at, zone), lang),
        due="" if case.closed_at else day_text(case.due_on, lang),
        closed=day_text(local_day(case.closed_at, zone), lang) if case.closed_at else "",
        request=case.request or "",
        proof=translate(lang, PROOFS[case.proven_by]) if case.proven_by in PROOFS else "",
    )


def _steps(work: Work, case: PrivacyCase) -> list[Step]:
    """What the rows tell: it arrived, who was told of what was done (Art. 19), how it ended."""
    zone, lang = work.get(Tenant, work.tenant).zone, work.lang
    told = work.all(work.select(RecipientNotice).where(RecipientNotice.case_id == case.id))
    names = HandedTitles(work, lang, lambda moment: moment_text(moment, zone, lang))
    steps = [(case.received_at, translate(lang, ARRIVED))]
    if case.closed_at:
        steps.append((case.closed_at, translate(lang, REFUSED if case.status == "refused" else SETTLED)))
    for one in told:
        words = {"name": names.recipient(one.recipient), "state": translate(lang, TOLD[one.state])}
        steps.append((one.at, translate(lang, TOLD_OF_IT).format(**words)))
    return [Step(moment_text(at, zone, lang), what) for at, what in sorted(steps, key=lambda step: step[0])]
