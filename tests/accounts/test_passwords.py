"""Passwords: long enough, of any kind, never known to us."""

import pytest
from argon2 import PasswordHasher

from smartcx_portal.accounts.passwords import PasswordTooLong, PasswordTooShort, is_dated, new_hash, verify


def test_a_hash_opens_to_its_password_only():
    stored = new_hash("zwölf Zeichen")
    assert verify(stored, "zwölf Zeichen")
    assert not verify(stored, "zwölf zeichen")
    assert stored.startswith("$argon2id$")


def test_the_same_characters_typed_otherwise_are_the_same_password():
    assert verify(new_hash("zwo\u0308lf Zeichen"), "zw\u00f6lf Zeichen")


@pytest.mark.parametrize("password", ["x" * 12, "           .", "ein Satz mit Leerzeichen und 🌻", "x" * 256])
def test_any_characters_will_do(password: str):
    assert verify(new_hash(password), password)


def test_too_short_and_too_long_are_refused():
    with pytest.raises(PasswordTooShort):
        new_hash("elf Zeichen")
    with pytest.raises(PasswordTooLong):
        new_hash("x" * 257)


def test_what_is_too_long_never_fits():
    stored = new_hash("x" * 256)
    assert not verify(stored, "x" * 257)
    assert not verify(stored, "x" * 10_000)


@pytest.mark.parametrize("stored", [None, "", "no hash"])
def test_without_a_hash_nothing_fits(stored: str | None):
    assert not verify(stored, "")
    assert not verify(stored, "zwölf Zeichen")


def test_weaker_parameters_of_the_past_are_noticed():
    assert is_dated(PasswordHasher(time_cost=1, memory_cost=64).hash("zwölf Zeichen"))
    assert not is_dated(new_hash("zwölf Zeichen"))
