"""Who got to know something of Clara: looks, lists, packages and messages, each with when, who, what and why."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from smartcx_portal.bookings.looking import record_export, record_look, record_person_look
from smartcx_portal.kit import clock
from smartcx_portal.models.booking import Booking
from smartcx_portal.models.calendar import CalendarFeed
from smartcx_portal.models.messaging import Channel, Message, MessageStatus
from smartcx_portal.models.privacy import (
    AccessRecord,
    ExportPackage,
    PullLink,
    RecipientNotice,
    Right,
    Told,
    Transfer,
)
from smartcx_portal.models.staff import Role
from smartcx_portal.privacy.cases import open_case
from smartcx_portal.privacy.data_map import everything, person
from smartcx_portal.privacy.disclosures import Disclosure, all_disclosures, disclosures, standing_recipients
from smartcx_portal.privacy.enquiries import ask_about
from smartcx_portal.standing.kinds import Kind
from smartcx_portal.tenancy import Work
from tests.cast import CLARA, Cast
from tests.conftest import SUNDAY
from tests.privacy.scenes import TUESDAY, clara_books, open_house

pytestmark = pytest.mark.promise("P03")


@pytest.fixture
def clara(cast: Cast) -> UUID:
    open_house(cast)
    return clara_books(cast)


def told(cast: Cast, clara: UUID, lang: str = "en") -> list[Disclosure]:
    """What the page shows; what a package lists is the same."""
    with cast.as_job() as work:
        lines = disclosures(work, clara, lang).lines
        assert listed(work, clara, lang) == lines
        return lines


def listed(work: Work, clara: UUID, lang: str) -> list[Disclosure]:
    rows = {entry.model: rows for entry, rows in everything(work, person(work, clara))}
    return all_disclosures(work, rows, lang)


def mailed(cast: Cast, clara: UUID, status: MessageStatus, kind: Kind = Kind.BOOKING_BOOKED) -> None:
    """A message to Clara in this state."""
    tried = None if status in (MessageStatus.QUEUED, MessageStatus.SUPPRESSED) else SUNDAY
    with cast.as_job() as work:
        work.new(
            Message,
            customer_id=clara,
            kind=kind.value,
            channel=Channel.EMAIL,
            language="de",
            to_address=CLARA["email"],
            status=status,
            tried_at=tried,
            sent_at=tried if status is MessageStatus.SENT else None,
            created_at=work.now,
        )


def test_a_look_says_when_who_what_and_why(cast: Cast, clara: UUID):
    with cast.as_staff(cast.ben) as work:
        booking = work.first(work.select(Booking).where(Booking.customer_id == clara))
        record_look(work, booking)
    (line,) = told(cast, clara)
    assert line.moment == "Sunday, 22 November 2026, 10:00"
    assert (line.who, line.what) == ("A member of the staff", "Your appointment with your details")
    assert line.why == "To plan and carry out the appointment"


def test_a_look_at_more_than_a_booking_says_its_reason(cast: Cast, clara: UUID):
    with cast.as_staff(cast.ben) as work:
        record_person_look(work, clara, "consent_event", "breach")
    (line,) = told(cast, clara)
    assert (line.what, line.why) == ("Your consents", "To find out whom a data breach concerns")


def test_a_look_from_before_reasons_were_noted_guesses_none(cast: Cast, clara: UUID):
    with cast.as_job() as work:
        work.new(AccessRecord, customer_id=clara, by_identity=cast.ben, role="staff", what="booking", at=work.now)
    assert told(cast, clara)[0].why == "The reason was not recorded at that time"


def test_data_handed_over_says_to_whom_and_what_became_of_it(cast: Cast, clara: UUID):
    with cast.as_job() as work:
        work.new(Transfer, customer_id=clara, to_tenant=cast.salon.id, created_at=work.now)
    (line,) = told(cast, clara)
    assert (line.who, line.outcome) == ("Salon Haarlekin", "on its way")


@pytest.mark.parametrize(
    ("used", "life", "given", "outcome"),
    [
        (None, 3, False, "can be fetched until Wednesday, 25 November 2026, 10:00"),
        (None, -1, False, "never fetched, over since Saturday, 21 November 2026, 10:00"),
        (SUNDAY, 3, True, "fetched on Sunday, 22 November 2026, 10:00"),
    ],
)
def test_a_link_for_others_says_whether_it_was_used(
    cast: Cast, clara: UUID, used: datetime | None, life: int, given: bool, outcome: str
):
    ends = SUNDAY + timedelta(days=life)
    with cast.as_job() as work:
        link = {"label": "Meine Kasse", "created_at": work.now, "lapses_at": ends, "used_at": used}
        work.new(PullLink, customer_id=clara, **link)
    (line,) = told(cast, clara)
    assert (line.who, line.given, line.outcome) == ("Meine Kasse", given, outcome)


def test_who_was_told_of_a_change_is_told(cast: Cast, clara: UUID):
    with cast.as_job() as work:
        case = open_case(work, Right.RECTIFICATION, clara)
        told_now = {"recipient": "feeds", "state": Told.FOLLOWS, "at": work.now}
        work.new(RecipientNotice, customer_id=clara, case_id=case.id, **told_now)
    (line,) = told(cast, clara)
    assert (line.who, line.outcome) == ("Calendars of the staff", "follows by itself at the next fetch")
    assert line.what == "That something about you was changed: Correction of your data"


def test_a_question_passed_on_names_the_operator(cast: Cast, clara: UUID):
    with cast.as_person(clara) as work:
        ask_about(work, "operator", CLARA["name"], CLARA["email"], "Wer betreibt die Server?")
    with cast.as_job() as work:
        passed_on = work.first(work.select(Message).where(Message.kind == Kind.ENQUIRY_PASSED_ON.value))
        passed_on.status, passed_on.sent_at = MessageStatus.SENT, work.now
    (line,) = [one for one in told(cast, clara) if one.given]
    assert (line.who, line.why) == ("SMART CJM GmbH, by way of Mailjet GmbH", "To answer your question")


def test_a_list_taken_out_as_a_file_is_told(cast: Cast, clara: UUID):
    with cast.as_staff(cast.anna, role=Role.OWNER) as work:
        record_export(work, [clara])
    (line,) = told(cast, clara)
    assert line.who == "Head of the office or business"
    assert line.what == "A list of appointments with your details, as a file"
    assert line.why == "To work with the list elsewhere"


@pytest.mark.parametrize(
    ("status", "given", "who", "outcome"),
    [
        (MessageStatus.SENT, True, "Mailjet GmbH, to send it to you", "sent"),
        (MessageStatus.FAILED, True, "Mailjet GmbH, to send it to you", "could not be sent"),
        (MessageStatus.SUPPRESSED, False, "Nobody", "not sent"),
        (MessageStatus.QUEUED, False, "Nobody", "waits to be sent"),
    ],
)
def test_a_message_says_what_became_of_it(
    cast: Cast, clara: UUID, status: MessageStatus, given: bool, who: str, outcome: str
):
    mailed(cast, clara, status)
    (line,) = told(cast, clara)
    assert (line.given, line.who, line.outcome) == (given, who, outcome)
    assert line.what == "E-mail: your appointment is booked"


def test_a_package_that_one_made_oneself_is_told(cast: Cast, clara: UUID):
    with cast.as_job() as work:
        work.new(ExportPackage, customer_id=clara, created_at=work.now, lapses_at=work.now + timedelta(days=7))
    (line,) = told(cast, clara)
    assert (line.who, line.outcome) == ("You", "ready until Sunday, 29 November 2026")


def test_the_latest_stands_first_whatever_it_is(cast: Cast, clara: UUID, monkeypatch: pytest.MonkeyPatch):
    mailed(cast, clara, MessageStatus.SENT)
    monkeypatch.setattr(clock, "now", lambda: SUNDAY + timedelta(hours=1))
    with cast.as_staff(cast.ben) as work:
        record_person_look(work, clara, "enquiry", "enquiry")
    assert [line.kind for line in told(cast, clara)] == ["access_record", "message"]


def test_many_come_a_page_at_a_time_and_none_twice(cast: Cast, clara: UUID, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("smartcx_portal.privacy.disclosures.MOST", 2)
    for kind in (Kind.BOOKING_BOOKED, Kind.BOOKING_MOVED, Kind.CONTACT_CHANGED):
        mailed(cast, clara, MessageStatus.SENT, kind)
    with cast.as_job() as work:
        first = disclosures(work, clara, "en")
        rest = disclosures(work, clara, "en", start=2)
        whole = listed(work, clara, "en")
    assert (first.more, rest.more) == (True, False)
    assert whole == first.lines + rest.lines
    assert len({line.what for line in whole}) == 3


def test_calendars_that_name_people_are_told(cast: Cast, clara: UUID):
    with cast.as_job() as work:
        assert len(standing_recipients(work, "en")) == 1
        work.new(CalendarFeed, resource_id=cast.town.counters[0], with_details=True, created_at=work.now)
        assert standing_recipients(work, "en")[0].startswith("Staff of Bürgeramt Musterstadt subscribe")


@pytest.mark.promise("P02")
def test_of_others_nothing_is_told(cast: Cast, clara: UUID):
    other = clara_books(cast, name="Ben", email="ben@example.org", starts_at=TUESDAY + timedelta(hours=1))
    mailed(cast, clara, MessageStatus.SENT)
    assert told(cast, other) == []
