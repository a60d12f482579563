"""Refusals as problem details (RFC 9457): what kind, which status, and a sentence in the caller's language."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from starlette.responses import JSONResponse

from smartcx_portal.bookings import refusals as r
from smartcx_portal.gate.refusing import PROBLEM
from smartcx_portal.kit.errors import InvalidForm, NotFound, ProductError, TooMany
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.messaging.links import LinkInvalid
from smartcx_portal.settings import settings
from smartcx_portal.tenancy.suspension import BookingPaused

DOCS = "/api/v1/docs"
PAUSE = 60
"""Seconds to wait after a refusal that names no better time."""
GENERIC = "about:blank"
WRONG = N_("Something in the request is missing or does not fit; each mistake is named.")


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of problem: its name in the documentation, the HTTP status, and what it means, for developers."""

    name: str
    status: int
    title: str


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing that is wrong in a request: a JSON pointer into the body, or the name of a parameter."""

    says: str
    pointer: str = ""
    parameter: str = ""


Place = Callable[[str, str], Mistake]
"""Where a form's field stands in a request; takes its name and what is wrong with it."""
KINDS: dict[type[ProductError], Kind] = {
    r.SlotTaken: Kind("taken", 409, "Somebody else has just taken this time"),
    r.NotOffered: Kind("not-offered", 409, "No such time is offered"),
    r.NoLongerOffered: Kind("not-bookable", 409, "The service cannot be booked online"),
    r.HoldLapsed: Kind("hold-lapsed", 409, "The held time was given back"),
    r.NothingHeld: Kind("nothing-held", 409, "No time is held under this token"),
    r.NoMoreTime: Kind("no-more-time", 409, "The hold cannot be extended again"),
    r.TooLateOnline: Kind("too-late", 409, "The deadline for changes is over"),
    r.AlreadyCancelled: Kind("cancelled", 409, "The appointment has been cancelled"),
    r.AppointmentOver: Kind("over", 409, "The appointment is over"),
    r.LinkExpired: Kind("not-confirmed-in-time", 409, "The booking was not confirmed in time"),
    r.CodeMissing: Kind("code-missing", 409, "The code from the SMS is missing"),
    r.TooManyHolds: Kind("too-many-holds", 429, "Too many held times from this network"),
    r.TooManyHoldsOfDay: Kind("too-many-holds-of-day", 429, "Too many held times of one day from this network"),
    r.TooManyPending: Kind("too-many-pending", 429, "Too many unconfirmed bookings for this address"),
    r.TooManyUnmessaged: Kind("too-many-unmessaged", 429, "Too many bookings without a message from this network"),
    r.SendAgainLater: Kind("too-many", 429, "Too many requests"),
    r.SentTooOften: Kind("too-many", 429, "Too many requests"),
    BookingPaused: Kind("paused", 409, "The tenant takes no bookings at the moment"),
    LinkInvalid: Kind("secret-invalid", 404, "This secret opens nothing"),
    InvalidForm: Kind("invalid", 422, "Something in the request is missing or does not fit"),
    TooMany: Kind("too-many", 429, "Too many requests"),
    NotFound: Kind("not-found", 404, "There is no such thing"),
    ProductError: Kind("refused", 409, "The request was refused"),
}
"""The nearest class on the way up decides; what has no entry of its own is a plain refusal."""
CODE_REFUSED = Kind("code-refused", 409, "The code does not open")
KEY_REUSED = Kind("key-reused", 409, "The Idempotency-Key belongs to another request")
OF_FORM = {
    "name": "person/name",
    "attendee": "for_other/name",
    "for_whom": "for_other",
    "email": "person/email",
    "phone": "person/phone",
    "confirming": "confirm_by",
    "consent-": "consents/",
    "answer-": "answers/",
}
"""Names of the booking page's form, or their beginnings, and where the API has them."""
OF_WISH = frozenset({"services", "starts_at", "way", "places", "resource", "repeats", "every_weeks"})


def kind_of(error: ProductError) -> Kind:
    """What kind of problem a refusal is."""
    return next(KINDS[one] for one in type(error).__mro__ if one in KINDS)


def problem_of(error: ProductError, lang: str, place: Place | None = None) -> JSONResponse:
    """The answer that a refusal becomes; `place` says where a form's field stands in this request."""
    kind = kind_of(error)
    more: dict[str, Any] = {}
    if isinstance(error, r.SlotTaken):
        more["nearest"] = [one.starts_at for one in error.nearest]
    headers = {"Retry-After": str(PAUSE)} if kind.status == HTTPStatus.TOO_MANY_REQUESTS else {}
    wrong = error.problems if isinstance(error, InvalidForm) else {error.field: error.sentence}
    mistakes = [(place or in_body)(name, says) for name, says in wrong.items() if name]
    return problem(kind, error.text(lang), lang, mistakes, headers, **more)


def problem(
    kind: Kind,
    detail: str,
    lang: str,
    mistakes: Sequence[Mistake] = (),
    headers: Mapping[str, str] | None = None,
    **more: Any,
) -> JSONResponse:
    """Problem details; `detail` is in `lang` already, the mistakes' sentences are msgids."""
    body: dict[str, Any] = {
        "type": address_of(kind),
        "title": kind.title,
        "status": kind.status,
        "detail": detail,
        **more,
    }
    if mistakes:
        body["errors"] = [_mistake(one, lang) for one in mistakes]
    headers = {"Content-Language": lang, **(headers or {})}
    return JSONResponse(body, kind.status, headers, media_type=PROBLEM)


def plain_problem(status: int, lang: str, detail: str, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """A problem that its HTTP status says all about; `detail` is a msgid."""
    title = HTTPStatus(status).phrase
    body = {"type": GENERIC, "title": title, "status": status, "detail": translate(lang, detail)}
    return JSONResponse(body, status, {"Content-Language": lang, **(headers or {})}, media_type=PROBLEM)


def in_body(name: str, says: str) -> Mistake:
    """A mistake at the body's own field for the form's field `name`."""
    for beginning, place in OF_FORM.items():
        if name.startswith(beginning):
            return Mistake(says, f"#/{place}{name[len(beginning) :]}")
    return Mistake(says, f"#/{_wished(name)}")


def in_book(name: str, says: str) -> Mistake:
    """The same where the wish for a time stands below `book`."""
    return Mistake(says, f"#/book/{_wished(name)}") if _wished(name) in OF_WISH else in_body(name, says)


def in_query(name: str, says: str) -> Mistake:
    """A mistake at a parameter."""
    return Mistake(says, parameter=_wished(name))


def _wished(name: str) -> str:
    return "services" if name.startswith("quantity-") else name


def address_of(kind: Kind) -> str:
    """The problem's type: an address at which it is explained."""
    return f"{settings().base_url}{DOCS}#{kind.name}"


def all_kinds() -> list[Kind]:
    """Every kind of problem once, by its name."""
    named = {kind.name: kind for kind in [*KINDS.values(), CODE_REFUSED, KEY_REUSED]}
    return [named[name] for name in sorted(named)]


def _mistake(one: Mistake, lang: str) -> dict[str, str]:
    where = {"pointer": one.pointer} if one.pointer else {"parameter": one.parameter}
    return {**where, "detail": translate(lang, one.says)}
