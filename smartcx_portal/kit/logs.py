"""Log lines are events with ids: `log.info("booking.cancelled", booking=id)`. Values that may be personal stay out.

What other libraries log passes a filter that blacks out secrets, mail addresses and the payloads of events.
"""

import logging
import re
import sys
import time

NOISY = ("reflex_base", "reflex", "engineio", "socketio", "httpx", "httpcore", "procrastinate", "sqlalchemy.engine")
PAYLOAD = re.compile(
    r"(payload|[Ee]vent data|router_data|headers|vars|kwargs|args|task_kwargs)('|\")?\s*[=:].*", re.DOTALL
)
HIDDEN = (
    (re.compile(r"(?i)\b(authorization|cookie)\b['\"]?\s*[=:].*"), r"\1: …"),
    (
        re.compile(r"(?i)\b(token|key|code|secret|password)\b(['\"]?\s*[=:]\s*['\"]?)[^\s&'\",}]+"),
        r"\1\2…",
    ),
    (re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+"), "…@…"),
    (re.compile(r"\+?\d[\d /-]{7,}\d"), "…"),
    (re.compile(r"://[^/\s:@]+:[^@\s/]+@"), "://…@"),
)


def redacted(text: str) -> str:
    """`text` without secrets, addresses, telephone numbers and anything that follows the word payload."""
    text = PAYLOAD.sub(r"\1=…", text)
    for pattern, instead in HIDDEN:
        text = pattern.sub(instead, text)
    return text


class Redacting(logging.Filter):
    """Blacks out the finished message of a record, and of an exception keeps the place but not the text."""

    def filter(self, record: logging.LogRecord) -> bool:
        if getattr(record, "event", False):
            return True
        record.msg, record.args = redacted(record.getMessage()), ()
        if record.exc_info and record.exc_info[0] is not None:
            record.msg += f" [{place_of(record.exc_info[1])}]"
            record.exc_info, record.exc_text = None, None
        return True


class EventLog:
    """Writes named events with plain ids and counts, never with values that people entered."""

    def __init__(self, name: str) -> None:
        self._logger = logging.getLogger(name)

    def info(self, event: str, **ids: object) -> None:
        """Something happened as it should."""
        self._write(logging.INFO, event, ids)

    def warning(self, event: str, **ids: object) -> None:
        """Somebody should look at it some day."""
        self._write(logging.WARNING, event, ids)

    def error(self, event: str, *, problem: BaseException | None = None, **ids: object) -> None:
        """Somebody should look at it now; of `problem` only its kind and place are written."""
        if problem is not None:
            ids["problem"] = place_of(problem)
        self._write(logging.ERROR, event, ids)

    def _write(self, level: int, event: str, ids: dict[str, object]) -> None:
        words = [event, *(f"{name}={value}" for name, value in ids.items())]
        self._logger.log(level, "%s", " ".join(words), extra={"event": True})


def get_log(name: str) -> EventLog:
    """The event log of a module: `log = get_log(__name__)`."""
    return EventLog(name)


def place_of(problem: BaseException | None) -> str:
    """Kind of an exception and the line where it was raised, without its text."""
    if problem is None:
        return ""
    trace = problem.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = f"{trace.tb_frame.f_globals.get('__name__', '?')}:{trace.tb_lineno}" if trace else "?"
    return f"{type(problem).__name__} at {where}"


def set_up_logs(level: int = logging.INFO) -> None:
    """One line per event on standard error, times in UTC. Call it once, at the start of a process."""
    handler = logging.StreamHandler(sys.stderr)
    formatter = logging.Formatter("%(asctime)sZ %(levelname)s %(name)s %(message)s", "%Y-%m-%dT%H:%M:%S")
    formatter.converter = time.gmtime
    handler.setFormatter(formatter)
    handler.addFilter(Redacting())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in NOISY:
        logging.getLogger(name).setLevel(logging.WARNING)


def guard_handlers() -> None:
    """Send what libraries log through our handler, past the filter, once they have set up their own. Call it late."""
    for name, logger in list(logging.root.manager.loggerDict.items()):
        if not isinstance(logger, logging.Logger) or not logger.handlers:
            continue
        if name.partition(".")[0] in NOISY:
            logger.handlers.clear()
            logger.propagate = True
        for handler in logger.handlers:
            if not any(isinstance(each, Redacting) for each in handler.filters):
                handler.addFilter(Redacting())
