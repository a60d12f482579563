"""One-time codes: one use, one tab, ten minutes, five tries, newest only, and limits that hold under parallel tries."""

import contextvars
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest

from smartcx_portal.accounts.codes import (
    LIFE,
    PER_ADDRESS,
    PER_NETWORK,
    TRIES,
    Because,
    Redeemed,
    Refused,
    TooManyCodes,
    redeem,
    send_code,
)
from smartcx_portal.kit.tokens import number_code
from smartcx_portal.messaging.templates import CODE_USE
from smartcx_portal.models.messaging import Channel, CodeUse, Message, MessageStatus, OneTimeCode
from smartcx_portal.worker import work_off
from tests.cast import CLARA, Cast, House
from tests.conftest import SUNDAY, at
from tests.messaging.conftest import demo  # noqa: F401 - a fixture
from tests.messaging.scenes import new_clara

PORTAL = CodeUse.PORTAL
WRONG = "00000000"


def sent(cast: Cast, *, use: CodeUse = PORTAL, tab: str = "tab-of-clara", to: str = CLARA["email"]) -> str:
    """The eight figures of a fresh code."""
    with cast.as_visitor(tab=tab) as work:
        return number_code(CODE_USE, send_code(work, use, Channel.EMAIL, to).id)


def tried(
    cast: Cast, figures: str, *, use: CodeUse = PORTAL, tab: str = "tab-of-clara", house: House | None = None
) -> Redeemed | Refused:
    with cast.as_visitor(house, tab=tab) as work:
        return redeem(work, use, figures)


def at_once(number: int, deed: Callable[[], object]) -> list[object]:
    """`number` threads do it in the same moment."""
    barrier = Barrier(number)

    def start() -> object:
        barrier.wait()
        return deed()

    with ThreadPoolExecutor(number) as pool:
        jobs = [pool.submit(contextvars.copy_context().run, start) for _ in range(number)]
        return [job.result() for job in jobs]


def test_the_right_code_opens_once(cast: Cast):
    figures = sent(cast)
    assert isinstance(tried(cast, figures), Redeemed)
    assert tried(cast, figures) == Refused(Because.USED)


@pytest.mark.parametrize("shape", ["{0} {1}", " {0}{1} ", "{0}-{1}", "{0}\u00a0{1}"])
def test_spaces_do_not_matter(cast: Cast, shape: str):
    figures = sent(cast)
    assert isinstance(tried(cast, shape.format(figures[:4], figures[4:])), Redeemed)


def test_the_code_is_stored_nowhere(cast: Cast):
    figures = sent(cast)
    with cast.as_job() as work:
        assert figures not in str([row.model_dump() for row in work.all(work.select(OneTimeCode))])


def test_wrong_tries_are_counted_and_said_in_the_readers_language(cast: Cast):
    sent(cast)
    answers = [tried(cast, WRONG) for _ in range(TRIES)]
    assert [answer.tries_left for answer in answers] == [4, 3, 2, 1, 0]
    assert answers[1].text("de") == "Der Code stimmt nicht. Noch 3 Versuche."
    assert answers[1].text("en") == "That code is not right. 3 tries left."
    assert answers[3].text("de") == "Der Code stimmt nicht. Noch 1 Versuch."
    assert "neuen Code" in answers[4].text("de")


def test_after_five_wrong_tries_the_right_code_opens_nothing(cast: Cast):
    figures = sent(cast)
    for _ in range(TRIES):
        tried(cast, WRONG)
    assert tried(cast, figures) == Refused(Because.USED_UP)


@pytest.mark.parametrize("entered", ["", "   ", "1234567", "123456789", "1234567x", "²²²²²²²²", "١٢٣٤٥٦٧٨"])
def test_what_is_no_code_costs_no_try_and_opens_nothing(cast: Cast, entered: str):
    sent(cast)
    assert tried(cast, entered) == Refused(Because.UNREADABLE, TRIES)


def test_after_ten_minutes_a_code_is_void(cast: Cast):
    figures = sent(cast)
    with at(SUNDAY + LIFE):
        assert tried(cast, figures) == Refused(Because.LAPSED)
    with at(SUNDAY + LIFE - timedelta(seconds=1)):
        assert isinstance(tried(cast, figures), Redeemed)


def test_only_the_newest_code_of_a_tab_opens(cast: Cast):
    old, new = sent(cast), sent(cast)
    assert tried(cast, old) == Refused(Because.WRONG, TRIES - 1)
    assert isinstance(tried(cast, new), Redeemed)


def test_only_the_newest_code_of_an_address_opens(cast: Cast):
    old = sent(cast, tab="tab-of-clara")
    sent(cast, tab="another-tab")
    assert tried(cast, old) == Refused(Because.LAPSED)


def test_a_code_opens_nothing_in_another_tab(cast: Cast):
    figures = sent(cast)
    assert tried(cast, figures, tab="another-tab") == Refused(Because.NONE)
    assert tried(cast, figures, tab="") == Refused(Because.NONE)


def test_a_code_opens_nothing_for_another_use(cast: Cast):
    assert tried(cast, sent(cast), use=CodeUse.STEP_UP) == Refused(Because.NONE)


@pytest.mark.promise("P02")
def test_a_code_opens_nothing_at_another_tenant(cast: Cast):
    assert tried(cast, sent(cast), house=cast.salon) == Refused(Because.NONE)


def test_the_right_code_twice_at_once_opens_once(cast: Cast):
    figures = sent(cast)
    answers = at_once(8, lambda: tried(cast, figures))
    assert sum(isinstance(answer, Redeemed) for answer in answers) == 1


def test_parallel_guesses_get_five_tries_and_no_more(cast: Cast):
    sent(cast)
    answers = at_once(9, lambda: tried(cast, WRONG))
    assert sorted(answer.tries_left for answer in answers if answer.because is Because.WRONG) == [1, 2, 3, 4]
    with cast.as_job() as work:
        assert work.first(work.select(OneTimeCode)).tries_left == 0


def test_an_address_gets_five_codes_in_a_quarter_of_an_hour(cast: Cast):
    most, span = PER_ADDRESS
    for number in range(most):
        sent(cast, tab=f"tab-{number}")
    with pytest.raises(TooManyCodes):
        sent(cast, to="CLARA@example.org")
    with at(SUNDAY + span):
        assert sent(cast)


def test_a_network_gets_twenty_codes_an_hour(cast: Cast):
    for number in range(PER_NETWORK[0]):
        sent(cast, to=f"clara+{number}@example.org")
    with pytest.raises(TooManyCodes):
        sent(cast)


def test_parallel_requests_do_not_pass_the_limit(cast: Cast):
    def request() -> bool:
        try:
            return bool(sent(cast))
        except TooManyCodes:
            return False

    assert sum(at_once(9, request)) == PER_ADDRESS[0]


@pytest.mark.usefixtures("demo")
def test_a_void_code_is_not_sent_any_more(cast: Cast):
    with cast.as_visitor() as work:
        clara = new_clara(work).id
        send_code(work, PORTAL, Channel.EMAIL, CLARA["email"], customer_id=clara)
    sent(cast)
    work_off()
    with cast.as_job() as work:
        states = work.all(work.select(Message.status).order_by(Message.status))
    assert states == [MessageStatus.SENT, MessageStatus.SUPPRESSED]
