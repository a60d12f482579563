"""The check page: everything once more, then the booking itself."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from smartcx_portal.booking_page.addresses import step
from smartcx_portal.booking_page.details_state import YES_NO
from smartcx_portal.booking_page.facts import Fact, binding_lines, said
from smartcx_portal.booking_page.hold_state import HoldState
from smartcx_portal.booking_page.sending import send_booking_code
from smartcx_portal.booking_page.time_state import filled_in
from smartcx_portal.bookings.basket import Basket
from smartcx_portal.bookings.catalogue import FieldView, field_view, questions_of, view_of
from smartcx_portal.bookings.drafts import DraftView, load_draft
from smartcx_portal.bookings.entries import FOR_OTHER, TICKED, consent_name
from smartcx_portal.bookings.moments import as_day
from smartcx_portal.bookings.refusals import HoldLapsed
from smartcx_portal.bookings.submitting import held_basket, submit
from smartcx_portal.gate import event
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.kit.localtime import day_text
from smartcx_portal.models.calendar import Way
from smartcx_portal.models.privacy import ConsentPurpose
from smartcx_portal.operations.tenants import tenant_view
from smartcx_portal.standing.consents import title_of
from smartcx_portal.tenancy import Permission, Work

WAYS = {
    "email": N_("By e-mail to {to}"),
    "sms": N_("By SMS to {to}"),
    "none": N_("No message: code and link appear on the next page"),
}
SHOWN_CONSENTS = {
    "email": (ConsentPurpose.HEALTH,),
    "sms": (ConsentPurpose.SMS_TRANSFER, ConsentPurpose.HEALTH),
    "none": (ConsentPurpose.HEALTH,),
}
"""Boxes that count with each way; the way itself has a line of its own."""


@dataclass(frozen=True)
class Row:
    """One line to check."""

    key: str
    text: str


class CheckState(rx.State):
    """`rows` repeats the person's entries, `facts` what binds of the visit; `place` is empty where nobody goes there.

    `binding` says that the button must name the costs (§ 312j BGB).
    """

    rows: list[Row] = []
    facts: list[Fact] = []
    place: str = ""
    binding: bool = False

    @event(Permission.VISITOR)
    def load(self, work: Work) -> Any:
        """What is to be booked; who has not entered everything is led back to the details."""
        draft = load_draft(work)
        if draft is None or draft.hold is None:
            self.rows = []
            return None
        if not filled_in(work):
            return rx.redirect(step(work, "details"), replace=True)
        basket = held_basket(work)
        costs = any(view_of(work, one).costs for one in basket.services)
        self.binding = costs and not tenant_view(work).public_body
        self.place = draft.hold.place if basket.way is Way.ON_SITE else ""
        self.facts = said(work.lang, binding_lines(work, basket, draft.chosen))
        self.rows = rows_of(work, draft, basket)
        return None

    @event(Permission.VISITOR)
    def book(self, work: Work) -> Any:
        """Book it. With a message it waits for the confirmation, else it is booked at once."""
        try:
            with work.attempt():
                done = submit(work)
        except HoldLapsed:
            return HoldState.load
        if done.status == "pending" and done.confirming == "sms":
            send_booking_code(work, done)
        self.rows = []
        return rx.redirect(step(work, "confirming" if done.status == "pending" else "booked"))


def rows_of(work: Work, draft: DraftView, basket: Basket) -> list[Row]:
    """The entries in the order of the form."""
    entered, lang = draft.entered, work.lang
    way = entered.get("confirming", "")
    to = entered.get("email" if way == "email" else "phone", "")
    rows = [Row(translate(lang, N_("Full name")), entered.get("name", ""))]
    if entered.get("for_whom") == FOR_OTHER:
        rows.append(Row(translate(lang, N_("For")), entered.get("attendee", "")))
    if basket.way is Way.TELEPHONE:
        rows.append(Row(translate(lang, N_("Telephone number")), entered.get("phone", "")))
    rows.append(Row(translate(lang, N_("Confirmation")), translate(lang, WAYS[way]).format(to=to)))
    asked = [field_view(one) for one in questions_of(work, [one.id for one in basket.services])]
    rows += [Row(one.label, in_words(one, entered.get(one.name, ""), lang)) for one in asked]
    ticked = [purpose for purpose in SHOWN_CONSENTS[way] if entered.get(consent_name(purpose)) == TICKED]
    return rows + [Row(title_of(purpose, lang), translate(lang, N_("You agree"))) for purpose in ticked]


def in_words(one: FieldView, value: str, lang: str) -> str:
    """An answer in words; dates as people write them."""
    if not value:
        return translate(lang, N_("not stated"))
    if one.kind == "date":
        return day_text(as_day(value), lang)
    return translate(lang, dict(YES_NO).get(value, value)) if one.kind == "yes_no" else value
