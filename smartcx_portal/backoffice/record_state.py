"""The operator's record of processing, and its files."""

from typing import Any

import reflex as rx

from smartcx_portal.gate import event
from smartcx_portal.operations.processor_record import AS_PDF, AS_XLSX, ProcessorRecord, processor_record
from smartcx_portal.privacy.papers import paper_path, paper_token
from smartcx_portal.tenancy import Permission, Work

MOST = 50
"""Tenants on the page; the files name all of them."""


class ProcessorRecordState(rx.State):
    """What is switched on at each tenant at the moment of loading."""

    ready: bool = False
    record: ProcessorRecord = ProcessorRecord()
    shortened: bool = False

    @event(Permission.OPERATE)
    def load(self, work: Work) -> None:
        """The record as it is now."""
        self.record = processor_record(work, work.lang, MOST)
        self.shortened = self.record.tenants > MOST
        self.ready = True

    @event(Permission.OPERATE)
    def download_pdf(self, work: Work) -> Any:
        """The whole record as PDF, by a fresh link."""
        return rx.download(url=paper_path(paper_token(work, AS_PDF)), filename="")

    @event(Permission.OPERATE)
    def download_workbook(self, work: Work) -> Any:
        """The whole record as a workbook, by a fresh link."""
        return rx.download(url=paper_path(paper_token(work, AS_XLSX)), filename="")
