"""What this installation sealed can be checked by everybody, and changed by nobody without notice."""

import base64
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from smartcx_portal.kit.seals import NotSealed, key_id, key_named, key_set, opened, public_key, seal, sealed_by

OTHER = Ed25519PrivateKey.from_private_bytes(b"o" * 32)
PAYLOAD = b'{"granted": true}'


def coded(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def made_by(key: Ed25519PrivateKey, header: object, payload: bytes = PAYLOAD) -> str:
    """A seal with any header."""
    signed = f"{coded(json.dumps(header).encode())}.{coded(payload)}"
    return f"{signed}.{coded(key.sign(signed.encode()))}"


def test_a_seal_opens_with_the_public_key() -> None:
    assert opened(seal(PAYLOAD, "receipt"), public_key(), "receipt") == PAYLOAD


def test_a_seal_is_a_jws_that_says_algorithm_key_and_kind() -> None:
    header = seal(PAYLOAD, "receipt").split(".")[0]
    fields = json.loads(base64.urlsafe_b64decode(header + "=" * (-len(header) % 4)))
    assert fields == {"alg": "EdDSA", "kid": key_id(), "typ": "receipt"}


def test_the_same_content_has_the_same_seal() -> None:
    assert seal(PAYLOAD, "receipt") == seal(PAYLOAD, "receipt")


def test_every_changed_sign_is_noticed() -> None:
    jws = seal(PAYLOAD, "receipt")
    for place, sign in enumerate(jws):
        for other in "AB.=é":
            if other != sign:
                with pytest.raises(NotSealed):
                    opened(jws[:place] + other + jws[place + 1 :], public_key(), "receipt")


def test_another_key_opens_nothing() -> None:
    with pytest.raises(NotSealed):
        opened(seal(PAYLOAD, "receipt"), OTHER.public_key().public_bytes_raw(), "receipt")


def test_what_another_key_sealed_does_not_pass_for_ours() -> None:
    forged = made_by(OTHER, {"alg": "EdDSA", "kid": key_id(), "typ": "receipt"})
    with pytest.raises(NotSealed):
        opened(forged, public_key(), "receipt")


def test_a_key_in_the_header_is_not_asked() -> None:
    own = coded(OTHER.public_key().public_bytes_raw())
    forged = made_by(OTHER, {"alg": "EdDSA", "typ": "receipt", "jwk": {"kty": "OKP", "crv": "Ed25519", "x": own}})
    with pytest.raises(NotSealed):
        opened(forged, public_key(), "receipt")


def test_a_seal_of_another_kind_does_not_pass() -> None:
    with pytest.raises(NotSealed):
        opened(seal(PAYLOAD, "manifest"), public_key(), "receipt")


@pytest.mark.parametrize(
    "header",
    [
        {"alg": "none", "typ": "receipt"},
        {"alg": "HS256", "typ": "receipt"},
        {"alg": "EdDSA"},
        {"typ": "receipt"},
        {"alg": "EdDSA", "typ": "receipt", "crit": ["exp"]},
        {"alg": ["EdDSA"], "typ": "receipt"},
        ["EdDSA", "receipt"],
        "EdDSA",
        None,
    ],
)
def test_no_other_header_passes_even_from_the_right_key(header: object) -> None:
    with pytest.raises(NotSealed):
        opened(made_by(OTHER, header), OTHER.public_key().public_bytes_raw(), "receipt")


@pytest.mark.parametrize(
    "text",
    [
        "",
        ".",
        "..",
        "a.b",
        "a.b.c.d",
        "....",
        "\x00.\x00.\x00",
        "é.é.é",
        "[" * 100_000 + "..",
        coded(b"[" * 100_000) + ".e.e",
    ],
)
def test_nonsense_is_no_seal(text: str) -> None:
    for look in (lambda: opened(text, public_key(), "receipt"), lambda: sealed_by(text)):
        with pytest.raises(NotSealed):
            look()


def test_a_seal_without_a_signature_is_none() -> None:
    header, payload, _ = seal(PAYLOAD, "receipt").split(".")
    with pytest.raises(NotSealed):
        opened(f"{header}.{payload}.", public_key(), "receipt")


@pytest.mark.parametrize("key", [b"", b"short", b"x" * 33])
def test_what_is_no_key_opens_nothing(key: bytes) -> None:
    with pytest.raises(NotSealed):
        opened(seal(PAYLOAD, "receipt"), key, "receipt")


def test_the_key_set_gives_the_key_by_its_name() -> None:
    assert key_named(json.loads(json.dumps(key_set())), sealed_by(seal(PAYLOAD, "receipt"))) == public_key()


@pytest.mark.parametrize(
    "keys", [{}, {"keys": None}, {"keys": [None, {"kid": "x"}]}, {"keys": [{"kty": "OKP", "x": "AA"}]}]
)
def test_a_set_without_the_key_gives_none(keys: dict[str, object]) -> None:
    with pytest.raises(NotSealed):
        key_named(keys, "x")


def test_the_key_set_says_nothing_private() -> None:
    assert set(key_set()["keys"][0]) == {"kty", "crv", "x", "use", "alg", "kid"}


def test_checking_needs_no_data_folder(tmp_path: Path) -> None:
    check = (
        "import sys; from smartcx_portal.kit.seals import opened; "
        "sys.stdout.buffer.write(opened(sys.argv[1], bytes.fromhex(sys.argv[2]), 'receipt'))"
    )
    data = tmp_path / "none"
    asked = [sys.executable, "-c", check, seal(PAYLOAD, "receipt"), public_key().hex()]
    answer = subprocess.run(asked, env=os.environ | {"SMARTCX_DATA": str(data)}, capture_output=True, check=True)
    assert answer.stdout == PAYLOAD
    assert not data.exists()
