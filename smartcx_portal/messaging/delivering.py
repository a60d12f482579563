"""The job that lets one message leave.

No transaction stays open while a provider is asked. The first one locks the row, asks whether the message may still be
sent, renders it and notes that it is in hand; then the provider is called; the second one notes how it ended. A
worker that dies in between leaves a message in hand: after `IN_HAND` the next one asks the provider about it before
anything is sent again. So a message is sent once, or twice only where the provider took it and cannot tell yet.
"""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from procrastinate import JobContext, RetryDecision
from procrastinate.jobs import Job
from procrastinate.retry import BaseRetryStrategy

from smartcx_portal.kit.jobs import jobs
from smartcx_portal.kit.logs import get_log
from smartcx_portal.messaging.channels import road
from smartcx_portal.messaging.copies import erase_copies
from smartcx_portal.messaging.letters import FAULT, UNKNOWN_OUTCOME, DeliveryFailed, Letter
from smartcx_portal.messaging.templates import render
from smartcx_portal.models.messaging import Message, MessageStatus
from smartcx_portal.standing.sending import may_send
from smartcx_portal.tenancy import JOB, Work, open_work

log = get_log(__name__)
MAX_TRIES = 8
IN_HAND = timedelta(seconds=60)
"""Longer than any call to a provider takes: whoever had a message in hand for so long is dead."""
OPEN = (MessageStatus.QUEUED, MessageStatus.SENDING)


class StillInHand(Exception):
    """Another worker is sending this very message."""


class Backoff(BaseRetryStrategy):
    """3, 9, 27 … 2,187 s, nearly an hour in all, or longer where the provider asks for it; then a dead letter."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        """None after the last try."""
        if job.attempts + 1 >= MAX_TRIES:
            return None
        wait = 3 ** (job.attempts + 1)
        if isinstance(exception, StillInHand):
            wait = max(wait, int(IN_HAND.total_seconds()))
        if isinstance(exception, DeliveryFailed):
            wait = max(wait, int(exception.retry_after))
        return RetryDecision(retry_in={"seconds": wait})


@dataclass(frozen=True, slots=True)
class InHand:
    """`doubtful`: an earlier try may have reached the provider."""

    letter: Letter
    doubtful: bool


@jobs.task(name="messaging.deliver", retry=Backoff(), pass_context=True)
def deliver(context: JobContext, tenant: str, message: str) -> None:
    """Send one message; may run any number of times."""
    last = context.job.attempts + 1 >= MAX_TRIES
    deliver_message(UUID(tenant), UUID(message), last=last)


def deliver_message(tenant_id: UUID, message_id: UUID, *, last: bool = False) -> None:
    """Send, suppress or fail one message. Raises when it should be tried again, and on the `last` failed try."""
    try:
        taken = _take(tenant_id, message_id)
        if taken is None:
            return
        reference = _send(taken)
    except StillInHand:
        raise
    except DeliveryFailed as problem:
        over = last or problem.permanent
        _settle(tenant_id, message_id, problem=_word(problem), over=over)
        if not problem.permanent:
            raise
    except Exception:
        _settle(tenant_id, message_id, problem=FAULT, over=last)
        raise
    else:
        _settle(tenant_id, message_id, reference=reference)


def _take(tenant_id: UUID, message_id: UUID) -> InHand | None:
    """The letter of a message that is now in our hand; None when there is nothing to send any more."""
    with open_work(JOB, tenant_id) as work:
        message = work.find(Message, message_id, lock=True)
        if message is None or message.status not in OPEN:
            return None
        doubtful = message.status is MessageStatus.SENDING or message.problem == UNKNOWN_OUTCOME
        if message.status is MessageStatus.SENDING and message.tried_at and work.now - message.tried_at < IN_HAND:
            raise StillInHand
        if not may_send(work, message):
            _suppress(message)
            return None
        letter = render(work, message)
        message.status, message.tried_at = MessageStatus.SENDING, work.now
    return InHand(letter, doubtful)


def _send(taken: InHand) -> str:
    """Hand the letter to its channel, unless an earlier try got through; the provider's reference."""
    channel = road(taken.letter)
    reference = channel.find(taken.letter) if taken.doubtful else None
    return reference or channel.send(taken.letter)


def _settle(tenant_id: UUID, message_id: UUID, *, reference: str = "", problem: str = "", over: bool = True) -> None:
    with open_work(JOB, tenant_id) as work:
        message = work.find(Message, message_id, lock=True)
        erased = message is None or message.to_address is None
        if message is not None and message.status in OPEN:
            _note(work, message, reference, problem, over)
    if erased:
        erase_copies([message_id])


def _note(work: Work, message: Message, reference: str, problem: str, over: bool) -> None:
    if reference:
        message.status, message.problem = MessageStatus.SENT, None
        message.provider_ref = reference if message.to_address else None  # the person may be gone by now
        message.sent_at = work.now
        _forget_stranger(message)
        log.info("message.sent", message=message.id)
    else:
        doubtful = message.status is MessageStatus.SENDING or message.problem == UNKNOWN_OUTCOME
        message.status = MessageStatus.FAILED if over else MessageStatus.QUEUED
        message.problem = UNKNOWN_OUTCOME if problem == FAULT and doubtful and not over else problem
        log.warning("message.failed" if over else "message.delayed", message=message.id, problem=problem)


def _suppress(message: Message) -> None:
    """It does not leave; a worker that died may have left a copy of it."""
    erase_copies([message.id])
    message.status = MessageStatus.SUPPRESSED
    _forget_stranger(message)
    log.info("message.suppressed", message=message.id)


def _forget_stranger(message: Message) -> None:
    """An address that belongs to no customer is not needed once its message is gone; the keyed hash finds the row."""
    if message.customer_id is None:
        message.to_address = None


def _word(problem: DeliveryFailed) -> str:
    return UNKNOWN_OUTCOME if problem.unknown else problem.problem
