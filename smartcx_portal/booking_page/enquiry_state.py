"""The forms by which people ask a question or report a barrier."""

import reflex as rx

from smartcx_portal.gate import Form, event
from smartcx_portal.privacy.enquiries import ask, ask_about
from smartcx_portal.tenancy import Permission, Work


class QuestionForm(Form):
    """What the contact form sends; `about` is a key of `privacy.enquiries.ABOUT`."""

    about: str = ""
    name: str = ""
    email: str = ""
    text: str = ""


class BarrierForm(Form):
    """What the form about a barrier sends."""

    name: str = ""
    email: str = ""
    text: str = ""


class EnquiryState(rx.State):
    """`sent` holds once a question has arrived, until the page is opened anew."""

    sent: bool = False

    @event(Permission.VISITOR)
    def open(self) -> None:
        """The pages' `on_load`."""
        self.sent = False

    @event(Permission.VISITOR)
    def ask(self, work: Work, form: QuestionForm) -> None:
        """Store a question to the tenant or to the operator."""
        ask_about(work, form.about, form.name, form.email, form.text)
        self.sent = True

    @event(Permission.VISITOR)
    def report(self, work: Work, form: BarrierForm) -> None:
        """Store a reported barrier."""
        ask(work, "barrier", form.name, form.email, form.text)
        self.sent = True
