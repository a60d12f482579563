"""Where a tab goes when it is not, or no longer, signed in."""

from smartcx_portal.kit.addresses import address
from smartcx_portal.kit.errors import NotSignedIn
from smartcx_portal.kit.language import LANGUAGES, N_


class SessionEnded(NotSignedIn):
    """The session ran out, or somebody ended it."""

    says = N_("Your session has ended. Please sign in again.")


def is_inside(path: str) -> bool:
    """Whether a page is the dashboard's or the back office's, which nobody sees without a session."""
    return any(belongs(path, area) for area in ("dashboard", "operations"))


def belongs(path: str, area: str) -> bool:
    """Whether a page lies in `dashboard` or `operations`."""
    roots = [address(lang, area) for lang in LANGUAGES]
    return any(path == root or path.startswith(f"{root}/") for root in roots)


def sign_in_page(lang: str) -> str:
    """The address of the page where staff sign in."""
    return address(lang, "sign_in")
