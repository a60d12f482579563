"""The statements that put up the wall between tenants (design D2): row-level security, policies, grants; and triggers.

A migration freezes its own copy; `tests/house/test_drift.py` compares the two.
"""

from sqlalchemy import MetaData, Table

from smartcx_portal.models.calendar import VERSIONED

APP = "smartcx_app"
ALL = "SELECT, INSERT, UPDATE, DELETE"
TENANT = "tenant_id = NULLIF(current_setting('app.tenant_id', true), '')::uuid"
OWN_MEMBERSHIP = "identity_id = NULLIF(current_setting('app.identity_id', true), '')::uuid"

GRANTS = {
    "audit_entry": ["SELECT, INSERT"],
    "audit_head": ["SELECT, INSERT, UPDATE"],
    "erasure_ledger_entry": ["SELECT, INSERT"],
    "notice_version": ["SELECT, INSERT"],
    "consent_event": ["SELECT, INSERT", "UPDATE (customer_id, booking_id, proof)"],
    "tenant": ["SELECT, INSERT, UPDATE"],
    "sub_processor": ["SELECT, INSERT, UPDATE"],
}
"""What the app may do where it may not do everything: what proves something is never changed or taken away."""
NEW_VERSION = """
CREATE FUNCTION new_calendar_version() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE changed uuid := coalesce(NEW.tenant_id, OLD.tenant_id);
BEGIN
    INSERT INTO calendar_version (tenant_id, id, version) VALUES (changed, changed, gen_random_uuid())
        ON CONFLICT (tenant_id, id) DO UPDATE SET version = excluded.version;
    RETURN NULL;
END $$
"""
"""The calendar of the row's tenant is in another state now; whoever changed it is bound by the wall here, too."""
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
"""Puts one entry at the end of a tenant's chain: one step, for all who write to this tenant wait for each other here.

Setting the head to itself is what locks and reads it in the one statement that makes it; its id is the tenant's.
"""


def statements(metadata: MetaData) -> list[str]:
    """All walls for the tables of `metadata`, in the order of their names."""
    walls = [line for table in sorted(metadata.tables.values(), key=lambda t: t.name) for line in of_table(table)]
    return [*walls, APPEND_TO_TRAIL, NEW_VERSION, *(watched(name) for name in VERSIONED)]


def watched(table: str) -> str:
    """The trigger by which a change of this table gives the calendar a new version."""
    return (
        f"CREATE TRIGGER new_calendar_version AFTER INSERT OR UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION new_calendar_version()"
    )


def of_table(table: Table) -> list[str]:
    """The grants of one table and, if it belongs to tenants, its wall."""
    grants = [f"GRANT {what} ON {table.name} TO {APP}" for what in GRANTS.get(table.name, [ALL])]
    if not is_tenant_table(table):
        return grants
    wall = [
        f"ALTER TABLE {table.name} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table.name} FORCE ROW LEVEL SECURITY",
        f"CREATE POLICY tenant_wall ON {table.name} USING ({TENANT}) WITH CHECK ({TENANT})",
    ]
    if table.name == "membership":
        wall.append(f"CREATE POLICY own_membership ON membership FOR SELECT USING ({OWN_MEMBERSHIP})")
    return grants + wall


def is_tenant_table(table: Table) -> bool:
    """Whether the rows of `table` belong to tenants: their key starts with the tenant."""
    return [column.name for column in table.primary_key] == ["tenant_id", "id"]
