"""A booking engine: everything that can be set up and booked, groups, series, waiting list, feeds, API replies."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

APP = "smartcx_app"
TENANT = "tenant_id = NULLIF(current_setting('app.tenant_id', true), '')::uuid"
TABLES = (
    "api_reply",
    "attendee",
    "booking_part",
    "busy_source",
    "busy_time",
    "calendar_change",
    "calendar_feed",
    "former",
    "group_appointment",
    "seat",
    "waitlist_entry",
)
COLUMNS = (
    ("booking", sa.Column("series_id", sa.Uuid(), nullable=True), None),
    (
        "booking",
        sa.Column(
            "origin",
            sa.Enum(
                "online",
                "api",
                "waitlist",
                "staff",
                "import",
                name="origin",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        "'online'",
    ),
    (
        "booking",
        sa.Column(
            "way",
            sa.Enum("on_site", "telephone", "video", name="way", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        "'on_site'",
    ),
    ("booking", sa.Column("places", sa.Integer(), nullable=False), "1"),
    ("booking", sa.Column("overbooked", sa.Boolean(), nullable=False), "false"),
    ("booking", sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True), None),
    ("claim", sa.Column("group_id", sa.Uuid(), nullable=True), None),
    ("claim", sa.Column("online", sa.Boolean(), nullable=False), "false"),
    ("closure", sa.Column("begins", sa.Time(), nullable=True), None),
    ("closure", sa.Column("ends", sa.Time(), nullable=True), None),
    ("draft", sa.Column("chosen", postgresql.JSONB(astext_type=sa.Text()), nullable=False), "'{}'"),
    ("form_field", sa.Column("active", sa.Boolean(), nullable=False), "true"),
    ("location", sa.Column("land", sa.String(length=2), nullable=False), "''"),
    ("location", sa.Column("holidays", sa.Boolean(), nullable=False), "false"),
    ("location", sa.Column("position", sa.Integer(), nullable=False), "0"),
    ("location", sa.Column("active", sa.Boolean(), nullable=False), "true"),
    ("message", sa.Column("waitlist_id", sa.Uuid(), nullable=True), None),
    ("message", sa.Column("before", sa.DateTime(timezone=True), nullable=True), None),
    ("message", sa.Column("not_before", sa.DateTime(timezone=True), nullable=True), None),
    ("opening_hours", sa.Column("every_weeks", sa.Integer(), nullable=False), "1"),
    ("opening_hours", sa.Column("nth", sa.Integer(), nullable=True), None),
    ("opening_hours", sa.Column("online_quota", sa.Integer(), nullable=True), None),
    ("opening_hours", sa.Column("extra", sa.Boolean(), nullable=False), "false"),
    ("service", sa.Column("double_opt_in", sa.Boolean(), nullable=False), "true"),
    ("service", sa.Column("online", sa.Boolean(), nullable=False), "true"),
    ("service", sa.Column("ways", postgresql.JSONB(astext_type=sa.Text()), nullable=False), "'[\"on_site\"]'"),
    ("service", sa.Column("video_url", sa.String(), nullable=False), "''"),
    ("service", sa.Column("seats", sa.Integer(), nullable=False), "1"),
    ("service", sa.Column("combinable", sa.Boolean(), nullable=False), "false"),
    ("service", sa.Column("most_at_once", sa.Integer(), nullable=False), "1"),
    ("service", sa.Column("most_repeats", sa.Integer(), nullable=False), "1"),
    ("service", sa.Column("per_person_day", sa.Integer(), nullable=False), "0"),
    ("service", sa.Column("per_person_week", sa.Integer(), nullable=False), "0"),
    ("service", sa.Column("choosable", sa.Boolean(), nullable=False), "false"),
    ("service", sa.Column("for_others", sa.Boolean(), nullable=False), "true"),
    ("service", sa.Column("waitlist", sa.Boolean(), nullable=False), "false"),
    ("service", sa.Column("waitlist_hold_min", sa.Integer(), nullable=False), "120"),
    (
        "service",
        sa.Column(
            "colour",
            sa.Enum(
                "blue",
                "green",
                "teal",
                "violet",
                "rose",
                "orange",
                "yellow",
                "grey",
                name="colour",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        "'blue'",
    ),
    ("service_resource", sa.Column("need", sa.Integer(), nullable=False), "0"),
    ("tenant", sa.Column("colour", sa.String(length=7), nullable=False), "''"),
    ("tenant", sa.Column("embed_sites", postgresql.JSONB(astext_type=sa.Text()), nullable=False), "'[]'"),
    ("tenant", sa.Column("api", sa.Boolean(), nullable=False), "true"),
)
"""Table, column, and what rows that are there get; the column has no default of its own afterwards."""
CHECKS = (
    ("booking", "places", "places > 0"),
    ("claim", "owner", "(booking_id IS NULL) <> (group_id IS NULL)"),
    ("closure", "times", "ends > begins OR ends = '00:00'"),
    ("opening_hours", "every_weeks", "every_weeks = 1 OR (every_weeks > 1 AND valid_from IS NOT NULL)"),
    ("opening_hours", "nth", "nth BETWEEN 1 AND 5 OR nth = -1"),
    ("opening_hours", "online_quota", "online_quota >= 0"),
    ("service", "counts", "seats > 0 AND most_at_once > 0 AND most_repeats > 0"),
    ("service", "limits", "per_person_day >= 0 AND per_person_week >= 0"),
    ("service_resource", "need", "need >= 0"),
)


def upgrade() -> None:
    _create_tables()
    for table in TABLES:
        op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {APP}")
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY tenant_wall ON {table} USING ({TENANT}) WITH CHECK ({TENANT})")


def _add_column(table: str, column: sa.Column, default: str | None) -> None:
    """A default of the column's own would hide what the models decide, so it is there only for the rows so far."""
    if default is None:
        op.add_column(table, column)
        return
    column.server_default = sa.DefaultClause(sa.text(default))
    op.add_column(table, column)
    op.alter_column(table, column.name, server_default=None)


def _create_tables() -> None:
    op.create_table(
        "calendar_change",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("by_identity", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rows", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_calendar_change_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_calendar_change")),
    )
    op.create_index(op.f("ix_calendar_change_tenant_id_at"), "calendar_change", ["tenant_id", "at"], unique=False)
    op.create_table(
        "busy_source",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("resource_id", sa.Uuid(), nullable=False),
        sa.Column("url", sa.String(length=2000), nullable=False),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("problem", sa.String(), nullable=True),
        sa.Column("etag", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "resource_id"],
            ["resource.tenant_id", "resource.id"],
            name=op.f("fk_busy_source_tenant_id_resource_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_busy_source_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_busy_source")),
    )
    op.create_table(
        "calendar_feed",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("resource_id", sa.Uuid(), nullable=False),
        sa.Column("with_details", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id", "resource_id"],
            ["resource.tenant_id", "resource.id"],
            name=op.f("fk_calendar_feed_tenant_id_resource_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_calendar_feed_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_calendar_feed")),
    )
    op.create_index(
        op.f("ix_calendar_feed_tenant_id_resource_id"), "calendar_feed", ["tenant_id", "resource_id"], unique=False
    )
    op.create_table(
        "group_appointment",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("resource_id", sa.Uuid(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.CheckConstraint("seats > 0", name=op.f("ck_group_appointment_seats")),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_group_appointment_order")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "resource_id"],
            ["resource.tenant_id", "resource.id"],
            name=op.f("fk_group_appointment_tenant_id_resource_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "service_id"],
            ["service.tenant_id", "service.id"],
            name=op.f("fk_group_appointment_tenant_id_service_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_group_appointment_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_group_appointment")),
        sa.UniqueConstraint(
            "tenant_id",
            "service_id",
            "resource_id",
            "starts_at",
            name=op.f("uq_group_appointment_tenant_id_service_id_resource_id_starts_at"),
        ),
    )
    op.create_index(
        op.f("ix_group_appointment_tenant_id_starts_at"), "group_appointment", ["tenant_id", "starts_at"], unique=False
    )
    op.create_table(
        "api_reply",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_key", sa.String(), nullable=False),
        sa.Column("request_hash", sa.String(), nullable=False),
        sa.Column("booking_id", sa.Uuid(), nullable=True),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("reply", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "booking_id"],
            ["booking.tenant_id", "booking.id"],
            name=op.f("fk_api_reply_tenant_id_booking_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_api_reply_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_api_reply")),
        sa.UniqueConstraint("tenant_id", "request_key", name=op.f("uq_api_reply_tenant_id_request_key")),
    )
    op.create_index(op.f("ix_api_reply_tenant_id_created_at"), "api_reply", ["tenant_id", "created_at"], unique=False)
    op.create_table(
        "attendee",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("booking_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "booking_id"],
            ["booking.tenant_id", "booking.id"],
            name=op.f("fk_attendee_tenant_id_booking_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_attendee_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_attendee")),
        sa.UniqueConstraint("tenant_id", "booking_id", name=op.f("uq_attendee_tenant_id_booking_id")),
    )
    op.create_table(
        "booking_part",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("booking_id", sa.Uuid(), nullable=False),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_booking_part_quantity")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "booking_id"],
            ["booking.tenant_id", "booking.id"],
            name=op.f("fk_booking_part_tenant_id_booking_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "service_id"],
            ["service.tenant_id", "service.id"],
            name=op.f("fk_booking_part_tenant_id_service_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_booking_part_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_booking_part")),
        sa.UniqueConstraint(
            "tenant_id", "booking_id", "service_id", name=op.f("uq_booking_part_tenant_id_booking_id_service_id")
        ),
    )
    op.create_table(
        "busy_time",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column("resource_id", sa.Uuid(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_busy_time_order")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "resource_id"],
            ["resource.tenant_id", "resource.id"],
            name=op.f("fk_busy_time_tenant_id_resource_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "source_id"],
            ["busy_source.tenant_id", "busy_source.id"],
            name=op.f("fk_busy_time_tenant_id_source_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_busy_time_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_busy_time")),
    )
    op.create_index(
        op.f("ix_busy_time_tenant_id_resource_id_starts_at"),
        "busy_time",
        ["tenant_id", "resource_id", "starts_at"],
        unique=False,
    )
    op.create_index(op.f("ix_busy_time_tenant_id_source_id"), "busy_time", ["tenant_id", "source_id"], unique=False)
    op.create_table(
        "former",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("booking_id", sa.Uuid(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "held",
                "pending",
                "confirmed",
                "arrived",
                "called",
                "serving",
                "finished",
                "no_show",
                "cancelled",
                "expired",
                name="bookingstatus",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("resource_ids", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("lanes", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("overbooked", sa.Boolean(), nullable=False),
        sa.Column("kept_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lapses_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id", "booking_id"],
            ["booking.tenant_id", "booking.id"],
            name=op.f("fk_former_tenant_id_booking_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_former_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_former")),
    )
    op.create_index(op.f("ix_former_tenant_id_booking_id"), "former", ["tenant_id", "booking_id"], unique=False)
    op.create_table(
        "seat",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("booking_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.CheckConstraint("number >= 0", name=op.f("ck_seat_number")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "booking_id"], ["booking.tenant_id", "booking.id"], name=op.f("fk_seat_tenant_id_booking_id")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "group_id"],
            ["group_appointment.tenant_id", "group_appointment.id"],
            name=op.f("fk_seat_tenant_id_group_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_seat_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_seat")),
        sa.UniqueConstraint("tenant_id", "group_id", "number", name=op.f("uq_seat_tenant_id_group_id_number")),
    )
    op.create_index(op.f("ix_seat_tenant_id_booking_id"), "seat", ["tenant_id", "booking_id"], unique=False)
    op.create_table(
        "waitlist_entry",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("resource_id", sa.Uuid(), nullable=True),
        sa.Column("customer_id", sa.Uuid(), nullable=True),
        sa.Column("booking_id", sa.Uuid(), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "unconfirmed",
                "waiting",
                "offered",
                "taken",
                "lapsed",
                "left",
                name="waitliststatus",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column(
            "way",
            sa.Enum("on_site", "telephone", "video", name="way", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("from_time", sa.Time(), nullable=False),
        sa.Column("until_time", sa.Time(), nullable=False),
        sa.Column("weekdays", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("passed_over", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer_by", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("until_time > from_time OR until_time = '00:00'", name=op.f("ck_waitlist_entry_times")),
        sa.CheckConstraint("last_day >= first_day", name=op.f("ck_waitlist_entry_days")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "booking_id"],
            ["booking.tenant_id", "booking.id"],
            name=op.f("fk_waitlist_entry_tenant_id_booking_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "customer_id"],
            ["customer.tenant_id", "customer.id"],
            name=op.f("fk_waitlist_entry_tenant_id_customer_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "resource_id"],
            ["resource.tenant_id", "resource.id"],
            name=op.f("fk_waitlist_entry_tenant_id_resource_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "service_id"],
            ["service.tenant_id", "service.id"],
            name=op.f("fk_waitlist_entry_tenant_id_service_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_waitlist_entry_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_waitlist_entry")),
    )
    op.create_index(
        op.f("ix_waitlist_entry_tenant_id_customer_id"), "waitlist_entry", ["tenant_id", "customer_id"], unique=False
    )
    op.create_index(
        op.f("ix_waitlist_entry_tenant_id_service_id_status_created_at"),
        "waitlist_entry",
        ["tenant_id", "service_id", "status", "created_at"],
        unique=False,
    )
    for table, column, default in COLUMNS:
        _add_column(table, column, default)
    for table, name, rule in CHECKS:
        op.create_check_constraint(op.f(f"ck_{table}_{name}"), table, rule)
    op.create_index(
        op.f("ix_booking_tenant_id_resource_id_starts_at"),
        "booking",
        ["tenant_id", "resource_id", "starts_at"],
        unique=False,
    )
    op.create_index(op.f("ix_booking_tenant_id_series_id"), "booking", ["tenant_id", "series_id"], unique=False)
    op.alter_column("claim", "booking_id", existing_type=sa.UUID(), nullable=True)
    op.create_index(op.f("ix_claim_tenant_id_group_id"), "claim", ["tenant_id", "group_id"], unique=False)
    op.create_foreign_key(
        op.f("fk_claim_tenant_id_group_id"),
        "claim",
        "group_appointment",
        ["tenant_id", "group_id"],
        ["tenant_id", "id"],
    )
    op.create_foreign_key(
        op.f("fk_message_tenant_id_waitlist_id"),
        "message",
        "waitlist_entry",
        ["tenant_id", "waitlist_id"],
        ["tenant_id", "id"],
    )


def downgrade() -> None:
    """Bookings that take part in a group lose it with their claims: a way back for empty installations."""
    op.execute("DELETE FROM claim WHERE booking_id IS NULL")
    for table, name, _ in CHECKS:
        op.drop_constraint(op.f(f"ck_{table}_{name}"), table, type_="check")
    op.drop_constraint(op.f("fk_message_tenant_id_waitlist_id"), "message", type_="foreignkey")
    op.drop_constraint(op.f("fk_claim_tenant_id_group_id"), "claim", type_="foreignkey")
    op.drop_index(op.f("ix_claim_tenant_id_group_id"), table_name="claim")
    op.alter_column("claim", "booking_id", existing_type=sa.UUID(), nullable=False)
    op.drop_index(op.f("ix_booking_tenant_id_series_id"), table_name="booking")
    op.drop_index(op.f("ix_booking_tenant_id_resource_id_starts_at"), table_name="booking")
    for table, column, _ in COLUMNS:
        op.drop_column(table, column.name)
    op.drop_index(op.f("ix_waitlist_entry_tenant_id_service_id_status_created_at"), table_name="waitlist_entry")
    op.drop_index(op.f("ix_waitlist_entry_tenant_id_customer_id"), table_name="waitlist_entry")
    op.drop_table("waitlist_entry")
    op.drop_index(op.f("ix_seat_tenant_id_booking_id"), table_name="seat")
    op.drop_table("seat")
    op.drop_index(op.f("ix_former_tenant_id_booking_id"), table_name="former")
    op.drop_table("former")
    op.drop_index(op.f("ix_busy_time_tenant_id_source_id"), table_name="busy_time")
    op.drop_index(op.f("ix_busy_time_tenant_id_resource_id_starts_at"), table_name="busy_time")
    op.drop_table("busy_time")
    op.drop_table("booking_part")
    op.drop_table("attendee")
    op.drop_index(op.f("ix_api_reply_tenant_id_created_at"), table_name="api_reply")
    op.drop_table("api_reply")
    op.drop_index(op.f("ix_group_appointment_tenant_id_starts_at"), table_name="group_appointment")
    op.drop_table("group_appointment")
    op.drop_index(op.f("ix_calendar_feed_tenant_id_resource_id"), table_name="calendar_feed")
    op.drop_table("calendar_feed")
    op.drop_table("busy_source")
    op.drop_index(op.f("ix_calendar_change_tenant_id_at"), table_name="calendar_change")
    op.drop_table("calendar_change")
