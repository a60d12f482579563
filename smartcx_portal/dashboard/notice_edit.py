"""The page on which a tenant edits its own facts in the privacy notice, and sees what they make of it."""

import reflex as rx

from smartcx_portal.dashboard.addresses import room_address
from smartcx_portal.dashboard.frame import room
from smartcx_portal.dashboard.notice_edit_state import NoticeEditState
from smartcx_portal.dashboard.setup_parts import Entered
from smartcx_portal.gate import Notice
from smartcx_portal.kit.language import translator
from smartcx_portal.operations.tenant_form import LAND_NAMES
from smartcx_portal.ui.actions import back_link, button, button_row, link
from smartcx_portal.ui.choices import Choice, select_field
from smartcx_portal.ui.documents import changed_section, document_section
from smartcx_portal.ui.forms import form
from smartcx_portal.ui.messages import alert
from smartcx_portal.ui.parts import accordion, in_language, paragraph, section, stack
from smartcx_portal.ui.text import joined, when

LAENDER = [Choice(letters, name) for letters, name in LAND_NAMES.items()]
SPOKEN = {"de": "Deutsch", "en": "English"}


def notice_edit_page(lang: str) -> rx.Component:
    """The form, then the preview in its place."""
    t, state = translator(lang), NoticeEditState
    return room(
        lang,
        t("Privacy notice"),
        back_link(t("Privacy"), room_address(lang, "privacy_cases")),
        when(
            state.number > 0,
            paragraph(joined(t("In force: version"), " ", state.number.to(str), ", ", state.published), muted=True),
        ),
        rx.cond(state.checking, _preview(lang), _facts(lang)),
        sub="notice_edit",
        ready=state.ready,
        current="privacy_cases",
        focus_key=rx.cond(state.checking, "preview", "facts"),
    )


def _facts(lang: str) -> rx.Component:
    t, state = translator(lang), NoticeEditState
    return stack(
        paragraph(
            t(
                "The notice is written from facts: services in use, periods and questions of your forms appear in it "
                "by themselves. Here are the facts that only you know. You see what changes before anything is "
                "published."
            )
        ),
        rx.el.p(link(t("Services and periods"), room_address(lang, "services_used")), class_name="kern-body"),
        form(
            lang,
            _responsible(lang),
            _officer(lang),
            _words(lang),
            on_submit=state.look,
            deed=t("Preview"),
            problems=Notice.problems,
            key=state.form_id,
        ),
    )


def _fields(lang: str) -> Entered:
    return Entered(lang, NoticeEditState.entries, Notice.problems)


def _responsible(lang: str) -> rx.Component:
    t, fields = translator(lang), _fields(lang)
    return section(
        t("Who is responsible"),
        fields.line("name", t("Name of the office or business")),
        fields.line(
            "represented_by",
            t("Represented by"),
            optional=True,
            hint=t("Such as the mayor or the managing directors, with their names."),
        ),
        fields.line("street", t("Street and house number")),
        fields.line("postal_code", t("Postal code"), width="8", input_mode="numeric"),
        fields.line("city", t("Town")),
        select_field(
            lang,
            "land",
            t("Land"),
            LAENDER,
            default=fields.of("land"),
            hint=t("It decides which supervisory authority the notice names."),
            problems=fields.problems,
        ),
        fields.line("email", t("E-mail"), type="email", spell_check=False),
        fields.line("phone", t("Phone"), type="tel"),
        fields.line("website", t("Website"), type="url", spell_check=False),
    )


def _officer(lang: str) -> rx.Component:
    t, fields = translator(lang), _fields(lang)
    return section(
        t("Your data protection officer"),
        fields.line("dpo_name", t("Name or office"), hint=t("An office, such as “Data protection”, is enough.")),
        fields.line("dpo_email", t("Their e-mail"), type="email", spell_check=False),
        fields.line(
            "dpo_address", t("Their postal address"), optional=True, hint=t("In one line, if it is not your own.")
        ),
        fields.line("dpo_phone", t("Their phone"), optional=True, type="tel"),
    )


def _words(lang: str) -> rx.Component:
    t, fields = translator(lang), _fields(lang)
    return section(
        t("What you want to add"),
        paragraph(t("Such as files that you keep outside this portal. An empty line begins a new paragraph.")),
        fields.text("note_de", t("In German"), rows=5),
        fields.text("note_en", t("In English"), rows=5),
    )


def _preview(lang: str) -> rx.Component:
    t, state = translator(lang), NoticeEditState
    return stack(
        rx.cond(state.same, _nothing_new(lang), _what_changes(lang)),
        button_row(
            when(~state.same, button(lang, t("Publish"), state.publish, weight="primary")),
            button(lang, t("Back to the facts"), state.back),
        ),
        select_field(
            lang,
            "shown",
            t("Language of the preview"),
            [Choice(code, name) for code, name in SPOKEN.items()],
            default=state.shown,
            on_change=state.speak,
        ),
        accordion(
            t("The whole notice as it would be"),
            in_language(state.shown, rx.foreach(state.sections, document_section)),
        ),
    )


def _nothing_new(lang: str) -> rx.Component:
    t = translator(lang)
    return alert(t("Nothing would change"), t("The notice in force already says all this."), kind="info")


def _what_changes(lang: str) -> rx.Component:
    t, state = translator(lang), NoticeEditState
    return section(
        t("What would change"),
        paragraph(
            rx.cond(
                state.material,
                t("This matters to people: readers of the new version are shown what changed."),
                t("Purposes, grounds, recipients and periods are the same."),
            )
        ),
        paragraph(
            t("The version in force stays readable, and consents keep pointing to the one they were given under.")
        ),
        in_language(state.shown, rx.foreach(state.changes, lambda one: changed_section(lang, one))),
        when(
            state.changes.length() == 0,
            paragraph(
                rx.cond(
                    state.number > 0,
                    t("In this language the two say the same."),
                    t("This would be the first version."),
                )
            ),
        ),
    )
