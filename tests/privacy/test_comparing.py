"""Two versions of a notice are compared sentence by sentence and cell by cell."""

from dataclasses import asdict
from typing import Any

import pytest

from smartcx_portal.privacy.comparing import Change, Kind, compare, differ_materially, is_material
from smartcx_portal.privacy.notice_parts import Section, Table


def content(*sections: Section) -> dict[str, Any]:
    return {"title": "Privacy notice", "sections": [asdict(section) for section in sections]}


def keeping(*paragraphs: str, points: tuple[str, ...] = (), rows: tuple[tuple[str, str], ...] = ()) -> Section:
    table = Table("Periods", ["What", "How long"], [list(row) for row in rows])
    return Section("keeping", "How long", False, list(paragraphs), list(points), [table] if rows else [])


def changes(old: Section, new: Section) -> list[Change]:
    found = compare(content(old), content(new))
    return [change for section in found for change in section.changes]


def test_what_is_the_same_is_not_told():
    same = keeping("It stays 30 days. Then it goes.", points=("Mails: 30 days",), rows=(("Answers", "1 day"),))
    assert compare(content(same), content(same)) == []


def test_only_the_sentence_that_changed_is_told():
    told = changes(keeping("It stays 30 days. Then it goes."), keeping("It stays 14 days. Then it goes."))
    assert told == [Change(Kind.CHANGED, "It stays 30 days.", "It stays 14 days.")]


def test_a_sentence_that_is_quite_another_came_and_the_old_one_went():
    told = changes(keeping("Nothing goes abroad."), keeping("Ask Musterstadt, Markt 1!"))
    assert told == [
        Change(Kind.GONE, before="Nothing goes abroad."),
        Change(Kind.NEW, after="Ask Musterstadt, Markt 1!"),
    ]


def test_in_a_list_each_entry_is_told_apart():
    told = changes(keeping(points=("Mails: 30 days", "SMS: 30 days")), keeping(points=("Mails: 30 days",)))
    assert told == [Change(Kind.GONE, before="SMS: 30 days")]


def test_in_a_table_the_cell_is_named_by_row_and_column():
    told = changes(keeping(rows=(("Answers", "1 day"),)), keeping(rows=(("Answers", "9 days"),)))
    assert told == [Change(Kind.CHANGED, "1 day", "9 days", "Answers, How long")]


def test_a_new_row_says_what_its_columns_say():
    told = changes(keeping(rows=(("Answers", "1 day"),)), keeping(rows=(("Answers", "1 day"), ("Logs", "8 weeks"))))
    assert told == [Change(Kind.NEW, after="How long: 8 weeks", about="Logs")]


def test_a_table_that_another_column_joined_is_told_by_rows():
    wider = Section("keeping", "How long", False, tables=[Table("P", ["What", "How long", "Why"], [["A", "1", "law"]])])
    assert changes(keeping(rows=(("A", "1"),)), wider) == [Change(Kind.CHANGED, "1", "1 · law", "A")]


@pytest.mark.parametrize(("turned", "kind"), [(False, Kind.NEW), (True, Kind.GONE)])
def test_a_whole_section_comes_or_goes(turned: bool, kind: Kind):
    pair = [content(), content(keeping("It stays 30 days."))]
    found = compare(*reversed(pair)) if turned else compare(*pair)
    assert [(section.kind, [change.kind for change in section.changes]) for section in found] == [(kind, [kind])]


@pytest.mark.promise("P22")
def test_a_period_is_material_and_a_line_on_the_device_is_not():
    device = [Section("device", "Device", False, [text]) for text in ("Two entries.", "Three entries.")]
    periods = [keeping("It stays 30 days."), keeping("It stays 14 days.")]
    for (old, new), material in ((device, False), (periods, True)):
        assert is_material(compare(content(old), content(new))) is material
        assert differ_materially(content(old), content(new)) is material
