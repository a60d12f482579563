"""A privacy portal: what is typed, who was told, what is handed over and received, links, and facts for the notice."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

APP = "smartcx_app"
TENANT = "tenant_id = NULLIF(current_setting('app.tenant_id', true), '')::uuid"
JSONB = postgresql.JSONB(astext_type=sa.Text())
PURPOSES = ("appointment", "mail", "sms", "health", "enquiry", "rights", "operation", "staff")
FACTS = (
    "name <> '' AND street <> '' AND postal_code <> '' AND city <> '' AND land <> '' AND email <> '' "
    "AND dpo_name <> '' AND dpo_email <> ''"
)
TABLES = ("portal_draft", "pull_link", "received_data", "recipient_notice", "transfer")


def choice(name: str, *values: str) -> sa.Enum:
    """A closed list of words, as `models.base.choice` makes it."""
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=24)


COLUMNS = (
    ("access_record", sa.Column("why", sa.String(), nullable=False), "''"),
    ("enquiry", sa.Column("customer_id", sa.Uuid(), nullable=True), None),
    ("export_package", sa.Column("profile", sa.String(), nullable=False), "'access'"),
    (
        "form_field",
        sa.Column(
            "category",
            choice("answerkind", "text", "name", "contact", "birth", "document", "health"),
            nullable=False,
        ),
        "'text'",
    ),
    ("message", sa.Column("enquiry_id", sa.Uuid(), nullable=True), None),
    ("processing_activity", sa.Column("own_recipients", JSONB, nullable=False), "'[]'"),
    ("session", sa.Column("proof", sa.String(), nullable=False), "''"),
    (
        "sub_processor",
        sa.Column(
            "transfer_basis",
            choice("transferbasis", "none", "adequacy", "framework", "clauses", "consent"),
            nullable=False,
        ),
        "'none'",
    ),
    ("tenant", sa.Column("dpo_address", sa.String(), nullable=False), "''"),
    ("tenant", sa.Column("dpo_phone", sa.String(), nullable=False), "''"),
    ("tenant", sa.Column("notice_note", JSONB, nullable=False), "'{}'"),
)
"""Table, column, and what rows that are there get; the column has no default of its own afterwards."""
REFERENCES = (("enquiry", "customer_id", "customer"), ("message", "enquiry_id", "enquiry"))
INDEXES = (
    ("access_record", "by_identity"),
    ("api_reply", "booking_id"),
    ("enquiry", "customer_id"),
    ("export_package", "customer_id"),
    ("one_time_code", "customer_id"),
    ("portal_draft", "lapses_at"),
    ("pull_link", "customer_id"),
    ("received_data", "customer_id"),
    ("received_data", "address_key"),
    ("recipient_notice", "customer_id"),
    ("recipient_notice", "case_id"),
    ("transfer", "customer_id"),
)
CHECKS = (("form_field", "health", "special OR category <> 'health'"), ("tenant", "facts", FACTS))


def upgrade() -> None:
    for table, column, default in COLUMNS:
        _add_column(table, column, default)
    _allow_purposes(*PURPOSES, "statistics")
    _create_tables()
    for table, column, target in REFERENCES:
        op.create_foreign_key(
            op.f(f"fk_{table}_tenant_id_{column}"), table, target, ["tenant_id", column], ["tenant_id", "id"]
        )
    for table, column in INDEXES:
        op.create_index(op.f(f"ix_{table}_tenant_id_{column}"), table, ["tenant_id", column], unique=False)
    for table, name, rule in CHECKS:
        op.create_check_constraint(op.f(f"ck_{table}_{name}"), table, rule)
    for table in TABLES:
        op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {APP}")
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY tenant_wall ON {table} USING ({TENANT}) WITH CHECK ({TENANT})")


def downgrade() -> None:
    """A way back for installations without visit statistics; what was handed over and received is lost."""
    for table, name, _ in CHECKS:
        op.drop_constraint(op.f(f"ck_{table}_{name}"), table, type_="check")
    for table, column in INDEXES:
        op.drop_index(op.f(f"ix_{table}_tenant_id_{column}"), table_name=table)
    for table, column, _ in REFERENCES:
        op.drop_constraint(op.f(f"fk_{table}_tenant_id_{column}"), table, type_="foreignkey")
    for table in TABLES:
        op.drop_table(table)
    _allow_purposes(*PURPOSES)
    for table, column, _ in COLUMNS:
        op.drop_column(table, column.name)


def _add_column(table: str, column: sa.Column, default: str | None) -> None:
    """A default of the column's own would hide what the models decide, so it is there only for the rows so far."""
    if default is None:
        op.add_column(table, column)
        return
    column.server_default = sa.DefaultClause(sa.text(default))
    op.add_column(table, column)
    op.alter_column(table, column.name, server_default=None)


def _allow_purposes(*purposes: str) -> None:
    """The database keeps the closed list of purposes, too; no row is rewritten for it."""
    words = ", ".join(f"'{purpose}'" for purpose in purposes)
    name = op.f("ck_processing_activity_purpose")
    op.drop_constraint(name, "processing_activity", type_="check")
    op.create_check_constraint(name, "processing_activity", f"purpose IN ({words})")


def _table(name: str, *items: sa.Column | sa.Constraint, references: tuple[tuple[str, str], ...]) -> None:
    """A table of a tenant's, with its key and the references that carry the tenant."""
    op.create_table(
        name,
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        *items,
        *(
            sa.ForeignKeyConstraint(
                ["tenant_id", column],
                [f"{target}.tenant_id", f"{target}.id"],
                name=op.f(f"fk_{name}_tenant_id_{column}"),
            )
            for column, target in references
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f(f"fk_{name}_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f(f"pk_{name}")),
    )


def _moment(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _state() -> sa.Column:
    words = ("asked", "delivered", "imported", "refused", "lapsed")
    return sa.Column("state", choice("transferstate", *words), nullable=False)


def _create_tables() -> None:
    _table(
        "portal_draft",
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("page", sa.String(length=40), nullable=False),
        sa.Column("entered", JSONB, nullable=False),
        _moment("lapses_at"),
        sa.UniqueConstraint(
            "tenant_id", "customer_id", "page", name=op.f("uq_portal_draft_tenant_id_customer_id_page")
        ),
        references=(("customer_id", "customer"),),
    )
    _table(
        "recipient_notice",
        sa.Column("customer_id", sa.Uuid(), nullable=True),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("state", choice("told", "follows", "informed", "pending", "nothing"), nullable=False),
        _moment("at"),
        references=(("customer_id", "customer"), ("case_id", "privacy_case")),
    )
    _table(
        "transfer",
        sa.Column("customer_id", sa.Uuid(), nullable=True),
        sa.Column("package_id", sa.Uuid(), nullable=True),
        sa.Column("to_tenant", sa.Uuid(), nullable=False),
        _state(),
        sa.Column("sha256", sa.String(), nullable=False),
        _moment("created_at"),
        _moment("closed_at", nullable=True),
        sa.ForeignKeyConstraint(["to_tenant"], ["tenant.id"], name=op.f("fk_transfer_to_tenant")),
        references=(("customer_id", "customer"), ("package_id", "export_package")),
    )
    _table(
        "received_data",
        sa.Column("customer_id", sa.Uuid(), nullable=True),
        sa.Column("address_key", sa.String(), nullable=True),
        sa.Column("document", JSONB, nullable=False),
        sa.Column("from_name", sa.String(), nullable=False),
        sa.Column("from_transfer", sa.Uuid(), nullable=True),
        sa.Column("from_tenant", sa.Uuid(), nullable=True),
        _state(),
        _moment("created_at"),
        _moment("lapses_at"),
        sa.UniqueConstraint("tenant_id", "from_transfer", name=op.f("uq_received_data_tenant_id_from_transfer")),
        sa.ForeignKeyConstraint(["from_tenant"], ["tenant.id"], name=op.f("fk_received_data_from_tenant")),
        references=(("customer_id", "customer"),),
    )
    _table(
        "pull_link",
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("package_id", sa.Uuid(), nullable=True),
        sa.Column("label", sa.String(), nullable=False),
        _moment("created_at"),
        _moment("lapses_at"),
        _moment("used_at", nullable=True),
        references=(("customer_id", "customer"), ("package_id", "export_package")),
    )
