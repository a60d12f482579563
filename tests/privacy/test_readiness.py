"""A tenant without the mandatory facts cannot go live: no notice, no page (Art. 13, 28)."""

from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from smartcx_portal.models.privacy import NoticeVersion
from smartcx_portal.models.tenant import ProcessingAgreement, Tenant
from smartcx_portal.operations.opening import open_tenant
from smartcx_portal.operations.renewing import renew_notices
from smartcx_portal.privacy import notice_facts
from smartcx_portal.privacy.notice import publish_notice
from smartcx_portal.privacy.notice_facts import Facts, gather
from smartcx_portal.privacy.readiness import NoticeIncomplete, gaps
from tests.cast import Cast
from tests.operations.forms import filled_in
from tests.privacy.scenes import open_house

MANDATORY = ("name", "street", "postal_code", "city", "land", "email", "dpo_name", "dpo_email")


@pytest.fixture
def facts(cast: Cast) -> Facts:
    open_house(cast)
    with cast.as_job() as work:
        return gather(work)


def lacking(facts: Facts, **values: Any) -> Facts:
    return replace(facts, tenant=Tenant(**facts.tenant.model_dump() | values))


def test_a_tenant_with_all_facts_lacks_nothing(facts: Facts):
    assert gaps(facts) == []


@pytest.mark.promise("P23")
@pytest.mark.parametrize("fact", [*MANDATORY, "website"])
def test_each_mandatory_fact_is_missed(facts: Facts, fact: str):
    assert [gap.fact for gap in gaps(lacking(facts, **{fact: " "}))] == [fact]


@pytest.mark.parametrize("fact", ["phone", "represented_by"])
def test_what_is_free_is_not_missed(facts: Facts, fact: str):
    assert gaps(lacking(facts, **{fact: ""})) == []


@pytest.mark.promise("P23")
def test_the_operators_officer_is_missed(facts: Facts):
    officer = replace(facts.operator.dpo, email="")
    assert [gap.fact for gap in gaps(replace(facts, operator=replace(facts.operator, dpo=officer)))] == ["operator"]


@pytest.mark.promise("P07")
def test_a_purpose_without_a_ground_is_missed(facts: Facts):
    facts.activities[0].legal_basis = ""
    assert [gap.fact for gap in gaps(facts)] == ["ground"]


@pytest.mark.promise("P22")
def test_a_recipient_that_nobody_knows_is_missed(facts: Facts):
    assert [gap.fact for gap in gaps(replace(facts, processors={}))] == ["recipient"]


def test_without_the_agreement_no_version_is_published_and_the_sentence_says_why(cast: Cast):
    open_house(cast)
    with cast.as_job() as work:
        work.delete_where(ProcessingAgreement)
    with cast.as_job() as work, pytest.raises(NoticeIncomplete) as refused:
        publish_notice(work)
    assert "Auftragsverarbeitung" in refused.value.text("de")


def test_at_night_the_others_are_renewed_and_the_version_in_force_stays(cast: Cast):
    for house in (cast.town, cast.salon):
        open_house(cast, house)
        with cast.as_job(house) as work:
            work.get(Tenant, work.tenant).website = "https://amt.musterstadt.example"
    with cast.as_job(cast.town) as work:
        work.delete_where(ProcessingAgreement)
    renew_notices()
    counted = []
    for house in (cast.town, cast.salon):
        with cast.as_job(house) as work:
            counted.append(work.count(work.select(NoticeVersion)))
    assert counted == [1, 2]


@pytest.mark.promise("P23")
def test_no_tenant_is_opened_while_the_operators_officer_is_unknown(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    who = notice_facts.operator()
    nobody = replace(who, dpo=replace(who.dpo, name=""))
    monkeypatch.setattr(notice_facts, "operator", lambda: nobody)
    with pytest.raises(NoticeIncomplete), cast.as_operator() as work:
        open_tenant(work, filled_in())
    with cast.as_operator() as work:
        assert work.count(work.shared(Tenant)) == 2


@pytest.mark.promise("P23")
@pytest.mark.parametrize("fact", MANDATORY)
def test_the_database_refuses_a_tenant_without_the_fact(cast: Cast, fact: str):
    with pytest.raises(IntegrityError, match="facts"), cast.as_job() as work:
        work.db.execute(sa.update(Tenant).where(Tenant.id == cast.town.id).values({fact: ""}))
