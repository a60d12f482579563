"""Lines of the list of bookings, from rows to what a reader sees."""

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from babel.dates import format_date

from smartcx_portal.bookings.naming import Names, names_of
from smartcx_portal.bookings.queries import ERASED, STATUS_TEXTS
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.kit.localtime import LOCALE
from smartcx_portal.models.booking import Booking, Origin
from smartcx_portal.tenancy import Work

ORIGIN_TEXTS = {
    Origin.ONLINE: N_("Online"),
    Origin.API: N_("Another program"),
    Origin.WAITLIST: N_("Waiting list"),
    Origin.STAFF: N_("Staff"),
    Origin.IMPORT: N_("Taken over"),
}
SHORT = {"de": "EE dd.MM.y", "en": "EE d MMM y"}


@dataclass(frozen=True, slots=True)
class FoundRow:
    """One booking in the list. Times are the place's own; `for_whom` is empty for who booked for themselves."""

    id: str
    day: str
    """`Mo., 23.11.2026`."""
    times: str
    """`08:00–08:20`."""
    person: str
    for_whom: str
    service: str
    resource: str
    state: str
    state_text: str
    origin: str
    overbooked: bool
    code: str


def found_rows(work: Work, bookings: Sequence[Booking]) -> list[FoundRow]:
    """The lines of these bookings, in their order."""
    names = names_of(work, bookings)
    return [_row(work, one, names) for one in bookings]


def _row(work: Work, one: Booking, names: Names) -> FoundRow:
    zone = ZoneInfo(names.zones[one.location_id])
    begins, ends = one.starts_at.astimezone(zone), one.ends_at.astimezone(zone)
    return FoundRow(
        id=str(one.id),
        day=format_date(begins.date(), SHORT[work.lang], locale=LOCALE[work.lang]),
        times=f"{begins:%H:%M}–{ends:%H:%M}",
        person=names.person_of(one) or translate(work.lang, ERASED),
        for_whom=names.for_whom.get(one.id, ""),
        service=names.services_of(one),
        resource=names.resources[one.resource_id],
        state=one.status.value,
        state_text=translate(work.lang, STATUS_TEXTS[one.status]),
        origin=translate(work.lang, ORIGIN_TEXTS[one.origin]),
        overbooked=one.overbooked,
        code=one.code or "",
    )
