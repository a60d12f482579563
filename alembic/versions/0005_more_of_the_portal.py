"""More of the portal: the trail of one thing is found without reading all of it, and tenants may be federal offices."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

INDEXES = (("audit_entry", "object_id"),)
KINDS = ("public_office", "business", "practice")


def upgrade() -> None:
    for table, column in INDEXES:
        op.create_index(op.f(f"ix_{table}_tenant_id_{column}"), table, ["tenant_id", column], unique=False)
    _allow_kinds("public_office", "federal_office", "business", "practice")


def downgrade() -> None:
    _allow_kinds(*KINDS)
    for table, column in INDEXES:
        op.drop_index(op.f(f"ix_{table}_tenant_id_{column}"), table_name=table)


def _allow_kinds(*kinds: str) -> None:
    """The database keeps the closed list of what a tenant can be, too; no row is rewritten for it."""
    words = ", ".join(f"'{kind}'" for kind in kinds)
    name = op.f("ck_tenant_bodykind")
    op.drop_constraint(name, "tenant", type_="check")
    op.create_check_constraint(name, "tenant", f"kind IN ({words})")
