"""Where the steps of a booking lead to, for handlers that send the reader on."""

from collections.abc import Mapping
from urllib.parse import urlencode

from smartcx_portal.kit.addresses import address
from smartcx_portal.operations.tenants import tenant_view
from smartcx_portal.tenancy import Work

SERVICE_WORDS = ("leistung", "service")
"""Names of the query parameter that holds a service's id; both work in both languages, since links switch them."""


def step(work: Work, sub: str = "", *, service_id: str = "", fragment: str = "", page: str = "book") -> str:
    """The path of a page of this tenant in the reader's language."""
    path = address(work.lang, page, tenant_view(work).slug, sub)
    query = f"?{urlencode({_word(work.lang): service_id})}" if service_id else ""
    return path + query + (f"#{fragment}" if fragment else "")


def service_in(parameters: Mapping[str, str]) -> str:
    """The service that an address asks for, unchecked; empty when it names none."""
    return next((parameters[word] for word in SERVICE_WORDS if parameters.get(word)), "")


def _word(lang: str) -> str:
    return SERVICE_WORDS[1 if lang == "en" else 0]
