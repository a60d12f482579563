"""One's data as a file: made when asked for, fetched by links that live two minutes (Art. 15, 20)."""

from collections.abc import Iterator
from typing import Any

import reflex as rx

from smartcx_portal.gate import event
from smartcx_portal.kit.errors import ProductError
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.portal.portal_state import is_person
from smartcx_portal.privacy.export import PackageView, download_token, make_package, own_packages
from smartcx_portal.tenancy import Permission, Work

WORKING = N_("Your data is being put together …")


class PackageFailed(ProductError):
    """The package's file could not be written."""

    says = N_("The package did not get ready. Please create it anew.")


class PackagesState(rx.State):
    """`progress` is empty while nothing is being made."""

    loaded: bool = False
    progress: str = ""
    packages: list[PackageView] = []
    made: str = ""

    @event(Permission.VISITOR)
    def load(self, work: Work) -> None:
        """The page's `on_load`."""
        self.progress, self.made = "", ""
        if is_person(work):
            self.packages, self.loaded = own_packages(work), True

    @event(Permission.PERSON)
    def make(self, work: Work, profile: str) -> Iterator[None]:
        """Put everything, or what may go along, together now; what has begun is said first."""
        self.progress, self.made = translate(work.lang, WORKING), ""
        yield
        self.progress = ""
        try:
            made = make_package(work, profile)
        except OSError:
            raise PackageFailed from None
        self.made, self.packages = made.id, own_packages(work)

    @event(Permission.PERSON)
    def fetch(self, work: Work, package_id: str) -> Any:
        """A fresh link for this click, opened at once."""
        token = download_token(work, package_id)
        name = next(each.name for each in own_packages(work) if each.id == package_id)
        return rx.download(url=f"/downloads/{token}", filename=name)
