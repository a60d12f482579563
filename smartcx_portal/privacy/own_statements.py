"""What the signed-in person can correct here and now, in words: appointment by appointment, question by question."""

from dataclasses import dataclass

from smartcx_portal.bookings.queries import YES_NO
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.kit.localtime import moment_text
from smartcx_portal.models.booking import Booking
from smartcx_portal.models.calendar import FieldKind, FormField
from smartcx_portal.models.customer import Customer
from smartcx_portal.models.privacy import Enquiry
from smartcx_portal.models.tenant import Tenant
from smartcx_portal.privacy.access import own_id
from smartcx_portal.privacy.correctable import Stated, coming_own, stated_for, stated_in, waiting_own
from smartcx_portal.privacy.own_enquiries import ABOUT
from smartcx_portal.privacy.summaries import Summaries
from smartcx_portal.privacy.words import field_label
from smartcx_portal.tenancy import Permission, Work

OF_BOOKING, OF_ENQUIRY = "booking", "enquiry"
KINDS = {FieldKind.CHOICE: "choice", FieldKind.YES_NO: "choice", FieldKind.NUMBER: "number", FieldKind.DATE: "date"}
ATTENDEE = N_("Name of the person who comes")
ASKED = N_("{about}, asked on {moment}")
NOT_YET = N_("not answered")


@dataclass(frozen=True, slots=True)
class Option:
    """One answer that can be chosen."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Statement:
    """One value and the field that corrects it: `name` is the form's, `kind` is `line`, `text`, `long`, `number`,
    `date` or `choice`. `value` is what the field begins with, `shown` the same in words, `why` what it is needed for.
    """

    name: str
    label: str
    why: str
    kind: str
    options: list[Option]
    optional: bool
    value: str
    shown: str


@dataclass(frozen=True, slots=True)
class Matter:
    """What is corrected in one go: an appointment that lies ahead, or a question that waits. `key` names it."""

    key: str
    title: str
    statements: list[Statement]


@dataclass(frozen=True, slots=True)
class OwnContact:
    """Name, addresses and language as they are stored; empty where there is none."""

    name: str
    email: str
    phone: str
    language: str


def own_contact(work: Work) -> OwnContact:
    """The signed-in person's own row."""
    work.need(Permission.PERSON)
    customer = work.get(Customer, own_id(work))
    return OwnContact(customer.name, customer.email or "", customer.phone or "", customer.language)


def own_matters(work: Work) -> list[Matter]:
    """Everything that the signed-in person can correct at once beside name and addresses."""
    work.need(Permission.PERSON)
    summaries = Summaries(work, work.get(Tenant, work.tenant), work.lang)
    found = [
        Matter(f"{OF_BOOKING}:{one.id}", summaries.title("booking", one), _statements(work, stated_for(work, one)))
        for one in coming_own(work)
    ]
    found += [
        Matter(f"{OF_ENQUIRY}:{one.id}", _asked(work, one), _statements(work, stated_in(one)))
        for one in waiting_own(work)
    ]
    return [matter for matter in found if matter.statements]


def _statements(work: Work, stated: list[Stated]) -> list[Statement]:
    return [_statement(work, one) for one in stated]


def _statement(work: Work, one: Stated) -> Statement:
    field = one.field
    return Statement(
        name=one.name,
        label=field.label if field else translate(work.lang, _label(one)),
        why=field.why if field else "",
        kind=_kind(one),
        options=_options(field, work.lang) if field else [],
        optional=field is not None and not (field.required and field.active and one.row is not None),
        value=one.value,
        shown=_shown(field, one.value, work.lang) if one.row is not None else translate(work.lang, NOT_YET),
    )


def _label(one: Stated) -> str:
    attends = one.entry.subject.via[:1] == ("booking_id",)
    return ATTENDEE if attends else field_label(one.entry.table, one.column.name, one.column.data.category)


def _kind(one: Stated) -> str:
    if one.field:
        return KINDS.get(one.field.kind, "text")
    return "long" if one.column.name == "text" else "line"


def _options(field: FormField, lang: str) -> list[Option]:
    if field.kind is FieldKind.YES_NO:
        return [Option(value, translate(lang, words)) for value, words in YES_NO.items()]
    return [Option(one, one) for one in field.options]


def _shown(field: FormField | None, value: str, lang: str) -> str:
    yes_no = field is not None and field.kind is FieldKind.YES_NO and value in YES_NO
    return translate(lang, YES_NO[value]) if yes_no else value


def _asked(work: Work, row: Enquiry) -> str:
    about = translate(work.lang, ABOUT["operator" if row.recipient == "operator" else row.topic])
    moment = moment_text(row.created_at, work.get(Tenant, work.tenant).zone, work.lang)
    return translate(work.lang, ASKED).format(about=about, moment=moment)


def title_of(work: Work, booking: Booking) -> str:
    """What an appointment is about, and when."""
    return Summaries(work, work.get(Tenant, work.tenant), work.lang).title("booking", booking)
