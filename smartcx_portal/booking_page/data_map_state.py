"""The tenant's data map, as everybody may read it."""

import reflex as rx

from smartcx_portal.gate import event
from smartcx_portal.privacy.map_picture import Picture, picture_for_people
from smartcx_portal.tenancy import Permission, Work


class DataMapState(rx.State):
    """What is active at the moment of loading."""

    drawn: Picture = Picture()

    @event(Permission.VISITOR)
    def load(self, work: Work) -> None:
        """The map as it is now."""
        self.drawn = picture_for_people(work, work.lang)
