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
    STATISTICS = "statistics"


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
    DOCUMENT = "user.government_id"
    BIRTH = "user.demographic.date_of_birth"


DPV = {
    Category.NAME: "https://w3id.org/dpv/pd#Name",
    Category.EMAIL: "https://w3id.org/dpv/pd#EmailAddress",
    Category.PHONE: "https://w3id.org/dpv/pd#TelephoneNumber",
    Category.CONTACT: "https://w3id.org/dpv/pd#Contact",
    Category.CONTENT: "https://w3id.org/dpv/pd#Communication",
    Category.HEALTH: "https://w3id.org/dpv/pd#MedicalHealth",
    Category.PSEUDONYM: "https://w3id.org/dpv#PseudonymisedData",
    Category.CODE: "https://w3id.org/dpv/pd#UID",
    Category.LANGUAGE: "https://w3id.org/dpv/pd#Language",
    Category.PASSWORD: "https://w3id.org/dpv/pd#Password",
    Category.HISTORY: "https://w3id.org/dpv/pd#Behavioral",
    Category.CONSENT: "https://w3id.org/dpv/pd#PrivacyPreference",
    Category.DOCUMENT: "https://w3id.org/dpv/pd#OfficialID",
    Category.BIRTH: "https://w3id.org/dpv/pd#BirthDate",
}
"""The class of each category in the Data Privacy Vocabulary (W3C), by which other systems understand an export."""


class Source(StrEnum):
    """Where a value comes from (Art. 15(1)(g))."""

    PERSON = "person"
    VISIT = "visit"
    STAFF = "staff"
    SYSTEM = "system"
    HANDED_OVER = "handed_over"
    """Another controller sent it at the person's wish (Art. 20(2))."""


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
    hash of an address, through which rows are found that never had a customer. `staff` names a column with the id
    of an identity: the rows are about that member of the staff, too.
    """

    who: Who
    via: tuple[str, ...] = ()
    or_address: str = ""
    staff: str = ""
