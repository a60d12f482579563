"""Wishes that people decide about, as open cases with a due date: restriction (Art. 18), objection (Art. 21(1)), and a
correction that cannot be made at once (Art. 16).
"""

from smartcx_portal.bookings.entries import clean
from smartcx_portal.kit.errors import InvalidForm
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.models.privacy import PrivacyCase, Right
from smartcx_portal.privacy.access import own_id
from smartcx_portal.privacy.cases import CaseView, case_view, open_case, wishes_name
from smartcx_portal.tenancy import Permission, Work

WISHES = {
    "incorrect": (Right.RESTRICTION, N_("Something stored about me is wrong, and it has to be checked.")),
    "unlawful": (Right.RESTRICTION, N_("My data may not be used, but I do not want it deleted.")),
    "claims": (Right.RESTRICTION, N_("I need the data for a legal claim of mine, though it is no longer needed here.")),
    "waiting": (Right.RESTRICTION, N_("I have objected, and the answer is not there yet.")),
    "objection": (Right.OBJECTION, N_("I object to the use of my data, for reasons of my own situation.")),
}
"""The four grounds of Art. 18(1) and the objection, in everyday words; the key is what the form sends."""
WISH_MISSING = N_("Choose what you want.")
TOO_LONG = N_("Use at most 2,000 characters.")
MISSING_REASONS = N_("Describe your situation in a few words.")
SOMETHING_ELSE = N_("Something else that is stored about me is wrong:")
CORRECTION_MISSING = N_("Write what is wrong, and what is right.")
LONGEST = 2000


def wish(work: Work, key: str, text: str) -> CaseView:
    """Open a case for the signed-in person's wish; a second one of the same right joins the open one.

    Raises `InvalidForm`. An objection needs its reasons (Art. 21(1)).
    """
    work.need(Permission.PERSON)
    words = clean(text, lines=True)
    _check(key, words)
    right, ground = WISHES[key]
    request = "\n".join(part for part in (translate(work.lang, ground), words) if part)
    return case_view(work, _ask(work, right, request))


def ask_correction(work: Work, text: str) -> CaseView:
    """Open a case for a correction that people look at, or add it to the open one. Raises `InvalidForm`."""
    work.need(Permission.PERSON)
    words = clean(text, lines=True)
    if not words or len(words) > LONGEST:
        raise InvalidForm({"wrong": TOO_LONG if words else CORRECTION_MISSING})
    return case_view(work, ask_in_words(work, f"{translate(work.lang, SOMETHING_ELSE)}\n{words}"))


def ask_in_words(work: Work, request: str) -> PrivacyCase:
    """The same for words that are there already: a line on what it is about, and what is wished."""
    return _ask(work, Right.RECTIFICATION, request)


def _ask(work: Work, right: Right, request: str) -> PrivacyCase:
    case = _open(work, right)
    if case is None:
        return open_case(work, right, own_id(work), request=request)
    case.request = f"{case.request}\n\n{request}"[-4 * LONGEST :]
    return case


def _check(key: str, words: str) -> None:
    problems = {} if key in WISHES else {"wish": WISH_MISSING}
    if len(words) > LONGEST:
        problems["text"] = TOO_LONG
    elif key == "objection" and not words:
        problems["text"] = MISSING_REASONS
    if problems:
        raise InvalidForm(problems)


def _open(work: Work, right: Right) -> PrivacyCase | None:
    query = work.select(PrivacyCase).where(
        PrivacyCase.customer_id == own_id(work), PrivacyCase.right == right, PrivacyCase.status == "open"
    )
    return next((case for case in work.all(query) if not wishes_name(case)), None)
