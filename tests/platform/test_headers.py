"""Security and cache headers, for every kind of answer."""

from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from smartcx_portal.gate.headers import Headers, script_hashes
from smartcx_portal.gate.serving import Pages
from tests.asgi import Client

START = "<script>start()</script><script src='/assets/a.js'></script>"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Built pages: a start page with a script of its own, and the page for what is missing."""
    (tmp_path / "de").mkdir()
    (tmp_path / "de" / "index.html").write_text(START)
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "a.js").write_text("a()")
    (tmp_path / "404.html").write_text("missing")
    return tmp_path


def client(folder: Path, base_url: str) -> Client:
    """The wrappers around built pages and one download."""

    def download(request: Request) -> Response:
        return PlainTextResponse("personal", headers={"Cache-Control": "public"})

    routes = [Route("/downloads/x", download), Mount("/", StaticFiles(directory=folder, html=True))]
    pages = Pages(Starlette(routes=routes), folder)
    return Client(Headers(pages, folder, base_url, [base_url]), base_url)


@pytest.fixture
def local(folder: Path) -> Client:
    """Served on the own machine."""
    return client(folder, "http://localhost:8000")


def test_a_page_names_its_own_scripts_only(local: Client) -> None:
    page = local.get("/de/").headers["content-security-policy"]
    missing = local.get("/nowhere").headers["content-security-policy"]
    (digest,) = script_hashes(START)
    assert f"script-src 'self' {digest};" in page
    assert "script-src 'self';" in missing


@pytest.mark.parametrize("path", ["/", "/de/", "/nowhere", "/assets/a.js", "/downloads/x"])
def test_every_answer_is_guarded(local: Client, path: str) -> None:
    headers = local.get(path).headers
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]


@pytest.mark.parametrize(
    ("path", "rule"),
    [
        ("/de/", "no-cache"),
        ("/assets/a.js", "public, max-age=31536000, immutable"),
        ("/assets/none.js", "no-cache"),
        ("/downloads/x", "no-store"),
    ],
)
def test_what_may_be_kept(local: Client, path: str, rule: str) -> None:
    assert local.get(path).headers["cache-control"] == rule


@pytest.mark.promise("P15")
def test_https_is_demanded_once_it_is_there(folder: Path, local: Client) -> None:
    headers = client(folder, "https://termine.example.org").get("/de/").headers
    assert headers["strict-transport-security"] == "max-age=63072000; includeSubDomains"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert "connect-src 'self' wss://termine.example.org;" in headers["content-security-policy"]
    assert "strict-transport-security" not in local.get("/de/").headers


def test_nothing_sets_a_cookie(local: Client) -> None:
    assert not any("set-cookie" in local.get(path).headers for path in ("/", "/de/", "/nowhere"))
