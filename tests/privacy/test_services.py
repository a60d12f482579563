"""A service that an owner switches is in every derived text in the same moment, or in none (promise P22)."""

from collections.abc import Sequence
from contextlib import AbstractContextManager

import pytest

from smartcx_portal.kit.errors import InvalidForm, NotFound, NotPermitted
from smartcx_portal.models.audit import AuditEntry
from smartcx_portal.models.customer import Customer
from smartcx_portal.models.declaring import Purpose
from smartcx_portal.models.privacy import ProcessingActivity
from smartcx_portal.models.staff import Role
from smartcx_portal.models.tenant import SubProcessor
from smartcx_portal.operations.sub_processors import seed_sub_processors
from smartcx_portal.privacy.access import view_of
from smartcx_portal.privacy.activities import activities
from smartcx_portal.privacy.choosing import choose, chosen
from smartcx_portal.privacy.notice import notice_view, versions
from smartcx_portal.privacy.record import record_of_processing
from smartcx_portal.privacy.services import SERVICES, NoAgreement, ServiceView, services, switch_service
from smartcx_portal.tenancy import JOB, Work, open_work
from tests.cast import Cast
from tests.privacy.scenes import clara_books, open_house


@pytest.fixture
def opened(cast: Cast) -> Cast:
    with open_work(JOB) as work:
        seed_sub_processors(work)
    open_house(cast, sms=False)
    return cast


def anna(cast: Cast) -> AbstractContextManager[Work]:
    return cast.as_staff(cast.anna, role=Role.OWNER)


def notice_text(work: Work) -> str:
    view = notice_view(work, "en")
    assert view is not None
    return str([*view.glance, *view.details])


def of(key: str, found: Sequence[ServiceView]) -> ServiceView:
    return next(one for one in found if one.key == key)


@pytest.mark.promise("P22")
@pytest.mark.parametrize("key", SERVICES)
def test_notice_and_record_name_a_service_while_it_is_on(opened: Cast, key: str):
    with anna(opened) as work:
        name = of(key, services(work, "en")).name
        for on in (True, False, True):
            switch_service(work, key, on)
            assert of(key, services(work, "en")).on is on
            assert (name in notice_text(work)) is on
            assert (name in str(record_of_processing(work, "en"))) is on


@pytest.mark.promise("P22")
def test_what_a_person_reads_names_it_too(opened: Cast):
    clara = clara_books(opened)
    with anna(opened) as work:
        work.get(Customer, clara).phone = "+491701234567"
        assert "Twilio" not in str(view_of(work, clara, "en"))
        switch_service(work, "twilio", True)
    with opened.as_person(clara) as work:
        assert "Twilio" in str(view_of(work, clara, "en"))


def test_what_is_on_already_makes_no_new_version(opened: Cast):
    with anna(opened) as work:
        switch_service(work, "cloudflare", True)
        before = len(versions(work, "en"))
        switch_service(work, "cloudflare", True)
        assert len(versions(work, "en")) == before


def test_each_switch_is_in_the_trail(opened: Cast):
    with anna(opened) as work:
        switch_service(work, "ionos_webanalytics", True)
    with anna(opened) as work:
        entry = work.first(work.select(AuditEntry).where(AuditEntry.action == "service.switched"))
    assert entry.detail["service"] == "ionos_webanalytics"


@pytest.mark.promise("P24")
def test_without_an_agreement_nothing_is_switched_on(opened: Cast):
    with open_work(JOB) as work:
        work.update_where(SubProcessor, SubProcessor.key == "cloudflare", agreement_since=None)
    with anna(opened) as work:
        assert not of("cloudflare", services(work, "en")).possible
        with pytest.raises(NoAgreement):
            switch_service(work, "cloudflare", True)


@pytest.mark.promise("P24")
def test_a_transfer_that_rests_on_a_consent_alone_is_warned_of(opened: Cast):
    with anna(opened) as work:
        found = services(work, "en")
    assert "nothing sound" in of("twilio", found).warning
    assert "authorities" in of("cloudflare", found).warning
    assert of("ionos_webanalytics", found).warning == ""


def test_only_services_that_can_be_done_without_are_switched(opened: Cast):
    with anna(opened) as work, pytest.raises(NotFound):
        switch_service(work, "ionos", False)


def test_ben_and_clara_switch_nothing(opened: Cast):
    with opened.as_staff(opened.ben) as work, pytest.raises(NotPermitted):
        switch_service(work, "cloudflare", True)
    with opened.as_visitor() as work, pytest.raises(NotFound):
        switch_service(work, "cloudflare", True)


@pytest.mark.promise("P02")
def test_another_house_keeps_its_own_choice(opened: Cast):
    open_house(opened, opened.salon)
    with anna(opened) as work:
        switch_service(work, "cloudflare", True)
    with opened.as_job(opened.salon) as work:
        assert "cloudflare" not in activities(work)[Purpose.OPERATION].recipients
        assert "Cloudflare" not in notice_text(work)


@pytest.mark.promise("P08")
def test_a_period_and_own_recipients_stand_in_the_notice_at_once(opened: Cast):
    with anna(opened) as work:
        choose(work, "appointment", {"days": "14", "own": " IT-Zentrum  Musterland \n\nIT-Zentrum Musterland"})
        text, view = notice_text(work), chosen(work, "en")
    assert "14 days after the appointment" in text
    assert "IT-Zentrum Musterland" in text
    assert next(one.own for one in view if one.purpose == "appointment") == ("IT-Zentrum Musterland",)


@pytest.mark.parametrize(
    ("entered", "field"),
    [
        ({"days": "4000", "own": ""}, "days"),
        ({"days": "", "own": ""}, "days"),
        ({"days": "-1", "own": ""}, "days"),
        ({"days": "30", "own": "\n".join(f"Amt {n}" for n in range(21))}, "own"),
        ({"days": "30", "own": "x" * 201}, "own"),
    ],
)
def test_a_wrong_choice_is_told_at_its_field_and_changes_nothing(opened: Cast, entered: dict[str, str], field: str):
    with anna(opened) as work:
        with pytest.raises(InvalidForm) as wrong:
            choose(work, "appointment", entered)
        kept = work.first(work.select(ProcessingActivity).where(ProcessingActivity.purpose == Purpose.APPOINTMENT))
    assert list(wrong.value.problems) == [field]
    assert (kept.retention_days, kept.own_recipients) == (30, [])


def test_a_period_that_the_law_sets_stays(opened: Cast):
    with anna(opened) as work:
        choose(work, "rights", {"days": "1", "own": ""})
        assert activities(work)[Purpose.RIGHTS].retention_days == 3 * 365


def test_nothing_is_chosen_for_a_purpose_that_is_off_or_unknown(opened: Cast):
    with anna(opened) as work:
        for purpose in ("statistics", "nonsense"):
            with pytest.raises(NotFound):
                choose(work, purpose, {"days": "30", "own": ""})
