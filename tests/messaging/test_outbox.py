"""D7: a message commits with the change it tells of, and leaves only if it may then still be sent."""

import json

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from smartcx_portal.kit.contact import NotAnEmail, NotAPhone
from smartcx_portal.kit.errors import NotFound
from smartcx_portal.messaging.channels.mailbox import letters
from smartcx_portal.messaging.outbox import post, send_again
from smartcx_portal.models.booking import Booking, BookingStatus
from smartcx_portal.models.messaging import Channel, Message, MessageStatus
from smartcx_portal.models.privacy import ConsentPurpose
from smartcx_portal.models.tenant import BodyKind
from smartcx_portal.privacy.activities import set_up_activities
from smartcx_portal.standing.consents import withdraw
from smartcx_portal.standing.kinds import Kind
from smartcx_portal.worker import work_off
from tests.cast import CLARA, Cast
from tests.messaging.scenes import claras_booking, message, post_about


def jobs_in_queue(engine: Engine) -> list[dict]:
    with engine.connect() as connection:
        return list(connection.execute(sa.text("SELECT args FROM procrastinate_jobs")).scalars())


def test_a_rolled_back_change_leaves_no_message_and_no_job(cast: Cast, engine: Engine):
    with pytest.raises(RuntimeError), cast.as_visitor() as work:
        post(work, Kind.ENQUIRY_RECEIVED, Channel.EMAIL, CLARA["email"], language="de")
        raise RuntimeError
    with cast.as_visitor() as work:
        assert work.count(work.select(Message)) == 0
    assert jobs_in_queue(engine) == []


def test_a_job_carries_ids_and_nothing_else(cast: Cast, engine: Engine):
    scene = claras_booking(cast)
    posted = post_about(cast, scene)
    assert jobs_in_queue(engine) == [{"tenant": str(cast.town.id), "message": str(posted)}]


@pytest.mark.usefixtures("demo")
def test_a_message_leaves_once_however_often_its_job_runs(cast: Cast, engine: Engine):
    posted = post_about(cast, claras_booking(cast))
    work_off()
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE procrastinate_jobs SET status = 'todo'"))
    first = letters()[0]["at"]
    work_off()
    assert [letter["at"] for letter in letters()] == [first]
    sent = message(cast, posted)
    assert (sent.status, sent.provider_ref) == (MessageStatus.SENT, f"mailbox:{posted}")


@pytest.mark.promise("P06")
@pytest.mark.promise("P20")
@pytest.mark.usefixtures("demo")
def test_a_withdrawal_stops_a_message_that_waits(cast: Cast):
    scene = claras_booking(cast)
    posted = post_about(cast, scene)
    with cast.as_person(scene.customer) as work:
        withdraw(work, scene.customer, ConsentPurpose.MAIL, "portal")
    work_off()
    assert message(cast, posted).status is MessageStatus.SUPPRESSED
    assert letters() == []


@pytest.mark.promise("P21")
@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize(
    ("consents", "status"),
    [
        ((ConsentPurpose.SMS,), MessageStatus.SUPPRESSED),
        ((ConsentPurpose.MAIL,), MessageStatus.SUPPRESSED),
        ((ConsentPurpose.SMS, ConsentPurpose.SMS_TRANSFER), MessageStatus.SENT),
    ],
)
def test_an_sms_needs_its_own_consent_and_that_for_the_transfer(cast: Cast, consents, status):
    posted = post_about(cast, claras_booking(cast, consents=consents), channel=Channel.SMS)
    work_off()
    assert message(cast, posted).status is status


@pytest.mark.promise("P22")
@pytest.mark.usefixtures("demo")
def test_no_sms_leaves_where_the_tenant_switched_them_off_whatever_was_agreed(cast: Cast):
    agreed = (ConsentPurpose.SMS, ConsentPurpose.SMS_TRANSFER)
    posted = post_about(cast, claras_booking(cast, consents=agreed), channel=Channel.SMS)
    with cast.as_job() as work:
        set_up_activities(work, BodyKind.PUBLIC_OFFICE, sms=False)
    work_off()
    assert message(cast, posted).status is MessageStatus.SUPPRESSED


@pytest.mark.usefixtures("demo")
def test_the_request_to_confirm_needs_no_consent_but_a_pending_booking(cast: Cast):
    scene = claras_booking(cast, status=BookingStatus.PENDING, consents=())
    first = post_about(cast, scene, Kind.BOOKING_CONFIRM)
    work_off()
    with cast.as_visitor() as work:
        work.get(Booking, scene.booking).status = BookingStatus.CONFIRMED
    second = post_about(cast, scene, Kind.BOOKING_CONFIRM)
    work_off()
    assert message(cast, first).status is MessageStatus.SENT
    assert message(cast, second).status is MessageStatus.SUPPRESSED


@pytest.mark.usefixtures("demo")
def test_the_address_of_somebody_who_is_no_customer_goes_with_the_message(cast: Cast):
    with cast.as_visitor() as work:
        posted = post(work, Kind.ENQUIRY_RECEIVED, Channel.EMAIL, CLARA["email"], language="de").id
    work_off()
    sent = message(cast, posted)
    assert (sent.status, sent.to_address) == (MessageStatus.SENT, None)
    assert sent.address_key
    assert CLARA["email"] not in sent.address_key


def test_without_provider_and_demo_a_message_fails_visibly(cast: Cast):
    posted = post_about(cast, claras_booking(cast))
    work_off()
    failed = message(cast, posted)
    assert (failed.status, failed.problem) == (MessageStatus.FAILED, "no_provider")


def test_staff_send_a_failed_message_again(cast: Cast, monkeypatch: pytest.MonkeyPatch, request):
    posted = post_about(cast, claras_booking(cast))
    work_off()
    request.getfixturevalue("demo")
    with cast.as_staff(cast.ben) as work:
        send_again(work, posted)
    work_off()
    assert message(cast, posted).status is MessageStatus.SENT


def test_dora_cannot_send_the_neighbours_message(cast: Cast):
    posted = post_about(cast, claras_booking(cast))
    work_off()
    with cast.as_staff(cast.dora, cast.salon) as work, pytest.raises(NotFound):
        send_again(work, posted)


@pytest.mark.parametrize("to", ["clara@example.org\r\nBcc: x@example.org", "clara", "", "<b>@example.org"])
def test_what_is_no_address_gets_no_message(cast: Cast, to: str):
    with cast.as_visitor() as work, pytest.raises((NotAnEmail, NotAPhone)):
        post(work, Kind.ENQUIRY_RECEIVED, Channel.EMAIL, to, language="de")


@pytest.mark.usefixtures("demo")
def test_no_log_line_holds_what_a_message_holds(cast: Cast, caplog: pytest.LogCaptureFixture):
    caplog.set_level("DEBUG")
    post_about(cast, claras_booking(cast))
    work_off()
    text = json.dumps([record.getMessage() for record in caplog.records])
    assert "message.sent" in text
    assert not any(value in text for value in (CLARA["email"], CLARA["name"], "Personalausweis"))
