"""What the started app answers over HTTP, without a browser: headers on everything, and nothing that is not a page."""

import http.client
import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from smartcx_portal.gate.headers import LONG_LIVED, NO_DOCUMENT, TENANT_SHEET
from smartcx_portal.kit.toolchain import pages_folder
from tests.browser.addresses import PARAMETER
from tests.browser.demo import TOWN, Demo
from tests.registry import page_routes, routes

KNOWN = {"tenant": TOWN, "slug": TOWN, "lang": "de"}
"""What parameters of HTTP routes stand for; any other is a word that leads nowhere."""
NEVER_SERVED = [
    "/.env",
    "/.git/HEAD",
    "/.git/config",
    "/rxconfig.py",
    "/requirements.txt",
    "/package.json",
    "/vite.config.js",
    "/reflex.json",
    "/smartcx_portal/settings.py",
    "/var/secret.key",
    "/secret.key",
    "/demo-logins.txt",
    "/docs",
    "/openapi.json",
    "/_upload",
    "/_all_routes",
    "/auth-codespace",
    "/assets/../secret.key",
    "/../../../../../../etc/passwd",
    "/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
    "/assets/..%2f..%2f..%2f..%2fetc/passwd",
    "//etc/passwd",
]
SOURCE_MAP = re.compile(rb"[#@]\s*sourceMappingURL=")
RULES = {
    "default-src": "'self'",
    "style-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-src": "'none'",
    "frame-ancestors": "'none'",
}
FRAMED = re.compile(r"/(de|en)/t/buergeramt-musterstadt/widget(/|$)")
LISTED = "https://www.musterstadt.example"
"""The website that the demo's town office lists."""


class Answer(NamedTuple):
    """What came back, unfollowed."""

    status: int
    headers: Mapping[str, str]
    body: bytes


OF_OTHERS = {"/embed.js": "cross-origin"}
"""What other websites load on purpose."""


def get(demo: Demo, path: str) -> Answer:
    """One request with the path exactly as it is written."""
    line = http.client.HTTPConnection("127.0.0.1", demo.app.port, timeout=30)
    try:
        line.request("GET", path, headers={"Host": f"localhost:{demo.app.port}"})
        got = line.getresponse()
        return Answer(got.status, {name.lower(): value for name, value in got.getheaders()}, got.read())
    finally:
        line.close()


def assert_guarded(answer: Answer, path: str) -> None:
    """The headers that every answer bears."""
    if path.startswith(LONG_LIVED) or path.endswith(TENANT_SHEET):
        assert answer.headers["content-security-policy"] == NO_DOCUMENT, path
    else:
        assert_policy(answer, path)
    assert answer.headers["x-content-type-options"] == "nosniff", path
    framed = bool(FRAMED.match(path))
    assert answer.headers.get("x-frame-options") == (None if framed else "DENY"), path
    assert answer.headers["referrer-policy"] == "same-origin", path
    assert "camera=()" in answer.headers["permissions-policy"], path
    owned = "cross-origin" if framed else OF_OTHERS.get(path, "same-origin")
    assert answer.headers["cross-origin-resource-policy"] == owned, path
    assert "cache-control" in answer.headers, path
    assert "set-cookie" not in answer.headers, path


def assert_policy(answer: Answer, path: str) -> None:
    """A page runs its own scripts only, and nobody frames it, but for the booking on the tenant's own website."""
    said = (rule.strip().partition(" ") for rule in answer.headers["content-security-policy"].split(";"))
    found = {name: values for name, _, values in said}
    rules = RULES | ({"frame-ancestors": LISTED} if FRAMED.match(path) else {})
    assert {name: found.get(name) for name in rules} == rules, path
    sources = set(" ".join(found.values()).split())
    assert not {"*", "http:", "https:", "'unsafe-inline'", "'unsafe-eval'", "'strict-dynamic'"} & sources, path


def test_every_page_is_guarded(demo: Demo) -> None:
    for route in page_routes():
        path = PARAMETER.sub(lambda found: KNOWN.get(found[1], "x"), f"/{route}")
        answer = get(demo, path)
        assert_guarded(answer, path)
        assert answer.status < 500, path


def test_every_route_is_guarded(demo: Demo) -> None:
    for route in routes():
        path = re.sub(r"\{(\w+)\}", lambda found: KNOWN.get(found[1], "x"), route.name)
        answer = get(demo, path)
        assert_guarded(answer, path)
        assert answer.status < 500, path


@pytest.mark.parametrize("path", ["/", "/de", "/ping", "/_event/", "/assets/none.js", "/de/nirgendwo"])
def test_everything_else_is_guarded_too(demo: Demo, path: str) -> None:
    assert_guarded(get(demo, path), path)


def built() -> list[Path]:
    """Every file of the build that may be asked for."""
    return sorted(file for file in pages_folder().rglob("*") if file.is_file())


def test_no_source_map_is_served(demo: Demo) -> None:
    assert [file for file in built() if file.suffix == ".map"] == []
    scripts = [file for file in built() if file.suffix in (".js", ".css")]
    assert scripts
    assert [file for file in scripts if SOURCE_MAP.search(file.read_bytes())] == []
    assert get(demo, f"/{scripts[0].relative_to(pages_folder())}.map").status == 404


@pytest.mark.parametrize("path", NEVER_SERVED)
def test_what_is_no_page_is_not_served(demo: Demo, path: str) -> None:
    answer = get(demo, path)
    assert answer.status in (400, 404, 405), path
    assert b"root:" not in answer.body
    assert_guarded(answer, path)
