"""D4: a cut socket, an outage and a restarted server ask nobody to sign in again."""

import time
from collections.abc import Iterator

import pytest
from websocket import WebSocketException

from smartcx_portal.gate import SessionState
from tests.gate.states import DeskState
from tests.proxy import Line
from tests.started import Started

ROWS = ["Personalausweis beantragen"]


@pytest.fixture
def line(attacked: Started) -> Iterator[Line]:
    opened = Line(attacked.port)
    yield opened
    opened.down()


def carries_on(tab) -> bool:
    """Whether the tab is signed in and its handlers run."""
    assert tab.value(SessionState, "name") == "Anna"
    tab.send(DeskState.load)
    tab.wait_for(DeskState, "rows", ROWS)
    return True


def on_line(signed_in, line: Line, attacked: Started):
    """Anna's tab, whose page came from the server's own address."""
    return signed_in("anna", base_url=line.base_url, origin=attacked.base_url)


def test_a_cut_socket_carries_on_with_the_same_state(signed_in, line: Line, attacked: Started):
    anna = on_line(signed_in, line, attacked)
    anna.send(DeskState.click, number=7)
    anna.wait_for(DeskState, "seen", "7")
    line.cut()
    back = anna.again(origin=attacked.base_url)
    assert back.value(DeskState, "seen").startswith("7")
    assert carries_on(back)


def test_an_outage_of_two_and_a_half_seconds(signed_in, line: Line, attacked: Started):
    anna = on_line(signed_in, line, attacked)
    line.down()
    with pytest.raises((OSError, WebSocketException)):
        anna.again(origin=attacked.base_url)
    time.sleep(2.5)  # the server has to see that nobody comes back at once
    line.mend()
    assert carries_on(anna.again(origin=attacked.base_url))


def test_a_line_that_only_the_browser_lost(signed_in):
    """The server still holds the old socket, so it gives the tab a new token; the key signs it in again."""
    anna = signed_in("anna")
    back = anna.again()
    assert back.token != anna.token
    assert carries_on(back)


def test_a_restarted_server(signed_in, attacked: Started):
    anna = signed_in("anna")
    attacked.stop()
    attacked.start()
    back = anna.again()
    assert back.key == anna.key
    assert carries_on(back)
