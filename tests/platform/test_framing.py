"""Only the pages made for that stand within other websites, and only within those that the tenant lists."""

from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from smartcx_portal.endpoints.outer import make_outer
from smartcx_portal.gate.headers import Headers
from smartcx_portal.gate.serving import Pages
from tests.asgi import Client

SITES = {"amt": ["https://www.amt.example", "https://amt.example:8443"], "salon": []}
NOBODY = "frame-ancestors 'none'"


@pytest.fixture
def client(tmp_path: Path) -> Client:
    """Two tenants; one lists websites."""
    for page in ("de/t/_/widget", "de/t/_/widget/zeit", "en/t/_/widget/time", "de/t/_/buchen", "de/t/_/termin", "de"):
        (tmp_path / page).mkdir(parents=True, exist_ok=True)
        (tmp_path / page / "index.html").write_text(page)
    (tmp_path / "404.html").write_text("missing")
    pages = Pages(
        Starlette(routes=[Mount("/", StaticFiles(directory=tmp_path, html=True))]), tmp_path, SITES.__contains__
    )
    base = "https://termine.example.org"
    return Client(Headers(pages, tmp_path, base, [base], SITES.__getitem__), base)


@pytest.mark.parametrize(
    "path", ["/de/t/amt/widget", "/de/t/amt/widget/", "/de/t/amt/widget/zeit", "/en/t/amt/widget/time"]
)
def test_the_listed_sites_may_frame_the_booking(client: Client, path: str) -> None:
    headers = client.get(path).headers
    assert "frame-ancestors https://www.amt.example https://amt.example:8443" in headers["content-security-policy"]
    assert "x-frame-options" not in headers
    assert headers["cross-origin-resource-policy"] == "cross-origin"


@pytest.mark.parametrize(
    "path",
    [
        "/de/t/amt/buchen",
        "/de/t/amt/termin",
        "/de/t/amt/widget/nirgends",
        "/de/t/amt//widget",
        "/de/t/keins/widget",
        "/de/t/_/widget",
        "/de/",
        "/nirgends",
    ],
)
def test_nobody_frames_another_page(client: Client, path: str) -> None:
    headers = client.get(path).headers
    assert NOBODY in headers["content-security-policy"]
    assert headers["x-frame-options"] == "DENY"
    assert headers["cross-origin-resource-policy"] == "same-origin"


def test_without_listed_sites_nobody_frames_the_booking(client: Client) -> None:
    headers = client.get("/de/t/salon/widget").headers
    assert NOBODY in headers["content-security-policy"]
    assert headers["x-frame-options"] == "DENY"


def test_the_script_may_be_loaded_from_everywhere_and_asks_for_no_eval() -> None:
    answer = Client(make_outer()).get("/embed.js")
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
    assert not any(word in answer.text for word in ("eval(", "innerHTML", "document.write", "Function("))
    assert len(answer.content) < 4_000
