"""Secrets, digests and signatures, all keyed by one secret that lives outside the database.

The secret is made at the first start in `DATA/secret.key` (mode 0600). Separate uses get separate
keys by their `use` word.
"""

import base64
import functools
import hashlib
import hmac
import os
import secrets
from pathlib import Path

from smartcx_portal.settings import settings


@functools.cache
def _secret(folder: Path) -> bytes:
    file = folder / "secret.key"
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        fresh = file.with_suffix(f".{os.getpid()}")
        fresh.touch(mode=0o600)
        fresh.write_bytes(secrets.token_bytes(32))
        try:
            os.link(fresh, file)  # the first of two processes wins, both read the same key
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return file.read_bytes()


def mac(use: str, *parts: object) -> bytes:
    """HMAC-SHA-256 over `parts` for one `use`; parts cannot run into each other."""
    key = hmac.digest(_secret(settings().data), use.encode(), "sha256")
    message = b"".join(len(p).to_bytes(4, "big") + p for p in (str(part).encode() for part in parts))
    return hmac.digest(key, message, "sha256")


def digest(use: str, *parts: object) -> str:
    """The keyed hash as 64 hexadecimal digits, fit for a lookup column."""
    return mac(use, *parts).hex()


def signature(use: str, *parts: object) -> str:
    """A 128-bit signature for links, 22 characters that are safe in URLs."""
    return base64.urlsafe_b64encode(mac(use, *parts)[:16]).rstrip(b"=").decode()


def signed(use: str, shown: str, *parts: object) -> bool:
    """Whether `shown` is the signature of `parts`; constant time."""
    return hmac.compare_digest(signature(use, *parts).encode(), shown.encode())


def number_code(use: str, *parts: object, digits: int = 8) -> str:
    """A code of `digits` figures that follows from the parts, so that none needs to be stored."""
    return str(int.from_bytes(mac(use, *parts)[:12], "big") % 10**digits).zfill(digits)


def same(left: str, right: str) -> bool:
    """Constant-time comparison of two texts."""
    return hmac.compare_digest(left.encode(), right.encode())


def new_secret() -> str:
    """A fresh random secret of 192 bits, 32 characters safe in URLs."""
    return secrets.token_urlsafe(24)


def fingerprint(text: str) -> str:
    """Plain SHA-256 of a public text, to name a version of it."""
    return hashlib.sha256(text.encode()).hexdigest()
