"""What the law and the promises ask of the notice, word by word, at all three kinds of tenant and in both languages."""

from datetime import timedelta

import pytest

from smartcx_portal.bookings.drafts import DRAFT_LIFE
from smartcx_portal.models.declaring import Category
from smartcx_portal.models.tenant import BodyKind, Tenant
from smartcx_portal.operations.sub_processors import seed_sub_processors
from smartcx_portal.privacy import export, keeping_entries, pulling
from smartcx_portal.privacy.activities import set_up_activities
from smartcx_portal.privacy.keeping import SLACK, UNANSWERED
from smartcx_portal.privacy.notice import NoticeView, publish_notice
from smartcx_portal.privacy.notice_facts import gather
from smartcx_portal.privacy.words import CATEGORIES
from smartcx_portal.standing.kinds import RULES
from tests.cast import Cast, House
from tests.privacy.scenes import agree
from tests.privacy.test_notice import read, section_text, whole

BOTH = pytest.mark.parametrize("lang", ["de", "en"])


def opened(cast: Cast, kind: BodyKind = BodyKind.PUBLIC_OFFICE, *, sms: bool = True) -> House:
    """Bürgeramt Musterstadt as a body of this kind, with the real facts on the companies."""
    with cast.as_job() as work:
        seed_sub_processors(work)
        work.get(Tenant, work.tenant).kind = kind
        set_up_activities(work, kind, sms=sms)
        agree(work)
        publish_notice(work)
    return cast.town


def headings(notice: NoticeView) -> list[str]:
    return [section.heading for section in notice.details]


@pytest.mark.promise("P11")
@BOTH
@pytest.mark.parametrize("kind", BodyKind)
def test_the_right_to_object_stands_apart_from_all_else(cast: Cast, kind: BodyKind, lang: str):
    """Art. 21(4)."""
    notice = read(cast, lang, opened(cast, kind))
    ground = {"de": "Art. 6 Abs. 1 Buchst. ", "en": "Art. 6(1)("}[lang] + ("e" if kind.public else "f")
    text = section_text(notice, "objection")
    assert ground in text
    assert {"de": "Art. 21 Abs. 2", "en": "Art. 21(2)"}[lang] in text
    assert "Art. 21" not in section_text(notice, "rights")


@pytest.mark.promise("P12")
@BOTH
def test_a_federal_authority_is_watched_over_by_the_federal_commissioner(cast: Cast, lang: str):
    text = section_text(read(cast, lang, opened(cast, BodyKind.FEDERAL_OFFICE)), "complaint")
    assert "53117 Bonn" in text
    assert "Kavalleriestraße" not in text


@BOTH
def test_it_claims_no_statistics(cast: Cast, lang: str):
    text = section_text(read(cast, lang, opened(cast)), "visits")
    assert {"de": "nicht gezählt", "en": "not counted"}[lang] in text


@pytest.mark.promise("P17")
@BOTH
def test_it_lists_all_that_logs_hold_and_that_they_are_kept_apart(cast: Cast, lang: str):
    text = section_text(read(cast, lang, opened(cast)), "logs")
    held = {
        "de": ("Browser", "Betriebssystem", "von der Sie kommen", "Hostname", "IP-Adresse", "Uhrzeit"),
        "en": ("browser type and version", "operating system", "came from", "host name", "IP address", "time"),
    }
    for word in held[lang]:
        assert word in text
    assert {"de": "nicht mit anderen Daten zusammengeführt", "en": "not combined with other data"}[lang] in text
    assert {"de": "8 Wochen", "en": "8 weeks"}[lang] in text


@pytest.mark.promise("P22")
@BOTH
def test_each_service_is_shown_with_provider_ground_duration_and_agreement(cast: Cast, lang: str):
    notice = read(cast, lang, opened(cast))
    table = next(s for s in notice.details if s.id == "recipients").tables[0]
    rows = {row[0].split(",")[0]: row for row in table.rows}
    assert set(rows) == {"IONOS SE", "Mailjet GmbH", "Twilio Germany GmbH"}
    ground, kept, agreed = rows["Mailjet GmbH"][2:]
    assert {"de": "Einwilligung", "en": "consent"}[lang] in ground
    assert {"de": "30 Tage", "en": "30 days"}[lang] in kept
    assert {"de": "22. Dezember 2023", "en": "22 December 2023"}[lang] in agreed


@pytest.mark.promise("P07")
def test_no_service_rests_on_legitimate_interest_at_an_office(cast: Cast):
    assert "6(1)(f)" not in whole(read(cast, "en", opened(cast)))


@pytest.mark.promise("P07")
def test_a_practice_names_health_care(cast: Cast):
    assert "Art. 9(2)(h)" in section_text(read(cast, "en", opened(cast, BodyKind.PRACTICE)), "purposes")


@pytest.mark.promise("P24")
@BOTH
def test_it_says_where_a_copy_of_the_safeguards_is_to_be_had(cast: Cast, lang: str):
    """Art. 13(1)(f)."""
    assert "dsb@buergeramt-musterstadt.example" in section_text(read(cast, lang, opened(cast)), "transfers")


@pytest.mark.promise("P24")
@BOTH
def test_every_transfer_carries_its_basis_and_the_warning(cast: Cast, lang: str):
    notice = read(cast, lang, opened(cast))
    table = next(s for s in notice.details if s.id == "transfers").tables[0]
    bases = {row[0]: row[1] for row in table.rows}
    assert set(bases) == {"Mailjet GmbH", "Twilio Germany GmbH"}
    for basis in bases.values():
        assert {"de": "Behörden in den USA", "en": "Authorities in the USA"}[lang] in basis


@pytest.mark.promise("P20")
@pytest.mark.promise("P21")
@BOTH
def test_a_tenant_without_text_messages_does_not_speak_of_them(cast: Cast, lang: str):
    notice = read(cast, lang, opened(cast, BodyKind.BUSINESS, sms=False))
    assert "Twilio" not in whole(notice)
    assert "SMS" not in section_text(notice, "messages")
    assert {"de": "nur mit einer eigenen Einwilligung", "en": "only with a consent of its own"}[lang] in section_text(
        notice, "messages"
    )


@pytest.mark.promise("P01")
def test_every_kind_of_data_stands_beside_its_purpose(cast: Cast):
    house = opened(cast)
    notice = read(cast, "en", house)
    rows = next(s for s in notice.details if s.id == "purposes").tables[0].rows
    with cast.as_job() as work:
        facts = gather(work)
    for activity, row in zip(facts.activities, rows, strict=True):
        for category in facts.categories[activity.purpose]:
            assert CATEGORIES[category] in row[1]
    assert CATEGORIES[Category.NAME] in rows[0][1]
    assert "Appointments" in rows[0][1]


def test_copies_for_demonstrations_are_no_matter_of_a_real_tenant(cast: Cast):
    assert "demonstration" not in whole(read(cast, "en", opened(cast)))


@BOTH
def test_headings_differ(cast: Cast, lang: str):
    found = headings(read(cast, lang, opened(cast)))
    assert len(found) == len(set(found))


@pytest.mark.promise("P08")
@BOTH
def test_what_goes_sooner_than_its_purpose_is_said_with_the_days_that_the_portal_keeps(cast: Cast, lang: str):
    lives = [export.LIFE, pulling.LIFE, keeping_entries.LIFE]
    assert [life.days for life in lives] == [7, 3, 1]
    assert timedelta(days=1) < DRAFT_LIFE + SLACK < timedelta(days=1.5)
    text = section_text(read(cast, lang, opened(cast)), "keeping")
    for days in {"de": ("einen Tag", "7 Tagen", "3 Tagen"), "en": ("about a day", "7 days", "3 days")}[lang]:
        assert days in text


@pytest.mark.promise("P18")
@BOTH
def test_it_says_that_no_question_stays_for_ever(cast: Cast, lang: str):
    assert UNANSWERED.days == 365
    text = section_text(read(cast, lang, opened(cast)), "questions")
    assert {"de": "nach einem Jahr als beantwortet", "en": "as answered after a year"}[lang] in text


@pytest.mark.promise("P07")
@BOTH
def test_it_says_which_messages_need_no_consent_and_what_they_rest_on(cast: Cast, lang: str):
    assert all(rule.consent is not (rule.serves is not None) for rule in RULES.values())
    text = section_text(read(cast, lang, opened(cast)), "messages")
    assert {"de": "Rechtsgrundlage dessen, wozu sie dienen", "en": "the ground of what they serve"}[lang] in text
    assert {"de": "Ein Code geht diesen Weg nur", "en": "A code goes that way only"}[lang] in text


@pytest.mark.promise("P03")
@BOTH
def test_it_says_what_is_noted_of_a_request_and_that_the_operator_sees_no_people(cast: Cast, lang: str):
    notice = read(cast, lang, opened(cast))
    assert {"de": "Kopie Ihres Ausweises", "en": "copy of your identity card"}[lang] in section_text(notice, "rights")
    told = section_text(notice, "recipients")
    assert {"de": "nie Personen", "en": "never people"}[lang] in told
    assert {"de": "Art. 33, 34 DSGVO", "en": "Art. 33, 34 GDPR"}[lang] in told
