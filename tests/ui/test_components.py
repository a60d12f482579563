"""What holds for every component: no inline styles, German for every word, fields tied to their problems."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import reflex as rx

import smartcx_portal.ui
from smartcx_portal.kit.language import catalogue
from smartcx_portal.ui import (
    actions,
    calendar,
    choices,
    dates,
    fields,
    forms,
    layout,
    messages,
    month,
    parts,
    staff,
    tables,
)

ROOM = Path(smartcx_portal.ui.__file__).parent
PROBLEMS = rx.Var("state.problems", _var_type=dict[str, str]).to(dict[str, str])
TEXT = rx.Var("state.text", _var_type=str).to(str)
ON = rx.Var("state.on", _var_type=bool).to(bool)
CHOICES = [choices.Choice("mail", "E-Mail", "kostenlos", "Ich willige ein."), choices.Choice("none", "Keine")]


def var(kind: Any) -> Any:
    return rx.Var("state.list", _var_type=kind).to(kind)


def act(*_: Any) -> rx.event.EventSpec:
    return rx.console_log("acted")


def public_page(lang: str) -> rx.Component:
    field = {"problems": PROBLEMS, "hint": "So steht es im Ausweis"}
    return layout.page(
        lang,
        TEXT,
        messages.alert("Gebucht", "Sie müssen nichts weiter tun.", kind="success"),
        messages.hold_line(lang, TEXT, act()),
        messages.badge(TEXT, kind=TEXT),
        forms.form(
            lang,
            fields.text_field(lang, "name", "Name", **field),
            fields.email_field(lang, "email", "E-Mail", default=TEXT, **field),
            fields.code_field(lang, "code", "Code"),
            fields.number_field(lang, "many", "Anzahl", default=var(int)),
            fields.text_area(lang, "note", "Notiz", optional=ON, **field),
            choices.select_field(lang, "place", "Ort", var(list[choices.Choice]), **field),
            choices.radio_group(lang, "way", "Wie?", CHOICES, **field),
            choices.radio_group(lang, "way2", "Wie?", var(list[choices.Choice]), **field),
            choices.checkbox_group(lang, "docs", "Was?", var(list[choices.Choice]), **field),
            choices.consent_box("consent", "Ich willige ein.", "Wortlaut", problems=PROBLEMS),
            dates.date_field(lang, "birth", "Geburtsdatum", birthday=True, **field),
            on_submit=act(),
            deed="Weiter",
            problems=PROBLEMS,
        ),
        calendar.next_free(lang, TEXT, act()),
        calendar.free_day_list(lang, var(list[month.FreeDay]), act),
        calendar.month_table(
            lang, TEXT, var(list[list[month.DayCell]]), act, on_previous=act(), on_next=act(), has_next=ON
        ),
        calendar.time_list(TEXT, var(list[month.TimeGroup]), act),
        name=TEXT,
        tenant=TEXT,
        other=TEXT,
        back=("Zurück", "/de/"),
        status=TEXT,
        problem=TEXT,
    )


def inside_page(lang: str) -> rx.Component:
    return staff.staff_page(
        lang,
        "Heute",
        tables.table("Termine", ["Zeit", "Person"], tables.row(TEXT, "Clara")),
        tables.lines("Termine", ["Zeit", "Ort"], var(list[str]), lambda one: [one, TEXT], name="lines"),
        tables.facts(tables.fact("Ort", TEXT), tables.answer(lang, "Name", TEXT, change="/de/")),
        tables.summary("Termin", tables.fact("Ort", TEXT)),
        tables.task_list(tables.task("Leistungen", "/de/", messages.badge("offen"))),
        tables.page_links(lang, TEXT, TEXT, TEXT),
        parts.cards(parts.card("Daten", "Alles", to="/de/")),
        parts.accordion("Kosten", parts.paragraph("37 €")),
        parts.confirm_dialog(lang, "Absagen?", open=ON, deed="Absagen", on_deed=act(), on_close=act()),
        forms.search_form(lang, "q", "Suchen", on_submit=act()),
        forms.filter_form(lang, fields.date_input(lang, "day", "Tag"), on_submit=act()),
        actions.button_row(actions.download_button("Datei", "/x")),
        nav=[("Heute", "/de/verwaltung/heute"), ("Woche", "/de/verwaltung/woche")],
        current="/de/verwaltung/heute",
        other="/en/dashboard/today",
        on_sign_out=act(),
        person=TEXT,
        ends_at=TEXT,
        on_stay=act(),
    )


def tree(component: Any) -> Iterator[Any]:
    yield component
    for child in getattr(component, "children", []):
        yield from tree(child)
    if isinstance(component, rx.Component):
        for child in component._get_components_in_props():
            yield from tree(child)


PAGES = [
    pytest.param(made, lang, id=f"{made.__name__}-{lang}")
    for made in (public_page, inside_page)
    for lang in ["de", "en"]
]


@pytest.mark.parametrize(("made", "lang"), PAGES)
def test_no_component_carries_a_style(made: Any, lang: str) -> None:
    """The content security policy forbids inline styles."""
    whole = made(lang)
    styled = [part for part in tree(whole) if getattr(part, "style", None) or getattr(part, "tag", "") == "style"]
    assert styled == []
    assert "css:" not in str(whole.render())


@pytest.mark.parametrize(("made", "lang"), PAGES)
def test_no_field_has_a_ref_that_would_send_it_twice(made: Any, lang: str) -> None:
    controls = [part for part in tree(made(lang)) if getattr(part, "tag", "") in ("input", "select", "textarea")]
    assert controls
    assert [part for part in controls if part.get_ref() is not None] == []


@pytest.mark.parametrize(("made", "lang"), PAGES)
def test_one_heading_of_the_first_level(made: Any, lang: str) -> None:
    assert len([part for part in tree(made(lang)) if getattr(part, "tag", "") == "h1"]) == 1


def spoken() -> list[str]:
    """Every msgid that a module of `ui` translates."""
    found = []
    for file in ROOM.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call):
                name = ast.unparse(node.func)
                args = node.args[1:] if name == "translate" else node.args
                if (name in ("t", "translate") or name.startswith("translator(")) and args:
                    found += [args[0].value] if isinstance(args[0], ast.Constant) else []
    return sorted(set(found) - {"de", "en"})


@pytest.mark.parametrize("msgid", spoken())
def test_every_word_has_german(msgid: str) -> None:
    assert catalogue("de").get(msgid)


def test_a_problem_marks_its_field() -> None:
    field = fields.text_field("de", "name", "Name", problems={"name": "Geben Sie Ihren Namen ein."})
    shown = str(field.render())
    assert "name-error" in shown
    assert "kern-form-input--error" in shown
    assert "Geben Sie Ihren Namen ein." in shown


def test_a_field_without_problem_is_not_marked() -> None:
    shown = str(fields.text_field("de", "name", "Name", problems={}).render())
    assert "error" not in shown


def test_an_optional_field_says_so() -> None:
    assert "(freiwillig)" in str(fields.text_field("de", "tel", "Telefon", optional=True).render())


def test_the_links_at_the_foot_keep_their_order() -> None:
    assert [label for label, _ in layout.footer_links("de", "amt")] == [
        "Kontakt und Hilfe",
        "Datenschutz",
        "Barrierefreiheit",
        "Barriere melden",
        "Impressum",
    ]
