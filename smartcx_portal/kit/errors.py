"""Errors that speak to the reader."""

from typing import ClassVar

from smartcx_portal.kit.language import N_, translate


class ProductError(Exception):
    """A refusal that the reader can understand and act on.

    `says` is an English msgid with `{name}` fields, filled from the keyword arguments when it is shown.
    `field` names the form field that the sentence belongs to, if there is one.
    """

    says: ClassVar[str] = N_("That did not work. Please try again.")

    def __init__(self, says: str = "", *, field: str = "", **values: object) -> None:
        self.sentence = says or type(self).says
        self.field = field
        self.values = values
        super().__init__(self.sentence)

    def text(self, lang: str) -> str:
        """The sentence in the reader's language (`de` or `en`)."""
        return translate(lang, self.sentence).format(**self.values)


class NotFound(ProductError):
    """For outsiders: it does not exist, whether or not it does elsewhere."""

    says = N_("We could not find that.")


class NotPermitted(ProductError):
    """For insiders who lack the right."""

    says = N_("Your role does not allow this.")


class NotSignedIn(ProductError):
    """The session is missing, ended or revoked."""

    says = N_("Please sign in.")


class TooMany(ProductError):
    """A limit on tries, holds or requests is reached."""

    says = N_("Too many tries. Please wait a few minutes.")


class InvalidForm(ProductError):
    """Several fields at once: `problems` maps a field's name to its msgid."""

    says = N_("Please check your entries.")

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__()
        self.problems = problems
