"""What may be done, and by whom. Every handler and route names one of these (design D3)."""

from enum import StrEnum

from smartcx_portal.models.staff import Role


class Permission(StrEnum):
    """The closed list of permissions."""

    PUBLIC = "public"
    """Anybody, also without a tenant's page open."""
    VISITOR = "visitor"
    """Anybody on the page of a tenant that exists; secrets in links are checked by the use case."""
    PERSON = "person"
    """A person who proved an address at this tenant (tier T2)."""
    PERSON_FRESH = "person_fresh"
    """The same, proved again just now (tier T3)."""
    STAFF = "staff"
    """Every member of the tenant."""
    BOOKINGS_READ = "bookings_read"
    BOOKINGS_CANCEL = "bookings_cancel"
    BOOKINGS_EDIT = "bookings_edit"
    """Booking for somebody."""
    BOOKINGS_EXPORT = "bookings_export"
    """Taking many people's data out as a file: for owners."""
    CALENDAR_EDIT = "calendar_edit"
    PRIVACY_CASES = "privacy_cases"
    SETTINGS_EDIT = "settings_edit"
    MEMBERS_EDIT = "members_edit"
    OPERATE = "operate"
    """The operator's admins: tenants and figures, never people."""


EVERYBODY = frozenset({Permission.PUBLIC, Permission.VISITOR})
OF_ROLE = {
    Role.STAFF: EVERYBODY
    | {
        Permission.STAFF,
        Permission.BOOKINGS_READ,
        Permission.BOOKINGS_CANCEL,
        Permission.BOOKINGS_EDIT,
        Permission.CALENDAR_EDIT,
    },
    Role.OWNER: EVERYBODY
    | {
        Permission.STAFF,
        Permission.BOOKINGS_READ,
        Permission.BOOKINGS_CANCEL,
        Permission.BOOKINGS_EDIT,
        Permission.BOOKINGS_EXPORT,
        Permission.CALENDAR_EDIT,
        Permission.PRIVACY_CASES,
        Permission.SETTINGS_EDIT,
        Permission.MEMBERS_EDIT,
    },
}
OF_STAFF = OF_ROLE[Role.OWNER] - EVERYBODY
"""Permissions that belong to a tenant's insiders; a suspended tenant has none of them."""
