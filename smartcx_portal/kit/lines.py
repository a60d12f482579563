"""Connections to machines that we do not trust: to one checked address only, and cut when the time is over."""

import contextlib
import ipaddress
import queue
import socket
import threading
from collections.abc import Iterable
from types import TracebackType
from typing import Any

import httpcore

LONGEST_LOOKUP = 3.0
"""Seconds; the system's resolver knows no limit of its own."""
USED_IPV6 = ipaddress.ip_network("2000::/3")
"""All public IPv6 addresses. Outside lie loopback, mapped and translated IPv4, local and multicast ones."""
NOT_PUBLIC = tuple(
    ipaddress.ip_network(text)
    for text in ("192.0.0.0/24", "192.88.99.0/24", "2001::/23", "2002::/16", "3fff::/20")
)  # fmt: skip
"""What `is_global` lets pass: protocol assignments, relays that lead to any IPv4 address, examples."""


def is_public(address: str) -> bool:
    """Whether this IP address is one of the public internet, as the registries of IANA say."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    if found.version == 6 and found not in USED_IPV6:
        return False
    return found.is_global and not found.is_multicast and not any(found in net for net in NOT_PUBLIC)


def addresses_of(host: str, port: int) -> list[str]:
    """All addresses of a name. Raises `socket.gaierror`, or `TimeoutError` after `LONGEST_LOOKUP`."""
    answers: queue.Queue[list[str] | OSError] = queue.Queue(1)

    def look() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            answers.put([str(address[0]).partition("%")[0] for *_, address in found])
        except OSError as problem:
            answers.put(problem)

    threading.Thread(target=look, daemon=True, name="resolve").start()
    try:
        answer = answers.get(timeout=LONGEST_LOOKUP)
    except queue.Empty:
        raise TimeoutError from None
    if isinstance(answer, OSError):
        raise answer
    return answer


class Deadline:
    """Cuts the lines that belong to it after some seconds: a server that sends a byte now and then gains nothing."""

    def __init__(self, seconds: float) -> None:
        self.over = False
        self._lines: list[socket.socket] = []
        self._lock = threading.Lock()
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True

    def __enter__(self) -> "Deadline":
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, at: TracebackType | None
    ) -> None:
        self._timer.cancel()
        with self._lock:
            for line in self._lines:
                line.close()

    def watch(self, line: socket.socket) -> None:
        """Cut this one too. Raises `TimeoutError` when the time is over already."""
        with self._lock:
            self._lines.append(line.dup())
        if self.over:
            raise TimeoutError

    def _cut(self) -> None:
        with self._lock:
            self.over = True
            for line in self._lines:
                with contextlib.suppress(OSError):
                    line.shutdown(socket.SHUT_RDWR)


class Pinned(httpcore.NetworkBackend):
    """Connects to one address whatever name is asked for; the name stays in `Host` and in TLS."""

    def __init__(self, address: str, deadline: Deadline) -> None:
        self.address, self.deadline = address, deadline
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Part of httpcore's protocol."""
        line = self._inner.connect_tcp(self.address, port, timeout, local_address, socket_options)
        self.deadline.watch(line.get_extra_info("socket"))
        return line
