"""D8: a column that does not say what it holds would be missing from notice, report, export and erasure."""

import pytest

from smartcx_portal.models import Global, TenantOwned, metadata
from smartcx_portal.models.declaring import Impersonal, OnErasure, Personal


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
