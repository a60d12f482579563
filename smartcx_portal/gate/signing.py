"""What a handler may ask for besides its own vars. Each waits for the commit and is forgotten when it fails.

All but `say`, `follow` and `shown_path` need a handler with `work`.
"""

from typing import Any
from uuid import UUID

from smartcx_portal.accounts import sessions
from smartcx_portal.accounts.staff_sign_in import SignedIn, choose
from smartcx_portal.gate.proving import hash_of
from smartcx_portal.gate.turn import Turn, this_turn
from smartcx_portal.kit.errors import NotSignedIn
from smartcx_portal.kit.tokens import new_secret
from smartcx_portal.models.staff import SessionKind
from smartcx_portal.tenancy import Work


def sign_in_staff(work: Work, signed_in: SignedIn) -> None:
    """Sign this tab in as a member or as the operator's admin; with several workplaces they still have to choose."""
    sessions.begin(
        work,
        _new_key(),
        signed_in.kind,
        identity_id=signed_in.identity_id,
        tenant_id=signed_in.tenant_id,
    )


def choose_tenant(work: Work, tenant_id: UUID) -> None:
    """Work for this one of one's tenants from now on; the tab gets a new key. Raises `NotFound`."""
    identity_id = work.actor.identity_id
    sessions.begin(work, _new_key(), SessionKind.STAFF, identity_id=identity_id, tenant_id=choose(work, tenant_id))


def sign_in_person(work: Work, customer_id: UUID, *, fresh: bool = False, proof: str = "") -> None:
    """Sign this tab in as a person of the page's tenant, who has just shown `proof` that it is them."""
    whose = {"tenant_id": work.tenant, "customer_id": customer_id}
    sessions.begin(work, _new_key(), SessionKind.PERSON, **whose, fresh=fresh, proof=proof)


def step_up(work: Work, *, proof: str = "") -> None:
    """Note that the signed-in person has just proven themselves again (tier T3); the tab gets a new key."""
    turn = this_turn()
    if turn.proven.proof is None:
        raise NotSignedIn
    turn.new_key = new_secret()
    sessions.rotate(work, hash_of(turn.new_key), fresh=True, proof=proof)


def sign_out(work: Work, leaving: dict[str, Any] | None = None) -> None:
    """End this tab's session and forget what its states hold, but for vars of the handler's State named in `leaving`.

    What is left is for the next page, such as an erasure's certificate; it may name nobody.
    """
    sessions.end(work, work.tab)
    turn = this_turn()
    turn.over, turn.leaves = True, leaving or {}


def say(sentence: str, *, stays: bool = False) -> None:
    """Tell the reader that it worked: a msgid for the page's `status_line(Notice.said)`.

    With `stays` it is said on the page that the handler leads to.
    """
    turn = this_turn()
    turn.said, turn.stays = sentence, stays


def follow(page: type, what: str) -> None:
    """From an `on_load` handler: this tab shows `what` (a day, say) and wants to be told of changes (`gate.live`)."""
    this_turn().follows = (page, what)


def shown_path() -> str:
    """The path of the page that the event comes from; empty outside an event."""
    try:
        return this_turn().proven.asked.path
    except LookupError:
        return ""


def _new_key() -> str:
    """A fresh key for this tab. What an earlier session put into its states goes first."""
    turn: Turn = this_turn()
    turn.new_key = new_secret()
    turn.replaces = turn.proven.proof is not None
    return hash_of(turn.new_key)
