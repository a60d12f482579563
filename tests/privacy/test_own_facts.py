"""An owner changes the facts of the notice: sees what would change, then publishes; nobody else can."""

from contextlib import AbstractContextManager
from typing import Any

import pytest

from smartcx_portal.kit.errors import InvalidForm, NotPermitted
from smartcx_portal.models.audit import AuditEntry
from smartcx_portal.models.staff import Role
from smartcx_portal.models.tenant import Tenant
from smartcx_portal.privacy.notice import notice_view
from smartcx_portal.privacy.own_facts import checked_facts, own_facts, preview_notice, save_own_facts
from smartcx_portal.tenancy import Work
from tests.cast import Cast
from tests.privacy.scenes import open_house

OFFICER = {"dpo_name": "Ben Datenschutz", "dpo_email": "ben@buergeramt-musterstadt.example"}
NOTES = {"note_de": "Akten führen wir auf Papier.", "note_en": "Files are kept on paper."}


@pytest.fixture
def opened(cast: Cast) -> Cast:
    open_house(cast)
    return cast


def anna(cast: Cast) -> AbstractContextManager[Work]:
    return cast.as_staff(cast.anna, role=Role.OWNER)


def facts(cast: Cast, **changes: str) -> dict[str, str]:
    with anna(cast) as work:
        return own_facts(work) | changes


@pytest.mark.promise("P22")
def test_the_preview_shows_what_would_change_and_keeps_nothing(opened: Cast):
    with anna(opened) as work:
        preview = preview_notice(work, own_facts(work) | OFFICER, "en")
    assert (preview.same, preview.material) == (False, True)
    assert {section.id for section in preview.changes} == {"controller", "sources", "transfers"}
    assert OFFICER["dpo_name"] in str(preview.sections)
    with opened.as_visitor() as work:
        view = notice_view(work, "en")
        assert work.get(Tenant, work.tenant).dpo_name == "Datenschutz"
    assert view is not None
    assert (view.number, OFFICER["dpo_name"] in str(view)) == (1, False)


@pytest.mark.promise("P23")
def test_published_facts_stand_in_the_notice_at_once(opened: Cast):
    with anna(opened) as work:
        assert save_own_facts(work, own_facts(work) | OFFICER | NOTES) == 2
    with opened.as_visitor() as work:
        shown = str(notice_view(work, "de"))
    assert OFFICER["dpo_name"] in shown
    assert NOTES["note_de"] in shown


def test_the_notice_is_as_it_was_previewed(opened: Cast):
    entries = facts(opened, **OFFICER, **NOTES)
    with anna(opened) as work:
        preview = preview_notice(work, entries, "en")
        save_own_facts(work, entries)
        view = notice_view(work, "en")
        assert preview_notice(work, entries, "en").same
    assert view is not None
    assert view.glance + view.details == preview.sections


def test_the_trail_names_the_facts_and_not_what_they_say(opened: Cast):
    with anna(opened) as work:
        save_own_facts(work, own_facts(work) | OFFICER)
    with opened.as_job() as work:
        entry = work.first(work.select(AuditEntry).where(AuditEntry.action == "tenant.facts"))
    assert entry is not None
    assert entry.detail == {"changed": ["dpo_name", "dpo_email"]}


def test_unchanged_facts_make_no_new_version(opened: Cast):
    entries = facts(opened)
    with anna(opened) as work:
        assert preview_notice(work, entries, "de").same
        assert save_own_facts(work, entries) == 1


@pytest.mark.promise("P12")
def test_another_land_names_its_authority(opened: Cast):
    with anna(opened) as work:
        preview = preview_notice(work, own_facts(work) | {"land": "HE"}, "en")
    assert "complaint" in [section.id for section in preview.changes]


@pytest.mark.promise("P23")
@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"street": " "},
        {"postal_code": "4779"},
        {"land": "XX"},
        {"email": "nobody"},
        {"dpo_name": ""},
        {"dpo_email": "dsb@"},
        {"dpo_phone": "later"},
        {"dpo_address": "x" * 301},
        {"website": "javascript:alert(1)"},
        {"note_de": "x" * 2001, "note_en": "y"},
    ],
)
def test_what_cannot_be_used_is_named_and_nothing_is_kept(opened: Cast, wrong: dict[str, str]):
    entries = facts(opened, **wrong)
    with pytest.raises(InvalidForm) as refused, anna(opened) as work:
        save_own_facts(work, entries)
    assert list(refused.value.problems) == [next(iter(wrong))]
    assert facts(opened)["name"] == "Bürgeramt Musterstadt"


def test_words_of_ones_own_are_written_in_both_languages(opened: Cast):
    with pytest.raises(InvalidForm) as refused:
        checked_facts(facts(opened, note_de="Nur auf Deutsch."))
    assert list(refused.value.problems) == ["note_en"]


def test_numbers_are_kept_in_their_international_writing(opened: Cast):
    entries = checked_facts(facts(opened, dpo_phone="02151 555199"))
    assert entries["dpo_phone"] == "+49 2151 555199"


def test_fields_that_are_no_facts_are_left_alone(opened: Cast):
    entries: dict[str, Any] = facts(opened) | {"slug": "salon-haarlekin", "status": "closed", "kind": "business"}
    with anna(opened) as work:
        save_own_facts(work, entries)
        tenant = work.get(Tenant, work.tenant)
    assert (tenant.slug, tenant.status, tenant.kind) == ("buergeramt-musterstadt", "active", "public_office")


@pytest.mark.parametrize("deed", [own_facts, lambda w: preview_notice(w, {}, "de"), lambda w: save_own_facts(w, {})])
def test_ben_may_neither_see_nor_change_them(opened: Cast, deed: Any):
    with opened.as_staff(opened.ben) as work, pytest.raises(NotPermitted):
        deed(work)


@pytest.mark.promise("P02")
def test_dora_changes_her_own_tenant_only(opened: Cast):
    open_house(opened, opened.salon)
    with opened.as_staff(opened.dora, opened.salon, role=Role.OWNER) as work:
        save_own_facts(work, own_facts(work) | OFFICER)
    assert facts(opened)["dpo_name"] == "Datenschutz"


def test_a_name_that_is_markup_stays_text(opened: Cast):
    with anna(opened) as work:
        save_own_facts(work, own_facts(work) | {"name": "<b>=1+1</b> {page}"})
        view = notice_view(work, "en")
    assert "<b>=1+1</b> {page}" in str(view)
