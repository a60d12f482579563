"""`smartcx api`: the public HTTP API by processes of its own, with all that guards it in the web process."""

import gc
import json
import urllib.error
import urllib.request
from collections.abc import Iterator

import pytest

from smartcx_portal.kit.embedded import Urls
from smartcx_portal.kit.memory import keep_for_good
from tests.cast import Cast
from tests.started import Started, free_port


@pytest.fixture
def beside(database: Urls) -> Iterator[Started]:
    app = Started(database, "-m", "smartcx_portal.cli", "api")
    app.environment["SMARTCX_BASE_URL"] = f"http://localhost:{free_port()}"
    try:
        yield app.start()
    finally:
        app.stop()


def asked(app: Started, path: str, **headers: str) -> tuple[int, dict[str, str], str]:
    try:
        with urllib.request.urlopen(urllib.request.Request(app.base_url + path, headers=headers)) as answer:
            return answer.status, {k.lower(): v for k, v in answer.headers.items()}, answer.read().decode()
    except urllib.error.HTTPError as refusal:
        return refusal.code, {k.lower(): v for k, v in refusal.headers.items()}, refusal.read().decode()


def test_it_answers_the_api_and_nothing_else(cast: Cast, beside: Started):
    status, headers, text = asked(beside, f"/api/v1/tenants/{cast.town.slug}/services")
    assert (status, len(json.loads(text)["services"])) == (200, 1)
    assert headers["cache-control"] == "no-store"
    assert "default-src" in headers["content-security-policy"]
    assert {"ratelimit-limit", "x-content-type-options"} <= headers.keys()
    assert asked(beside, "/_health")[0] == 200
    for path in ("/", "/de/", "/de/anmelden", "/dev/mailbox", f"/feeds/{cast.town.slug}/x.ics"):
        assert asked(beside, path)[0] == 404


def test_it_refuses_to_start_without_the_address_of_the_pages(database: Urls):
    app = Started(database, "-m", "smartcx_portal.cli", "api")
    with pytest.raises(RuntimeError, match="set SMARTCX_BASE_URL"):
        app.start()


def test_what_was_made_so_far_is_left_out_of_collections():
    before = gc.get_freeze_count()
    try:
        keep_for_good()
        assert gc.get_freeze_count() > before + 10_000
    finally:
        gc.unfreeze()
