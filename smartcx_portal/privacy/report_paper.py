"""The access report on paper: everything that is stored about one person, and the answers of Art. 15."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from smartcx_portal.kit.language import N_, translate
from smartcx_portal.kit.sheets import Grid, Part, Sheet
from smartcx_portal.privacy.access import Group, PersonView, Record, Value
from smartcx_portal.privacy.art15 import Answer
from smartcx_portal.privacy.package_pages import AS_OF, HEADS, MORE, NOTHING, TITLE
from smartcx_portal.privacy.reading import Reading
from smartcx_portal.privacy.subject import created_text

STORED = N_("Entries")
WHY = N_("Why it is stored")
ENTRY = N_("Entry")
WHAT, VALUE, PURPOSE, GROUND, ORIGIN, RECIPIENTS, UNTIL = HEADS
CONTROLLER = N_("{name} is responsible for this data: {address}, {email}.")


def report_sheet(reading: Reading, view: PersonView, said: Sequence[Answer], lang: str) -> Sheet:
    """The report in one language; `said` is what Art. 15 asks for besides."""
    tenant = reading.tenant
    as_of = translate(lang, AS_OF).format(when=created_text(reading.work, lang))
    address = f"{tenant.street}, {tenant.postal_code} {tenant.city}"
    opening = [
        translate(lang, CONTROLLER).format(name=tenant.name, address=address, email=tenant.email),
        translate(lang, MORE).format(count=view.technical),
    ]
    return Sheet(
        title=translate(lang, TITLE).format(name=tenant.name),
        lang=lang,
        note=f"{tenant.name}. {as_of}",
        parts=[
            Part("", paragraphs=opening),
            *(_Paper(lang).part(group) for group in view.groups),
            *(_answer(one, lang) for one in said),
        ],
    )


@dataclass
class _Paper:
    """One group: its entries, and beside them each different reason once."""

    lang: str
    reasons: dict[tuple[str, ...], None] = field(default_factory=dict)

    def part(self, group: Group) -> Part:
        if not any(record.values for record in group.records):
            return Part(group.title, points=[record.title for record in group.records if record.title])
        rows = [row for record in group.records for row in self._rows(record)]
        entries = Grid(self._t(STORED), [self._t(head) for head in (ENTRY, WHAT, VALUE, UNTIL)], rows)
        heads = [self._t(head) for head in (WHAT, PURPOSE, GROUND, ORIGIN, RECIPIENTS)]
        return Part(group.title, grids=[entries, Grid(self._t(WHY), heads, [list(reason) for reason in self.reasons])])

    def _rows(self, record: Record) -> list[list[str]]:
        if not record.values:
            return [[record.title, "", self._t(NOTHING), ""]]
        return [self._row(record.title if first else "", value) for first, value in _with_first(record.values)]

    def _row(self, title: str, value: Value) -> list[str]:
        self.reasons[(value.label, value.purpose, value.ground, value.origin, value.recipients)] = None
        return [title, value.label, value.value, value.until]

    def _t(self, text: str) -> str:
        return translate(self.lang, text)


def _with_first(values: list[Value]) -> list[tuple[bool, Value]]:
    return [(place == 0, value) for place, value in enumerate(values)]


def _answer(one: Answer, lang: str) -> Part:
    return Part(one.heading(lang), points=[point.texts[lang] for point in one.points])
