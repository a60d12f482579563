"""Which file answers which address."""

from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from smartcx_portal.gate.serving import Pages, preferred
from tests.asgi import Client

BUILT = ["de", "en", "de/t/_/buchen", "de/verwaltung/buchung/_"]


@pytest.fixture
def pages(tmp_path: Path) -> Client:
    """Built pages that say their own path; the only tenant is `amt`."""
    for page in BUILT:
        (tmp_path / page).mkdir(parents=True)
        (tmp_path / page / "index.html").write_text(page)
    (tmp_path / "404.html").write_text("missing")
    static = Starlette(routes=[Mount("/", StaticFiles(directory=tmp_path, html=True))])
    return Client(Pages(static, tmp_path, lambda slug: slug == "amt"))


@pytest.mark.parametrize(
    ("wish", "lang"),
    [
        ("", "de"),
        ("en-GB,en;q=0.9", "en"),
        ("fr,en;q=0.5,de;q=0.8", "de"),
        ("fr", "de"),
        ("de;q=0, en;q=0.1", "en"),
        ("en;q=nonsense, de;q=0.1", "de"),
    ],
)
def test_the_root_leads_to_the_readers_language(pages: Client, wish: str, lang: str) -> None:
    answer = pages.get("/", headers={"Accept-Language": wish})
    assert (answer.status_code, answer.headers["location"]) == (307, f"/{lang}/")
    assert preferred(wish) == lang


def test_redirects_name_no_host(pages: Client) -> None:
    assert pages.get("/de", headers={"Host": "evil.example"}).headers["location"] == "/de/"
    assert pages.get("//de").status_code == 404


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("/de/", "de"),
        ("/de/t/amt/buchen", "de/t/_/buchen"),
        ("/de/t/amt/buchen/", "de/t/_/buchen"),
        ("/de/verwaltung/buchung/0190", "de/verwaltung/buchung/_"),
    ],
)
def test_built_pages_answer(pages: Client, path: str, page: str) -> None:
    answer = pages.get(path)
    assert (answer.status_code, answer.text) == (200, page)


@pytest.mark.parametrize("path", ["/de/t/nobody/buchen", "/de/t/_/buchen", "/de/t/amt", "/de/t/amt/buchen/x", "/x"])
def test_what_does_not_exist_is_missing(pages: Client, path: str) -> None:
    answer = pages.get(path)
    assert (answer.status_code, answer.text) == (404, "missing")


@pytest.mark.parametrize("path", ["/de/t/amt/buchen", "//de/t/amt/buchen", "/de/t/amt/buchen?name=Clara"])
def test_a_form_sent_too_early_leads_back_to_its_page(pages: Client, path: str) -> None:
    answer = pages.post(path, content=b"name=Clara")
    assert (answer.status_code, answer.headers["location"]) == (303, "/de/t/amt/buchen")
