"""The contact page that needs no JavaScript (promises P14, P18)."""

from collections.abc import Iterator

import httpx
import pytest

from smartcx_portal.endpoints.outer import make_outer
from smartcx_portal.gate.routes import SameOrigin
from smartcx_portal.kit.limits import forget_all
from smartcx_portal.models.privacy import Enquiry
from smartcx_portal.models.tenant import Tenant, TenantStatus
from tests.asgi import Client
from tests.cast import CLARA, Cast

PAGE = "/de/t/buergeramt-musterstadt/kontakt/ohne-javascript"
QUESTION = {"about": "question", "name": CLARA["name"], "email": CLARA["email"], "text": "Muss Anna mitkommen?"}
HOME = "http://localhost:8000"


@pytest.fixture
def client(cast: Cast) -> Iterator[Client]:
    forget_all()
    yield Client(SameOrigin(make_outer(), [HOME]))
    forget_all()


def send(client: Client, origin: str = HOME, **changes: str) -> httpx.Response:
    return client.post(PAGE, data=QUESTION | changes, headers={"Origin": origin})


def test_the_page_says_how_to_reach_people(client: Client) -> None:
    page = client.get(PAGE)
    assert page.status_code == 200
    assert "+49 2151 555100" in page.text


def test_it_exists_in_english(client: Client) -> None:
    page = client.get("/en/t/buergeramt-musterstadt/contact/without-javascript")
    assert '<html lang="en">' in page.text
    assert "Contact and help" in page.text


def test_a_question_is_stored_and_the_next_page_says_so(client: Client, cast: Cast) -> None:
    answer = send(client)
    assert answer.status_code == 303
    assert "Ihre Nachricht ist angekommen" in client.get(answer.headers["location"]).text
    with cast.as_job() as work:
        stored = work.first(work.select(Enquiry))
        assert (stored.text, stored.recipient, stored.language) == (QUESTION["text"], "tenant", "de")


def test_a_question_can_go_to_the_operator(client: Client, cast: Cast) -> None:
    send(client, about="operator")
    with cast.as_job() as work:
        stored = work.first(work.select(Enquiry))
        assert (stored.topic, stored.recipient) == ("privacy", "operator")


def test_problems_stand_at_their_fields_and_nothing_typed_is_lost(client: Client) -> None:
    answer = send(client, about="", email="clara", text="")
    assert answer.status_code == 422
    assert (
        answer.text.index('id="about-error"') < answer.text.index('id="email-error"') < answer.text.index('"text-error')
    )
    assert 'value="clara"' in answer.text
    assert "<title>Fehler: " in answer.text


def test_what_was_typed_comes_back_as_text(client: Client) -> None:
    answer = send(client, about="", name='"><script>alert(1)</script>', text="</textarea><script>")
    assert "<script>" not in answer.text
    assert "&lt;/textarea&gt;&lt;script&gt;" in answer.text


def test_a_barrier_needs_no_address(client: Client) -> None:
    assert send(client, about="barrier", email="").status_code == 303


def test_another_website_cannot_send_it(client: Client, cast: Cast) -> None:
    assert send(client, origin="https://evil.example").status_code == 403
    with cast.as_job() as work:
        assert work.count(work.select(Enquiry)) == 0


def test_one_network_cannot_flood_it(client: Client) -> None:
    answers = [send(client) for _ in range(6)]
    assert [a.status_code for a in answers] == [303] * 5 + [429]
    assert QUESTION["text"] in answers[-1].text


def test_unknown_and_closed_tenants_have_none(client: Client, cast: Cast) -> None:
    with cast.as_job() as work:
        work.get(Tenant, cast.town.id).status = TenantStatus.CLOSED
    assert client.get(PAGE).status_code == 404
    assert send(client).status_code == 404
    assert client.get("/de/t/nobody/kontakt/ohne-javascript").status_code == 404
