"""The statements that put up the wall between tenants (design D2): row-level security, policies, grants.

A migration freezes its own copy; `tests/house/test_drift.py` compares the two.
"""

from sqlalchemy import MetaData, Table

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


def statements(metadata: MetaData) -> list[str]:
    """All walls for the tables of `metadata`, in the order of their names."""
    return [line for table in sorted(metadata.tables.values(), key=lambda t: t.name) for line in of_table(table)]


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
