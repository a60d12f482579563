"""The pages of this surface."""

from collections.abc import Callable
from typing import Any

import reflex as rx

from smartcx_portal.kit.addresses import address
from smartcx_portal.kit.language import LANGUAGES, translate
from smartcx_portal.portal.appointments import APPOINTMENTS, appointments_page
from smartcx_portal.portal.appointments_state import AppointmentsState
from smartcx_portal.portal.ask import ASK, ask_page
from smartcx_portal.portal.ask_state import AskState
from smartcx_portal.portal.cases import CASES, RESTRICT, cases_page, restrict_page
from smartcx_portal.portal.cases_state import CasesState
from smartcx_portal.portal.complain import COMPLAIN, complain_page
from smartcx_portal.portal.complain_state import ComplainState
from smartcx_portal.portal.consents import CONSENTS, consents_page
from smartcx_portal.portal.consents_state import ConsentsState
from smartcx_portal.portal.correct import CORRECT, correct_page
from smartcx_portal.portal.correct_state import CorrectState
from smartcx_portal.portal.delete import DELETE, DELETED, delete_page, deleted_page
from smartcx_portal.portal.delete_state import DeleteState
from smartcx_portal.portal.hand_over import HAND_OVER, hand_over_page
from smartcx_portal.portal.hand_over_state import HandOverState
from smartcx_portal.portal.packages import TAKE_ALONG, packages_page
from smartcx_portal.portal.packages_state import PackagesState
from smartcx_portal.portal.portal_state import PortalState
from smartcx_portal.portal.pull_links_state import PullLinksState
from smartcx_portal.portal.request import REQUEST, request_page
from smartcx_portal.portal.request_state import RequestState
from smartcx_portal.portal.see import SEE, see_page
from smartcx_portal.portal.see_state import SeeState
from smartcx_portal.portal.seen_by import SEEN_BY, seen_by_page
from smartcx_portal.portal.seen_by_state import SeenByState
from smartcx_portal.portal.sign_in import CODE, SIGN_IN, WITHOUT, code_page, sign_in_page, without_address_page
from smartcx_portal.portal.start import TITLE, start_page
from smartcx_portal.portal.step_up_state import StepUpState
from smartcx_portal.ui.pages import in_language

Page = Callable[[str], rx.Component]
OPEN: tuple[tuple[str, str, Page, list[Any]], ...] = (
    ("", TITLE, start_page, []),
    ("sign_in", SIGN_IN, sign_in_page, []),
    ("code", CODE, code_page, []),
    ("without_address", WITHOUT, without_address_page, []),
    ("complain", COMPLAIN, complain_page, [ComplainState.load]),
    ("deleted", DELETED, deleted_page, []),
)
"""Pages that anybody may read: address below the portal, title, page, and what it loads."""
PRIVATE: tuple[tuple[str, str, Page, list[Any]], ...] = (
    ("see", SEE, see_page, [SeeState.load]),
    ("appointments", APPOINTMENTS, appointments_page, [AppointmentsState.load]),
    ("seen_by", SEEN_BY, seen_by_page, [SeenByState.load]),
    ("correct", CORRECT, correct_page, [StepUpState.load, CorrectState.load]),
    ("consents", CONSENTS, consents_page, [ConsentsState.load]),
    ("take_along", TAKE_ALONG, packages_page, [PackagesState.load]),
    ("hand_over", HAND_OVER, hand_over_page, [StepUpState.load, HandOverState.load, PullLinksState.load]),
    ("delete", DELETE, delete_page, [StepUpState.load, DeleteState.load]),
    ("restrict", RESTRICT, restrict_page, [CasesState.load]),
    ("cases", CASES, cases_page, [CasesState.load, AskState.load]),
    ("ask", ASK, ask_page, [AskState.load]),
    ("request", REQUEST, request_page, [RequestState.load]),
)
"""Pages with somebody's data."""
NUMBERED = {"request": "/[case]"}
"""What the addresses of pages about one thing end with."""


def add_pages(app: rx.App) -> None:
    """Register them, once per language."""
    for lang in LANGUAGES:
        for sub, title, page, loads in OPEN:
            _add(app, lang, sub, title, page, [PortalState.look, *loads])
        for sub, title, page, loads in PRIVATE:
            _add(app, lang, sub, title, page, [PortalState.enter(sub), *loads])


def _add(app: rx.App, lang: str, sub: str, title: str, page: Page, loads: list[Any]) -> None:
    app.add_page(
        in_language(page, lang),
        route=address(lang, "my_data", "[tenant]", sub) + NUMBERED.get(sub, ""),
        title=f"{translate(lang, title)} – Smart CX",
        on_load=loads,
    )
