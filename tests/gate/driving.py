"""Short words for what most scenarios begin with."""

from smartcx_portal.gate import AccountState
from tests.gate.conftest import PASSWORD
from tests.tabs import Tab, Tabs

SIGN_IN = "/de/anmelden"


async def signed_in(tabs: Tabs, name: str, path: str = SIGN_IN) -> Tab:
    """A tab in which somebody of the cast has signed in and gone to `path`."""
    tab = await tabs.open(SIGN_IN)
    await tab.send(AccountState.sign_in, form={"email": f"{name}@example.org", "password": PASSWORD})
    if path != SIGN_IN:
        await tab.go(path)
    return tab
