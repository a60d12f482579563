"""Who got to know something of a person, when, what and why (Art. 15(1)(c)): looks, lists, packages and messages."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from smartcx_portal.bookings.feeds import gives_names
from smartcx_portal.bookings.looking import Why
from smartcx_portal.kit.clock import local_day
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.kit.localtime import day_text, moment_text
from smartcx_portal.models.declaring import Purpose
from smartcx_portal.models.messaging import Channel, Message, MessageStatus
from smartcx_portal.models.privacy import (
    AccessRecord,
    Enquiry,
    ExportPackage,
    PrivacyCase,
    PullLink,
    RecipientNotice,
    Told,
    Transfer,
)
from smartcx_portal.models.tenant import SubProcessor, Tenant
from smartcx_portal.privacy.activities import activities
from smartcx_portal.privacy.data_map import Person, entry_for, ids_of, person
from smartcx_portal.privacy.handed_titles import HANDING_OVER, TOLD, HandedTitles
from smartcx_portal.privacy.operator import operator
from smartcx_portal.privacy.summaries import CHANNELS, KINDS, ROLES, SENDING
from smartcx_portal.privacy.words import RIGHTS, TABLES
from smartcx_portal.standing.addresses import address_key
from smartcx_portal.standing.kinds import Kind
from smartcx_portal.tenancy import Work

MOST = 50
"""Lines that one answer holds."""
LOOKED_AT = {
    "booking": N_("Your appointment with your details"),
    "export": N_("A list of appointments with your details, as a file"),
    "enquiry": N_("Your question"),
    "privacy_case": N_("Your request"),
    "consent_event": N_("Your consents"),
}
ANSWERS = N_("To answer your question")
REASONS = {
    Why.APPOINTMENT: N_("To plan and carry out the appointment"),
    Why.LIST: N_("To work with the list elsewhere"),
    Why.ENQUIRY: ANSWERS,
    Why.CASE: N_("To decide about your request"),
    Why.CONSENTS: N_("To check a consent"),
    Why.BREACH: N_("To find out whom a data breach concerns"),
}
NOT_NOTED = N_("The reason was not recorded at that time")
"""For looks from before it was asked; none is guessed."""
SENT_FOR = {Channel.EMAIL: Purpose.MAIL, Channel.SMS: Purpose.SMS}
YOURSELF = N_("You")
PACKAGE = N_("Package with your data")
ASKED_FOR = N_("You asked for it")
TELLS_YOU = N_("To tell you this")
SENDS = N_("{name}, to send it to you")
NOBODY = N_("Nobody")
READY_UNTIL = N_("ready until {day}")
BY_WAY_OF = N_("{operator}, by way of {name}")
FETCHED_AT = N_("fetched on {moment}")
WAITS_UNTIL = N_("can be fetched until {moment}")
NEVER_FETCHED = N_("never fetched, over since {moment}")
WHO_HAS_THE_LINK = N_("Whoever you gave the link to")
CHANGE = N_("That something about you was changed: {right}")
CHANGES_TOO = N_("So that it is changed there too")
NO_OPERATOR = N_(
    "The operator of these pages cannot open your details: its staff see tenants and figures, never people."
)
FEEDS = N_(
    "Staff of {name} subscribe to their appointments in calendars of their own, where your name stands with the time."
)


@dataclass(frozen=True, slots=True)
class Disclosure:
    """One line. `kind` is the table it comes from, `at` ISO 8601 in UTC; what is not `given` reached nobody."""

    kind: str
    at: str
    given: bool
    moment: str
    who: str
    what: str
    why: str
    outcome: str


Maker = Callable[[Any], Disclosure]
Source = tuple[Any, Any, Maker]


@dataclass(frozen=True, slots=True)
class Disclosures:
    """A part of the list, the latest first, and whether there is more behind it."""

    lines: list[Disclosure]
    more: bool


def disclosures(work: Work, customer_id: UUID, lang: str, *, start: int = 0) -> Disclosures:
    """Who got to know something, from the `start`-th line on. The caller has made sure of the right."""
    telling, wanted = _Telling(work, lang), start + MOST + 1
    found = [
        (getattr(row, order.key), row.id, maker, row)
        for query, order, maker in telling.sources(person(work, customer_id))
        for row in work.all(query.limit(wanted))
    ]
    return Disclosures(_latest_first(found)[start : start + MOST], len(found) > start + MOST)


def all_disclosures(work: Work, rows: Mapping[type, Sequence[Any]], lang: str) -> list[Disclosure]:
    """Every line about a person, the latest first, from their `rows` of each table, which were read already."""
    telling = _Telling(work, lang)
    passed_on = _passed_on(work, [row.id for row in rows.get(Enquiry, ())])
    more = work.all(work.select(Message).where(passed_on)) if passed_on is not None else []
    found = [
        (getattr(row, order.key), row.id, maker, row)
        for model, order, maker in telling.kinds()
        for row in (*rows.get(model, ()), *(more if model is Message else ()))
    ]
    return _latest_first(found)


def _latest_first(found: list[tuple[datetime, UUID, Maker, Any]]) -> list[Disclosure]:
    ordered = sorted(found, key=lambda each: each[:2], reverse=True)
    return [maker(row) for _, _, maker, row in ordered]


def standing_recipients(work: Work, lang: str) -> list[str]:
    """Who may know something without a line of its own, in sentences; that the operator does not is said too."""
    tenant = work.get(Tenant, work.tenant)
    feeds = [translate(lang, FEEDS).format(name=tenant.name)] if gives_names(work) else []
    return [*feeds, translate(lang, NO_OPERATOR)]


class _Telling:
    """Rows in words for one reader."""

    def __init__(self, work: Work, lang: str) -> None:
        self.work, self.lang = work, lang
        self.tenant = work.get(Tenant, work.tenant)
        self.handed = HandedTitles(work, lang, self._when)
        self.carriers = {channel: _carriers(work, purpose) for channel, purpose in SENT_FOR.items()}

    def sources(self, who: Person) -> Iterator[Source]:
        """Where lines come from: a select of the person's rows, the column to order by, and what makes the line."""
        for model, order, maker in self.kinds():
            mine = _messages(self.work, who) if model is Message else [model.customer_id == who.id]
            for condition in mine:
                query = self.work.select(model).where(condition)
                yield query.order_by(order.desc(), model.id.desc()), order, maker

    def kinds(self) -> list[Source]:
        """The tables that tell of something handed on: each with its moment and what makes the line."""
        return [
            (Message, Message.created_at, self._message),
            (AccessRecord, AccessRecord.at, self._look),
            (ExportPackage, ExportPackage.created_at, self._package),
            (Transfer, Transfer.created_at, self._handed_over),
            (PullLink, PullLink.created_at, self._link),
            (RecipientNotice, RecipientNotice.at, self._told),
        ]

    def _look(self, row: AccessRecord) -> Disclosure:
        return self._line(
            "access_record",
            row.at,
            who=self._t(ROLES.get(row.role, ROLES["staff"])),
            what=self._t(LOOKED_AT.get(row.what) or TABLES.get(row.what, row.what)),
            why=self._t(REASONS[Why(row.why)] if row.why else NOT_NOTED),
        )

    def _message(self, row: Message) -> Disclosure:
        given = row.status in (MessageStatus.SENT, MessageStatus.SENDING) or row.tried_at is not None
        names = self.carriers[row.channel]
        passed_on = row.kind == Kind.ENQUIRY_PASSED_ON
        who = self._t(BY_WAY_OF if passed_on else SENDS).format(name=names, operator=operator().name)
        words = f"{self._t(CHANNELS[row.channel])}: {self._t(KINDS.get(row.kind, row.kind))}"
        why, outcome = self._t(ANSWERS if passed_on else TELLS_YOU), self._t(SENDING[row.status])
        at = row.sent_at or row.created_at
        return self._line("message", at, who if given else self._t(NOBODY), words, why, outcome, given=given)

    def _package(self, row: ExportPackage) -> Disclosure:
        until = day_text(local_day(row.lapses_at, self.tenant.zone), self.lang)
        outcome = self._t(READY_UNTIL).format(day=until)
        who, what, why = self._t(YOURSELF), self._t(PACKAGE), self._t(ASKED_FOR)
        return self._line("export_package", row.created_at, who, what, why, outcome)

    def _handed_over(self, row: Transfer) -> Disclosure:
        name = self.work.get(Tenant, row.to_tenant).name
        what, why, state = self._t(PACKAGE), self._t(ASKED_FOR), self._t(HANDING_OVER[row.state])
        return self._line("transfer", row.created_at, name, what, why, state)

    def _link(self, row: PullLink) -> Disclosure:
        end = FETCHED_AT if row.used_at else NEVER_FETCHED if row.lapses_at <= self.work.now else WAITS_UNTIL
        outcome = self._t(end).format(moment=self._when(row.used_at or row.lapses_at))
        who, what, why = row.label or self._t(WHO_HAS_THE_LINK), self._t(PACKAGE), self._t(ASKED_FOR)
        return self._line("pull_link", row.created_at, who, what, why, outcome, given=row.used_at is not None)

    def _told(self, row: RecipientNotice) -> Disclosure:
        case = self.work.find(PrivacyCase, row.case_id)
        what = self._t(CHANGE).format(right=self._t(RIGHTS[case.right]) if case else "")
        who, why, state = self.handed.recipient(row.recipient), self._t(CHANGES_TOO), self._t(TOLD[row.state])
        given = row.state is not Told.NOTHING
        return self._line("recipient_notice", row.at, who, what, why, state, given=given)

    def _line(
        self, kind: str, at: datetime, who: str, what: str, why: str, outcome: str = "", *, given: bool = True
    ) -> Disclosure:
        return Disclosure(kind, at.isoformat(), given, self._when(at), who, what, why, outcome)

    def _when(self, moment: datetime) -> str:
        return moment_text(moment, self.tenant.zone, self.lang)

    def _t(self, text: str) -> str:
        return translate(self.lang, text)


def _messages(work: Work, who: Person) -> Iterator[Any]:
    """Messages to the person; those that only their address leads to; those that passed a question of theirs on.

    Each by an index of its own: together they would read everybody's messages.
    """
    nobodys = Message.customer_id.is_(None)
    yield Message.customer_id == who.id
    if who.address_keys:
        yield nobodys & Message.address_key.in_(who.address_keys)
    passed_on = _passed_on(work, ids_of(work, entry_for(Enquiry), who))
    if passed_on is not None:
        yield passed_on


def _passed_on(work: Work, asked: Sequence[UUID]) -> Any:
    """Finds the messages that passed these questions on to the operator; None without a question."""
    officer = address_key(work.tenant, operator().dpo.email)
    mine = Message.customer_id.is_(None) & (Message.address_key == officer) & Message.enquiry_id.in_(asked)
    return mine if asked else None


def _carriers(work: Work, purpose: Purpose) -> str:
    """The names of the companies that carry messages of this purpose: its recipients but for the host of it all."""
    found = activities(work)
    host = set(found[Purpose.OPERATION].recipients) if Purpose.OPERATION in found else set()
    keys = [key for key in (found[purpose].recipients if purpose in found else []) if key not in host]
    names = dict(work.all(work.shared(SubProcessor.key, SubProcessor.name).where(SubProcessor.key.in_(keys))))
    return ", ".join(names.get(key, key) for key in keys)
