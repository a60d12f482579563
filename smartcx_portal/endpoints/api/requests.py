"""What callers may send. Unknown names are refused, so that a typing mistake does not go unnoticed."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from smartcx_portal.bookings.entries import LONGEST_ANSWER, LONGEST_CONTACT, LONGEST_NAME
from smartcx_portal.models.booking import Confirming
from smartcx_portal.models.calendar import Way
from smartcx_portal.models.privacy import ConsentPurpose

ID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
ONE = rf"{ID}(\*[1-9][0-9]?)?"
SERVICES = rf"^{ONE}(,{ONE}){{0,9}}$"
ServicesText = Annotated[
    str,
    StringConstraints(pattern=SERVICES),
    Field(description="A service's id, or several with quantities: `<id>*2,<id>`."),
]
Version = Annotated[str, StringConstraints(min_length=1, max_length=64)]
AnswerText = Annotated[str, StringConstraints(max_length=LONGEST_ANSWER)]


class Sent(BaseModel):
    """A request's part."""

    model_config = ConfigDict(extra="forbid", strict=False)


class Search(Sent):
    """The query of a search for free times."""

    services: ServicesText
    first: date | None = Field(None, alias="from", description="The first day; today if it is left out.")
    last: date | None = Field(None, alias="to", description="The last day; at most 62 days are searched.")
    way: Way | None = None
    places: int = Field(1, ge=1, le=999)
    resource: UUID | None = Field(None, description="Only this one.")


class Wish(Sent):
    """A time to be held."""

    services: ServicesText
    starts_at: AwareDatetime
    way: Way | None = None
    places: int = Field(1, ge=1, le=999)
    resource: UUID | None = None
    repeats: int = Field(1, ge=1, le=99, description="How many appointments, at the same local time.")
    every_weeks: int = Field(1, ge=1, le=12)

    def options(self) -> dict[str, Any]:
        """The keyword arguments of `holding.hold`."""
        return {
            "way": self.way.value if self.way else "",
            "places": self.places,
            "repeats": self.repeats,
            "every_weeks": self.every_weeks,
        }


class Person(Sent):
    """Who books. Only what the chosen way of confirming needs is kept."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_NAME)]
    email: Annotated[str, StringConstraints(max_length=LONGEST_CONTACT)] | None = None
    phone: Annotated[str, StringConstraints(max_length=40)] | None = None


class Other(Sent):
    """Who comes, when it is another person than the one who books, such as a child."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_NAME)]


class NewBooking(Sent):
    """A booking of the time that `Hold-Token` holds, or of the time in `book` at once."""

    book: Wish | None = Field(None, description="Leave it out to book what `Hold-Token` holds.")
    person: Person
    for_other: Other | None = None
    confirm_by: Confirming
    answers: dict[UUID, AnswerText] = Field(default_factory=dict, description="Question's id → answer.")
    consents: dict[ConsentPurpose, Version] = Field(
        default_factory=dict, description="Purpose → version of the words that the person agreed to."
    )


class CodeOfSms(Sent):
    """The code that confirms a booking."""

    code: Annotated[str, StringConstraints(min_length=1, max_length=40)]


class Move(Sent):
    """Another time for an appointment."""

    starts_at: AwareDatetime
    resource: UUID | None = None
