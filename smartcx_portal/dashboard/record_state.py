"""The record of processing, and its files."""

from typing import Any

import reflex as rx

from smartcx_portal.gate import event
from smartcx_portal.privacy.papers import paper_path, paper_token
from smartcx_portal.privacy.record import Record, record_of_processing
from smartcx_portal.privacy.record_papers import AS_PDF, AS_XLSX
from smartcx_portal.tenancy import Permission, Work


class RecordState(rx.State):
    """What the live map says at the moment of loading."""

    ready: bool = False
    record: Record = Record()

    @event(Permission.PRIVACY_CASES)
    def load(self, work: Work) -> None:
        """The record as it is now."""
        self.record = record_of_processing(work, work.lang)
        self.ready = True

    @event(Permission.PRIVACY_CASES)
    def download_pdf(self, work: Work) -> Any:
        """The record as PDF, by a fresh link."""
        return rx.download(url=paper_path(paper_token(work, AS_PDF)), filename="")

    @event(Permission.PRIVACY_CASES)
    def download_workbook(self, work: Work) -> Any:
        """The record as a workbook, by a fresh link."""
        return rx.download(url=paper_path(paper_token(work, AS_XLSX)), filename="")
