"""Art. 30(1): the tenant's record is the live map, with today's services, and nobody else reads it."""

import io
import zipfile
from collections.abc import Iterator

import pytest
from pypdf import PdfReader

from smartcx_portal.kit.errors import NotFound, NotPermitted
from smartcx_portal.kit.language import translate
from smartcx_portal.models.calendar import CalendarFeed
from smartcx_portal.models.declaring import Purpose, Who
from smartcx_portal.models.privacy import ProcessingActivity
from smartcx_portal.models.staff import Role
from smartcx_portal.models.tenant import BodyKind, SubProcessor, TransferBasis
from smartcx_portal.privacy.activities import activities, defaults
from smartcx_portal.privacy.data_map import data_map
from smartcx_portal.privacy.record import Activity, Record, record_of_processing
from smartcx_portal.privacy.record_papers import pdf_paper, record_sheet, xlsx_paper
from smartcx_portal.privacy.record_words import ACTIVITIES, SUBJECTS, ground_named
from smartcx_portal.privacy.words import CATEGORIES, TABLES, period_text
from smartcx_portal.tenancy import Work
from tests.cast import Cast
from tests.privacy.scenes import open_house

pytestmark = pytest.mark.promise("P01")
SWITCHES = [(), (Purpose.SMS,), (Purpose.HEALTH,), (Purpose.SMS, Purpose.HEALTH)]


def record(cast: Cast, lang: str = "en") -> Record:
    with cast.as_staff(cast.anna, role=Role.OWNER) as work:
        return record_of_processing(work, lang)


def activity(shown: Record, purpose: Purpose) -> Activity:
    return next(one for one in shown.activities if one.purpose == purpose.value)


def lived(work: Work) -> Iterator[tuple[str, str, str, str]]:
    """Purpose, kind of data, company and period, straight from the models and the tenant's activities."""
    names = {one.key: one.name for one in work.all(work.shared(SubProcessor))}
    for entry in data_map():
        for column in entry.columns:
            for purpose in column.data.purposes:
                found = activities(work)[purpose]
                for key in found.recipients if found.active else ():
                    kind = translate("en", CATEGORIES[column.data.category])
                    yield purpose.value, kind, f"{names[key]} (sub-processor)", period_text(found, "en")


@pytest.mark.promise("P07")
@pytest.mark.parametrize("off", SWITCHES)
def test_the_record_equals_the_live_map(cast: Cast, off: tuple[Purpose, ...]):
    open_house(cast)
    with cast.as_job() as work:
        work.update_where(ProcessingActivity, ProcessingActivity.purpose.in_(off), active=False)
        expected = set(lived(work))
    said = {
        (one.purpose, kind, company, one.period)
        for one in record(cast).activities
        for kind in one.categories
        for company in one.recipients
        if company.endswith("(sub-processor)")
    }
    assert said == expected


def test_a_service_that_is_turned_off_leaves_the_record_at_once(cast: Cast):
    open_house(cast)
    before = record(cast)
    with cast.as_job() as work:
        activities(work)[Purpose.SMS].active = False
    assert "Twilio" in [one.name for one in before.abroad]
    assert "Twilio" not in [one.name for one in record(cast).abroad]


@pytest.mark.promise("P08")
def test_a_changed_period_is_in_the_record_at_once(cast: Cast):
    open_house(cast)
    with cast.as_job() as work:
        activities(work)[Purpose.APPOINTMENT].retention_days = 14
    assert activity(record(cast), Purpose.APPOINTMENT).period == "14 days after the appointment"


@pytest.mark.promise("P23")
def test_it_names_controller_officer_and_processor(cast: Cast):
    open_house(cast)
    shown = record(cast)
    controller = {line.label: line.text for line in shown.controller}
    assert controller["Name"] == "Bürgeramt Musterstadt"
    assert controller["Data protection officer (Art. 37)"] == "Datenschutz, dsb@buergeramt-musterstadt.example"
    assert "SMART CJM GmbH" in shown.processor[0].text
    assert shown.processor[-1].text == "Version 2026-11, 22 November 2026"
    assert shown.as_of == "As of Sunday, 22 November 2026, 10:00"


@pytest.mark.promise("P22")
def test_recipients_are_named_with_what_they_are(cast: Cast):
    open_house(cast)
    with cast.as_job() as work:
        activities(work)[Purpose.APPOINTMENT].own_recipients = ["Rechenzentrum Niederrhein"]
        work.new(CalendarFeed, resource_id=cast.town.counters[0], with_details=True, created_at=work.now)
    assert activity(record(cast), Purpose.APPOINTMENT).recipients == [
        "Staff of Bürgeramt Musterstadt",
        "SMART CJM GmbH (processor)",
        "IONOS SE (sub-processor)",
        "Calendars to which the staff subscribe",
        "Rechenzentrum Niederrhein",
    ]


@pytest.mark.promise("P13")
def test_whom_people_hand_their_data_over_to_is_told(cast: Cast):
    open_house(cast)
    sentence = "Others whom the person names, at their wish (Art. 20 GDPR)"
    found = [one.purpose for one in record(cast).activities if sentence in one.recipients]
    assert found == [Purpose.RIGHTS.value]


@pytest.mark.promise("P22")
def test_a_company_without_facts_is_not_passed_over(cast: Cast):
    open_house(cast)
    with cast.as_job() as work:
        activities(work)[Purpose.OPERATION].recipients = ["ionos", "nobody_knows"]
    assert "nobody_knows (no facts are recorded)" in activity(record(cast), Purpose.OPERATION).recipients


@pytest.mark.promise("P24")
def test_a_transfer_says_what_it_rests_on(cast: Cast):
    open_house(cast)
    with cast.as_job() as work:
        work.update_where(SubProcessor, SubProcessor.key == "twilio", transfer_basis=TransferBasis.CLAUSES)
    shown = record(cast)
    twilio = next(one for one in shown.abroad if one.name == "Twilio")
    assert twilio.country == "United States"
    assert twilio.basis == "Standard contractual clauses (Art. 46(2)(c) GDPR)"
    assert twilio.told == "standard contractual clauses"
    assert activity(shown, Purpose.SMS).abroad == ["Twilio"]
    assert activity(shown, Purpose.APPOINTMENT).abroad == []


def test_staff_and_officers_are_data_subjects_too(cast: Cast):
    open_house(cast)
    assert activity(record(cast), Purpose.STAFF).subjects == ["Members of the staff"]
    assert "Members of the staff" in activity(record(cast), Purpose.RIGHTS).subjects
    assert "Representatives and data protection officer" in activity(record(cast), Purpose.RIGHTS).subjects


def test_every_word_of_the_map_has_one_for_the_record():
    assert set(ACTIVITIES) == set(Purpose)
    assert set(SUBJECTS) == set(Who)
    assert {entry.table for entry in data_map()} <= set(TABLES)


@pytest.mark.parametrize("lang", ["de", "en"])
def test_every_ground_is_named_by_its_place_in_the_law(lang: str):
    grounds = {one.legal_basis for kind in BodyKind for one in defaults(kind).values()}
    assert all(ground_named(one, lang).startswith("Art. 6") for one in grounds)
    assert ground_named("6(1)(e)", "de") == "Art. 6 Abs. 1 Buchst. e DSGVO"


@pytest.mark.promise("P02")
def test_each_tenant_reads_its_own(cast: Cast):
    open_house(cast)
    open_house(cast, cast.salon)
    with cast.as_staff(cast.dora, cast.salon, Role.OWNER) as work:
        assert "Musterstadt" not in record_of_processing(work, "de").name
        assert record_of_processing(work, "de").name == "Salon Haarlekin"


def test_only_who_answers_for_privacy_reads_it(cast: Cast):
    open_house(cast)
    with cast.as_staff(cast.ben) as work, pytest.raises(NotPermitted):
        record_of_processing(work, "de")
    with cast.as_visitor() as work, pytest.raises(NotFound):
        record_of_processing(work, "de")


def test_the_files_say_what_the_page_says(cast: Cast):
    open_house(cast)
    with cast.as_staff(cast.anna, role=Role.OWNER) as work:
        shown = record_of_processing(work, "de")
        sheet = record_sheet(shown, "de")
        paper, book = pdf_paper(work, "", "de"), xlsx_paper(work, "", "de")
    rows = next(part for part in sheet.parts if part.heading == "Verarbeitungstätigkeiten").grids[0].rows
    assert [line[0] for line in rows] == [one.title for one in shown.activities]
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(paper.content)).pages)
    assert "Bürgeramt Musterstadt" in text
    assert paper.name == "verarbeitungsverzeichnis-buergeramt-musterstadt.pdf"
    strings = zipfile.ZipFile(io.BytesIO(book.content)).read("xl/sharedStrings.xml").decode()
    assert all(one.title in strings for one in shown.activities)
