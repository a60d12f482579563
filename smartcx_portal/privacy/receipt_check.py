"""Checking a consent receipt: whether it is whole, and from whom. Needs the file and a public key, nothing else."""

import json
from typing import Any

from smartcx_portal.kit.seals import NotSealed, opened

KIND = "receipt"
"""What the seal says it covers."""
LARGEST = 1_000_000
"""Bytes of a file that is looked at; ours have a few thousand."""


def check_receipt(content: bytes, key: bytes) -> dict[str, Any]:
    """The fields of the receipt in a file, once the seal covers them all. Raises `NotSealed`.

    The file may be the one that the portal gives, with fields and seal, or a `.jws` alone.
    """
    if len(content) > LARGEST:
        raise NotSealed
    try:
        text = content.decode()
        whole = json.loads(text) if text.lstrip().startswith("{") else {"jws": text.strip()}
        covered = json.loads(opened(whole["jws"], key, KIND))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise NotSealed from None
    if not isinstance(covered, dict) or whole.get("receipt", covered) != covered:
        raise NotSealed
    return covered


def check_pair(content: bytes, jws: str, key: bytes) -> dict[str, Any]:
    """The same for a receipt whose seal lies beside it, as in a package. Raises `NotSealed`."""
    if opened(jws.strip(), key, KIND) != content:
        raise NotSealed
    found: dict[str, Any] = json.loads(content)
    return found
