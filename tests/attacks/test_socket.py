"""What strangers try at the socket of the started app (security.md): each gets nothing, and the app goes on."""

import json

import httpx
import pytest
from websocket import WebSocketBadStatusException, WebSocketException

from smartcx_portal.accounts import sessions
from smartcx_portal.gate import AccountState, Notice, SessionState
from smartcx_portal.gate.state import KEY
from smartcx_portal.models.calendar import Service
from tests.attacks.conftest import SIGN_IN
from tests.gate.states import DeskState
from tests.started import Started

DESK = "/de/verwaltung/heute"
SERVICE = "Personalausweis beantragen"
CANARY = "Kanarienvogel-7781"


def goes_on(tab) -> bool:
    """The gate answers the next honest event of this tab; whatever came before has been dealt with."""
    tab.send(DeskState.click, number=4711)
    tab.wait_for(DeskState, "seen", "4711")
    return True


def test_a_stolen_token_opens_nothing(signed_in, wire):
    anna = signed_in("anna")
    anna.send(DeskState.load)
    anna.wait_for(DeskState, "rows", [SERVICE])
    anna.close()
    thief = wire(token=anna.token, path=DESK)
    thief.send(DeskState.load)
    thief.wait_for(Notice, "text", "Bitte melden")
    assert SERVICE not in thief.heard
    assert "Anna" not in thief.heard
    assert goes_on(thief)
    thief.close()
    back = anna.again()
    back.send(DeskState.load)
    back.wait_for(DeskState, "rows", [SERVICE])


def test_the_token_of_a_connected_tab_gives_another_tab(signed_in, wire):
    anna = signed_in("anna")
    thief = wire(token=anna.token, path=DESK)
    assert thief.token != anna.token
    assert "Anna" not in thief.heard
    assert goes_on(anna)


def test_a_socket_that_never_shows_a_key_reaches_nothing(signed_in, wire):
    anna = signed_in("anna")
    anna.close()
    silent = wire(token=anna.token, greets=False, path=DESK)
    for name in (DeskState.load, "reflex___state____state.hydrate"):
        silent.send(name)
        update = silent.next()
        assert not update.get("delta")
        assert [event["name"] for event in update["events"]] == ["_remove_session_storage"]


def test_a_key_of_ones_own_choice_signs_nobody_in(signed_in, wire):
    anna = signed_in("anna")
    anna.close()
    for key in ("x" * 32, anna.token, "", anna.key[:-1]):
        thief = wire(token=anna.token, key=key, path=DESK)
        assert not thief.value(SessionState, "kind")
        thief.close()


@pytest.mark.parametrize(
    ("name", "payload"),
    [
        (f"{DeskState.get_full_name()}.undecorated", {"word": CANARY}),
        (f"{DeskState.get_full_name()}.setvar", {"var_name": "seen", "value": CANARY}),
        (f"{DeskState.get_full_name()}._take", {"word": CANARY}),
        (f"{DeskState.get_full_name()}.set_seen", {"value": CANARY}),
        (f"{SessionState.get_full_name()}._describe", {"proof": CANARY}),
        (f"{SessionState.get_full_name()}.setvar", {"var_name": "kind", "value": CANARY}),
        ("no.such.handler", {"word": CANARY}),
        ("reflex___state____state.reflex___state____update_vars_internal_state.update_vars_internal",
         {"vars": {KEY: "x" * 32, f"{SessionState.get_full_name()}.kind_rx_state_": CANARY}}),
        ("reflex___state____state.set_is_hydrated", {"value": CANARY}),
        ("reflex___state____state.hydrate_and_load", {"vars": {"no.such": CANARY}, "hashes": CANARY, "more": CANARY}),
        ("reflex___state____state.hydrate_and_load", {"vars": CANARY}),
    ],
)  # fmt: skip
def test_forged_and_undeclared_events_change_nothing(signed_in, attacked: Started, name: str, payload: dict):
    anna = signed_in("anna")
    anna.send(name, **payload)
    assert goes_on(anna)
    assert CANARY not in anna.heard
    assert CANARY not in attacked.said()


@pytest.mark.parametrize("words", [
    "42/_event,[\"event\"]", "42/_event,[\"event\", \"" + CANARY + "\"]", "42/_event,[\"event\", [1]]",
    "42/_event,[\"event\", {\"name\": \"" + CANARY + "\", \"payload\": \"" + CANARY + "\"}]",
    "42/_event,[\"event\", {\"name\": [\"" + CANARY + "\"], \"payload\": {}}]",
    "42/_event,[\"event\", {\"payload\": {}, \"router_data\": \"" + CANARY + "\"}]",
    "42/_event,[\"client_error\", {\"error_type\": \"" + CANARY + "\", \"message\": \"" + CANARY + "\"}]",
    "42/_event,{not json " + CANARY, "42/other,[\"event\", {}]", "49", CANARY,
])  # fmt: skip
def test_what_is_no_event_harms_nobody_and_is_not_logged(wire, attacked: Started, words: str):
    tab, bystander = wire(), wire()
    try:
        tab.socket.send(words)
        tab.send(DeskState.click, number=1)
        tab.wait_for(DeskState, "seen", "1")
    except (WebSocketException, OSError):
        assert goes_on(tab.again())
    assert goes_on(bystander)
    assert [line for line in attacked.said().splitlines() if CANARY in line] == []


@pytest.mark.parametrize("value", ["x" * 20_001, ["x"] * 9_000, {"a": {"b": {}}}, None, True, -1, 1e300, [[[[[[]]]]]]])
def test_wrong_types_and_long_texts_do_not_reach_a_handler(wire, value: object):
    tab = wire()
    tab.send(DeskState.click, number=1, word=value)
    tab.wait_for(Notice, "count", 1)
    assert tab.value(DeskState, "seen") == ""
    assert goes_on(tab)


def test_a_megabyte_cuts_the_socket_and_nothing_else(wire):
    tab, bystander = wire(), wire()
    try:
        tab.send(DeskState.click, number=1, word="x" * 1_100_000)
        tab.wait_for(DeskState, "seen", "1")
        raise AssertionError("the handler ran")
    except (WebSocketException, OSError):
        pass
    assert goes_on(bystander)
    assert goes_on(tab.again())


def test_a_foreign_origin_is_refused(attacked: Started, wire):
    with pytest.raises(WebSocketBadStatusException) as refused:
        wire(origin="https://evil.example")
    assert refused.value.status_code in (400, 403)


def test_a_script_without_origin_is_a_stranger(wire):
    assert not wire(origin=None).value(SessionState, "kind")


def test_a_foreign_page_cannot_post(attacked: Started):
    address = f"{attacked.base_url}/_health"
    assert httpx.post(address, headers={"Origin": "https://evil.example"}).status_code == 403
    assert httpx.post(address, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert httpx.post(address, headers={"Origin": attacked.base_url}).status_code == 405


def test_a_revoked_session_ends_at_the_next_event(signed_in, staff):
    anna = signed_in("anna")
    anna.send(DeskState.load)
    anna.wait_for(DeskState, "rows", [SERVICE])
    with staff.as_job() as work:
        sessions.end_all(work, identity_id=staff.anna)
    anna.send(DeskState.load)
    anna.wait_for(Notice, "text", "Ihre Sitzung ist beendet")
    assert (anna.value(DeskState, "rows"), anna.value(SessionState, "kind")) == ([], "")
    assert anna.next()["events"][0]["payload"]["path"] == SIGN_IN


def test_a_signed_out_tabs_old_key_is_worth_nothing(signed_in, wire):
    anna = signed_in("anna")
    key = anna.key
    anna.send(AccountState.sign_out)
    anna.wait_for(Notice, "said", "Sie sind abgemeldet.")
    assert not wire(key=key, path=DESK).value(SessionState, "kind")


def test_dora_cannot_reach_the_towns_service(signed_in, staff):
    dora = signed_in("dora")
    dora.send(DeskState.rename, service_id=str(staff.town.service), name=CANARY)
    dora.wait_for(Notice, "text", "Das haben wir nicht gefunden.")
    with staff.as_job() as work:
        assert work.get(Service, staff.town.service).name == SERVICE


def test_forged_router_data_proves_nothing(signed_in, wire, staff):
    anna = signed_in("anna")
    mallory = wire(path=DESK)
    route = {"pathname": DESK, "asPath": DESK, "query": {}, "token": anna.token, "sid": "x", "ip": "127.0.0.1"}
    event = {"name": f"{DeskState.get_full_name()}.load", "payload": {}, "router_data": route, "token": anna.token}
    mallory.socket.send("42/_event," + json.dumps(["event", event]))
    mallory.wait_for(Notice, "text", "Bitte melden")
    assert SERVICE not in mallory.heard


def test_guessing_passwords_in_parallel_is_limited(wire, staff):
    tabs = [wire(path=SIGN_IN) for _ in range(15)]
    for number, tab in enumerate(tabs):
        tab.send(AccountState.sign_in, form={"email": "dora@example.org", "password": f"geraten {number}"})
    for tab in tabs:
        tab.wait_for(Notice, "count", 1)
    texts = [tab.value(Notice, "text") for tab in tabs]
    assert sum(text.startswith("E-Mail-Adresse") for text in texts) <= 10
    assert sum(text.startswith("Zu viele") for text in texts) >= 5
