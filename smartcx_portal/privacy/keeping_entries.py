"""What a signed-in person has typed into a form of the portal and not sent: kept for a day, or until it is sent.

So it is there again after a session ended and they signed in anew (ux: "the work is still there").
"""

from collections.abc import Mapping
from datetime import timedelta

from smartcx_portal.kit.errors import NotFound
from smartcx_portal.models.privacy import PortalDraft
from smartcx_portal.privacy.access import own_id
from smartcx_portal.tenancy import Permission, Work

PAGES = frozenset({"ask", "correct", "hand_over", "restrict"})
"""The pages below the portal on which people write something of their own."""
LIFE = timedelta(days=1)
MOST_FIELDS = 30
LONGEST = 4_200
"""Signs of one field: more than any field takes, so that what is too long is told when it is sent."""
LONGEST_FIELD = 100
"""Signs of a field's name."""
PROOFS = frozenset({"code", "booking_code", "link"})
"""Fields that prove who somebody is are never kept."""


def keep(work: Work, page: str, fields: Mapping[str, str]) -> None:
    """Keep what is typed on `page`, beside what its other forms hold. Raises `NotFound` for an unknown page."""
    work.need(Permission.PERSON)
    if page not in PAGES:
        raise NotFound
    work.lock("kept entries", own_id(work))
    draft = _draft(work, page)
    fitting = (name for name in fields if name not in PROOFS and len(name) <= LONGEST_FIELD)
    typed = {name: fields[name][:LONGEST] for name in fitting}
    entered = {name: text for name, text in ((draft.entered if draft else {}) | typed).items() if text}
    if not entered or len(entered) > MOST_FIELDS:
        forget(work, page)
    elif draft is None:
        work.new(PortalDraft, customer_id=own_id(work), page=page, entered=entered, lapses_at=work.now + LIFE)
    else:
        draft.entered, draft.lapses_at = entered, work.now + LIFE


def kept(work: Work, page: str) -> dict[str, str]:
    """What is kept of `page`, by the names of its fields."""
    work.need(Permission.PERSON)
    draft = _draft(work, page) if page in PAGES else None
    return dict(draft.entered) if draft and draft.lapses_at > work.now else {}


def forget(work: Work, page: str) -> None:
    """It was sent, or is not wanted any more."""
    work.need(Permission.PERSON)
    work.delete_where(PortalDraft, PortalDraft.customer_id == own_id(work), PortalDraft.page == page)


def _draft(work: Work, page: str) -> PortalDraft | None:
    own = work.select(PortalDraft).where(PortalDraft.customer_id == own_id(work), PortalDraft.page == page)
    return work.first(own)
