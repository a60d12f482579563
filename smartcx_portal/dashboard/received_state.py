"""Data that came at people's wish: handed over by other providers, or brought in as a file."""

import reflex as rx

from smartcx_portal.gate import event, say
from smartcx_portal.kit.language import N_
from smartcx_portal.privacy.bringing import bringing_path
from smartcx_portal.privacy.receiving import Opened, Waiting, import_data, open_data, refuse_data, waiting_data
from smartcx_portal.tenancy import Permission, Work

FITS = N_("The file can be read. Look at what would be taken over; nobody is entered yet.")
WAITS = N_(
    "This file was brought in before and is still waiting here. It stands here only once. "
    "Look at what would be taken over."
)


class ReceivedState(rx.State):
    """`opened` is the one that is being looked at, or empty; `to` is where a file goes, while one is asked for."""

    ready: bool = False
    waiting: list[Waiting] = []
    opened: Opened = Opened()
    to: str = ""
    problems: dict[str, str] = {}

    @event(Permission.PRIVACY_CASES)
    def load(self, work: Work) -> None:
        """All that wait; none is open."""
        self._again(work)
        self.ready = True

    @event(Permission.PRIVACY_CASES)
    def look(self, work: Work, received_id: str) -> None:
        """Open one; that is written down."""
        self.opened = open_data(work, received_id)

    @event(Permission.PRIVACY_CASES)
    def bring(self, work: Work) -> None:
        """Ask for a file."""
        self.to, self.problems = bringing_path(work), {}

    @event(Permission.PRIVACY_CASES)
    def brought(self, work: Work, received_id: str) -> None:
        """A file waits like the others, from now on or since somebody brought it before: look at it."""
        known = {one.id for one in self.waiting}
        self._again(work)
        self.opened = open_data(work, received_id)
        say(WAITS if received_id in known else FITS)

    @event(Permission.PRIVACY_CASES)
    def unfit(self, work: Work, problems: list[str]) -> None:
        """Show what is wrong with the file, and let the next try begin anew."""
        self.to = bringing_path(work)
        self.problems = {f"_{number}" if number else "file": said for number, said in enumerate(problems)}

    @event(Permission.PRIVACY_CASES)
    def take(self, work: Work) -> None:
        """Enter the person; the sender, and through it the person, is told."""
        import_data(work, self.opened.id)
        self._again(work)
        say(N_("Taken over. The person is entered here now, and can show by a code that it is them."))

    @event(Permission.PRIVACY_CASES)
    def refuse(self, work: Work) -> None:
        """Delete what was sent; the sender, and through it the person, is told."""
        refused = self.opened
        refuse_data(work, refused.id)
        self._again(work)
        if refused.seal:
            say(N_("Refused. What was brought in is deleted."))
        else:
            say(N_("Refused. What was sent is deleted, and the person sees it in the portal that it came from."))

    def _again(self, work: Work) -> None:
        self.waiting, self.opened, self.to, self.problems = waiting_data(work), Opened(), "", {}
