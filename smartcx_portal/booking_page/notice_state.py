"""The tenant's privacy notice: the version in force, an earlier one by the address, or two beside each other."""

import reflex as rx

from smartcx_portal.gate import event
from smartcx_portal.kit.errors import NotFound
from smartcx_portal.privacy.comparing import ChangedSection
from smartcx_portal.privacy.map_picture import Picture, picture_for_people
from smartcx_portal.privacy.notice import NoticeView, Version, comparison, notice_view
from smartcx_portal.privacy.notice_parts import Section
from smartcx_portal.tenancy import Permission, Work

PARAMETER, BESIDE = "version", "with"
NONE = Version("", 0, "", current=False)


class NoticeState(rx.State):
    """`loaded` holds once the answer is here; `number` is 0 where no notice was published yet.

    `changed` is the version that last changed something material, its `number` 0 if there is none. While `comparing`,
    `old` and `new` are compared in `differences`, and the notice itself is not shown. `map` is for the page of the data
    map: a State of its own would weigh on every page's first load.
    """

    loaded: bool = False
    shown_id: str = ""
    number: int = 0
    published: str = ""
    digest: str = ""
    sound: bool = True
    current: bool = True
    glance: list[Section] = []
    details: list[Section] = []
    versions: list[Version] = []
    changed: Version = NONE
    comparing: bool = False
    old: Version = NONE
    new: Version = NONE
    material: bool = False
    differences: list[ChangedSection] = []
    map: Picture = Picture()

    @event(Permission.VISITOR)
    def load(self, work: Work) -> None:
        """The page's `on_load`. Unknown versions in the address show the one in force, and say so."""
        wanted, beside = (str(self.router.url.query_parameters.get(name, "")) for name in (PARAMETER, BESIDE))
        self.comparing = False
        try:
            self._show(notice_view(work, work.lang, wanted))
            if wanted and beside:
                self._compare(work, wanted, beside)
        except NotFound:
            self._show(notice_view(work, work.lang))
            raise

    @event(Permission.VISITOR)
    def load_map(self, work: Work) -> None:
        """The data map below the notice: what is active at the moment of loading."""
        self.map = picture_for_people(work, work.lang)

    def _show(self, view: NoticeView | None) -> None:
        self.loaded = True
        self.number = view.number if view else 0
        if view:
            self.shown_id, self.published, self.current = view.id, view.published, view.current
            self.digest, self.sound = view.digest, view.sound
            self.glance, self.details, self.versions = view.glance, view.details, view.versions
            self.changed = view.changed or NONE

    def _compare(self, work: Work, wanted: str, beside: str) -> None:
        found = comparison(work, work.lang, wanted, beside)
        self.old, self.new, self.material, self.differences = found.old, found.new, found.material, found.sections
        self.comparing = True
