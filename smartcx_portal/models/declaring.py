"""Every column says whether it holds personal data, and if so: which, what for, from whom, and what erasure does to it.

Nothing here has a default: who adds a column decides. `privacy/data_map.py` reads these declarations; notice, report,
export and erasure follow from them (design D8, promise P01).
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlmodel import Field


class Purpose(StrEnum):
    """Why personal data is held: the closed list. One ProcessingActivity per purpose and tenant."""

    APPOINTMENT = "appointment"
    MAIL = "mail"
    SMS = "sms"
    HEALTH = "health"
    ENQUIRY = "enquiry"
    RIGHTS = "rights"
    OPERATION = "operation"
    STAFF = "staff"


class Category(StrEnum):
    """What kind of personal data it is (fideslang data categories)."""

    NAME = "user.name"
    EMAIL = "user.contact.email"
    PHONE = "user.contact.phone_number"
    CONTACT = "user.contact"
    CONTENT = "user.content"
    HEALTH = "user.health_and_medical"
    PSEUDONYM = "user.unique_id.pseudonymous"
    CODE = "user.unique_id"
    LANGUAGE = "user.language"
    PASSWORD = "user.authorization.credentials"
    HISTORY = "user.behavior"
    CONSENT = "user.privacy_preferences"


class Source(StrEnum):
    """Where a value comes from (Art. 15(1)(g))."""

    PERSON = "person"
    VISIT = "visit"
    STAFF = "staff"
    SYSTEM = "system"


class OnErasure(StrEnum):
    """What erasing the person does.

    DELETE: the whole row goes. NULL: the value goes, the row stays for counting. PROOF: a keyed hash that no one can
    read stays, to show that something was done lawfully. HOLD: a legal duty keeps the value (the activity says which).
    """

    DELETE = "delete"
    NULL = "null"
    PROOF = "proof"
    HOLD = "hold"


@dataclass(frozen=True, slots=True)
class Personal:
    """The declaration that a personal column carries in `Column.info["data"]`."""

    category: Category
    purposes: tuple[Purpose, ...]
    source: Source
    on_erasure: OnErasure


@dataclass(frozen=True, slots=True)
class Impersonal:
    """The declaration of a column that tells nothing about a person."""


def personal(
    category: Category,
    *,
    purposes: list[Purpose],
    source: Source,
    on_erasure: OnErasure,
    **field: Any,
) -> Any:
    """A column with personal data; further arguments go to SQLModel's `Field`."""
    return _declared(Personal(category, tuple(purposes), source, on_erasure), field)


def pointer(*purposes: Purpose, on_erasure: OnErasure, **field: Any) -> Any:
    """A column that may lead to a person without naming them: an id, or a keyed hash, that the portal itself makes."""
    return personal(
        Category.PSEUDONYM,
        purposes=list(purposes),
        source=Source.SYSTEM,
        on_erasure=on_erasure,
        **{"default": None, **field},
    )


def impersonal(**field: Any) -> Any:
    """A column without personal data; further arguments go to SQLModel's `Field`."""
    return _declared(Impersonal(), field)


def _declared(data: Personal | Impersonal, field: dict[str, Any]) -> Any:
    column = dict(field.pop("sa_column_kwargs", None) or {})
    column["info"] = {**column.get("info", {}), "data": data}
    return Field(sa_column_kwargs=column, **field)


class Who(StrEnum):
    """Whose data a table holds."""

    CUSTOMER = "customer"
    TAB = "tab"
    STAFF = "staff"
    OFFICIAL = "official"


@dataclass(frozen=True, slots=True)
class Subject:
    """How the rows of a table lead to their person: follow `via` from column to column along the foreign keys.

    For a customer's table the last column holds the customer's id; `or_address` names a column with the keyed
    hash of an address, through which rows are found that never had a customer.
    """

    who: Who
    via: tuple[str, ...] = ()
    or_address: str = ""
