"""Files to keep and to print: PDF that screen readers can read, workbooks without formulas, whatever people typed."""

import io
import zipfile
from datetime import datetime

import pytest
from pypdf import PdfReader

from smartcx_portal.kit.sheets import Grid, Part, Sheet, as_pdf, as_xlsx

PEOPLE = Grid("Personen", ["Name", "Ort"], [["Clara Lindqvist", "Musterstadt"]])


def sheet(*parts: Part, lang: str = "de", title: str = "Verzeichnis") -> Sheet:
    return Sheet(title, lang, "Stand: 22. November 2026", list(parts))


def saying(*paragraphs: str) -> Sheet:
    return sheet(Part("Text", paragraphs=list(paragraphs)))


def words_of(pdf: bytes) -> str:
    """Its words, with single blanks between them and without the hyphens of line ends."""
    pages = PdfReader(io.BytesIO(pdf)).pages
    return " ".join("\n".join(page.extract_text() for page in pages).replace("\xad\n", "").split())


def tags_in(pdf: bytes) -> set[str]:
    """The kinds of elements in its structure."""
    found, waiting = set(), [PdfReader(io.BytesIO(pdf)).trailer["/Root"]["/StructTreeRoot"]["/K"]]
    while waiting:
        one = waiting.pop().get_object()
        if isinstance(one, list):
            waiting += one
        elif isinstance(one, dict):
            found.add(str(one.get("/S", "")))
            waiting += [one["/K"]] if "/K" in one else []
    return found


def in_book(xlsx: bytes, name: str) -> str:
    return zipfile.ZipFile(io.BytesIO(xlsx)).read(name).decode()


def tabs_in(xlsx: bytes) -> list[str]:
    return [part.split('"')[0] for part in in_book(xlsx, "xl/workbook.xml").split('<sheet name="')[1:]]


def test_a_pdf_names_itself_its_language_and_what_it_conforms_to(frozen: datetime) -> None:
    pdf = as_pdf(sheet(Part("Personen", grids=[PEOPLE])))
    root = PdfReader(io.BytesIO(pdf)).trailer["/Root"]
    assert PdfReader(io.BytesIO(pdf)).metadata.title == "Verzeichnis"
    assert root["/Lang"] == "de-DE"
    assert root["/MarkInfo"]["/Marked"] is not None
    assert b"pdfuaid:part" in root["/Metadata"].get_object().get_data()


def test_headings_lists_and_tables_are_tagged_as_such(frozen: datetime) -> None:
    pdf = as_pdf(sheet(Part("Eins", points=["ein Punkt"]), Part("Zwei", level=2, grids=[PEOPLE])))
    assert {"/H1", "/H2", "/L", "/LI", "/Table", "/TH", "/TD", "/Caption"} <= tags_in(pdf)


def test_words_note_and_page_numbers_stand_in_a_pdf(frozen: datetime) -> None:
    words = words_of(as_pdf(sheet(Part("Personen", paragraphs=["Ein Satz."], grids=[PEOPLE]))))
    assert "Clara Lindqvist Musterstadt" in words
    assert words.endswith("Stand: 22. November 2026 Seite 1 von 1")


def test_page_numbers_speak_the_readers_language(frozen: datetime) -> None:
    assert "Page 1 of 1" in words_of(as_pdf(sheet(lang="en")))


def test_markup_stays_text(frozen: datetime) -> None:
    typed = '#strong[x] $x^2$ `code` = kein Titel @ref <label> #read("/etc/passwd")'
    assert typed in words_of(as_pdf(saying(typed)))


def test_line_breaks_stay(frozen: datetime) -> None:
    pages = PdfReader(io.BytesIO(as_pdf(saying("Markt 1\n47798 Musterstadt")))).pages
    assert "Markt 1\n47798 Musterstadt" in pages[0].extract_text()


@pytest.mark.parametrize("where", ["paragraph", "cell"])
def test_a_word_of_500_letters_stays_on_the_paper(frozen: datetime, where: str) -> None:
    long = "x" * 500
    in_cell = Part("P", grids=[Grid("", ["A", "B"], [[long, "b"]])])
    part = Part("P", paragraphs=[long]) if where == "paragraph" else in_cell
    lines = PdfReader(io.BytesIO(as_pdf(sheet(part)))).pages[0].extract_text().split("\n")
    assert max(len(line) for line in lines) < 150
    assert sum(line.count("x") for line in lines) >= 500


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("王小明", "[U+738B][U+5C0F][U+660E]"),
        ("Hallo 😀", "Hallo [U+1F600]"),
        ("a\x07b", "a[U+0007]b"),
        ("\ud800", "[U+D800]"),
        ("o\U0001d167 ist ein o", "o[U+1D167] ist ein o"),
    ],
)
def test_signs_without_a_shape_stand_as_numbers_with_a_word_why(frozen: datetime, typed: str, shown: str) -> None:
    words = words_of(as_pdf(saying(typed)))
    assert shown in words
    assert "Der Schrift dieser Datei fehlen einige Zeichen" in words


@pytest.mark.parametrize("name", ["Łukasz Şahin", "Đặng Thị Hồng", "Ελένη", "Иван", "Zoe\u0308"])
def test_names_of_europe_need_no_numbers(frozen: datetime, name: str) -> None:
    assert "[U+" not in words_of(as_pdf(saying(name)))


def test_many_odd_signs_at_once_still_make_a_pdf(frozen: datetime) -> None:
    odd = "".join(chr(code) for code in (*range(0x300, 0x370), *range(0x600, 0x6FF), *range(0x4E00, 0x4F00)))
    assert as_pdf(saying(odd, " ".join(odd))).startswith(b"%PDF")


def test_a_level_that_was_left_out_is_closed_up(frozen: datetime) -> None:
    assert "/H2" not in tags_in(as_pdf(sheet(Part("Tief", level=3))))


@pytest.mark.parametrize("parts", [(), (Part(""),), (Part("Leer", grids=[Grid("Nichts", ["A"], [])]),)])
def test_an_empty_sheet_is_a_pdf_too(frozen: datetime, parts: tuple[Part, ...]) -> None:
    assert as_pdf(sheet(*parts, title="")).startswith(b"%PDF")


def test_an_empty_table_says_so(frozen: datetime) -> None:
    assert "Keine Einträge." in words_of(as_pdf(sheet(Part("Leer", grids=[Grid("Nichts", ["A"], [])]))))


def test_wide_tables_turn_the_paper(frozen: datetime) -> None:
    pdf = as_pdf(sheet(Part("Breit", grids=[Grid("", list("ABCDEFG"), [list("abcdefg")])])))
    box = PdfReader(io.BytesIO(pdf)).pages[0].mediabox
    assert box.width > box.height


def test_the_same_sheet_at_the_same_time_is_the_same_file(frozen: datetime) -> None:
    whole = sheet(Part("Personen", paragraphs=["Ein Satz."], grids=[PEOPLE]))
    assert as_pdf(whole) == as_pdf(whole)


def test_a_workbook_has_a_tab_for_each_table_and_one_for_the_rest(frozen: datetime) -> None:
    book = as_xlsx(sheet(Part("P", paragraphs=["Ein Satz."], grids=[PEOPLE, PEOPLE])))
    assert tabs_in(book) == ["Personen", "Personen (2)", "Zu dieser Datei"]
    assert "Ein Satz." in in_book(book, "xl/sharedStrings.xml")


@pytest.mark.parametrize("caption", ["x" * 80, "a/b:c*[d]?\\", "History", "'", ""])
def test_every_caption_makes_names_that_spreadsheets_take(frozen: datetime, caption: str) -> None:
    names = tabs_in(as_xlsx(sheet(Part("P", grids=[Grid(caption, ["A"], [["a"]])] * 2))))
    assert len({name.casefold() for name in names}) == 3
    assert all(0 < len(name) <= 31 and not set("[]:*?/\\") & set(name) for name in names)
    assert "history" not in {name.casefold() for name in names}


@pytest.mark.parametrize("typed", ["=1+1", "+49 2151", "-1", "@SUM(A1)", '=HYPERLINK("http://example.org")'])
def test_what_looks_like_a_formula_is_text(frozen: datetime, typed: str) -> None:
    book = as_xlsx(sheet(Part("P", paragraphs=[typed], grids=[Grid("T", ["A"], [[typed]])])))
    assert "<f>" not in in_book(book, "xl/worksheets/sheet1.xml") + in_book(book, "xl/worksheets/sheet2.xml")
    assert 'quotePrefix="1"' in in_book(book, "xl/styles.xml")


def test_an_empty_table_and_a_long_text_make_a_workbook(frozen: datetime) -> None:
    grids = [Grid("Nichts", ["A"], []), Grid("Ohne", [], []), Grid("Lang", ["A"], [["x" * 40_000]])]
    assert "x" * 32_000 + "…" in in_book(as_xlsx(sheet(Part("P", grids=grids))), "xl/sharedStrings.xml")
