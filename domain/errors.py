"""Refusals: why a person or a program may not have what they asked for, as a code and a sentence for people.

Two edges translate them: `server/http/errors.py` to HTTP problem details, `signaling/door/gateway.py` to `Refused`.
Failures between machines are at the end of the file: they are handled where they are caught, and none reaches an edge.
Any other exception is a bug.
"""

from typing import ClassVar


class Refusal(Exception):
    """The root. `code` is for programs and never changes; `sentence` says what is wrong and what to do."""

    code: ClassVar[str]
    default: ClassVar[str]

    def __init__(self, sentence: str | None = None) -> None:
        self.sentence = sentence or self.default
        super().__init__(self.sentence)


class InvalidInput(Refusal):
    """`path` is the wrong field of the request, as in `$.blocks[1].start`."""

    code = "invalid_input"
    default = "Something in the request is missing or malformed."

    def __init__(self, sentence: str | None = None, path: str | None = None) -> None:
        self.path = path
        super().__init__(sentence)


class Malformed(Refusal):
    code = "malformed"
    default = "The request is not valid JSON."


class WrongContentType(Refusal):
    code = "wrong_content_type"
    default = "Send the request as application/json."


class TooLarge(Refusal):
    code = "too_large"
    default = "The message is too large. Shorten it and send it again."


class RequestTooSlow(Refusal):
    code = "request_too_slow"
    default = "The request did not arrive in time. Send it again."


class NotFound(Refusal):
    code = "not_found"
    default = "There is nothing here under that name."


class MethodNotAllowed(Refusal):
    code = "method_not_allowed"
    default = "This address does not answer that method."


class Conflict(Refusal):
    code = "conflict"
    default = "Somebody changed this in the meantime. Load it again and repeat your change."


class NotSignedIn(Refusal):
    code = "not_signed_in"
    default = "Please sign in."


class Locked(Refusal):
    code = "locked"
    default = "This page is locked, because nobody used it for a while. Confirm that it is you."


class FactorMissing(Refusal):
    code = "factor_missing"
    default = "Your clinic asks for a second step at sign-in. Add one first."


class ConfirmationWanted(Refusal):
    """The request may be repeated after a fresh confirmation of the sign-in."""

    code = "confirmation_wanted"
    default = "Confirm once more that it is you, then this goes on."


class WrongFactor(Refusal):
    code = "wrong_factor"
    default = "That code is not right, or was used already. Wait for the next one and type that."


class ResetUnknown(Refusal):
    code = "reset_unknown"
    default = "This link does not work any more. Ask for a new one: a link works once, for 30 minutes."


class ProviderAway(Refusal):
    code = "provider_away"
    default = "Your clinic's sign-in provider does not answer. Try again in a minute."


class ProviderUnusable(Refusal):
    code = "provider_unusable"
    default = "Your clinic's sign-in provider is not set up so that it works here. Tell your administrator."


class ProviderRefused(Refusal):
    code = "provider_refused"
    default = "Your clinic's provider did not sign you in. Begin again."


class ProviderAttemptOver(Refusal):
    code = "provider_attempt_over"
    default = "This took too long, was used already, or was begun in another window or browser. Begin again."


class NotLinked(Refusal):
    code = "not_linked"
    default = (
        "That account of the provider is not linked with anybody who works here. Accept your invitation with it, or "
        "sign in with your password and link it under My sign-in."
    )


class TokenOfAnotherIssuer(Refusal):
    code = "token_of_another_issuer"
    default = "Another provider than your clinic's vouched for you, so you are not signed in. Tell your administrator."


class TokenForAnother(Refusal):
    code = "token_for_another"
    default = "The provider vouched for you to another application, so you are not signed in. Tell your administrator."


class TokenOfAnotherSignIn(Refusal):
    code = "token_of_another_sign_in"
    default = "The provider's answer belongs to another sign-in than this one. Begin again."


class TokenNotSigned(Refusal):
    code = "token_not_signed"
    default = "The provider's answer does not bear its signature, so you are not signed in. Tell your administrator."


class TokenExpired(Refusal):
    code = "token_expired"
    default = "The provider's answer has expired. Begin again. If that does not help, tell your administrator."


class TokenUnreadable(Refusal):
    code = "token_unreadable"
    default = "The provider's answer lacks something that is needed. Tell your administrator."


class TokenTooOld(Refusal):
    code = "token_too_old"
    default = (
        "The provider did not ask you again who you are, or did not say when it last did, so you are not signed in. "
        "Sign out there and begin again, or tell your administrator."
    )


class WrongCredentials(Refusal):
    code = "wrong_credentials"
    default = "That e-mail address and password do not belong together."


class TooManyAttempts(Refusal):
    """`retry_after_s` is how many seconds to wait."""

    code = "too_many_attempts"
    default = "Too many attempts. Wait a few minutes, then try again."

    def __init__(self, sentence: str | None = None, retry_after_s: int = 60) -> None:
        self.retry_after_s = retry_after_s
        super().__init__(sentence)


class Forbidden(Refusal):
    code = "forbidden"
    default = "Your role does not allow this."


class WrongOrigin(Refusal):
    code = "wrong_origin"
    default = "This request came from another web page. Open Vesper itself and try again."


class SessionSetAside(Refusal):
    code = "session_set_aside"
    default = (
        "The attendance of this session cannot be worked out: something in its record cannot be read by this release. "
        "Nothing is lost, and nothing is stated to billing until it can be read. Tell your administrator."
    )


class LinkUnknown(Refusal):
    code = "link_unknown"
    default = "This link is not valid. Ask your program for a new one."


class LinkExpired(Refusal):
    code = "link_expired"
    default = "This link has expired. Ask your program for a new one."


class LinkRevoked(Refusal):
    code = "link_revoked"
    default = "This link was withdrawn. Ask your program for a new one."


class IdentityNeeded(Refusal):
    code = "identity_needed"
    default = "Please confirm first that it is you, with a code that we send to your e-mail address."


class WrongCode(Refusal):
    code = "wrong_code"
    default = (
        "That is not the code of our newest message, or it is older than ten minutes. Ask for a new one. After five "
        "wrong codes, only your program can help you further."
    )


class RuleNotAgreed(Refusal):
    code = "rule_not_agreed"
    default = "Agree to the rule of confidentiality first. It is on the page that your link opens."


class Deactivated(Refusal):
    code = "deactivated"
    default = "Your access was switched off. Ask your program."


class PlaceChanged(Refusal):
    code = "place_changed"
    default = "Your part in this session has changed. Ask for a new ticket."


class NotOnRoster(Refusal):
    code = "not_on_roster"
    default = "You are not on the list for this session. Ask your facilitator."


class LicenceMissing(Refusal):
    code = "licence_missing"
    default = "Nobody who leads this session holds the licence that it asks for. Ask an administrator of your clinic."


class OnLeave(Refusal):
    code = "on_leave"
    default = "You are on leave, so groups do not open for you now. Call your program when you are ready to return."


class Discharged(Refusal):
    code = "discharged"
    default = "Your time in this program has ended, and its groups no longer open for you. You can always call us."


class SessionNotOpen(Refusal):
    code = "session_not_open"
    default = "This session is not open now."


class SessionOver(Refusal):
    code = "session_over"
    default = "This session has ended."


class SessionCalledOff(Refusal):
    code = "session_cancelled"
    default = "This session was cancelled and does not take place. You do not have to wait."


class SessionBegun(Refusal):
    code = "session_begun"
    default = "This session has begun, and what people attended cannot be cancelled. End it in the room instead."


class RoomsUnavailable(Refusal):
    code = "rooms_unavailable"
    default = "The rooms cannot be reached just now. You do not have to do anything: we keep trying."


class DatabaseAway(Refusal):
    code = "database_away"
    default = "The records cannot be reached just now. Try again in a minute."


class TicketMissing(Refusal):
    code = "ticket_missing"
    default = "The first message must be a ticket or a resume, within five seconds."


class TicketForged(Refusal):
    code = "ticket_forged"
    default = "This ticket was not issued by this service. Ask for a new one."


class TicketExpired(Refusal):
    code = "ticket_expired"
    default = "This ticket has expired. Ask for a new one."


class TicketUsed(Refusal):
    code = "ticket_used"
    default = "This ticket was used before. Ask for a new one."


class TicketForAnotherNode(Refusal):
    code = "ticket_for_another_node"
    default = "This ticket is for another server. Ask for a new one."


class RemovedFromSession(Refusal):
    code = "removed_from_session"
    default = "You were sent out of this session. If that was a mistake, your facilitator can let you back in."


class HasFacilitator(Refusal):
    code = "has_facilitator"
    default = "A facilitator is in the room. Speak with them, or send them out first."


class AlreadyJoined(Refusal):
    code = "already_joined"
    default = "This connection has joined already."


class BadMessage(Refusal):
    code = "bad_message"
    default = "The message is not one this server knows."


class TooManySockets(Refusal):
    code = "too_many_sockets"
    default = "Too many connections from your network are waiting. Try again in a minute."


class NotAdmitted(Refusal):
    code = "not_admitted"
    default = "Wait until you are let in."


class NoteAlreadySigned(Refusal):
    code = "note_already_signed"
    default = "This note has been signed. Add an addendum instead."


class NoteUnreadable(Refusal):
    code = "note_unreadable"
    default = (
        "This note cannot be opened on this server, so it cannot be signed. What was written is kept. "
        "Tell your administrator: the key that it was written with may be missing."
    )


# ---- between machines ----


class Failure(Exception):
    """The root of failures between machines. It has no code and is never an answer; the code that catches it decides
    what people are shown."""


class StaleStream(Failure):
    """Another writer has taken over this stream: it holds another fact with this seq."""


class TooSlow(Failure):
    """A socket does not read its messages as fast as they are sent."""


class MediaRefused(Failure):
    """The media engine cannot use a browser's session description, or cannot be reached; `sentence` says which."""

    default: ClassVar[str] = "The camera and microphone could not be connected. Reload the page to try again."

    def __init__(self, sentence: str | None = None) -> None:
        self.sentence = sentence or self.default
        super().__init__(self.sentence)
