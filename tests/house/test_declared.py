"""D8: a column that does not say what it holds would be missing from notice, report, export and erasure."""

import pytest
import sqlalchemy as sa

from smartcx_portal.models import Global, TenantOwned, metadata
from smartcx_portal.models.declaring import DPV, Category, Impersonal, OnErasure, Personal


def models() -> list[type]:
    return [m for base in (Global, TenantOwned) for m in base.__subclasses__()]


def test_every_model_is_seen():
    assert {m.__tablename__ for m in models()} == set(metadata.tables)


@pytest.mark.promise("P01")
def test_every_column_is_declared_and_every_personal_one_has_a_purpose():
    for table in metadata.tables.values():
        for column in table.columns:
            data = column.info.get("data")
            assert isinstance(data, (Personal, Impersonal)), f"{table.name}.{column.name} does not declare itself"
            assert not isinstance(data, Personal) or data.purposes, f"{table.name}.{column.name} has no purpose"


def test_every_table_with_personal_data_says_whose():
    for model in models():
        fates = {c.info["data"].on_erasure for c in model.__table__.columns if isinstance(c.info["data"], Personal)}
        assert bool(fates) == (model.__subject__ is not None), f"{model.__name__}: subject and columns disagree"
        assert fates <= {OnErasure.DELETE} or OnErasure.DELETE not in fates, f"{model.__name__}: the row goes or stays"


def test_every_number_of_a_member_of_the_staff_is_personal():
    found = set()
    for table in metadata.tables.values():
        for column in table.columns:
            if isinstance(column.type, sa.Uuid) and ("identity" in column.name or column.name == "actor_id"):
                assert isinstance(column.info["data"], Personal), f"{table.name}.{column.name} names one of the staff"
                found.add(f"{table.name}.{column.name}")
    assert {"calendar_change.by_identity", "access_record.by_identity", "audit_entry.actor_id"} <= found


def test_every_table_with_such_a_number_says_that_it_is_about_the_staff_too():
    for model in models():
        named = {c.name for c in model.__table__.columns if c.name.endswith("identity_id") or c.name == "by_identity"}
        said = model.__subject__.staff if model.__subject__ else ""
        assert named <= {said}, f"{model.__name__}: {named} leads to one of the staff"


def test_every_category_has_its_class_in_the_privacy_vocabulary():
    assert set(DPV) == set(Category)
    assert all(url.startswith("https://w3id.org/dpv") for url in DPV.values())
