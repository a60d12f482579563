"""Demo mode, and what lies in its mailbox."""

import shutil
from collections.abc import Iterator

import pytest

from smartcx_portal.messaging.channels import mailbox
from smartcx_portal.settings import settings
from tests.cast import Cast


@pytest.fixture
def demo(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Messages without a provider go to the mailbox, which is empty at first and afterwards."""
    monkeypatch.setattr(settings(), "demo", True)
    shutil.rmtree(mailbox.folder(), ignore_errors=True)
    yield
    shutil.rmtree(mailbox.folder(), ignore_errors=True)
