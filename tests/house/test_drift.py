"""D1: the schema that migrations build must be the one that the models and walls describe."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from smartcx_portal.kit.embedded import Embedded, Urls
from smartcx_portal.kit.engine import make_single_use_engine
from smartcx_portal.models import metadata
from smartcx_portal.models.walls import statements

CATALOGUE = """
SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
    WHERE conrelid <> 0 AND conrelid::regclass::text NOT LIKE 'procrastinate%'
UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename NOT LIKE 'procrastinate%'
UNION ALL SELECT relname || ' ' || relrowsecurity || relforcerowsecurity || coalesce(relacl::text, '') FROM pg_class
    WHERE relkind IN ('r', 'v') AND relnamespace = 'public'::regnamespace AND relname NOT LIKE 'procrastinate%'
UNION ALL SELECT tablename || policyname || cmd || roles::text || coalesce(qual, '') || coalesce(with_check, '')
    FROM pg_policies
UNION ALL SELECT table_name || '.' || column_name || ' ' || data_type || is_nullable || coalesce(column_default, '')
    || is_generated || coalesce(character_maximum_length::text, '')
    FROM information_schema.columns WHERE table_schema = 'public' AND table_name NOT LIKE 'procrastinate%'
UNION ALL SELECT attrelid::regclass || '.' || attname || attacl::text FROM pg_attribute WHERE attacl IS NOT NULL
    AND attrelid::regclass::text NOT LIKE 'pg_%'
UNION ALL SELECT tgrelid::regclass || pg_get_triggerdef(oid) || tgenabled::text FROM pg_trigger
    WHERE NOT tgisinternal AND tgrelid::regclass::text NOT LIKE 'procrastinate%'
"""


@pytest.fixture
def described(server: Embedded) -> Iterator[Engine]:
    name = "described"
    server.drop_database(name)
    server.create_database(name)
    engine = make_single_use_engine(server.owner_url(name))
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE EXTENSION btree_gist"))
        metadata.create_all(connection)
        for statement in statements(metadata):
            connection.execute(sa.text(statement))
    yield engine
    server.drop_database(name)


def catalogue(engine: Engine) -> set[str]:
    with engine.connect() as connection:
        return {row for row in connection.execute(sa.text(CATALOGUE)).scalars() if "alembic_version" not in row}


def test_migrations_build_what_the_models_describe(database: Urls, described: Engine):
    migrated = catalogue(make_single_use_engine(database.owner))
    assert migrated == catalogue(described)
    assert len(migrated) > 300
