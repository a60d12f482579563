"""The roads that letters take. A channel knows two verbs: send, and find what was sent before."""

from typing import Protocol

from smartcx_portal.messaging.channels.mailbox import Mailbox
from smartcx_portal.messaging.channels.mailjet import Mailjet
from smartcx_portal.messaging.letters import NO_PROVIDER, DeliveryFailed, Letter
from smartcx_portal.models.messaging import Channel
from smartcx_portal.settings import settings


class Road(Protocol):
    """What every channel offers."""

    def send(self, letter: Letter) -> str:
        """Hand the letter over within 10 s; the provider's reference. Raises `DeliveryFailed`."""
        ...

    def find(self, letter: Letter) -> str | None:
        """The reference of an earlier sending of the same message. Raises `DeliveryFailed`."""
        ...


def road(letter: Letter) -> Road:
    """The provider with credentials, else in demo mode the mailbox; raises `DeliveryFailed` when there is neither."""
    chosen = settings()
    if letter.channel is Channel.EMAIL and chosen.mailjet_key and chosen.mailjet_secret:
        return Mailjet(chosen)
    if chosen.demo:
        return Mailbox()
    raise DeliveryFailed(NO_PROVIDER, permanent=True)
