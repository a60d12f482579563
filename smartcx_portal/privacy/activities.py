"""What a tenant holds personal data for: per purpose its ground, recipients and retention (promises P07, P08).

The defaults are sound for the kind of body; a tenant may change the periods within `BOUNDS`.
"""

from dataclasses import dataclass, replace

from smartcx_portal.models.declaring import Purpose
from smartcx_portal.models.privacy import ProcessingActivity, RetentionStart
from smartcx_portal.models.tenant import BodyKind
from smartcx_portal.tenancy import Work

HOST, MAILER, TEXTER = "ionos", "mailjet", "twilio"
"""Keys of the sub-processors that the purposes need."""


@dataclass(frozen=True, slots=True)
class Default:
    """One purpose as it is set up: `days` run from the event `start` (DIN 66398)."""

    legal_basis: str
    start: RetentionStart
    days: int
    recipients: tuple[str, ...] = (HOST,)
    special_basis: str = ""


PRIVATE = {
    # Questions about an appointment come in the weeks after it (P08). An entry in a calendar is no voucher
    # (§ 147 AO) and no treatment record (§ 630f BGB): those are made elsewhere, from what happened at the appointment.
    Purpose.APPOINTMENT: Default("6(1)(b)", RetentionStart.APPOINTMENT_END, 30),
    # As long as the mailer keeps its own log: until then "did my mail arrive?" can be answered.
    Purpose.MAIL: Default("6(1)(a)", RetentionStart.SENT, 30, (HOST, MAILER)),
    Purpose.SMS: Default("6(1)(a)", RetentionStart.SENT, 30, (HOST, TEXTER)),
    # Needed to prepare the appointment and never after it.
    Purpose.HEALTH: Default("6(1)(a)", RetentionStart.APPOINTMENT_END, 1, special_basis="9(2)(a)"),
    Purpose.ENQUIRY: Default("6(1)(f)", RetentionStart.CLOSED, 30, (HOST, MAILER)),
    # Claims lapse three years after the end of the year (§§ 195, 199 BGB, § 41 OWiG); the year's rest is added.
    Purpose.RIGHTS: Default("6(1)(c)", RetentionStart.CLOSED, 3 * 365),
    # Long enough to notice and stop misuse. The host's log files are kept apart, and longer (P17).
    Purpose.OPERATION: Default("6(1)(f)", RetentionStart.CREATED, 7),
    # § 26(1) BDSG is no safe ground of its own since CJEU C-34/21; the contract of employment is.
    Purpose.STAFF: Default("6(1)(b)", RetentionStart.CLOSED, 90, (HOST, MAILER)),
    # Off unless the tenant turns it on; as long as the host keeps the log that visits are counted from (P17, P19).
    Purpose.STATISTICS: Default("6(1)(f)", RetentionStart.CREATED, 56),
}
PUBLIC_TASK = (Purpose.APPOINTMENT, Purpose.ENQUIRY, Purpose.OPERATION, Purpose.STAFF, Purpose.STATISTICS)
"""What a public body does on 6(1)(e): it may not rest on legitimate interest (Art. 6(1), last sentence)."""

BOUNDS = {
    Purpose.APPOINTMENT: (0, 365),
    Purpose.MAIL: (1, 90),
    Purpose.SMS: (1, 90),
    Purpose.HEALTH: (0, 30),
    Purpose.ENQUIRY: (0, 365),
    Purpose.RIGHTS: (3 * 365, 3 * 365),
    Purpose.OPERATION: (1, 56),
    Purpose.STAFF: (0, 365),
    Purpose.STATISTICS: (1, 365),
}
"""The fewest and most days a tenant may choose; storage limitation (Art. 5(1)(e)) sets the upper one."""


def defaults(kind: BodyKind) -> dict[Purpose, Default]:
    """The defaults for one kind of body."""
    if kind.public:
        return {p: replace(d, legal_basis="6(1)(e)") if p in PUBLIC_TASK else d for p, d in PRIVATE.items()}
    if kind is BodyKind.PRACTICE:
        treated = replace(PRIVATE[Purpose.APPOINTMENT], special_basis="9(2)(h)")
        return PRIVATE | {Purpose.APPOINTMENT: treated}
    return dict(PRIVATE)


def set_up_activities(work: Work, kind: BodyKind, sms: bool = False) -> list[ProcessingActivity]:
    """Give the tenant an activity for each purpose; what it already has stays as it is.

    SMS is on only if `sms`, and visits are counted only when the tenant turns that on.
    """
    have = activities(work)
    off = {Purpose.STATISTICS} if sms else {Purpose.STATISTICS, Purpose.SMS}
    return [_make(work, p, d, p not in off) for p, d in defaults(kind).items() if p not in have]


def activities(work: Work) -> dict[Purpose, ProcessingActivity]:
    """The tenant's activities by purpose, those switched off included."""
    found = work.all(work.select(ProcessingActivity))
    order = list(Purpose)
    return {a.purpose: a for a in sorted(found, key=lambda a: order.index(a.purpose))}


def _make(work: Work, purpose: Purpose, default: Default, active: bool) -> ProcessingActivity:
    return work.new(
        ProcessingActivity,
        purpose=purpose,
        legal_basis=default.legal_basis,
        special_basis=default.special_basis,
        recipients=list(default.recipients),
        retention_start=default.start,
        retention_days=default.days,
        active=active,
    )
