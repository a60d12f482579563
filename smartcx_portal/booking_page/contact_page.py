"""Contact and help with a form, and the form for reporting a barrier (promises P14, P18)."""

import reflex as rx

from smartcx_portal.booking_page.enquiry_state import EnquiryState
from smartcx_portal.booking_page.legal import legal_page
from smartcx_portal.booking_page.place_state import PlaceState
from smartcx_portal.gate import Notice
from smartcx_portal.kit.language import N_, translator
from smartcx_portal.ui.actions import jump_link, link
from smartcx_portal.ui.browser import FocusHeading, tenant_slug
from smartcx_portal.ui.choices import Choice, radio_group
from smartcx_portal.ui.fields import email_field, text_area, text_field
from smartcx_portal.ui.forms import form
from smartcx_portal.ui.layout import page, tenant_address
from smartcx_portal.ui.parts import paragraph, section, stack
from smartcx_portal.ui.text import when

CONTACT = N_("Contact and help")
BARRIER = N_("Report a barrier")
ONLY_FOR = N_("We use what you enter only to answer you.")


def contact_page(lang: str) -> rx.Component:
    """How to reach people, and a form to write to them."""
    t = translator(lang)
    written = section(t("Write to us"), _question_form(lang), name="write")
    jump = when(EnquiryState.sent, rx.fragment(), rx.el.p(jump_link(t("Write to us with the form"), "write")))
    return legal_page(lang, "contact", t(CONTACT), _sent_or(lang, written), above=jump, problem=Notice.text)


def barrier_page(lang: str) -> rx.Component:
    """What does not work for somebody; an answer comes within a month."""
    t, slug = translator(lang), tenant_slug()
    return page(
        lang,
        t(BARRIER),
        _sent_or(
            lang,
            stack(paragraph(t("Tell us what does not work for you, and how we can answer you.")), _barrier(lang)),
        ),
        name=PlaceState.name,
        tenant=slug,
        other=tenant_address("en" if lang == "de" else "de", "barrier", slug),
        problem=Notice.text,
    )


def _sent_or(lang: str, written: rx.Component) -> rx.Component:
    t = translator(lang)
    done = rx.el.section(
        FocusHeading.create(t("Your message has arrived"), stamp="sent", class_name="kern-heading-medium"),
        paragraph(t("You get an answer by e-mail if you left an address. You need do nothing more.")),
        class_name="cx-section",
        role="status",
    )
    return when(EnquiryState.sent, done, written)


def _question_form(lang: str) -> rx.Component:
    t, problems = translator(lang), Notice.problems
    return form(
        lang,
        radio_group(
            lang,
            "about",
            t("What is it about?"),
            [
                Choice("question", t("A question about appointments")),
                Choice("privacy", t("A question about my data")),
                Choice("representative", t("The data of somebody for whom I may act")),
                Choice(
                    "operator",
                    t("A question about my data, straight to the operator of the pages"),
                    hint=t("The operator runs these pages on behalf of the provider, who sees the question too."),
                ),
            ],
            problems=problems,
        ),
        text_field(lang, "name", t("Name"), autocomplete="name", optional=True, problems=problems),
        email_field(lang, "email", t("E-mail"), hint=t("The answer goes to this address."), problems=problems),
        text_area(lang, "text", t("Your question"), rows=6, problems=problems),
        _purpose(lang),
        on_submit=EnquiryState.ask,
        deed=t("Send question"),
        problems=problems,
    )


def _barrier(lang: str) -> rx.Component:
    t, problems = translator(lang), Notice.problems
    return form(
        lang,
        text_area(
            lang,
            "text",
            t("What does not work?"),
            hint=t("For example: which page, and what you wanted to do there."),
            rows=6,
            problems=problems,
        ),
        text_field(lang, "name", t("Name"), autocomplete="name", optional=True, problems=problems),
        email_field(
            lang,
            "email",
            t("E-mail"),
            hint=t("Only needed if you want an answer."),
            optional=True,
            problems=problems,
        ),
        _purpose(lang),
        on_submit=EnquiryState.report,
        deed=t("Report barrier"),
        problems=problems,
    )


def _purpose(lang: str) -> rx.Component:
    t = translator(lang)
    notice = tenant_address(lang, "privacy", tenant_slug())
    return paragraph(t(ONLY_FOR), " ", link(t("Privacy notice"), notice), muted=True)
