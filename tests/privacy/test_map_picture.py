"""The data map's picture says what the declarations and the tenant's choices say, and leaves nothing out (P01, P22)."""

import pytest

from smartcx_portal.kit.language import translate
from smartcx_portal.models.declaring import Purpose, Source
from smartcx_portal.models.staff import Role
from smartcx_portal.operations.sub_processors import seed_sub_processors
from smartcx_portal.privacy.choosing import choose
from smartcx_portal.privacy.data_map import data_map
from smartcx_portal.privacy.map_picture import LETTERS, Box, Picture, picture, picture_for_people, sources_by_purpose
from smartcx_portal.privacy.notice_facts import gather
from smartcx_portal.privacy.record import record_of_processing
from smartcx_portal.privacy.services import switch_service
from smartcx_portal.privacy.words import PURPOSES, SOURCES
from smartcx_portal.tenancy import JOB, open_work
from tests.cast import Cast
from tests.privacy.scenes import open_house


@pytest.fixture
def opened(cast: Cast) -> Cast:
    with open_work(JOB) as work:
        seed_sub_processors(work)
    open_house(cast, sms=False)
    return cast


def drawn(cast: Cast, lang: str = "en") -> Picture:
    with cast.as_job() as work:
        return picture(work, lang)


@pytest.mark.promise("P22")
def test_it_names_purposes_recipients_and_ends_as_the_record_does(opened: Cast):
    rows = {row.purpose: row for row in drawn(opened).rows}
    with opened.as_staff(opened.anna, role=Role.OWNER) as work:
        record = record_of_processing(work, "en")
    assert list(rows) == [one.title for one in record.activities]
    for one in record.activities:
        assert (rows[one.title].recipients, rows[one.title].end) == (one.recipients, one.period)


@pytest.mark.promise("P22")
def test_a_service_and_an_own_recipient_are_in_the_picture_as_soon_as_they_are_chosen(opened: Cast):
    assert "Cloudflare" not in str(drawn(opened).words)
    with opened.as_staff(opened.anna, role=Role.OWNER) as work:
        switch_service(work, "cloudflare", True)
        choose(work, "appointment", {"days": "14", "own": "IT-Zentrum Musterland"})
    words = " ".join(word.text for word in drawn(opened).words)
    for said in ("Cloudflare", "IT-Zentrum Musterland", "14 days after the"):
        assert said in words


@pytest.mark.promise("P01")
def test_every_source_of_every_declared_column_is_on_the_map():
    found = sources_by_purpose()
    for entry in data_map():
        for column in entry.columns if entry.subject.who.value != "official" else ():
            assert all(column.data.source in found[purpose] for purpose in column.data.purposes)
    assert found[Purpose.STATISTICS] == {Source.VISIT}


@pytest.mark.parametrize("lang", ["de", "en"])
def test_everything_lies_within_the_picture_and_no_boxes_overlap(opened: Cast, lang: str):
    shown = drawn(opened, lang)
    for number, one in enumerate(shown.boxes):
        assert min(one.x, one.y) >= 0
        assert one.x + one.width <= shown.width
        assert one.y + one.height <= shown.height
        assert not any(overlap(one, other) for other in shown.boxes[number + 1 :])
    assert all(0 <= word.x <= shown.width and 0 <= word.y <= shown.height for word in shown.words)


def overlap(one: Box, other: Box) -> bool:
    beside = one.x + one.width <= other.x or other.x + other.width <= one.x
    below = one.y + one.height <= other.y or other.y + other.height <= one.y
    return not (beside or below)


def test_each_curve_is_drawn_once(opened: Cast):
    curves = drawn(opened).curves
    assert curves
    assert len(set(curves)) == len(curves)


def test_a_long_name_keeps_its_box(opened: Cast):
    with opened.as_staff(opened.anna, role=Role.OWNER) as work:
        choose(work, "appointment", {"days": "14", "own": "Rechenzentrum " * 14})
    shown = drawn(opened)
    assert max(len(word.text) for word in shown.words) <= LETTERS
    assert any(word.text.endswith("…") for word in shown.words)


@pytest.mark.promise("P01")
@pytest.mark.parametrize("lang", ["de", "en"])
def test_everybody_may_read_the_map_in_words_that_speak_to_them(opened: Cast, lang: str):
    with opened.as_visitor(lang=lang) as work:
        shown = picture_for_people(work, lang)
        told = [translate(lang, PURPOSES[one.purpose]) for one in gather(work).activities]
    assert [row.purpose for row in shown.rows] == [
        one for one in told if one != translate(lang, PURPOSES[Purpose.STAFF])
    ]
    assert translate(lang, SOURCES[Source.PERSON]) in shown.rows[0].sources
    assert not any(word.text.endswith("…") for word in shown.words)


@pytest.mark.promise("P02")
def test_the_public_map_of_the_salon_names_nobody_of_the_town(opened: Cast):
    open_house(opened, opened.salon, sms=False)
    with opened.as_staff(opened.anna, role=Role.OWNER) as work:
        choose(work, "appointment", {"days": "14", "own": "IT-Zentrum Musterland"})
    with opened.as_visitor(opened.salon) as work:
        assert "Musterland" not in str(picture_for_people(work, "de"))
