"""The mailbox of demo mode, where all messages without a provider arrive; outside demo mode there is no such page."""

import re
from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request, Response
from markupsafe import Markup

from smartcx_portal.endpoints.permitting import open_route
from smartcx_portal.endpoints.plain import document, missing
from smartcx_portal.gate.serving import preferred
from smartcx_portal.kit.language import translator
from smartcx_portal.kit.localtime import moment_text
from smartcx_portal.messaging.channels.mailbox import letters
from smartcx_portal.settings import settings
from smartcx_portal.tenancy.permissions import Permission

router = APIRouter()
ADDRESS = re.compile(r"(https?://[^\s<>\"']+[^\s<>\"'.,;:!?)])")
SHOWN = 100
ZONE = "Europe/Berlin"


@router.get("/dev/mailbox", include_in_schema=False)
@open_route(Permission.PUBLIC)
def mailbox(request: Request) -> Response:
    """The newest letters first, as text; links can be followed."""
    if not settings().demo:
        return missing()
    lang = preferred(request.headers.get("accept-language", ""))
    t = translator(lang)
    found = letters()
    shown = Markup("").join(_letter(lang, one) for one in found[:SHOWN])
    empty = Markup('<p class="kern-body">{}</p>').format(t("No message has been sent yet."))
    intro = Markup('<p class="kern-body kern-body--muted">{}</p>').format(
        t("What Smart CX would send by e-mail and text message arrives here in demo mode, the newest first.")
    )
    again = Markup('<p class="kern-body"><a class="kern-link" href="/dev/mailbox">{}</a></p>').format(t("Look again"))
    return document(lang, t("Mailbox"), intro + again + (shown or empty))


def _letter(lang: str, one: dict[str, Any]) -> Markup:
    t = translator(lang)
    when = moment_text(datetime.fromisoformat(one["at"]), ZONE, lang)
    files = ", ".join(each["name"] for each in one["attachments"])
    attached = Markup('<p class="kern-body kern-body--small">{}: {}</p>').format(t("Attached"), files)
    return Markup(
        '<article class="cx-section" lang="{lang}"><h2 class="kern-heading-small">{subject}</h2>'
        '<p class="kern-body kern-body--small kern-body--muted" lang="{own}">{facts}</p>'
        '<div class="kern-body cx-letter">{text}</div>{attached}<hr class="kern-divider" aria-hidden="true"></article>'
    ).format(
        lang=one["language"],
        own=lang,
        subject=one["subject"] or t("Text message"),
        facts=f"{t('To')}: {one['to']} · {t('From')}: {one['from']} · {when}",
        text=linked(one["text"]),
        attached=attached if files else "",
    )


def linked(text: str) -> Markup:
    """A letter's text with line breaks kept and web addresses that can be followed; all else stays text."""
    lines = []
    for line in text.split("\n"):
        parts = [
            Markup('<a class="kern-link" href="{0}">{0}</a>').format(part) if place % 2 else Markup("{}").format(part)
            for place, part in enumerate(ADDRESS.split(line))
        ]
        lines.append(Markup("").join(parts))
    return Markup("<br>").join(lines)
