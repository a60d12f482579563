"""Why a booking is refused, in sentences that offer the next step."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from smartcx_portal.kit.errors import NotFound, ProductError
from smartcx_portal.kit.language import N_

if TYPE_CHECKING:
    from smartcx_portal.bookings.offering import FreeTime


class SlotTaken(ProductError):
    """The time went to somebody else; `nearest` are the free times around it, for the page's buttons."""

    says: ClassVar[str] = N_("This time has just gone. Still free: {times}")
    nothing_left: ClassVar[str] = N_("This time has just gone. Please choose another day.")

    def __init__(self, nearest: Sequence["FreeTime"] = ()) -> None:
        self.nearest = tuple(nearest)
        says = self.says if self.nearest else self.nothing_left
        super().__init__(says, times=" · ".join(time.text for time in self.nearest))


class NotOffered(ProductError):
    """The time is none that is offered: outside the hours, closed, too soon, too far off, or no such place."""

    says = N_("This time is not offered. Please choose one from the list.")


class NoLongerOffered(ProductError):
    """The service is switched off."""

    says = N_("This service cannot be booked online at the moment.")


class HoldLapsed(ProductError):
    """The time is no longer held; what was typed is still there, and `hold_again` tries once more."""

    says = N_("The reservation has ended. Your entries are still there: reserve the time again.")


class UnknownEntry(NotFound):
    """An entry was sent that the form does not have."""


class NothingHeld(ProductError):
    """This tab holds no time (never did, or its draft has lapsed)."""

    says = N_("No time is reserved for you. Please choose a time.")


class NoMoreTime(ProductError):
    """All extensions are used up."""

    says = N_("The reservation cannot be extended again. It ends at {until}.")


class TooManyHolds(ProductError):
    """One network keeps as many times open as one may."""

    says = N_(
        "Several appointments are being booked from your connection right now. "
        "Please finish one of them, or try again in a few minutes."
    )


class TooManyHoldsOfDay(ProductError):
    """One network keeps a large share of a day's places open."""

    says = N_(
        "Several times on this day are being booked from your connection right now. "
        "Please choose another day, or try again in a few minutes."
    )


class TooManyPending(ProductError):
    """One address waits for several confirmations at once."""

    says = N_("Several appointments still wait for your confirmation. Please confirm one of them first.")


class TooManyUnmessaged(ProductError):
    """One network booked a lot that nobody has to confirm."""

    says = N_(
        "Many appointments without a message were booked from your connection just now. "
        "Please choose e-mail or SMS, or try again in an hour."
    )


class TooManyUnproven(ProductError):
    """One network booked a lot with addresses that nobody has to confirm."""

    says = N_("Many appointments were booked from your connection just now. Please try again in an hour.")


class TooManyADay(ProductError):
    """One address has as many appointments of a service on a day as one person may."""

    says = N_(
        "{service}: at most {number} per person and day. With this address there would be more on that day. "
        "Please choose another day."
    )


class TooManyAWeek(ProductError):
    """One address has as many appointments of a service in a week as one person may."""

    says = N_(
        "{service}: at most {number} per person and week. With this address there would be more in that week. "
        "Please choose another week."
    )


class LinkExpired(ProductError):
    """The confirmation link came too late."""

    says = N_("The link was valid until {until}. Please choose a new time.")


class LinkUsed(ProductError):
    """The link's appointment was confirmed before and is over or called off by now."""

    says = N_("This link has been used. The appointment has been cancelled or is over.")


class CodeMissing(ProductError):
    """A booking by SMS was to be confirmed without its code."""

    says = N_("Please enter the code from the SMS first.")


class SendAgainLater(ProductError):
    """A confirmation was sent a moment ago."""

    says = N_("We have just written to you. Please wait a minute before we send it again.")


class SentTooOften(ProductError):
    """The confirmation was sent as often as one may."""

    says = N_("We have written to you several times. Please check the address, or book again.")


class TooLateOnline(ProductError):
    """The deadline for changes by link is over."""

    says = N_("This could be done online until {until}. Please call: {phone}")
    without_phone: ClassVar[str] = N_("This could be done online until {until}. Please get in touch with us.")

    def __init__(self, until: str, phone: str) -> None:
        super().__init__(self.says if phone else self.without_phone, until=until, phone=phone)


class AlreadyCancelled(ProductError):
    """What was called off cannot be moved."""

    says = N_("This appointment has been cancelled. You can book a new one.")


class AppointmentOver(ProductError):
    """The appointment has begun or is past."""

    says = N_("This appointment is over and can no longer be changed.")
