"""Fetch what an address leads to that somebody else entered, without being led into our own network (SSRF).

The name is resolved once; every address it has must be a public one; the connection goes to exactly that address, so
that a name which answers differently a moment later gains nothing. Each redirect is checked anew.
"""

import socket
import ssl
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote, urljoin, urlsplit

import certifi
import httpcore

from smartcx_portal.kit.lines import Deadline, Pinned, addresses_of, is_public

LARGEST = 2_000_000
"""Bytes of a body, as it comes and unpacked."""
LONGEST = 10.0
"""Seconds for everything: name, connection, redirects, the last byte."""
STEP = 5.0
"""Seconds for one step of it."""
MOST_REDIRECTS = 3
LONGEST_ADDRESS = 2000
HTTPS_PORT = 443
LOOPBACK = ("localhost", "127.0.0.1", "::1")
PACKED = {"gzip": zlib.MAX_WBITS | 16, "deflate": zlib.MAX_WBITS}

Resolve = Callable[[str, int], Iterable[str]]


class Trouble(StrEnum):
    """Why something could not be fetched: closed words, never another server's text."""

    ADDRESS = "address"
    """No https address, or one with a name and password, or a port of its own."""
    PRIVATE = "private"
    """It leads into a private network."""
    UNKNOWN_HOST = "unknown_host"
    UNREACHABLE = "unreachable"
    INSECURE = "insecure"
    TIMED_OUT = "timed_out"
    TOO_LARGE = "too_large"
    REDIRECTS = "redirects"
    DENIED = "denied"
    GONE = "gone"
    FAILED = "failed"


class NotFetched(Exception):
    """What went wrong, as one of the closed words."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble


@dataclass(frozen=True, slots=True)
class Target:
    """An address taken apart; `host` is ASCII, without brackets."""

    scheme: str
    host: str
    port: int
    path: str


@dataclass(frozen=True, slots=True)
class Fetched:
    """A body, unpacked; None if it is unchanged since `etag`."""

    body: bytes | None
    etag: str = ""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A redirect."""

    url: str


def fetch(url: str, *, etag: str = "", loopback: bool = False, resolve: Resolve | None = None) -> Fetched:
    """GET `url`, with `If-None-Match` when an `etag` is given. Raises `NotFetched`.

    `loopback` allows plain http to the own machine, which tests need; nothing else is allowed by it.
    """
    with Deadline(LONGEST) as deadline:
        try:
            for _ in range(MOST_REDIRECTS + 1):
                target = read_address(url, loopback=loopback)
                host = _address(target, loopback, resolve or addresses_of)
                answer = _ask(target, Pinned(host, deadline), etag)
                if deadline.over:
                    raise NotFetched(Trouble.TIMED_OUT)  # a cut line looks like the end of a body
                if isinstance(answer, Fetched):
                    return answer
                url = urljoin(url, answer.url)
        except NotFetched:
            raise
        except Exception as problem:
            raise NotFetched(Trouble.TIMED_OUT if deadline.over else _trouble(problem)) from None
    raise NotFetched(Trouble.REDIRECTS)


def read_address(url: str, *, loopback: bool = False) -> Target:
    """Take an address apart; `webcal:` stands for `https:`. Raises `NotFetched` for what is not allowed at all."""
    if len(url) > LONGEST_ADDRESS or any(sign <= " " or sign in "\\\x7f" for sign in url):
        raise NotFetched(Trouble.ADDRESS)
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").rstrip(".").encode("idna").decode()
        port = parts.port
    except (ValueError, UnicodeError):
        raise NotFetched(Trouble.ADDRESS) from None
    scheme = "https" if parts.scheme == "webcal" else parts.scheme
    allowed = scheme == "https" and port in (None, HTTPS_PORT)
    if not host or "@" in parts.netloc or not (allowed or (loopback and scheme == "http" and host in LOOPBACK)):
        raise NotFetched(Trouble.ADDRESS)
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~") + (
        f"?{quote(parts.query, safe='/%:@!$&()*+,;=~?')}" if parts.query else ""
    )
    return Target(scheme, host, port or (HTTPS_PORT if scheme == "https" else 80), path)


def _address(target: Target, loopback: bool, resolve: Resolve) -> str:
    """The one address to connect to; all that the name stands for must be public, not only the one chosen."""
    if loopback and target.scheme == "http":
        return "127.0.0.1" if target.host == "localhost" else target.host
    found = list(resolve(target.host, target.port))
    if not found:
        raise NotFetched(Trouble.UNKNOWN_HOST)
    if not all(is_public(one) for one in found):
        raise NotFetched(Trouble.PRIVATE)
    return found[0]


def _ask(target: Target, line: Pinned, etag: str) -> Fetched | Elsewhere:
    host = f"[{target.host}]" if ":" in target.host else target.host
    usual = HTTPS_PORT if target.scheme == "https" else 80
    headers = {
        "Host": host if target.port == usual else f"{host}:{target.port}",
        "User-Agent": "SmartCX (calendar import)",
        "Accept": "text/calendar, */*;q=0.5",
        "Accept-Encoding": "gzip",
    } | ({"If-None-Match": etag} if etag else {})
    url = httpcore.URL(scheme=target.scheme.encode(), host=host.encode(), port=target.port, target=target.path.encode())
    limits = dict.fromkeys(("connect", "read", "write", "pool"), STEP)
    with (
        httpcore.ConnectionPool(ssl_context=_trust(), network_backend=line, http2=False) as pool,
        pool.stream("GET", url, headers=headers, extensions={"timeout": limits}) as response,
    ):
        return _answer(response)


def _answer(response: httpcore.Response) -> Fetched | Elsewhere:
    headers = {name.lower().decode("latin-1"): value.decode("latin-1") for name, value in response.headers}
    status = response.status
    if status in (301, 302, 303, 307, 308) and "location" in headers:
        return Elsewhere(headers["location"])
    etag = headers.get("etag", "")[:200]
    if status == 304:
        return Fetched(None, etag)
    if status != 200:
        refused = {401: Trouble.DENIED, 403: Trouble.DENIED, 404: Trouble.GONE, 410: Trouble.GONE}
        raise NotFetched(refused.get(status, Trouble.FAILED))
    said = headers.get("content-length", "0")
    if said.isdigit() and int(said) > LARGEST:
        raise NotFetched(Trouble.TOO_LARGE)
    return Fetched(_body(response, headers.get("content-encoding", "identity").strip().lower()), etag)


def _body(response: httpcore.Response, packing: str) -> bytes:
    """The body, measured while it comes and while it is unpacked: a small one may hold a very large one."""
    if packing not in ("", "identity", *PACKED):
        raise NotFetched(Trouble.FAILED)
    unpack = zlib.decompressobj(PACKED[packing]) if packing in PACKED else None
    body, came = bytearray(), 0
    for chunk in response.iter_stream():
        came += len(chunk)
        body += unpack.decompress(chunk, LARGEST + 1 - len(body)) if unpack else chunk
        if came > LARGEST or len(body) > LARGEST:
            raise NotFetched(Trouble.TOO_LARGE)
    return bytes(body)


def _trouble(problem: Exception) -> Trouble:
    if isinstance(problem, httpcore.TimeoutException | TimeoutError):
        return Trouble.TIMED_OUT
    if isinstance(problem, socket.gaierror):
        return Trouble.UNKNOWN_HOST
    if isinstance(problem, ssl.SSLError) or isinstance(problem.__cause__ or problem.__context__, ssl.SSLError):
        return Trouble.INSECURE
    if isinstance(problem, zlib.error):
        return Trouble.FAILED
    return Trouble.UNREACHABLE


def _trust() -> ssl.SSLContext:
    """The system's certificates, which an operator may have added to, and the usual ones."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context
