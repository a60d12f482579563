"""The sub-processors' facts stand in a file and reach the table unchanged (promises P22, P24)."""

import pytest
from sqlalchemy import Engine

from smartcx_portal.models.tenant import SubProcessor
from smartcx_portal.operations.sub_processors import known_facts, seed_sub_processors, sub_processors
from smartcx_portal.privacy.activities import PRIVATE
from smartcx_portal.tenancy import JOB, open_work
from tests.cast import Cast


def test_all_facts_reach_the_table_once(engine: Engine):
    with open_work(JOB) as work:
        assert seed_sub_processors(work) == len(known_facts())
    with open_work(JOB) as work:
        assert seed_sub_processors(work) == 0
        assert work.count(work.shared(SubProcessor)) == len(known_facts())


def test_a_changed_row_is_brought_back_to_the_file(engine: Engine):
    with open_work(JOB) as work:
        seed_sub_processors(work)
        work.update_where(SubProcessor, SubProcessor.key == "mailjet", keeps={"de": "?", "en": "?"})
    with open_work(JOB) as work:
        assert seed_sub_processors(work) == 1
        kept = work.first(work.shared(SubProcessor.keeps).where(SubProcessor.key == "mailjet"))
    assert "30" in kept["de"]


@pytest.mark.promise("P24")
@pytest.mark.parametrize("lang", ["de", "en"])
def test_each_transfer_names_its_basis_and_the_warning(cast: Cast, lang: str):
    with open_work(JOB) as work:
        seed_sub_processors(work)
    with cast.as_operator() as work:
        abroad = {one.key: one for one in sub_processors(work, lang) if one.transfer}
    assert set(abroad) == {"cloudflare", "mailjet", "twilio"}
    for one in abroad.values():
        assert ("Behörden" if lang == "de" else "Authorities") in one.transfer


@pytest.mark.promise("P22")
def test_every_recipient_of_an_activity_has_its_facts_and_an_agreement():
    wanted = {key for default in PRIVATE.values() for key in default.recipients}
    assert wanted <= set(known_facts())
    assert all(known_facts()[key]["agreement_since"] for key in wanted)
