"""The word that stands for a tenant in addresses; people read it aloud and type it."""

import re
import unicodedata

from smartcx_portal.models.tenant import Tenant
from smartcx_portal.tenancy import Work

LONGEST = 48
RESERVED = frozenset({"new", "neu", "all", "alle", "admin", "api", "static", "assets", "demo", "smartcx", "www"})
GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def slug_of(name: str) -> str:
    """`Bürgeramt Musterstadt` gives `buergeramt-musterstadt`; a name without Latin letters or digits `termine`."""
    letters = unicodedata.normalize("NFKD", name.lower().translate(GERMAN)).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", letters).strip("-")
    return words[:LONGEST].rstrip("-") or "termine"


def free_slug(work: Work, name: str) -> str:
    """The name's slug, with a number behind it if it is reserved or another tenant has it.

    The table's unique key decides between two that look at the same moment.
    """
    stem = slug_of(name)
    taken = set(work.all(work.shared(Tenant.slug).where(Tenant.slug.startswith(stem)))) | RESERVED
    numbered = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    return stem if stem not in taken else next(slug for slug in numbered if slug not in taken)
