"""Requests that people decide: the open ones with their due dates, and carrying out a corrected name."""

from dataclasses import dataclass
from uuid import UUID

from smartcx_portal.bookings.feeds import date_events_anew
from smartcx_portal.bookings.looking import Why, record_person_look
from smartcx_portal.kit.clock import local_day
from smartcx_portal.kit.errors import NotFound
from smartcx_portal.kit.ids import as_id
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.kit.localtime import day_text
from smartcx_portal.models.customer import Customer
from smartcx_portal.models.privacy import PrivacyCase
from smartcx_portal.models.tenant import Tenant
from smartcx_portal.privacy.cases import close_case, wishes_name
from smartcx_portal.privacy.telling_receivers import Changed
from smartcx_portal.privacy.telling_recipients import tell_recipients
from smartcx_portal.privacy.words import RIGHTS
from smartcx_portal.tenancy import Permission, Work

OVERDUE = N_("Overdue")
DUE_TODAY = N_("Due today")
DUE_TOMORROW = N_("Due tomorrow")
DUE_IN = N_("Due in {days} days")
SOON_DAYS = 7


@dataclass(frozen=True, slots=True)
class OpenCase:
    """A request that waits for the tenant, as the list has it: what it says and who wrote it stay out.

    `left` says the days in words; `urgent` within a week. `grantable`: it asks for another name, which can be taken
    over once the request is open.
    """

    id: str
    right: str
    received: str
    due: str
    left: str
    urgent: bool
    grantable: bool


@dataclass(frozen=True, slots=True)
class CaseSeen:
    """A request that a member of the staff opened: whose it is, how to reach them, and what they ask."""

    id: str
    name: str
    email: str
    phone: str
    request: str


def open_cases(work: Work) -> list[OpenCase]:
    """All that wait for an answer, the first due first."""
    work.need(Permission.PRIVACY_CASES)
    zone = work.get(Tenant, work.tenant).zone
    query = work.select(PrivacyCase).where(PrivacyCase.status == "open")
    return [_view(work, case, zone) for case in work.all(query.order_by(PrivacyCase.due_on, PrivacyCase.id))]


def look_at_case(work: Work, case_id: str | UUID) -> CaseSeen:
    """One request with the person behind it, for whom the look is written down; they see it in the portal."""
    work.need(Permission.PRIVACY_CASES)
    case = work.get(PrivacyCase, as_id(str(case_id)))
    customer = work.find(Customer, case.customer_id)
    if customer is None:
        return CaseSeen(str(case.id), "", "", "", case.request or "")
    record_person_look(work, customer.id, "privacy_case", Why.CASE)
    return CaseSeen(str(case.id), customer.name or "", customer.email or "", customer.phone or "", case.request or "")


def grant_name(work: Work, case_id: str | UUID) -> None:
    """Take the wished name over, close the case and tell who else holds the name.

    Raises `NotFound` for a case about something else.
    """
    work.need(Permission.PRIVACY_CASES)
    case = work.get(PrivacyCase, as_id(str(case_id)), lock=True)
    if not _grantable(case):
        raise NotFound
    customer = work.get(Customer, case.customer_id, lock=True)
    customer.name = case.request or customer.name
    date_events_anew(work, customer.id)
    close_case(work, case)
    tell_recipients(work, case, Changed.NAME)
    work.audit("person.corrected", case, field="name")


def _grantable(case: PrivacyCase) -> bool:
    return wishes_name(case) and case.customer_id is not None and case.status == "open"


def _view(work: Work, case: PrivacyCase, zone: str) -> OpenCase:
    days = (case.due_on - local_day(work.now, zone)).days
    return OpenCase(
        id=str(case.id),
        right=translate(work.lang, RIGHTS[case.right]),
        received=day_text(local_day(case.received_at, zone), work.lang),
        due=day_text(case.due_on, work.lang),
        left=translate(work.lang, _left(days)).format(days=abs(days)),
        urgent=days <= SOON_DAYS,
        grantable=_grantable(case),
    )


def _left(days: int) -> str:
    if days < 0:
        return OVERDUE
    return {0: DUE_TODAY, 1: DUE_TOMORROW}.get(days, DUE_IN)
