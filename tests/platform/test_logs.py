"""Nothing that people entered, and no secret, reaches a log."""

import io
import logging

import pytest

from smartcx_portal.kit.logs import Redacting, get_log


@pytest.fixture
def written() -> "tuple[logging.Logger, io.StringIO]":
    """A logger with the filter, and what it has written."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(Redacting())
    logger = logging.getLogger("tests.platform.logs")
    logger.handlers[:] = [handler]
    logger.propagate = False
    logger.setLevel(logging.INFO)
    return logger, stream


@pytest.mark.promise("P17")
@pytest.mark.parametrize(
    ("line", "hidden"),
    [
        ("connect /_event/?token=2828a2e4-2642&x=1", "2828a2e4"),
        ("mail to clara@example.org failed", "clara"),
        ("call +49 2151 447470 failed", "447470"),
        ("Event(name='save', payload={'name': 'Clara Beispiel'})", "Beispiel"),
        ("cannot reach postgresql://smartcx_app:geheim@db/smartcx", "geheim"),
        ("Authorization: Bearer abcdef", "abcdef"),
        ("Received a string. Event data: Clara", "Clara"),
    ],
)
def test_values_are_blacked_out(written: "tuple[logging.Logger, io.StringIO]", line: str, hidden: str) -> None:
    logger, stream = written
    logger.info("%s", line)
    assert stream.getvalue()
    assert hidden not in stream.getvalue()


def test_an_exception_keeps_its_place_but_not_its_text(written: "tuple[logging.Logger, io.StringIO]") -> None:
    logger, stream = written
    try:
        raise ValueError("Clara Beispiel")
    except ValueError:
        logger.exception("job failed")
    assert "Beispiel" not in stream.getvalue()
    assert "ValueError at tests.platform.test_logs:" in stream.getvalue()


def test_events_are_written_as_they_are(written: "tuple[logging.Logger, io.StringIO]") -> None:
    _, stream = written
    get_log("tests.platform.logs").info("booking.cancelled", booking="0190-1234-5678-9012")
    assert stream.getvalue() == "booking.cancelled booking=0190-1234-5678-9012\n"
