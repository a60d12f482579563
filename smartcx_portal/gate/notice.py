"""What the gate says back to the reader: why something did not work, or that it did."""

import reflex as rx

from smartcx_portal.kit.errors import InvalidForm, ProductError
from smartcx_portal.kit.language import translate


class Notice(rx.State):
    """For every page: `problem_line(Notice.text)`, `status_line(Notice.said)`, `form(..., problems=Notice.problems)`.

    `problems` maps field names to sentences; `count` grows with every problem, as a key for focus. All is
    cleared when the reader does the next thing.
    """

    text: str = ""
    said: str = ""
    problems: dict[str, str] = {}
    count: int = 0
    _sentence: str = ""
    """What `text` says, as a msgid; empty where values are part of it."""
    _told: str = ""
    """The same of `said`."""

    def _refuse(self, problem: ProductError, lang: str) -> None:
        fields = problem.problems if isinstance(problem, InvalidForm) else {}
        if problem.field:
            fields = {problem.field: problem.text(lang)}
        self.problems = {name: translate(lang, sentence) for name, sentence in fields.items()}
        self.text = "" if self.problems else problem.text(lang)
        self._sentence = "" if self.problems or problem.values else problem.sentence
        self.said = ""
        self.count += 1

    def _tell(self, sentence: str, lang: str) -> None:
        self._told, self.said = sentence, translate(lang, sentence)

    def _come_along(self, lang: str) -> None:
        """To another page: it is said in that page's language."""
        if self.text and self._sentence:
            self.text = translate(lang, self._sentence)
        if self.said:
            self.said = translate(lang, self._told)

    def _clear(self) -> None:
        self.text, self.said, self.problems = "", "", {}
