"""The last message to a connection: why it ends, and what the person can do."""

from typing import Literal

from domain.errors import SessionCalledOff
from domain.events.room import Withdrawal
from signaling.messages import Dismissed

Farewell = Literal["left", "removed", "ended", "moved"]
_SENTENCES: dict[Farewell, str] = {
    "left": "You have left the session.",
    "removed": "You were sent out of this session. If this was a mistake, ask your program: they can let you back in.",
    "ended": "The session has ended. Thank you for being here.",
    "moved": "The room is moving to another server. You are connected again in a moment.",
}
_WITHDRAWN: dict[Withdrawal, str] = {
    "link_revoked": "Your link was withdrawn, so you are out of the session. Ask your program for a new link.",
    "signed_out": "Your sign-in has ended, so you are out of the session. Sign in again, then open the session.",
    "deactivated": "Your access was switched off, so you are out of the session. Ask your program.",
    "place_changed": "Your part in this session has changed. We are asking whether you may come back in.",
}
_GUEST_WITHDRAWN = "Your invitation has ended, so you are out of the session. If you have questions, ask the program."
CALLED_OFF = Dismissed(cause="cancelled", sentence=SessionCalledOff.default)
TOO_MUCH = Dismissed(
    cause="too_slow", sentence="This page sent more messages than the service takes. We are connecting you again."
)


def farewell(cause: Farewell) -> Dismissed:
    """For a person whose presence ends by an act: their own, staff's, or the node's."""
    return Dismissed(cause=cause, sentence=_SENTENCES[cause])


def withdrawn(why: Withdrawal, *, guest: bool = False) -> Dismissed:
    """For a person whose access was withdrawn; a guest does not learn who ended it. After `place_changed` they may ask
    for a new ticket at once."""
    cause: Literal["changed", "withdrawn"] = "changed" if why == "place_changed" else "withdrawn"
    sentence = _GUEST_WITHDRAWN if guest and why == "link_revoked" else _WITHDRAWN[why]
    return Dismissed(cause=cause, sentence=sentence, why=why)
