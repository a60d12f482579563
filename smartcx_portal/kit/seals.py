"""Seals that others can check: Ed25519 signatures by this installation, as compact JWS (RFC 7515, RFC 8037).

The private key follows from `DATA/secret.key` (decision 0015). Checking needs the public key alone, and no settings.
"""

import base64
import binascii
import hashlib
import json
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from smartcx_portal.kit.errors import ProductError
from smartcx_portal.kit.language import N_
from smartcx_portal.kit.tokens import mac

ALGORITHM = "EdDSA"
KEY_SIZE = 32
LARGEST = 10_000_000
"""Characters of a seal that is looked at all; ours have a few hundred."""


class NotSealed(ProductError):
    """The seal is none of this key, of another kind, or what it covers was changed."""

    says = N_("The signature does not fit: the file was changed, or it comes from somebody else.")


def public_key() -> bytes:
    """The 32 bytes by which everybody can check what this installation sealed."""
    return _private_key().public_key().public_bytes_raw()


def key_id(key: bytes | None = None) -> str:
    """The name of a public key, of the own one if none is given: the first 16 hexadecimal digits of its SHA-256."""
    return hashlib.sha256(public_key() if key is None else key).hexdigest()[:16]


def key_set() -> dict[str, Any]:
    """The own public key as a JWK set (RFC 7517, RFC 8037 section 2)."""
    return {
        "keys": [
            {
                "kty": "OKP",
                "crv": "Ed25519",
                "x": _encoded(public_key()),
                "use": "sig",
                "alg": ALGORITHM,
                "kid": key_id(),
            }
        ]
    }


def seal(payload: bytes, kind: str) -> str:
    """`payload` under our seal. `kind` says what it is, such as `receipt`: a seal of one kind passes for no other."""
    header = {"alg": ALGORITHM, "kid": key_id(), "typ": kind}
    signed = f"{_encoded(json.dumps(header, separators=(',', ':')).encode())}.{_encoded(payload)}"
    return f"{signed}.{_encoded(_private_key().sign(signed.encode()))}"


def opened(jws: str, key: bytes, kind: str) -> bytes:
    """What a seal of this public key and kind covers. Raises `NotSealed`."""
    header, payload, signature = _parts(jws)
    try:
        fields = json.loads(_decoded(header))
    except (ValueError, RecursionError):
        raise NotSealed from None
    if not isinstance(fields, dict) or "crit" in fields or (fields.get("alg"), fields.get("typ")) != (ALGORITHM, kind):
        raise NotSealed
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(_decoded(signature), f"{header}.{payload}".encode())
    except (InvalidSignature, ValueError):
        raise NotSealed from None
    return _decoded(payload)


def key_named(keys: dict[str, Any], name: str) -> bytes:
    """The public key of this name in a JWK set, as another installation gives it. Raises `NotSealed`."""
    listed = keys.get("keys")
    for one in listed if isinstance(listed, list) else ():
        if isinstance(one, dict) and (one.get("kty"), one.get("crv"), one.get("kid")) == ("OKP", "Ed25519", name):
            key = _decoded(str(one.get("x", "")))
            if len(key) == KEY_SIZE:
                return key
    raise NotSealed


def sealed_by(jws: str) -> str:
    """The name of the key that a seal says it was made with; unchecked. Raises `NotSealed`."""
    try:
        fields = json.loads(_decoded(_parts(jws)[0]))
        return str(fields["kid"])
    except (ValueError, KeyError, TypeError, RecursionError):
        raise NotSealed from None


def _private_key() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(mac("seal", 1))


def _parts(jws: str) -> list[str]:
    parts = jws.split(".") if len(jws) <= LARGEST else []
    if len(parts) != 3:
        raise NotSealed
    return parts


def _encoded(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def _decoded(text: str) -> bytes:
    """The bytes of base64url without padding; raises `NotSealed` for anything else, also for a second spelling."""
    try:
        content = base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise NotSealed from None
    if _encoded(content) != text:
        raise NotSealed
    return content
