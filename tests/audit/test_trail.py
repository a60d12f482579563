"""The trail can't be altered unnoticed."""

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine
from sqlalchemy.exc import ProgrammingError

from smartcx_portal.audit.trail import verify
from smartcx_portal.models.tenant import Tenant
from tests.cast import Cast


@pytest.fixture
def three_deeds(cast: Cast) -> Cast:
    for number in range(3):
        with cast.as_staff(cast.ben) as work:
            work.audit("hours.changed", work.get(Tenant, cast.town.id), number=number)
    return cast


def _tamper(engine: Engine, tenant: object, statement: str) -> None:
    with engine.begin() as owner:
        owner.execute(sa.text("SELECT set_config('app.tenant_id', :t, true)"), {"t": str(tenant)})
        assert owner.execute(sa.text(statement)).rowcount == 1


def test_an_untouched_chain_is_sound(three_deeds: Cast):
    with three_deeds.as_job() as work:
        verdict = verify(work.db, three_deeds.town.id)
    assert (verdict.entries, verdict.sound) == (3, True)


@pytest.mark.parametrize(
    ("statement", "place"),
    [
        ("UPDATE audit_entry SET action = 'nothing' WHERE seq = 2", 2),
        ("UPDATE audit_entry SET detail = '{\"number\": 7}' WHERE seq = 1", 1),
        ("UPDATE audit_entry SET at = at + interval '1 second' WHERE seq = 3", 3),
        ("DELETE FROM audit_entry WHERE seq = 2", 2),
        ("DELETE FROM audit_entry WHERE seq = 3", 3),
    ],
)
def test_an_altered_chain_is_found(three_deeds: Cast, owner_engine: Engine, statement: str, place: int):
    _tamper(owner_engine, three_deeds.town.id, statement)
    with three_deeds.as_job() as work:
        assert verify(work.db, three_deeds.town.id).broken_at == place


@pytest.mark.parametrize("statement", ["UPDATE audit_entry SET action = 'x'", "DELETE FROM audit_entry"])
def test_the_app_may_neither_change_nor_delete_an_entry(three_deeds: Cast, statement: str):
    with pytest.raises(ProgrammingError, match="permission denied"), three_deeds.as_job() as work:
        work.db.execute(sa.text(statement))


def test_a_rolled_back_deed_leaves_no_entry(cast: Cast):
    with pytest.raises(RuntimeError), cast.as_staff(cast.ben) as work:
        work.audit("hours.changed")
        raise RuntimeError
    with cast.as_job() as work:
        assert verify(work.db, cast.town.id).entries == 0
