"""A row's title in the reader's words: what it is about, and when. Tables without a saying of their own have none."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

from smartcx_portal.bookings.queries import YES_NO
from smartcx_portal.bookings.waiting import days_text, times_text
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.kit.localtime import moment_text
from smartcx_portal.messaging.visits import WAYS, Visit
from smartcx_portal.models.booking import Booking, BookingPart, BookingStatus, WaitlistEntry, WaitlistStatus
from smartcx_portal.models.calendar import FieldKind, FormField, Location, Service, Way
from smartcx_portal.models.messaging import Channel, MessageStatus
from smartcx_portal.models.privacy import ConsentKind
from smartcx_portal.models.tenant import Tenant
from smartcx_portal.privacy.cases import wishes_name
from smartcx_portal.privacy.handed_titles import HandedTitles
from smartcx_portal.privacy.words import RIGHTS
from smartcx_portal.standing.consent_texts import TITLES
from smartcx_portal.tenancy import Work

STATES = {
    BookingStatus.HELD: N_("held while you book"),
    BookingStatus.PENDING: N_("waits for your confirmation"),
    BookingStatus.CONFIRMED: N_("booked"),
    BookingStatus.ARRIVED: N_("arrived"),
    BookingStatus.CALLED: N_("called in"),
    BookingStatus.SERVING: N_("in progress"),
    BookingStatus.FINISHED: N_("has taken place"),
    BookingStatus.NO_SHOW: N_("not attended"),
    BookingStatus.CANCELLED: N_("cancelled"),
    BookingStatus.EXPIRED: N_("never confirmed"),
}
WISHES = {
    WaitlistStatus.UNCONFIRMED: N_("waits for your confirmation"),
    WaitlistStatus.WAITING: N_("on the waiting list"),
    WaitlistStatus.OFFERED: N_("a time is held for you"),
    WaitlistStatus.TAKEN: N_("you took a time"),
    WaitlistStatus.LAPSED: N_("over, nothing became free"),
    WaitlistStatus.LEFT: N_("left"),
}
PLACES_TAKEN = N_("{number} places")
IN_SERIES = N_("one of a series")
SENDING = {
    MessageStatus.QUEUED: N_("waits to be sent"),
    MessageStatus.SENDING: N_("being sent"),
    MessageStatus.SENT: N_("sent"),
    MessageStatus.FAILED: N_("could not be sent"),
    MessageStatus.SUPPRESSED: N_("not sent"),
}
CHANNELS = {Channel.EMAIL: N_("E-mail"), Channel.SMS: N_("Text message")}
KINDS = {
    "booking_confirm": N_("please confirm your appointment"),
    "booking_booked": N_("your appointment is booked"),
    "booking_moved": N_("your appointment was moved"),
    "booking_cancelled": N_("your appointment was cancelled"),
    "code": N_("one-time code"),
    "nothing_stored": N_("nothing is stored"),
    "contact_changed": N_("your address was changed"),
    "links_renewed": N_("your new contact details hold"),
    "enquiry_received": N_("your question has arrived"),
    "enquiry_passed_on": N_("your question was passed on to the operator of the portal"),
    "waitlist_confirm": N_("please confirm your place in the waiting list"),
    "waitlist_offer": N_("a time has become free for you"),
    "waitlist_over": N_("nothing has become free for you"),
}
CONSENT_KINDS = {ConsentKind.GIVEN: N_("given"), ConsentKind.WITHDRAWN: N_("withdrawn")}
ROLES = {"owner": N_("Head of the office or business"), "staff": N_("A member of the staff")}
LANGUAGE_NAMES = {"de": N_("German"), "en": N_("English")}
LOOKED = N_("{who}, on {when}")
NEW_NAME = N_("New name")
TAKEN_ALONG = N_("{who}, in a list taken out as a file, on {when}")


def own_values(value: dict[str, Any]) -> Any:
    """Of a document as the portal hands it over: what is stored, without all that is said about it."""
    if not isinstance(value.get("records"), list):
        return value
    fields = [record.get("fields", {}) for record in value["records"]]
    return [field.get("value") for each in fields for field in each.values()]


def leaves(value: Any) -> Iterator[str]:
    """All single values in lists and objects, in words."""
    if isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from leaves(each)
    elif value not in (None, ""):
        yield str(value)


class Visits:
    """What appointments are for; the services of all of a person's combined visits are read in one go."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self._parts: dict[UUID, dict[UUID, list[tuple[Service, int]]]] = {}
        self._visits: dict[UUID, Visit] = {}
        self._services: dict[UUID, Service] = {}
        self._places: dict[UUID, Location] = {}

    def of(self, booking: Booking) -> Visit:
        """Like `messaging.visits.visit_of`; each is put together once."""
        if booking.id not in self._visits:
            self._visits[booking.id] = self._visit(booking)
        return self._visits[booking.id]

    def _visit(self, booking: Booking) -> Visit:
        owner = booking.customer_id or booking.id
        if owner not in self._parts:
            self._parts[owner] = self._read(booking)
        parts = self._parts[owner].get(booking.id) or [(self._service(booking.service_id), 1)]
        if booking.location_id not in self._places:
            self._places[booking.location_id] = self.work.get(Location, booking.location_id)
        return Visit(booking, tuple(parts), self._places[booking.location_id])

    def _service(self, service_id: UUID) -> Service:
        if service_id not in self._services:
            self._services[service_id] = self.work.get(Service, service_id)
        return self._services[service_id]

    def _read(self, booking: Booking) -> dict[UUID, list[tuple[Service, int]]]:
        mine = Booking.customer_id == booking.customer_id if booking.customer_id else Booking.id == booking.id
        joined = (Booking.tenant_id == BookingPart.tenant_id) & (Booking.id == BookingPart.booking_id)
        found: dict[UUID, list[tuple[Service, int]]] = defaultdict(list)
        query = self.work.select(BookingPart).join(Booking, joined).where(mine).order_by(BookingPart.position)
        for part in self.work.all(query):
            found[part.booking_id].append((self._service(part.service_id), part.quantity))
        return found


class Summaries:
    """Titles for one tenant and one reader."""

    def __init__(self, work: Work, tenant: Tenant, lang: str, visits: Visits | None = None) -> None:
        self.work, self.tenant, self.lang = work, tenant, lang
        self.visits = visits or Visits(work)
        self._told: dict[UUID, str] = {}
        self._fields: dict[UUID, FormField | None] = {}
        self._makers: dict[str, Callable[[Any], str]] = {
            "booking": self._booking,
            "message": self._message,
            "consent_event": self._consent,
            "access_record": self._look,
            "privacy_case": self._case,
            "answer": self._of_booking,
            "attendee": self._of_booking,
            "api_reply": self._of_booking,
            "waitlist_entry": self._wish,
            "cancellation": lambda row: self._when(row.at),
        } | HandedTitles(work, lang, self._when).makers

    def title(self, table: str, row: Any) -> str:
        """One line about the row."""
        maker = self._makers.get(table)
        if maker:
            return maker(row)
        made = getattr(row, "created_at", None)
        return self._when(made) if made else ""

    def label(self, table: str, row: Any) -> str:
        """The question, for an answer, and what a correction corrects; else empty, and the column's own label holds."""
        if table == "privacy_case" and wishes_name(row):
            return self._t(NEW_NAME)
        field = self._field(row) if table == "answer" else None
        return field.label if field else ""

    def value(self, table: str, row: Any, column: str) -> str:
        """A stored value in words; a form that is still being filled, entry by entry."""
        value = getattr(row, column)
        field = self._field(row) if table == "answer" else None
        if field is not None and field.kind is FieldKind.YES_NO and value in YES_NO:
            return self._t(YES_NO[value])
        if column == "language" and value in LANGUAGE_NAMES:
            return self._t(LANGUAGE_NAMES[value])
        if isinstance(value, dict):
            return "; ".join(leaves(own_values(value)))
        return str(value)

    def _field(self, row: Any) -> FormField | None:
        """The question of an answer; each is looked up once."""
        if row.field_id not in self._fields:
            self._fields[row.field_id] = self.work.find(FormField, row.field_id)
        return self._fields[row.field_id]

    def _booking(self, row: Booking) -> str:
        if row.id not in self._told:
            self._told[row.id] = self._said(row)
        return self._told[row.id]

    def _said(self, row: Booking) -> str:
        visit = self.visits.of(row)
        when = moment_text(row.starts_at, visit.location.zone, self.lang)
        more = [
            self._t(WAYS[row.way]) if row.way is not Way.ON_SITE else "",
            self._t(PLACES_TAKEN).format(number=row.places) if row.places > 1 else "",
            self._t(IN_SERIES) if row.series_id else "",
        ]
        said = ", ".join(filter(None, (visit.what, when, visit.location.name, *more)))
        return f"{said}: {self._t(STATES[row.status])}"

    def _wish(self, row: WaitlistEntry) -> str:
        service = self.work.get(Service, row.service_id)
        places = self._t(PLACES_TAKEN).format(number=row.places) if row.places > 1 else ""
        said = ", ".join(filter(None, (service.name, days_text(row, self.lang), times_text(row), places)))
        return f"{said}: {self._t(WISHES[row.status])}"

    def _of_booking(self, row: Any) -> str:
        if row.booking_id in self._told:
            return self._told[row.booking_id]
        booking = self.work.find(Booking, row.booking_id)
        return self._booking(booking) if booking else ""

    def _message(self, row: Any) -> str:
        words = [CHANNELS[row.channel], KINDS.get(row.kind, row.kind), SENDING.get(row.status, row.status.value)]
        return f"{', '.join(map(self._t, words))}, {self._when(row.sent_at or row.created_at)}"

    def _consent(self, row: Any) -> str:
        return f"{self._t(TITLES[row.purpose])}: {self._t(CONSENT_KINDS[row.kind])}, {self._when(row.at)}"

    def _look(self, row: Any) -> str:
        who = self._t(ROLES.get(row.role, ROLES["staff"]))
        return self._t(TAKEN_ALONG if row.what == "export" else LOOKED).format(who=who, when=self._when(row.at))

    def _case(self, row: Any) -> str:
        return f"{self._t(RIGHTS[row.right])}, {self._when(row.received_at)}"

    def _when(self, moment: Any) -> str:
        return moment_text(moment, self.tenant.zone, self.lang)

    def _t(self, text: str) -> str:
        return translate(self.lang, text)
