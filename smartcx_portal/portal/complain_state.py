"""The supervisory authorities one may complain to: of home, workplace and the place where it happened (Art. 77)."""

import reflex as rx

from smartcx_portal.gate import Form, event
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.operations.tenants import tenant_view
from smartcx_portal.portal.complain_places import Found, found
from smartcx_portal.privacy.authorities import HERE, places
from smartcx_portal.tenancy import Permission, Work

NO_PLACE = N_("Choose an entry of the list.")


class PlacesForm(Form):
    """Where the person lives and works, and where it happened; each may stay empty."""

    home: str = ""
    workplace: str = ""
    place: str = ""


class ComplainState(rx.State):
    """`here`: the Land of the tenant. `asked` changes with each answer to a choice, and is empty before the first."""

    here: str = ""
    found: list[Found] = []
    asked: str = ""
    problems: dict[str, str] = {}

    @event(Permission.VISITOR)
    def load(self, work: Work) -> None:
        """The page's `on_load`."""
        self.here, self.asked, self.problems = f"{HERE}{tenant_view(work).land}", "", {}
        self.found = found(work, place=self.here)

    @event(Permission.VISITOR)
    def show(self, work: Work, form: PlacesForm) -> None:
        """The authorities of the chosen places; nothing of the choice is written down."""
        chosen = form.model_dump()
        wrong = [name for name, place in chosen.items() if place and place not in places()]
        self.problems = {name: translate(work.lang, NO_PLACE) for name in wrong}
        if not wrong:
            self.found = found(work, **chosen)
            self.asked = str(int(self.asked or 0) + 1)
