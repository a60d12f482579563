"""The questions that a service asks: list, enter, change, sort, retire."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from smartcx_portal.bookings.changing import changing, take_away
from smartcx_portal.bookings.copying import columns
from smartcx_portal.bookings.sheet import LONGEST_LINE, Sheet
from smartcx_portal.bookings.sorting import shift
from smartcx_portal.kit.errors import InvalidForm, NotFound
from smartcx_portal.kit.ids import as_id
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.models.booking import Answer
from smartcx_portal.models.calendar import AnswerKind, FieldKind, FormField, Service
from smartcx_portal.tenancy import Permission, Work

MOST_FIELDS = 30
MOST_OPTIONS = 50
KINDS = {
    FieldKind.TEXT: N_("Free text"),
    FieldKind.CHOICE: N_("Choice from a list"),
    FieldKind.NUMBER: N_("A number"),
    FieldKind.DATE: N_("A date"),
    FieldKind.YES_NO: N_("Yes or no"),
}
ANSWERS = {
    AnswerKind.TEXT: N_("Something else"),
    AnswerKind.NAME: N_("A name"),
    AnswerKind.CONTACT: N_("An address or a number"),
    AnswerKind.BIRTH: N_("A date of birth"),
    AnswerKind.DOCUMENT: N_("The number of an identity document"),
    AnswerKind.HEALTH: N_("Something about health"),
}
"""What kind of personal data an answer is; report, export and data map call it so."""
HEALTH_UNPROTECTED = N_("Answers about health are always specially protected: tick the box for it, too.")
LABEL_MISSING = N_("Enter the question, as people read it.")
WHY_MISSING = N_("Say what you need it for: people read this beside the question.")
KIND_MISSING = N_("Choose how it is answered.")
OPTIONS_MISSING = N_("Enter at least two answers to choose from, one in each line.")
OPTIONS_TWICE = N_("Each answer may stand in the list only once.")
TOO_MANY_OPTIONS = N_("Enter at most 50 answers of up to 200 characters.")
TOO_MANY_FIELDS = N_("A service asks at most 30 questions. Remove one first.")
MEANING = ("label", "kind", "category", "options", "special")
"""What an answer means hangs on these."""


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One question that is asked. `answered` counts the answers to it that are still kept."""

    id: str
    label: str
    why: str
    kind: str
    kind_text: str
    category: str
    options: tuple[str, ...]
    required: bool
    special: bool
    answered: int
    first: bool
    last: bool


def list_fields(work: Work, service_id: str | UUID) -> list[FieldRow]:
    """The questions that a service asks, in order; those retired are left out."""
    work.need(Permission.CALENDAR_EDIT)
    fields = _asked(work, work.get(Service, as_id(str(service_id))).id)
    answers = work.all(work.select(Answer.field_id).where(Answer.field_id.in_([one.id for one in fields])))
    return [
        FieldRow(
            id=str(one.id),
            label=one.label,
            why=one.why,
            kind=one.kind.value,
            kind_text=translate(work.lang, KINDS[one.kind]),
            category=one.category.value,
            options=tuple(one.options),
            required=one.required,
            special=one.special,
            answered=answers.count(one.id),
            first=number == 0,
            last=number == len(fields) - 1,
        )
        for number, one in enumerate(fields)
    ]


def save_field(work: Work, service_id: str | UUID, field_id: str, entered: Mapping[str, Any]) -> str:
    """Change a question of a service, or add one at the end if `field_id` is empty; its id.

    A question that was answered keeps its wording for those answers: when its meaning changes it is retired, and a
    new one takes its place. Raises `NotFound`, and `InvalidForm` for `label`, `why`, `kind`, `options`, `_fields`.
    """
    with changing(work, "field.changed" if field_id else "field.added") as change:
        service = work.get(Service, as_id(str(service_id)))
        values = _read(Sheet(entered))
        if field_id:
            field = _changed(work, _of_service(work, service, field_id), values)
        else:
            field = _added(work, service, values)
        change.about = field
    return str(field.id)


def move_field(work: Work, service_id: str | UUID, field_id: str | UUID, *, up: bool) -> bool:
    """One step up or down in the form; False at the end of the list."""
    with changing(work, "field.sorted") as change:
        service = work.get(Service, as_id(str(service_id)))
        change.about = field = _of_service(work, service, field_id)
        return shift(work, _asked(work, service.id), field.id, up=up)


def remove_field(work: Work, service_id: str | UUID, field_id: str | UUID) -> bool:
    """Ask a question no more. False: there are answers to it, so it is retired and they keep their question."""
    with changing(work, "field.removed") as change:
        change.about = field = _of_service(work, work.get(Service, as_id(str(service_id))), field_id)
        return take_away(work, field)


def _read(sheet: Sheet) -> dict[str, Any]:
    values: dict[str, Any] = {
        "label": sheet.line("label", LABEL_MISSING),
        "why": sheet.text("why", WHY_MISSING),
        "kind": sheet.one_of("kind", [one.value for one in FieldKind], KIND_MISSING),
        "options": [],
        "required": sheet.box("required"),
        "special": sheet.box("special"),
    }
    category = sheet.one_of("category", [one.value for one in AnswerKind]) if sheet.raw("category") else "text"
    if category == AnswerKind.HEALTH and not values["special"]:
        sheet.wrong("category", HEALTH_UNPROTECTED)
    if values["kind"] == FieldKind.CHOICE:
        values["options"] = _options(sheet)
    sheet.check()
    return values | {"kind": FieldKind(values["kind"]), "category": AnswerKind(category)}


def _options(sheet: Sheet) -> list[str]:
    lines = [" ".join(line.split()) for line in sheet.text("options", OPTIONS_MISSING).splitlines()]
    options = [line for line in lines if line]
    if len(options) < 2:
        sheet.wrong("options", OPTIONS_MISSING)
    if len({one.casefold() for one in options}) < len(options):
        sheet.wrong("options", OPTIONS_TWICE)
    if len(options) > MOST_OPTIONS or max(map(len, options), default=0) > LONGEST_LINE:
        sheet.wrong("options", TOO_MANY_OPTIONS)
    return options


def _added(work: Work, service: Service, values: dict[str, Any]) -> FormField:
    asked = _asked(work, service.id)
    if len(asked) >= MOST_FIELDS:
        raise InvalidForm({"_fields": TOO_MANY_FIELDS})
    position = max((one.position for one in asked), default=-1) + 1
    return work.new(FormField, service_id=service.id, position=position, **values)


def _changed(work: Work, field: FormField, values: dict[str, Any]) -> FormField:
    other = any(getattr(field, name) != values[name] for name in MEANING)
    if other and work.first(work.select(Answer.id).where(Answer.field_id == field.id)) is not None:
        field.active = False
        return work.new(FormField, **columns(field) | values | {"active": True})
    for name, value in values.items():
        setattr(field, name, value)
    work.flush()
    return field


def _of_service(work: Work, service: Service, field_id: str | UUID) -> FormField:
    """A question of this service that is still asked."""
    field = work.get(FormField, as_id(str(field_id)))
    if field.service_id != service.id or not field.active:
        raise NotFound
    return field


def _asked(work: Work, service_id: UUID) -> list[FormField]:
    query = work.select(FormField).where(FormField.service_id == service_id, FormField.active.is_(True))
    return list(work.all(query.order_by(FormField.position, FormField.id)))
