"""What guards the data, technically and organisationally (Art. 32), as both records of processing name it.

Each sentence says what this software does, and nothing that only the tenant or the operator can know.
"""

from smartcx_portal.kit.language import N_, translate

MEASURES = (
    N_("Between browser and portal everything is encrypted (TLS); unencrypted it answers on its own machine only."),
    N_("Every page and every deed names the permission that it needs; without it nothing is shown or done."),
    N_("Data of each controller is kept apart by walls in the database itself (row-level security)."),
    N_("Staff sign in with a password that is stored as an Argon2id hash only; sessions end when nobody is there."),
    N_("People sign in with one-time codes: ten minutes, five tries, limits per address, network and office."),
    N_(
        "One-time codes and the secrets of links are not stored: they follow from a key that is not in the database. "
        "Tabs and networks are stored as keyed hashes only."
    ),
    N_(
        "Whoever opens the details of an appointment or takes a list out as a file is noted, and the person can see it."
    ),
    N_("Deeds are noted in a trail that can only grow; each entry is chained to the one before by a check value."),
    N_(
        "What is over is deleted by itself, by the period of each purpose; erasures are noted in a list outside the "
        "database."
    ),
    N_("Log files of the portal hold numbers of entries, and no names, addresses or contents."),
    N_("The pages set no cookies and load nothing from elsewhere; a strict content security policy holds them to it."),
    N_("Each change to the software is tested automatically, with attacks on every permission and every wall."),
)


def measures(lang: str) -> list[str]:
    """All of them, in words."""
    return [translate(lang, one) for one in MEASURES]
