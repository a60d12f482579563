"""Contact and help without JavaScript: plain served HTML with all ways to reach the tenant, and a form (P14, P18)."""

from dataclasses import dataclass, field

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from markupsafe import Markup
from starlette.concurrency import run_in_threadpool

from smartcx_portal.endpoints.contact_form import contact_body
from smartcx_portal.endpoints.permitting import open_route
from smartcx_portal.endpoints.plain import document, missing
from smartcx_portal.gate.requests import caller_network
from smartcx_portal.gate.visiting import visiting
from smartcx_portal.kit.addresses import address
from smartcx_portal.kit.errors import InvalidForm, NotFound, ProductError, TooMany
from smartcx_portal.kit.language import LANGUAGES, translate, translator
from smartcx_portal.operations.legal_pages import contact_page
from smartcx_portal.operations.tenants import TenantView, tenant_view
from smartcx_portal.privacy.enquiries import ask_about
from smartcx_portal.tenancy.permissions import Permission

router = APIRouter()
FIELDS = ("about", "name", "email", "text")
LONGEST = 20_000
SENT = {"de": "gesendet", "en": "sent"}
FOOT = (
    ("Contact and help", "contact"),
    ("Privacy", "privacy"),
    ("Accessibility", "accessibility"),
    ("Report a barrier", "barrier"),
    ("Imprint", "imprint"),
)


@dataclass(frozen=True, slots=True)
class Filled:
    """The form as the reader gets it back: nothing typed is lost, each problem stands at its field."""

    entered: dict[str, str] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)
    refusal: str = ""
    sent: bool = False


@open_route(Permission.PUBLIC)
async def show(request: Request, slug: str) -> Response:
    """The page; after a question was sent it says so."""
    lang = _language(request)
    return await run_in_threadpool(_page, slug, lang, Filled(sent=SENT[lang] in request.query_params))


@open_route(Permission.PUBLIC)
async def send(request: Request, slug: str) -> Response:
    """Store the question, then lead to the page that says so; a problem shows the form again."""
    sent = await request.form(max_files=0, max_fields=10)
    entered = {name: str(sent.get(name, ""))[:LONGEST] for name in FIELDS}
    return await run_in_threadpool(_send, request, slug, _language(request), entered)


for _lang in LANGUAGES:
    _path = address(_lang, "contact", "{slug}", "plain")
    router.add_api_route(_path, show, methods=["GET"], include_in_schema=False)
    router.add_api_route(_path, send, methods=["POST"], include_in_schema=False)


def _send(request: Request, slug: str, lang: str, entered: dict[str, str]) -> Response:
    try:
        with visiting(slug, lang, caller_network(request)) as work:
            ask_about(work, entered["about"], entered["name"], entered["email"], entered["text"])
    except NotFound:
        return missing()
    except InvalidForm as problem:
        problems = {name: translate(lang, sentence) for name, sentence in problem.problems.items()}
        return _page(slug, lang, Filled(entered, problems), status=422)
    except ProductError as problem:
        status = 429 if isinstance(problem, TooMany) else 400
        return _page(slug, lang, Filled(entered, refusal=problem.text(lang)), status=status)
    return RedirectResponse(f"{address(lang, 'contact', slug, 'plain')}?{SENT[lang]}", status_code=303)


def _page(slug: str, lang: str, filled: Filled, status: int = 200) -> Response:
    try:
        with visiting(slug, lang) as work:
            view = tenant_view(work)
    except NotFound:
        return missing()
    t = translator(lang)
    return document(
        lang,
        t("Contact and help"),
        _body(lang, view, filled),
        name=view.name,
        home=address(lang, "contact", slug, "plain"),
        other=address("en" if lang == "de" else "de", "contact", slug, "plain"),
        links=tuple((t(label), address(lang, page, slug)) for label, page in FOOT),
        wrong=bool(filled.problems or filled.refusal),
        status=status,
    )


def _body(lang: str, view: TenantView, filled: Filled) -> Markup:
    return contact_body(
        lang,
        contact_page(view, lang),
        action=address(lang, "contact", view.slug, "plain"),
        notice=address(lang, "privacy", view.slug),
        entered=filled.entered,
        problems=filled.problems,
        refusal=filled.refusal,
        sent=filled.sent,
    )


def _language(request: Request) -> str:
    return "en" if request.url.path.startswith("/en/") else "de"
