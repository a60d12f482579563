"""What lies outside the database goes when the person goes, and what nobody needs goes after a day."""

import json
import stat
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from smartcx_portal.messaging import delivering
from smartcx_portal.messaging.channels.mailbox import Mailbox, folder, letters
from smartcx_portal.messaging.clearing import clear_tenant
from smartcx_portal.messaging.copies import erase_copies
from smartcx_portal.messaging.letters import Letter
from smartcx_portal.messaging.outbox import post
from smartcx_portal.models.messaging import Channel, Message
from smartcx_portal.settings import settings
from smartcx_portal.standing.kinds import Kind
from smartcx_portal.worker import work_off
from tests.cast import CLARA, Cast
from tests.conftest import SUNDAY, at
from tests.messaging.scenes import claras_booking, post_about

pytestmark = pytest.mark.usefixtures("demo")


def files() -> list[Path]:
    return [file for file in folder().rglob("*") if file.is_file()]


def test_a_mailbox_file_is_whole_private_and_complete(cast: Cast):
    posted = post_about(cast, claras_booking(cast))
    work_off()
    (file,) = files()
    assert file == folder() / str(cast.town.id) / f"{posted}.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    letter = json.loads(file.read_text())
    assert (letter["id"], letter["to"], letter["kind"]) == (str(posted), CLARA["email"], "booking_booked")
    assert (letter["channel"], letter["subject"]) == ("email", "Ihr Termin ist gebucht")


def test_the_mailbox_shows_one_tenants_letters(cast: Cast):
    post_about(cast, claras_booking(cast))
    work_off()
    assert [letter["tenant"] for letter in letters(cast.town.id)] == [str(cast.town.id)]
    assert letters(cast.salon.id) == []


def test_there_is_no_mailbox_outside_demo_mode(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    post_about(cast, claras_booking(cast))
    work_off()
    monkeypatch.setattr(settings(), "demo", False)
    assert letters() == []


def test_copies_of_a_message_are_erased(cast: Cast):
    scene = claras_booking(cast)
    posted, other = post_about(cast, scene), post_about(cast, scene)
    work_off()
    assert erase_copies([posted]) == 1
    assert [file.stem for file in files()] == [str(other)]


def test_a_person_erased_while_their_mail_leaves_is_erased_from_the_mailbox_too(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
):
    posted = post_about(cast, claras_booking(cast))

    class ErasedMeanwhile(Mailbox):
        def send(self, letter: Letter) -> str:
            with cast.as_job() as work:
                work.update_where(Message, Message.id == posted, to_address=None, customer_id=None, address_key=None)
            erase_copies([posted])
            return super().send(letter)

    monkeypatch.setattr(delivering, "road", lambda letter: ErasedMeanwhile())
    delivering.deliver_message(cast.town.id, posted)
    assert files() == []
    with cast.as_job() as work:
        assert work.get(Message, posted).provider_ref is None


def test_strangers_messages_go_after_a_day_and_customers_stay(cast: Cast, engine: Engine):
    kept = post_about(cast, claras_booking(cast))
    with cast.as_visitor() as work:
        post(work, Kind.NOTHING_STORED, Channel.EMAIL, "dora@example.org", language="de")
    work_off()
    with at(SUNDAY + timedelta(days=1, minutes=1)):
        clear_tenant(cast.town.id)
    assert [file.stem for file in files()] == [str(kept)]
    with cast.as_job() as work:
        assert [row.id for row in work.all(work.select(Message))] == [kept]


def test_nothing_of_the_address_is_left_in_the_queue(cast: Cast, engine: Engine):
    post_about(cast, claras_booking(cast))
    work_off()
    with engine.connect() as connection:
        rows = connection.execute(
            sa.text(
                "SELECT j::text, (SELECT string_agg(e::text, '') FROM procrastinate_events e) FROM procrastinate_jobs j"
            )
        ).all()
    assert CLARA["email"] not in str(rows)
    assert rows
