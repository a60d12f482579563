"""The tenant's privacy notice: the version in force, or an earlier one that the address names."""

import reflex as rx

from smartcx_portal.gate import event
from smartcx_portal.kit.errors import NotFound
from smartcx_portal.privacy.notice import NoticeView, Version, notice_view
from smartcx_portal.privacy.notice_parts import Section
from smartcx_portal.tenancy import Permission, Work

PARAMETER = "version"


class NoticeState(rx.State):
    """`loaded` holds once the answer is here; `number` is 0 where no notice was published yet."""

    loaded: bool = False
    number: int = 0
    published: str = ""
    current: bool = True
    glance: list[Section] = []
    details: list[Section] = []
    versions: list[Version] = []

    @event(Permission.VISITOR)
    def load(self, work: Work) -> None:
        """The page's `on_load`. An unknown version in the address shows the one in force, and says so."""
        wanted = str(self.router.url.query_parameters.get(PARAMETER, ""))
        try:
            self._show(notice_view(work, work.lang, wanted))
        except NotFound:
            self._show(notice_view(work, work.lang))
            raise

    def _show(self, view: NoticeView | None) -> None:
        self.loaded = True
        self.number = view.number if view else 0
        if view:
            self.published, self.current = view.published, view.current
            self.glance, self.details, self.versions = view.glance, view.details, view.versions
