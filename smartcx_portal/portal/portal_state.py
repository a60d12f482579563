"""Who has the portal open, and how they prove who they are: by a code, or by an appointment's link and its code."""

from typing import Any

import reflex as rx

from smartcx_portal.accounts.codes import Refused
from smartcx_portal.accounts.person_sign_in import NeedBookingCode, SignedIn, request_code, sign_in_by_booking
from smartcx_portal.gate import Form, event, limit, shown_path, sign_in_person
from smartcx_portal.kit.addresses import address, other_language
from smartcx_portal.kit.contact import NotAnEmail, NotAPhone
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.kit.localtime import time_text
from smartcx_portal.operations.tenants import tenant_view
from smartcx_portal.privacy.coming_in import come_in
from smartcx_portal.privacy.keeping_entries import keep, kept
from smartcx_portal.standing.offers import sms_carried
from smartcx_portal.tenancy import ActorKind, Permission, Work

NO_CONTACT = N_("Enter an e-mail address like name@example.com.")
NO_CONTACT_OR_PHONE = N_("Enter an e-mail address like name@example.com or a telephone number like +49 2151 555123.")
PER_NETWORK = "10 per 15 minutes"
"""Tries with link and booking code; the link's secret cannot be guessed, the limit spares the database."""


class ContactForm(Form):
    """Where the code goes."""

    contact: str = ""


class CodeForm(Form):
    """The code, and the booking code where several people share the address."""

    code: str = ""
    booking_code: str = ""


class BookingForm(Form):
    """For people without an address: the appointment's link, whole or only its secret, and the booking code."""

    link: str = ""
    booking_code: str = ""


def is_person(work: Work) -> bool:
    """Whether somebody is signed in on this tenant's pages."""
    return work.actor.kind is ActorKind.PERSON


def portal_address(work: Work, sub: str = "") -> str:
    """The path of a page of this tenant's portal in the reader's language."""
    return address(work.lang, "my_data", tenant_view(work).slug, sub)


def secret_of(link: str) -> str:
    """The secret in what was pasted: a whole link or the part behind its `#`."""
    return link.strip().rpartition("#")[2]


class PortalState(rx.State):
    """`until` is a clock time once a code was asked for; `phones` whether codes can go by text message.

    `kept` is what was typed into the forms of the page `kept_at` and not sent.
    """

    name: str = ""
    signed_in: bool = False
    phones: bool = False
    until: str = ""
    asks_booking_code: bool = False
    problems: dict[str, str] = {}
    kept: dict[str, str] = {}
    kept_at: str = ""
    _wanted: str = ""

    @event(Permission.VISITOR)
    def look(self, work: Work) -> None:
        """First `on_load` of pages that anybody may read."""
        self.name, self.phones, self.signed_in = tenant_view(work).name, sms_carried(work), is_person(work)
        self.problems, self.kept_at = {}, ""

    @event(Permission.VISITOR)
    def enter(self, work: Work, sub: str) -> Any:
        """First `on_load` of pages with somebody's data: who is not signed in goes to sign in first, and returns.

        Also the way there from a page whose session has ended.
        """
        self.name, self.phones, self.signed_in = tenant_view(work).name, sms_carried(work), is_person(work)
        if self.signed_in:
            self.kept, self.kept_at = kept(work, sub), sub
            return None
        self._wanted = shown_path()
        return rx.redirect(portal_address(work, "sign_in"), replace=True)

    @event(Permission.PERSON, quiet=True)
    def keep(self, work: Work, page: str, fields: dict[str, str]) -> None:
        """Keep what is typed so far; the page itself stays as it is."""
        keep(work, page, fields)

    @event(Permission.VISITOR)
    def request(self, work: Work, form: ContactForm) -> Any:
        """Send a code; the next page is the same for known and unknown addresses."""
        try:
            if not self.phones and "@" not in form.contact:
                raise NotAnEmail
            asked = request_code(work, form.contact)
        except (NotAnEmail, NotAPhone):
            self.problems = {"contact": translate(work.lang, NO_CONTACT_OR_PHONE if self.phones else NO_CONTACT)}
            return None
        self.until = time_text(asked.lapses_at, tenant_view(work).zone, work.lang)
        self.problems, self.asks_booking_code = {}, False
        return rx.redirect(portal_address(work, "code"))

    @event(Permission.VISITOR)
    def prove(self, work: Work, form: CodeForm) -> Any:
        """Sign in with the code."""
        answer = come_in(work, form.code, form.booking_code)
        if isinstance(answer, Refused):
            self.problems = {"code": answer.text(work.lang)}
            return None
        if isinstance(answer, NeedBookingCode):
            self.problems = {"booking_code": translate(work.lang, answer.says)} if self.asks_booking_code else {}
            self.asks_booking_code = True
            return None
        return self._enter(work, answer)

    @event(Permission.VISITOR)
    def prove_by_booking(self, work: Work, form: BookingForm) -> Any:
        """Sign in with an appointment's link and its code."""
        limit("booking-proof", f"{work.tenant}:{work.network}", PER_NETWORK)
        return self._enter(work, sign_in_by_booking(work, secret_of(form.link), form.booking_code))

    def _enter(self, work: Work, proven: SignedIn) -> Any:
        sign_in_person(work, proven.customer_id, proof=proven.proof)
        wanted = _in_portal(work, self._wanted)
        self.problems, self.until, self.asks_booking_code, self._wanted = {}, "", False, ""
        return rx.redirect(wanted, replace=True)


def _in_portal(work: Work, wanted: str) -> str:
    """Where the reader wanted to go, in the language they read now, if that is a page of this portal."""
    path = wanted if wanted.startswith(f"/{work.lang}/") else other_language(wanted)
    return path if path.startswith(f"{portal_address(work)}/") else portal_address(work, "see")
