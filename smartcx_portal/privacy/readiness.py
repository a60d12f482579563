"""What a notice lacks: a tenant without these facts cannot go live (Art. 13, 28; promises P22, P23)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from smartcx_portal.kit.errors import ProductError
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.privacy.fact_rules import FACT_RULES
from smartcx_portal.privacy.notice_facts import Facts

OPTIONAL = frozenset({"phone", "represented_by", "dpo_address", "dpo_phone"})
"""Facts of the tenant that may be empty; all others of `FACT_RULES` are mandatory."""
AGREEMENT = N_("The processing agreement between the tenant and the operator is missing.")
OPERATOR = N_("The operator's own facts are incomplete: name, address, contact and data protection officer.")
GROUND = N_("A purpose has no legal ground.")
RECIPIENT = N_("A service in use is not in the operator's list of companies.")


@dataclass(frozen=True, slots=True)
class Gap:
    """One missing fact: its name, and the msgid of what to do."""

    fact: str
    says: str


class NoticeIncomplete(ProductError):
    """The facts do not make a whole notice."""

    says: ClassVar[str] = N_("The privacy notice cannot be published.")

    def __init__(self, gaps: list[Gap]) -> None:
        super().__init__()
        self.gaps = gaps

    def text(self, lang: str) -> str:
        """The sentence, and then what to do about each gap."""
        return " ".join(translate(lang, one) for one in (self.says, *dict.fromkeys(gap.says for gap in self.gaps)))


def gaps(facts: Facts) -> list[Gap]:
    """What is missing, in the order in which it would be read; empty when the notice can be published."""
    return list(_gaps(facts))


def _gaps(facts: Facts) -> Iterator[Gap]:
    for name, (_, says) in FACT_RULES.items():
        if name not in OPTIONAL and not getattr(facts.tenant, name).strip():
            yield Gap(name, says)
    who, officer = facts.operator, facts.operator.dpo
    if not all((who.name, who.street, who.city, who.phone, who.email, officer.name, officer.street, officer.email)):
        yield Gap("operator", OPERATOR)
    if facts.agreement is None:
        yield Gap("agreement", AGREEMENT)
    if not all(activity.legal_basis for activity in facts.activities):
        yield Gap("ground", GROUND)
    if {key for activity in facts.activities for key in activity.recipients} - facts.processors.keys():
        yield Gap("recipient", RECIPIENT)
