"""Many programs at the API at once, as a process of its own: `python -m benchmarks.calling < plan`.

A plan is JSON: `port`, `parallel` connections, and `requests`, each with `method`, `path`, `body` and the `network` it
comes from. What comes back is JSON too: per request its status, its seconds and the kind of its problem. HTTP/1.1 is
spoken plainly, so that the measuring takes little of the machine that is measured.
"""

import asyncio
import json
import resource
import subprocess
import sys
from time import perf_counter
from typing import Any

LONGEST = 120.0
"""Seconds that a client waits for an answer."""
Answer = list[Any]
"""Status (0 for none), seconds, kind of problem."""


def drive(port: int, requests: list[dict[str, Any]], parallel: int) -> list[Answer]:
    """Send all requests over `parallel` connections, each connection one after the other."""
    plan = json.dumps({"port": port, "requests": requests, "parallel": parallel})
    command = [sys.executable, "-m", "benchmarks.calling"]
    done = subprocess.run(command, input=plan, capture_output=True, text=True, check=True)
    return list(json.loads(done.stdout))


async def _all(plan: dict[str, Any]) -> list[Answer]:
    waiting = list(enumerate(plan["requests"]))[::-1]
    answers: list[Answer] = [[] for _ in waiting]
    clients = [_client(plan["port"], waiting, answers) for _ in range(plan["parallel"])]
    await asyncio.gather(*clients)
    return answers


async def _client(port: int, waiting: list[tuple[int, dict[str, Any]]], answers: list[Answer]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while waiting:
        place, wanted = waiting.pop()
        began = perf_counter()
        try:
            writer.write(_written(port, wanted))
            status, kind = await asyncio.wait_for(_answer(reader), LONGEST)
        except (OSError, EOFError, TimeoutError):
            answers[place] = [0, perf_counter() - began, "none"]
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            continue
        answers[place] = [status, perf_counter() - began, kind]
    writer.close()


def _written(port: int, wanted: dict[str, Any]) -> bytes:
    body = json.dumps(wanted["body"]).encode() if wanted.get("body") else b""
    head = f"{wanted['method']} {wanted['path']} HTTP/1.1\r\nHost: localhost:{port}\r\nAccept-Language: de\r\n"
    head += f"X-Forwarded-For: {wanted['network']}\r\nContent-Length: {len(body)}\r\n"
    head += "Content-Type: application/json\r\n" if body else ""
    head += f"Idempotency-Key: {wanted['key']}\r\n" if wanted.get("key") else ""
    return f"{head}\r\n".encode() + body


async def _answer(reader: asyncio.StreamReader) -> tuple[int, str]:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    body = await reader.readexactly(int(head.partition("content-length: ")[2].partition("\r\n")[0]))
    status = int(head.split(" ", 2)[1])
    return status, json.loads(body)["type"].rpartition("#")[2] if status >= 400 else ""


if __name__ == "__main__":
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    print(json.dumps(asyncio.run(_all(json.load(sys.stdin)))))
