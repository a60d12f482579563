"""D2: a table without tenant key, row-level security and policy would let one tenant see another."""

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError, ProgrammingError

from smartcx_portal.kit.errors import NotFound
from smartcx_portal.models import metadata
from smartcx_portal.models.booking import Booking
from smartcx_portal.models.calendar import Service, ServiceResource
from smartcx_portal.models.customer import Customer
from smartcx_portal.models.walls import is_tenant_table
from smartcx_portal.tenancy import open_work
from tests.cast import Cast

GLOBAL = {"tenant", "tenant_counts", "identity", "session", "sub_processor", "alembic_version"}
"""Reviewed: personless facts, and sessions and identities that must be found before a tenant is known."""
pytestmark = pytest.mark.promise("P02")


def test_every_table_has_its_wall_or_stands_on_the_reviewed_list(engine: Engine):
    query = """SELECT c.relname, c.relrowsecurity AND c.relforcerowsecurity,
        (SELECT count(*) FROM pg_policies p WHERE p.tablename = c.relname AND p.policyname = 'tenant_wall')
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p', 'm', 'v')"""
    with engine.connect() as connection:
        rows = {name: (secured, policies) for name, secured, policies in connection.execute(sa.text(query))}
    open_tables = {n for n, (secured, policies) in rows.items() if not (secured and policies)}
    assert {n for n in open_tables if not n.startswith("procrastinate_")} == GLOBAL
    assert len(rows) > 30


def test_every_tenant_table_is_keyed_and_referred_to_with_its_tenant():
    for table in metadata.tables.values():
        if table.name in GLOBAL:
            continue
        assert is_tenant_table(table), table.name
        for constraint in table.foreign_key_constraints:
            if constraint.referred_table.name not in GLOBAL:
                assert "tenant_id" in constraint.column_keys, (table.name, constraint.column_keys)
        for unique in (c for c in table.constraints if isinstance(c, sa.UniqueConstraint)):
            assert "tenant_id" in unique.columns, f"{table.name}: a collision would tell of a neighbour's row"


def test_the_app_cannot_bypass_the_walls(engine: Engine):
    with engine.connect() as connection:
        role = connection.execute(
            sa.text("SELECT rolsuper OR rolbypassrls OR rolcreaterole FROM pg_roles WHERE rolname = current_user")
        ).scalar()
        owned = connection.execute(
            sa.text("SELECT count(*) FROM pg_class WHERE pg_get_userbyid(relowner) = current_user")
        ).scalar()
    assert (role, owned) == (False, 0)


def test_dora_finds_no_such_service(cast: Cast):
    with cast.as_staff(cast.dora, cast.salon) as work, pytest.raises(NotFound):
        work.get(Service, cast.town.service)


def test_a_raw_query_without_tenant_sees_only_the_own_rows(cast: Cast):
    with cast.as_staff(cast.dora, cast.salon) as work:
        assert work.db.execute(sa.text("SELECT id FROM service")).scalars().all() == [cast.salon.service]


def test_no_tenant_set_means_no_rows(cast: Cast):
    with cast.as_operator() as work:
        for table in metadata.tables.values():
            if is_tenant_table(table) and table.name != "membership":
                assert work.db.execute(sa.select(sa.func.count()).select_from(table)).scalar() == 0, table.name


def test_a_row_cannot_be_written_for_a_neighbour(cast: Cast):
    with pytest.raises(ProgrammingError, match="row-level security"), cast.as_staff(cast.dora, cast.salon) as work:
        work.db.add(Customer(tenant_id=cast.town.id, name="Eindringling", created_at=work.now))
        work.flush()


def test_a_row_cannot_point_at_a_neighbours(cast: Cast):
    with pytest.raises(IntegrityError), cast.as_staff(cast.dora, cast.salon) as work:
        work.new(ServiceResource, service_id=cast.salon.service, resource_id=cast.town.counters[0])


def test_a_neighbours_rows_cannot_be_changed_or_taken_away(cast: Cast):
    with cast.as_staff(cast.dora, cast.salon) as work:
        changed = work.db.execute(
            sa.text("UPDATE service SET name = 'x' WHERE id = :id"), {"id": cast.town.service}
        ).rowcount
        gone = work.db.execute(sa.text("DELETE FROM form_field WHERE tenant_id = :id"), {"id": cast.town.id}).rowcount
    assert (changed, gone) == (0, 0)


def test_the_tenant_does_not_leak_to_the_next_transaction(cast: Cast, engine: Engine):
    with cast.as_staff(cast.dora, cast.salon) as work:
        work.all(work.select(Service))
    with engine.connect() as connection:
        assert connection.execute(sa.text("SELECT count(*) FROM service")).scalar() == 0


def test_work_refuses_tenant_tables_without_a_tenant(cast: Cast):
    with cast.as_operator() as work:
        with pytest.raises(TypeError):
            work.shared(Booking)
        with pytest.raises(NotFound):
            work.select(Booking)


def test_an_identity_sees_its_own_memberships_only(cast: Cast):
    from smartcx_portal.models.staff import Membership
    from smartcx_portal.tenancy import Actor, ActorKind

    with open_work(Actor(ActorKind.STAFF, identity_id=cast.dora)) as work:
        seen = work.db.scalars(sa.select(Membership.identity_id)).all()
    assert seen == [cast.dora]
