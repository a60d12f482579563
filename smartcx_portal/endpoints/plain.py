"""Pages served as plain HTML, for readers without JavaScript: everything put into them is escaped by markupsafe."""

import functools

from fastapi.responses import HTMLResponse
from markupsafe import Markup

from smartcx_portal.kit.language import translator
from smartcx_portal.kit.toolchain import pages_folder

PAGE = Markup(
    '<!doctype html>\n<html lang="{lang}"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width, initial-scale=1"><title>{mark}{title} – {name}</title>{styles}'
    '<link rel="icon" href="/favicon.ico"></head><body><div class="cx-page">'
    '<header class="cx-header"><div class="cx-header__inside"><a class="cx-brand" href="{home}">{name}</a>'
    '<div class="cx-header__links">{other}</div></div></header>'
    '<main class="cx-main"><div class="cx-heading"><h1 class="kern-heading-large" id="top">{title}</h1></div>'
    "{body}</main>{footer}</div></body></html>\n"
)


def document(
    lang: str,
    title: str,
    body: Markup,
    *,
    name: str = "Smart CX",
    home: str = "",
    other: str = "",
    links: tuple[tuple[str, str], ...] = (),
    wrong: bool = False,
    status: int = 200,
) -> HTMLResponse:
    """A whole page. `other`: its address in the other language; `links` stand at the foot; `wrong` marks the title."""
    t = translator(lang)
    target, label = ("en", "English") if lang == "de" else ("de", "Deutsch")
    leads = Markup('<a class="kern-link" href="{0}" lang="{1}" hreflang="{1}">{2}</a>').format(other, target, label)
    items = Markup("").join(
        Markup('<li><a class="kern-link kern-link--small" href="{}">{}</a></li>').format(to, text) for text, to in links
    )
    foot = Markup(
        '<footer class="cx-footer"><nav aria-label="{}"><ul class="cx-footer__links">{}</ul></nav></footer>'
    ).format(t("Help and legal matters"), items)
    return HTMLResponse(
        PAGE.format(
            lang=lang,
            title=title,
            mark=f"{t('Error:')} " if wrong else "",
            name=name,
            styles=_styles(),
            home=home or f"/{lang}/",
            other=leads if other else "",
            body=body,
            footer=foot if links else "",
        ),
        status_code=status,
    )


def missing() -> HTMLResponse:
    """The page for addresses that lead nowhere."""
    file = pages_folder() / "404.html"
    return HTMLResponse(file.read_text() if file.exists() else "Not found", status_code=404)


@functools.cache
def _styles() -> Markup:
    """Links to the style sheets of the build, which does not change while the process lives."""
    files = sorted((pages_folder() / "assets").glob("*.css"))
    return Markup("").join(Markup('<link rel="stylesheet" href="/assets/{}">').format(file.name) for file in files)
