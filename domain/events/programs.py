"""Facts of an enrolment: each dated act of a client's way through the program."""

from datetime import date

from domain.events.fact import Event


class EnrolmentChanged(Event, frozen=True):
    """Staff recorded a dated act, or withdrew one. The fact belongs to no session.

    What holds on a day follows from all acts that were not withdrawn (domain/programs/acts.py).
    """

    enrolment: str
    client: str
    act: str
    """The act's id; of a withdrawal, the id of the act that it withdraws."""
    kind: str
    """An `ActKind`, or `withdrawn`. A plain string, so that those of a newer release stay readable."""
    from_on: date
    """The first day on which it holds, in the program's zone; past or future."""
    phase: str | None = None
    reason: str = ""
    by: str | None = None
