"""Outgoing requests to addresses that a tenant entered: only to public machines, small, soon over."""

import gzip
import threading
import time
from http.server import BaseHTTPRequestHandler

import httpcore
import pytest

from smartcx_portal.kit import fetching
from smartcx_portal.kit.fetching import LARGEST, Fetched, NotFetched, Trouble, fetch, read_address
from smartcx_portal.kit.lines import is_public
from tests.strangers import Web, send

PUBLIC = "93.184.215.14"
INSIDE = [
    "127.0.0.1",
    "127.8.8.8",
    "0.0.0.0",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "192.0.0.8",
    "198.18.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "::ffff:127.0.0.1",
    "::ffff:93.184.215.14",
    "::127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b:1::7f00:1",
    "2002:7f00:1::",
    "2001:0:7f00:1::",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fec0::1",
    "ff02::1",
    "no address",
]


def trouble(url: str, **options: object) -> Trouble:
    """What keeps `url` from being fetched."""
    with pytest.raises(NotFetched) as caught:
        fetch(url, **options)
    return caught.value.trouble


@pytest.mark.parametrize("address", INSIDE)
def test_an_address_inside_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", [PUBLIC, "8.8.8.8", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"])
def test_an_address_of_the_internet_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/a.ics",
        "ftp://example.org/a.ics",
        "file:///etc/passwd",
        "gopher://example.org/",
        "//example.org/a.ics",
        "https://",
        "https:///a.ics",
        "https://name@example.org/a.ics",
        "https://name:word@example.org/a.ics",
        "https://@example.org/a.ics",
        "https://example.org:8443/a.ics",
        "https://example.org:80/a.ics",
        "https://example.org:99999/a.ics",
        "https://example.org:x/a.ics",
        "https://exam\\ple.org/a.ics",
        "https://example.org/a\r\nX-Header: b",
        "https://example.org/a b",
        "https://[::1/a.ics",
        "https://" + "a" * 3000,
        "https://example..org/",
        "http://localhost/a.ics",
        "",
    ],
)
def test_an_address_of_another_shape_is_refused_before_anything_is_asked(url: str) -> None:
    assert trouble(url, resolve=lambda host, port: pytest.fail("was looked up")) is Trouble.ADDRESS


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.1",
        "0x7f.1",
        "0x7f000001",
        "2130706433",
        "0177.0.0.1",
        "localhost",
        "localhost.",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[64:ff9b::7f00:1]",
        "169.254.169.254",
        "2852039166",
        "0",
    ],
)
def test_every_writing_of_an_inner_address_is_refused(host: str) -> None:
    assert trouble(f"https://{host}/latest/meta-data") is Trouble.PRIVATE


def test_a_name_that_stands_for_an_inner_address_too_is_refused() -> None:
    assert trouble("https://calendar.example/", resolve=lambda *_: [PUBLIC, "10.0.0.1"]) is Trouble.PRIVATE


def test_a_name_is_looked_up_once_and_connected_to_as_it_was_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that answers differently the second time (rebinding) gains nothing."""
    answers = iter([[PUBLIC], ["127.0.0.1"]])
    connected: list[str] = []

    def connect(self: object, host: str, *_: object) -> None:
        connected.append(host)
        raise httpcore.ConnectError

    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", connect)
    assert trouble("https://rebinding.example/", resolve=lambda *_: next(answers)) is Trouble.UNREACHABLE
    assert connected == [PUBLIC]
    assert next(answers) == ["127.0.0.1"]


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("https://127.0.0.1/", Trouble.PRIVATE),
        ("https://[::ffff:169.254.169.254]/", Trouble.PRIVATE),
        ("https://0x7f.1/", Trouble.PRIVATE),
        ("http://169.254.169.254/", Trouble.ADDRESS),
        ("https://name:word@example.org/", Trouble.ADDRESS),
        ("file:///etc/passwd", Trouble.ADDRESS),
        ("https://localhost:5432/", Trouble.ADDRESS),
    ],
)
def test_a_redirect_is_checked_like_the_first_address(web: Web, target: str, expected: Trouble) -> None:
    web.handle = lambda request: send(request, b"", 302, Location=target)
    assert trouble(web.url, loopback=True) is expected


def test_three_redirects_are_followed_and_no_more(web: Web) -> None:
    def lead_on(request: BaseHTTPRequestHandler) -> None:
        left = int(request.path.rpartition("/")[2])
        send(request, b"here") if left == 0 else send(request, b"", 307, Location=f"/{left - 1}")

    web.handle = lead_on
    base = web.url.rpartition("/")[0]
    assert fetch(f"{base}/3", loopback=True).body == b"here"
    assert trouble(f"{base}/4", loopback=True) is Trouble.REDIRECTS


def test_a_body_comes_with_its_tag_and_an_unchanged_one_only_says_so(web: Web) -> None:
    def answer(request: BaseHTTPRequestHandler) -> None:
        same = request.headers["If-None-Match"] == '"1"'
        send(request, b"" if same else b"BEGIN", 304 if same else 200, ETag='"1"')

    web.handle = answer
    assert fetch(web.url, loopback=True) == Fetched(b"BEGIN", '"1"')
    assert fetch(web.url, loopback=True, etag='"1"') == Fetched(None, '"1"')


def test_a_packed_body_is_unpacked(web: Web) -> None:
    web.handle = lambda request: send(request, gzip.compress(b"BEGIN"), Content_Encoding="gzip")
    assert fetch(web.url, loopback=True).body == b"BEGIN"


def test_a_body_that_grows_when_unpacked_is_refused(web: Web) -> None:
    bomb = gzip.compress(b"\0" * LARGEST * 50)
    assert len(bomb) < LARGEST
    web.handle = lambda request: send(request, bomb, Content_Encoding="gzip")
    assert trouble(web.url, loopback=True) is Trouble.TOO_LARGE


def test_a_body_that_says_it_is_too_large_is_not_read(web: Web) -> None:
    web.handle = lambda request: send(request, b"", Content_Length=str(LARGEST + 1))
    assert trouble(web.url, loopback=True) is Trouble.TOO_LARGE


def test_a_body_without_end_is_cut(web: Web) -> None:
    def pour(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.end_headers()
        try:
            while True:
                request.wfile.write(b"x" * 100_000)
        except OSError:
            return

    web.handle = pour
    assert trouble(web.url, loopback=True) is Trouble.TOO_LARGE


def test_a_server_that_sends_a_byte_now_and_then_is_cut(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "LONGEST", 0.3)
    over = threading.Event()

    def drip(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.end_headers()
        while not over.wait(0.02):
            try:
                request.wfile.write(b"x")
            except OSError:
                return

    web.handle = drip
    began = time.monotonic()
    try:
        assert trouble(web.url, loopback=True) is Trouble.TIMED_OUT
    finally:
        over.set()
    assert time.monotonic() - began < 2


@pytest.mark.parametrize(
    ("status", "expected"),
    [(401, "denied"), (403, "denied"), (404, "gone"), (410, "gone"), (500, "failed"), (204, "failed"), (300, "failed")],
)
def test_another_answer_is_a_closed_word(web: Web, status: int, expected: str) -> None:
    web.handle = lambda request: send(request, b"<h1>secret words</h1>", status)
    assert trouble(web.url, loopback=True).value == expected


def test_nobody_listens(web: Web) -> None:
    assert trouble("http://127.0.0.1:1/", loopback=True) is Trouble.UNREACHABLE


def test_an_address_as_calendars_write_it() -> None:
    target = read_address("webcal://Kalender.Example.ORG/privat/basic.ics?id=1&x=ü")
    assert (target.scheme, target.host, target.port) == ("https", "kalender.example.org", 443)
    assert target.path == "/privat/basic.ics?id=1&x=%C3%BC"
