"""Nobody becomes another network, and so gets limits of their own anew, by what they write into their request."""

import pytest
from starlette.requests import Request

from smartcx_portal.gate.proving import network_of
from smartcx_portal.gate.requests import caller_network
from smartcx_portal.settings import settings

CALLER, PROXY = "203.0.113.7", "10.0.0.2"


def seen(*lines: str) -> str:
    """The network of a request with these lines of `X-Forwarded-For`, in order."""
    headers = [(b"x-forwarded-for", line.encode("latin-1")) for line in lines]
    return caller_network(Request({"type": "http", "headers": headers, "client": (PROXY, 40_000)}))


@pytest.fixture
def one_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """The app stands behind one proxy of the operator."""
    monkeypatch.setattr(settings(), "trusted_proxy_hops", 1)


def test_without_a_proxy_the_header_says_nothing():
    assert seen("198.51.100.1") == network_of(PROXY)


@pytest.mark.usefixtures("one_proxy")
@pytest.mark.parametrize("invented", ["198.51.100.1", "198.51.100.1, 192.0.2.9", "", ",,,", "no address", "\xff"])
def test_a_proxys_own_line_counts_not_the_callers(invented: str):
    """Some proxies add to the caller's line, others add a line below it."""
    assert seen(f"{invented}, {CALLER}") == network_of(CALLER)
    assert seen(invented, CALLER) == network_of(CALLER)


@pytest.mark.usefixtures("one_proxy")
def test_a_request_that_came_past_the_proxy_is_its_own_network():
    assert seen() == network_of(PROXY)


def test_addresses_of_one_customer_are_one_network():
    assert network_of("2001:db8:0:1::1") == network_of("2001:db8:0:1:ffff::9")
    assert network_of("2001:db8:0:1::1") != network_of("2001:db8:0:2::1")


def test_an_address_written_as_ipv6_is_the_same_network_and_no_others():
    assert network_of("::ffff:203.0.113.7") == network_of(CALLER)
    assert network_of("::ffff:203.0.113.8") != network_of(CALLER)
