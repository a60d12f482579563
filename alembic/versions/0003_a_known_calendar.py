"""A version of each tenant's calendar, drawn anew with every change of it; the trail grows in one step."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

APP = "smartcx_app"
TENANT = "tenant_id = NULLIF(current_setting('app.tenant_id', true), '')::uuid"
WATCHED = ("closure", "form_field", "location", "opening_hours", "resource", "service", "service_resource")
NEW_VERSION = """
CREATE FUNCTION new_calendar_version() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE changed uuid := coalesce(NEW.tenant_id, OLD.tenant_id);
BEGIN
    INSERT INTO calendar_version (tenant_id, id, version) VALUES (changed, changed, gen_random_uuid())
        ON CONFLICT (tenant_id, id) DO UPDATE SET version = excluded.version;
    RETURN NULL;
END $$
"""

APPEND_TO_TRAIL = """
CREATE FUNCTION append_to_trail(
    owner uuid, entry uuid, told text, at timestamptz, actor_kind text, actor_id uuid, action text, object_kind text,
    object_id uuid, detail jsonb
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE number integer; last text; link text;
BEGIN
    INSERT INTO audit_head AS head (tenant_id, id, seq, hash) VALUES (owner, owner, 0, '')
        ON CONFLICT (tenant_id, id) DO UPDATE SET seq = head.seq RETURNING head.seq + 1, head.hash INTO number, last;
    link := encode(sha256(convert_to(format('["%s", %s, "%s", %s]', owner, number, last, told), 'UTF8')), 'hex');
    INSERT INTO audit_entry
        (tenant_id, id, seq, at, actor_kind, actor_id, action, object_kind, object_id, detail, previous, hash) VALUES
        (owner, entry, number, at, actor_kind, actor_id, action, object_kind, object_id, detail, last, link);
    UPDATE audit_head SET seq = number, hash = link WHERE tenant_id = owner;
END $$
"""


def upgrade() -> None:
    op.create_table(
        "calendar_version",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_calendar_version_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_calendar_version")),
        sa.UniqueConstraint("tenant_id", name=op.f("uq_calendar_version_tenant_id")),
    )
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON calendar_version TO {APP}")
    op.execute("INSERT INTO calendar_version (tenant_id, id, version) SELECT id, id, gen_random_uuid() FROM tenant")
    op.execute("ALTER TABLE calendar_version ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE calendar_version FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY tenant_wall ON calendar_version USING ({TENANT}) WITH CHECK ({TENANT})")
    op.execute(APPEND_TO_TRAIL)
    op.execute(NEW_VERSION)
    for table in WATCHED:
        op.execute(
            f"CREATE TRIGGER new_calendar_version AFTER INSERT OR UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION new_calendar_version()"
        )


def downgrade() -> None:
    for table in WATCHED:
        op.execute(f"DROP TRIGGER new_calendar_version ON {table}")
    op.execute("DROP FUNCTION new_calendar_version()")
    op.execute("DROP FUNCTION append_to_trail(uuid, uuid, text, timestamptz, text, uuid, text, text, uuid, jsonb)")
    op.drop_table("calendar_version")
