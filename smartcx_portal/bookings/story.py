"""What became of one booking, for staff: its messages, the person's consents, and what the trail tells of it."""

from dataclasses import dataclass
from uuid import UUID

from smartcx_portal.kit.ids import as_id
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.kit.localtime import moment_text, time_text
from smartcx_portal.models.audit import AuditEntry
from smartcx_portal.models.booking import Booking
from smartcx_portal.models.calendar import Location
from smartcx_portal.models.messaging import Channel, Message, MessageStatus
from smartcx_portal.models.staff import Identity
from smartcx_portal.standing.consents import standings
from smartcx_portal.standing.kinds import Kind
from smartcx_portal.tenancy import ActorKind, Permission, Work

KINDS = {
    Kind.BOOKING_CONFIRM: N_("Asks to confirm the appointment"),
    Kind.BOOKING_BOOKED: N_("Tells that the appointment is booked"),
    Kind.BOOKING_MOVED: N_("Tells that the appointment was moved"),
    Kind.BOOKING_CANCELLED: N_("Tells that the appointment was cancelled"),
    Kind.CODE: N_("Code to confirm"),
    Kind.WAITLIST_OFFER: N_("Offers a freed time to somebody on the waiting list"),
}
CHANNELS = {Channel.EMAIL: N_("E-mail"), Channel.SMS: N_("SMS")}
STATES = {
    MessageStatus.QUEUED: N_("Waits to be sent"),
    MessageStatus.SENDING: N_("Is being sent"),
    MessageStatus.SENT: N_("Sent"),
    MessageStatus.FAILED: N_("Not delivered"),
    MessageStatus.SUPPRESSED: N_("Not sent: the consent was withdrawn, or the appointment has changed since"),
}
LEAVES_AT = N_("Waits: it leaves at {time}")
DEEDS = {
    "booking.submitted": N_("Entered"),
    "booking.confirmed": N_("Booked"),
    "booking.moved": N_("Moved"),
    "booking.cancelled": N_("Cancelled"),
    "booking.undone": N_("Undone"),
    "booking.opened": N_("Opened"),
}
ACTORS = {
    ActorKind.VISITOR.value: N_("The person"),
    ActorKind.PERSON.value: N_("The person"),
    ActorKind.JOB.value: N_("Smart CX"),
    ActorKind.OPERATOR.value: N_("The operator"),
    ActorKind.STAFF.value: N_("A former member of staff"),
}
OVERBOOKED = N_("overbooked")
GIVEN, WITHDRAWN = N_("Given"), N_("Withdrawn")


@dataclass(frozen=True, slots=True)
class MessageRow:
    """One message; `at` is when it was sent, else when it was put in. A `failed` one may be sent again.

    `state` of one that still can be stopped says when it leaves.
    """

    id: str
    what: str
    channel: str
    state: str
    at: str
    failed: bool


@dataclass(frozen=True, slots=True)
class ConsentRow:
    """Where the person stands with one purpose."""

    title: str
    state: str
    at: str
    given: bool


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One deed, newest first."""

    at: str
    what: str
    who: str


@dataclass(frozen=True, slots=True)
class Story:
    """All three of one booking."""

    messages: list[MessageRow]
    consents: list[ConsentRow]
    history: list[HistoryRow]


def booking_story(work: Work, booking_id: str | UUID) -> Story:
    """What became of a booking. Who looks at the person calls `booking_detail` too, which writes it down."""
    work.need(Permission.BOOKINGS_READ)
    booking = work.get(Booking, as_id(str(booking_id)))
    zone = work.get(Location, booking.location_id).zone
    return Story(_messages(work, booking, zone), _consents(work, booking, zone), _history(work, booking, zone))


def _messages(work: Work, booking: Booking, zone: str) -> list[MessageRow]:
    query = work.select(Message).where(Message.booking_id == booking.id).order_by(Message.created_at, Message.id)
    return [
        MessageRow(
            id=str(one.id),
            what=translate(work.lang, KINDS.get(Kind(one.kind), one.kind)),
            channel=translate(work.lang, CHANNELS[one.channel]),
            state=_state(work, one, zone),
            at=moment_text(one.sent_at or one.created_at, zone, work.lang),
            failed=one.status is MessageStatus.FAILED,
        )
        for one in work.all(query)
    ]


def _state(work: Work, message: Message, zone: str) -> str:
    waits = message.status is MessageStatus.QUEUED and message.not_before is not None
    if waits and message.not_before > work.now:
        return translate(work.lang, LEAVES_AT).format(time=time_text(message.not_before, zone, work.lang))
    return translate(work.lang, STATES[message.status])


def _consents(work: Work, booking: Booking, zone: str) -> list[ConsentRow]:
    if booking.customer_id is None:
        return []
    return [
        ConsentRow(
            title=one.title,
            state=translate(work.lang, GIVEN if one.given else WITHDRAWN),
            at=moment_text(one.at, zone, work.lang),
            given=one.given,
        )
        for one in standings(work, booking.customer_id, work.lang)
    ]


def _history(work: Work, booking: Booking, zone: str) -> list[HistoryRow]:
    query = work.select(AuditEntry).where(AuditEntry.object_id == booking.id, AuditEntry.action.in_(list(DEEDS)))
    found = work.all(query.order_by(AuditEntry.seq.desc()))
    wanted = {one.actor_id for one in found if one.actor_id}
    names = dict(work.all(work.shared(Identity.id, Identity.name).where(Identity.id.in_(wanted)))) if wanted else {}
    return [_deed(work, one, names.get(one.actor_id, ""), zone) for one in found]


def _deed(work: Work, entry: AuditEntry, name: str, zone: str) -> HistoryRow:
    who = name or translate(work.lang, ACTORS[entry.actor_kind])
    what = translate(work.lang, DEEDS[entry.action])
    if entry.detail.get("overbooked"):
        what = f"{what}, {translate(work.lang, OVERBOOKED)}"
    return HistoryRow(moment_text(entry.at, zone, work.lang), what, who)
