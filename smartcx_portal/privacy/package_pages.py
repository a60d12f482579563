"""The pages of a package that people read, offline, in German and English; nothing in them is loaded from anywhere."""

from collections.abc import Sequence
from html import escape

from smartcx_portal.kit.language import LANGUAGES, N_, translate
from smartcx_portal.models.tenant import Tenant
from smartcx_portal.privacy.access import Group, PersonView, Value
from smartcx_portal.privacy.art15 import Answer
from smartcx_portal.privacy.receipts import KEYS_PATH
from smartcx_portal.privacy.subject import ACCESS, created_text
from smartcx_portal.settings import settings
from smartcx_portal.tenancy import Work

STYLE = """
body { font-family: system-ui, sans-serif; line-height: 1.5; max-width: 60rem; margin: 0 auto; padding: 1rem; }
table { border-collapse: collapse; width: 100%; margin-bottom: 1.5rem; }
th, td { border: 1px solid #767676; padding: .4rem; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
section + section { border-top: 3px solid; margin-top: 3rem; }
"""
TITLE = N_("What {name} stores about you")
AS_OF = N_("As of {when}.")
MORE = N_("{count} technical keys (keyed hashes and internal numbers) stand in data/subject.json.")
NOTHING = N_("No values of your own in this entry.")
HEADS = (
    N_("What is stored"),
    N_("Value"),
    N_("What for"),
    N_("Why we may"),
    N_("Where from"),
    N_("Who gets it"),
    N_("How long"),
)
README = N_("Your data at {name}, as of {when}.")
KEEP_SAFE = N_("Keep this package safe: whoever has it can read your data.")
TO_READ = N_(
    "index.html: everything to read, in any browser, also without the internet.\n"
    "auskunft.pdf: the same to print or to file.\n"
    "art15.json: the answers of Art. 15 GDPR for programs.\n"
    "calendar/termine.ics: your appointments."
)
PORTABLE = N_(
    "This is what you gave yourself, on consent or for a contract, to take to another provider (Art. 20 GDPR)."
)
FOR_PROGRAMS = N_(
    "data/subject.json: everything for programs; schema/subject.schema.json describes it.\n"
    "data/*.csv: the same as tables. A ' before a value keeps spreadsheets from running it as a formula.\n"
    "contact/kontakt.vcf: your entry for an address book, if you gave a name or an address.\n"
    "consents/: a receipt for each of your latest consents and withdrawals, with its signature beside it."
)
CHECKING = N_(
    "manifest.json: a check sum (SHA-256) of every file. manifest.jws: the same, signed (Ed25519).\n"
    "Whether a file was changed later is told by the command: smartcx verify PACKAGE.zip\n"
    "It needs no internet. The key stands in schema/smartcx-keys.json; the true one is at\n"
    "{url}\n"
    "With --key FILE the package is checked with a key that you fetched there."
)


def index_page(work: Work, views: dict[str, PersonView], said: Sequence[Answer]) -> bytes:
    """The whole report as one page, one language after the other; `said` is what Art. 15 asks for besides."""
    tenant = work.get(Tenant, work.tenant)
    jumps = " · ".join(f'<a href="#{lang}" lang="{lang}">{_own_name(lang)}</a>' for lang in LANGUAGES)
    bodies = "".join(_body(work, tenant, views[lang], said, lang) for lang in LANGUAGES)
    title = escape(translate("de", TITLE).format(name=tenant.name))
    return (
        f'<!doctype html><html lang="de"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{STYLE}</style></head>'
        f"<body><nav>{jumps}</nav><main>{bodies}</main></body></html>"
    ).encode()


def readme(work: Work, name: str, profile: str = ACCESS) -> bytes:
    """What lies where, in all languages."""
    return "\n\n----\n\n".join(_readme(work, name, profile, lang) for lang in LANGUAGES).encode()


def _readme(work: Work, name: str, profile: str, lang: str) -> str:
    parts = [README, TO_READ if profile == ACCESS else PORTABLE, FOR_PROGRAMS, CHECKING, KEEP_SAFE]
    facts = {"name": name, "when": created_text(work, lang), "url": settings().base_url + KEYS_PATH}
    return "\n\n".join(translate(lang, part).format(**facts) for part in parts) + "\n"


def _body(work: Work, tenant: Tenant, view: PersonView, said: Sequence[Answer], lang: str) -> str:
    title = escape(translate(lang, TITLE).format(name=tenant.name))
    as_of = escape(translate(lang, AS_OF).format(when=created_text(work, lang)))
    more = escape(translate(lang, MORE).format(count=view.technical))
    groups = "".join(_group(group, lang) for group in view.groups)
    answers = "".join(_answer(one, lang) for one in said)
    return f'<section id="{lang}" lang="{lang}"><h1>{title}</h1><p>{as_of}</p>{groups}<p>{more}</p>{answers}</section>'


def _answer(one: Answer, lang: str) -> str:
    points = "".join(f"<li>{escape(point.texts[lang])}</li>" for point in one.points)
    return f"<h2>{escape(one.heading(lang))}</h2><ul>{points}</ul>"


def _group(group: Group, lang: str) -> str:
    records = "".join(
        f"<h3>{escape(record.title)}</h3>{_table(record.values, lang)}" if record.title else _table(record.values, lang)
        for record in group.records
    )
    return f"<h2>{escape(group.title)}</h2>{records}"


def _table(values: list[Value], lang: str) -> str:
    if not values:
        return f"<p>{escape(translate(lang, NOTHING))}</p>"
    head = "".join(f'<th scope="col">{escape(translate(lang, h))}</th>' for h in HEADS)
    rows = "".join(map(_row, values))
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _row(value: Value) -> str:
    cells = (value.value, value.purpose, value.ground, value.origin, value.recipients, value.until)
    shown = "".join(f"<td>{escape(cell)}</td>" for cell in cells)
    return f'<tr><th scope="row">{escape(value.label)}</th>{shown}</tr>'


def _own_name(lang: str) -> str:
    return {"de": "Deutsch", "en": "English"}[lang]
