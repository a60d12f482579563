"""How the day and the week follow what happens: which tabs are told, and what a paused page does with the news."""

from datetime import date
from typing import Any

from smartcx_portal.kit.language import known
from smartcx_portal.tenancy import Work

PRESENT = "-"
"""Stands for whatever day it is now."""


def followed(work: Work, day: date | None) -> str:
    """The word by which the gate knows what a tab shows: its language and day."""
    return f"{work.lang} {day.isoformat() if day else PRESENT}"


def read_followed(work: Work, what: str) -> date | None:
    """The day of such a word; the work speaks its language from here on."""
    lang, _, day = what.partition(" ")
    work.lang = known(lang)
    return None if day == PRESENT else date.fromisoformat(day)


def show(state: Any, view: Any) -> None:
    """Show the news, or, while the page is paused, that there is some. What is as before is not sent again."""
    if state.view == view:
        return
    if state.paused:
        state.waits = True
    else:
        state.view, state.waits = view, False
