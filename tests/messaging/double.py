"""A double of Mailjet's API on loopback that behaves as its documentation says; the real SDK talks to it."""

import base64
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

KEY, SECRET = "double-key", "double-secret"
LONG_ID = 576460756513665525


@dataclass
class Double:
    """What arrived, and how the next sendings end: `moods` are used up one by one, then all is well.

    `taken_then_…` accepts the mail before it fails.
    """

    url: str = ""
    taken: list[dict[str, Any]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    moods: list[str] = field(default_factory=list)
    released: Event = field(default_factory=Event)


ANSWERS = {
    "400": (400, {"Messages": [{"Status": "error", "Errors": [{"ErrorMessage": "clara@example.org is bad"}]}]}, {}),
    "429": (429, {"ErrorMessage": "Too many requests"}, {"Retry-After": "120"}),
    "500": (500, {"ErrorMessage": "Internal"}, {}),
    "html": (200, "<html>", {}),
}


OWN_HEADERS = {"from", "sender", "subject", "to", "reply-to", "return-path", "list-id", "message-id", "date"}
"""Some of the header lines that Mailjet writes itself and refuses in a message's `Headers`."""


class Server(ThreadingHTTPServer):
    daemon_threads = True
    double: Double


class Handler(BaseHTTPRequestHandler):
    server: Server

    def log_message(self, *_: object) -> None:
        """Says nothing."""

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if not self._signed_in():
            return
        double = self.server.double
        mood = double.moods.pop(0) if double.moods else ""
        if any(name.lower() in OWN_HEADERS for each in body["Messages"] for name in each.get("Headers", {})):
            mood = "400"
        if not mood or mood.startswith("taken_then_"):
            double.taken += body["Messages"]
        self._end(mood.removeprefix("taken_then_"), [_success(each) for each in body["Messages"]])

    def do_GET(self) -> None:
        if not self._signed_in():
            return
        double = self.server.double
        wanted = parse_qs(urlsplit(self.path).query)["CustomID"][0]
        double.asked.append(wanted)
        found = [{"ID": LONG_ID, "CustomID": wanted} for each in double.taken if each["CustomID"] == wanted]
        self._answer(200, {"Count": len(found), "Data": found, "Total": len(found)}, {})

    def _signed_in(self) -> bool:
        right = "Basic " + base64.b64encode(f"{KEY}:{SECRET}".encode()).decode()
        if self.headers.get("Authorization") == right:
            return True
        self._answer(401, {"ErrorMessage": "API key authentication/authorization failure"}, {})
        return False

    def _end(self, mood: str, results: list[dict[str, Any]]) -> None:
        if mood in ANSWERS:
            self._answer(*ANSWERS[mood])
        elif mood:
            self.server.double.released.wait(20 if mood == "timeout" else 0)
            self.close_connection = True
        else:
            self._answer(200, {"Messages": results}, {})

    def _answer(self, status: int, body: object, headers: dict[str, str]) -> None:
        content = (body if isinstance(body, str) else json.dumps(body)).encode()
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(content))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)


@contextmanager
def mailjet_double() -> Iterator[Double]:
    """Serve until the block ends."""
    server = Server(("127.0.0.1", 0), Handler)
    server.double = Double(url=f"http://127.0.0.1:{server.server_port}/")
    Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield server.double
    finally:
        server.double.released.set()
        server.shutdown()
        server.server_close()


def _success(sent: dict[str, Any]) -> dict[str, Any]:
    to = {"Email": sent["To"][0]["Email"], "MessageUUID": "u", "MessageID": LONG_ID, "MessageHref": "h"}
    return {"Status": "success", "CustomID": sent["CustomID"], "To": [to], "Cc": [], "Bcc": []}
