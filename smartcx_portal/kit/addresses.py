"""The addresses people rely on, in each language: words in a path are of the page's language.

A plain table, so that pages, mails and redirects cannot disagree. These are paths; mails put the base URL in front.
"""

import re

Words = dict[str, tuple[str, str]]

PAGES: Words = {
    "start": ("", ""),
    "sign_in": ("anmelden", "sign-in"),
    "invitation": ("einladung", "invitation"),
    "dashboard": ("verwaltung", "dashboard"),
    "operations": ("betrieb", "operations"),
}
"""Pages of the whole installation: name, then the German and the English path after the language."""

TENANT_PAGES: Words = {
    "book": ("buchen", "book"),
    "confirm": ("bestaetigen", "confirm"),
    "waiting": ("warteliste", "waiting-list"),
    "widget": ("widget", "widget"),
    "appointment": ("termin", "appointment"),
    "my_data": ("meine-daten", "my-data"),
    "privacy": ("datenschutz", "privacy"),
    "data_map": ("datenkarte", "data-map"),
    "withdraw": ("widerrufen", "withdraw"),
    "accessibility": ("barrierefreiheit", "accessibility"),
    "barrier": ("barriere-melden", "report-barrier"),
    "contact": ("kontakt", "contact"),
    "imprint": ("impressum", "imprint"),
}
"""Pages of one tenant, below `/{language}/t/{tenant}/`."""

SUBPAGES: Words = {
    "today": ("heute", "today"),
    "week": ("woche", "week"),
    "calendar": ("kalender", "calendar"),
    "bookings": ("buchungen", "bookings"),
    "booking": ("buchung", "booking"),
    "services": ("leistungen", "services"),
    "hours": ("oeffnungszeiten", "hours"),
    "closures": ("schliesszeiten", "closures"),
    "resources": ("ressourcen", "resources"),
    "form_fields": ("formularfelder", "form-fields"),
    "locations": ("standorte", "locations"),
    "location_edit": ("standort", "location"),
    "resource_edit": ("ressource", "resource"),
    "booking_new": ("termin-anlegen", "new-booking"),
    "waiting_list": ("warteliste", "waiting-list"),
    "feeds": ("kalender-abos", "calendar-feeds"),
    "embed": ("einbetten", "embed"),
    "wish": ("wunsch", "wish"),
    "privacy_cases": ("datenschutz", "privacy"),
    "notice_edit": ("datenschutzhinweise", "privacy-notice"),
    "consents_overview": ("einwilligungen-uebersicht", "consents-overview"),
    "services_used": ("dienste", "services-used"),
    "breach": ("datenpanne", "data-breach"),
    "received": ("uebernahmen", "received-data"),
    "data_map": ("datenkarte", "data-map"),
    "record": ("verarbeitungsverzeichnis", "record-of-processing"),
    "messages": ("nachrichten", "messages"),
    "enquiries": ("anfragen", "enquiries"),
    "settings": ("einstellungen", "settings"),
    "statistics": ("statistik", "statistics"),
    "team": ("team", "team"),
    "account": ("konto", "account"),
    "tenants": ("mandanten", "tenants"),
    "tenant_new": ("mandanten/neu", "tenants/new"),
    "processors": ("unterauftragnehmer", "sub-processors"),
    "processor_record": ("verzeichnis", "processor-record"),
    "jobs": ("auftraege", "jobs"),
    "break_glass": ("notzugriff", "break-glass"),
    "sign_in": ("anmelden", "sign-in"),
    "code": ("code", "code"),
    "without_address": ("ohne-adresse", "without-address"),
    "see": ("ansehen", "see"),
    "service": ("leistung", "service"),
    "options": ("auswahl", "options"),
    "time": ("zeit", "time"),
    "details": ("angaben", "details"),
    "check": ("pruefen", "check"),
    "confirming": ("bestaetigen", "confirm"),
    "booked": ("gebucht", "booked"),
    "move": ("verschieben", "move"),
    "cancel": ("absagen", "cancel"),
    "take_along": ("mitnehmen", "take-along"),
    "correct": ("berichtigen", "correct"),
    "consents": ("einwilligungen", "consents"),
    "delete": ("loeschen", "delete"),
    "deleted": ("geloescht", "deleted"),
    "restrict": ("einschraenken", "restrict"),
    "complain": ("beschweren", "complain"),
    "seen_by": ("zugriffe", "seen-by"),
    "cases": ("antraege", "requests"),
    "appointments": ("termine", "appointments"),
    "request": ("antrag", "request"),
    "ask": ("fragen", "ask"),
    "hand_over": ("weitergeben", "hand-over"),
    "plain": ("ohne-javascript", "without-javascript"),
}
"""What may follow a page: steps of a booking, rooms of the dashboard, rights in the portal."""

_COLUMN = {"de": 0, "en": 1}


def address(lang: str, page: str, tenant: str = "", sub: str = "") -> str:
    """The path of `page` in `lang`; `tenant` (its slug) for a tenant's pages, `sub` for a page below.

    `address("de", "book", "amt")` is `/de/t/amt/buchen`. A slug may also be a route's `[tenant]`.
    Raises `KeyError` for an unknown page.
    """
    column = _COLUMN[lang]
    parts = [lang, PAGES[page][column]] if page in PAGES else [lang, "t", tenant, TENANT_PAGES[page][column]]
    if sub:
        parts.append(SUBPAGES[sub][column])
    return "/" + "/".join(parts)


def tenant_folder(lang: str, tenant: str) -> str:
    """What all addresses of a tenant's pages begin with: `/de/t/amt/`."""
    return f"/{lang}/t/{tenant}/"


def other_language(path: str) -> str:
    """The same page in the other language, search and fragment kept; an unknown path leads to the start."""
    bare, *tail = re.split(r"(?=[?#])", path, maxsplit=1)
    lang, *words = bare.strip("/").split("/")
    if lang not in _COLUMN:
        return "/de/"
    other = "en" if lang == "de" else "de"
    tenant = words[:2] if words[:1] == ["t"] else []
    turned = _turn(words[len(tenant) :], TENANT_PAGES if tenant else PAGES, _COLUMN[lang])
    if turned is None:
        return f"/{other}/"
    return "/".join(["", other, *tenant, *turned]) + "".join(tail)


def _turn(words: list[str], pages: Words, column: int) -> list[str] | None:
    """Each page word in the other language; what follows a known page and is no page, such as an id, stays."""
    first, rest = (words or [""])[0], words[1:]
    found = _by_word(pages, first, column)
    if found is None or not rest:
        return None if found is None else [found]
    whole = _by_word(SUBPAGES, "/".join(rest), column)
    if whole is not None:
        return [found, whole]
    return [found, _by_word(SUBPAGES, rest[0], column) or rest[0], *rest[1:]]


def _by_word(pages: Words, word: str, column: int) -> str | None:
    return next((pair[1 - column] for pair in pages.values() if pair[column] == word), None)
