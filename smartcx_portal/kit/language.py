"""German and English. Source texts are English; `locales/<language>/<room>.po` holds the rest."""

import functools
from collections.abc import Callable
from pathlib import Path

from babel.messages.pofile import read_po

LANGUAGES = ("de", "en")
LOCALES = Path(__file__).resolve().parent.parent / "locales"


def N_(text: str) -> str:
    """Mark a text for translation that is shown later, in a language not known yet."""
    return text


@functools.cache
def catalogue(lang: str) -> dict[str, str]:
    """All translations of one language, the rooms' files merged."""
    merged: dict[str, str] = {}
    for file in sorted((LOCALES / lang).glob("*.po")):
        with file.open("rb") as handle:
            for message in read_po(handle):
                if message.id and message.string:
                    merged[str(message.id)] = str(message.string)
    return merged


def translate(lang: str, text: str) -> str:
    """`text` in `lang`; English, or what has no translation yet, is the text itself."""
    return text if lang == "en" else catalogue(lang).get(text, text)


def translator(lang: str) -> Callable[[str], str]:
    """The translating function that a page of one language uses, by custom named `t`."""
    return functools.partial(translate, lang)


def known(lang: str) -> str:
    """`lang` if we speak it, else German."""
    return lang if lang in LANGUAGES else "de"
