"""A version of the notice as a file to keep or print: PDF/UA-1, with its date, number and check value (Art. 12(1))."""

from smartcx_portal.kit.errors import NotFound
from smartcx_portal.kit.language import LANGUAGES, N_, translator
from smartcx_portal.kit.sheets import Grid, Part, Sheet, as_pdf
from smartcx_portal.models.privacy import NoticeVersion
from smartcx_portal.models.tenant import Tenant
from smartcx_portal.privacy.notice import NoticeView, view_of
from smartcx_portal.privacy.notice_parts import Section
from smartcx_portal.tenancy import Work

MOST_KEPT = 32
FILE_NAMES = {"de": "datenschutzhinweise", "en": "privacy-notice"}
_made: dict[tuple[str, str], bytes] = {}
"""Files by version and language: what was published once never changes, and many may ask for it."""


def notice_file(work: Work, number: int, lang: str) -> tuple[str, bytes]:
    """File name and content of one version. Raises `NotFound`."""
    if lang not in LANGUAGES:
        raise NotFound
    tenant = work.get(Tenant, work.tenant)
    version = work.first(work.select(NoticeVersion).where(NoticeVersion.number == number))
    if version is None:
        raise NotFound
    key = (str(version.id), lang)
    file = _made.get(key) or as_pdf(notice_sheet(view_of(work, lang, version), tenant.name, lang))
    _keep(key, file)
    return f"{FILE_NAMES[lang]}-{tenant.slug}-{number}.pdf", file


def notice_sheet(view: NoticeView, name: str, lang: str) -> Sheet:
    """The notice of the tenant called `name` as parts of a file."""
    t = translator(lang)
    note = t(N_("Version {number}, {day}")).format(number=view.number, day=view.published)
    check = t(N_("Check value of this version (SHA-256): {digest}")).format(digest=view.digest)
    last = Part(t(N_("This version")), paragraphs=[note, check])
    return Sheet(f"{view.title}: {name}", lang, note, [*map(_part, [*view.glance, *view.details]), last])


def _part(section: Section) -> Part:
    grids = [Grid(table.caption, table.head, table.rows) for table in section.tables]
    return Part(section.heading, paragraphs=section.paragraphs, points=section.points, grids=grids)


def _keep(key: tuple[str, str], file: bytes) -> None:
    _made[key] = file
    while len(_made) > MOST_KEPT:
        _made.pop(next(iter(_made)), None)
