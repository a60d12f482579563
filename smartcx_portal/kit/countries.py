"""Names of countries and languages as people write them."""

from collections.abc import Sequence

from babel import Locale
from babel.lists import format_list

from smartcx_portal.kit.localtime import LOCALE


def country_text(code: str, lang: str) -> str:
    """`Polen` / `Poland` for `PL` (ISO 3166-1)."""
    return Locale.parse(LOCALE[lang]).territories[code]


def languages_text(codes: Sequence[str], lang: str) -> str:
    """`Französisch oder Deutsch` / `French or German` for `fr`, `de` (ISO 639-1)."""
    names = Locale.parse(LOCALE[lang]).languages
    return format_list([names[code] for code in codes], style="or", locale=LOCALE[lang])
