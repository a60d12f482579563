"""The notice follows from facts, has a date and a number, and keeps its earlier versions."""

import pytest

from smartcx_portal.bookings.feeds import list_feeds, make_feed, revoke_feed
from smartcx_portal.kit.errors import NotFound, NotPermitted
from smartcx_portal.kit.ids import as_id
from smartcx_portal.models.calendar import FormField
from smartcx_portal.models.declaring import Purpose
from smartcx_portal.models.privacy import NoticeVersion, ProcessingActivity
from smartcx_portal.models.staff import Role
from smartcx_portal.models.tenant import SubProcessor
from smartcx_portal.privacy.choosing import NotOptional, PeriodOutOfBounds, set_retention, switch
from smartcx_portal.privacy.notice import (
    NoticeView,
    comparison,
    is_sound,
    notice_view,
    publish_notice,
    versions,
)
from tests.cast import Cast, House
from tests.privacy.scenes import open_house


def read(cast: Cast, lang: str = "en", house: House | None = None, version: str = "") -> NoticeView:
    with cast.as_visitor(house) as work:
        shown = notice_view(work, lang, version)
    assert shown is not None
    return shown


def section_text(notice: NoticeView, section: str) -> str:
    found = next(s for s in notice.glance + notice.details if s.id == section)
    cells = [cell for table in found.tables for row in table.rows for cell in row]
    return "\n".join([found.heading, *found.paragraphs, *found.points, *cells])


def whole(notice: NoticeView) -> str:
    return "\n".join(section_text(notice, s.id) for s in notice.glance + notice.details)


@pytest.fixture
def opened(cast: Cast) -> Cast:
    open_house(cast)
    return cast


def test_before_the_first_version_there_is_none(cast: Cast):
    with cast.as_visitor() as work:
        assert notice_view(work, "de") is None


@pytest.mark.promise("P22")
def test_nothing_new_is_published_when_nothing_changed(opened: Cast):
    with opened.as_job() as work:
        assert publish_notice(work).number == 1


@pytest.mark.promise("P22")
def test_switching_a_service_changes_the_notice_and_keeps_the_old_version(opened: Cast):
    before = read(opened)
    with opened.as_staff(opened.anna, role=Role.OWNER) as work:
        switch(work, Purpose.SMS, False)
    after = read(opened)
    assert "Twilio" in section_text(before, "recipients")
    assert "Twilio" not in whole(after)
    assert (after.number, [v.number for v in after.versions]) == (2, [2, 1])
    assert whole(read(opened, version=before.id)) == whole(before)


@pytest.mark.promise("P22")
def test_it_names_active_services_with_their_agreement(opened: Cast):
    text = section_text(read(opened), "recipients")
    assert "Mailjet GmbH" in text
    assert "What Mailjet GmbH does" in text
    assert "30 days" in text


@pytest.mark.promise("P23")
def test_it_names_both_data_protection_officers(opened: Cast):
    text = whole(read(opened))
    assert "dsb@buergeramt-musterstadt.example" in text
    assert "Jens Wagner" in text
    assert "datenschutz@smart-cjm.com" in text


@pytest.mark.promise("P23")
def test_it_links_the_tenants_website(opened: Cast):
    assert "https://www.buergeramt-musterstadt.example" in section_text(read(opened), "controller")


@pytest.mark.promise("P24")
def test_it_warns_plainly_of_transfers_and_names_their_basis(opened: Cast):
    text = section_text(read(opened), "transfers")
    assert "without a legal remedy" in text
    assert "standard contractual clauses" in text
    german = section_text(read(opened, "de"), "transfers")
    assert "Standardvertragsklauseln" in german
    assert "Rechtsbehelf" in german


@pytest.mark.promise("P24")
def test_without_a_transfer_it_says_that_data_stays_here(opened: Cast):
    with opened.as_job() as work:
        for activity in work.all(work.select(ProcessingActivity)):
            activity.recipients = ["ionos"]
        publish_notice(work)
    assert "stays in the European Union" in section_text(read(opened), "transfers")


@pytest.mark.promise("P07")
def test_every_purpose_shows_its_ground(opened: Cast):
    text = section_text(read(opened), "purposes")
    assert "Art. 6(1)(e)" in text
    assert "Art. 6(1)(a)" in text
    assert "Art. 9(2)(a)" in text
    assert "6(1)(f)" not in text


@pytest.mark.promise("P07")
def test_a_public_office_says_that_art_20_does_not_cover_its_task(opened: Cast):
    open_house(opened, opened.salon)
    assert "Art. 20 does not cover" in section_text(read(opened), "rights")
    assert "Data to take along (Art. 20)" in section_text(read(opened, house=opened.salon), "rights")


@pytest.mark.promise("P08")
def test_it_says_how_long(opened: Cast):
    assert "30 days after the appointment" in section_text(read(opened), "keeping")


@pytest.mark.promise("P08")
def test_a_chosen_period_is_published_and_bounded(opened: Cast):
    with opened.as_staff(opened.anna, role=Role.OWNER) as work:
        set_retention(work, Purpose.APPOINTMENT, 14)
        with pytest.raises(PeriodOutOfBounds):
            set_retention(work, Purpose.APPOINTMENT, 4000)
    assert "14 days after the appointment" in section_text(read(opened), "keeping")


def test_ben_may_not_choose_periods(opened: Cast):
    with opened.as_staff(opened.ben) as work, pytest.raises(NotPermitted):
        set_retention(work, Purpose.APPOINTMENT, 14)


def test_what_the_portal_needs_cannot_be_switched_off(opened: Cast):
    with opened.as_staff(opened.anna, role=Role.OWNER) as work, pytest.raises(NotOptional):
        switch(work, Purpose.RIGHTS, False)


@pytest.mark.promise("P12")
def test_it_names_the_authority_of_the_land(opened: Cast):
    assert "Kavalleriestraße" in section_text(read(opened), "complaint")


@pytest.mark.promise("P16")
def test_it_speaks_of_cloudflare_only_where_it_stands_before_the_portal(opened: Cast):
    assert "Cloudflare" not in whole(read(opened))
    with opened.as_job() as work:
        texts = {"de": "Schutz", "en": "protection"}
        work.new(SubProcessor, key="cloudflare", name="Cloudflare Inc.", country="US", service=texts, keeps=texts)
        activity = next(a for a in work.all(work.select(ProcessingActivity)) if a.purpose is Purpose.OPERATION)
        activity.recipients = [*activity.recipients, "cloudflare"]
        publish_notice(work)
    assert "may set cookies" in section_text(read(opened), "device")


@pytest.mark.promise("P17")
def test_it_says_what_logs_hold_and_for_how_long(opened: Cast):
    text = section_text(read(opened), "logs")
    for word in ("browser type", "operating system", "IP address", "8 weeks"):
        assert word in text


@pytest.mark.promise("P14")
def test_it_says_whom_to_ask(opened: Cast):
    assert "/en/t/buergeramt-musterstadt/contact" in section_text(read(opened), "questions")


@pytest.mark.promise("P15")
def test_it_says_that_mails_have_gaps(opened: Cast):
    assert "E-mail has gaps" in section_text(read(opened), "messages")


def test_the_german_one_is_german_throughout(opened: Cast):
    german, english = read(opened, "de"), read(opened, "en")
    same = set(whole(german).split("\n")) & set(whole(english).split("\n"))
    prose = {line for line in same if line.count(" ") > 3}
    names = ("Landesbeauftragte für Datenschutz", "SMART CJM GmbH, ", "Benötigen Sie Hilfe vor Ort?", "Um den alten")
    assert {line for line in prose if not line.startswith(names)} == set()
    assert german.title == "Datenschutzhinweise"


def test_names_in_calendar_feeds_are_said_as_long_as_there_are_any(opened: Cast):
    with opened.as_staff(opened.anna, role=Role.OWNER) as work:
        make_feed(work, str(opened.town.counters[0]))
        assert publish_notice(work).number == 1
        make_feed(work, str(opened.town.counters[0]), with_details=True)
        assert publish_notice(work).number == 2
    told = read(opened)
    assert "in calendars of their own" in section_text(told, "recipients")
    assert "in calendars to which the staff subscribe" in section_text(told, "logs")
    with opened.as_staff(opened.anna, role=Role.OWNER) as work:
        revoke_feed(work, next(one.id for one in list_feeds(work) if one.with_details))
        publish_notice(work)
    assert "calendars" not in whole(read(opened))


@pytest.mark.promise("P03")
def test_it_says_where_data_comes_from_and_what_holds_for_who_was_booked_for(opened: Cast):
    text = section_text(read(opened), "sources")
    assert "Art. 14 GDPR" in text
    assert "Art. 6(1)(e)" in text
    assert "by telephone or on site" in text
    assert "24 hours" in text


@pytest.mark.promise("P08")
def test_it_says_how_long_a_wish_for_the_waiting_list_stays(opened: Cast):
    assert "Warteliste" in section_text(read(opened, "de"), "keeping")


@pytest.mark.promise("P22")
def test_it_says_what_must_be_given_for_a_call_and_for_waiting(opened: Cast):
    text = section_text(read(opened), "choice")
    assert "for one by telephone your number too" in text
    assert "for the waiting list your e-mail address" in text


@pytest.mark.promise("P01")
def test_it_says_what_the_booking_form_asks_and_on_which_ground(opened: Cast):
    notice = read(opened)
    rows = next(s for s in notice.details if s.id == "asked").tables[0].rows
    assert [row[0] for row in rows] == ["Alte Ausweisnummer", "Benötigen Sie Hilfe vor Ort?"]
    assert [row[1] for row in rows] == ["Um den alten zu sperren", "Damit wir helfen können"]
    assert ["Art. 6(1)(e)" in rows[0][2], "Art. 9(2)(a)" in rows[1][2]] == [True, True]


def test_a_question_that_is_no_longer_asked_is_not_named(opened: Cast):
    with opened.as_job() as work:
        work.update_where(FormField, FormField.special.is_(True), active=False)
        publish_notice(work)
    assert "Benötigen Sie Hilfe" not in whole(read(opened))


@pytest.mark.promise("P12")
def test_it_leads_to_the_authorities_of_where_one_lives_and_works(opened: Cast):
    said = section_text(read(opened), "complaint")
    assert "the place where it happened, in other states of the EU and the EEA too" in said
    assert "/en/t/buergeramt-musterstadt/my-data/complain" in said


@pytest.mark.promise("P22")
def test_each_version_shows_its_check_value_and_whether_it_still_holds(opened: Cast):
    notice = read(opened)
    assert (len(notice.digest), notice.sound) == (64, True)
    with opened.as_job() as work:
        version = work.get(NoticeVersion, as_id(notice.id))
        forged = NoticeVersion(**version.model_dump() | {"content": version.content | {"fr": {}}})
    assert not is_sound(forged)


@pytest.mark.promise("P22")
def test_a_material_change_is_shown_beside_the_version_before(opened: Cast):
    with opened.as_staff(opened.anna, role=Role.OWNER) as work:
        set_retention(work, Purpose.APPOINTMENT, 14)
    now = read(opened)
    assert now.changed == now.versions[0]
    with opened.as_visitor() as work:
        told = comparison(work, "en", now.id, now.versions[0].before)
    assert (told.material, told.old.number, told.new.number) == (True, 1, 2)
    changes = [change for section in told.sections for change in section.changes]
    assert any("30 days" in change.before and "14 days" in change.after for change in changes)


def test_the_order_of_two_versions_does_not_matter(opened: Cast):
    with opened.as_staff(opened.anna, role=Role.OWNER) as work:
        switch(work, Purpose.SMS, False)
        new, old = versions(work, "en")
        assert comparison(work, "en", old.id, new.id) == comparison(work, "en", new.id, old.id)


def test_the_first_version_changed_nothing(opened: Cast):
    assert read(opened).changed is None


@pytest.mark.promise("P02")
def test_dora_finds_no_version_of_another_tenant(opened: Cast):
    open_house(opened, opened.salon)
    ours, theirs = read(opened), read(opened, house=opened.salon)
    with opened.as_visitor(opened.salon) as work, pytest.raises(NotFound):
        comparison(work, "en", theirs.id, ours.id)


@pytest.mark.promise("P06")
def test_it_says_how_a_consent_is_withdrawn_and_proven(opened: Cast):
    text = section_text(read(opened), "choice")
    assert "withdraw it without signing in" in text
    assert "signed receipt" in text


@pytest.mark.promise("P13")
def test_it_says_that_data_goes_to_other_providers_and_comes_from_them_at_the_persons_wish(opened: Cast):
    notice = read(opened)
    assert "At your own wish" in section_text(notice, "recipients")
    assert "another provider hand your data over" in section_text(notice, "sources")
