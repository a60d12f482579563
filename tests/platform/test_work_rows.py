"""Statements that are built once per process belong to the tenant of each execution."""

import pytest
import sqlalchemy as sa

from smartcx_portal.models.calendar import Resource, Service
from smartcx_portal.models.tenant import Tenant
from smartcx_portal.tenancy import JOB, Select, open_work
from tests.cast import Cast


def names(select: Select) -> sa.Select:
    return select(Service.name)


def pairs(select: Select) -> sa.Select:
    here = Service.location_id == Resource.location_id
    return select(Service.id, Resource.id).where(here, Service.name == sa.bindparam("name"))


def all_tenants(select: Select) -> sa.Select:
    return select(Tenant.id)


@pytest.mark.promise("P02")
def test_one_statement_never_shows_another_tenants_rows(cast: Cast):
    with cast.as_job() as work:
        ours = work.rows(names)
        assert ours == work.all(work.select(Service.name))
    with open_work(JOB, cast.salon.id) as work:
        theirs = work.rows(names)
        assert theirs == work.all(work.select(Service.name))
        assert work.rows(pairs, name=ours[0]) == [] or ours[0] in theirs
    assert ours
    assert theirs


def test_each_table_of_it_is_held_to_the_tenant(cast: Cast):
    with cast.as_job() as work:
        found = work.rows(pairs, name=work.rows(names)[0])
        assert {row[1] for row in found} == set(work.all(work.select(Resource.id))) != set()


def test_tables_of_no_tenant_are_refused(cast: Cast):
    with cast.as_job() as work, pytest.raises(TypeError, match="belongs to no tenant"):
        work.rows(all_tenants)
