"""P05, P06: each consent on its own, with its text; withdrawn at any time, and what was stays recorded."""

from datetime import timedelta
from uuid import UUID

import pytest

from smartcx_portal.kit.errors import NotFound
from smartcx_portal.kit.language import LANGUAGES
from smartcx_portal.kit.tokens import fingerprint
from smartcx_portal.models.audit import AuditEntry
from smartcx_portal.models.declaring import Purpose
from smartcx_portal.models.privacy import (
    ConsentKind,
    ConsentPurpose,
    NoticeVersion,
    ProcessingActivity,
    RetentionStart,
)
from smartcx_portal.settings import settings
from smartcx_portal.standing.consents import (
    consent_texts,
    events,
    give,
    holds,
    newest_events,
    standings,
    text_of,
    withdraw,
)
from smartcx_portal.standing.offers import sms_offered
from tests.cast import Cast
from tests.conftest import SUNDAY, at
from tests.messaging.scenes import new_clara

MAIL, SMS, HEALTH = ConsentPurpose.MAIL, ConsentPurpose.SMS, ConsentPurpose.HEALTH


@pytest.fixture
def clara(cast: Cast) -> UUID:
    with cast.as_visitor() as work:
        return new_clara(work).id


def give_mail(cast: Cast, clara: UUID) -> None:
    with cast.as_visitor() as work:
        give(work, clara, MAIL, language="de", channel="booking_form")


@pytest.mark.promise("P05")
def test_a_consent_to_one_purpose_is_none_to_another(cast: Cast, clara: UUID):
    give_mail(cast, clara)
    with cast.as_visitor() as work:
        assert holds(work, clara, MAIL)
        assert not any(holds(work, clara, other) for other in ConsentPurpose if other is not MAIL)


@pytest.mark.promise("P05")
def test_what_was_read_is_recorded_with_time_language_place_and_notice(cast: Cast, clara: UUID):
    with cast.as_job() as work:
        notice = work.new(NoticeVersion, number=1, published_at=work.now, content={}, digest="d")
    give_mail(cast, clara)
    with cast.as_visitor() as work:
        (event,) = events(work, clara)
        assert event.text == text_of(work, MAIL, "de")
    assert event.text_version == fingerprint(event.text)
    assert (event.kind, event.at, event.language) == (ConsentKind.GIVEN, SUNDAY, "de")
    assert (event.channel, event.notice_version_id) == ("booking_form", notice.id)


@pytest.mark.promise("P06")
def test_a_withdrawal_counts_from_now_on_and_both_stay_recorded(cast: Cast, clara: UUID):
    give_mail(cast, clara)
    with at(SUNDAY + timedelta(days=1)), cast.as_person(clara) as work:
        withdraw(work, clara, MAIL, "portal")
        assert not holds(work, clara, MAIL)
        kinds = [(event.kind, event.channel) for event in events(work, clara)]
    assert kinds == [(ConsentKind.GIVEN, "booking_form"), (ConsentKind.WITHDRAWN, "portal")]


@pytest.mark.promise("P06")
def test_withdrawing_in_the_same_moment_wins_and_giving_again_counts(cast: Cast, clara: UUID):
    give_mail(cast, clara)
    with cast.as_person(clara) as work:
        withdraw(work, clara, MAIL, "portal")
        assert not holds(work, clara, MAIL)
        give(work, clara, MAIL, language="de", channel="portal")
        assert holds(work, clara, MAIL)


def test_withdrawing_twice_or_what_was_never_given_records_nothing(cast: Cast, clara: UUID):
    give_mail(cast, clara)
    with cast.as_person(clara) as work:
        withdraw(work, clara, MAIL, "portal")
        assert withdraw(work, clara, MAIL, "portal") is None
        assert withdraw(work, clara, SMS, "portal") is None
        assert len(events(work, clara)) == 2


def test_the_trail_names_the_purpose_and_not_the_person(cast: Cast, clara: UUID):
    give_mail(cast, clara)
    with cast.as_job() as work:
        (entry,) = work.all(work.select(AuditEntry))
    assert (entry.action, entry.detail) == ("consent.given", {"purpose": "mail", "channel": "booking_form"})


def test_the_last_word_on_each_purpose_is_shown(cast: Cast, clara: UUID):
    give_mail(cast, clara)
    with cast.as_person(clara) as work:
        give(work, clara, HEALTH, language="de", channel="booking_form")
        withdraw(work, clara, MAIL, "portal")
        shown = standings(work, clara, "de")
    assert [(each.title, each.given) for each in shown] == [
        ("Nachrichten per E-Mail", False),
        ("Angaben zu Ihrer Gesundheit und andere besonders geschützte Angaben", True),
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_purpose_has_its_own_text_with_the_tenants_name(cast: Cast, lang: str):
    with cast.as_visitor() as work:
        texts = consent_texts(work, lang)
    assert [each.purpose for each in texts] == list(ConsentPurpose)
    assert len({each.text for each in texts}) == len(texts)
    assert all("{" not in each.text for each in texts)
    assert "Bürgeramt Musterstadt" in texts[0].text


@pytest.mark.promise("P05")
@pytest.mark.parametrize(
    ("lang", "words"),
    [("de", {"HEALTH": ["ausdrücklich", "Art. 9"], "SMS_TRANSFER": ["ausdrücklich", "USA", "Behörden", "Gericht"]}),
     ("en", {"HEALTH": ["expressly", "Art. 9"], "SMS_TRANSFER": ["expressly", "USA", "Authorities", "remedy"]})],
)  # fmt: skip
def test_special_categories_and_transfers_ask_in_express_words(cast: Cast, lang: str, words: dict[str, list[str]]):
    with cast.as_visitor() as work:
        texts = {each.purpose.name: each for each in consent_texts(work, lang)}
    for purpose, expected in words.items():
        assert texts[purpose].explicit
        assert all(word in texts[purpose].text for word in expected)


@pytest.mark.promise("P20")
def test_the_consent_to_mails_says_who_carries_them_and_for_how_long(cast: Cast):
    with cast.as_visitor() as work:
        text = text_of(work, MAIL, "de")
    assert all(word in text for word in ("Mailjet", "30 Tage", "angekommen", "widerrufen"))


@pytest.mark.promise("P02")
def test_the_neighbour_sees_no_consent(cast: Cast, clara: UUID):
    give_mail(cast, clara)
    with cast.as_staff(cast.dora, cast.salon) as work:
        assert not holds(work, clara, MAIL)
        assert events(work, clara) == []


@pytest.mark.promise("P21")
@pytest.mark.parametrize(
    ("turned_on", "demo", "offered"), [(True, True, True), (False, True, False), (True, False, False)]
)
def test_sms_is_offered_where_it_is_on_and_can_leave(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, turned_on: bool, demo: bool, offered: bool
):
    monkeypatch.setattr(settings(), "demo", demo)
    with cast.as_job() as work:
        work.new(
            ProcessingActivity,
            purpose=Purpose.SMS,
            legal_basis="6(1)(a)",
            retention_start=RetentionStart.SENT,
            retention_days=30,
            active=turned_on,
        )
        assert sms_offered(work) is offered


@pytest.mark.promise("P24")
@pytest.mark.parametrize(
    ("lang", "words"),
    [("de", ("USA", "Behörden dort", "vor einem Gericht")), ("en", ("USA", "Authorities there", "no legal remedy"))],
)
def test_the_consent_to_sms_warns_plainly_of_the_usa(cast: Cast, lang: str, words: tuple[str, ...]):
    with cast.as_visitor() as work:
        text = text_of(work, ConsentPurpose.SMS_TRANSFER, lang)
    for word in words:
        assert word in text


def test_a_long_history_is_read_page_by_page_newest_first(cast: Cast, clara: UUID):
    for _ in range(3):
        give_mail(cast, clara)
    with cast.as_person(clara) as work:
        first = newest_events(work, clara, most=2)
        rest = newest_events(work, clara, before=first[-1].id, most=2)
        assert [*rest, *reversed(first)] == events(work, clara)


@pytest.mark.promise("P02")
def test_a_page_of_the_history_does_not_begin_at_somebody_elses_event(cast: Cast, clara: UUID):
    give_mail(cast, clara)
    with cast.as_visitor() as work:
        (event,) = events(work, clara)
        namesake = new_clara(work).id
        with pytest.raises(NotFound):
            newest_events(work, namesake, before=event.id)
