"""Correcting one's own statements at once (Art. 16): answers, who comes, an open question; by the rules of booking."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from smartcx_portal.bookings.answering import answer_name, check_answers
from smartcx_portal.bookings.entries import ATTENDEE_MISSING, LONGEST_NAME, NAME_MISSING, checked_entry, clean
from smartcx_portal.bookings.own_list import is_coming
from smartcx_portal.bookings.telling import announce
from smartcx_portal.kit.errors import InvalidForm, NotFound, ProductError
from smartcx_portal.kit.ids import as_id
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.kit.limits import limit
from smartcx_portal.messaging.outbox import post
from smartcx_portal.models.audit import AuditEntry
from smartcx_portal.models.booking import Answer, Attendee, Booking, BookingStatus
from smartcx_portal.models.messaging import Channel
from smartcx_portal.models.privacy import Enquiry, PrivacyCase, Right
from smartcx_portal.models.tenant import Tenant
from smartcx_portal.privacy.access import own_id
from smartcx_portal.privacy.cases import done_at_once
from smartcx_portal.privacy.correctable import Stated, stated_for, stated_in, waiting_own
from smartcx_portal.privacy.enquiries import LONGEST, PER_NETWORK, PROBLEMS, TEXT_MISSING
from smartcx_portal.privacy.operator import operator
from smartcx_portal.privacy.own_statements import OF_BOOKING, OF_ENQUIRY, title_of
from smartcx_portal.privacy.rectify import NAME_TOO_LONG, Corrected, count_correction, is_same_person
from smartcx_portal.privacy.telling_receivers import Place
from smartcx_portal.privacy.telling_recipients import tell_of_statements
from smartcx_portal.privacy.wishing import ask_in_words
from smartcx_portal.standing.consents import lock_consents
from smartcx_portal.standing.kinds import Kind
from smartcx_portal.tenancy import Permission, Work

Changes = Sequence[tuple[Stated, str]]
DONE = N_("Your details are corrected.")
SAME = N_("That is what we have already. Nothing was changed.")
NAME_WAITS = N_(
    "An appointment cannot be handed on to another person. So {tenant} looks at the new name of the person who comes "
    "and answers you by the date under “Your requests”."
)
ABOUT_ATTENDEE = N_("Another name for the person who comes to an appointment:")
PASSED_ON_ANEW = N_("{name}: gets your question again, as it reads now")
ATTENDEE_CORRECTED = "attendee.corrected"


class Overtaken(ProductError):
    """Something happened between seeing the form and sending it."""


class CalledOff(Overtaken):
    """The appointment was cancelled meanwhile."""

    says = N_("This appointment was cancelled in the meantime, so nothing was changed.")


class HasBegun(Overtaken):
    """What was told for an appointment is a record from its beginning on."""

    says = N_(
        "This appointment has begun or is over, so nothing was changed: what you told us for it now belongs to what "
        "happened. If it is wrong, write to us under “Something else is wrong”."
    )


class IsAnswered(Overtaken):
    """A question was answered as it stood."""

    says = N_("This question has been answered in the meantime, so nothing was changed. You can ask a new one.")


class NoLongerThere(Overtaken):
    """A consent was withdrawn, or a question is no longer asked."""

    says = N_("Part of this is no longer stored, so nothing was changed. The page now shows what there is.")


def restate(work: Work, key: str, entered: Mapping[str, str]) -> Corrected:
    """Correct what was entered for one `Matter`; what is left out of `entered` stays as it is.

    The old values are kept nowhere. A wholly new name of the person who comes waits for the staff, as with the own name
    (decision 0006). Raises `NotFound` for what is not the person's, `Overtaken`, `InvalidForm` by the form's names.
    """
    work.need(Permission.PERSON)
    kind, _, number = key.partition(":")
    if kind == OF_BOOKING:
        return _restate_booking(work, as_id(number), entered)
    if kind == OF_ENQUIRY:
        return _restate_enquiry(work, as_id(number), entered)
    raise NotFound


def _restate_booking(work: Work, booking_id: UUID, entered: Mapping[str, str]) -> Corrected:
    lock_consents(work, own_id(work))
    booking = work.get(Booking, booking_id, lock=True)
    if booking.customer_id != own_id(work) or booking.booked_at is None:
        raise NotFound
    if booking.status is BookingStatus.CANCELLED:
        raise CalledOff
    if work.first(work.select(Booking.id).where(Booking.id == booking.id, is_coming(work))) is None:
        raise HasBegun
    changes = _changes(stated_for(work, booking), entered)
    waiting = [one for one in changes if _must_wait(work, booking, *one)]
    at_once = [one for one in changes if one not in waiting]
    case = _carry_out(work, at_once, booking) if at_once else None
    told = tell_of_statements(work, case, [_place(one) for one, _ in at_once]) if case else []
    if at_once:
        announce(work, booking)
    for _, name in waiting:
        case = ask_in_words(work, f"{translate(work.lang, ABOUT_ATTENDEE)}\n{title_of(work, booking)}: {name}")
    return _result(work, case, told, done=bool(at_once), waits=bool(waiting))


def _restate_enquiry(work: Work, enquiry_id: UUID, entered: Mapping[str, str]) -> Corrected:
    enquiry = work.get(Enquiry, enquiry_id, lock=True)
    if enquiry not in waiting_own(work):
        if enquiry.customer_id == own_id(work) and enquiry.closed_at is not None:
            raise IsAnswered
        raise NotFound
    changes = _changes(stated_in(enquiry), entered)
    if not changes:
        return _result(work, None, [], done=False, waits=False)
    case = _carry_out(work, changes, None)
    told = tell_of_statements(work, case, [_place(one) for one, _ in changes])
    if enquiry.recipient == "operator":
        limit("enquiry", f"{work.tenant}:{work.network}", PER_NETWORK)
        officer = operator()
        post(work, Kind.ENQUIRY_PASSED_ON, Channel.EMAIL, officer.dpo.email, language="de", enquiry_id=enquiry.id)
        told.append(translate(work.lang, PASSED_ON_ANEW).format(name=officer.name))
    return _result(work, case, told, done=True, waits=False)


def _changes(stated: Sequence[Stated], entered: Mapping[str, str]) -> Changes:
    """What differs from what is stored, in its stored form. Raises `NoLongerThere`, `InvalidForm`."""
    if set(entered) - {one.name for one in stated}:
        raise NoLongerThere
    problems: dict[str, str] = {}
    differing = [(one, entered[one.name]) for one in stated if entered.get(one.name, one.value) != one.value]
    checked = [(one, _checked(one, text, problems)) for one, text in differing]
    if problems:
        raise InvalidForm(problems)
    return [(one, text) for one, text in checked if text != one.value]


def _checked(one: Stated, entered: str, problems: dict[str, str]) -> str:
    """The entry in its stored form; what is wrong goes to `problems` by the form's name."""
    if one.field is None:
        text = clean(entered, lines=one.column.name == "text")
        if wrong := _wrong_words(one, text):
            problems[one.name] = wrong
        return text
    name, found = answer_name(one.field.id), dict[str, str]()
    text = checked_entry(name, entered, found)
    must = one.field.active or bool(text)
    answers = check_answers({name: text}, [one.field] if must else [], found)
    if found:
        problems[one.name] = found[name]
    return answers.get(one.field.id, "")


def _wrong_words(one: Stated, text: str) -> str:
    if one.column.name == "text":
        return TEXT_MISSING if not text else PROBLEMS["text"] if len(text) > LONGEST["text"] else ""
    if not text:
        return ATTENDEE_MISSING if one.entry.model is Attendee else NAME_MISSING
    return NAME_TOO_LONG if len(text) > LONGEST_NAME else ""


def _must_wait(work: Work, booking: Booking, one: Stated, name: str) -> bool:
    """Whether a person has to look first: another name than before, or a second step away from it."""
    if one.entry.model is not Attendee:
        return False
    before = work.select(AuditEntry.id).where(
        AuditEntry.object_id == booking.id, AuditEntry.action == ATTENDEE_CORRECTED
    )
    return not is_same_person(one.value, name) or work.first(before) is not None


def _carry_out(work: Work, changes: Changes, booking: Booking | None) -> PrivacyCase:
    count_correction(work)
    case = done_at_once(work, Right.RECTIFICATION, own_id(work))
    for one, text in changes:
        _write(work, one, text, booking)
        work.audit("person.corrected", case, field=f"{one.entry.table}.{one.column.name}")
        if one.entry.model is Attendee and booking is not None:
            booking.changed_at = work.now  # calendars that subscribe see by this that the name is another one
            work.audit(ATTENDEE_CORRECTED, booking)
    return case


def _write(work: Work, one: Stated, text: str, booking: Booking | None) -> None:
    if one.row is None and one.field is not None and booking is not None:
        work.new(Answer, booking_id=booking.id, field_id=one.field.id, value=text)
    elif not text:
        work.delete(one.row)
    else:
        setattr(one.row, one.column.name, text)


def _place(one: Stated) -> Place | None:
    return Place(one.entry.table, one.row.id, one.column.name) if one.row is not None else None


def _result(work: Work, case: PrivacyCase | None, told: Sequence[str], *, done: bool, waits: bool) -> Corrected:
    tenant = work.get(Tenant, work.tenant).name
    says = [translate(work.lang, DONE)] if done else []
    says += [translate(work.lang, NAME_WAITS).format(tenant=tenant)] if waits else []
    words = " ".join(says) or translate(work.lang, SAME)
    return Corrected(not waits, words, str(case.id) if case else "", tuple(told))
