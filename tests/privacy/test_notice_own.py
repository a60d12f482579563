"""What the tenant contributes to its notice: its officer, its recipients, its website, its own words."""

import pytest

from smartcx_portal.models.declaring import Purpose
from smartcx_portal.models.privacy import ProcessingActivity
from smartcx_portal.models.tenant import SubProcessor, Tenant
from smartcx_portal.privacy.activities import activities
from smartcx_portal.privacy.notice import publish_notice
from tests.cast import Cast
from tests.privacy.scenes import open_house
from tests.privacy.test_notice import read, section_text, whole

WORDS = {"de": "Akten führen wir\nauf Papier.\n\nFragen Sie uns.", "en": "Files are kept\non paper.\n\nAsk us."}


@pytest.fixture
def opened(cast: Cast) -> Cast:
    open_house(cast)
    return cast


@pytest.mark.promise("P23")
def test_it_says_where_the_officer_is_reached(opened: Cast):
    with opened.as_job() as work:
        tenant = work.get(Tenant, work.tenant)
        tenant.dpo_address, tenant.dpo_phone = "Rathausplatz 2, 47798 Musterstadt", "+49 2151 555199"
        publish_notice(work)
    text = section_text(read(opened), "controller")
    assert (
        "Data protection officer: Datenschutz, Rathausplatz 2, 47798 Musterstadt, +49 2151 555199, "
        "dsb@buergeramt-musterstadt.example"
    ) in text


@pytest.mark.promise("P22")
def test_it_names_whom_the_tenant_itself_gives_data_to(opened: Cast):
    with opened.as_job() as work:
        for purpose in (Purpose.APPOINTMENT, Purpose.ENQUIRY):
            activities(work)[purpose].own_recipients = ["Rechenzentrum Musterstadt"]
        publish_notice(work)
    tables = next(s for s in read(opened).details if s.id == "recipients").tables
    assert len(tables) == 2
    assert [row[0] for row in tables[1].rows] == ["Rechenzentrum Musterstadt"]
    assert tables[1].rows[0][1].count(";") == 1


def test_recipients_of_a_purpose_that_is_off_are_not_named(opened: Cast):
    with opened.as_job() as work:
        sms: ProcessingActivity = activities(work)[Purpose.SMS]
        sms.own_recipients, sms.active = ["Rechenzentrum Musterstadt"], False
        publish_notice(work)
    assert "Rechenzentrum" not in whole(read(opened))


def test_visits_to_the_tenants_website_are_named_with_company_and_ground(opened: Cast):
    with opened.as_job() as work:
        texts = {"de": "Zählt Besuche", "en": "Counts visits"}
        key = "ionos_webanalytics"
        work.new(SubProcessor, key=key, name="IONOS WebAnalytics", country="DE", service=texts, keeps=texts)
        counting = activities(work)[Purpose.STATISTICS]
        counting.active, counting.recipients = True, [*counting.recipients, key]
        publish_notice(work)
    text = section_text(read(opened), "visits")
    assert "counted by IONOS WebAnalytics" in text
    assert "Art. 6(1)(e)" in text
    assert "Visits to this portal are not counted" in text
    assert "no longer be linked to anybody" in section_text(read(opened), "purposes")


def test_what_the_tenant_adds_stands_in_each_language_by_paragraphs(opened: Cast):
    with opened.as_job() as work:
        work.get(Tenant, work.tenant).notice_note = WORDS
        publish_notice(work)
    for lang, expected in (("de", ["Akten führen wir auf Papier.", "Fragen Sie uns."]), ("en", None)):
        added = next(s for s in read(opened, lang).details if s.id == "note")
        assert added.paragraphs == (expected or ["Files are kept on paper.", "Ask us."])


def test_without_an_addition_there_is_no_empty_section(opened: Cast):
    assert [s for s in read(opened).details if s.id == "note"] == []
