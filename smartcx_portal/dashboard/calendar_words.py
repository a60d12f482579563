"""Words of the calendar that depend on what is shown, and those of its addresses."""

from smartcx_portal.bookings.calendar_rows import CalendarRow
from smartcx_portal.kit.language import N_, translate

SEATS = N_("{taken} of {all} places")
NEW_WORDS = {"time": ("zeit", "time"), "resource": ("mit", "with")}
"""Query parameters of the page for a new appointment, besides the day: German and English."""


def seats_text(row: CalendarRow, lang: str) -> str:
    """`3 von 8 Plätzen` of a group appointment."""
    taken, every = row.seats or (0, 0)
    return translate(lang, SEATS).format(taken=taken, all=every)
