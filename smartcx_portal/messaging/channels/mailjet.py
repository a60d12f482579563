"""Mailjet, by its own SDK (`mailjet-rest`, Send API v3.1)."""

import base64
from typing import Any

import requests
from mailjet_rest import Client
from mailjet_rest.client import JitterRetry
from mailjet_rest.errors import ApiError, ApiRateLimitError, MailjetApiError, MailjetAuthError, ValidationError

from smartcx_portal.messaging.letters import (
    CREDENTIALS,
    RATE_LIMITED,
    REFUSED,
    UNKNOWN_OUTCOME,
    DeliveryFailed,
    Letter,
)
from smartcx_portal.settings import Settings

TIMEOUT = (3.0, 6.0)
"""Seconds to connect and to wait for an answer."""


class OneTry(Client):
    """The SDK without its own retries: it would repeat a POST that may have been taken, and keep a job for long."""

    _RETRY_STRATEGY = JitterRetry(total=0, status_forcelist=[])


class Mailjet:
    """Sends with the message's id as `CustomID`: Mailjet knows no idempotency key, but can be asked for that."""

    def __init__(self, chosen: Settings) -> None:
        if chosen.mailjet_key is None or chosen.mailjet_secret is None:
            raise ValueError("Mailjet needs a key and a secret")
        self._auth = (chosen.mailjet_key.get_secret_value(), chosen.mailjet_secret.get_secret_value())
        self._url = chosen.mailjet_url
        self._sender = chosen.mail_from

    def send(self, letter: Letter) -> str:
        """Hand it over once. Raises `DeliveryFailed`."""
        try:
            with self._client("v3.1") as client:
                answer = client.send.create(
                    data={"Messages": [self._message(letter)]},
                    headers={"Idempotency-Key": str(letter.message_id)},
                    allow_redirects=False,
                )
                return str(answer.json()["Messages"][0]["To"][0]["MessageID"])
        except (ApiError, ValueError, LookupError, TypeError) as problem:
            raise _failure(problem) from None

    def find(self, letter: Letter) -> str | None:
        """Ask for the message's `CustomID`. Raises `DeliveryFailed`; then nothing may be sent yet."""
        wanted = str(letter.message_id)
        try:
            with self._client("v3") as client:
                filters = {"CustomID": wanted, "ShowCustomID": "true"}
                answer = client.message.get(filters=filters, allow_redirects=False)
                found = [each for each in answer.json()["Data"] if each.get("CustomID") == wanted]
                return str(found[0]["ID"]) if found else None
        except (ApiError, ValueError, LookupError, TypeError) as problem:
            failure = _failure(problem)
            failure.unknown, failure.permanent = True, False
            raise failure from None

    def _client(self, version: str) -> OneTry:
        return OneTry(auth=self._auth, version=version, api_url=self._url, timeout=TIMEOUT)

    def _message(self, letter: Letter) -> dict[str, Any]:
        track = "enabled" if letter.track else "disabled"
        return {
            "From": {"Email": self._sender, "Name": letter.sender_name},
            "ReplyTo": {"Email": letter.reply_to, "Name": letter.sender_name},
            "To": [{"Email": letter.to}],
            "Subject": letter.subject,
            "TextPart": letter.text,
            "CustomID": str(letter.message_id),
            "TrackOpens": track,
            "TrackClicks": track,
            **({"Headers": letter.headers} if letter.headers else {}),
            "Attachments": [
                {
                    "ContentType": each.content_type,
                    "Filename": each.name,
                    "Base64Content": base64.b64encode(each.content).decode(),
                }
                for each in letter.attachments
            ],
        }


def _failure(problem: Exception) -> DeliveryFailed:
    """What an SDK error means. Only a clear refusal tells that nothing was taken; all else may have been."""
    if isinstance(problem, ApiRateLimitError):
        return DeliveryFailed(RATE_LIMITED, retry_after=_retry_after(problem))
    if isinstance(problem, MailjetAuthError):
        return DeliveryFailed(CREDENTIALS)
    if isinstance(problem, ValidationError):
        return DeliveryFailed(REFUSED, permanent=True)
    if isinstance(problem, MailjetApiError):
        return DeliveryFailed(REFUSED)
    return DeliveryFailed(UNKNOWN_OUTCOME, unknown=True)


def _retry_after(problem: Exception) -> float:
    """Seconds that the answer asks for, at most an hour; 0 when it does not say (dates are not used by Mailjet)."""
    cause = problem.__cause__
    answer = cause.response if isinstance(cause, requests.RequestException) else None
    asked = answer.headers.get("Retry-After", "") if answer is not None else ""
    return min(float(asked), 3600.0) if asked.isdigit() else 0.0
