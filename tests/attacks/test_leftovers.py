"""What lies outside the database: packages, the demo's mailbox, cells of spreadsheets."""

import os
from datetime import timedelta
from uuid import UUID

import pytest
from pydantic import ValidationError

from smartcx_portal.kit.cells import neutral
from smartcx_portal.kit.ids import new_id
from smartcx_portal.messaging.channels.mailbox import folder
from smartcx_portal.messaging.copies import copies_of
from smartcx_portal.messaging.delivering import deliver_message
from smartcx_portal.models.customer import Customer
from smartcx_portal.models.messaging import Message, MessageStatus
from smartcx_portal.privacy import retention
from smartcx_portal.privacy.erase import erase_own, erase_person
from smartcx_portal.privacy.export import make_package, own_packages
from smartcx_portal.privacy.package_files import package_path, write_package_file
from smartcx_portal.privacy.retention import keep_periods_of
from smartcx_portal.settings import Settings
from smartcx_portal.tenancy import Work
from tests.cast import Cast
from tests.conftest import SUNDAY
from tests.messaging.scenes import claras_booking, post_about
from tests.privacy.scenes import clara_books, open_house

AN_HOUR_AGO = (SUNDAY - timedelta(hours=1, seconds=1)).timestamp()


def test_a_package_whose_row_never_came_about_does_not_stay(cast: Cast):
    open_house(cast)
    path = write_package_file(cast.town.id, new_id(), b"what Clara's data would be")
    os.utime(path, (AN_HOUR_AGO, AN_HOUR_AGO))
    keep_periods_of(cast.town.id)
    assert not path.exists()


def test_a_package_that_is_just_being_made_stays(cast: Cast):
    open_house(cast)
    path = write_package_file(cast.town.id, new_id(), b"what Clara's data would be")
    os.utime(path, (SUNDAY.timestamp(), SUNDAY.timestamp()))
    keep_periods_of(cast.town.id)
    assert path.exists()


def test_a_package_that_can_be_fetched_stays(cast: Cast):
    open_house(cast)
    with cast.as_person(clara_books(cast)) as work:
        made = make_package(work)
        path = package_path(work.tenant, own_packages(work)[0].id)
    os.utime(path, (AN_HOUR_AGO, AN_HOUR_AGO))
    keep_periods_of(cast.town.id)
    assert path.stat().st_size == made.size


def test_one_person_who_cannot_be_erased_holds_up_nobody_else(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    open_house(cast)
    first = clara_books(cast, starts_at=SUNDAY - timedelta(days=900))
    second = clara_books(cast, starts_at=SUNDAY - timedelta(days=899), email="dora@example.org")

    def stumbling(work: Work, customer_id: UUID, *, asked: bool) -> object:
        if customer_id == first:
            raise RuntimeError
        return erase_person(work, customer_id, asked=asked)

    with cast.as_job() as work:
        work.update_where(Customer, created_at=SUNDAY - timedelta(days=1000))
    monkeypatch.setattr(retention, "erase_person", stumbling)
    keep_periods_of(cast.town.id)
    with cast.as_job() as work:
        assert [work.find(Customer, one) is None for one in (first, second)] == [False, True]


def test_a_copy_that_a_killed_worker_wrote_after_the_erasure_does_not_stay(cast: Cast):
    scene = claras_booking(cast)
    open_house(cast)
    sent = post_about(cast, scene)
    with cast.as_job() as work:
        message = work.get(Message, sent)
        message.status, message.tried_at = MessageStatus.SENDING, SUNDAY - timedelta(minutes=2)
    with cast.as_person(scene.customer, fresh=True) as work:
        erase_own(work)
    written = folder() / str(cast.town.id) / f"{sent}.json"
    written.parent.mkdir(parents=True, exist_ok=True)
    written.write_text("clara@example.org")
    deliver_message(cast.town.id, sent)
    assert copies_of(sent) == []


@pytest.mark.parametrize("where", [{"base_url": "https://termine.example.org"}, {"host": "0.0.0.0"}])
def test_a_mailbox_that_everybody_can_read_stays_on_this_machine(where: dict[str, str]):
    with pytest.raises(ValidationError):
        Settings(**({"base_url": "https://localhost"} | where), demo=True)


@pytest.mark.parametrize("cell", ["ja;=1+1", "ja; =1+1", "ja\t@SUM(1)", "ja;\t-1"])
def test_no_cell_hides_a_formula_behind_the_separator_of_a_german_spreadsheet(cell: str):
    assert "'" in neutral(cell)


@pytest.mark.parametrize("cell", ["ja; gern", "a-b", "1;2", "Tel. +49 2151 555123", "clara@example.org"])
def test_plain_text_stays_as_it_is(cell: str):
    assert neutral(cell) == cell
