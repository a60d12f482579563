"""What Clara sees: each value with what for, why allowed, where from, who gets it, until when (promise P03)."""

import pytest

from smartcx_portal.kit.errors import NotFound
from smartcx_portal.models.privacy import AccessRecord
from smartcx_portal.privacy.access import PersonView, Value, person_view
from smartcx_portal.privacy.rectify import correct_name
from tests.cast import Cast
from tests.privacy.scenes import clara_books, open_house

pytestmark = pytest.mark.promise("P03")


def seen(cast: Cast, lang: str = "en") -> PersonView:
    open_house(cast)
    clara = clara_books(cast)
    with cast.as_job() as work:
        work.new(AccessRecord, customer_id=clara, by_identity=cast.ben, role="staff", what="booking", at=work.now)
    with cast.as_person(clara) as work:
        return person_view(work, lang)


def value(view: PersonView, group: str, label: str) -> Value:
    records = next(g for g in view.groups if g.id == group).records
    return next(v for r in records for v in r.values if v.label == label)


def test_a_value_comes_with_all_its_facts(cast: Cast):
    name = value(seen(cast), "customer", "Name")
    assert name.value == "Clara Lindqvist"
    assert name.purpose.startswith("To plan and carry out")
    assert "Art. 6(1)(e)" in name.ground
    assert name.origin == "You entered it"
    assert name.recipients == "staff of Bürgeramt Musterstadt, IONOS SE"
    assert name.until == "until Thursday, 31 December 2026"


def test_recipients_are_named(cast: Cast):
    assert "Mailjet GmbH" in value(seen(cast), "customer", "E-mail address").recipients


def test_special_answers_go_earlier_and_rest_on_explicit_consent(cast: Cast):
    answer = value(seen(cast), "answer", "Benötigen Sie Hilfe vor Ort?")
    assert answer.until == "until Wednesday, 2 December 2026"
    assert "Art. 9(2)(a)" in answer.ground


def test_who_looked_is_told(cast: Cast):
    looks = next(g for g in seen(cast).groups if g.id == "access_record")
    assert looks.records[0].title.startswith("A member of the staff, on Sunday")


def test_the_appointment_is_told_in_words(cast: Cast):
    booking = next(g for g in seen(cast, "de").groups if g.id == "booking").records[0]
    assert booking.title == (
        "Personalausweis beantragen, Dienstag, 1. Dezember 2026, 10:15 Uhr, Bürgeramt Musterstadt: gebucht"
    )


def test_what_a_correction_corrected_is_called_by_its_name(cast: Cast):
    open_house(cast)
    with cast.as_person(clara_books(cast)) as work:
        correct_name(work, "Clara Lindquist")
        view = person_view(work, "en")
    assert value(view, "privacy_case", "New name").value == "Clara Lindquist"


def test_keyed_hashes_are_counted_and_not_shown(cast: Cast):
    view = seen(cast)
    assert view.technical > 0
    assert "Technical key" not in {v.label for g in view.groups for r in g.records for v in r.values}


def test_a_visitor_sees_nothing(cast: Cast):
    with cast.as_visitor() as work, pytest.raises(NotFound):
        person_view(work)


def test_at_another_tenant_there_is_nothing(cast: Cast):
    open_house(cast)
    clara = clara_books(cast)
    with cast.as_person(clara, cast.salon) as work, pytest.raises(NotFound):
        person_view(work)
