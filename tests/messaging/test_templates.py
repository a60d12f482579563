"""P15: mails carry as little as possible, and nothing that people entered can break out of its place."""

import re
from datetime import time, timedelta
from uuid import UUID

import pytest
from icalendar import Calendar

from smartcx_portal.kit.ids import new_id
from smartcx_portal.kit.language import LANGUAGES
from smartcx_portal.kit.tokens import number_code
from smartcx_portal.messaging.letters import Letter
from smartcx_portal.messaging.links import booking_secret, confirm_secret, withdraw_secret
from smartcx_portal.messaging.outbox import post
from smartcx_portal.messaging.templates import CODE_USE, render
from smartcx_portal.models.booking import Answer, Booking, BookingPart, BookingStatus, WaitlistEntry
from smartcx_portal.models.calendar import Service, Way
from smartcx_portal.models.messaging import Channel, CodeUse, Message, OneTimeCode
from smartcx_portal.models.privacy import ConsentPurpose, Enquiry
from smartcx_portal.models.staff import Invitation, Role
from smartcx_portal.models.tenant import Tenant
from smartcx_portal.settings import settings
from smartcx_portal.standing.consents import given, withdraw
from smartcx_portal.standing.kinds import RULES, Kind
from tests.cast import CLARA, Cast
from tests.messaging.scenes import Scene, claras_booking, post_about

OF_WISH = [Kind.WAITLIST_CONFIRM, Kind.WAITLIST_OFFER, Kind.WAITLIST_OVER]
OF_BOOKING = [Kind.BOOKING_CONFIRM, Kind.BOOKING_BOOKED, Kind.BOOKING_MOVED, Kind.BOOKING_CANCELLED]


def letter_of(cast: Cast, posted: UUID) -> Letter:
    with cast.as_job() as work:
        return render(work, work.get(Message, posted))


def post_any(cast: Cast, kind: Kind, channel: Channel, language: str) -> UUID:
    """A message of `kind` with all the rows it needs."""
    scene = claras_booking(cast, status=BookingStatus.PENDING)
    if kind in OF_BOOKING:
        return post_about(cast, scene, kind, channel, language=language)
    to = CLARA["email"] if channel is Channel.EMAIL else CLARA["phone"]
    with cast.as_visitor() as work:
        ids: dict[str, UUID] = {}
        if kind is Kind.CODE:
            ids["code_id"] = new_code(work).id
        if kind is Kind.INVITATION:
            ids["invitation_id"] = new_invitation(work).id
        if kind is Kind.ENQUIRY_PASSED_ON:
            ids["enquiry_id"] = new_enquiry(work).id
        if kind in OF_WISH:
            ids["waitlist_id"] = new_wish(work, cast, scene).id
        if kind is Kind.WAITLIST_OFFER:
            ids["booking_id"] = scene.booking
        return post(work, kind, channel, to, language=language, **ids).id


def new_code(work) -> OneTimeCode:
    return work.new(
        OneTimeCode,
        use=CodeUse.PORTAL,
        channel=Channel.EMAIL,
        address_key="a",
        key_hash="t",
        created_at=work.now,
        lapses_at=work.now,
    )


def new_wish(work, cast: Cast, scene: Scene) -> WaitlistEntry:
    return work.new(
        WaitlistEntry,
        service_id=cast.town.service,
        customer_id=scene.customer,
        first_day=work.now.date(),
        last_day=work.now.date(),
        from_time=time(8),
        until_time=time(12),
        created_at=work.now,
        answer_by=work.now,
    )


def new_enquiry(work) -> Enquiry:
    asked = {"topic": "privacy", "recipient": "operator", "text": "Wo steht der Rechner?\nWer wartet ihn?"}
    return work.new(Enquiry, name=CLARA["name"], email=CLARA["email"], created_at=work.now, address_key="a", **asked)


def new_invitation(work) -> Invitation:
    mail = "ben@example.org"
    return work.new(Invitation, email=mail, email_key=mail, role=Role.STAFF, created_at=work.now, lapses_at=work.now)


@pytest.mark.promise("P15")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("kind", "channel"), [(k, c) for k, rule in RULES.items() for c in sorted(rule.channels)])
def test_every_message_reads_whole_and_names_no_person(cast: Cast, kind: Kind, channel: Channel, language: str):
    letter = letter_of(cast, post_any(cast, kind, channel, language))
    assert "Bürgeramt Musterstadt" in letter.text
    assert not re.search(r"\{\w+\}|None", letter.text)
    assert CLARA["name"] not in letter.text + letter.subject
    assert not any(part in letter.subject for part in (CLARA["email"], "K7QM2X", "Personalausweis", "2026"))
    assert letter.subject.isprintable()
    assert letter.subject


def test_a_german_mail_says_when_where_and_what(cast: Cast):
    letter = letter_of(cast, post_about(cast, claras_booking(cast)))
    assert letter.subject == "Ihr Termin ist gebucht"
    assert "Montag, 23. November 2026, 10:00 Uhr\nPersonalausweis beantragen\nBürgeramt Musterstadt" in letter.text
    assert "/de/t/buergeramt-musterstadt/meine-daten" in letter.text


@pytest.mark.promise("P15")
def test_answers_and_the_booking_code_stay_out_of_mails(cast: Cast):
    scene = claras_booking(cast)
    with cast.as_visitor() as work:
        work.new(Answer, booking_id=scene.booking, field_id=cast.town.question, value="L01X00T47")
    text = letter_of(cast, post_about(cast, scene)).text
    assert "L01X00T47" not in text
    assert "K7QM2X" not in text


def test_secrets_stand_behind_the_hash_only(cast: Cast):
    scene = claras_booking(cast, status=BookingStatus.PENDING)
    text = letter_of(cast, post_about(cast, scene, Kind.BOOKING_CONFIRM)).text
    with cast.as_visitor() as work:
        booking = work.get(Booking, scene.booking)
    assert f"/de/t/buergeramt-musterstadt/bestaetigen#{confirm_secret(booking)}" in text
    assert booking_secret(booking) not in text


@pytest.mark.promise("P14")
def test_a_question_to_the_operator_goes_there_with_the_address_for_the_answer(cast: Cast):
    letter = letter_of(cast, post_any(cast, Kind.ENQUIRY_PASSED_ON, Channel.EMAIL, "de"))
    assert "\nWo steht der Rechner?\nWer wartet ihn?\n" in letter.text
    assert f"Bitte antworten Sie an {CLARA['email']}." in letter.text


def test_a_code_is_shown_in_two_groups(cast: Cast):
    with cast.as_visitor() as work:
        code = new_code(work)
        posted = post(work, Kind.CODE, Channel.EMAIL, CLARA["email"], language="de", code_id=code.id).id
    figures = number_code(CODE_USE, code.id)
    letter = letter_of(cast, posted)
    assert f"\n{figures[:4]} {figures[4:]}\n" in letter.text
    assert "10:00 Uhr" in letter.text


def break_lines(cast: Cast) -> Scene:
    scene = claras_booking(cast)
    evil = 'Amt\r\nBcc: x@example.org\n{code.__class__} %s "\u2028ATTENDEE:x'
    with cast.as_visitor() as work:
        work.get(Tenant, work.tenant).name = evil
        work.get(Service, cast.town.service).name = evil
    return scene


def test_line_breaks_and_templates_in_names_do_nothing(cast: Cast):
    letter = letter_of(cast, post_about(cast, break_lines(cast)))
    assert not re.search(r"[\r\n\u2028]", letter.subject + letter.sender_name + letter.to)
    assert not any(line.startswith(("Bcc:", "ATTENDEE")) for line in letter.text.splitlines())
    assert "{code.__class__}" in letter.text


def test_line_breaks_in_names_do_nothing_to_the_calendar_file(cast: Cast):
    (attached,) = letter_of(cast, post_about(cast, break_lines(cast))).attachments
    lines = attached.content.decode().split("\r\n")
    assert not any(line.startswith(("Bcc", "ATTENDEE:x")) for line in lines)
    assert Calendar.from_ical(attached.content).walk("VEVENT")


def test_the_calendar_file_follows_the_appointment(cast: Cast):
    scene = claras_booking(cast)
    (booked,) = letter_of(cast, post_about(cast, scene)).attachments
    with cast.as_visitor() as work:
        booking = work.get(Booking, scene.booking)
        booking.status, booking.sequence = BookingStatus.CANCELLED, 1
    (cancelled,) = letter_of(cast, post_about(cast, scene, Kind.BOOKING_CANCELLED)).attachments
    first, second = (Calendar.from_ical(each.content) for each in (booked, cancelled))
    assert (first["method"], second["method"]) == ("REQUEST", "CANCEL")
    before, after = (each.walk("VEVENT")[0] for each in (first, second))
    assert before["uid"] == after["uid"]
    assert (before["sequence"], after["sequence"]) == (0, 1)
    assert before.decoded("dtstart") == booking.starts_at
    assert before["attendee"] == after["attendee"] == f"mailto:{CLARA['email']}"
    assert CLARA["name"].encode() not in booked.content


def test_a_mail_lists_every_service_of_a_visit_and_how_often(cast: Cast):
    scene = claras_booking(cast)
    with cast.as_visitor() as work:
        passport = work.new(Service, location_id=cast.town.location, name="Reisepass", duration_min=10, bring="Foto")
        for position, (service, quantity) in enumerate([(passport.id, 2), (cast.town.service, 1)]):
            work.new(BookingPart, booking_id=scene.booking, service_id=service, quantity=quantity, position=position)
    letter = letter_of(cast, post_about(cast, scene))
    assert "Uhr\n2 × Reisepass\nPersonalausweis beantragen\nBürgeramt" in letter.text
    assert "Bitte mitbringen: Foto" in letter.text
    event = Calendar.from_ical(letter.attachments[0].content).walk("VEVENT")[0]
    assert str(event["summary"]) == "2 × Reisepass, Personalausweis beantragen bei Bürgeramt Musterstadt"


@pytest.mark.promise("P15")
def test_a_mail_about_a_call_does_not_repeat_the_number(cast: Cast):
    scene = claras_booking(cast)
    with cast.as_visitor() as work:
        work.get(Booking, scene.booking).way = Way.TELEPHONE
    letter = letter_of(cast, post_about(cast, scene))
    assert "Am Telefon: Wir rufen Sie unter der angegebenen Nummer an." in letter.text
    assert "Markt 1, 47798 Musterstadt\n\n" not in letter.text
    assert "555123" not in letter.text + letter.attachments[0].content.decode()


def test_a_mail_about_a_video_appointment_brings_its_link(cast: Cast):
    scene = claras_booking(cast)
    with cast.as_visitor() as work:
        work.get(Booking, scene.booking).way = Way.VIDEO
        work.get(Service, cast.town.service).video_url = "https://video.example/amt"
    letter = letter_of(cast, post_about(cast, scene))
    assert "Per Video: https://video.example/amt" in letter.text
    event = Calendar.from_ical(letter.attachments[0].content).walk("VEVENT")[0]
    assert str(event["location"]) == "https://video.example/amt"


def test_a_mail_about_a_move_says_the_old_and_the_new_time(cast: Cast):
    scene = claras_booking(cast)
    posted = post_about(cast, scene, Kind.BOOKING_MOVED)
    with cast.as_visitor() as work:
        work.get(Message, posted).before = work.now + timedelta(hours=3)
    text = letter_of(cast, posted).text
    assert "Er ist jetzt:\n\nMontag, 23. November 2026, 10:00 Uhr" in text
    assert "Vorher war er: Sonntag, 22. November 2026, 13:00 Uhr" in text


def test_one_mail_speaks_of_all_appointments_of_a_series(cast: Cast):
    scene = claras_booking(cast)
    with cast.as_visitor() as work:
        first = work.get(Booking, scene.booking)
        first.series_id = new_id()
        facts = first.model_dump(exclude={"id", "tenant_id", "code", "starts_at", "ends_at"})
        week = timedelta(weeks=1)
        work.new(Booking, **facts, code="SECOND", starts_at=first.starts_at + week, ends_at=first.ends_at + week)
    letter = letter_of(cast, post_about(cast, scene))
    assert "Montag, 23. November 2026, 10:00 Uhr\nMontag, 30. November 2026, 10:00 Uhr\nPersonal" in letter.text
    assert len(Calendar.from_ical(letter.attachments[0].content).walk("VEVENT")) == 2


WITHDRAW = "/de/t/buergeramt-musterstadt/widerrufen#"


def secrets_to_withdraw(cast: Cast, scene: Scene, *purposes: ConsentPurpose) -> list[str]:
    """The secrets of the links that withdraw Clara's consents to these."""
    with cast.as_visitor() as work:
        found = [given(work, scene.customer, purpose) for purpose in purposes]
        return [withdraw_secret(work, event) for event in found if event]


@pytest.mark.promise("P06")
@pytest.mark.parametrize("kind", [*OF_BOOKING, Kind.CONTACT_CHANGED])
def test_every_mail_to_a_person_has_the_link_that_stops_it(cast: Cast, kind: Kind):
    scene = claras_booking(cast, status=BookingStatus.PENDING)
    (mail,) = secrets_to_withdraw(cast, scene, ConsentPurpose.MAIL)
    assert WITHDRAW + mail in letter_of(cast, post_about(cast, scene, kind)).text


@pytest.mark.promise("P06")
def test_every_text_message_has_the_link_that_stops_it(cast: Cast):
    scene = claras_booking(cast, consents=[ConsentPurpose.SMS, ConsentPurpose.SMS_TRANSFER])
    (sms,) = secrets_to_withdraw(cast, scene, ConsentPurpose.SMS)
    text = letter_of(cast, post_about(cast, scene, channel=Channel.SMS)).text
    assert text.endswith(f"Keine SMS mehr: {settings().base_url}{WITHDRAW}{sms}")


@pytest.mark.promise("P06")
def test_a_mail_whose_opening_may_be_seen_has_a_link_against_that_too(cast: Cast):
    scene = claras_booking(cast, consents=[ConsentPurpose.MAIL, ConsentPurpose.TRACKING])
    mail, tracking = secrets_to_withdraw(cast, scene, ConsentPurpose.MAIL, ConsentPurpose.TRACKING)
    text = letter_of(cast, post_about(cast, scene)).text
    assert text.index(mail) < text.index("ob ich E-Mails öffne") < text.index(tracking)


@pytest.mark.promise("P15")
def test_no_mail_speaks_of_a_consent_about_ones_health(cast: Cast):
    scene = claras_booking(cast, consents=[ConsentPurpose.MAIL, ConsentPurpose.HEALTH])
    (health,) = secrets_to_withdraw(cast, scene, ConsentPurpose.HEALTH)
    text = letter_of(cast, post_about(cast, scene)).text
    assert health not in text
    assert "Gesundheit" not in text


def test_where_no_consent_stands_there_is_no_line_to_withdraw_one(cast: Cast):
    scene = claras_booking(cast)
    with cast.as_person(scene.customer) as work:
        withdraw(work, scene.customer, ConsentPurpose.MAIL, "portal")
    assert "widerrufen" not in letter_of(cast, post_about(cast, scene)).text


@pytest.mark.promise("P06")
@pytest.mark.parametrize("kind", OF_BOOKING)
def test_mail_programs_may_stop_only_what_rests_on_the_consent(cast: Cast, kind: Kind):
    scene = claras_booking(cast, status=BookingStatus.PENDING)
    headers = letter_of(cast, post_about(cast, scene, kind)).headers
    assert ("List-Unsubscribe" in headers) is RULES[kind].consent
    if headers:
        assert headers["List-Unsubscribe"].startswith(f"<{settings().base_url}/callbacks/withdraw/{cast.town.id}.")
        assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_after_a_withdrawal_there_is_nothing_to_stop(cast: Cast):
    scene = claras_booking(cast)
    with cast.as_person(scene.customer) as work:
        withdraw(work, scene.customer, ConsentPurpose.MAIL, "portal")
    assert letter_of(cast, post_about(cast, scene)).headers == {}
