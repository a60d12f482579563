"""One-time codes: sent to an address, good for one use in one tab, for ten minutes and five tries.

A wrong try must count. The gate rolls back whatever raises, so `redeem` raises nothing for a wrong, used or lapsed
code: it returns `Refused`, which the handler shows, and the try is committed with the event:

    answer = redeem(work, CodeUse.PORTAL, entered)
    if isinstance(answer, Refused):
        self.problem = answer.text(work.lang)
        return
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from smartcx_portal.kit.errors import TooMany
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.kit.tokens import number_code, same
from smartcx_portal.messaging.outbox import post
from smartcx_portal.messaging.templates import CODE_USE
from smartcx_portal.models.messaging import Channel, CodeUse, OneTimeCode
from smartcx_portal.standing.addresses import address_key
from smartcx_portal.standing.kinds import Kind
from smartcx_portal.tenancy import Work

LIFE = timedelta(minutes=10)
TRIES = 5
DIGITS = 8
PER_ADDRESS = (5, timedelta(minutes=15))
PER_NETWORK = (20, timedelta(hours=1))
PER_TENANT = (600, timedelta(hours=1))


class TooManyCodes(TooMany):
    """The limit of codes for an address, a network or the tenant is reached."""

    says = N_("Too many codes were asked for. Please wait 15 minutes, or contact us.")


class Because(StrEnum):
    """Why a code was refused."""

    UNREADABLE = "unreadable"
    WRONG = "wrong"
    USED_UP = "used_up"
    LAPSED = "lapsed"
    USED = "used"
    NONE = "none"


SAYS = {
    Because.UNREADABLE: N_("The code has 8 digits. It stands in the message we sent you."),
    Because.WRONG: N_("That code is not right. {tries_left} tries left."),
    Because.USED_UP: N_("That code is not right, and no tries are left. Please ask for a new code."),
    Because.LAPSED: N_("That code is no longer valid. Please ask for a new code."),
    Because.USED: N_("That code was used already. Please ask for a new code."),
    Because.NONE: N_("No code is open on this page. Please ask for a new code."),
}
ONE_LEFT = N_("That code is not right. 1 try left.")


@dataclass(frozen=True, slots=True)
class Refused:
    """A code did not open. Not an error that rolls back: the try has to be counted."""

    because: Because
    tries_left: int = 0

    @property
    def says(self) -> str:
        """The msgid, with the field `tries_left`."""
        return ONE_LEFT if self.because is Because.WRONG and self.tries_left == 1 else SAYS[self.because]

    def text(self, lang: str) -> str:
        """What to tell the reader, with the next step."""
        return translate(lang, self.says).format(tries_left=self.tries_left)


@dataclass(frozen=True, slots=True)
class Redeemed:
    """A right code, now used up; what it was for."""

    id: UUID
    use: CodeUse
    channel: Channel
    address_key: str
    customer_id: UUID | None
    booking_id: UUID | None
    new_value: str | None


@dataclass(frozen=True, slots=True)
class Sent:
    """A code is on its way (or would be). `lapses_at` is aware UTC."""

    id: UUID
    lapses_at: datetime


def send_code(
    work: Work,
    use: CodeUse,
    channel: Channel,
    address: str,
    *,
    customer_id: UUID | None = None,
    booking_id: UUID | None = None,
    new_value: str | None = None,
    kind: Kind = Kind.CODE,
) -> Sent:
    """Make a code for this tab and send it; earlier ones of the same use, for the tab or the address, are void.

    `kind` other than `CODE` sends that message instead, so that an unknown address costs the same work and tells
    nothing. Raises `TooManyCodes`, `NotAnEmail` or `NotAPhone`.
    """
    key = address_key(work.tenant, address)
    _refuse_too_many(work, key)
    _void_earlier(work, use, key)
    code = work.new(
        OneTimeCode,
        use=use,
        channel=channel,
        address_key=key,
        key_hash=work.tab,
        network_key=work.network,
        customer_id=customer_id,
        booking_id=booking_id,
        new_value=new_value,
        tries_left=TRIES,
        created_at=work.now,
        lapses_at=work.now + LIFE,
    )
    post(
        work,
        kind,
        channel,
        address,
        language=work.lang,
        customer_id=customer_id,
        booking_id=booking_id,
        code_id=code.id if kind is Kind.CODE else None,
    )
    return Sent(code.id, code.lapses_at)


def redeem(work: Work, use: CodeUse, entered: str) -> Redeemed | Refused:
    """Use up the tab's newest code for `use` if `entered` is it; see the module's word on refusals."""
    code = examine(work, use, entered)
    return code if isinstance(code, Refused) else use_up(work, code)


def examine(work: Work, use: CodeUse, entered: str) -> OneTimeCode | Refused:
    """The tab's open code, locked, if `entered` is it; otherwise a try is gone. For those who must check more."""
    code = _newest(work, use)
    if code is None:
        return Refused(Because.NONE)
    closed = _closed(work, code)
    if closed is not None:
        return Refused(closed)
    figures = "".join(sign for sign in entered if sign not in " \t-\u00a0\u202f")
    if len(figures) != DIGITS or not (figures.isascii() and figures.isdigit()):
        return Refused(Because.UNREADABLE, code.tries_left)
    if not same(figures, number_code(CODE_USE, code.id)):
        return count_wrong(code)
    return code


def count_wrong(code: OneTimeCode) -> Refused:
    """Take one try from a locked code."""
    code.tries_left -= 1
    return Refused(Because.WRONG if code.tries_left else Because.USED_UP, code.tries_left)


def use_up(work: Work, code: OneTimeCode) -> Redeemed:
    """Let a locked, right code open once."""
    code.used_at = work.now
    work.flush()
    return Redeemed(
        code.id, code.use, code.channel, code.address_key, code.customer_id, code.booking_id, code.new_value
    )


def _newest(work: Work, use: CodeUse) -> OneTimeCode | None:
    """Locked, so that parallel guesses wait for each other and each sees the tries that are left."""
    if not work.tab:
        return None
    query = work.select(OneTimeCode.id).where(OneTimeCode.use == use, OneTimeCode.key_hash == work.tab)
    newest = work.first(query.order_by(OneTimeCode.lapses_at.desc()))
    return work.find(OneTimeCode, newest, lock=True)


def _closed(work: Work, code: OneTimeCode) -> Because | None:
    if code.used_at is not None:
        return Because.USED
    if code.lapses_at <= work.now:
        return Because.LAPSED
    return None if code.tries_left > 0 else Because.USED_UP


def _void_earlier(work: Work, use: CodeUse, key: str) -> None:
    """Newest only; of one tab and of one address, whichever tab asked."""
    mine = (OneTimeCode.key_hash == work.tab) | (OneTimeCode.address_key == key)
    work.update_where(
        OneTimeCode,
        OneTimeCode.use == use,
        OneTimeCode.used_at.is_(None),
        OneTimeCode.lapses_at > work.now,
        mine,
        lapses_at=work.now,
    )


def _refuse_too_many(work: Work, key: str) -> None:
    """Counted under locks taken in one order, so that requests at the same moment see each other."""
    work.lock("codes of a network", work.network)
    work.lock("codes of an address", key)
    asked = (
        (PER_ADDRESS, OneTimeCode.address_key == key),
        (PER_NETWORK, OneTimeCode.network_key == work.network),
        (PER_TENANT, OneTimeCode.tenant_id == work.tenant),
    )
    for (most, span), whose in asked:
        recent = work.select(OneTimeCode.id).where(whose, OneTimeCode.created_at > work.now - span)
        if work.count(recent) >= most:
            raise TooManyCodes
