"""The demo and one browser for all tests of this folder."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from smartcx_portal.kit.embedded import Embedded
from tests.browser.demo import Demo, demo_started
from tests.browser.watching import ARGUMENTS, PATIENCE, chromium


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
