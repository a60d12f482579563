"""Art. 30(2): the operator's record names each tenant, what is done for it and by whom, and never a person."""

import io
import json
from dataclasses import asdict

import pytest
from pypdf import PdfReader

from smartcx_portal.kit.errors import NotFound, NotPermitted
from smartcx_portal.models.declaring import Purpose
from smartcx_portal.models.staff import Role
from smartcx_portal.operations.processor_record import (
    ProcessorRecord,
    pdf_paper,
    processor_record,
    record_sheet,
    xlsx_paper,
)
from smartcx_portal.privacy.activities import activities
from smartcx_portal.privacy.record_words import ACTIVITIES
from tests.cast import CLARA, Cast
from tests.privacy.scenes import clara_books, open_house

pytestmark = pytest.mark.promise("P22")


@pytest.fixture
def open_houses(cast: Cast) -> Cast:
    open_house(cast)
    open_house(cast, cast.salon, sms=False)
    return cast


def record(cast: Cast, most: int | None = None) -> ProcessorRecord:
    with cast.as_operator() as work:
        return processor_record(work, "en", most)


def test_every_tenant_is_named_with_its_officer_and_agreement(open_houses: Cast):
    town, salon = record(open_houses).controllers
    assert (town.name, salon.name) == ("Bürgeramt Musterstadt", "Salon Haarlekin")
    assert town.officer == "Datenschutz, dsb@buergeramt-musterstadt.example"
    assert salon.contact.startswith("Markt 1, 47798 Musterstadt, ")
    assert town.agreement == "Version 2026-11, 22 November 2026"


def test_what_is_done_for_a_tenant_equals_its_active_activities(open_houses: Cast):
    for house, shown in zip((open_houses.town, open_houses.salon), record(open_houses).controllers, strict=True):
        with open_houses.as_job(house) as work:
            have = activities(work)
        assert shown.processing == [ACTIVITIES[p] for p in Purpose if have[p].active]


def test_a_service_that_is_turned_off_leaves_the_record_at_once(open_houses: Cast):
    before = record(open_houses)
    assert [one.companies for one in before.controllers] == [
        ["IONOS SE", "Mailjet GmbH", "Twilio"],
        ["IONOS SE", "Mailjet GmbH"],
    ]
    with open_houses.as_job() as work:
        activities(work)[Purpose.SMS].active = False
    after = record(open_houses)
    assert "Twilio" not in after.controllers[0].companies
    assert [one.name for one in after.abroad] == ["Mailjet GmbH"]


def test_the_page_may_show_fewer_and_says_how_many_there_are(open_houses: Cast):
    shown = record(open_houses, most=1)
    assert (len(shown.controllers), shown.tenants) == (1, 2)
    assert "Twilio" in [one.name for one in shown.abroad]


@pytest.mark.promise("P02")
def test_no_person_stands_in_it(open_houses: Cast):
    clara_books(open_houses)
    told = json.dumps(asdict(record(open_houses)))
    assert CLARA["email"] not in told
    assert CLARA["name"] not in told


def test_only_the_operator_reads_it(open_houses: Cast):
    with open_houses.as_staff(open_houses.anna, role=Role.OWNER) as work, pytest.raises(NotPermitted):
        processor_record(work, "de")
    with open_houses.as_visitor() as work, pytest.raises(NotFound):
        processor_record(work, "de")


def test_the_files_name_every_tenant(open_houses: Cast):
    with open_houses.as_operator() as work:
        sheet = record_sheet(processor_record(work, "de"), "de")
        paper, book = pdf_paper(work, "", "de"), xlsx_paper(work, "", "de")
    controllers = next(part for part in sheet.parts if part.heading == "Verantwortliche")
    assert [line[0] for line in controllers.grids[0].rows] == ["Bürgeramt Musterstadt", "Salon Haarlekin"]
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(paper.content)).pages)
    assert "Salon Haarlekin" in text
    assert (paper.name, book.name) == ("verzeichnis-auftragsverarbeiter.pdf", "verzeichnis-auftragsverarbeiter.xlsx")
