"""The demo's mailbox page."""

import json
import shutil
from collections.abc import Iterator

import pytest

from smartcx_portal.endpoints.mailbox import linked
from smartcx_portal.endpoints.outer import make_outer
from smartcx_portal.messaging.channels import mailbox
from smartcx_portal.settings import settings
from tests.asgi import Client

LETTER = {
    "id": "1",
    "kind": "code",
    "channel": "email",
    "language": "de",
    "from": "Bürgeramt Musterstadt",
    "to": "clara@example.org",
    "subject": "Ihr Code",
    "text": "<b>1234</b>\nhttp://localhost:8000/de/t/amt/termin#a.b.",
    "attachments": [],
}


@pytest.fixture
def demo(monkeypatch: pytest.MonkeyPatch) -> Iterator[Client]:
    """Demo mode with nothing in the mailbox."""
    monkeypatch.setattr(settings(), "demo", True)
    shutil.rmtree(mailbox.folder(), ignore_errors=True)
    (mailbox.folder() / "tenant").mkdir(parents=True)
    yield Client(make_outer())
    shutil.rmtree(mailbox.folder(), ignore_errors=True)


def put(at: str, **changes: str) -> None:
    letter = LETTER | {"at": f"2026-11-22T{at}+00:00"} | changes
    (mailbox.folder() / "tenant" / f"{at}.json").write_text(json.dumps(letter))


def test_outside_demo_mode_there_is_no_such_page() -> None:
    assert Client(make_outer()).get("/dev/mailbox").status_code == 404


def test_the_newest_letter_comes_first(demo: Client) -> None:
    put("09:00:00", subject="Erster")
    put("10:00:00", subject="Zweiter")
    page = demo.get("/dev/mailbox").text
    assert page.index("Zweiter") < page.index("Erster")


def test_a_letter_is_shown_as_text_and_its_link_can_be_followed(demo: Client) -> None:
    put("09:00:00")
    page = demo.get("/dev/mailbox").text
    assert "&lt;b&gt;1234&lt;/b&gt;<br>" in page
    assert 'href="http://localhost:8000/de/t/amt/termin#a.b"' in page


def test_only_web_addresses_become_links() -> None:
    assert "<a" not in linked('javascript:alert(1) "><img onerror=x>')
    assert linked('http://a.example/"onmouseover="x').count('"') == 4
