"""The demo and one browser for all tests of this folder."""

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from sqlalchemy import Engine

from smartcx_portal.accounts.passwords import new_hash
from smartcx_portal.kit.embedded import Embedded
from smartcx_portal.models.staff import Identity
from smartcx_portal.tenancy import JOB, open_work
from tests.browser.demo import Demo, demo_started
from tests.browser.staff import PASSWORD
from tests.browser.watching import ARGUMENTS, PATIENCE, chromium, reader
from tests.cast import Cast, make_cast
from tests.privacy.scenes import open_house
from tests.started import Started


@pytest.fixture(scope="session")
def demo(server: Embedded) -> Iterator[Demo]:
    """The started app with the demo's data; tests add to it, and take nothing away."""
    with demo_started(server, f"demo_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{os.getpid()}") as started:
        yield started


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One Chromium. It goes when this folder's tests are over, since Playwright occupies the thread's event loop."""
    with sync_playwright() as playwright:
        expect.set_options(timeout=PATIENCE)
        launched = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        yield launched
        launched.close()


@pytest.fixture
def cast(engine: Engine) -> Cast:
    """In real time, as the started app lives in it; everybody has a password."""
    made = make_cast()
    open_house(made)
    with open_work(JOB) as work:
        for identity in (made.anna, made.ben, made.oskar):
            work.get(Identity, identity).password_hash = new_hash(PASSWORD)
    return made


@pytest.fixture
def context(browser: Browser, started: Started) -> Iterator[BrowserContext]:
    """One reader of the started app; whatever they do, no cookie is left."""
    made = reader(browser, base_url=started.base_url, accept_downloads=True)
    yield made
    assert made.cookies() == []
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """Their tab."""
    return context.new_page()


@pytest.fixture(scope="module")
def worker(started: Started) -> Iterator[None]:
    """Delivers what the started app posts, into the mailbox of the same folder; other modules count their jobs."""
    data = started.command[started.command.index("--data") + 1]
    command = [sys.executable, "-m", "smartcx_portal.cli", "worker", "--data", data]
    with open(f"{data}/worker.log", "ab") as said:
        process = subprocess.Popen(command, env={**os.environ, **started.environment}, stdout=said, stderr=said)
        yield
        process.terminate()
        process.wait(20)
