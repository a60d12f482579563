"""A message's text, made from the rows a moment before it leaves."""

from collections.abc import Iterable
from dataclasses import dataclass
from string import Formatter

from smartcx_portal.kit.language import N_, translate
from smartcx_portal.kit.localtime import day_text, moment_text, time_text
from smartcx_portal.kit.plain import one_line
from smartcx_portal.kit.tokens import number_code
from smartcx_portal.messaging.calendar_file import Method, content_type, ics
from smartcx_portal.messaging.letters import Attachment, Letter
from smartcx_portal.messaging.links import (
    booking_url,
    confirm_url,
    invitation_url,
    one_click_url,
    page_url,
    wish_url,
    withdraw_url,
)
from smartcx_portal.messaging.texts import AIMS, FOOTER, STOP, TEXTS, Text
from smartcx_portal.messaging.visits import Visit, cancelled_with, series_of, visit_of
from smartcx_portal.models.booking import Booking, WaitlistEntry
from smartcx_portal.models.calendar import Service
from smartcx_portal.models.messaging import Channel, Message, OneTimeCode
from smartcx_portal.models.privacy import ConsentEvent, ConsentPurpose, Enquiry
from smartcx_portal.models.staff import Invitation
from smartcx_portal.models.tenant import Tenant
from smartcx_portal.standing.consents import given
from smartcx_portal.standing.kinds import RULES, Kind
from smartcx_portal.standing.sending import is_theirs, may_track
from smartcx_portal.tenancy import Work

Values = dict[str, str]
CODE_USE = "one-time-code"
"""The word under which the kit makes the figures of a one-time code from its row's id."""
CALENDAR_OF = {
    Kind.BOOKING_BOOKED: Method.REQUEST,
    Kind.BOOKING_MOVED: Method.REQUEST,
    Kind.BOOKING_CANCELLED: Method.CANCEL,
}


OF_SERIES = {
    Kind.BOOKING_CONFIRM: series_of,
    Kind.BOOKING_BOOKED: series_of,
    Kind.BOOKING_CANCELLED: cancelled_with,
}
"""Messages that speak of all appointments of a series that were booked or called off in one go."""
AND_MORE = N_("{when} (and {number} more)")


@dataclass(frozen=True, slots=True)
class Appointment:
    """What an appointment's message is made from: the appointment, and all of its series that it is about."""

    visit: Visit
    visits: tuple[Visit, ...]


def render(work: Work, message: Message) -> Letter:
    """The letter for `message`, in its language. Raises `NotFound` when a row it needs is gone."""
    kind, lang = Kind(message.kind), message.language
    tenant = work.get(Tenant, work.tenant)
    appointment = _appointment(work, message)
    rests_on = _consents(work, message)
    values = _of_tenant(tenant, lang) | _to_withdraw(work, rests_on, tenant, lang)
    values |= _of_rows(work, message, tenant, appointment)
    text = TEXTS[kind]
    by_mail = message.channel is Channel.EMAIL
    return Letter(
        message_id=message.id,
        tenant_id=work.tenant,
        kind=kind.value,
        channel=message.channel,
        language=lang,
        to=message.to_address or "",
        sender_name=one_line(tenant.name, 70),
        reply_to=tenant.email,
        subject=one_line(translate(lang, text.subject)),
        text=_mail(text, lang, values) if by_mail else _sms(text, lang, values),
        at=work.now,
        track=may_track(work, message),
        attachments=_calendar(kind, tenant, appointment, message) if by_mail and appointment else (),
        one_click=_one_click(work, kind, rests_on["withdraw_url"]) if by_mail else "",
    )


def _mail(text: Text, lang: str, values: Values) -> str:
    paragraphs, footer = _filled(text.mail, lang, values), _filled(FOOTER, lang, values)
    return "\n\n".join([*paragraphs, "\n".join(["-- ", *footer])]) + "\n"


def _sms(text: Text, lang: str, values: Values) -> str:
    return " ".join(_filled((text.sms, STOP), lang, values))


def _filled(sources: Iterable[str], lang: str, values: Values) -> list[str]:
    """Those of the texts that have all their fields, filled."""
    translated = [translate(lang, source) for source in sources]
    return [source.format_map(values) for source in translated if _complete(source, values)]


def _complete(source: str, values: Values) -> bool:
    return all(values[name] for _, name, _, _ in Formatter().parse(source) if name)


def _of_tenant(tenant: Tenant, lang: str) -> Values:
    return {
        "tenant": one_line(tenant.name),
        "address": one_line(f"{tenant.street}, {tenant.postal_code} {tenant.city}"),
        "contact": one_line(" · ".join(part for part in (tenant.email, tenant.phone) if part)),
        "portal_url": page_url(lang, "my_data", tenant),
        "own_url": page_url(lang, "my_data", tenant, "appointments"),
        "privacy_url": page_url(lang, "privacy", tenant),
        "book_url": page_url(lang, "book", tenant),
    }


def _consents(work: Work, message: Message) -> dict[str, ConsentEvent | None]:
    """The standing consents that the message's lines offer to withdraw, by the line's field.

    None to an address that is not the person's, no longer or not yet: whoever reads it there decides nothing for them.
    """
    own = message.customer_id if is_theirs(work, message) else None
    by_mail = message.channel is Channel.EMAIL
    carrying = ConsentPurpose.MAIL if by_mail else ConsentPurpose.SMS
    wanted = {"withdraw_url": carrying, "tracking_url": ConsentPurpose.TRACKING if by_mail else None}
    return {name: given(work, own, one) if one and own else None for name, one in wanted.items()}


def _to_withdraw(work: Work, rests_on: dict[str, ConsentEvent | None], tenant: Tenant, lang: str) -> Values:
    """Where the consents on which messages of this channel rest are withdrawn without signing in; empty without one."""
    return {name: withdraw_url(work, tenant, one, lang) if one else "" for name, one in rests_on.items()}


def _one_click(work: Work, kind: Kind, event: ConsentEvent | None) -> str:
    """Only for a mail that would not be sent without the consent: who asks for a code must get it by the next mail."""
    return one_click_url(work, event) if event and RULES[kind].consent else ""


def _of_rows(work: Work, message: Message, tenant: Tenant, appointment: Appointment | None) -> Values:
    lang = message.language
    if message.waitlist_id is not None:
        offered = _of_appointment(appointment, tenant, message) if appointment else {}
        return _of_wish(work, message, tenant) | offered
    if message.enquiry_id is not None:
        return _of_enquiry(work.get(Enquiry, message.enquiry_id))
    if appointment is not None and message.kind != Kind.CODE:
        return _of_appointment(appointment, tenant, message)
    if message.code_id is not None:
        return _of_code(work.get(OneTimeCode, message.code_id), tenant, lang)
    if message.invitation_id is not None:
        invitation = work.get(Invitation, message.invitation_id)
        until = moment_text(invitation.lapses_at, tenant.zone, lang)
        return {"until": until, "invitation_url": invitation_url(invitation, lang)}
    return {}


def _of_appointment(appointment: Appointment, tenant: Tenant, message: Message) -> Values:
    visit, lang = appointment.visit, message.language
    booking, zone = visit.booking, visit.location.zone
    whens = [moment_text(one.booking.starts_at, one.location.zone, lang) for one in appointment.visits]
    further = translate(lang, AND_MORE).format(when=whens[0], number=len(whens) - 1)
    return {
        "when": "\n".join(whens),
        "when_short": further if len(whens) > 1 else whens[0],
        "before": moment_text(message.before, zone, lang) if message.before else "",
        "until": moment_text(booking.lapses_at, zone, lang) if booking.lapses_at else "",
        "service": "\n".join(visit.what_lines),
        "bring": ", ".join(one_line(bring) for bring in visit.bring),
        "place": visit.where(lang),
        "appointment_url": booking_url(tenant, booking, lang),
        "confirm_url": confirm_url(tenant, booking, lang),
    }


def _of_wish(work: Work, message: Message, tenant: Tenant) -> Values:
    entry, lang = work.get(WaitlistEntry, message.waitlist_id), message.language
    days = [day_text(day, lang) for day in dict.fromkeys((entry.first_day, entry.last_day))]
    return {
        "service": one_line(work.get(Service, entry.service_id).name),
        "days": " – ".join(days),
        "until": moment_text(entry.answer_by, tenant.zone, lang) if entry.answer_by else "",
        "wish_url": wish_url(work, tenant, entry, lang),
    }


def _of_enquiry(enquiry: Enquiry) -> Values:
    """What the operator's officer needs to answer; the person chose to ask there."""
    return {"question": enquiry.text, "answer_to": one_line(enquiry.email)}


def _of_code(code: OneTimeCode, tenant: Tenant, lang: str) -> Values:
    figures = number_code(CODE_USE, code.id)
    return {
        "code": f"{figures[:4]} {figures[4:]}",
        "until": time_text(code.lapses_at, tenant.zone, lang),
        "aim": translate(lang, AIMS[code.use]).format(tenant=one_line(tenant.name)),
    }


def _appointment(work: Work, message: Message) -> Appointment | None:
    booking = work.find(Booking, message.booking_id)
    if booking is None:
        return None
    about = [booking]
    if message.kind in OF_SERIES:
        about = OF_SERIES[Kind(message.kind)](work, booking)
    return Appointment(visit_of(work, booking), tuple(visit_of(work, one) for one in about))


def _calendar(kind: Kind, tenant: Tenant, appointment: Appointment, message: Message) -> tuple[Attachment, ...]:
    method, lang = CALENDAR_OF.get(kind), message.language
    if method is None:
        return ()
    content = ics(appointment.visits, tenant, method=method, lang=lang, to=message.to_address or "")
    name = {"de": "termin.ics", "en": "appointment.ics"}[lang]
    return (Attachment(name, content_type(method), content),)
