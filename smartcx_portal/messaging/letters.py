"""A letter: a message as it leaves, rendered a moment before and never stored."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from smartcx_portal.models.messaging import Channel


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes along."""

    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Letter:
    """What a channel carries.

    `track`: openings and clicks may be seen, by a consent of their own. `one_click`: where a mail program withdraws the
    consent that the letter rests on; empty for one that rests on none.
    """

    message_id: UUID
    tenant_id: UUID
    kind: str
    channel: Channel
    language: str
    to: str
    sender_name: str
    reply_to: str
    subject: str
    text: str
    at: datetime
    track: bool = False
    attachments: tuple[Attachment, ...] = ()
    one_click: str = ""

    @property
    def headers(self) -> dict[str, str]:
        """The header lines by which mail programs offer to stop such letters (RFC 2369, RFC 8058)."""
        if not self.one_click:
            return {}
        return {"List-Unsubscribe": f"<{self.one_click}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


class DeliveryFailed(Exception):
    """A channel could not deliver. `problem` is one of the closed words below, never a provider's text.

    `permanent`: trying again is no use. `unknown`: the provider may have taken it, so ask before sending again.
    `retry_after`: seconds that the provider asked us to wait.
    """

    def __init__(self, problem: str, *, permanent: bool = False, unknown: bool = False, retry_after: float = 0) -> None:
        super().__init__(problem)
        self.problem = problem
        self.permanent = permanent
        self.unknown = unknown
        self.retry_after = retry_after


REFUSED = "refused"
CREDENTIALS = "credentials"
RATE_LIMITED = "rate_limited"
UNKNOWN_OUTCOME = "unknown_outcome"
NO_PROVIDER = "no_provider"
FAULT = "fault"
