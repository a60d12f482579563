"""Files as PDF or workbook are fetched by links that live two minutes and serve only who asked (Art. 15, 30)."""

import functools
import io
from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import httpx
import pytest
from pypdf import PdfReader

from smartcx_portal.endpoints.outer import make_outer
from smartcx_portal.kit.errors import NotFound, NotPermitted, ProductError, TooMany
from smartcx_portal.kit.limits import forget_all
from smartcx_portal.kit.sheets import Grid, Part, Sheet
from smartcx_portal.models.audit import AuditEntry
from smartcx_portal.models.customer import Customer
from smartcx_portal.models.staff import Role
from smartcx_portal.privacy.papers import PAPERS, Paper, paper_path, paper_token, pdf, register, workbook
from smartcx_portal.tenancy import Permission, Work
from tests.asgi import Client
from tests.cast import Cast
from tests.conftest import SUNDAY, at
from tests.privacy.scenes import clara_books, open_house


class NotToday(ProductError):
    """What a maker may say."""

    says = "We could not find that."


def people(work: Work, ref: str, lang: str) -> Paper:
    """Everybody's names at the tenant, for owners."""
    work.need(Permission.PRIVACY_CASES)
    rows = [[one.name or ""] for one in work.all(work.select(Customer))]
    return pdf(f"personen-{ref}", Sheet("Personen", lang, "", [Part("", grids=[Grid("Personen", ["Name"], rows)])]))


def own(work: Work, ref: str, lang: str) -> Paper:
    """One's own name."""
    found = work.get(Customer, work.actor.customer_id)
    return workbook(
        "übersicht", Sheet("Ich", lang, "", [Part("", grids=[Grid("Ich", ["Name"], [[found.name or ""]])])])
    )


def none(work: Work, ref: str, lang: str) -> Paper:
    """No file, but a reason."""
    raise NotToday


def tenants(work: Work, ref: str, lang: str) -> tuple[str, str, bytes]:
    """Something of the operator's."""
    return "tenants.txt", "text/plain", str(work.tenant_id).encode()


@pytest.fixture(autouse=True)
def kinds() -> Iterator[None]:
    """Kinds of files for these tests; limits begin at nought."""
    forget_all()
    before = dict(PAPERS)
    register("test-people", Permission.PRIVACY_CASES, people)
    register("test-own", Permission.PERSON, own)
    register("test-fresh", Permission.PERSON_FRESH, own)
    register("test-none", Permission.STAFF, none)
    register("test-tenants", Permission.OPERATE, tenants)
    yield
    PAPERS.clear()
    PAPERS.update(before)


@pytest.fixture
def clara(cast: Cast) -> UUID:
    open_house(cast)
    return clara_books(cast)


def annas(cast: Cast, kind: str = "test-people", ref: str = "7") -> str:
    with cast.as_staff(cast.anna, role=Role.OWNER) as work:
        return paper_token(work, kind, ref)


@functools.cache
def client() -> Client:
    return Client(make_outer())


def fetch(token: str, lang: str = "de") -> httpx.Response:
    return client().get(paper_path(token), headers={"Accept-Language": lang})


def test_a_fresh_link_gives_the_file(cast: Cast, clara: UUID) -> None:
    answer = fetch(annas(cast))
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    assert answer.headers["content-disposition"] == "attachment; filename*=UTF-8''personen-7.pdf"
    assert answer.headers["cache-control"] == "no-store"
    assert "Clara Lindqvist" in PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()


def test_a_person_gets_their_own(cast: Cast, clara: UUID) -> None:
    with cast.as_person(clara) as work:
        answer = fetch(paper_token(work, "test-own"))
    assert answer.content.startswith(b"PK")
    assert answer.headers["content-disposition"] == "attachment; filename*=UTF-8''%C3%BCbersicht.xlsx"


def test_the_operator_needs_no_tenant(cast: Cast) -> None:
    with cast.as_operator() as work:
        answer = fetch(paper_token(work, "test-tenants"))
    assert answer.content == b"None"


def test_the_trail_says_that_a_link_was_made(cast: Cast, clara: UUID) -> None:
    annas(cast)
    with cast.as_job() as work:
        entry = work.first(work.select(AuditEntry).where(AuditEntry.action == "paper.link_made"))
    assert (entry.actor_id, entry.detail) == (cast.anna, {"kind": "test-people"})


def test_without_the_permission_there_is_no_link(cast: Cast, clara: UUID) -> None:
    with cast.as_staff(cast.ben) as work, pytest.raises(NotPermitted):
        paper_token(work, "test-people")
    for kind in ("test-people", "test-own", "test-tenants"):
        with cast.as_visitor() as work, pytest.raises(NotFound):
            paper_token(work, kind)
    with cast.as_person(clara) as work, pytest.raises(NotFound):
        paper_token(work, "test-fresh")


def test_a_proof_that_was_fresh_stays_so_in_its_link(cast: Cast, clara: UUID) -> None:
    with cast.as_person(clara, fresh=True) as work:
        assert fetch(paper_token(work, "test-fresh")).status_code == 200


def test_dora_gets_nothing_of_the_other_office(cast: Cast, clara: UUID) -> None:
    with cast.as_staff(cast.dora, cast.salon, Role.OWNER) as work:
        answer = fetch(paper_token(work, "test-people"))
    assert answer.status_code == 200
    assert "Clara" not in PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()


@pytest.mark.promise("P02")
def test_somebody_elses_person_is_not_found_at_this_tenant(cast: Cast, clara: UUID) -> None:
    with cast.as_person(clara, cast.salon) as work:
        answer = fetch(paper_token(work, "test-own"))
    assert answer.status_code == 410
    assert "Lindqvist" not in answer.text


def test_an_old_link_says_what_to_do(cast: Cast, clara: UUID) -> None:
    token = annas(cast)
    with at(SUNDAY + timedelta(seconds=121)):
        old = fetch(token)
        english = fetch(token, "en")
    assert old.status_code == english.status_code == 410
    assert "Dieser Link gilt nicht mehr" in old.text
    assert "This link is no longer valid" in english.text


def test_a_link_of_tomorrow_opens_nothing(cast: Cast, clara: UUID) -> None:
    with at(SUNDAY + timedelta(days=1)):
        token = annas(cast)
    assert fetch(token).status_code == 410


def test_no_changed_sign_is_overlooked(cast: Cast, clara: UUID) -> None:
    token = annas(cast)
    for place in range(0, len(token), 31):
        other = "A" if token[place] != "A" else "B"
        assert fetch(token[:place] + other + token[place + 1 :]).status_code == 410


@pytest.mark.parametrize("token", ["x", "%00", "a.b.c", "%F0%9F%98%80", "A" * 3_000, "gAAAAA==", "%20", "..", "=%3D"])
def test_nonsense_opens_nothing(cast: Cast, token: str) -> None:
    assert fetch(token).status_code in (404, 410)


def test_the_address_tells_nobody_who_asked_for_what(cast: Cast, clara: UUID) -> None:
    token = annas(cast, ref="geheim")
    for word in ("test-people", "geheim", str(cast.anna), str(cast.town.id)):
        assert word not in token


def test_a_link_for_a_kind_that_is_gone_opens_nothing(cast: Cast, clara: UUID) -> None:
    token = annas(cast)
    del PAPERS["test-people"]
    assert fetch(token).status_code == 410


def test_what_the_maker_says_reaches_the_reader(cast: Cast, clara: UUID) -> None:
    answer = fetch(annas(cast, "test-none"))
    assert answer.status_code == 410
    assert "Das haben wir nicht gefunden." in answer.text


def test_a_link_is_used_a_few_times_at_most(cast: Cast, clara: UUID) -> None:
    token = annas(cast)
    assert [fetch(token).status_code for _ in range(6)] == [200] * 5 + [429]


def test_nobody_asks_for_files_all_the_time(cast: Cast, clara: UUID) -> None:
    with cast.as_staff(cast.anna, role=Role.OWNER) as work, pytest.raises(TooMany):
        for _ in range(61):
            paper_token(work, "test-people")


def test_a_name_of_a_kind_is_given_once() -> None:
    with pytest.raises(ValueError, match="test-own"):
        register("test-own", Permission.PUBLIC, own)
