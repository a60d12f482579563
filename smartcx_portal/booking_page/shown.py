"""An appointment as the pages show it after it was booked."""

from dataclasses import dataclass, field

from smartcx_portal.bookings.own import Appointment
from smartcx_portal.kit.addresses import address
from smartcx_portal.messaging.links import page_url
from smartcx_portal.models.calendar import Way
from smartcx_portal.models.tenant import Tenant
from smartcx_portal.operations.tenants import tenant_view
from smartcx_portal.tenancy import Work


@dataclass(frozen=True)
class Linked:
    """Another appointment of the series: when, and the path of its page."""

    text: str
    path: str


@dataclass(frozen=True)
class Shown:
    """Texts only; `state` is `coming`, `cancelled`, `over`, or empty while nothing is known.

    `manage` and `cancel` and `move` are paths with the secret in the fragment, `link` the full address to keep,
    `calendar` that of the file; `reason` says why the staff cancelled it. `way` is empty on site, `places` but for
    groups; `series` are the other coming appointments that were booked in one go, `series_text` the same in words.
    """

    state: str = ""
    code: str = ""
    service: str = ""
    when: str = ""
    place: str = ""
    address: str = ""
    directions: str = ""
    bring: str = ""
    changeable: bool = False
    changes_until: str = ""
    manage: str = ""
    move: str = ""
    cancel: str = ""
    link: str = ""
    calendar: str = ""
    reason: str = ""
    way: str = ""
    video_url: str = ""
    places: str = ""
    series: list[Linked] = field(default_factory=list)
    series_text: str = ""


def shown(work: Work, own: Appointment) -> Shown:
    """The appointment with the addresses that belong to it."""
    slug = tenant_view(work).slug
    tail = f"#{own.secret}"
    path = address(work.lang, "appointment", slug)
    return Shown(
        state=own.state,
        code=own.code,
        service=own.service,
        when=own.when.text,
        place=own.place,
        address=own.address,
        directions=own.directions,
        bring=own.bring,
        changeable=own.changeable,
        changes_until=own.changes_until,
        manage=path + tail,
        move=address(work.lang, "appointment", slug, "move") + tail,
        cancel=address(work.lang, "appointment", slug, "cancel") + tail,
        link=page_url(work.lang, "appointment", work.get(Tenant, work.tenant)) + tail,
        calendar=f"/downloads/{slug}/{own.calendar}.ics",
        reason=own.reason,
        way=own.way_text if own.way != Way.ON_SITE.value else "",
        video_url=own.video_url,
        places=str(own.places) if own.places > 1 else "",
        series=[Linked(one.text, f"{path}#{one.secret}") for one in own.series],
        series_text="; ".join(one.text for one in own.series),
    )
