"""`make promises`: runs the tests that carry a promise's number and prints promise → tests → result."""

from collections import defaultdict

import pytest

PROMISES = [f"P{number:02}" for number in range(1, 25)]
_results: dict[str, list[tuple[str, str]]] = defaultdict(list)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep only the tests that carry a number."""
    chosen = []
    for item in items:
        numbers = {str(n) for mark in item.iter_markers("promise") for n in mark.args}
        unknown = numbers - set(PROMISES)
        if unknown:
            raise pytest.UsageError(f"{item.nodeid} names promises that do not exist: {sorted(unknown)}")
        if numbers:
            item.user_properties += [("promise", number) for number in sorted(numbers)]  # reports carry them along
            chosen.append(item)
    config.hook.pytest_deselected(items=[item for item in items if item not in chosen])
    items[:] = chosen


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Count a test once: its call, or what went wrong before or after it."""
    if report.when == "call" or report.failed:
        for number in (value for name, value in report.user_properties if name == "promise"):
            _results[str(number)].append((report.nodeid, report.outcome))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The table; a promise without a test is said to be not shown yet."""
    terminalreporter.section("promises")
    for number in PROMISES:
        found = _results.get(number, [])
        failed = [name for name, outcome in found if outcome != "passed"]
        word = "not shown yet" if not found else "FAILED" if failed else "shown"
        terminalreporter.line(f"{number}  {word:13}  {len(found)} tests")
        for name, outcome in found:
            terminalreporter.line(f"       {outcome:7} {name}")
