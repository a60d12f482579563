"""Build the pages once, and again only when something that goes into them has changed."""

import fcntl
import hashlib
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import metadata
from pathlib import Path

from smartcx_portal.kit.refusal import CannotRun
from smartcx_portal.kit.toolchain import (
    ROOT,
    node_folder,
    package_registry,
    pages_folder,
    reflex_environment,
    web_folder,
)

SOURCES = ("smartcx_portal", "assets", "rxconfig.py")
LOCK = ("reflex.lock",)
"""A build may rewrite it, so it is read afterwards."""
MARK = "smartcx-build"
SCRIPTS = re.compile(r"<script\b.*?</script>|<link[^>]*rel=\"modulepreload\"[^>]*>", re.DOTALL)
CHATTER = ("    at ", "npm silly", "npm verbose", "npm http", "npm warn")
"""Lines that help nobody when a build fails."""
PROGRESS = 20.0
"""Seconds of silence after which a long build says that it goes on."""


def is_built() -> bool:
    """Whether the pages on disk come from exactly these sources."""
    mark = web_folder() / MARK
    return pages_folder().is_dir() and mark.exists() and mark.read_text() == _state(_digest(SOURCES))


def build(say: Callable[[str], None] = print) -> bool:
    """Build if needed; tells whether it did. Raises `CannotRun` with the end of what the tools said."""
    if is_built():
        return False
    node_folder()
    with _one_at_a_time():
        if is_built():
            return False
        say("Building the pages; the first time this also fetches their packages …")
        began, sources = time.monotonic(), _digest(SOURCES)
        (web_folder() / MARK).unlink(missing_ok=True)
        _export(say)
        _settle_missing_page(pages_folder())
        _settle_lock(ROOT / "reflex.lock" / "package.json")
        (web_folder() / MARK).write_text(_state(sources))
        say(f"Pages built in {time.monotonic() - began:.0f} s.")
    return True


def _export(say: Callable[[str], None]) -> None:
    environment = {**os.environ, **reflex_environment(), "COLUMNS": "160"}
    environment.setdefault("NPM_CONFIG_REGISTRY", package_registry())
    process = subprocess.Popen(
        [sys.executable, "-m", "reflex", "export", "--frontend-only", "--no-zip"],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        words = _wait(process, say)
    except BaseException:
        process.terminate()
        raise
    if process.returncode or not (pages_folder() / "404.html").exists():
        telling = [line for line in words.splitlines() if line.strip() and not line.startswith(CHATTER)]
        raise CannotRun("The pages could not be built:\n" + "\n".join(telling[-25:]))


def _settle_missing_page(folder: Path) -> None:
    """Answer what does not exist with a page that needs no script: Reflex's own 404 page is empty without."""
    rendered = folder / "404" / "index.html"
    (folder / "404.html").write_text(SCRIPTS.sub("", rendered.read_text()))
    for leftover in (*folder.glob("404.html.*"), *(folder / "404").iterdir()):
        leftover.unlink()
    (folder / "404").rmdir()


def _settle_lock(file: Path) -> None:
    """Reflex writes the same entries in changing order; sorted, the committed file changes only when they do."""
    file.write_text(json.dumps(json.loads(file.read_text()), indent=2, sort_keys=True) + "\n")


def _wait(process: "subprocess.Popen[str]", say: Callable[[str], None]) -> str:
    while True:
        try:
            return process.communicate(timeout=PROGRESS)[0]
        except subprocess.TimeoutExpired:
            say("… still building")


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    folder = os.open(ROOT, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def _state(sources: str) -> str:
    return f"{sources} {_digest(LOCK)} {metadata.version('reflex')} {sys.version_info[:2]}"


def _digest(names: tuple[str, ...]) -> str:
    """SHA-256 over names and contents of all files; ports, addresses and secrets are no part of a build."""
    total = hashlib.sha256()
    for name in names:
        for file in _files(ROOT / name):
            total.update(f"{file.relative_to(ROOT)}\0".encode())
            total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    linked = ROOT / "assets" / "external"  # Reflex's own links to files beside Python modules
    return sorted(
        file
        for file in path.rglob("*")
        if file.is_file() and "__pycache__" not in file.parts and linked not in file.parents
    )
