"""The tenant's data map."""

import reflex as rx

from smartcx_portal.gate import event
from smartcx_portal.privacy.map_picture import Picture, picture
from smartcx_portal.tenancy import Permission, Work


class DataMapState(rx.State):
    """What is active at the moment of loading."""

    ready: bool = False
    picture: Picture = Picture()

    @event(Permission.PRIVACY_CASES)
    def load(self, work: Work) -> None:
        """The map as it is now."""
        self.picture = picture(work, work.lang)
        self.ready = True
