"""Mailjet by its real SDK, against a double on loopback."""

import base64
import logging
from collections.abc import Iterator
from uuid import UUID

import pytest
from procrastinate.utils import utcnow
from pydantic import SecretStr

from smartcx_portal.messaging.channels import mailjet
from smartcx_portal.messaging.channels.mailjet import OneTry
from smartcx_portal.messaging.delivering import IN_HAND, MAX_TRIES, Backoff, StillInHand, deliver_message
from smartcx_portal.messaging.letters import DeliveryFailed
from smartcx_portal.models.booking import BookingStatus
from smartcx_portal.models.messaging import Message, MessageStatus
from smartcx_portal.models.privacy import ConsentPurpose
from smartcx_portal.settings import settings
from smartcx_portal.standing.consents import give, withdraw
from smartcx_portal.standing.kinds import Kind
from tests.cast import CLARA, Cast
from tests.conftest import SUNDAY, at
from tests.messaging.double import KEY, LONG_ID, SECRET, Double, mailjet_double
from tests.messaging.scenes import Scene, claras_booking, message, post_about


@pytest.fixture
def double(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Iterator[Double]:
    with mailjet_double() as running:
        monkeypatch.setattr(settings(), "mailjet_key", SecretStr(KEY))
        monkeypatch.setattr(settings(), "mailjet_secret", SecretStr(SECRET))
        monkeypatch.setattr(settings(), "mailjet_url", running.url)
        monkeypatch.setattr(mailjet, "TIMEOUT", (0.5, 0.5))
        yield running


@pytest.fixture
def scene(cast: Cast) -> Scene:
    return claras_booking(cast)


@pytest.fixture
def posted(cast: Cast, scene: Scene) -> UUID:
    return post_about(cast, scene)


@pytest.mark.promise("P20")
def test_a_mail_goes_through_mailjet_without_tracking(cast: Cast, double: Double, posted: UUID):
    deliver_message(cast.town.id, posted)
    (sent,) = double.taken
    assert (sent["TrackOpens"], sent["TrackClicks"]) == ("disabled", "disabled")
    assert (sent["To"], sent["CustomID"]) == ([{"Email": CLARA["email"]}], str(posted))
    assert sent["From"] == {"Email": settings().mail_from, "Name": "Bürgeramt Musterstadt"}
    assert b"BEGIN:VCALENDAR" in base64.b64decode(sent["Attachments"][0]["Base64Content"])
    assert message(cast, posted).provider_ref == str(LONG_ID)


@pytest.mark.promise("P20")
def test_openings_and_clicks_are_seen_only_with_their_own_consent(cast: Cast, double: Double, scene: Scene):
    with cast.as_person(scene.customer) as work:
        give(work, scene.customer, ConsentPurpose.TRACKING, language="de", channel="portal")
    deliver_message(cast.town.id, post_about(cast, scene))
    assert double.taken[0]["TrackOpens"] == "enabled"


@pytest.mark.promise("P06")
def test_mailjet_gets_the_header_lines_by_which_mail_programs_withdraw(cast: Cast, double: Double, posted: UUID):
    deliver_message(cast.town.id, posted)
    headers = double.taken[0]["Headers"]
    assert headers["List-Unsubscribe"].startswith(f"<{settings().base_url}/callbacks/withdraw/")
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_a_mail_that_rests_on_no_consent_has_no_such_lines(cast: Cast, double: Double):
    scene = claras_booking(cast, status=BookingStatus.PENDING)
    deliver_message(cast.town.id, post_about(cast, scene, Kind.BOOKING_CONFIRM))
    assert "Headers" not in double.taken[0]


@pytest.mark.promise("P06")
def test_no_provider_is_called_after_a_withdrawal(cast: Cast, double: Double, scene: Scene, posted: UUID):
    with cast.as_person(scene.customer) as work:
        withdraw(work, scene.customer, ConsentPurpose.MAIL, "portal")
    deliver_message(cast.town.id, posted)
    assert (double.taken, double.asked) == ([], [])
    assert message(cast, posted).status is MessageStatus.SUPPRESSED


@pytest.mark.parametrize(
    ("mood", "problem"),
    [("429", "rate_limited"), ("500", "unknown_outcome"), ("cut", "unknown_outcome"), ("html", "unknown_outcome")],
)
def test_what_may_pass_is_tried_again(cast: Cast, double: Double, posted: UUID, mood: str, problem: str):
    double.moods = [mood]
    with pytest.raises(DeliveryFailed):
        deliver_message(cast.town.id, posted)
    waiting = message(cast, posted)
    assert (waiting.status, waiting.problem) == (MessageStatus.QUEUED, problem)
    deliver_message(cast.town.id, posted)
    assert len(double.taken) == 1
    assert message(cast, posted).status is MessageStatus.SENT


@pytest.mark.parametrize("mood", ["taken_then_timeout", "taken_then_cut", "taken_then_500", "taken_then_html"])
def test_what_may_have_been_taken_is_asked_for_and_not_sent_twice(cast: Cast, double: Double, posted: UUID, mood: str):
    double.moods = [mood]
    with pytest.raises(DeliveryFailed):
        deliver_message(cast.town.id, posted)
    deliver_message(cast.town.id, posted)
    assert (len(double.taken), double.asked) == (1, [str(posted)])
    assert message(cast, posted).provider_ref == str(LONG_ID)


def test_wrong_credentials_are_a_passing_trouble(
    cast: Cast, double: Double, posted: UUID, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(settings(), "mailjet_secret", SecretStr("old"))
    with pytest.raises(DeliveryFailed):
        deliver_message(cast.town.id, posted)
    assert message(cast, posted).problem == "credentials"


def test_a_refused_mail_fails_at_once_and_tells_no_address(
    cast: Cast, double: Double, posted: UUID, caplog: pytest.LogCaptureFixture
):
    caplog.set_level(logging.DEBUG)
    double.moods = ["400"]
    deliver_message(cast.town.id, posted)
    failed = message(cast, posted)
    assert (failed.status, failed.problem) == (MessageStatus.FAILED, "refused")
    assert CLARA["email"] not in caplog.text


def test_the_last_try_leaves_a_dead_letter(cast: Cast, double: Double, posted: UUID):
    double.moods = ["429"]
    with pytest.raises(DeliveryFailed):
        deliver_message(cast.town.id, posted, last=True)
    assert message(cast, posted).status is MessageStatus.FAILED


def test_a_message_in_another_workers_hand_is_left_alone(cast: Cast, double: Double, posted: UUID):
    in_hand(cast, posted)
    with pytest.raises(StillInHand):
        deliver_message(cast.town.id, posted)
    assert double.taken == []


def test_a_worker_killed_after_the_provider_accepted_sends_nothing_twice(cast: Cast, double: Double, posted: UUID):
    in_hand(cast, posted)
    double.taken.append({"CustomID": str(posted)})
    with at(SUNDAY + IN_HAND):
        deliver_message(cast.town.id, posted)
    assert len(double.taken) == 1
    assert message(cast, posted).status is MessageStatus.SENT


def test_a_worker_killed_before_the_provider_accepted_costs_no_message(cast: Cast, double: Double, posted: UUID):
    in_hand(cast, posted)
    with at(SUNDAY + IN_HAND):
        deliver_message(cast.town.id, posted)
    assert [each["CustomID"] for each in double.taken] == [str(posted)]


def test_tries_are_spaced_and_end(cast: Cast):
    class Job:
        attempts = 0

    waits = []
    for Job.attempts in range(MAX_TRIES - 1):
        decision = Backoff().get_retry_decision(exception=DeliveryFailed("x"), job=Job())
        waits.append(round((decision.retry_at - utcnow()).total_seconds()))
    assert waits == [3, 9, 27, 81, 243, 729, 2187]
    Job.attempts = MAX_TRIES - 1
    assert Backoff().get_retry_decision(exception=DeliveryFailed("x"), job=Job()) is None


def test_the_provider_says_how_long_to_wait(cast: Cast, double: Double, posted: UUID):
    double.moods = ["429"]
    with pytest.raises(DeliveryFailed) as problem:
        deliver_message(cast.town.id, posted)
    assert problem.value.retry_after == 120


def test_the_sdk_does_not_repeat_by_itself():
    with OneTry(auth=(KEY, SECRET)) as client:
        assert client.session.get_adapter("https://api.mailjet.com/").max_retries.total == 0


def in_hand(cast: Cast, message_id: UUID) -> None:
    with cast.as_job() as work:
        row = work.get(Message, message_id)
        row.status, row.tried_at = MessageStatus.SENDING, work.now


def test_a_try_takes_less_than_ten_seconds():
    assert sum(mailjet.TIMEOUT) < 10
