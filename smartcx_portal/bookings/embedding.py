"""The booking on the tenant's own website: which websites may show it, in which colour, and what to put there."""

import re
from dataclasses import dataclass
from html import escape
from urllib.parse import urlsplit

from smartcx_portal.kit.addresses import address
from smartcx_portal.kit.colours import read_colour
from smartcx_portal.kit.errors import InvalidForm, ProductError
from smartcx_portal.kit.ids import as_id
from smartcx_portal.kit.language import N_, known, translate
from smartcx_portal.models.calendar import Service
from smartcx_portal.models.tenant import Tenant
from smartcx_portal.settings import LOOPBACK, settings
from smartcx_portal.tenancy import Permission, Work

MOST_SITES = 20
HOST = re.compile(r"(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")
TITLE = N_("Book an appointment")
NOT_A_SITE = N_("“{site}” is no website's address. Enter one such as https://www.example.org.")
NOT_SECURE = N_("“{site}” begins with http. Only websites with https can show the booking.")
TOO_MANY = N_("List at most 20 websites.")
NOT_A_COLOUR = N_("Enter a colour in six figures and letters, such as #1a5fb4, or leave it empty.")


class NoSuchSite(ProductError):
    """One of the lines is no website that may show the booking; the sentence names it."""

    says = NOT_A_SITE


@dataclass(frozen=True, slots=True)
class EmbedView:
    """What the tenant has chosen. `script` and `frame` are what to put into the website, one or the other."""

    slug: str
    sites: tuple[str, ...]
    colour: str
    script: str
    frame: str
    page: str
    services: tuple[tuple[str, str], ...]


def embed_view(work: Work, service_id: str = "", lang: str = "") -> EmbedView:
    """For one service and language, or for all services in the tenant's own language."""
    work.need(Permission.SETTINGS_EDIT)
    tenant = work.get(Tenant, work.tenant)
    offered = work.select(Service).where(Service.active.is_(True), Service.online.is_(True))
    services = work.all(offered.order_by(Service.position, Service.name))
    chosen = str(work.get(Service, as_id(service_id)).id) if service_id else ""
    spoken = known(lang or tenant.language)
    return EmbedView(
        slug=tenant.slug,
        sites=tuple(tenant.embed_sites),
        colour=tenant.colour,
        script=_script(tenant.slug, chosen, spoken),
        frame=_frame(tenant.slug, chosen, spoken),
        page=widget_address(tenant.slug, chosen, spoken),
        services=tuple((str(one.id), one.name) for one in services),
    )


def save_sites(work: Work, text: str) -> None:
    """Only these websites, one a line, may show the booking from now on; of each address the origin counts.

    Raises `NoSuchSite`, or `InvalidForm` for `sites`.
    """
    work.need(Permission.SETTINGS_EDIT)
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    sites = list(dict.fromkeys(site_of(line) for line in lines))
    if len(sites) > MOST_SITES:
        raise InvalidForm({"sites": TOO_MANY})
    tenant = work.get(Tenant, work.tenant, lock=True)
    tenant.embed_sites = sites
    work.audit("embed.sites_changed", tenant, number=len(sites))


def save_colour(work: Work, text: str) -> None:
    """The colour of links and buttons on the tenant's pages; empty for the house's. Raises `InvalidForm`."""
    work.need(Permission.SETTINGS_EDIT)
    colour = read_colour(text) if text.strip() else ""
    if colour is None:
        raise InvalidForm({"colour": NOT_A_COLOUR})
    tenant = work.get(Tenant, work.tenant, lock=True)
    tenant.colour = colour
    work.audit("tenant.colour_changed", tenant)


def site_of(line: str) -> str:
    """The origin of a website, as a policy names it. Raises `NoSuchSite`.

    While Smart CX itself runs on this machine only, websites on this machine may show it too.
    """
    try:
        parts = urlsplit(line if "://" in line else f"https://{line}")
        host = (parts.hostname or "").rstrip(".").encode("idna").decode().lower()
        port = parts.port
    except (ValueError, UnicodeError):
        raise NoSuchSite(field="sites", site=line[:80]) from None
    tail = f":{port}" if port else ""
    if host in LOOPBACK[:2] and urlsplit(settings().base_url).hostname in LOOPBACK and "@" not in parts.netloc:
        return f"{'https' if parts.scheme == 'https' else 'http'}://{host}{tail}"
    if not HOST.fullmatch(host) or "@" in parts.netloc or parts.scheme not in ("http", "https"):
        raise NoSuchSite(field="sites", site=line[:80])
    if parts.scheme == "http":
        raise NoSuchSite(NOT_SECURE, field="sites", site=line[:80])
    return f"https://{host}" + ("" if port == 443 else tail)


def widget_address(slug: str, service_id: str, lang: str) -> str:
    """The page that stands in the frame: the choice of a service, or the times of one."""
    if not service_id:
        return settings().base_url + address(lang, "widget", slug, "service")
    word = "service" if lang == "en" else "leistung"
    return f"{settings().base_url}{address(lang, 'widget', slug, 'time')}?{word}={service_id}"


def _script(slug: str, service_id: str, lang: str) -> str:
    service = f' data-service="{service_id}"' if service_id else ""
    href = escape(settings().base_url + address(lang, "book", slug))
    return (
        f'<script async src="{escape(settings().base_url)}/embed.js" data-tenant="{slug}" data-lang="{lang}"{service}>'
        f'</script>\n<noscript><a href="{href}">{translate(lang, TITLE)}</a></noscript>'
    )


def _frame(slug: str, service_id: str, lang: str) -> str:
    source, title = escape(widget_address(slug, service_id, lang)), translate(lang, TITLE)
    return f'<iframe src="{source}" title="{title}" width="100%" height="900" loading="lazy"></iframe>'
