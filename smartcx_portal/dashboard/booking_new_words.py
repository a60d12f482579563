"""What the page for a new appointment says about what was chosen, what it asks, and which consents it reads out."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from smartcx_portal.bookings.basket import Basket
from smartcx_portal.bookings.catalogue import field_view
from smartcx_portal.bookings.staff_booking import staff_form
from smartcx_portal.kit.errors import InvalidForm
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.models.calendar import FieldKind, Service
from smartcx_portal.models.privacy import ConsentPurpose
from smartcx_portal.standing.consents import text_of
from smartcx_portal.standing.offers import sms_offered
from smartcx_portal.tenancy import Work
from smartcx_portal.ui.choices import Choice

MOST = 100
NO_SERVICE = N_("Choose a service.")
NOT_A_COUNT = N_("Enter a number, such as 2.")
CLOSED_THEN = N_("This time is not offered: it is closed then, or appointments begin at other times.")
MINUTES = N_("{number} min")
YES_NO = (("yes", N_("Yes")), ("no", N_("No")))


@dataclass(frozen=True)
class Asked:
    """A question of a service as the form shows it."""

    name: str
    label: str
    why: str
    kind: str
    choices: list[Choice] = field(default_factory=list)
    optional: bool = True


@dataclass(frozen=True)
class Consents:
    """The texts that the staff read out, and whether SMS are offered."""

    mail: str = ""
    sms: str = ""
    transfer: str = ""
    health: str = ""
    sms_offered: bool = False


def service_choices(work: Work) -> list[Choice]:
    """All services that are offered, also those that only the staff can book."""
    query = work.select(Service).where(Service.active.is_(True)).order_by(Service.position, Service.name)
    minutes = translate(work.lang, MINUTES)
    return [Choice(str(one.id), f"{one.name} · {minutes.format(number=one.duration_min)}") for one in work.all(query)]


def basket_text(entered: Mapping[str, str], lines: int) -> str:
    """The basket that the form's lines make; an empty text for none. Raises `InvalidForm` for a quantity."""
    parts, problems = [], {}
    for number in ("", *map(str, range(2, lines + 1))):
        service, quantity = entered[f"service{number}"], entered[f"quantity{number}"].strip() or "1"
        if service and not (quantity.isascii() and quantity.isdigit() and 0 < int(quantity) < MOST):
            problems[f"quantity{number}"] = NOT_A_COUNT
        if service:
            parts.append(service if quantity == "1" else f"{service}*{quantity}")
    if problems:
        raise InvalidForm(problems)
    return ",".join(parts)


def what_text(basket: Basket, lang: str) -> str:
    """`2 × Reisepass, Führungszeugnis · 50 Min.`."""
    names = (f"{one.quantity} × {one.service.name}" if one.quantity > 1 else one.service.name for one in basket.items)
    minutes = translate(lang, MINUTES).format(number=basket.duration_min)
    return f"{', '.join(names)} · {minutes}"


def asked_of(work: Work, basket: Basket) -> tuple[list[Asked], list[Asked]]:
    """The ordinary questions of the basket, and those of a special category."""
    found = [field_view(one) for one in staff_form(work, basket).asked]
    shown = [
        Asked(
            name=one.name,
            label=one.label,
            why=one.why,
            kind="choice" if one.kind in (FieldKind.CHOICE.value, FieldKind.YES_NO.value) else one.kind,
            choices=_choices(one.kind, one.options, work.lang),
            optional=not one.required,
        )
        for one in found
    ]
    pairs = list(zip(found, shown, strict=True))
    return [one for view, one in pairs if not view.special], [one for view, one in pairs if view.special]


def consents_of(work: Work) -> Consents:
    """The consents' texts in the reader's language."""
    return Consents(
        mail=text_of(work, ConsentPurpose.MAIL, work.lang),
        sms=text_of(work, ConsentPurpose.SMS, work.lang),
        transfer=text_of(work, ConsentPurpose.SMS_TRANSFER, work.lang),
        health=text_of(work, ConsentPurpose.HEALTH, work.lang),
        sms_offered=sms_offered(work),
    )


def closed_text(lang: str) -> str:
    """Why a time cannot be had that no rule offers."""
    return translate(lang, CLOSED_THEN)


def _choices(kind: str, options: tuple[str, ...], lang: str) -> list[Choice]:
    if kind == FieldKind.YES_NO.value:
        return [Choice(value, translate(lang, label)) for value, label in YES_NO]
    return [Choice(one, one) for one in options]
