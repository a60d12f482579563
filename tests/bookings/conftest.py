"""What the booking tests add to the cast."""

from collections.abc import Iterator

import pytest

from smartcx_portal.models.declaring import Purpose
from smartcx_portal.models.privacy import ProcessingActivity, RetentionStart
from smartcx_portal.settings import settings
from tests.cast import Cast


@pytest.fixture
def sms(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Bürgeramt Musterstadt offers SMS, and a provider is there."""
    monkeypatch.setenv("SMARTCX_SMS_AVAILABLE", "1")
    settings.cache_clear()
    with cast.as_job() as work:
        work.new(
            ProcessingActivity,
            purpose=Purpose.SMS,
            legal_basis="6(1)(a)",
            retention_start=RetentionStart.SENT,
            retention_days=30,
        )
    yield
    monkeypatch.undo()
    settings.cache_clear()
